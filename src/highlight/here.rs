//! Here-documents: strings that begin on the line after the one that names their end.

use super::Class::{Plain, Text};
use super::lexer::Lexer;

/// A string that begins on the next line and ends with a line that is `word`.
pub struct Here<'a> {
    word: &'a str,
    /// Whether white space may stand before the word.
    indented: bool,
}

/// Takes `<<WORD`, `<<-WORD`, `<<~WORD`, the word in quotes or not, and remembers it. Here `<<` may
/// also shift, so the word must begin at once and, where it is not quoted, be of capitals, unless
/// `any` is set.
pub fn open(lexer: &mut Lexer, mark: &str, any: bool) -> bool {
    let Some(rest) = lexer.rest().strip_prefix(mark) else {
        return false;
    };
    let after = rest.trim_start_matches(['-', '~', '\\']);
    let quote = after
        .chars()
        .next()
        .filter(|c| matches!(c, '\'' | '"' | '`'));
    let body = after.strip_prefix(['\'', '"', '`']).unwrap_or(after);
    let length = body
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
        .count();
    let word = &body[..length];
    let closed = quote.is_none_or(|quote| body[length..].starts_with(quote));
    let named = quote.is_some()
        || any && !word.starts_with(|c: char| c.is_ascii_digit())
        || word.starts_with(|c: char| c.is_ascii_uppercase());
    if word.is_empty() || !closed || !named {
        return false;
    }
    let indented = rest.starts_with(['-', '~']) || mark.len() > 2;
    let prefix = mark.len() + rest.len() - after.len();
    let quoted = 2 * usize::from(quote.is_some());
    // The word lies in the text of the lexer, which the string outlives.
    let start = lexer.at + prefix + quoted / 2;
    let word = &lexer.text[start..start + length];
    lexer.waiting.push(Here { word, indented });
    lexer.take(prefix, Plain);
    lexer.take(length + quoted, Text);
    lexer.operand = true;
    true
}

/// Takes the strings that begin on this line. One that does not end takes all that is left.
pub fn bodies(lexer: &mut Lexer) {
    for here in std::mem::take(&mut lexer.waiting) {
        let rest = lexer.rest();
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            at += line.len();
            let line = line.trim_end_matches(['\n', '\r', ';', ',', ')']);
            let line = match here.indented {
                true => line.trim_start(),
                false => line,
            };
            if line == here.word {
                break;
            }
        }
        if at > 0 {
            lexer.take(at, Text);
        }
    }
}
