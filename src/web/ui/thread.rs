//! The messages of the open conversation, and where the reader stands in them.

use super::icon::icon;
use super::message::MessageView;
use crate::route::{Page, Route};
use crate::web::app::{App, Open};
use crate::web::{chats, clock};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::Element;

thread_local! {
    static PINNED: Cell<bool> = const { Cell::new(true) };
}

/// Keeps the end in view after the thread has grown, while the reader is at the end.
pub fn keep_at_end() {
    if PINNED.get()
        && let Some(scroller) = scroller()
    {
        scroller.set_scroll_top(i32::MAX);
    }
}

/// Goes to the end and stays there.
pub fn to_end() {
    PINNED.set(true);
    keep_at_end();
}

fn scroller() -> Option<Element> {
    document().get_element_by_id("scroller")
}

/// The scrolling part of the screen.
#[component]
pub fn Thread(app: App) -> impl IntoView {
    let away = RwSignal::new(false);
    let on_scroll = move |_| {
        let Some(scroller) = scroller() else { return };
        let below = scroller.scroll_height() - scroller.scroll_top() - scroller.client_height();
        PINNED.set(below < 48);
        if away.get_untracked() != (below >= 48) {
            away.set(below >= 48);
        }
    };
    let id = Memo::new(move |_| app.open.read().as_ref().map(|open| open.id.clone()));
    view! {
        <div class="scroller" id="scroller" tabindex="0" role="log" aria-label=move || app.t().chat.log
            on:scroll=on_scroll on:click=move |event| act(app, &event)>
            <div class="thread">
                {move || {
                    // Reading, not only tracking: a memo that was never read follows nothing.
                    let _ = id.get();
                    PINNED.set(true);
                    match app.open.get_untracked() {
                        Some(open) => view! { <Messages app open /> }.into_any(),
                        None => view! { <Empty app /> }.into_any(),
                    }
                }}
            </div>
        </div>
        <Show when=move || away.get()>
            <button class="button to-end" on:click=move |_| to_end()>{icon("down")}{move || app.t().chat.to_end}</button>
        </Show>
    }
}

/// The messages, with what is earlier on demand.
#[component]
fn Messages(app: App, open: Open) -> impl IntoView {
    let rows = open.messages.clone();
    let earlier = open.earlier.clone();
    let more = open.clone();
    let busy = RwSignal::new(false);
    let load = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let open = more.clone();
        spawn_local(async move {
            let before = scroller().map(|element| element.scroll_height() - element.scroll_top());
            if let Err(fault) = chats::earlier(open).await {
                app.fault(&fault);
            }
            clock::frame().await;
            // Safari has no scroll anchoring: stay at the message that was at the top.
            if let (Some(scroller), Some(before)) = (scroller(), before) {
                scroller.set_scroll_top(scroller.scroll_height() - before);
            }
            busy.set(false);
        });
    };
    let target = match app.route.get_untracked() {
        Route::Chat(_, seq) => seq,
        _ => None,
    };
    Effect::new(move |_| {
        spawn_local(async move {
            match target.and_then(|seq| document().get_element_by_id(&format!("m{seq}"))) {
                Some(message) => {
                    PINNED.set(false);
                    message.scroll_into_view();
                    let _ = message.set_attribute("data-found", "");
                }
                None => {
                    keep_at_end();
                    clock::frame().await;
                    keep_at_end();
                }
            }
        });
    });
    let keyed = move || {
        let rows = rows.get();
        rows.into_iter()
            .filter(|row| !row.message.read_untracked().deleted)
            .collect::<Vec<_>>()
    };
    view! {
        <Show when={let earlier = earlier.clone(); move || earlier.get() > 0}>
            <div class="more-row">
                <button class="button" id="earlier" aria-busy=move || busy.get().to_string()
                    on:click={let load = load.clone(); move |_| load()}>{move || app.t().chat.earlier}</button>
            </div>
        </Show>
        <For each=keyed key=|row| row.seq let:row>
            <MessageView app row open=open.clone() />
        </For>
    }
}

/// What a new conversation shows: one sentence, one action, a few first questions.
#[component]
fn Empty(app: App) -> impl IntoView {
    let demo = Memo::new(move |_| app.choice().0.id == "demo");
    let connect = Route::Settings(Page::Connections(Some("new".to_owned()))).hash();
    view! {
        <div class="empty-place"><div class="empty brackets">
            {move || match (app.missing.get(), demo.get()) {
                (true, _) => view! { <p>{app.t().chat.missing}</p> }.into_any(),
                (_, false) => view! { <p>{app.t().chat.empty_connected}</p> }.into_any(),
                (_, true) => view! {
                    <p>{app.t().chat.empty_lead}</p>
                    <a class="button" id="connect" href=connect.clone()>{app.t().chat.connect}</a>
                    <ul class="tries">
                        {app.t().chat.try_these.iter().map(|words| view! {
                            <li><button class="link" on:click=move |_| super::composer::fill(words)>{*words}</button></li>
                        }).collect_view()}
                    </ul>
                }.into_any(),
            }}
        </div></div>
    }
}

/// The one handler for everything that the prose offers: copy code, load an image, follow a note.
fn act(app: App, event: &web_sys::MouseEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(place) = target.and_then(|target| target.closest("[data-action]").ok().flatten())
    else {
        return;
    };
    match place.get_attribute("data-action").as_deref() {
        Some("copy-code") => {
            let code = place.closest(".code").ok().flatten();
            let code = code.and_then(|code| code.query_selector("pre").ok().flatten());
            copy(
                app,
                code.and_then(|code| code.text_content())
                    .unwrap_or_default(),
            );
        }
        Some("load-image") => super::prose::load_image(&place),
        Some("to-note") => super::prose::follow_note(&place, false),
        Some("from-note") => super::prose::follow_note(&place, true),
        _ => {}
    }
}

/// Copies text and says so.
pub fn copy(app: App, text: String) {
    spawn_local(async move {
        let clipboard = window().navigator().clipboard();
        if wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text))
            .await
            .is_ok()
        {
            app.tell(app.t_now().chat.copied.to_owned(), None);
        }
    });
}
