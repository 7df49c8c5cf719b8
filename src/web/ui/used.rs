//! Which preferences went with a question, under the reply: how many, what they cost, the cards, and the whole request.

use super::Stock;
use super::icon::icon;
use crate::fault::Fault;
use crate::i18n::learned::short;
use crate::id::ChatId;
use crate::memory::Sent;
use crate::provider::{self, Api, Ask, Connection};
use crate::record::{self, case};
use crate::route::Route;
use crate::watch::wire::ToChat;
use crate::web::app::{App, demo};
use crate::web::rest;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

/// The line under the reply that the place is in.
pub fn view(app: App, place: &HtmlElement) -> AnyView {
    let row = place.get_attribute("data-sent");
    let row = row.and_then(|row| record::parse(&row));
    let sent = row.map(|row| Sent::read(&row)).unwrap_or_default();
    if sent.prefs.is_empty() {
        return ().into_any();
    }
    let (count, tokens) = (sent.prefs.len(), sent.tokens);
    let named = |name: &str| place.get_attribute(name).unwrap_or_default();
    let reply = (
        ChatId(named("data-chat")),
        named("data-seq").parse().unwrap_or_default(),
    );
    let request = RwSignal::new(None::<String>);
    let look = move |_| {
        let reply = reply.clone();
        spawn_local(async move { request.set(whole(app, &reply).await) });
    };
    let book = Stock::get().book;
    let cards = move || {
        let (lang, book) = (app.lang.get(), book.read());
        let all = sent.prefs.iter().map(|(id, tokens)| {
            let title = (lang.learned().tokens)(*tokens);
            match book.get(id) {
                Some(pref) => {
                    let href = Route::Memory(Some(id.clone())).hash();
                    view! { <a href=href title=title>{short(lang, pref)}</a> }.into_any()
                }
                None => view! { <del title=title>{lang.learned().missing}</del> }.into_any(),
            }
        });
        all.collect_view()
    };
    view! {
        <p class="sent" role="group" aria-label=move || app.lang.get().learned().sent_label>
            {icon("board")}<span>{move || (app.lang.get().learned().sent)(count)}</span>
            <span class="dot" aria-hidden="true">"·"</span>
            <span class="figure">{move || (app.lang.get().learned().tokens)(tokens)}</span>
            <span class="dot" aria-hidden="true">"·"</span>
            {cards}
            <span class="dot" aria-hidden="true">"·"</span>
            <button type="button" class="link" data-action="whole" on:click=look>{move || app.lang.get().learned().whole}</button>
        </p>
        {move || request.get().map(|text| sheet(app, text, request))}
    }
    .into_any()
}

/// The request that a reply answers, made again from what is kept: its messages, and the cards as they were then.
async fn whole(app: App, reply: &rest::Place) -> Option<String> {
    let ask = rest::tell(&ToChat::Sent(reply.0.clone(), reply.1)).await?;
    let mut ask = case::read_ask(&record::parse(&ask)?);
    let seen = rest::see(reply).await?;
    ask.model.clone_from(&seen.message.model);
    let named = |one: &&Connection| one.name == seen.message.connection;
    let all = app.connections.get_untracked();
    let connection = all.iter().find(named).cloned().unwrap_or_else(demo);
    request(connection, &ask).ok()
}

/// A request as it goes out, without the key. Of the demo model's, which has no address, only what it reads.
pub fn request(mut connection: Connection, ask: &Ask) -> Result<String, Fault> {
    connection.key.clear();
    let is_demo = connection.api == Api::Demo;
    if is_demo {
        connection.base = "http://demo.invalid".to_owned();
    }
    let request = provider::encode(&connection, ask)?;
    let body = pretty(&request.body);
    Ok(match is_demo {
        true => body,
        false => format!("{} {}\n\n{body}", request.method, request.url),
    })
}

/// JSON with line breaks; as it is where it is none.
fn pretty(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| json.to_owned())
}

/// The request over the page, until it is closed.
fn sheet(app: App, text: String, request: RwSignal<Option<String>>) -> AnyView {
    let words = app.lang.get_untracked().learned();
    let dialog: NodeRef<Dialog> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            let _ = dialog.show_modal();
        }
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog class="sheet sent-sheet" node_ref=dialog aria-label=words.whole on:close=move |_| request.set(None)>
            <h2>{words.whole}</h2>
            <p class="sub">{words.whole_lede}</p>
            <div class="code"><div class="code-head">"HTTP"</div><pre tabindex="0"><code>{text}</code></pre></div>
            <p class="actions"><button type="button" class="button" on:click=close>{app.t_now().shell.close}</button></p>
        </dialog>
    }
    .into_any()
}
