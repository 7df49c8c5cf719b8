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
    "a",
    "word ",
    "中文，",
    "重点：",
    "（括号）",
    "“引号”",
    "- ",
    "- a",
    "\n- b\n",
    "* ",
    "+ x",
    "1. ",
    "2) ",
    "10. x",
    "  ",
    "    ",
    "\t",
    "> ",
    ">",
    "# ",
    "## h",
    "===\n",
    "---\n",
    "***",
    "```",
    "```rust\n",
    "~~~\n",
    "`",
    "``",
    "**",
    "*",
    "_",
    "__",
    "~~",
    "[",
    "]",
    "[a]",
    "[a]: /u\n",
    "[a]: https://x.example\n",
    "[b]: <y> \"t\"\n",
    "[b][a]",
    "[^1]",
    "[^1]: note\n",
    "[^n]: more\n    and\n",
    "[^n]",
    "](",
    "(https://e.example)",
    "!",
    "|",
    "| a | b |\n",
    "|---|:-:|\n",
    "|-|\n",
    "a|b\n",
    "<div>\n",
    "</div>\n",
    "<!--",
    "-->\n",
    "<pre>\n",
    "</pre>\n",
    "<?x",
    "?>",
    "<b>",
    "<![CDATA[",
    "]]>",
    "$",
    "$$",
    "$$\n",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\",
    "x^2",
    "$5",
    "https://a.example/x",
    "www.x.example，",
    "a@b.example",
    "- [ ] t\n",
    "- [x] d\n",
    "&amp;",
    "&copy",
    "&#x4E2D;",
    "\u{202E}",
    "\u{10F780}",
    "\u{FEFF}",
    "\0",
    "<!---->\n",
    "<https://u.example>",
    "\"",
    "'t'",
    "(",
    ")",
    "。",
    "？",
];

fn document() -> impl Strategy<Value = String> {
    let part = prop::sample::select(FRAGMENTS);
    prop::collection::vec(part, 1..30).prop_map(|parts| parts.concat() + "\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_is_read_as_comrak_reads_it(text in document()) {
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
