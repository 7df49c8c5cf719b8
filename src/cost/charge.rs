//! A reply has ended: what it adds to the tally, what it cost, what it tells about the tokenizer.

use super::calibrate::{self, Report};
use super::tally::Entry;
use super::{Money, Price};
use crate::provider::{Ask, Connection};
use crate::reply::Reply;
use crate::tokens::Measure;

/// What is known of a model on one connection: its price and how its provider counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// The connection's id.
    pub connection: String,
    /// The model.
    pub model: String,
    /// The price that a person wrote; it goes before the one that the provider lists.
    pub price: Option<Price>,
    /// What the provider counted lately, oldest first.
    pub reports: Vec<Report>,
}

/// A request whose reply has ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Charge {
    /// The day, as 2026-11-28, by the clock of the person.
    pub day: String,
    /// The connection's id.
    pub connection: String,
    /// The connection's name.
    pub name: String,
    /// The model that was asked.
    pub model: String,
    /// The price that the provider lists.
    pub listed: Option<Price>,
    /// What was sent.
    pub sent: Measure,
    /// What came; without what was there before, where it is the rest of a reply.
    pub reply: Reply,
    /// Whether it is a reply of its own and not the rest of one: only then do its words and the tokens match.
    pub whole: bool,
}

impl Charge {
    /// What is known of a request before its reply; of a whole one.
    pub fn of(day: String, connection: &Connection, ask: &Ask) -> Self {
        Self {
            day,
            connection: connection.id.clone(),
            name: connection.name.clone(),
            model: ask.model.clone(),
            listed: connection.listed(&ask.model).and_then(|one| one.price),
            sent: ask.measure(),
            whole: true,
            ..Self::default()
        }
    }

    /// What it adds and what that costs; `rate` learns from it. `None` where nothing came and nothing was
    /// reported.
    pub fn settle(&self, rate: &mut Rate) -> Option<(Entry, Option<Money>)> {
        let entry = Entry::of(&self.reply, self.sent, calibrate::fit(&rate.reports))?;
        if self.whole && !entry.guessed {
            for report in Report::of(&self.reply, entry.usage, self.sent) {
                calibrate::keep(&mut rate.reports, report);
            }
        }
        let price = rate.price.or(self.listed);
        // What the provider says that it bills goes before any price.
        let listed = || price.map(|price| price.of(entry.usage));
        Some((entry, self.reply.cost.or_else(listed)))
    }
}
