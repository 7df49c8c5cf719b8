//! comrak's tree to ours: the only file that knows comrak.

mod inline;

use comrak::nodes::{ListType, Node, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::shield::{restore, shield};
use super::{Align, Block, Inline, Item};
use crate::text::{Piece, marks};

/// Quotes, lists and emphasis deeper than this become plain text.
const MAX_DEPTH: usize = 32;
/// comrak follows references for at most as many bytes as the text has, and never more than this. Texts with
/// definitions are made at least this long, so that a part of a text is read like the whole.
const MAX_REFERENCES: usize = 100_000;

/// A parsed text.
pub struct Parsed {
    /// The blocks, footnotes last.
    pub blocks: Vec<Block>,
    /// The line on which each block starts, from 0.
    pub lines: Vec<usize>,
    /// How the last block that is no footnote may go on.
    pub last: Last,
    /// Whether something looked like a reference but had no definition.
    pub unresolved: bool,
}

/// What can be said about the last block.
pub enum Last {
    /// Nothing.
    Other,
    /// An open fence that is not indented: its character and how many of them.
    Fence(u8, usize),
    /// A list: the lines on which its items start, from 0.
    List(Vec<usize>),
    /// A table: the lines on which its rows start, the head first, from 0.
    Table(Vec<usize>),
}

/// Parses a text; never fails.
pub fn parse(text: &str) -> Parsed {
    let (preamble, shift) = preamble(text);
    let source = preamble + &shield(text);
    let unresolved = Arc::new(AtomicBool::new(false));
    let mut options = options();
    let seen = unresolved.clone();
    options.parse.broken_link_callback = Some(Arc::new(
        move |_: comrak::options::BrokenLinkReference<'_>| {
            seen.store(true, Ordering::Relaxed);
            None
        },
    ));
    let arena = Arena::new();
    let root = parse_document(&arena, &source, &options);
    let mut parsed = Parsed {
        blocks: Vec::new(),
        lines: Vec::new(),
        last: Last::Other,
        unresolved: false,
    };
    let line = |node: Node<'_>| node.data().sourcepos.start.line.saturating_sub(1 + shift);
    let mut footnotes = 0;
    for node in root.children() {
        let Some(block) = block(node, 0, &mut footnotes) else {
            continue;
        };
        if !matches!(block, Block::Footnote(..)) {
            parsed.last = last(node, line);
        }
        parsed.lines.push(line(node));
        parsed.blocks.push(block);
    }
    parsed.unresolved = unresolved.load(Ordering::Relaxed);
    parsed
}

/// Whether a text may hold a definition of a link or a footnote: `[` at the start of a line and `]:` behind it, before
/// a blank line. It may well be code, but never the other way round.
pub fn may_define(text: &str) -> bool {
    if !text.contains("]:") {
        return false;
    }
    let mut open = false;
    for line in text.split(['\n', '\r']) {
        let content =
            line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t>-+*.)".contains(c));
        open = !content.is_empty() && (open || content.starts_with('['));
        if open && content.contains("]:") {
            return true;
        }
    }
    false
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

fn last<'a>(node: Node<'a>, line: impl Fn(Node<'a>) -> usize) -> Last {
    match &node.data().value {
        NodeValue::CodeBlock(code) if code.fenced && !code.closed && code.fence_offset == 0 => {
            Last::Fence(code.fence_char, code.fence_length)
        }
        NodeValue::List(_) => Last::List(node.children().map(line).collect()),
        NodeValue::Table(_) => Last::Table(node.children().map(line).collect()),
        _ => Last::Other,
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
