//! Our parser and comrak read the same from documents of all kinds.

use proptest::prelude::*;

use super::super::convert;
use super::parse;

/// Texts that are read as comrak reads them, for every beginning that ends with a line.
fn check(text: &str) {
    let ours = convert::parse(text);
    let (blocks, lines) = parse(text);
    assert_eq!(ours.blocks, blocks, "{text:?}");
    assert_eq!(ours.lines, lines, "lines of {text:?}");
}

/// Fragments of documents. What comrak gets wrong is not here: see `differences`.
const FRAGMENTS: &[&str] = &[
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "  \n",
    "\\\n",
    "a",
    "word ",
    "中文，",
    "重点：",
    "（括号）",
    "“引号”",
    "。",
    "？",
    "『",
    "』",
    "é",
    "ß",
    "😀",
    "☺\u{FE0F}",
    "\u{3000}",
    "\u{A0}",
    "- ",
    "- a",
    "-\n",
    "\n- b\n",
    "* ",
    "+ x",
    "1. ",
    "1.\n",
    "2) ",
    "10. x",
    "  ",
    "    ",
    "   - n\n",
    "\t",
    "> ",
    ">",
    "# ",
    "## h",
    "#",
    "===\n",
    "---\n",
    "***",
    "* * *\n",
    "```",
    "```rust\n",
    "~~~\n",
    "`",
    "``",
    "`` ` ``",
    "**",
    "*",
    "_",
    "__",
    "~~",
    "[",
    "]",
    "[a]",
    "[a][]",
    "![",
    "[A b][a]",
    "\n\n[a]: /u\n\n",
    "\n\n[a]: https://x.example\n\n",
    "\n\n[b]: <https://y.example> \"t\"\n\n",
    "[b][a]",
    "[^1]",
    "\n\n[^1]: note\n",
    "\n\n[^n]: more\n    and\n",
    "[^n]",
    "](",
    "(https://e.example)",
    "(<https://e.example> 't')",
    "[l](https://l.example \"t\")",
    "![i](https://i.example)",
    "!",
    "|",
    "\\|",
    "| a | b |\n",
    "|---|:-:|\n",
    "|-|\n",
    "a|b\n",
    ":-- | --:\n",
    "<div>\n",
    "</div>\n",
    "<!-- c -->\n",
    "<pre>\n",
    "</pre>\n",
    "<b>",
    "</b >",
    "<a href='x' b>",
    "<![CDATA[c]]>",
    "<?x?>",
    "<!X y>",
    "$",
    "$$",
    "$$\n",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\",
    "\\*",
    "x^2",
    "$5",
    "https://a.example/x",
    "HTTP://h.example",
    "www.x.example，",
    "www.a_b.c",
    "a@b.example",
    "mailto:m@b.example",
    "- [ ] t\n",
    "- [x] d\n",
    "[x] ",
    "&amp;",
    "&lt;",
    "&copy",
    "&#x4E2D;",
    "&#0;",
    "\u{202E}",
    "\u{10F780}",
    "\u{FEFF}",
    "\0",
    "<https://u.example>",
    "<m@u.example>",
    "\"",
    "'t'",
    "(",
    ")",
    ":",
    ";",
    ".",
];

/// Whether a text may hold something that we read otherwise, on purpose.
fn is_different(text: &str) -> bool {
    // A comment ends with the first `-->`, also where a dash stands before it.
    text.contains("--->")
        // Definitions right before a table are definitions.
        || (text.contains("]: ") && text.contains("-|"))
}

fn document() -> impl Strategy<Value = String> {
    let part = prop::sample::select(FRAGMENTS);
    prop::collection::vec(part, 1..30).prop_map(|parts| parts.concat() + "\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_is_read_as_comrak_reads_it(text in document()) {
        prop_assume!(!is_different(&text));
        check(&text);
    }
}

#[test]
fn markdown_documents_are_read_as_comrak_reads_them() {
    for file in [
        include_str!("../../../tests/data/markdown/mixed.txt"),
        include_str!("../../../tests/data/markdown/stream.txt"),
    ] {
        for text in file.split("%%%%\n") {
            check(
                &text
                    .replace('␍', "\r")
                    .replace('␀', "\0")
                    .replace('→', "\t")
                    .replace('␠', " "),
            );
        }
    }
}

#[test]
#[ignore]
fn explore() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::default());
    let part = prop::sample::select(FRAGMENTS);
    let strategy = prop::collection::vec(part, 1..30);
    let differs = |parts: &[&str]| {
        let text = parts.concat() + "\n";
        let ours = convert::parse(&text);
        let (blocks, lines) = parse(&text);
        ours.blocks != blocks || ours.lines != lines
    };
    let mut found = std::collections::BTreeSet::new();
    let (mut total, mut bad) = (0, 0);
    let count: usize = std::env::var("N")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(20000);
    for _ in 0..count {
        let mut parts = strategy.new_tree(&mut runner).unwrap().current();
        total += 1;
        if !differs(&parts) {
            continue;
        }
        bad += 1;
        let mut at = 0;
        while at < parts.len() {
            let mut less = parts.clone();
            less.remove(at);
            if differs(&less) {
                parts = less;
                at = 0;
            } else {
                at += 1;
            }
        }
        found.insert(parts.concat() + "\n");
    }
    println!("{bad} of {total}");
    for text in &found {
        println!(
            "{text:?}\n   {:?}\n   {:?}",
            convert::parse(text).blocks,
            parse(text).0
        );
    }
}
