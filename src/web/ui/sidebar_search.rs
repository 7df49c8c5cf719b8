//! Search over all messages, in the place of the list.

use super::time;
use crate::chat::{Conversation, Message};
use crate::route::Route;
use crate::search::{self, Query};
use crate::web::app::{App, db};
use crate::web::clock;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Most hits that are shown.
const MOST: usize = 50;
/// Messages that are looked through between two breaths of the page.
const PAGE: u32 = 1000;

/// A message that matches, with the title of its conversation.
#[derive(Clone)]
struct Hit {
    message: Message,
    title: String,
}

/// The hits for a query, newest conversations first, as they are found.
#[component]
pub fn Results(app: App, query: RwSignal<String>) -> impl IntoView {
    let hits = RwSignal::new(Vec::<Hit>::new());
    let done = RwSignal::new(false);
    let asked = StoredValue::new(0u32);
    Effect::new(move |_| {
        let words = query.get();
        asked.update_value(|n| *n += 1);
        let mine = asked.get_value();
        hits.set(Vec::new());
        done.set(false);
        spawn_local(async move {
            clock::sleep(80).await;
            look(&Query::new(&words), hits, || {
                asked.try_get_value() == Some(mine)
            })
            .await;
            if asked.try_get_value() == Some(mine) {
                done.set(true);
            }
        });
    });
    view! {
        <div class="list results" id="results" role="region" aria-label=move || app.t().shell.search>
            <p class="hint-line" role="status">
                {move || match (done.get(), hits.read().len()) {
                    (false, _) => app.t().shell.searching.to_owned(),
                    (true, 0) => (app.t().shell.no_hits)(query.read().trim()),
                    (true, n) => (app.t().shell.hits)(n),
                }}
            </p>
            <ul>
                <For each=move || hits.get() key=|hit| (hit.message.chat.clone(), hit.message.seq) let:hit>
                    <Found app hit words=query.get_untracked() />
                </For>
            </ul>
        </div>
    }
}

/// One hit: the conversation, when, and the words around the hit.
#[component]
fn Found(app: App, hit: Hit, words: String) -> impl IntoView {
    let message = hit.message;
    let href = Route::Chat(message.chat.clone(), Some(message.seq)).hash();
    let created = message.created;
    let parts = search::snippet(&message.text, &Query::new(&words), 60);
    view! {
        <li><a class="hit" href=href>
            <span class="title">{hit.title}</span>
            <time>{move || time::short(app.lang.get(), created)}</time>
            <span class="sub">{parts.into_iter().map(|(text, marked)| match marked {
                true => view! { <mark>{text}</mark> }.into_any(),
                false => text.into_any(),
            }).collect_view()}</span>
        </a></li>
    }
}

/// Looks through all messages, newest conversation first, while `wanted`.
async fn look(query: &Query, hits: RwSignal<Vec<Hit>>, wanted: impl Fn() -> bool) {
    let mut titles: Vec<Conversation> = Vec::new();
    let mut after = None;
    while wanted() && !query.is_empty() {
        let Ok(page) = db()
            .all_messages(after.as_ref().map(|(chat, seq)| (chat, *seq)), PAGE)
            .await
        else {
            return;
        };
        let Some(last) = page.last() else { return };
        after = Some((last.chat.clone(), last.seq));
        let mut found = Vec::new();
        for message in page {
            if message.deleted || !query.matches(&message.text) {
                continue;
            }
            if !titles.iter().any(|known| known.id == message.chat) {
                titles.extend(db().conversation(&message.chat).await.ok().flatten());
            }
            let known = titles.iter().find(|known| known.id == message.chat);
            let title = known.map(|known| known.title.clone()).unwrap_or_default();
            found.push(Hit { message, title });
        }
        if !found.is_empty() && wanted() {
            hits.update(|hits| {
                hits.extend(found);
                hits.sort_by_key(|hit| std::cmp::Reverse(hit.message.created));
                hits.truncate(MOST);
            });
        }
        clock::sleep(0).await;
    }
}
