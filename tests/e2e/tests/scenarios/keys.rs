//! What keys do: Enter and its exceptions, shortcuts, the help sheet.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON, done};
use e2e::run::Scenario;
use e2e::webdriver::{CONTROL, ENTER, ESCAPE, SHIFT};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("enter_of_an_input_method_does_not_send", composition),
    Scenario::everywhere("enter_sends_and_shift_enter_breaks_the_line", enter),
    Scenario::chromium("a_real_composition_does_not_send", real_composition),
    Scenario::chromium("enter_can_be_set_to_break_the_line", enter_breaks),
    Scenario::chromium("shortcuts_and_the_help_sheet", shortcuts),
];

/// The events of an input method, in the order of Chromium and Firefox, and in that of Safari, where the
/// composition is over before the key that ends it and only the key code tells.
const COMPOSE: &str = "
    const field = document.getElementById('composer');
    field.focus();
    const fire = (type, init) => field.dispatchEvent(new CompositionEvent(type, { bubbles: true, ...init }));
    const input = (text, isComposing) => { field.value = text; field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing })); };
    const enter = (isComposing, keyCode) => {
      const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, key: 'Enter', code: 'Enter', isComposing });
      Object.defineProperty(event, 'keyCode', { get: () => keyCode });
      return field.dispatchEvent(event);
    };
    fire('compositionstart', { data: '' });
    fire('compositionupdate', { data: 'ni hao' });
    input('ni hao', true);
    let allowed;
    if (arguments[0] === 'safari') {
      fire('compositionend', { data: '你好' });
      input('你好', false);
      allowed = enter(false, 229);
    } else {
      allowed = enter(true, 229);
      fire('compositionend', { data: '你好' });
      input('你好', false);
    }
    return allowed;";

fn composition(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    for order in ["chromium", "safari"] {
        let allowed = page.js(COMPOSE, &[json!(order)]);
        assert_eq!(
            allowed,
            json!(true),
            "{order}: the key is left to the input method"
        );
        stays_unsent(&page, "你好");
        page.js("const f = document.getElementById('composer'); f.value = ''; f.dispatchEvent(new InputEvent('input', { bubbles: true }))", &[]);
    }
    page.send_by_key("你好");
    assert_eq!(page.messages()[0].text, "你好");
}

/// Nothing was sent, and stays so for as long as a turn would need to show.
fn stays_unsent(page: &Page, text: &str) {
    let until = Instant::now() + Duration::from_millis(300);
    while Instant::now() < until {
        assert!(page.messages().is_empty(), "a composition sent the message");
        assert_eq!(page.value("#composer"), text);
    }
}

fn enter(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    // Keys that are held are let go of at the end of a call, in every driver.
    page.type_into("#composer", "one");
    page.type_into("#composer", &format!("{SHIFT}{ENTER}"));
    page.type_into("#composer", "two");
    assert_eq!(page.value("#composer"), "one\ntwo");
    assert!(page.messages().is_empty());
    page.type_into("#composer", ENTER);
    page.replied_after(0);
    assert_eq!(page.stored_messages(&page.chat())[0]["text"], "one\ntwo");
    wait_for("the field is empty", SOON, || {
        page.value("#composer").is_empty().then_some(())
    });
    page.wait_for_reply(SOON);
    // Nothing but space is no message.
    page.type_into("#composer", &format!("  {ENTER}"));
    page.wait("#send");
    assert_eq!(page.messages().len(), 2);
}

fn real_composition(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.click("#composer");
    let cdp = |command: &str, parameters: Value| done(page.session.cdp(command, &parameters));
    cdp(
        "Input.imeSetComposition",
        json!({ "text": "ni hao", "selectionStart": 6, "selectionEnd": 6 }),
    );
    for kind in ["rawKeyDown", "keyUp"] {
        cdp(
            "Input.dispatchKeyEvent",
            json!({ "type": kind, "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229 }),
        );
    }
    cdp("Input.insertText", json!({ "text": "你好" }));
    stays_unsent(&page, "你好");
    page.type_into("#composer", ENTER);
    page.replied_after(0);
    assert_eq!(page.messages()[0].text, "你好");
}

fn enter_breaks(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.go("#/settings");
    page.poke("#enter-1");
    page.go("#/");
    page.type_into("#composer", &format!("one{ENTER}two"));
    assert_eq!(page.value("#composer"), "one\ntwo");
    page.type_into("#composer", &format!("{CONTROL}{ENTER}"));
    page.replied_after(0);
}

fn shortcuts(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.ask("你好");
    let press = |keys: &[&str]| done(page.session.press(keys));
    let focus =
        |id: &str| page.wait_js(id, &format!("return document.activeElement?.id === '{id}'"));
    page.js("document.activeElement?.blur()", &[]);
    press(&["/"]);
    focus("search");
    press(&[CONTROL, SHIFT, "l"]);
    focus("composer");
    page.js("document.activeElement?.blur()", &[]);
    press(&["?"]);
    page.wait("#help[open]");
    assert!(page.text("#help").contains("Shift+Enter"));
    press(&[ESCAPE]);
    page.wait_gone("#help[open]");
    press(&[CONTROL, SHIFT, "r"]);
    page.wait_text("article[data-role=assistant] .branch .figure", "2/2");
    page.wait_for_reply(SOON);
    press(&[CONTROL, "k"]);
    page.wait_gone("article.message");
    press(&[CONTROL, ","]);
    page.wait("#language-0");
    // Escape stops a reply wherever the focus is.
    page.connect(&bed.model.base(), "ok:n=2000,delay=20", "");
    page.send("写长一点");
    page.wait_for_words();
    press(&[ESCAPE]);
    assert_eq!(page.wait_for_reply(SOON).end, "stopped");
}
