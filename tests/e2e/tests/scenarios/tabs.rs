//! Two tabs with the same conversations.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON, done};
use e2e::run::Scenario;
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

/// Begins to watch: when the page first contains some words.
fn watch(page: &Page, css: &str, words: &str) {
    let code = "window.__seen = null;\
        const look = () => { if (!window.__seen && (document.querySelector(arguments[0])?.textContent ?? '').includes(arguments[1])) window.__seen = Date.now(); };\
        const [css, words] = arguments; const check = () => { if (!window.__seen && (document.querySelector(css)?.textContent ?? '').includes(words)) window.__seen = Date.now(); };\
        new MutationObserver(check).observe(document.body, { childList: true, subtree: true, characterData: true }); check(); return window.__seen";
    let seen = page.js(code, &[json!(css), json!(words)]);
    assert!(seen.is_null(), "{words} is there too early");
}

fn seen(page: &Page) -> f64 {
    wait_for("the change shows", SOON, || {
        page.js("return window.__seen", &[]).as_f64()
    })
}

fn now(page: &Page) -> f64 {
    page.js("return Date.now()", &[])
        .as_f64()
        .unwrap_or_default()
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

    // A new message, an edited reply, a new title: each within a second.
    let check = |what: &str, css: &str, words: &str, act: &dyn Fn()| {
        switch(&there);
        watch(&page, css, words);
        switch(&here);
        page.js("window.__acted = null; const note = () => { window.__acted ??= Date.now() }; addEventListener('click', note, true); addEventListener('keydown', (e) => { if (e.key === 'Enter') note() }, true)", &[]);
        act();
        let acted = page
            .js("return window.__acted", &[])
            .as_f64()
            .unwrap_or_else(|| now(&page));
        switch(&there);
        let late = seen(&page) - acted;
        assert!(
            late <= 1000.0,
            "{what} shows in the other tab after {late} ms"
        );
    };
    check("a message", "#scroller", "再说一句", &|| {
        page.fill("#composer", "再说一句");
        page.js("window.__acted = null", &[]);
        page.type_into("#composer", e2e::webdriver::ENTER);
    });
    switch(&here);
    page.wait_for_reply(SOON);
    check("an edited reply", "#scroller", "改过的话", &|| {
        page.poke("article[data-role=assistant] [data-action=edit]");
        page.fill("article[data-role=assistant] .editing textarea", "改过的话");
        page.js("window.__acted = null", &[]);
        page.poke("article[data-role=assistant] [data-action=save-edit]");
    });
    check("a title", ".list", "新的标题", &|| {
        page.poke(".row-menu");
        page.poke(".menu:popover-open [data-action=rename]");
        page.replace("input.rename", "新的标题");
        page.js("window.__acted = null", &[]);
        page.type_into("input.rename", e2e::webdriver::ENTER);
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
    page.choose("ok:n=150,delay=10");
    let switch = |tab: &str| done(page.session.switch_to(tab));
    switch(&there);
    page.open(&format!("#/c/{chat}"));
    page.wait_text("#model", "ok:n=150");
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
    let sent = bed.model.log().asked("ok:n=150,delay=10");
    assert_eq!(sent.len(), 2);
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
