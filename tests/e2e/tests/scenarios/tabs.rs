//! Two tabs with the same conversations.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON, done};
use e2e::run::Scenario;
use e2e::webdriver::ENTER;
use serde_json::json;
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario::chromium("a_change_shows_in_the_other_tab", changes),
    Scenario::chromium("both_tabs_stream_into_one_conversation", both_stream),
    Scenario::chromium("a_stream_shows_in_the_other_tab", follow),
    Scenario::chromium(
        "a_deletion_shows_in_the_other_tab_and_can_be_undone_there",
        deleted,
    ),
];

/// Two tabs of the app, both ready: the one that commands go to, and the other.
fn two(bed: &Bed) -> (Page, String, String) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    let here = done(page.session.tab());
    let there = done(page.session.new_tab());
    (page, here, there)
}

/// Has the page note when it first contains some words.
const WATCH: &str = "
    window.__seen = null;
    const [css, words] = arguments;
    const check = () => {
      if (!window.__seen && (document.querySelector(css)?.textContent ?? '').includes(words)) window.__seen = Date.now();
    };
    new MutationObserver(check).observe(document.body, { childList: true, subtree: true, characterData: true });
    check();
    return window.__seen";

/// Has the page note when it is next clicked or told by Enter.
const ACT: &str = "
    window.__acted = null;
    const note = (event) => { if (event.type === 'click' || event.key === 'Enter') window.__acted ??= Date.now() };
    for (const kind of ['click', 'keydown']) addEventListener(kind, note, true)";

/// A time that the page has noted, in milliseconds since 1970.
#[track_caller]
fn noted(page: &Page, name: &str) -> f64 {
    wait_for(&format!("the page notes when it was {name}"), SOON, || {
        page.js(&format!("return window.__{name}"), &[]).as_f64()
    })
}

fn changes(bed: &mut Bed) {
    let (page, here, there) = two(bed);
    page.ask("两个标签页的对话");
    let chat = page.chat();
    let switch = |tab: &str| done(page.session.switch_to(tab));
    switch(&there);
    page.open(&format!("#/c/{chat}"));
    wait_for("the conversation is open in both", SOON, || {
        (page.messages().len() == 2).then_some(())
    });

    // A new message, an edited reply, a new title: each shows within a second, each of three times.
    let check = |what: &str, css: &str, act: &dyn Fn(&str)| {
        let once = |turn: usize| {
            let words = format!("{what} {turn}");
            switch(&there);
            let seen = page.js(WATCH, &[json!(css), json!(words)]);
            assert!(seen.is_null(), "{words} is there too early");
            switch(&here);
            act(&words);
            let acted = noted(&page, "acted");
            switch(&there);
            let late = noted(&page, "seen") - acted;
            switch(&here);
            late
        };
        let late = [1, 2, 3].map(once);
        println!("  {what} shows in the other tab after {late:.0?} ms");
        assert!(
            late.iter().all(|late| *late <= 1_000.0),
            "{what}: {late:?} ms"
        );
    };
    check("a message", "#scroller", &|words| {
        page.fill("#composer", words);
        page.js(ACT, &[]);
        page.type_into("#composer", ENTER);
        page.wait_text("#scroller", words);
        page.wait_for_reply(SOON);
    });
    check("an edited reply", "#scroller", &|words| {
        page.poke("article[data-role=assistant] [data-action=edit]");
        page.fill("article[data-role=assistant] .editing textarea", words);
        page.js(ACT, &[]);
        page.poke("article[data-role=assistant] [data-action=save-edit]");
        page.wait_gone("article[data-role=assistant] .editing");
    });
    check("a title", ".list", &|words| {
        page.poke(".row-menu");
        page.poke(".menu:popover-open [data-action=rename]");
        page.replace("input.rename", words);
        page.js(ACT, &[]);
        page.type_into("input.rename", ENTER);
        page.wait_gone("input.rename");
    });
}

fn deleted(bed: &mut Bed) {
    let (page, here, there) = two(bed);
    page.ask("两边都开着");
    let chat = page.chat();
    let before = page.stored_messages(&chat);
    let switch = |tab: &str| done(page.session.switch_to(tab));
    let delete = || {
        switch(&here);
        page.poke(".row-menu");
        page.poke(".menu:popover-open [data-action=delete]");
        page.wait_gone("article.message");
        switch(&there);
        page.wait_text(".notices", "两边都开着");
        page.wait_gone("article.message");
    };
    switch(&there);
    page.open(&format!("#/c/{chat}"));
    page.wait("article[data-role=assistant]");
    delete();
    page.poke("#undo");
    page.wait("article[data-role=assistant]");
    assert_eq!(page.stored_messages(&chat), before);
    assert_eq!(page.hash(), format!("#/c/{chat}"));
    switch(&here);
    page.wait("article[data-role=assistant]");
    page.wait_gone(".notice");
    // Where the tab that deleted is gone, that is said.
    delete();
    switch(&here);
    done(page.session.close_tab());
    switch(&there);
    page.poke("#undo");
    page.wait(".notice:not(:has(.button))");
}

fn both_stream(bed: &mut Bed) {
    let (page, here, there) = two(bed);
    page.ask("开头");
    let chat = page.chat();
    // Long enough for the second question to come while the first is being answered.
    let model = "ok:n=300,delay=20";
    page.choose(model);
    let switch = |tab: &str| done(page.session.switch_to(tab));
    switch(&there);
    page.open(&format!("#/c/{chat}"));
    page.wait_text("#model", model);
    switch(&here);
    page.send("从第一页问");
    switch(&there);
    page.send("从第二页问");
    for tab in [&here, &there] {
        switch(tab);
        assert_eq!(page.wait_for_reply(Duration::from_secs(30)).end, "complete");
    }
    let stored = wait_for("all replies are stored", SOON, || {
        let rows = page.stored_messages(&chat);
        rows.iter()
            .filter(|row| row["role"] == "assistant")
            .all(|row| row["end"] == "complete")
            .then_some(rows)
    });
    let texts: Vec<&str> = stored
        .iter()
        .map(|row| row["text"].as_str().unwrap_or_default())
        .collect();
    let sent = bed.model.log().asked(model);
    assert_eq!(sent.len(), 2);
    assert!(
        sent[0].ended.is_some_and(|ended| sent[1].at < ended),
        "both were answered at the same time"
    );
    let (first, second) = (
        texts.iter().position(|text| *text == "从第一页问"),
        texts.iter().position(|text| *text == "从第二页问"),
    );
    assert!(
        first.is_some() && first < second,
        "in the order of their start: {texts:?}"
    );
    assert_eq!(
        texts.iter().filter(|text| **text == sent[0].text).count(),
        2,
        "both replies are whole"
    );
    for tab in [&here, &there] {
        switch(tab);
        page.reload();
        wait_for("everything is shown", SOON, || {
            let all = page.messages();
            ["从第一页问", "从第二页问"]
                .iter()
                .all(|words| all.iter().any(|one| one.text == *words))
                .then_some(())
        });
        assert_eq!(page.messages().len(), 6);
    }
}

fn follow(bed: &mut Bed) {
    let (page, here, there) = two(bed);
    page.choose("ok:n=600,delay=15");
    page.send("慢慢说");
    let chat = page.chat();
    let switch = |tab: &str| done(page.session.switch_to(tab));
    switch(&there);
    page.open(&format!("#/c/{chat}"));
    page.wait_for_words();
    assert_eq!(
        page.last().end,
        "streaming",
        "the other tab does not take a living reply for a cut one"
    );
    let some = page.last().text.len();
    wait_for("the text grows", SOON, || {
        (page.last().text.len() > some).then_some(())
    });
    assert_eq!(page.wait_for_reply(Duration::from_secs(30)).end, "complete");
    // Formulas are drawn a moment after the words, in each tab by itself.
    wait_for("both tabs show the same", SOON, || {
        switch(&there);
        let text = page.last().text;
        switch(&here);
        (page.wait_for_reply(SOON).text == text).then_some(())
    });
    // The tab that receives is closed in mid-stream: the other one marks the reply as cut.
    page.send("再说一次");
    page.wait_for_words();
    done(page.session.close_tab());
    switch(&there);
    wait_for("the reply is marked", SOON, || {
        (page.messages().len() == 4 && page.last().end == "cut").then_some(())
    });
}
