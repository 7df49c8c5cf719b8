//! The backup: everything in one file, and what a restore may do with it.
//!
//! The file has one JSON object per line: a head, the rows as they are stored, and a foot that
//! tells a whole file from a torn one. A broken line costs that line and nothing else. Reading
//! is done line by line, so that the shell can give way to the page between lines.
//!
//! ```text
//! {"format":"viewfinder-backup","version":1,"app":"0.1.0","created":1700000000000}
//! {"store":"conversations","row":{"id":"…","title":"…",…}}
//! {"store":"messages","row":{"chat":"…","seq":1,…}}
//! {"end":true,"rows":2}
//! ```

mod merge;
pub mod preferences;
mod reader;
#[cfg(test)]
mod tests;

pub use merge::{Merge, merge};
pub use reader::{Reader, read};

use crate::record::{Row, schema};
use serde_json::json;

/// The name of the format, in the first line.
pub const FORMAT: &str = "viewfinder-backup";
/// The version of the format that is written, and the newest that is read.
pub const VERSION: u32 = 1;

/// The stores of a backup, in the order of the file: conversations before their messages.
pub const STORES: &[&str] = &[
    schema::KV,
    schema::CONNECTIONS,
    schema::CONVERSATIONS,
    schema::DRAFTS,
    schema::MESSAGES,
    schema::CASES,
    schema::TALLIES,
    schema::MEMORY,
    schema::MEMORY_LOG,
    schema::MEMORY_TOMBS,
    schema::FRAMES,
    schema::USAGE,
    schema::RATES,
];

/// The first line. `app` is the version of the app, `created` milliseconds since 1970.
pub fn head(app: &str, created: i64) -> String {
    let head = json!({ "format": FORMAT, "version": VERSION, "app": app, "created": created });
    format!("{head}\n")
}

/// The line of one row.
pub fn line(store: &str, row: &Row) -> String {
    format!("{}\n", json!({ "store": store, "row": row }))
}

/// The last line, with the number of rows before it.
pub fn foot(rows: u64) -> String {
    format!("{}\n", json!({ "end": true, "rows": rows }))
}

/// What a backup holds, checked and ready to be merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The version of the app that wrote it.
    pub app: String,
    /// When it was written, in milliseconds since 1970.
    pub created: i64,
    /// The conversations with all that belongs to them.
    pub conversations: Vec<Bundle>,
    /// Connections, without keys. Each needs the user's confirmation.
    pub connections: Vec<Row>,
    /// Keys of connections: only in a file that was made with them. Need the user's confirmation.
    pub keys: Vec<Row>,
    /// Rows of the store `kv`: the settings. They fill in what was not changed here.
    pub kv: Vec<Row>,
    /// Bad cases. Each is put where none with its id is.
    pub cases: Vec<Row>,
    /// Weekly tallies of replies. Each is put where none with its key is.
    pub tallies: Vec<Row>,
    /// Preferences. Each needs the user's confirmation.
    pub memory: Vec<Row>,
    /// The log of the preferences. An event comes back with a preference that it is about.
    pub memory_log: Vec<Row>,
    /// Hashes of what was erased from the memory. Each is put: it only keeps things out.
    pub memory_tombs: Vec<Row>,
    /// A person's own frames that are sound. Each is put where none with its id is.
    pub frames: Vec<Row>,
    /// What was used by day and model. Each is put where none with its key is.
    pub usage: Vec<Row>,
    /// Prices and how providers count. Each is put where none with its key is.
    pub rates: Vec<Row>,
    /// What stood in the composer of the conversation that was not there yet.
    pub draft: Option<Row>,
    /// What could not be taken as it was.
    pub notes: Vec<Note>,
}

impl Contents {
    /// The number of messages.
    pub fn messages(&self) -> usize {
        self.conversations
            .iter()
            .map(|bundle| bundle.messages.len())
            .sum()
    }
}

/// A conversation with its messages in the order of their numbers, and its draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bundle {
    /// The conversation.
    pub conversation: Row,
    /// Its messages.
    pub messages: Vec<Row>,
    /// What stood in its composer.
    pub draft: Option<Row>,
}

/// A line that could not be taken as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a line of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is no JSON object of the format; it was left out.
    Garbled,
    /// Its row has no usable key; it was left out.
    NoKey,
    /// Its store is not known to this version; it was left out.
    UnknownStore,
    /// A row with this key came before; the first was kept.
    Twice,
    /// Messages or a draft whose conversation is not in the file; one without a title was made.
    Orphan,
    /// The foot is missing or counts other rows: the file was torn.
    Torn,
}

/// Why a file is not read at all. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It does not begin as a backup does.
    NotBackup,
    /// It is of a newer version of the format, which this version might misunderstand.
    Newer {
        /// The file's version.
        version: u32,
    },
}
