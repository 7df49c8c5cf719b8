//! The lock of the keys: its mark, and the keys as they are stored.

use super::tx::{Durability, Tx, all, exactly};
use super::{Db, Fault, every, one};
use crate::record::schema::{KEYS, KV};
use crate::record::{Row, field};

/// The mark of this browser by which a passphrase is known to be right, and new keys to be locked. It goes into no
/// backup.
const LOCK: &str = "device.lock";

/// What is stored of the lock and of the keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keys {
    /// The mark; empty where keys are stored in clear.
    pub lock: String,
    /// A row for every key.
    pub rows: Vec<Row>,
}

impl Keys {
    /// What a passphrase is tried on, and what it is about: the mark, else any locked key, which a backup brought.
    pub fn sample(&self) -> Option<(String, String)> {
        let mark = Some((self.lock.clone(), String::new()));
        let rows = self
            .rows
            .iter()
            .map(|row| (field::text(row, "sealed"), field::text(row, "id")));
        let mut all = mark.into_iter().chain(rows);
        all.find(|(sealed, _)| !sealed.is_empty())
    }
}

impl Db {
    /// The lock and the keys.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn keys(&self) -> Result<Keys, Fault> {
        let lock = one(self, KV, LOCK).await?;
        Ok(Keys {
            lock: lock
                .map(|row| field::text(&row, "sealed"))
                .unwrap_or_default(),
            rows: every(self, KEYS).await?,
        })
    }

    /// Puts the lock and the keys in the place of what was read before; nothing is written, and `false` comes back,
    /// where that is no longer what is stored.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_keys(&self, before: &Keys, after: &Keys) -> Result<bool, Fault> {
        let tx = self.write(&[KEYS, KV], Durability::Strict)?;
        if tx.range(KEYS, &all(), u32::MAX).await? != before.rows {
            return Ok(false);
        }
        replace(&tx, before, after)?;
        tx.commit().await?;
        Ok(true)
    }
}

fn replace(tx: &Tx, before: &Keys, after: &Keys) -> Result<(), Fault> {
    for row in &before.rows {
        tx.delete(KEYS, &exactly(field::text(row, "id").as_str().into()))?;
    }
    for row in &after.rows {
        tx.put(KEYS, row)?;
    }
    if after.lock.is_empty() {
        return tx.delete(KV, &exactly(LOCK.into()));
    }
    let mut row = Row::new();
    row.insert("name".into(), LOCK.into());
    row.insert("sealed".into(), after.lock.as_str().into());
    tx.put(KV, &row)
}
