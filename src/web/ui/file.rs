//! Files: out to the browser's downloads, in from a file field.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Blob, File, HtmlAnchorElement, HtmlInputElement, Url};

/// Hands a file to the browser's downloads.
pub fn save(file: &Blob, name: &str) {
    let Ok(url) = Url::create_object_url_with_blob(file) else {
        return;
    };
    let link = document()
        .create_element("a")
        .ok()
        .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&url);
}

/// The file that was chosen in a field. The field forgets it, so that the same file can be chosen again.
pub fn chosen(event: &web_sys::Event) -> Option<File> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let file = input.files()?.get(0)?;
    input.set_value("");
    Some(file)
}
