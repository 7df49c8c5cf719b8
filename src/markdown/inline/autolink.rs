//! Links without marks: `<https://…>`, `<mail@…>`, and URLs, `www.` and mail addresses in plain text.

use super::super::reference::{Destination, unescape};
use super::class::is_punctuation;
use super::{Mark, Reader, Token};

/// The domain of a URL is not checked beyond so many dots.
const MAX_DOTS: usize = 10;

impl Reader<'_, '_, '_> {
    fn push_link(&mut self, url: String, content: Token) {
        let title = String::new();
        self.tokens
            .push(Token::Open(Mark::Link(Destination { url, title })));
        self.tokens.push(content);
        self.tokens.push(Token::Close);
    }

    /// Reads `<https://…>` or `<mail@…>`.
    pub(super) fn angle_link(&mut self) -> bool {
        let from = self.at + 1;
        let rest = &self.bytes[from..];
        let end = rest
            .iter()
            .position(|b| matches!(b, 1..=b' ' | b'<' | b'>'));
        let Some(to) = end
            .map(|end| from + end)
            .filter(|&to| self.bytes[to] == b'>')
        else {
            return false;
        };
        let link = &self.text[from..to];
        let mail = is_mail(link);
        if !mail && !has_scheme(link) {
            return false;
        }
        let shown = unescape_entities(link);
        let url = if mail {
            ["mailto:", &shown].concat()
        } else {
            shown.clone()
        };
        self.push_link(url, Token::Decoded(shown));
        self.at = to + 1;
        true
    }

    /// Reads on from the colon of a URL whose scheme was read as text.
    pub(super) fn url(&mut self) -> bool {
        let text = self.text;
        let Some(rest) = text[self.at..].strip_prefix("://") else {
            return false;
        };
        let letters = self.bytes[..self.at].iter().rev();
        let from = self.at - letters.take_while(|b| b.is_ascii_alphabetic()).count();
        let scheme = &text[from..self.at];
        let known = ["http", "https", "ftp"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known));
        if !known || !rest.chars().next().is_some_and(is_host) {
            return false;
        }
        let Some(domain) = domain_length(rest, true) else {
            return false;
        };
        let to = url_end(text, self.at, self.at + 3 + domain);
        self.take_back(from);
        self.push_link(text[from..to].to_owned(), Token::Text(from, to));
        self.at = to;
        true
    }

    /// Takes the text from `from` on out of the tokens.
    fn take_back(&mut self, from: usize) {
        while let Some(Token::Text(start, end)) = self.tokens.last_mut() {
            if *start >= from {
                self.tokens.pop();
            } else {
                *end = from.min(*end);
                return;
            }
        }
    }

    pub(super) fn www(&mut self) -> bool {
        let text = self.text;
        let (from, before) = (self.at, self.bytes[..self.at].last());
        let apart = before.is_none_or(|b| {
            matches!(
                b,
                b' ' | b'\t' | b'\n' | b'\r' | b'*' | b'_' | b'~' | b'(' | b'['
            )
        });
        let Some(rest) = text[from..].strip_prefix("www.").filter(|_| apart) else {
            return false;
        };
        let Some(domain) = domain_length(rest, false) else {
            return false;
        };
        let to = url_end(text, from, from + 4 + domain);
        self.push_link(["http://", &text[from..to]].concat(), Token::Text(from, to));
        self.at = to;
        true
    }
}

fn unescape_entities(link: &str) -> String {
    // Backslashes in it are its own.
    unescape(&link.replace('\\', "\\\\"))
}

fn has_scheme(link: &str) -> bool {
    let Some((scheme, _)) = link.split_once(':') else {
        return false;
    };
    (2..=32).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'))
}

fn is_mail(link: &str) -> bool {
    let Some((name, domain)) = link.split_once('@') else {
        return false;
    };
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b))
        && domain.split('.').all(label)
}

fn is_host(c: char) -> bool {
    !(c.is_whitespace() || is_punctuation(c))
}

/// How long the domain is that a text starts with; `None` where it cannot be one. Underscores must not be in its last
/// two parts.
fn domain_length(text: &str, short: bool) -> Option<usize> {
    let (mut dots, mut last, mut before) = (0, false, false);
    let mut length = text.len();
    for (at, c) in text.char_indices() {
        match c {
            '_' => last = true,
            '.' => {
                (before, last) = (last, false);
                dots += 1;
            }
            '-' => {}
            '\\' if at + 1 < text.len() => {}
            _ if is_host(c) => {}
            _ => {
                length = at;
                break;
            }
        }
    }
    if dots > MAX_DOTS {
        return Some(length);
    }
    (!(last || before) && (short || dots > 0)).then_some(length)
}

/// Where a URL ends that began at `from` and goes on at least to `to`: before a space, without the punctuation that
/// belongs to the sentence.
fn url_end(text: &str, from: usize, mut to: usize) -> usize {
    let bytes = text.as_bytes();
    let space = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'<');
    to += bytes[to..]
        .iter()
        .position(space)
        .unwrap_or(bytes.len() - to);
    let count = |sign: u8| bytes[from..to].iter().filter(|&&b| b == sign).count();
    let (opened, mut closed) = (count(b'('), count(b')'));
    while to > from {
        match bytes[to - 1] {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => to -= 1,
            b')' if closed > opened => {
                closed -= 1;
                to -= 1;
            }
            b';' => to = before_entity(bytes, from, to),
            _ => break,
        }
    }
    to
}

/// Where a URL ends that has a semicolon before `to`: before what looks like an entity, or before the semicolon.
fn before_entity(bytes: &[u8], from: usize, to: usize) -> usize {
    let letters = bytes[from..to - 1].iter().rev();
    let count = letters.take_while(|b| b.is_ascii_alphabetic()).count();
    match to.checked_sub(count + 2) {
        Some(start) if count > 0 && start > from && bytes[start] == b'&' => start,
        _ => to - 1,
    }
}

/// The first mail address in a plain text, with `mailto:` if that stands before it: from and to. None in brackets.
pub fn email(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut depth = 0;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            b'@' if depth <= 0 => {
                let found = email_at(text, at);
                if found.is_some() {
                    return found;
                }
            }
            _ => {}
        }
    }
    None
}

fn email_at(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-' | b'_');
    let mut from = at - bytes[..at].iter().rev().take_while(|b| name(b)).count();
    for scheme in ["mailto:", "xmpp:"] {
        let before = text[..from].strip_suffix(scheme).map(str::as_bytes);
        if before.is_some_and(|before| !before.last().is_some_and(u8::is_ascii_alphabetic)) {
            from -= scheme.len();
            break;
        }
    }
    let mut to = at + 1;
    let mut dots = 0;
    while let Some(&byte) = bytes.get(to) {
        match byte {
            b'@' => return None,
            b'.' if bytes.get(to + 1).is_some_and(u8::is_ascii_alphanumeric) => dots += 1,
            b'-' | b'_' => {}
            _ if byte.is_ascii_alphanumeric() => {}
            _ => break,
        }
        to += 1;
    }
    if from == at || dots == 0 || !bytes[to - 1].is_ascii_alphabetic() {
        return None;
    }
    Some((from, to))
}
