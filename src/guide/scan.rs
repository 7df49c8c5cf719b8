//! What stands in the text field, read once: folded letters, the parts that are instruction and the
//! parts that are material (quoted, pasted, code), and the clauses.

use super::cues::{Hit, is_letter};
use std::ops::Range;

/// Longer texts are read at both ends only, since what is asked stands first or last; in bytes.
const HEAD: usize = 2_600;
const TAIL: usize = 1_600;

/// What a stretch of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the person asks for, in their own words.
    Instruction,
    /// Words between quotation marks.
    Quote,
    /// Code, a configuration or an error message.
    Code,
    /// A text that is handed over: after a colon or a blank line, or the long rest after a short request.
    Body,
}

/// The folded text and its parts.
#[derive(Debug)]
pub struct Scan {
    /// The text in lower case without apostrophes, runs of white space as one space, line feeds kept.
    pub folded: String,
    /// For each byte of `folded` the byte of the text that it comes from, and one more for the end.
    map: Vec<u32>,
    /// The words that say something about the request, in order of place.
    pub hits: Vec<Hit>,
    /// The parts in order; together they cover `folded`.
    pub parts: Vec<(Part, Range<usize>)>,
    /// Stretches between punctuation marks, in order, in `folded`.
    pub clauses: Vec<Range<usize>>,
    /// Where the first colon that introduces something stands.
    pub colon: Option<usize>,
}

impl Scan {
    /// Reads a text. Linear in its length, and bounded for long ones.
    pub fn new(text: &str) -> Self {
        let (folded, map) = fold(text);
        let hits = super::cues::find(&folded);
        let mut scan = Scan {
            clauses: clauses(&folded),
            folded,
            map,
            hits,
            parts: Vec::new(),
            colon: None,
        };
        (scan.parts, scan.colon) = super::parts::mark(&scan);
        scan
    }

    /// The place in the text of a stretch of `folded`.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        let at = |place: usize| self.map.get(place).map_or(0, |&byte| byte as usize);
        // The end is the beginning of what follows, or a dropped apostrophe would be left out.
        at(range.start)..at(range.end).max(at(range.start))
    }

    /// What a stretch is; its first byte decides.
    pub fn part(&self, at: usize) -> Part {
        let after = self.parts.partition_point(|(_, range)| range.end <= at);
        self.parts
            .get(after)
            .map_or(Part::Instruction, |(part, _)| *part)
    }

    /// The first stretch of a kind.
    pub fn first(&self, part: Part) -> Option<&Range<usize>> {
        self.parts
            .iter()
            .find(|(kind, _)| *kind == part)
            .map(|(_, range)| range)
    }

    /// The clause that a place is in.
    pub fn clause(&self, at: usize) -> Option<&Range<usize>> {
        let after = self.clauses.partition_point(|clause| clause.end <= at);
        self.clauses.get(after)
    }

    /// A stretch without white space and punctuation around it.
    pub fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        let text = &self.folded[range.clone()];
        let inner = text.trim_matches(|c: char| c.is_whitespace() || is_mark(c));
        let from = inner.as_ptr() as usize - text.as_ptr() as usize;
        range.start + from..range.start + from + inner.len()
    }
}

/// A cue as it is compared: folded, without white space around it.
pub fn fold_cue(cue: &str) -> String {
    let mut folded = String::with_capacity(cue.len());
    fold_into(cue, 0..cue.len(), &mut folded, &mut Vec::new());
    folded.trim().into()
}

/// How much a stretch says: a Chinese character counts one, a word two.
pub fn units(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for c in text.chars() {
        let letter = is_letter(c);
        if letter && c >= '\u{2E80}' {
            count += 1;
        } else if letter && !inside {
            count += 2;
        }
        inside = letter && c < '\u{2E80}';
    }
    count
}

/// Punctuation that ends a clause.
pub fn is_mark(c: char) -> bool {
    matches!(
        c,
        ',' | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '，'
            | '。'
            | '；'
            | '：'
            | '！'
            | '？'
            | '、'
            | '…'
            | '~'
            | '—'
    )
}

fn fold(text: &str) -> (String, Vec<u32>) {
    let mut folded = String::with_capacity(text.len().min(HEAD + TAIL) + 2);
    let mut map = Vec::with_capacity(folded.capacity() + 1);
    let (head, tail) = window(text);
    fold_into(text, 0..head, &mut folded, &mut map);
    if tail > head {
        fold_into(text, tail..text.len(), &mut folded, &mut map);
    }
    let end = map_end(text, &folded);
    map.push(end);
    (folded, map)
}

fn map_end(text: &str, folded: &str) -> u32 {
    if folded.is_empty() {
        0
    } else {
        text.len() as u32
    }
}

/// Where the head ends and where the tail begins; the same place where all is read.
fn window(text: &str) -> (usize, usize) {
    if text.len() <= HEAD + TAIL {
        return (text.len(), text.len());
    }
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    (floor(HEAD), floor(text.len() - TAIL))
}

fn fold_into(text: &str, range: Range<usize>, folded: &mut String, map: &mut Vec<u32>) {
    let start = range.start;
    let mut before = ' ';
    let mut chars = text[range].char_indices().peekable();
    while let Some((offset, raw)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        let within = before;
        before = raw;
        let Some(c) = fold_char(raw, || is_letter(within) && is_letter(after)) else {
            continue;
        };
        // Spaces and line feeds: one for a run, a line feed where there is one.
        if c == ' ' && folded.ends_with([' ', '\n']) {
            continue;
        }
        if c == '\n' && folded.ends_with(' ') {
            folded.pop();
            map.pop();
        }
        folded.push(c);
        for _ in 0..c.len_utf8() {
            map.push((start + offset) as u32);
        }
    }
}

/// The letter as it is compared; `None` for what is passed over.
fn fold_char(c: char, inside: impl Fn() -> bool) -> Option<char> {
    Some(match c {
        '\r' => return None,
        // "don't", not a quotation.
        '\'' | '’' if inside() => return None,
        '’' => '\'',
        '\u{FF01}'..='\u{FF5E}' if !matches!(c, '，' | '：' | '；' | '！' | '？' | '（' | '）') =>
        {
            let ascii = char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
            ascii.to_ascii_lowercase()
        }
        '\n' => '\n',
        c if c.is_whitespace() => ' ',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c if c < '\u{2E80}' => c.to_lowercase().next().unwrap_or(c),
        c => c,
    })
}

fn clauses(folded: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut chars = folded.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        // "3.5", "10:30" and "x.y" are no ends.
        let inside = matches!(c, '.' | ':' | ',') && next.is_some_and(|c| !c.is_whitespace());
        if c == '\n' || (is_mark(c) && !inside) {
            let end = at + c.len_utf8();
            if folded[from..at].chars().any(is_letter) {
                found.push(from..end);
                from = end;
            } else if let Some(last) = found.last_mut() {
                // Marks without words belong to what stands before.
                last.end = end;
                from = end;
            }
        }
    }
    if from < folded.len() {
        found.push(from..folded.len());
    }
    found
}
