//! A selection with formulas in it, copied: other programs get the TeX. What a browser makes of MathML as text has
//! neither fractions nor exponents.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{DataTransfer, Element, Event, Node};

/// Elements that stand on lines of their own.
const BLOCKS: &str = "p, li, h2, h3, h4, h5, pre, blockquote, tr, div, section, article, hr";
/// What is no part of the words.
const CHROME: &str = "button, svg, .code-head, .visually-hidden";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = XMLSerializer)]
    type XmlSerializer;
    #[wasm_bindgen(constructor, js_class = "XMLSerializer")]
    fn new() -> XmlSerializer;
    #[wasm_bindgen(method, js_class = "XMLSerializer", js_name = "serializeToString")]
    fn write(this: &XmlSerializer, root: &Node) -> String;
}

/// Listens as long as the page lives.
pub fn listen() {
    let handle = window_event_listener_untyped("copy", |event: Event| {
        // Firefox keeps the selection of the page while a field has the focus.
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.matches("input, textarea").unwrap_or_default()) {
            return;
        }
        let data = Reflect::get(&event, &"clipboardData".into()).ok();
        let data = data.and_then(|data| data.dyn_into::<DataTransfer>().ok());
        if let Some((data, (words, html))) = data.zip(selected())
            && data.set_data("text/plain", &words).is_ok()
        {
            // Tables and lists stay what they are where that is understood.
            let _ = data.set_data("text/html", &html);
            event.prevent_default();
        }
    });
    std::mem::forget(handle);
}

/// The selection as words and as HTML; `None` where no drawn formula is in it.
fn selected() -> Option<(String, String)> {
    let selection = window().get_selection().ok()??;
    let part = selection.get_range_at(0).ok()?.clone_contents().ok()?;
    let all = document().create_element("div").ok()?;
    all.append_child(&part).ok()?;
    all.query_selector(".math[data-done]").ok()??;
    let chrome = all.query_selector_all(CHROME).ok()?;
    for at in 0..chrome.length() {
        if let Some(element) = chrome
            .item(at)
            .and_then(|node| node.dyn_into::<Element>().ok())
        {
            element.remove();
        }
    }
    let mut words = String::new();
    write(&all, &mut words);
    let html = XmlSerializer::new().write(&all);
    Some((words.trim_matches('\n').to_owned(), html))
}

/// Adds what stands below a node.
fn write(parent: &Node, words: &mut String) {
    let mut next = parent.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        match node.dyn_ref::<Element>() {
            Some(element) => write_element(element, words),
            None => words.push_str(&node.text_content().unwrap_or_default()),
        }
    }
}

fn write_element(element: &Element, words: &mut String) {
    let is = |selector: &str| element.matches(selector).unwrap_or_default();
    if let Some(tex) = element.get_attribute("data-tex") {
        let sign = match element.get_attribute("data-display").as_deref() {
            Some("true") => "$$",
            _ => "$",
        };
        return words.extend([sign, &tex, sign]);
    }
    if is("br") {
        return words.push('\n');
    }
    let block = is(BLOCKS);
    if block {
        end_line(words);
    }
    write(element, words);
    if is("td, th") && element.next_element_sibling().is_some() {
        words.push('\t');
    }
    if block {
        end_line(words);
        // A paragraph stands apart from the next, as it does where it is shown.
        if is("p, pre, blockquote") {
            words.push('\n');
        }
    }
}

fn end_line(words: &mut String) {
    if !words.is_empty() && !words.ends_with('\n') {
        words.push('\n');
    }
}
