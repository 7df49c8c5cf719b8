#![allow(clippy::unwrap_used)]

use super::{Row, case, connection, conversation, message, settings};
use crate::badcase::figures::Total;
use crate::badcase::{Case, Label, Mended};
use crate::chat::{Branch, Conversation, Fork, Message, Options, Role, Segment, Summary};
use crate::cost::{Currency, Money, Price};
use crate::fault::{Fault, Kind};
use crate::id::ChatId;
use crate::memory::{PrefId, Sent};
use crate::provider::{Api, Ask, Connection, ModelInfo, Turn};
use crate::reply::{End, Usage};
use crate::settings::{Contrast, Language, Middle, RestWay, Settings, Size, Theme};
use crate::watch::resume::{Way, Ways};
use crate::watch::{Kind as SignKind, Sign};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

fn row(value: Value) -> Row {
    value.as_object().cloned().unwrap()
}

/// Through text and back, as the browser does it.
fn through_text(row: &Row) -> Row {
    serde_json::from_str(&serde_json::to_string(row).unwrap()).unwrap()
}

const MOST: i64 = 1 << 53;

fn end() -> impl Strategy<Value = End> {
    select(End::ALL.to_vec())
}

prop_compose! {
    fn fork()(parent in any::<u32>(), branches in vec((1..u32::MAX, any::<u32>()), 2..4)) -> Fork {
        let branches = branches.into_iter();
        Fork { parent, branches: branches.map(|(head, more)| Branch { head, leaf: head.saturating_add(more) }).collect() }
    }
}

prop_compose! {
    fn options()(connection in any::<String>(), model in any::<String>(), system in any::<String>(),
        temperature in option::of((0..=200).prop_map(|t| f64::from(t) / 100.0)),
        max_output in option::of(1..u32::MAX), forgetful: bool, middle in option::of(select(Middle::ALL.to_vec()))) -> Options {
        Options { connection, model, temperature, max_output, system, forgetful, middle }
    }
}

prop_compose! {
    pub fn any_conversation()(id in "[a-z0-9-]{1,36}", title in any::<String>(), named: bool, pinned: bool,
        created in -MOST + 1..MOST, updated in -MOST + 1..MOST, next in 1..u32::MAX, leaf: u32,
        forks in vec(fork(), 0..3), options in options(), last_end in option::of(end()),
        spent in vec(money(), 0..3)) -> Conversation {
        Conversation { id: ChatId(id), title, named, pinned, created, updated, next, leaf, forks, options, last_end, spent }
    }
}

prop_compose! {
    fn fault()(kind in select(Kind::ALL.to_vec()), status in option::of(1..u16::MAX), message in any::<String>(),
        detail in any::<String>(), retry_after in option::of(any::<u32>())) -> Fault {
        Fault { kind, status, message, detail, retry_after }
    }
}

prop_compose! {
    fn usage()(input in 0..MOST as u64, output in 0..MOST as u64, cached in 0..MOST as u64, reasoning in 0..MOST as u64) -> Usage {
        Usage { input, output, cached, reasoning }
    }
}

prop_compose! {
    fn money()(currency in select(Currency::ALL.to_vec()), nano in 0..MOST as u64) -> Money {
        Money { currency, nano }
    }
}

prop_compose! {
    fn segment()(at: u32, way in select(Way::ALL.to_vec()), glue in 0..3u32, dropped: String, model: String,
        before in option::of(end()), end in option::of(end()), usage in option::of(usage()), took: u32) -> Segment {
        Segment { at, way, glue, dropped, model, before, end, usage, took }
    }
}

prop_compose! {
    fn sent()(prefs in vec(("[a-z0-9-]{1,36}", any::<u32>()), 0..3), tokens: u32) -> Sent {
        Sent { prefs: prefs.into_iter().map(|(id, tokens)| (PrefId(id), tokens)).collect(), tokens }
    }
}

prop_compose! {
    fn summary()(text: String, covers in vec(any::<(u32, u32)>(), 0..3), model: String, tokens in 0..MOST as u64,
        cost in option::of(money()), created in -MOST + 1..MOST, edited: bool) -> Summary {
        Summary { text, covers, model, tokens, cost, created, edited }
    }
}

prop_compose! {
    pub fn any_message()(
        (chat, seq, back, user) in ("[a-z0-9-]{1,36}", 1..u32::MAX, any::<u32>(), any::<bool>()),
        (text, reasoning, end_raw, connection, model) in any::<(String, String, String, String, String)>(),
        (end, fault, usage) in (option::of(end()), option::of(fault()), option::of(usage())),
        tools in vec(any::<String>(), 0..3), (garbled, took, waited, rev) in any::<(u32, u32, u32, u32)>(),
        created in -MOST + 1..MOST, (edited, deleted) in any::<(bool, bool)>(),
        segments in vec(segment(), 0..3), (cost, sent, summary) in (option::of(money()), option::of(sent()), option::of(summary())), (back_to, pinned, left) in any::<(u32, bool, bool)>()) -> Message {
        let mut at: Vec<usize> = segments.iter().map(|segment| segment.at as usize % (text.len() + 1)).collect();
        at.sort_unstable();
        let borders = at.into_iter().map(|at| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0) as u32);
        let segments = segments.into_iter().zip(borders).map(|(segment, at)| Segment { at, ..segment }).collect();
        let role = if user { Role::User } else { Role::Assistant };
        Message { chat: ChatId(chat), seq, parent: back % seq, role, text, reasoning, end, end_raw, left, fault, tools,
            garbled, connection, model, usage, cost, since: back_to % seq, created, took, waited, edited, pinned, deleted, segments, sent, summary, rev }
    }
}

/// Any JSON at all, under names that rows use and others.
fn any_row() -> impl Strategy<Value = Row> {
    let names: Vec<&str> = "id title named pinned created updated next leaf forks options last_end spent cost since pinned chat seq parent \
        role text end fault tools usage segments cut signs ask mended label made rev name api models language size enter_sends silence_seconds rest_way auto_continue middle summary covers future"
        .split_whitespace()
        .collect();
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        select(vec!["user", "complete", "true", "12"]).prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 16, 4, |inner| {
        let name = select(vec![
            "kind", "status", "input", "branches", "parent", "id", "x",
        ]);
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((name, inner), 0..4).prop_map(|pairs| Value::Object(
                pairs.into_iter().map(|(k, v)| (k.into(), v)).collect()
            )),
        ]
    });
    vec((select(names), value), 0..12).prop_map(|pairs| {
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    })
}

prop_compose! {
    fn ask()(model: String, system: String, turns in vec((any::<bool>(), any::<String>()), 0..3),
        temperature in option::of((0..=200).prop_map(|t| f64::from(t) / 100.0)), max_output in option::of(1..u32::MAX)) -> Ask {
        let turns = turns.into_iter().map(|(user, text)| Turn { role: if user { Role::User } else { Role::Assistant }, text });
        Ask { model, system, turns: turns.collect(), temperature, max_output }
    }
}

prop_compose! {
    fn mended()(way in select(Way::ALL.to_vec()), text: String, tries: u8, model: String, usage in option::of(usage()),
        took: u32) -> Mended {
        Mended { way, text, tries, model, usage, took }
    }
}

prop_compose! {
    fn any_case()(
        (id, chat, provider, model, end_raw, cut) in any::<(String, String, String, String, String, String)>(),
        made in -MOST + 1..MOST, (seq, waited, took) in any::<(u32, u32, u32)>(), ask in ask(), end in option::of(end()),
        (usage, mended) in (option::of(usage()), option::of(mended())), certainty in 0..100u8, redacted: bool,
        kinds in vec((select(SignKind::ALL.to_vec()), 1..100u8), 0..3), label in select(Label::ALL.to_vec())) -> Case {
        let at = 0..cut.len();
        let signs = kinds.into_iter().map(|(kind, weight)| Sign { kind, at: at.clone(), weight }).collect();
        Case { id, made, chat: ChatId(chat), seq, provider, model, ask, end, end_raw, usage, waited, took, cut, certainty,
            signs, mended, label, redacted }
    }
}

proptest! {
    #[test]
    fn a_case_comes_back_as_it_was(given in any_case()) {
        let row = case::write(&given, &Row::new());
        prop_assert_eq!(case::read(&through_text(&row)), given);
    }

    #[test]
    fn a_conversation_comes_back_as_it_was(conversation in any_conversation()) {
        let row = conversation::write(&conversation, &Row::new());
        prop_assert_eq!(conversation::read(&through_text(&row)), conversation);
    }

    #[test]
    fn a_message_comes_back_as_it_was(message in any_message()) {
        let row = message::write(&message, &Row::new());
        prop_assert_eq!(message::read(&through_text(&row)), message);
    }

    #[test]
    fn any_row_is_read_and_what_is_written_from_it_reads_the_same(row in any_row()) {
        let first = message::read(&row);
        let written = message::write(&first, &row);
        prop_assert_eq!(&message::read(&written), &first);
        prop_assert_eq!(&message::write(&first, &written), &written, "written twice");
        prop_assert_eq!(written.get("future"), row.get("future"));

        let first = conversation::read(&row);
        let written = conversation::write(&first, &row);
        prop_assert_eq!(&conversation::read(&written), &first);
        prop_assert_eq!(&conversation::write(&first, &written), &written, "written twice");
        prop_assert_eq!(written.get("future"), row.get("future"));

        let first = case::read(&row);
        let written = case::write(&first, &row);
        prop_assert_eq!(&case::read(&written), &first);
        prop_assert_eq!(&case::write(&first, &written), &written, "written twice");

        let first = settings::read(&row);
        prop_assert_eq!(settings::read(&settings::write(&first, &row)), first);
        let first = connection::read(&row, Some(&row));
        let written = connection::write(&first, &row);
        prop_assert_eq!(connection::read(&written, connection::write_key(&first, &row).as_ref()), first);
    }
}

#[test]
fn a_wrong_type_is_repaired_and_a_missing_field_has_its_default() {
    let check = |value: Value, change: fn(&mut Message)| {
        let mut want = message::read(&row(json!({ "chat": "c", "seq": 5 })));
        change(&mut want);
        let mut given = row(json!({ "chat": "c", "seq": 5 }));
        given.extend(row(value));
        assert_eq!(message::read(&given), want, "{given:?}");
    };
    check(json!({ "text": 12 }), |m| m.text = "12".into());
    check(json!({ "text": ["a"] }), |_| ());
    check(json!({ "parent": "4" }), |m| m.parent = 4);
    check(json!({ "parent": 5 }), |_| ());
    check(json!({ "parent": -1 }), |_| ());
    check(json!({ "created": 1.7e12 }), |m| {
        m.created = 1_700_000_000_000
    });
    check(json!({ "took": 1e300 }), |m| m.took = u32::MAX);
    check(json!({ "edited": 1 }), |m| m.edited = true);
    check(json!({ "deleted": "true" }), |m| m.deleted = true);
    check(json!({ "role": "user" }), |m| m.role = Role::User);
    check(json!({ "role": 7 }), |_| ());
    check(json!({ "end": "length" }), |m| m.end = Some(End::Length));
    check(json!({ "end": "of time" }), |m| m.end = Some(End::Unknown));
    check(json!({ "tools": ["a", 1, "b"] }), |m| {
        m.tools = vec!["a".into(), "b".into()]
    });
    check(json!({ "usage": { "input": 3.0, "output": "4" } }), |m| {
        m.usage = Some(Usage {
            input: 3,
            output: 4,
            ..Usage::default()
        });
    });
    check(
        json!({ "fault": { "kind": "timeout", "status": 99_999 } }),
        |m| {
            m.fault = Some(Fault {
                kind: Kind::Timeout,
                ..Fault::default()
            });
        },
    );
}

#[test]
fn what_a_newer_version_wrote_survives_a_change() {
    let stored = row(json!({
        "chat": "c", "seq": 1, "role": "assistant", "end": "from-the-future", "mood": { "a": [1, 2.5] },
        "usage": { "input": 1, "audio": 9 }, "fault": { "kind": "new-kind", "trace": "t" },
    }));
    let mut message = message::read(&stored);
    message.text = "changed".into();
    let mut want = stored.clone();
    want.insert("text".into(), "changed".into());
    assert_eq!(message::write(&message, &stored), want);
    message.end = Some(End::Stopped);
    want.insert("end".into(), "stopped".into());
    assert_eq!(message::write(&message, &stored), want);
}

#[test]
fn tallies_and_ways_come_back() {
    let total = Total {
        provider: "p".into(),
        model: "m".into(),
        week: 2900,
        replies: 0,
    };
    let stored = case::write_total(&total, &Row::new());
    assert_eq!(case::read_total(&through_text(&stored)), total);
    let mut ways = Ways::default();
    ways.learn("c", "m", Way::Prefill);
    let stored = case::write_ways(&ways, &Row::new());
    assert_eq!(case::read_ways(&through_text(&stored)), ways);
    assert_eq!(
        case::read_ways(&row(json!({ "known": [1, ["a"], ["a", "b", "no"]] }))),
        Ways::default()
    );
}

#[test]
fn an_empty_field_is_left_out() {
    let message = message::read(&row(
        json!({ "chat": "c", "seq": 1, "role": "user", "text": "hi" }),
    ));
    let want = row(json!({ "chat": "c", "seq": 1, "role": "user", "text": "hi" }));
    assert_eq!(message::write(&message, &Row::new()), want);
}

#[test]
fn the_key_is_never_in_the_connections_row() {
    let connection = Connection {
        id: "1".into(),
        name: "Mine".into(),
        api: Api::Chat,
        base: "https://example.org/v1".into(),
        key: "sk-secret".into(),
        sealed: String::new(),
        model: "m".into(),
        models: vec![ModelInfo {
            id: "m".into(),
            context: Some(8192),
            price: Some(Price {
                currency: Currency::Cny,
                input: 2_000_000,
                cached: Some(0),
                output: 8_000_000,
            }),
        }],
        listed_at: 1_800_000_000_000,
    };
    let stored = connection::write(&connection, &Row::new());
    assert!(!serde_json::to_string(&stored).unwrap().contains("secret"));
    let key = connection::write_key(&connection, &Row::new());
    assert_eq!(connection::read(&stored, key.as_ref()), connection);
    assert_eq!(connection::read(&stored, None).key, "");
    let locked = Connection {
        key: String::new(),
        sealed: "1.600000.aa.bb.cc".into(),
        ..connection
    };
    let row = connection::write_key(&locked, &key.unwrap()).unwrap();
    assert!(!row.contains_key("key"), "nothing is left in clear");
    assert_eq!(connection::read(&stored, Some(&row)), locked);
}

#[test]
fn settings_come_back_as_they_were_and_stay_in_range() {
    let settings = Settings {
        language: Language::Zh,
        theme: Theme::Dark,
        contrast: Contrast::High,
        size: Size::Large,
        enter_sends: false,
        connection: "c".into(),
        model: "m".into(),
        silence_seconds: 90,
        memory: false,
        rest_way: RestWay::Again,
        auto_continue: true,
        middle: Middle::Summarise,
    };
    let stored = settings::write(&settings, &Row::new());
    assert_eq!(settings::read(&through_text(&stored)), settings);
    assert_eq!(settings::read(&Row::new()), Settings::default());
    assert_eq!(
        settings::read(&row(json!({ "silence_seconds": 0, "theme": 3 }))).silence_seconds,
        10
    );
}
