//! The input frame on a text field. Drawn by the second program; the field itself is the chat's, which knows nothing
//! of all this but the two events by which it tells what no key tells ([`crate::web::places`]).

mod edges;
mod field;
mod finder;
mod menu;
mod stock;
mod under;

pub use field::Listening;
pub use finder::{Finder, week};
pub use stock::{Stock, heard, read, tell};

use crate::memory::Place;
use crate::route::Route;
use crate::web::app::{App, db};
use crate::web::places::{SENT, TEXT};
use crate::web::ui::composer;
use finder::chat_now;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use menu::Choice;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement, KeyboardEvent};

/// The key that hides the frame and shows it again.
pub const HIDE_KEY: &str = "F8";

/// The frame on the composer of the chat.
pub fn in_composer(app: App, place: &HtmlElement) -> AnyView {
    let field = place.parent_element().and_then(|frame| {
        let field = frame.query_selector("textarea").ok().flatten()?;
        field.dyn_into::<HtmlTextAreaElement>().ok()
    });
    let Some(field) = field else {
        return ().into_any();
    };
    let finder = Finder::new(app, field.clone());
    let listening = StoredValue::new_local(vec![
        Listening::new(&field, TEXT, move |_| finder.typed()),
        Listening::new(&field, SENT, move |_| sent(app, finder)),
        Listening::new(&field, "keydown", move |event| {
            if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
                on_key(app, finder, &event);
            }
        }),
    ]);
    on_cleanup(move || listening.dispose());
    follow(app, finder);
    view! { <Edges app finder in_chat=true /> }.into_any()
}

/// What is drawn on a field: name, marks, hint, and the words that cover a mark.
#[component]
pub fn Edges(
    app: App,
    finder: Finder,
    /// Whether the frame can be chosen and hidden.
    #[prop(optional)]
    in_chat: bool,
) -> impl IntoView {
    let under: NodeRef<Div> = NodeRef::new();
    let hidden = Stock::get().hidden;
    let shows = Memo::new(move |_| !(in_chat && hidden.get()));
    let told = move || (!shows.get()).then(|| app.lang.get().frames().hidden);
    view! {
        <div class="frame-edge frame-edge-top">
            {move || shows.get().then(|| view! {
                {match in_chat {
                    true => menu::name(app, finder, choose),
                    false => view! { <span class="frame-name">{move || {
                        let frame = finder.pinned.get();
                        frame.map(|frame| frame.name.get(app.lang.get()).to_owned())
                    }}</span> }.into_any(),
                }}
                {edges::marks(app, finder, under)}
            })}
        </div>
        <div class="frame-under" aria-hidden="true" node_ref=under></div>
        <div class="frame-edge frame-edge-bottom">
            {edges::hint(app, finder)}
            <span class="visually-hidden" role="status">{told}</span>
        </div>
    }
}

/// Follows the open conversation, what is pinned to it, and what the stock has.
fn follow(app: App, finder: Finder) {
    let stock = Stock::get();
    let (own, hidden, book) = (stock.own.clone(), stock.hidden.clone(), stock.book.clone());
    let last = stock.last.clone();
    Effect::new(move |_| {
        if let Route::Chat(id, _) = &*app.route.read() {
            last.set(Some(id.clone()));
        }
        own.track();
        finder.another_conversation();
        spawn_local(async move {
            let id = match chat_now() {
                Some(chat) => db().pinned_frame(&chat).await.unwrap_or_default(),
                None => Stock::get().fresh.get_untracked(),
            };
            pin(finder, &id);
        });
    });
    Effect::new(move |_| {
        hidden.track();
        book.track();
        let place = Place {
            chat: chat_now().unwrap_or_default(),
            persona: None,
            lang: app.lang.get(),
        };
        finder.ask_memory((!temporary()).then_some(place));
        finder.look();
    });
}

/// What was chosen in the menu.
fn choose(app: App, finder: Finder, choice: Choice) {
    let id = match choice {
        Choice::Hide => return Stock::get().hide(app, true),
        Choice::Auto => String::new(),
        Choice::Pin(id) => id,
    };
    pin(finder, &id);
    match chat_now() {
        None => Stock::get().fresh.set(id),
        Some(chat) => spawn_local(async move {
            if let Err(fault) = db().pin_frame(&chat, &id).await {
                app.fault(&fault);
            }
        }),
    }
    composer::focus_unless_touch();
}

fn pin(finder: Finder, id: &str) {
    let frame = Stock::get().find(id);
    if finder
        .pinned
        .try_get_untracked()
        .is_some_and(|before| before != frame)
    {
        finder.pinned.set(frame);
        finder.look();
    }
}

/// A message has gone out of the field: it is counted, and a frame that was pinned before there was a conversation
/// goes with it.
fn sent(app: App, finder: Finder) {
    let text = finder
        .field()
        .map(|field| field.value())
        .unwrap_or_default();
    let counts = finder.sent();
    let fresh = Stock::get().fresh;
    let Some(chat) = chat_now().filter(|_| !temporary()) else {
        return;
    };
    let pinned = fresh.get_untracked();
    fresh.set(String::new());
    spawn_local(async move {
        let kept = async {
            if !pinned.is_empty() {
                db().pin_frame(&chat, &pinned).await?;
            }
            db().count_sent(&chat, &text, counts.as_ref()).await
        };
        if let Err(fault) = kept.await {
            app.fault(&fault);
        }
    });
}

/// The key that hides, and Tab.
fn on_key(app: App, finder: Finder, event: &KeyboardEvent) {
    let hidden = Stock::get().hidden.get_untracked();
    if event.key() == HIDE_KEY && is_plain(event) {
        event.prevent_default();
        Stock::get().hide(app, !hidden);
    } else if !hidden {
        finder.on_tab(event);
    }
}

/// Whether a key is pressed alone and for the page: an input method has those that it composes with.
fn is_plain(event: &KeyboardEvent) -> bool {
    let composes = event.is_composing() || event.key_code() == 229;
    !(composes || event.ctrl_key() || event.meta_key() || event.alt_key())
}

/// Whether the conversation writes nothing and reads no memory: its button says so.
fn temporary() -> bool {
    let button = document().get_element_by_id("temporary");
    button.is_some_and(|button| button.get_attribute("aria-pressed").as_deref() == Some("true"))
}
