//! The page's side of its worker, which is loaded when it is first asked something.

use crate::helper::{Ask, READY, read_answer};
use crate::web::clock;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, MessageEvent, Worker};

/// Milliseconds in which the worker has to come up.
const PATIENCE: u32 = 20_000;
/// Milliseconds after a failure before it is tried again.
const REST: f64 = 10_000.0;

/// Hears an answer, or `None` where none will come, and whether more follows.
type Hear = Box<dyn FnMut(Option<&str>, bool)>;

#[derive(Default)]
struct Helper {
    worker: Option<Worker>,
    ready: bool,
    /// When it may be started again, by [`clock::ticks`].
    rested: f64,
    last: u32,
    /// What was asked before it listened.
    early: Vec<String>,
    waiting: Vec<(u32, Hear)>,
}

thread_local! {
    static HELPER: RefCell<Helper> = RefCell::default();
}

/// Asks the worker. Where it cannot be asked, `hear` is told so at once.
pub fn ask(ask: &Ask, mut hear: impl FnMut(Option<&str>, bool) + 'static) {
    let asked = HELPER.with_borrow_mut(|helper| {
        if helper.worker.is_none() && clock::ticks() >= helper.rested {
            helper.worker = start();
        }
        let worker = helper.worker.clone()?;
        helper.last += 1;
        let text = ask.write(helper.last);
        match helper.ready {
            // Fails only for what cannot be copied, which text always can.
            true => drop(worker.post_message(&text.into())),
            false => helper.early.push(text),
        }
        Some(helper.last)
    });
    match asked {
        Some(number) => {
            HELPER.with_borrow_mut(|helper| helper.waiting.push((number, Box::new(hear))));
        }
        None => hear(None, false),
    }
}

fn start() -> Option<Worker> {
    let root = web_sys::window()?.document()?.document_element()?;
    let build = root.get_attribute("data-build").unwrap_or_default();
    let worker = Worker::new(&["worker_loader.js?v=", &build].concat()).ok()?;
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            heard(&text);
        }
    });
    let on_error = Closure::<dyn Fn(Event)>::new(|_| fail());
    worker.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
    let this = worker.clone();
    spawn_local(async move {
        clock::sleep(PATIENCE).await;
        let late = |helper: &Helper| !helper.ready && helper.worker.as_ref() == Some(&this);
        if HELPER.with_borrow(late) {
            fail();
        }
    });
    Some(worker)
}

fn heard(text: &str) {
    if text == READY {
        HELPER.with_borrow_mut(|helper| {
            helper.ready = true;
            for text in std::mem::take(&mut helper.early) {
                let _ = helper
                    .worker
                    .as_ref()
                    .map(|worker| worker.post_message(&text.into()));
            }
        });
        return;
    }
    let Some((number, more, body)) = read_answer(text) else {
        return;
    };
    // Taken out while it is told, since it may ask again.
    let hear = HELPER.with_borrow_mut(|helper| {
        let at = helper
            .waiting
            .iter()
            .position(|(asked, _)| *asked == number)?;
        Some(helper.waiting.swap_remove(at).1)
    });
    let Some(mut hear) = hear else { return };
    hear(Some(body), more);
    if more {
        HELPER.with_borrow_mut(|helper| helper.waiting.push((number, hear)));
    }
}

/// Gives this worker up. A later question starts another one.
fn fail() {
    let waiting = HELPER.with_borrow_mut(|helper| {
        if let Some(worker) = helper.worker.take() {
            worker.terminate();
        }
        helper.ready = false;
        helper.rested = clock::ticks() + REST;
        helper.early.clear();
        std::mem::take(&mut helper.waiting)
    });
    for (_, mut hear) in waiting {
        hear(None, false);
    }
}
