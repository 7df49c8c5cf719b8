//! The models that a person likes to choose from.

use super::tx::Durability;
use super::{Db, Fault};
use crate::record::Row;
use crate::record::favourites::{self, Favourite};
use crate::record::schema::KV;

impl Db {
    /// The favourites, in the order in which they were chosen.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn favourites(&self) -> Result<Vec<Favourite>, Fault> {
        let row = self.kv(favourites::NAME).await?;
        Ok(row.as_ref().map(favourites::read).unwrap_or_default())
    }

    /// Makes a model a favourite where it is none, and otherwise no longer one. Whether it is one now.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn turn_favourite(&self, one: &Favourite) -> Result<bool, Fault> {
        let tx = self.write(&[KV], Durability::Strict)?;
        let kept = tx.get(KV, &favourites::NAME.into()).await?;
        let kept = kept.unwrap_or_default();
        let mut all = favourites::read(&kept);
        let before = all.len();
        all.retain(|other| other != one);
        let is_new = all.len() == before;
        if is_new {
            all.push(one.clone());
        }
        tx.put(KV, &favourites::write(&all, &kept))?;
        tx.commit().await?;
        Ok(is_new)
    }

    /// Takes over those of a backup that are none here.
    pub(super) async fn restore_favourites(&self, kv: &[Row]) -> Result<(), Fault> {
        let name =
            |row: &&Row| row.get("name").and_then(|name| name.as_str()) == Some(favourites::NAME);
        let file = kv.iter().find(name).map(favourites::read);
        let here = self.favourites().await?;
        for one in file.unwrap_or_default() {
            if !here.contains(&one) {
                self.turn_favourite(&one).await?;
            }
        }
        Ok(())
    }
}
