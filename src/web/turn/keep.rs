//! A reply that ended goes into its row. What the database does not take is held, so that it stays in the page, and
//! written as soon as there is room.

use crate::chat::Message;
use crate::cost::charge::Charge;
use crate::web::app::{App, Banner, notify_chat, store};
use crate::web::db::{Fault, Plan};
use crate::web::{chats, clock};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;

/// Milliseconds between two tries.
const AGAIN: u32 = 2_000;

thread_local! {
    static HELD: RefCell<Vec<Message>> = const { RefCell::new(Vec::new()) };
}

/// Writes a reply that ended, durably, and counts what it used. `None` where its row is gone.
pub async fn write(
    message: &Message,
    charge: Option<&Charge>,
    temporary: bool,
) -> Result<Option<Plan>, Fault> {
    let places = [message.seq];
    let mut message = message.clone();
    let id = message.chat.clone();
    let database = store(temporary);
    let written = database.end(&id, &places, charge, |fresh| {
        let mut conversation = fresh.conversation?;
        conversation.last_end = message.end;
        let kept = fresh.messages.into_iter().next()?;
        // Where it was not written at once it may have been changed by hand meanwhile.
        let is_part = (kept.is_streaming() || kept.left) && (message.edited || !kept.edited);
        message.deleted = kept.deleted;
        is_part.then(|| Plan {
            conversation: Some(conversation),
            put: vec![message],
            ..Plan::default()
        })
    });
    written.await
}

/// Holds a reply that the database did not take, and tries until it does.
pub fn hold(app: App, message: Message, charge: Option<Charge>) {
    HELD.with_borrow_mut(|all| all.push(message.clone()));
    spawn_local(async move {
        let written = loop {
            if let Ok(written) = write(&message, charge.as_ref(), false).await {
                break written;
            }
            clock::sleep(AGAIN).await;
        };
        let left = HELD.with_borrow_mut(|all| {
            all.retain(|one| !is_same(one, &message));
            all.len()
        });
        if left == 0 && app.banner.get_untracked() == Some(Banner::Full) {
            app.banner.set(None);
        }
        if let Some(plan) = written {
            chats::show(app, &message.chat, &plan, false);
            notify_chat(&message.chat);
        }
    });
}

/// A message as it is to be shown that was read from the database.
pub fn held_or(stored: Message) -> Message {
    HELD.with_borrow(|all| {
        let held = all.iter().find(|one| is_same(one, &stored));
        held.cloned().unwrap_or(stored)
    })
}

fn is_same(one: &Message, other: &Message) -> bool {
    (&one.chat, one.seq) == (&other.chat, other.seq)
}
