//! Two versions of the app on one database: an older one, a newer one, and a kill between the two.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON, done};
use e2e::run::Scenario;
use serde_json::{Value, json};
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario::chromium("an_old_tab_lets_a_newer_version_in", newer),
    Scenario::chromium("a_newer_version_gets_the_reply_so_far", reply_so_far),
    Scenario::chromium("a_tab_of_an_older_version_in_the_way_is_named", blocked),
    Scenario::chromium("a_kill_in_an_upgrade_loses_nothing", killed),
];

/// Milliseconds until a new tab works or says why not, from when it asks for the database.
const CLEAR: f64 = 3_000.0;
/// A file of the same origin that starts no program.
const NO_PROGRAM: &str = "icon.svg";

/// Makes the first version of the database again, with the rows that its stores have now.
const MAKE_FIRST: &str = "\
    const FIRST = { conversations: 'id', messages: ['chat', 'seq'], drafts: 'chat', connections: 'id', keys: 'id', kv: 'name' };\
    const over = (request) => new Promise((ok, no) => { request.onsuccess = () => ok(request.result); request.onerror = () => no(request.error); });\
    const now = await over(indexedDB.open('viewfinder'));\
    const rows = {};\
    for (const name in FIRST) rows[name] = await over(now.transaction(name).objectStore(name).getAll());\
    now.close();\
    await over(indexedDB.deleteDatabase('viewfinder'));\
    const open = indexedDB.open('viewfinder', 1);\
    open.onupgradeneeded = () => {\
      for (const name in FIRST) {\
        const store = open.result.createObjectStore(name, { keyPath: FIRST[name] });\
        if (name === 'conversations') store.createIndex('order', ['pinned', 'updated', 'id']);\
        for (const row of rows[name]) store.put(row);\
        for (let i = 0; name === 'messages' && i < arguments[0]; i++) store.put({ chat: 'filler', seq: i + 1, role: 'user', text: '第 ' + i + ' 条' });\
      }\
    };\
    window.held = await over(open);\
    if (!arguments[1]) window.held.close();\
    return rows.messages.length";

/// Notes, before the program is there, when it asks for the database and when it says what is in the way.
const NOTE: &str = "
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...given) {
      window.__asked ??= performance.now();
      return open.apply(this, given);
    };
    new MutationObserver(() => {
      if (document.querySelector('.banner')) window.__told ??= performance.now();
    }).observe(document, { childList: true, subtree: true });";

/// What a build of a later version does first: which version that is, and how long it waited for old tabs.
const MAKE_NEWER: &str = "\
    const probe = await new Promise((ok, no) => { const r = indexedDB.open('viewfinder'); r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error); });\
    const next = probe.version + 1; probe.close();\
    const began = performance.now();\
    const db = await new Promise((ok, no) => { const r = indexedDB.open('viewfinder', next); r.onupgradeneeded = () => r.result.createObjectStore('later', { keyPath: 'id' }); r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error); });\
    const waited = performance.now() - began, version = db.version; db.close(); return { version, waited }";

/// A conversation of two messages; its id.
fn filled(bed: &Bed) -> String {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("升级以前说的话");
    page.chat()
}

/// A tab at a file without the program.
fn outside(page: &Page, bed: &Bed) {
    done(
        page.session
            .goto(&format!("{}{NO_PROGRAM}", bed.files.root())),
    );
}

fn newer(bed: &mut Bed) {
    let chat = filled(bed);
    let page = bed.page();
    let old = done(page.session.tab());
    page.poke("article[data-role=user] [data-action=edit]");
    page.fill(".editing textarea", "改到一半的话");
    page.fill("#composer", "还没说完的话");
    let other = done(page.session.new_tab());
    done(page.session.switch_to(&other));
    outside(&page, bed);
    let opened = done(page.session.script_async(MAKE_NEWER, &[]));
    let waited = opened["waited"].as_f64().unwrap_or(f64::MAX);
    println!("  a newer version waited {waited:.0} ms for an old tab");
    assert!(waited <= CLEAR, "the newer version had to wait {waited} ms");
    assert!(opened["version"].as_u64() > Some(1), "{opened}");
    let drafts = page.stored("drafts");
    for (place, words) in [
        (chat.clone(), "还没说完的话"),
        (format!("{chat}/1"), "改到一半的话"),
    ] {
        assert!(
            drafts
                .iter()
                .any(|row| row["chat"] == place.as_str() && row["text"] == words),
            "the old tab saved its draft: {drafts:?}"
        );
    }
    done(page.session.switch_to(&old));
    page.wait_text(".banner", "newer version");
    // This build is the older one now: it refuses, touches nothing, and says so.
    let rows = page.stored("messages");
    page.reload();
    page.wait(".banner");
    assert_eq!(page.stored("messages"), rows);
}

fn reply_so_far(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok:n=400,delay=20", "");
    page.send("说到一半");
    page.wait_for_words();
    let chat = page.chat();
    let old = done(page.session.tab());
    let other = done(page.session.new_tab());
    done(page.session.switch_to(&other));
    outside(&page, bed);
    done(page.session.script_async(MAKE_NEWER, &[]));
    done(page.session.switch_to(&old));
    page.wait(".banner");
    let shown = wait_for("the reply has ended", SOON, || {
        Some(page.last()).filter(|last| last.end == "cut")
    });
    done(page.session.switch_to(&other));
    let kept = page.stored_reply(&chat);
    assert_eq!(kept["end"], "cut", "{kept}");
    let kept = kept["text"].as_str().unwrap_or_default().chars().count();
    assert!(kept > 0, "what had come is kept");
    assert!(!shown.text.is_empty());
}

fn blocked(bed: &mut Bed) {
    let chat = filled(bed);
    let page = bed.page();
    outside(&page, bed);
    // A tab of the first version that does not let go.
    let kept = done(
        page.session
            .script_async(MAKE_FIRST, &[json!(0), json!(true)]),
    );
    assert_eq!(kept, json!(2));
    let old = done(page.session.tab());
    let other = done(page.session.new_tab());
    done(page.session.switch_to(&other));
    done(page.session.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        &json!({ "source": NOTE }),
    ));
    done(
        page.session
            .goto(&format!("{}#/c/{chat}", bed.files.root())),
    );
    page.wait(".banner");
    let waited = page.js("return window.__told - window.__asked", &[]);
    let waited = waited.as_f64().unwrap_or(f64::MAX);
    println!("  what is in the way is said after {waited:.0} ms");
    assert!(waited <= CLEAR, "said only after {waited} ms");
    done(page.session.switch_to(&old));
    done(page.session.close_tab());
    done(page.session.switch_to(&other));
    page.reload();
    wait_for("everything is there", SOON, || {
        (page.messages().len() == 2).then_some(())
    });
}

fn killed(bed: &mut Bed) {
    const FILLER: u64 = 3000;
    filled(bed);
    let page = bed.page();
    outside(&page, bed);
    for turn in 0..5 {
        let page = bed.page();
        done(page.session.script_async(
            MAKE_FIRST,
            &[json!(if turn == 0 { FILLER } else { 0 }), json!(false)],
        ));
        let before = page.stored("messages").len();
        // The load goes on by itself while the browser is killed.
        done(
            page.session
                .script("setTimeout(() => { location.href = './#/' }, 0)", &[]),
        );
        std::thread::sleep(Duration::from_millis(60 + turn * 90));
        bed.browser().kill();
        let restarted = bed.restart();
        assert!(restarted.is_ok(), "{restarted:?}");
        let page = bed.page();
        outside(&page, bed);
        let version = done(page.session.script_async(
            "return (await indexedDB.databases()).find((db) => db.name === 'viewfinder')?.version ?? 0",
            &[],
        ));
        assert!(
            version.as_u64() >= Some(1),
            "no version between two: {version}"
        );
        assert_eq!(page.stored("messages").len(), before, "killed after {turn}");
        page.open("");
        let stores = page.stored("messages");
        assert_eq!(stores.len(), before);
        let asked = |row: &Value| row["text"] == "升级以前说的话";
        assert!(stores.iter().any(asked), "the second start has finished it");
        outside(&page, bed);
    }
}
