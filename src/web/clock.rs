//! Time and chance, for the core that has neither.

mod pause;

pub use pause::Pause;

use crate::id::ChatId;
use futures_util::future::select;
use js_sys::{Function, Promise, Reflect};
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Milliseconds since 1970 by the wall clock, which can jump.
pub fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// The day so many days ago by the clock of the person, as 2026-11-28.
pub fn day(ago: u32) -> String {
    let then = js_sys::Date::new_0();
    // From noon, so that no change of the clocks leads into another day.
    then.set_hours(12);
    then.set_time(then.get_time() - f64::from(ago) * 86_400_000.0);
    let (year, month, day) = (then.get_full_year(), then.get_month() + 1, then.get_date());
    format!("{year}-{month:02}-{day:02}")
}

/// Milliseconds by a clock that never runs backwards; only differences mean something.
pub fn ticks() -> f64 {
    thread_local! {
        static CLOCK: Option<web_sys::Performance> =
            global("performance").map(JsCast::unchecked_into);
    }
    CLOCK.with(|clock| {
        clock
            .as_ref()
            .map_or_else(js_sys::Date::now, web_sys::Performance::now)
    })
}

/// Random bytes fit for ids.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = global("crypto")
        .map(JsCast::unchecked_into::<web_sys::Crypto>)
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}

/// A new conversation's id.
pub fn new_chat_id() -> ChatId {
    ChatId::new(now_ms(), random())
}

/// Waits, at least this long; longer in a tab in the background.
pub async fn sleep(ms: u32) {
    let mut timer = Timer(JsValue::UNDEFINED);
    let promise = Promise::new(&mut |resolve, _| {
        let start = global("setTimeout").map(JsCast::unchecked_into::<Function>);
        match start.map(|start| start.call2(&JsValue::UNDEFINED, &resolve, &ms.into())) {
            Some(Ok(started)) => timer.0 = started,
            _ => drop(resolve.call0(&JsValue::UNDEFINED)),
        }
    });
    let _ = JsFuture::from(promise).await;
    drop(timer);
}

/// A timer, cleared where nobody waits for it any more.
struct Timer(JsValue);

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(clear) = global("clearTimeout").map(JsCast::unchecked_into::<Function>) {
            let _ = clear.call1(&JsValue::UNDEFINED, &self.0);
        }
    }
}

/// Milliseconds after which [`idle`] waits no longer, and what it waits where the browser cannot say.
const NEVER_IDLE: u32 = 2_000;
const PERHAPS_IDLE: u32 = 300;

/// Waits until the page has nothing more urgent to do.
pub async fn idle() {
    let Some(ask) = global("requestIdleCallback").map(JsCast::unchecked_into::<Function>) else {
        return sleep(PERHAPS_IDLE).await;
    };
    let rest = Promise::new(&mut |resolve, _| {
        if ask.call1(&JsValue::UNDEFINED, &resolve).is_err() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    select(pin!(JsFuture::from(rest)), pin!(sleep(NEVER_IDLE))).await;
}

/// A member of the global object, in a window or a worker; `None` where it is missing or denied.
pub(crate) fn global(name: &str) -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &name.into())
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

/// Milliseconds after which [`frame`] no longer waits for a frame.
const NO_FRAME: u32 = 150;

/// Waits for the next frame, or by timer where none comes: a hidden page draws none, and it may be hidden
/// at any moment of the wait.
pub async fn frame() {
    let drawn = Promise::new(&mut |resolve, _| {
        let started = web_sys::window().map(|window| window.request_animation_frame(&resolve));
        if !matches!(started, Some(Ok(_))) {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    select(pin!(JsFuture::from(drawn)), pin!(sleep(NO_FRAME))).await;
}
