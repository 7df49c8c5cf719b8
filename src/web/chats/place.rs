//! Places in a long conversation: its last page, the page around a message, and the pages on either side.
//!
//! What is in the page is always one unbroken piece of the shown branch.

use crate::chat::{Conversation, Message, Seq, path};
use crate::id::ChatId;
use crate::web::app::{Open, Row, store};
use crate::web::db::{Db, Fault};
use crate::web::{live, turn};
use leptos::prelude::*;
use std::sync::Arc;

/// Messages that a conversation shows at first, and that each step adds.
const PAGE: usize = 20;
/// Messages that are shown on either side of the one that is jumped to.
const AROUND: usize = 8;
/// Places that are read at a time: more than a page, since other branches lie between.
const SPAN: u32 = 40;
/// Places that are read at a time where only their order is needed.
const FAR: u32 = 500;

/// A piece of the shown branch.
pub struct Page {
    messages: Vec<Message>,
    earlier: Seq,
    ahead: Vec<Seq>,
}

impl Page {
    /// Shows this piece. Messages that stay keep their rows.
    pub fn show(self, open: &Open) {
        let old = open.messages.get_untracked();
        let keep = |message: Message| match old.iter().find(|row| row.seq == message.seq) {
            Some(row) => {
                let here = live::find(&open.id, message.seq).is_some();
                let message = turn::held_or(message);
                if !here && **row.message.read_untracked() != message {
                    row.message.set(Arc::new(message));
                }
                row.clone()
            }
            None => row(message),
        };
        let rows: Vec<Row> = self.messages.into_iter().map(keep).collect();
        open.earlier.set(self.earlier);
        open.ahead.set(self.ahead);
        let same = old.len() == rows.len() && old.iter().zip(&rows).all(|(a, b)| a.seq == b.seq);
        if !same {
            open.messages.set(rows);
        }
    }
}

/// A conversation with its last page, or with the page around one of its messages, on whatever branch
/// that is. `None` where there is no such conversation. Where its row is `known`, it is not read.
pub async fn read(
    db: &Db,
    id: &ChatId,
    at: Option<Seq>,
    known: Option<Conversation>,
) -> Result<Option<(Conversation, Page)>, Fault> {
    let conversation = match known {
        Some(known) => Some(known),
        None => db.conversation(id).await?,
    };
    let Some(mut conversation) = conversation else {
        return Ok(None);
    };
    if let Some(at) = at.filter(|at| *at > 0) {
        let mut found = after(db, id, &conversation, at).await?;
        if found.is_none() {
            reveal(db, &mut conversation, at).await?;
            found = after(db, id, &conversation, at).await?;
        }
        if let Some(found) = found {
            let page = around(db, id, at, found).await?;
            return Ok(Some((conversation, page)));
        }
    }
    let page = last(db, id, conversation.leaf, PAGE).await?;
    Ok(Some((conversation, page)))
}

/// The open conversation read again, as far as it is in the page.
pub async fn again(db: &Db, open: &Open) -> Result<Option<(Conversation, Page)>, Fault> {
    let Some(conversation) = db.conversation(&open.id).await? else {
        return Ok(None);
    };
    let (most, top) = {
        let rows = open.messages.read_untracked();
        (rows.len().max(PAGE), rows.last().map(|row| row.seq))
    };
    let known = open.ahead.get_untracked();
    let Some(top) = top.filter(|_| !known.is_empty()) else {
        let page = last(db, &open.id, conversation.leaf, most).await?;
        return Ok(Some((conversation, page)));
    };
    let same = conversation.leaf == open.row.read_untracked().leaf;
    let ahead = match same {
        true => Some(known),
        false => after(db, &open.id, &conversation, top).await?,
    };
    let Some(ahead) = ahead else {
        // What is in the page is on another branch now.
        let page = last(db, &open.id, conversation.leaf, PAGE).await?;
        return Ok(Some((conversation, page)));
    };
    let (messages, earlier) = page(db, &open.id, top, most).await?;
    let page = Page {
        messages,
        earlier,
        ahead,
    };
    Ok(Some((conversation, page)))
}

/// Shows the end of the open conversation.
pub async fn newest(open: &Open) -> Result<(), Fault> {
    let leaf = open.row.read_untracked().leaf;
    let page = last(&store(open.temporary), &open.id, leaf, PAGE).await?;
    page.show(open);
    Ok(())
}

/// Shows an earlier page of the open conversation.
pub async fn earlier(open: &Open) -> Result<(), Fault> {
    let from = open.earlier.get_untracked();
    let (messages, rest) = page(&store(open.temporary), &open.id, from, PAGE).await?;
    if open.earlier.get_untracked() == from {
        open.earlier.set(rest);
        open.messages.update(|rows| {
            rows.splice(0..0, messages.into_iter().map(row));
        });
    }
    Ok(())
}

/// Shows a later page of the open conversation.
pub async fn later(open: &Open) -> Result<(), Fault> {
    let known = open.ahead.get_untracked();
    let (rest, next) = known.split_at(known.len().saturating_sub(PAGE));
    let (Some(to), Some(from)) = (next.first(), next.last()) else {
        return Ok(());
    };
    let db = store(open.temporary);
    let messages = db.messages(&open.id, *from, *to).await?;
    let unmoved = *open.ahead.read_untracked() == known;
    if unmoved {
        open.ahead.set(rest.to_vec());
        let on_branch = |message: &Message| next.contains(&message.seq);
        let rows = messages.into_iter().filter(on_branch).map(row);
        open.messages.update(|shown| shown.extend(rows));
    }
    Ok(())
}

/// Shows what now follows a message of the page, after another branch has been chosen there.
/// What stands before it does not move.
pub async fn regrow(open: &Open, parent: Seq) -> Result<(), Fault> {
    let conversation = open.row.get_untracked();
    let found = after(&store(open.temporary), &open.id, &conversation, parent).await?;
    open.messages
        .update(|rows| rows.retain(|row| row.seq <= parent));
    open.ahead.set(found.unwrap_or_default());
    later(open).await
}

/// The messages from the beginning to this one, about the last `most` of them, for what is sent. The conversation may
/// not be open.
pub async fn stored(db: &Db, chat: &ChatId, leaf: Seq, most: usize) -> Result<Vec<Message>, Fault> {
    let (found, _) = page(db, chat, leaf, most).await?;
    Ok(found.into_iter().map(turn::held_or).collect())
}

async fn last(db: &Db, id: &ChatId, leaf: Seq, most: usize) -> Result<Page, Fault> {
    let (messages, earlier) = page(db, id, leaf, most).await?;
    Ok(Page {
        messages,
        earlier,
        ahead: Vec::new(),
    })
}

/// The page around `at`, which the places `after` follow.
async fn around(db: &Db, id: &ChatId, at: Seq, mut after: Vec<Seq>) -> Result<Page, Fault> {
    // Near the end nothing is won by leaving something out.
    let far = after.len() > 2 * PAGE;
    let shown = after.split_off(if far { after.len() - AROUND } else { 0 });
    let top = shown.first().copied().unwrap_or(at);
    let (messages, earlier) = page(db, id, top, shown.len() + 1 + AROUND).await?;
    Ok(Page {
        messages,
        earlier,
        ahead: after,
    })
}

/// A row of the page for a message that was read.
fn row(message: Message) -> Row {
    Row::new(turn::held_or(message))
}

/// The shown branch backwards from `leaf`: at least `least` messages, and the place where it goes on.
async fn page(
    db: &Db,
    chat: &ChatId,
    leaf: Seq,
    least: usize,
) -> Result<(Vec<Message>, Seq), Fault> {
    let mut found: Vec<Message> = Vec::new();
    let mut wanted = leaf;
    while wanted > 0 && found.len() < least {
        let from = wanted.saturating_sub(SPAN - 1).max(1);
        let rows = db.messages(chat, from, wanted).await?;
        let (mut part, next) = path(&rows, wanted);
        if part.is_empty() {
            // A row is gone: what is left of the branch is shown.
            wanted = 0;
            break;
        }
        part.append(&mut found);
        found = part;
        wanted = next;
    }
    Ok((found, wanted))
}

/// The places of the shown branch after `at`, the next one last. `None` where `at` is not on it.
async fn after(
    db: &Db,
    id: &ChatId,
    conversation: &Conversation,
    at: Seq,
) -> Result<Option<Vec<Seq>>, Fault> {
    let leaf = conversation.leaf;
    if conversation.forks.is_empty() {
        return Ok((at <= leaf).then(|| (at + 1..=leaf).rev().collect()));
    }
    line(db, id, leaf, at).await
}

/// The places from `leaf` back to `at`, without it. `None` where `at` does not lie before `leaf`.
async fn line(db: &Db, id: &ChatId, leaf: Seq, at: Seq) -> Result<Option<Vec<Seq>>, Fault> {
    let mut places = Vec::new();
    let mut wanted = leaf;
    while wanted > at {
        let from = wanted.saturating_sub(FAR - 1).max(at + 1);
        let (part, next) = path(&db.messages(id, from, wanted).await?, wanted);
        if part.is_empty() {
            break;
        }
        places.extend(part.iter().rev().map(|message| message.seq));
        wanted = next;
    }
    Ok((wanted == at).then_some(places))
}

/// Chooses the branch on which `at` lies. Nothing changes where its branch was deleted.
async fn reveal(db: &Db, conversation: &mut Conversation, at: Seq) -> Result<(), Fault> {
    let id = conversation.id.clone();
    let heads = line(db, &id, at, 0).await?.unwrap_or_default();
    let mut wanted = conversation.clone();
    // From the root on: each switch brings up a branch with choices of its own.
    for head in heads.iter().rev() {
        let siblings = wanted.siblings(*head);
        if siblings.is_empty() {
            continue;
        }
        let shown = line(db, &id, wanted.leaf, 0).await?.unwrap_or_default();
        if let Some(from) = siblings.iter().find(|sibling| shown.contains(sibling)) {
            wanted.switch(*from, *head);
        }
    }
    let before = conversation.clone();
    let plan = db.change(&id, &[], |fresh| {
        let mut now = fresh.conversation?;
        let same = now.forks == before.forks && now.leaf == before.leaf;
        (now.forks, now.leaf) = (wanted.forks, wanted.leaf);
        same.then(|| now.into())
    });
    if let Some(now) = plan.await?.and_then(|plan| plan.conversation) {
        *conversation = now;
    }
    Ok(())
}
