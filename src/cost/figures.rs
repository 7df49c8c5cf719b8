//! Tallies put together for the page of usage: by day and by model.

use super::tally::{Tally, Total};
use super::{Currency, Money, Price};

/// What a model cost that had no price when it was used.
pub type Known<'a> = &'a dyn Fn(&Tally) -> Option<Price>;

/// A model on a connection, and what was used of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfModel {
    /// The connection's id.
    pub connection: String,
    /// The connection's name, as it was last.
    pub name: String,
    /// The model.
    pub model: String,
    /// What was used.
    pub total: Total,
}

/// All of them together.
pub fn total(tallies: &[Tally], known: Known) -> Total {
    let mut total = Total::default();
    for tally in tallies {
        total.add(tally, tally.cost_at(known(tally)));
    }
    total
}

/// For each of `days` what was used on it, in their order.
pub fn by_day(tallies: &[Tally], days: &[String], known: Known) -> Vec<Total> {
    let mut totals = vec![Total::default(); days.len()];
    for tally in tallies {
        if let Some(at) = days.iter().position(|day| *day == tally.day) {
            totals[at].add(tally, tally.cost_at(known(tally)));
        }
    }
    totals
}

/// For each model what was used of it, most tokens first.
pub fn by_model(tallies: &[Tally], known: Known) -> Vec<OfModel> {
    let mut models: Vec<OfModel> = Vec::new();
    for tally in tallies {
        let same = |one: &OfModel| one.connection == tally.connection && one.model == tally.model;
        let at = models.iter().position(same).unwrap_or_else(|| {
            models.push(OfModel {
                connection: tally.connection.clone(),
                model: tally.model.clone(),
                ..OfModel::default()
            });
            models.len() - 1
        });
        models[at].name.clone_from(&tally.name);
        models[at].total.add(tally, tally.cost_at(known(tally)));
    }
    models.sort_by_key(|one| std::cmp::Reverse(tokens(&one.total)));
    models
}

/// What a plot measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Costs in a currency.
    Cost(Currency),
    /// Tokens of requests and replies.
    Tokens,
}

impl Quantity {
    /// How much of it, in billionths of a unit or in tokens.
    pub fn of(self, total: &Total) -> u64 {
        match self {
            Quantity::Cost(currency) => total.cost(currency).nano,
            Quantity::Tokens => tokens(total),
        }
    }
}

/// Each value as a share of the largest, in thousandths. What is not nothing is never drawn as nothing.
pub fn shares(values: &[u64]) -> Vec<u32> {
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    let share = |value: u64| (u128::from(value) * 1000).div_ceil(u128::from(most)) as u32;
    values.iter().map(|value| share(*value)).collect()
}

/// What 1,000 characters cost, in each currency.
pub fn per_thousand(total: &Total) -> Vec<Money> {
    let costs = total.costs.iter();
    costs
        .filter_map(|(money, chars)| super::per_thousand(*money, *chars))
        .collect()
}

fn tokens(total: &Total) -> u64 {
    total.usage.input.saturating_add(total.usage.output)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::Usage;

    fn tally(day: &str, model: &str, nano: Option<u64>, output: u64) -> Tally {
        Tally {
            day: day.into(),
            model: model.into(),
            cost: nano.map(|nano| Money {
                nano,
                ..Money::default()
            }),
            replies: 1,
            usage: Usage {
                output,
                ..Usage::default()
            },
            chars: 500,
            ..Tally::default()
        }
    }

    #[test]
    fn sums_by_day_and_model_agree() {
        let tallies = [
            tally("2026-11-27", "a", Some(5), 10),
            tally("2026-11-28", "a", None, 20),
            tally("2026-11-28", "b", Some(7), 50),
        ];
        let million = Price {
            output: 1_000_000_000,
            ..Price::default()
        };
        let days = ["2026-11-26", "2026-11-27", "2026-11-28"].map(str::to_owned);
        let check = |known: Known, costs: [u64; 3], models: [u64; 2]| {
            let dollars = |total: &Total| total.cost(Currency::Usd).nano;
            let found = by_day(&tallies, &days, known);
            assert_eq!(found.iter().map(dollars).collect::<Vec<_>>(), costs);
            let found = by_model(&tallies, known);
            assert_eq!(found[0].model, "b");
            let of: Vec<u64> = found.iter().map(|one| dollars(&one.total)).collect();
            assert_eq!(of, models);
            let all = total(&tallies, known);
            assert_eq!(dollars(&all), costs.iter().sum::<u64>());
            assert_eq!(all.replies, 3);
        };
        check(&|_| None, [0, 5, 7], [7, 5]);
        check(&|_| Some(million), [0, 5, 20_000_007], [7, 20_000_005]);
        assert_eq!(total(&tallies, &|_| None).unpriced, 1);
        let per = per_thousand(&total(&tallies, &|_| None));
        assert_eq!(per[0].nano, 12);
    }

    #[test]
    fn the_largest_is_whole_and_a_little_is_seen() {
        assert!(shares(&[]).is_empty());
        assert_eq!(shares(&[0, 0]), [0, 0]);
        assert_eq!(shares(&[1, 0, 1_000_000, 500_000]), [1, 0, 1000, 500]);
        assert_eq!(shares(&[u64::MAX, 1]), [1000, 1]);
    }
}
