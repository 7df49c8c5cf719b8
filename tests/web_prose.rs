//! The prose patched in a real browser: it always looks as if it had been built at once, and what
//! stays the same stays the very same node.
#![cfg(target_arch = "wasm32")]

use std::sync::Arc;

use viewfinder::markdown::columns::LONG;
use viewfinder::markdown::entity::table;
use viewfinder::markdown::{Align, Block, Inline, Item};
use viewfinder::web::prose::{Labels, Pending, Prose, entity, language_of, paint_code};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Node};

wasm_bindgen_test_configure!(run_in_browser);

const LABELS: Labels = Labels {
    copy_code: "Copy",
    image_from: |host| format!("Load from {host}"),
    image_plain: |host| format!("Open at {host}"),
    image_refused: "Refused",
    task: "Task",
    table: "Table",
    footnote: "Footnote",
    back_to_text: "Back",
};

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(vec![text(words)])
}

fn code(language: &str, text: &str) -> Block {
    Block::Code {
        language: language.to_owned(),
        text: text.to_owned(),
        closed: false,
    }
}

fn list(start: Option<u32>, tight: bool, items: &[(Option<bool>, &[Block])]) -> Block {
    let items = items.iter().map(|(task, blocks)| Item {
        task: *task,
        blocks: blocks.to_vec(),
    });
    Block::List {
        start,
        tight,
        items: items.collect(),
    }
}

fn table(rows: &[&[&str]]) -> Block {
    let cells = |row: &&[&str]| row.iter().map(|cell| vec![text(cell)]).collect::<Vec<_>>();
    Block::Table {
        align: vec![Align::None, Align::Right],
        head: cells(&["a", "b"].as_slice()),
        rows: rows.iter().map(cells).collect(),
    }
}

/// A table of so many rows.
fn rows(count: usize) -> Block {
    table(&vec![["some words", "1"].as_slice(); count])
}

fn link(words: &str, href: &str) -> Inline {
    Inline::Link {
        href: href.to_owned(),
        host: "h.example".to_owned(),
        title: String::new(),
        content: vec![text(words)],
    }
}

/// States of one text, each following the one before and leading back to the first.
fn states() -> Vec<Vec<Block>> {
    let image = Inline::Image {
        src: "https://h.example/a.png".to_owned(),
        host: "h.example".to_owned(),
        alt: "alt".to_owned(),
    };
    vec![
        vec![],
        vec![paragraph("He")],
        vec![paragraph("Hello <b>not a tag</b>")],
        vec![Block::Paragraph(vec![
            text("Hello "),
            Inline::Strong(vec![text("wor")]),
        ])],
        vec![Block::Paragraph(vec![
            text("Hello "),
            Inline::Strong(vec![text("world"), Inline::Code("x".to_owned())]),
            text("!"),
        ])],
        vec![Block::Paragraph(vec![text("中文"), Inline::SoftBreak])],
        vec![Block::Paragraph(vec![
            text("中文"),
            Inline::SoftBreak,
            text("接着"),
        ])],
        vec![Block::Paragraph(vec![
            text("中文"),
            Inline::SoftBreak,
            text("then"),
        ])],
        vec![Block::Paragraph(vec![
            link("a", "https://h.example/"),
            text(" b"),
        ])],
        vec![Block::Paragraph(vec![
            link("a longer one", "https://h.example/"),
            text(" b"),
            image,
        ])],
        vec![Block::Heading(1, vec![text("Title")]), paragraph("p")],
        vec![
            Block::Heading(2, vec![text("Title 2")]),
            Block::Rule,
            code("", "let a"),
        ],
        vec![
            Block::Heading(2, vec![text("Title 2")]),
            Block::Rule,
            code("rust", "let a = 1;\n"),
        ],
        vec![
            Block::Heading(2, vec![text("Title 2")]),
            Block::Quote(vec![paragraph("q"), Block::Quote(vec![paragraph("qq")])]),
        ],
        vec![list(
            None,
            true,
            &[(None, &[paragraph("one")]), (None, &[])],
        )],
        vec![list(
            None,
            false,
            &[
                (
                    None,
                    &[
                        paragraph("one"),
                        list(Some(3), true, &[(None, &[paragraph("in")])]),
                    ],
                ),
                (None, &[paragraph("two")]),
            ],
        )],
        vec![list(
            Some(7),
            true,
            &[
                (Some(false), &[paragraph("to do")]),
                (Some(true), &[paragraph("done")]),
            ],
        )],
        vec![list(
            Some(1),
            true,
            &[(Some(true), &[paragraph("to do, done"), paragraph("more")])],
        )],
        vec![table(&[])],
        vec![table(&[&["x", "1"]])],
        vec![
            table(&[&["xy", "12"], &["z", ""]]),
            Block::Html("<script>".to_owned()),
        ],
        vec![rows(LONG)],
        vec![rows(LONG + 2)],
        vec![rows(LONG + 3)],
        vec![
            Block::Math("a^2".to_owned()),
            Block::Paragraph(vec![
                Inline::Math("b".to_owned(), false),
                Inline::Mark('\u{202e}'),
                Inline::Break,
            ]),
        ],
        vec![
            Block::Paragraph(vec![text("n"), Inline::FootnoteRef(1, 1)]),
            Block::Footnote(1, vec![paragraph("note")]),
        ],
        vec![
            Block::Paragraph(vec![text("n"), Inline::FootnoteRef(1, 1)]),
            Block::Footnote(1, vec![paragraph("note, longer"), code("c", "x")]),
        ],
        vec![paragraph("end")],
    ]
}

fn container() -> Element {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a page");
    document.create_element("div").expect("an element")
}

fn prose() -> (Element, Prose) {
    let place = container();
    (
        place.clone(),
        Prose::new(place, LABELS).expect("a document"),
    )
}

fn shared(blocks: Vec<Block>) -> Vec<Arc<Block>> {
    blocks.into_iter().map(Arc::new).collect()
}

/// What a text looks like that was built at once.
fn fresh(blocks: &[Block]) -> String {
    let (place, mut prose) = prose();
    prose.apply(0, &shared(blocks.to_vec()));
    place.outer_html()
}

#[wasm_bindgen_test]
fn every_state_after_every_other_looks_as_if_built_at_once() {
    for from in states() {
        for to in states() {
            let (place, mut prose) = prose();
            prose.apply(0, &shared(from.clone()));
            prose.apply(0, &shared(to.clone()));
            assert_eq!(place.outer_html(), fresh(&to), "from {from:?}");
        }
    }
}

#[wasm_bindgen_test]
fn a_long_text_stands_in_parts_that_come_and_go_with_it() {
    let many = |count: usize, last: &str| -> Vec<Block> {
        let words = |at: usize| if at + 1 == count { last } else { "p" };
        (0..count).map(|at| paragraph(words(at))).collect()
    };
    let lengths = [0, 1, 15, 16, 17, 31, 32, 33, 64, 65];
    for from in lengths {
        for to in lengths {
            let (place, mut prose) = prose();
            prose.apply(0, &shared(many(from, "from")));
            prose.apply(0, &shared(many(to, "to")));
            assert_eq!(place.outer_html(), fresh(&many(to, "to")), "{from} {to}");
            let parts = place.query_selector_all(".part").expect("a selector");
            let expected = to.saturating_sub(1) / 16;
            assert_eq!(parts.length() as usize, expected, "{from} {to}");
            let blocks = place.query_selector_all("p").expect("a selector");
            assert_eq!(blocks.length() as usize, to, "{from} {to}");
        }
    }
}

#[wasm_bindgen_test]
fn a_text_is_of_the_language_that_most_of_it_is_in() {
    for (text, lang) in [
        ("", None),
        ("42 — 7", None),
        ("The lens cap is on.", Some("en")),
        ("镜头盖还没取下，看一下 viewfinder。", Some("zh")),
        ("הפקק עדיין על העדשה", Some("und-Arab")),
        ("غطاء العدسة ما زال في مكانه، راجع README", Some("und-Arab")),
        ("The word is سلام, as in the note.", Some("en")),
    ] {
        assert_eq!(language_of(text), lang, "{text}");
    }
}

/// Follows first children: the node that a token of the last block goes to.
fn deepest(place: &Element, path: &[u32]) -> Node {
    path.iter().fold(Node::from(place.clone()), |node, at| {
        node.child_nodes().item(*at).expect("a child")
    })
}

#[wasm_bindgen_test]
fn a_longer_text_keeps_its_node() {
    let cases: Vec<(&[u32], Block, Block)> = vec![
        (&[1, 0], paragraph("a"), paragraph("ab")),
        (
            &[1, 0],
            Block::Heading(1, vec![text("a")]),
            Block::Heading(2, vec![text("ab")]),
        ),
        (&[1, 1, 0, 0], code("", "a"), code("rust", "ab")),
        (
            &[1, 0, 0, 0],
            list(None, true, &[(None, &[paragraph("a")])]),
            list(None, false, &[(None, &[paragraph("ab")]), (None, &[])]),
        ),
        (
            &[1, 0, 1, 0, 0, 0],
            table(&[&["a", ""]]),
            table(&[&["ab", ""], &["", ""]]),
        ),
    ];
    for (path, short, long) in cases {
        let (place, mut prose) = prose();
        prose.apply(0, &shared(vec![paragraph("kept"), short]));
        let (first, leaf) = (deepest(&place, &[0]), deepest(&place, path));
        prose.apply(1, &shared(vec![long.clone()]));
        assert!(
            first == deepest(&place, &[0]) && leaf == deepest(&place, path),
            "{long:?}"
        );
        assert_eq!(leaf.node_value().as_deref(), Some("ab"), "{long:?}");
    }
}

#[wasm_bindgen_test]
fn the_tail_is_marked_while_the_text_may_grow() {
    let (place, mut prose) = prose();
    prose.apply(
        0,
        &shared(vec![list(None, true, &[(None, &[paragraph("a")])])]),
    );
    let marked = || {
        place
            .query_selector("li:last-child > p[data-tail]")
            .ok()
            .flatten()
            .is_some()
    };
    assert!(marked());
    prose.settle();
    assert!(!marked());
}

#[wasm_bindgen_test]
fn code_waits_until_it_is_settled_and_is_painted_once() {
    let (place, mut prose) = prose();
    prose.apply(0, &shared(vec![code("rust", "fn a"), paragraph("b")]));
    assert!(prose.pending().is_empty());
    prose.apply(1, &shared(vec![Block::Math("x".to_owned())]));
    let Some(Pending::Code {
        place: at,
        language,
        text,
    }) = prose.pending().pop()
    else {
        panic!("no code")
    };
    assert_eq!((language.as_str(), text.as_str()), ("rust", "fn a"));
    assert!(!paint_code(&at, "other", &[]));
    assert!(!paint_code(&at, &text, &[(0, 9, "k")]));
    assert!(paint_code(&at, &text, &[(0, 2, "k")]));
    assert_eq!(
        at.outer_html(),
        r#"<code class="language-rust" data-done=""><span class="k">fn</span> a</code>"#
    );
    prose.settle();
    let found = prose.pending();
    assert!(
        matches!(found.as_slice(), [Pending::Math { display: true, .. }]),
        "{found:?}"
    );
    assert!(prose.pending().is_empty());
    prose.apply(0, &shared(vec![code("rust", "fn ab")]));
    assert_eq!(place.text_content().as_deref(), Some("rustfn ab"));
}

#[wasm_bindgen_test]
fn the_browser_knows_every_name_of_a_character() {
    let names = table::all();
    assert_eq!(names.len(), 2125);
    for name in &names {
        let (mut here, mut there) = (String::new(), String::new());
        assert!(table::look_up(name, &mut here) && entity::look_up(name, &mut there));
        assert_eq!(there, here, "{name}");
    }
    // The second begins with a name that HTML takes without its semicolon.
    for none in ["nothing", "notit", "AMP1", "x"] {
        let mut out = String::new();
        assert!(
            !entity::look_up(none, &mut out) && out.is_empty(),
            "{none}: {out}"
        );
    }
}
