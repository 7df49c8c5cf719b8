#![allow(clippy::unwrap_used)]

use super::*;
use crate::chat::{Branch, Conversation, Fork, Role};
use crate::id::ChatId;
use crate::record::{conversation, draft, message};
use crate::reply::End;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

fn row(value: Value) -> Row {
    value.as_object().cloned().unwrap()
}

/// A conversation of these texts, alternating; texts may be anything.
fn sample(id: &str, texts: &[String]) -> Bundle {
    let mut messages = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        let seq = i as u32 + 1;
        let role = if i % 2 == 0 {
            Role::User
        } else {
            Role::Assistant
        };
        let mut message = message::read(&row(json!({ "chat": id, "seq": seq, "parent": i })));
        message.role = role;
        message.text = text.clone();
        message.end = (role == Role::Assistant).then_some(End::Complete);
        messages.push(message::write(&message, &row(json!({ "future": [i] }))));
    }
    let count = texts.len() as u32;
    let conversation = Conversation {
        id: ChatId(id.into()),
        title: texts.first().cloned().unwrap_or_default(),
        updated: i64::from(count),
        next: count + 1,
        leaf: count,
        ..Conversation::default()
    };
    Bundle {
        conversation: conversation::write(&conversation, &row(json!({ "colour": "green" }))),
        messages,
        draft: count.is_multiple_of(2).then(|| draft(id, "half a tho")),
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn write(contents: &Contents) -> String {
    let mut file = head(&contents.app, contents.created);
    let mut rows = Vec::new();
    rows.extend(contents.kv.iter().map(|row| line("kv", row)));
    rows.extend(
        contents
            .connections
            .iter()
            .map(|row| line("connections", row)),
    );
    for (store, stored) in [
        ("memory", &contents.memory),
        ("memory_log", &contents.memory_log),
        ("memory_tombs", &contents.memory_tombs),
    ] {
        rows.extend(stored.iter().map(|row| line(store, row)));
    }
    rows.extend(contents.draft.iter().map(|row| line("drafts", row)));
    for bundle in &contents.conversations {
        rows.push(line("conversations", &bundle.conversation));
        rows.extend(bundle.messages.iter().map(|row| line("messages", row)));
        rows.extend(bundle.draft.iter().map(|row| line("drafts", row)));
    }
    let count = rows.len() as u64;
    file.extend(rows);
    file + &foot(count)
}

fn contents(conversations: Vec<Bundle>) -> Contents {
    Contents {
        app: "0.1.0".into(),
        created: 5,
        conversations,
        connections: vec![row(json!({ "id": "c1", "base": "https://example.org" }))],
        kv: vec![row(json!({ "name": "settings", "theme": "dark" }))],
        memory: vec![row(json!({ "id": "p1", "topic": "tea", "future": 1 }))],
        memory_log: [2, 10]
            .map(|n| row(json!({ "number": n, "act": "add", "after": [{ "id": "p1" }] })))
            .to_vec(),
        memory_tombs: vec![row(json!({ "hash": "00000000000000ff" }))],
        draft: Some(draft("new", "你好")),
        ..Contents::default()
    }
}

proptest! {
    #[test]
    fn writing_and_reading_is_the_identity(chats in vec(vec(any::<String>(), 0..6), 0..4)) {
        let bundles = chats.iter().enumerate().map(|(i, texts)| sample(&format!("chat-{i}"), texts));
        let contents = contents(bundles.collect());
        prop_assert_eq!(read(&write(&contents)).unwrap(), contents);
    }

    #[test]
    fn no_mutation_makes_reading_fail_otherwise_than_by_refusing(at in 0usize..2000, with in any::<String>(), gone in 0usize..80) {
        let file = write(&contents(vec![sample("a", &texts(&["q", "a"])), sample("b", &texts(&["问", "答"]))]));
        let mut letters: Vec<char> = file.chars().collect();
        let at = at % letters.len();
        let end = (at + gone).min(letters.len());
        letters.splice(at..end, with.chars());
        let mutant: String = letters.into_iter().collect();
        if let Ok(read) = read(&mutant) {
            for bundle in &read.conversations {
                whole(bundle);
            }
        }
    }

    #[test]
    fn any_text_at_all_is_read_or_refused(text in any::<String>(), lines in vec(any::<String>(), 0..5)) {
        prop_assert_eq!(read(&text).err(), Some(Refusal::NotBackup));
        let file = head("x", 0) + &lines.join("\n");
        prop_assert!(!read(&file).unwrap().notes.is_empty());
    }

    #[test]
    fn restoring_twice_changes_nothing(words in vec(any::<String>(), 0..6)) {
        let bundle = sample("a", &words);
        prop_assert_eq!(merge(bundle.clone(), Some(&bundle), &ChatId("n".into()), "+"), Merge::Skip);
    }
}

/// What a conversation promises to the code that walks its tree.
fn whole(bundle: &Bundle) {
    let conversation = conversation::read(&bundle.conversation);
    let seqs: Vec<u32> = bundle
        .messages
        .iter()
        .map(|row| message::read(row).seq)
        .collect();
    let has = |seq| seq == 0 || seqs.contains(&seq);
    assert!(seqs.is_sorted_by(|a, b| a < b));
    assert!(has(conversation.leaf));
    assert!(seqs.iter().all(|seq| *seq < conversation.next));
    for row in &bundle.messages {
        let message = message::read(row);
        assert_eq!(message.chat, conversation.id);
        assert!(has(message.parent) && message.parent < message.seq);
    }
    for fork in &conversation.forks {
        assert!(has(fork.parent) && fork.branches.len() > 1);
        assert!(
            fork.branches
                .iter()
                .all(|branch| has(branch.head) && has(branch.leaf))
        );
    }
}

#[test]
fn a_broken_line_costs_that_line_and_is_named() {
    let good = write(&contents(vec![sample("a", &texts(&["q", "a", "q2"]))]));
    let check = |bad: &str, problem: Problem| {
        let mut lines: Vec<&str> = good.lines().collect();
        lines.insert(4, bad);
        let read = read(&lines.join("\n")).unwrap();
        assert_eq!(
            read.conversations,
            [sample("a", &texts(&["q", "a", "q2"]))],
            "{bad}"
        );
        assert!(
            read.notes.contains(&Note { line: 5, problem }),
            "{bad}: {:?}",
            read.notes
        );
    };
    check("{", Problem::Garbled);
    check("[]", Problem::Garbled);
    check(r#"{"store":"messages"}"#, Problem::Garbled);
    check(r#"{"store":"messages","row":[]}"#, Problem::Garbled);
    check(r#"{"row":{}}"#, Problem::Garbled);
    check(r#"{"store":"messages","row":{"chat":"a"}}"#, Problem::NoKey);
    check(
        r#"{"store":"messages","row":{"chat":"a","seq":0}}"#,
        Problem::NoKey,
    );
    check(
        r#"{"store":"messages","row":{"chat":"a","seq":4294967295}}"#,
        Problem::NoKey,
    );
    check(r#"{"store":"messages","row":{"seq":9}}"#, Problem::NoKey);
    check(
        r#"{"store":"conversations","row":{"id":""}}"#,
        Problem::NoKey,
    );
    check(
        r#"{"store":"dreams","row":{"id":"x"}}"#,
        Problem::UnknownStore,
    );
    check(
        r#"{"store":"kv","row":{"name":"settings","theme":"light"}}"#,
        Problem::Twice,
    );
    for number in [json!(0), json!("1"), json!(1.5), json!(-1), json!(u64::MAX)] {
        let row = row(json!({ "number": number }));
        check(line("memory_log", &row).trim(), Problem::NoKey);
    }
    check(r#"{"store":"memory","row":{"id":"p1"}}"#, Problem::Twice);
    check(r#"{"store":"memory","row":{"topic":"x"}}"#, Problem::NoKey);
    check(&"[".repeat(100_000), Problem::Garbled);
}

#[test]
fn what_is_not_a_backup_or_is_newer_is_refused() {
    let check = |text: &str, want: Option<Refusal>| assert_eq!(read(text).err(), want, "{text}");
    check("", Some(Refusal::NotBackup));
    check("[{\"title\":\"from elsewhere\"}]", Some(Refusal::NotBackup));
    check(
        "{\"format\":\"other\",\"version\":1}",
        Some(Refusal::NotBackup),
    );
    check(
        "{\"format\":\"viewfinder-backup\"}",
        Some(Refusal::NotBackup),
    );
    check(
        "{\"format\":\"viewfinder-backup\",\"version\":2}",
        Some(Refusal::Newer { version: 2 }),
    );
    check(
        "\u{feff}{\"format\":\"viewfinder-backup\",\"version\":1}",
        None,
    );
}

#[test]
fn a_torn_file_says_so_and_gives_what_it_has() {
    let file = write(&contents(vec![sample("a", &texts(&["q", "a", "q2"]))]));
    let torn = &file[..file.len() * 3 / 4];
    let read = read(torn).unwrap();
    assert_eq!(
        read.notes.last(),
        Some(&Note {
            line: 0,
            problem: Problem::Torn
        })
    );
    read.conversations.iter().for_each(whole);
}

#[test]
fn what_a_message_was_being_changed_to_makes_no_conversation() {
    let mut bundle = sample("a", &texts(&["q", "a"]));
    bundle.draft = Some(draft("a/1", "half a qu"));
    let read = read(&write(&contents(vec![bundle.clone()]))).unwrap();
    bundle.draft = None;
    assert_eq!((read.conversations, read.notes), (vec![bundle], vec![]));
}

#[test]
fn orphans_and_broken_numbers_are_mended() {
    let mut file = head("x", 0);
    file += &line(
        "messages",
        &row(json!({ "chat": "lost", "seq": 3, "parent": 2, "text": "kept" })),
    );
    let mut bad = Conversation {
        id: ChatId("bad".into()),
        leaf: 99,
        ..Conversation::default()
    };
    bad.forks = vec![Fork {
        parent: 0,
        branches: vec![Branch { head: 1, leaf: 7 }, Branch { head: 50, leaf: 51 }],
    }];
    file += &line("conversations", &conversation::write(&bad, &Row::new()));
    file += &line("messages", &row(json!({ "chat": "bad", "seq": 1 })));
    file += &foot(3);
    let read = read(&file).unwrap();
    assert_eq!(read.messages(), 2);
    assert_eq!(
        read.notes,
        [Note {
            line: 2,
            problem: Problem::Orphan
        }]
    );
    read.conversations.iter().for_each(whole);
}

#[test]
fn a_restore_never_overwrites() {
    let (id, mark) = (ChatId("new-id".into()), " (restored)");
    let bundle = |words: &[&str]| sample("a", &texts(words));
    let check = |incoming: &[&str], stored: Option<&[&str]>, want: fn(&Merge) -> bool| {
        let merged = merge(bundle(incoming), stored.map(bundle).as_ref(), &id, mark);
        assert!(want(&merged), "{incoming:?} onto {stored:?}: {merged:?}");
    };
    check(&["q"], None, |m| matches!(m, Merge::Put(_)));
    check(&["q", "a"], Some(&["q", "a"]), |m| *m == Merge::Skip);
    check(&["q", "a"], Some(&["q", "a", "q2"]), |m| *m == Merge::Skip);
    check(
        &["q", "a", "q2"],
        Some(&["q", "a"]),
        |m| matches!(m, Merge::Put(b) if b.messages.len() == 3),
    );
    check(&["q", "changed"], Some(&["q", "a"]), |m| {
        matches!(m, Merge::Copy(_))
    });
    let Merge::Copy(copy) = merge(bundle(&["q", "b"]), Some(&bundle(&["q", "a"])), &id, mark)
    else {
        panic!("a copy");
    };
    whole(&copy);
    assert_eq!(conversation::read(&copy.conversation).id, id);
    assert_eq!(conversation::read(&copy.conversation).title, "q (restored)");
    assert_eq!(copy.conversation.get("colour"), Some(&json!("green")));
    assert_eq!(copy.draft.unwrap().get("chat"), Some(&json!("new-id")));
}

#[test]
fn going_on_with_a_backup_keeps_the_name_given_here() {
    let incoming = sample("a", &texts(&["q", "a"]));
    let mut stored = sample("a", &texts(&["q"]));
    stored.conversation.insert("title".into(), "my name".into());
    stored.conversation.insert("named".into(), true.into());
    let Merge::Put(merged) = merge(incoming, Some(&stored), &ChatId("n".into()), "+") else {
        panic!("rows to put");
    };
    assert_eq!(conversation::read(&merged.conversation).title, "my name");
    assert_eq!(conversation::read(&merged.conversation).leaf, 2);
}

#[test]
fn frames_come_back_and_a_hostile_one_stays_outside() {
    let sound = json!({ "id": "mine", "name": { "zh": "我的" }, "slots": [{ "id": "a", "name": { "zh": "甲" } }] });
    let mut hostile = sound.clone();
    hostile["id"] = "evil".into();
    hostile["name"]["zh"] = "\u{202e}倒".into();
    let file = [
        head("x", 0),
        line("frames", &row(sound.clone())),
        line("frames", &row(hostile)),
        foot(2),
    ];
    let read = read(&file.concat()).unwrap();
    assert_eq!(read.frames, [row(sound)]);
    assert_eq!(
        read.notes,
        [Note {
            line: 3,
            problem: Problem::Garbled
        }]
    );
}
