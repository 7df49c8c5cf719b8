//! The composer: a real text field in its frame. The field is never written to while an input method composes.

use super::icon::icon;
use super::live::{flag, follow, shown, text};
use super::message::composing;
use super::picker::Picker;
use crate::memory::{Foreign, Way};
use crate::record::NEW_DRAFT;
use crate::web::app::{App, db};
use crate::web::places::{SENT, TEXT};
use crate::web::{clock, turn};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

/// Milliseconds of rest after which a draft is kept.
pub const REST: u32 = 300;

thread_local! {
    /// Keeps the draft when the typing rests.
    static DRAFT: clock::Pause = clock::Pause::default();
    /// Whether a text is on its way into the conversation: it stands in the field until it is stored.
    static SENDING: Cell<bool> = const { Cell::new(false) };
    /// What was typed before the program was in, while another screen than the chat is shown.
    static EARLY: RefCell<String> = const { RefCell::new(String::new()) };
    /// Which stretches of the text were not typed.
    static FOREIGN: RefCell<Foreign> = RefCell::default();
}

/// Whose draft stands in the field: the name under which it is kept, and whether it is.
type Place = (String, bool);

/// The text field, the model and the send button.
#[component]
pub fn Composer(app: App) -> impl IntoView {
    let field: NodeRef<Textarea> = NodeRef::new();
    let place = Memo::new(move |_| place(app));
    let changed = move |way: Way| {
        if let Some(field) = field.get_untracked() {
            let text = field.value();
            FOREIGN.with_borrow_mut(|foreign| foreign.change(&text, way));
            let place = place.get_untracked();
            DRAFT.with(|draft| {
                draft.then(REST, move || spawn_local(keep_draft(app, place, text)));
            });
        }
    };
    // Another tab may have taken the draft of this place for its own, and out by sending.
    let focus = window_event_listener(leptos::ev::focus, move |_| {
        let words = field.get_untracked().map(|field| field.value());
        let (name, kept) = place.get_untracked();
        if let Some(words) = words.filter(|words| kept && !words.is_empty()) {
            spawn_local(async move {
                if db().draft(&name).await.is_ok_and(|kept| kept.is_empty()) {
                    store_draft(app, name, &words).await;
                }
            });
        }
    });
    on_cleanup(move || focus.remove());
    let submit = move || {
        if let Some(field) = field.get_untracked()
            && !SENDING.get()
            && !untrack(|| busy(app))
            && !field.value().trim().is_empty()
        {
            let from = place.get_untracked();
            spawn_local(async move {
                send(app, &field, from).await;
                changed(Way::Typed);
            });
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() != "Enter" || composing(&event) {
            return;
        }
        let with_control = event.ctrl_key() || event.meta_key();
        // Both together are a shortcut of the page.
        if with_control && event.shift_key() {
            return;
        }
        let enter_sends = app.settings.read_untracked().enter_sends && !coarse();
        if with_control || (enter_sends && !event.shift_key()) {
            event.prevent_default();
            submit();
        }
    };
    Effect::new(move |before: Option<Place>| {
        let (now, ready) = (place.get(), app.ready.get());
        let Some(field) = field.get() else { return now };
        let field: HtmlTextAreaElement = field;
        match before {
            None if field.value().is_empty() => set(&field, &EARLY.take()),
            Some(before) if before.0 != now.0 && !SENDING.get() => {
                spawn_local(keep_draft(app, before, field.value()));
                set(&field, "");
            }
            // What was written before it became temporary is not kept either.
            Some(before) if before.0 == now.0 && before.1 != now.1 && !field.value().is_empty() => {
                let words = if now.1 { field.value() } else { String::new() };
                spawn_local(keep_draft(app, (now.0.clone(), true), words));
            }
            _ => {}
        }
        fire(&field, TEXT);
        if ready && now.1 && !SENDING.get() {
            let asked = now.clone();
            spawn_local(async move {
                let draft = db().draft(&asked.0).await.unwrap_or_default();
                let still = place.try_get_untracked().as_ref() == Some(&asked);
                if still && !draft.is_empty() && field.value().is_empty() {
                    set(&field, &draft);
                    fire(&field, TEXT);
                }
            });
        }
        now
    });
    let about = Memo::new(move |_| {
        let (connection, model) = app.choice();
        let chat = match &*app.open.read() {
            Some(open) if !open.temporary => open.id.to_string(),
            _ => String::new(),
        };
        let memory = turn::minds_now(app).then_some("");
        (connection.id, model, chat, memory)
    });
    let streaming = Memo::new(move |_| {
        app.busy.track();
        busy(app)
    });
    // One button, so that the keyboard's place is not lost when it changes its meaning.
    let act = move |event: web_sys::MouseEvent| {
        match streaming.get_untracked() {
            // The second half of a double click on Send.
            true if event.detail() > 1 => return,
            true => stop(app),
            false => submit(),
        }
        focus_unless_touch();
    };
    let key = move || match (streaming.get(), app.settings.read().enter_sends) {
        (true, _) => "Esc",
        (false, true) => "Enter",
        (false, false) => "Ctrl+Enter",
    };
    view! {
        <div class="composer-dock">
            {follow(move || asks(about.get(), "budget"))}
            <form class="composer" data-focus="silent" on:submit=move |event| { event.prevent_default(); submit(); }>
                <div class="frame brackets">
                    <vf-place data-kind="frame"></vf-place>
                    <textarea id="composer" node_ref=field rows="1" autocomplete="off" aria-label=app.words(|t| t.chat.write)
                        on:input=move |event| changed(way(&event)) on:keydown=on_key></textarea>
                </div>
                <div class="composer-bar">
                    <Picker app />
                    <span class="readout figure">
                        {follow(move || asks(about.get(), "request"))}
                    </span>
                    <button type="button" id=flag(move || Some(if streaming.get() { "stop" } else { "send" })) on:click=act
                        class=text(move || if streaming.get() { "button" } else { "button button-ink" }.to_owned())>
                        {shown(move || streaming.get(), || icon("square"))}
                        {text(move || if streaming.get() { app.t().chat.stop } else { app.t().chat.send }.to_owned())}
                        <kbd class="wide-only">{text(move || super::notices::key_name(key()))}</kbd>
                    </button>
                </div>
            </form>
        </div>
    }
}

/// Whom the next request would ask, for which conversation, and whether memory goes with it.
type Asked = (String, String, String, Option<&'static str>);

/// A place that is about the next request.
fn asks((connection, model, chat, memory): Asked, kind: &'static str) -> impl IntoView {
    view! { <vf-place data-kind=kind data-connection=connection data-model=model data-chat=chat data-memory=memory></vf-place> }
}

/// Sends what stands in the field. It goes out of the field when it is stored, and not before.
async fn send(app: App, field: &HtmlTextAreaElement, from: Place) {
    let text = field.value();
    SENDING.set(true);
    DRAFT.with(clock::Pause::cancel);
    while !app.ready.get_untracked() {
        clock::sleep(20).await;
    }
    super::thread::to_end();
    let foreign = FOREIGN.with_borrow(|foreign| foreign.stretches().to_vec());
    let sent = turn::send(app, text.clone(), foreign).await;
    // The place of a new conversation changes now, and nothing may be put aside or cleared for that.
    clock::sleep(0).await;
    SENDING.set(false);
    if !sent {
        return;
    }
    fire(field, SENT);
    // Only what was sent is cleared: more may have been typed meanwhile.
    if let Some(rest) = field.value().strip_prefix(&text) {
        field.set_value(rest);
        fire(field, TEXT);
    }
    super::thread::to_end();
    keep_draft(app, from, String::new()).await;
}

/// Puts the caret into the composer.
pub fn focus() {
    if let Some(field) = field() {
        let _ = field.focus();
    }
}

/// As [`focus`], but not where a keyboard would come up on the screen.
pub fn focus_unless_touch() {
    if !coarse() {
        focus();
    }
}

/// As [`focus_unless_touch`], when the composer is there.
pub fn focus_soon() {
    if !coarse() {
        super::focus::soon("#composer".to_owned());
    }
}

/// What stands in the composer.
pub fn words() -> String {
    field().map(|field| field.value()).unwrap_or_default()
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
    let open = app.open.read();
    open.as_ref().is_some_and(|open| turn::receiving(&open.id))
}

fn put(field: &HtmlTextAreaElement, words: &str) {
    field.set_value(words);
    let _ = field.focus();
    fire(field, "input");
}

/// Puts a text into the field of which nobody knows how it was written.
fn set(field: &HtmlTextAreaElement, words: &str) {
    field.set_value(words);
    FOREIGN.with_borrow_mut(|foreign| foreign.begin(words));
}

/// How the text of the field has changed. An input method of Safari inserts "from composition": that is typing.
fn way(event: &web_sys::Event) -> Way {
    let Some(event) = event.dyn_ref::<web_sys::InputEvent>() else {
        return Way::Put;
    };
    match event.input_type().as_str() {
        "insertFromPaste" | "insertFromPasteAsQuotation" | "insertFromDrop" | "insertFromYank" => {
            Way::Put
        }
        "historyUndo" | "historyRedo" => Way::History,
        _ => Way::Typed,
    }
}

/// Tells who listens to the field.
fn fire(field: &HtmlTextAreaElement, name: &str) {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict(name, &init) {
        let _ = field.dispatch_event(&event);
    }
}

fn field() -> Option<HtmlTextAreaElement> {
    document().get_element_by_id("composer")?.dyn_into().ok()
}

/// Whether there is a touch screen and no keyboard: Enter breaks the line, and focus would bring up keys.
pub fn coarse() -> bool {
    let query = window()
        .match_media("(pointer: coarse) and (hover: none)")
        .ok()
        .flatten();
    query.is_some_and(|query| query.matches())
}

fn place(app: App) -> Place {
    match &*app.open.read() {
        Some(open) => (open.id.to_string(), !open.temporary),
        None => (NEW_DRAFT.to_owned(), !app.temporary.get()),
    }
}

/// Keeps a draft, and nothing that waited to be kept before it.
async fn keep_draft(app: App, (name, kept): Place, text: String) {
    DRAFT.with(clock::Pause::cancel);
    if kept {
        store_draft(app, name, &text).await;
    }
}

/// Keeps at once what is being written, here and in a message that is being changed: there is no time to rest.
pub fn keep_now() {
    DRAFT.with(clock::Pause::now);
    super::editing::keep_now();
}

/// Empties the field: what stood there belongs to a conversation that is deleted.
pub fn forget_words() {
    if let Some(field) = field() {
        set(&field, "");
    }
}

/// Stores what is being written under the name of its place, and tells where something is.
pub async fn store_draft(app: App, name: String, text: &str) {
    let _ = db().put_draft(&name, text).await;
    let known = app.drafts.read_untracked().contains(&name);
    match (known, text.trim().is_empty()) {
        (true, true) => app.drafts.update(|all| all.retain(|other| *other != name)),
        (false, false) => app.drafts.update(|all| all.push(name)),
        _ => {}
    }
}

/// Takes over what was typed into the page before the program was in, and removes that first page.
/// Where another screen is shown the words wait for the composer. To be called once everything is mounted.
pub fn adopt() {
    let Some(shell) = document().get_element_by_id("shell") else {
        return;
    };
    let old = shell.query_selector("textarea").ok().flatten();
    let old = old.and_then(|old| old.dyn_into::<HtmlTextAreaElement>().ok());
    let active = document().active_element();
    // Before the field is looked for: there are two of that id.
    shell.remove();
    let Some(old) = old else { return };
    let Some(field) = field() else {
        return EARLY.set(old.value());
    };
    set(&field, &old.value());
    if active.is_some_and(|active| active == *old.as_ref()) {
        let _ = field.focus();
    }
    let at = |place: Result<Option<u32>, _>| place.ok().flatten();
    if let (Some(start), Some(end)) = (at(old.selection_start()), at(old.selection_end())) {
        let _ = field.set_selection_range(start, end);
    }
}
