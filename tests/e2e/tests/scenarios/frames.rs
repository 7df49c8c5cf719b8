//! The input frame: what is missing is seen, said and added without leaving the field, by mouse, touch and keyboard.

use e2e::bed::{Bed, wait_for};
use e2e::browser::Engine;
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::Scenario;
use e2e::webdriver::{CONTROL, ENTER, SHIFT, TAB};
use serde_json::{Value, json};
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario::everywhere(
        "the_frame_closes_by_keyboard_and_the_question_goes",
        by_keyboard,
    ),
    Scenario::everywhere("the_frame_closes_in_english_by_mouse", by_mouse),
    Scenario::chromium("a_mark_is_tapped", by_touch),
    Scenario::everywhere(
        "the_frame_is_still_while_an_input_method_composes",
        composing,
    ),
    Scenario::everywhere("tab_leaves_a_field_that_has_nothing_for_it", no_trap),
    Scenario::everywhere("the_frame_is_hidden_by_one_key_and_stays_so", hidden),
    Scenario::everywhere("small_talk_is_left_alone", silent),
    Scenario::everywhere("a_frame_is_pinned_to_its_conversation", pinned),
    Scenario::everywhere("what_memory_knows_need_not_be_written", remembered),
    Scenario::everywhere("a_frame_is_made_changed_tried_and_deleted", editor),
    Scenario::everywhere(
        "frames_go_out_and_in_and_a_hostile_file_is_refused",
        exchange,
    ),
    Scenario::everywhere("corrections_are_counted", counted),
];

const F8: &str = "\u{E038}";

/// A page in which the frame is drawn.
fn framed(bed: &Bed, lang: Lang) -> Page {
    let page = bed.page();
    page.open("");
    page.wait("vf-place .frame-name");
    page.set_language(lang);
    page.go("#/");
    page.wait("vf-place .frame-name");
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

fn by_keyboard(bed: &mut Bed) {
    let page = framed(bed, Lang::Zh);
    page.type_into("#composer", "帮我写个文案");
    stands(&page, "guiding");
    mark(&page, 0, "next");
    page.wait_text(".hint", "写什么");
    done(page.session.press(&[TAB]));
    assert_eq!(page.value("#composer"), "帮我写个文案，主题是___");
    mark(&page, 0, "stub");
    // The blank is selected, so that typing fills it in.
    done(page.session.type_keys("新品咖啡"));
    assert_eq!(page.value("#composer"), "帮我写个文案，主题是新品咖啡");
    mark(&page, 0, "filled");
    stands(&page, "nearly");
    wait_for("the next words are offered", SOON, || {
        page.has(".hint kbd").then_some(())
    });
    done(page.session.press(&[TAB]));
    page.wait_js(
        "the second words are in",
        "return document.getElementById('composer').value.includes('___')",
    );
    done(page.session.type_keys("早上五分钟就能喝到"));
    stands(&page, "locked");
    page.wait_text(".focus-state", "已对焦");
    // One step back is one step, whoever put the words in.
    done(page.session.press(&[ENTER]));
    page.wait_for_words();
    let sent = &page.messages()[0].text;
    assert!(
        sent.contains("新品咖啡") && sent.contains("五分钟") && !sent.contains("___"),
        "{sent}"
    );
    stands(&page, "silent");
}

fn by_mouse(bed: &mut Bed) {
    let page = framed(bed, Lang::En);
    page.type_into("#composer", "write a blog post");
    stands(&page, "guiding");
    page.click(".slot[data-state=next]");
    page.wait_js(
        "the words are in and the blank is selected",
        "const f = document.getElementById('composer'); return f.value.slice(f.selectionStart, f.selectionEnd) === '___' && document.activeElement === f",
    );
    // The browser's own undo takes them back, and nothing else.
    undo(bed, &page);
    page.wait_js(
        "undone",
        "return document.getElementById('composer').value === 'write a blog post'",
    );
    page.click(".slot[data-state=next]");
    page.wait_js(
        "put in again",
        "return document.getElementById('composer').value.includes('___')",
    );
    done(page.session.type_keys("rain in cities"));
    mark(&page, 0, "filled");
    page.wait_js(
        "a mark shows the words that cover it",
        "document.querySelector('.slot[data-state=filled]').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
         return CSS.highlights.has('frame-covers') && document.querySelector('.frame-under').textContent.startsWith('write a blog post')",
    );
    page.click(".slot[data-state=next]");
    done(page.session.type_keys("petrichor comes from bacteria"));
    stands(&page, "locked");
    page.wait_text(".focus-state", "In focus");
    page.click("#send");
    page.wait_for_words();
    assert!(page.messages()[0].text.contains("petrichor"));
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

fn by_touch(bed: &mut Bed) {
    let page = framed(bed, Lang::Zh);
    page.type_into("#composer", "帮我写个文案");
    mark(&page, 0, "next");
    let place = page.js(
        "const r = document.querySelector('.slot').getBoundingClientRect(); return [Math.round(r.x + r.width / 2), Math.round(r.y + r.height / 2)]",
        &[],
    );
    let touch = json!({ "actions": [{ "type": "pointer", "id": "finger", "parameters": { "pointerType": "touch" }, "actions": [
        { "type": "pointerMove", "x": place[0], "y": place[1] }, { "type": "pointerDown", "button": 0 }, { "type": "pointerUp", "button": 0 } ] }] });
    done(page.session.post("actions", &touch));
    page.wait_js(
        "the words are in, and the field still has the keyboard",
        "const f = document.getElementById('composer'); return f.value.includes('___') && document.activeElement === f",
    );
}

/// What an input method does, up to a point: `arguments[0]` is the text, `arguments[1]` whether it is still composing.
const COMPOSE: &str = "
    const field = document.getElementById('composer');
    const fire = (type) => field.dispatchEvent(new CompositionEvent(type, { bubbles: true }));
    fire('compositionstart');
    field.value = arguments[0];
    field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    if (!arguments[1]) {
      fire('compositionend');
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }";

fn composing(bed: &mut Bed) {
    let page = framed(bed, Lang::Zh);
    page.js(COMPOSE, &[json!("帮我写个文案"), json!(true)]);
    let until = std::time::Instant::now() + Duration::from_millis(700);
    while std::time::Instant::now() < until {
        let seen = page.js(
            "const f = document.getElementById('composer'); return [document.querySelector('.composer').dataset.focus, f.value]",
            &[],
        );
        assert_eq!(seen, json!(["silent", "帮我写个文案"]));
    }
    // Tab belongs to the input method.
    let left = page.js(
        "const e = new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true, isComposing: true }); return document.getElementById('composer').dispatchEvent(e)",
        &[],
    );
    assert_eq!(left, json!(true));
    page.js(COMPOSE, &[json!("帮我写个文案"), json!(false)]);
    stands(&page, "guiding");
}

fn no_trap(bed: &mut Bed) {
    let page = framed(bed, Lang::En);
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
    let page = framed(bed, Lang::Zh);
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
    let page = framed(bed, Lang::Zh);
    for text in [
        "谢谢，很有帮助",
        "继续",
        "我喜欢下雨天",
        "ok thanks",
        "你好呀",
    ] {
        page.replace("#composer", text);
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
fn preference(page: &Page, row: &Value) {
    page.js(
        "const row = arguments[0]; const open = indexedDB.open('viewfinder');
         open.onsuccess = () => { const tx = open.result.transaction('memory', 'readwrite'); tx.objectStore('memory').put(row);
           tx.oncomplete = () => { open.result.close(); new BroadcastChannel('viewfinder').postMessage(JSON.stringify({ is: 'everything' })); }; }",
        std::slice::from_ref(row),
    );
}

fn remembered(bed: &mut Bed) {
    let page = framed(bed, Lang::En);
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

fn editor(bed: &mut Bed) {
    let page = framed(bed, Lang::Zh);
    page.go("#/frames/ad-copy");
    page.click("#frame-copy");
    page.wait("#frame-name");
    page.replace("#frame-name", "我的广告");
    page.click(".slot-table tbody tr:first-child .slot-name");
    page.wait(".slot-edit input");
    // By keyboard alone a slot changes its place.
    page.js("document.querySelector('.slot-name').focus()", &[]);
    done(page.session.press(&["\u{E00A}", "\u{E015}"]));
    let names = || {
        page.js(
            "return [...document.querySelectorAll('.slot-name')].slice(0, 2).map((b) => b.innerText)",
            &[],
        )
    };
    wait_for("the first slot is second", SOON, || {
        (names()[1] == "一件事").then_some(())
    });
    page.type_into("#frame-trial", "给新品写条广告，主打五分钟");
    page.wait_js(
        "the trial shows what is covered",
        "return document.querySelector('.tryout .slot[data-state=filled]') !== null",
    );
    wait_for("it is stored", SOON, || {
        page.stored("frames")
            .iter()
            .any(|row| row["name"]["zh"] == "我的广告" && row["slots"][1]["id"] == "point")
            .then_some(())
    });
    page.fill("#frame-name", " ");
    page.js("const f = document.getElementById('frame-name'); f.value = '名'.repeat(60); f.dispatchEvent(new InputEvent('input', { bubbles: true }))", &[]);
    page.wait_text("#frame-trouble", "没有保存");
    page.reload();
    page.wait("#frame-name");
    page.click("#frame-delete");
    page.wait("#undo");
    wait_for("it is gone", SOON, || {
        page.stored("frames").is_empty().then_some(())
    });
    page.click("#undo");
    wait_for("it is back", SOON, || {
        (page.stored("frames").len() == 1).then_some(())
    });
}

/// Gives a file to the import.
fn import(page: &Page, text: &str) {
    page.js(
        "const data = new DataTransfer(); data.items.add(new File([arguments[0]], 'frames.json', { type: 'application/json' }));
         const field = document.getElementById('frame-import'); field.files = data.files; field.dispatchEvent(new Event('change', { bubbles: true }))",
        &[json!(text)],
    );
}

fn exchange(bed: &mut Bed) {
    let page = framed(bed, Lang::En);
    page.go("#/frames");
    page.wait(".tile");
    let frame = json!({ "id": "weekly", "name": { "en": "Weekly report" }, "when": { "en": ["weekly report"] },
                        "slots": [{ "id": "done", "name": { "en": "Done" }, "need": "required", "stub": { "en": ", done: ___" } }] });
    for (file, why) in [
        ("{]".to_owned(), "is no JSON"),
        (json!({ "frames": [frame] }).to_string(), "holds no frames"),
        (
            json!({ "viewfinder_frames": 1, "frames": [{ "id": "x", "name": { "en": "a\u{202e}b" }, "slots": [{ "id": "a", "name": { "en": "A" } }] }] }).to_string(),
            "hidden control characters",
        ),
        (
            json!({ "viewfinder_frames": 1, "frames": [{ "id": "ask", "name": { "en": "A" }, "slots": [{ "id": "a", "name": { "en": "A" } }] }] }).to_string(),
            "an id is there twice",
        ),
        ("x".repeat(300_000), "larger than 256 KB"),
    ] {
        import(&page, &file);
        page.wait_text("#frame-refused", why);
    }
    assert!(page.stored("frames").is_empty());
    import(
        &page,
        &json!({ "viewfinder_frames": 1, "frames": [frame] }).to_string(),
    );
    page.wait_js(
        "its tile is there",
        "return document.querySelector('.tile a')?.innerText === 'Weekly report'",
    );
    assert_eq!(page.text("#frame-refused"), "");
    // What goes out comes in again, beside what is there.
    let out = page.js(
        "window.files = []; const make = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((t) => files.push(t)); return make(blob) }; document.getElementById('frame-export-all').click(); return null",
        &[],
    );
    assert_eq!(out, Value::Null);
    page.wait_js("the file is written", "return window.files.length === 1");
    let file = page.text_of("return window.files[0]", &[]);
    assert!(file.contains("Weekly report"), "{file}");
    import(&page, &file);
    wait_for("both are stored", SOON, || {
        (page.stored("frames").len() == 2).then_some(())
    });
    page.go("#/");
    page.type_into("#composer", "write my weekly report for the team");
    page.wait_text(".frame-name", "Weekly report");
}

fn counted(bed: &mut Bed) {
    let page = framed(bed, Lang::En);
    page.ask("write a blog post about rain");
    page.ask("no, shorter please");
    let rows = wait_for("both are counted", SOON, || {
        let kv = page.stored("kv");
        let effect = kv.iter().find(|row| row["name"] == "effect")?;
        let rows = effect["rows"].as_array()?;
        (rows.iter().any(|row| row["corrected"] == 1)).then(|| rows.clone())
    });
    assert_eq!((rows.len(), &rows[0]["frame"]), (1, &json!("write")));
    page.go("#/frames");
    page.wait(".frame-plot svg");
    page.wait_text(".shares", "100%");
}
