//! The memory board: cards moved by hand and by keyboard, steps taken back, files, two tabs, five thousand cards.

mod many;

use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON, done};
use e2e::run::Scenario;
use e2e::webdriver::{CONTROL, ENTER, ESCAPE, SHIFT};
use many::many;
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere(
        "a_card_is_moved_by_keyboard_and_steps_are_taken_back",
        by_keyboard,
    ),
    Scenario::everywhere(
        "a_sentence_on_the_board_is_understood_before_it_is_kept",
        by_sentence,
    ),
    Scenario::chromium("a_card_is_drawn_along_the_scale_by_hand", by_hand),
    Scenario::chromium("a_finger_draws_a_card_and_still_scrolls", by_touch),
    Scenario::chromium("two_cards_become_one_and_one_becomes_two", merge_and_split),
    Scenario::chromium(
        "a_file_gives_back_what_was_exported_by_a_click_on_each",
        files,
    ),
    Scenario::chromium("two_tabs_on_one_card_lose_nothing", two_tabs),
    Scenario::chromium("an_erased_card_leaves_no_word", erased),
    Scenario::chromium("five_thousand_cards_stay_smooth", many),
];

const ALT: &str = "\u{E00A}";
const LEFT: &str = "\u{E012}";
const RIGHT: &str = "\u{E014}";
const DELETE: &str = "\u{E017}";

/// The board, with a card for each sentence written there.
fn board(bed: &mut Bed, sentences: &[&str]) -> Page {
    let page = bed.page();
    page.open("#/memory");
    page.wait("[data-board=read]");
    for sentence in sentences {
        write(&page, sentence);
    }
    page
}

fn write(page: &Page, sentence: &str) {
    let before = page.stored("memory_log").len();
    page.fill("#board-add", sentence);
    page.type_into("#board-add", ENTER);
    wait_for("the sentence is kept", SOON, || {
        (page.stored("memory_log").len() > before).then_some(())
    });
}

/// The stored card of a topic that holds.
fn card(page: &Page, topic: &str) -> Value {
    let rows = page.stored("memory");
    let found = rows.into_iter().find(|row| {
        row["topic"] == topic && row["status"].as_str().unwrap_or("active") == "active"
    });
    found.unwrap_or_default()
}

fn css(page: &Page, topic: &str) -> String {
    let id = card(page, topic)["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(!id.is_empty(), "there is no card {topic}");
    format!("#lanes [data-id=\"{id}\"]")
}

fn strength(page: &Page, topic: &str, wanted: i64) {
    let mut last = Value::Null;
    let said = format!("{topic} stands at {wanted}");
    wait_for(&said, SOON, || {
        last = card(page, topic)["strength"].clone();
        (last.as_i64().unwrap_or(0) == wanted).then_some(())
    });
}

fn focus(page: &Page, css: &str) {
    page.wait(css);
    page.js(
        "document.querySelector(arguments[0]).focus()",
        &[json!(css)],
    );
}

fn press(page: &Page, keys: &[&str]) {
    done(page.session.press(keys));
}

fn by_keyboard(bed: &mut Bed) {
    let page = board(bed, &["我喜欢下雨天", "我讨厌香菜"]);
    let rain = css(&page, "下雨天");
    strength(&page, "下雨天", 1);
    focus(&page, &rain);
    press(&page, &[ALT, LEFT]);
    strength(&page, "下雨天", 0);
    page.wait(&format!("{rain}[data-zone=\"0\"]:focus"));
    page.wait_text(".screen .notices[role=status]", "下雨天");
    press(&page, &[SHIFT, LEFT]);
    strength(&page, "下雨天", -1);
    page.wait(&format!("{rain}[data-zone=\"-1\"]:focus"));
    press(&page, &[CONTROL, "z"]);
    strength(&page, "下雨天", 0);
    press(&page, &[CONTROL, "z"]);
    strength(&page, "下雨天", 1);
    press(&page, &[CONTROL, SHIFT, "z"]);
    strength(&page, "下雨天", 0);
    // Enter opens, the slider of the panel moves it too, Escape closes.
    focus(&page, &rain);
    press(&page, &[ENTER]);
    page.wait_text("#card .subject", "下雨天");
    focus(&page, "#card-dial");
    press(&page, &[RIGHT]);
    strength(&page, "下雨天", 1);
    page.wait("#card-dial[aria-valuenow=\"1\"]");
    press(&page, &[ESCAPE]);
    page.wait_gone("#card");
    // Delete takes back, and the undo gives back.
    focus(&page, &rain);
    press(&page, &[DELETE]);
    page.wait_gone(&rain);
    press(&page, &[CONTROL, "z"]);
    page.wait(&rain);
}

fn by_sentence(bed: &mut Bed) {
    let page = board(bed, &["我喜欢下雨天"]);
    page.fill("#board-add", "我现在讨厌下雨天了");
    page.wait_text("#board-reading", "hates 下雨天");
    page.wait("#board-reading [data-mark=gone]");
    assert_eq!(page.stored("memory").len(), 1, "a preview writes nothing");
    page.type_into("#board-add", ENTER);
    wait_for("it took the place of the other", SOON, || {
        (card(&page, "下雨天")["strength"] == -2).then_some(())
    });
    page.wait("#lanes .trail-row .trail");
    let old = "#lanes .card[data-status=superseded]";
    page.click(old);
    page.wait("#card-restore");
    page.click("#card-restore");
    strength(&page, "下雨天", 1);
}

fn by_hand(bed: &mut Bed) {
    let page = board(bed, &["我喜欢下雨天"]);
    let rain = css(&page, "下雨天");
    page.wait(&rain);
    // The preview above the cards goes first, and the cards move up.
    page.wait_gone("#board-reading li");
    let place = page.js(
        "const a = document.querySelector(arguments[0]).getBoundingClientRect(); const step = document.getElementById('lanes').getBoundingClientRect().width / 5; return [a.x + 20, a.y + 20, step]",
        &[json!(rain)],
    );
    let number = |at: usize| place[at].as_f64().unwrap_or_default();
    let (x, y, step) = (number(0), number(1), number(2));
    let at = |x: f64, y: f64| json!({ "type": "pointerMove", "duration": 60, "origin": "viewport", "x": x as i64, "y": y as i64 });
    let to = |x: f64| at(x, y);
    let act = |actions: Value| {
        let mouse = json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions });
        done(page.session.post("actions", &json!({ "actions": [mouse] })));
    };
    act(
        json!([to(x), { "type": "pointerDown", "button": 0 }, to(x - step), to(x - step * 2.0), to(x - step * 3.0)]),
    );
    page.wait(&format!("{rain}[data-dragging][data-target=\"-2\"]"));
    act(json!([{ "type": "pointerUp", "button": 0 }]));
    strength(&page, "下雨天", -2);
    page.wait(&format!("{rain}[data-zone=\"-2\"]"));
    assert!(!page.has("#card"), "a drag opens nothing");
    // Let go where it was taken, or only moved up and down: nothing is changed.
    let before = page.stored("memory_log").len();
    let x = x - step * 3.0;
    act(json!([
        to(x), { "type": "pointerDown", "button": 0 }, to(x + step), to(x + 2.0), { "type": "pointerUp", "button": 0 },
        to(x), { "type": "pointerDown", "button": 0 }, at(x, y + 90.0), at(x, y + 180.0), { "type": "pointerUp", "button": 0 }
    ]));
    // Far beyond the end of the scale it stops at the end; where the mouse stands up or down does not matter.
    act(json!([
        to(x), { "type": "pointerDown", "button": 0 }, at(x + step * 2.0, y + 60.0), at(x + step * 4.0, y + 120.0),
        { "type": "pointerUp", "button": 0 }
    ]));
    strength(&page, "下雨天", 2);
    assert_eq!(page.stored("memory_log").len(), before + 1);
}

fn by_touch(bed: &mut Bed) {
    let page = board(bed, &["我喜欢下雨天"]);
    let cdp = |command: &str, parameters: Value| done(page.session.cdp(command, &parameters));
    cdp(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true }),
    );
    cdp(
        "Emulation.setTouchEmulationEnabled",
        json!({ "enabled": true }),
    );
    page.open("#/memory");
    page.wait("[data-board=read]");
    let rain = css(&page, "下雨天");
    page.wait(&rain);
    let place = page.js(
        "const a = document.querySelector(arguments[0]).getBoundingClientRect(); return [a.x + 30, a.y + 20, document.getElementById('lanes').getBoundingClientRect().width / 5]",
        &[json!(rain)],
    );
    let number = |at: usize| place[at].as_f64().unwrap_or_default();
    let (x, y, step) = (number(0), number(1), number(2));
    let touch = |kind: &str, points: Value| {
        cdp(
            "Input.dispatchTouchEvent",
            json!({ "type": kind, "touchPoints": points }),
        );
    };
    let draw = |x1: f64, y1: f64| {
        touch("touchStart", json!([{ "x": x, "y": y }]));
        for part in 1..=6 {
            let part = f64::from(part) / 6.0;
            touch(
                "touchMove",
                json!([{ "x": x + (x1 - x) * part, "y": y + (y1 - y) * part }]),
            );
        }
    };
    // Up and down is the page's: the card stays.
    draw(x, y - 120.0);
    touch("touchEnd", json!([]));
    // Along the scale is the card's.
    draw(x - step * 2.0, y);
    page.wait(&format!("{rain}[data-dragging][data-target=\"-1\"]"));
    touch("touchEnd", json!([]));
    strength(&page, "下雨天", -1);
    assert!(!page.has("#card"), "a drag opens nothing");
    assert_eq!(
        page.stored("memory_log").len(),
        2,
        "the first touch moved nothing"
    );
}

fn merge_and_split(bed: &mut Bed) {
    let page = board(bed, &["我喜欢猫", "我喜欢狗"]);
    for topic in ["猫", "狗"] {
        focus(&page, &css(&page, topic));
        press(&page, &[" "]);
        page.wait(&format!("{}[aria-selected=true]", css(&page, topic)));
    }
    page.click("#many-merge");
    let active = || {
        let rows = page.stored("memory");
        let open = rows.iter().filter(|row| row["status"] == "active");
        open.map(|row| row["topic"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    wait_for("they are one", SOON, || (active().len() == 1).then_some(()));
    page.wait("#card-split");
    page.click("#card-split");
    page.fill("#split-lines", "猫\n橘猫\n狗");
    page.click("#split-do");
    wait_for("they are three", SOON, || {
        (active().len() == 3).then_some(())
    });
    press(&page, &[CONTROL, "z"]);
    wait_for("one again", SOON, || (active().len() == 1).then_some(()));
    press(&page, &[CONTROL, "z"]);
    wait_for("two again", SOON, || (active().len() == 2).then_some(()));
}

/// Puts a file into the field, as a person chooses one.
fn choose(page: &Page, text: &str) {
    page.js(
        "const all = new DataTransfer(); all.items.add(new File([arguments[0]], 'memory.json', { type: 'application/json' }));\
         const field = document.getElementById('board-import'); field.files = all.files; field.dispatchEvent(new Event('change', { bubbles: true }))",
        &[json!(text)],
    );
}

fn files(bed: &mut Bed) {
    let page = board(bed, &["我喜欢下雨天", "我讨厌香菜"]);
    // What goes to the downloads is read where it is made.
    page.js(
        "const make = URL.createObjectURL; URL.createObjectURL = (file) => { file.text().then((text) => { window.__file = text }); return make.call(URL, file) }",
        &[],
    );
    page.click("#board-more");
    page.click("#export-markdown");
    page.wait_js(
        "the Markdown is made",
        "return (window.__file ?? '').includes('- hates 香菜')",
    );
    page.click("#board-more");
    page.click("#export-json");
    page.wait_js(
        "the JSON is made",
        "return (window.__file ?? '').startsWith('{')",
    );
    let file = page.text_of("return window.__file", &[]);
    focus(&page, &css(&page, "下雨天"));
    press(&page, &[DELETE]);
    wait_for("it is taken back", SOON, || {
        card(&page, "下雨天").is_null().then_some(())
    });
    let before = page.stored("memory").len();
    choose(&page, &file);
    page.wait("#offers [data-offer]");
    assert_eq!(
        page.stored("memory").len(),
        before,
        "an offer writes nothing"
    );
    assert_eq!(
        page.js(
            "return document.querySelectorAll('#offers [data-do]').length",
            &[]
        ),
        1
    );
    page.click("#offers [data-do=take]");
    wait_for("it is remembered", SOON, || {
        (card(&page, "下雨天")["strength"] == 1).then_some(())
    });
    assert_eq!(card(&page, "下雨天")["said"][0]["origin"], "import");
    page.js("document.getElementById('board-sheet').close()", &[]);
    page.wait_gone("#board-sheet");
    choose(&page, "{\"format\":\"other\"}");
    page.wait_text(".screen .notices[role=status]", "memory.json");
}

fn two_tabs(bed: &mut Bed) {
    let page = board(bed, &["我喜欢咖啡"]);
    let rain = css(&page, "咖啡");
    let here = done(page.session.tab());
    let there = done(page.session.new_tab());
    done(page.session.switch_to(&there));
    page.open("#/memory");
    page.wait(&rain);
    // One tab is in the middle of an edit while the other moves the card.
    page.click(&rain);
    page.click("#edit-condition");
    page.type_into("#card-condition", "早上");
    done(page.session.switch_to(&here));
    focus(&page, &rain);
    press(&page, &[ALT, RIGHT]);
    strength(&page, "咖啡", 2);
    done(page.session.switch_to(&there));
    page.wait(&format!("{rain}[data-zone=\"2\"]"));
    assert_eq!(
        page.value("#card-condition"),
        "早上",
        "what is being typed stays"
    );
    page.type_into("#card-condition", ENTER);
    wait_for("both are kept", SOON, || {
        let card = card(&page, "咖啡");
        (card["condition"] == "早上" && card["strength"] == 2).then_some(())
    });
    done(page.session.switch_to(&here));
    page.wait_text(&rain, "早上");
}

fn erased(bed: &mut Bed) {
    let page = board(bed, &["我喜欢秘密花园", "我讨厌香菜"]);
    page.click(&css(&page, "秘密花园"));
    page.click("#card-more");
    page.click("#card-erase");
    page.click("#erase-do");
    wait_for("it is gone", SOON, || {
        (page.stored("memory").len() == 1).then_some(())
    });
    for store in ["memory", "memory_log", "memory_tombs"] {
        let rows = json!(page.stored(store)).to_string();
        assert!(!rows.contains("秘密"), "{store}: {rows}");
    }
    assert_eq!(page.stored("memory_tombs").len(), 1);
    press(&page, &[CONTROL, "z"]);
    page.wait_js(
        "nothing is undone",
        "return document.querySelectorAll('#lanes .card').length === 1",
    );
}
