//! The law of the stream: after every push its blocks are those of the whole text so far.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use proptest::prelude::*;
use viewfinder::markdown::stream::{Look, Patch, Stream};
use viewfinder::markdown::{Block, parse};

/// Documents, separated by lines of `%%%%`; `␍` stands for a carriage return, `␀` for NUL.
const DOCUMENTS: &str = include_str!("data/markdown/stream.txt");

fn documents() -> Vec<String> {
    DOCUMENTS
        .split("%%%%\n")
        .map(|text| {
            text.replace('␍', "\r")
                .replace('␀', "\0")
                .replace('→', "\t")
                .replace('␠', " ")
        })
        .collect()
}

/// Pushes the chunks one by one and compares after each.
fn check(chunks: &[&str]) {
    let mut stream = Stream::new(Look::Exact);
    let mut text = String::new();
    let mut shown: Vec<Arc<Block>> = Vec::new();
    for chunk in chunks {
        text.push_str(chunk);
        let patch = stream.push(chunk);
        apply(&mut shown, patch);
        let expected = parse(&text);
        let first = stream
            .blocks()
            .iter()
            .zip(&expected)
            .position(|(a, b)| **a != *b);
        assert!(
            first.is_none() && stream.blocks().len() == expected.len(),
            "after {text:?}\nblocks {} and {}\nstream {:#?}\nparse {:#?}",
            stream.blocks().len(),
            expected.len(),
            first.map(|at| &stream.blocks()[at]),
            first.map(|at| &expected[at]),
        );
        assert!(
            shown.len() == stream.blocks().len()
                && shown
                    .iter()
                    .zip(stream.blocks())
                    .all(|(a, b)| Arc::ptr_eq(a, b)),
            "patch after {text:?}"
        );
    }
    apply(&mut shown, stream.finish());
    assert!(
        shown.iter().map(|block| &**block).eq(parse(&text).iter()),
        "at the end of {text:?}"
    );
}

fn apply(shown: &mut Vec<Arc<Block>>, patch: Patch) {
    shown.truncate(patch.keep);
    shown.extend(patch.blocks);
}

fn by_char(text: &str) -> Vec<&str> {
    text.split_inclusive(|_| true).collect()
}

fn by_length<'a>(mut text: &'a str, lengths: &[usize]) -> Vec<&'a str> {
    let mut chunks = Vec::new();
    for &length in lengths.iter().cycle() {
        let at = text
            .char_indices()
            .nth(length.max(1))
            .map_or(text.len(), |(at, _)| at);
        let (chunk, rest) = text.split_at(at);
        chunks.push(chunk);
        text = rest;
        if text.is_empty() {
            break;
        }
    }
    chunks
}

#[test]
fn markdown_stream_equals_parse_for_every_prefix() {
    for document in documents() {
        check(&by_char(&document));
        check(&by_length(&document, &[7]));
        check(&by_length(&document, &[40, 3]));
        check(&[&document]);
    }
}

#[test]
fn markdown_stream_equals_parse_for_documents_joined() {
    let all = documents().join("\n\n");
    check(&by_length(&all, &[61, 17, 5]));
}

/// Fragments whose combinations are known to be tricky.
const FRAGMENTS: &[&str] = &[
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\r\n",
    "\r",
    "  \n",
    "a",
    "word ",
    "中文，",
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
    "\u{202E}",
    "\u{10F780}",
    "\u{FEFF}",
    "\0",
    "<!---->\n",
];

fn document() -> impl Strategy<Value = String> {
    let line = prop::sample::select(FRAGMENTS);
    prop::collection::vec(line, 1..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_stream_law(text in document(), lengths in prop::collection::vec(1_usize..12, 1..6)) {
        check(&by_char(&text));
        check(&by_length(&text, &lengths));
    }
}

/// Pushes by character, with half-written syntax closed: only the last block may differ, and in the end none.
fn check_steady(text: &str) {
    let mut stream = Stream::new(Look::Steady);
    let mut shown: Vec<Arc<Block>> = Vec::new();
    let mut so_far = String::new();
    for chunk in by_char(text) {
        so_far.push_str(chunk);
        apply(&mut shown, stream.push(chunk));
        let exact = parse(&so_far);
        assert_eq!(shown.len(), exact.len(), "after {so_far:?}");
        let settled = exact.len().saturating_sub(1);
        assert!(
            shown.iter().zip(&exact[..settled]).all(|(a, b)| **a == *b),
            "after {so_far:?}"
        );
    }
    apply(&mut shown, stream.finish());
    assert!(
        shown.iter().map(|block| &**block).eq(parse(text).iter()),
        "at the end of {text:?}"
    );
}

#[test]
fn what_does_not_end_takes_in_nothing() {
    for document in [
        "1. <?x\n- \n- b\n",
        "> <!-- x\n- \n- b\n- c\n",
        "<? x\n- \n- b\n",
        "* ```rust\n- [ ] t\n- \n",
        "- [ ] t\n1. a\n  1. a\n",
    ] {
        check_steady(document);
        check(&by_char(document));
    }
}

#[test]
fn markdown_steady_differs_in_the_last_block_only() {
    for document in documents() {
        check_steady(&document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_steady_law(text in document()) {
        check_steady(&text);
    }
}
