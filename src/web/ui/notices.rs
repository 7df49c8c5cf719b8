//! What the page says of itself: the undo line, the banner of the database.

use super::icon::{icon, small_icon};
use crate::web::app::{App, Banner as Trouble};
use crate::web::clock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::wasm_bindgen;

/// Milliseconds for which an undo is offered.
const OFFER: u32 = 12_000;
/// Milliseconds for which a plain line is shown.
const TELL: u32 = 3_000;

#[wasm_bindgen]
extern "C" {
    /// Lets the waiting build take over and loads the page again. Part of boot.js.
    #[wasm_bindgen(js_name = "acceptUpdate")]
    fn accept_update();
}

/// The line at the bottom. It stays while the pointer or the keyboard is on it.
#[component]
pub fn Notices(app: App) -> impl IntoView {
    let count = StoredValue::new(0u32);
    let held = StoredValue::new(false);
    Effect::new(move |_| {
        let Some(undo) = app.undo.get() else { return };
        let mine = count.get_value() + 1;
        count.set_value(mine);
        held.set_value(false);
        let time = if undo.action.is_some() { OFFER } else { TELL };
        spawn_local(async move {
            clock::sleep(time).await;
            while held.try_get_value() == Some(true) {
                clock::sleep(1_000).await;
            }
            if count.try_get_value() == Some(mine) {
                app.undo.set(None);
            }
        });
    });
    let hold = move |on: bool| held.set_value(on);
    view! {
        <div class="notices" role="status" on:mouseenter=move |_| hold(true) on:mouseleave=move |_| hold(false)
            on:focusin=move |_| hold(true) on:focusout=move |_| hold(false)>
            {move || app.undo.get().map(|undo| view! {
                <div class="notice">
                    <p>{undo.text}</p>
                    {undo.action.map(|action| view! {
                        <button class="button" id="undo" on:click=move |_| { app.undo.set(None); action(); super::composer::focus_unless_touch(); }>
                            {icon("revert")}{app.t().shell.undo}
                        </button>
                    })}
                    <button class="tool" aria-label=app.t().shell.dismiss on:click=move |_| app.undo.set(None)>{small_icon("cross")}</button>
                </div>
            })}
        </div>
    }
}

/// Brings the keyboard to the undo, where the keyboard deleted: its place has gone with what it was on.
pub fn focus_undo(event: &web_sys::MouseEvent) {
    if event.detail() == 0 {
        super::focus::soon("#undo".to_owned());
    }
}

/// The line at the top: what is wrong with the database and what to do.
#[component]
pub fn Banner(app: App) -> impl IntoView {
    move || {
        let trouble = app.banner.get()?;
        let words = &app.t().shell;
        let sentence = match &trouble {
            Trouble::Missing => words.no_database.to_owned(),
            Trouble::Blocked => words.database_blocked.to_owned(),
            Trouble::Newer => words.database_newer.to_owned(),
            Trouble::Closed => words.database_closed.to_owned(),
            Trouble::Full => words.database_full.to_owned(),
            Trouble::Cleared => words.storage_cleared.to_owned(),
            Trouble::Update => words.update_ready.to_owned(),
            Trouble::Broken(why) => (words.database_broken)(why),
        };
        let reload = !matches!(trouble, Trouble::Missing | Trouble::Full | Trouble::Cleared);
        let export = matches!(
            trouble,
            Trouble::Full | Trouble::Broken(_) | Trouble::Cleared
        );
        let update = trouble == Trouble::Update;
        let on_reload = move |_| match update {
            true => accept_update(),
            false => {
                let _ = window().location().reload();
            }
        };
        Some(view! {
            <div class="banner" data-kind=(!update).then_some("fault") role=if update { "status" } else { "alert" }>
                <p>{icon("alert")}{sentence}</p>
                <div class="tools">
                    {reload.then(|| view! {
                        <button class="button" on:click=on_reload>{words.reload}</button>
                    })}
                    {export.then(|| view! { <a class="button" href="#/settings/data">{words.data}</a> })}
                    <button class="tool" aria-label=words.dismiss on:click=move |_| app.banner.set(None)>{small_icon("cross")}</button>
                </div>
            </div>
        })
    }
}

/// A key as it is called on this machine: the listeners take Ctrl and ⌘ for the same.
pub fn key_name(key: &'static str) -> String {
    let apple = window().navigator().platform();
    match apple.is_ok_and(|name| name.starts_with("Mac") || name.starts_with("iP")) {
        true => key.replace("Ctrl", "⌘"),
        false => key.to_owned(),
    }
}
