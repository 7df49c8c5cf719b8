//! The prose of a reply as DOM nodes: built from the Markdown tree, patched while it grows.
//!
//! Every block is exactly one node of its parent, and every run exactly one node of its block, so
//! that two trees can be compared and the nodes found by their places. A token touches one text
//! node; what is selected stays selected, and nothing flashes. Text goes in as text nodes only.
//!
//! The blocks of a long text stand in parts, and the browser lays out the parts that are near the
//! view. So neither a token nor a burst costs what the whole reply does.

mod block;
mod dom;
pub mod entity;
mod inline;
mod language;
mod paint;

use std::sync::Arc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

use crate::markdown::Block;

use dom::Maker;
pub use language::language_of;
pub use paint::{Pending, paint_code, paint_math};

/// Blocks of a part. The first so many stand in the container itself.
const PART: usize = 16;

/// The words that the nodes carry, in the language of the interface.
#[derive(Clone, Copy)]
pub struct Labels {
    /// Names the button that copies a block of code.
    pub copy_code: &'static str,
    /// Offers to load an image from the host that is named.
    pub image_from: fn(&str) -> String,
    /// Says that an image from the host that is named is not shown, and that the link leads to it.
    pub image_plain: fn(&str) -> String,
    /// Says that an image cannot be loaded.
    pub image_refused: &'static str,
    /// Names the box of a task.
    pub task: &'static str,
    /// Names a table, which scrolls by keyboard.
    pub table: &'static str,
    /// Names a footnote, before its number.
    pub footnote: &'static str,
    /// Names the button that leads from a footnote back to the text.
    pub back_to_text: &'static str,
}

/// The nodes of one text, in one element that nothing else writes to.
pub struct Prose {
    maker: Maker,
    container: Element,
    shown: Vec<Arc<Block>>,
    nodes: Vec<Node>,
    parts: Vec<Element>,
    /// How many of the first blocks will not change any more.
    settled: usize,
    /// How many of the first blocks [`Prose::pending`] has already told about.
    told: usize,
    tail: Option<Element>,
}

impl Prose {
    /// Takes over an element and empties it. `None` where the element is in no document.
    pub fn new(container: Element, labels: Labels) -> Option<Prose> {
        let maker = Maker::new(container.owner_document()?, labels);
        container.set_text_content(None);
        Some(Prose {
            maker,
            container,
            shown: Vec::new(),
            nodes: Vec::new(),
            parts: Vec::new(),
            settled: 0,
            told: 0,
            tail: None,
        })
    }

    /// Keeps the first `keep` blocks, which are settled by this, and makes the rest look like `blocks`.
    /// A `keep` above the number of blocks shown means all of them.
    pub fn apply(&mut self, keep: usize, blocks: &[Arc<Block>]) {
        let keep = keep.min(self.shown.len());
        let rest = self.shown.split_off(keep);
        let same = rest
            .iter()
            .zip(blocks)
            .take_while(|(old, new)| Arc::ptr_eq(old, new) || old == new)
            .count();
        for (at, block) in blocks.iter().enumerate().skip(same) {
            match (rest.get(at), self.nodes.get(keep + at)) {
                (Some(old), Some(node)) if block::patch(&self.maker, node, old, block) => {}
                (Some(_), Some(node)) => {
                    let made = block::build(&self.maker, block);
                    dom::replace(self.home(keep + at), &made, node);
                    self.nodes[keep + at] = made;
                }
                _ => {
                    let made = block::build(&self.maker, block);
                    if self.nodes.len() / PART > self.parts.len() {
                        self.begin_part();
                    }
                    dom::append(self.home(self.nodes.len()), &made);
                    self.nodes.push(made);
                }
            }
        }
        for at in (keep + blocks.len()..self.nodes.len()).rev() {
            dom::remove(self.home(at), &self.nodes[at]);
            if at % PART == 0
                && let Some(part) = self.parts.pop()
            {
                dom::remove(&self.container, &part);
            }
        }
        self.nodes.truncate(keep + blocks.len());
        self.shown.extend_from_slice(blocks);
        self.settled = keep;
        self.told = self.told.min(keep);
        self.mark_tail();
    }

    /// Says that the text is complete: every block is settled, and there is no place to go on at.
    pub fn settle(&mut self) {
        self.settled = self.shown.len();
        if let Some(tail) = self.tail.take() {
            dom::unset(&tail, "data-tail");
        }
    }

    /// The code and the formulas of blocks that became settled since the last call; each is told once.
    pub fn pending(&mut self) -> Vec<Pending> {
        let mut found = Vec::new();
        for node in self.nodes.iter().take(self.settled).skip(self.told) {
            if let Some(element) = node.dyn_ref::<Element>() {
                paint::collect(element, &mut found);
            }
        }
        self.told = self.settled;
        found
    }

    /// Where the node of the block at a place stands.
    fn home(&self, at: usize) -> &Element {
        let part = (at / PART).checked_sub(1);
        part.and_then(|part| self.parts.get(part))
            .unwrap_or(&self.container)
    }

    fn begin_part(&mut self) {
        let part = self.maker.element("div", "part");
        dom::append(&self.container, &part);
        self.parts.push(part);
    }

    /// Moves the mark to the element where the text will go on; the sheet draws the caret there.
    fn mark_tail(&mut self) {
        let last = self.shown.last().zip(self.nodes.last());
        let tail = last.and_then(|(block, node)| block::tail(node, block));
        if tail == self.tail {
            return;
        }
        if let Some(old) = &self.tail {
            dom::unset(old, "data-tail");
        }
        if let Some(new) = &tail {
            dom::set(new, "data-tail", "");
        }
        self.tail = tail;
    }
}
