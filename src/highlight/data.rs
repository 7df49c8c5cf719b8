//! JSON, YAML, TOML and INI, nginx, GraphQL: what is a key.

use super::Class::{Comment, Keyword, Name, Number, Plain, Text};
use super::language::{Quote, plain};
use super::lexer::Lexer;

/// JSON: a string before a colon is a key.
pub fn json(lexer: &mut Lexer) -> bool {
    let open = match lexer.peek(0) {
        b'"' => "\"",
        b'\'' => "'",
        _ => return false,
    };
    key_or_string(lexer, plain(open), b":");
    true
}

/// Takes a string; as a name where one of `marks` follows on its line.
fn key_or_string(lexer: &mut Lexer, quote: Quote, marks: &[u8]) {
    let spans = lexer.out.len();
    let from = lexer.at;
    lexer.open_quote(quote);
    let after = lexer.rest().bytes().find(|b| !matches!(b, b' ' | b'\t'));
    if after.is_some_and(|byte| marks.contains(&byte)) {
        let to = lexer.at;
        lexer.at = from;
        lexer.out.truncate(spans);
        if let Some(last) = lexer.out.last_mut() {
            last.to = last.to.min(from);
        }
        lexer.take_to(to, Name);
    }
}

/// YAML: keys, block scalars, comments at the beginning of a word, anchors, tags.
pub fn yaml(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    let begins = matches!(lexer.behind(), b' ' | b'\t' | b'\n' | b'[' | b'{' | b',');
    match lexer.peek(0) {
        b'#' if begins => lexer.take(lexer.line(), Comment),
        b'-' | b'.'
            if lexer.behind() == b'\n' && (rest.starts_with("---") || rest.starts_with("...")) =>
        {
            lexer.take(3, Keyword);
        }
        b'"' if begins => key_or_string(lexer, super::language::long("\""), b":"),
        b'\'' if begins => key_or_string(lexer, super::language::twice("'", "'"), b":"),
        b'&' | b'*' | b'!' if begins => {
            let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}'));
            lexer.take(length.unwrap_or(rest.len()), Keyword);
        }
        b'|' | b'>' if block_scalar(lexer) => {}
        b'[' | b']' | b'{' | b'}' | b',' | b':' | b'?' | b'-' if plain_mark(lexer) => {
            lexer.take(1, Plain)
        }
        _ => scalar(lexer),
    }
    true
}

/// Whether a mark of YAML stands for itself and does not begin a word.
fn plain_mark(lexer: &Lexer) -> bool {
    !matches!(lexer.peek(0), b'-' | b':' | b'?')
        || matches!(lexer.peek(1), b' ' | b'\n' | b'\t' | 0)
}

/// A plain scalar, up to what ends it: a key, a number, a value, or words.
fn scalar(lexer: &mut Lexer) {
    let rest = lexer.rest();
    let bytes = rest.as_bytes();
    let mut end = 0;
    let mut key = false;
    while end < bytes.len() && bytes[end] != b'\n' {
        let next = bytes.get(end + 1).copied().unwrap_or(b'\n');
        match bytes[end] {
            b':' if matches!(next, b' ' | b'\t' | b'\n' | b'\r') => {
                key = true;
                break;
            }
            b'#' if end > 0 && bytes[end - 1] == b' ' => break,
            b',' if matches!(next, b' ' | b'\n') => break,
            b']' | b'}' => break,
            _ => end += 1,
        }
    }
    let word = rest.get(..end.max(1)).unwrap_or_default();
    let word = word.trim_end_matches([' ', '\t', '\r']);
    let class = match () {
        () if key => Name,
        () if is_value(word) => Number,
        () => Plain,
    };
    lexer.take(word.len(), class);
}

fn is_value(word: &str) -> bool {
    let values = ["true", "false", "null", "~", "yes", "no", "on", "off"];
    let number = word.trim_start_matches(['-', '+']);
    values.iter().any(|value| value.eq_ignore_ascii_case(word))
        || number.starts_with(|c: char| c.is_ascii_digit())
            && number
                .bytes()
                .all(|b| b.is_ascii_hexdigit() || b"xo._-:+eETZ".contains(&b))
}

/// `|` or `>` at the end of a line, and the lines that are indented further.
fn block_scalar(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    let head = lexer.line();
    let mark = rest[..head].trim_end();
    let mark = mark.split(" #").next().unwrap_or_default().trim_end();
    if mark.len() > 3
        || mark
            .bytes()
            .skip(1)
            .any(|b| !matches!(b, b'+' | b'-' | b'1'..=b'9'))
    {
        return false;
    }
    let line_start = lexer.text[..lexer.at].rfind('\n').map_or(0, |at| at + 1);
    let own = indent(&lexer.text[line_start..lexer.at]);
    let mut to = head;
    for line in rest[head..].split_inclusive('\n').skip(1) {
        if !line.trim().is_empty() && indent(line) <= own {
            break;
        }
        to += line.len();
    }
    lexer.take(mark.len(), Keyword);
    let (line, end) = (lexer.line(), rest.len().min(to + 1));
    if line > 0 {
        lexer.take(line, Comment);
    }
    if rest.len() > head {
        lexer.take_to(lexer.text.len() - rest.len() + end, Text);
    }
    true
}

fn indent(line: &str) -> usize {
    line.bytes().take_while(|b| *b == b' ').count()
}

/// TOML: tables, keys.
pub fn toml(lexer: &mut Lexer) -> bool {
    section(lexer) || given(lexer, "=")
}

/// INI, properties, systemd, git: sections, keys, comments at the beginning of a line.
pub fn ini(lexer: &mut Lexer) -> bool {
    if matches!(lexer.peek(0), b'#' | b';' | b'!') {
        let begins = lexer.begins_line() || lexer.behind() == b' ' && lexer.peek(0) != b'!';
        let length = if begins { lexer.line() } else { 1 };
        lexer.take(length, if begins { Comment } else { Plain });
        return true;
    }
    section(lexer) || given(lexer, "=:")
}

/// `[section]`.
fn section(lexer: &mut Lexer) -> bool {
    if lexer.peek(0) != b'[' || !lexer.begins_line() {
        return false;
    }
    let line = lexer.rest()[..lexer.line()]
        .split(" #")
        .next()
        .unwrap_or_default()
        .trim_end();
    let found = line.ends_with(']') && !line.contains([',', '=']);
    if found {
        lexer.take(line.len(), Keyword);
    }
    found
}

/// `key = …` at the beginning of a line.
fn given(lexer: &mut Lexer, marks: &str) -> bool {
    let first = lexer.rest().chars().next().unwrap_or(' ');
    if !(first.is_alphanumeric() || matches!(first, '_' | '-' | '"')) || !lexer.begins_line() {
        return false;
    }
    let line = &lexer.rest()[..lexer.line()];
    let Some(mark) = line.find(|c| marks.contains(c)) else {
        return false;
    };
    let key = line[..mark].trim_end();
    let plain = key
        .chars()
        .all(|c| c.is_alphanumeric() || "_-.\" /".contains(c));
    if plain {
        lexer.take(key.len(), Name);
    }
    plain && !key.is_empty()
}

/// nginx: the first word after `{`, `}` or `;` is what is set.
pub fn nginx(lexer: &mut Lexer) -> bool {
    if lexer.peek(0) == b'$' {
        let name = lexer.rest().bytes().skip(1);
        let name = name
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
            .count();
        lexer.take(1 + name, Plain);
        return true;
    }
    if !lexer.peek(0).is_ascii_alphabetic() {
        return false;
    }
    let word = lexer
        .rest()
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
        .count();
    let mut before = lexer.text[..lexer.at].bytes().rev();
    let before = before.find(|b| !b.is_ascii_whitespace());
    let first = matches!(before, None | Some(b'{' | b'}' | b';')) || lexer.begins_line();
    let value = matches!(&lexer.rest()[..word], "on" | "off");
    let class = match (first, value) {
        (true, _) => Keyword,
        (_, true) => Number,
        _ => Plain,
    };
    lexer.take(word, class);
    true
}

/// HCL: `key =` and `block {`.
pub fn hcl(lexer: &mut Lexer) -> bool {
    given(lexer, "=")
}
