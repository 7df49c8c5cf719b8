//! Web Locks: the browser itself frees a lock when its tab dies, so nobody has to keep time.
//!
//! `web-sys` counts this interface as unstable, so the two functions are called by name.

use crate::web::clock::global;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A lock that is held until this is dropped.
#[derive(Debug)]
pub struct Guard {
    release: Function,
}

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// The lock on writing a reply into a conversation.
pub fn turn(chat: &str) -> String {
    format!("turn:{chat}")
}

/// Asks for a lock and waits until it is free. `None` where the browser has no locks: go on without.
pub async fn hold(name: &str) -> Option<Guard> {
    let (granted, release) = start(name)?;
    JsFuture::from(granted).await.ok()?;
    Some(Guard { release })
}

/// Whether anyone holds a lock; `None` where the browser has no locks.
pub async fn is_held(name: &str) -> Option<bool> {
    let manager = manager()?;
    let query: Function = method(&manager, "query")?;
    let promise: Promise = query.call0(&manager).ok()?.dyn_into().ok()?;
    let state = JsFuture::from(promise).await.ok()?;
    let held: Array = Reflect::get(&state, &"held".into()).ok()?.dyn_into().ok()?;
    let is = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    Some(held.iter().any(|lock| is(lock).as_deref() == Some(name)))
}

/// Sends the request: a promise that is kept when it is granted, and what releases it.
fn start(name: &str) -> Option<(Promise, Function)> {
    let manager = manager()?;
    let request = method(&manager, "request")?;
    let (until, release) = pending();
    let (granted, grant) = pending();
    let callback = Closure::once_into_js(move || -> JsValue {
        let _ = grant.call0(&JsValue::UNDEFINED);
        until.into()
    });
    let answer = request.call2(&manager, &name.into(), &callback).ok()?;
    // The browser's own promise ends with the lock, or at once where locks are denied.
    Some((Promise::race(&Array::of2(&granted, &answer)), release))
}

/// A promise and the function that fulfils it.
fn pending() -> (Promise, Function) {
    let mut fulfil = None;
    let promise = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
    (promise, fulfil.unwrap_or_default())
}

fn manager() -> Option<JsValue> {
    let navigator = global("navigator")?;
    Reflect::get(&navigator, &"locks".into())
        .ok()
        .filter(JsValue::is_object)
}

fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}
