//! The icons that only the second program uses: it brings them, so that the first load need not.

use leptos::prelude::*;

/// Their sprite. Those of the chat are in `index.html`, and the ids are one set with theirs.
#[component]
pub fn Drawings() -> impl IntoView {
    view! {
        <svg class="visually-hidden" aria-hidden="true" width="0" height="0">
            <symbol id="persona" viewBox="0 0 16 16"><circle cx="8" cy="5.25" r="2.75"/><path d="M2.75 14c.5-3 2.5-4.5 5.25-4.5s4.75 1.5 5.25 4.5"/></symbol>
            <symbol id="memory" viewBox="0 0 16 16"><path d="M3 3.5h10v9H3zM5.5 6.5h5M5.5 9.5h3"/></symbol>
            <symbol id="ring" viewBox="0 0 12 12"><circle cx="6" cy="6" r="3.75"/></symbol>
            <symbol id="ring-next" viewBox="0 0 12 12"><circle cx="6" cy="6" r="3.75"/><path d="M6 6h.01" stroke-width="2.5" stroke-linecap="round"/></symbol>
            <symbol id="half" viewBox="0 0 12 12"><circle cx="6" cy="6" r="3.75"/><path d="M6 2.25a3.75 3.75 0 0 1 0 7.5z" fill="currentColor"/></symbol>
            <symbol id="from-memory" viewBox="0 0 12 12"><path d="M1.75 2.25h8.5v7.5h-8.5zM4 6l1.5 1.5L8.25 4.75"/></symbol>
            <symbol id="redo" viewBox="0 0 16 16"><path d="M10.5 3l2.75 2.75L10.5 8.5M13 5.75H6.5a3.75 3.75 0 0 0 0 7.5H10"/></symbol>
            <symbol id="left" viewBox="0 0 12 12"><path d="M11 6H2M5.5 2.5 2 6l3.5 3.5"/></symbol>
            <symbol id="download" viewBox="0 0 16 16"><path d="M8 2.5v8M4.5 7.5 8 11l3.5-3.5M2.5 13.5h11"/></symbol>
            <symbol id="seam" viewBox="0 0 16 16"><path d="M5 12.5 7 3.5M9 12.5l2-9M1.5 8h13"/></symbol>
            <symbol id="clock" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.25"/><path d="M6 3.5V6l1.75 1.25"/></symbol>
            <symbol id="grip" viewBox="0 0 12 12"><path d="M2 4.5h8M2 7.5h8"/></symbol>
        </svg>
    }
}
