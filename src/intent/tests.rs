//! What the shipped weights must do. The figures that count are those of `cargo xtask train --report`, on lines that
//! the weights have not seen; these tests hold the border of what the program carries.

use super::*;

/// `text` gives preferences with these topics; the first has this kind and sign.
fn check(text: &str, kind: Kind, sign: &str, topics: &[&str]) {
    let found: Vec<Candidate> = recognise(text)
        .into_iter()
        .filter(Candidate::is_sure)
        .collect();
    let named: Vec<&str> = found.iter().map(|one| one.topic.as_str()).collect();
    assert_eq!(named, topics, "{text}");
    assert_eq!(
        (found[0].kind, found[0].polarity.sign()),
        (kind, sign),
        "{text}"
    );
}

#[test]
fn plain_statements_are_understood() {
    for (text, kind, sign, topics) in [
        ("我喜欢下雨天", Kind::Like, "+", &["下雨天"][..]),
        ("我讨厌下雨天", Kind::Dislike, "-", &["下雨天"]),
        ("我喜歡爬山", Kind::Like, "+", &["爬山"]),
        ("我住在成都", Kind::Fact, "0", &["成都"]),
        ("I love thunderstorms", Kind::Like, "+", &["thunderstorms"]),
        ("I hate olives", Kind::Dislike, "-", &["olives"]),
        ("I live in Toronto", Kind::Fact, "0", &["Toronto"]),
    ] {
        check(text, kind, sign, topics);
    }
}

#[test]
fn what_is_no_statement_gives_nothing() {
    for text in [
        "",
        " \n",
        "?!",
        "你喜欢下雨天吗？",
        "我老板喜欢下雨天",
        "把“我讨厌星期一”翻译成英文",
        "写一个主角讨厌下雨的短篇小说",
        "My boss hates rain",
        "Do you like rain?",
        "Write a story where the hero hates rain",
        "{\"likes\": [\"rain\"]}",
        "```\nI like rain\n```",
        "> I like rain",
        "给我看看代码、表格和公式",
        "Show me code, a table and a formula",
        "https://example.com/i/like/rain",
        "שלום",
    ] {
        assert_eq!(
            recognise(text)
                .into_iter()
                .filter(Candidate::is_sure)
                .count(),
            0,
            "{text}"
        );
    }
}

#[test]
fn details_come_with_the_topic() {
    let found = recognise("I love rain when I'm at home, but not thunderstorms");
    let first = found.first().expect("a preference");
    assert_eq!((first.topic.as_str(), first.strength), ("rain", 2));
    assert_eq!(first.condition.as_deref(), Some("when I'm at home"));
    assert_eq!(first.exceptions, ["thunderstorms"]);
    let forgotten = recognise("忘掉我喜欢下雨这件事");
    assert!(forgotten.iter().all(|one| one.cue == Cue::Retract) && !forgotten.is_empty());
    let limited = recognise("这周我不喝奶茶，在减肥");
    assert!(limited.iter().all(|one| one.duration == Duration::Week) && !limited.is_empty());
}

/// The given lines are among those that the weights were made from, so that this is a border, not a figure.
#[test]
fn the_given_lines_are_known() {
    let text = include_str!("../../tests/data/memory/intent.jsonl");
    let (mut hits, mut missed, mut wrong) = (0.0, 0.0, 0.0);
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let found = recognise(value["text"].as_str().expect("a text"))
            .iter()
            .any(Candidate::is_sure);
        match (value["is_preference"] == true, found) {
            (true, true) => hits += 1.0,
            (true, false) => missed += 1.0,
            (false, true) => wrong += 1.0,
            (false, false) => {}
        }
    }
    let f1 = 2.0 * hits / (2.0 * hits + missed + wrong);
    assert!(f1 >= 0.94, "{f1}");
    assert!(wrong / 354.0 <= 0.05, "{wrong} of 354");
}

/// Lines that no training sees, by other patterns and about other things than those that it does: harmless ones (`-`)
/// and true statements near them (`+`).
#[test]
fn harmless_lines_teach_nothing() {
    let held = [
        include_str!("../../data/intent/held/zh.tsv"),
        include_str!("../../data/intent/held/en.tsv"),
    ];
    let (mut harmless, mut proposed, mut saved) = (0.0, 0.0, 0.0);
    let (mut stated, mut known) = (0.0, 0.0);
    for line in held.iter().flat_map(|file| file.lines()) {
        let (code, text) = line.split_once('\t').expect("a code and a text");
        let found = recognise(text);
        let sure = found.iter().any(Candidate::is_sure);
        if code == "+" {
            stated += 1.0;
            known += f64::from(u8::from(sure));
        } else {
            harmless += 1.0;
            saved += f64::from(u8::from(sure));
            proposed += f64::from(u8::from(!found.is_empty()));
        }
    }
    assert!(saved / harmless <= 0.02, "{saved} of {harmless} saved");
    assert!(
        proposed / harmless <= 0.05,
        "{proposed} of {harmless} proposed"
    );
    assert!(known / stated >= 0.9, "{known} of {stated} known");
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Nothing typed stops the recogniser, and what it points at is in the text.
        #[test]
        fn any_text_is_taken(text in "(我喜欢|I like|don't|’|“|”|《|`|除了|的时候|when|\\PC| |\n|，|。){0,40}") {
            for one in recognise(&text) {
                prop_assert_eq!(&text[one.span.clone()], one.topic.as_str());
                prop_assert!(one.quote.start <= one.span.start && one.span.end <= one.quote.end);
                prop_assert!((-2..=2).contains(&one.strength) && one.certainty <= 100);
            }
        }
    }
}
