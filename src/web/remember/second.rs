//! Asking the connected model about what is not clear in a message, where the user wants that.

use super::{At, set_aside};
use crate::cost::{Money, Price};
use crate::memory::{Heard, second};
use crate::provider::{self, Ask, Connection};
use crate::reply::{Reply, Usage};
use crate::tokens::Weights;
use crate::web::app::{App, db};
use crate::web::aside::{count, once, total};
use crate::web::lock;
use crate::web::turn::within_budget;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Milliseconds that an opinion may take.
const PATIENCE: u32 = 30_000;
/// Tokens of a usual answer, for the estimate.
const USUAL: u64 = 90;

thread_local! {
    /// Connections and models that refused to answer in a shape.
    static SHAPELESS: RefCell<BTreeSet<(String, String)>> = const { RefCell::new(BTreeSet::new()) };
}

/// Whom the message goes to, and so whom to ask.
pub struct Whom {
    /// The connection's id.
    pub connection: String,
    /// The model.
    pub model: String,
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    /// How many preferences the model found; `None` where it gave no answer.
    pub found: Option<usize>,
    /// The model.
    pub model: String,
    /// The tokens of the question and the answer; 0 where nothing came.
    pub tokens: u64,
    /// What it cost, where the price is known.
    pub cost: Option<Money>,
}

/// What the model makes of these sentences; `None` where there is nobody to ask or no answer.
pub async fn opinion(
    app: App,
    at: &At,
    text: &str,
    unclear: &[Heard],
    whom: &Whom,
) -> Option<Vec<Heard>> {
    let connections = app.connections.get_untracked();
    let connection = connections.iter().find(|one| one.id == whom.connection)?;
    if !connection.api.is_remote() || !within_budget(connection, &whom.model).await {
        return None;
    }
    // Nobody is asked for a passphrase for this.
    let connection = &lock::if_open(connection).await?;
    let mut sentences: Vec<&str> = Vec::new();
    for heard in unclear {
        let sentence = text.get(heard.quote.clone())?.trim();
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    let ask = second::question(&sentences, &whom.model);
    let reply = asked(connection, &ask).await;
    let found = second::read(&reply.text, text);
    let opinion = Opinion {
        found: found.as_ref().map(Vec::len),
        model: whom.model.clone(),
        tokens: reply.usage.map_or(0, total),
        cost: count(app, connection, &ask, reply).await,
    };
    set_aside(at, |aside| aside.opinion = Some(opinion));
    found
}

/// The answer; empty where none came.
async fn asked(connection: &Connection, ask: &Ask) -> Reply {
    let Ok(plain) = provider::encode(connection, ask) else {
        return Reply::default();
    };
    let whom = (connection.id.clone(), ask.model.clone());
    if !SHAPELESS.with_borrow(|all| all.contains(&whom)) {
        let mut shaped = plain.clone();
        second::shape(connection.api, &mut shaped);
        let (status, reply) = once(connection, &shaped, PATIENCE).await;
        // Refused for what was asked, and not for who asks.
        if !matches!(status, 400 | 404 | 415 | 422 | 501) {
            return reply;
        }
        SHAPELESS.with_borrow_mut(|all| all.insert(whom));
    }
    once(connection, &plain, PATIENCE).await.1
}

/// What a usual opinion takes: tokens, and money where the price is known.
pub async fn expected(connection: &Connection, model: &str) -> (u64, Option<Money>) {
    let sample = second::question(
        &["a sentence of some ten words or so, as people type"],
        model,
    );
    let usage = Usage {
        input: sample.measure().tokens(Weights::default()).into(),
        output: USUAL,
        ..Usage::default()
    };
    let listed = connection.listed(model).and_then(|one| one.price);
    let own = db().rate(&connection.id, model).await.ok();
    let price: Option<Price> = own.and_then(|rate| rate.price).or(listed);
    (total(usage), price.map(|price| price.of(usage)))
}
