//! Backup, erase, restore is the identity; a restore overwrites nothing.

use crate::help::*;
use std::cell::Cell;
use viewfinder::archive::Contents;
use viewfinder::chat::Role::{Assistant, User};
use viewfinder::provider::Connection;
use viewfinder::reply::End;
use viewfinder::settings::{Settings, Theme};
use viewfinder::web::db::{Db, Fresh, Plan, Restored, read_backup};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Blob;

async fn text(blob: &Blob) -> String {
    JsFuture::from(blob.text())
        .await
        .unwrap()
        .as_string()
        .unwrap()
}

/// The file without its head, which has the time.
async fn dump(db: &Db) -> Vec<String> {
    let blob = db.backup(true, |_| ()).await.unwrap();
    text(&blob)
        .await
        .lines()
        .skip(1)
        .map(str::to_owned)
        .collect()
}

async fn fill(db: &Db) {
    for i in 0..30 {
        let id = format!("chat-{i}");
        for j in 0..=i {
            say(
                db,
                &id,
                User,
                &format!("问题 {j} \u{1F600} \"quoted\" \\ \u{0}"),
            )
            .await;
            say(db, &id, Assistant, "答案\n\n```rust\nfn main() {}\n```").await;
        }
        db.put_draft(&id, "half").await.unwrap();
    }
    db.put_draft("new", "fresh").await.unwrap();
    let settings = Settings {
        theme: Theme::Dark,
        connection: "1".into(),
        model: "m".into(),
        ..Settings::default()
    };
    db.change_settings(&|here| *here = settings.clone())
        .await
        .unwrap();
    let connection = Connection {
        id: "1".into(),
        base: "https://example.org".into(),
        key: "sk-sentinel".into(),
        ..Connection::default()
    };
    db.put_connection(&connection).await.unwrap();
    let row = |value: serde_json::Value| value.as_object().cloned().unwrap();
    let preference = row(serde_json::json!({ "id": "preference-1", "topic": "tea" }));
    let log = [1, 2, 3].map(|number| {
        let after = [&preference];
        row(serde_json::json!({ "number": number, "act": "add", "after": after }))
    });
    db.restore_preference(&preference, &log).await.unwrap();
    let erased = Contents {
        memory_tombs: vec![row(serde_json::json!({ "hash": "00000000000000ff" }))],
        ..Contents::default()
    };
    restore(db, &erased).await;
    db.put_kv("device.persist", Default::default())
        .await
        .unwrap();
}

async fn restore(db: &Db, contents: &Contents) -> Restored {
    db.restore(contents.clone(), " (restored)", |_| ())
        .await
        .unwrap()
}

#[wasm_bindgen_test]
async fn backup_erase_restore_is_the_identity() {
    both(async |db| {
        fill(&db).await;
        let before = dump(&db).await;
        let steps = Cell::new(0);
        let last = Cell::new(None);
        let blob = db.backup(true, |progress| {
            steps.set(steps.get() + 1);
            last.set(Some(progress));
        });
        let blob = blob.await.unwrap();
        let last = last.get().unwrap();
        assert!(steps.get() >= 6 && last.done > 800 && last.done <= last.total);
        let db = if db.is_kept() {
            db.erase().await.unwrap();
            fresh().await
        } else {
            Db::memory()
        };
        let contents = read_backup(&blob, |_| ()).await.unwrap();
        assert_eq!(contents.notes, []);
        let restored = restore(&db, &contents).await;
        assert_eq!(
            restored,
            Restored {
                added: 30,
                skipped: 0,
                copied: 0,
                settings_kept: 0,
            }
        );
        assert_eq!(db.connections().await.unwrap(), [], "asked for one by one");
        let asked = |line: &String| line.contains("preference-") || line.contains("\"number\"");
        assert!(!dump(&db).await.iter().any(asked), "asked for one by one");
        for preference in &contents.memory {
            db.restore_preference(preference, &contents.memory_log)
                .await
                .unwrap();
        }
        for connection in &contents.connections {
            db.restore_connection(connection, &contents.keys, &contents.kv)
                .await
                .unwrap();
        }
        assert_eq!(dump(&db).await, before);
        let again = restore(&db, &contents).await;
        assert_eq!((again.added, again.copied), (0, 0));
        assert_eq!(dump(&db).await, before, "restoring again changes nothing");
    })
    .await;
}

#[wasm_bindgen_test]
async fn keys_are_in_the_file_only_when_asked_for_and_marks_of_this_browser_never() {
    let db = fresh().await;
    fill(&db).await;
    let without = text(&db.backup(false, |_| ()).await.unwrap()).await;
    assert!(!without.contains("sk-sentinel") && !without.contains("device."));
    let with = text(&db.backup(true, |_| ()).await.unwrap()).await;
    assert!(with.contains("sk-sentinel") && !with.contains("device."));
}

#[wasm_bindgen_test]
async fn a_conversation_that_went_on_differently_is_put_beside() {
    both(async |db| {
        say(&db, "a", User, "q").await;
        say(&db, "a", Assistant, "first").await;
        say(&db, "b", User, "unchanged").await;
        let blob = db.backup(false, |_| ()).await.unwrap();
        let edit = |mut fresh: Fresh| {
            let mut reply = fresh.messages.pop()?;
            reply.text = "edited".into();
            reply.end = Some(End::Complete);
            Some(Plan {
                put: vec![reply],
                ..Plan::default()
            })
        };
        db.change(&chat("a"), &[2], edit).await.unwrap();
        db.purge(&chat("b")).await.unwrap();
        let contents = read_backup(&blob, |_| ()).await.unwrap();
        let restored = restore(&db, &contents).await;
        assert_eq!(
            restored,
            Restored {
                added: 1,
                skipped: 0,
                copied: 1,
                settings_kept: 0,
            }
        );
        assert_eq!(words(&db, "a").await, ["q", "edited"]);
        assert_eq!(words(&db, "b").await, ["unchanged"]);
        let all = db.newest(9, None).await.unwrap();
        let copy = all
            .iter()
            .find(|c| c.title == "About a (restored)")
            .unwrap();
        assert_eq!(words(&db, copy.id.as_str()).await, ["q", "first"]);
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_refused_file_changes_nothing() {
    let db = fresh().await;
    say(&db, "a", User, "q").await;
    let before = dump(&db).await;
    for text in [
        "",
        "not a backup",
        "{\"format\":\"viewfinder-backup\",\"version\":99}",
    ] {
        let parts = js_sys::Array::of1(&text.into());
        let blob = Blob::new_with_str_sequence(&parts).unwrap();
        assert!(
            matches!(read_backup(&blob, |_| ()).await, Err(Some(_))),
            "{text}"
        );
    }
    assert_eq!(dump(&db).await, before);
}
