//! The model in use, and the room for the list from which another is chosen. The list is drawn by the second program.

use super::icon::small_icon;
use super::live::{follow, text};
use super::sidebar::opens;
use crate::chat::choice;
use crate::web::app::App;
use crate::web::{chats, screens};
use leptos::prelude::*;

/// The button and its popover.
#[component]
pub fn Picker(app: App) -> impl IntoView {
    let label = move || {
        let (connection, model) = app.choice();
        match connection.id.as_str() {
            "demo" => app.t().chat.demo.to_owned(),
            _ if model.is_empty() => app.t().chat.choose_model.to_owned(),
            _ => model,
        }
    };
    let about = Memo::new(move |_| {
        let (connection, model) = app.choice();
        (connection.id, model)
    });
    let place = move || {
        let (connection, model) = about.get();
        view! { <vf-place data-kind="models" data-connection=connection data-model=model></vf-place> }
    };
    let on_toggle = move |event: web_sys::Event| {
        if opens(&event) {
            screens::needed(app);
        }
    };
    view! {
        <button type="button" class="tool model" id="model" popovertarget="models" aria-haspopup="listbox"
            aria-label=text(move || format!("{}: {}", app.t().chat.model, label()))>
            <span>{text(label)}</span>{small_icon("down")}
        </button>
        <div class="picker" id="models" popover="auto" on:toggle=on_toggle>{follow(place)}</div>
    }
}

/// Opens the picker. By its button, to which the list is anchored.
pub fn open() {
    if let Some(button) = super::focus::find("#model:not(:has(+ :popover-open))") {
        button.click();
    }
}

/// Does what the picker says; whether the question was one of its.
pub fn chosen(app: App, question: &str) -> bool {
    let Some((connection, model)) = choice::read(question) else {
        return false;
    };
    chats::set_options(app, move |options| {
        options.connection = connection;
        options.model = model;
    });
    true
}
