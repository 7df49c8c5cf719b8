//! The connection doctor: where it stops, what it says, and the remedy that it has.

use crate::dialects::stopped;
use e2e::bed::Bed;
use e2e::page::{Lang, Page};
use e2e::run::Scenario;
use viewfinder::doctor::{Finding, PATIENCE};
use viewfinder::fault::{Fault, Kind};
use viewfinder::i18n::{self, doctor};

pub const ALL: &[Scenario] = &[
    Scenario::chromium("the_doctor_tells_what_it_can", tells),
    Scenario::chromium("the_doctor_has_the_line_that_lets_this_page_in", remedy),
    Scenario::chromium("the_doctor_comes_after_a_failure", after_failure),
    Scenario::chromium("the_doctor_waits_only_so_long", patience),
];

const KEY: &str = "sk-e2e-Doctor0123456789abcdef";

fn fault(kind: Kind) -> Finding {
    Finding::Fault(Fault {
        kind,
        ..Fault::default()
    })
}

/// Address, model, the step at which it stops, and what is found.
fn rows(bed: &Bed) -> Vec<(String, &'static str, &'static str, Finding)> {
    let base = bed.model.base();
    let at = |fault| bed.model.base_of(fault);
    vec![
        (base.clone(), "ok", "none", Finding::Works),
        // It thinks until its few tokens are used up.
        (base.clone(), "length", "none", Finding::Works),
        (base.clone(), "zero-token", "5", Finding::Wordless),
        (base.clone(), "empty-200", "5", Finding::Wordless),
        (base.clone(), "redirect-307", "5", Finding::QuestionLost),
        (base.clone(), "http-401", "4", fault(Kind::KeyRefused)),
        (base.clone(), "auth-echo", "4", fault(Kind::KeyRefused)),
        (base.clone(), "http-402", "5", fault(Kind::NoBalance)),
        (base.clone(), "http-403", "5", fault(Kind::Forbidden)),
        (base.clone(), "http-404", "5", fault(Kind::NotFound)),
        (base.clone(), "http-429", "5", fault(Kind::RateLimited)),
        (base.clone(), "http-429-quota", "5", fault(Kind::NoBalance)),
        (base.clone(), "http-503", "5", fault(Kind::Overloaded)),
        (base.clone(), "error-mid", "5", fault(Kind::Provider)),
        (at("html-200"), "ok", "3", fault(Kind::NotApi)),
        (at("no-cors"), "ok", "3", Finding::Hidden),
        (at("preflight-403"), "ok", "3", Finding::HeaderRefused),
        (at("preflight-no-auth"), "ok", "3", Finding::HeaderRefused),
        (at("redirect-cross"), "ok", "3", Finding::Redirected),
        // A login page without permission for the page: the redirect itself is hidden.
        (at("redirect-302"), "ok", "3", Finding::Hidden),
        (at("reset-on-accept"), "ok", "2", Finding::NoAnswer),
        (
            "http://127.0.0.1:1/v1".to_owned(),
            "ok",
            "2",
            Finding::NoAnswer,
        ),
        (
            "https://user@host/v1".to_owned(),
            "ok",
            "0",
            fault(Kind::BadAddress),
        ),
        (
            "ftp://host/v1".to_owned(),
            "ok",
            "0",
            fault(Kind::BadAddress),
        ),
    ]
}

fn form(page: &Page, lang: Lang) {
    page.open("");
    page.set_language(lang);
    page.go("#/settings/connections/new");
    page.fill("#connection-key", KEY);
}

fn tells(bed: &mut Bed) {
    for (lang, words) in [(Lang::Zh, i18n::Lang::Zh), (Lang::En, i18n::Lang::En)] {
        let page = bed.page();
        form(&page, lang);
        let mut wrong = Vec::new();
        let mut rows = rows(bed);
        if lang == Lang::En {
            rows.dedup_by(|row, before| row.3 == before.3);
        }
        for (base, model, at, finding) in rows {
            page.replace("#connection-base", &base);
            page.replace("#connection-model", model);
            page.click("#doctor-check");
            let found = stopped(&page);
            let (title, _) = doctor::finding(words, &finding, "", "");
            let said = page.text("#doctor");
            if found != at || !said.contains(&title) || said.contains(KEY) {
                wrong.push(format!("{base} {model}: at {found}: {said}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    assert_eq!(
        bed.model.log().leaks().len(),
        0,
        "nothing follows a redirect"
    );
    for entry in bed.model.log().entries() {
        assert!(!entry.path.contains(KEY) && !entry.body.contains(KEY));
    }
}

/// Something that answers like Ollama where this page may not read it.
fn remedy(bed: &mut Bed) {
    let page = bed.page();
    form(&page, Lang::En);
    page.js(
        "const field = document.querySelector('#connection-api'); field.value = 'api/chat'; field.dispatchEvent(new Event('change', { bubbles: true }))",
        &[],
    );
    let base = bed.model.base_of("no-cors");
    page.fill("#connection-base", base.trim_end_matches("/v1"));
    page.click("#doctor-check");
    assert_eq!(stopped(&page), "3", "{}", page.text("#doctor"));
    let root = bed.files.root();
    let origin = root.trim_end_matches('/');
    page.wait_text(
        ".remedy",
        &format!("Environment=\"OLLAMA_ORIGINS={origin}\""),
    );
    page.wait_text(".knows", "without reading the answer (no-cors)");
    page.wait_text(".knows", "which origins it allows");
}

fn after_failure(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::Zh);
    page.connect(&bed.model.base(), "http-402", KEY);
    page.ask("余额够吗");
    page.click("article:last-of-type .fault a.button");
    // It begins by itself.
    assert_eq!(stopped(&page), "5");
    page.wait_text(".finding", "账户没有余额了");
    page.wait_text(".finding", "Insufficient Balance");
}

fn patience(bed: &mut Bed) {
    let page = bed.page();
    form(&page, Lang::Zh);
    page.fill("#connection-base", &bed.model.base_of("hang-headers"));
    // Its clock runs fast, and no other.
    page.js(
        "const real = window.setTimeout; const own = arguments[0] * 1000;
         window.setTimeout = (act, ms, ...more) => real(act, ms === own ? 4000 : ms, ...more)",
        &[PATIENCE.into()],
    );
    page.click("#doctor-check");
    page.wait_text("#doctor-check", "正在诊断");
    assert_eq!(stopped(&page), "2", "{}", page.text("#doctor"));
    let (title, text) = doctor::finding(i18n::Lang::Zh, &Finding::Silent, &bed.model.host(), "");
    page.wait_text(".finding", &title);
    page.wait_text(".finding", &text);
}
