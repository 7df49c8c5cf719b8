//! What was used and what it costs, as it is stored: tallies by day and model, what is known of each model,
//! and the budgets.

use super::{Row, field, message, price};
use crate::cost::budget::Budget;
use crate::cost::calibrate::Report;
use crate::cost::charge::Rate;
use crate::cost::tally::Tally;
use crate::cost::{Currency, Money};
use crate::tokens::Measure;
use serde_json::{Value, json};

/// The name of the budgets' row in the store `kv`.
pub const BUDGETS: &str = "budgets";

const TALLY: &[&str] = &[
    "day",
    "connection",
    "model",
    "currency",
    "nano",
    "name",
    "replies",
    "guessed",
    "usage",
    "chars",
];
const RATE: &[&str] = &["connection", "model", "price", "reports"];

/// The tally in a row.
pub fn read(row: &Row) -> Tally {
    let number = |name| field::int(row, name).max(0) as u64;
    Tally {
        day: field::text(row, "day"),
        connection: field::text(row, "connection"),
        name: field::text(row, "name"),
        model: field::text(row, "model"),
        cost: price::read_money(row),
        replies: number("replies"),
        guessed: number("guessed"),
        usage: field::object(row, "usage")
            .map(message::usage)
            .unwrap_or_default(),
        chars: number("chars"),
    }
}

/// The row of a tally; `kept` is the row that it replaces, or an empty one. Its key is always whole.
pub fn write(tally: &Tally, kept: &Row) -> Row {
    let mut row = field::unknown(kept, TALLY);
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    for (name, text) in [
        ("day", &tally.day),
        ("connection", &tally.connection),
        ("model", &tally.model),
    ] {
        row.insert(name.into(), text.as_str().into());
    }
    row.insert("currency".into(), currency(tally.cost).into());
    if let Some(cost) = tally.cost {
        price::put_money(&mut row, cost);
    }
    field::put_text(&mut row, "name", &tally.name);
    field::put_int(&mut row, "replies", whole(tally.replies));
    field::put_int(&mut row, "guessed", whole(tally.guessed));
    let before = field::object(kept, "usage").cloned().unwrap_or_default();
    field::put_object(
        &mut row,
        "usage",
        message::write_usage(&tally.usage, &before),
    );
    field::put_int(&mut row, "chars", whole(tally.chars));
    row
}

/// The part of a tally's key that names the currency; empty where the price was not known.
pub fn currency(cost: Option<Money>) -> &'static str {
    cost.map_or("", |cost| cost.currency.code())
}

/// What is known of a model.
pub fn read_rate(row: &Row) -> Rate {
    Rate {
        connection: field::text(row, "connection"),
        model: field::text(row, "model"),
        price: field::object(row, "price").and_then(price::read),
        reports: field::list(row, "reports")
            .iter()
            .filter_map(report)
            .collect(),
    }
}

/// The row of what is known of a model; `kept` is the row that it replaces, or an empty one.
pub fn write_rate(rate: &Rate, kept: &Row) -> Row {
    let mut row = field::unknown(kept, RATE);
    row.insert("connection".into(), rate.connection.as_str().into());
    row.insert("model".into(), rate.model.as_str().into());
    if let Some(own) = &rate.price {
        row.insert("price".into(), price::write(own).into());
    }
    let reports = rate.reports.iter().map(|report| {
        let Measure { han, other, turns } = report.measure;
        json!([han, other, turns, report.tokens])
    });
    field::put_list(&mut row, "reports", reports.collect());
    row
}

fn report(value: &Value) -> Option<Report> {
    let figures = value.as_array()?;
    let figure = |at: usize| Some(field::whole(figures.get(at)?).max(0) as u64);
    Some(Report {
        measure: Measure {
            han: figure(0)?,
            other: figure(1)?,
            turns: u32::try_from(figure(2)?).ok()?,
        },
        tokens: figure(3)?,
    })
}

/// The budgets in their row, at most one for each currency.
pub fn read_budgets(row: &Row) -> Vec<Budget> {
    let mut budgets: Vec<Budget> = Vec::new();
    for budget in field::list(row, "list").iter().filter_map(budget) {
        if budgets.iter().all(|one| one.currency != budget.currency) {
            budgets.push(budget);
        }
    }
    budgets
}

/// The row of the budgets; `kept` is the row that it replaces, or an empty one.
pub fn write_budgets(budgets: &[Budget], kept: &Row) -> Row {
    let mut row = field::unknown(kept, &["name", "list"]);
    row.insert("name".into(), BUDGETS.into());
    let list = budgets.iter().map(|budget| {
        let mut row = Row::new();
        row.insert("currency".into(), budget.currency.code().into());
        for (name, limit) in [("day", budget.day), ("month", budget.month)] {
            if let Some(limit) = limit {
                row.insert(name.into(), limit.into());
            }
        }
        row.insert("warn".into(), budget.warn.into());
        row.into()
    });
    field::put_list(&mut row, "list", list.collect());
    row
}

fn budget(value: &Value) -> Option<Budget> {
    let row = value.as_object()?;
    let limit = |name| {
        row.contains_key(name)
            .then(|| field::int(row, name).max(0) as u64)
    };
    let currency = Currency::from_code(&field::text(row, "currency"))?;
    let warn = match row.get("warn") {
        Some(share) => field::small(share).min(100) as u8,
        None => Budget::WARN,
    };
    Some(Budget {
        currency,
        day: limit("day"),
        month: limit("month"),
        warn,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::Price;
    use crate::reply::Usage;
    use proptest::prelude::*;

    const MOST: u64 = 9_007_199_254_740_991;

    prop_compose! {
        fn tally()(day in "[0-9-]{10}", (connection, name, model) in any::<(String, String, String)>(),
            nano in prop::option::of(0..MOST), (replies, guessed, chars) in (0..MOST, 0..MOST, 0..MOST),
            (input, output) in (0..MOST, 0..MOST)) -> Tally {
            let cost = nano.map(|nano| Money { currency: Currency::Eur, nano });
            let usage = Usage { input, output, cached: input / 2, reasoning: output / 3 };
            Tally { day, connection, name, model, cost, replies, guessed, usage, chars }
        }
    }

    prop_compose! {
        fn rate()((connection, model) in any::<(String, String)>(), price in prop::option::of((0..MOST, prop::option::of(0..MOST))),
            reports in prop::collection::vec((any::<u32>(), any::<u32>(), any::<u32>(), 0..MOST), 0..5)) -> Rate {
            let price = price.map(|(input, cached)| Price { currency: Currency::Cny, input, cached, output: input });
            let reports = reports.into_iter().map(|(han, other, turns, tokens)| Report {
                measure: Measure { han: han.into(), other: other.into(), turns }, tokens,
            }).collect();
            Rate { connection, model, price, reports }
        }
    }

    proptest! {
        #[test]
        fn a_tally_comes_back(tally in tally()) {
            prop_assert_eq!(read(&write(&tally, &Row::new())), tally);
        }

        #[test]
        fn what_is_known_of_a_model_comes_back(rate in rate()) {
            prop_assert_eq!(read_rate(&write_rate(&rate, &Row::new())), rate);
        }

        #[test]
        fn budgets_come_back(day in prop::option::of(0..MOST), month in prop::option::of(0..MOST), warn in 0..=100u8) {
            let budgets = [Budget { currency: Currency::Usd, day, month, warn }, Budget::none(Currency::Cny)];
            prop_assert_eq!(read_budgets(&write_budgets(&budgets, &Row::new())), budgets);
        }
    }

    #[test]
    fn nonsense_is_left_out() {
        let row = |value: Value| value.as_object().cloned().unwrap_or_default();
        let budgets = read_budgets(&row(json!({ "list": [
            { "currency": "USD", "day": -5, "warn": 900 }, { "currency": "USD", "day": 9 },
            { "currency": "XXX", "day": 9 }, 7, { "currency": "EUR", "month": "12" },
        ] })));
        let want = [
            Budget {
                day: Some(0),
                warn: 100,
                ..Budget::none(Currency::Usd)
            },
            Budget {
                month: Some(12),
                ..Budget::none(Currency::Eur)
            },
        ];
        assert_eq!(budgets, want);
        let rate = read_rate(&row(
            json!({ "reports": [[1, 2, 3, 4], [1, 2], "x", [1, 2, 1e12, 4]], "price": { "currency": "?" } }),
        ));
        assert_eq!((rate.reports.len(), rate.price), (1, None));
        assert_eq!(
            read(&row(json!({ "replies": -3, "currency": "USD" }))).replies,
            0
        );
    }
}
