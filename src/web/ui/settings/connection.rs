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
use std::cell::Cell;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

thread_local! {
    /// Whether a connection has just been made: the form that comes up for it says so.
    static JUST_MADE: Cell<bool> = const { Cell::new(false) };
}

/// The list of connections. The tick is on the one that new conversations use.
#[component]
pub fn Connections(app: App, page: Memo<Page>) -> impl IntoView {
    let rows = move || {
        let all = app.connections.get();
        let here = match page.get() {
            Page::Connections(id) => id,
            _ => None,
        };
        let (used, _) = app.choice_by_default();
        let rows = all.iter().map(|connection| {
            let is_demo = connection.id == "demo";
            let name = if is_demo { app.t().chat.demo.to_owned() } else { connection.name.clone() };
            let sub = if is_demo { app.lang.get().settings().demo_sub.to_owned() } else { address::host(&connection.base) };
            let href = Route::Settings(Page::Connections(Some(connection.id.clone()))).hash();
            let current = (here.as_deref() == Some(&connection.id)).then_some("true");
            let is_used = used.id == connection.id;
            let sub = match is_used {
                true => format!("{sub} · {}", app.lang.get().settings().used),
                false => sub,
            };
            view! {
                <a class="connection" href=href aria-current=current data-state=is_used.then_some("working")>
                    {icon(if is_used { "tick" } else { "ring" })}<b>{name}</b><span class="sub">{sub}</span>
                </a>
            }
        });
        rows.collect_view()
    };
    view! { <nav class="connections" aria-label=app.settings_words(|t| t.connections)>{rows}</nav> }
}

/// One connection, or where to begin.
#[component]
pub fn ConnectionPage(app: App, id: Option<String>) -> impl IntoView {
    let words = move || app.lang.get().settings();
    let all = app.connections.get_untracked();
    match id.as_deref() {
        None => {
            let add = Route::Settings(Page::Connections(Some("new".to_owned()))).hash();
            view! {
                <div class="empty brackets"><p>{move || words().connections_lede}</p><a class="button" href=add>{move || words().add}</a></div>
            }
            .into_any()
        }
        Some("demo") => view! {
            <section class="section">
                <div class="title-row"><h2>{app.words(|t| t.chat.demo)}</h2></div>
                <p>{move || words().demo_lede}</p>
                <div class="actions"><ByDefault app id="demo".to_owned() /></div>
            </section>
        }
        .into_any(),
        Some(id) => {
            let known = all.iter().find(|connection| connection.id == id).cloned();
            let new = known.is_none();
            let connection = known.unwrap_or_else(|| Connection {
                id: clock::new_chat_id().to_string(),
                ..Connection::default()
            });
            view! { <Form app connection new /> }.into_any()
        }
    }
}

/// Makes a connection the one of new conversations, or says that it is.
#[component]
fn ByDefault(app: App, id: String) -> impl IntoView {
    let wanted = id.clone();
    let is_default = Memo::new(move |_| app.choice_by_default().0.id == wanted);
    let set = move |_| {
        let id = id.clone();
        change(app, move |settings| {
            settings.connection = id;
            settings.model.clear();
        });
    };
    view! {
        <Show when=move || !is_default.get() fallback=move || view! { <span class="hint-line">{app.settings_words(|t| t.is_default)}</span> }>
            <button type="button" class="button" on:click=set.clone()>{app.settings_words(|t| t.use_by_default)}</button>
        </Show>
    }
}

/// The form of one connection.
#[component]
fn Form(app: App, connection: Connection, new: bool) -> impl IntoView {
    let draft = RwSignal::new(connection.clone());
    let said = RwSignal::new(String::new());
    if JUST_MADE.take() {
        said.set(app.lang.get_untracked().settings().saved.to_owned());
    }
    let asking = RwSignal::new(false);
    let old_origin = address::origin(&connection.base);
    let had_key = !connection.key.is_empty();
    let rekeyed = RwSignal::new(false);
    // A stored key must not follow the address to another host unseen.
    let moved = Memo::new(move |_| {
        had_key && !rekeyed.get() && address::origin(&draft.read().base) != old_origin
    });
    let words = move || app.lang.get().settings();
    let now = move || app.lang.get_untracked().settings();
    let save = move || {
        let mut connection = draft.get_untracked();
        if provider::endpoint(&connection.base, connection.api).is_err() {
            let base = document().get_element_by_id("connection-base");
            if let Some(base) = base.and_then(|base| base.dyn_into::<HtmlElement>().ok()) {
                let _ = base.focus();
            }
            return said.set(now().bad_address.to_owned());
        }
        if moved.get_untracked() {
            return said.set((now().key_moves)(&address::host(&connection.base)));
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
            if !new {
                return said.set(now().saved.to_owned());
            }
            change(app, |settings| {
                settings.connection.clone_from(&id);
                settings.model.clear();
            });
            JUST_MADE.set(true);
            app.go(&Route::Settings(Page::Connections(Some(id))));
        });
    };
    let fetch = move || {
        if moved.get_untracked() {
            return said.set((now().key_moves)(&address::host(
                &draft.read_untracked().base,
            )));
        }
        asking.set(true);
        said.set(now().fetching.to_owned());
        spawn_local(async move {
            let result = ask_models(&draft.get_untracked()).await;
            asking.set(false);
            match result {
                Ok(models) => {
                    said.set((now().models_found)(models.len()));
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
    let (id, old) = (connection.id.clone(), connection.clone());
    let delete = move |_| {
        let old = old.clone();
        spawn_local(async move {
            if let Err(fault) = db().delete_connection(&old.id).await {
                return app.fault(&fault);
            }
            app.connections.update(|all| {
                *all = Arc::new(all.iter().filter(|c| c.id != old.id).cloned().collect())
            });
            told();
            let words = (now().deleted_connection)(&old.name);
            let undo = Arc::new(move || {
                let old = old.clone();
                spawn_local(async move {
                    match db().put_connection(&old).await {
                        Ok(()) => put(app, old),
                        Err(fault) => app.fault(&fault),
                    }
                });
            });
            app.tell(words, Some(undo));
            app.go(&Route::Settings(Page::Connections(None)));
        });
    };
    let wrong = Memo::new(move |_| {
        let base = &draft.read().base;
        !base.is_empty() && provider::endpoint(base, Api::Chat).is_err()
    });
    let target = move || match provider::endpoint(&draft.read().base, draft.read().api) {
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
                    <input class="input input-code" id="connection-base" aria-invalid=move || wrong.get().then_some("true") type="url" autocomplete="off" spellcheck="false" placeholder=move || words().address_hint prop:value=connection.base
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
                        aria-invalid=move || moved.get().then_some("true")
                        on:input:target=move |event| { rekeyed.set(true); draft.update(|d| d.key = event.target().value().trim().to_owned()) }/>
                    <span class="hint-line">{move || words().key_in_clear}</span>
                </label>
                <Show when=move || moved.get()><p class="wrong full" role="alert">{move || (words().key_moves)(&address::host(&draft.read().base))}</p></Show>
                <div class="field full"><label for="connection-model">{move || words().model}</label>
                    <div class="with-button">
                        <input class="input" id="connection-model" list="connection-models" autocomplete="off" placeholder=move || words().model_hint prop:value=move || draft.read().model.clone()
                            on:input:target=move |event| draft.update(|d| d.model = event.target().value().trim().to_owned())/>
                        <button type="button" class="button" id="connection-fetch" aria-busy=move || asking.get().to_string() on:click=move |_| fetch()>{icon("retry")}{move || words().fetch_models}</button>
                    </div>
                    <datalist id="connection-models">{move || draft.read().models.iter().map(|model| view! { <option value=model.id.clone()></option> }).collect_view()}</datalist>
                </div>
            </div>
            <p class="hint-line" id="connection-said" role="status">{move || said.get()}</p>
            <div class="actions">
                <button type="submit" class="button button-ink" id="connection-save">{move || words().save}</button>
                {(!new).then(|| view! { <ByDefault app id /> })}
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
    let status = answer.status;
    let body = answer.body(4 << 20).await;
    let text = String::from_utf8_lossy(&body);
    if let Some(models) = (status < 400)
        .then(|| provider::read_models(&text))
        .flatten()
    {
        return Ok(models);
    }
    let mut decoder = provider::Decoder::new(connection.api, status, &host, &connection.key);
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
