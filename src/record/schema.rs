//! The stores of the database, and how an older database becomes the newest, step by step.
//!
//! The version of a database is the number of migrations that made it. A migration that has been
//! published never changes; a new need is a new migration at the end. A step can also add an index
//! to a store that is there already and rewrite its rows, inside the same transaction, so no store
//! or index has to be declared ahead of the feature that uses it.

use super::Row;
use serde_json::Value;

/// Conversations, by `id`.
pub const CONVERSATIONS: &str = "conversations";
/// Messages, by `[chat, seq]`: a page of a conversation is one range.
pub const MESSAGES: &str = "messages";
/// What stands in the composer, by `chat`; `new` for the conversation that is not there yet.
pub const DRAFTS: &str = "drafts";
/// Connections without their keys, by `id`.
pub const CONNECTIONS: &str = "connections";
/// The keys of connections, by the connection's `id`. Left out of backups.
pub const KEYS: &str = "keys";
/// Replies that ended too early, by `id`.
pub const CASES: &str = "cases";
/// How many replies a model gave in a week, by `[provider, model, week]`: what the cases are a part of.
pub const TALLIES: &str = "tallies";
/// Single rows by `name`: the settings, and marks of this browser (their names begin with `device.`).
pub const KV: &str = "kv";

/// Preferences, by `id`: the view that the log adds up to.
pub const MEMORY: &str = "memory";
/// The log of what happened to the preferences, by `number`.
pub const MEMORY_LOG: &str = "memory_log";
/// Hashes of what was erased from the memory, by `hash`.
pub const MEMORY_TOMBS: &str = "memory_tombs";

/// A person's own frames, by `id`.
pub const FRAMES: &str = "frames";

/// What was used, by `[day, connection, model, currency]`; the currency is empty where the price was not known.
pub const USAGE: &str = "usage";
/// What is known of a model, by `[connection, model]`: the price that a person wrote, how its provider counts.
pub const RATES: &str = "rates";

/// The index of the conversations' list: pinned or not, then time, then id so that no two are equal.
pub const ORDER: &str = "order";

/// The index of the cases: by time, then id so that no two are equal.
pub const BY_TIME: &str = "time";

/// One version of the database.
#[derive(Debug)]
pub struct Migration {
    /// The version that it makes; the first is 1 and none is left out.
    pub version: u32,
    /// What it does, in order.
    pub steps: &'static [Step],
}

/// A part of a migration.
#[derive(Debug)]
pub enum Step {
    /// A new store; one field is a plain key, several are a compound one.
    Store {
        /// Its name.
        name: &'static str,
        /// The fields of its key.
        key: &'static [&'static str],
    },
    /// A new compound index of a store that is there by now. Rows that lack a field are not in it.
    Index {
        /// The store.
        store: &'static str,
        /// The index's name.
        name: &'static str,
        /// Its fields.
        key: &'static [&'static str],
    },
    /// Every row of a store is rewritten. The key stays as it is.
    Rows {
        /// The store.
        store: &'static str,
        /// The new row.
        change: fn(Row) -> Row,
    },
}

/// Every migration, oldest first.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        steps: &[
            Step::Store {
                name: CONVERSATIONS,
                key: &["id"],
            },
            Step::Index {
                store: CONVERSATIONS,
                name: ORDER,
                key: super::conversation::ORDER,
            },
            Step::Store {
                name: MESSAGES,
                key: &["chat", "seq"],
            },
            Step::Store {
                name: DRAFTS,
                key: &["chat"],
            },
            Step::Store {
                name: CONNECTIONS,
                key: &["id"],
            },
            Step::Store {
                name: KEYS,
                key: &["id"],
            },
            Step::Store {
                name: KV,
                key: &["name"],
            },
        ],
    },
    Migration {
        version: 2,
        steps: &[
            Step::Store {
                name: CASES,
                key: &["id"],
            },
            Step::Index {
                store: CASES,
                name: BY_TIME,
                key: super::case::ORDER,
            },
            Step::Store {
                name: TALLIES,
                key: &["provider", "model", "week"],
            },
            Step::Store {
                name: MEMORY,
                key: &["id"],
            },
            Step::Store {
                name: MEMORY_LOG,
                key: &["number"],
            },
            Step::Store {
                name: MEMORY_TOMBS,
                key: &["hash"],
            },
        ],
    },
    Migration {
        version: 3,
        steps: &[Step::Store {
            name: FRAMES,
            key: &["id"],
        }],
    },
    Migration {
        version: 4,
        steps: &[
            Step::Store {
                name: USAGE,
                key: &["day", "connection", "model", "currency"],
            },
            Step::Store {
                name: RATES,
                key: &["connection", "model"],
            },
        ],
    },
];

/// The stores that `migrations` make, with the fields of their keys.
pub fn stores(
    migrations: &'static [Migration],
) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    migrations
        .iter()
        .flat_map(|migration| migration.steps)
        .filter_map(|step| match step {
            Step::Store { name, key } => Some((*name, *key)),
            _ => None,
        })
}

/// A key of a row. Ordered as the browser's database orders keys: numbers, texts, lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// A compound key.
    List(Vec<Key>),
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Key::Text(text.into())
    }
}

impl From<(&str, u32)> for Key {
    fn from((text, number): (&str, u32)) -> Self {
        Key::List(vec![text.into(), Key::Number(number.into())])
    }
}

/// The key of `row` under these key fields; `None` where a field is missing or cannot be a key.
pub fn key_of(row: &Row, fields: &[&str]) -> Option<Key> {
    let part = |field: &&str| match row.get(*field)? {
        Value::String(text) => Some(Key::Text(text.clone())),
        number @ Value::Number(_) => number.as_i64().map(Key::Number),
        _ => None,
    };
    match fields {
        [field] => part(field),
        _ => fields
            .iter()
            .map(part)
            .collect::<Option<_>>()
            .map(Key::List),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn versions_count_up_from_one_without_a_gap() {
        for (i, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.version as usize, i + 1);
        }
    }

    #[test]
    fn every_step_works_on_a_store_that_is_there_and_no_store_is_made_twice() {
        let mut made = Vec::new();
        for step in MIGRATIONS.iter().flat_map(|migration| migration.steps) {
            match step {
                Step::Store { name, key } => {
                    assert!(!made.contains(name), "{name} twice");
                    assert!(!key.is_empty());
                    made.push(name);
                }
                Step::Index { store, .. } | Step::Rows { store, .. } => {
                    assert!(made.contains(store), "{store} not yet there");
                }
            }
        }
    }

    #[test]
    fn keys_are_ordered_as_the_browser_orders_them() {
        let keys: [Key; 6] = [
            Key::Number(-1),
            Key::Number(2),
            "a".into(),
            "b".into(),
            ("a", 9).into(),
            ("a", 10).into(),
        ];
        assert!(keys.is_sorted());
    }

    #[test]
    fn a_row_without_its_whole_key_has_none() {
        let row = |value: Value| value.as_object().cloned().unwrap_or_default();
        let check =
            |value, want: Option<Key>| assert_eq!(key_of(&row(value), &["chat", "seq"]), want);
        check(json!({"chat": "c", "seq": 3}), Some(("c", 3).into()));
        check(json!({"chat": "c"}), None);
        check(json!({"chat": "c", "seq": null}), None);
        check(json!({"chat": "c", "seq": 1.5}), None);
    }
}
