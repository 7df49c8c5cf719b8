//! A transaction on either kind of database, and the ranges of keys that are asked for.

use super::{Fault, disk, memory};
use crate::chat::Seq;
use crate::id::ChatId;
use crate::record::Row;
use crate::record::schema::Key;
use std::ops::Bound::{self, Excluded, Included, Unbounded};

/// How sure a write has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// On the disk before it counts as done: every action of the user.
    Strict,
    /// With the operating system: checkpoints and drafts.
    Relaxed,
}

/// A range of keys.
pub type Range = (Bound<Key>, Bound<Key>);

/// Every key.
pub fn all() -> Range {
    (Unbounded, Unbounded)
}

/// This key alone.
pub fn exactly(key: Key) -> Range {
    (Included(key.clone()), Included(key))
}

/// Both keys and what lies between.
pub fn between(low: Key, high: Key) -> Range {
    (Included(low), Included(high))
}

/// What comes after a key.
pub fn after(key: Option<Key>) -> Range {
    (key.map_or(Unbounded, Excluded), Unbounded)
}

/// Every message of a conversation.
pub fn children(chat: &str) -> Range {
    between((chat, 0).into(), (chat, Seq::MAX).into())
}

/// The keys of the index `order`: pinned or not, and before a conversation where one is given.
/// A list that is a part of another comes before it, and a list comes after every number.
pub fn order(pinned: bool, before: Option<(i64, &ChatId)>) -> Range {
    let pinned = Key::Number(pinned.into());
    let low = Included(Key::List(vec![pinned.clone()]));
    let high = match before {
        Some((updated, id)) => vec![pinned, Key::Number(updated), id.as_str().into()],
        None => vec![pinned, Key::List(Vec::new())],
    };
    (low, Excluded(Key::List(high)))
}

/// Whether no key can lie in the range. The browser refuses such a range.
pub fn is_empty(range: &Range) -> bool {
    match range {
        (Included(low), Included(high)) => low > high,
        (Included(low) | Excluded(low), Included(high) | Excluded(high)) => low >= high,
        _ => false,
    }
}

/// A transaction. Dropped without [`Tx::commit`], it leaves everything as it was.
/// Nothing but its own requests may be awaited while it is open.
pub enum Tx {
    /// On the browser's database.
    Disk(disk::Tx),
    /// In memory.
    Memory(memory::Tx),
}

impl Tx {
    /// The row with this key.
    pub async fn get(&self, store: &str, key: &Key) -> Result<Option<Row>, Fault> {
        match self {
            Tx::Disk(tx) => tx.get(store, key).await.map_err(|fault| tx.why(fault)),
            Tx::Memory(tx) => Ok(tx.get(store, key)),
        }
    }

    /// The rows in a range, in order, at most `limit`.
    pub async fn range(&self, store: &str, range: &Range, limit: u32) -> Result<Vec<Row>, Fault> {
        match self {
            _ if is_empty(range) || limit == 0 => Ok(Vec::new()),
            Tx::Disk(tx) => tx
                .range(store, range, limit)
                .await
                .map_err(|fault| tx.why(fault)),
            Tx::Memory(tx) => Ok(tx.range(store, range, limit)),
        }
    }

    /// The conversations in a range of the index `order`, last first, at most `limit`.
    pub async fn newest(&self, range: &Range, limit: u32) -> Result<Vec<Row>, Fault> {
        match self {
            _ if is_empty(range) || limit == 0 => Ok(Vec::new()),
            Tx::Disk(tx) => tx.newest(range, limit).await.map_err(|fault| tx.why(fault)),
            Tx::Memory(tx) => Ok(tx.newest(range, limit)),
        }
    }

    /// The number of rows in a store.
    pub async fn count(&self, store: &str) -> Result<u32, Fault> {
        match self {
            Tx::Disk(tx) => tx.count(store).await.map_err(|fault| tx.why(fault)),
            Tx::Memory(tx) => Ok(tx.count(store)),
        }
    }

    /// The highest key of a store whose keys are numbers; 0 where it is empty.
    pub async fn last_number(&self, store: &str) -> Result<u32, Fault> {
        match self {
            Tx::Disk(tx) => tx.last_number(store).await.map_err(|fault| tx.why(fault)),
            Tx::Memory(tx) => Ok(tx.last_number(store)),
        }
    }

    /// Writes a row over the one with its key.
    pub fn put(&self, store: &str, row: &Row) -> Result<(), Fault> {
        match self {
            Tx::Disk(tx) => tx.put(store, row).map_err(|fault| tx.why(fault)),
            Tx::Memory(tx) => tx.put(store, row),
        }
    }

    /// Removes the rows in a range.
    pub fn delete(&self, store: &str, range: &Range) -> Result<(), Fault> {
        match self {
            Tx::Disk(tx) => tx.delete(store, range).map_err(|fault| tx.why(fault)),
            Tx::Memory(tx) => {
                tx.delete(store, range);
                Ok(())
            }
        }
    }

    /// Makes it so; on an error nothing was written.
    pub async fn commit(self) -> Result<(), Fault> {
        match self {
            Tx::Disk(tx) => tx.commit().await,
            Tx::Memory(tx) => {
                tx.commit();
                Ok(())
            }
        }
    }
}
