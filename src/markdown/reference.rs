//! Definitions of links, and the labels, destinations and titles that links are made of.

use super::entity;
use crate::text::lower;
use std::collections::BinaryHeap;

/// Longer labels name nothing, in bytes.
const MAX_LABEL: usize = 1000;
/// Destinations may hold parentheses nested this deep.
const MAX_PARENTHESES: usize = 32;
/// References are followed up to this many bytes of URLs and titles in all, so that a small text cannot grow large.
const MAX_EXPANSION: usize = 100_000;

/// Where a link leads.
#[derive(Clone, Debug, Default)]
pub struct Destination {
    pub url: String,
    pub title: String,
}

/// One definition: its folded label and where it leads.
pub struct Definition(String, Destination);

impl Definition {
    /// The definition that a text starts with, and its length with the line break.
    pub fn read(text: &str) -> Option<(usize, Self)> {
        let bytes = text.as_bytes();
        let (label, at) = label(text, 0)?;
        let label = folded(label);
        if label.is_empty() || bytes.get(at) != Some(&b':') {
            return None;
        }
        let from = skip_line(bytes, at + 1);
        let (url, end) = destination(text, from).filter(|&(_, end)| end > from)?;
        let from = skip_line(bytes, end);
        let titled = (from > end).then(|| title(bytes, from)).flatten();
        let titled = titled.and_then(|to| Some((&text[from + 1..to - 1], line_end(bytes, to)?)));
        let (title, end) = match titled {
            Some(titled) => titled,
            None => ("", line_end(bytes, end)?),
        };
        let (url, title) = (unescape(url), unescape(title));
        Some((end, Self(label, Destination { url, title })))
    }
}

/// Names and what they stand for, by their order in the text; to be looked up.
pub struct Names(Vec<(String, usize)>);

impl Names {
    /// Takes folded names, each with a number that grows with its place in the text.
    pub fn new(names: Vec<(String, usize)>) -> Self {
        // There is nothing else to sort in the first load, and a heap brings a fifth of the code.
        Self(BinaryHeap::from(names).into_sorted_vec())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The number of the first of a name.
    fn first(&self, name: &str) -> Option<usize> {
        let at = self.0.partition_point(|(other, _)| other.as_str() < name);
        let (found, number) = self.0.get(at)?;
        (found == name).then_some(*number)
    }

    /// The place here of the last of a name.
    pub fn last(&self, name: &str) -> Option<usize> {
        let behind = self.0.partition_point(|(other, _)| other.as_str() <= name);
        let at = behind.checked_sub(1)?;
        (self.0[at].0 == name).then_some(at)
    }

    /// The number at a place.
    pub fn number(&self, at: usize) -> usize {
        self.0[at].1
    }
}

/// All definitions of a text.
pub struct References {
    labels: Names,
    destinations: Vec<Destination>,
}

impl References {
    pub fn new(definitions: Vec<Definition>) -> Self {
        let mut labels = Vec::with_capacity(definitions.len());
        let mut destinations = Vec::with_capacity(definitions.len());
        for Definition(label, destination) in definitions {
            labels.push((label, destinations.len()));
            destinations.push(destination);
        }
        Self {
            labels: Names::new(labels),
            destinations,
        }
    }

    /// Where a label leads, by its first definition; `spent` counts how much was looked up.
    pub fn find(&self, label: &str, spent: &mut usize) -> Option<&Destination> {
        if self.destinations.is_empty() || label.len() > MAX_LABEL {
            return None;
        }
        let number = self.labels.first(&folded(label))?;
        let destination = self.destinations.get(number)?;
        let size = destination.url.len() + destination.title.len();
        if *spent + size > MAX_EXPANSION {
            return None;
        }
        *spent += size;
        Some(destination)
    }
}

/// A label as it is compared: spaces joined, letters of either case the same.
pub fn folded(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars().map(lower) {
            match c {
                'İ' => out.push_str("i\u{307}"),
                'ß' => out.push_str("ss"),
                'ς' => out.push('σ'),
                _ => out.push(c),
            }
        }
    }
    out
}

/// The label in brackets that starts at `at`, and where it ends.
pub fn label(text: &str, at: usize) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'[') {
        return None;
    }
    let from = at + 1;
    let mut at = from;
    while at - from <= MAX_LABEL {
        match bytes.get(at)? {
            b']' => return Some((&text[from..at], at + 1)),
            b'[' => return None,
            b'\\' if is_escape(bytes, at) => at += 2,
            _ => at += 1,
        }
    }
    None
}

/// The destination that starts at `at`, without angle brackets, and where it ends.
pub fn destination(text: &str, at: usize) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    let mut end = at;
    if bytes.get(at) == Some(&b'<') {
        loop {
            end += 1;
            match bytes.get(end)? {
                b'>' => return Some((&text[at + 1..end], end + 1)),
                b'<' | b'\n' | b'\r' => return None,
                b'\\' if is_escape(bytes, end) => end += 1,
                _ => {}
            }
        }
    }
    let mut depth = 0;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'(' if depth == MAX_PARENTHESES => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            b'\\' if is_escape(bytes, end) => end += 1,
            b'\0' => {}
            _ if byte == b' ' || byte.is_ascii_control() => break,
            _ => {}
        }
        end += 1;
    }
    (depth == 0).then_some((&text[at..end], end))
}

/// The end of the title in quotes or parentheses that starts at `at`.
pub fn title(bytes: &[u8], at: usize) -> Option<usize> {
    let open = *bytes.get(at)?;
    let close = match open {
        b'"' | b'\'' => open,
        b'(' => b')',
        _ => return None,
    };
    let mut end = at + 1;
    loop {
        match *bytes.get(end)? {
            byte if byte == close => return Some(end + 1),
            b'(' if open == b'(' => return None,
            b'\\' if is_escape(bytes, end) => end += 2,
            _ => end += 1,
        }
    }
}

/// Whether a backslash stands before a character that it escapes.
pub fn is_escape(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation)
}

/// A text with its escapes and entities resolved.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while at < bytes.len() {
        let mut step = 1;
        if bytes[at] == b'\\' && is_escape(bytes, at) {
            out.push_str(&text[from..at]);
            from = at + 1;
            step = 2;
        } else if bytes[at] == b'&' {
            let before = out.len();
            out.push_str(&text[from..at]);
            match entity::decode(&text[at..], &mut out) {
                0 => out.truncate(before),
                length => {
                    from = at + length;
                    step = length;
                }
            }
        }
        at += step;
    }
    out.push_str(&text[from..]);
    out
}

/// Behind spaces and tabs, with at most one line break.
fn skip_line(bytes: &[u8], at: usize) -> usize {
    let at = skip_spaces(bytes, at);
    match line_end(bytes, at) {
        Some(next) => skip_spaces(bytes, next),
        None => at,
    }
}

fn skip_spaces(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t')) {
        at += 1;
    }
    at
}

/// Where the next line starts, if nothing but spaces is left of this one.
fn line_end(bytes: &[u8], at: usize) -> Option<usize> {
    let at = skip_spaces(bytes, at);
    match bytes.get(at) {
        None => Some(at),
        Some(b'\n') => Some(at + 1),
        Some(b'\r') => Some(at + 1 + usize::from(bytes.get(at + 1) == Some(&b'\n'))),
        Some(_) => None,
    }
}
