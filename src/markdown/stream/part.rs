//! A long list or table at the end: its items or rows but the last are taken as they are.
//!
//! A line that opens the next item or row at the top level closes the one before, and what follows depends only on the
//! list's kind or the table's head. A list is tight if all its stretches are: looseness never goes away.

use std::borrow::Cow;
use std::sync::Arc;

use super::super::Block;

/// Tables with more columns are parsed whole: the parser bounds how many missing cells it adds in a table.
const MAX_COLUMNS: usize = 16;

/// What is taken as it is of the tail's last block.
#[derive(Clone, Debug)]
pub struct Part {
    /// Which block of the tail.
    index: usize,
    /// The text up to here is still parsed: what is before the list, or the table's head.
    head: usize,
    /// And from here on: the last item or row.
    cut: usize,
    unresolved: bool,
    /// The block as it was last shown; its first `count` items or rows stay.
    block: Arc<Block>,
    count: usize,
    /// Whether these are tight.
    tight: bool,
}

impl Part {
    /// The part of a tail's last block that can be taken as it is; `lines` is where its items or rows start.
    pub fn new(
        tail: &str,
        index: usize,
        block: Block,
        lines: &[usize],
        unresolved: bool,
    ) -> Option<Self> {
        let (&first, &cut) = (lines.first()?, lines.last()?);
        let (head, tight) = match &block {
            Block::List { tight, items, .. } if items.len() > 1 => (first, *tight),
            Block::Table { align, rows, .. } if rows.len() > 1 && align.len() <= MAX_COLUMNS => {
                if !tail[first..].starts_with('|') || !tail[cut..].starts_with('|') {
                    return None;
                }
                let delimiters = first + line_end(&tail[first..]);
                (delimiters + line_end(&tail[delimiters..]), true)
            }
            _ => return None,
        };
        // A displayed formula could yet swallow the lines of the list or table.
        if tail[..head].contains("$$") || tail[..head].contains("\\[") || cut <= head {
            return None;
        }
        let count = length(&block) - 1;
        Some(Self {
            index,
            head,
            cut,
            unresolved,
            block: Arc::new(block),
            count,
            tight,
        })
    }

    pub fn index(&self) -> usize {
        self.index
    }

    pub fn is_unresolved(&self) -> bool {
        self.unresolved
    }

    /// How many bytes of a tail are parsed.
    pub fn view_len(&self, tail: usize) -> usize {
        self.head + tail - self.cut
    }

    /// The whole block, where `parsed` is what the view gave. Its items are copied only if someone holds the block.
    pub fn whole(&mut self, parsed: Block) -> Arc<Block> {
        match (Arc::make_mut(&mut self.block), parsed) {
            (
                Block::List { tight, items, .. },
                Block::List {
                    tight: last,
                    items: new,
                    ..
                },
            ) => {
                *tight = self.tight && last;
                items.truncate(self.count);
                items.extend(new);
            }
            (Block::Table { rows, .. }, Block::Table { rows: new, .. }) => {
                rows.truncate(self.count);
                rows.extend(new);
            }
            (block, parsed) => *block = parsed,
        }
        self.block.clone()
    }

    /// Takes all but the last item or row as it is; `cut` is where the last one starts.
    pub fn advance(&mut self, parsed: Block, cut: Option<usize>, unresolved: bool) {
        let block = self.whole(parsed);
        self.count = length(&block).saturating_sub(1);
        self.tight = !matches!(&*block, Block::List { tight: false, .. });
        self.cut = cut.unwrap_or(self.cut);
        self.unresolved = unresolved;
    }

    /// What stands between head and cut: a list needs a blank line, since not every item may interrupt a paragraph.
    fn gap(&self) -> &'static str {
        match &*self.block {
            Block::List { .. } if self.head > 0 => "\n",
            _ => "",
        }
    }
}

/// What is parsed of a tail.
pub fn view<'a>(part: Option<&Part>, tail: &'a str) -> Cow<'a, str> {
    match part {
        None => Cow::Borrowed(tail),
        Some(part) if part.head == 0 => Cow::Borrowed(&tail[part.cut..]),
        Some(part) => Cow::Owned([&tail[..part.head], part.gap(), &tail[part.cut..]].concat()),
    }
}

/// Where in the tail a place of the view is.
pub fn offset(part: Option<&Part>, at: usize) -> usize {
    match part {
        Some(part) if at >= part.head + part.gap().len() => {
            at - part.head - part.gap().len() + part.cut
        }
        _ => at,
    }
}

/// Up to the end of the first line, with its line break.
fn line_end(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |at| at + 1)
}

fn length(block: &Block) -> usize {
    match block {
        Block::List { items, .. } => items.len(),
        Block::Table { rows, .. } => rows.len(),
        _ => 0,
    }
}
