//! Files: what is written into one, and what of one is remembered, by a click on the exact words.

use super::board::{Board, Sheet};
use crate::archive::preferences::{Offers, json, markdown, read};
use crate::i18n::preference as words;
use crate::memory::{PrefId, Preference, Standing, bring, standing};
use crate::web::clock::{now_ms, random};
use crate::web::ui::{file, time};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

/// Bytes of a file that is read: some ten thousand preferences.
const LARGEST: f64 = 20_000_000.0;
/// Offers that are shown at a time.
const SHOWN: usize = 200;

/// A file that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// To be read again.
    Json,
    /// For people.
    Markdown,
}

/// Writes the whole memory into a file and hands it to the browser's downloads.
pub fn export(board: Board, format: Format) {
    let now = now_ms();
    let lang = board.app.lang.get_untracked();
    let (text, kind, name) = board.book.with_untracked(|book| match format {
        Format::Json => (
            json(book, now),
            "application/json",
            "viewfinder-memory.json",
        ),
        Format::Markdown => (
            markdown(book, lang, now, |at| time::date_of(lang, at)),
            "text/markdown",
            "viewfinder-memory.md",
        ),
    });
    file::save_text(&text, kind, name);
}

/// A file was chosen: what is in it is offered.
pub fn chosen(board: Board, event: &Event) {
    let Some(file) = file::chosen(event) else {
        return;
    };
    spawn_local(async move {
        let text = match file.size() <= LARGEST {
            true => JsFuture::from(file.text()).await.ok(),
            false => None,
        };
        let text = text.and_then(|text| text.as_string()).unwrap_or_default();
        match read(&text) {
            Some(mut offers) => {
                // What is known already comes last.
                let is_known = |card: &Preference| {
                    board.book.with_untracked(|book| {
                        matches!(standing(book, card, now_ms()), Standing::Known(_))
                    })
                };
                offers.cards.sort_by_cached_key(is_known);
                board.offers.set(offers);
                board.taken.set(BTreeSet::new());
                board.sheet.set(Some(Sheet::Import));
            }
            None => board.say((board.now().import_nothing)(&file.name())),
        }
    });
}

/// The offers of a file.
#[component]
pub fn Import(board: Board) -> impl IntoView {
    let limit = RwSignal::new(SHOWN);
    let offers: Offers = board.offers.get_untracked();
    let total = offers.cards.len();
    let left = offers.left;
    let cards = StoredValue::new(offers.cards);
    let row = move |at: usize| {
        cards
            .with_value(|cards| cards.get(at).cloned())
            .map(|card| offer(board, at, card))
    };
    view! {
        <p>{board.words(|t| t.import_lede)}</p>
        <ul class="offers" id="offers">
            <For each=move || 0..total.min(limit.get()) key=|at| *at children=row />
        </ul>
        {move || (limit.get() < total).then(|| view! { <button class="more-row" on:click=move |_| limit.update(|limit| *limit += SHOWN)>{board.words(|t| t.more)}</button> })}
        {(left > 0).then(|| view! { <p class="hint-line">{move || (board.t().import_left)(left)}</p> })}
    }
}

fn offer(board: Board, at: usize, card: Preference) -> impl IntoView {
    let lang = board.app.lang.get_untracked();
    let t = lang.memory();
    let phrase = words::phrase(lang, &card);
    let words_said = card.said.last().map(|said| said.words.clone());
    let words_said = words_said.filter(|said| !said.is_empty() && *said != card.topic);
    let mut tags = Vec::new();
    if !card.condition.is_empty() {
        tags.push(card.condition.clone());
    }
    if let Some(until) = card.until {
        tags.push((t.until)(&time::date_of(lang, until)));
    }
    let take = {
        let card = card.clone();
        move |replace: bool| take(board, at, card.clone(), replace)
    };
    let state = move || {
        if board.taken.read().contains(&at) {
            return view! { <span class="taken" role="status">{t.import_taken}</span> }.into_any();
        }
        let stands = board.book.with(|book| standing(book, &card, now_ms()));
        let name = |id: &PrefId| {
            board.book.with(|book| {
                book.get(id)
                    .map(|card| words::phrase(lang, card))
                    .unwrap_or_default()
            })
        };
        let (take, beside) = (take.clone(), take.clone());
        match stands {
            Standing::Known(id) => view! { <span class="hint-line">{(t.import_known)(&name(&id))}</span> }.into_any(),
            Standing::New => view! { <button class="button" data-do="take" on:click=move |_| take(false)>{t.remember}</button> }.into_any(),
            Standing::Against(id) => view! {
                <span class="hint-line">{(t.import_against)(&name(&id))}</span>
                <button class="button" data-do="replace" on:click=move |_| take(true)>{t.replace_this}</button>
                <button class="button" data-do="both" on:click=move |_| beside(false)>{t.keep_both}</button>
            }.into_any(),
        }
    };
    view! {
        <li data-offer=at.to_string()>
            <p class="ask">{phrase}{tags.into_iter().map(|tag| view! { <span class="tag">{tag}</span> }).collect_view()}</p>
            {words_said.map(|said| view! { <p class="source"><q>{said}</q></p> })}
            <p class="actions">{state}</p>
        </li>
    }
}

fn take(board: Board, at: usize, card: Preference, replace: bool) {
    let now = now_ms();
    let words = (board.now().did_accept)(&card.topic);
    let id = PrefId::new(now, random());
    board.taken.update(|taken| {
        taken.insert(at);
    });
    board.make(words, move |book| {
        bring(book, &card, id, replace, now).into_iter().collect()
    });
}
