//! The log of bad cases, the tallies beside it, and the ways that worked.

use super::tx::{Durability, exactly};
use super::{Db, Fault, every, one};
use crate::badcase::Case;
use crate::badcase::figures::Total;
use crate::record::Row;
use crate::record::case::{self, WAYS};
use crate::record::schema::{CASES, KV, Key, TALLIES};
use crate::watch::resume::{Way, Ways};

impl Db {
    /// Every case, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn cases(&self) -> Result<Vec<Case>, Fault> {
        let mut cases: Vec<Case> = every(self, CASES).await?.iter().map(case::read).collect();
        cases.sort_by(|a, b| (b.made, &b.id).cmp(&(a.made, &a.id)));
        Ok(cases)
    }

    /// One case.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn case(&self, id: &str) -> Result<Option<Case>, Fault> {
        Ok(one(self, CASES, id).await?.as_ref().map(case::read))
    }

    /// Keeps a case, durably.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_case(&self, case: &Case) -> Result<(), Fault> {
        let tx = self.write(&[CASES], Durability::Strict)?;
        let kept = tx.get(CASES, &case.id.as_str().into()).await?;
        tx.put(CASES, &case::write(case, &kept.unwrap_or_default()))?;
        tx.commit().await
    }

    /// Removes a case. Its row comes back, for the undo.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn delete_case(&self, id: &str) -> Result<Option<Row>, Fault> {
        let tx = self.write(&[CASES], Durability::Strict)?;
        let kept = tx.get(CASES, &id.into()).await?;
        tx.delete(CASES, &exactly(id.into()))?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Undoes [`Db::delete_case`].
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_back_case(&self, row: Row) -> Result<(), Fault> {
        self.put_rows(&[(CASES, row)]).await
    }

    /// How many replies there were, per provider, model and week.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn totals(&self) -> Result<Vec<Total>, Fault> {
        Ok(every(self, TALLIES)
            .await?
            .iter()
            .map(case::read_total)
            .collect())
    }

    /// Counts one more reply.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn count_reply(&self, provider: &str, model: &str, week: i64) -> Result<(), Fault> {
        let tx = self.write(&[TALLIES], Durability::Relaxed)?;
        let key = Key::List(vec![provider.into(), model.into(), Key::Number(week)]);
        let kept = tx.get(TALLIES, &key).await?.unwrap_or_default();
        let total = Total {
            provider: provider.to_owned(),
            model: model.to_owned(),
            week,
            replies: case::read_total(&kept).replies.saturating_add(1),
        };
        tx.put(TALLIES, &case::write_total(&total, &kept))?;
        tx.commit().await
    }

    /// The ways that worked.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ways(&self) -> Result<Ways, Fault> {
        Ok(case::read_ways(&self.kv(WAYS).await?.unwrap_or_default()))
    }

    /// Remembers that a way worked for a model of a connection.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn learn_way(&self, connection: &str, model: &str, way: Way) -> Result<(), Fault> {
        let tx = self.write(&[KV], Durability::Relaxed)?;
        let kept = tx.get(KV, &WAYS.into()).await?.unwrap_or_default();
        let mut ways = case::read_ways(&kept);
        ways.learn(connection, model, way);
        tx.put(KV, &case::write_ways(&ways, &kept))?;
        tx.commit().await
    }
}
