//! What a reply costs: prices per million tokens, in the currency in which the provider bills.
//!
//! No currency is ever converted into another, and no fraction is a floating-point number: a price of one
//! unit per million tokens is a millionth of a unit per token, so that costs are products of whole numbers.

pub mod budget;
pub mod calibrate;
pub mod charge;
pub mod figures;
pub mod listed;
mod show;
pub mod tally;
#[cfg(test)]
mod tests;

use crate::reply::Usage;

pub use show::{amount, per_million, read_amount};

/// A currency in which providers bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Currency {
    /// US dollar.
    #[default]
    Usd,
    /// Chinese yuan.
    Cny,
    /// Euro.
    Eur,
    /// Pound sterling.
    Gbp,
    /// Japanese yen.
    Jpy,
}

impl Currency {
    /// Every currency, in the order in which they are offered.
    pub const ALL: [Currency; 5] = [
        Currency::Usd,
        Currency::Cny,
        Currency::Eur,
        Currency::Gbp,
        Currency::Jpy,
    ];

    /// The code of ISO 4217: in storage and in choices.
    pub fn code(self) -> &'static str {
        match self {
            Currency::Usd => "USD",
            Currency::Cny => "CNY",
            Currency::Eur => "EUR",
            Currency::Gbp => "GBP",
            Currency::Jpy => "JPY",
        }
    }

    /// The currency of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The currency in which a host most likely bills, for a price that nobody has written yet.
    pub fn of_host(host: &str) -> Self {
        const YUAN: [&str; 6] = [
            "deepseek.com",
            "aliyuncs.com",
            "bigmodel.cn",
            "moonshot.cn",
            "minimaxi.com",
            "volces.com",
        ];
        let within = |domain: &str| {
            host.strip_suffix(domain)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        match host {
            // The international house of the same provider bills in dollars.
            host if host.contains("-intl.") => Currency::Usd,
            host if host.ends_with(".cn") || YUAN.into_iter().any(within) => Currency::Cny,
            _ if within("mistral.ai") => Currency::Eur,
            _ => Currency::Usd,
        }
    }

    /// What stands before an amount. The sign of the yuan is also the yen's, which is told by its letters.
    pub fn sign(self) -> &'static str {
        match self {
            Currency::Usd => "$",
            Currency::Cny => "¥",
            Currency::Eur => "€",
            Currency::Gbp => "£",
            Currency::Jpy => "JP¥",
        }
    }
}

/// An amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Money {
    /// Of what.
    pub currency: Currency,
    /// How much, in billionths of a unit.
    pub nano: u64,
}

impl Money {
    /// With what was spent before, where that is of the same currency.
    pub fn and(self, before: Option<Money>) -> Self {
        let before = before.filter(|before| before.currency == self.currency);
        let before = before.map_or(0, |before| before.nano);
        Self {
            nano: self.nano.saturating_add(before),
            ..self
        }
    }
}

/// What a model costs. Each is in millionths of a unit for a million tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Price {
    /// In which currency.
    pub currency: Currency,
    /// For the request.
    pub input: u64,
    /// For the part of the request that was read from a cache; `None` where that is no cheaper.
    pub cached: Option<u64>,
    /// For the reply, reasoning included.
    pub output: u64,
}

impl Price {
    /// What this many tokens cost. Cached tokens are a part of the input and reasoning is a part of the
    /// output, so that neither is counted twice, whatever a provider reports.
    pub fn of(self, usage: Usage) -> Money {
        let cached = usage.cached.min(usage.input);
        let part = |tokens: u64, price: u64| tokens.saturating_mul(price);
        let pico = part(usage.input - cached, self.input)
            .saturating_add(part(cached, self.cached.unwrap_or(self.input)))
            .saturating_add(part(usage.output, self.output));
        Money {
            currency: self.currency,
            nano: pico.saturating_add(500) / 1000,
        }
    }

    /// Whether it never costs anything.
    pub fn is_free(self) -> bool {
        self.input == 0 && self.output == 0
    }
}

/// What 1,000 characters of replies cost (每千字); `None` where there are none.
pub fn per_thousand(money: Money, chars: u64) -> Option<Money> {
    (chars > 0).then(|| Money {
        nano: (u64::saturating_mul(money.nano, 1000).saturating_add(chars / 2)) / chars,
        ..money
    })
}

/// The characters of a text that a reader counts: all but blanks.
pub fn characters(text: &str) -> u64 {
    text.chars().filter(|c| !c.is_whitespace()).count() as u64
}

/// Adds an amount to sums of which each has a currency of its own.
pub fn add(sums: &mut Vec<Money>, money: Money) {
    match sums.iter_mut().find(|sum| sum.currency == money.currency) {
        Some(sum) => sum.nano = sum.nano.saturating_add(money.nano),
        None => sums.push(money),
    }
}
