//! HTML within text. It is shown as it is, but nothing in it is read as Markdown.

use super::{Reader, Token};

/// What is known not to end any more, so that it is not looked for again and again.
#[derive(Default)]
pub struct Missing {
    comment: bool,
    instruction: bool,
    data: bool,
    declaration: bool,
}

impl Reader<'_, '_, '_> {
    pub(super) fn angle(&mut self) {
        if self.angle_link() {
            return;
        }
        match self.html_end() {
            None => self.take_text(1),
            Some(end) => {
                self.tokens.push(Token::Html(self.at, end));
                self.at = end;
            }
        }
    }

    fn html_end(&mut self) -> Option<usize> {
        let rest = &self.text[self.at..];
        let missing = &mut self.missing;
        let (from, end, missing) = if rest.starts_with("<!--") {
            if rest.starts_with("<!-->") || rest.starts_with("<!--->") {
                return rest.find('>').map(|end| self.at + end + 1);
            }
            (4, "-->", &mut missing.comment)
        } else if rest.starts_with("<?") {
            (2, "?>", &mut missing.instruction)
        } else if rest.starts_with("<![CDATA[") {
            (9, "]]>", &mut missing.data)
        } else if rest.starts_with("<!") && rest[2..].starts_with(|c: char| c.is_ascii_alphabetic())
        {
            (2, ">", &mut missing.declaration)
        } else {
            return tag(self.bytes, self.at + 1);
        };
        if *missing {
            return None;
        }
        let found = rest[from..].find(end);
        *missing = found.is_none();
        found.map(|length| self.at + from + length + end.len())
    }
}

/// The end of the tag whose name, or slash, starts at `at`.
pub fn tag(bytes: &[u8], at: usize) -> Option<usize> {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let closing = byte(at) == b'/';
    let name = at + usize::from(closing);
    if !byte(name).is_ascii_alphabetic() {
        return None;
    }
    let mut at = skip(bytes, name, |b| b.is_ascii_alphanumeric() || b == b'-');
    loop {
        let from = skip(bytes, at, is_space);
        let starts = byte(from).is_ascii_alphabetic() || matches!(byte(from), b'_' | b':');
        if closing || from == at || !starts {
            let end = from + usize::from(!closing && byte(from) == b'/');
            return (byte(end) == b'>').then_some(end + 1);
        }
        at = skip(bytes, from, |b| {
            b.is_ascii_alphanumeric() || matches!(b, b'_' | b':' | b'.' | b'-')
        });
        let equals = skip(bytes, at, is_space);
        if byte(equals) == b'=' {
            at = value(bytes, skip(bytes, equals + 1, is_space))?;
        }
    }
}

/// The end of an attribute's value.
fn value(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = *bytes.get(at)?;
    if matches!(quote, b'"' | b'\'') {
        let length = bytes[at + 1..].iter().position(|&b| b == quote)?;
        return Some(at + length + 2);
    }
    let end = skip(bytes, at, |b| {
        !is_space(b) && !matches!(b, b'"' | b'\'' | b'=' | b'<' | b'>' | b'`')
    });
    (end > at).then_some(end)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn skip(bytes: &[u8], at: usize, of: impl Fn(u8) -> bool) -> usize {
    at + bytes[at..].iter().take_while(|&&b| of(b)).count()
}
