//! Pictures of every screen, in both languages, light and dark, on a phone and on a desk, for people to look at.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::{Scenario, screens};
use serde_json::json;

pub const ALL: &[Scenario] = &[Scenario::chromium("screens", pictures)];

/// A screen: its name, and how to come to it from a conversation that is open.
type Screen = (&'static str, fn(&Page, &Stage));

/// What there is to be seen.
struct Stage {
    chat: String,
    broken: String,
    mended: String,
    cut: String,
    connection: String,
    card: String,
}

const SCREENS: &[Screen] = &[
    ("empty", |page, _| page.go("#/")),
    ("chat", |page, stage| open(page, &stage.chat)),
    ("fault", |page, stage| open(page, &stage.broken)),
    ("mended", |page, stage| {
        open(page, &stage.mended);
        page.click(".unfinished [data-action=seams]");
    }),
    ("cut", |page, stage| {
        open(page, &stage.cut);
        page.wait(".unfinished[data-state=suspicious]");
    }),
    ("sidebar", |page, stage| {
        open(page, &stage.chat);
        page.js("const b = document.getElementById('sidebar'); if (getComputedStyle(b).display === 'none') b.showPopover()", &[]);
    }),
    ("search", |page, stage| {
        open(page, &stage.chat);
        page.js("const b = document.getElementById('sidebar'); if (getComputedStyle(b).display === 'none') b.showPopover()", &[]);
        page.js("const f = document.querySelector('input#search'); f.value = '雨'; f.dispatchEvent(new InputEvent('input', { bubbles: true }))", &[]);
        page.wait("#results .hit");
    }),
    ("menu", |page, stage| {
        open(page, &stage.chat);
        page.js("const b = document.getElementById('sidebar'); if (getComputedStyle(b).display === 'none') b.showPopover()", &[]);
        page.poke(".row-menu");
    }),
    ("picker", |page, stage| {
        open(page, &stage.chat);
        page.poke("#model");
        page.wait("#models:popover-open #model-search");
    }),
    ("options", |page, stage| {
        open(page, &stage.chat);
        page.js("document.getElementById('options').showPopover()", &[]);
    }),
    ("sent", |page, stage| {
        open(page, &stage.chat);
        page.js("document.getElementById('sent').showPopover()", &[]);
        page.wait_text("#sent pre", "messages");
    }),
    ("edit", |page, stage| {
        open(page, &stage.chat);
        page.poke("article[data-role=user] [data-action=edit]");
    }),
    ("help", |page, stage| {
        open(page, &stage.chat);
        page.js("document.activeElement?.blur()", &[]);
        done(page.session.press(&["?"]));
        page.wait("#help[open]");
    }),
    ("frame-guiding", |page, stage| {
        write(page, stage, "帮我写个文案", "guiding")
    }),
    ("frame-locked", |page, stage| {
        write(
            page,
            stage,
            "帮我写个新品咖啡的文案，给上班族看，主打早上五分钟就能喝到，语气轻松，一百字以内",
            "locked",
        );
    }),
    ("frame-menu", |page, stage| {
        open(page, &stage.chat);
        page.poke(".frame-name");
    }),
    ("frames", |page, _| {
        page.go("#/frames");
        page.wait(".tile");
    }),
    ("frame", |page, _| {
        page.go("#/frames/xiaohongshu");
        page.wait("#frame-trial");
        page.poke(".slot-name");
    }),
    ("memory", |page, _| {
        page.go("#/memory");
        page.wait("#lanes .card");
    }),
    ("memory-card", |page, stage| {
        page.go(&format!("#/memory/{}", stage.card));
        page.wait("#story li");
    }),
    ("unfinished", |page, _| {
        page.go("#/unfinished");
        page.wait(".case, .empty-place");
    }),
    ("settings", |page, _| page.go("#/settings")),
    ("connections", |page, _| page.go("#/settings/connections")),
    ("connection", |page, stage| {
        page.go(&format!("#/settings/connections/{}", stage.connection))
    }),
    ("connection-new", |page, _| {
        page.go("#/settings/connections/new")
    }),
    ("doctor", |page, _| {
        page.go("#/settings/connections/new");
        page.wait("#connection-base");
        page.fill("#connection-base", "http://127.0.0.1:1/v1");
        page.click("#doctor-check");
        page.wait(".doctor-said .finding");
        page.js("document.querySelector('#doctor').scrollIntoView()", &[]);
    }),
    ("keys", |page, _| {
        page.go("#/settings/connections");
        page.click("#keys-lock");
        page.wait("#lock-sheet[open]");
    }),
    ("usage", |page, _| {
        page.go("#/settings/usage");
        page.wait("#prices tbody tr");
    }),
    ("data", |page, _| page.go("#/settings/data")),
    ("about", |page, _| page.go("#/settings/about")),
];

/// Writes into the composer of the conversation, and waits until its frame stands so.
fn write(page: &Page, stage: &Stage, text: &str, focus: &str) {
    open(page, &stage.chat);
    page.wait("vf-place .frame-name");
    page.js("const f = document.getElementById('composer'); f.value = arguments[0]; f.dispatchEvent(new InputEvent('input', { bubbles: true }))", &[json!(text)]);
    page.wait_js(
        "the frame stands so",
        &format!("return document.querySelector('.composer').dataset.focus === '{focus}'"),
    );
}

fn open(page: &Page, chat: &str) {
    page.go(&format!("#/c/{chat}"));
    wait_for("the conversation is shown", SOON, || {
        (page.messages().len() > 1).then_some(())
    });
}

fn pictures(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "");
    let stage = set(&page);
    let folder = screens();
    let mut count = 0;
    for (size, width, height, phone) in [("desktop", 1280, 800, false), ("phone", 390, 844, true)] {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
        done(
            page.session
                .cdp("Emulation.setDeviceMetricsOverride", &metrics),
        );
        for (lang, tag) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            page.open("");
            page.set_language(lang);
            for (theme, id) in [("light", "#theme-1"), ("dark", "#theme-2")] {
                page.go("#/settings");
                page.poke(id);
                page.wait(&format!("html[data-theme={theme}]"));
                for (name, show) in SCREENS {
                    show(&page, &stage);
                    settle(&page);
                    let name = format!("{name}-{tag}-{theme}-{size}");
                    done(page.picture(&folder, &name));
                    fits(&page, &name);
                    tidy(&page);
                    count += 1;
                }
            }
        }
    }
    done(
        page.session
            .cdp("Emulation.clearDeviceMetricsOverride", &json!({})),
    );
    println!("  {count} pictures in {}", folder.display());
}

/// Conversations worth looking at.
fn set(page: &Page) -> Stage {
    page.choose("reasoning");
    page.ask("雨天怎么拍照才好看？");
    page.choose("ok-en");
    page.ask("And in English, please: what should I look at first?");
    let chat = page.chat();
    page.new_chat();
    page.choose("http-401");
    page.ask("密钥错了会怎样？");
    let broken = page.chat();
    page.choose("length");
    page.ask("写得太长会怎样？");
    page.new_chat();
    page.choose("stop-code");
    page.ask("怎么量雨天的光？写一段代码。");
    page.click(".unfinished [data-action=rest]");
    page.wait(".unfinished[data-state=done]");
    page.click(".unfinished [data-action=seams]");
    let mended = page.chat();
    page.new_chat();
    page.choose("stop-list:en=1");
    page.ask("Why take photos in the rain? Give three reasons.");
    page.wait(".unfinished[data-state=suspicious]");
    let cut = page.chat();
    let connection = page
        .stored("connections")
        .first()
        .and_then(|row| row["id"].as_str().map(str::to_owned));
    Stage {
        chat,
        broken,
        mended,
        cut,
        connection: connection.unwrap_or_default(),
        card: remember(page),
    }
}

/// Cards written on the board, among them one that has changed sides; its id.
fn remember(page: &Page) -> String {
    page.go("#/memory");
    page.wait("[data-board=read]");
    for sentence in [
        "我喜欢下雨天",
        "我讨厌早高峰的地铁",
        "我喜欢手冲咖啡，喜欢龙井",
        "我讨厌香菜",
        "这周我不吃辣",
        "我很喜欢科幻小说",
        "I love jazz",
        "我不太喜欢恐怖片",
        "以后回答先给结论",
        "I hate long introductions",
        "我住在杭州",
        "我对花生过敏",
        "我现在讨厌下雨天了",
    ] {
        let before = page.stored("memory_log").len();
        page.fill("#board-add", sentence);
        page.type_into("#board-add", e2e::webdriver::ENTER);
        wait_for("the sentence is kept", SOON, || {
            (page.stored("memory_log").len() > before).then_some(())
        });
    }
    let rows = page.stored("memory");
    let new = rows.iter().find(|row| row["supersedes"][0].is_string());
    let id = new.and_then(|row| row["id"].as_str());
    id.unwrap_or_default().to_owned()
}

/// Two frames, so that what was asked for is painted.
fn settle(page: &Page) {
    done(page.session.script_async("await document.fonts.ready; await new Promise((ok) => requestAnimationFrame(() => requestAnimationFrame(ok)))", &[]));
}

/// Nothing sticks out sideways.
fn fits(page: &Page, name: &str) {
    let wide = page
        .js(
            "return document.documentElement.scrollWidth - innerWidth",
            &[],
        )
        .as_i64()
        .unwrap_or_default();
    assert!(wide <= 0, "{name}: {wide} px stick out");
}

/// Closes whatever lies over the page.
fn tidy(page: &Page) {
    page.js(
        "document.querySelectorAll(':popover-open').forEach((one) => one.hidePopover()); document.querySelectorAll('dialog[open]').forEach((one) => one.close());\
         const f = document.querySelector('input#search'); if (f && f.value) { f.value = ''; f.dispatchEvent(new InputEvent('input', { bubbles: true })); }\
         document.querySelector('.editing .button:not([data-action])')?.click()",
        &[],
    );
}
