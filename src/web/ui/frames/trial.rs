//! A field in which a frame is tried while it is edited. Memory is asked as it would be in a new conversation.

use super::desk::Desk;
use crate::memory::Place;
use crate::web::ui::lens::{Edges, Finder, Stock};
use leptos::html::Textarea;
use leptos::prelude::*;
use std::sync::Arc;

/// The field in the frame. What is written in it goes nowhere.
pub fn trial(desk: Desk) -> AnyView {
    let app = desk.app;
    let field: NodeRef<Textarea> = NodeRef::new();
    let finder = RwSignal::new(None::<Finder>);
    Effect::new(move |_| {
        if let Some(field) = field.get()
            && finder.get_untracked().is_none()
        {
            finder.set(Some(Finder::new(app, field)));
        }
    });
    Effect::new(move |_| {
        let frame = desk.frame.get();
        if let Some(finder) = finder.get() {
            finder.pinned.set(Some(Arc::new(frame)));
            finder.look();
        }
    });
    let book = Stock::get().book;
    Effect::new(move |_| {
        book.track();
        let lang = app.lang.get();
        if let Some(finder) = finder.get() {
            finder.ask_memory(Some(Place {
                lang,
                ..Place::default()
            }));
        }
    });
    view! {
        <div><h3>{move || app.lang.get().frames().trial}</h3>
            <div class="tryout"><div class="composer" data-focus="silent">
                <div class="frame brackets">
                    {move || finder.get().map(|finder| view! { <Edges app finder /> })}
                    <textarea node_ref=field rows="2" id="frame-trial" aria-label=move || app.lang.get().frames().trial_label
                        on:keydown=move |event| if let Some(finder) = finder.get_untracked() { finder.on_tab(&event) }></textarea>
                </div>
            </div></div>
        </div>
    }
    .into_any()
}
