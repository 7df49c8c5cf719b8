//! The screen of the frames: one's own are made, changed, tried, put in order, and go out and in as files; what the frame
//! is good for is counted.

use super::frames::{framed, preference};
use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::Scenario;
use e2e::webdriver::ALT;
use serde_json::json;

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("a_frame_is_made_changed_tried_and_deleted", editor),
    Scenario::everywhere("a_frame_is_tried_with_what_memory_knows", tried),
    Scenario::everywhere("ones_own_frames_are_put_into_order", ordered),
    Scenario::everywhere(
        "frames_go_out_and_in_and_a_hostile_file_is_refused",
        exchange,
    ),
    Scenario::everywhere("corrections_are_counted", counted),
];

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
    done(page.session.press(&[ALT, "\u{E015}"]));
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

fn tried(bed: &mut Bed) {
    let page = framed(bed, Lang::En);
    preference(
        &page,
        &json!({ "id": "p1", "topic": "friendly", "key": "friendly", "kind": "style", "strength": 1, "slot": "#tone", "status": "active", "lang": "en",
                 "said": [{ "words": "be friendly", "at": 1, "origin": "typed" }], "first_seen": 1, "last_seen": 1 }),
    );
    page.go("#/frames/write");
    page.type_into("#frame-trial", "write a blog post about rain");
    page.wait_js(
        "the tone is known",
        "return document.querySelectorAll('.tryout .slot')[3]?.dataset.state === 'memory'",
    );
}

/// The names on the tiles of one's own frames, in their order.
fn tiles(page: &Page) -> String {
    page.text_of(
        "return [...document.querySelectorAll('.gallery section:first-child .tile a')].map((a) => a.innerText).join()",
        &[],
    )
}

fn in_order(page: &Page, names: &str) {
    wait_for(&format!("the order is {names}"), SOON, || {
        (tiles(page) == names).then_some(())
    });
}

fn ordered(bed: &mut Bed) {
    let page = framed(bed, Lang::Zh);
    page.go("#/frames");
    page.wait(".tile");
    let frame = |id: &str, name: &str| json!({ "id": id, "name": { "zh": name }, "slots": [{ "id": "a", "name": { "zh": "要点" } }] });
    // Not in the order of their ids.
    let frames = [frame("c", "甲"), frame("a", "乙"), frame("b", "丙")];
    import(
        &page,
        &json!({ "viewfinder_frames": 1, "frames": frames }).to_string(),
    );
    in_order(&page, "甲,乙,丙");
    // By keyboard: the tile keeps it, and the move is said.
    page.js(
        "document.querySelector('.tile a[href$=\"/c\"]').focus()",
        &[],
    );
    done(page.session.press(&[ALT, "\u{E014}"]));
    in_order(&page, "乙,甲,丙");
    page.wait_text(".notices", "「甲」移到第 2 位");
    page.wait_js(
        "the keyboard stays with it",
        "return document.activeElement.innerText === '甲'",
    );
    done(page.session.press(&[ALT, "\u{E014}"]));
    in_order(&page, "乙,丙,甲");
    // By dragging one tile onto another.
    page.js(
        "const data = new DataTransfer(); const tile = (end) => document.querySelector(`.tile a[href$='/${end}']`);
         const fire = (at, type) => tile(at).dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
         fire('c', 'dragstart'); fire('a', 'dragover'); fire('a', 'drop')",
        &[],
    );
    in_order(&page, "甲,乙,丙");
    // By the buttons, which a finger finds.
    page.go("#/frames/b");
    page.wait_text(".place-row", "第 3，共 3 个");
    page.click("#frame-earlier");
    in_order(&page, "甲,丙,乙");
    page.wait_text(".place-row", "第 2，共 3 个");
    page.click("#frame-delete");
    in_order(&page, "甲,乙");
    page.click("#undo");
    in_order(&page, "甲,丙,乙");
    page.reload();
    page.wait(".tile");
    in_order(&page, "甲,丙,乙");
    let file = exported(&page);
    let at = |name: &str| file.find(name);
    assert!(at("甲") < at("丙") && at("丙") < at("乙"), "{file}");
    page.go("#/");
    page.click(".frame-name");
    page.wait_js(
        "the menu has the same order",
        "return [...document.querySelectorAll('#frame-menu [role=group]')][0]?.innerText.match(/[甲乙丙]/g)?.join() === '甲,丙,乙'",
    );
}

/// What the export of all one's own frames writes. The file itself is the browser's business, and not every browser
/// goes on well after a download under a driver.
fn exported(page: &Page) -> String {
    page.wait("#frame-export-all");
    page.js(
        "window.files = []; const make = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((t) => files.push(t)); return make.call(URL, blob) };
         HTMLAnchorElement.prototype.click = () => {};
         document.getElementById('frame-export-all').click();
         delete HTMLAnchorElement.prototype.click; URL.createObjectURL = make",
        &[],
    );
    page.wait_js("the file is written", "return window.files.length === 1");
    page.text_of("return window.files[0]", &[])
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
    let file = exported(&page);
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
