//! How many cards hold, and how many wait for an answer, in the sidebar.

use crate::memory::{Status, waiting};
use crate::web::app::App;
use crate::web::ui::Stock;
use crate::web::ui::icon::small_icon;
use leptos::prelude::*;

/// The figures beside the name of the board. Not there while there is nothing to count.
pub fn view(app: App) -> AnyView {
    let book = Stock::get().book;
    let figures = Memo::new(move |_| {
        let book = book.read();
        let active = book.all().filter(|pref| pref.status == Status::Active);
        (active.count(), waiting(&book).len())
    });
    let waits = move |count: usize| {
        let words = (app.lang.get().memory().waiting)(count);
        let said = words.clone();
        view! {
            <span class="waits" title=said>{small_icon("ring-next")}<span aria-hidden="true">{count}</span><span class="visually-hidden">{words}</span></span>
        }
    };
    (move || {
        let (active, waiting) = figures.get();
        (active + waiting > 0).then(|| {
            view! {
                {(waiting > 0).then(|| waits(waiting))}
                <span class="figure">{active}</span>
            }
        })
    })
    .into_any()
}
