//! Lists: their marks, and which of them are tight.

use super::line::Line;
use super::{Kind, MAX_DEPTH, Node, Reader, Step};

impl Reader {
    pub(super) fn open_item(&mut self, container: usize, line: &mut Line<'_>) -> Step {
        let interrupts = matches!(self.nodes[container].kind, Kind::Paragraph);
        let Some(mark) = Mark::read(line.content().as_bytes(), interrupts) else {
            return Step::No;
        };
        if self.nodes[container].depth >= MAX_DEPTH {
            return Step::No;
        }
        let indent = line.indent;
        line.advance(line.first - line.offset + mark.width, false);
        let padding = read_padding(line);
        let same = matches!(self.nodes[container].kind, Kind::List(start, sign)
            if start.is_some() == mark.start.is_some() && sign == mark.sign);
        let list = if same {
            container
        } else {
            self.add(container, Kind::List(mark.start, mark.sign))
        };
        Step::Into(self.add(list, Kind::Item(indent + mark.width + padding)))
    }
}

/// Reads the space between a mark and what follows; how many columns. More than four are part of the content.
fn read_padding(line: &mut Line<'_>) -> usize {
    let place = line.place();
    let from = line.column();
    while line.column() - from <= 5 && line.take_space() {}
    let width = line.column() - from;
    line.find();
    if (1..5).contains(&width) && !(line.blank && line.first == line.offset) {
        return width;
    }
    line.go_to(place);
    line.take_space();
    1
}

/// The mark of an item.
struct Mark {
    width: usize,
    start: Option<u32>,
    sign: u8,
}

impl Mark {
    /// The mark at the start of a line. Only an item with content interrupts a paragraph, and only the number 1.
    fn read(line: &[u8], interrupts: bool) -> Option<Self> {
        let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
        let sign = *line.get(digits)?;
        let start = match sign {
            b'-' | b'+' | b'*' if digits == 0 => None,
            b'.' | b')' if (1..=9).contains(&digits) => Some(
                line[..digits]
                    .iter()
                    .fold(0, |number, digit| number * 10 + u32::from(digit - b'0')),
            ),
            _ => return None,
        };
        let rest = &line[digits + 1..];
        let space = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
        if !rest.first().is_none_or(space) {
            return None;
        }
        if interrupts && (start.is_some_and(|start| start != 1) || rest.iter().all(space)) {
            return None;
        }
        Some(Self {
            width: digits + 1,
            start,
            sign,
        })
    }
}

/// Whether a list has no blank line between its items nor between the blocks of one.
pub fn is_tight(nodes: &[Node], list: usize) -> bool {
    let items = &nodes[list].children;
    items.iter().enumerate().all(|(nth, &item)| {
        let last = nth + 1 == items.len();
        let blocks = &nodes[item].children;
        let inner = blocks
            .iter()
            .enumerate()
            .any(|(nth, &block)| (!last || nth + 1 < blocks.len()) && ends_blank(nodes, block));
        !(inner || (!last && nodes[item].blank_end))
    })
}

/// Whether a block, or the last in it where it is a list, ends with a blank line.
fn ends_blank(nodes: &[Node], mut at: usize) -> bool {
    loop {
        let node = &nodes[at];
        if node.blank_end {
            return true;
        }
        match (&node.kind, node.children.last()) {
            (Kind::List(..) | Kind::Item(_), Some(&child)) => at = child,
            _ => return false,
        }
    }
}
