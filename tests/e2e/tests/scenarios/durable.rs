//! What is left after a reload, a crash, a kill.

use e2e::bed::{Bed, wait_for};
use e2e::browser::Engine;
use e2e::page::{Page, SOON};
use e2e::run::Scenario;
use e2e::server::Entry;
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
    for (turn, moment) in moments(times(3)).enumerate() {
        page.new_chat();
        page.send("说到一半就重新载入");
        page.wait_for_words();
        let chat = page.chat();
        std::thread::sleep(moment);
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
        kept(
            &page,
            &chat,
            &bed.model.log().asked(MODEL)[turn],
            left,
            Duration::from_millis(250),
        );
    }
}

/// One message, one reply, and all of its text but what came in the last moment.
#[track_caller]
fn kept(page: &Page, chat: &str, entry: &Entry, end: Instant, loss: Duration) {
    let stored = page.stored_messages(chat);
    assert_eq!(stored.len(), 2, "one message and one reply: {stored:?}");
    let text = stored[1]["text"].as_str().unwrap_or_default();
    let least = end
        .checked_sub(loss)
        .map_or(0, |moment| entry.sent_by(moment));
    assert!(
        entry.text.starts_with(text),
        "the stored text is what was sent: {text:?}"
    );
    assert!(
        text.len() >= least,
        "{} bytes are kept, {least} had been sent {loss:?} before the end",
        text.len()
    );
}

fn kill_page(bed: &mut Bed) {
    survive(bed, times(4), Duration::from_millis(250), |bed| {
        bed.browser().kill_pages()
    });
}

fn kill_browser(bed: &mut Bed) {
    survive(bed, times(3), Duration::from_secs(2), |bed| {
        bed.browser().kill()
    });
}

/// Kills in mid-stream, opens the same profile again, and looks what is left.
fn survive(bed: &mut Bed, times: u64, loss: Duration, kill: fn(&mut Bed)) {
    bed.page().open("");
    bed.page().connect(&bed.model.base(), MODEL, "");
    for (turn, moment) in moments(times).enumerate() {
        let page = bed.page();
        page.open("#/");
        page.wait_text("#model", MODEL);
        page.send("说到一半就被杀掉");
        page.wait_for_words();
        let chat = page.chat();
        std::thread::sleep(moment);
        let killed = Instant::now();
        kill(bed);
        let aborted = wait_for("the connection is gone", SOON, || {
            bed.model.log().asked(MODEL)[turn].aborted
        });
        // What was sent while the process was still dying is nobody's loss.
        let end = killed.min(aborted);
        let restarted = bed.restart();
        assert!(restarted.is_ok(), "{restarted:?}");
        let page = bed.page();
        page.open(&format!("#/c/{chat}"));
        wait_for("the reply is marked as cut", SOON, || {
            (page.messages().len() == 2 && page.last().end == "cut").then_some(())
        });
        kept(&page, &chat, &bed.model.log().asked(MODEL)[turn], end, loss);
    }
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
    std::thread::sleep(Duration::from_secs(1));
    bed.browser().kill();
    let restarted = bed.restart();
    assert!(restarted.is_ok(), "{restarted:?}");
    let page = bed.page();
    page.open("");
    wait_for("the draft is back", SOON, || {
        (page.value("#composer") == "崩溃之前写的").then_some(())
    });
}
