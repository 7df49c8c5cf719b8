//! What becomes of older messages that have no room in a request.

use super::appearance::{Choice, change};
use crate::settings::Middle;
use crate::web::app::App;
use leptos::prelude::*;

/// The section of the settings.
#[component]
pub fn Context(app: App) -> impl IntoView {
    let words = move || app.lang.get().summary();
    let usage = move || app.lang.get().usage();
    view! {
        <section class="section" id="context">
            <h3>{move || usage().room}</h3>
            <p>{move || usage().room_lede}</p>
            <Choice name="middle" label=move || words().setting
                options=move || vec![(Middle::Cut, words().cut), (Middle::Summarise, words().summarise)]
                now=move || app.settings.read().middle set=move |middle| change(app, move |s| s.middle = middle) />
            <p class="hint-line">{move || words().setting_hint}</p>
        </section>
    }
}
