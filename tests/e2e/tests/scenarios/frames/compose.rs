//! With an input method: nothing moves while it is at work, and what it has written counts as what is typed.

use super::{EN, Words, ZH, at_the_field, blank_is_selected, goes, stands};
use e2e::bed::Bed;
use e2e::page::{Page, done};
use e2e::webdriver::{ENTER, TAB};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// What an input method does: `arguments[0]` is what it shows, `arguments[1]` whether that is final. It begins where the
/// selection is, and replaces it.
const COMPOSE: &str = "
    const field = document.getElementById('composer');
    const [words, over] = arguments;
    const fire = (type) => field.dispatchEvent(new CompositionEvent(type, { bubbles: true, data: words }));
    if (!window.composed) { window.composed = [field.selectionStart, field.selectionEnd]; fire('compositionstart'); }
    fire('compositionupdate');
    field.setRangeText(words, ...window.composed, 'end');
    window.composed[1] = window.composed[0] + words.length;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true, inputType: 'insertCompositionText', data: words }));
    if (over) {
      window.composed = null;
      fire('compositionend');
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: words }));
    }";

/// How everything stands that must not move: brackets, marks, hint, text and caret.
fn everything(page: &Page) -> Value {
    page.js(
        "const f = document.getElementById('composer'); return [document.querySelector('.composer').dataset.focus,
           [...document.querySelectorAll('.slot')].map((s) => s.dataset.state).join(), document.querySelector('.hint').innerText,
           f.value, f.selectionStart, f.selectionEnd, document.activeElement.id]",
        &[],
    )
}

/// Nothing moves for longer than the brackets ever wait.
fn keeps_still(page: &Page) {
    let before = everything(page);
    let until = Instant::now() + Duration::from_millis(1_400);
    while Instant::now() < until {
        assert_eq!(everything(page), before);
    }
}

pub fn composing(bed: &mut Bed, words: &Words) {
    let page = at_the_field(bed, words.lang);
    let compose = |words: &str, over: bool| page.js(COMPOSE, &[json!(words), json!(over)]);
    compose(words.spelled, false);
    keeps_still(&page);
    compose(words.ask, false);
    keeps_still(&page);
    // Tab and Enter belong to the input method.
    for key in ["Tab", "Enter"] {
        let left = page.js(
            "const e = new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true, isComposing: true }); return document.getElementById('composer').dispatchEvent(e)",
            &[json!(key)],
        );
        assert_eq!(left, json!(true), "{key}");
    }
    compose(words.ask, true);
    stands(&page, "guiding");
    page.wait_text(".hint", words.hint);
    for filled in [words.first, words.second] {
        page.wait(".hint kbd");
        done(page.session.press(&[TAB]));
        blank_is_selected(&page);
        // Half of it says enough already, and still nothing moves.
        compose(filled, false);
        keeps_still(&page);
        // Nor does a mark put words into the middle of it.
        page.js(
            "document.querySelector('.slot[data-state=empty]')?.click()",
            &[],
        );
        keeps_still(&page);
        compose(filled, true);
    }
    goes(&page, words, |page| done(page.session.press(&[ENTER])));
}

pub fn really_composing(bed: &mut Bed) {
    for words in [&ZH, &EN] {
        let page = at_the_field(bed, words.lang);
        let compose = |text: &str| {
            let end = text.chars().count();
            let shown = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
            done(page.session.cdp("Input.imeSetComposition", &shown));
        };
        let commit = |text: &str| {
            done(
                page.session
                    .cdp("Input.insertText", &json!({ "text": text })),
            )
        };
        compose(words.spelled);
        keeps_still(&page);
        compose(words.ask);
        keeps_still(&page);
        commit(words.ask);
        stands(&page, "guiding");
        for filled in [words.first, words.second] {
            page.wait(".hint kbd");
            done(page.session.press(&[TAB]));
            blank_is_selected(&page);
            compose(filled);
            keeps_still(&page);
            commit(filled);
        }
        goes(&page, words, |page| done(page.session.press(&[ENTER])));
    }
}
