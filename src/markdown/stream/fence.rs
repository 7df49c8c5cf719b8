//! An open fence at the end takes its text as it comes.

use super::super::Block;
use super::super::convert::{Last, Parsed};
use super::super::shield::clean;

/// An open fence that is all of the tail.
#[derive(Debug)]
pub struct Fence {
    mark: u8,
    length: usize,
    language: String,
    /// The text of the complete lines.
    text: String,
    /// Where in the tail the next line starts.
    at: usize,
}

impl Fence {
    /// The fence, if the tail is just one that is open.
    pub fn new(tail: &str, parsed: &Parsed) -> Option<Self> {
        let (Last::Fence(mark, length), [Block::Code { language, .. }], [0]) = (
            &parsed.last,
            parsed.blocks.as_slice(),
            parsed.lines.as_slice(),
        ) else {
            return None;
        };
        let at = tail.find('\n')? + 1;
        let plain = !has_odd_break(&tail[..at]);
        plain.then(|| Self {
            mark: *mark,
            length: *length,
            language: language.clone(),
            text: String::new(),
            at,
        })
    }

    /// The block after more text; `None` where the fence ended or a line does with a lone carriage return.
    pub fn read(&mut self, tail: &str) -> Option<Block> {
        while let Some(length) = tail[self.at..].find('\n') {
            let line = &tail[self.at..=self.at + length];
            if has_odd_break(line) || closes(line, self.mark, self.length) {
                return None;
            }
            self.text.push_str(&clean(line));
            self.at += length + 1;
        }
        let rest = &tail[self.at..];
        if has_odd_break(rest) || closes(rest, self.mark, self.length) {
            return None;
        }
        let text = [self.text.as_str(), &clean(rest)].concat();
        Some(Block::Code {
            language: self.language.clone(),
            text,
            closed: false,
        })
    }
}

/// The text after the fence that it starts with, if it does: what is in it defines nothing.
pub fn after(text: &str) -> &str {
    let Some(mark) = text
        .bytes()
        .next()
        .filter(|mark| matches!(mark, b'`' | b'~'))
    else {
        return text;
    };
    let length = text.bytes().take_while(|&b| b == mark).count();
    let first = text.find('\n').map_or(text.len(), |at| at + 1);
    if length < 3 || (mark == b'`' && text[length..first].contains('`')) || has_odd_break(text) {
        return text;
    }
    let mut at = first;
    for line in text[first..].split_inclusive('\n') {
        at += line.len();
        if closes(line, mark, length) {
            return &text[at..];
        }
    }
    ""
}

fn closes(line: &str, mark: u8, length: usize) -> bool {
    let line = line.trim_end_matches(['\n', '\r']);
    let content = line.trim_start_matches(' ');
    let run = content.bytes().take_while(|&b| b == mark).count();
    line.len() - content.len() <= 3
        && run >= length
        && content[run..].trim_matches([' ', '\t']).is_empty()
}

/// Whether there is a carriage return that does not stand before a line feed.
fn has_odd_break(text: &str) -> bool {
    text.contains('\r') && text.replace("\r\n", "\n").contains('\r')
}
