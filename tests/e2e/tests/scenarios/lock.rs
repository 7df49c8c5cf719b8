//! Keys behind a passphrase.

use crate::data::backup;
use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::Scenario;
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("a_locked_key_is_asked_for_once_and_stands_nowhere", asked),
    Scenario::everywhere("a_forgotten_passphrase_costs_the_keys_alone", forgotten),
    Scenario::chromium("a_lock_is_changed_and_taken_off", changed),
    Scenario::chromium("one_tab_locks_all", tabs),
];

const SECRET: &str = "sk-e2e-Behind0123456789";
const PASSPHRASE: &str = "一把够长的口令 1";

/// Puts text into a field of the sheet, as a paste would: input methods are not for passphrases.
fn put(page: &Page, css: &str, text: &str) {
    page.wait(css);
    page.js(
        "const field = document.querySelector(arguments[0]); field.value = arguments[1]; field.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        &[json!(css), json!(text)],
    );
}

fn wait_closed(page: &Page) {
    page.wait("#lock-sheet:not([open])");
}

/// Gives the sheet a new passphrase.
fn set(page: &Page, passphrase: &str) {
    put(page, "#lock-new", passphrase);
    put(page, "#lock-again", passphrase);
    page.poke("#lock-sheet [type=submit]");
    wait_closed(page);
}

/// Locks the keys, by the button in the settings.
fn lock(page: &Page) {
    page.go("#/settings/connections");
    page.click("#keys-lock");
    set(page, PASSPHRASE);
}

/// Gives the sheet a passphrase.
fn give(page: &Page, passphrase: &str) {
    page.wait("#lock-sheet[open]");
    put(page, "#lock-passphrase", passphrase);
    page.poke("#lock-sheet [type=submit]");
}

fn sends(page: &Page, text: &str) {
    page.fill("#composer", text);
    page.click("#send");
}

/// Everything that is stored and everything that the page shows, without the server's side.
fn all_of(page: &Page) -> String {
    let mut all = String::new();
    for store in [
        "conversations",
        "messages",
        "drafts",
        "connections",
        "kv",
        "keys",
        "cases",
    ] {
        all += &Value::from(page.stored(store)).to_string();
    }
    let shown = page.text_of(
        "const fields = [...document.querySelectorAll('input, textarea')].map((field) => field.value);\
         return [document.documentElement.outerHTML, ...fields, JSON.stringify(performance.getEntries()),\
                 JSON.stringify({ ...localStorage, ...sessionStorage }), document.title, location.href].join('\\n')",
        &[],
    );
    all + &shown
}

/// The ways in which a text could be written down.
fn forms(text: &str) -> [String; 3] {
    let hex = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let percent = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    [text.to_owned(), hex, percent]
}

fn stands_nowhere(page: &Page, text: &str) {
    let all = all_of(page);
    for form in forms(text) {
        assert!(!all.contains(&form), "{form} is to be seen");
    }
    let console = page.session.console().unwrap_or_default();
    assert!(
        !console.iter().any(|line| line.contains(text)),
        "{console:?}"
    );
}

fn asked(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    page.connect(&bed.model.base(), "ok", SECRET);
    lock(&page);
    wait_for("the key is locked", SOON, || {
        let keys = page.stored("keys");
        (keys[0]["sealed"].is_string() && keys[0]["key"].is_null()).then_some(())
    });
    stands_nowhere(&page, SECRET);
    stands_nowhere(&page, PASSPHRASE);
    page.reload();
    page.go("#/");
    sends(&page, "before the passphrase");
    page.wait("#lock-sheet[open]");
    assert!(page.text("#lock-sheet").contains("e2e"), "whose key it is");
    page.poke("#lock-sheet .panel-title button");
    page.wait_text(".notices", "nothing was sent");
    assert_eq!(page.value("#composer"), "before the passphrase");
    assert!(bed.model.log().asked("ok").is_empty(), "nothing was sent");

    page.click("#send");
    give(&page, "another passphrase");
    page.wait_text("#lock-sheet [role=alert]", "not the passphrase");
    stands_nowhere(&page, SECRET);
    give(&page, PASSPHRASE);
    assert_eq!(page.wait_for_reply(SOON).end, "complete");
    assert_eq!(page.ask("and once more").end, "complete");
    assert!(!page.has("#lock-sheet[open]"), "it is asked for once");
    let sent = bed.model.log().asked("ok");
    let with_key = |header: Option<&str>| header == Some(&format!("Bearer {SECRET}"));
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|one| with_key(one.header("authorization"))));
    stands_nowhere(&page, SECRET);
    stands_nowhere(&page, PASSPHRASE);
}

fn forgotten(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::Zh);
    page.connect(&bed.model.base(), "ok", SECRET);
    page.ask("留着");
    page.stored_reply(&page.chat());
    lock(&page);
    page.reload();
    let before = [
        page.stored("conversations"),
        page.stored("messages"),
        page.stored("connections"),
    ];
    page.go("#/settings/connections");
    page.wait_text("#keys-lock", "已锁");
    page.click("#keys-lock");
    page.poke("#lock-sheet form .button:not([type=submit])");
    page.wait("#lock-sheet .button-loss");
    assert!(
        page.text("#lock-sheet")
            .contains("对话、记忆、连接和设置都留着")
    );
    page.poke("#lock-sheet .button-loss");
    wait_closed(&page);
    wait_for("the keys are gone", SOON, || {
        page.stored("keys").is_empty().then_some(())
    });
    let after = [
        page.stored("conversations"),
        page.stored("messages"),
        page.stored("connections"),
    ];
    assert_eq!(before, after, "everything else stays");
    page.wait_text("#keys-lock", "用口令锁住");
    page.go("#/");
    assert_eq!(page.ask("没有密钥").end, "complete");
    let last = bed.model.log().asked("ok").pop();
    assert!(last.is_some_and(|entry| entry.header("authorization").is_none()));
}

fn changed(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    page.connect(&bed.model.base(), "ok", SECRET);
    lock(&page);
    let first = page.stored("keys");
    let file = backup(&page, true);
    assert!(
        file.contains("\"sealed\"") && !file.contains(SECRET),
        "locked in a backup too"
    );
    assert!(
        page.text("main").contains("stay locked"),
        "and that is said"
    );
    // A new passphrase.
    page.go("#/settings/connections");
    page.click("#keys-lock");
    page.poke("#lock-sheet .actions .button:nth-child(2)");
    set(&page, "quite another one");
    wait_for("it is locked anew", SOON, || {
        (page.stored("keys") != first).then_some(())
    });
    page.reload();
    // A key that is typed while the others are locked is locked, too.
    page.go("#/settings/connections");
    page.click(".connections a.connection:not([href$='/demo'])");
    page.fill("#connection-key", "sk-e2e-typed-later");
    page.click("#connection-save");
    give(&page, PASSPHRASE);
    page.wait_text("#lock-sheet [role=alert]", "not the passphrase");
    give(&page, "quite another one");
    page.wait_text("#connection-said", "Saved");
    stands_nowhere(&page, "sk-e2e-typed-later");
    page.go("#/");
    page.ask("with the new key");
    let last = bed.model.log().asked("ok").pop();
    let header = last.and_then(|entry| entry.header("authorization").map(str::to_owned));
    assert_eq!(header.as_deref(), Some("Bearer sk-e2e-typed-later"));
    // In clear again.
    page.go("#/settings/connections");
    page.click("#keys-lock");
    page.poke("#lock-sheet .actions .button:nth-child(1)");
    wait_for("it is stored in clear", SOON, || {
        (page.stored("keys")[0]["key"] == "sk-e2e-typed-later").then_some(())
    });
    page.wait_text("#keys-lock", "Lock keys");
}

fn tabs(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    page.connect(&bed.model.base(), "ok", SECRET);
    lock(&page);
    let here = done(page.session.tab());
    let there = done(page.session.new_tab());
    done(page.session.switch_to(&there));
    page.open("#/settings/connections");
    page.wait_text("#keys-lock", "Keys locked");
    page.click("#keys-lock");
    give(&page, PASSPHRASE);
    wait_closed(&page);
    page.wait_text("#keys-lock", "Keys unlocked");
    done(page.session.switch_to(&here));
    page.wait_text("#keys-lock", "Keys unlocked");
    page.click("#keys-lock");
    page.poke("#lock-sheet .button-ink");
    page.wait_text("#keys-lock", "Keys locked");
    done(page.session.switch_to(&there));
    page.wait_text("#keys-lock", "Keys locked");
}
