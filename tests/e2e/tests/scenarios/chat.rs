//! What can be done with messages and conversations.

mod deleted;

use deleted::{delete_chat, delete_many, delete_message};
use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON, done};
use e2e::run::Scenario;
use e2e::webdriver::ENTER;
use serde_json::json;
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario::chromium("a_reply_is_edited_by_hand", edit_reply),
    Scenario::chromium("copy_and_quote", copy),
    Scenario::chromium("a_deleted_message_comes_back", delete_message),
    Scenario::chromium("a_deleted_conversation_comes_back", delete_chat),
    Scenario::chromium("every_deletion_keeps_its_undo", delete_many),
    Scenario::chromium("the_end_of_a_reply_is_followed", follow_end),
    Scenario::chromium("drafts_survive_a_reload", drafts),
    Scenario::chromium("a_temporary_conversation_writes_nothing", temporary),
    Scenario::chromium("reasoning_is_folded_apart", reasoning),
    Scenario::chromium("title_rename_and_pin", titles),
    Scenario::chromium("search_in_both_languages", search),
    Scenario::everywhere("hits_are_reached_by_the_arrows", arrows),
    Scenario::chromium(
        "search_does_not_wait_for_a_worker_that_never_comes",
        no_worker,
    ),
    Scenario::chromium(
        "an_edit_goes_on_after_leaving_and_after_a_reload",
        edits_stay,
    ),
    Scenario::chromium("options_reach_the_server", options),
    Scenario::chromium("what_opens_opens_in_sight", in_sight),
];

fn edit_reply(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("原来的话");
    let reply = "article[data-role=assistant]";
    page.poke(&format!("{reply} [data-action=edit]"));
    page.fill(&format!("{reply} .editing textarea"), "**改过**的回复");
    page.poke(&format!("{reply} [data-action=save-edit]"));
    page.wait_text(&format!("{reply} .prose strong"), "改过");
    page.reload();
    page.wait_text(&format!("{reply} .prose"), "改过的回复");
    let stored = page.stored_reply(&page.chat());
    assert_eq!(
        (&stored["text"], &stored["edited"]),
        (&json!("**改过**的回复"), &json!(true))
    );
}

fn copy(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "");
    page.ask("复制什么？");
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": bed.files.root() });
    done(page.session.cdp("Browser.grantPermissions", &permissions));
    let clipboard = || {
        done(
            page.session
                .script_async("return await navigator.clipboard.readText()", &[]),
        )
    };
    page.poke("article[data-role=assistant] [data-action=copy]");
    let whole = bed.model.log().asked("ok")[0].text.clone();
    wait_for("the reply is in the clipboard", SOON, || {
        (clipboard() == json!(whole)).then_some(())
    });
    page.poke("[data-action=copy-code]");
    wait_for("the code is in the clipboard", SOON, || {
        (clipboard().as_str().unwrap_or_default().trim_end()
            == "fn main() {\n    println!(\"雨\");\n}")
            .then_some(())
    });
    page.poke("article[data-role=user] [data-action=quote]");
    wait_for("the quote is in the composer", SOON, || {
        page.value("#composer")
            .starts_with("> 复制什么？")
            .then_some(())
    });
}

/// What comes under a reply after its last word is followed too, in a wide window and in a narrow one.
fn follow_end(bed: &mut Bed) {
    let page = bed.page();
    for (width, height, sample) in [(1280, 800, 2), (390, 844, 1)] {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        done(
            page.session
                .cdp("Emulation.setDeviceMetricsOverride", &size),
        );
        page.open("");
        page.poke(&format!(".tries button:nth-child({sample})"));
        page.poke("#send");
        page.wait_for_reply(Duration::from_secs(30));
        page.wait("vf-place[data-kind=unfinished] button");
        let below = "const s = document.querySelector('#scroller'); return s.scrollHeight - s.scrollTop - s.clientHeight";
        let gap = || page.js(below, &[]).as_f64().unwrap_or(f64::MAX);
        // What comes late has come by then, and is followed, however long that takes.
        std::thread::sleep(Duration::from_millis(500));
        wait_for(&format!("nothing is hidden at {width}"), SOON, || {
            (gap() <= 1.0).then_some(())
        });
    }
}

/// Chooses something in the menu of a conversation of the list.
pub fn row_action(page: &Page, title: &str, action: &str) {
    page.wait_text(".list", title);
    let opened = page.js(
        "const row = [...document.querySelectorAll('.list li')].find((li) => li.querySelector('.title')?.innerText.trim() === arguments[0]); row?.querySelector('.row-menu')?.click(); return !!row",
        &[json!(title)],
    );
    assert_eq!(opened, json!(true), "{title} is in the list");
    page.poke(&format!(".menu:popover-open [data-action={action}]"));
}

fn drafts(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.type_into("#composer", "写到一半的新消息");
    page.wait_for_draft("new", "写到一半的新消息");
    page.reload();
    wait_for("the draft is back", SOON, || {
        (page.value("#composer") == "写到一半的新消息").then_some(())
    });
    page.send_by_key("发出去");
    let chat = page.chat();
    page.wait_for_reply(SOON);
    wait_for("the field is empty", SOON, || {
        page.value("#composer").is_empty().then_some(())
    });
    page.type_into("#composer", "这个对话的草稿");
    page.wait_for_draft(&chat, "这个对话的草稿");
    page.new_chat();
    assert_eq!(
        page.value("#composer"),
        "",
        "each conversation has its own draft"
    );
    page.go(&format!("#/c/{chat}"));
    wait_for("the draft of the conversation", SOON, || {
        (page.value("#composer") == "这个对话的草稿").then_some(())
    });
    page.reload();
    wait_for("the draft after a reload", SOON, || {
        (page.value("#composer") == "这个对话的草稿").then_some(())
    });
}

fn temporary(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("会留下");
    let everything = || ["conversations", "messages", "drafts"].map(|store| page.stored(store));
    wait_for("the first conversation is stored", SOON, || {
        (everything()[1].len() == 2).then_some(())
    });
    page.stored_reply(&page.chat());
    page.new_chat();
    page.click("button#temporary");
    page.wait("button#temporary[aria-pressed=true]");
    let before = everything();
    page.type_into("#composer", "不会留下");
    page.click("#send");
    page.replied_after(0);
    assert_eq!(page.wait_for_reply(SOON).text, "不会留下");
    page.poke("article[data-role=assistant] [data-action=regenerate]");
    page.wait_text("article[data-role=assistant] .branch .figure", "2/2");
    page.wait_for_reply(SOON);
    assert_eq!(everything(), before, "a temporary conversation was written");
    assert!(!page.text(".list").contains("不会留下"));
    page.reload();
    page.wait_text(".list", "会留下");
    assert!(page.messages().is_empty());
}

fn reasoning(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "reasoning", "");
    for model in ["reasoning", "think-tags"] {
        page.choose(model);
        let reply = page.ask("想一想");
        assert_eq!(reply.end, "complete");
        assert!(!reply.text.contains("再想一想"), "{model}: {reply:?}");
        let folded = page.js("const d = [...document.querySelectorAll('details.reasoning')].at(-1); return !d.open && d.textContent.includes('再想一想')", &[]);
        assert_eq!(
            folded,
            json!(true),
            "{model}: the reasoning is there and folded"
        );
        let stored = page.stored_reply(&page.chat());
        assert_eq!(stored["text"], json!(bed.model.log().asked(model)[0].text));
        page.new_chat();
    }
}

fn titles(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.ask("雨天怎么拍照才好看？");
    page.wait_text(".list .title", "雨天怎么拍照");
    page.wait_text("h1", "雨天怎么拍照");
    row_action(&page, &page.text(".list .title"), "rename");
    page.replace("input.rename", "我的雨天");
    page.type_into("input.rename", ENTER);
    page.wait_text(".list .title", "我的雨天");
    page.new_chat();
    page.ask("第二个对话");
    page.wait_text(".list", "第二个对话");
    row_action(&page, "我的雨天", "pin");
    let first = "return document.querySelector('.list .title').innerText.trim() === '我的雨天' && !!document.querySelector('.list h2 use[href=\"#pin\"]')";
    page.wait_js("the pinned one is on top", first);
    page.reload();
    page.wait_js("it stays on top", first);
    row_action(&page, "我的雨天", "pin");
    page.wait_js(
        "it is no longer pinned",
        "return !document.querySelector('.list h2 use[href=\"#pin\"]')",
    );
}

fn edits_stay(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("原来的话");
    let chat = page.chat();
    let drafts = |there: bool| {
        wait_for("the edit is kept, or no longer", SOON, || {
            (page.stored("drafts").len() == usize::from(there)).then_some(())
        });
    };
    let field = "article[data-role=user] .editing textarea";
    let is = |words: &str| {
        page.wait(field);
        wait_for("the edit is as it was", SOON, || {
            (page.value(field) == words).then_some(())
        });
    };
    page.poke("article[data-role=user] [data-action=edit]");
    page.fill(field, "改到一半");
    drafts(true);
    page.go("#/settings");
    page.wait_gone("#scroller");
    page.go(&format!("#/c/{chat}"));
    is("改到一半");
    page.reload();
    is("改到一半");
    page.poke("article[data-role=user] [data-action=cancel-edit]");
    page.wait_gone(field);
    drafts(false);
    page.reload();
    page.wait("article[data-role=assistant]");
    assert!(!page.has(field));
    // With its conversation it goes and comes back.
    page.poke("article[data-role=user] [data-action=edit]");
    page.fill(field, "又改了");
    drafts(true);
    row_action(&page, "原来的话", "delete");
    drafts(false);
    page.poke("#undo");
    drafts(true);
}

fn arrows(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("雨天的问题");
    page.new_chat();
    page.fill("input#search", "雨天的");
    page.wait_js(
        "the question and the reply, told apart",
        "const whose = [...document.querySelectorAll('#results .hit .sub b')].map((b) => b.innerText).sort(); return whose.length === 2 && ['你,回复', 'Reply,You'].includes(whose.join())",
    );
    let on = |what: &str| {
        page.wait_js(
            what,
            &format!("return document.activeElement === document.querySelector('{what}')"),
        );
    };
    let key = |css: &str, key: &str| page.type_into(css, key);
    let (up, down) = ("\u{E013}", "\u{E015}");
    key("input#search", down);
    on("#results li:first-child .hit");
    key("#results li:first-child .hit", down);
    on("#results li:last-child .hit");
    key("#results li:last-child .hit", up);
    on("#results li:first-child .hit");
    key("#results li:first-child .hit", up);
    on("input#search");
    key("input#search", ENTER);
    page.wait("article[data-found]");
}

fn no_worker(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("雨天的问题");
    let silent = json!({ "source": "window.Worker = class extends EventTarget { postMessage() {} terminate() {} }" });
    done(
        page.session
            .cdp("Page.addScriptToEvaluateOnNewDocument", &silent),
    );
    page.reload();
    page.fill("input#search", "雨天的");
    page.wait_text("#results .hit mark", "雨天的");
    page.fill("input#search", "没有人说过");
    page.wait_text("#results [role=status]", "没有人说过");
}

fn search(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    for text in [
        "我讨厌下雨天，因为鞋会湿",
        "The umbrella stood in the corner of the room",
        "完全无关的一句",
    ] {
        page.ask(text);
        page.new_chat();
    }
    for (query, marked, title) in [
        ("下雨天", "下雨天", "我讨厌下雨天"),
        ("雨", "雨", "我讨厌下雨天"),
        ("UMBRELLA", "umbrella", "The umbrella"),
        ("corner room", "corner", "The umbrella"),
    ] {
        page.fill("input#search", query);
        page.wait_text("#results .hit mark", marked);
        page.wait_text("#results .hit .title", title);
    }
    page.poke("#results .hit");
    wait_for("the hit opens its conversation", SOON, || {
        page.messages()
            .first()
            .map(|first| first.text.contains("umbrella"))
            .filter(|found| *found)
    });
    let no_hit = |query: &str| {
        page.fill("input#search", query);
        page.wait_js(
            "no hit",
            &format!("return document.querySelectorAll('#results .hit').length === 0 && document.querySelector('#results [role=status]').innerText.includes('{query}')"),
        );
    };
    no_hit("没有人说过这个");
    // What a deleted branch said is found again only when it is back.
    let question = "article[data-role=user]";
    page.poke(&format!("{question} [data-action=edit]"));
    page.fill(
        &format!("{question} .editing textarea"),
        "A zeppelin instead",
    );
    page.poke(&format!("{question} [data-action=save-edit]"));
    page.wait_text("article[data-role=assistant] .prose", "A zeppelin instead");
    page.wait_for_reply(SOON);
    let both = "return document.querySelectorAll('#results .hit').length === 2";
    page.fill("input#search", "zeppelin");
    page.wait_js("the question and its reply", both);
    page.poke(&format!("{question} [data-action=delete]"));
    page.wait_text("article[data-role=assistant] .prose", "umbrella");
    no_hit("没有人");
    no_hit("zeppelin");
    page.poke("button#undo");
    page.wait_text("article[data-role=assistant] .prose", "zeppelin");
    page.fill("input#search", "A zeppelin");
    page.wait_js("both are back", both);
}

fn options(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "");
    page.click("#more-button");
    page.click("#options-button");
    page.fill("#option-system", "你是摄影师");
    page.fill("#option-temperature", "0.5");
    page.fill("#option-max-output", "321");
    page.click("#composer");
    page.ask("你好");
    let body: serde_json::Value =
        serde_json::from_str(&bed.model.log().asked("ok")[0].body).unwrap_or_default();
    assert_eq!(
        body["messages"][0],
        json!({ "role": "system", "content": "你是摄影师" })
    );
    assert_eq!(body["temperature"], json!(0.5));
    let most = body.get("max_tokens").or(body.get("max_completion_tokens"));
    assert_eq!(most, Some(&json!(321)), "{body}");
    assert_eq!(body["stream"], json!(true));
    page.click("#sent-button");
    page.wait_text("#sent pre", "你是摄影师");
}

/// Menus and pickers open beside their buttons, and a notice does not move the page.
fn in_sight(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    let tall = page.js(
        "return document.documentElement.scrollHeight - innerHeight",
        &[],
    );
    assert_eq!(
        tall,
        json!(0),
        "with a notice the page is higher than the window"
    );
    page.ask("看看菜单");
    for (button, opened) in [("#model", "#models"), (".list .row-menu", ".list .menu")] {
        page.click(button);
        page.wait(&format!("{opened}:popover-open"));
        let distance = "const [a, b] = [...arguments].map((css) => document.querySelector(css).getBoundingClientRect());\
            const gap = (from, to, start, end) => Math.max(0, start - to, from - end);\
            return [b.left >= 0 && b.top >= 0 && b.right <= innerWidth && b.bottom <= innerHeight, Math.max(gap(a.left, a.right, b.left, b.right), gap(a.top, a.bottom, b.top, b.bottom))]";
        let place = page.js(distance, &[json!(button), json!(opened)]);
        assert_eq!(place[0], json!(true), "{opened} is within the window");
        assert!(
            place[1].as_f64().is_some_and(|gap| gap <= 24.0),
            "{opened} is {} px from {button}",
            place[1]
        );
        page.js(
            "document.querySelector(arguments[0]).hidePopover()",
            &[json!(opened)],
        );
    }
}
