//! The main faults in the dialects other than chat completions, the doctor, and where their keys go.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON};
use e2e::run::Scenario;
use e2e::server::Origin;
use serde_json::Value;
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario::chromium("main_faults_in_openai_responses", responses),
    Scenario::chromium("main_faults_in_anthropic_messages", messages),
    Scenario::chromium("main_faults_in_gemini", gemini),
    Scenario::chromium("main_faults_in_ollama", ollama),
    Scenario::chromium("the_doctor_tells_what_it_can", doctor),
];

const KEY: &str = "sk-e2e-Secret0123456789abcdef";

/// A fault and how its reply must end, in every dialect.
const ROWS: &[(&str, &str)] = &[
    ("ok", "complete"),
    ("reasoning", "complete"),
    ("length", "length"),
    ("unknown-finish", "unknown"),
    ("eof-clean-mid", "cut"),
    ("cut-rst", "cut"),
    ("error-mid", "error"),
    ("garbage-json", "complete"),
    ("late-data", "complete"),
    ("zero-token", "empty"),
    ("empty-200", "empty"),
    ("tool-call", "tool"),
    ("http-401", "error"),
    ("http-429-quota", "error"),
    ("html-200", "error"),
    ("redirect-cross", "error"),
];

fn responses(bed: &mut Bed) {
    check(bed, "responses", "/v1", "authorization", "filtered");
}

fn messages(bed: &mut Bed) {
    check(bed, "messages", "/v1", "x-api-key", "refused");
}

fn gemini(bed: &mut Bed) {
    check(
        bed,
        "streamGenerateContent",
        "/v1beta",
        "x-goog-api-key",
        "filtered",
    );
}

fn ollama(bed: &mut Bed) {
    check(bed, "api/chat", "", "authorization", "filtered");
}

/// Makes a connection by the form.
fn connect(page: &Page, api: &str, base: &str, model: &str) {
    page.go("#/settings/connections/new");
    page.wait("#connection-api");
    choose(page, "#connection-api", api);
    page.fill("#connection-base", base);
    page.fill("#connection-key", KEY);
    page.fill("#connection-model", model);
    page.click("#connection-save");
    page.wait("#connection-delete");
    page.go("#/");
    page.wait("#composer");
}

fn choose(page: &Page, css: &str, value: &str) {
    let code = "const field = document.querySelector(arguments[0]); field.value = arguments[1];
        field.dispatchEvent(new Event('change', { bubbles: true })); return field.value;";
    let arguments = [Value::from(css), Value::from(value)];
    assert_eq!(page.js(code, &arguments), Value::from(value), "{css}");
}

fn check(bed: &mut Bed, api: &str, path: &str, header: &str, filtered: &str) {
    let page = bed.page();
    page.open("");
    let base = format!("http://{}{path}", bed.model.host());
    connect(&page, api, &base, "ok");
    let mut wrong = Vec::new();
    for (model, end) in ROWS.iter().chain(&[("content-filter", filtered)]) {
        page.new_chat();
        page.choose(model);
        page.send("说说看");
        let shown = page.wait_for_reply(Duration::from_secs(20));
        let reply = page.stored_reply(&page.chat());
        // The address of Gemini names the model, so that the preflight is counted by it, too.
        let mut asked = bed.model.log().asked(model);
        asked.retain(|entry| entry.method == "POST");
        let sent = asked
            .last()
            .map(|entry| entry.text.clone())
            .unwrap_or_default();
        let text = reply["text"].as_str().unwrap_or_default();
        let whole = !matches!(*end, "complete" | "length" | "unknown") || text == sent;
        let quiet = !shown.all.contains(KEY) && !shown.text.contains("GHOST");
        if shown.end != *end || !whole || !quiet || asked.len() != 1 {
            wrong.push(format!(
                "{model}: {} instead of {end}, {} requests, {text:?} of {sent:?}",
                shown.end,
                asked.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let log = bed.model.log();
    let keyed = |entry: &e2e::server::Entry| {
        entry
            .headers
            .iter()
            .any(|(name, value)| name == header && value.contains(KEY))
    };
    for entry in log.entries() {
        assert!(
            !entry.path.contains(KEY),
            "a key in an address: {}",
            entry.path
        );
        assert!(
            entry.origin == Origin::Model,
            "another origin was asked: {}",
            entry.path
        );
        assert!(
            entry.method != "POST" || keyed(&entry),
            "{header} lacks the key"
        );
    }
}

fn doctor(bed: &mut Bed) {
    let page = bed.page();
    page.open("#/settings/connections/new");
    page.wait("#connection-api");
    page.fill("#connection-key", KEY);
    for (base, model, stopped) in [
        (bed.model.base(), "ok", "none"),
        (bed.model.base(), "http-401", "4"),
        (bed.model.base(), "http-404", "5"),
        (bed.model.base_of("no-cors"), "ok", "3"),
        ("http://127.0.0.1:1/v1".to_owned(), "ok", "2"),
        ("https://user@host/v1".to_owned(), "ok", "0"),
    ] {
        page.replace("#connection-base", &base);
        page.replace("#connection-model", model);
        page.click("#doctor-check");
        let at = wait_for("a finding", SOON, || {
            let code = "const busy = document.querySelector('#doctor-check').ariaBusy === 'true';
                if (busy || !document.querySelector('.finding')) return null;
                const steps = [...document.querySelectorAll('.line li')];
                const at = steps.findIndex(step => step.dataset.result === 'stopped');
                return at < 0 ? 'none' : String(at);";
            page.js(code, &[]).as_str().map(str::to_owned)
        });
        assert_eq!(at, stopped, "{base} {model}: {}", page.text(".finding"));
        assert!(!page.text("#doctor").contains(KEY));
    }
    assert_eq!(bed.model.log().leaks().len(), 0);
}
