//! The main faults in the dialects other than chat completions, where their keys go, and that their doctor finds nothing.

use crate::faults::table::{Row, Says, complete, error, note, row};
use crate::faults::{KEY, Rows, begin, impatient, look, visit};
use crate::secrets;
use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON};
use e2e::run::Scenario;
use e2e::server::Origin;
use serde_json::Value;
use std::time::Duration;
use viewfinder::fault::Kind;
use viewfinder::reply::End;

pub const ALL: &[Scenario] = &[
    Scenario::chromium("main_faults_in_openai_responses", |bed| {
        check(bed, &RESPONSES);
    }),
    Scenario::chromium("main_faults_in_anthropic_messages", |bed| {
        check(bed, &MESSAGES);
    }),
    Scenario::chromium("main_faults_in_gemini", |bed| check(bed, &GEMINI)),
    Scenario::chromium("main_faults_in_ollama", |bed| check(bed, &OLLAMA)),
];

/// A dialect: its name in the form, the end of its base address, the header of its key, what is its own.
struct Dialect {
    api: &'static str,
    path: &'static str,
    header: &'static str,
    lang: Lang,
    rows: &'static [Row],
    /// Input, output, cached and reasoning tokens of 900 sent, 600 of them cached, and 120 received, 20 of them thought.
    usage: [u64; 4],
}

const RESPONSES: Dialect = Dialect {
    api: "responses",
    path: "/v1",
    header: "authorization",
    lang: Lang::Zh,
    rows: &[
        row(
            "content-filter",
            End::Filtered,
            Says::Note,
            &["content_filter"],
        ),
        row("blocked", End::Filtered, Says::Note, &["content_filter"]),
        note("refusal", End::Refused),
        note("done-no-finish", End::Cut),
        error("overloaded-mid", Kind::Overloaded, BUSY),
        error("error-mid", Kind::Provider, FAILED),
        row("garbage-json", End::Complete, Says::Garbled(2), &[]),
    ],
    usage: [900, 120, 600, 20],
};

const MESSAGES: Dialect = Dialect {
    api: "messages",
    path: "/v1",
    header: "x-api-key",
    lang: Lang::En,
    rows: &[
        row("content-filter", End::Refused, Says::Note, &["refusal"]),
        row("blocked", End::Refused, Says::Note, &["refusal"]),
        note("done-no-finish", End::Unknown),
        error("overloaded-mid", Kind::Overloaded, BUSY),
        error("error-mid", Kind::Provider, FAILED),
        row("garbage-json", End::Complete, Says::Garbled(2), &[]),
    ],
    // What was thought is a part of what was written, and is not told apart.
    usage: [900, 120, 600, 0],
};

const GEMINI: Dialect = Dialect {
    api: "streamGenerateContent",
    path: "/v1beta",
    header: "x-goog-api-key",
    lang: Lang::Zh,
    rows: &[
        row("content-filter", End::Filtered, Says::Note, &["SAFETY"]),
        row(
            "blocked",
            End::Filtered,
            Says::Note,
            &["PROHIBITED_CONTENT"],
        ),
        note("done-no-finish", End::Cut),
        error("overloaded-mid", Kind::Overloaded, BUSY),
        error("error-mid", Kind::Server, FAILED),
        row("garbage-json", End::Complete, Says::Garbled(2), &[]),
    ],
    usage: [900, 120, 600, 20],
};

const OLLAMA: Dialect = Dialect {
    api: "api/chat",
    path: "",
    header: "authorization",
    lang: Lang::En,
    rows: &[
        row(
            "content-filter",
            End::Filtered,
            Says::Note,
            &["content_filter"],
        ),
        row("blocked", End::Filtered, Says::Note, &["content_filter"]),
        note("done-no-finish", End::Cut),
        error("overloaded-mid", Kind::Provider, BUSY),
        error("error-mid", Kind::Provider, FAILED),
        row("garbage-json", End::Complete, Says::Garbled(1), &[]),
    ],
    usage: [900, 120, 0, 0],
};

const FAILED: &[&str] = &["The engine failed on the way."];
const BUSY: &[&str] = &["Overloaded, come back later."];

/// The rows that hold in every dialect.
const ROWS: &[Row] = &[
    complete("ok"),
    complete("reasoning"),
    complete("think-tags"),
    complete("strange-events"),
    complete("json-array"),
    complete("usage-parts"),
    complete("late-data"),
    note("length", End::Length),
    note("pause", End::Paused),
    row("unknown-finish", End::Unknown, Says::Note, &["cosmic_ray"]),
    row("tool-call", End::Tool, Says::Note, &["save_memory"]),
    note("eof-clean-mid", End::Cut),
    note("cut-rst", End::Cut),
    note("zero-token", End::Empty),
    note("reasoning-only", End::Empty),
    note("empty-200", End::Empty),
    error("http-400", Kind::BadRequest, &["HTTP 400", "frobnicate"]),
    error(
        "http-401",
        Kind::KeyRefused,
        &["HTTP 401", "Incorrect API key"],
    ),
    error("http-404", Kind::NotFound, &["HTTP 404", "does not exist"]),
    error(
        "http-429-quota",
        Kind::NoBalance,
        &["HTTP 429", "exceeded your current quota"],
    ),
    error("auth-echo", Kind::KeyRefused, &["HTTP 401", "•••"]),
    error("html-200", Kind::NotApi, &["the upstream is gone"]),
    error("redirect-307", Kind::Unreachable, &[]),
    error("redirect-cross", Kind::Unreachable, &[]),
];

/// Those that are tried twice again.
const TRIED_AGAIN: &[Row] = &[
    error("http-529", Kind::Overloaded, &["HTTP 529", "Overloaded."]),
    error(
        "http-429",
        Kind::RateLimited,
        &["HTTP 429", "Retry-After: not exposed"],
    ),
];

fn check(bed: &mut Bed, dialect: &Dialect) {
    let page = impatient(bed, dialect.lang);
    let base = format!("http://{}{}", bed.model.host(), dialect.path);
    connect(&page, dialect.api, &base);
    let mut rows = Rows::default();
    // What waits between its tries waits while the others go on.
    let slow: Vec<_> = TRIED_AGAIN
        .iter()
        .map(|row| (row, begin(&page, row)))
        .collect();
    for row in ROWS.iter().chain(dialect.rows) {
        rows.check(row, || {
            let chat = begin(&page, row);
            page.wait_for_reply(Duration::from_secs(20));
            look(bed, &page, row, &chat, dialect.lang);
            assert_eq!(questions(bed, row.model), 1, "requests");
            told_apart(&page, row.model, &chat, dialect);
        });
    }
    for (row, chat) in &slow {
        rows.check(row, || {
            visit(&page, row, chat);
            page.wait_for_reply(Duration::from_secs(20));
            look(bed, &page, row, chat, dialect.lang);
            assert_eq!(questions(bed, row.model), 3, "requests");
        });
    }
    rows.end();
    stops(bed, &page);
    makes_a_case(&page);
    well(&page);
    keys_stay(bed, dialect.header);
    secrets::nowhere(&page, KEY);
}

/// How often a model was asked. An address that names the model counts the preflights by it, too.
fn questions(bed: &Bed, model: &str) -> usize {
    let asked = bed.model.log().asked(model);
    asked.iter().filter(|entry| entry.method == "POST").count()
}

/// Thinking is kept apart from the answer, no word of what is nobody's is, and tokens are counted once.
#[track_caller]
fn told_apart(page: &Page, model: &str, chat: &str, dialect: &Dialect) {
    let stored = page.stored_reply(chat);
    assert!(!stored.to_string().contains("GHOST"), "{model}: {stored}");
    match model {
        "reasoning" | "think-tags" => {
            let thought = stored["reasoning"].as_str().unwrap_or_default().trim();
            assert_eq!(thought, "先看题目，再想一想，答案清楚了。", "{model}");
        }
        "usage-parts" => {
            let names = ["input", "output", "cached", "reasoning"];
            let counts = names.map(|name| stored["usage"][name].as_u64().unwrap_or(0));
            assert_eq!(counts, dialect.usage, "{}", stored["usage"]);
        }
        _ => {}
    }
}

/// A click stops the request at the server, too, and what came stays.
#[track_caller]
fn stops(bed: &Bed, page: &Page) {
    let model = "ok:n=2000,delay=20";
    page.new_chat();
    page.choose(model);
    page.send("停在半路");
    page.wait_for_words();
    page.click("#stop");
    let reply = page.wait_for_reply(SOON);
    assert!(
        reply.end == "stopped" && !reply.text.is_empty(),
        "{reply:?}"
    );
    wait_for("the server sees the abort", SOON, || {
        let asked = bed.model.log().asked(model);
        asked
            .iter()
            .any(|entry| entry.aborted.is_some())
            .then_some(())
    });
}

/// A bad case of a reply that broke off: no key may be in it.
#[track_caller]
fn makes_a_case(page: &Page) {
    page.new_chat();
    page.choose("eof-clean-mid");
    page.ask("说到一半");
    page.poke("article:last-of-type [data-action=rest]");
    wait_for("a case is kept", SOON, || {
        (!page.stored("cases").is_empty()).then_some(())
    });
    page.wait_for_reply(SOON);
}

/// The list of models comes in the dialect's own way, and the doctor finds nothing.
#[track_caller]
fn well(page: &Page) {
    page.go("#/settings/connections");
    page.click(".connections a.connection:not([href$='/demo'])");
    page.click("#connection-fetch");
    page.wait_text("#connection-said", &e2e::faults::ALL.len().to_string());
    page.click("#doctor-check");
    assert_eq!(stopped(page), "none", "{}", page.text("#doctor"));
}

/// A key came with every request, in the header of its dialect and nowhere else, and to one origin.
#[track_caller]
fn keys_stay(bed: &Bed, header: &str) {
    for entry in bed.model.log().entries() {
        let path = &entry.path;
        assert_eq!(
            entry.origin,
            Origin::Model,
            "another origin was asked: {path}"
        );
        assert!(
            !path.contains(KEY) && !entry.body.contains(KEY),
            "a key in {path}"
        );
        let with: Vec<_> = entry
            .headers
            .iter()
            .filter(|(_, value)| value.contains(KEY))
            .collect();
        let wanted = usize::from(entry.method != "OPTIONS");
        assert_eq!(with.len(), wanted, "{} {path}: {with:?}", entry.method);
        assert!(with.iter().all(|(name, _)| name == header), "{with:?}");
    }
}

/// Makes a connection by the form.
#[track_caller]
fn connect(page: &Page, api: &str, base: &str) {
    page.go("#/settings/connections/new");
    page.wait("#connection-api");
    choose(page, "#connection-api", api);
    page.fill("#connection-base", base);
    page.fill("#connection-key", KEY);
    page.fill("#connection-model", "ok");
    page.click("#connection-save");
    page.wait("#connection-delete");
    page.go("#/");
    page.wait("#composer");
}

#[track_caller]
fn choose(page: &Page, css: &str, value: &str) {
    let code = "const field = document.querySelector(arguments[0]); field.value = arguments[1];
        field.dispatchEvent(new Event('change', { bubbles: true })); return field.value;";
    let arguments = [Value::from(css), Value::from(value)];
    assert_eq!(page.js(code, &arguments), Value::from(value), "{css}");
}

/// The step at which the doctor stopped, by its number; `none` where it did not.
#[track_caller]
pub fn stopped(page: &Page) -> String {
    wait_for("a finding", SOON, || {
        let code = "const busy = document.querySelector('#doctor-check').ariaBusy === 'true';
            if (busy || !document.querySelector('.finding')) return null;
            const steps = [...document.querySelectorAll('.line li')];
            const at = steps.findIndex(step => step.dataset.result === 'stopped');
            return at < 0 ? 'none' : String(at);";
        page.js(code, &[]).as_str().map(str::to_owned)
    })
}
