//! The shapes that are stored, apart from the domain types, so that either can change alone.
//!
//! A stored row is a JSON object, read field by field: a missing field is its default, a field of
//! the wrong type is repaired, and nothing makes reading fail. Writing starts from the row that
//! was there, so that fields of a newer version survive a change by an older one.
//! [`schema`] lists the stores and the numbered migrations.

pub mod case;
pub mod connection;
pub mod conversation;
pub mod effect;
pub mod favourites;
pub(crate) mod field;
pub mod frame;
#[cfg(test)]
mod frame_tests;
pub mod framed;
pub mod memory;
pub mod message;
pub mod price;
pub mod schema;
pub mod settings;
pub mod summary;
#[cfg(test)]
mod tests;
pub mod usage;

/// A stored row. Numbers stay below 2^53 and text is valid Unicode, so that every JSON reader
/// and the browser's database keep them exactly.
pub type Row = serde_json::Map<String, serde_json::Value>;

/// A value as JSON. Not by its `to_string`: that brings a second writer, which the first program has no room for.
pub fn write(value: &serde_json::Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A row from its text; `None` where the text is no object of JSON.
pub fn parse(text: &str) -> Option<Row> {
    match serde_json::from_str(text) {
        // As a value first: asked for an object, serde brings the words for whatever else it may be.
        Ok(serde_json::Value::Object(row)) => Some(row),
        _ => None,
    }
}

/// The key of the draft of the conversation that is not there yet.
pub const NEW_DRAFT: &str = "new";

/// What the name of a reply's row begins with that is kept whole while a part of it is written anew; the conversation
/// and a stroke come after it.
pub const WHOLE: &str = "rest.anew/";

/// The row of a draft.
pub fn draft(chat: &str, text: &str) -> Row {
    let mut row = Row::new();
    row.insert("chat".into(), chat.into());
    row.insert("text".into(), text.into());
    row
}

/// Whose draft it is.
pub fn draft_of(row: &Row) -> String {
    field::text(row, "chat")
}

/// The text of a draft.
pub fn draft_text(row: &Row) -> String {
    field::text(row, "text")
}
