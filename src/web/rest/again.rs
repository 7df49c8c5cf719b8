//! One continuation written anew, alone: what was joined on after it stays, and the old one comes back with undo.
//!
//! While the new one streams, the reply as it was is kept in a row of its own, so that a page that is closed meanwhile
//! loses nothing: [`recover`] puts it back.

use super::drive::{Job, mended};
use super::{Doing, Place, log, mark, see, tell};
use crate::chat::Message;
use crate::record::{self, Row, field, message};
use crate::watch::resume::Outcome;
use crate::watch::wire::ToChat;
use crate::web::app::{App, db};
use crate::web::locks;
use leptos::prelude::*;

/// The name of the row that holds a reply as it was.
fn name((chat, seq): &Place) -> String {
    format!("{}{chat}/{seq}", record::WHOLE)
}

/// Asks for one continuation again, by the same way. Where nothing comes the reply stays as it is.
pub async fn retry(app: App, place: Place, nth: usize) {
    let Some((job, seen)) = Job::new(app, place).await else {
        return;
    };
    let whole = seen.message;
    let Some(segment) = whole.segments.get(nth) else {
        return;
    };
    let mut ladder = job.rungs(segment.way);
    let mut before = whole.clone();
    before.cut_back_to(nth);
    let _lock = locks::hold(&lock(&job.place)).await;
    job.keep(Some(&whole)).await;
    let mut tries = 0u8;
    while let Some(way) = ladder.now() {
        tries += 1;
        job.set(Some(Doing::Working(way)));
        let Some((outcome, after)) = job.go_on(&before, way).await else {
            job.set(None);
            break;
        };
        if after.text.len() > before.text.len() {
            let mut now = after;
            now.join_later(&whole, nth);
            job.put(&now, &whole).await;
            log::mend_again(app, job.temporary, mended(way, tries, &now), &now).await;
            job.set(None);
            break;
        }
        match outcome {
            Outcome::Restarted => break,
            Outcome::Failed => {
                job.failed(&after);
                break;
            }
            _ => {}
        }
        ladder = ladder.after(outcome);
        if ladder.now().is_none() {
            let stopped = outcome == Outcome::Stopped;
            job.set((!stopped).then_some(Doing::Nothing));
        }
        // The chat has counted the reply as changed.
        let Some(seen) = see(&job.place).await else {
            break;
        };
        before.rev = seen.message.rev;
    }
    job.keep(None).await;
    if let Some(seen) = see(&job.place).await {
        mark(&seen, false).await;
    }
}

/// Puts a reply back of which a part was being written anew when its page was closed; what had come of the new part is
/// kept as a branch. Whether the reply was changed by it.
pub async fn recover(app: App, place: &Place, shown: &Message) -> bool {
    if shown.is_streaming() {
        return false;
    }
    let Some(whole) = kept(place).await else {
        return false;
    };
    if locks::is_held(&lock(place)).await == Some(true) {
        return false;
    }
    let plain = |message: &Message| message::write(message, &Row::new());
    let differs = shown.text != whole.text;
    if !whole.text.starts_with(&shown.text) {
        let part = Message {
            segments: Vec::new(),
            ..shown.clone()
        };
        tell(&ToChat::Beside(plain(&part))).await;
    }
    if differs {
        let said = app.lang.get_untracked().unfinished().recovered.to_owned();
        tell(&ToChat::Put(plain(&whole), said, Row::new())).await;
    }
    let _ = db().drop_kv(&name(place)).await;
    differs
}

/// The whole of a reply, where it is kept because a part of it was being written anew.
pub async fn kept(place: &Place) -> Option<Message> {
    let row = db().kv(&name(place)).await.ok().flatten()?;
    Some(message::read(field::object(&row, "message")?))
}

fn lock((chat, seq): &Place) -> String {
    format!("anew:{chat}/{seq}")
}

impl Job {
    /// Keeps the reply as it was, or no longer.
    async fn keep(&self, whole: Option<&Message>) {
        if self.temporary {
            return;
        }
        let name = name(&self.place);
        let done = match whole {
            Some(whole) => {
                let whole = message::write(whole, &Row::new());
                let row = Row::from_iter([("message".to_owned(), whole.into())]);
                db().put_kv(&name, row).await
            }
            None => db().drop_kv(&name).await,
        };
        if let Err(fault) = done {
            self.app.fault(&fault);
        }
    }

    /// Writes the reply as it is now; undo brings the whole back.
    async fn put(&self, now: &Message, whole: &Message) {
        let words = self.app.lang.get_untracked().unfinished().retried;
        let row = |message| message::write(message, &Row::new());
        tell(&ToChat::Put(row(now), words.to_owned(), row(whole))).await;
    }
}
