//! Changing a message: one of the user is sent again as a branch, a reply is changed in place.

use super::composer::{REST, store_draft};
use super::message::composing;
use super::thread;
use crate::chat::{Message, Role};
use crate::web::app::{App, Row, db};
use crate::web::clock::Pause;
use crate::web::{chats, turn};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

thread_local! {
    /// Keeps what a message is being changed to when the typing rests.
    static EDIT: Pause = Pause::default();
}

/// Changes a message: one of the user is sent again as a branch, a reply is changed in place.
#[component]
pub fn Editor(app: App, row: Row, editing: RwSignal<bool>) -> impl IntoView {
    let field: NodeRef<Textarea> = NodeRef::new();
    let message = row.message.get_untracked();
    let (is_user, seq) = (message.role == Role::User, message.seq);
    let name = edit_name(&message);
    let (draft, back) = (name.clone(), name.clone());
    let begun = app.drafts.read_untracked().contains(&name);
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            if begun {
                let draft = draft.clone();
                return spawn_local(async move {
                    field.set_value(&db().draft(&draft).await.unwrap_or_default());
                });
            }
            let _ = field.focus();
            let end = field.value().encode_utf16().count() as u32;
            let _ = field.set_selection_range(end, end);
        }
    });
    let text = message.text.clone();
    let base = StoredValue::new(text.clone());
    // What is not stored yet where another tab shows another branch, and this goes.
    let unsaved = SendWrapper::new(Rc::new(RefCell::new(None::<String>)));
    let kept = !app
        .open
        .read_untracked()
        .as_ref()
        .is_some_and(|open| open.temporary);
    let keep = move |rest: u32, text: String| {
        let name = name.clone();
        let store = move || spawn_local(async move { store_draft(app, name, &text).await });
        if kept {
            EDIT.with(|edit| edit.then(rest, store));
        }
    };
    let (on_input, typed) = (keep.clone(), unsaved.clone());
    let (left, of, chat) = (unsaved.clone(), back.clone(), message.chat.clone());
    on_cleanup(move || {
        if let Some(words) = left.borrow_mut().take().filter(|_| kept) {
            spawn_local(async move {
                // With its conversation what was written in it is gone, and comes back.
                if let Ok(Some(_)) = db().conversation(&chat).await {
                    store_draft(app, of, &words).await;
                }
            });
        }
    });
    let done = move || {
        unsaved.borrow_mut().take();
        keep(0, String::new());
        // Where another branch is shown now, this is gone already.
        let _ = editing.try_set(false);
    };
    let sent = done.clone();
    let close_saved = move || {
        done();
        thread::focus_tool(seq, "edit");
    };
    let dropped = close_saved.clone();
    let close = move || {
        let words = field.get_untracked().map(|field| field.value());
        // A field has the line ends of the page.
        let was = base.get_value().replace("\r\n", "\n");
        dropped();
        if let Some(words) = words.filter(|words| kept && *words != was) {
            let back = back.clone();
            let undo = move || {
                // What is being written there by now is not written over.
                if editing.try_get_untracked() == Some(true) {
                    return;
                }
                let (back, words) = (back.clone(), words.clone());
                spawn_local(async move {
                    store_draft(app, back, &words).await;
                    let _ = editing.try_set(true);
                    super::focus::soon(format!("#m{seq} .editing textarea"));
                });
            };
            app.tell(
                app.t_now().chat.change_left.to_owned(),
                Some(Arc::new(undo)),
            );
        }
    };
    let cancel = close.clone();
    let sending = StoredValue::new(false);
    let save = move || {
        let Some(words) = field.get_untracked().map(|field| field.value()) else {
            return;
        };
        let message = row.message.get_untracked();
        if !is_user {
            let (from, close) = (base.get_value(), close_saved.clone());
            return spawn_local(async move {
                if chats::edit_reply(app, &message.chat, seq, &from, words).await {
                    close();
                } else if message.text != from {
                    // Saved once more, it is meant.
                    let _ = base.try_set_value(message.text.clone());
                    app.tell(app.t_now().chat.changed_elsewhere.to_owned(), None);
                }
            });
        }
        if words.trim().is_empty() || sending.get_value() {
            return;
        }
        sending.set_value(true);
        let sent = sent.clone();
        spawn_local(async move {
            // The words stay in the field until they are stored: nothing is lost where they may not go.
            if turn::resend(app, &message, words).await {
                sent();
                thread::to_end();
                super::composer::focus_unless_touch();
            }
            let _ = sending.try_update_value(|sending| *sending = false);
        });
    };
    let by_key = save.clone();
    let on_key = move |event: web_sys::KeyboardEvent| {
        if composing(&event) {
            return;
        }
        match event.key().as_str() {
            "Escape" => close(),
            "Enter" if event.ctrl_key() || event.meta_key() => by_key(),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="editing brackets">
            <textarea node_ref=field prop:value=text aria-label=app.t_now().chat.edit on:keydown=on_key
                on:input:target=move |event| { let words = event.target().value(); typed.replace(Some(words.clone())); on_input(REST, words) }></textarea>
            <div class="actions">
                <button class="button" data-action="cancel-edit" on:click=move |_| cancel()>{app.t_now().shell.cancel} <kbd class="wide-only">"Esc"</kbd></button>
                <button class="button button-ink" data-action="save-edit" on:click=move |_| save()>
                    {if is_user { app.t_now().chat.resend } else { app.t_now().shell.save }} <kbd class="wide-only">{super::notices::key_name("Ctrl+Enter")}</kbd>
                </button>
            </div>
        </div>
    }
}

/// Keeps at once what a message is being changed to.
pub fn keep_now() {
    EDIT.with(Pause::now);
}

/// The name under which is kept what a message is being changed to.
pub fn edit_name(message: &Message) -> String {
    format!("{}/{}", message.chat, message.seq)
}
