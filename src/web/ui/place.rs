//! The views that the second program draws inside the chat.

use super::rest;
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
