//! Connections: the list, and the form of one. The key is shown nowhere but in its own field.

use super::appearance::change;
use crate::i18n;
use crate::provider::{self, Api, Connection, address};
use crate::route::{Page, Route};
use crate::web::app::{App, db, demo, notify};
use crate::web::tabs::Notice;
use crate::web::ui::icon::icon;
use crate::web::{clock, http};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The list of connections, beside every page of the settings.
#[component]
pub fn Connections(app: App, page: Memo<Page>) -> impl IntoView {
    let add = Route::Settings(Page::Connections(Some("new".to_owned()))).hash();
    let rows = move || {
        let all = app.connections.get();
        let here = match page.get() {
            Page::Connections(id) => id,
            _ => None,
        };
        let (used, _) = app.choice();
        let rows = all.iter().map(|connection| {
            let is_demo = connection.id == "demo";
            let name = if is_demo { app.t().chat.demo.to_owned() } else { connection.name.clone() };
            let sub = if is_demo { app.t().settings.demo_sub.to_owned() } else { address::host(&connection.base) };
            let href = Route::Settings(Page::Connections(Some(connection.id.clone()))).hash();
            let current = (here.as_deref() == Some(&connection.id)).then_some("true");
            let is_used = used.id == connection.id;
            view! {
                <a class="connection" href=href aria-current=current data-state=is_used.then_some("working")>
                    {icon(if is_used { "tick" } else { "ring" })}<b>{name}</b><span class="sub">{sub}</span>
                </a>
            }
        });
        rows.collect_view()
    };
    view! {
        <nav class="connections" aria-label=move || app.t().settings.connections>
            {rows}
            <a class="button" id="connection-add" href=add>{icon("plus")}{move || app.t().settings.add}</a>
        </nav>
    }
}

/// One connection, or where to begin.
#[component]
pub fn ConnectionPage(app: App, id: Option<String>) -> impl IntoView {
    let all = app.connections.get_untracked();
    match id.as_deref() {
        None => view! { <section class="section"><h2>{app.t_now().settings.connections}</h2><p>{app.t_now().settings.about_lede}</p></section> }.into_any(),
        Some("demo") => view! { <section class="section"><h2>{app.t_now().chat.demo}</h2><p>{app.t_now().settings.demo_sub}</p></section> }.into_any(),
        Some(id) => {
            let known = all.iter().find(|connection| connection.id == id).cloned();
            let new = known.is_none();
            let connection = known.unwrap_or_else(|| Connection { id: clock::new_chat_id().to_string(), ..Connection::default() });
            view! { <Form app connection new /> }.into_any()
        }
    }
}

/// The form of one connection.
#[component]
fn Form(app: App, connection: Connection, new: bool) -> impl IntoView {
    let draft = RwSignal::new(connection.clone());
    let said = RwSignal::new(String::new());
    let asking = RwSignal::new(false);
    let old_origin = address::origin(&connection.base);
    let had_key = !connection.key.is_empty();
    let rekeyed = RwSignal::new(false);
    // A stored key must not follow the address to another host unseen.
    let moved = Memo::new(move |_| {
        had_key && !rekeyed.get() && address::origin(&draft.read().base) != old_origin
    });
    let words = move || &app.t().settings;
    let save = move || {
        let mut connection = draft.get_untracked();
        if provider::endpoint(&connection.base).is_err() {
            return said.set(words().bad_address.to_owned());
        }
        if moved.get_untracked() {
            return said.set((words().key_moves)(&address::host(&connection.base)));
        }
        connection.api = Api::Chat;
        connection.name = connection.name.trim().to_owned();
        if connection.name.is_empty() {
            connection.name = address::host(&connection.base);
        }
        spawn_local(async move {
            if let Err(fault) = db().put_connection(&connection).await {
                return app.fault(&fault);
            }
            let id = connection.id.clone();
            put(app, connection);
            if new {
                change(app, |settings| {
                    settings.connection.clone_from(&id);
                    settings.model.clear();
                });
            }
            app.tell(words().saved.to_owned(), None);
            app.go(&Route::Settings(Page::Connections(Some(id))));
        });
    };
    let fetch = move || {
        if moved.get_untracked() {
            return said.set((words().key_moves)(&address::host(
                &draft.read_untracked().base,
            )));
        }
        asking.set(true);
        said.set(words().fetching.to_owned());
        spawn_local(async move {
            let result = ask_models(&draft.get_untracked()).await;
            asking.set(false);
            match result {
                Ok(models) => {
                    said.set((words().models_found)(models.len()));
                    draft.update(|draft| {
                        if draft.model.is_empty() {
                            draft.model = models
                                .first()
                                .map(|model| model.id.clone())
                                .unwrap_or_default();
                        }
                        draft.models = models;
                    });
                }
                Err(fault) => {
                    let sentence = i18n::sentence(app.lang.get_untracked(), &fault);
                    said.set([sentence, fault.message].join(" ").trim().to_owned());
                }
            }
        });
    };
    let id = connection.id.clone();
    let default_id = connection.id.clone();
    let is_default = Memo::new(move |_| app.settings.read().connection == default_id);
    let delete = move |_| {
        let id = id.clone();
        spawn_local(async move {
            if let Err(fault) = db().delete_connection(&id).await {
                return app.fault(&fault);
            }
            app.connections.update(|all| {
                *all = Arc::new(all.iter().filter(|c| c.id != id).cloned().collect())
            });
            told();
            app.tell(
                (words().deleted_connection)(&draft.read_untracked().name),
                None,
            );
            app.go(&Route::Settings(Page::Connections(None)));
        });
    };
    let use_id = connection.id.clone();
    let target = move || match provider::endpoint(&draft.read().base) {
        Ok(url) => (words().requests_go_to)(&format!("{url}/chat/completions")),
        Err(_) if draft.read().base.is_empty() => String::new(),
        Err(_) => words().bad_address.to_owned(),
    };
    view! {
        <form class="section" on:submit=move |event| { event.prevent_default(); save(); }>
            <div class="title-row">
                <h2>{move || match draft.read().name.clone() { name if name.is_empty() => words().new_connection.to_owned(), name => name }}</h2>
                {(!new).then(|| view! { <div class="tools"><button type="button" class="button button-loss" id="connection-delete" on:click=delete>{move || words().delete_connection}</button></div> })}
            </div>
            <div class="form-grid">
                <label class="field full"><span>{move || words().address}</span>
                    <input class="input input-code" id="connection-base" type="url" autocomplete="off" spellcheck="false" placeholder=move || words().address_hint prop:value=connection.base
                        on:input:target=move |event| draft.update(|d| d.base = event.target().value())/>
                    <span class="hint-line">{target}</span>
                    <Show when=move || address::is_plain(&draft.read().base)><span class="hint-line wrong">{move || (words().plain_http)(&address::host(&draft.read().base))}</span></Show>
                </label>
                <label class="field"><span>{move || words().name}</span>
                    <input class="input" id="connection-name" autocomplete="off" placeholder=move || words().name_hint prop:value=connection.name
                        on:input:target=move |event| draft.update(|d| d.name = event.target().value())/>
                </label>
                <label class="field"><span>{move || words().key}</span>
                    <input class="input input-code" id="connection-key" type="password" autocomplete="off" placeholder=move || words().key_hint prop:value=connection.key
                        on:input:target=move |event| { rekeyed.set(true); draft.update(|d| d.key = event.target().value().trim().to_owned()) }/>
                </label>
                <p class="hint-line full">{move || words().key_in_clear}</p>
                <Show when=move || moved.get()><p class="hint-line wrong full" role="alert">{move || (words().key_moves)(&address::host(&draft.read().base))}</p></Show>
                <label class="field"><span>{move || words().model}</span>
                    <input class="input" id="connection-model" list="connection-models" autocomplete="off" placeholder=move || words().model_hint prop:value=move || draft.read().model.clone()
                        on:input:target=move |event| draft.update(|d| d.model = event.target().value().trim().to_owned())/>
                    <datalist id="connection-models">{move || draft.read().models.iter().map(|model| view! { <option value=model.id.clone()></option> }).collect_view()}</datalist>
                </label>
                <div class="field"><span>{move || words().connections}</span>
                    <button type="button" class="button" id="connection-fetch" aria-busy=move || asking.get().to_string() on:click=move |_| fetch()>{icon("retry")}{move || words().fetch_models}</button>
                </div>
            </div>
            <p class="hint-line" id="connection-said" role="status">{move || said.get()}</p>
            <div class="actions">
                <button type="submit" class="button button-ink" id="connection-save">{move || words().save}</button>
                {(!new).then(|| view! {
                    <Show when=move || !is_default.get() fallback=move || view! { <span class="hint-line">{move || words().is_default}</span> }>
                        <button type="button" class="button" on:click={let id = use_id.clone(); move |_| { let id = id.clone(); change(app, move |s| { s.connection = id; s.model.clear(); }) }}>{move || words().use_by_default}</button>
                    </Show>
                })}
            </div>
        </form>
    }
}

/// The models that the server lists.
async fn ask_models(
    connection: &Connection,
) -> Result<Vec<provider::ModelInfo>, crate::fault::Fault> {
    use crate::fault::{Fault, Kind};
    let request = provider::list_models(connection)?;
    let host = address::host(&request.url);
    let answer = http::within(20_000, http::send(&request)).await;
    let answer = answer.unwrap_or(Err(Fault {
        kind: Kind::Timeout,
        detail: "20".to_owned(),
        ..Fault::default()
    }))?;
    let (status, kind) = (answer.status, answer.content_type.clone());
    let body = answer.body(4 << 20).await;
    let text = String::from_utf8_lossy(&body);
    if let Some(models) = (status < 400)
        .then(|| provider::read_models(&text))
        .flatten()
    {
        return Ok(models);
    }
    let mut decoder = provider::Decoder::new(status, &kind, &host, &connection.key);
    let mut said = decoder.push(&body);
    said.extend(decoder.finish());
    Err(said
        .into_iter()
        .find_map(|delta| match delta {
            crate::reply::Delta::Error(fault) => Some(fault),
            _ => None,
        })
        .unwrap_or(Fault {
            kind: Kind::NotApi,
            detail: host,
            ..Fault::default()
        }))
}

/// Puts a connection into the list.
fn put(app: App, connection: Connection) {
    let mut all: Vec<Connection> = app
        .connections
        .get_untracked()
        .iter()
        .filter(|known| known.id != "demo")
        .cloned()
        .collect();
    match all.iter_mut().find(|known| known.id == connection.id) {
        Some(known) => *known = connection,
        None => all.push(connection),
    }
    all.insert(0, demo());
    app.connections.set(Arc::new(all));
    told();
}

fn told() {
    notify(&Notice::Changed {
        store: "connections".to_owned(),
        key: String::new(),
        rev: 0,
    });
}
