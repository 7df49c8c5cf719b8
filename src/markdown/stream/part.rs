//! A long list or table at the end: its items or rows but the last are taken as they are.
//!
//! A line that opens the next item or row at the top level closes the one before, and what follows depends only on the
//! list's kind or the table's head. A list is tight if all its stretches are: looseness never goes away.

use std::borrow::Cow;

use super::super::convert::Last;
use super::super::{Block, Inline, Item};

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
    kind: Kind,
}

/// Where the items or rows of the last block start, as far as they were parsed.
pub struct Lines<'a> {
    /// The head of the part there was before, if it was of the same block.
    pub head: Option<usize>,
    pub starts: &'a [usize],
}

#[derive(Clone, Debug)]
enum Kind {
    Items {
        start: Option<u32>,
        tight: bool,
        items: Vec<Item>,
    },
    Rows(Vec<Vec<Vec<Inline>>>),
}

impl Part {
    /// The part of the last block that can be taken as it is.
    pub fn new(
        tail: &str,
        index: usize,
        last: (&Block, &Last),
        lines: Lines<'_>,
        unresolved: bool,
    ) -> Option<Self> {
        let Lines {
            head,
            starts: lines,
        } = lines;
        let &cut = lines.last()?;
        let (head, kind) = match last {
            (
                Block::List {
                    start,
                    tight,
                    items,
                },
                Last::List(_),
            ) if items.len() > 1 => {
                let items = items[..items.len() - 1].to_vec();
                (
                    head.unwrap_or(*lines.first()?),
                    Kind::Items {
                        start: *start,
                        tight: *tight,
                        items,
                    },
                )
            }
            (Block::Table { align, rows, .. }, Last::Table(_))
                if rows.len() > 1 && align.len() <= 16 =>
            {
                let head = lines[0] + line_end(&tail[lines[0]..]);
                let head = head + line_end(&tail[head..]);
                if !tail[lines[0]..].starts_with('|') || !tail[cut..].starts_with('|') {
                    return None;
                }
                (head, Kind::Rows(rows[..rows.len() - 1].to_vec()))
            }
            _ => return None,
        };
        // A displayed formula could yet swallow the lines of the list or table.
        let formula = tail[..head].contains("$$") || tail[..head].contains("\\[");
        (!formula && cut > head).then_some(Self {
            index,
            head,
            cut,
            unresolved,
            kind,
        })
    }

    /// Up to where the text before the list, or the table's head, goes.
    pub fn head(&self) -> usize {
        self.head
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

    /// Puts the items or rows before those that were parsed.
    pub fn merge(self, blocks: &mut [Block]) {
        match (blocks.get_mut(self.index), self.kind) {
            (
                Some(Block::List {
                    start,
                    tight,
                    items,
                }),
                Kind::Items {
                    start: first,
                    tight: all_tight,
                    items: mut before,
                },
            ) => {
                before.append(items);
                *items = before;
                *start = first;
                *tight &= all_tight;
            }
            (Some(Block::Table { rows, .. }), Kind::Rows(mut before)) => {
                before.append(rows);
                *rows = before;
            }
            _ => {}
        }
    }

    /// What stands between head and cut: a list needs a blank line, since not every item may interrupt a paragraph.
    fn gap(&self) -> &'static str {
        match self.kind {
            Kind::Items { .. } if self.head > 0 => "\n",
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
