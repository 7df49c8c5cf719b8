//! Code spans.

use super::{Reader, Token};

/// Longer runs of backticks are text.
const MAX_RUN: usize = 80;

/// Where the last run of each length is, once all were seen.
#[derive(Default)]
pub struct Backticks {
    last: Vec<usize>,
}

impl Reader<'_, '_, '_> {
    pub(super) fn code(&mut self) {
        let length = run(self.bytes, self.at);
        let from = self.at + length;
        match self.close_code(from, length) {
            None => self.take_text(length),
            Some(to) => {
                self.tokens.push(Token::Code(content(&self.text[from..to])));
                self.at = to + length;
            }
        }
    }

    /// Where the closing run of so many backticks starts.
    fn close_code(&mut self, from: usize, length: usize) -> Option<usize> {
        if length > MAX_RUN {
            return None;
        }
        if self.backticks.last.is_empty() {
            self.backticks.last = all_runs(self.bytes);
        }
        if self.backticks.last[length] < from {
            return None;
        }
        let mut at = from;
        loop {
            at += self.bytes[at..].iter().position(|&b| b == b'`')?;
            let found = run(self.bytes, at);
            if found == length {
                return Some(at);
            }
            at += found;
        }
    }
}

fn all_runs(bytes: &[u8]) -> Vec<usize> {
    let mut last = vec![0; MAX_RUN + 1];
    let mut at = 0;
    while let Some(length) = bytes[at..].iter().position(|&b| b == b'`') {
        at += length;
        let length = run(bytes, at);
        if let Some(last) = last.get_mut(length) {
            *last = at;
        }
        at += length;
    }
    last
}

fn run(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|&&b| b == b'`').count()
}

/// Line breaks are spaces, and one space on both sides goes unless there is nothing else.
fn content(code: &str) -> String {
    let code = code.replace("\r\n", " ").replace(['\n', '\r'], " ");
    let inner = code
        .strip_prefix(' ')
        .and_then(|code| code.strip_suffix(' '));
    match inner {
        Some(inner) if code.bytes().any(|b| b != b' ') => inner.to_owned(),
        _ => code,
    }
}
