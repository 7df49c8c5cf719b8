//! What a person or a server gets wrong about a connection, and the model that is built into some browsers.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON};
use e2e::run::Scenario;
use serde_json::{Value, json};
use viewfinder::fault::{Fault, Kind};
use viewfinder::i18n;

pub const ALL: &[Scenario] = &[
    Scenario::chromium("a_wrong_address_is_told_and_not_kept", addresses),
    Scenario::chromium("what_is_no_list_of_models_is_told", lists),
    Scenario::chromium("absurd_numbers_change_nothing", numbers),
    Scenario::chromium("numbers_out_of_range_are_brought_into_it", ranges),
    Scenario::everywhere("the_browsers_own_model_answers", built_in),
];

const KEY: &str = "sk-e2e-Wrong0123456789";

const LANGS: [(Lang, i18n::Lang); 2] = [(Lang::Zh, i18n::Lang::Zh), (Lang::En, i18n::Lang::En)];

/// The form of a new connection, in a language.
fn form(page: &Page, lang: Lang) {
    page.open("");
    page.set_language(lang);
    page.go("#/settings/connections/new");
    page.wait("#connection-base");
}

fn addresses(bed: &mut Bed) {
    for (lang, words) in LANGS {
        let page = bed.page();
        form(&page, lang);
        wrong_addresses(&page, words);
        known_by_host(&page, words);
        assert_eq!(
            page.value("#connection-key"),
            KEY,
            "nothing that was typed is lost"
        );
    }
}

fn wrong_addresses(page: &Page, lang: i18n::Lang) {
    page.fill("#connection-key", KEY);
    page.fill("#connection-model", "ok");
    let unusable = i18n::sentence(
        lang,
        &Fault {
            kind: Kind::BadAddress,
            ..Fault::default()
        },
    );
    for wrong in [
        "https://me:secret@api.openai.com/v1",
        "https://api.openai.com@evil.example/v1",
        "https://evil.example/?api.openai.com",
        "ftp://api.openai.com/v1",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "api.openai.com/v1",
        "https://api.openai.com:999999/v1",
    ] {
        page.replace("#connection-base", wrong);
        page.click("#connection-save");
        page.wait_text("#connection-said", lang.settings().bad_address);
        assert!(page.has("#connection-base[aria-invalid]"), "{wrong}");
        assert!(page.stored("connections").is_empty(), "{wrong}");
        assert_eq!(
            page.value("#connection-base"),
            wrong,
            "it is there to be mended"
        );
        page.click("#connection-fetch");
        page.wait_text("#connection-said", &unusable);
    }
}

fn known_by_host(page: &Page, lang: i18n::Lang) {
    // One that only looks like a known provider's is not taken for it, and its host is named.
    page.replace("#connection-base", "https://api.openai.com.evil.example/v1");
    page.wait_text(
        "label:has(#connection-base)",
        "https://api.openai.com.evil.example/v1/chat/completions",
    );
    assert_eq!(page.value("#connection-preset"), "");
    page.replace("#connection-base", "https://api.openai.com/v1");
    page.wait_js(
        "the provider is known",
        "return document.querySelector('#connection-preset').value === 'openai'",
    );
    // Not encrypted, and not of this machine.
    page.replace("#connection-base", "http://127.0.0.1.evil.example/v1");
    page.wait_text(
        "label:has(#connection-base) .wrong",
        &(lang.settings().plain_http)("127.0.0.1.evil.example"),
    );
    // This machine may be called in clear.
    page.replace("#connection-base", "http://127.0.0.1:11434");
    page.wait_gone("label:has(#connection-base) .wrong");
}

fn lists(bed: &mut Bed) {
    for (lang, words) in LANGS {
        let page = bed.page();
        form(&page, lang);
        page.fill("#connection-key", KEY);
        page.fill("#connection-model", "my-model");
        for (fault, kind) in [
            ("html-200", Kind::NotApi),
            ("redirect-cross", Kind::Unreachable),
            ("redirect-302", Kind::Unreachable),
            ("garbage-json", Kind::NotApi),
            ("http-502-html", Kind::NotApi),
            ("empty-200", Kind::NotApi),
            ("auth-echo", Kind::KeyRefused),
        ] {
            page.replace("#connection-base", &bed.model.base_of(fault));
            page.click("#connection-fetch");
            let said = i18n::sentence(
                words,
                &Fault {
                    kind,
                    detail: bed.model.host(),
                    ..Fault::default()
                },
            );
            page.wait_text("#connection-said", &said);
            assert!(!page.text("main").contains(KEY), "{fault}");
            assert_eq!(page.value("#connection-model"), "my-model", "{fault}");
        }
    }
    assert!(
        bed.model.log().leaks().is_empty(),
        "nothing follows a redirect"
    );
}

fn put(page: &Page, css: &str, value: &str) {
    page.wait(css);
    page.js(
        "const field = document.querySelector(arguments[0]); field.value = arguments[1]; for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }))",
        &[json!(css), json!(value)],
    );
}

fn numbers(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "usage-huge", "");
    for (lang, words) in LANGS {
        page.set_language(lang);
        page.go("#/settings/usage");
        page.wait("#prices");
        for wrong in ["1e9", "-3", "99999999999999999999", "NaN", "two"] {
            for field in ["#prices td:nth-child(3)", "#budget td:nth-child(2)"] {
                put(&page, &format!("{field} input"), wrong);
                page.wait_text(&format!("{field} [role=alert]"), words.usage().bad_amount);
            }
        }
    }
    assert!(
        page.stored("rates").is_empty(),
        "{:?}",
        page.stored("rates")
    );
    put(&page, "#prices td:nth-child(3) input", "2");
    put(&page, "#prices td:nth-child(5) input", "8");
    wait_for("the prices are stored", SOON, || {
        (page.stored("rates").first()?["price"]["output"] == 8_000_000).then_some(())
    });
    page.go("#/");
    // Counts that no model can have are shown and summed without end.
    for _ in 0..3 {
        assert_eq!(page.ask("absurd").end, "complete");
    }
    page.go("#/settings/usage");
    page.wait_text(".usage-sums", "3 replies");
    assert!(!page.text("main").contains("NaN") && !page.text("main").contains("Infinity"));
    page.reload();
    page.wait_text(".usage-sums", "3 replies");
}

/// Numbers of a conversation and of waiting: what is absurd is brought into range before it counts, the range
/// stands beside the field, and what is no number changes nothing.
fn ranges(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    for (typed, seconds) in [("30", 30), ("1e9", 600), ("-5", 10), ("", 10), ("45.5", 46)] {
        put(&page, "#patience", typed);
        page.wait_js(
            typed,
            &format!("return document.querySelector('#patience').value === '{seconds}'"),
        );
    }
    let words = i18n::options::Words::of(i18n::Lang::En);
    page.connect(&bed.model.base(), "ok", "");
    page.click("#more-button");
    page.click("#options-button");
    page.type_into("#option-temperature", "1e99");
    page.wait_js(
        "the range stands out while the number is beyond it",
        "const hint = document.querySelector('#option-temperature ~ .hint-line');
         return getComputedStyle(hint).fontWeight >= 600 && hint.innerText.startsWith('0 to 2')",
    );
    page.click("#composer");
    page.click("#more-button");
    page.click("#options-button");
    assert_eq!(page.value("#option-temperature"), "2");
    let said = "#options [role=status]";
    page.replace("#option-max-output", "-7");
    page.click("#option-temperature");
    page.wait_text(said, &(words.out_of_range)("1"));
    page.replace("#option-temperature", "0.3");
    page.click("#option-max-output");
    page.wait_js(
        "what was in range needs no word",
        "return document.querySelector('#options [role=status]').innerText === ''",
    );
    // A number that is none, as it can be typed: the browser hands out nothing, and the old one stays.
    page.type_into("#option-temperature", "e-e");
    page.click("#composer");
    page.ask("in range");
    let sent = bed.model.log().asked("ok").pop().map(|entry| entry.body);
    let body: Value = serde_json::from_str(&sent.unwrap_or_default()).unwrap_or_default();
    assert_eq!(
        (&body["temperature"], &body["max_tokens"]),
        (&json!(0.3), &json!(1)),
        "{body}"
    );
}

/// A model like that of browsers that have one: it notes what it is asked and answers in pieces.
const MODEL: &str = "
    window.__asked = [];
    window.LanguageModel = class {
      static async create(options) {
        return {
          promptStreaming(text) {
            window.__asked.push({ ...options, text });
            const words = text === 'fail' ? ['half an ans'] : ['你好，', '**重点：**', '慢慢来。'];
            return new ReadableStream({
              async start(stream) {
                for (const word of words) { await new Promise((go) => setTimeout(go, 20)); stream.enqueue(word); }
                if (text === 'fail') stream.error(new DOMException('The model crashed', 'UnknownError'));
                else if (text !== 'hang') stream.close();
              },
              cancel() { window.__cancelled = true; },
            });
          },
          destroy() { window.__destroyed = (window.__destroyed ?? 0) + 1; },
        };
      }
    };";

fn built_in(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    page.go("#/settings/connections/new");
    put(&page, "#connection-preset", "browser");
    page.wait_js(
        "no address is asked for",
        "return document.querySelector('#connection-base').closest('label').hidden",
    );
    page.click("#connection-save");
    page.wait("#connection-delete");
    page.go("#/");
    // This browser has none, and that is what is said.
    page.js("delete window.LanguageModel", &[]);
    let none = page.ask("anyone there?");
    assert_eq!(none.end, "error");
    assert!(none.all.contains("no such model"), "{}", none.all);

    page.js(MODEL, &[]);
    page.new_chat();
    let reply = page.ask("hello");
    assert_eq!(
        (reply.end.as_str(), reply.text.as_str()),
        ("complete", "你好，重点：慢慢来。")
    );
    page.ask("and again");
    let asked = page.js("return window.__asked", &[]);
    assert_eq!(asked[0], json!({ "initialPrompts": [], "text": "hello" }));
    let before = [("user", "hello"), ("assistant", "你好，**重点：**慢慢来。")];
    let before = before.map(|(role, content)| json!({ "role": role, "content": content }));
    assert_eq!(
        asked[1],
        json!({ "initialPrompts": before, "text": "and again" })
    );
    let half = page.ask("fail");
    assert_eq!(
        (half.end.as_str(), half.text.as_str()),
        ("error", "half an ans")
    );
    assert!(half.all.contains("The model crashed"), "{}", half.all);
    page.send("hang");
    page.wait_text("article.message:last-of-type .prose", "慢慢来");
    page.click("#stop");
    let stopped = page.wait_for_reply(SOON);
    assert_eq!(
        (stopped.end.as_str(), stopped.text.as_str()),
        ("stopped", "你好，重点：慢慢来。")
    );
    assert_eq!(
        page.js("return window.__destroyed", &[]),
        Value::from(4),
        "every session is let go"
    );
    assert!(
        bed.model.log().entries().is_empty(),
        "nothing leaves the page"
    );
}
