//! The input frame on the composer: what is missing is seen, said and added without leaving the field, by keyboard, by
//! mouse, by touch and with an input method, in both languages.

mod compose;
mod touch;

use compose::{composing, really_composing};
use e2e::bed::{Bed, wait_for};
use e2e::browser::Engine;
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::Scenario;
use e2e::webdriver::{CONTROL, ENTER, SHIFT, TAB};
use serde_json::{Value, json};
use std::time::Duration;
use touch::{above_keys, by_touch};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere(
        "the_frame_closes_by_keyboard_and_the_question_goes",
        |bed| {
            by_keyboard(bed, &ZH);
        },
    ),
    Scenario::everywhere("the_frame_closes_in_english_by_keyboard", |bed| {
        by_keyboard(bed, &EN);
    }),
    Scenario::everywhere("the_frame_closes_by_mouse", |bed| by_mouse(bed, &ZH)),
    Scenario::everywhere("the_frame_closes_in_english_by_mouse", |bed| {
        by_mouse(bed, &EN);
    }),
    Scenario::chromium("the_frame_closes_by_touch", |bed| by_touch(bed, &ZH)),
    Scenario::chromium("the_frame_closes_in_english_by_touch", |bed| {
        by_touch(bed, &EN);
    }),
    Scenario::everywhere("the_frame_closes_with_an_input_method", |bed| {
        composing(bed, &ZH);
    }),
    Scenario::everywhere("the_frame_closes_in_english_with_an_input_method", |bed| {
        composing(bed, &EN);
    }),
    Scenario::chromium(
        "a_real_composition_leaves_the_frame_alone",
        really_composing,
    ),
    Scenario::chromium(
        "a_keyboard_on_the_screen_leaves_the_marks_in_sight",
        above_keys,
    ),
    Scenario::everywhere("marks_are_reached_by_the_arrow_keys", arrows),
    Scenario::everywhere("tab_leaves_a_field_that_has_nothing_for_it", no_trap),
    Scenario::everywhere("the_frame_is_hidden_by_one_key_and_stays_so", hidden),
    Scenario::everywhere("small_talk_is_left_alone", silent),
    Scenario::everywhere("a_frame_is_pinned_to_its_conversation", pinned),
    Scenario::everywhere("what_memory_knows_need_not_be_written", remembered),
];

const F8: &str = "\u{E038}";
const RIGHT: &str = "\u{E014}";

/// What is written in a language, and what the frame says to it.
struct Words {
    lang: Lang,
    /// A bare request, and how an input method comes to it.
    ask: &'static str,
    spelled: &'static str,
    /// The one hint that it gets.
    hint: &'static str,
    /// What is filled in for that one, and for the next.
    first: &'static str,
    second: &'static str,
    in_focus: &'static str,
}

const ZH: Words = Words {
    lang: Lang::Zh,
    ask: "帮我写个文案",
    spelled: "bang wo xie ge wen an",
    hint: "写什么",
    first: "新品咖啡",
    second: "早上五分钟就能喝到",
    in_focus: "已对焦",
};

const EN: Words = Words {
    lang: Lang::En,
    ask: "write a blog post",
    spelled: "write a blog pos",
    hint: "say what it is about",
    first: "rain in cities",
    second: "petrichor comes from bacteria",
    in_focus: "In focus",
};

/// A page in which the frame is drawn.
pub fn framed(bed: &Bed, lang: Lang) -> Page {
    let page = bed.page();
    page.open("");
    page.wait("vf-place .frame-name");
    page.set_language(lang);
    page.go("#/");
    page.wait("vf-place .frame-name");
    page
}

/// The same, with the caret in the field.
fn at_the_field(bed: &Bed, lang: Lang) -> Page {
    let page = framed(bed, lang);
    page.click("#composer");
    page
}

/// How the brackets stand.
fn stands(page: &Page, focus: &str) {
    page.wait_js(
        &format!("the frame is {focus}"),
        &format!("return document.querySelector('.composer').dataset.focus === '{focus}'"),
    );
}

/// How a mark stands, by its place.
fn mark(page: &Page, nth: usize, state: &str) {
    page.wait_js(
        &format!("mark {nth} is {state}"),
        &format!("return document.querySelectorAll('.slot')[{nth}]?.dataset.state === '{state}'"),
    );
}

/// The words for a slot are in, their blank is selected, and the field has the keyboard.
fn blank_is_selected(page: &Page) {
    page.wait_js(
        "the words are in and the blank is selected",
        "const f = document.getElementById('composer'); return f.value.slice(f.selectionStart, f.selectionEnd) === '___' && document.activeElement === f",
    );
}

/// The frame is closed, says so, and the question goes with all that was filled in.
fn goes(page: &Page, words: &Words, send: impl FnOnce(&Page)) {
    stands(page, "locked");
    page.wait_text(".focus-state", words.in_focus);
    send(page);
    page.wait_for_words();
    let sent = &page.messages()[0].text;
    let whole = [words.ask, words.first, words.second]
        .iter()
        .all(|part| sent.contains(part));
    assert!(whole && !sent.contains("___"), "{sent}");
    stands(page, "silent");
}

fn by_keyboard(bed: &mut Bed, words: &Words) {
    let page = framed(bed, words.lang);
    let active = || page.text_of("return document.activeElement.id", &[]);
    page.js("document.activeElement.blur()", &[]);
    for _ in 0..60 {
        if active() == "composer" {
            break;
        }
        done(page.session.press(&[TAB]));
    }
    assert_eq!(active(), "composer", "Tab leads to the field");
    done(page.session.type_keys(words.ask));
    stands(&page, "guiding");
    mark(&page, 0, "next");
    page.wait_text(".hint", words.hint);
    done(page.session.press(&[TAB]));
    // The blank is selected, so that typing fills it in.
    blank_is_selected(&page);
    mark(&page, 0, "stub");
    done(page.session.type_keys(words.first));
    mark(&page, 0, "filled");
    stands(&page, "nearly");
    wait_for("the next words are offered", SOON, || {
        page.has(".hint kbd").then_some(())
    });
    done(page.session.press(&[TAB]));
    blank_is_selected(&page);
    done(page.session.type_keys(words.second));
    goes(&page, words, |page| done(page.session.press(&[ENTER])));
}

fn by_mouse(bed: &mut Bed, words: &Words) {
    let page = at_the_field(bed, words.lang);
    page.type_into("#composer", words.ask);
    stands(&page, "guiding");
    page.click(".slot[data-state=next]");
    blank_is_selected(&page);
    // The browser's own undo takes them back, and nothing else.
    undo(bed, &page);
    page.wait_js(
        "undone",
        &format!(
            "return document.getElementById('composer').value === '{}'",
            words.ask
        ),
    );
    page.click(".slot[data-state=next]");
    blank_is_selected(&page);
    done(page.session.type_keys(words.first));
    mark(&page, 0, "filled");
    page.wait_js(
        "a mark shows the words that cover it",
        &format!("document.querySelector('.slot[data-state=filled]').dispatchEvent(new MouseEvent('mouseover', {{ bubbles: true }}));
         return CSS.highlights.has('frame-covers') && document.querySelector('.frame-under').textContent.startsWith('{}')", words.ask),
    );
    done(page.session.type_keys(" "));
    page.wait_js(
        "and no longer when the words change",
        "return !CSS.highlights.has('frame-covers') && document.querySelector('.frame-under').textContent === ''",
    );
    page.click(".slot[data-state=next]");
    blank_is_selected(&page);
    done(page.session.type_keys(words.second));
    goes(&page, words, |page| page.click("#send"));
}

/// One step back, as a person takes it. WebKitGTK has no key for it, not even for what was typed (its applications
/// bring one); there its own command is given.
fn undo(bed: &Bed, page: &Page) {
    match bed.engine {
        Engine::Webkit => {
            page.js("document.execCommand('undo')", &[]);
        }
        Engine::Chromium | Engine::Firefox => done(page.session.press(&[CONTROL, "z"])),
    }
}

fn arrows(bed: &mut Bed) {
    for words in [&ZH, &EN] {
        let page = at_the_field(bed, words.lang);
        page.replace("#composer", words.ask);
        mark(&page, 0, "next");
        done(page.session.press(&[SHIFT, TAB]));
        let on = |nth: &str| {
            let at = page.text_of("return document.activeElement.dataset.slot ?? ''", &[]);
            assert_eq!(at, nth);
        };
        on("0");
        done(page.session.press(&[RIGHT]));
        on("1");
        // A mark says by its name how it stands.
        let label = page.text_of(
            "return document.activeElement.getAttribute('aria-label')",
            &[],
        );
        let expected = match words.lang {
            Lang::Zh => "读者，还没写到",
            Lang::En => "Reader, missing",
        };
        assert_eq!(label, expected);
        done(page.session.press(&[ENTER]));
        blank_is_selected(&page);
        mark(&page, 1, "stub");
    }
}

fn no_trap(bed: &mut Bed) {
    let page = at_the_field(bed, Lang::En);
    let active = || page.text_of("return document.activeElement.id", &[]);
    page.type_into("#composer", "thanks");
    done(page.session.press(&[TAB]));
    assert_ne!(active(), "composer", "nothing to add: Tab goes on");
    page.replace("#composer", "write a blog post");
    mark(&page, 0, "next");
    done(page.session.press(&[TAB]));
    assert_eq!(active(), "composer");
    mark(&page, 0, "stub");
    done(page.session.press(&[TAB]));
    assert_ne!(active(), "composer", "beyond the last blank Tab goes on");
    page.click("#composer");
    done(page.session.press(&[SHIFT, TAB]));
    let back = page.js(
        "const f = document.getElementById('composer'); return document.activeElement !== f || f.selectionStart < f.value.length",
        &[],
    );
    assert_eq!(
        back,
        json!(true),
        "backwards it goes to the blank or to the marks"
    );
}

fn hidden(bed: &mut Bed) {
    let page = at_the_field(bed, Lang::Zh);
    page.type_into("#composer", "帮我写个文案");
    stands(&page, "guiding");
    done(page.session.press(&[F8]));
    page.wait_gone(".frame-name");
    stands(&page, "silent");
    page.wait_js(
        "it is remembered",
        "return !document.querySelector('.frame-name')",
    );
    wait_for("the mark is stored", SOON, || {
        page.stored("kv")
            .iter()
            .any(|row| row["name"] == "device.frame" && row["hidden"] == true)
            .then_some(())
    });
    page.reload();
    page.wait(".frame-under");
    assert!(!page.has(".frame-name"));
    page.click("#composer");
    done(page.session.press(&[F8]));
    page.wait(".frame-name");
}

fn silent(bed: &mut Bed) {
    let page = at_the_field(bed, Lang::Zh);
    for text in [
        "谢谢，很有帮助",
        "继续",
        "我喜欢下雨天",
        "ok thanks",
        "你好呀",
    ] {
        // It is silent before anything is judged, too; so it has something to say first.
        page.replace("#composer", "帮我写个文案");
        stands(&page, "guiding");
        page.replace("#composer", text);
        stands(&page, "silent");
        // And stays so once all of the text is judged, not only its first word.
        std::thread::sleep(Duration::from_millis(500));
        let seen = page.js(
            "return [document.querySelector('.composer').dataset.focus, document.querySelector('.hint').innerText.trim()]",
            &[],
        );
        assert_eq!(seen, json!(["silent", ""]), "{text}");
    }
}

fn pinned(bed: &mut Bed) {
    let page = framed(bed, Lang::En);
    page.click(".frame-name");
    page.click("#frame-menu [data-frame=x-post]");
    page.wait_text(".frame-name", "X post");
    page.ask("say something about our launch");
    wait_for("the pin is stored with the conversation", SOON, || {
        page.stored("conversations")
            .iter()
            .any(|row| row["frame"] == "x-post")
            .then_some(())
    });
    page.new_chat();
    page.wait_js(
        "a new conversation has none",
        "return document.querySelector('.frame-name')?.innerText.trim() === 'Frame'",
    );
    page.js("history.back()", &[]);
    page.wait_text(".frame-name", "X post");
    // The browser's own database was written by two programs: neither lost what the other wrote.
    page.reload();
    page.wait_text(".frame-name", "X post");
}

/// A preference as it is stored.
pub fn preference(page: &Page, row: &Value) {
    page.js(
        "const row = arguments[0]; const open = indexedDB.open('viewfinder');
         open.onsuccess = () => { const tx = open.result.transaction('memory', 'readwrite'); tx.objectStore('memory').put(row);
           tx.oncomplete = () => { open.result.close(); new BroadcastChannel('viewfinder').postMessage(JSON.stringify({ is: 'everything' })); }; }",
        std::slice::from_ref(row),
    );
}

fn remembered(bed: &mut Bed) {
    let page = at_the_field(bed, Lang::En);
    preference(
        &page,
        &json!({ "id": "p1", "topic": "friendly", "key": "friendly", "kind": "style", "strength": 1, "slot": "#tone", "status": "active", "lang": "en",
                 "said": [{ "words": "be friendly", "at": 1, "origin": "typed" }], "first_seen": 1, "last_seen": 1 }),
    );
    page.type_into("#composer", "write a blog post about rain");
    mark(&page, 3, "memory");
    let label = page.js(
        "return document.querySelectorAll('.slot')[3].getAttribute('aria-label')",
        &[],
    );
    assert_eq!(label, json!("Tone, from memory"));
}
