//! Every action of the database, in the browser's own and in memory.

use crate::help::*;
use viewfinder::chat::Role::{Assistant, User};
use viewfinder::provider::Connection;
use viewfinder::record::{NEW_DRAFT, Row};
use viewfinder::reply::End;
use viewfinder::settings::{Settings, Theme};
use viewfinder::web::db::{Db, Plan, persist, persisted, room};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn what_was_written_is_there_after_opening_again() {
    let name = name();
    let db = open(&name).await;
    assert!(db.is_kept());
    say(&db, "a", User, "你好").await;
    say(&db, "a", Assistant, "Hello 👋🏽").await;
    db.close();
    let db = open(&name).await;
    assert_eq!(words(&db, "a").await, ["你好", "Hello 👋🏽"]);
    let conversation = db.conversation(&chat("a")).await.unwrap().unwrap();
    assert_eq!((conversation.leaf, conversation.next), (2, 3));
    assert_eq!(db.conversation(&chat("b")).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn the_list_is_by_time_in_pages_with_the_pinned_apart() {
    both(async |db| {
        for i in 0..25 {
            let mut conversation = conversation(&format!("c{i:02}"), 100 + i64::from(i) / 3);
            conversation.pinned = i % 10 == 4;
            list(&db, conversation).await;
        }
        let mut all = Vec::new();
        loop {
            let last: Option<&viewfinder::chat::Conversation> = all.last();
            let before = last.map(|last| (last.updated, &last.id));
            let page = db.newest(7, before).await.unwrap();
            let over = page.len() < 7;
            all.extend(page);
            if over {
                break;
            }
        }
        let ids = |list: &[viewfinder::chat::Conversation]| -> Vec<String> {
            list.iter().map(|c| c.id.to_string()).collect()
        };
        let want = (0..25).rev().filter(|i| i % 10 != 4);
        assert_eq!(
            ids(&all),
            want.map(|i| format!("c{i:02}")).collect::<Vec<_>>()
        );
        assert_eq!(ids(&db.pinned().await.unwrap()), ["c24", "c14", "c04"]);
        assert_eq!(ids(&db.newest(1, None).await.unwrap()), ["c23"]);
        assert!(db.newest(0, None).await.unwrap().is_empty());
        assert_eq!(db.count().await.unwrap(), 25);
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_range_of_messages_is_that_range_of_that_conversation() {
    both(async |db| {
        for i in 1..=12 {
            say(&db, "a", User, &i.to_string()).await;
            say(&db, "b", User, "other").await;
        }
        let texts = async |from, to| -> Vec<String> {
            let messages = db.messages(&chat("a"), from, to).await.unwrap();
            messages.into_iter().map(|message| message.text).collect()
        };
        assert_eq!(texts(10, 12).await, ["10", "11", "12"]);
        assert_eq!(texts(3, 3).await, ["3"]);
        assert_eq!(texts(12, u32::MAX).await, ["12"]);
        assert!(texts(5, 4).await.is_empty());
        let mut seen = 0;
        let mut last: Option<viewfinder::chat::Message> = None;
        loop {
            let after = last.as_ref().map(|last| (&last.chat, last.seq));
            let page = db.all_messages(after, 5).await.unwrap();
            seen += page.len();
            match page.last() {
                Some(message) => last = Some(message.clone()),
                None => break,
            }
        }
        assert_eq!(seen, 24);
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_change_sees_what_is_there_counts_revisions_and_can_decline() {
    both(async |db| {
        let seq = say(&db, "a", Assistant, "first").await;
        let edit = |text: &'static str| {
            move |mut fresh: viewfinder::web::db::Fresh| {
                let mut message = fresh.messages.pop()?;
                message.text += text;
                Some(Plan {
                    put: vec![message],
                    ..Plan::default()
                })
            }
        };
        for (text, rev) in [(" a", 1), (" b", 2)] {
            let plan = db.change(&chat("a"), &[seq], edit(text)).await.unwrap();
            assert_eq!(plan.unwrap().put[0].rev, rev);
        }
        assert_eq!(words(&db, "a").await, ["first a b"]);
        let missing = db.change(&chat("a"), &[9], edit("c")).await.unwrap();
        assert_eq!(missing, None);
        let remove = |_| {
            Some(Plan {
                remove: vec![seq],
                ..Plan::default()
            })
        };
        db.change(&chat("a"), &[], remove).await.unwrap();
        assert!(words(&db, "a").await.is_empty());
    })
    .await;
}

#[wasm_bindgen_test]
async fn numbers_are_never_given_twice() {
    both(async |db| {
        say(&db, "a", User, "one").await;
        let careless = |mut fresh: viewfinder::web::db::Fresh| {
            let mut conversation = fresh.conversation.take()?;
            conversation.next = 1;
            Some(Plan {
                conversation: Some(conversation),
                put: vec![message(User, 7, 1, "seven")],
                ..Plan::default()
            })
        };
        db.change(&chat("a"), &[], careless).await.unwrap();
        assert_eq!(say(&db, "a", User, "next").await, 8);
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_checkpoint_only_touches_a_reply_that_still_streams() {
    both(async |db| {
        say(&db, "a", User, "q").await;
        let seq = say(&db, "a", Assistant, "").await;
        let at = async |seq| db.messages(&chat("a"), seq, seq).await.unwrap().remove(0);
        let mut reply = at(seq).await;
        reply.text = "half".into();
        assert!(db.checkpoint(&reply).await.unwrap());
        assert_eq!(at(seq).await.text, "half");
        let done = reply.clone();
        let finish = move |_| {
            let mut done = done;
            done.end = Some(End::Complete);
            done.text = "whole".into();
            Some(Plan {
                put: vec![done],
                ..Plan::default()
            })
        };
        db.change(&chat("a"), &[], finish).await.unwrap();
        assert!(!db.checkpoint(&reply).await.unwrap());
        assert_eq!(at(seq).await.text, "whole");
        let mut question = at(1).await;
        question.text = "overwritten".into();
        assert!(!db.checkpoint(&question).await.unwrap());
        reply.seq = 99;
        assert!(!db.checkpoint(&reply).await.unwrap());
        assert_eq!(words(&db, "a").await, ["q", "whole"]);
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_purge_takes_everything_and_its_undo_brings_it_back() {
    both(async |db| {
        for id in ["a", "ab"] {
            say(&db, id, User, "q").await;
            say(&db, id, Assistant, "a").await;
        }
        db.put_draft("a", "half a thought").await.unwrap();
        let before = db.messages(&chat("a"), 1, 9).await.unwrap();
        let purged = db.purge(&chat("a")).await.unwrap().unwrap();
        assert!(words(&db, "a").await.is_empty());
        assert_eq!(db.conversation(&chat("a")).await.unwrap(), None);
        assert_eq!(db.draft("a").await.unwrap(), "");
        assert_eq!(words(&db, "ab").await, ["q", "a"]);
        assert_eq!(db.purge(&chat("a")).await.unwrap(), None);
        db.unpurge(&purged).await.unwrap();
        assert_eq!(db.messages(&chat("a"), 1, 9).await.unwrap(), before);
        assert_eq!(db.draft("a").await.unwrap(), "half a thought");
        assert_eq!(db.count().await.unwrap(), 2);
    })
    .await;
}

#[wasm_bindgen_test]
async fn drafts_settings_and_connections_are_kept() {
    both(async |db| {
        assert_eq!(db.draft(NEW_DRAFT).await.unwrap(), "");
        db.put_draft(NEW_DRAFT, "你").await.unwrap();
        db.put_draft(NEW_DRAFT, "你好").await.unwrap();
        assert_eq!(db.draft(NEW_DRAFT).await.unwrap(), "你好");
        db.put_draft(NEW_DRAFT, "").await.unwrap();
        assert_eq!(db.draft(NEW_DRAFT).await.unwrap(), "");

        assert_eq!(db.settings().await.unwrap(), Settings::default());
        let settings = Settings {
            theme: Theme::Dark,
            ..Settings::default()
        };
        db.change_settings(&|here| *here = settings.clone())
            .await
            .unwrap();
        assert_eq!(db.settings().await.unwrap(), settings);

        let connection = |id: &str, key: &str| Connection {
            id: id.into(),
            base: "https://example.org".into(),
            key: key.into(),
            ..Connection::default()
        };
        for (id, key) in [("2", "sk-2"), ("1", "sk-1"), ("2", "")] {
            db.put_connection(&connection(id, key)).await.unwrap();
        }
        let want = [connection("1", "sk-1"), connection("2", "")];
        assert_eq!(db.connections().await.unwrap(), want);
        db.delete_connection("1").await.unwrap();
        assert_eq!(db.connections().await.unwrap(), want[1..]);

        let mut row = Row::new();
        row.insert("asked".into(), true.into());
        db.put_kv("device.persist", row).await.unwrap();
        let row = db.kv("device.persist").await.unwrap().unwrap();
        assert_eq!(row.get("asked"), Some(&true.into()));
    })
    .await;
}

#[wasm_bindgen_test]
async fn erasing_leaves_nothing_and_a_loss_is_noticed() {
    let name = name();
    let opened = Db::open(&name, |_| ()).await.unwrap();
    assert!(opened.created && !opened.lost);
    say(&opened.db, "a", User, "q").await;
    opened.db.erase().await.unwrap();
    let opened = Db::open(&name, |_| ()).await.unwrap();
    assert!(opened.created && !opened.lost, "erased on purpose");
    assert_eq!(opened.db.count().await.unwrap(), 0);
    say(&opened.db, "a", User, "q").await;
    opened.db.close();
    delete_behind_our_back(&name).await;
    let opened = Db::open(&name, |_| ()).await.unwrap();
    assert!(opened.created && opened.lost, "taken by the browser");
    let memory = Db::memory();
    say(&memory, "a", User, "q").await;
    memory.erase().await.unwrap();
    assert_eq!(memory.count().await.unwrap(), 0);
    assert!(!memory.is_kept());
}

async fn delete_behind_our_back(name: &str) {
    let factory = js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into()).unwrap();
    let factory: web_sys::IdbFactory = factory.into();
    let request = factory.delete_database(name).unwrap();
    let over = js_sys::Promise::new(&mut |resolve, _| request.set_onsuccess(Some(&resolve)));
    wasm_bindgen_futures::JsFuture::from(over).await.unwrap();
}

#[wasm_bindgen_test]
async fn the_browser_tells_its_room_and_whether_it_keeps() {
    let room = room().await.unwrap();
    assert!(room.quota > 0.0 && room.used >= 0.0);
    assert!(persisted().await.is_some());
    assert!(persist().await.is_some());
}

#[wasm_bindgen_test]
async fn what_the_user_does_is_written_strictly_and_what_comes_again_is_relaxed() {
    let db = fresh().await;
    say(&db, "a", User, "q").await;
    let seq = say(&db, "a", Assistant, "").await;
    let reply = db.messages(&chat("a"), seq, seq).await.unwrap().remove(0);
    run("const begin = IDBDatabase.prototype.transaction;
         globalThis.asked = [];
         IDBDatabase.prototype.transaction = function (...how) {
             const tx = begin.apply(this, how);
             if (tx.mode === 'readwrite') asked.push(tx.durability);
             return tx;
         };
         globalThis.heal = () => { IDBDatabase.prototype.transaction = begin; };");
    say(&db, "a", User, "q").await;
    let purged = db.purge(&chat("a")).await.unwrap().unwrap();
    db.unpurge(&purged).await.unwrap();
    let connection = Connection {
        id: "1".into(),
        ..Connection::default()
    };
    db.put_connection(&connection).await.unwrap();
    db.change_settings(&|_| ()).await.unwrap();
    db.restore(Default::default(), "", |_| ()).await.unwrap();
    assert!(db.checkpoint(&reply).await.unwrap());
    db.put_draft("a", "x").await.unwrap();
    let asked = run("heal(); return asked.join(' ');").as_string().unwrap();
    assert_eq!(asked, "strict strict strict strict strict relaxed relaxed");
}

fn run(script: &str) -> wasm_bindgen::JsValue {
    js_sys::Function::new_no_args(script)
        .call0(&wasm_bindgen::JsValue::UNDEFINED)
        .unwrap()
}

#[wasm_bindgen_test]
async fn without_a_database_all_programs_of_the_page_have_the_same_rows() {
    let (chat, screens) = (Db::of_page(), Db::of_page());
    let connection = Connection {
        id: "shared".into(),
        base: "https://example.org".into(),
        key: "sk-sentinel".into(),
        ..Connection::default()
    };
    screens.put_connection(&connection).await.unwrap();
    assert_eq!(chat.connections().await.unwrap(), [connection]);
    say(&chat, "a", User, "q").await;
    assert_eq!(screens.count().await.unwrap(), 1);
    chat.delete_connection("shared").await.unwrap();
    assert_eq!(screens.connections().await.unwrap(), []);
    assert_eq!(Db::memory().count().await.unwrap(), 0, "no one else's");
    screens.erase().await.unwrap();
    assert_eq!(chat.count().await.unwrap(), 0);
}
