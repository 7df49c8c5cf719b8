//! The text field: what stands in it, and changes that its own undo can take back.

use crate::guide::stub::{self, from_utf16, to_utf16};
use std::ops::Range;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Event, EventInit, EventTarget, HtmlTextAreaElement};

#[wasm_bindgen]
extern "C" {
    /// Old and nowhere specified in full, but the only way in which a script changes a field so that the browser's
    /// undo knows of it.
    #[wasm_bindgen(js_namespace = document, js_name = "execCommand", catch)]
    fn exec_command(name: &str, dialog: bool, value: &str) -> Result<bool, wasm_bindgen::JsValue>;
}

/// Listens until it is dropped.
pub struct Listening {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listening {
    /// Listens to an event of a target.
    pub fn new(target: &EventTarget, name: &'static str, on: impl FnMut(Event) + 'static) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(on);
        let function = closure.as_ref().unchecked_ref();
        let _ = target.add_event_listener_with_callback(name, function);
        Self {
            target: target.clone(),
            name,
            closure,
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, function);
    }
}

/// What is selected, in bytes of the text.
pub fn selection(field: &HtmlTextAreaElement, text: &str) -> Range<usize> {
    let place = |units: Result<Option<u32>, _>| {
        let units = units.ok().flatten();
        units.map_or(text.len(), |units| from_utf16(text, units as usize))
    };
    place(field.selection_start())..place(field.selection_end())
}

/// Selects a range of the text, and brings it into view.
pub fn select(field: &HtmlTextAreaElement, text: &str, range: &Range<usize>) {
    let place = |at: usize| to_utf16(text, at) as u32;
    let _ = field.set_selection_range(place(range.start), place(range.end));
}

/// Puts a stub in at the caret and selects its first blank. The field hears of it as if it had been typed.
pub fn insert(field: &HtmlTextAreaElement, words: &str) {
    let text = field.value();
    let selection = selection(field, &text);
    let edit = stub::insert(&text, selection.clone(), words);
    let after = text.len() - selection.end;
    let piece = edit.text.get(selection.start..edit.text.len() - after);
    let Some(piece) = piece else { return };
    let _ = field.focus();
    select(field, &text, &selection);
    if exec_command("insertText", false, piece) != Ok(true) {
        let (start, end) = (
            to_utf16(&text, selection.start) as u32,
            to_utf16(&text, selection.end) as u32,
        );
        let _ = field.set_range_text_with_start_and_end_and_mode(piece, start, end, "end");
        let init = EventInit::new();
        init.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("input", &init) {
            let _ = field.dispatch_event(&event);
        }
    }
    select(field, &edit.text, &edit.selection);
}

/// Goes to the next blank, or the one before. `false` where there is none on that side: the key is not ours then.
pub fn next_blank(field: &HtmlTextAreaElement, back: bool) -> bool {
    let text = field.value();
    let at = selection(field, &text);
    let found = stub::next(&text, at, back);
    if let Some(blank) = &found {
        select(field, &text, blank);
    }
    found.is_some()
}
