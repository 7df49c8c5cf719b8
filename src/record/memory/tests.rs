#![allow(clippy::unwrap_used)]
use super::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

const MOST: i64 = 1 << 53;

fn through_text(row: &Row) -> Row {
    serde_json::from_str(&serde_json::to_string(row).unwrap()).unwrap()
}

fn some_id() -> impl Strategy<Value = PrefId> {
    "[0-9a-f-]{1,12}".prop_map(PrefId)
}

fn some_scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::Everywhere),
        "[a-z]{1,4}".prop_map(Scope::Persona),
        "[a-z]{1,4}".prop_map(|id| Scope::Chat(ChatId(id))),
    ]
}

fn some_slot() -> impl Strategy<Value = Slot> {
    let named = "[a-z ]{0,6}".prop_map(Slot::Favourite);
    prop_oneof![
        Just(Slot::Residence),
        Just(Slot::Job),
        Just(Slot::Name),
        Just(Slot::Age),
        Just(Slot::Assistant),
        named,
        "#[a-z]{0,6}".prop_map(Slot::Style)
    ]
}

prop_compose! {
    fn some_said()(chat in "[a-z]{0,4}", seq: u32, words in any::<String>(), at in -MOST + 1..MOST,
        origin in select(Origin::ALL.to_vec())) -> Said {
        Said { chat: ChatId(chat), seq, words, at, origin }
    }
}

prop_compose! {
    fn preference()(
        (id, topic, key, condition) in (some_id(), any::<String>(), "[a-z]{1,6}", any::<String>()),
        (kind, status, strength, confidence) in (select(Kind::ALL.to_vec()), select(Status::ALL.to_vec()), -2..=2i8, 0..=100u8),
        (scope, slot, zh, pinned, edited) in (some_scope(), option::of(some_slot()), any::<bool>(), any::<bool>(), any::<bool>()),
        until in option::of(-MOST + 1..MOST), said in vec(some_said(), 0..3),
        (first_seen, last_seen) in (-MOST + 1..MOST, -MOST + 1..MOST),
        (exception_to, against, superseded_by) in (option::of(some_id()), option::of(some_id()), option::of(some_id())),
        (supersedes, unsaid) in (vec(some_id(), 0..3), option::of(some_said()))) -> Preference {
        let lang = if zh { Lang::Zh } else { Lang::En };
        Preference { id, topic, key, kind, strength, condition, scope, until, slot, lang, confidence, status, pinned, edited,
            said, first_seen, last_seen, exception_to, against, supersedes, superseded_by, unsaid }
    }
}

fn change() -> impl Strategy<Value = Change> {
    let put = (
        select(Act::ALL.to_vec()),
        vec(preference(), 0..3),
        vec(preference(), 0..3),
    );
    prop_oneof![
        3 => put.prop_map(|(act, before, after)| Change::Put { act, before, after }),
        1 => (vec(some_id(), 0..3), vec(any::<u64>(), 0..3)).prop_map(|(ids, tombs)| Change::Erase { ids, tombs }),
    ]
}

proptest! {
    #[test]
    fn a_preference_comes_back_as_it_was(preference in preference(), last in 0..MOST, times: u32) {
        let usage = Use { last, times };
        let row = write(&preference, usage, &Row::new());
        prop_assert_eq!(read(&through_text(&row)), (preference, usage));
    }

    #[test]
    fn an_event_comes_back_as_it_was(number: u32, at in -MOST + 1..MOST, change in change()) {
        let event = Event { number, at, change };
        let row = write_event(&event, &Row::new());
        prop_assert_eq!(read_event(&through_text(&row)), event);
    }

    #[test]
    fn a_hash_comes_back_as_it_was(hash: u64) {
        prop_assert_eq!(read_tomb(&through_text(&tomb(hash))), Some(hash));
    }

    #[test]
    fn any_row_is_read_and_what_is_written_from_it_reads_the_same(
        fields in vec((select(FIELDS.iter().chain(EVENT).copied().collect::<Vec<_>>()), select(vec![
            json!(null), json!(7), json!(-3.5), json!("x"), json!("12"), json!(["a", {"words": 3}, {"id": "q"}]), json!({"persona": 4, "new": 1}),
        ])), 0..12)) {
        let row: Row = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).chain([("future".to_owned(), json!([1]))]).collect();
        let (first, usage) = read(&row);
        let written = write(&first, usage, &row);
        prop_assert_eq!(read(&written), (first.clone(), usage));
        prop_assert_eq!(&write(&first, usage, &written), &written, "written twice");
        prop_assert_eq!(written.get("future"), row.get("future"));
        let event = read_event(&row);
        let written = write_event(&event, &row);
        prop_assert_eq!(read_event(&written), event);
    }
}

#[test]
fn what_a_newer_version_wrote_survives_and_is_not_sent() {
    let stored = json!({ "id": "1", "topic": "雨", "kind": "aura", "status": "dreaming", "slot": "shoe size", "mood": 3,
        "scope": { "planet": "earth" } });
    let stored = stored.as_object().unwrap();
    let (mut preference, usage) = read(stored);
    assert!(!preference.holds(0));
    assert_eq!(preference.key, "rain");
    preference.strength = 1;
    let written = write(&preference, usage, stored);
    for name in ["kind", "status", "slot", "mood", "scope"] {
        assert_eq!(written.get(name), stored.get(name), "{name}");
    }
}

#[test]
fn a_key_of_another_lexicon_is_made_again() {
    let stored =
        json!({ "id": "1", "topic": "rainy days", "key": "old", "keyed": topic::VERSION + 1 });
    assert_eq!(read(stored.as_object().unwrap()).0.key, "rain");
}
