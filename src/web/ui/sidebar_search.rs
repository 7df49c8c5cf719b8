//! Search over all messages, in the place of the list.

use super::time;
use crate::chat::{Conversation, Role};
use crate::helper::{Ask, FAILED, read_hits};
use crate::route::Route;
use crate::search::{self, Hit, Query};
use crate::text::marked;
use crate::web::app::{App, db};
use crate::web::{clock, helper};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// Most hits that are shown.
const MOST: usize = 50;
/// Messages that are looked through between two breaths of the page.
const PAGE: u32 = 1000;
/// Characters of an excerpt.
const WIDTH: usize = 60;
/// Milliseconds that the hits of the last query may stay while the next one is answered.
const STALE: u32 = 150;
/// Milliseconds after which one looks here too for what the worker has not answered: it may never come up.
const LATE: u32 = 3_000;

/// What is shown, and for which query.
#[derive(Clone, Copy)]
struct Found {
    hits: RwSignal<Vec<Hit>>,
    done: RwSignal<bool>,
    asked: StoredValue<u32>,
}

impl Found {
    /// Whether this is still what is asked for.
    fn wants(self, asked: u32) -> bool {
        self.asked.try_get_value() == Some(asked)
    }
}

/// The hits for what stands in the search field, newest messages first, as they are found.
#[component]
pub fn Results(app: App) -> impl IntoView {
    let query = RwSignal::new(typed());
    let listener = window_event_listener(leptos::ev::input, move |_| {
        let now = typed();
        if *query.read_untracked() != now {
            query.set(now);
        }
    });
    on_cleanup(move || listener.remove());
    let keys = window_event_listener(leptos::ev::keydown, |event| on_key(&event));
    on_cleanup(move || keys.remove());
    let found = Found {
        hits: RwSignal::new(Vec::new()),
        done: RwSignal::new(false),
        asked: StoredValue::new(0),
    };
    Effect::new(move |_| ask(query.get(), found));
    view! {
        <div class="list results" id="results" role="region" aria-label=app.words(|t| t.shell.search)>
            <p class="hint-line" role="status">
                {move || match (found.done.get(), found.hits.read().len()) {
                    (false, _) => app.t().shell.searching.to_owned(),
                    (true, 0) => (app.t().shell.no_hits)(query.read().trim()),
                    (true, n) => (app.t().shell.hits)(n),
                }}
            </p>
            <ul>
                // The excerpt is a part of the key: another query finds other words in the same message.
                <For each=move || found.hits.get() key=|hit| (hit.chat.clone(), hit.seq, hit.excerpt.clone()) let:hit>
                    <Line app hit />
                </For>
            </ul>
        </div>
    }
}

/// The arrows go through the field and its hits; in the field Enter opens the first one.
fn on_key(event: &web_sys::KeyboardEvent) {
    if super::message::composing(event) {
        return;
    }
    let place = event.target().and_then(|target| target.dyn_into().ok());
    let Some(place): Option<web_sys::HtmlElement> = place else {
        return;
    };
    let in_field = place.id() == "search";
    let line = place.closest("#results li").ok().flatten();
    let beside = |next: bool| {
        let other = match next {
            true => line.as_ref()?.next_element_sibling()?,
            false => line.as_ref()?.previous_element_sibling()?,
        };
        let hit = other.first_element_child()?;
        hit.dyn_into::<web_sys::HtmlElement>().ok()
    };
    let first = || super::focus::find("#results .hit");
    let next = match (event.key().as_str(), in_field, line.is_some()) {
        ("Enter", true, _) => {
            if let Some(hit) = first() {
                hit.click();
            }
            return;
        }
        ("ArrowDown", true, _) => first(),
        ("ArrowDown", _, true) => beside(true),
        ("ArrowUp", _, true) => beside(false).or_else(|| super::focus::find("#search")),
        _ => return,
    };
    event.prevent_default();
    if let Some(next) = next {
        let _ = next.focus();
    }
}

/// What stands in the search field, which is the first program's.
fn typed() -> String {
    let field = super::focus::find("#search").and_then(|field| field.dyn_into().ok());
    field.map_or_else(String::new, |field: web_sys::HtmlInputElement| {
        field.value()
    })
}

/// One hit: the conversation, when, and the words around the hit.
#[component]
fn Line(app: App, hit: Hit) -> impl IntoView {
    let (reply, created) = (hit.reply, hit.created);
    let whose = move || match reply {
        false => app.t().chat.you,
        true => app.t().shell.reply,
    };
    view! {
        <li><a class="hit" href=Route::Chat(hit.chat, Some(hit.seq)).hash()>
            <span class="title">{marked(&hit.title)}</span>
            <time>{move || time::short(app.lang.get(), created)}</time>
            <span class="sub"><b>{whose}</b>" "{hit.excerpt.into_iter().map(|(text, is_hit)| match is_hit {
                true => view! { <mark>{marked(&text)}</mark> }.into_any(),
                false => marked(&text).into_any(),
            }).collect_view()}</span>
        </a></li>
    }
}

/// Asks the worker; where there is none, or nothing that it could read, looks through the messages here.
fn ask(typed: String, found: Found) {
    found.asked.update_value(|asked| *asked += 1);
    let mine = found.asked.get_value();
    let answered = StoredValue::new(false);
    spawn_local(async move {
        clock::sleep(STALE).await;
        if found.wants(mine) && !answered.get_value() {
            found.hits.set(Vec::new());
            found.done.set(false);
        }
    });
    let looking = StoredValue::new(false);
    let words = typed.clone();
    let look_here = move || {
        if !looking.get_value() {
            looking.set_value(true);
            spawn_local(look(words.clone(), found, mine, answered));
        }
    };
    if !db().is_kept() {
        return look_here();
    }
    let late = look_here.clone();
    spawn_local(async move {
        clock::sleep(LATE).await;
        if found.wants(mine) && !answered.get_value() {
            late();
        }
    });
    helper::ask(&Ask::Search(&typed), move |answer, more| {
        if !found.wants(mine) {
            return;
        }
        match answer.filter(|body| *body != FAILED) {
            Some(body) => {
                answered.set_value(true);
                found.hits.set(read_hits(body));
                found.done.set(!more);
            }
            None => look_here(),
        }
    });
}

/// Looks through all messages, while they are wanted and nobody else has found them.
async fn look(typed: String, found: Found, mine: u32, answered: StoredValue<bool>) {
    clock::sleep(STALE).await;
    let wanted = || found.wants(mine) && answered.try_get_value() == Some(false);
    let query = Query::new(&typed);
    let mut titles: Vec<Conversation> = Vec::new();
    let mut after = None;
    while wanted() {
        let Ok(page) = db()
            .all_messages(after.as_ref().map(|(chat, seq)| (chat, *seq)), PAGE)
            .await
        else {
            return found.done.set(true);
        };
        let Some(last) = page.last() else {
            return found.done.set(true);
        };
        after = Some((last.chat.clone(), last.seq));
        let mut hits = Vec::new();
        for message in page {
            if message.deleted || !query.matches(&message.text) {
                continue;
            }
            if !titles.iter().any(|known| known.id == message.chat) {
                titles.extend(db().conversation(&message.chat).await.ok().flatten());
            }
            let known = titles.iter().find(|known| known.id == message.chat);
            hits.push(Hit {
                title: known.map(|known| known.title.clone()).unwrap_or_default(),
                excerpt: search::snippet(&message.text, &query, WIDTH),
                chat: message.chat,
                seq: message.seq,
                reply: message.role == Role::Assistant,
                created: message.created,
            });
        }
        if !hits.is_empty() && wanted() {
            found.hits.update(|all| {
                for hit in hits {
                    let at = all.partition_point(|other| other.created >= hit.created);
                    all.insert(at, hit);
                    all.truncate(MOST);
                }
            });
        }
        clock::sleep(0).await;
    }
}
