//! The keyboard shortcuts: on a sheet over the page, and in the settings.

use super::focus;
use super::icon::small_icon;
use super::notices::key_name;
use crate::web::app::App;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// The sheet. It is opened by [`crate::web::screens::show_help`].
#[component]
pub fn Help(app: App) -> impl IntoView {
    let close = move |_| {
        if let Some(sheet) = sheet() {
            sheet.close();
        }
    };
    view! {
        <dialog class="sheet" id="help" aria-label=app.words(|t| t.shell.help)>
            <div class="panel-title">
                <h2>{app.words(|t| t.shell.help)}</h2>
                <button class="tool" aria-label=app.words(|t| t.shell.close) on:click=close>{small_icon("cross")}</button>
            </div>
            <KeyTable app />
        </dialog>
    }
}

/// The sheet, where it is in the page.
pub fn sheet() -> Option<HtmlDialogElement> {
    focus::find("dialog#help")?.dyn_into().ok()
}

/// The shortcuts themselves; also in the settings.
#[component]
pub fn KeyTable(app: App) -> impl IntoView {
    view! {
        <table class="keys"><tbody>
            {move || app.lang.get().settings().key_rows.iter().map(|(key, what)| view! {
                <tr><th scope="row"><kbd class="key">{key_name(key)}</kbd></th><td>{*what}</td></tr>
            }).collect_view()}
        </tbody></table>
    }
}
