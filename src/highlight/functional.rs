//! What the tables of Haskell, OCaml, F#, Erlang, Elixir and the Lisps cannot say.

use super::Class::{Comment, Keyword, Name, Number, Plain, Text};
use super::language::{BRACE, HASH, long, opened, plain, twice, with};
use super::lexer::Lexer;
use super::script::symbol;

/// Haskell, Elm, PureScript: `--` begins a comment only where it is no operator; characters.
pub fn haskell(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    let dashes = rest.bytes().take_while(|b| *b == b'-').count();
    if dashes < 2 {
        return lexer.character();
    }
    let operator = |c: char| "!#$%&*+./<=>?@\\^|~:".contains(c);
    match rest[dashes..].starts_with(operator) {
        true => lexer.take(dashes, Plain),
        false => lexer.take(lexer.line(), Comment),
    }
    true
}

/// OCaml: `{id|…|id}`, characters, names of types.
pub fn ocaml(lexer: &mut Lexer) -> bool {
    if lexer.character() {
        return true;
    }
    if lexer.peek(0) == b'\'' {
        let name = lexer.rest().bytes().skip(1);
        let name = name
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
            .count();
        lexer.take(1 + name, Plain);
        return true;
    }
    let Some(body) = lexer.rest().strip_prefix('{') else {
        return false;
    };
    let id = body
        .bytes()
        .take_while(|b| b.is_ascii_lowercase() || *b == b'_')
        .count();
    if !body[id..].starts_with('|') || body[id..].starts_with("||") {
        return false;
    }
    let close = ["|", &body[..id], "}"].concat();
    lexer.raw(id + 2, &close);
    true
}

/// F#: strings of every kind, characters, names of types, `(*)`, directives.
pub fn fsharp(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    for (open, quote) in [
        ("$\"\"\"", with(long("\"\"\""), BRACE)),
        ("@\"", twice("@\"", "\"")),
        ("$\"", with(long("\""), BRACE)),
    ] {
        if rest.starts_with(open) {
            lexer.open_quote(opened(open, quote));
            return true;
        }
    }
    if rest.starts_with("(*)") {
        lexer.take(3, Plain);
        return true;
    }
    if lexer.peek(0) == b'#' && lexer.begins_line() {
        let word = rest
            .bytes()
            .skip(1)
            .take_while(u8::is_ascii_alphabetic)
            .count();
        lexer.take(1 + word, Keyword);
        return true;
    }
    ocaml(lexer)
}

/// Erlang: `$c`, attributes of a module, names given at the beginning of a line.
pub fn erlang(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'$' => {
            let escaped = usize::from(lexer.peek(1) == b'\\');
            let c = rest[1 + escaped..].chars().next().map_or(0, char::len_utf8);
            lexer.take(1 + escaped + c, Text);
            lexer.operand = true;
            true
        }
        b'0'..=b'9' if !is_word(lexer.behind()) => {
            let base = rest.bytes().take_while(u8::is_ascii_digit).count();
            let based = lexer.peek(base) == b'#';
            if based {
                let digits = rest
                    .bytes()
                    .skip(base + 1)
                    .take_while(u8::is_ascii_alphanumeric);
                lexer.take(base + 1 + digits.count(), Number);
            }
            based
        }
        b'-' if lexer.behind() == b'\n' && lexer.peek(1).is_ascii_lowercase() => {
            let word = rest.bytes().skip(1).take_while(|b| is_word(*b)).count();
            lexer.take(1 + word, Keyword);
            true
        }
        b'a'..=b'z' if lexer.behind() == b'\n' => {
            let word = rest.bytes().take_while(|b| is_word(*b)).count();
            let given = rest[word..].starts_with('(');
            if given {
                lexer.take(word, Name);
            }
            given
        }
        _ => false,
    }
}

/// Elixir: atoms, keys, sigils, `?c`, attributes of a module.
pub fn elixir(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b':' if lexer.peek(1) == b'"' => {
            lexer.take(1, Number);
            lexer.open_quote(with(plain("\""), HASH));
            true
        }
        b':' => symbol(lexer),
        b'~' => {
            let letters = rest
                .bytes()
                .skip(1)
                .take_while(u8::is_ascii_alphabetic)
                .count();
            let mark = lexer.peek(1 + letters);
            if letters == 0 || !mark.is_ascii_punctuation() {
                return false;
            }
            let triple = [mark; 3];
            match rest.as_bytes()[1 + letters..].starts_with(&triple) {
                true if matches!(mark, b'"' | b'\'') => {
                    let close = if mark == b'"' { "\"\"\"" } else { "'''" };
                    lexer.raw(4 + letters, close);
                }
                _ => lexer.delimited(1 + letters),
            }
            let flags = lexer
                .rest()
                .bytes()
                .take_while(u8::is_ascii_alphabetic)
                .count();
            if flags > 0 {
                lexer.take(flags, Text);
            }
            true
        }
        b'?' if !is_word(lexer.behind()) && !matches!(lexer.peek(1), b' ' | b'\n' | 0) => {
            let escaped = usize::from(lexer.peek(1) == b'\\');
            let c = rest[1 + escaped..].chars().next().map_or(0, char::len_utf8);
            lexer.take(1 + escaped + c, Text);
            true
        }
        b'@' if lexer.peek(1).is_ascii_lowercase() => {
            let word = rest.bytes().skip(1).take_while(|b| is_word(*b)).count();
            let class = match &rest[1..=word] {
                "doc" | "moduledoc" | "spec" | "type" | "typep" | "callback" | "behaviour"
                | "impl" => Keyword,
                _ => Plain,
            };
            lexer.take(1 + word, class);
            true
        }
        byte if byte.is_ascii_alphabetic() && !is_word(lexer.behind()) => {
            // `key: value`, where `key` may be a word of the language.
            let word = rest.bytes().take_while(|b| is_word(*b)).count();
            let rest = &rest[word..];
            let is_key = rest.starts_with(": ") || rest.starts_with(":\n");
            if is_key {
                lexer.take(word + 1, Name);
            }
            is_key
        }
        _ => false,
    }
}

/// Lisp, Scheme, Racket, Emacs Lisp: characters, keywords, what the first word of a list gives.
pub fn lisp(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'#' if lexer.peek(1) == b'\\' => {
            let c = rest[2..].chars().next().map_or(0, char::len_utf8);
            let tail = rest[2 + c..].bytes();
            let tail = tail
                .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
                .count();
            lexer.take(2 + c + tail, Text);
            true
        }
        b'#' if matches!(lexer.peek(1), b't' | b'f') && !is_word(lexer.peek(2)) => {
            lexer.take(2, Number);
            true
        }
        _ => keyword(lexer),
    }
}

/// Clojure: characters, keywords, regular expressions.
pub fn clojure(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    if lexer.peek(0) == b'\\' {
        let c = rest[1..].chars().next().map_or(0, char::len_utf8);
        let tail = rest[1 + c..]
            .bytes()
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        lexer.take(1 + c + tail, Text);
        return true;
    }
    if rest.starts_with("#\"") {
        lexer.take(1, Text);
        lexer.open_quote(long("\""));
        return true;
    }
    keyword(lexer)
}

/// `:name` of the Lisps.
fn keyword(lexer: &mut Lexer) -> bool {
    let inner = |b: &u8| is_word(*b) || b"-?!*+/.:<>=".contains(b);
    let length = match lexer.peek(0) {
        b':' if !is_word(lexer.behind()) => lexer.rest().as_bytes()[1..]
            .iter()
            .take_while(|b| inner(b))
            .count(),
        _ => 0,
    };
    if length > 0 {
        lexer.take(1 + length, Number);
    }
    length > 0
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
