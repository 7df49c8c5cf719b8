//! A message as it is stored.

use super::{Row, field, price, summary};
use crate::chat::{Message, Role, Segment};
use crate::fault::{Fault, Kind};
use crate::id::ChatId;
use crate::memory::Sent;
use crate::reply::{End, Usage};
use crate::watch::resume::Way;
use serde_json::Value;

const FIELDS: &[&str] = &[
    "chat",
    "seq",
    "parent",
    "role",
    "text",
    "reasoning",
    "end",
    "end_raw",
    "left",
    "fault",
    "tools",
    "garbled",
    "connection",
    "model",
    "usage",
    "cost",
    "since",
    "created",
    "took",
    "waited",
    "edited",
    "pinned",
    "deleted",
    "segments",
    "memory",
    "summary",
    "rev",
];
const SEGMENT: &[&str] = &[
    "at", "way", "glue", "dropped", "model", "before", "end", "usage", "took",
];
const FAULT: &[&str] = &["kind", "status", "message", "detail", "retry_after"];
const USAGE: &[&str] = &["input", "output", "cached", "reasoning"];

/// The message in a row.
pub fn read(row: &Row) -> Message {
    let seq = field::count(row, "seq");
    let mut message = Message {
        chat: ChatId(field::text(row, "chat")),
        seq,
        // A parent stands before its children: anything else would make walking a branch endless.
        parent: Some(field::count(row, "parent"))
            .filter(|parent| *parent < seq)
            .unwrap_or(0),
        role: role(&field::text(row, "role")),
        text: field::text(row, "text"),
        reasoning: field::text(row, "reasoning"),
        end: read_end(row, "end"),
        end_raw: field::text(row, "end_raw"),
        left: field::flag(row, "left"),
        fault: field::object(row, "fault").map(fault),
        tools: field::list(row, "tools")
            .iter()
            .filter_map(|tool| tool.as_str().map(str::to_owned))
            .collect(),
        garbled: field::count(row, "garbled"),
        connection: field::text(row, "connection"),
        model: field::text(row, "model"),
        usage: field::object(row, "usage").map(usage),
        cost: field::object(row, "cost").and_then(price::read_money),
        since: Some(field::count(row, "since"))
            .filter(|since| *since < seq)
            .unwrap_or(0),
        created: field::int(row, "created"),
        took: field::count(row, "took"),
        waited: field::count(row, "waited"),
        edited: field::flag(row, "edited"),
        pinned: field::flag(row, "pinned"),
        deleted: field::flag(row, "deleted"),
        segments: field::list(row, "segments")
            .iter()
            .filter_map(|segment| Some(read_segment(segment.as_object()?)))
            .collect(),
        sent: field::object(row, "memory").map(Sent::read),
        summary: field::object(row, "summary").map(summary::read),
        rev: field::count(row, "rev"),
    };
    message.check_segments();
    message
}

/// The row of a message; `kept` is the row that it replaces, or an empty one.
pub fn write(message: &Message, kept: &Row) -> Row {
    let mut row = field::unknown(kept, FIELDS);
    row.insert("chat".into(), message.chat.as_str().into());
    row.insert("seq".into(), message.seq.into());
    row.insert("role".into(), message.role.name().into());
    field::put_int(&mut row, "parent", message.parent.into());
    field::put_text(&mut row, "text", &message.text);
    field::put_text(&mut row, "reasoning", &message.reasoning);
    put_end(&mut row, "end", message.end, kept);
    field::put_text(&mut row, "end_raw", &message.end_raw);
    field::put_flag(&mut row, "left", message.left);
    if let Some(fault) = &message.fault {
        let before = field::object(kept, "fault").cloned().unwrap_or_default();
        row.insert("fault".into(), write_fault(fault, &before).into());
    }
    let tools = message.tools.iter().cloned().map(Value::from).collect();
    field::put_list(&mut row, "tools", tools);
    field::put_int(&mut row, "garbled", message.garbled.into());
    field::put_text(&mut row, "connection", &message.connection);
    field::put_text(&mut row, "model", &message.model);
    if let Some(usage) = &message.usage {
        let before = field::object(kept, "usage").cloned().unwrap_or_default();
        row.insert("usage".into(), write_usage(usage, &before).into());
    }
    if let Some(cost) = message.cost {
        let mut amount = Row::new();
        price::put_money(&mut amount, cost);
        row.insert("cost".into(), amount.into());
    }
    field::put_int(&mut row, "since", message.since.into());
    field::put_int(&mut row, "created", message.created);
    field::put_int(&mut row, "took", message.took.into());
    field::put_int(&mut row, "waited", message.waited.into());
    field::put_flag(&mut row, "edited", message.edited);
    field::put_flag(&mut row, "pinned", message.pinned);
    field::put_flag(&mut row, "deleted", message.deleted);
    let before = field::list(kept, "segments");
    let segments = message.segments.iter().map(|segment| {
        let same = |row: &&Row| field::count(row, "at") == segment.at;
        let before = before.iter().filter_map(Value::as_object).find(same);
        write_segment(segment, &before.cloned().unwrap_or_default()).into()
    });
    field::put_list(&mut row, "segments", segments.collect());
    if let Some(sent) = &message.sent {
        row.insert("memory".into(), sent.write().into());
    }
    if let Some(made) = &message.summary {
        let before = field::object(kept, "summary").cloned().unwrap_or_default();
        row.insert("summary".into(), summary::write(made, &before).into());
    }
    field::put_int(&mut row, "rev", message.rev.into());
    row
}

/// The number of the message in a row, without reading the rest of it.
pub fn seq(row: &Row) -> u32 {
    field::count(row, "seq")
}

/// The number of the message before the one in a row, without reading the rest of it.
pub fn parent(row: &Row) -> u32 {
    field::count(row, "parent")
}

/// How often the message in a row was changed, without reading the rest of it.
pub fn rev(row: &Row) -> u32 {
    field::count(row, "rev")
}

/// Whether a row is a reply that still streams, or streamed when its page was closed.
pub fn streams(row: &Row) -> bool {
    role(&field::text(row, "role")) == Role::Assistant
        && field::text(row, "end").is_empty()
        && !field::flag(row, "deleted")
}

fn role(name: &str) -> Role {
    if name == Role::User.name() {
        Role::User
    } else {
        Role::Assistant
    }
}

fn fault(row: &Row) -> Fault {
    Fault {
        kind: Kind::from_name(&field::text(row, "kind")).unwrap_or_default(),
        status: u16::try_from(field::int(row, "status"))
            .ok()
            .filter(|status| *status > 0),
        message: field::text(row, "message"),
        detail: field::text(row, "detail"),
        retry_after: row.get("retry_after").map(field::small),
    }
}

fn write_fault(fault: &Fault, kept: &Row) -> Row {
    let mut row = field::unknown(kept, FAULT);
    let known = Kind::from_name(&field::text(kept, "kind")).is_some();
    let stand_in = Kind::default().name();
    field::put_name(&mut row, "kind", fault.kind.name(), stand_in, kept, known);
    field::put_int(&mut row, "status", fault.status.unwrap_or(0).into());
    field::put_text(&mut row, "message", &fault.message);
    field::put_text(&mut row, "detail", &fault.detail);
    if let Some(seconds) = fault.retry_after {
        row.insert("retry_after".into(), seconds.into());
    }
    row
}

fn read_segment(row: &Row) -> Segment {
    Segment {
        at: field::count(row, "at"),
        way: Way::from_name(&field::text(row, "way")).unwrap_or(Way::Ask),
        glue: field::count(row, "glue"),
        dropped: field::text(row, "dropped"),
        model: field::text(row, "model"),
        before: read_end(row, "before"),
        end: read_end(row, "end"),
        usage: field::object(row, "usage").map(usage),
        took: field::count(row, "took"),
    }
}

fn read_end(row: &Row, name: &str) -> Option<End> {
    let end = field::text(row, name);
    (!end.is_empty()).then(|| End::from_name(&end).unwrap_or(End::Unknown))
}

fn put_end(row: &mut Row, name: &str, end: Option<End>, kept: &Row) {
    if let Some(end) = end {
        let known = End::from_name(&field::text(kept, name)).is_some();
        let unknown = End::Unknown.name();
        field::put_name(row, name, end.name(), unknown, kept, known);
    }
}

fn write_segment(segment: &Segment, kept: &Row) -> Row {
    let mut row = field::unknown(kept, SEGMENT);
    field::put_int(&mut row, "at", segment.at.into());
    let known = Way::from_name(&field::text(kept, "way")).is_some();
    field::put_name(
        &mut row,
        "way",
        segment.way.name(),
        Way::Ask.name(),
        kept,
        known,
    );
    field::put_int(&mut row, "glue", segment.glue.into());
    field::put_text(&mut row, "dropped", &segment.dropped);
    field::put_text(&mut row, "model", &segment.model);
    put_end(&mut row, "before", segment.before, kept);
    put_end(&mut row, "end", segment.end, kept);
    if let Some(usage) = &segment.usage {
        let before = field::object(kept, "usage").cloned().unwrap_or_default();
        row.insert("usage".into(), write_usage(usage, &before).into());
    }
    field::put_int(&mut row, "took", segment.took.into());
    row
}

pub(super) fn usage(row: &Row) -> Usage {
    let tokens = |name| field::int(row, name).max(0) as u64;
    Usage {
        input: tokens("input"),
        output: tokens("output"),
        cached: tokens("cached"),
        reasoning: tokens("reasoning"),
    }
}

pub(super) fn write_usage(usage: &Usage, kept: &Row) -> Row {
    let mut row = field::unknown(kept, USAGE);
    let counts = [usage.input, usage.output, usage.cached, usage.reasoning];
    for (name, tokens) in USAGE.iter().zip(counts) {
        field::put_int(&mut row, name, i64::try_from(tokens).unwrap_or(i64::MAX));
    }
    row
}
