//! What the page says of itself: the undo line, the banner of the database.

use super::icon::{icon, small_icon};
use super::{composer, focus};
use crate::text::marked;
use crate::web::app::{App, Banner as Trouble, Undo};
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

/// The lines at the bottom, gone together some time after the last one came. They stay while the pointer or the keyboard
/// is on them.
#[component]
pub fn Notices(app: App) -> impl IntoView {
    let count = StoredValue::new(0u32);
    let held = StoredValue::new(false);
    Effect::new(move |_| {
        let mine = count.get_value() + 1;
        count.set_value(mine);
        let time = {
            let lines = app.undo.read();
            // What was held has been taken away, and its leaving is not told by every browser.
            if lines.is_empty() {
                return held.set_value(false);
            }
            let undoes = lines.iter().any(|line| line.action.is_some());
            if undoes { OFFER } else { TELL }
        };
        spawn_local(async move {
            clock::sleep(time).await;
            while held.try_get_value() == Some(true) {
                clock::sleep(1_000).await;
            }
            if count.try_get_value() == Some(mine) {
                app.undo.set(Vec::new());
            }
        });
    });
    let hold = move |on: bool| held.set_value(on);
    let take = move |at: usize| {
        hold(false);
        app.take_line(at)
    };
    let line = move |at: usize, undo: Undo, first: bool| {
        view! {
            <div class="notice">
                <p>{marked(&undo.text)}</p>
                {undo.action.is_some().then(|| view! {
                    <button class="button" id=first.then_some("undo") on:click=move |_| {
                        if let Some(action) = take(at).and_then(|undo| undo.action) { action(); }
                        composer::focus_unless_touch();
                    }>
                        {icon("revert")}{app.t().shell.undo}
                    </button>
                })}
                <button class="tool" aria-label=app.t().shell.dismiss on:click=move |_| { take(at); }>{small_icon("cross")}</button>
            </div>
        }
    };
    view! {
        <div class="notices" role="status" on:mouseenter=move |_| hold(true) on:mouseleave=move |_| hold(false)
            on:focusin=move |_| hold(true) on:focusout=move |_| hold(false)>
            {move || {
                let lines = app.undo.get();
                let first = lines.iter().position(|line| line.action.is_some());
                let lines = lines.into_iter().enumerate();
                lines.map(|(at, undo)| line(at, undo, first == Some(at))).collect_view()
            }}
        </div>
    }
}

/// Where the focus goes after a deletion, which took its place away: the keyboard's to the undo, the pointer's to where
/// one goes on, since on the undo it would hold the line.
pub fn focus_after_loss(event: &web_sys::MouseEvent) {
    let next = match composer::coarse() {
        true => "#scroller",
        false => "#composer",
    };
    match focus::find(next).filter(|_| event.detail() > 0) {
        Some(next) => drop(next.focus()),
        None => focus::soon("#undo".to_owned()),
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
            Trouble::Erased => words.erased.to_owned(),
            Trouble::Update => words.update_ready.to_owned(),
            Trouble::Silent => words.database_silent.to_owned(),
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
