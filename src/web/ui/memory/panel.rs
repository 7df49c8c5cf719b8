//! The card that is open: its words, its place on the scale, what limits it, its story.

use super::board::{Board, Sheet};
use super::facts::{Facts, begin, text_field};
use super::scale::{STOPS, at, open, ticks};
use super::story::Story;
use super::words::reads;
use crate::i18n::preference as words;
use crate::memory::{Area, Edit, PrefId, Preference, Status};
use crate::web::ui::icon::{icon, small_icon};
use crate::web::ui::sidebar::hide_popover;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// What of the card is being edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its words.
    Topic,
    /// When or where it holds.
    Condition,
    /// Until when it holds.
    Until,
    /// What it is.
    Kind,
    /// In which conversations it holds.
    Scope,
}

/// The panel beside the board, under it where there is no room.
#[component]
pub fn Panel(board: Board, card: Memo<Option<Preference>>) -> impl IntoView {
    let id = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.id.clone())));
    move || id.get().map(|id| view! { <Card board id card /> })
}

#[component]
fn Card(board: Board, id: PrefId, card: Memo<Option<Preference>>) -> impl IntoView {
    let editing = RwSignal::new(None::<Field>);
    let grown = RwSignal::new(false);
    let get = move || card.get().unwrap_or_default();
    let lang = move || board.app.lang.get();
    let label = move || (board.t().card)(&get().topic);
    let place = move || {
        let card = get();
        let names = [
            words::kind(lang(), card.kind),
            words::area(lang(), Area::of(&card)),
        ];
        match names[0] == names[1] {
            true => names[0].to_owned(),
            false => names.join(" · "),
        }
    };
    let pinned = move || card.with(|card| card.as_ref().is_some_and(|card| card.pinned));
    let pin = {
        let id = id.clone();
        move |_| board.pin(vec![id.clone()])
    };
    let gone = move || {
        let card = get();
        let stop = match lang() {
            crate::i18n::Lang::Zh => "。",
            crate::i18n::Lang::En => ".",
        };
        (card.status != Status::Active).then(|| [words::status(lang(), card.status), stop].concat())
    };
    let on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            match editing.get_untracked() {
                Some(_) => editing.set(None),
                None => open(board, None),
            }
        }
    };
    view! {
        <aside class="card-panel" id="card" aria-label=label data-grown=move || grown.get().then_some("") on:keydown=on_escape>
            <header class="panel-head">
                <div class="row"><span>{place}</span><div class="tools">
                    <button class="tool narrow-only" id="card-grow" aria-expanded=move || grown.get().to_string() aria-label=board.words(|t| t.grow) on:click=move |_| grown.update(|on| *on = !*on)>{small_icon("down")}</button>
                    <button class="tool" id="card-pin" aria-pressed=move || pinned().to_string() aria-label=board.words(|t| t.pin) on:click=pin>{icon("pin")}</button>
                    <button class="tool" id="card-more" popovertarget="card-menu" aria-label=board.words(|t| t.more)>{icon("more")}</button>
                    <button class="tool" id="card-close" aria-label=board.words(|t| t.close_card) on:click=move |_| open(board, None)>{small_icon("cross")}</button>
                </div></div>
                <Topic board id=id.clone() card editing />
                <p class="reads">{move || reads(lang(), &get())}{gone}</p>
            </header>
            <Dial board id=id.clone() card />
            <Facts board id=id.clone() card editing />
            <Story board card />
            <Actions board id card />
        </aside>
    }
}

/// The words of the card. A click edits them.
#[component]
fn Topic(
    board: Board,
    id: PrefId,
    card: Memo<Option<Preference>>,
    editing: RwSignal<Option<Field>>,
) -> impl IntoView {
    let topic = Memo::new(move |_| card.get().unwrap_or_default().topic);
    move || {
        let id = id.clone();
        match editing.get() == Some(Field::Topic) {
            true => text_field(board, "card-topic", topic.get_untracked(), board.now().subject, editing, move |text| {
                let words = (board.now().did_edit)(&text);
                board.act(vec![Edit::Topic(id.clone(), text)], words, None);
            }),
            false => view! {
                <h2 class="subject"><button id="edit-topic" title=board.words(|t| t.edit_subject) on:click=move |_| begin(editing, Field::Topic, "card-topic")>
                    {move || topic.get()}{small_icon("edit")}
                </button></h2>
            }
            .into_any(),
        }
    }
}

/// Strength and side as a slider.
#[component]
fn Dial(board: Board, id: PrefId, card: Memo<Option<Preference>>) -> impl IntoView {
    let now = Memo::new(move |_| card.with(|card| card.as_ref().map_or(0, |card| card.strength)));
    // Where it was before it took its place, or before it was moved here.
    let was = Memo::new(move |before: Option<&(i8, Option<i8>)>| {
        let now = now.get();
        let older = card.with(|card| {
            let old = card.as_ref()?.supersedes.last()?.clone();
            board
                .book
                .with(|book| book.get(&old).map(|old| old.strength))
        });
        match before {
            Some((last, _)) if *last != now => (now, Some(*last)),
            Some((_, was)) if was.is_some() => (now, *was),
            _ => (now, older),
        }
    });
    let put = {
        let id = id.clone();
        move |stop: i8| {
            let words = board.now();
            let topic = card.get_untracked().unwrap_or_default().topic;
            let stop = stop.clamp(-2, 2);
            let said = (words.moved)(&topic, words.stop(stop), stop);
            board.act(vec![Edit::Strength(id.clone(), stop)], said, None);
        }
    };
    let by_key = put.clone();
    let on_key = move |event: KeyboardEvent| {
        let stop = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now.get_untracked() - 1,
            "ArrowRight" | "ArrowUp" => now.get_untracked() + 1,
            "Home" => -2,
            "End" => 2,
            _ => return,
        };
        event.prevent_default();
        by_key(stop);
    };
    let value = move || board.t().stop(now.get());
    view! {
        <div class="dial" id="card-dial" role="slider" tabindex="0" aria-label=board.words(|t| t.dial) aria-valuemin="-2" aria-valuemax="2"
            aria-valuenow=move || now.get().to_string() aria-valuetext=value on:keydown=on_key>
            <svg class="scale" aria-hidden="true">
                <line class="rail" x1="10%" x2="90%" y1="18" y2="18"></line>
                {ticks().skip(1).take(13).filter(|(x, _)| *x < 91.0).map(|(x, is_stop)| { let x = format!("{x:.2}%"); view! {
                    <line class:stop=is_stop x1=x.clone() x2=x y1=if is_stop { "6" } else { "11" } y2="18"></line>
                }}).collect_view()}
                {move || was.get().1.filter(|was| *was != now.get()).map(|was| view! {
                    <svg x=at(was) y="21" overflow="visible"><path class="was" d="M-6 11h12L0 0z"></path></svg>
                })}
                {move || view! { <svg x=at(now.get()) y="21" overflow="visible"><path class="hand" d="M-7 12h14L0 0z"></path></svg> }}
            </svg>
            <ol aria-hidden="true">
                {STOPS.map(|stop| { let put = put.clone(); view! {
                    <li data-stop=stop.to_string() aria-current=move || (now.get() == stop).then_some("true") on:click=move |_| put(stop)>{move || board.t().stop(stop)}</li>
                }})}
            </ol>
        </div>
    }
}

/// Split, merge, take back or restore; erase stands apart.
#[component]
fn Actions(board: Board, id: PrefId, card: Memo<Option<Preference>>) -> impl IntoView {
    let is_active = Memo::new(move |_| {
        card.with(|card| {
            card.as_ref()
                .is_some_and(|card| card.status == Status::Active)
        })
    });
    let erase = {
        let id = id.clone();
        move |_| {
            hide_popover("card-menu");
            board.sheet.set(Some(Sheet::Erase(vec![id.clone()])));
        }
    };
    view! {
        <div class="panel-actions">
            {move || {
                let [split, merge, retract, restore] = std::array::from_fn(|_| id.clone());
                match is_active.get() {
                    true => view! {
                        <button class="button" id="card-split" on:click=move |_| board.sheet.set(Some(Sheet::Split(split.clone())))>{board.words(|t| t.split)}</button>
                        <button class="button" id="card-merge" on:click=move |_| board.sheet.set(Some(Sheet::Merge(merge.clone())))>{board.words(|t| t.merge_into)}</button>
                        <button class="button button-bare" id="card-retract" on:click=move |_| board.retract(vec![retract.clone()])>{board.words(|t| t.retract)}</button>
                    }.into_any(),
                    false => view! {
                        <button class="button" id="card-restore" on:click=move |_| super::story::restore(board, &restore)>{board.words(|t| t.restore)}</button>
                    }.into_any(),
                }
            }}
        </div>
        <div class="menu" id="card-menu" popover="auto" data-align="end">
            <button class="button-loss" id="card-erase" on:click=erase>{icon("bin")}{board.words(|t| t.erase)}</button>
        </div>
    }
}
