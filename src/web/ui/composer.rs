//! The composer: a real text field in its frame. The field is never written to while an input method composes.

use super::icon::icon;
use super::message::composing;
use super::picker::Picker;
use super::time;
use crate::id::ChatId;
use crate::record::NEW_DRAFT;
use crate::tokens;
use crate::web::app::{App, db};
use crate::web::{clock, turn};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

/// Milliseconds of rest after which a draft is kept.
const REST: u32 = 300;

thread_local! {
    static EDITS: Cell<u32> = const { Cell::new(0) };
}

/// The text field, the model and the send button.
#[component]
pub fn Composer(app: App) -> impl IntoView {
    let field: NodeRef<Textarea> = NodeRef::new();
    let length = RwSignal::new(0);
    let changed = move || {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let text = field.value();
        length.set(tokens::estimate(&text));
        keep_draft(app, text);
    };
    let submit = move || {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let text = field.value();
        if text.trim().is_empty() || busy(app) {
            return;
        }
        EDITS.set(EDITS.get() + 1);
        let draft = draft_name(app);
        spawn_local(async move {
            super::thread::to_end();
            if !turn::send(app, text.clone()).await {
                return;
            }
            // Only what was sent is cleared: more may have been typed meanwhile.
            if field.value() == text {
                field.set_value("");
                length.set(0);
            }
            let _ = db().put_draft(&draft, &field.value()).await;
        });
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && busy(app) {
            return stop(app);
        }
        if event.key() != "Enter" || composing(&event) {
            return;
        }
        let with_control = event.ctrl_key() || event.meta_key();
        let enter_sends = app.settings.read_untracked().enter_sends && !coarse();
        if with_control || (enter_sends && !event.shift_key()) {
            event.prevent_default();
            submit();
        }
    };
    let chat = Memo::new(move |_| app.open.read().as_ref().map(|open| open.id.clone()));
    Effect::new(move |before: Option<Option<ChatId>>| {
        let now = chat.get();
        let Some(field) = field.get() else { return now };
        match before {
            None => adopt(&field),
            Some(before) if before == now => return now,
            Some(_) => field.set_value(""),
        }
        let field: HtmlTextAreaElement = field;
        spawn_local(async move {
            let draft = db().draft(&draft_name(app)).await.unwrap_or_default();
            if field.value().is_empty() && !draft.is_empty() {
                field.set_value(&draft);
            }
            length.set(tokens::estimate(&field.value()));
        });
        now
    });
    let streaming = Memo::new(move |_| {
        app.busy.track();
        chat.get().is_some_and(|id| turn::receiving(&id))
    });
    view! {
        <div class="composer-dock">
            <form class="composer" data-focus="silent" on:submit=move |event| { event.prevent_default(); submit(); }>
                <div class="frame brackets">
                    <div class="frame-edge frame-edge-top"></div>
                    <textarea id="composer" node_ref=field rows="1" autocomplete="off" aria-label=move || app.t().chat.write
                        on:input=move |_| changed() on:keydown=on_key></textarea>
                    <div class="frame-edge frame-edge-bottom"></div>
                </div>
                <div class="composer-bar">
                    <Picker app />
                    <span class="readout figure">
                        <Show when=move || length.get().ge(&1)>
                            <span class="wide-only">{move || (app.t().chat.about_tokens)(&time::count(app.lang.get(), length.get().into()))}</span>
                        </Show>
                    </span>
                    {move || match streaming.get() {
                        true => view! {
                            <button type="button" class="button" id="stop" on:click=move |_| stop(app)>
                                {icon("stop")}{app.t().chat.stop}" "<kbd class="wide-only">"Esc"</kbd>
                            </button>
                        }.into_any(),
                        false => view! {
                            <button type="submit" class="button button-ink" id="send">
                                {app.t().chat.send}" "<kbd class="wide-only">"Enter"</kbd>
                            </button>
                        }.into_any(),
                    }}
                </div>
            </form>
        </div>
    }
}

/// Puts the caret into the composer.
pub fn focus() {
    if let Some(field) = field() {
        let _ = field.focus();
    }
}

/// Puts words into an empty composer.
pub fn fill(words: &str) {
    if let Some(field) = field().filter(|field| field.value().is_empty()) {
        put(&field, words);
    }
}

/// Quotes words in the composer, before what is there.
pub fn quote(words: &str) {
    let Some(field) = field() else { return };
    let quoted: String = words
        .trim()
        .lines()
        .map(|line| format!("> {line}\n"))
        .collect();
    put(&field, &format!("{quoted}\n{}", field.value()));
}

/// Stops what streams into the open conversation.
pub fn stop(app: App) {
    if let Some(open) = app.open.get_untracked() {
        turn::stop(&open.id);
    }
}

fn busy(app: App) -> bool {
    app.open
        .read_untracked()
        .as_ref()
        .is_some_and(|open| turn::receiving(&open.id))
}

fn put(field: &HtmlTextAreaElement, words: &str) {
    field.set_value(words);
    let _ = field.focus();
    if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &{
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        init
    }) {
        let _ = field.dispatch_event(&event);
    }
}

fn field() -> Option<HtmlTextAreaElement> {
    document().get_element_by_id("composer")?.dyn_into().ok()
}

/// On a touch keyboard Enter breaks the line.
fn coarse() -> bool {
    let query = window()
        .match_media("(pointer: coarse) and (hover: none)")
        .ok()
        .flatten();
    query.is_some_and(|query| query.matches())
}

fn draft_name(app: App) -> String {
    let open = app.open.read_untracked();
    open.as_ref()
        .map_or_else(|| NEW_DRAFT.to_owned(), |open| open.id.to_string())
}

/// Keeps a draft when the typing rests.
fn keep_draft(app: App, text: String) {
    let temporary = app
        .open
        .read_untracked()
        .as_ref()
        .map_or(app.temporary.get_untracked(), |open| open.temporary);
    if temporary {
        return;
    }
    let edit = EDITS.get() + 1;
    EDITS.set(edit);
    let name = draft_name(app);
    spawn_local(async move {
        clock::sleep(REST).await;
        if EDITS.get() == edit {
            let _ = db().put_draft(&name, &text).await;
        }
    });
}

/// Takes over what was typed into the page before the program was in.
fn adopt(field: &HtmlTextAreaElement) {
    let Some(shell) = document().get_element_by_id("shell") else {
        return;
    };
    let old = shell.query_selector("textarea").ok().flatten();
    if let Some(old) = old.and_then(|old| old.dyn_into::<HtmlTextAreaElement>().ok()) {
        let focused = document()
            .active_element()
            .is_some_and(|active| active == *old.as_ref());
        field.set_value(&old.value());
        let (start, end) = (
            old.selection_start().ok().flatten(),
            old.selection_end().ok().flatten(),
        );
        shell.remove();
        if focused {
            let _ = field.focus();
        }
        if let (Some(start), Some(end)) = (start, end) {
            let _ = field.set_selection_range(start, end);
        }
    } else {
        shell.remove();
    }
}
