//! Five thousand cards: they scroll and move at once.

use super::{ALT, LEFT, RIGHT, board, focus, press};
use e2e::bed::{Bed, wait_for};
use e2e::pace::slowness;
use e2e::page::{Page, SOON, done};
use serde_json::json;

/// Puts five thousand cards into the database.
const FILL: &str = "
    const open = indexedDB.open('viewfinder');
    const db = await new Promise((ok) => { open.onsuccess = () => ok(open.result) });
    const tx = db.transaction('memory', 'readwrite'), store = tx.objectStore('memory'), now = Date.now();
    for (let i = 0; i < 5000; i++) {
      const topic = '主题' + i + ['咖啡', '小说', '雨', '会议', ''][i % 5], at = now - i * 60000;
      store.put({
        id: '01900000-0000-7000-8000-' + String(i).padStart(12, '0'), topic, kind: ['taste', 'habit', 'style'][i % 3],
        strength: i % 5 - 2, status: 'active', lang: 'zh', first_seen: at, last_seen: at,
        said: [{ chat: '', seq: 0, words: '我说过' + topic, at, origin: 'typed' }],
      });
    }
    await new Promise((ok) => { tx.oncomplete = ok });
    db.close();";

/// Scrolls a place for so many frames; the median and the 95th of a hundred, in milliseconds.
const SCROLL: &str = "
    const place = document.querySelector(arguments[0]), frames = [];
    let last = performance.now();
    for (let i = 0; i < 120; i++) {
      place.scrollBy(0, 300);
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      frames.push(now - last);
      last = now;
    }
    frames.sort((a, b) => a - b);
    return [frames[60], frames[114], place.scrollTop];";

/// Puts an empty page as high as the board in its place.
const EMPTY: &str = "
    const place = document.createElement('div'), high = document.createElement('div');
    place.id = 'empty';
    place.style.cssText = 'height: 80vh; overflow: auto';
    high.style.height = arguments[0] + 'px';
    place.append(high);
    document.body.replaceChildren(place);";

/// Notes how long it takes from the next arrow key until the card that has the focus stands in another zone.
const STEP: &str = "
    const zone = arguments[0];
    window.__step = null;
    const pressed = (event) => {
      if (!event.key.startsWith('Arrow')) return;
      removeEventListener('keydown', pressed, true);
      const began = performance.now();
      const look = () => {
        if (document.querySelector(`#lanes .card[data-zone=\"${zone}\"]:focus`)) window.__step = performance.now() - began;
        else requestAnimationFrame(look);
      };
      look();
    };
    addEventListener('keydown', pressed, true);";

/// Milliseconds that the cards may add to the median frame, and to one frame of twenty.
const PER_FRAME: (f64, f64) = (17.0, 100.0);
/// Milliseconds for a step of a card.
const PER_STEP: f64 = 500.0;

pub fn many(bed: &mut Bed) {
    let page = board(bed, &["我喜欢下雨天"]);
    done(page.session.script_async(FILL, &[]));
    page.open("#/memory");
    page.wait_text("#board-summary", "5001");
    let slowness = slowness(&page);
    let cards = scroll(&page, "#memory-board");
    let height = page.js(
        "return document.getElementById('memory-board').scrollHeight",
        &[],
    );
    steps(&page, slowness);
    page.fill("#board-search", "主题4999");
    page.wait_js(
        "one is found",
        "return document.querySelectorAll('#lanes .card').length === 1",
    );
    // What a page as high as that takes anyway, here and now, is not the cards' doing.
    page.js(EMPTY, &[height]);
    let empty = scroll(&page, "#empty");
    println!(
        "  a frame of scrolling 5,000 cards: median {:.1} ms, 95th {:.1} ms; of an empty page {:.1} ms and {:.1} ms; the machine is {slowness:.1} times slower than usual",
        cards.0, cards.1, empty.0, empty.1
    );
    let (median, tail) = (cards.0 - empty.0, cards.1 - empty.1);
    assert!(
        median < PER_FRAME.0 * slowness,
        "the cards add {median:.1} ms to the median frame"
    );
    assert!(
        tail < PER_FRAME.1 * slowness,
        "the cards add {tail:.1} ms to the 95th frame"
    );
}

/// The median and the 95th of the frames while a place is scrolled.
fn scroll(page: &Page, css: &str) -> (f64, f64) {
    let frames = done(page.session.script_async(SCROLL, &[json!(css)]));
    let figure = |at: usize| frames[at].as_f64().unwrap_or(f64::MAX);
    assert!(
        frames[2].as_f64() > Some(10_000.0),
        "scrolled by {} px only",
        frames[2]
    );
    (figure(0), figure(1))
}

/// A card is moved to and fro by keyboard, at once at least one of the times.
fn steps(page: &Page, slowness: f64) {
    page.js(
        "document.getElementById('memory-board').scrollTo(0, 0)",
        &[],
    );
    focus(page, "#lanes .card[data-zone=\"0\"]");
    let mut took = Vec::new();
    for (key, zone) in [(RIGHT, 1), (LEFT, 0), (RIGHT, 1)] {
        page.js(STEP, &[json!(zone)]);
        press(page, &[ALT, key]);
        took.push(wait_for("the card has moved", SOON, || {
            page.js("return window.__step", &[]).as_f64()
        }));
    }
    println!("  steps of one of them: {took:.0?} ms");
    let best = took.iter().copied().fold(f64::MAX, f64::min);
    assert!(best < PER_STEP * slowness, "{took:?}");
}
