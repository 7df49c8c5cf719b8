//! The scale from hate to love: its ruler, the cards on their strings, and what the hand and the keyboard do to them.

use super::board::Board;
use super::draw::{Drawing, card_of, draw, head_key, id_of, on_scroll};
use super::hand;
use super::keys;
use super::tray::Tray;
use crate::i18n::preference::figure;
use crate::memory::{Areas, Head, Lane, PrefId, lanes};
use crate::route::Route;
use crate::web::ui::focus;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// The five stops.
pub const STOPS: [i8; 5] = [-2, -1, 0, 1, 2];

/// Ticks of a scale in percent of its width: every third of a stop, and whether it is a stop.
pub fn ticks() -> impl Iterator<Item = (f32, bool)> {
    (0..14).map(|nth| (10.0 + (nth as f32 - 1.0) * 20.0 / 3.0, nth % 3 == 1))
}

/// The scale with its cards.
#[component]
pub fn Scale(board: Board, found: Memo<Vec<Lane>>) -> impl IntoView {
    let lanes_host: NodeRef<Div> = NodeRef::new();
    let scroller: NodeRef<Div> = NodeRef::new();
    // Where a drag would put the card; the hand of the ruler shows it.
    let target = RwSignal::new(None::<i8>);
    Effect::new(move |_| {
        let Some(host) = lanes_host.get() else { return };
        let opened = board.opened();
        let lang = board.app.lang.get();
        let cut = found.with(|lanes| {
            board.book.with(|book| {
                draw(
                    &host,
                    &Drawing {
                        lanes,
                        book,
                        limit: board.limit.get(),
                        folded: &board.folded.read(),
                        chosen: &board.chosen.read(),
                        opened: opened.as_ref(),
                        lang,
                    },
                )
            })
        });
        if cut && let Some(scroller) = scroller.get_untracked() {
            on_scroll(board, &scroller);
        }
    });
    let stop = Memo::new(move |_| {
        let opened = board.opened();
        target.get().or_else(|| {
            board
                .book
                .with(|book| book.get(&opened?).map(|card| card.strength))
        })
    });
    let click = move |event: MouseEvent| on_click(board, &event);
    view! {
        <div class="board" id="memory-board" node_ref=scroller role="region" aria-label=board.words(|t| t.board)
            on:scroll=move |_| if let Some(scroller) = scroller.get_untracked() { on_scroll(board, &scroller) }>
            <Tray board />
            <Ruler board stop />
            <p class="visually-hidden" id="board-keys">{board.words(|t| t.board_keys)}</p>
            <div class="lanes">
                <svg class="strings" aria-hidden="true">
                    {STOPS.map(|stop| { let x = at(stop); view! { <line x1=x.clone() x2=x y1="0" y2="100%"></line> } })}
                </svg>
                <div id="lanes" node_ref=lanes_host aria-describedby="board-keys"
                    on:click=click
                    on:keydown=move |event| keys::on_key(board, &event)
                    on:focusin=move |event| keys::take_tab_stop(event.target())
                    on:pointerdown=move |event| hand::begin(board, target, &event)></div>
            </div>
            <Show when=move || board.loaded.get() && found.with(Vec::is_empty)><Nothing board /></Show>
        </div>
    }
}

/// A stop's place on the scale.
pub fn at(stop: i8) -> String {
    format!("{}%", (i32::from(stop) + 2) * 20 + 10)
}

/// The ruler that stays on top while the cards scroll.
#[component]
fn Ruler(board: Board, stop: Memo<Option<i8>>) -> impl IntoView {
    view! {
        <div class="ruler" id="ruler">
            <ol class="ruler-words">
                {STOPS.map(|one| view! {
                    <li data-here=move || (stop.get() == Some(one)).then_some("")><b>{figure(one)}</b><span>{move || board.t().stop(one)}</span></li>
                })}
            </ol>
            <svg class="ruler-ticks" aria-hidden="true">
                {ticks().map(|(x, is_stop)| {
                    let x = format!("{x:.2}%");
                    view! { <line class:stop=is_stop x1=x.clone() x2=x y1=if is_stop { "4" } else { "12" } y2="24"></line> }
                }).collect_view()}
                {move || stop.get().map(|stop| view! {
                    <svg class="hand" x=at(stop) y="14" overflow="visible"><path d="M-6 10h12L0 0z"></path></svg>
                })}
            </svg>
            <ol class="ruler-steps" aria-hidden="true">
                {STOPS.map(|one| view! { <li class="step" data-zone=one.to_string()></li> })}
            </ol>
        </div>
    }
}

/// Nothing is known yet, or nothing is found.
#[component]
fn Nothing(board: Board) -> impl IntoView {
    let is_empty = Memo::new(move |_| board.book.with(|book| book.all().next().is_none()));
    let write = move |_| focus::soon("#board-add".to_owned());
    let clear = move |_| {
        board.view.update(|view| {
            *view = crate::memory::View {
                by: view.by,
                ..crate::memory::View::default()
            }
        });
        focus::soon("#board-search".to_owned());
    };
    move || {
        match is_empty.get() {
        true => view! {
            <div class="empty-place"><div class="empty brackets">
                <p>{board.words(|t| t.empty)}</p>
                <button class="button" id="board-first" on:click=write>{board.words(|t| t.empty_action)}</button>
            </div></div>
        }
        .into_any(),
        false => view! {
            <div class="empty-place"><div class="empty brackets">
                <p>{board.words(|t| t.no_match)}</p>
                <button class="button" on:click=clear>{board.words(|t| t.clear_filters)}</button>
            </div></div>
        }
        .into_any(),
    }
    }
}

/// The lanes of the book as the view asks for them.
pub fn found(board: Board) -> Memo<Vec<Lane>> {
    let areas = StoredValue::new(Areas::default());
    Memo::new(move |_| {
        let mut found = Vec::new();
        areas.update_value(|areas| {
            found = board
                .view
                .with(|view| board.book.with(|book| lanes(book, view, areas)));
        });
        found
    })
}

fn on_click(board: Board, event: &MouseEvent) {
    if hand::was_drag() {
        return;
    }
    if let Some(card) = card_of(event.target()) {
        let id = id_of(&card);
        let adds = event.ctrl_key() || event.meta_key() || event.shift_key();
        if adds || board.selecting.get_untracked() {
            toggle(board, &id);
        } else {
            open(board, Some(id));
        }
        return;
    }
    let lane = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|target| target.closest(".lane-head").ok().flatten())
        .and_then(|head| head.closest("[data-lane]").ok().flatten());
    if let Some(key) = lane.and_then(|lane| lane.get_attribute("data-lane")) {
        fold(board, &key);
    }
}

fn fold(board: Board, key: &str) {
    let Some(head) = Head::all().find(|head| head_key(*head) == key) else {
        return;
    };
    board.folded.update(|folded| {
        if !folded.remove(&head) {
            folded.insert(head);
        }
    });
    focus::soon(format!("[data-lane=\"{key}\"] .lane-head"));
}

/// Selects a card, or no longer.
pub fn toggle(board: Board, id: &PrefId) {
    board.chosen.update(|chosen| {
        if !chosen.remove(id) {
            chosen.insert(id.clone());
        }
    });
    super::board::focus_card(id);
}

/// Opens a card, or closes the one that is open.
pub fn open(board: Board, id: Option<PrefId>) {
    let before = untrack(|| board.opened());
    board.app.go(&Route::Memory(id.clone()));
    if let Some(card) = id.or(before) {
        super::board::focus_card(&card);
    }
}
