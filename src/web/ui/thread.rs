//! The messages of the open conversation, and where the reader stands in them.

use super::focus;
use super::icon::small_icon;
use super::last;
use super::live::{follow, shown, text, whether};
use super::message::MessageView;
use crate::chat::Seq;
use crate::id::ChatId;
use crate::route::{Page, Route};
use crate::web::app::{App, Open};
use crate::web::{chats, clock};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, MouseEvent, ResizeObserver};

/// Pixels from the end within which the reader counts as being there.
const NEAR: i32 = 48;
/// Messages at the end that are built at once, about a screenful, and those that each idle moment adds above them.
const FIRST: usize = 8;
const STEP: usize = 4;
/// Frames in which a message that is known has to be built.
const FRAMES: u32 = 60;
/// Pixels from an edge at which more messages are read.
const SOON: i32 = 240;

thread_local! {
    /// Whether the end is kept in view.
    static PINNED: Cell<bool> = const { Cell::new(true) };
    /// Where the reader was last, to tell which way they go and to bring them back.
    static LAST: Cell<i32> = const { Cell::new(0) };
    /// The conversation that was shown last.
    static SHOWN: RefCell<Option<ChatId>> = const { RefCell::new(None) };
    /// Keeps the end in view when the thread or the room for it has another size. The browser tells of that between
    /// layout and painting, so that nothing is laid out for it a second time.
    static SIZES: Option<ResizeObserver> = {
        let keep = Closure::<dyn Fn()>::new(keep_at_end).into_js_value();
        ResizeObserver::new(keep.unchecked_ref()).ok()
    };
    /// How many are on their way to a message: until they are there nothing else moves the view.
    static GOING: Cell<u32> = const { Cell::new(0) };
    /// Whether more messages are being read.
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the end in view after the thread has grown, while the reader is at the end.
fn keep_at_end() {
    if PINNED.get()
        && GOING.get() == 0
        && let Some(scroller) = scroller()
    {
        scroller.set_scroll_top(i32::MAX);
        // What the reader did not do is no move of theirs.
        LAST.set(scroller.scroll_top());
    }
}

/// Has [`SIZES`] look at the thread that is shown now.
fn watch_sizes() {
    SIZES.with(|sizes| {
        let Some(sizes) = sizes else { return };
        sizes.disconnect();
        for part in ["#scroller", ".thread"] {
            if let Some(part) = focus::find(part) {
                sizes.observe(&part);
            }
        }
    });
}

/// Goes to the end and stays there.
pub fn to_end() {
    PINNED.set(true);
    keep_at_end();
}

/// Goes to a message of the page and marks it.
pub fn go_to(seq: Seq) {
    PINNED.set(false);
    GOING.set(GOING.get() + 1);
    spawn_local(async move {
        clock::frame().await;
        if let Some(found) = focus::find("[data-found]") {
            let _ = found.remove_attribute("data-found");
        }
        let place = format!("#m{seq}");
        // It may be among those that are still to be built.
        for _ in 0..FRAMES {
            if focus::find(&place).is_some() {
                break;
            }
            clock::frame().await;
        }
        PINNED.set(false);
        if let Some(message) = focus::find(&place) {
            message.scroll_into_view();
            let _ = message.set_attribute("data-found", "");
            let _ = message.focus();
        }
        // A thread that was built for it comes to rest a frame later.
        for _ in 0..2 {
            clock::frame().await;
        }
        LAST.set(scroller().map_or(0, |scroller| scroller.scroll_top()));
        GOING.set(GOING.get().saturating_sub(1));
    });
}

/// Brings the keyboard to a tool of a message, when the message is there.
pub fn focus_tool(seq: Seq, action: &str) {
    focus::soon(format!("#m{seq} [data-action='{action}']"));
}

/// The action that a click asks for.
pub fn action(event: &MouseEvent) -> Option<String> {
    button(event)?.get_attribute("data-action")
}

/// The button that a click asks an action of.
pub fn button(event: &MouseEvent) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[data-action]").ok().flatten()
}

/// The words of a message that are selected.
pub fn chosen_in(seq: Seq) -> Option<String> {
    let selection = window().get_selection().ok().flatten()?;
    let words = selection.to_string().as_string()?;
    let inside = focus::find(&format!("#m{seq}"))?.contains(selection.anchor_node().as_ref());
    (inside && !words.trim().is_empty()).then_some(words)
}

fn scroller() -> Option<HtmlElement> {
    focus::find("#scroller")
}

/// The scrolling part of the screen.
#[component]
pub fn Thread(app: App) -> impl IntoView {
    let away = RwSignal::new(false);
    let on_scroll = move |_| {
        if let Some(scroller) = scroller() {
            let far = heed(app, &scroller);
            if away.get_untracked() != far {
                away.set(far);
            }
        }
    };
    let id = Memo::new(move |_| app.open.read().as_ref().map(|open| open.id.clone()));
    let more = whether(move || {
        let open = app.open.read();
        open.as_ref()
            .is_some_and(|open| !open.ahead.read().is_empty())
    });
    let to_newest = move |_| {
        let Some(open) = app.open.get_untracked() else {
            return;
        };
        spawn_local(async move {
            if more.get_untracked()
                && let Err(fault) = chats::newest(&open).await
            {
                app.fault(&fault);
            }
            to_end();
            clock::frame().await;
            to_end();
        });
    };
    view! {
        <div class="scroller" id="scroller" tabindex="0" role="log" aria-live="off" aria-label=app.words(|t| t.chat.log)
            on:scroll=on_scroll on:click=move |event| act(app, &event)>
            {follow(move || {
                // Reading, not only tracking: a memo that was never read follows nothing.
                let id = id.get();
                // Words of the messages are built once, in the language of then.
                app.lang.track();
                let same = SHOWN.with_borrow(|shown| *shown == id);
                if !same {
                    PINNED.set(GOING.get() == 0);
                    SHOWN.set(id);
                }
                match app.open.get_untracked() {
                    Some(open) => view! { <Messages app open /> }.into_any(),
                    None => view! { <Empty app /> }.into_any(),
                }
            })}
        </div>
        {shown(move || id.read().is_some() && (away.get() || more.get()), move || view! {
            <button class="button to-end" on:click=to_newest>{small_icon("down")}{app.words(|t| t.chat.to_end)}</button>

            })}
    }
}

/// Follows the reader: the end is left by any move up, and kept again when it is reached. Reads more
/// where an edge comes near. Says whether the reader is away from the end.
fn heed(app: App, scroller: &Element) -> bool {
    let top = scroller.scroll_top();
    let below = scroller.scroll_height() - top - scroller.client_height();
    let up = top < LAST.replace(top) && below > 2;
    let far = below >= NEAR;
    let open = app.open.get_untracked();
    let ended = open
        .as_ref()
        .is_none_or(|open| open.ahead.read_untracked().is_empty());
    if up || !ended {
        PINNED.set(false);
    } else if !far {
        PINNED.set(true);
    }
    if let Some(open) = open {
        if top < SOON && up {
            spawn_local(read_more(app, open, true));
        } else if below < SOON && !ended {
            spawn_local(read_more(app, open, false));
        }
    }
    !PINNED.get()
}

/// Reads an earlier or a later page, one at a time. What is being read stays where it is.
async fn read_more(app: App, open: Open, earlier: bool) {
    let there = match earlier {
        true => open.earlier.get_untracked() > 0,
        false => !open.ahead.read_untracked().is_empty(),
    };
    if !there || GOING.get() > 0 || READING.replace(true) {
        return;
    }
    let before = scroller().map(|element| element.scroll_height() - element.scroll_top());
    let read = match earlier {
        true => chats::earlier(&open).await,
        false => chats::later(&open).await,
    };
    if let Err(fault) = read {
        app.fault(&fault);
    }
    clock::frame().await;
    // Not every browser anchors what is in view when something comes in above it.
    let above = earlier && GOING.get() == 0;
    if let (Some(scroller), Some(before), true) = (scroller(), before, above) {
        scroller.set_scroll_top(scroller.scroll_height() - before);
    }
    READING.set(false);
}

/// The messages, with what is earlier and later on demand.
#[component]
fn Messages(app: App, open: Open) -> impl IntoView {
    let rows = open.messages.clone();
    let all = rows.clone();
    let begins = Memo::new(move |_| {
        let all = all.read();
        let mut messages = all.iter().rev().map(|row| row.message.read());
        let last = messages.find(|message| message.end.is_some() && !message.deleted);
        last.map_or(0, |reply| reply.since)
    });
    last::follow(&open);
    Effect::new(move |_| {
        let back = LAST.get();
        watch_sizes();
        spawn_local(async move {
            // While the next frame is waited for, there is time to lay the thread out.
            keep_at_end();
            clock::frame().await;
            let rests = PINNED.get() || GOING.get() > 0;
            if let (false, Some(scroller)) = (rests, scroller()) {
                scroller.set_scroll_top(back);
            }
        });
    });
    let held = held_back(app, &open);
    let present = move || {
        let mut rows = rows.get();
        rows.drain(..held.get().min(rows.len()));
        rows.retain(|row| !row.message.read().deleted);
        rows
    };
    let here = open.clone();
    let more = move |earlier: bool| {
        let open = here.clone();
        let there = open.clone();
        let there = whether(move || match earlier {
            true => there.earlier.get() > 0,
            false => !there.ahead.read().is_empty(),
        });
        view! {
            {shown(move || there.get(), move || view! {
                <div class="more-row">
                    <button class="button" id=if earlier { "earlier" } else { "later" }
                        on:click={let open = open.clone(); move |_| spawn_local(read_more(app, open.clone(), earlier))}>
                        {text(move || if earlier { app.t().chat.earlier } else { app.t().chat.later }.to_owned())}
                    </button>
                </div>

            })}
        }
    };
    view! {
        <div class="thread">
            {more(true)}
            <For each=present key=|row| row.seq let:row>
                {begins_here(app, begins, row.seq)}
                <MessageView app row open=open.clone() />
            </For>
            {more(false)}
        </div>
    }
}

/// The line above the message at which began what the last reply was made from.
fn begins_here(app: App, begins: Memo<Seq>, seq: Seq) -> impl IntoView {
    move || {
        (begins.get() == seq).then(|| {
            let chat = app
                .open
                .read_untracked()
                .as_ref()
                .map(|open| open.id.to_string());
            view! {
                <p class="memory-begins">{app.words(|t| t.chat.memory_begins)}</p>
                <vf-place data-kind="summary" data-chat=chat></vf-place>
            }
        })
    }
}

/// How many of the earliest rows are not built yet. At the end of a conversation the last screenful comes first, and
/// the others above it as the page finds time; who goes or comes back to a message has all at once.
fn held_back(app: App, open: &Open) -> RwSignal<usize> {
    let rows = open.messages.read_untracked().len();
    let at_end = PINNED.get() && !matches!(app.route.get_untracked(), Route::Chat(_, Some(_)));
    let held = RwSignal::new(if at_end {
        rows.saturating_sub(FIRST)
    } else {
        0
    });
    spawn_local(async move {
        while held.try_get_untracked().is_some_and(|rows| rows > 0) {
            clock::idle().await;
            let away = scroller().filter(|_| !PINNED.get());
            let away =
                away.map(|element| (element.scroll_height() - element.scroll_top(), element));
            held.try_update(|rows| *rows = rows.saturating_sub(STEP));
            // The effects that build them run first.
            clock::frame().await;
            if let Some((below, scroller)) = away {
                scroller.set_scroll_top(scroller.scroll_height() - below);
            }
        }
    });
    held
}

/// What a new conversation shows: one sentence, one action, a few first questions.
#[component]
fn Empty(app: App) -> impl IntoView {
    let demo = whether(move || app.choice().0.id == "demo");
    // Nothing is claimed before it is known.
    let known = whether(move || {
        let asked = matches!(app.route.get(), Route::Chat(..));
        app.ready.get() && (app.missing.get() || !asked)
    });
    let connect = Route::Settings(Page::Connections(Some("new".to_owned()))).hash();
    let frame = move || {
        let words = &app.t().chat;
        let (sentence, action) = match (app.missing.get(), demo.get()) {
            (true, _) => (
                words.missing,
                Some((Route::New.hash(), app.t().shell.new_chat)),
            ),
            (_, true) => (words.empty_lead, Some((connect.clone(), words.connect))),
            (_, false) => (words.empty_connected, None),
        };
        view! {
            <p>{sentence}</p>
            {action.map(|(href, words)| view! { <a class="button" id="connect" href=href>{words}</a> })}
        }
    };
    let tries = move || {
        let tries = app
            .t()
            .chat
            .try_these
            .iter()
            .filter(|_| demo.get() && !app.missing.get());
        tries.map(|words| view! { <button on:click=move |_| super::composer::fill(words)>{*words}</button> }).collect_view()
    };
    view! {
        {shown(move || known.get(), move || view! {
            <div class="empty-place">
                <div class="empty brackets">{frame.clone()}</div>
                <div class="tries">{tries}</div>
            </div>

            })}
    }
}

/// The one handler for everything that the prose offers: copy code, load an image, follow a note.
fn act(app: App, event: &MouseEvent) {
    let Some(place) = button(event) else { return };
    match place.get_attribute("data-action").as_deref() {
        Some("copy-code") => {
            let code = place.closest(".code").ok().flatten();
            let code = code.and_then(|code| code.query_selector("pre").ok().flatten());
            let code = code.and_then(|code| code.text_content());
            copy(app, code.unwrap_or_default(), Some(place));
        }
        Some("load-image") => super::prose::load_image(app, &place),
        Some("to-note") => super::prose::follow_note(&place, false),
        Some("from-note") => super::prose::follow_note(&place, true),
        _ => {}
    }
}

/// Copies text and says so: by a tick on the button where there is one, and to a screen reader.
pub fn copy(app: App, text: String, button: Option<Element>) {
    spawn_local(async move {
        let navigator = window().navigator();
        // A page that is not secure has no clipboard.
        let there = js_sys::Reflect::get(&navigator, &"clipboard".into());
        let done = there.is_ok_and(|clipboard| clipboard.is_object())
            && wasm_bindgen_futures::JsFuture::from(navigator.clipboard().write_text(&text))
                .await
                .is_ok();
        let words = &app.t_now().chat;
        match button.and_then(|button| button.query_selector("use").ok().flatten()) {
            Some(symbol) if done => {
                app.said.set(words.copied.to_owned());
                let _ = symbol.set_attribute("href", "#tick");
                clock::sleep(1_500).await;
                let _ = symbol.set_attribute("href", "#copy");
                app.said.set(String::new());
            }
            _ if done => app.tell(words.copied.to_owned(), None),
            _ => app.tell(words.copy_refused.to_owned(), None),
        }
    });
}
