//! Icons of the sprites in `index.html` and, for the second program alone, in [`super::drawings`].

use leptos::prelude::*;

/// An icon by its id in the sprite. Says nothing to a screen reader.
pub fn icon(id: &'static str) -> impl IntoView {
    drawn(id, "icon")
}

/// A small one, 12 px.
pub fn small_icon(id: &'static str) -> impl IntoView {
    drawn(id, "icon icon-small")
}

fn drawn(id: &'static str, class: &'static str) -> impl IntoView {
    view! {
        <svg class=class aria-hidden="true">
            <use href=format!("#{id}")></use>
        </svg>
    }
}
