//! Bad cases, weekly tallies of replies, and the ways that worked, as they are stored.

use super::message::{usage, write_usage};
use super::{Row, field};
use crate::badcase::figures::Total;
use crate::badcase::{Case, Label, Mended};
use crate::chat::Role;
use crate::id::ChatId;
use crate::provider::{Ask, Turn};
use crate::reply::{End, Usage};
use crate::watch::resume::{Way, Ways};
use crate::watch::{Kind, Sign};
use serde_json::{Value, json};

const FIELDS: &[&str] = &[
    "id",
    "made",
    "chat",
    "seq",
    "provider",
    "model",
    "ask",
    "end",
    "end_raw",
    "usage",
    "waited",
    "took",
    "cut",
    "certainty",
    "signs",
    "mended",
    "label",
    "redacted",
];
const ASK: &[&str] = &["model", "system", "turns", "temperature", "max_output"];
const MENDED: &[&str] = &["way", "text", "tries", "model", "usage", "took"];

/// The fields of the index by time, see [`super::schema::BY_TIME`].
pub const ORDER: &[&str] = &["made", "id"];
/// The name of the row of the store `kv` that holds the ways that worked.
pub const WAYS: &str = "ways";

/// The case in a row.
pub fn read(row: &Row) -> Case {
    let end = field::text(row, "end");
    let cut = field::text(row, "cut");
    Case {
        id: field::text(row, "id"),
        made: field::int(row, "made"),
        chat: ChatId(field::text(row, "chat")),
        seq: field::count(row, "seq"),
        provider: field::text(row, "provider"),
        model: field::text(row, "model"),
        ask: field::object(row, "ask").map(read_ask).unwrap_or_default(),
        end: (!end.is_empty()).then(|| End::from_name(&end).unwrap_or(End::Unknown)),
        end_raw: field::text(row, "end_raw"),
        usage: field::object(row, "usage").map(usage),
        waited: field::count(row, "waited"),
        took: field::count(row, "took"),
        certainty: field::count(row, "certainty").min(99) as u8,
        signs: field::list(row, "signs")
            .iter()
            .filter_map(|sign| read_sign(sign, &cut))
            .collect(),
        cut,
        mended: field::object(row, "mended").map(read_mended),
        label: Label::from_name(&field::text(row, "label")).unwrap_or_default(),
        redacted: field::flag(row, "redacted"),
    }
}

/// The row of a case; `kept` is the row that it replaces, or an empty one. `made` is always there: the index needs it.
pub fn write(case: &Case, kept: &Row) -> Row {
    let mut row = field::unknown(kept, FIELDS);
    row.insert("id".into(), case.id.as_str().into());
    row.insert("made".into(), case.made.into());
    field::put_text(&mut row, "chat", case.chat.as_str());
    field::put_int(&mut row, "seq", case.seq.into());
    field::put_text(&mut row, "provider", &case.provider);
    field::put_text(&mut row, "model", &case.model);
    let before = |name| field::object(kept, name).cloned().unwrap_or_default();
    field::put_object(&mut row, "ask", write_ask(&case.ask, &before("ask")));
    if let Some(end) = case.end {
        let known = End::from_name(&field::text(kept, "end")).is_some();
        field::put_name(
            &mut row,
            "end",
            end.name(),
            End::Unknown.name(),
            kept,
            known,
        );
    }
    field::put_text(&mut row, "end_raw", &case.end_raw);
    put_usage(&mut row, case.usage.as_ref(), kept);
    field::put_int(&mut row, "waited", case.waited.into());
    field::put_int(&mut row, "took", case.took.into());
    field::put_text(&mut row, "cut", &case.cut);
    field::put_int(&mut row, "certainty", case.certainty.into());
    field::put_list(
        &mut row,
        "signs",
        case.signs.iter().map(write_sign).collect(),
    );
    if let Some(mended) = &case.mended {
        row.insert(
            "mended".into(),
            write_mended(mended, &before("mended")).into(),
        );
    }
    let known = Label::from_name(&field::text(kept, "label")).is_some();
    field::put_name(
        &mut row,
        "label",
        case.label.name(),
        Label::Open.name(),
        kept,
        known,
    );
    field::put_flag(&mut row, "redacted", case.redacted);
    row
}

/// The tally in a row.
pub fn read_total(row: &Row) -> Total {
    Total {
        provider: field::text(row, "provider"),
        model: field::text(row, "model"),
        week: field::int(row, "week"),
        replies: field::count(row, "replies"),
    }
}

/// The row of a tally; every part of its key is always there.
pub fn write_total(total: &Total, kept: &Row) -> Row {
    let mut row = kept.clone();
    row.insert("provider".into(), total.provider.as_str().into());
    row.insert("model".into(), total.model.as_str().into());
    row.insert("week".into(), total.week.into());
    row.insert("replies".into(), total.replies.into());
    row
}

/// The ways that worked, in a row.
pub fn read_ways(row: &Row) -> Ways {
    let known = field::list(row, "known").iter().filter_map(|way| {
        let part = |nth: usize| way.get(nth).and_then(Value::as_str);
        Some((
            part(0)?.to_owned(),
            part(1)?.to_owned(),
            Way::from_name(part(2)?)?,
        ))
    });
    Ways {
        known: known.collect(),
    }
}

/// The row of the ways that worked.
pub fn write_ways(ways: &Ways, kept: &Row) -> Row {
    let mut row = field::unknown(kept, &["name", "known"]);
    row.insert("name".into(), WAYS.into());
    let known = ways
        .known
        .iter()
        .map(|(connection, model, way)| json!([connection, model, way.name()]));
    field::put_list(&mut row, "known", known.collect());
    row
}

/// What was sent, in a row.
pub fn read_ask(row: &Row) -> Ask {
    Ask {
        model: field::text(row, "model"),
        system: field::text(row, "system"),
        turns: field::list(row, "turns").iter().filter_map(turn).collect(),
        temperature: field::float(row, "temperature"),
        max_output: Some(field::count(row, "max_output")).filter(|most| *most > 0),
    }
}

fn turn(value: &Value) -> Option<Turn> {
    let row = value.as_object()?;
    let user = field::text(row, "role") == Role::User.name();
    Some(Turn {
        role: if user { Role::User } else { Role::Assistant },
        text: field::text(row, "text"),
    })
}

/// The row of what was sent.
pub fn write_ask(ask: &Ask, kept: &Row) -> Row {
    let mut row = field::unknown(kept, ASK);
    field::put_text(&mut row, "model", &ask.model);
    field::put_text(&mut row, "system", &ask.system);
    let turns = ask
        .turns
        .iter()
        .map(|turn| json!({ "role": turn.role.name(), "text": turn.text }));
    field::put_list(&mut row, "turns", turns.collect());
    field::put_float(&mut row, "temperature", ask.temperature);
    field::put_int(&mut row, "max_output", ask.max_output.unwrap_or(0).into());
    row
}

/// A sign is stored as its name, its place and its weight.
fn read_sign(value: &Value, cut: &str) -> Option<Sign> {
    let place = |nth: usize| {
        let at = (field::small(value.get(nth)?) as usize).min(cut.len());
        (0..=at).rev().find(|at| cut.is_char_boundary(*at))
    };
    let start = place(1)?;
    Some(Sign {
        kind: Kind::from_name(value.get(0)?.as_str()?)?,
        at: start..place(2)?.max(start),
        weight: field::small(value.get(3)?).clamp(1, 99) as u8,
    })
}

fn write_sign(sign: &Sign) -> Value {
    json!([sign.kind.name(), sign.at.start, sign.at.end, sign.weight])
}

fn read_mended(row: &Row) -> Mended {
    Mended {
        way: Way::from_name(&field::text(row, "way")).unwrap_or(Way::Ask),
        text: field::text(row, "text"),
        tries: field::count(row, "tries").min(255) as u8,
        model: field::text(row, "model"),
        usage: field::object(row, "usage").map(usage),
        took: field::count(row, "took"),
    }
}

fn write_mended(mended: &Mended, kept: &Row) -> Row {
    let mut row = field::unknown(kept, MENDED);
    let known = Way::from_name(&field::text(kept, "way")).is_some();
    field::put_name(
        &mut row,
        "way",
        mended.way.name(),
        Way::Ask.name(),
        kept,
        known,
    );
    field::put_text(&mut row, "text", &mended.text);
    field::put_int(&mut row, "tries", mended.tries.into());
    field::put_text(&mut row, "model", &mended.model);
    put_usage(&mut row, mended.usage.as_ref(), kept);
    field::put_int(&mut row, "took", mended.took.into());
    row
}

fn put_usage(row: &mut Row, usage: Option<&Usage>, kept: &Row) {
    if let Some(usage) = usage {
        let before = field::object(kept, "usage").cloned().unwrap_or_default();
        row.insert("usage".into(), write_usage(usage, &before).into());
    }
}
