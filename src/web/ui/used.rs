//! Which preferences went with a question, under the reply: how many, what they cost, and the cards.

use super::Stock;
use super::icon::icon;
use crate::i18n::learned::short;
use crate::memory::Sent;
use crate::route::Route;
use crate::web::app::App;
use leptos::prelude::*;
use web_sys::HtmlElement;

/// The line under the reply that the place is in.
pub fn view(app: App, place: &HtmlElement) -> AnyView {
    let row = place.get_attribute("data-sent");
    let row = row.and_then(|row| serde_json::from_str(&row).ok());
    let sent = row.map(|row| Sent::read(&row)).unwrap_or_default();
    if sent.prefs.is_empty() {
        return ().into_any();
    }
    let (count, tokens) = (sent.prefs.len(), sent.tokens);
    let book = Stock::get().book;
    let cards = move || {
        let (lang, book) = (app.lang.get(), book.read());
        let all = sent.prefs.iter().map(|(id, tokens)| {
            let title = (lang.learned().tokens)(*tokens);
            match book.get(id) {
                Some(pref) => {
                    let href = Route::Memory(Some(id.clone())).hash();
                    view! { <a href=href title=title>{short(lang, pref)}</a> }.into_any()
                }
                None => view! { <del title=title>{lang.learned().missing}</del> }.into_any(),
            }
        });
        all.collect_view()
    };
    view! {
        <p class="sent" role="group" aria-label=move || app.lang.get().learned().sent_label>
            {icon("board")}<span>{move || (app.lang.get().learned().sent)(count)}</span>
            <span class="dot" aria-hidden="true">"·"</span>
            <span class="figure">{move || (app.lang.get().learned().tokens)(tokens)}</span>
            <span class="dot" aria-hidden="true">"·"</span>
            {cards}
        </p>
    }
    .into_any()
}
