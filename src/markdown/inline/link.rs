//! Links, images and references to footnotes: brackets and their pairing.

use super::super::reference::{Destination, destination, folded, label, title, unescape};
use super::{Mark, Reader, Token};

/// An opening bracket.
pub struct Bracket {
    /// Its token.
    token: usize,
    /// Where its text begins.
    from: usize,
    image: bool,
    /// Whether there is another bracket in it.
    outer: bool,
    /// How many runs of emphasis are before it.
    delimiters: usize,
}

impl Reader<'_, '_, '_> {
    /// An opening bracket of one byte, or of two where it opens an image.
    pub(super) fn open_bracket(&mut self, length: usize) {
        if let Some(last) = self.brackets.last_mut() {
            last.outer = true;
        }
        self.brackets.push(Bracket {
            token: self.tokens.len(),
            from: self.at + length,
            image: length == 2,
            outer: false,
            delimiters: self.delimiters.len(),
        });
        // A token of its own, which the link takes the place of.
        self.tokens.push(Token::Text(self.at, self.at + length));
        self.at += length;
        // Text that follows must not be joined to it.
        self.tokens.push(Token::Text(self.at, self.at));
    }

    pub(super) fn close_bracket(&mut self) {
        let Some(bracket) = self.brackets.pop() else {
            return self.take_text(1);
        };
        // No link is within another.
        let place = self.brackets.len();
        let linked = place < self.linked;
        self.linked = self.linked.min(place);
        if linked && !bracket.image {
            return self.take_text(1);
        }
        let inline = self.inline_destination();
        if let Some((destination, end)) = inline.or_else(|| self.referred(&bracket)) {
            return self.close_link(&bracket, destination, end);
        }
        self.context.unresolved = true;
        if bracket.outer || bracket.image || !self.note(&bracket) {
            self.take_text(1);
        }
    }

    fn close_link(&mut self, bracket: &Bracket, destination: Destination, end: usize) {
        self.pair(bracket.delimiters);
        let mark = if bracket.image {
            Mark::Image(destination)
        } else {
            self.linked = self.brackets.len();
            Mark::Link(destination)
        };
        self.tokens[bracket.token] = Token::Open(mark);
        self.tokens.push(Token::Close);
        self.at = end;
    }

    /// The destination in parentheses behind the bracket here, and where they end.
    fn inline_destination(&self) -> Option<(Destination, usize)> {
        let text = self.text;
        let open = self.at + 1;
        if self.bytes.get(open) != Some(&b'(') {
            return None;
        }
        let (url, end) = destination(text, self.skip_space(open + 1))?;
        let from = self.skip_space(end);
        let title_end = title(self.bytes, from).filter(|_| from > end);
        let title = title_end.map_or("", |to| &text[from + 1..to - 1]);
        let close = self.skip_space(title_end.unwrap_or(from));
        let (url, title) = (unescape(url), unescape(title));
        (self.bytes.get(close) == Some(&b')')).then_some((Destination { url, title }, close + 1))
    }

    fn skip_space(&self, mut at: usize) -> usize {
        while self
            .bytes
            .get(at)
            .is_some_and(|b| matches!(b, b' ' | b'\t'..=b'\r'))
        {
            at += 1;
        }
        at
    }

    /// Where a reference leads, and where it ends.
    fn referred(&mut self, bracket: &Bracket) -> Option<(Destination, usize)> {
        let behind = self.at + 1;
        let full =
            label(self.text, behind).filter(|(label, _)| bracket.outer || !label.trim().is_empty());
        let (name, end) = match full {
            Some(full) => full,
            None if bracket.outer => return None,
            // `[text][]` or `[text]`.
            None => {
                let empty = label(self.text, behind).map_or(behind, |(_, end)| end);
                (&self.text[bracket.from..self.at], empty)
            }
        };
        let found = self
            .context
            .references
            .find(name, &mut self.context.spent)?;
        Some((found.clone(), end))
    }

    /// Makes the brackets a reference to a footnote, if they look like one; one without definition is text.
    fn note(&mut self, bracket: &Bracket) -> bool {
        let name = &self.text[bracket.from..self.at];
        let Some(name) = name.strip_prefix('^').filter(|name| !name.is_empty()) else {
            return false;
        };
        let plain = |token: &Token| {
            matches!(
                token,
                Token::Text(..) | Token::Decoded(_) | Token::Html(..) | Token::Marks(..)
            )
        };
        if !self.tokens[bracket.token..].iter().all(plain) {
            return false;
        }
        self.delimiters.truncate(bracket.delimiters);
        if let Some(note) = self.context.notes.last(&folded(name)) {
            self.tokens.truncate(bracket.token);
            self.tokens.push(Token::Note(note));
            self.at += 1;
            return true;
        }
        false
    }
}
