//! The exact request that the next message goes out with, in its panel. The key is left out.

use super::icon::{icon, small_icon};
use super::place::on_toggle;
use super::sidebar::hide_popover;
use super::{thread, used};
use crate::i18n;
use crate::provider::Api;
use crate::record::case;
use crate::watch::wire::{Next, ToChat};
use crate::web::app::{App, demo};
use crate::web::rest;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

/// What the panel shows.
#[derive(Clone, Default)]
struct Shown {
    /// The request; empty where there is nothing to send.
    request: String,
    /// How many messages it leaves out.
    left: usize,
    /// Whether the demo model would read it.
    demo: bool,
}

/// The panel that the place is in: looked at anew each time that it opens.
pub fn view(app: App, place: &HtmlElement) -> AnyView {
    let shown = RwSignal::new(Shown::default());
    let look = move || {
        spawn_local(async move {
            let now = look(app).await;
            let _ = shown.try_set(now);
        });
    };
    on_toggle(place, move |opens| {
        if opens {
            look();
        }
    });
    let lede = move || {
        let words = app.lang.get().learned();
        let shown = shown.read();
        match (shown.request.is_empty(), shown.demo) {
            (true, _) => words.next_none,
            (_, true) => words.next_demo,
            _ => words.next_lede,
        }
    };
    let left = move || {
        let left = shown.read().left;
        (left > 0)
            .then(|| view! { <p class="sub">{(app.lang.get().learned().next_omitted)(left)}</p> })
    };
    view! {
        <div class="panel-title">
            <h2>{app.words(|t| t.chat.sent)}</h2>
            <button class="tool" autofocus aria-label=app.words(|t| t.shell.close) on:click=move |_| hide_popover("sent")>{small_icon("cross")}</button>
        </div>
        <p class="sub">{lede}</p>
        {left}
        {move || code(app, shown.read().request.clone())}
        <span class="visually-hidden" role="status">{move || app.said.get()}</span>
    }
    .into_any()
}

fn code(app: App, request: String) -> Option<AnyView> {
    let copied = request.clone();
    let copy = move |event| thread::copy(app, copied.clone(), thread::button(&event));
    (!request.is_empty()).then(|| view! {
        <div class="code"><div class="code-head">"HTTP"
            <button class="tool" aria-label=app.words(|t| t.chat.copy) data-action="copy" on:click=copy>{icon("copy")}</button>
        </div><pre tabindex="0"><code>{request}</code></pre></div>
    }.into_any())
}

async fn look(app: App) -> Shown {
    let Some(next) = rest::tell(&ToChat::Next)
        .await
        .and_then(|text| Next::read(&text))
    else {
        return Shown::default();
    };
    let all = app.connections.get_untracked();
    let connection = all.iter().find(|one| one.id == next.connection);
    let connection = connection.cloned().unwrap_or_else(demo);
    let demo = connection.api == Api::Demo;
    let request = used::request(connection, &case::read_ask(&next.ask));
    Shown {
        request: request.unwrap_or_else(|fault| i18n::sentence(app.lang.get_untracked(), &fault)),
        left: next.left as usize,
        demo,
    }
}
