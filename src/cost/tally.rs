//! What was used, by day and model: one tally for each, added to once for every reply that ended.

use super::{Currency, Money, Price, characters};
use crate::reply::{Reply, Usage};
use crate::tokens::{Measure, Weights};

/// What was used on one day of one model in one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The day, as 2026-11-28, by the clock of the person.
    pub day: String,
    /// The connection's id.
    pub connection: String,
    /// The connection's name, for the time after it was deleted.
    pub name: String,
    /// The model that was asked.
    pub model: String,
    /// What it cost; `None` where the price was not known.
    pub cost: Option<Money>,
    /// Replies and continuations.
    pub replies: u64,
    /// Of these, how many were estimated, since the provider reported nothing.
    pub guessed: u64,
    /// Tokens.
    pub usage: Usage,
    /// Characters of the replies.
    pub chars: u64,
}

/// What one ended reply adds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its tokens, reported or estimated.
    pub usage: Usage,
    /// Whether they are estimated.
    pub guessed: bool,
    /// Its characters.
    pub chars: u64,
}

impl Entry {
    /// What a reply to a request of this measure adds. Where the provider reported nothing and something
    /// had arrived, both are estimated: a stream that was stopped is billed all the same. So is what had arrived
    /// where the last count came long before the end.
    pub fn of(reply: &Reply, sent: Measure, weights: Weights) -> Option<Self> {
        let chars = characters(&reply.text);
        let reported = reply.usage.filter(|usage| *usage != Usage::default());
        let broken_off = reply.end_raw.is_empty() && !reply.is_empty();
        if let (Some(usage), false) = (reported, broken_off) {
            return Some(Self {
                usage,
                guessed: false,
                chars,
            });
        }
        if reported.is_none() && reply.is_empty() {
            return None;
        }
        let reasoning = u64::from(Measure::of(&reply.reasoning).tokens(weights));
        let output = u64::from(Measure::of(&reply.text).tokens(weights)) + reasoning;
        let estimate = Usage {
            input: sent.tokens(weights).into(),
            output,
            cached: 0,
            reasoning,
        };
        let (usage, guessed) = match reported {
            Some(usage) if usage.output >= output / 2 => (usage, false),
            Some(usage) => (
                Usage {
                    output,
                    reasoning,
                    ..usage
                },
                true,
            ),
            None => (estimate, true),
        };
        Some(Self {
            usage,
            guessed,
            chars,
        })
    }
}

impl Tally {
    /// Adds a reply that cost so much.
    pub fn add(&mut self, entry: Entry, cost: Option<Money>) {
        self.replies += 1;
        self.guessed += u64::from(entry.guessed);
        self.chars = self.chars.saturating_add(entry.chars);
        self.usage = sum(self.usage, entry.usage);
        self.cost = match (self.cost, cost) {
            (so_far, Some(more)) => Some(more.and(so_far)),
            (so_far, None) => so_far,
        };
    }

    /// What it costs at this price, where the price was not known when it was used.
    pub fn cost_at(&self, price: Option<Price>) -> Option<Money> {
        self.cost.or_else(|| Some(price?.of(self.usage)))
    }
}

/// Several tallies together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// What they cost, by currency, with the characters of the replies that cost it.
    pub costs: Vec<(Money, u64)>,
    /// Replies.
    pub replies: u64,
    /// Of these, estimated.
    pub guessed: u64,
    /// Of these, without a price.
    pub unpriced: u64,
    /// Tokens.
    pub usage: Usage,
    /// Characters of the replies.
    pub chars: u64,
}

impl Total {
    /// Adds a tally that cost so much.
    pub fn add(&mut self, tally: &Tally, cost: Option<Money>) {
        self.replies += tally.replies;
        self.guessed += tally.guessed;
        self.usage = sum(self.usage, tally.usage);
        self.chars = self.chars.saturating_add(tally.chars);
        let Some(cost) = cost else {
            self.unpriced += tally.replies;
            return;
        };
        match self
            .costs
            .iter_mut()
            .find(|(sum, _)| sum.currency == cost.currency)
        {
            Some((sum, chars)) => {
                sum.nano = sum.nano.saturating_add(cost.nano);
                *chars = chars.saturating_add(tally.chars);
            }
            None => self.costs.push((cost, tally.chars)),
        }
    }

    /// What it cost in this currency.
    pub fn cost(&self, currency: Currency) -> Money {
        let of_it = self.costs.iter().find(|(sum, _)| sum.currency == currency);
        of_it.map_or(Money { currency, nano: 0 }, |(sum, _)| *sum)
    }
}

fn sum(a: Usage, b: Usage) -> Usage {
    Usage {
        input: a.input.saturating_add(b.input),
        output: a.output.saturating_add(b.output),
        cached: a.cached.saturating_add(b.cached),
        reasoning: a.reasoning.saturating_add(b.reasoning),
    }
}
