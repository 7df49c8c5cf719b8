//! The input frame's own: a person's frames, pins, counts, and whether the frame is hidden here.

use super::tx::{Durability, all, exactly};
use super::{Db, Fault, every};
use crate::guide::effect::{Effect, Sent};
use crate::guide::frames::Frame;
use crate::id::ChatId;
use crate::record::schema::{CONVERSATIONS, FRAMES, KV};
use crate::record::{Row, effect, field, frame, framed};

/// The mark of this browser that hides the frame.
const HIDDEN: &str = "device.frame";

impl Db {
    /// The person's own frames, in the person's order. One that is broken is left out: it would be at work with every
    /// key.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn frames(&self) -> Result<Vec<Frame>, Fault> {
        let mut rows = every(self, FRAMES).await?;
        rows.sort_by_key(frame::place);
        let frames = rows.iter().map(frame::read);
        Ok(frames.filter(|own| frame::check(own).is_ok()).collect())
    }

    /// Keeps frames, all of them or none. One that is here already keeps its place; a new one comes after all others.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_frames(&self, frames: &[Frame]) -> Result<(), Fault> {
        let tx = self.write(&[FRAMES], Durability::Strict)?;
        let rows = tx.range(FRAMES, &all(), u32::MAX).await?;
        let mut last = rows.iter().map(frame::place).max().unwrap_or_default();
        for own in frames {
            let kept = rows.iter().find(|row| field::text(row, "id") == own.id);
            let mut row = frame::write(own, kept.unwrap_or(&Row::new()));
            if kept.is_none() {
                last += 1;
                frame::put_place(&mut row, last);
            }
            tx.put(FRAMES, &row)?;
        }
        tx.commit().await
    }

    /// Puts the frames into the order of these ids. Those that are not among them come after.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn order_frames(&self, ids: &[String]) -> Result<(), Fault> {
        let tx = self.write(&[FRAMES], Durability::Strict)?;
        let mut rows = tx.range(FRAMES, &all(), u32::MAX).await?;
        rows.sort_by_key(frame::place);
        let id = |row: &Row| field::text(row, "id");
        rows.sort_by_key(|row| {
            ids.iter()
                .position(|other| *other == id(row))
                .unwrap_or(ids.len())
        });
        for (place, row) in (1..).zip(&mut rows) {
            if frame::place(row) != place {
                frame::put_place(row, place);
                tx.put(FRAMES, row)?;
            }
        }
        tx.commit().await
    }

    /// Removes a frame. Conversations to which it is pinned choose theirs by what is written again.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn delete_frame(&self, id: &str) -> Result<(), Fault> {
        let tx = self.write(&[FRAMES], Durability::Strict)?;
        tx.delete(FRAMES, &exactly(id.into()))?;
        tx.commit().await
    }

    /// The id of the frame that is pinned to a conversation; empty for none.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn pinned_frame(&self, chat: &ChatId) -> Result<String, Fault> {
        let tx = self.read(&[CONVERSATIONS])?;
        let row = tx.get(CONVERSATIONS, &chat.as_str().into()).await?;
        Ok(row.as_ref().map(framed::pinned).unwrap_or_default())
    }

    /// Pins a frame to a conversation, or none with an empty id. Does nothing where the conversation is not kept.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn pin_frame(&self, chat: &ChatId, id: &str) -> Result<(), Fault> {
        let tx = self.write(&[CONVERSATIONS], Durability::Strict)?;
        let Some(mut row) = tx.get(CONVERSATIONS, &chat.as_str().into()).await? else {
            return Ok(());
        };
        framed::pin(&mut row, id);
        tx.put(CONVERSATIONS, &row)?;
        tx.commit().await
    }

    /// Counts a message that was sent into a conversation, and what it says about the one before it there. `None` for
    /// one that needs no frame.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn count_sent(
        &self,
        chat: &ChatId,
        text: &str,
        sent: Option<&Sent>,
    ) -> Result<(), Fault> {
        let tx = self.write(&[CONVERSATIONS, KV], Durability::Relaxed)?;
        let Some(mut row) = tx.get(CONVERSATIONS, &chat.as_str().into()).await? else {
            return Ok(());
        };
        let kept = tx.get(KV, &effect::NAME.into()).await?.unwrap_or_default();
        let mut counts = effect::read(&kept);
        if let Some(before) = framed::last(&row) {
            counts.followed(&before, text);
        }
        if let Some(sent) = sent {
            counts.sent(sent);
        }
        framed::put_last(&mut row, sent);
        tx.put(CONVERSATIONS, &row)?;
        tx.put(KV, &effect::write(&counts, &kept))?;
        tx.commit().await
    }

    /// The counts.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn effect(&self) -> Result<Effect, Fault> {
        Ok(effect::read(
            &self.kv(effect::NAME).await?.unwrap_or_default(),
        ))
    }

    /// Whether the frame is hidden in this browser.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn frame_hidden(&self) -> Result<bool, Fault> {
        let row = self.kv(HIDDEN).await?.unwrap_or_default();
        Ok(row.get("hidden").and_then(|hidden| hidden.as_bool()) == Some(true))
    }

    /// Hides the frame in this browser, or shows it again.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn hide_frame(&self, hidden: bool) -> Result<(), Fault> {
        let mut row = Row::new();
        row.insert("hidden".into(), hidden.into());
        self.put_kv(HIDDEN, row).await
    }

    /// Takes over the counts of a backup where there are none here.
    pub(super) async fn restore_effect(&self, kv: &[Row]) -> Result<(), Fault> {
        let name =
            |row: &&Row| row.get("name").and_then(|name| name.as_str()) == Some(effect::NAME);
        let Some(file) = kv.iter().find(name) else {
            return Ok(());
        };
        let tx = self.write(&[KV], Durability::Strict)?;
        let kept = tx.get(KV, &effect::NAME.into()).await?.unwrap_or_default();
        let mut counts = effect::read(&kept);
        counts.fill(effect::read(file));
        tx.put(KV, &effect::write(&counts, &kept))?;
        tx.commit().await
    }
}
