//! Choosing among branches, and taking messages and branches away, with undo.

use super::change;
use super::place::regrow;
use crate::chat::{Conversation, Fork, Seq};
use crate::web::app::{App, Open};
use crate::web::db::Plan;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Deletes a message, with undo. A branch's first message takes its branch along.
pub fn delete_message(app: App, open: Open, seq: Seq) {
    spawn_local(async move {
        let before = open.row.get_untracked();
        if !mark(app, &open, seq, None).await {
            return;
        }
        let undo = Arc::new(move || {
            let (open, before) = (open.clone(), before.clone());
            spawn_local(async move {
                mark(app, &open, seq, Some(&before)).await;
            });
        });
        app.tell(app.t_now().shell.deleted_message.to_owned(), Some(undo));
    });
}

/// Marks a message as deleted, or as there again as it was `before`. Says whether that was done.
async fn mark(app: App, open: &Open, seq: Seq, before: Option<&Conversation>) -> bool {
    let mut forked = None;
    let places = [seq];
    let done = change(app, &open.id, &places, |mut conversation, messages| {
        let mut message = messages.into_iter().next()?;
        let parent = message.parent;
        // The second click, or another tab.
        if message.deleted == before.is_none() {
            return None;
        }
        message.deleted = before.is_none();
        let moved = match before {
            None => conversation.drop_branch(seq),
            Some(before) => {
                let shown = open.messages.read_untracked();
                let mut shown = shown.iter().map(|row| row.message.read_untracked());
                let shown = shown.find(|message| message.parent == parent);
                put_back(
                    &mut conversation,
                    before,
                    seq,
                    shown.map(|message| message.seq),
                )
            }
        };
        forked = moved.then_some(parent);
        Some(Plan {
            conversation: Some(conversation),
            put: vec![message],
            ..Plan::default()
        })
    });
    let done = done.await.is_some();
    if let Some(parent) = forked.filter(|_| done)
        && let Err(fault) = regrow(open, parent).await
    {
        app.fault(&fault);
    }
    done
}

/// Puts a branch back that was shown `before`, and shows it in the place of `shown`.
/// What was written meanwhile stays. Says whether there was such a branch.
fn put_back(now: &mut Conversation, before: &Conversation, head: Seq, shown: Option<Seq>) -> bool {
    let has = |fork: &&Fork| fork.branches.iter().any(|branch| branch.head == head);
    let Some(mut fork) = before.forks.iter().find(has).cloned() else {
        return false;
    };
    for branch in fork
        .branches
        .iter_mut()
        .filter(|branch| branch.head == head)
    {
        branch.leaf = before.leaf;
    }
    match now
        .forks
        .iter_mut()
        .find(|known| known.parent == fork.parent)
    {
        Some(known) => {
            fork.branches.retain(|branch| branch.head == head);
            for branch in fork.branches {
                let at = known
                    .branches
                    .partition_point(|other| other.head <= branch.head);
                known.branches.insert(at, branch);
            }
        }
        None => now.forks.push(fork),
    }
    shown.is_some_and(|shown| now.switch(shown, head))
}

/// Shows another branch.
pub fn switch(app: App, open: Open, parent: Seq, from: Seq, to: Seq) {
    spawn_local(async move {
        let done = change(app, &open.id, &[], |mut conversation, _| {
            conversation.switch(from, to).then(|| conversation.into())
        });
        if done.await.is_some()
            && let Err(fault) = regrow(&open, parent).await
        {
            app.fault(&fault);
        }
    });
}
