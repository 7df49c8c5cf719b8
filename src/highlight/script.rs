//! What the tables of JavaScript, Python, Ruby, Perl, PHP, Lua, R, Julia, MATLAB, Nim and SQL cannot say.

use super::Class::{Comment, Keyword, Name, Plain, Text};
use super::here;
use super::language::{BRACE, Escape, Quote, long, plain, raw, with};
use super::lexer::{Frame, Lexer};

/// JavaScript with markup in it.
pub fn javascript(lexer: &mut Lexer) -> bool {
    match lexer.frames.last() {
        Some(Frame::Tag(closes)) => return tag(lexer, *closes),
        Some(Frame::Children) => return children(lexer),
        _ => {}
    }
    let next = lexer.peek(1);
    let opens = next.is_ascii_alphabetic() || next == b'>';
    if lexer.peek(0) == b'<' && opens && !lexer.operand && !is_generic(lexer.rest()) {
        open_tag(lexer);
        return true;
    }
    typescript(lexer)
}

/// JavaScript without markup: regular expressions, decorators, private names.
pub fn typescript(lexer: &mut Lexer) -> bool {
    let slash = lexer.peek(0) == b'/' && !matches!(lexer.peek(1), b'/' | b'*');
    slash && lexer.regex() || shebang(lexer)
}

/// Whether a `<` begins the types of an arrow function: `<T,>` or `<T extends U>`.
fn is_generic(rest: &str) -> bool {
    let name = rest.bytes().skip(1).take_while(|b| is_word(*b)).count();
    let after = &rest[1 + name..];
    after.starts_with(',') || after.starts_with(" extends ")
}

/// Takes `<`, `/` and the name, and reads attributes from there on.
fn open_tag(lexer: &mut Lexer) {
    let rest = lexer.rest();
    let closes = rest.starts_with("</");
    let mark = 1 + usize::from(closes);
    let inner = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':' | b'$');
    let name = rest.as_bytes()[mark..]
        .iter()
        .take_while(|b| inner(b))
        .count();
    lexer.take(mark, Plain);
    if name > 0 {
        lexer.take(name, Keyword);
    }
    lexer.frames.push(Frame::Tag(closes));
}

/// One piece of a tag.
fn tag(lexer: &mut Lexer, closes: bool) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'>' => {
            lexer.frames.pop();
            lexer.take(1, Plain);
            match closes {
                // The children that this tag closes lie below it.
                true => lexer.frames.truncate(lexer.frames.len().saturating_sub(1)),
                false => lexer.frames.push(Frame::Children),
            }
            lexer.operand = true;
        }
        b'/' if lexer.peek(1) == b'>' => {
            lexer.frames.pop();
            lexer.take(2, Plain);
            lexer.operand = true;
        }
        b'{' => brace(lexer),
        quote @ (b'"' | b'\'') => {
            let close = if quote == b'"' { "\"" } else { "'" };
            lexer.raw(1, close);
        }
        b'<' => {
            // The types of a component.
            let near = rest.bytes().take(200).position(|byte| byte == b'>');
            lexer.take(near.map_or(1, |at| at + 1), Plain);
        }
        b'=' => lexer.take(1, Plain),
        _ => {
            let name = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.' | '$')));
            match name.unwrap_or(rest.len()) {
                0 => lexer.take(1, Plain),
                length => lexer.take(length, Name),
            }
        }
    }
    true
}

/// A stretch of what stands between two tags.
fn children(lexer: &mut Lexer) -> bool {
    match lexer.peek(0) {
        b'{' => brace(lexer),
        b'<' => open_tag(lexer),
        _ => {
            let rest = lexer.rest();
            lexer.take(rest.find(['{', '<', '\n']).unwrap_or(rest.len()), Plain);
        }
    }
    true
}

fn brace(lexer: &mut Lexer) {
    lexer.take(1, Plain);
    lexer.frames.push(Frame::Braces(0));
    lexer.operand = false;
}

/// `#!` at the very beginning.
fn shebang(lexer: &mut Lexer) -> bool {
    let found = lexer.at == 0 && lexer.rest().starts_with("#!");
    if found {
        lexer.take(lexer.line(), Comment);
    }
    found
}

/// Python: prefixes of strings.
pub fn python(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    let prefix = rest
        .bytes()
        .take(3)
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let letters = rest[..prefix].to_ascii_lowercase();
    let known = [
        "", "r", "b", "u", "f", "t", "br", "rb", "fr", "rf", "tr", "rt",
    ];
    if !matches!(lexer.peek(prefix), b'"' | b'\'') || !known.contains(&letters.as_str()) {
        return false;
    }
    if prefix > 0 && is_word(lexer.behind()) {
        return false;
    }
    let quote = match &rest[prefix..] {
        quoted if quoted.starts_with("\"\"\"") => long("\"\"\""),
        quoted if quoted.starts_with("'''") => long("'''"),
        quoted if quoted.starts_with('"') => plain("\""),
        _ => plain("'"),
    };
    let inside = letters.contains(['f', 't']).then_some(BRACE).flatten();
    if prefix > 0 {
        lexer.take(prefix, Text);
    }
    lexer.open_quote(with(quote, inside));
    true
}

/// Ruby: here-documents, `%w[…]`, regular expressions, symbols, `=begin … =end`.
pub fn ruby(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'=' if lexer.behind() == b'\n' && rest.starts_with("=begin") => {
            let end = rest.find("\n=end").map(|at| at + "\n=end".len());
            lexer.take(end.unwrap_or(rest.len()), Comment);
            true
        }
        b'<' if !lexer.operand || matches!(lexer.peek(2), b'~' | b'-') => {
            here::open(lexer, "<<", false)
        }
        b'%' if !lexer.operand => {
            let letter = usize::from(b"wWiIqQrsx".contains(&lexer.peek(1)));
            let mark = lexer.peek(1 + letter);
            let found = mark.is_ascii_punctuation() && mark != b'=';
            if found {
                lexer.delimited(1 + letter);
            }
            found
        }
        b'/' => lexer.regex(),
        b':' => symbol(lexer),
        b'_' if lexer.behind() == b'\n' && rest.starts_with("__END__\n") => {
            lexer.take(rest.len(), Comment);
            true
        }
        _ => false,
    }
}

/// `:name`, of Ruby, Elixir and Julia; not the half of `::`.
pub fn symbol(lexer: &mut Lexer) -> bool {
    let next = lexer.peek(1);
    let named = next.is_ascii_alphabetic() || next == b'_';
    if lexer.peek(0) != b':' || !named || is_word(lexer.behind()) || lexer.behind() == b':' {
        return false;
    }
    let inner = |b: &u8| is_word(*b) || matches!(b, b'?' | b'!' | b'@');
    let length = lexer.rest().as_bytes()[1..]
        .iter()
        .take_while(|b| inner(b))
        .count();
    lexer.take(1 + length, super::Class::Number);
    lexer.operand = true;
    true
}

/// Perl: quotes of every kind, here-documents, `=pod … =cut`, what comes after `__END__`.
pub fn perl(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'=' if lexer.behind() == b'\n' && lexer.peek(1).is_ascii_alphabetic() => {
            let end = rest.find("\n=cut").map(|at| at + "\n=cut".len());
            lexer.take(end.unwrap_or(rest.len()), Comment);
            true
        }
        b'<' => here::open(lexer, "<<", false),
        b'/' => lexer.regex(),
        b'$' | b'@' | b'%' if is_word(lexer.peek(1)) || lexer.peek(1) == b'#' => {
            let sigils = 1 + usize::from(lexer.peek(1) == b'#');
            lexer.take(sigils, Plain);
            let name = lexer.word_length();
            if name > 0 {
                lexer.take(name, Plain);
            }
            lexer.operand = true;
            true
        }
        b'_' if rest.starts_with("__END__") || rest.starts_with("__DATA__") => {
            lexer.take(rest.len(), Comment);
            true
        }
        b'm' | b'q' | b's' | b't' | b'y' => perl_quote(lexer),
        _ => false,
    }
}

/// `q(…)`, `qw<…>`, `m{…}`, `s/…/…/`, `tr/…/…/`.
fn perl_quote(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest().as_bytes();
    let word = rest.iter().take_while(|b| is_word(**b)).count();
    let parts = match &rest[..word] {
        b"q" | b"qq" | b"qw" | b"qr" | b"qx" | b"m" => 1,
        b"s" | b"tr" | b"y" => 2,
        _ => return false,
    };
    let mark = lexer.peek(word);
    let opens =
        mark.is_ascii_punctuation() && !matches!(mark, b',' | b';' | b'=' | b')' | b'>' | b'-');
    if !opens || matches!(lexer.behind(), b'$' | b'@' | b'%' | b'>' | b'{') {
        return false;
    }
    lexer.delimited(word);
    if parts == 2 {
        // The second part ends with the mark that ended the first, or has brackets of its own.
        match super::quote::closing(mark) == mark {
            true => lexer.until(mark),
            false if lexer.peek(0).is_ascii_punctuation() => lexer.delimited(0),
            false => {}
        }
    }
    let rest = lexer.rest().as_bytes();
    let flags = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if flags > 0 {
        lexer.take(flags, Text);
    }
    true
}

/// PHP: here-documents, and the page around it.
pub fn php(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    if lexer.at == 0 && rest.contains("<?") && !rest.starts_with("<?") || rest.starts_with("?>") {
        let mark = if rest.starts_with("?>") { 2 } else { 0 };
        if mark > 0 {
            lexer.take(mark, Keyword);
        }
        let end = lexer.rest().find("<?").map(|at| lexer.at + at);
        lexer.embed(&super::tables::HTML, end.unwrap_or(lexer.text.len()));
        return true;
    }
    if rest.starts_with("<?") {
        let length = if rest.starts_with("<?php") { 5 } else { 2 };
        lexer.take(length, Keyword);
        return true;
    }
    if rest.starts_with("#[") {
        lexer.take(2, Plain);
        return true;
    }
    // A comment ends where the code ends.
    if rest.starts_with("//") || rest.starts_with('#') {
        let line = &rest[..lexer.line()];
        lexer.take(line.find("?>").unwrap_or(line.len()), Comment);
        return true;
    }
    rest.starts_with("<<<") && here::open(lexer, "<<<", true)
}

/// Lua: long brackets, as strings and as comments.
pub fn lua(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    let dashes = if rest.starts_with("--[") { 2 } else { 0 };
    let Some(body) = rest[dashes..].strip_prefix('[') else {
        return false;
    };
    let level = body.bytes().take_while(|b| *b == b'=').count();
    if !body[level..].starts_with('[') {
        return false;
    }
    let close = ["]", &body[..level], "]"].concat();
    let end = rest.find(&close).map(|at| at + close.len());
    let class = if dashes > 0 { Comment } else { Text };
    lexer.take(end.unwrap_or(rest.len()), class);
    lexer.operand = true;
    true
}

/// R: raw strings, `%in%`.
pub fn r(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    if lexer.peek(0) == b'%' {
        let name = rest.bytes().skip(1).take(24);
        let mut name = name.take_while(|b| !b.is_ascii_whitespace());
        if let Some(end) = name.position(|b| b == b'%') {
            lexer.take(end + 2, Keyword);
            lexer.operand = false;
            return true;
        }
        return false;
    }
    let marked = matches!(lexer.peek(0), b'r' | b'R') && matches!(lexer.peek(1), b'"' | b'\'');
    if !marked || is_word(lexer.behind()) {
        return false;
    }
    let dashes = rest.bytes().skip(2).take_while(|b| *b == b'-').count();
    let open = lexer.peek(2 + dashes);
    if !matches!(open, b'(' | b'[' | b'{') {
        return false;
    }
    let bracket = char::from(super::quote::closing(open)).to_string();
    let close = [&bracket, &rest[2..2 + dashes], &rest[1..2]].concat();
    lexer.raw(3 + dashes, &close);
    true
}

/// Julia: `'` after a value transposes; symbols; raw strings.
pub fn julia(lexer: &mut Lexer) -> bool {
    match lexer.peek(0) {
        b'\'' if lexer.operand => {
            lexer.take(1, Plain);
            true
        }
        b'\'' => lexer.character(),
        b':' => !lexer.operand && symbol(lexer),
        _ => {
            lexer.rest().starts_with("raw\"") && {
                lexer.take(3, Text);
                lexer.open_quote(plain("\""));
                true
            }
        }
    }
}

/// MATLAB: `'` after a value transposes; `%{ … %}` on lines of their own; `...` goes on.
pub fn matlab(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'\'' if lexer.operand || matches!(lexer.behind(), b'.' | b'}' | b'\'') => {
            lexer.take(1, Plain);
            true
        }
        b'%' if rest[..lexer.line()].trim_end() == "%{" && lexer.begins_line() => {
            let mut end = 0;
            for line in rest.split_inclusive('\n') {
                end += line.len();
                if line.trim() == "%}" {
                    break;
                }
            }
            lexer.take(end, Comment);
            true
        }
        b'.' if rest.starts_with("...") => {
            lexer.take(lexer.line(), Comment);
            true
        }
        _ => false,
    }
}

/// Nim: raw strings, numbers with a type, characters.
pub fn nim(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    if rest.starts_with("r\"") && !rest.starts_with("r\"\"\"") && !is_word(lexer.behind()) {
        lexer.open_quote(Quote {
            lines: false,
            escape: Escape::Twice,
            ..raw("r\"", "\"")
        });
        return true;
    }
    lexer.character()
}

/// SQL: `$tag$ … $tag$`.
pub fn sql(lexer: &mut Lexer) -> bool {
    let Some(body) = lexer.rest().strip_prefix('$') else {
        return false;
    };
    let tag = body.bytes().take_while(|b| is_word(*b)).count();
    if body.starts_with(|c: char| c.is_ascii_digit()) || !body[tag..].starts_with('$') {
        return false;
    }
    let mark = &lexer.rest()[..tag + 2];
    lexer.raw(mark.len(), mark);
    true
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
