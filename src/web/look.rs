//! Language, theme, contrast and text size on the document, and what the next first paint needs to know of them.

use crate::i18n::Lang;
use crate::record;
use crate::settings::{Contrast, Language, Settings, Size, Theme};
use leptos::prelude::*;

/// Where the next page's first script reads how to look before anything is painted.
const KEPT: &str = "viewfinder:look";

/// The language that the browser asks for.
pub fn browser_lang() -> Lang {
    let tags: Vec<String> = window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect();
    Lang::choose(tags.iter().map(String::as_str))
}

/// The language that these settings ask for.
pub fn lang(settings: &Settings) -> Lang {
    match settings.language {
        Language::Auto => browser_lang(),
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
    }
}

/// Puts the settings on the document.
pub fn apply(settings: &Settings, lang: Lang) {
    let Some(root) = document().document_element() else {
        return;
    };
    let set = |name: &str, value: Option<&str>| {
        // What is set again, even to the same, has the browser look at every element anew.
        if root.get_attribute(name).as_deref() == value {
            return;
        }
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    };
    set("lang", Some(lang.tag()));
    set(
        "data-theme",
        (settings.theme != Theme::Auto).then(|| settings.theme.name()),
    );
    set(
        "data-contrast",
        (settings.contrast != Contrast::Auto).then(|| settings.contrast.name()),
    );
    set(
        "data-size",
        (settings.size != Size::Normal).then(|| settings.size.name()),
    );
    let kept = serde_json::json!({
        "lang": match settings.language { Language::Auto => None, _ => Some(lang.tag()) },
        "theme": (settings.theme != Theme::Auto).then(|| settings.theme.name()),
        "contrast": (settings.contrast != Contrast::Auto).then(|| settings.contrast.name()),
        "size": (settings.size != Size::Normal).then(|| settings.size.name()),
        "enter": settings.enter_sends,
    });
    if let Ok(Some(storage)) = window().local_storage() {
        // Full or denied: the next first paint follows the browser, no more.
        let _ = storage.set_item(KEPT, &record::write(&kept));
    }
}

/// Forgets what the next first paint is to look like.
pub fn forget() {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(KEPT);
    }
}
