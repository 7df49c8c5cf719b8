//! The order of one's own frames: in the gallery, in the menu on the composer, and in a file. By dragging, by the arrow
//! keys with Alt, and by two buttons, and said each time.

use super::desk::arrange;
use crate::route::Route;
use crate::web::app::App;
use crate::web::ui::focus;
use crate::web::ui::icon::icon;
use crate::web::ui::lens::Stock;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// The buttons beside the open frame, and where it stands; nothing where it is the only one.
pub fn buttons(app: App, id: String) -> AnyView {
    let own = Stock::get().own;
    let of = id.clone();
    let place = Memo::new(move |_| {
        let own = own.read();
        let at = own.iter().position(|frame| frame.id == of)?;
        (own.len() > 1).then(|| (at, own.len()))
    });
    let shown = Memo::new(move |_| place.read().is_some());
    let button = move |name: &'static str,
                       sign: &'static str,
                       step: isize,
                       end: fn(usize, usize) -> bool| {
        let id = id.clone();
        let words = move || {
            let words = app.lang.get().frames();
            if step < 0 { words.earlier } else { words.later }
        };
        let is_end = move || place.get().is_some_and(|(at, all)| end(at, all));
        // A button that is switched off would lose the keyboard.
        view! {
            <button class="tool" id=name aria-disabled=move || is_end().to_string() on:click=move |_| move_by(app, &id, step)>
                {icon(sign)}{words}</button>
        }
    };
    let earlier = button.clone();
    view! {
        {move || shown.get().then(|| view! {
            <div class="full place-row">
                <span class="hint-line">{move || place.get().map(|(at, all)| (app.lang.get().frames().place)(at + 1, all))}</span>
                {earlier("frame-earlier", "prev", -1, |at, _| at == 0)}
                {button("frame-later", "next", 1, |at, all| at + 1 == all)}
            </div>
        })}
    }
    .into_any()
}

/// The arrow keys with Alt, on the tile of a frame.
pub fn on_key(app: App, id: &str, event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowLeft" | "ArrowUp" if event.alt_key() => -1,
        "ArrowRight" | "ArrowDown" if event.alt_key() => 1,
        _ => return,
    };
    // Alt with an arrow goes back in the browser.
    event.prevent_default();
    move_by(app, id, step);
    // The tiles are drawn anew, and the keyboard stays with the one that moved.
    focus::soon(format!(
        ".tile a[href=\"{}\"]",
        Route::Frames(Some(id.to_owned())).hash()
    ));
}

/// Puts a frame where another one is.
pub fn move_onto(app: App, id: &str, other: &str) {
    let own = Stock::get().own.get_untracked();
    if let Some(to) = own.iter().position(|frame| frame.id == other) {
        move_to(app, id, to);
    }
}

fn move_by(app: App, id: &str, step: isize) {
    let own = Stock::get().own.get_untracked();
    let at = own.iter().position(|frame| frame.id == id);
    let to = at.and_then(|at| at.checked_add_signed(step));
    if let Some(to) = to.filter(|to| *to < own.len()) {
        move_to(app, id, to);
    }
}

fn move_to(app: App, id: &str, to: usize) {
    if let Some(name) = arrange(app, id, to) {
        let said = (app.lang.get_untracked().frames().moved)(&name, to + 1);
        app.tell(said, None);
    }
}
