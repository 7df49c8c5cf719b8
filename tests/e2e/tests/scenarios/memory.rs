//! Preferences: learned from what was typed, told under the message, sent with the next question, told under its reply.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON};
use e2e::run::Scenario;
use e2e::webdriver::{CONTROL, ENTER};
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[
    Scenario::chromium(
        "what_is_liked_is_learned_replaced_and_used_in_chinese",
        story_zh,
    ),
    Scenario::chromium(
        "what_is_liked_is_learned_replaced_and_used_in_english",
        story_en,
    ),
    Scenario::chromium(
        "the_server_gets_exactly_the_preferences_that_the_screen_shows",
        sent,
    ),
    Scenario::chromium(
        "a_preference_that_was_edited_is_asked_about_and_the_answer_is_kept",
        asked,
    ),
    Scenario::chromium("what_was_pasted_teaches_nothing_without_a_click", pasted),
    Scenario::chromium("memory_that_is_off_learns_and_sends_nothing", off),
];

/// The words of the lines in the places of a kind, without what the buttons say.
pub fn lines(page: &Page, kind: &str) -> Vec<String> {
    let found = page.js(
        "return [...document.querySelectorAll(`vf-place[data-kind=${arguments[0]}] :is(.chip-line, .sent)`)].map((line) => \
         [...line.querySelectorAll(':scope > span:not(.dot), :scope > a:not(.link)')].map((part) => part.innerText.trim()).join(' | '))",
        &[json!(kind)],
    );
    serde_json::from_value(found).unwrap_or_default()
}

#[track_caller]
pub fn wait_lines(page: &Page, kind: &str, want: &[&str]) {
    let mut last = Vec::new();
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        wait_for("the lines of the memory", SOON, || {
            last = lines(page, kind);
            (last == want).then_some(())
        });
    }));
    assert!(found.is_ok(), "{last:?}, and not {want:?}");
}

/// The cards by topic and status.
pub fn cards(page: &Page) -> Vec<(String, String)> {
    let rows = page.stored("memory");
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let mut cards: Vec<(String, String)> = rows
        .iter()
        .map(|row| (text(row, "topic"), text(row, "status")))
        .collect();
    cards.sort();
    cards
}

/// The chat, in a language.
pub fn in_language(bed: &Bed, lang: Lang) {
    let page = bed.page();
    page.open("");
    page.set_language(lang);
}

struct Story<'a> {
    first: &'a str,
    learned: [&'a str; 3],
    second: &'a str,
    replaced: &'a str,
    gone: &'a str,
    third: &'a str,
    used: &'a str,
    said: &'a str,
    undone: &'a str,
}

fn story_zh(bed: &mut Bed) {
    in_language(bed, Lang::Zh);
    story(
        bed,
        &Story {
            first: "我喜欢下雨天，喜欢达芬奇，喜欢黄金时代",
            learned: [
                "记住了：喜欢下雨天",
                "记住了：喜欢达芬奇",
                "记住了：喜欢黄金时代",
            ],
            second: "我现在讨厌下雨天了",
            replaced: "记住了：讨厌下雨天 | 取代了 喜欢下雨天",
            gone: "「喜欢下雨天」后来有了变化",
            third: "下雨天的周末做什么好？",
            used: "讨厌下雨天",
            said: "讨厌：「下雨天」",
            undone: "已撤销：讨厌下雨天",
        },
    );
}

fn story_en(bed: &mut Bed) {
    in_language(bed, Lang::En);
    story(
        bed,
        &Story {
            first: "I love rainy days, I love Da Vinci and I love the Golden Age",
            learned: [
                "Remembered: love rainy days",
                "Remembered: love Da Vinci",
                "Remembered: love Golden Age",
            ],
            second: "I hate rainy days now",
            replaced: "Remembered: hate rainy days | replaced love rainy days",
            gone: "“love rainy days” has changed since",
            third: "What shall I do on a rainy day this weekend?",
            used: "hate rainy days",
            said: "Hates: “rainy days”",
            undone: "Undone: hate rainy days",
        },
    );
}

fn story(bed: &mut Bed, story: &Story) {
    let page = bed.page();
    page.open("");
    page.ask(story.first);
    wait_lines(&page, "learned", &story.learned);
    page.ask(story.second);
    let now = [
        story.gone,
        story.learned[1],
        story.learned[2],
        story.replaced,
    ];
    wait_lines(&page, "learned", &now);
    // What a message says itself does not go along with it once more, and what it replaced never.
    assert_eq!(lines(&page, "used"), Vec::<String>::new());
    // The next question takes it into account, and says so.
    let reply = page.ask(story.third);
    let plain = |text: &str| text.replace(['"', '“', '”'], "");
    assert!(plain(&reply.text).contains(&plain(story.said)), "{reply:?}");
    let used = wait_for("the line under the reply", SOON, || {
        lines(&page, "used").pop()
    });
    assert!(used.ends_with(story.used), "{used}");
    // All of it is there again after a reload, and the change can still be taken back.
    page.reload();
    wait_lines(&page, "learned", &now);
    page.poke(".chip-line:has(del) [data-action=undo]");
    let back = [
        story.learned[0],
        story.learned[1],
        story.learned[2],
        story.undone,
    ];
    wait_lines(&page, "learned", &back);
    wait_for("the keyboard is on the way back", SOON, || {
        (page.text_of("return document.activeElement?.dataset.action ?? ''", &[]) == "redo")
            .then_some(())
    });
    page.poke("[data-action=redo]");
    wait_lines(&page, "learned", &now);
}

fn sent(bed: &mut Bed) {
    let page = bed.page();
    in_language(bed, Lang::Zh);
    page.open("");
    page.connect(&bed.model.base(), "ok:delay=2", "sk-e2e-memory");
    page.ask("我喜欢下雨天，喜欢达芬奇");
    page.ask("以后回答请先给结论");
    page.ask("下雨天去哪里拍照好？");
    let used = wait_for("the line under the reply", SOON, || {
        lines(&page, "used").pop()
    });
    let asked = bed.model.log().asked("ok:delay=2");
    let system = |entry: &e2e::server::Entry| {
        let body: Value = serde_json::from_str(&entry.body).unwrap_or_default();
        let first = &body["messages"][0];
        match first["role"].as_str() {
            Some("system") => first["content"].as_str().unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    };
    let systems: Vec<String> = asked.iter().map(system).collect();
    let [first, _, second] = systems.as_slice() else {
        panic!("{systems:?}")
    };
    assert!(first.is_empty(), "nothing was known yet: {first}");
    let sent: Vec<&str> = second
        .lines()
        .filter_map(|line| line.split_once('「')?.1.split('」').next())
        .filter(|_| second.starts_with("<memory>"))
        .collect();
    let shown: Vec<&str> = used.split(" | ").skip(2).collect();
    assert!(shown.len() >= 2, "{used}");
    assert_eq!(sent.len(), shown.len(), "{second}\n{used}");
    for topic in sent {
        assert!(
            shown.iter().any(|card| card.ends_with(topic)),
            "{topic}: {used}"
        );
    }
    assert!(
        !second.contains("达芬奇"),
        "it has nothing to do with the question"
    );
    // What is kept with the reply, and what the cards count.
    let kept = page.stored_reply(&page.chat());
    let prefs = kept["memory"]["prefs"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert_eq!(prefs.len(), shown.len(), "{kept}");
    wait_for("the use is counted", SOON, || {
        let rows = page.stored("memory");
        let times = |row: &&Value| row["used"]["times"].as_u64() == Some(1);
        (rows.iter().filter(times).count() == shown.len()).then_some(())
    });
    shows_what_was_sent(&page, &asked[2].body);
    // A question about nothing of it carries only how answers should be.
    page.ask("法国的首都是哪里？");
    let last = bed.model.log().asked("ok:delay=2").pop();
    let last = last.as_ref().map(system).unwrap_or_default();
    assert!(
        last.contains("先给结论") && !last.contains("下雨天"),
        "{last}"
    );
}

/// The screen shows the request of a reply as the server got it, also when a card is another by now.
fn shows_what_was_sent(page: &Page, body: &str) {
    let got: Value = serde_json::from_str(body).unwrap_or_default();
    let shown = || {
        page.poke("vf-place[data-kind=used] [data-action=whole]");
        page.wait(".sent-sheet[open] code");
        let text = page.text(".sent-sheet code");
        page.js("document.querySelector('.sent-sheet').close()", &[]);
        page.wait_gone(".sent-sheet");
        let json = text.split_once("\n\n").map_or("", |(_, json)| json);
        serde_json::from_str::<Value>(json).unwrap_or_default()
    };
    assert_eq!(shown()["messages"], got["messages"]);
    let chat = page.hash();
    let style = page.stored("memory");
    let style = style.iter().find(|row| row["kind"] == "style");
    let id = style.and_then(|row| row["id"].as_str()).unwrap_or_default();
    page.go(&format!("#/memory/{id}"));
    page.click("#edit-topic");
    page.fill("#card-topic", "先讲笑话");
    page.type_into("#card-topic", ENTER);
    page.wait_text("#card .subject", "先讲笑话");
    page.go(&chat);
    page.wait("vf-place[data-kind=used] [data-action=whole]");
    assert_eq!(shown()["messages"], got["messages"]);
    page.go(&format!("#/memory/{id}"));
    page.wait("#board-undo");
    page.click("#board-undo");
    page.wait_text("#card .subject", "先给结论");
    page.go(&chat);
    page.wait("vf-place[data-kind=used] [data-action=whole]");
}

/// Puts the user's own hand on every card: what is said later does not change them by itself.
pub fn pin_all(page: &Page) {
    page.js(
        "const open = indexedDB.open('viewfinder');\
         open.onsuccess = () => { const store = open.result.transaction('memory', 'readwrite').objectStore('memory');\
         store.getAll().onsuccess = (event) => { for (const row of event.target.result) store.put({ ...row, pinned: true }); }; };",
        &[],
    );
    wait_for("the card is pinned", SOON, || {
        page.stored("memory")
            .iter()
            .all(|row| row["pinned"] == true)
            .then_some(())
    });
    page.reload();
}

/// A page in which a pinned card was spoken against, so that there is a question about it.
pub fn doubted(bed: &mut Bed) -> Page {
    in_language(bed, Lang::Zh);
    let page = bed.page();
    page.go("#/");
    page.ask("我喜欢下雨天");
    wait_lines(&page, "learned", &["记住了：喜欢下雨天"]);
    pin_all(&page);
    page.ask("我讨厌下雨天");
    wait_lines(
        &page,
        "learned",
        &["记住了：喜欢下雨天", "你说过「喜欢下雨天」。改主意了？"],
    );
    page
}

fn asked(bed: &mut Bed) {
    let page = doubted(bed);
    assert_eq!(
        cards(&page)
            .iter()
            .filter(|(_, status)| status == "active")
            .count(),
        1
    );
    page.poke("[data-action=replace]");
    wait_lines(
        &page,
        "learned",
        &[
            "「喜欢下雨天」后来有了变化",
            "记住了：讨厌下雨天 | 取代了 喜欢下雨天",
        ],
    );
}

fn pasted(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.wait("#send");
    for (words, answer) in [
        ("我喜欢下雨天，讨厌香菜", "谢谢"),
        ("I love rainy days and I hate coriander", "yes"),
    ] {
        page.fill("#composer", words);
        for key in ["a", "x", "v"] {
            page.type_into("#composer", &format!("{CONTROL}{key}"));
        }
        assert_eq!(page.value("#composer"), words);
        let before = page.newest();
        page.click("#send");
        page.replied_after(before);
        page.wait_for_reply(std::time::Duration::from_secs(60));
        page.ask(answer);
        wait_for("it is offered", SOON, || {
            (!lines(&page, "learned").is_empty()).then_some(())
        });
        // Nothing at all is written of it.
        for store in ["memory", "memory_log", "memory_tombs"] {
            assert_eq!(page.stored(store), Vec::<Value>::new(), "{words}");
        }
    }
    assert_eq!(lines(&page, "used"), Vec::<String>::new());
    // The click on the exact words writes, and it stays known that they were pasted.
    assert!(
        page.text(".chip-line .chip-words").contains("下雨天"),
        "the words themselves are shown"
    );
    page.poke("[data-action=accept]");
    wait_for("the card is active", SOON, || {
        let rows = page.stored("memory");
        let pasted = |row: &Value| row["said"][0]["origin"] == "pasted";
        (rows.len() == 1 && rows.iter().all(pasted)).then_some(())
    });
    let status = cards(&page).into_iter().map(|(_, status)| status);
    assert_eq!(status.collect::<Vec<_>>(), ["active"]);
}

fn off(bed: &mut Bed) {
    in_language(bed, Lang::Zh);
    let page = bed.page();
    page.open("");
    // A temporary conversation neither reads nor writes.
    page.click("button#temporary");
    page.wait("button#temporary[aria-pressed=true]");
    page.ask("我喜欢下雨天");
    // One that is told not to.
    page.open("");
    page.js("document.querySelector('#options').showPopover()", &[]);
    page.poke("#option-forgetful");
    page.js("document.querySelector('#options').hidePopover()", &[]);
    page.ask("我喜欢达芬奇");
    // All of them.
    page.go("#/settings");
    page.poke("#memory-1");
    wait_for("the setting is kept", SOON, || {
        let rows = page.stored("kv");
        rows.iter().any(|row| row["memory"] == false).then_some(())
    });
    page.go("#/");
    page.ask("我喜欢黄金时代");
    assert_eq!(page.stored("memory"), Vec::<Value>::new());
    assert_eq!(page.stored("memory_log"), Vec::<Value>::new());
    // And on again.
    page.go("#/settings");
    page.poke("#memory-0");
    wait_for("the setting is kept", SOON, || {
        let rows = page.stored("kv");
        rows.iter().any(|row| row["memory"] == true).then_some(())
    });
    page.go("#/");
    page.new_chat();
    page.ask("我喜欢黄金时代");
    wait_lines(&page, "learned", &["记住了：喜欢黄金时代"]);
}
