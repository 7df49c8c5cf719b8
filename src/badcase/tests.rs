#![allow(clippy::unwrap_used)]

use super::export::{Format, line, lines};
use super::figures::{Total, figures, rate, week_of, week_start};
use super::redact::{Field, What, find, preview};
use super::*;
use crate::chat::Role;
use crate::provider::Turn;
use crate::watch::judge;
use proptest::prelude::*;
use serde_json::{Value, json};

fn case(label: Label, mended: Option<&str>) -> Case {
    let cut = "There are two reasons. First, the river is deep and the";
    let case = Case {
        id: "1".into(),
        made: 1_700_000_000_000,
        provider: "api.example.com".into(),
        model: "m".into(),
        ask: Ask {
            model: "m".into(),
            system: "Be brief.".into(),
            turns: vec![Turn {
                role: Role::User,
                text: "Why a bridge?".into(),
            }],
            temperature: Some(0.5),
            max_output: None,
        },
        end: Some(End::Complete),
        end_raw: "stop".into(),
        cut: cut.into(),
        mended: mended.map(|text| Mended {
            way: Way::Ask,
            text: text.into(),
            tries: 1,
            model: "m".into(),
            usage: None,
            took: 900,
        }),
        label,
        ..Case::default()
    };
    case.judged(&judge(End::Complete, cut, ""))
}

#[test]
fn formats() {
    let mended = case(
        Label::Cut,
        Some("There are two reasons. First, … Second, …"),
    );
    let fits = |case: &Case| Format::ALL.map(|format| line(case, format).is_some());
    assert_eq!(fits(&mended), [true; 4]);
    assert_eq!(fits(&case(Label::Cut, None)), [true, false, false, false]);
    assert_eq!(
        fits(&case(Label::Complete, None)),
        [true, true, false, false]
    );
    let pair = line(&mended, Format::TrlPairs).unwrap();
    assert_eq!(
        pair,
        json!({
            "prompt": [{ "role": "system", "content": "Be brief." }, { "role": "user", "content": "Why a bridge?" }],
            "chosen": [{ "role": "assistant", "content": "There are two reasons. First, … Second, …" }],
            "rejected": [{ "role": "assistant", "content": mended.cut }],
        })
    );
    let pair = line(&mended, Format::OpenAiPairs).unwrap();
    assert_eq!(pair["input"]["messages"][1]["role"], "user");
    assert_eq!(pair["preferred_output"][0]["role"], "assistant");
    let raw = line(&mended, Format::Raw).unwrap();
    assert_eq!(raw["schema"], export::SCHEMA);
    assert_eq!(raw["judge"]["signs"][0]["sign"], "connective");
    let all = lines(&[mended, case(Label::Cut, None)], Format::Raw);
    assert!(
        all.ends_with('\n')
            && all
                .lines()
                .all(|l| serde_json::from_str::<Value>(l).is_ok())
    );
    assert_eq!(all.lines().count(), 2);
}

#[test]
fn what_is_taken_out() {
    let check = |text: &str, want: &[(What, &str)]| {
        let found: Vec<(What, &str)> = find(text, &[])
            .iter()
            .map(|s| (s.what, &text[s.at.clone()]))
            .collect();
        assert_eq!(found, want, "{text}");
    };
    use What::*;
    check(
        "写信到 li.ming+a@example.com.cn。",
        &[(Email, "li.ming+a@example.com.cn")],
    );
    check(
        "电话 138-0000-1234，或 13800001234",
        &[(Phone, "138-0000-1234"), (Phone, "13800001234")],
    );
    check(
        "call +1 (415) 555-0123 or 415-555-0123",
        &[(Phone, "+1 (415) 555-0123"), (Phone, "415-555-0123")],
    );
    check("010-88886666", &[(Phone, "010-88886666")]);
    check(
        "身份证 11010519491231002X",
        &[(Identity, "11010519491231002X")],
    );
    check(
        "card 4111 1111 1111 1111 ok",
        &[(Card, "4111 1111 1111 1111")],
    );
    check(
        "key sk-abcdefghijklmnop1234 here",
        &[(Key, "sk-abcdefghijklmnop1234")],
    );
    check(
        "Authorization: Bearer abcdef123456",
        &[(Key, "abcdef123456")],
    );
    check("password: Hunter2!x, ok", &[(Key, "Hunter2!x")]);
    check("密码是 abc12345", &[(Key, "abc12345")]);
    check(
        "https://u:p4ss@a.example/x?token=abcd1234&page=2",
        &[(UrlSecret, "u:p4ss"), (UrlSecret, "abcd1234")],
    );
    check(
        "-----BEGIN PRIVATE KEY-----\nAAA\n-----END PRIVATE KEY----- x",
        &[(
            Key,
            "-----BEGIN PRIVATE KEY-----\nAAA\n-----END PRIVATE KEY-----",
        )],
    );
}

#[test]
fn what_stays() {
    for text in [
        "2026-11-23 14:30",
        "version 1.88.0",
        "the token budget",
        "a desk-clerk and a task-force",
        "password: required",
        "x@y",
        "12345678901234567890",
        "https://a.example/watch?page=2&lang=en",
        "1 + 2 - 3 (4)",
        "ISBN 978-7-02-000220-7",
        "pi is 3.14159265358979",
        "secret = $SECRET",
        "@user hello",
    ] {
        assert_eq!(find(text, &[]), [], "{text}");
    }
}

#[test]
fn a_preview_shows_what_will_be_gone() {
    let mut case = case(Label::Cut, Some("Ask li@example.com in Springfield."));
    case.ask.turns[0].text = "I live in Springfield".into();
    let shown = preview(&case, &["Springfield"], &[]);
    let fields: Vec<(Field, usize)> = shown
        .iter()
        .map(|(field, spans)| (*field, spans.len()))
        .collect();
    assert_eq!(fields, [(Field::Turn(0), 1), (Field::Mended, 2)]);
    let gone = redact::case(&case, &["Springfield"], &[]);
    assert_eq!(gone.ask.turns[0].text, "I live in [removed]");
    assert_eq!(
        gone.mended.as_ref().unwrap().text,
        "Ask [email] in [removed]."
    );
    assert!(gone.redacted && preview(&gone, &["Springfield"], &[]).is_empty());
}

#[test]
fn a_key_is_gone_in_every_form() {
    let key = "my own/secret+key=42";
    for text in [
        "it is my own/secret+key=42!".to_owned(),
        "my%20own%2Fsecret%2Bkey%3D42".into(),
        // "Bearer " and "x" before it, in base64.
        "QmVhcmVyIG15IG93bi9zZWNyZXQra2V5PTQy eG15IG93bi9zZWNyZXQra2V5PTQy".into(),
        "bXkgb3duL3NlY3JldCtrZXk9NDI=".into(),
    ] {
        let mut with = case(Label::Open, Some(&text));
        with.cut.clone_from(&text);
        with.ask.system.clone_from(&text);
        let without = with.without(&[key, "ab"]);
        let all = lines(std::slice::from_ref(&without), Format::Raw);
        assert!(
            without.redacted && all.matches("[key]").count() >= 3,
            "{all}"
        );
        for form in [
            "secret+key",
            "secret%2Bkey",
            "ZWNyZXQra2",
            "3NlY3JldCtr",
            "c2VjcmV0K2",
        ] {
            assert!(!all.contains(form), "{form} in {all}");
        }
    }
}

#[test]
fn weeks_begin_on_monday() {
    for (time, week) in [
        (0, 0),
        (3 * 86_400_000, 0),
        (4 * 86_400_000, 1),
        (-4 * 86_400_000, -1),
        (-3 * 86_400_000, 0),
    ] {
        assert_eq!(week_of(time, 0), week, "{time}");
    }
    // Sunday evening in London is Monday in Shanghai.
    assert_eq!(week_of(3 * 86_400_000 + 20 * 3_600_000, 480), 1);
    assert_eq!(week_of(week_start(2900, 480), 480), 2900);
    assert_eq!(week_of(week_start(2900, 480) - 1, 480), 2899);
}

#[test]
fn counts() {
    let made = 1_700_000_000_000;
    let cases = [
        case(Label::Cut, Some("a")),
        case(Label::Open, None),
        case(Label::Complete, None),
        Case {
            end: Some(End::Length),
            ..case(Label::Cut, None)
        },
    ];
    let total = Total {
        provider: "api.example.com".into(),
        model: "m".into(),
        week: week_of(made, 0),
        replies: 40,
    };
    let all = figures(&cases, &[total], true, 0);
    assert_eq!(all.len(), 1);
    let figure = &all[0];
    assert_eq!(
        (
            figure.replies,
            figure.premature,
            figure.confirmed,
            figure.false_alarms,
            figure.mended
        ),
        (40, 2, 1, 1, [0, 1, 0])
    );
    assert_eq!(figures(&cases, &[], false, 0)[0].replies, 3);
    // Wilson's interval for 2 of 40, from a table.
    let rate = figure.rate().unwrap();
    assert!(
        (rate.low - 0.0138).abs() < 1e-3 && (rate.high - 0.1650).abs() < 1e-3,
        "{rate:?}"
    );
}

proptest! {
    #[test]
    fn any_text_can_be_redacted(text in "([ -~]|[一-龥]|：|是|密码|sk-[a-z0-9]{14}|1[3-9][0-9]{9}|a@b\\.cn|https://|\\?token=|\\PC){0,60}", chosen in "\\PC{0,3}") {
        let spans = find(&text, &[&chosen]);
        prop_assert!(spans.iter().all(|span| text.get(span.at.clone()).is_some()));
        prop_assert!(spans.windows(2).all(|two| two[0].at.end <= two[1].at.start));
        let gone = redact::apply(&text, &spans);
        for place in 0..=text.len() {
            prop_assert!(redact::moved(place, &spans, gone.len()) <= gone.len());
        }
    }

    #[test]
    fn a_rate_lies_in_its_interval(hits in 0u32..500, more in 0u32..500) {
        if let Some(rate) = rate(hits, hits + more) {
            prop_assert!(0.0 <= rate.low && rate.low <= rate.share && rate.share <= rate.high && rate.high <= 1.0);
        }
    }
}
