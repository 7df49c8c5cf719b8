//! Keyboard shortcuts of the whole page. None fires while an input method composes.

use crate::chat::Role;
use crate::route::{Page, Route};
use crate::watch::wire::ToScreens;
use crate::web::app::App;
use crate::web::bridge::{self, Program};
use crate::web::turn;
use crate::web::ui::{copy, focus_composer, new_chat, stop};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Listens as long as the page lives.
pub fn listen(app: App) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if !event.is_composing() && event.key_code() != 229 && !event.default_prevented() {
            on_key(app, &event);
        }
    });
    std::mem::forget(handle);
}

fn on_key(app: App, event: &KeyboardEvent) {
    let control = event.ctrl_key() || event.meta_key();
    let key = event.key();
    // Plain writing is none of this: it comes with every key, and the look at what lies on top costs.
    if !control && !matches!(key.as_str(), "Escape" | "/" | "?") {
        return;
    }
    // What lies on top has the keys: Escape closes it and must not also stop a reply.
    let on_top = document().query_selector(":popover-open, dialog[open]");
    if on_top.is_ok_and(|found| found.is_some()) {
        return;
    }
    // What is done to a reply is done where it is seen.
    let seen = matches!(app.route.get_untracked(), Route::New | Route::Chat(..));
    match (
        control,
        event.shift_key(),
        key.to_ascii_lowercase().as_str(),
    ) {
        (true, true, "c" | "r" | "enter") | (false, false, "escape") if !seen => return,
        (true, false, "k") => new_chat(app),
        (true, false, ",") => app.go(&Route::Settings(Page::Appearance)),
        (true, true, "l") => focus_composer(),
        (true, true, "c") => with_last_reply(app, |message| copy(app, message.text, None)),
        (true, true, "r") => with_last_reply(app, |message| turn::regenerate(app, message)),
        (true, true, "enter") => with_last_reply(app, want_rest),
        (false, false, "escape") => return stop(app),
        (false, false, "/") if !typing(event) => focus_search(),
        (false, _, "?") if !typing(event) => crate::web::screens::show_help(app),
        _ => return,
    }
    event.prevent_default();
}

fn with_last_reply(app: App, act: impl FnOnce(crate::chat::Message)) {
    let open = app.open.get_untracked();
    let last = open.and_then(|open| {
        open.messages
            .read_untracked()
            .last()
            .map(|row| row.message.get_untracked())
    });
    if let Some(message) =
        last.filter(|message| message.role == Role::Assistant && message.end.is_some())
    {
        act((*message).clone());
    }
}

/// "You're not finished", said by keyboard.
fn want_rest(message: crate::chat::Message) {
    let question = ToScreens::Wanted(message.chat, message.seq).write();
    spawn_local(async move { drop(bridge::ask(Program::Screens, &question).await) });
}

/// The search of the screen where it has one, else that of the sidebar; on a phone the sidebar comes up with it.
fn focus_search() {
    if let Some(field) = crate::web::ui::find("#board-search") {
        let _ = field.focus();
        return;
    }
    let sidebar = document().get_element_by_id("sidebar");
    if let Some(sidebar) = sidebar.and_then(|sidebar| sidebar.dyn_into::<HtmlElement>().ok())
        && sidebar.client_width() == 0
    {
        let _ = sidebar.show_popover();
    }
    let field = document()
        .get_element_by_id("search")
        .and_then(|field| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field {
        let _ = field.focus();
    }
}

fn typing(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| {
        matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || target.is_content_editable()
    })
}
