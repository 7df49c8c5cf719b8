//! Clocks that jump and pages that sleep.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON, done};
use e2e::run::Scenario;
use serde_json::json;
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario::chromium("a_clock_that_jumps_changes_no_order", clock),
    Scenario::chromium("a_stream_goes_on_after_sleep", sleeper),
    Scenario::chromium(
        "a_stream_that_died_in_sleep_is_not_waited_for",
        dead_sleeper,
    ),
];

/// Milliseconds of a year.
const YEAR: i64 = 365 * 24 * 3600 * 1000;

/// A new tab whose wall clock is off by so much, in another time zone; the other tabs are closed.
fn tab_with_clock(bed: &Bed, off: i64, zone: &str) -> Page {
    let page = bed.page();
    let new = done(page.session.new_tab());
    done(page.session.close_tab());
    done(page.session.switch_to(&new));
    let code = format!("{{ const now = Date.now; Date.now = () => now() + {off}; }}");
    done(page.session.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        &json!({ "source": code }),
    ));
    done(page.session.cdp(
        "Emulation.setTimezoneOverride",
        &json!({ "timezoneId": zone }),
    ));
    page
}

fn clock(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("今天");
    let chat = page.chat();
    let words = ["一年以前", "一年以后", "又是今天"];
    let clocks = [
        (-YEAR, "Pacific/Honolulu"),
        (YEAR, "Asia/Shanghai"),
        (0, "Europe/Berlin"),
    ];
    for (words, (off, zone)) in words.into_iter().zip(clocks) {
        let page = tab_with_clock(bed, off, zone);
        page.open(&format!("#/c/{chat}"));
        page.wait("article[data-role=assistant][data-end=complete]");
        page.ask(words);
    }
    let page = bed.page();
    page.open(&format!("#/c/{chat}"));
    let asked = ["今天", words[0], words[1], words[2]];
    wait_for(
        "the messages stand in the order in which they were asked",
        SOON,
        || {
            let all = page.messages();
            let mine: Vec<_> = all
                .iter()
                .filter(|message| message.role == "user")
                .collect();
            (all.len() == 8 && mine.iter().map(|message| message.text.trim()).eq(asked))
                .then_some(())
        },
    );
    let rows = page.stored_messages(&chat);
    let times: Vec<i64> = rows
        .iter()
        .filter_map(|row| row["created"].as_i64())
        .collect();
    assert!(
        times.windows(2).any(|pair| pair[0] > pair[1] + YEAR / 2),
        "the clock did run backwards: {times:?}"
    );
}

/// Whether the page is frozen, as in a tab that the browser has put to sleep.
fn freeze(page: &Page, frozen: bool) {
    let state = if frozen { "frozen" } else { "active" };
    done(
        page.session
            .cdp("Page.setWebLifecycleState", &json!({ "state": state })),
    );
}

fn sleeper(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok:n=40,delay=100", "");
    page.send("睡一会儿");
    page.wait_for_words();
    freeze(&page, true);
    std::thread::sleep(Duration::from_secs(2));
    freeze(&page, false);
    // Chromium hands on a body that streamed into sleep only once all of it is there.
    let reply = page.wait_for_reply(SOON);
    assert_eq!(reply.end, "complete");
}

/// Has the page note when it wakes, and when it next has a reply that was cut.
const WAKE: &str = "
    window.__woke = window.__cut = null;
    document.addEventListener('resume', () => { window.__woke ??= performance.now() });
    new MutationObserver(() => {
      if (document.querySelector('article[data-end=cut]')) window.__cut ??= performance.now();
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-end'] });";

fn dead_sleeper(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    let model = "cut-rst:n=30,delay=100";
    page.connect(&bed.model.base(), model, "");
    page.send("睡着时断掉");
    page.wait_for_words();
    page.js(WAKE, &[]);
    freeze(&page, true);
    wait_for("the connection breaks", SOON, || {
        bed.model.log().asked(model)[0].ended
    });
    std::thread::sleep(Duration::from_secs(1));
    freeze(&page, false);
    wait_for("the reply is marked as cut", SOON, || {
        (page.last().end == "cut").then_some(())
    });
    assert!(!page.has(".waiting"), "nothing is waited for any more");
    let waited = page.js("return window.__cut - window.__woke", &[]);
    let waited = waited.as_f64().unwrap_or(f64::MAX);
    println!("  marked {waited:.0} ms after waking");
    assert!((0.0..=2_000.0).contains(&waited), "{waited} ms");
}
