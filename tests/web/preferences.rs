//! The memory as it is stored: one book, one log, several tabs.

use crate::help::*;
use viewfinder::memory::{
    Act, Change, Edit, Event, Kind, PrefId, Preference, Refusal, Source, Statement, learn,
    timeline, undo,
};
use viewfinder::web::db::Db;
use wasm_bindgen_test::wasm_bindgen_test;

/// Lets a statement of a message be learned, as a turn does.
async fn hear(db: &Db, seq: u32, topic: &str, strength: i8) -> Vec<Event> {
    let statement = Statement {
        kind: Kind::Taste,
        strength: Some(strength),
        topic: topic.into(),
        certainty: 90,
        ..Statement::default()
    };
    let source = Source {
        chat: chat("a"),
        seq,
        words: format!("{topic} {strength}"),
        random: [seq as u8; 10],
        ..Source::default()
    };
    let now = i64::from(seq) * 1_000;
    let make = move |book: &viewfinder::memory::Book| {
        let mut book = book.clone();
        let outcomes = learn(&mut book, &[statement], &source, now);
        outcomes
            .into_iter()
            .flat_map(|outcome| match outcome {
                viewfinder::memory::Outcome::Done(changes) => changes,
                viewfinder::memory::Outcome::Ask(question) => {
                    vec![question.proposal]
                }
            })
            .collect()
    };
    db.remember(now, make).await.unwrap()
}

async fn only(db: &Db) -> Preference {
    let book = db.book().await.unwrap();
    let mut all = book.all().cloned();
    let first = all.next().unwrap();
    assert!(all.next().is_none());
    first
}

async fn gesture(db: &Db, edit: Edit) -> Result<Event, Refusal> {
    db.edit_preference(&edit, 9_000, [7; 10]).await.unwrap()
}

#[wasm_bindgen_test]
async fn the_opposite_supersedes_and_the_log_tells_it() {
    both(async |db| {
        hear(&db, 1, "下雨天", 1).await;
        let old = only(&db).await.id;
        let events = hear(&db, 2, "雨天", -2).await;
        let [event] = events.as_slice() else {
            panic!("{events:?}")
        };
        assert_eq!(event.number, 2);
        let book = db.book().await.unwrap();
        let old = book.get(&old).unwrap();
        let new = book.get(old.superseded_by.as_ref().unwrap()).unwrap();
        assert_eq!((new.strength, new.topic.as_str()), (-2, "雨天"));
        let log = db.preference_events(&old.id).await.unwrap();
        let acts: Vec<Act> = timeline(&log, &old.id).iter().map(|m| m.act).collect();
        assert_eq!(acts, [Act::Add, Act::Supersede]);
        // The same message once more teaches nothing.
        assert!(hear(&db, 2, "雨天", -2).await.is_empty());
    })
    .await;
}

#[wasm_bindgen_test]
async fn two_tabs_on_one_card_lose_nothing() {
    let name = name();
    let (here, there) = (open(&name).await, open(&name).await);
    hear(&here, 1, "咖啡", 1).await;
    let id = only(&there).await.id;
    let (a, b) = futures_util::join!(
        gesture(&here, Edit::Strength(id.clone(), 2)),
        gesture(&there, Edit::Condition(id.clone(), "早上".into())),
    );
    let numbers = [a.unwrap().number, b.unwrap().number];
    assert!(numbers == [2, 3] || numbers == [3, 2], "{numbers:?}");
    for db in [&here, &there] {
        let card = only(db).await;
        assert_eq!((card.strength, card.condition.as_str()), (2, "早上"));
    }
}

#[wasm_bindgen_test]
async fn a_step_is_taken_back_unless_another_tab_went_on() {
    both(async |db| {
        hear(&db, 1, "咖啡", 1).await;
        let id = only(&db).await.id;
        let before = only(&db).await;
        let first = gesture(&db, Edit::Strength(id.clone(), -2)).await.unwrap();
        let back = undo(&first.change).unwrap();
        db.make_change(back, 1).await.unwrap().unwrap();
        assert_eq!(only(&db).await, before);
        db.make_change(first.change.clone(), 2)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(only(&db).await.strength, -2);
        gesture(&db, Edit::Pin(id.clone(), true)).await.unwrap();
        let back = undo(&first.change).unwrap();
        assert!(db.make_change(back, 3).await.unwrap().is_err());
        assert!(only(&db).await.pinned);
    })
    .await;
}

#[wasm_bindgen_test]
async fn what_cannot_be_done_writes_nothing() {
    both(async |db| {
        hear(&db, 1, "咖啡", 1).await;
        let id = only(&db).await.id;
        let same = gesture(&db, Edit::Strength(id.clone(), 1)).await;
        assert_eq!(same, Err(Refusal::Same));
        let missing = gesture(&db, Edit::Retract(PrefId("none".into()))).await;
        assert_eq!(missing, Err(Refusal::Missing));
        assert_eq!(db.preference_events(&id).await.unwrap().len(), 1);
    })
    .await;
}

#[wasm_bindgen_test]
async fn uses_are_counted_and_survive_an_edit() {
    both(async |db| {
        hear(&db, 1, "咖啡", 1).await;
        let id = only(&db).await.id;
        db.use_preferences(std::slice::from_ref(&id), 50)
            .await
            .unwrap();
        db.use_preferences(&[id.clone(), PrefId("none".into())], 40)
            .await
            .unwrap();
        gesture(&db, Edit::Strength(id.clone(), 2)).await.unwrap();
        let used = db.book().await.unwrap().uses(&id);
        assert_eq!((used.times, used.last), (2, 50));
    })
    .await;
}

#[wasm_bindgen_test]
async fn an_erasure_leaves_no_word_and_is_not_learned_again() {
    both(async |db| {
        hear(&db, 1, "秘密花园", 1).await;
        hear(&db, 2, "咖啡", 1).await;
        let book = db.book().await.unwrap();
        let secret = book.all().find(|pref| pref.topic == "秘密花园").unwrap();
        let other = book
            .all()
            .find(|pref| pref.topic == "咖啡")
            .unwrap()
            .id
            .clone();
        let done = gesture(&db, Edit::Erase(vec![secret.id.clone()]))
            .await
            .unwrap();
        assert!(undo(&done.change).is_none());
        assert_eq!(only(&db).await.id, other);
        let words = db.backup(false, |_| ()).await.unwrap();
        let words = wasm_bindgen_futures::JsFuture::from(words.text())
            .await
            .unwrap();
        let words = words.as_string().unwrap();
        assert!(
            words.contains("咖啡") && !words.contains("秘密花园"),
            "{words}"
        );
        assert!(hear(&db, 1, "秘密花园", 1).await.is_empty());
        assert!(!hear(&db, 3, "秘密花园", 1).await.is_empty());
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_life_of_one_card_is_found_in_a_long_log() {
    let db = fresh().await;
    hear(&db, 1, "咖啡", 1).await;
    let id = only(&db).await.id;
    for i in 0..1_100 {
        let strength = if i % 2 == 0 { 2 } else { 1 };
        gesture(&db, Edit::Strength(id.clone(), strength))
            .await
            .unwrap();
    }
    let log = db.preference_events(&id).await.unwrap();
    assert_eq!(log.len(), 1_101);
    assert!(log.iter().map(|event| event.number).eq(1..=1_101));
    let put = |event: &Event| matches!(event.change, Change::Put { .. });
    assert!(log.iter().all(put));
}
