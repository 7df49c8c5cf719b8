//! Markdown that is still arriving: only its unfinished end is parsed again.
//!
//! The law, held by `tests/markdown_stream.rs`: after every push, [`Stream::blocks`] equals [`super::parse`] of the text so
//! far. It follows from how CommonMark reads line by line: once a line opens a new block at the top level, the blocks
//! before it are closed and stay as they are. So the text is cut before the last block, where a blank line stands before
//! it (formulas and code spans never reach over one), and what is before the cut is *settled*.
//!
//! Three things reach over cuts: definitions of links, of footnotes, and the numbers of footnotes. Segments that hold a
//! definition or something that looks like an unresolved reference are kept as text, and from the first line on that may be
//! a definition they are parsed together with the end. Most replies have none.
//!
//! A long block at the end would be parsed over and over, so a top-level fence takes its text as it comes, and of a list or
//! table only the last item or row is parsed again ([`part`]).

mod fence;
mod part;
mod steady;

use std::sync::Arc;

use self::fence::Fence;
use self::part::Part;
use super::Block;
use super::convert::{self, Parsed, may_define};

/// How the blocks of a stream change: the first `keep` stay the very same, all others are replaced by `blocks`.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    /// How many blocks stay.
    pub keep: usize,
    /// The blocks after them.
    pub blocks: Vec<Arc<Block>>,
}

/// How half-written syntax at the end is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// As the text so far reads.
    #[default]
    Exact,
    /// As if emphasis, code spans, links and formulas at the end were closed, so that nothing flickers. Only the last
    /// block can differ from [`Look::Exact`], and after [`Stream::finish`] none does.
    Steady,
}

/// A text that is still arriving, and its blocks.
#[derive(Debug, Default)]
pub struct Stream {
    look: Look,
    started: bool,
    segments: Vec<Segment>,
    /// All blocks: those of the segments, those of the tail, the footnotes.
    blocks: Vec<Arc<Block>>,
    /// How many blocks the segments have.
    settled: usize,
    /// The text after the segments.
    tail: String,
    part: Option<Part>,
    fence: Option<Fence>,
    /// Whether segments are parsed together with the tail.
    joint: bool,
}

/// A settled piece of the text.
#[derive(Debug)]
struct Segment {
    /// The text; empty where no definition elsewhere can matter to it, nor it to others.
    source: String,
    blocks: Vec<Arc<Block>>,
}

impl Stream {
    /// An empty stream.
    pub fn new(look: Look) -> Self {
        Self {
            look,
            ..Self::default()
        }
    }

    /// Takes more text; what it changes.
    pub fn push(&mut self, text: &str) -> Patch {
        if text.is_empty() {
            return Patch {
                keep: self.blocks.len(),
                blocks: Vec::new(),
            };
        }
        let text = if self.started {
            text
        } else {
            text.strip_prefix('\u{FEFF}').unwrap_or(text)
        };
        self.started = true;
        self.tail.push_str(text);
        if let Some(block) = self.fence.as_mut().and_then(|fence| fence.read(&self.tail)) {
            return self.show(self.settled, vec![Arc::new(block)]);
        }
        self.fence = None;
        let before = self.settled;
        let old = self
            .blocks
            .get(before..)
            .map(<[_]>::to_vec)
            .unwrap_or_default();
        if text.contains('\n') {
            self.settle();
        }
        self.joint |= may_define(fence::after(&self.tail));
        if self.joint {
            self.part = None;
            return self.read_jointly(&old, before);
        }
        self.read_tail(&old, before, self.look)
    }

    /// Says that the text is complete. The blocks are exact from here on; no more text may be pushed.
    pub fn finish(&mut self) -> Patch {
        if self.look == Look::Exact || self.joint || self.fence.is_some() || self.tail.is_empty() {
            return Patch {
                keep: self.blocks.len(),
                blocks: Vec::new(),
            };
        }
        let before = self.settled;
        let old = self.let_go();
        self.read_tail(&old, before, Look::Exact)
    }

    /// All blocks of the text so far.
    pub fn blocks(&self) -> &[Arc<Block>] {
        &self.blocks
    }

    /// How many bytes the next push will parse again; a caller may push less often where they are many.
    pub fn tail_len(&self) -> usize {
        match (&self.fence, &self.part) {
            (Some(_), _) => 0,
            (None, Some(part)) => part.view_len(self.tail.len()),
            (None, None) if self.joint => {
                self.tail.len() + self.segments.iter().map(|s| s.source.len()).sum::<usize>()
            }
            (None, None) => self.tail.len(),
        }
    }

    /// Replaces the blocks from `keep` on.
    fn show(&mut self, keep: usize, blocks: Vec<Arc<Block>>) -> Patch {
        self.blocks.truncate(keep);
        self.blocks.extend(blocks.iter().cloned());
        Patch { keep, blocks }
    }

    /// The blocks from the tail on, for comparison; a block of which only the end is parsed is let go.
    fn let_go(&mut self) -> Vec<Arc<Block>> {
        if let Some(part) = &self.part {
            self.blocks.truncate(self.settled + part.index());
        }
        self.blocks
            .get(self.settled..)
            .map(<[_]>::to_vec)
            .unwrap_or_default()
    }

    /// Settles what the complete lines of the tail allow.
    fn settle(&mut self) {
        let Some(end) = self.tail.rfind('\n').map(|at| at + 1) else {
            return;
        };
        let source = part::view(self.part.as_ref(), &self.tail[..end]);
        let mut parsed = convert::parse(&source);
        let note = |block: &Block| matches!(block, Block::Footnote(..));
        let Some(last) = parsed.blocks.iter().rposition(|block| !note(block)) else {
            return;
        };
        let starts = line_starts(&source);
        let offset = |&line: &usize| {
            part::offset(
                self.part.as_ref(),
                starts.get(line).copied().unwrap_or(source.len()),
            )
        };
        let at = offset(&parsed.lines[last]);
        let mut lines: Vec<usize> = last_lines(&parsed).iter().map(offset).collect();
        let unresolved = parsed.unresolved || self.part.as_ref().is_some_and(Part::is_unresolved);
        if let Some(part) = self.part.as_mut().filter(|part| part.index() >= last) {
            part.advance(
                take(&mut parsed.blocks, last),
                lines.last().copied(),
                unresolved,
            );
            return;
        }
        let cut = if blank_before(&self.tail, at) { at } else { 0 };
        let block = take(&mut parsed.blocks, last);
        // A block that can hold more would take in the gap that a part leaves behind it, or what comes after the gap.
        let open = cut == 0
            && last > 0
            && !matches!(
                parsed.blocks[last - 1],
                Block::Paragraph(_) | Block::Heading(..) | Block::Rule
            );
        if cut > 0 {
            parsed.blocks.truncate(last);
            self.cut(cut, parsed.blocks, unresolved);
        }
        if self.part.is_none() && !self.joint && !open {
            lines.iter_mut().for_each(|line| *line -= cut);
            let index = if cut > 0 { 0 } else { last };
            self.part = Part::new(&self.tail, index, block, &lines, unresolved);
        }
    }

    /// Makes the text before `at` and its blocks a segment.
    fn cut(&mut self, at: usize, parsed: Vec<Block>, unresolved: bool) {
        let rest = self.tail.split_off(at);
        let mut source = std::mem::replace(&mut self.tail, rest);
        let defines = may_define(fence::after(&source));
        self.joint |= defines;
        if !(defines || unresolved || source.contains("[^")) {
            source = String::new();
        }
        let mut part = self.part.take();
        let blocks = self.share(
            parsed,
            part.as_mut(),
            self.blocks.get(self.settled..).unwrap_or_default(),
        );
        self.blocks.truncate(self.settled);
        self.blocks.extend(blocks.iter().cloned());
        self.settled = self.blocks.len();
        self.segments.push(Segment { source, blocks });
    }

    /// The parsed blocks, the partly parsed one made whole, as the same `Arc`s as in `old` where they did not change.
    fn share(
        &self,
        mut parsed: Vec<Block>,
        part: Option<&mut Part>,
        old: &[Arc<Block>],
    ) -> Vec<Arc<Block>> {
        let Some(part) = part.filter(|part| part.index() < parsed.len()) else {
            return reuse(parsed, old);
        };
        let whole = part.whole(take(&mut parsed, part.index()));
        let mut blocks = reuse(parsed, old);
        blocks[part.index()] = whole;
        blocks
    }

    /// Parses the tail alone. `old` are the blocks that were there from `before` on.
    fn read_tail(&mut self, old: &[Arc<Block>], before: usize, look: Look) -> Patch {
        let source = part::view(self.part.as_ref(), &self.tail);
        let mut parsed = convert::parse(&source);
        self.fence = Fence::new(&self.tail, &parsed);
        if look == Look::Steady
            && let Some(blocks) = steady::read(&source, &parsed)
        {
            parsed.blocks = blocks;
        }
        let mut part = self.part.take();
        let old_tail = old.get(self.settled - before..).unwrap_or_default();
        let blocks = self.share(parsed.blocks, part.as_mut(), old_tail);
        self.part = part;
        self.blocks.truncate(self.settled);
        self.blocks.extend(blocks);
        self.patch(old, before)
    }

    /// Parses the tail together with the segments that definitions may change.
    fn read_jointly(&mut self, old: &[Arc<Block>], before: usize) -> Patch {
        const FENCE: &str = "<!---->\n\n";
        let old: Vec<_> = self
            .segments_before(before)
            .chain(old.iter().cloned())
            .collect();
        let mut source = String::new();
        let mut ends = Vec::new();
        let mut line = 0;
        for (nth, segment) in self
            .segments
            .iter()
            .enumerate()
            .filter(|(_, segment)| !segment.source.is_empty())
        {
            source.push_str(&segment.source);
            // Closes whatever block the segment ends with.
            source.push_str(FENCE);
            line += line_starts(&segment.source).len() - 1;
            ends.push((nth, line));
            line += 2;
        }
        source.push_str(&self.tail);
        let parsed = convert::parse(&source);
        let mut new: Vec<Vec<Block>> = vec![Vec::new(); ends.len() + 2];
        for (block, &at) in parsed.blocks.into_iter().zip(&parsed.lines) {
            let place = ends.partition_point(|&(_, end)| end < at);
            if matches!(block, Block::Footnote(..)) {
                new[ends.len() + 1].push(block);
            } else if ends.get(place).is_none_or(|&(_, end)| end != at) {
                new[place].push(block);
            }
        }
        let mut new = new.into_iter();
        for (&(nth, _), blocks) in ends.iter().zip(&mut new) {
            let segment = &mut self.segments[nth];
            segment.blocks = reuse(blocks, &segment.blocks);
        }
        self.blocks = self
            .segments
            .iter()
            .flat_map(|segment| segment.blocks.iter().cloned())
            .collect();
        self.settled = self.blocks.len();
        let rest = new.flatten().collect();
        self.blocks
            .extend(reuse(rest, old.get(self.settled..).unwrap_or_default()));
        self.patch(&old, 0)
    }

    /// The settled blocks as they were when there were `count` of them.
    fn segments_before(&self, count: usize) -> impl Iterator<Item = Arc<Block>> {
        self.segments
            .iter()
            .flat_map(|segment| segment.blocks.iter().cloned())
            .take(count)
    }

    fn patch(&self, old: &[Arc<Block>], before: usize) -> Patch {
        let new = &self.blocks[before..];
        let same = old
            .iter()
            .zip(new)
            .take_while(|(old, new)| Arc::ptr_eq(old, new))
            .count();
        Patch {
            keep: before + same,
            blocks: new[same..].to_vec(),
        }
    }
}

/// The blocks, as the same `Arc`s where they did not change.
fn reuse(blocks: Vec<Block>, old: &[Arc<Block>]) -> Vec<Arc<Block>> {
    let mut old = old.iter();
    let same = |block: Block| match old.next() {
        Some(old) if **old == block => old.clone(),
        _ => Arc::new(block),
    };
    blocks.into_iter().map(same).collect()
}

/// Takes a block out of its place.
fn take(blocks: &mut [Block], at: usize) -> Block {
    std::mem::replace(&mut blocks[at], Block::Rule)
}

fn last_lines(parsed: &Parsed) -> &[usize] {
    match &parsed.last {
        convert::Last::List(lines) | convert::Last::Table(lines) => lines,
        _ => &[],
    }
}

/// Where the lines of a text start, and its end.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
            starts.push(at + 1);
        }
    }
    starts
}

/// Whether the line before the one that starts at `at` is blank.
fn blank_before(text: &str, at: usize) -> bool {
    let before = text[..at].strip_suffix('\n').unwrap_or(&text[..at]);
    let before = before.strip_suffix('\r').unwrap_or(before);
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    line.trim_matches([' ', '\t']).is_empty()
}
