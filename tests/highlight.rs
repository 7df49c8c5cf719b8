//! Highlighting, on code of each language in `tests/data/highlight.txt`, and on anything at all.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use viewfinder::highlight::{Class, highlight};

const CASES: &str = include_str!("data/highlight.txt");

/// The names and the marked code of all cases.
fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    CASES
        .split("=== ")
        .skip(1)
        .filter_map(|case| case.split_once('\n'))
}

/// Takes the marks out.
fn unmarked(code: &str) -> String {
    let mut parts = code.split('«');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let marked = part.split_once(' ').map_or("", |(_, marked)| marked);
        plain.push_str(&marked.replacen('»', "", 1));
    }
    plain
}

/// The code with a mark around each stretch, as `«k fn»`. Fails where the stretches do not tile it.
fn marked(language: &str, code: &str) -> String {
    let spans = highlight(language, code).expect(language);
    let mut out = String::new();
    let mut end = (0, None);
    for span in spans {
        assert_eq!(span.from, end.0, "{language}: a gap in {code:?}");
        assert!(span.to > span.from, "{language}: nothing in {code:?}");
        assert_ne!(
            Some(span.class),
            end.1,
            "{language}: neighbours in {code:?}"
        );
        end = (span.to, Some(span.class));
        let text = &code[span.from..span.to];
        match span.class {
            Class::Plain => out.push_str(text),
            class => out.extend(["«", class.name(), " ", text, "»"]),
        }
    }
    assert_eq!(end.0, code.len(), "{language}: {code:?} is not covered");
    out
}

#[test]
fn code_of_each_language() {
    let mut failures = Vec::new();
    for (language, expected) in cases() {
        let found = marked(language, &unmarked(expected));
        for (found, expected) in found.lines().zip(expected.lines()) {
            if found != expected {
                failures.push(format!("{language}\n  is  {found}\n  not {expected}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn names_of_languages() {
    let names = "rust rs python py javascript js typescript ts jsx tsx java c cpp c++ csharp c# cs go golang ruby rb php \
        swift kotlin kt scala haskell hs lua perl pl r sql bash sh zsh shell powershell ps1 html xml svg vue css scss less \
        json jsonc yaml yml toml ini markdown md diff patch dockerfile docker makefile make dart elixir ex erlang erl \
        clojure clj lisp scheme ocaml ml fsharp f# julia jl matlab octave zig nim vb vbnet asm nasm graphql gql protobuf \
        proto nginx latex tex objc objective-c cmake hcl terraform groovy gradle console awk fortran pascal prolog \
        Rust PYTHON rust,ignore {python} language-go rust:main.rs";
    for name in names.split_whitespace() {
        assert!(highlight(name, "x").is_some(), "{name}");
    }
    for name in ["", "text", "plaintext", "nonsense", "rustic", " "] {
        assert!(highlight(name, "x").is_none(), "{name:?}");
    }
}

/// What has a meaning somewhere.
const PIECES: &[&str] = &[
    "`",
    "'",
    "\"",
    "\"\"\"",
    "'''",
    "/",
    "//",
    "/*",
    "*/",
    "<",
    "</",
    "<!--",
    "<a",
    "<script>",
    "</script>",
    ">",
    "/>",
    "<<E\n",
    "\nE\n",
    "{",
    "}",
    "${",
    "#{",
    "$(",
    "\\(",
    "(",
    ")",
    "[",
    "[[",
    "]]",
    "[=[",
    "#",
    "%",
    "%{\n",
    "\\",
    "r#\"",
    "\"#",
    "R\"x(",
    "@\"",
    "$\"",
    "f\"",
    "f'{",
    "=begin\n",
    "=cut",
    "?>",
    "<?php ",
    "{{",
    "](",
    "*",
    "_",
    "-",
    "--",
    "{-",
    "-}",
    "(*",
    "*)",
    "|",
    "|\n  ",
    "~r/",
    "q{",
    "s/a/",
    "$x$",
    ":",
    ":a",
    "?",
    "\n",
    "\n\n",
    " ",
    "\t",
    "\r\n",
    "a",
    "if",
    "class",
    "func (",
    "fn ",
    "1",
    "0x1f",
    "1e+",
    ".5",
    "@",
    "&",
    "&amp;",
    "中文",
    "é",
    "🙂",
    "e\u{301}",
    "\u{FE0F}",
    "\u{3000}",
    "=",
    "+",
    "```",
    "```rust\n",
    "~~~",
    "url(",
    "a:b;",
    ";",
    "a: ",
    "- ",
    "> ",
    "@@",
    "+x",
    "-x",
    "$ ",
    "\0",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stretches_tile_any_text(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24),
        anything in ".{0,12}",
    ) {
        let code = pieces.concat() + &anything;
        for (language, _) in cases() {
            marked(language, &code);
        }
    }
}

#[test]
#[allow(clippy::disallowed_methods)] // the clock of a test on the host
fn the_time_grows_with_the_length_alone() {
    let pairs = [
        ("js", "/[ "),
        ("js", "(/ "),
        ("js", "<a <"),
        ("swift", "#"),
        ("cs", "$@"),
        ("rust", "r#"),
        ("r", "x-"),
        ("r", "% "),
        ("yaml", "a, "),
        ("yaml", "> "),
        ("md", "]("),
        ("md", "` `` "),
        ("matlab", "%{\n%}x"),
        ("lua", "[="),
        ("bash", "<<A "),
        ("css", "a "),
        ("html", "<a b=<"),
        ("php", "<? ?>"),
        ("perl", "q"),
        ("ruby", "%"),
        ("elixir", "~"),
        ("ocaml", "{a"),
        ("sql", "$a"),
        ("latex", "\\begin{"),
        ("ini", "[a "),
    ];
    for (language, piece) in pairs {
        let code = piece.repeat(100_000 / piece.len());
        let began = std::time::Instant::now();
        marked(language, &code);
        let took = began.elapsed().as_secs_f32();
        // A second or two without optimisation; minutes where it grows with the square.
        assert!(took < 15.0, "{language} {piece:?}: {took} s");
    }
}
