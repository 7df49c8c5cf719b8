//! A person's own frames, pins and counts: kept beside what the chat writes, and carried by a backup.

use crate::help::*;
use viewfinder::chat::Role::User;
use viewfinder::guide::effect::Sent;
use viewfinder::guide::frames::{Frame, find};
use viewfinder::web::db::read_backup;
use wasm_bindgen_test::wasm_bindgen_test;

fn own(id: &str) -> Frame {
    let mut frame = find("ad-copy").cloned().unwrap();
    frame.id = id.into();
    frame
}

fn sent(covered: u32) -> Sent {
    Sent {
        week: 2_950,
        frame: "write".into(),
        guided: true,
        covered,
        slots: 6,
    }
}

#[wasm_bindgen_test]
async fn frames_are_kept_and_deleted() {
    both(async |db| {
        db.put_frames(&[own("b"), own("a")]).await.unwrap();
        let mut changed = own("a");
        changed.name.zh = "改过".into();
        db.put_frames(std::slice::from_ref(&changed)).await.unwrap();
        assert_eq!(db.frames().await.unwrap(), [own("b"), changed.clone()]);
        db.delete_frame("b").await.unwrap();
        assert_eq!(db.frames().await.unwrap(), [changed]);
    })
    .await;
}

#[wasm_bindgen_test]
async fn frames_keep_the_order_that_they_are_put_into() {
    both(async |db| {
        let ids = async || {
            let frames = db.frames().await.unwrap();
            frames.into_iter().map(|frame| frame.id).collect::<Vec<_>>()
        };
        db.put_frames(&[own("c"), own("a"), own("b")])
            .await
            .unwrap();
        assert_eq!(ids().await, ["c", "a", "b"]);
        // One that another tab has added meanwhile comes after those that are named.
        db.order_frames(&["b".into(), "c".into()]).await.unwrap();
        assert_eq!(ids().await, ["b", "c", "a"]);
        // Neither a change nor a new frame moves any.
        db.put_frames(&[own("c"), own("0")]).await.unwrap();
        assert_eq!(ids().await, ["b", "c", "a", "0"]);
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_broken_frame_is_left_out() {
    both(async |db| {
        let mut broken = own("broken");
        broken.slots.clear();
        db.put_frames(&[broken, own("sound")]).await.unwrap();
        assert_eq!(db.frames().await.unwrap(), [own("sound")]);
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_pin_and_what_the_chat_writes_do_not_lose_each_other() {
    both(async |db| {
        let id = chat("one");
        db.pin_frame(&id, "ad-copy").await.unwrap();
        assert_eq!(
            db.pinned_frame(&id).await.unwrap(),
            "",
            "no conversation yet"
        );
        let add = || append("one", User, "hello");
        db.change(&id, &[], add()).await.unwrap();
        db.pin_frame(&id, "ad-copy").await.unwrap();
        db.change(&id, &[], add()).await.unwrap();
        assert_eq!(db.pinned_frame(&id).await.unwrap(), "ad-copy");
        assert_eq!(db.conversation(&id).await.unwrap().unwrap().leaf, 2);
        db.pin_frame(&id, "").await.unwrap();
        assert_eq!(db.pinned_frame(&id).await.unwrap(), "");
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_correction_is_counted_for_the_message_before_it() {
    both(async |db| {
        let id = chat("one");
        db.change(&id, &[], append("one", User, "write"))
            .await
            .unwrap();
        for (text, counted) in [
            ("帮我写个文案", Some(sent(2))),
            ("不对，短一点", None),
            // What follows small talk says nothing of a frame.
            ("还是不对", None),
            ("写封信给房东", Some(sent(4))),
        ] {
            db.count_sent(&id, text, counted.as_ref()).await.unwrap();
        }
        let rows = db.effect().await.unwrap().rows;
        let [row] = rows.as_slice() else {
            panic!("one row: {rows:?}")
        };
        assert_eq!(
            (
                row.sent,
                row.covered,
                row.slots,
                row.followed,
                row.corrected
            ),
            (2, 6, 12, 1, 1)
        );
        // A conversation that is not kept is not counted.
        let passing = chat("passing");
        db.count_sent(&passing, "x", Some(&sent(1))).await.unwrap();
        assert_eq!(db.effect().await.unwrap().rows, rows);
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_backup_carries_frames_pins_and_counts() {
    let db = fresh().await;
    let id = chat("one");
    db.change(&id, &[], append("one", User, "hello"))
        .await
        .unwrap();
    db.put_frames(&[own("mine")]).await.unwrap();
    db.pin_frame(&id, "mine").await.unwrap();
    db.count_sent(&id, "hello", Some(&sent(3))).await.unwrap();
    db.hide_frame(true).await.unwrap();
    let file = db.backup(false, |_| ()).await.unwrap();
    let other = fresh().await;
    let mut there = own("mine");
    there.name.zh = "这里的".into();
    other
        .put_frames(std::slice::from_ref(&there))
        .await
        .unwrap();
    let contents = read_backup(&file, |_| ()).await.unwrap();
    other.restore(contents, "", |_| ()).await.unwrap();
    assert_eq!(
        other.frames().await.unwrap(),
        [there],
        "nothing is overwritten"
    );
    assert_eq!(other.pinned_frame(&id).await.unwrap(), "mine");
    assert_eq!(other.effect().await.unwrap(), db.effect().await.unwrap());
    assert!(db.frame_hidden().await.unwrap());
    assert!(
        !other.frame_hidden().await.unwrap(),
        "hidden is a mark of the browser"
    );
}
