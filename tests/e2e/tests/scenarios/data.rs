//! Settings, backup, restore, erase.

use e2e::bed::{Bed, wait_for};
use e2e::browser::Profile;
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::Scenario;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

pub const ALL: &[Scenario] = &[
    Scenario::chromium("the_language_switches_at_once", language),
    Scenario::chromium("the_theme_switches_and_stays", theme),
    Scenario::chromium("backup_erase_restore_is_the_identity", identity),
    Scenario::chromium("erasing_asks_for_a_word", erase),
    Scenario::chromium("a_full_disk_is_told", quota),
    Scenario::chromium("models_are_fetched", fetch_models),
];

fn language(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.ask("你好");
    let chat = page.chat();
    for (lang, tag, settings, send) in [
        (Lang::Zh, "zh-CN", "设置", "发送"),
        (Lang::En, "en", "Settings", "Send"),
    ] {
        page.set_language(lang);
        page.wait_text("h1", settings);
        assert_eq!(
            page.text_of("return document.documentElement.lang", &[]),
            tag
        );
        page.go(&format!("#/c/{chat}"));
        page.wait_text("#send", send);
        // Names for those who cannot see must follow too.
        page.wait_js("the label of the composer", &format!("return /[一-龥]/.test(document.getElementById('composer').getAttribute('aria-label')) === {}", lang == Lang::Zh));
        page.wait_js("the label of a button of a message", &format!("return /[一-龥]/.test(document.querySelector('[data-action=copy]').getAttribute('aria-label')) === {}", lang == Lang::Zh));
        page.reload();
        page.wait_text("#send", send);
    }
}

fn theme(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.go("#/settings");
    page.wait("#theme-1");
    let background = || {
        page.text_of(
            "return getComputedStyle(document.body).backgroundColor",
            &[],
        )
    };
    page.poke("#theme-1");
    page.wait("html[data-theme=light]");
    let light = background();
    page.poke("#theme-2");
    page.wait("html[data-theme=dark]");
    wait_for("the colours change", SOON, || {
        (background() != light).then_some(())
    });
    page.wait_set("theme", "dark");
    page.open("");
    page.wait("html[data-theme=dark]");
    page.go("#/settings");
    wait_for("the theme stays", SOON, || {
        page.js("return document.getElementById('theme-2')?.checked", &[])
            .as_bool()
            .filter(|set| *set)
    });
    page.poke("#contrast-1");
    page.wait("html[data-contrast=high]");
    page.poke("#size-2");
    page.wait("html[data-size=large]");
}

/// Everything that a backup must bring back, in an order of its own.
fn everything(page: &Page) -> Vec<Value> {
    let mut rows: Vec<Value> = [
        "conversations",
        "messages",
        "drafts",
        "connections",
        "keys",
        "kv",
    ]
    .iter()
    .flat_map(|store| {
        let mut rows = page.stored(store);
        // Marks of this browser are not the person's.
        rows.retain(|row| {
            !row["name"]
                .as_str()
                .unwrap_or_default()
                .starts_with("device.")
        });
        rows.into_iter()
            .map(move |row| json!({ "store": store, "row": row }))
            .collect::<Vec<_>>()
    })
    .collect();
    rows.sort_by_key(Value::to_string);
    rows
}

fn identity(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    page.connect(&bed.model.base(), "echo", "sk-e2e-in-backup");
    page.ask("第一个对话");
    page.poke("article[data-role=assistant] [data-action=regenerate]");
    page.wait_text("article[data-role=assistant] .branch .figure", "2/2");
    page.wait_for_reply(SOON);
    page.choose("http-401");
    page.ask("有错误的一轮");
    page.choose("reasoning");
    page.ask("有思考的一轮");
    page.new_chat();
    page.ask("第二个对话");
    page.stored_reply(&page.chat());
    let before = everything(&page);
    let file = backup(&page, true);
    let without = backup(&page, false);
    assert!(
        !without.contains("sk-e2e-in-backup"),
        "keys stay out of a backup unless they are asked for"
    );

    erase_all(&page, "erase");
    page.go("#/settings/data");
    let folder = done(Profile::new());
    let path = folder.path().join("viewfinder-backup.jsonl");
    done(std::fs::write(&path, &file).map_err(|error| error.to_string()));
    page.type_into("#restore", &path.display().to_string());
    page.wait_text("#restored", "2 conversations added");
    assert!(
        page.stored("connections").is_empty(),
        "no connection without a click"
    );
    page.wait_js("the connection is offered", "return [...document.querySelectorAll('main .actions')].some((row) => row.innerText.includes('e2e'))");
    page.js("[...document.querySelectorAll('main .actions')].find((row) => row.innerText.includes('e2e')).querySelector('button').click()", &[]);
    let same = || {
        let after = everything(&page);
        let gone: Vec<&Value> = before.iter().filter(|row| !after.contains(row)).collect();
        let new: Vec<&Value> = after.iter().filter(|row| !before.contains(row)).collect();
        (
            gone.is_empty() && new.is_empty(),
            format!("gone: {gone:#?}\nnew: {new:#?}"),
        )
    };
    let began = Instant::now();
    while !same().0 && began.elapsed() < SOON {
        std::thread::sleep(Duration::from_millis(50));
    }
    let (well, difference) = same();
    assert!(well, "{difference}");

    // The same once more changes nothing.
    page.open("");
    page.go("#/settings/data");
    page.type_into("#restore", &path.display().to_string());
    page.wait_text("#restored", "0 conversations added, 2 the same");
    assert!(same().0, "{}", same().1);
}

/// Makes a backup by the button and reads the file that the page hands out.
pub fn backup(page: &Page, keys: bool) -> String {
    page.go("#/settings/data");
    page.wait("#with-keys");
    page.js(
        "if (document.getElementById('with-keys').checked !== arguments[0]) document.getElementById('with-keys').click();\
         window.__file = null; const make = URL.createObjectURL; URL.createObjectURL = (file) => { window.__file = file; URL.createObjectURL = make; return make.call(URL, file); }",
        &[json!(keys)],
    );
    page.click("#backup");
    page.wait_js("the file is made", "return window.__file !== null");
    let text = done(
        page.session
            .script_async("return await window.__file.text()", &[]),
    );
    text.as_str().unwrap_or_default().to_owned()
}

/// Deletes everything, by the word.
pub fn erase_all(page: &Page, word: &str) {
    page.go("#/settings/data");
    page.fill("#erase-word", word);
    page.js("window.__old = true", &[]);
    page.click("#erase");
    wait_for("the page begins anew", SOON, || {
        page.session
            .script("return window.__old === undefined", &[])
            .ok()
            .filter(|new| *new == json!(true))
    });
    page.ready();
}

fn erase(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::Zh);
    page.connect(&bed.model.base(), "echo", "sk-e2e-erase");
    page.ask("会被清空");
    page.go("#/settings/data");
    for wrong in ["", "erase", "清"] {
        page.fill("#erase-word", wrong);
        page.click("#erase");
        assert_eq!(
            page.stored("conversations").len(),
            1,
            "{wrong:?} is not the word"
        );
    }
    erase_all(&page, "清空");
    for store in ["conversations", "messages", "drafts", "connections", "keys"] {
        assert!(page.stored(store).is_empty(), "{store}");
    }
    assert!(
        !page.has(".banner[data-kind=fault]"),
        "{}",
        page.text(".banner")
    );
}

/// Every write fails as a browser's does when its room is used up. Chromium's own pretence of a small quota
/// (`Storage.overrideQuotaForOrigin`) does not outlive a navigation and is looked at only now and then.
const FULL: &str = "for (const name of ['put', 'add']) { const real = IDBObjectStore.prototype[name];\
    IDBObjectStore.prototype[name] = function (...given) { if (window.__full) throw new DOMException('full', 'QuotaExceededError'); return real.apply(this, given); } }";

fn quota(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "");
    page.js(FULL, &[]);
    page.js("window.__full = true", &[]);
    page.fill("#composer", "存不下的一句话");
    page.click("#send");
    page.wait(".banner[data-kind=fault]");
    let banner = page.text(".banner[data-kind=fault]");
    assert!(banner.contains("full") || banner.contains("满"), "{banner}");
    let words = page.messages().first().map(|first| first.text.clone());
    let words = words.unwrap_or_else(|| page.value("#composer"));
    assert_eq!(
        words, "存不下的一句话",
        "what could not be stored is still on the screen"
    );
    assert!(
        page.has(".banner[data-kind=fault] a[href='#/settings/data']"),
        "an export is offered"
    );
    page.js("window.__full = false", &[]);
    page.ask("现在有地方了");
    let stored = page.stored_reply(&page.chat());
    assert_eq!(stored["end"], "complete", "the next write succeeds");

    // The room runs out in mid-stream: what has arrived stays on the screen, and is told.
    const SLOW: &str = "ok:n=400,delay=20";
    page.choose(SLOW);
    page.send("说到一半就满了");
    page.wait_for_words();
    page.js("window.__full = true", &[]);
    page.wait(".banner[data-kind=fault]");
    let reply = page.wait_for_reply(Duration::from_secs(30));
    assert_eq!(reply.end, "complete");
    assert!(
        reply.text.chars().count() > 400,
        "the whole reply is on the screen"
    );
    // It is written as soon as there is room, without anybody asking for it.
    let chat = page.chat();
    let last = || page.stored_messages(&chat).pop().unwrap_or_default();
    assert!(last()["end"].is_null(), "it is not stored yet");
    page.js("window.__full = false", &[]);
    wait_for("the whole reply is stored", SOON, || {
        let sent = bed.model.log().asked(SLOW).pop()?.text;
        (last()["text"] == sent.as_str()).then_some(())
    });
    page.wait_gone(".banner[data-kind=fault]");
    // It can be gone on with as any other: what is shown is what is stored.
    page.poke(".unfinished-button");
    wait_for("the rest is asked for", SOON, || {
        (bed.model.log().asked(SLOW).len() == 2).then_some(())
    });
    page.wait("#stop");
    page.poke("#stop");
    let reply = page.wait_for_reply(SOON);
    page.reload();
    wait_for("it is there after a reload", SOON, || {
        (page.messages().last()?.text == reply.text).then_some(())
    });
}

fn fetch_models(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.go("#/settings/connections/new");
    page.fill("#connection-base", &bed.model.base());
    page.click("#connection-fetch");
    let count = e2e::faults::ALL.len();
    page.wait_text("#connection-said", &count.to_string());
    assert_eq!(
        page.value("#connection-model"),
        "",
        "the choice is the user's"
    );
    page.fill("#connection-model", "ok");
    page.click("#connection-save");
    page.wait("#connection-delete");
    page.go("#/");
    page.click("#model");
    page.wait_js(
        "all models are offered",
        &format!("return document.querySelectorAll('#models [role=option]').length >= {count}"),
    );
}
