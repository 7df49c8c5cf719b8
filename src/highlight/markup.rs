//! HTML, XML and their like.

use super::Class::{Comment, Keyword, Name, Number, Plain, Text};
use super::lexer::{Frame, Lexer};
use super::tables;

/// One piece of a page; style sheets and scripts are read as what they are.
pub fn html(lexer: &mut Lexer) -> bool {
    match lexer.frames.last() {
        Some(Frame::Tag(_)) => tag(lexer),
        _ => content(lexer),
    }
    true
}

fn content(lexer: &mut Lexer) {
    let rest = lexer.rest();
    for (open, close, class) in [
        ("<!--", "-->", Comment),
        ("<![CDATA[", "]]>", Text),
        ("<!", ">", Keyword),
        ("<?", "?>", Keyword),
        ("{{", "}}", Plain),
    ] {
        if rest.starts_with(open) {
            let end = rest.find(close).map(|at| at + close.len());
            return lexer.take(end.unwrap_or(rest.len()), class);
        }
    }
    match lexer.peek(0) {
        b'<' => {
            let mark = 1 + usize::from(lexer.peek(1) == b'/');
            let name = name(&rest[mark..]);
            if name == 0 {
                return lexer.take(1, Plain);
            }
            lexer.take(mark, Plain);
            lexer.take(name, Keyword);
            lexer.frames.push(Frame::Tag(mark == 2));
        }
        b'&' => {
            let body = rest.bytes().skip(1).take(32);
            let length = body
                .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
                .count();
            match lexer.peek(1 + length) {
                b';' if length > 0 => lexer.take(length + 2, Number),
                _ => lexer.take(1, Plain),
            }
        }
        _ => {
            let next = rest.find(['<', '&', '\n', '{']).unwrap_or(rest.len());
            lexer.take(next, Plain);
        }
    }
}

fn tag(lexer: &mut Lexer) {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'>' => {
            lexer.frames.pop();
            lexer.take(1, Plain);
            embedded(lexer);
        }
        quote @ (b'"' | b'\'') => {
            let close = if quote == b'"' { "\"" } else { "'" };
            lexer.raw(1, close);
        }
        b'=' => {
            lexer.take(1, Plain);
            let rest = lexer.rest();
            let unquoted = |c: char| !(c.is_whitespace() || matches!(c, '"' | '\'' | '>' | '<'));
            let length = rest.find(|c| !unquoted(c)).unwrap_or(rest.len());
            if length > 0 {
                lexer.take(length, Text);
            }
        }
        b'<' => {
            // The tag was not closed.
            lexer.frames.pop();
        }
        _ => match rest.find(|c: char| c.is_whitespace() || "=<>\"'/".contains(c)) {
            Some(0) => lexer.take(1, Plain),
            length => lexer.take(length.unwrap_or(rest.len()), Name),
        },
    }
    if lexer.frames.is_empty() && lexer.peek(0) == b'<' {
        content(lexer);
    }
}

/// Reads what stands between `<script>` or `<style>`, just opened, and its end.
fn embedded(lexer: &mut Lexer) {
    let spans = lexer.out.iter().rev().take(64);
    let opened = spans
        .filter(|span| span.class == Keyword)
        .map(|span| &lexer.text[span.from..span.to])
        .next();
    let (close, language) = match opened.map(str::to_ascii_lowercase).as_deref() {
        Some("script") => ("</script", &tables::JAVASCRIPT),
        Some("style") => ("</style", &tables::CSS),
        _ => return,
    };
    let text = &lexer.text[..lexer.at];
    let tag = &text[text.rfind('<').unwrap_or(0)..];
    if tag.starts_with("</") || tag.ends_with("/>") {
        return;
    }
    let end = find_fold(lexer.rest(), close).map(|at| lexer.at + at);
    let end = end.unwrap_or(lexer.text.len());
    if end > lexer.at {
        lexer.embed(language, end);
    }
}

/// Where an ASCII text is found, whatever its capitals.
fn find_fold(text: &str, what: &str) -> Option<usize> {
    let mut places = text.match_indices('<').map(|(at, _)| at);
    places.find(|at| {
        let found = text.as_bytes().get(*at..at + what.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(what.as_bytes()))
    })
}

fn name(text: &str) -> usize {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return 0;
    }
    text.find(|c| !inner(c)).unwrap_or(text.len())
}
