//! Blocks: paragraphs, headings, code, quotations, formulas, footnotes; lists and tables of them.

mod list;
mod table;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

use crate::markdown::Block;

use super::dom::{Maker, append, child, reconcile, retext, same, set, unset};
use super::inline;

/// Makes the one node of a block.
pub(super) fn build(maker: &Maker, block: &Block) -> Node {
    let element = match block {
        Block::Paragraph(runs) => with_runs(maker, "p", runs),
        Block::Heading(level, runs) => with_runs(maker, heading(*level), runs),
        Block::Code { language, text, .. } => code(maker, language, text),
        Block::Quote(blocks) => {
            let quote = maker.element("blockquote", "");
            fill(maker, &quote, blocks);
            quote
        }
        Block::List {
            start,
            tight,
            items,
        } => list::build(maker, *start, *tight, items),
        Block::Table { align, head, rows } => table::build(maker, align, head, rows),
        Block::Math(tex) => {
            let place = maker.element("div", "display-math");
            append(&place, &inline::math(maker, tex, true));
            place
        }
        Block::Rule => maker.element("hr", ""),
        Block::Html(text) => maker.holding("p", "html", text),
        Block::Footnote(number, blocks) => footnote(maker, *number, blocks),
    };
    element.into()
}

/// Changes the node of a block in place; `false` where it has to be replaced.
pub(super) fn patch(maker: &Maker, node: &Node, old: &Block, new: &Block) -> bool {
    let Some(element) = node.dyn_ref::<Element>() else {
        return false;
    };
    match (old, new) {
        (Block::Paragraph(old), Block::Paragraph(new)) => inline::patch(maker, element, old, new),
        (Block::Heading(old_level, old), Block::Heading(level, new))
            if heading(*old_level) == heading(*level) =>
        {
            inline::patch(maker, element, old, new);
        }
        (
            Block::Code {
                language: was,
                text: old,
                ..
            },
            Block::Code { language, text, .. },
        ) => {
            return patch_code(element, (was, language), (old, text));
        }
        (Block::Quote(old), Block::Quote(new)) => patch_all(maker, element, 0, old, new),
        (
            Block::List {
                start: old_start,
                items: old,
                ..
            },
            Block::List {
                start,
                tight,
                items: new,
            },
        ) if old_start.is_some() == start.is_some() => {
            list::patch(maker, element, (*start, *tight), old, new)
        }
        (
            Block::Table {
                align: old_align,
                head: old_head,
                rows: old_rows,
            },
            Block::Table { align, head, rows },
        ) if old_align == align => {
            return table::patch(maker, element, align, (old_head, head), (old_rows, rows));
        }
        (Block::Html(old), Block::Html(new)) => retext(element, old, new),
        (Block::Footnote(old_number, old), Block::Footnote(number, new))
            if old_number == number =>
        {
            let Some(body) = child(element, 1) else {
                return false;
            };
            patch_all(maker, &body, 0, old, new);
        }
        (old, new) => return old == new,
    }
    true
}

/// The element at whose end the text of a block goes on.
pub(super) fn tail(node: &Node, block: &Block) -> Option<Element> {
    let element = node.dyn_ref::<Element>()?;
    match block {
        Block::Paragraph(_) | Block::Heading(..) | Block::Html(_) => Some(element.clone()),
        Block::Code { .. } => code_of(element),
        Block::Quote(blocks) => tail_of(element, blocks),
        Block::List { items, .. } => {
            let item = element.last_element_child()?;
            items
                .last()
                .and_then(|of| tail_of(&item, &of.blocks))
                .or(Some(item))
        }
        Block::Table { .. } => table::tail(element),
        Block::Footnote(_, blocks) => tail_of(&child(element, 1)?, blocks),
        Block::Math(_) | Block::Rule => None,
    }
}

/// Puts the nodes of blocks at the end of an element.
fn fill(maker: &Maker, parent: &Element, blocks: &[Block]) {
    for block in blocks {
        append(parent, &build(maker, block));
    }
}

/// Makes the children of an element from `first` on, which show `old`, show `new`.
fn patch_all(maker: &Maker, parent: &Element, first: usize, old: &[Block], new: &[Block]) {
    reconcile(
        parent,
        first,
        old,
        new,
        same(old, new),
        |node, at| patch(maker, node, &old[at], &new[at]),
        |at| build(maker, &new[at]),
    );
}

fn tail_of(parent: &Element, blocks: &[Block]) -> Option<Element> {
    tail(parent.last_element_child()?.as_ref(), blocks.last()?)
}

fn with_runs(maker: &Maker, tag: &'static str, runs: &[crate::markdown::Inline]) -> Element {
    let element = maker.element(tag, "");
    inline::fill(maker, &element, runs);
    element
}

/// The page's own title is the only `h1`; a reply has no use for more than four levels.
fn heading(level: u8) -> &'static str {
    match level {
        0..=2 => "h2",
        3 => "h3",
        4 => "h4",
        _ => "h5",
    }
}

fn code(maker: &Maker, language: &str, text: &str) -> Element {
    let block = maker.element("div", "code");
    let head = maker.element("div", "code-head");
    append(&head, &maker.holding("span", "", language));
    let copy = maker.button("tool", "copy-code");
    set(&copy, "aria-label", maker.labels.copy_code);
    set(&copy, "title", maker.labels.copy_code);
    append(&copy, &maker.icon("#copy", "icon"));
    append(&head, &copy);
    append(&block, &head);
    let pre = maker.element("pre", "");
    set(&pre, "tabindex", "0");
    let code = maker.holding("code", "", text);
    name_language(&code, language);
    append(&pre, &code);
    append(&block, &pre);
    block
}

fn patch_code(block: &Element, (was, language): (&str, &str), (old, text): (&str, &str)) -> bool {
    let Some(code) = code_of(block) else {
        return false;
    };
    if was != language {
        let Some(name) = child(block, 0).and_then(|head| child(&head, 0)) else {
            return false;
        };
        retext(&name, was, language);
        name_language(&code, language);
    }
    if code.has_attribute("data-done") {
        unset(&code, "data-done"); // painted for an older text
        code.set_text_content(Some(text));
    } else {
        retext(&code, old, text);
    }
    true
}

fn code_of(block: &Element) -> Option<Element> {
    child(block, 1).and_then(|pre| child(&pre, 0))
}

fn name_language(code: &Element, language: &str) {
    code.set_class_name(&format!("language-{language}"));
}

fn footnote(maker: &Maker, number: u32, blocks: &[Block]) -> Element {
    let number = number.to_string();
    let note = maker.element("section", "note");
    set(&note, "data-note-text", &number);
    set(&note, "tabindex", "-1");
    set(
        &note,
        "aria-label",
        &format!("{} {number}", maker.labels.footnote),
    );
    append(&note, &maker.holding("span", "number", &number));
    let body = maker.element("div", "note-body");
    fill(maker, &body, blocks);
    append(&note, &body);
    let back = maker.button("back", "from-note");
    set(&back, "data-note", &number);
    set(&back, "aria-label", maker.labels.back_to_text);
    set(&back, "title", maker.labels.back_to_text);
    append(&back, &maker.text("↑"));
    append(&note, &back);
    note
}
