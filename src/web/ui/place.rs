//! The views that the second program draws inside the chat.

use super::lens::Listening;
use super::rest;
use super::sidebar::opens;
use crate::web::app::App;
use crate::web::places::Kind;
use leptos::prelude::*;
use web_sys::HtmlElement;

/// The view for a place of this kind; what it is about stands in the attributes of the element.
pub fn in_place(app: App, kind: Kind, place: &HtmlElement) -> AnyView {
    match kind {
        Kind::Frame => super::lens::in_composer(app, place),
        Kind::Request | Kind::Budget => super::request::in_place(app, kind, place),
        Kind::Summary => super::summary::view(app, place),
        Kind::Models => super::models::view(app, place),
        Kind::Results => view! { <super::sidebar_search::Results app /> }.into_any(),
        Kind::Help => view! { <super::help::Help app /> }.into_any(),
        Kind::Learned => super::learned::view(app, place),
        Kind::Used => super::used::view(app, place),
        Kind::Next => super::next::view(app, place),
        Kind::Options => super::options::view(app, place),
        Kind::Unfinished => rest::view(app, place),
        Kind::Count => super::memory::count(app),
        Kind::Facets => {
            view! { <super::memory::Facets board=super::memory::board(app) /> }.into_any()
        }
    }
}

/// Hears that the popover around a place opens or closes, and at once where it is open.
pub fn on_toggle(place: &HtmlElement, hear: impl Fn(bool) + Copy + 'static) {
    let Some(popover) = place.parent_element() else {
        return;
    };
    let listening = Listening::new(&popover, "toggle", move |event| hear(opens(&event)));
    let listening = StoredValue::new_local(listening);
    on_cleanup(move || listening.dispose());
    if popover.matches(":popover-open").unwrap_or_default() {
        hear(true);
    }
}
