//! Conversations that are deleted, here or in another tab, with undo.

use super::refresh_list;
use crate::id::ChatId;
use crate::route::Route;
use crate::web::app::{App, Undo, db, notify, notify_chat};
use crate::web::tabs::Notice;
use crate::web::{clock, turn, ui};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use std::sync::Arc;

/// How often one looks for what another tab shall bring back, and milliseconds between.
const LOOKS: u32 = 20;
const BETWEEN: u32 = 100;

/// Deletes a conversation, with undo.
pub fn delete(app: App, id: ChatId, title: String) {
    spawn_local(async move {
        // What is being written there, and what its reply has by now, belong to what undo brings back.
        ui::keep_now();
        clock::sleep(0).await;
        turn::halt(&id).await;
        let purged = match db().purge(&id).await {
            Ok(Some(purged)) => purged,
            Ok(None) => return,
            Err(fault) => return app.fault(&fault),
        };
        for list in [app.list.pinned, app.list.recent] {
            list.update(|rows| rows.retain(|row| row.id != id));
        }
        let here = app.open.get_untracked().is_some_and(|open| open.id == id);
        if here {
            ui::forget_words();
            app.open.set(None);
            app.go(&Route::New);
        }
        notify_chat(&id);
        let chat = Some(id.clone());
        let purged = SendWrapper::new(purged);
        let undo = move || {
            let purged = purged.clone();
            let id = id.clone();
            spawn_local(async move {
                if let Err(fault) = db().unpurge(&purged).await {
                    return app.fault(&fault);
                }
                refresh_list(app).await;
                if here {
                    app.go(&Route::Chat(id.clone(), None));
                }
                notify_chat(&id);
            });
        };
        app.offer(Undo {
            text: (app.t_now().shell.deleted_conversation)(&title),
            action: Some(Arc::new(undo)),
            chat,
        });
    });
}

/// Undoes a deletion for another tab, while it is still offered here: what was deleted is nowhere else.
pub fn bring_back(app: App, chat: &str) {
    let lines = app.undo.get_untracked();
    let is = |id: &ChatId| id.as_str() == chat;
    let at = lines
        .iter()
        .position(|line| line.chat.as_ref().is_some_and(is));
    if let Some(action) = at
        .and_then(|at| app.take_line(at))
        .and_then(|line| line.action)
    {
        action();
    }
}

/// Closes the open conversation, which another tab has deleted. The undo asks that tab to bring it back.
pub fn close(app: App, id: &ChatId) {
    let Some(open) = app.open.get_untracked().filter(|open| open.id == *id) else {
        return;
    };
    turn::stop(id);
    app.open.set(None);
    if matches!(app.route.get_untracked(), Route::Chat(now, _) if now == *id) {
        app.go(&Route::New);
    }
    let title = open.row.read_untracked().title.clone();
    let undo = move || {
        let id = open.id.clone();
        notify(&Notice::Back {
            chat: id.to_string(),
        });
        spawn_local(async move {
            for _ in 0..LOOKS {
                clock::sleep(BETWEEN).await;
                if let Ok(Some(_)) = db().conversation(&id).await {
                    return app.go(&Route::Chat(id, None));
                }
            }
            app.tell(app.t_now().shell.undo_too_late.to_owned(), None);
        });
    };
    let words = app.t_now().shell.deleted_elsewhere;
    app.tell(words(&title), Some(Arc::new(undo)));
}
