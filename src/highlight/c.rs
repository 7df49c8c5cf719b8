//! What the tables of C and its heirs, and of Rust, Go, Swift and Zig, cannot say.

use super::Class::{Keyword, Plain, Text};
use super::language::{BRACE, Inside, Quote, long, opened, plain, raw, twice, with};
use super::lexer::Lexer;

const INTERPOLATED: Quote = with(opened("$\"", plain("\"")), BRACE);
const VERBATIM: Quote = twice("@\"", "\"");

/// C, C++, Objective-C, GLSL: lines for the preprocessor, raw strings.
pub fn c(lexer: &mut Lexer) -> bool {
    directive(lexer) || raw_string(lexer)
}

/// Objective-C: C, and words that begin with `@`.
pub fn objc(lexer: &mut Lexer) -> bool {
    if lexer.peek(0) == b'@' && lexer.peek(1).is_ascii_alphabetic() {
        let rest = &lexer.rest()[1..];
        let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        lexer.naming = matches!(
            &rest[..word],
            "interface" | "implementation" | "protocol" | "class"
        );
        lexer.take(1 + word, Keyword);
        return true;
    }
    c(lexer)
}

/// C#: `#region`, `@"…"`, `$"…{x}…"`, `"""…"""`.
pub fn csharp(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'#' => directive(lexer),
        b'$' | b'@' | b'"' => {
            let marks = rest
                .bytes()
                .take_while(|b| matches!(b, b'$' | b'@'))
                .count();
            let quotes = rest[marks..].bytes().take_while(|b| *b == b'"').count();
            match (&rest[..marks], quotes) {
                (_, 3..) => lexer.raw(marks + quotes, &rest[marks..marks + quotes]),
                ("$", 1 | 2) => lexer.open_quote(INTERPOLATED),
                ("@", 1 | 2) => lexer.open_quote(VERBATIM),
                ("$@", 1 | 2) => lexer.open_quote(with(opened("$@\"", VERBATIM), BRACE)),
                ("@$", 1 | 2) => lexer.open_quote(with(opened("@$\"", VERBATIM), BRACE)),
                _ if marks > 1 => lexer.take(marks, Plain),
                _ => return false,
            }
            true
        }
        _ => false,
    }
}

/// Rust: raw strings, bytes, characters that are no lifetimes, raw names.
pub fn rust(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    if lexer.peek(0) == b'\'' {
        if !lexer.character() {
            lexer.take(1, Plain);
            let lifetime = lexer.word_length();
            if lifetime > 0 {
                lexer.take(lifetime, Plain);
            }
        }
        return true;
    }
    let prefix = rest
        .bytes()
        .take_while(|b| matches!(b, b'b' | b'c' | b'r'))
        .count();
    if prefix == 0 {
        return false;
    }
    let hashes = rest[prefix..].bytes().take_while(|b| *b == b'#').count();
    let after = lexer.peek(prefix + hashes);
    match &rest[..prefix] {
        "b" if hashes == 0 && after == b'\'' => {
            lexer.take(1, Text);
            lexer.character()
        }
        "b" | "c" if hashes == 0 && after == b'"' => {
            lexer.take(1, Text);
            lexer.open_quote(long("\""));
            true
        }
        "r" | "br" | "cr" if after == b'"' => {
            let mut close = String::from("\"");
            close.push_str(&rest[prefix..prefix + hashes]);
            lexer.raw(prefix + hashes + 1, &close);
            true
        }
        "r" if hashes == 1 => {
            lexer.take(2, Plain);
            let name = lexer.word_length();
            lexer.take(name, Plain);
            true
        }
        _ => false,
    }
}

/// Go: the name of a method comes after the value it belongs to.
pub fn go(lexer: &mut Lexer) -> bool {
    let receiver = lexer.naming && lexer.peek(0) == b'(' && lexer.behind() == b' ';
    let end = match receiver {
        true => lexer.rest().bytes().take(200).position(|b| b == b')'),
        false => None,
    };
    if let Some(end) = end {
        lexer.take(end + 1, Plain);
        lexer.naming = true;
    }
    end.is_some()
}

/// Swift: `#"…"#`, and what the compiler is told.
pub fn swift(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    let hashes = rest.bytes().take_while(|b| *b == b'#').count();
    if hashes == 0 {
        return false;
    }
    let quotes = rest[hashes..].bytes().take_while(|b| *b == b'"').count();
    let quotes = if quotes >= 3 { 3 } else { quotes.min(1) };
    match (quotes, hashes) {
        (0, 1) => return directive(lexer),
        (0, _) => {
            lexer.take(hashes, Plain);
            return true;
        }
        _ => {}
    }
    let mut close = rest[hashes..hashes + quotes].to_owned();
    close.push_str(&rest[..hashes]);
    lexer.raw(hashes + quotes, &close);
    true
}

/// The code within a string of Swift.
pub const SWIFT: Option<Inside> = Some(Inside {
    open: "\\(",
    close: b')',
});

/// Kotlin, Scala, Haskell's relatives: a character is one only where it ends as one.
pub fn characters(lexer: &mut Lexer) -> bool {
    lexer.character()
}

/// Dart: raw strings.
pub fn dart(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    for (open, close) in [
        ("r'''", "'''"),
        ("r\"\"\"", "\"\"\""),
        ("r'", "'"),
        ("r\"", "\""),
    ] {
        if rest.starts_with(open) {
            lexer.open_quote(raw(open, close));
            return true;
        }
    }
    false
}

/// Zig: strings of lines that each begin with two backslashes.
pub fn zig(lexer: &mut Lexer) -> bool {
    if lexer.rest().starts_with("\\\\") {
        lexer.take(lexer.line(), Text);
        return true;
    }
    if lexer.peek(0) == b'@' {
        lexer.take(1, Keyword);
        let name = lexer.word_length();
        if name > 0 {
            lexer.take(name, Keyword);
            lexer.operand = true;
        }
        return true;
    }
    false
}

/// A line for the preprocessor: its word, and a file in angle brackets.
fn directive(lexer: &mut Lexer) -> bool {
    if lexer.peek(0) != b'#' || !lexer.begins_line() {
        return false;
    }
    let rest = &lexer.rest()[1..];
    let gap = rest
        .bytes()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count();
    let word = rest[gap..]
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let name = &rest[gap..gap + word];
    lexer.take(1 + gap + word, Keyword);
    if matches!(name, "include" | "import" | "include_next") {
        let line = &lexer.rest()[..lexer.line()];
        let start = line
            .bytes()
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count();
        if let (true, Some(end)) = (line[start..].starts_with('<'), line.find('>')) {
            lexer.take_to(lexer.at + start, Plain);
            lexer.take(end + 1 - start, Text);
        }
    }
    lexer.naming = name == "define";
    true
}

/// `R"mark(…)mark"`, with any prefix.
fn raw_string(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    let Some(open) = ["R\"", "u8R\"", "LR\"", "uR\"", "UR\""]
        .iter()
        .find(|open| rest.starts_with(**open))
    else {
        return false;
    };
    let body = &rest[open.len()..];
    let mark = body
        .bytes()
        .take(17)
        .take_while(|b| !matches!(b, b'(' | b'"' | b' ' | b'\n'))
        .count();
    let Some(mark) = body.get(..mark).filter(|_| body[mark..].starts_with('(')) else {
        return false;
    };
    let mut close = String::from(")");
    close.push_str(mark);
    close.push('"');
    lexer.raw(open.len() + mark.len() + 1, &close);
    true
}
