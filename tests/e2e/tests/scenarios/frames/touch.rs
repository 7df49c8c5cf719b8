//! With a finger, on a telephone: as Chromium plays one.

use super::{EN, Words, ZH, blank_is_selected, framed, goes, mark};
use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON, done};
use serde_json::{Value, json};

/// A telephone, held upright, with so much of its height left. Over with the tab.
fn phone(page: &Page, height: u32) {
    let cdp = |command: &str, parameters: Value| done(page.session.cdp(command, &parameters));
    cdp(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 390, "height": height, "deviceScaleFactor": 2, "mobile": true }),
    );
    cdp(
        "Emulation.setTouchEmulationEnabled",
        json!({ "enabled": true, "maxTouchPoints": 5 }),
    );
    page.wait_js(
        "the page has taken the size",
        &format!("return innerHeight === {height} && matchMedia('(pointer: coarse)').matches"),
    );
}

/// A finger comes down on the middle of an element, moves so far to the left, and goes up.
fn swipe(page: &Page, css: &str, left: i32) {
    page.wait(css);
    let middle = page.js(
        "const r = document.querySelector(arguments[0]).getBoundingClientRect(); return [Math.round(r.x + r.width / 2), Math.round(r.y + r.height / 2)]",
        &[json!(css)],
    );
    let touch = |kind: &str, points: Value| {
        let event = json!({ "type": kind, "touchPoints": points });
        done(page.session.cdp("Input.dispatchTouchEvent", &event));
    };
    let x = middle[0].as_i64().unwrap_or_default() as i32;
    let at = |moved: i32| json!([{ "x": x - moved, "y": middle[1] }]);
    touch("touchStart", at(0));
    for moved in (10..=left).step_by(10) {
        touch("touchMove", at(moved));
    }
    touch("touchEnd", json!([]));
}

/// A finger comes down on an element and goes up.
fn tap(page: &Page, css: &str) {
    swipe(page, css, 0);
}

pub fn by_touch(bed: &mut Bed, words: &Words) {
    let page = framed(bed, words.lang);
    phone(&page, 844);
    tap(&page, "#composer");
    page.wait_js(
        "the field has the keyboard",
        "return document.activeElement.id === 'composer'",
    );
    done(page.session.type_keys(words.ask));
    mark(&page, 0, "next");
    page.wait_text(".hint", words.hint);
    for filled in [words.first, words.second] {
        page.wait(".slot[data-state=next]");
        tap(&page, ".slot[data-state=next]");
        // The keys stay on the screen: the field has not lost the keyboard.
        blank_is_selected(&page);
        done(page.session.type_keys(filled));
        mark(&page, 0, "filled");
    }
    goes(&page, words, |page| tap(page, "#send"));
}

/// The parts of the composer that lie outside what is seen of the page above a height.
fn out_of_sight(page: &Page, height: u32) -> Value {
    page.js(
        "return ['.frame-name', '.slot[data-state=next]', '#composer', '.hint b', '#send'].filter((css) => {
           const r = document.querySelector(css)?.getBoundingClientRect(); return !r || r.top < 0 || r.bottom > arguments[0] || r.left < 0 || r.right > innerWidth })",
        &[json!(height)],
    )
}

pub fn above_keys(bed: &mut Bed) {
    for words in [&ZH, &EN] {
        let page = framed(bed, words.lang);
        phone(&page, 844);
        tap(&page, "#composer");
        page.replace("#composer", words.ask);
        mark(&page, 0, "next");
        // The keyboard makes the page smaller, as in Chromium and Firefox.
        phone(&page, 500);
        wait_for("all of it is above the keys", SOON, || {
            (out_of_sight(&page, 500) == json!([])).then_some(())
        });
        let row = "const row = document.querySelector('.slots');";
        page.wait_js(
            "there are more marks than fit",
            &format!("{row} return row.scrollWidth > row.clientWidth"),
        );
        swipe(&page, ".slots", 100);
        page.wait_js(
            "a finger moves the marks",
            &format!("{row} return row.scrollLeft > 0"),
        );
        // The keyboard lies over the page, as in Safari: only the visual viewport tells.
        phone(&page, 844);
        page.js(
            "Object.defineProperty(visualViewport, 'height', { configurable: true, get: () => 500 }); visualViewport.dispatchEvent(new Event('resize'))",
            &[],
        );
        wait_for(
            "all of it is above keys that lie over the page",
            SOON,
            || {
                let out = out_of_sight(&page, 500);
                // The finger may have moved that mark aside.
                (out == json!([]) || out == json!([".slot[data-state=next]"])).then_some(())
            },
        );
        page.js(
            "delete visualViewport.height; visualViewport.dispatchEvent(new Event('resize'))",
            &[],
        );
        page.wait_js(
            "the page has its height again",
            "return document.querySelector('.app').getBoundingClientRect().height === 844",
        );
    }
}
