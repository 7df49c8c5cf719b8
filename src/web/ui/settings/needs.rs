//! What a connection needs and sends, as far as it is known beforehand.

use super::doctor::setup;
use crate::i18n::connect::Words;
use crate::provider::preset::{self, Entry};
use crate::provider::{self, Ask, Connection};
use crate::watch::resume::dialect;
use crate::web::app::App;
use leptos::prelude::*;

/// The names of the headers, the name of the limit, how a reply is continued, and how a server of one's own lets
/// this page in.
#[component]
pub fn Needs(app: App, draft: RwSignal<Connection>) -> impl IntoView {
    // What is typed into the other fields does not draw this again.
    let about = Memo::new(move |_| {
        let draft = draft.read();
        (
            draft.base.clone(),
            draft.api,
            draft.model.clone(),
            draft.key.is_empty(),
        )
    });
    let lines = move || {
        let words = Words::of(app.lang.get());
        about.track();
        let connection = draft.get_untracked();
        let ask = Ask {
            model: connection.model.clone(),
            max_output: Some(1),
            ..Ask::default()
        };
        let request = provider::encode(&connection, &ask).ok()?;
        let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
        let field = LIMITS.iter().find(|name| request.body.contains(**name))?;
        let continues = match dialect(&connection, &connection.model, None) {
            Some(_) => words.continues,
            None => words.continues_not,
        };
        let lines = [
            (words.sent_headers)(&names.join(", ")),
            (words.limit_field)(field),
            continues.to_owned(),
        ];
        let lines = lines.map(|line| view! { <li>{line}</li> }).collect_view();
        Some(view! { <ul class="needs">{lines}</ul> })
    };
    let entry = Memo::new(move |_| {
        let draft = draft.read();
        preset::of(&draft.base, draft.api).map_or(Entry::Provider, |preset| preset.entry)
    });
    let words = move || Words::of(app.lang.get());
    view! {
        <details class="section">
            <summary>{move || words().needs}</summary>
            {lines}
            {move || setup(app, entry.get()).map(|lines| view! { <h3>{words().entry}</h3>{lines} })}
        </details>
    }
}

/// The names that the limit of a reply has in the dialects.
const LIMITS: [&str; 5] = [
    "max_completion_tokens",
    "max_output_tokens",
    "max_tokens",
    "maxOutputTokens",
    "num_predict",
];
