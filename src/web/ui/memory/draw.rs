//! Lanes and cards as nodes. There can be thousands, so they are made by hand: a card is drawn anew only when
//! something that it shows has changed, and every gesture on it is heard by the board.

use super::board::{Board, PAGE};
use super::words::label;
use crate::i18n::Lang;
use crate::i18n::preference as words;
use crate::memory::{Book, Head, Lane, PrefId, Preference, Range, Row, Scope, Status};
use crate::web::ui::time;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Cards whose layout is left out together while they are out of sight.
const CHUNK: usize = 40;
const SVG: &str = "http://www.w3.org/2000/svg";

/// Everything that drawing depends on.
pub struct Drawing<'a> {
    /// The lanes in order.
    pub lanes: &'a [Lane],
    /// The cards.
    pub book: &'a Book,
    /// How many cards may be drawn.
    pub limit: usize,
    /// The lanes that are folded.
    pub folded: &'a BTreeSet<Head>,
    /// The cards that are selected.
    pub chosen: &'a BTreeSet<PrefId>,
    /// The card that is open.
    pub opened: Option<&'a PrefId>,
    /// The language.
    pub lang: Lang,
}

/// Draws the lanes into their host. Says whether some were left for later.
pub fn draw(host: &Element, drawing: &Drawing) -> bool {
    let mut room = drawing.limit;
    let mut wanted: Vec<(String, &Lane, usize)> = Vec::new();
    let mut cut = false;
    for lane in drawing.lanes {
        if room == 0 {
            cut = true;
            break;
        }
        let shown = match drawing.folded.contains(&lane.head) {
            true => 0,
            false => lane.rows.len().min(room),
        };
        cut |= shown < lane.rows.len() && !drawing.folded.contains(&lane.head);
        room -= shown;
        wanted.push((head_key(lane.head), lane, shown));
    }
    sync(host, wanted.iter().map(|(key, ..)| key.clone()), |at| {
        let section = element("section", "lane");
        set(&section, "data-lane", &wanted[at].0);
        append(&section, &element("h2", ""));
        section
    });
    for (node, (_, lane, shown)) in children(host).into_iter().zip(&wanted) {
        fill_lane(&node, lane, *shown, drawing);
    }
    give_tab_stop(host);
    cut
}

/// The name of a lane.
pub fn head_name(lang: Lang, head: Head) -> &'static str {
    match head {
        Head::Area(area) => words::area(lang, area),
        Head::Kind(kind) => words::kind(lang, kind),
    }
}

/// The stable name of a lane in the page.
pub fn head_key(head: Head) -> String {
    format!("{head:?}")
}

fn fill_lane(section: &Element, lane: &Lane, shown: usize, drawing: &Drawing) {
    let name = head_name(drawing.lang, lane.head);
    let folded = drawing.folded.contains(&lane.head);
    let count = lane.cards().count();
    let print = format!("{name} {count} {folded}");
    if let Some(heading) = section.first_element_child()
        && heading.get_attribute("data-print").as_deref() != Some(&print)
    {
        set(&heading, "data-print", &print);
        let button = element("button", "lane-head");
        set(&button, "type", "button");
        set(
            &button,
            "aria-expanded",
            if folded { "false" } else { "true" },
        );
        append(&button, &holding("span", "", name));
        append(&button, &holding("span", "figure", &count.to_string()));
        append(&button, &icon("next", "icon icon-small"));
        heading.replace_children_with_node_1(&button);
    }
    let chunks: Vec<&[Row]> = lane.rows[..shown].chunks(CHUNK).collect();
    let lists: Vec<String> = (0..chunks.len()).map(|at| format!("list {at}")).collect();
    let keys = std::iter::once("head".to_owned()).chain(lists);
    if let Some(heading) = section.first_element_child() {
        set(&heading, "data-key", "head");
    }
    sync(section, keys, |_| {
        let list = element("div", "lane-cards");
        set(&list, "role", "listbox");
        set(&list, "aria-multiselectable", "true");
        list
    });
    for (list, rows) in children(section).into_iter().skip(1).zip(chunks) {
        set(&list, "aria-label", name);
        let keys = rows.iter().map(|row| row_key(row, drawing));
        sync(&list, keys, |at| draw_row(&rows[at], drawing));
    }
}

/// What a row shows, in a few letters: where this has not changed, the row stays as it is.
fn row_key(row: &Row, drawing: &Drawing) -> String {
    let mut hasher = DefaultHasher::new();
    drawing.lang.hash(&mut hasher);
    let ids = match row {
        Row::Card(id) => [Some(id), None],
        Row::Trail(new, old) => [Some(new), Some(old)],
    };
    for id in ids.into_iter().flatten() {
        if let Some(card) = drawing.book.get(id) {
            (&card.topic, card.strength, &card.condition, card.until).hash(&mut hasher);
            (card.status, card.pinned, &card.scope, card.last_seen).hash(&mut hasher);
        }
        drawing.book.uses(id).times.hash(&mut hasher);
        (drawing.chosen.contains(id), drawing.opened == Some(id)).hash(&mut hasher);
    }
    let first = ids[0].map(PrefId::as_str).unwrap_or_default();
    format!("{first} {:x}", hasher.finish())
}

fn draw_row(row: &Row, drawing: &Drawing) -> Element {
    let draw = |id: &PrefId| drawing.book.get(id).map(|card| draw_card(card, drawing));
    match row {
        Row::Card(id) => draw(id).unwrap_or_else(|| element("div", "")),
        Row::Trail(new, old) => {
            let line = element("div", "trail-row");
            set(&line, "role", "none");
            let cards = drawing.book.get(new).zip(drawing.book.get(old));
            if let (Some((new, old)), Some(a), Some(b)) = (cards, draw(new), draw(old)) {
                append(&line, &a);
                append(&line, &draw_trail(new, old, drawing.lang));
                append(&line, &b);
            }
            line
        }
    }
}

/// The way from the old stop to the new one, with its date.
fn draw_trail(new: &Preference, old: &Preference, lang: Lang) -> Element {
    let trail = element("div", "trail");
    set(&trail, "data-from", &old.strength.to_string());
    set(&trail, "data-to", &new.strength.to_string());
    set(
        &trail,
        "data-toward",
        if new.strength < old.strength {
            "start"
        } else {
            "end"
        },
    );
    append(&trail, &icon("left", "icon icon-small"));
    // Of what was restored the day is not the card's own; the story tells it.
    if new.first_seen >= old.first_seen {
        let words = (lang.memory().trail)(&time::date_of(lang, new.first_seen));
        append(&trail, &holding("span", "", &words));
    }
    trail
}

fn draw_card(card: &Preference, drawing: &Drawing) -> Element {
    let lang = drawing.lang;
    let times = drawing.book.uses(&card.id).times;
    let is_open = drawing.opened == Some(&card.id);
    let node = element("div", if is_open { "card brackets" } else { "card" });
    for (name, value) in [
        ("role", "option"),
        ("tabindex", "-1"),
        ("data-id", card.id.as_str()),
        ("data-zone", &card.strength.to_string()),
        ("data-status", card.status.name()),
        ("aria-label", &label(lang, card, times)),
        (
            "aria-selected",
            if drawing.chosen.contains(&card.id) {
                "true"
            } else {
                "false"
            },
        ),
    ] {
        set(&node, name, value);
    }
    if is_open {
        set(&node, "aria-current", "true");
    }
    let heading = element("h3", "");
    append(&heading, &holding("span", "", &card.topic));
    if card.pinned {
        append(&heading, &icon("pin", "icon"));
    }
    append(&node, &heading);
    if let Some(tags) = draw_tags(card, lang) {
        append(&node, &tags);
    }
    let foot = element("footer", "");
    append(&foot, &icon(meter(card.strength), "meter"));
    let figure = match card.status {
        Status::Active => (lang.memory().used)(times),
        _ => time::date_of(lang, card.last_seen),
    };
    append(&foot, &holding("span", "figure", &figure));
    append(&node, &foot);
    node
}

/// Condition, end and range as chips.
fn draw_tags(card: &Preference, lang: Lang) -> Option<Element> {
    let tags = element("p", "tags");
    if !card.condition.is_empty() {
        append(&tags, &holding("span", "tag", &card.condition));
    }
    if let Some(until) = card.until {
        let tag = element("span", "tag");
        set(&tag, "data-kind", "until");
        append(&tag, &icon("clock", "icon"));
        append(
            &tag,
            &holding("span", "", &(lang.memory().until)(&time::figures(until))),
        );
        append(&tags, &tag);
    }
    if card.scope != Scope::Everywhere {
        let tag = element("span", "tag");
        set(&tag, "data-kind", "scope");
        let range = Range::of(&card.scope);
        append(
            &tag,
            &icon(
                if range == Range::Chat {
                    "chat"
                } else {
                    "persona"
                },
                "icon",
            ),
        );
        append(&tag, &holding("span", "", words::range(lang, range)));
        append(&tags, &tag);
    }
    tags.has_child_nodes().then_some(tags)
}

fn meter(strength: i8) -> &'static str {
    match strength {
        ..=-2 => "meter-m2",
        -1 => "meter-m1",
        0 => "meter-0",
        1 => "meter-p1",
        2.. => "meter-p2",
    }
}

/// One card of the board, and one only, is reached by Tab.
fn give_tab_stop(host: &Element) {
    let found = |css| host.query_selector(css).ok().flatten();
    if found("[data-id][tabindex=\"0\"]").is_none()
        && let Some(first) = found("[data-id]")
    {
        set(&first, "tabindex", "0");
    }
}

/// Makes the children of a node those of the keys, in order; those that are there already stay, and so does the
/// keyboard on them.
fn sync(parent: &Element, keys: impl Iterator<Item = String>, make: impl Fn(usize) -> Element) {
    let keys: Vec<String> = keys.collect();
    let wanted: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
    let mut old = std::collections::BTreeMap::new();
    for child in children(parent) {
        match child.get_attribute("data-key") {
            Some(key) if wanted.contains(key.as_str()) => drop(old.insert(key, child)),
            _ => child.remove(),
        }
    }
    let mut next = parent.first_element_child();
    for (at, key) in keys.iter().enumerate() {
        let there = next
            .as_ref()
            .and_then(|node| node.get_attribute("data-key"));
        if there.as_deref() == Some(key) {
            next = next.and_then(|node| node.next_element_sibling());
            continue;
        }
        let node = old.remove(key).unwrap_or_else(|| {
            let node = make(at);
            set(&node, "data-key", key);
            node
        });
        let _ = parent.insert_before(&node, next.as_deref());
    }
}

fn children(parent: &Element) -> Vec<Element> {
    let list = parent.children();
    (0..list.length()).filter_map(|at| list.item(at)).collect()
}

fn element(tag: &'static str, class: &str) -> Element {
    let element = document().create_element(tag).expect("a valid tag name");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

fn holding(tag: &'static str, class: &str, text: &str) -> Element {
    let element = element(tag, class);
    element.set_text_content(Some(text));
    element
}

fn icon(id: &str, class: &str) -> Element {
    let make = |tag| {
        document()
            .create_element_ns(Some(SVG), tag)
            .expect("a valid tag name")
    };
    let (svg, part) = (make("svg"), make("use"));
    set(&svg, "class", class);
    set(&svg, "aria-hidden", "true");
    set(&part, "href", &["#", id].concat());
    append(&svg, &part);
    svg
}

fn set(element: &Element, name: &str, value: &str) {
    // Fails only for names that are no names.
    let _ = element.set_attribute(name, value);
}

fn append(parent: &Element, child: &Element) {
    let _ = parent.append_child(child);
}

/// More cards are drawn when the end of those that are comes near.
pub fn on_scroll(board: Board, scroller: &HtmlElement) {
    let left = scroller.scroll_height() - scroller.scroll_top() - scroller.client_height();
    if left < 3 * scroller.client_height() {
        board.limit.update(|limit| *limit += PAGE);
    }
}

/// The card that an event happened on.
pub fn card_of(target: Option<web_sys::EventTarget>) -> Option<HtmlElement> {
    let element = target?.dyn_into::<Element>().ok()?;
    let card = element.closest("[data-id]").ok().flatten()?;
    card.dyn_into().ok()
}

/// The id of a card's node.
pub fn id_of(card: &HtmlElement) -> PrefId {
    PrefId(card.get_attribute("data-id").unwrap_or_default())
}
