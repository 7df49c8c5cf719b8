//! The keyboard on the board: arrows go from card to card, with Alt or Shift they move the card.

use super::board::{Board, focus_card};
use super::draw::{card_of, id_of};
use super::scale::{open, toggle};
use crate::memory::PrefId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent};

/// A key while a card has the keyboard.
pub fn on_key(board: Board, event: &KeyboardEvent) {
    let Some(card) = card_of(event.target()) else {
        return;
    };
    if event.is_composing() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let id = id_of(&card);
    let moves = event.alt_key() || event.shift_key();
    match event.key().as_str() {
        "ArrowLeft" if moves => nudge(board, &id, -1),
        "ArrowRight" if moves => nudge(board, &id, 1),
        "ArrowLeft" => go(&card, -1.0, 0.0),
        "ArrowRight" => go(&card, 1.0, 0.0),
        "ArrowUp" if !moves => go(&card, 0.0, -1.0),
        "ArrowDown" if !moves => go(&card, 0.0, 1.0),
        "Home" => end(false),
        "End" => end(true),
        "Enter" => open(board, Some(id)),
        " " => toggle(board, &id),
        "Delete" | "Backspace" => {
            // The card leaves; the keyboard goes on with the next one.
            if let Some(next) = near(&card) {
                focus_card(&next);
            }
            board.retract(vec![id]);
        }
        "Escape" if !board.chosen.read_untracked().is_empty() => {
            board.chosen.set(Default::default());
            focus_card(&id);
        }
        "Escape" if untrack(|| board.opened()).is_some() => open(board, None),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// A key anywhere on the screen: undo and redo.
pub fn on_page_key(board: Board, event: &KeyboardEvent) {
    let control = event.ctrl_key() || event.meta_key();
    if !control || event.alt_key() || event.is_composing() || types(event.target()) {
        return;
    }
    match (event.key().to_lowercase().as_str(), event.shift_key()) {
        ("z", false) => board.step(false),
        ("z", true) | ("y", false) => board.step(true),
        _ => return,
    }
    event.prevent_default();
}

/// Whether keys are for a text.
fn types(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| {
        let kind = element.get_attribute("type").unwrap_or_default();
        element.matches("textarea, select").unwrap_or(false)
            || (element.tag_name() == "INPUT" && !matches!(kind.as_str(), "checkbox" | "radio"))
    })
}

/// The card that got the keyboard is the one that Tab comes back to.
pub fn take_tab_stop(target: Option<EventTarget>) {
    let Some(card) = card_of(target) else { return };
    let Ok(Some(before)) = document().query_selector("#lanes [data-id][tabindex=\"0\"]") else {
        return;
    };
    let _ = before.set_attribute("tabindex", "-1");
    let _ = card.set_attribute("tabindex", "0");
}

fn nudge(board: Board, id: &PrefId, by: i8) {
    let Some(card) = board.card(id) else { return };
    let to = (card.strength + by).clamp(-2, 2);
    if to == card.strength {
        let words = board.now();
        board.say((words.moved)(&card.topic, words.stop(to), to));
    }
    board.put(id, to);
}

/// To the nearest card in a direction.
fn go(from: &HtmlElement, right: f64, down: f64) {
    let (x, y) = middle(from);
    let mut best: Option<(f64, HtmlElement)> = None;
    for card in around(from) {
        let (cx, cy) = middle(&card);
        let ahead = (cx - x) * right + (cy - y) * down;
        let aside = ((cx - x) * down).abs() + ((cy - y) * right).abs();
        if ahead < 8.0 {
            continue;
        }
        let cost = ahead + 3.0 * aside;
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, card));
        }
    }
    if let Some((_, card)) = best {
        let _ = card.focus();
    }
}

/// The cards of the list that a card is in, and of those before and after it.
fn around(card: &HtmlElement) -> Vec<HtmlElement> {
    let lists = cards_of("#lanes .lane-cards");
    let own = card.closest(".lane-cards").ok().flatten();
    let at = lists
        .iter()
        .position(|list| own.as_ref() == Some(list.as_ref()));
    let at = at.unwrap_or_default();
    let near = lists
        .iter()
        .skip(at.saturating_sub(1))
        .take(if at == 0 { 2 } else { 3 });
    near.flat_map(|list| under(list, "[data-id]")).collect()
}

/// The card after this one, or before it where it is the last.
fn near(card: &HtmlElement) -> Option<PrefId> {
    let all = around(card);
    let at = all.iter().position(|one| one == card)?;
    let next = all.get(at + 1).or_else(|| all.get(at.checked_sub(1)?))?;
    Some(id_of(next))
}

fn end(last: bool) {
    let all = cards_of("#lanes [data-id]");
    let card = if last { all.last() } else { all.first() };
    if let Some(card) = card {
        let _ = card.focus();
    }
}

fn cards_of(css: &str) -> Vec<HtmlElement> {
    match document().document_element() {
        Some(root) => under(&root, css),
        None => Vec::new(),
    }
}

fn under(root: &Element, css: &str) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(css) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

fn middle(card: &HtmlElement) -> (f64, f64) {
    let place = card.get_bounding_client_rect();
    (
        place.x() + place.width() / 2.0,
        place.y() + place.height() / 2.0,
    )
}
