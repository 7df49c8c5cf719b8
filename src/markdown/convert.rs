//! A text to the tree: blocks, then what is in them, then the footnotes.

mod inline;

use super::block::{self, Kind, Node, Tree};
use super::inline::Context;
use super::reference::{folded, unescape};
use super::shield::{restore, shield};
use super::{Block, Inline, Item};
use crate::text::unhidden;

/// Quotes, lists and emphasis deeper than this become plain text.
const MAX_DEPTH: usize = 32;

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
    let source = shield(text);
    let tree = block::read(&source);
    let mut reader = Reader {
        nodes: &tree.nodes,
        context: Context {
            references: &tree.references,
            notes: &tree.notes,
            spent: 0,
            unresolved: false,
        },
        counts: vec![(0, 0); tree.notes.len()],
        numbered: 0,
        notes: Vec::new(),
    };
    let mut parsed = Parsed {
        blocks: Vec::new(),
        lines: Vec::new(),
        last: Last::Other,
        unresolved: false,
    };
    for &at in &tree.nodes[0].children {
        if let Some(block) = reader.block(at, 0) {
            parsed.last = last(&tree, at);
            parsed.lines.push(tree.nodes[at].line);
            parsed.blocks.push(block);
        }
    }
    parsed.unresolved = reader.context.unresolved;
    for (number, (line, blocks)) in (1..).zip(reader.numbered_notes()) {
        parsed.lines.push(line);
        parsed.blocks.push(Block::Footnote(number, blocks));
    }
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

fn last(tree: &Tree, at: usize) -> Last {
    let node = &tree.nodes[at];
    let lines = || {
        node.children
            .iter()
            .map(|&child| tree.nodes[child].line)
            .collect()
    };
    match &node.kind {
        Kind::Fenced(fence) if !fence.closed && fence.indent == 0 => {
            Last::Fence(fence.mark, fence.length)
        }
        Kind::List(..) => Last::List(lines()),
        Kind::Table(..) => Last::Table(lines()),
        _ => Last::Other,
    }
}

struct Reader<'a> {
    nodes: &'a [Node],
    context: Context<'a>,
    /// The number of each footnote, 0 before it is referred to, and how often it is.
    counts: Vec<(u32, u32)>,
    /// How many footnotes have a number.
    numbered: u32,
    /// What the footnotes say: which one, the line it starts on, its blocks.
    notes: Vec<(usize, usize, Vec<Block>)>,
}

impl Reader<'_> {
    /// One block; nothing where it is a footnote, which is kept for the end.
    fn block(&mut self, at: usize, depth: usize) -> Option<Block> {
        let node = &self.nodes[at];
        Some(match &node.kind {
            Kind::Heading(level) => Block::Heading(*level, self.inlines(&node.text)),
            Kind::Indented => code(String::new(), &node.text, true),
            Kind::Fenced(fence) => code(language(&fence.info), &node.text, fence.closed),
            Kind::Html(_) => Block::Html(restore(&node.text).into_owned()),
            Kind::Rule => Block::Rule,
            Kind::Quote => Block::Quote(self.blocks(&node.children, depth)),
            Kind::List(start, _) => Block::List {
                start: *start,
                tight: block::is_tight(self.nodes, at),
                items: node
                    .children
                    .iter()
                    .map(|&item| self.item(item, depth))
                    .collect(),
            },
            Kind::Table(align, _) => {
                let mut rows = node.children.iter().map(|&row| self.row(row, align.len()));
                let head = rows.next().unwrap_or_default();
                let rows = rows.collect();
                let align = align.clone();
                Block::Table { align, head, rows }
            }
            Kind::Footnote => {
                self.note(at, depth);
                return None;
            }
            _ => paragraph(self.inlines(&node.text)),
        })
    }

    fn blocks(&mut self, children: &[usize], depth: usize) -> Vec<Block> {
        if depth >= MAX_DEPTH {
            let mut text = String::new();
            children
                .iter()
                .for_each(|&child| self.push_plain(child, &mut text));
            return if text.is_empty() {
                Vec::new()
            } else {
                vec![Block::Paragraph(inline::text(&restore(&text)))]
            };
        }
        children
            .iter()
            .filter_map(|&child| self.block(child, depth + 1))
            .collect()
    }

    fn item(&mut self, at: usize, depth: usize) -> Item {
        let children = &self.nodes[at].children;
        let first = children.first().map(|&first| &self.nodes[first]);
        if let Some(Node {
            kind: Kind::Paragraph,
            text,
            ..
        }) = first
            && depth < MAX_DEPTH
        {
            let (task, content) = self.leaf(text, true);
            let mut blocks = Vec::new();
            if task.is_none() || !content.is_empty() {
                blocks.push(paragraph(content));
            }
            blocks.extend(self.blocks(&children[1..], depth));
            return Item { task, blocks };
        }
        let blocks = self.blocks(children, depth);
        Item { task: None, blocks }
    }

    fn row(&mut self, at: usize, columns: usize) -> Vec<Vec<Inline>> {
        let Kind::Row(cells) = &self.nodes[at].kind else {
            return Vec::new();
        };
        let mut row: Vec<_> = cells.iter().map(|cell| self.inlines(cell)).collect();
        row.resize(columns, Vec::new());
        row
    }

    fn inlines(&mut self, text: &str) -> Vec<Inline> {
        self.leaf(text, false).1
    }

    /// Reads a footnote where it stands, since it may refer to others, and keeps it.
    fn note(&mut self, at: usize, depth: usize) {
        let node = &self.nodes[at];
        let last = self.context.notes.last(&folded(&node.text));
        let which = last.filter(|&last| self.context.notes.number(last) == at);
        // Only the last of a name is shown, and none that is within another.
        let depth = if which.is_some() { 0 } else { depth };
        let blocks = self.blocks(&node.children, depth);
        if let Some(which) = which {
            self.notes.push((which, node.line, blocks));
        }
    }

    /// The footnotes that are referred to, by their numbers: what they say, and the line they start on.
    fn numbered_notes(self) -> Vec<(usize, Vec<Block>)> {
        let mut notes = vec![(0, Vec::new()); self.numbered as usize];
        for (which, line, blocks) in self.notes {
            let (number, _) = self.counts[which];
            if let Some(note) = notes.get_mut((number as usize).wrapping_sub(1)) {
                *note = (line, blocks);
            }
        }
        notes
    }

    /// The text of all that a block holds, as it is in the source.
    fn push_plain(&self, at: usize, out: &mut String) {
        let mut stack = vec![at];
        while let Some(at) = stack.pop() {
            let node = &self.nodes[at];
            let lines = match &node.kind {
                Kind::Row(cells) => &cells.join(" "),
                Kind::Footnote => continue,
                _ => &node.text,
            };
            let lines = lines.trim_end_matches([' ', '\t', '\n', '\r']);
            if !out.is_empty() && !lines.is_empty() {
                out.push('\n');
            }
            out.push_str(lines);
            stack.extend(node.children.iter().rev());
        }
    }
}

/// A paragraph, or the displayed formula that is all it holds.
fn paragraph(mut content: Vec<Inline>) -> Block {
    match content.as_mut_slice() {
        [Inline::Math(formula, true)] => Block::Math(std::mem::take(formula)),
        _ => Block::Paragraph(content),
    }
}

fn code(language: String, text: &str, closed: bool) -> Block {
    Block::Code {
        language,
        text: restore(text).into_owned(),
        closed,
    }
}

/// The first word of an info string, without hidden characters.
fn language(info: &str) -> String {
    let info = restore(&unescape(info)).into_owned();
    unhidden(info.split_whitespace().next().unwrap_or_default())
}
