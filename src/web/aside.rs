//! Asking a model something beside the conversation, in the second program: one question, one answer, counted as every
//! reply is. Nobody is asked for a passphrase for it, and nothing is asked once the budget is used up.

use crate::cost::Money;
use crate::cost::charge::Charge;
use crate::provider::{self, Ask, Connection, Decoder, HttpRequest};
use crate::reply::{Close, Delta, Reply, Usage};
use crate::web::app::{App, db};
use crate::web::clock;
use crate::web::http::{self, Chunk};

/// The answer to a request within so many milliseconds, and its status; 0 where none came.
pub async fn once(connection: &Connection, request: &HttpRequest, patience: u32) -> (u16, Reply) {
    let mut reply = Reply::default();
    let mut close = Close::Eof;
    let work = async {
        let mut answer = match http::send(request).await {
            Ok(answer) => answer,
            Err(fault) => {
                close = Close::Failed(fault);
                return None;
            }
        };
        let host = provider::address::host(&request.url);
        let mut decoder = Decoder::new(connection.api, answer.status, &host, &connection.key);
        loop {
            let (deltas, over) = match answer.next().await {
                Chunk::Bytes(bytes) => (decoder.push(&bytes), false),
                Chunk::End | Chunk::Broken => (decoder.finish(), true),
            };
            let done = deltas.contains(&Delta::Done);
            for delta in deltas {
                reply.apply(delta);
            }
            if over || done {
                return Some(answer.status);
            }
        }
    };
    let status = http::within(patience, work).await.flatten();
    reply.close(close);
    (status.unwrap_or(0), reply)
}

/// Counts what was used, as for every reply. What it cost.
pub async fn count(app: App, connection: &Connection, ask: &Ask, reply: Reply) -> Option<Money> {
    let charge = Charge {
        reply,
        // Its words are not the usual ones: nothing is learned of how the provider counts.
        whole: false,
        ..Charge::of(clock::day(0), connection, ask)
    };
    match db().charge_aside(&charge).await {
        Ok(cost) => cost,
        Err(fault) => {
            app.fault(&fault);
            None
        }
    }
}

/// The tokens of a question and its answer.
pub fn total(usage: Usage) -> u64 {
    usage.input.saturating_add(usage.output)
}
