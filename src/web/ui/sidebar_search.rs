//! Search over all messages, in the place of the list.

use super::time;
use crate::chat::Conversation;
use crate::helper::{Ask, FAILED, read_hits};
use crate::route::Route;
use crate::search::{self, Hit, Query};
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
    let created = hit.created;
    view! {
        <li><a class="hit" href=Route::Chat(hit.chat, Some(hit.seq)).hash()>
            <span class="title">{hit.title}</span>
            <time>{move || time::short(app.lang.get(), created)}</time>
            <span class="sub">{hit.excerpt.into_iter().map(|(text, marked)| match marked {
                true => view! { <mark>{text}</mark> }.into_any(),
                false => text.into_any(),
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
    if !db().is_kept() {
        return spawn_local(look(typed, found, mine));
    }
    let words = typed.clone();
    helper::ask(&Ask::Search(&words), move |answer, more| {
        if !found.wants(mine) {
            return;
        }
        match answer.filter(|body| *body != FAILED) {
            Some(body) => {
                answered.set_value(true);
                found.hits.set(read_hits(body));
                found.done.set(!more);
            }
            None => spawn_local(look(typed.clone(), found, mine)),
        }
    });
}

/// Looks through all messages, while they are wanted.
async fn look(typed: String, found: Found, mine: u32) {
    clock::sleep(STALE).await;
    let query = Query::new(&typed);
    let mut titles: Vec<Conversation> = Vec::new();
    let mut after = None;
    while found.wants(mine) {
        let Ok(page) = db()
            .all_messages(after.as_ref().map(|(chat, seq)| (chat, *seq)), PAGE)
            .await
        else {
            return;
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
                created: message.created,
            });
        }
        if !hits.is_empty() && found.wants(mine) {
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
