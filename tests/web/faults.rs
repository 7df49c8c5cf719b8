//! The disk is full, or there is no database: nothing is silently lost.

use crate::help::*;
use js_sys::{Function, Reflect};
use viewfinder::chat::Role::{Assistant, User};
use viewfinder::web::db::{Db, Fault, Plan};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// Makes the put number `k` from now on fail as on a full disk; `how` is where the browser notices.
fn fail_put(k: u32, how: &str) {
    let patch = Function::new_with_args(
        "k, how",
        "const put = IDBObjectStore.prototype.put;
         globalThis.healPut = () => { IDBObjectStore.prototype.put = put; };
         let left = k;
         IDBObjectStore.prototype.put = function (...row) {
             left -= 1;
             if (left !== 0) return put.apply(this, row);
             const full = new DOMException('injected', 'QuotaExceededError');
             if (how === 'at once') throw full;
             const request = put.apply(this, row);
             const tx = this.transaction;
             Object.defineProperty(tx, 'error', { value: full });
             if (how === 'later') tx.abort(); else setTimeout(() => tx.abort());
             return request;
         };",
    );
    patch
        .call2(&JsValue::UNDEFINED, &k.into(), &how.into())
        .unwrap();
}

fn heal() {
    let heal: Function = Reflect::get(&js_sys::global(), &"healPut".into())
        .unwrap()
        .into();
    heal.call0(&JsValue::UNDEFINED).unwrap();
}

#[wasm_bindgen_test]
async fn a_full_disk_is_reported_whichever_put_it_hits_and_the_next_write_works() {
    for how in ["at once", "later"] {
        for k in 1..=50 {
            let db = fresh().await;
            say(&db, "a", User, "before").await;
            let before = db.conversation(&chat("a")).await.unwrap();
            let change = |fresh| {
                let mut plan: Plan = append("a", User, "0")(fresh)?;
                for seq in 3..51 {
                    plan.put.push(message(Assistant, seq, seq - 1, "more"));
                }
                Some(plan)
            };
            fail_put(k, how);
            let result = db.change(&chat("a"), &[], change).await;
            heal();
            assert_eq!(result, Err(Fault::Full), "put {k}, {how}");
            assert_eq!(words(&db, "a").await, ["before"], "put {k}, {how}");
            assert_eq!(db.conversation(&chat("a")).await.unwrap(), before);
            assert_eq!(say(&db, "a", User, "after").await, 2);
            db.erase().await.unwrap();
        }
    }
}

#[wasm_bindgen_test]
async fn every_write_reports_a_full_disk() {
    let db = fresh().await;
    say(&db, "a", User, "q").await;
    say(&db, "a", Assistant, "").await;
    let reply = db.messages(&chat("a"), 2, 2).await.unwrap().remove(0);
    let purged = db.purge(&chat("a")).await.unwrap().unwrap();
    db.unpurge(&purged).await.unwrap();
    let writes: [(&str, AsyncWrite); 6] = [
        (
            "checkpoint",
            Box::new(|db| {
                Box::pin({
                    let reply = reply.clone();
                    async move { db.checkpoint(&reply).await.map(drop) }
                })
            }),
        ),
        (
            "draft",
            Box::new(|db| Box::pin(async move { db.put_draft("a", "x").await })),
        ),
        (
            "settings",
            Box::new(|db| Box::pin(async move { db.change_settings(&|_| ()).await.map(drop) })),
        ),
        (
            "connection",
            Box::new(|db| Box::pin(async move { db.put_connection(&Default::default()).await })),
        ),
        (
            "kv",
            Box::new(|db| Box::pin(async move { db.put_kv("x", Default::default()).await })),
        ),
        (
            "unpurge",
            Box::new(|db| {
                Box::pin({
                    let purged = purged.clone();
                    async move { db.unpurge(&purged).await }
                })
            }),
        ),
    ];
    for (name, write) in writes {
        fail_put(1, "at once");
        let result = write(db.clone()).await;
        heal();
        assert_eq!(result, Err(Fault::Full), "{name}");
        assert_eq!(write(db.clone()).await, Ok(()), "{name} again");
    }
}

type AsyncWrite<'a> =
    Box<dyn Fn(Db) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Fault>>>> + 'a>;

#[wasm_bindgen_test]
async fn a_closed_database_says_so() {
    let db = fresh().await;
    db.close();
    assert_eq!(db.count().await, Err(Fault::Closed));
    assert_eq!(db.put_draft("a", "x").await, Err(Fault::Closed));
}

#[wasm_bindgen_test]
async fn without_a_database_it_is_missing_and_memory_takes_its_place() {
    let check = async |define: &str| {
        Function::new_no_args(define)
            .call0(&JsValue::UNDEFINED)
            .unwrap();
        let result = Db::open(&name(), |_| ()).await.map(|_| ());
        Function::new_no_args("delete globalThis.indexedDB")
            .call0(&JsValue::UNDEFINED)
            .unwrap();
        assert_eq!(result, Err(Fault::Missing), "{define}");
    };
    let own = "Object.defineProperty(globalThis, 'indexedDB', { configurable: true, ";
    // `delete` above would remove the browser's own for good, so it is put on the prototype first.
    Function::new_no_args(
        "const own = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
         if (own) { delete globalThis.indexedDB; Object.defineProperty(Object.getPrototypeOf(globalThis), 'indexedDB', own); }",
    )
    .call0(&JsValue::UNDEFINED)
    .unwrap();
    check(&format!("{own} value: undefined }})")).await;
    check(&format!("{own} value: null }})")).await;
    check(&format!(
        "{own} get() {{ throw new DOMException('no', 'SecurityError'); }} }})"
    ))
    .await;
    let db = fresh().await;
    say(&db, "a", User, "there again").await;
}
