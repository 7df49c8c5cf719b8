//! The name of the frame, and the menu in which another one is pinned to the conversation.

use super::finder::Finder;
use super::stock::Stock;
use crate::guide::frames::{Frame, GROUPS, find};
use crate::route::Route;
use crate::web::app::App;
use crate::web::ui::icon::icon;
use crate::web::ui::sidebar::{hide_popover, opens};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// The id of the menu.
const MENU: &str = "frame-menu";

/// What was chosen in the menu.
pub enum Choice {
    /// The text chooses the frame.
    Auto,
    /// This one is pinned.
    Pin(String),
    /// The frame is hidden.
    Hide,
}

/// The button with the name, and its menu.
pub fn name(app: App, finder: Finder, choose: fn(App, Finder, Choice)) -> AnyView {
    let open = RwSignal::new(false);
    let named = Memo::new(move |_| {
        let shown = finder.shown.read().frame.clone();
        let frame = shown.or_else(|| finder.pinned.get());
        let lang = app.lang.get();
        frame.map_or_else(
            || lang.frames().auto.to_owned(),
            |frame| frame.name.get(lang).to_owned(),
        )
    });
    let pinned = move || finder.pinned.read().is_some();
    let act = move |event: web_sys::MouseEvent| {
        let button = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let button = button.and_then(|button| button.closest("[data-frame]").ok().flatten());
        let Some(chosen) = button.and_then(|button| button.get_attribute("data-frame")) else {
            return;
        };
        hide_popover(MENU);
        choose(
            app,
            finder,
            match chosen.as_str() {
                "" => Choice::Auto,
                "-" => Choice::Hide,
                _ => Choice::Pin(chosen),
            },
        );
    };
    view! {
        <button type="button" class="frame-name" popovertarget=MENU
            aria-label=move || (app.lang.get().frames().change)(&named.get())>
            {move || pinned().then(|| icon("pin"))}{move || named.get()}{icon("down")}
        </button>
        <div class="menu frame-menu" id=MENU popover="auto" on:toggle=move |event| open.set(opens(&event))
            on:click=act on:keydown=|event| move_on(&event)>
            {move || open.get().then(|| entries(app, finder))}
        </div>
    }
    .into_any()
}

fn entries(app: App, finder: Finder) -> AnyView {
    let lang = app.lang.get();
    let words = lang.frames();
    let pinned = finder
        .pinned
        .read_untracked()
        .as_ref()
        .map(|frame| frame.id.clone());
    let chosen = pinned.unwrap_or_default();
    let entry = |id: &str, name: &str| {
        let here = (id == chosen).to_string();
        view! { <button type="button" data-frame=id.to_owned() aria-pressed=here>{name.to_owned()}</button> }
            .into_any()
    };
    let of = |frame: &Frame| entry(&frame.id, frame.name.get(lang));
    let own = Stock::get().own.get();
    let mine = own.iter().map(of).collect::<Vec<_>>();
    let groups = GROUPS.iter().map(|(group, ids)| {
        let frames = ids.iter().filter_map(|id| find(id)).map(of);
        titled((words.group)(*group), frames.collect())
    });
    view! {
        {entry("", words.by_text)}
        {(!mine.is_empty()).then(|| titled(words.mine, mine))}
        {groups.collect::<Vec<_>>()}
        <hr/>
        <a href=Route::Frames(None).hash()>{words.all}</a>
        <button type="button" data-frame="-">{words.hide}<kbd>{super::HIDE_KEY}</kbd></button>
    }
    .into_any()
}

fn titled(title: &'static str, entries: Vec<AnyView>) -> AnyView {
    view! { <div role="group" aria-label=title><span>{title}</span>{entries}</div> }.into_any()
}

/// Up and down go from line to line.
fn move_on(event: &KeyboardEvent) {
    let step: i32 = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    event.prevent_default();
    let Ok(all) = document().query_selector_all(&format!("#{MENU} :is(button, a)")) else {
        return;
    };
    let active = document().active_element();
    let at = (0..all.length()).find(|at| {
        let node = all.item(*at);
        node.is_some_and(|node| {
            active
                .as_ref()
                .is_some_and(|active| active.is_same_node(Some(&node)))
        })
    });
    let count = all.length() as i32;
    let next = match (at, step) {
        (Some(at), _) => (at as i32 + step).rem_euclid(count.max(1)),
        (None, 1) => 0,
        (None, _) => count - 1,
    };
    let next = all.item(next as u32);
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        let _ = next.focus();
    }
}
