//! The small stores: drafts, connections and their keys, settings, single rows.

use super::tx::{Durability, exactly};
use super::{Db, Fault, every, one};
use crate::provider::{Connection, ModelInfo};
use crate::record::schema::{CONNECTIONS, DRAFTS, KEYS, KV};
use crate::record::{self, Row};
use crate::settings::Settings;

impl Db {
    /// What stands in the composer of a conversation, or of [`record::NEW_DRAFT`].
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn draft(&self, chat: &str) -> Result<String, Fault> {
        let row = one(self, DRAFTS, chat).await?;
        Ok(row.as_ref().map(record::draft_text).unwrap_or_default())
    }

    /// The conversations that have a draft.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn drafts(&self) -> Result<Vec<String>, Fault> {
        let rows = every(self, DRAFTS).await?;
        Ok(rows.iter().map(record::draft_of).collect())
    }

    /// Keeps what stands in the composer; an empty text is deleted.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_draft(&self, chat: &str, text: &str) -> Result<(), Fault> {
        let tx = self.write(&[DRAFTS], Durability::Relaxed)?;
        if text.is_empty() {
            tx.delete(DRAFTS, &exactly(chat.into()))?;
        } else {
            tx.put(DRAFTS, &record::draft(chat, text))?;
        }
        tx.commit().await
    }

    /// The settings; the defaults where none were stored.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn settings(&self) -> Result<Settings, Fault> {
        let row = self.kv(record::settings::NAME).await?;
        Ok(record::settings::read(&row.unwrap_or_default()))
    }

    /// Changes the settings as they are stored, and gives them: what was changed elsewhere meanwhile stays.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn change_settings(&self, set: &dyn Fn(&mut Settings)) -> Result<Settings, Fault> {
        let tx = self.write(&[KV], Durability::Strict)?;
        let kept = tx.get(KV, &record::settings::NAME.into()).await?;
        let kept = kept.unwrap_or_default();
        let mut settings = record::settings::read(&kept);
        set(&mut settings);
        tx.put(KV, &record::settings::write(&settings, &kept))?;
        tx.commit().await?;
        Ok(settings)
    }

    /// A single row by its name. Names of marks that belong to this browser begin with `device.`.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn kv(&self, name: &str) -> Result<Option<Row>, Fault> {
        one(self, KV, name).await
    }

    /// Keeps a single row under its name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_kv(&self, name: &str, mut row: Row) -> Result<(), Fault> {
        row.insert("name".into(), name.into());
        self.put_rows(&[(KV, row)]).await
    }

    /// Drops the single row of this name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn drop_kv(&self, name: &str) -> Result<(), Fault> {
        let tx = self.write(&[KV], Durability::Relaxed)?;
        tx.delete(KV, &exactly(name.into()))?;
        tx.commit().await
    }

    /// The connections with their keys, in the order of their ids, which is that of their making.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn connections(&self) -> Result<Vec<Connection>, Fault> {
        let rows = every(self, CONNECTIONS).await?;
        let keys = every(self, KEYS).await?;
        let key = |row: &Row| keys.iter().find(|key| key.get("id") == row.get("id"));
        let read = |row| record::connection::read(row, key(row));
        Ok(rows.iter().map(read).collect())
    }

    /// Keeps a connection and its key.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_connection(&self, connection: &Connection) -> Result<(), Fault> {
        let id = connection.id.as_str();
        let tx = self.write(&[CONNECTIONS, KEYS], Durability::Strict)?;
        let kept = tx.get(CONNECTIONS, &id.into()).await?.unwrap_or_default();
        let kept_key = tx.get(KEYS, &id.into()).await?.unwrap_or_default();
        tx.put(CONNECTIONS, &record::connection::write(connection, &kept))?;
        match record::connection::write_key(connection, &kept_key) {
            Some(key) => tx.put(KEYS, &key)?,
            None => tx.delete(KEYS, &exactly(id.into()))?,
        }
        tx.commit().await
    }

    /// Keeps which models a connection's server lists, unless the connection leads elsewhere by now; the connection as
    /// it is then.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_models(
        &self,
        asked: &Connection,
        models: Vec<ModelInfo>,
        now: i64,
    ) -> Result<Option<Connection>, Fault> {
        let id = asked.id.as_str();
        let tx = self.write(&[CONNECTIONS, KEYS], Durability::Relaxed)?;
        let Some(row) = tx.get(CONNECTIONS, &id.into()).await? else {
            return Ok(None);
        };
        let key = tx.get(KEYS, &id.into()).await?;
        let mut connection = record::connection::read(&row, key.as_ref());
        if (connection.api, &connection.base) != (asked.api, &asked.base) {
            return Ok(None);
        }
        connection.models = models;
        connection.listed_at = now;
        tx.put(CONNECTIONS, &record::connection::write(&connection, &row))?;
        tx.commit().await?;
        Ok(Some(connection))
    }

    /// Removes a connection and its key.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn delete_connection(&self, id: &str) -> Result<(), Fault> {
        let tx = self.write(&[CONNECTIONS, KEYS], Durability::Strict)?;
        tx.delete(CONNECTIONS, &exactly(id.into()))?;
        tx.delete(KEYS, &exactly(id.into()))?;
        tx.commit().await
    }
}
