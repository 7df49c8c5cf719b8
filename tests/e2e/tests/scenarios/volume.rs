//! Very long replies: they are kept whole and the page stays alive.

use e2e::bed::{Bed, wait_for};
use e2e::pace::slowness;
use e2e::run::Scenario;
use serde_json::json;
use std::time::Duration;

pub const ALL: &[Scenario] = &[Scenario::chromium("very_long_replies_are_kept_whole", long)];

/// Watches how long the page is not free to answer.
const WATCH: &str = "
    window.__longest = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) window.__longest = Math.max(window.__longest, one.duration); })
      .observe({ entryTypes: ['longtask'] });";

/// Milliseconds for which the page may be busy at a stretch, on a usual machine.
const FREEZE: f64 = 200.0;

fn long(bed: &mut Bed) {
    bed.page().open("");
    bed.page().connect(&bed.model.base(), "ok", "");
    let mut slow = Vec::new();
    for model in [
        "many-tokens",
        "deep-markdown",
        "huge-table",
        "big-reply",
        "giant-line",
    ] {
        // What else the machine does can hold a page up; what the program does, it does every time.
        let mut tries = (0..3).map(|_| ask(bed, model));
        if tries.all(|(longest, most)| longest > most) {
            slow.push(model);
        }
    }
    assert!(
        slow.is_empty(),
        "the page was not free to answer for too long: {slow:?}"
    );
}

/// Has a long reply come. How many milliseconds the page was busy at most, and may be on a machine as fast as this one
/// is at the time.
fn ask(bed: &mut Bed, model: &str) -> (f64, f64) {
    let page = bed.page();
    page.open("#/");
    page.wait_gone("article");
    page.wait("#model");
    page.choose(model);
    let before = slowness(&page);
    page.js(WATCH, &[]);
    page.send("说很多");
    // A page that hangs does not answer in time, and the scenario fails here.
    let reply = wait_for("the reply is over", Duration::from_secs(120), || {
        let end = page.text_of(
            "return document.querySelector('article:last-of-type')?.dataset.end ?? ''",
            &[],
        );
        (!end.is_empty() && end != "streaming").then_some(end)
    });
    assert_eq!(reply, "complete", "{model}");
    // What is done with a reply that has ended counts too; reading it here, in the page, does not.
    std::thread::sleep(Duration::from_secs(1));
    let longest = page.js("return window.__longest", &[]).as_f64();
    let slowness = before.max(slowness(&page));
    is_kept(bed, model);
    let longest = longest.unwrap_or(f64::MAX);
    println!(
        "  {model}: longest task {longest:.0} ms; the machine is {slowness:.1} times slower than usual"
    );
    (longest, FREEZE * slowness)
}

/// The reply is in the database as it was sent.
fn is_kept(bed: &Bed, model: &str) {
    let page = bed.page();
    let text = bed.model.log().asked(model)[0].text.clone();
    let length = "
        const open = indexedDB.open('viewfinder');
        const db = await new Promise((ok, no) => { open.onsuccess = () => ok(open.result); open.onerror = () => no(open.error); });
        const get = db.transaction('messages').objectStore('messages').get([arguments[0], 2]);
        const row = await new Promise((ok, no) => { get.onsuccess = () => ok(get.result); get.onerror = () => no(get.error); });
        db.close();
        const bytes = new TextEncoder().encode(row.text);
        const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        return [bytes.length, [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')]";
    let stored = page
        .session
        .script_async(length, &[json!(page.chat())])
        .unwrap_or_default();
    assert_eq!(stored[0], json!(text.len()), "{model}: bytes that are kept");
    let same = page.session.script_async(
        "const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(arguments[0]))); return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')",
        &[json!(text)],
    );
    assert_eq!(
        same.unwrap_or_default(),
        stored[1],
        "{model}: the text that is kept"
    );
}
