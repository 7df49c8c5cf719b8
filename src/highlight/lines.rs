//! What is read by lines: differences, Markdown, sessions of a terminal.

use super::Class::{Comment, Deleted, Inserted, Keyword, Number, Plain, Text};
use super::lexer::Lexer;
use super::tables;

/// Differences: what was added and removed.
pub fn diff(lexer: &mut Lexer) -> bool {
    let line = &lexer.rest()[..lexer.line()];
    let heads = [
        "diff ",
        "index ",
        "+++",
        "---",
        "***",
        "===",
        "Index: ",
        "new file",
        "deleted file",
        "rename ",
        "similarity ",
    ];
    let class = match lexer.behind() {
        b'\n' if heads.iter().any(|head| line.starts_with(head)) => Keyword,
        b'\n' => match lexer.peek(0) {
            b'@' => Number,
            b'+' | b'>' => Inserted,
            b'-' | b'<' => Deleted,
            b'\\' | b'#' => Comment,
            _ => Plain,
        },
        _ => Plain,
    };
    lexer.take(line.len(), class);
    true
}

/// A terminal: what was typed after a prompt is a command, the rest is what it answered.
pub fn console(lexer: &mut Lexer) -> bool {
    let line = lexer.line();
    let text = &lexer.rest()[..line];
    let prompt = ["$ ", "# ", "> ", "% "]
        .iter()
        .any(|prompt| text.starts_with(prompt));
    if lexer.behind() == b'\n' && prompt {
        lexer.take(2, Keyword);
        let to = lexer.at + line - 2;
        if to > lexer.at {
            lexer.embed(&tables::BASH, to);
        }
    } else {
        lexer.take(line, Comment);
    }
    true
}

/// Markdown: headings, fences with their language, code, emphasis, links, quotations, marks of lists.
pub fn markdown(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    if lexer.begins_line() && (fence(lexer) || begins_block(lexer)) {
        return true;
    }
    match lexer.peek(0) {
        b'`' => {
            let ticks = rest.bytes().take_while(|b| *b == b'`').count();
            let line = near(rest).get(ticks..).unwrap_or_default();
            let close = line.find(&rest[..ticks]).map(|at| 2 * ticks + at);
            lexer.take(
                close.unwrap_or(ticks),
                if close.is_some() { Text } else { Plain },
            );
        }
        b'*' | b'_' => {
            let marks = rest
                .bytes()
                .take_while(|b| matches!(b, b'*' | b'_'))
                .count();
            lexer.take(marks, Keyword);
        }
        b'\\' => lexer.take(2, Plain),
        b'<' if rest.starts_with("<!--") => {
            let end = rest.find("-->").map_or(rest.len(), |at| at + 3);
            lexer.take(end, Comment);
        }
        b']' if lexer.peek(1) == b'(' => {
            lexer.take(2, Plain);
            let end = match lexer.at < lexer.deaf {
                true => None,
                false => rest[2..].find([')', '\n']),
            };
            match end {
                Some(0) => {}
                Some(end) if rest.as_bytes()[2 + end] == b')' => lexer.take(end, Text),
                // No link on this line is closed after this place.
                end => lexer.deaf = lexer.deaf.max(lexer.at + end.unwrap_or(rest.len() - 2)),
            }
        }
        _ => {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let next = rest[first..].find(['`', '*', '_', '\\', '<', ']', '\n']);
            lexer.take(next.map_or(rest.len(), |at| first + at), Plain);
        }
    }
    true
}

/// The rest of the line, not all of it where it is very long: what is looked for may not be there.
fn near(text: &str) -> &str {
    let near = text.bytes().take(2000).position(|byte| byte == b'\n');
    let mut to = near.unwrap_or(text.len().min(2000));
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

/// A heading, a quotation, a mark of a list, a line across.
fn begins_block(lexer: &mut Lexer) -> bool {
    let line = &lexer.rest()[..lexer.line()];
    let first = lexer.peek(0);
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && matches!(line.as_bytes().get(hashes), None | Some(b' ')) {
        lexer.take(line.len(), Keyword);
        return true;
    }
    let bare = line.trim_end();
    let rule = bare.len() >= 3
        && bare.bytes().all(|b| b == first)
        && matches!(first, b'-' | b'=' | b'*' | b'_');
    if rule {
        lexer.take(bare.len(), Keyword);
        return true;
    }
    let digits = line.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let mark = match first {
        b'>' => 1,
        b'-' | b'+' | b'*' if line.as_bytes().get(1) == Some(&b' ') => 1,
        _ if digits > 0 && matches!(line.as_bytes().get(digits), Some(b'.' | b')')) => digits + 1,
        _ => 0,
    };
    if mark > 0 {
        lexer.take(mark, Keyword);
    }
    mark > 0
}

/// A fence, and what it holds in its own language.
fn fence(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    let first = lexer.peek(0);
    let marks = rest.bytes().take_while(|b| *b == first).count();
    if !matches!(first, b'`' | b'~') || marks < 3 {
        return false;
    }
    let head = lexer.line();
    let info = rest[marks..head].trim();
    if first == b'`' && info.contains('`') {
        return false;
    }
    let language = tables::find(info.split([' ', '{', ',']).next().unwrap_or_default());
    lexer.take(head, Keyword);
    let (mut body, mut close) = (0, 0);
    for (at, line) in lexer.rest().split_inclusive('\n').enumerate() {
        let bare = line.trim();
        if at > 0 && bare.len() >= marks && bare.bytes().all(|b| b == first) {
            close = line.trim_end().len();
            break;
        }
        body += line.len();
    }
    let to = lexer.at + body;
    match language {
        Some(language) if to > lexer.at => lexer.embed(language, to),
        _ => lexer.take_to(to, Text),
    }
    if close > 0 {
        lexer.take(close, Keyword);
    }
    true
}
