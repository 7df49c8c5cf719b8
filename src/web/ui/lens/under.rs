//! The words that cover a mark, shown in the field: a text field cannot be marked itself, so the same text lies
//! under it, clear, and only what is marked there is seen.

use js_sys::Reflect;
use std::ops::Range;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::guide::stub::to_utf16;
use leptos::prelude::document;

/// The name of the highlight in the style sheet.
const NAME: &str = "frame-covers";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = "Highlight")]
    type Highlight;
    #[wasm_bindgen(constructor, js_class = "Highlight", catch)]
    fn new(range: &web_sys::Range) -> Result<Highlight, JsValue>;

    type Highlights;
    #[wasm_bindgen(method)]
    fn set(this: &Highlights, name: &str, highlight: &Highlight);
    #[wasm_bindgen(method)]
    fn delete(this: &Highlights, name: &str) -> bool;
}

/// Shows where the field's text says something.
pub fn show(under: &HtmlElement, field: &HtmlTextAreaElement, text: &str, range: &Range<usize>) {
    let Some(highlights) = highlights() else {
        return;
    };
    // A last line that is empty has no height of its own.
    under.set_text_content(Some(&[text, "\u{200b}"].concat()));
    // The field's own scroll bar takes room that this one must leave.
    let width = format!("{}px", field.client_width());
    let _ = under.style().set_property("inline-size", &width);
    under.set_scroll_top(field.scroll_top());
    let marked = (|| {
        let words = under.first_child()?;
        let marked = document().create_range().ok()?;
        let place = |at: usize| to_utf16(text, at) as u32;
        marked.set_start(&words, place(range.start)).ok()?;
        marked.set_end(&words, place(range.end)).ok()?;
        Highlight::new(&marked).ok()
    })();
    if let Some(marked) = marked {
        highlights.set(NAME, &marked);
    }
}

/// Shows nothing any more.
pub fn clear(under: &HtmlElement) {
    under.set_text_content(None);
    if let Some(highlights) = highlights() {
        highlights.delete(NAME);
    }
}

/// The highlights of the page; `None` in a browser that has none.
fn highlights() -> Option<Highlights> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into()).ok()?;
    let highlights = Reflect::get(&css, &"highlights".into()).ok()?;
    (!highlights.is_undefined()).then(|| highlights.unchecked_into())
}
