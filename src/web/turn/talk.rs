//! The request of a reply and its answer: tries, reading, silence. What arrives goes into the reply.

use super::receive::{self, State, Turn, put};
use super::rest;
use crate::cost::charge::Charge;
use crate::fault::{Fault, Kind};
use crate::provider::{self, Api, Ask, Connection, Decoder, HttpRequest, demo};
use crate::reply::{Close, Delta, End};
use crate::web::http::{self, Answer, Chunk};
use crate::web::lock;
use crate::web::{builtin, clock};
use leptos::prelude::*;
use std::rc::Rc;

/// Milliseconds that a stream may stay open after the provider's reason for the end.
const AFTERMATH: f64 = 2_000.0;
/// Bytes of a chunk that are read at a time, and milliseconds of such reading after which the page may draw.
const PIECE: usize = 16 * 1024;
const SLICE: f64 = 8.0;
/// Automatic tries after the first.
const TRIES: u32 = 2;

/// The request and its answer, with automatic tries before the first token.
pub async fn talk(turn: Rc<Turn>) -> Close {
    let seq = turn.message.borrow().seq;
    let first = turn.rest.is_none();
    let asks = super::asks(turn.app, &turn.open, seq, first);
    let (connection, mut prompt, sent) = match asks.await {
        Ok(asks) => asks,
        Err(fault) => {
            turn.app.fault(&fault);
            return Close::Stopped;
        }
    };
    if let Some(rest) = &turn.rest {
        prompt.ask = rest.ask();
    } else if prompt.ask.turns.is_empty() {
        // Another tab has deleted the conversation.
        return Close::Stopped;
    } else {
        turn.message.borrow_mut().since = prompt.begins;
        if sent.is_some() {
            turn.message.borrow_mut().sent = sent;
            let message = turn.message.borrow().clone();
            put(&turn, message);
        }
    }
    let ask = prompt.ask;
    match connection.api {
        Api::Demo => return play(&turn, &ask).await,
        Api::Browser => return hear(&turn, &ask).await,
        _ => {}
    }
    let Some(connection) = lock::key_of(connection).await else {
        return Close::Failed(super::locked());
    };
    let charge = Charge::of(clock::day(0), &connection, &ask);
    turn.charge.replace(Some(charge));
    for attempt in 0.. {
        let close = once(&turn, &connection, &ask).await;
        let Close::Failed(fault) = &close else {
            return close;
        };
        if begun(&turn) || attempt >= TRIES || !fault.may_retry() {
            return close;
        }
        let wait = fault.retry_after.unwrap_or(1 << attempt);
        let until = clock::ticks() + f64::from(wait) * 1000.0;
        turn.waiting.0.set(Some(State::Retry(attempt + 1, until)));
        clock::sleep(wait * 1000).await;
    }
    Close::Eof
}

/// Whether anything has come that may not be asked for twice.
fn begun(turn: &Turn) -> bool {
    let live = turn.live.borrow();
    match &turn.rest {
        Some(rest) => rest.begun(&live.reply),
        None => !live.reply.is_empty(),
    }
}

fn encode(turn: &Turn, connection: &Connection, ask: &Ask) -> Result<HttpRequest, Fault> {
    let mut request = provider::encode(connection, ask)?;
    if let Some(rest) = &turn.rest {
        rest.change(&mut request);
    }
    Ok(request)
}

/// One request.
async fn once(turn: &Rc<Turn>, connection: &Connection, ask: &Ask) -> Close {
    let request = match encode(turn, connection, ask) {
        Ok(request) => request,
        Err(fault) => return Close::Failed(fault),
    };
    let patience = turn.app.settings.read_untracked().silence_seconds;
    turn.waiting.0.set(Some(State::Silent(clock::ticks())));
    let mut answer = match http::within(patience * 1000, http::send(&request)).await {
        Some(Ok(answer)) => answer,
        Some(Err(fault)) => return Close::Failed(fault),
        None => return Close::Failed(silence(patience)),
    };
    let host = provider::address::host(&request.url);
    let mut decoder = Decoder::new(connection.api, answer.status, &host, &connection.key);
    let mut close = read(turn, &mut answer, &mut decoder, patience).await;
    if let Close::Failed(fault) = &mut close
        && answer.status >= 400
    {
        fault.retry_after = answer.retry_after.or(fault.retry_after);
    }
    close
}

/// Reads the body until it ends, breaks, or falls silent.
async fn read(turn: &Rc<Turn>, answer: &mut Answer, decoder: &mut Decoder, patience: u32) -> Close {
    let mut ending: Option<f64> = None;
    let mut busy = 0.0;
    loop {
        let left = ending.map_or(f64::from(patience) * 1000.0, |at| {
            at + AFTERMATH - clock::ticks()
        });
        let chunk = match left > 0.0 {
            true => http::within(left as u32, answer.next()).await,
            false => None,
        };
        let over = match chunk {
            Some(Chunk::Bytes(bytes)) => {
                for piece in bytes.chunks(PIECE) {
                    let began = clock::ticks();
                    if let Some(close) = take(turn, decoder.push(piece), &mut ending) {
                        return close;
                    }
                    busy += clock::ticks() - began;
                    // Much that comes at once does not freeze the page. A hidden one draws nothing.
                    if busy > SLICE && !document().hidden() {
                        busy = 0.0;
                        clock::frame().await;
                    }
                }
                None
            }
            Some(Chunk::End) => Some(Close::Eof),
            Some(Chunk::Broken) => Some(Close::Broken),
            None if ending.is_some() => return Close::Eof,
            None => return Close::Failed(silence(patience)),
        };
        if over.is_some()
            && let Some(close) = take(turn, decoder.finish(), &mut ending)
        {
            return close;
        }
        rest::settle(turn, false).await;
        // Timers of a hidden page may come once a minute, bytes come all the same.
        receive::checkpoint(turn);
        if let Some(close) = over {
            return close;
        }
    }
}

/// Applies what a piece of the body says. How the reply ends, where an error says so.
fn take(turn: &Turn, deltas: Vec<Delta>, ending: &mut Option<f64>) -> Option<Close> {
    let now = clock::ticks();
    for delta in deltas {
        match &delta {
            Delta::Error(fault) => return Some(fail(turn, fault.clone())),
            Delta::Done => *ending = Some(0.0),
            Delta::Finish { .. } => *ending = ending.or(Some(now)),
            _ => {}
        }
        apply(turn, delta, now);
    }
    None
}

/// An error before any text is a failed request, which may be tried again; after it, it ends the reply.
fn fail(turn: &Turn, fault: Fault) -> Close {
    if !begun(turn) {
        return Close::Failed(fault);
    }
    apply(turn, Delta::Error(fault), clock::ticks());
    Close::Eof
}

fn silence(seconds: u32) -> Fault {
    Fault {
        kind: Kind::Timeout,
        detail: seconds.to_string(),
        ..Fault::default()
    }
}

/// The browser's own model. It gives no reason for the end: its stream ends when it is done, and fails otherwise.
async fn hear(turn: &Rc<Turn>, ask: &Ask) -> Close {
    let patience = turn.app.settings.read_untracked().silence_seconds;
    let mut answer = match http::within(patience * 1000, builtin::ask(ask)).await {
        Some(Ok(answer)) => answer,
        Some(Err(fault)) => return Close::Failed(fault),
        None => return Close::Failed(silence(patience)),
    };
    loop {
        let next = http::within(patience * 1000, answer.next()).await;
        match next.unwrap_or_else(|| Err(silence(patience))) {
            Ok(Some(text)) => {
                apply(turn, Delta::Text(text), clock::ticks());
                rest::settle(turn, false).await;
            }
            Ok(None) => break,
            Err(fault) => return fail(turn, fault),
        }
    }
    let (end, raw) = (End::Complete, String::new());
    apply(turn, Delta::Finish { end, raw }, clock::ticks());
    Close::Eof
}

/// The built-in demo model.
async fn play(turn: &Rc<Turn>, ask: &Ask) -> Close {
    let seed = u64::from(turn.message.borrow().seq);
    for step in demo::script(ask, seed) {
        clock::sleep(step.after_ms).await;
        apply(turn, step.delta, clock::ticks());
        rest::settle(turn, false).await;
    }
    Close::Eof
}

fn apply(turn: &Turn, delta: Delta, now: f64) {
    if matches!(delta, Delta::Text(_) | Delta::Reasoning(_)) {
        turn.text.set(now);
        if turn.waited.get() == 0 {
            turn.waited.set((now - turn.began) as u32);
        }
        if turn.waiting.0.read_untracked().is_some() {
            turn.waiting.0.set(None);
        }
    }
    let mut live = turn.live.borrow_mut();
    let delta = match &turn.rest {
        Some(rest) => rest.hold(&mut live.reply, delta),
        None => Some(delta),
    };
    if let Some(delta) = delta {
        live.reply.apply(delta);
    }
    turn.dirty.set(true);
}
