//! CSS, SCSS and Less.

use super::Class::{Comment, Keyword, Name, Number, Plain, Text};
use super::lexer::Lexer;

/// A style sheet; `//` begins a comment in SCSS and Less, which plain CSS does not use elsewhere.
pub fn css(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'/' if rest.starts_with("//") && lexer.behind() != b':' => {
            lexer.take(lexer.line(), Comment)
        }
        b'@' => {
            let word = 1 + length(&rest[1..]);
            lexer.take(word, if word > 1 { Keyword } else { Plain });
        }
        b'!' => {
            let word = 1 + length(&rest[1..]);
            lexer.take(word, if word > 1 { Keyword } else { Plain });
        }
        b'#' if lexer.peek(1) == b'{' => lexer.take(2, Plain),
        b'#' => {
            let word = length(&rest[1..]);
            let colour = matches!(word, 3 | 4 | 6 | 8)
                && rest[1..=word].bytes().all(|b| b.is_ascii_hexdigit())
                && !opens(lexer);
            lexer.take(1 + word, if colour { Number } else { Plain });
        }
        b'0'..=b'9' => number(lexer),
        b'.' if lexer.peek(1).is_ascii_digit() => number(lexer),
        b'-' | b'+' if lexer.peek(1).is_ascii_digit() || lexer.peek(1) == b'.' => {
            lexer.take(1, Plain)
        }
        b'u' if rest.starts_with("url(")
            && !matches!(rest[4..].trim_start().chars().next(), Some('"' | '\'')) =>
        {
            lexer.take(4, Plain);
            let end = lexer.rest().find([')', '\n']).unwrap_or(lexer.rest().len());
            if end > 0 {
                lexer.take(end, Text);
            }
        }
        _ => return property(lexer),
    }
    true
}

/// A word: the name of a property, or whatever else.
fn property(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    let sigil = usize::from(matches!(lexer.peek(0), b'$'));
    let word = sigil + length(&rest[sigil..]);
    if word == sigil {
        return false;
    }
    let after = rest[word..].trim_start_matches([' ', '\t']);
    // `a:hover` is a selector, and so is what ends in `{`.
    let is_name = after.starts_with(':')
        && !after.starts_with("::")
        && !opens(lexer)
        && lexer.begins_declaration();
    lexer.take(word, if is_name { Name } else { Plain });
    true
}

impl Lexer<'_> {
    /// Whether `{`, `;`, `}` or a comment is the last thing before this place.
    fn begins_declaration(&self) -> bool {
        let mut before = self.text[..self.at].bytes().rev();
        let before = before.find(|byte| !byte.is_ascii_whitespace());
        matches!(before, None | Some(b'{' | b';' | b'}' | b'/' | b'('))
    }
}

/// Whether a `{` comes before the next `;` and `}`, near enough.
fn opens(lexer: &Lexer) -> bool {
    let mut before = b' ';
    for &byte in lexer.rest().as_bytes().iter().take(200) {
        match byte {
            b'{' => return true,
            b';' | b'}' => return false,
            // After a comma the selector goes on.
            b'\n' if before != b',' => return false,
            b' ' | b'\t' | b'\r' => {}
            _ => before = byte,
        }
    }
    false
}

/// A number with its unit.
fn number(lexer: &mut Lexer) {
    let bytes = lexer.rest().as_bytes();
    let mut digits = bytes
        .iter()
        .take_while(|b| b.is_ascii_digit() || **b == b'.')
        .count();
    digits += bytes[digits..]
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'%')
        .count();
    lexer.take(digits, Number);
}

/// The length of the name here.
fn length(text: &str) -> usize {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.find(|c| !inner(c)).unwrap_or(text.len())
}
