//! Our parser and comrak read the same from documents of all kinds.

use proptest::prelude::*;

use super::super::convert;
use super::super::html::serialize;
use super::parse;

fn check(text: &str) {
    let ours = convert::parse(text);
    let (blocks, lines) = parse(text);
    assert_eq!(ours.blocks, blocks, "{text:?}");
    assert_eq!(ours.lines, lines, "lines of {text:?}");
}

/// Fragments of documents, without those of which comrak reads some combinations wrong: see [`DIFFERENT`].
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

/// Whether a text may hold something that we read otherwise, beside what [`DIFFERENT`] shows: spaces at the start of a
/// line that goes on lazily are not in the code span that reaches over it, an escaped `&` in an info string, and a
/// blank line after an item that is a thematic break.
fn is_different(text: &str) -> bool {
    let indented = text.contains("\n ") || text.contains("\n\t");
    text.contains("\\&") || (indented && text.contains('`')) || text.lines().any(ends_in_a_break)
}

/// Whether something stands before a thematic break on its line, as the mark of an item does.
fn ends_in_a_break(line: &str) -> bool {
    let is_break = |rest: &str| {
        let marks: Vec<char> = rest.chars().filter(|c| !c.is_whitespace()).collect();
        marks.len() > 2 && marks.iter().all(|c| *c == marks[0] && "-*_".contains(*c))
    };
    let line = line.trim_start();
    !is_break(line) && line.match_indices(' ').any(|(at, _)| is_break(&line[at..]))
}

fn document() -> impl Strategy<Value = String> {
    let part = prop::sample::select(FRAGMENTS);
    prop::collection::vec(part, 1..30).prop_map(|parts| parts.concat() + "\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

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

/// What we read otherwise than comrak, on purpose: the text, and what we make of it, as HTML.
const DIFFERENT: &[(&str, &str)] = &[
    // A comment ends with the first `-->`, whatever stands before it; the same for `]]>`.
    ("a <!-- b --->\n", "<p>a &lt;!-- b ---&gt;</p>\n"),
    // A number at the very end of the text is an item, as a bullet is.
    ("1.", "<ol>\n<li></li>\n</ol>\n"),
    // Definitions right before a table are definitions, and `\|` is an escape there as elsewhere.
    (
        "[a]: /u\n| b |\n|---|\n",
        "<table>\n<thead>\n<tr>\n<th>b</th>\n</tr>\n</thead>\n</table>\n",
    ),
    // A title that something follows is none.
    (
        "[a]: https://a.example\n\"t\" b\n\n[a]",
        "<p>&quot;t&quot; b</p>\n<p><a href=\"https://a.example\" \
        rel=\"noopener noreferrer nofollow\" target=\"_blank\">a</a> <span class=\"host\">a.example</span></p>\n",
    ),
    // Marks of different lengths do not strike out, and do not keep the rest from being emphasis.
    ("~a~~ **b**\n", "<p>~a~~ <strong>b</strong></p>\n"),
    // No link within a link.
    (
        "[a [b](https://b.example) [c] d](https://d.example)\n",
        "<p>[a <a href=\"https://b.example\" \
        rel=\"noopener noreferrer nofollow\" target=\"_blank\">b</a> <span class=\"host\">b.example</span> [c] d](<a \
        href=\"https://d.example\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">https://d.example</a>)</p>\n",
    ),
    // A code span may follow another of the same length, after a longer run.
    (
        "a ```b\n`` ` `` `` ` ``\n",
        "<p>a ```b\n<code>`</code> <code>`</code></p>\n",
    ),
    // A line break is one space in code, also where it has two bytes.
    ("`a\r\nb`\n", "<p><code>a b</code></p>\n"),
    // A backslash keeps an entity from being one in an info string too.
    (
        "~~~ \\&lt;\n",
        "<pre><code class=\"language-&amp;lt;\"></code></pre>\n",
    ),
    // `mailto:` is part of the address, but nothing before it.
    (
        ".mailto:a@b.example\n",
        "<p>.<a href=\"mailto:a@b.example\" rel=\"noopener noreferrer nofollow\" \
        target=\"_blank\">mailto:a@b.example</a></p>\n",
    ),
    // A blank line between two items makes their list loose, also after a thematic break.
    (
        "- * * *\n\n- a\n",
        "<ul>\n<li>\n<hr />\n</li>\n<li>\n<p>a</p>\n</li>\n</ul>\n",
    ),
    // An empty table does not make its list loose.
    (
        "- a\n  |-|\n- b\n",
        "<ul>\n<li>\n<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n</li>\n<li>b</li>\n\
        </ul>\n",
    ),
];

#[test]
fn markdown_differs_from_comrak_where_it_should() {
    for (text, expected) in DIFFERENT {
        let blocks = convert::parse(text).blocks;
        assert_eq!(serialize(&blocks), *expected, "{text:?}");
        assert_ne!(blocks, parse(text).0, "{text:?}");
    }
}
