//! Marks the continuations in the words of a reply, without touching a node: by the browser's own highlights.
//!
//! The words on the page are not the text that was sent: signs of Markdown are gone, addresses hidden. So the place is
//! found by letters alone, and where it cannot be found nothing is marked; the list of seams quotes the words anyway.

use crate::web::clock::{self, global};
use crate::web::ui::focus;
use js_sys::{Array, Function, Reflect};
use leptos::prelude::document;
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node};

/// The name of the highlight, for the style sheet.
const NAME: &str = "mended";
/// The attribute of the block that was cut.
const CUT: &str = "data-cut";
/// Frames that are waited for the last words.
const FRAMES: u32 = 2;
/// So many letters tell a place from another.
const ENOUGH: usize = 24;

/// Letters as they stand on the page, each with its text node and its place there in UTF-16.
#[derive(Default)]
pub struct Letters {
    all: Vec<char>,
    at: Vec<(usize, u32)>,
    nodes: Vec<Node>,
}

/// Marks these parts of the text of a reply.
pub fn show(seq: u32, text: &str, parts: &[Range<usize>]) {
    clear();
    let Some(prose) = focus::find(&format!("#m{seq} .prose")) else {
        return;
    };
    let letters = Letters::of(&prose);
    let place = |at: usize| letters.place(text, at);
    let ranges = Array::new();
    for part in parts {
        let Some(from) = place(part.start) else {
            continue;
        };
        let to = match part.end < text.len() {
            true => place(part.end).unwrap_or(letters.all.len()),
            false => letters.all.len(),
        };
        if let Some(range) = letters.range(from, to) {
            ranges.push(&range);
        }
    }
    set(&ranges);
}

/// Marks nothing any more.
pub fn clear() {
    if let Some((registry, delete)) = registry("delete") {
        let _ = delete.call1(&registry, &NAME.into());
    }
}

impl Letters {
    /// The letters of an element, without the heads of code blocks.
    pub fn of(element: &Element) -> Self {
        let mut letters = Self::default();
        letters.read(element);
        letters
    }

    /// Which letter on the page is the first one from a place of the text on; the number of letters where none follows.
    pub fn place(&self, text: &str, at: usize) -> Option<usize> {
        let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let (before, after) = (text.get(..at)?, text.get(at..)?);
        match count(after) {
            0 => Some(self.all.len()),
            left => {
                let before = count(before);
                self.find(after, before as f64 / (before + left) as f64)
            }
        }
    }

    /// The text node of a letter, and where the letter ends in it.
    pub fn end(&self, nth: usize) -> Option<(Node, u32)> {
        let (node, at) = *self.at.get(nth)?;
        let wide = self.all.get(nth)?.len_utf16() as u32;
        Some((self.nodes.get(node)?.clone(), at + wide))
    }

    fn read(&mut self, element: &Element) {
        let nodes = element.child_nodes();
        for nth in 0..nodes.length() {
            let Some(node) = nodes.item(nth) else {
                continue;
            };
            match node.dyn_ref::<Element>() {
                Some(inner) if inner.class_name() == "code-head" => {}
                Some(inner) => self.read(inner),
                None => self.add(node),
            }
        }
    }

    fn add(&mut self, node: Node) {
        let mut at = 0;
        for c in node.node_value().unwrap_or_default().chars() {
            if c.is_alphanumeric() {
                self.all.push(c);
                self.at.push((self.nodes.len(), at));
            }
            at += c.len_utf16() as u32;
        }
        self.nodes.push(node);
    }

    /// Where a text goes on: the place nearest to its share of the whole at which its first letters stand.
    fn find(&self, after: &str, share: f64) -> Option<usize> {
        let wanted: Vec<char> = shown_words(after)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .take(ENOUGH)
            .collect();
        let expected = share * self.all.len() as f64;
        let far = |at: &usize| (*at as f64 - expected).abs();
        for most in [wanted.len(), wanted.len().min(ENOUGH / 2)] {
            let part = &wanted[..most];
            let found = self
                .all
                .windows(most.max(1))
                .enumerate()
                .filter(|(_, window)| *window == part);
            let nearest = found
                .map(|(at, _)| at)
                .min_by(|a, b| far(a).total_cmp(&far(b)));
            if most > 0 && nearest.is_some() {
                return nearest;
            }
        }
        None
    }

    fn range(&self, from: usize, to: usize) -> Option<JsValue> {
        let (first, start) = *self.at.get(from)?;
        let (last, end) = *self.at.get(to.checked_sub(1)?)?;
        let range = document().create_range().ok()?;
        range.set_start(&self.nodes[first], start).ok()?;
        let length = self.nodes[last]
            .node_value()
            .unwrap_or_default()
            .encode_utf16()
            .count() as u32;
        let end = if to == self.all.len() {
            length
        } else {
            end + 1
        };
        range.set_end(&self.nodes[last], end.min(length)).ok()?;
        Some(range.into())
    }
}

/// The first line of a text with letters that stand on the page: not the number of an item, nor the name of a language.
fn shown_words(text: &str) -> &str {
    let words = |line| {
        let line = str::trim_start(line);
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        match number.strip_prefix(['.', ')']) {
            Some(rest) if number.len() < line.len() => rest,
            _ => line,
        }
    };
    let lines = text.lines().map(words);
    let mut shown =
        lines.filter(|line| !line.starts_with("```") && line.chars().any(char::is_alphanumeric));
    shown.next().unwrap_or_default()
}

/// Puts the cut mark behind the last words of a reply, by an attribute to which the sheet draws it: the nodes are the
/// chat's own.
pub async fn show_cut(seq: u32) {
    // The last words may come to the page with the news that they were the last.
    for _ in 0..FRAMES {
        clock::frame().await;
    }
    clear_cut();
    let tail = focus::find(&format!("#m{seq} .prose")).and_then(|prose| tail(prose.into()));
    if let Some(tail) = tail {
        let _ = tail.set_attribute(CUT, "");
    }
}

/// Takes the cut mark away.
pub fn clear_cut() {
    if let Some(old) = focus::find(&format!("[{CUT}]")) {
        let _ = old.remove_attribute(CUT);
    }
}

/// The innermost block that holds the last words.
fn tail(element: Element) -> Option<Element> {
    const BLOCKS: &str = "p, ul, ol, li, h2, h3, h4, h5, blockquote, .code, pre, pre > code, div, table, tbody, thead, tr, td, th";
    let mut here = element;
    loop {
        let last = here.last_element_child();
        match last.filter(|last| last.matches(BLOCKS).unwrap_or(false)) {
            Some(last) => here = last,
            None => return Some(here),
        }
    }
}

fn set(ranges: &Array) {
    let (Some(make), Some((registry, set))) = (global("Highlight"), registry("set")) else {
        return;
    };
    let Ok(make) = make.dyn_into::<Function>() else {
        return;
    };
    if let Ok(highlight) = Reflect::construct(&make, ranges) {
        let _ = set.call2(&registry, &NAME.into(), &highlight);
    }
}

/// The page's highlights and one of their methods; `None` where the browser has none.
fn registry(method: &str) -> Option<(JsValue, Function)> {
    let registry = Reflect::get(&global("CSS")?, &"highlights".into()).ok()?;
    let method = Reflect::get(&registry, &method.into())
        .ok()?
        .dyn_into()
        .ok()?;
    Some((registry, method))
}
