//! No text makes the Markdown parser panic, take long or answer with far more than it was given.
// Time is what is tested here.
#![allow(clippy::disallowed_methods)]
#![cfg(not(target_arch = "wasm32"))]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use viewfinder::markdown::{html, parse};

/// Patterns that parsers of Markdown were slow with: what stands before, what is repeated, what stands behind.
const PATTERNS: &[(&str, &str, &str)] = &[
    ("", "[", ""),
    ("", "![", ""),
    ("", "]", ""),
    ("", "[]", ""),
    ("", "[a](", ""),
    ("", "[a](<b", ""),
    ("", "[a](b \"c", ""),
    ("", "![[]()", ""),
    ("", "[^", ""),
    ("", "[^a]", ""),
    ("", "a **b", "c* "),
    ("", "*a _b ", ""),
    ("", "a_ *b_ ", ""),
    ("", "*a **a ", ""),
    ("", "a**b", "c* "),
    ("", "~a ~~b ", ""),
    ("", "*", "a"),
    ("", "“*”", ""),
    ("", "e`", ""),
    ("", "` `` ``` ", ""),
    ("", "`", "a"),
    ("", "<", ""),
    ("", "<a ", ""),
    ("", "<a b=\"", ""),
    ("", "<!--", ""),
    ("", "<?", ""),
    ("", "<![CDATA[", ""),
    ("", "<!A ", ""),
    ("", "<a:", ""),
    ("", "</a", ""),
    ("", "&a;", ""),
    ("", "&lt", ""),
    ("", "&lt;", ""),
    ("", "\\", ""),
    ("", "\\(", ""),
    ("", "$a ", ""),
    ("", "$$", "a"),
    ("", "www.a_b.", ""),
    ("", "http://a.", ""),
    ("", "http://a_b ", ""),
    ("", "a@", ""),
    ("", "a@b.", ""),
    ("", "mailto:", ""),
    ("", "> ", "a"),
    ("", ">", "a"),
    ("", "- ", "a"),
    ("", "1. ", "a"),
    ("", "* *", "a"),
    ("", "- a\n", ""),
    ("", "\t", "a"),
    ("", "> a\n\n", ""),
    ("", "a\n", ""),
    ("", "a\n===\n", ""),
    ("", "[a]: b\n", ""),
    ("", "[a]: <", ""),
    ("", "[a]: b\n\n", "[a]"),
    ("", "[a]:\n", ""),
    ("", "[^a]: b\n", ""),
    (
        "[a]: https://a.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n\n",
        "[a]",
        "",
    ),
    ("[^a]: b\n\n", "[^a]", ""),
    ("", "|", "\n|-|\n"),
    ("|a|\n|-|\n", "|b|\n", ""),
    ("a|b|c|d|e|f|g|h\n-|-|-|-|-|-|-|-\n", "a\n", ""),
    ("", "a|", ""),
    ("", "|-", "|\n"),
    ("", "a\n|-|-|\n", ""),
    ("", "```\n", ""),
    ("", "~~~ a\n", ""),
    ("", "# ", ""),
    ("", "#", ""),
    ("", "    a\n\n", ""),
    ("", "<div>\n", ""),
    ("- <pre>\n", "\n", ""),
    ("", "\u{3000}*", ""),
    ("", "重点：**", ""),
    ("", "\0", ""),
];

fn check(text: &str, most: Duration) {
    let start = Instant::now();
    let blocks = parse(text);
    let took = start.elapsed();
    let html = html::serialize(&blocks);
    let shown: String = text.chars().take(40).collect();
    assert!(took < most, "{shown:?} took {took:?}");
    assert!(
        html.len() < 30 * text.len() + 2_000_000,
        "{shown:?} made {} bytes",
        html.len()
    );
}

#[test]
fn markdown_takes_no_longer_than_the_text() {
    for (before, part, behind) in PATTERNS {
        let text = [before, part.repeat(100_000 / part.len()).as_str(), behind].concat();
        check(&text, Duration::from_secs(4));
    }
}

#[test]
fn markdown_nests_without_end() {
    let deep = |part: &str| {
        (0..400)
            .map(|depth| "  ".repeat(depth) + part)
            .collect::<String>()
    };
    for text in [
        deep("- a\n"),
        deep("> a\n"),
        deep("-\n"),
        "*a **b ".repeat(500) + &"c** d* ".repeat(500),
        "[^a]: ".repeat(500) + "[^a]",
        (0..400)
            .map(|depth| "    ".repeat(depth) + "[^a]: b [^a]\n\n")
            .collect(),
        "![a ".repeat(500) + &"](https://a.example) ".repeat(500),
        // A wide table of short rows.
        "a|".repeat(2000) + "\n" + &"-|".repeat(2000) + "\n" + &"a\n".repeat(20_000),
    ] {
        check(&text, Duration::from_secs(5));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_never_panics(text in r"([\n\t \\`*_~<>\[\]()!#|:$&;.@/=+\-0-9'x]|\PC){0,80}") {
        html::serialize(&parse(&text));
    }
}
