//! What can be done with the selected cards.

use super::board::{Board, Sheet};
use crate::memory::{PrefId, Status};
use crate::web::ui::icon::icon;
use leptos::prelude::*;

/// The bar that is there while cards are selected.
#[component]
pub fn Many(board: Board) -> impl IntoView {
    let chosen = move || board.chosen.get().into_iter().collect::<Vec<PrefId>>();
    let count = Memo::new(move |_| board.chosen.read().len());
    // Two active cards can become one.
    let pair = Memo::new(move |_| {
        let is_active = |id: &PrefId| {
            board.book.with(|book| {
                book.get(id)
                    .is_some_and(|card| card.status == Status::Active)
            })
        };
        board
            .chosen
            .with(|chosen| chosen.len() == 2 && chosen.iter().all(is_active))
    });
    let merge = move |_| {
        if let [first, second] = chosen().as_slice() {
            // The one that was said last stays.
            let later = board.card(first).map(|card| card.last_seen)
                >= board.card(second).map(|card| card.last_seen);
            let (keep, other) = if later {
                (first, second)
            } else {
                (second, first)
            };
            board.merge(keep.clone(), other.clone());
        }
    };
    let done = move |_| {
        board.chosen.set(Default::default());
        board.selecting.set(false);
    };
    view! {
        <Show when=move || count.get() != 0 || board.selecting.get()>
            <div class="many" id="many" role="toolbar" aria-label=board.words(|t| t.select)>
                <b role="status">{move || (board.t().selected)(count.get())}</b>
                <Show when=move || count.get() != 0>
                    <Show when=move || pair.get()><button class="button" id="many-merge" on:click=merge>{board.words(|t| t.merge_two)}</button></Show>
                    <button class="button" id="many-pin" on:click=move |_| board.pin(chosen())>{icon("pin")}{board.words(|t| t.pin)}</button>
                    <button class="button" id="many-retract" on:click=move |_| board.retract(chosen())>{board.words(|t| t.retract)}</button>
                    <button class="button button-loss" id="many-erase" on:click=move |_| board.sheet.set(Some(Sheet::Erase(chosen())))>{board.words(|t| t.erase)}</button>
                </Show>
                <button class="button button-bare" id="many-done" on:click=done>{board.words(|t| t.deselect)}</button>
            </div>
        </Show>
    }
}
