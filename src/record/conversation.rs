//! A conversation as it is stored.

use super::{Row, field, price};
use crate::chat::{Branch, Conversation, Fork, Options};
use crate::id::ChatId;
use crate::reply::End;
use crate::settings::Middle;
use serde_json::{Value, json};

const FIELDS: &[&str] = &[
    "id", "title", "named", "pinned", "created", "updated", "next", "leaf", "forks", "options",
    "last_end", "spent",
];
const OPTIONS: &[&str] = &[
    "connection",
    "model",
    "temperature",
    "max_output",
    "system",
    "forgetful",
    "middle",
];

/// The fields of the list's index, see [`super::schema::ORDER`].
pub const ORDER: &[&str] = &["pinned", "updated", "id"];

/// The conversation in a row.
pub fn read(row: &Row) -> Conversation {
    let end = field::text(row, "last_end");
    Conversation {
        id: ChatId(field::text(row, "id")),
        title: field::text(row, "title"),
        named: field::flag(row, "named"),
        pinned: field::flag(row, "pinned"),
        created: field::int(row, "created"),
        updated: field::int(row, "updated"),
        next: field::count(row, "next").max(1),
        leaf: field::count(row, "leaf"),
        forks: field::list(row, "forks").iter().filter_map(fork).collect(),
        options: field::object(row, "options")
            .map(options)
            .unwrap_or_default(),
        last_end: (!end.is_empty()).then(|| End::from_name(&end).unwrap_or(End::Unknown)),
        spent: field::list(row, "spent")
            .iter()
            .filter_map(|amount| price::read_money(amount.as_object()?))
            .collect(),
    }
}

/// The row of a conversation; `kept` is the row that it replaces, or an empty one.
///
/// `pinned` and `updated` are always there: the list's index needs them.
pub fn write(conversation: &Conversation, kept: &Row) -> Row {
    let mut row = field::unknown(kept, FIELDS);
    row.insert("id".into(), conversation.id.as_str().into());
    row.insert("pinned".into(), u8::from(conversation.pinned).into());
    row.insert("updated".into(), conversation.updated.into());
    field::put_text(&mut row, "title", &conversation.title);
    field::put_flag(&mut row, "named", conversation.named);
    field::put_int(&mut row, "created", conversation.created);
    field::put_int(&mut row, "next", conversation.next.into());
    field::put_int(&mut row, "leaf", conversation.leaf.into());
    let forks = conversation.forks.iter().map(write_fork).collect();
    field::put_list(&mut row, "forks", forks);
    let before = field::object(kept, "options").cloned().unwrap_or_default();
    let options = write_options(&conversation.options, &before);
    field::put_object(&mut row, "options", options);
    if let Some(end) = conversation.last_end {
        let known = End::from_name(&field::text(kept, "last_end")).is_some();
        let unknown = End::Unknown.name();
        field::put_name(&mut row, "last_end", end.name(), unknown, kept, known);
    }
    let spent = conversation.spent.iter().map(|amount| {
        let mut row = Row::new();
        price::put_money(&mut row, *amount);
        row.into()
    });
    field::put_list(&mut row, "spent", spent.collect());
    row
}

fn fork(value: &Value) -> Option<Fork> {
    let row = value.as_object()?;
    let branches: Vec<Branch> = field::list(row, "branches")
        .iter()
        .filter_map(branch)
        .collect();
    (branches.len() > 1).then(|| Fork {
        parent: field::count(row, "parent"),
        branches,
    })
}

fn branch(value: &Value) -> Option<Branch> {
    let pair = value.as_array()?;
    let head = field::small(pair.first()?);
    let leaf = pair.get(1).map_or(head, field::small).max(head);
    (head > 0).then_some(Branch { head, leaf })
}

fn write_fork(fork: &Fork) -> Value {
    let branches: Vec<Value> = fork
        .branches
        .iter()
        .map(|branch| json!([branch.head, branch.leaf]))
        .collect();
    json!({ "parent": fork.parent, "branches": branches })
}

/// Reads what a conversation sets for itself.
pub fn options(row: &Row) -> Options {
    Options {
        connection: field::text(row, "connection"),
        model: field::text(row, "model"),
        temperature: field::float(row, "temperature"),
        max_output: Some(field::count(row, "max_output")).filter(|most| *most > 0),
        system: field::text(row, "system"),
        forgetful: field::flag(row, "forgetful"),
        middle: Middle::from_name(&field::text(row, "middle")),
    }
}

/// Writes what a conversation sets for itself.
pub fn write_options(options: &Options, kept: &Row) -> Row {
    let mut row = field::unknown(kept, OPTIONS);
    field::put_text(&mut row, "connection", &options.connection);
    field::put_text(&mut row, "model", &options.model);
    field::put_float(&mut row, "temperature", options.temperature);
    let most = options.max_output.unwrap_or(0);
    field::put_int(&mut row, "max_output", most.into());
    field::put_text(&mut row, "system", &options.system);
    field::put_flag(&mut row, "forgetful", options.forgetful);
    if let Some(middle) = options.middle {
        field::put_text(&mut row, "middle", middle.name());
    }
    row
}
