//! Where and how the page is served, and what it does before and without its program.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::Scenario;
use e2e::webdriver::ENTER;
use serde_json::json;
use std::time::Duration;
use viewfinder::i18n;

pub const ALL: &[Scenario] = &[
    Scenario::chromium("a_load_at_any_route_replaces_the_first_paint", routes),
    Scenario::chromium("early_typing_is_adopted", early_typing),
    Scenario::chromium("an_early_message_goes_to_the_connection", early_message),
    Scenario::chromium("it_runs_below_a_path", below),
    Scenario::chromium("it_works_offline_after_one_visit", offline),
    Scenario::chromium("without_a_database_it_works_and_says_so", no_database),
    Scenario::chromium("a_cleared_database_is_noticed", cleared),
    Scenario::chromium("a_link_sends_and_configures_nothing", links),
    // Elsewhere a script of the driver has a WebAssembly of its own, whose errors are not the page's.
    Scenario::chromium("a_program_that_breaks_off_says_so", broken),
    Scenario::chromium("a_turned_phone_has_its_sidebar_in_place", turned),
];

fn routes(bed: &mut Bed) {
    let page = bed.page();
    for hash in [
        "#/settings",
        "#/settings/connections/new",
        "#/settings/data",
        "#/settings/about",
        "#/c/none",
        "#/",
    ] {
        page.open(hash);
        assert_eq!(
            page.js("return document.querySelectorAll('main').length", &[]),
            json!(1),
            "{hash}"
        );
    }
}

fn early_typing(bed: &mut Bed) {
    let page = bed.page();
    bed.files.hold_program(true);
    done(page.session.goto(&bed.files.root()));
    page.wait("#shell #composer");
    page.type_into("#composer", "程序还没来就写");
    page.js(
        "const f = document.getElementById('composer'); f.focus(); f.setSelectionRange(2, 4)",
        &[],
    );
    assert!(!page.has("html[data-ready]"));
    bed.files.hold_program(false);
    page.ready();
    let state = page.js("const f = document.getElementById('composer'); return [f.value, f.selectionStart, f.selectionEnd, document.activeElement === f, document.querySelectorAll('#composer').length]", &[]);
    assert_eq!(state, json!(["程序还没来就写", 2, 4, true, 1]));
    page.send_by_key("！");
    // Sent before the program is in, it goes by itself; changed after that, it waits to be sent again.
    keep_nothing(&page);
    for (after, sent) in [("", true), ("，改了", false)] {
        page.new_chat();
        bed.files.hold_program(true);
        done(page.session.reload());
        page.wait("#shell #composer");
        page.type_into("#composer", "早早按下回车");
        page.type_into("#composer", ENTER);
        page.type_into("#composer", after);
        bed.files.hold_program(false);
        page.ready();
        let words = format!("早早按下回车{after}");
        if sent {
            page.wait_text("article[data-role=user]", &words);
            page.wait_for_reply(SOON);
        } else {
            page.wait_js(
                "it is not sent",
                &format!("return document.getElementById('composer').value === '{words}'"),
            );
        }
        assert_eq!(page.messages().len(), if sent { 2 } else { 0 });
    }
}

/// A kept copy of the program could not be held back.
fn keep_nothing(page: &Page) {
    for (what, how) in [
        ("enable", json!({})),
        ("setCacheDisabled", json!({ "cacheDisabled": true })),
        ("setBypassServiceWorker", json!({ "bypass": true })),
    ] {
        done(page.session.cdp(&format!("Network.{what}"), &how));
    }
}

fn early_message(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    keep_nothing(&page);
    bed.files.hold_program(true);
    done(page.session.reload());
    page.wait("#shell #composer");
    page.type_into("#composer", "马上发送");
    // The very moment at which the program is live, as a person's Enter could be.
    page.js(
        "new MutationObserver((_, seen) => { if (document.documentElement.dataset.ready === undefined) return; seen.disconnect();\
         document.getElementById('composer').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })); })\
         .observe(document.documentElement, { attributes: true })",
        &[],
    );
    bed.files.hold_program(false);
    page.ready();
    wait_for(
        "the message reaches the server, not the demo model",
        SOON,
        || bed.model.log().asked("echo").pop(),
    );
    assert_eq!(page.wait_for_reply(SOON).text, "马上发送");
    let chat = page.chat();
    assert_eq!(page.stored_reply(&chat)["text"], "马上发送", "it is stored");
}

fn below(bed: &mut Bed) {
    let page = bed.page_at(&bed.files.below());
    page.open("");
    page.connect(&bed.model.base(), "ok", "");
    assert_eq!(page.ask("在子路径下").end, "complete");
    page.reload();
    wait_for("everything is there", SOON, || {
        (page.messages().len() == 2).then_some(())
    });
    let outside: Vec<String> = bed
        .files
        .requests()
        .into_iter()
        .filter(|path| !path.starts_with("/some/where/") && path != "/favicon.ico")
        .collect();
    assert!(
        outside.is_empty(),
        "asked for outside of its folder: {outside:?}"
    );
}

fn offline(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    let active = "return await Promise.race([navigator.serviceWorker.ready.then(async ({ active }) => { while (active.state !== 'activated' || !navigator.serviceWorker.controller) await new Promise((ok) => setTimeout(ok, 20)); return true; }), new Promise((ok) => setTimeout(() => ok(false), 15000))])";
    assert_eq!(
        done(page.session.script_async(active, &[])),
        json!(true),
        "no service worker is registered"
    );
    bed.files.set_down(true);
    page.open("#/");
    let reply = page.ask("你好，你是谁？");
    assert_eq!(reply.end, "complete", "the demo model needs no network");
    page.go("#/settings/data");
    page.wait("#backup");
    bed.files.set_down(false);
}

const NEVER: &str = "the browser never answers";

fn no_database(bed: &mut Bed) {
    for (what, code) in [
        (
            "opening is refused",
            "IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError') }",
        ),
        (
            "there is none",
            "Object.defineProperty(window, 'indexedDB', { get: () => undefined })",
        ),
        (
            "reading it throws",
            "Object.defineProperty(window, 'indexedDB', { get: () => { throw new DOMException('denied', 'SecurityError') } })",
        ),
        (
            NEVER,
            "const open = IDBFactory.prototype.open;
             IDBFactory.prototype.open = function () {
                const never = open.call(this, 'never');
                for (const on of ['onsuccess', 'onerror', 'onblocked', 'onupgradeneeded'])
                    Object.defineProperty(never, on, { set() {} });
                return never;
             }",
        ),
    ] {
        let page = bed.page();
        let tab = done(page.session.new_tab());
        done(page.session.switch_to(&tab));
        done(page.session.cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            &json!({ "source": code }),
        ));
        page.open("");
        page.wait(".banner[data-kind=fault]");
        let said = page.text(".banner p");
        let silent =
            [i18n::Lang::Zh, i18n::Lang::En].map(|lang| lang.strings().shell.database_silent);
        assert_eq!(silent.contains(&said.as_str()), what == NEVER, "{said}");
        let reply = page.ask("还能用吗？");
        assert_eq!(reply.end, "complete", "{what}: it works in memory");
        assert!(
            page.has(".banner[data-kind=fault]"),
            "{what}: the banner stays"
        );
        if what != NEVER {
            page.connect(&bed.model.base(), "echo", "");
            assert_eq!(page.ask("连接也能用").text, "连接也能用", "{what}");
        }
        done(page.session.close_tab());
        let left = done(page.session.tabs());
        done(page.session.switch_to(&left[0]));
    }
}

fn cleared(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.ask("会被浏览器清掉");
    page.stored_reply(&page.chat());
    // The database goes, as when a browser needs room; what marks that there was one stays.
    done(page.session.goto(&format!("{}icon.svg", bed.files.root())));
    let removed = "return await new Promise((ok) => { const r = indexedDB.deleteDatabase('viewfinder'); r.onsuccess = () => ok(true); r.onerror = () => ok(false); r.onblocked = () => ok(false); })";
    assert_eq!(done(page.session.script_async(removed, &[])), json!(true));
    page.open("");
    page.wait(".banner[data-kind=fault]");
    let words = page.text(".banner");
    assert!(
        words.contains("cleared") || words.contains("清掉"),
        "{words}"
    );
}

fn links(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "sk-e2e-links");
    let before = (page.stored("connections"), page.stored("kv"));
    for hash in [
        "#/?send=hello",
        "#/c/new?text=hello",
        "#/settings/connections/new?base=http://evil.example&key=x",
        "#/c/%3Cimg%20src=x%20onerror=alert(1)%3E",
        "#/settings/data?restore=http://evil.example/x",
        "?q=hello#/",
    ] {
        page.open(hash);
        quiet(&page);
        assert_eq!(
            (page.stored("connections"), page.stored("kv")),
            before,
            "{hash}"
        );
    }
    let asked = bed
        .model
        .log()
        .entries()
        .iter()
        .filter(|entry| entry.method == "POST")
        .count();
    assert_eq!(asked, 0, "a link has sent something");
}

/// Waits until the page has had the time to do what it should not.
fn quiet(page: &Page) {
    done(page.session.script_async(
        "await new Promise((ok) => setTimeout(ok, arguments[0]))",
        &[json!(Duration::from_millis(200).as_millis() as u64)],
    ));
    assert!(page.messages().is_empty());
}

fn broken(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    // The smallest program that there is whose one function breaks off.
    let broken = "const bytes = [0,97,115,109,1,0,0,0, 1,4,1,96,0,0, 3,2,1,0, 7,5,1,1,102,0,0, 10,5,1,3,0,0,11];\
         const broken = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports.f;";
    page.js("setTimeout(() => { throw new Error('of an extension'); }); Promise.reject(new Error('of another'))", &[]);
    page.js("return new Promise((go) => setTimeout(go, 100))", &[]);
    assert!(!page.has("#crash"), "not every error is the program's end");
    for (lang, words, how) in [
        (Lang::En, "Viewfinder has failed", "setTimeout(broken)"),
        (Lang::Zh, "取景框出错了", "Promise.resolve().then(broken)"),
    ] {
        page.set_language(lang);
        page.reload();
        page.js(&format!("{broken} {how}"), &[]);
        page.wait_text("#crash[role=alert] h2", words);
        assert!(page.text("#crash pre").contains("unreachable"));
        let once = page.js("return document.querySelectorAll('#crash').length", &[]);
        assert_eq!(once, json!(1));
        page.js("document.querySelector('#crash button').click()", &[]);
        page.wait_gone("#crash");
        page.ready();
    }
}

fn turned(bed: &mut Bed) {
    let page = bed.page();
    let turn = |width: u32, height: u32| {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
        done(
            page.session
                .cdp("Emulation.setDeviceMetricsOverride", &metrics),
        );
    };
    turn(390, 844);
    page.open("");
    page.click(".menu-button");
    page.wait("#sidebar:popover-open");
    turn(844, 390);
    page.wait("#sidebar:not(:popover-open)");
    page.wait_js(
        "both stand side by side",
        "const [side, main] = ['#sidebar', 'main'].map((css) => document.querySelector(css).getBoundingClientRect());\
         return side.width > 150 && Math.abs(side.right - main.left) < 2 && main.right === innerWidth",
    );
    turn(390, 844);
    page.wait_js(
        "it is away again",
        "return !document.querySelector('#sidebar').checkVisibility()",
    );
}
