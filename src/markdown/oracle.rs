//! comrak's tree to ours, for comparison in tests: the only file that knows comrak.

mod compare;
mod inline;
mod spec;

use comrak::nodes::{ListType, Node, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::convert::may_define;
use super::shield::{restore, shield};
use super::{Align, Block, Inline, Item};
use crate::text::{Piece, marks};

/// Quotes, lists and emphasis deeper than this become plain text.
const MAX_DEPTH: usize = 32;
/// comrak follows references for at most as many bytes as the text has, and never more than this. Texts with
/// definitions are made at least this long, so that a part of a text is read like the whole.
const MAX_REFERENCES: usize = 100_000;

/// The blocks of a text, footnotes last, and the line on which each starts, from 0.
fn parse(text: &str) -> (Vec<Block>, Vec<usize>) {
    let (preamble, shift) = preamble(text);
    let source = preamble + &shield(text);
    let arena = Arena::new();
    let root = parse_document(&arena, &source, &options());
    let line = |node: Node<'_>| node.data().sourcepos.start.line.saturating_sub(1 + shift);
    let mut footnotes = 0;
    root.children()
        .filter_map(|node| Some((block(node, 0, &mut footnotes)?, line(node))))
        .unzip()
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.cjk_friendly_emphasis = true;
    options
}

/// What goes before the text, and how many lines it has.
fn preamble(text: &str) -> (String, usize) {
    if may_define(text) {
        (
            format!("[\u{FFFF}]: <{}>\n\n", "a".repeat(MAX_REFERENCES)),
            2,
        )
    } else if text.starts_with('\u{FEFF}') {
        // comrak would drop the mark, but only at the very start.
        ("\n".to_owned(), 1)
    } else {
        (String::new(), 0)
    }
}

fn blocks(parent: Node<'_>, depth: usize, footnotes: &mut u32) -> Vec<Block> {
    if depth >= MAX_DEPTH {
        let text = plain(parent);
        return if text.is_empty() {
            Vec::new()
        } else {
            vec![Block::Paragraph(inline::text(&text))]
        };
    }
    parent
        .children()
        .filter_map(|node| block(node, depth + 1, footnotes))
        .collect()
}

fn block(node: Node<'_>, depth: usize, footnotes: &mut u32) -> Option<Block> {
    Some(match &node.data().value {
        NodeValue::Paragraph => paragraph(inline::children(node, 0)),
        NodeValue::Heading(heading) => {
            Block::Heading(heading.level.clamp(1, 6), inline::children(node, 0))
        }
        NodeValue::CodeBlock(code) => Block::Code {
            language: language(&restore(&code.info)),
            text: restore(&code.literal).into_owned(),
            closed: code.closed || !code.fenced,
        },
        NodeValue::BlockQuote => Block::Quote(blocks(node, depth, footnotes)),
        NodeValue::List(list) => Block::List {
            start: (list.list_type == ListType::Ordered)
                .then(|| u32::try_from(list.start).unwrap_or(1)),
            tight: list.tight,
            items: node
                .children()
                .map(|item| self::item(item, depth, footnotes))
                .collect(),
        },
        NodeValue::Table(table) => self::table(node, &table.alignments),
        NodeValue::ThematicBreak => Block::Rule,
        NodeValue::HtmlBlock(html) => Block::Html(restore(&html.literal).into_owned()),
        // One that is never referred to, or defined again later, says nothing.
        NodeValue::FootnoteDefinition(footnote) if footnote.total_references == 0 => return None,
        NodeValue::FootnoteDefinition(_) => {
            *footnotes += 1;
            Block::Footnote(*footnotes, blocks(node, depth, footnotes))
        }
        _ => Block::Paragraph(inline::text(&plain(node))),
    })
}

/// A paragraph, or the displayed formula that is all it holds.
fn paragraph(mut content: Vec<Inline>) -> Block {
    match content.as_mut_slice() {
        [Inline::Math(formula, true)] => Block::Math(std::mem::take(formula)),
        _ => Block::Paragraph(content),
    }
}

fn item(node: Node<'_>, depth: usize, footnotes: &mut u32) -> Item {
    let task = match &node.data().value {
        NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
        _ => None,
    };
    Item {
        task,
        blocks: blocks(node, depth, footnotes),
    }
}

fn table(node: Node<'_>, alignments: &[TableAlignment]) -> Block {
    let align: Vec<Align> = alignments
        .iter()
        .map(|align| match align {
            TableAlignment::None => Align::None,
            TableAlignment::Left => Align::Left,
            TableAlignment::Center => Align::Center,
            TableAlignment::Right => Align::Right,
        })
        .collect();
    let mut rows = node.children().map(|row| {
        let mut cells: Vec<Vec<Inline>> = row
            .children()
            .map(|cell| inline::children(cell, 0))
            .collect();
        cells.resize(align.len(), Vec::new());
        cells
    });
    let head = rows.next().unwrap_or_default();
    let rows = rows.collect();
    Block::Table { align, head, rows }
}

/// The first word of an info string, without hidden characters.
fn language(info: &str) -> String {
    let word = info.split_whitespace().next().unwrap_or_default();
    let shown = marks(word).filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Mark(_) => None,
    });
    shown.collect()
}

/// All text below a node, without recursion.
fn plain(node: Node<'_>) -> String {
    let mut out = String::new();
    for node in node.descendants() {
        match &node.data().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::HtmlInline(html) => out.push_str(html),
            NodeValue::HtmlBlock(html) => out.push_str(&html.literal),
            NodeValue::CodeBlock(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push('\n'),
            NodeValue::Paragraph | NodeValue::Heading(_) if !out.is_empty() => out.push('\n'),
            _ => {}
        }
    }
    restore(&out).into_owned()
}
