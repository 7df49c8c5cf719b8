//! Style sheets of the second program. They come with it, so that the first load does not carry them.

use js_sys::{Array, Reflect};
use leptos::prelude::document;
use wasm_bindgen::JsValue;
use web_sys::CssStyleSheet;

/// Adds a sheet to the page. Its layers are those of `style/tokens.css`.
pub fn adopt(css: &str) {
    let Ok(sheet) = CssStyleSheet::new() else {
        return;
    };
    let name = JsValue::from("adoptedStyleSheets");
    let page = document();
    if sheet.replace_sync(css).is_ok()
        && let Ok(before) = Reflect::get(&page, &name)
    {
        let sheets = Array::from(&before);
        sheets.push(&sheet);
        let _ = Reflect::set(&page, &name, &sheets);
    }
}
