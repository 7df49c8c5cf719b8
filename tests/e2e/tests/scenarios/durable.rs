//! What is left after a reload, a crash, a kill.

use e2e::bed::{Bed, wait_for, wall};
use e2e::browser::Engine;
use e2e::pace::slowness;
use e2e::page::{Page, SOON};
use e2e::run::Scenario;
use e2e::server::Entry;
use serde_json::Value;
use std::time::{Duration, Instant};
use viewfinder::i18n::Lang;
use viewfinder::reply::End;

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("a_reload_in_mid_stream_keeps_the_text", reload),
    Scenario::chromium("a_killed_page_loses_a_quarter_second", kill_page),
    Scenario::chromium("a_killed_browser_loses_two_seconds", kill_browser),
    Scenario::chromium("a_message_is_stored_before_it_leaves", before_it_leaves),
    Scenario::chromium("a_killed_browser_keeps_the_draft", draft),
];

const MODEL: &str = "ok:n=2000,delay=15";

/// What may be lost of what the page had received, in milliseconds.
const LOSS: f64 = 250.0;
/// What may be lost where the whole browser goes.
const LOSS_WITH_BROWSER: f64 = 2_000.0;

/// Has the page note when it had received how many events of a stream.
const RECEIVED: &str = "
    window.__received = [];
    const read = ReadableStreamDefaultReader.prototype.read;
    let events = 0, last = 0;
    ReadableStreamDefaultReader.prototype.read = async function () {
      const part = await read.call(this);
      for (const byte of part.value ?? []) {
        if (byte === 10 && last === 10) events += 1;
        last = byte;
      }
      window.__received.push([Date.now(), events]);
      return part;
    };";

/// How often a scenario repeats what depends on the moment; `E2E_REPEAT` multiplies it.
fn times(n: u64) -> u64 {
    let factor = std::env::var("E2E_REPEAT")
        .ok()
        .and_then(|text| text.parse::<u64>().ok());
    n * factor.unwrap_or(1)
}

/// Moments within the first two seconds of a stream, the same in every run.
fn moments(n: u64) -> impl Iterator<Item = Duration> {
    (0..n).map(|at| Duration::from_millis(100 + (at * 7919 + 431) % 1900))
}

fn reload(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), MODEL, "");
    let mut losses = Vec::new();
    for (turn, moment) in moments(times(3)).enumerate() {
        page.new_chat();
        page.js(RECEIVED, &[]);
        page.send("说到一半就重新载入");
        page.wait_for_words();
        let chat = page.chat();
        std::thread::sleep(moment);
        let received = received(&page);
        let left = Instant::now();
        page.reload();
        wait_for("the reply is marked as cut", SOON, || {
            (page.messages().len() == 2 && page.last().end == "cut").then_some(())
        });
        assert!(page.has("[data-action=retry]"));
        let said = page.text(".end-note");
        // Firefox always, and WebKit at times, break the connection off before the page hears that it is left.
        let told = [Lang::Zh, Lang::En].map(|lang| {
            let chat = &lang.strings().chat;
            let broken = (chat.end_notes)(End::Cut);
            said.contains(chat.page_left)
                || (bed.engine != Engine::Chromium && said.contains(broken))
        });
        assert!(told.contains(&true), "{said}");
        let entry = &bed.model.log().asked(MODEL)[turn];
        losses.push(lost(&page, &chat, entry, &received, wall(left)));
    }
    within_a_quarter(&page, &losses);
}

/// What the page has received so far: when how many events.
fn received(page: &Page) -> Vec<(f64, usize)> {
    let rows = page.js("return window.__received", &[]);
    let rows = rows.as_array().cloned().unwrap_or_default();
    let row = |row: &Value| Some((row[0].as_f64()?, row[1].as_u64()?.try_into().ok()?));
    let rows: Vec<_> = rows.iter().filter_map(row).collect();
    assert!(!rows.is_empty(), "the page has received nothing");
    rows
}

/// One message, one reply, and of its text all but the last. For how many milliseconds before the end the page had had
/// the first of what is lost; nothing is lost that it never received.
#[track_caller]
fn lost(page: &Page, chat: &str, entry: &Entry, received: &[(f64, usize)], end: f64) -> f64 {
    let stored = page.stored_messages(chat);
    assert_eq!(stored.len(), 2, "one message and one reply: {stored:?}");
    let text = stored[1]["text"].as_str().unwrap_or_default();
    assert!(
        entry.text.starts_with(text),
        "the stored text is what was sent: {text:?}"
    );
    // Every event is a step of its own in the log.
    let bytes = |events: usize| events.checked_sub(1).map_or(0, |last| entry.sent[last].1);
    let mut missing = received
        .iter()
        .filter(|(_, events)| bytes(*events) > text.len());
    missing.next().map_or(0.0, |(at, _)| end - at)
}

/// What was lost each time is what may be lost, on a machine as fast as this one is at the time.
#[track_caller]
fn within_a_quarter(page: &Page, losses: &[f64]) {
    let most = LOSS * slowness(page);
    println!("  text of the last so many ms is lost: {losses:.0?}, at most {most:.0}");
    assert!(losses.iter().all(|loss| *loss <= most), "{losses:?} ms");
}

fn kill_page(bed: &mut Bed) {
    let losses = survive(bed, times(4), |bed| bed.browser().kill_pages());
    within_a_quarter(&bed.page(), &losses);
}

fn kill_browser(bed: &mut Bed) {
    let losses = survive(bed, times(3), |bed| bed.browser().kill());
    println!("  text of the last so many ms is lost: {losses:.0?}");
    let well = losses.iter().all(|loss| *loss <= LOSS_WITH_BROWSER);
    assert!(well, "{losses:?} ms");
}

/// Kills in mid-stream, opens the same profile again, and looks how much is lost each time.
fn survive(bed: &mut Bed, times: u64, kill: fn(&mut Bed)) -> Vec<f64> {
    bed.page().open("");
    bed.page().connect(&bed.model.base(), MODEL, "");
    let mut losses = Vec::new();
    for (turn, moment) in moments(times).enumerate() {
        let page = bed.page();
        page.open("#/");
        page.wait_text("#model", MODEL);
        page.js(RECEIVED, &[]);
        page.send("说到一半就被杀掉");
        page.wait_for_words();
        let chat = page.chat();
        std::thread::sleep(moment);
        let received = received(&page);
        let killed = Instant::now();
        kill(bed);
        let aborted = wait_for("the connection is gone", SOON, || {
            bed.model.log().asked(MODEL)[turn].aborted
        });
        let end = wall(killed.min(aborted));
        let restarted = bed.restart();
        assert!(restarted.is_ok(), "{restarted:?}");
        let page = bed.page();
        page.open(&format!("#/c/{chat}"));
        wait_for("the reply is marked as cut", SOON, || {
            (page.messages().len() == 2 && page.last().end == "cut").then_some(())
        });
        let entry = &bed.model.log().asked(MODEL)[turn];
        losses.push(lost(&page, &chat, entry, &received, end));
    }
    losses
}

fn before_it_leaves(bed: &mut Bed) {
    bed.page().open("");
    bed.page().connect(&bed.model.base(), "hang-headers", "");
    for turn in 0..times(2) as usize {
        let page = bed.page();
        page.open("#/");
        page.wait_text("#model", "hang-headers");
        page.fill("#composer", &format!("第 {turn} 次"));
        page.click("#send");
        wait_for("the request arrives", SOON, || {
            bed.model.log().asked("hang-headers").get(turn).map(|_| ())
        });
        bed.browser().kill();
        let restarted = bed.restart();
        assert!(restarted.is_ok(), "{restarted:?}");
        let page = bed.page();
        page.open("");
        let stored = page.stored("messages");
        let there = stored
            .iter()
            .any(|row| row["role"] == "user" && row["text"] == format!("第 {turn} 次"));
        assert!(there, "the message had left and is not stored: {stored:?}");
    }
}

fn draft(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.type_into("#composer", "崩溃之前写的");
    // It is kept without anything else being done.
    page.wait_for_draft("new", "崩溃之前写的");
    bed.browser().kill();
    let restarted = bed.restart();
    assert!(restarted.is_ok(), "{restarted:?}");
    let page = bed.page();
    page.open("");
    wait_for("the draft is back", SOON, || {
        (page.value("#composer") == "崩溃之前写的").then_some(())
    });
}
