//! The worker's side: answers what the page asks for.

mod search;

use crate::helper::{Ask, READY, answer, write_spans};
use crate::{formula, highlight};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Starts the program of the worker.
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
    let listener = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            hear(&text);
        }
    });
    scope().set_onmessage(Some(listener.into_js_value().unchecked_ref()));
    say(READY);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Tells the page.
fn say(text: &str) {
    // Fails only for what cannot be copied, which text always can.
    let _ = scope().post_message(&text.into());
}

fn hear(text: &str) {
    let Some((number, ask)) = Ask::read(text) else {
        return;
    };
    let body = match ask {
        Ask::Code(language, code) => {
            highlight::highlight(language, code).map(|spans| write_spans(&spans))
        }
        Ask::Math(tex, display) => formula::draw(tex, display),
        Ask::Search(query) => return search::ask(number, query),
    };
    say(&answer(number, false, &body.unwrap_or_default()));
}
