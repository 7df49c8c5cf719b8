//! What stands on the edges of the frame: the marks of the slots on the top one, the one hint on the bottom one.

use super::field::{Listening, select};
use super::finder::Finder;
use super::under;
use crate::guide::focus::{Focus, Mark};
use crate::guide::frames::Slot;
use crate::guide::stub;
use crate::web::app::App;
use crate::web::clock;
use crate::web::places::TEXT;
use crate::web::ui::icon::{icon, small_icon};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Pixels of the next mark that are seen beside the one that is brought into view, so that one sees that there is more.
const BESIDE: i32 = 28;

/// The marks, and how far the text is.
pub fn marks(app: App, finder: Finder, lower: NodeRef<Div>) -> AnyView {
    let frame = Memo::new(move |_| finder.shown.read().frame.clone());
    let slots = move || {
        let frame = frame.get();
        frame.map(|frame| frame.slots.clone()).unwrap_or_default()
    };
    let each = move || slots().into_iter().enumerate().collect::<Vec<_>>();
    let show = move |slot: Option<usize>| {
        let Some(lower) = lower.get_untracked() else {
            return;
        };
        let covers = slot.and_then(|slot| finder.covers(slot));
        match (covers, finder.field()) {
            (Some((text, range)), Some(field)) => under::show(&lower, &field, &text, &range),
            _ => under::clear(&lower),
        }
    };
    let row: NodeRef<Div> = NodeRef::new();
    bring_next(finder, row);
    // Where the text changes under the pointer, what was shown is no longer so.
    let changes = finder
        .field()
        .map(|field| ["input", TEXT].map(|name| Listening::new(&field, name, move |_| show(None))));
    let changes = StoredValue::new_local(changes);
    on_cleanup(move || changes.dispose());
    let act = move |event: &web_sys::MouseEvent| {
        if let Some(slot) = slot_of(event.target()) {
            use_mark(app, finder, slot);
        }
    };
    view! {
        <div class="slots" role="toolbar" node_ref=row aria-label=move || app.lang.get().frames().slots
            // The field keeps the keyboard, and a phone its keys on the screen.
            on:mousedown=|event| event.prevent_default()
            on:click=move |event| act(&event) on:keydown=|event| move_on(&event)
            on:mouseover=move |event| show(slot_of(event.target())) on:mouseleave=move |_| show(None)
            on:focusin=move |event| show(slot_of(event.target())) on:focusout=move |_| show(None)>
            <For each key=|(nth, slot)| (*nth, slot.id.clone(), slot.name.clone()) let:item>
                {mark(app, finder, item.0, item.1)}
            </For>
        </div>
        <span class="focus-state">{move || {
            let shown = finder.shown.read();
            match shown.view.focus {
                Focus::Locked => (small_icon("tick"), app.lang.get().frames().in_focus).into_any(),
                _ => format!("{}/{}", shown.view.covered(), shown.view.marks.len()).into_any(),
            }
        }}</span>
    }
    .into_any()
}

/// Where the marks do not fit, the one that the hint is about comes into view. Only that row moves, not the page.
fn bring_next(finder: Finder, row: NodeRef<Div>) {
    let next = Memo::new(move |_| finder.shown.read().view.hint);
    Effect::new(move |_| {
        if next.get().is_none() {
            return;
        }
        spawn_local(async move {
            // The marks of another frame are drawn first.
            clock::frame().await;
            let Some(Some(row)) = row.try_get_untracked() else {
                return;
            };
            let mark = row.query_selector("[data-state=next]").ok().flatten();
            let Some(mark) = mark.and_then(|mark| mark.dyn_into::<HtmlElement>().ok()) else {
                return;
            };
            let start = mark.offset_left() - row.offset_left();
            let end = start + mark.offset_width();
            let (from, room) = (row.scroll_left(), row.client_width());
            if start < from {
                row.set_scroll_left(start - BESIDE);
            } else if end > from + room {
                row.set_scroll_left(end - room + BESIDE);
            }
        });
    });
}

/// The one hint. Spoken once when it changes, and so is the closing of the frame.
pub fn hint(app: App, finder: Finder) -> AnyView {
    let slot = Memo::new(move |_| {
        let shown = finder.shown.read();
        let slot = shown.view.hint?;
        shown.frame.as_ref()?.slots.get(slot).cloned()
    });
    let locked = Memo::new(move |_| finder.shown.read().view.focus == Focus::Locked);
    let offered = Memo::new(move |_| {
        finder.shown.track();
        finder.offered().is_some()
    });
    view! {
        <p class="hint" role="status">
            {move || slot.get().map(|slot| view! { <b>{slot.hint.get(app.lang.get()).to_owned()}</b> })}
            {move || (slot.read().is_some() && offered.get()).then(|| view! { <kbd>"Tab"</kbd> })}
            {move || locked.get().then(|| view! { <span class="visually-hidden">{app.lang.get().frames().in_focus}</span> })}
        </p>
    }
    .into_any()
}

/// One mark: a shape and a word, and for the ear what the shape says.
fn mark(app: App, finder: Finder, nth: usize, slot: Slot) -> AnyView {
    let state = Memo::new(move |_| {
        let shown = finder.shown.read();
        match shown.view.marks.get(nth) {
            Some(Mark::Covered) => "filled",
            Some(Mark::Remembered) => "memory",
            Some(Mark::Stub) => "stub",
            _ if shown.view.hint == Some(nth) => "next",
            _ => "empty",
        }
    });
    let name = move || slot.name.get(app.lang.get()).to_owned();
    let label = {
        let name = name.clone();
        move || {
            let words = app.lang.get().frames();
            let said = match state.get() {
                "filled" => words.covered,
                "memory" => words.from_memory,
                "stub" => words.stub,
                _ => words.missing,
            };
            (words.mark)(&name(), said)
        }
    };
    let shape = move || {
        icon(match state.get() {
            "filled" => "tick",
            "memory" => "from-memory",
            "stub" => "half",
            "next" => "ring-next",
            _ => "ring",
        })
    };
    // One of the marks is on the way of Tab; the arrow keys go to the others.
    let stop = if nth == 0 { "0" } else { "-1" };
    view! {
        <button type="button" class="slot" data-slot=nth.to_string() data-state=move || state.get() aria-label=label tabindex=stop>
            {shape}<span>{name}</span>
        </button>
    }
    .into_any()
}

/// A missing mark puts its words in; one whose words are in goes to their blank; one that is covered only gives the
/// field the keyboard back.
fn use_mark(app: App, finder: Finder, slot: usize) {
    let Some(field) = finder.field() else { return };
    match finder.mark(slot) {
        Some(Mark::Covered) => {
            let _ = field.focus();
        }
        Some(Mark::Stub) => {
            let _ = field.focus();
            let text = field.value();
            if let Some(blank) = stub::blanks(&text).first() {
                select(&field, &text, blank);
            }
        }
        _ => finder.insert(slot, app.lang.get_untracked()),
    }
}

/// Left and right go from mark to mark.
fn move_on(event: &KeyboardEvent) {
    let Some(here) = button_of(event.target()) else {
        return;
    };
    let there = match event.key().as_str() {
        "ArrowRight" => here.next_element_sibling(),
        "ArrowLeft" => here.previous_element_sibling(),
        _ => return,
    };
    event.prevent_default();
    if let Some(there) = there.and_then(|there| there.dyn_into::<HtmlElement>().ok()) {
        let _ = here.set_attribute("tabindex", "-1");
        let _ = there.set_attribute("tabindex", "0");
        let _ = there.focus();
    }
}

fn button_of(target: Option<web_sys::EventTarget>) -> Option<Element> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest("[data-slot]").ok().flatten()
}

fn slot_of(target: Option<web_sys::EventTarget>) -> Option<usize> {
    button_of(target)?.get_attribute("data-slot")?.parse().ok()
}
