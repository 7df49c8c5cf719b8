//! Upgrades: from an older version, by an older version, with another tab open, and a failing one.

use crate::help::*;
use std::cell::RefCell;
use std::rc::Rc;
use viewfinder::chat::Role::User;
use viewfinder::record::Row;
use viewfinder::record::schema::{CONVERSATIONS, MESSAGES, MIGRATIONS, Migration, Step};
use viewfinder::web::clock::{sleep, ticks};
use viewfinder::web::db::{Db, Event, Fault};
use wasm_bindgen_test::wasm_bindgen_test;

/// The next version as it might be made one day: a store, an index of an old store, rows rewritten.
const NEXT: &[Step] = &[
    Step::Store {
        name: "later",
        key: &["id"],
    },
    Step::Index {
        store: MESSAGES,
        name: "model",
        key: &["model", "chat"],
    },
    Step::Rows {
        store: MESSAGES,
        change: shout,
    },
    Step::Rows {
        store: CONVERSATIONS,
        change: colour,
    },
];

/// A version whose last step cannot work.
const BROKEN: &[Step] = &[
    Step::Rows {
        store: MESSAGES,
        change: shout,
    },
    Step::Index {
        store: "nowhere",
        name: "x",
        key: &["y"],
    },
];

/// Today's migrations and one more.
fn and(steps: &'static [Step]) -> &'static [Migration] {
    let today = MIGRATIONS.iter().map(|migration| Migration {
        version: migration.version,
        steps: migration.steps,
    });
    let next = Migration {
        version: MIGRATIONS.len() as u32 + 1,
        steps,
    };
    today.chain([next]).collect::<Vec<_>>().leak()
}

fn shout(mut row: Row) -> Row {
    let text = row
        .get("text")
        .and_then(|text| text.as_str())
        .unwrap_or_default();
    let loud = text.to_uppercase();
    row.insert("text".into(), loud.into());
    row
}

fn colour(mut row: Row) -> Row {
    row.insert("title".into(), "green".into());
    row
}

async fn filled(name: &str, messages: usize) {
    let db = open(name).await;
    for i in 0..messages {
        say(&db, "a", User, &format!("text {i}")).await;
    }
    db.close();
}

#[wasm_bindgen_test]
async fn an_upgrade_rewrites_every_row_and_adds_indexes_to_old_stores() {
    let name = name();
    filled(&name, 450).await;
    let db = Db::open_with(&name, and(NEXT), |_| ()).await.unwrap();
    assert!(!db.created);
    let texts = words(&db.db, "a").await;
    let want: Vec<String> = (0..450).map(|i| format!("TEXT {i}")).collect();
    assert_eq!(texts, want);
    let conversation = db.db.conversation(&chat("a")).await.unwrap().unwrap();
    assert_eq!(conversation.title, "green");
    say(&db.db, "a", User, "and on").await;
}

#[wasm_bindgen_test]
async fn a_failing_upgrade_leaves_the_old_version_whole() {
    let name = name();
    filled(&name, 3).await;
    let failed = Db::open_with(&name, and(BROKEN), |_| ()).await.map(|_| ());
    assert!(matches!(failed, Err(Fault::Broken(_))), "{failed:?}");
    let db = open(&name).await;
    assert_eq!(words(&db, "a").await, ["text 0", "text 1", "text 2"]);
}

#[wasm_bindgen_test]
async fn an_older_version_refuses_a_newer_database_and_touches_nothing() {
    let name = name();
    let newer = Db::open_with(&name, and(NEXT), |_| ()).await.unwrap();
    say(&newer.db, "a", User, "kept").await;
    newer.db.close();
    let refused = Db::open(&name, |_| ()).await.map(|_| ());
    assert_eq!(refused, Err(Fault::Newer));
    let newer = Db::open_with(&name, and(NEXT), |_| ()).await.unwrap();
    assert!(!newer.created);
    assert_eq!(words(&newer.db, "a").await, ["kept"]);
}

#[wasm_bindgen_test]
async fn an_old_tab_saves_lets_go_and_says_so() {
    let name = name();
    let events = Rc::new(RefCell::new(Vec::new()));
    let old: Rc<RefCell<Option<Db>>> = Rc::default();
    let (heard, last) = (events.clone(), old.clone());
    let opened = Db::open(&name, move |event| {
        heard.borrow_mut().push(event);
        let db = last.borrow().clone().unwrap();
        wasm_bindgen_futures::spawn_local(async move {
            say(&db, "a", User, "last words").await;
        });
    });
    *old.borrow_mut() = Some(opened.await.unwrap().db);
    let before = ticks();
    let new = Db::open_with(&name, and(NEXT), |_| panic!("the old tab lets go in time")).await;
    assert!(ticks() - before < 3000.0);
    assert_eq!(words(&new.unwrap().db, "a").await, ["LAST WORDS"]);
    assert_eq!(*events.borrow(), [Event::Outdated]);
    let old = old.borrow().clone().unwrap();
    assert_eq!(old.count().await, Err(Fault::Closed));
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_let_go_is_reported_and_never_waited_for_for_ever() {
    let name = name();
    filled(&name, 1).await;
    let stubborn = raw(&name, MIGRATIONS.len() as u32).await;
    let events = Rc::new(RefCell::new(Vec::new()));
    let heard = events.clone();
    let before = ticks();
    let result = Db::open_with(&name, and(NEXT), move |event| {
        heard.borrow_mut().push(event)
    })
    .await;
    assert_eq!(result.map(|_| ()), Err(Fault::Blocked));
    // Five seconds are granted; beyond them counts only that the wait ends.
    assert!((4_500.0..30_000.0).contains(&(ticks() - before)));
    assert_eq!(*events.borrow(), [Event::Blocked]);
    stubborn.close();
    sleep(300).await;
    // The request that came too late has closed its connection, so that nobody is blocked by it.
    Db::open_with(&name, and(NEXT), |_| ())
        .await
        .unwrap()
        .db
        .erase()
        .await
        .unwrap();
}

/// A connection of a page that hears nothing.
async fn raw(name: &str, version: u32) -> web_sys::IdbDatabase {
    let factory = js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into()).unwrap();
    let factory: web_sys::IdbFactory = factory.into();
    let request = factory.open_with_u32(name, version).unwrap();
    let over = js_sys::Promise::new(&mut |resolve, _| request.set_onsuccess(Some(&resolve)));
    wasm_bindgen_futures::JsFuture::from(over).await.unwrap();
    request.result().unwrap().into()
}
