//! Sheets over the board: into which card another goes, what a card is split into, whether cards are erased.

use super::board::{Board, Sheet};
use super::import::Import;
use super::tray::input_value;
use super::words::topic_of;
use crate::i18n::preference as words;
use crate::memory::topic::{Relation, relate};
use crate::memory::{Edit, PrefId, Preference, Status};
use crate::route::Route;
use crate::web::ui::focus;
use crate::web::ui::icon::small_icon;
use leptos::html::Dialog;
use leptos::prelude::*;

/// Cards that are offered to go into.
const OFFERED: usize = 12;

/// The sheet that is open.
#[component]
pub fn Sheets(board: Board) -> impl IntoView {
    let dialog: NodeRef<Dialog> = NodeRef::new();
    let closed = move |_| board.sheet.set(None);
    move || {
        let sheet = board.sheet.get()?;
        let close = move |_| {
            if let Some(dialog) = dialog.get_untracked() {
                dialog.close();
            }
        };
        let (kind, title, body) = match sheet {
            Sheet::Merge(id) => {
                let title = (board.t().merge_lede)(&topic_of(board, &id));
                (None, title, merge(board, id))
            }
            Sheet::Split(id) => (None, board.t().split.to_owned(), split(board, id)),
            Sheet::Erase(ids) => {
                let title = (board.t().erase_title)(ids.len());
                (Some("ask"), title, erase(board, ids))
            }
            Sheet::Import => {
                let count = board.offers.with(|offers| offers.cards.len());
                let title = (board.t().import_title)(count);
                (None, title, view! { <Import board /> }.into_any())
            }
        };
        Effect::new(move |_| {
            if let Some(dialog) = dialog.get()
                && !dialog.open()
            {
                let _ = dialog.show_modal();
            }
        });
        Some(view! {
            <dialog class="sheet board-sheet" id="board-sheet" data-kind=kind node_ref=dialog on:close=closed>
                <div class="panel-title">
                    <h2>{title}</h2>
                    <button class="tool" aria-label=board.app.words(|t| t.shell.close) on:click=close>{small_icon("cross")}</button>
                </div>
                {body}
            </dialog>
        })
    }
}

/// The cards that are nearest, or those that are searched for.
fn merge(board: Board, id: PrefId) -> AnyView {
    let query = RwSignal::new(String::new());
    let offered = {
        let id = id.clone();
        move || {
            let query = query.get().to_lowercase();
            board.book.with(|book| {
                let Some(own) = book.get(&id) else {
                    return Vec::new();
                };
                let fits = |card: &&Preference| {
                    card.id != own.id
                        && card.status == Status::Active
                        && card.topic.to_lowercase().contains(query.trim())
                };
                let mut all: Vec<Preference> = book.all().filter(fits).cloned().collect();
                let far = |card: &Preference| match relate(&own.key, &card.key) {
                    Relation::Same => 0,
                    Relation::Near => 1,
                    Relation::Broader | Relation::Narrower => 2,
                    Relation::Apart if card.kind == own.kind => 3,
                    Relation::Apart => 4,
                };
                all.sort_by_cached_key(|card| (far(card), std::cmp::Reverse(card.last_seen)));
                all.truncate(OFFERED);
                all
            })
        }
    };
    let pick = move |keep: PrefId| {
        board.sheet.set(None);
        board.merge(keep, id.clone());
    };
    view! {
        <input class="input" type="search" id="merge-search" placeholder=board.words(|t| t.search) aria-label=board.words(|t| t.search)
            on:input:target=move |event| query.set(event.target().value())/>
        <ul class="offers" id="merge-into">
            {move || offered().into_iter().map(|card| {
                let (pick, keep) = (pick.clone(), card.id.clone());
                let phrase = words::phrase(board.app.lang.get(), &card);
                view! { <li><button class="offer" data-keep=keep.to_string() on:click=move |_| pick(keep.clone())>{phrase}{(!card.condition.is_empty()).then(|| view! { <span class="tag">{card.condition.clone()}</span> })}</button></li> }
            }).collect_view()}
        </ul>
    }
    .into_any()
}

/// One topic a line; what the card names already is proposed.
fn split(board: Board, id: PrefId) -> AnyView {
    let wrong = RwSignal::new(false);
    let topic = topic_of(board, &id);
    let parts = topic
        .split(['、', '，', ',', ';', '；', '/'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "));
    let lines: Vec<&str> = parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let lines = lines.join("\n");
    let put = move |_| {
        let topics: Vec<String> = input_value("split-lines")
            .lines()
            .map(str::to_owned)
            .collect();
        let named = topics.iter().map(|topic| crate::memory::topic::key(topic));
        let different: std::collections::BTreeSet<String> =
            named.filter(|key| !key.is_empty()).collect();
        if different.len() < 2 {
            wrong.set(true);
            return focus::soon("#split-lines".into());
        }
        board.sheet.set(None);
        let words = (board.now().did_split)(&topic);
        board.act(vec![Edit::Split(id.clone(), topics)], words, None);
        board.app.go(&Route::Memory(None));
    };
    view! {
        <label class="field"><span>{board.words(|t| t.split_lede)}</span>
            <textarea class="input" id="split-lines" rows="4" aria-invalid=move || wrong.get().then_some("true") prop:value=lines></textarea>
            {move || wrong.get().then(|| view! { <span class="wrong" role="alert">{board.words(|t| t.split_needs_two)}</span> })}
        </label>
        <div class="actions"><button class="button button-ink" id="split-do" on:click=put>{board.words(|t| t.split_do)}</button></div>
    }
    .into_any()
}

fn erase(board: Board, ids: Vec<PrefId>) -> AnyView {
    let topics: Vec<String> = ids.iter().take(8).map(|id| topic_of(board, id)).collect();
    let put = move |_| {
        board.sheet.set(None);
        board.chosen.set(Default::default());
        let words = (board.now().did_erase)(ids.len());
        board.act(vec![Edit::Erase(ids.clone())], words, None);
        board.app.go(&Route::Memory(None));
    };
    view! {
        <p>{topics.join(" · ")}</p>
        <p>{board.words(|t| t.erase_lede)}</p>
        <div class="actions">
            <button class="button" on:click=move |_| board.sheet.set(None)>{board.app.words(|t| t.shell.cancel)}</button>
            <button class="button button-loss" id="erase-do" on:click=put>{board.words(|t| t.erase_do)}</button>
        </div>
    }
    .into_any()
}
