//! A summary as it is stored, in the row of the last message that it covers.

use super::{Row, field, price};
use crate::chat::{Seq, Summary};
use serde_json::{Value, json};

const FIELDS: &[&str] = &[
    "text", "covers", "model", "tokens", "cost", "created", "edited",
];

/// The summary in a row.
pub fn read(row: &Row) -> Summary {
    Summary {
        text: field::text(row, "text"),
        covers: field::list(row, "covers").iter().filter_map(pair).collect(),
        model: field::text(row, "model"),
        tokens: field::int(row, "tokens").max(0) as u64,
        cost: field::object(row, "cost").and_then(price::read_money),
        created: field::int(row, "created"),
        edited: field::flag(row, "edited"),
    }
}

fn pair(value: &Value) -> Option<(Seq, u32)> {
    let pair = value.as_array()?;
    Some((field::small(pair.first()?), field::small(pair.get(1)?)))
}

/// The row of a summary; `kept` is the row that it replaces, or an empty one.
pub fn write(summary: &Summary, kept: &Row) -> Row {
    let mut row = field::unknown(kept, FIELDS);
    field::put_text(&mut row, "text", &summary.text);
    let covers = summary.covers.iter();
    let covers = covers.map(|(seq, mark)| json!([seq, mark])).collect();
    field::put_list(&mut row, "covers", covers);
    field::put_text(&mut row, "model", &summary.model);
    let tokens = i64::try_from(summary.tokens).unwrap_or(i64::MAX);
    field::put_int(&mut row, "tokens", tokens);
    if let Some(cost) = summary.cost {
        let mut amount = Row::new();
        price::put_money(&mut amount, cost);
        row.insert("cost".into(), amount.into());
    }
    field::put_int(&mut row, "created", summary.created);
    field::put_flag(&mut row, "edited", summary.edited);
    row
}
