//! Several tabs: two connections, interleaved at random; locks; notices.

use crate::help::*;
use futures_util::future::join_all;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use viewfinder::chat::Role::{Assistant, User};
use viewfinder::web::clock::sleep;
use viewfinder::web::db::{Db, Fresh, Plan};
use viewfinder::web::locks;
use viewfinder::web::tabs::{Notice, Tabs};
use wasm_bindgen_test::wasm_bindgen_test;

/// A small generator of numbers (xorshift), seeded: the same run every time.
fn random(seed: &mut u32) -> u32 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    *seed
}

#[wasm_bindgen_test]
async fn two_tabs_lose_nothing_and_numbers_stay_unique() {
    for seed in [1, 77, 4242] {
        let name = name();
        let tabs = [open(&name).await, open(&name).await];
        say(&tabs[0], "a", User, "start").await;
        let mut seed = seed;
        let mut appended = BTreeSet::from(["start".to_owned()]);
        let mut edits = 0;
        for round in 0..20 {
            let mut operations = Vec::new();
            for i in 0..10 {
                let tab = tabs[(random(&mut seed) % 2) as usize].clone();
                if random(&mut seed).is_multiple_of(3) {
                    edits += 1;
                    operations.push(Operation::Edit(tab));
                } else {
                    let text = format!("{round}.{i}");
                    appended.insert(text.clone());
                    operations.push(Operation::Append(tab, text));
                }
            }
            join_all(operations.into_iter().map(Operation::run)).await;
        }
        let messages = tabs[0].messages(&chat("a"), 1, u32::MAX).await.unwrap();
        let numbers: BTreeSet<u32> = messages.iter().map(|m| m.seq).collect();
        assert_eq!(numbers.len(), messages.len());
        let first = messages[0].text.trim_end_matches('+');
        assert_eq!(
            messages[0].text.len() - first.len(),
            edits,
            "no edit is lost"
        );
        assert_eq!(messages[0].rev as usize, edits);
        let texts = messages
            .iter()
            .map(|m| m.text.trim_end_matches('+').to_owned());
        assert_eq!(texts.collect::<BTreeSet<_>>(), appended);
        let next = tabs[1]
            .conversation(&chat("a"))
            .await
            .unwrap()
            .unwrap()
            .next;
        assert_eq!(next as usize, messages.len() + 1);
    }
}

enum Operation {
    Append(Db, String),
    Edit(Db),
}

impl Operation {
    async fn run(self) {
        match self {
            Operation::Append(db, text) => drop(say(&db, "a", Assistant, &text).await),
            Operation::Edit(db) => {
                let edit = |mut fresh: Fresh| {
                    let mut message = fresh.messages.pop()?;
                    message.text.push('+');
                    Some(Plan {
                        put: vec![message],
                        ..Plan::default()
                    })
                };
                db.change(&chat("a"), &[1], edit).await.unwrap();
            }
        }
    }
}

#[wasm_bindgen_test]
async fn a_notice_reaches_the_other_tab_only_and_unknown_ones_are_passed_over() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let into = |who: &'static str| {
        let heard = heard.clone();
        move |notice| heard.borrow_mut().push((who, notice))
    };
    let (one, two) = (Tabs::new(into("one")), Tabs::new(into("two")));
    let notices = [
        Notice::Changed {
            store: "messages".into(),
            key: "a\"b".into(),
            rev: 3,
        },
        Notice::Streaming {
            chat: "a".into(),
            seq: 7,
        },
        Notice::Everything,
        Notice::Goodbye,
    ];
    for notice in &notices {
        one.notify(notice);
    }
    let raw = web_sys::BroadcastChannel::new("viewfinder").unwrap();
    raw.post_message(&"{\"is\":\"from the future\"}".into())
        .unwrap();
    raw.post_message(&42.into()).unwrap();
    let want: Vec<_> = notices.into_iter().map(|notice| ("two", notice)).collect();
    for _ in 0..50 {
        if heard.borrow().len() >= want.len() {
            break;
        }
        sleep(100).await;
    }
    // What must not be heard has had the time to come.
    sleep(200).await;
    assert_eq!(*heard.borrow(), want);
    drop(two);
    one.notify(&Notice::Goodbye);
    sleep(100).await;
    assert_eq!(heard.borrow().len(), want.len());
    raw.close();
}

#[wasm_bindgen_test]
async fn a_lock_is_held_until_it_is_dropped() {
    let name = locks::turn(&name());
    assert_eq!(locks::is_held(&name).await, Some(false));
    let guard = locks::hold(&name).await.expect("free");
    assert_eq!(locks::is_held(&name).await, Some(true));
    let order = RefCell::new(Vec::new());
    let wait = async {
        let held = locks::hold(&name).await;
        order.borrow_mut().push("granted");
        held
    };
    let free = async {
        sleep(100).await;
        order.borrow_mut().push("released");
        drop(guard);
    };
    let (held, ()) = futures_util::future::join(wait, free).await;
    assert_eq!(*order.borrow(), ["released", "granted"]);
    assert!(held.is_some());
    drop(held);
    for _ in 0..100 {
        if locks::is_held(&name).await == Some(false) {
            break;
        }
        sleep(50).await;
    }
    assert_eq!(locks::is_held(&name).await, Some(false));
}
