//! Strings: with escapes, with code within, raw, of single characters; regular expressions.

use super::Class::{Plain, Text};
use super::language::{Escape, Quote};
use super::lexer::{Frame, Lexer};

impl Lexer<'_> {
    /// Takes a string from its opening quote on; where there is code within it, only up to there.
    pub fn open_quote(&mut self, quote: Quote) {
        self.quote_body(quote, self.at + quote.open.len());
    }

    /// Takes the rest of a string whose content begins at `content`.
    pub fn quote_body(&mut self, quote: Quote, content: usize) {
        self.operand = true;
        let (end, inside) = body(self.text, content.min(self.text.len()), quote);
        self.take_to(end, Text);
        if let (true, Some(code)) = (inside, quote.inside) {
            self.take(code.open.len(), Plain);
            self.frames.push(Frame::Inside(quote, 0));
            self.operand = false;
        }
    }

    /// Takes a string that begins after `prefix` bytes and ends with `close`, without escapes.
    pub fn raw(&mut self, prefix: usize, close: &str) {
        let rest = self.rest();
        let body = rest.get(prefix..).unwrap_or_default();
        let end = body.find(close).map(|at| prefix + at + close.len());
        self.take(end.unwrap_or(rest.len()), Text);
        self.operand = true;
    }

    /// Takes one character in single quotes; not where the quote begins something else.
    pub fn character(&mut self) -> bool {
        let rest = self.rest();
        let Some(body) = rest.strip_prefix('\'') else {
            return false;
        };
        let length = match body.strip_prefix('\\') {
            // `\'` and `\\` have their quote after them; the longest of the others is `\u{10FFFF}`.
            Some(escaped) => {
                let first = escaped.chars().next().map_or(0, char::len_utf8);
                let tail = escaped.as_bytes().iter().skip(first).take(11);
                let mut tail = tail.take_while(|byte| **byte != b'\n');
                tail.position(|byte| *byte == b'\'')
                    .map(|at| 1 + first + at)
            }
            None => {
                let mut chars = body.chars().filter(|c| *c != '\u{FE0F}');
                match (chars.next(), chars.next()) {
                    (Some(c), Some('\'')) if !matches!(c, '\'' | '\n') => body.find('\''),
                    _ => None,
                }
            }
        };
        let Some(length) = length else {
            return false;
        };
        self.take(length + 2, Text);
        self.operand = true;
        true
    }

    /// Takes a regular expression between slashes, where one can begin, with its flags.
    pub fn regex(&mut self) -> bool {
        if self.peek(0) != b'/' || self.operand || self.at < self.deaf {
            return false;
        }
        let bytes = self.rest().as_bytes();
        let end = match regex_end(bytes) {
            Ok(end) => end,
            Err(looked_at) => {
                self.deaf = self.at + looked_at;
                return false;
            }
        };
        let flags = bytes[end..].iter().take_while(|b| b.is_ascii_alphabetic());
        let length = end + flags.count();
        self.take(length, Text);
        self.operand = true;
        true
    }

    /// Takes a string that `close` ends after `prefix` bytes, with brackets of the same kind
    /// balanced and `\` before what is meant as such: the quotes of Perl, Ruby and Elixir.
    pub fn delimited(&mut self, prefix: usize) {
        let bytes = self.rest().as_bytes();
        let Some(&open) = bytes.get(prefix) else {
            return self.take(prefix, Text);
        };
        let close = closing(open);
        let (mut at, mut depth) = (prefix + 1, 1_u32);
        while at < bytes.len() && depth > 0 {
            match bytes[at] {
                b'\\' => at += 1,
                byte if byte == close => depth -= 1,
                byte if byte == open => depth += 1,
                _ => {}
            }
            at += 1;
        }
        self.take(at, Text);
        self.operand = true;
    }
}

impl Lexer<'_> {
    /// Takes everything up to and with the next `close` that has no `\` before it.
    pub fn until(&mut self, close: u8) {
        let bytes = self.rest().as_bytes();
        let mut at = 0;
        while at < bytes.len() && bytes[at] != close {
            at += 1 + usize::from(bytes[at] == b'\\');
        }
        self.take(at + 1, Text);
    }
}

/// The bracket that closes this one; any other character closes itself.
pub fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        b'{' => b'}',
        b'<' => b'>',
        other => other,
    }
}

/// Where the content of a string ends, and whether code within it begins there.
fn body(text: &str, from: usize, quote: Quote) -> (usize, bool) {
    let bytes = text.as_bytes();
    let close = quote.close.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte == close[0] && bytes[at..].starts_with(close) {
            let end = at + close.len();
            if quote.escape == Escape::Twice && bytes[end..].starts_with(close) {
                at = end + close.len();
                continue;
            }
            return (end, false);
        }
        if let Some(inside) = quote.inside
            && bytes[at..].starts_with(inside.open.as_bytes())
        {
            // A lone bracket is meant as such where it is written twice.
            if inside.open.len() > 1 || bytes.get(at + 1) != Some(&byte) {
                return (at, true);
            }
            at += 2;
            continue;
        }
        match byte {
            b'\n' if !quote.lines => return (at, false),
            _ if quote.escape == Escape::After(byte) => at += 2,
            _ => at += 1,
        }
    }
    (bytes.len(), false)
}

/// Where the regular expression that the text begins with is closed, or how much of the line was
/// looked at in vain.
fn regex_end(bytes: &[u8]) -> Result<usize, usize> {
    if matches!(bytes.get(1), None | Some(b' ' | b'/' | b'*' | b'\n')) {
        return Err(1);
    }
    let (mut at, mut class) = (1, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' => break,
            b'\\' if bytes.get(at + 1) != Some(&b'\n') => at += 1,
            b'[' => class = true,
            b']' => class = false,
            b'/' if !class => return Ok(at + 1),
            _ => {}
        }
        at += 1;
    }
    Err(at)
}
