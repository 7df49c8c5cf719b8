//! Where the keyboard goes when what it was on has been drawn anew or is gone.

use crate::web::clock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Frames that are waited for something to appear: half a second, for a change that must first be stored.
const PATIENCE: u32 = 30;

/// Focuses what a selector finds, as soon as it is there.
pub fn soon(selector: String) {
    spawn_local(async move {
        for _ in 0..PATIENCE {
            clock::frame().await;
            if let Some(element) = find(&selector) {
                let _ = element.focus();
                return;
            }
        }
    });
}

/// The first element that a selector finds.
pub fn find(selector: &str) -> Option<HtmlElement> {
    let element = document().query_selector(selector).ok().flatten()?;
    element.dyn_into().ok()
}
