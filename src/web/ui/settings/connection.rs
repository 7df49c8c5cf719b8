//! The form of a connection. The key is shown nowhere but in its own field.

use super::appearance::change;
use super::choice::Choice;
use super::doctor::Doctor;
use super::needs::Needs;
use crate::fault::{Fault, Kind};
use crate::i18n;
use crate::i18n::connect;
use crate::i18n::lock::Words as LockWords;
use crate::provider::preset;
use crate::provider::{self, Connection, address};
use crate::route::{CHECK, Page, Route};
use crate::text::unhidden;
use crate::web::app::{App, db, demo, notify};
use crate::web::lock::{self, Trouble};
use crate::web::tabs::Notice;
use crate::web::ui::focus;
use crate::web::ui::icon::icon;
use crate::web::ui::lock::{Standing, standing as lock_standing};
use crate::web::{clock, probe};
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
            let check = id.starts_with(CHECK);
            let known = all
                .iter()
                .find(|connection| connection.id == bare(id))
                .cloned();
            let new = known.is_none();
            let connection = known.unwrap_or_else(|| Connection {
                id: clock::new_chat_id().to_string(),
                ..Connection::default()
            });
            view! { <Form app connection new check /> }.into_any()
        }
    }
}

/// An id without the wish to have it checked.
pub fn bare(id: &str) -> &str {
    id.strip_prefix(CHECK).unwrap_or(id)
}

/// Makes a connection the one of new conversations, or says that it is.
#[component]
fn ByDefault(app: App, id: String) -> impl IntoView {
    let wanted = id.clone();
    let is_default = Memo::new(move |_| app.choice_by_default().0.id == wanted);
    let set = move |_| {
        let id = id.clone();
        change(app, move |settings| {
            settings.connection.clone_from(&id);
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
fn Form(app: App, connection: Connection, new: bool, check: bool) -> impl IntoView {
    let draft = RwSignal::new(connection.clone());
    let said = RwSignal::new(String::new());
    if JUST_MADE.take() {
        said.set(saved(app, &connection));
    }
    let asking = RwSignal::new(false);
    // For which origin a key is stored.
    let confirmed = RwSignal::new(origin_of_key(&connection));
    let rekeyed = RwSignal::new(false);
    // A stored key must not follow the address to another host unseen.
    let moved = Memo::new(move |_| {
        confirmed
            .get()
            .is_some_and(|origin| !rekeyed.get() && address::origin(&draft.read().base) != origin)
    });
    follow_key(app, draft, rekeyed);
    let words = move || app.lang.get().settings();
    let now = move || app.lang.get_untracked().settings();
    let lock_words = move || LockWords::of(app.lang.get_untracked());
    let save = move || {
        let mut connection = draft.get_untracked();
        if connection.api.is_remote()
            && provider::endpoint(&connection.base, connection.api).is_err()
        {
            let base = document().get_element_by_id("connection-base");
            if let Some(base) = base.and_then(|base| base.dyn_into::<HtmlElement>().ok()) {
                let _ = base.focus();
            }
            return said.set(now().bad_address.to_owned());
        }
        if moved.get_untracked() {
            return said.set((now().key_moves)(&address::host(&connection.base)));
        }
        forget_other_list(app, &mut connection);
        connection.name = connection.name.trim().to_owned();
        if connection.name.is_empty() {
            let known = preset::of(&connection.base, connection.api);
            connection.name = known.map_or_else(
                || address::host(&connection.base),
                |preset| preset.name(app.lang.get_untracked()).to_owned(),
            );
        }
        spawn_local(async move {
            let connection = match lock::to_store(&connection).await {
                Ok(Some(connection)) => connection,
                Ok(None) | Err(Trouble::Wrong | Trouble::Missing) => {
                    return said.set(lock_words().still_locked.to_owned());
                }
                Err(Trouble::Database(fault)) => return app.fault(&fault),
            };
            if let Err(fault) = db().put_connection(&connection).await {
                return app.fault(&fault);
            }
            let id = connection.id.clone();
            rekeyed.set(false);
            confirmed.set(origin_of_key(&connection));
            draft.update(|draft| {
                draft.key.clone_from(&connection.key);
                draft.sealed.clone_from(&connection.sealed);
            });
            put(app, connection);
            if !new {
                return said.set(saved(app, &draft.read_untracked()));
            }
            let used = id.clone();
            change(app, move |settings| {
                settings.connection.clone_from(&used);
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
            let Some(connection) = lock::opened(&draft.get_untracked()).await else {
                asking.set(false);
                return said.set(i18n::sentence(
                    app.lang.get_untracked(),
                    &Fault {
                        kind: Kind::KeyLocked,
                        ..Fault::default()
                    },
                ));
            };
            let result = probe::models(&connection).await;
            asking.set(false);
            match result {
                Ok(models) => {
                    let found = (now().models_found)(models.len());
                    let chosen = !draft.read_untracked().model.is_empty();
                    let more = if chosen || models.is_empty() {
                        ""
                    } else {
                        now().choose_model
                    };
                    said.set([&found, more].concat());
                    draft.update(|draft| {
                        draft.models = models;
                        draft.listed_at = clock::now_ms();
                    });
                    // The field offers what was found; which it is to be is not for the alphabet to say.
                    if !chosen && let Some(field) = focus::find("#connection-model") {
                        let _ = field.focus();
                    }
                }
                Err(fault) => {
                    let sentence = i18n::sentence(app.lang.get_untracked(), &fault);
                    said.set([sentence, fault.message].join(" ").trim().to_owned());
                }
            }
        });
    };
    let id = connection.id.clone();
    let known = id.clone();
    let delete = move |_| {
        // As it is stored by now: it may have been changed since the form came.
        let all = app.connections.get_untracked();
        let Some(old) = all.iter().find(|one| one.id == known).cloned() else {
            return;
        };
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
                    // Keys may have been locked since.
                    let Ok(Some(old)) = lock::to_store(&old).await else {
                        return app.tell(lock_words().still_locked.to_owned(), None);
                    };
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
        !base.is_empty() && provider::endpoint(base, draft.read().api).is_err()
    });
    // The address as it is written in the field, and as it is set by a choice of provider.
    let target = move || {
        let draft = draft.read();
        let ask = provider::Ask {
            model: draft.model.clone(),
            ..provider::Ask::default()
        };
        match provider::encode(&draft, &ask) {
            Ok(request) => (words().requests_go_to)(&request.url),
            Err(_) if draft.base.is_empty() => String::new(),
            Err(_) => words().bad_address.to_owned(),
        }
    };
    let remote = Memo::new(move |_| draft.read().api.is_remote());
    view! {
        <form class="section" novalidate on:submit=move |event| { event.prevent_default(); save(); }>
            <div class="title-row">
                <h2>{move || match draft.read().name.clone() { name if name.is_empty() => words().new_connection.to_owned(), name => name }}</h2>
                {(!new).then(|| view! { <div class="tools"><button type="button" class="button button-loss" id="connection-delete" on:click=delete>{move || words().delete_connection}</button></div> })}
            </div>
            <div class="form-grid">
                <Choice app draft />
                <label class="field full" hidden=move || !remote.get()><span>{move || words().address}</span>
                    <input class="input input-code" id="connection-base" aria-invalid=move || wrong.get().then_some("true") type="url" autocomplete="off" spellcheck="false" placeholder=move || words().address_hint prop:value=move || draft.read().base.clone()
                        on:input:target=move |event| { said.set(String::new()); draft.update(|d| d.base = event.target().value()) }/>
                    <span class="hint-line">{target}</span>
                    <Show when=move || address::is_plain(&draft.read().base)><span class="hint-line wrong">{move || (words().plain_http)(&address::host(&draft.read().base))}</span></Show>
                </label>
                <label class="field"><span>{move || words().name}</span>
                    <input class="input" id="connection-name" autocomplete="off" placeholder=move || words().name_hint prop:value=connection.name
                        on:input:target=move |event| draft.update(|d| d.name = event.target().value())/>
                </label>
                <label class="field" hidden=move || !remote.get()><span>{move || words().key}</span>
                    <input class="input input-code" id="connection-key" type="password" autocomplete="off" placeholder=move || if draft.read().sealed.is_empty() { words().key_hint } else { LockWords::of(app.lang.get()).key_hint } prop:value=move || draft.read().key.clone()
                        aria-invalid=move || moved.get().then_some("true")
                        on:input:target=move |event| { rekeyed.set(true); draft.update(|d| { d.key = unhidden(&event.target().value()).trim().to_owned(); d.sealed.clear(); }) }/>
                    <span class="hint-line">{move || match lock_standing() { Standing::Off => words().key_in_clear, _ => LockWords::of(app.lang.get()).key_kept }}</span>
                </label>
                <Show when=move || moved.get()><p class="wrong full" role="alert">{move || (words().key_moves)(&address::host(&draft.read().base))}</p></Show>
                <div class="field full" hidden=move || !remote.get()><label for="connection-model">{move || words().model}</label>
                    <div class="with-button">
                        <input class="input" id="connection-model" list="connection-models" autocomplete="off" placeholder=move || words().model_hint prop:value=move || draft.read().model.clone()
                            on:input:target=move |event| draft.update(|d| d.model = event.target().value().trim().to_owned())/>
                        <button type="button" class="button" id="connection-fetch" aria-busy=move || asking.get().to_string() on:click=move |_| fetch()>{icon("retry")}{move || words().fetch_models}</button>
                    </div>
                    <span class="hint-line">{move || context(app, &draft.read())}</span>
                    <datalist id="connection-models">{move || draft.read().models.iter().map(|model| view! { <option value=model.id.clone()></option> }).collect_view()}</datalist>
                </div>
            </div>
            <p class="hint-line" id="connection-said" role="status">{move || said.get()}</p>
            <div class="actions">
                <button type="submit" class="button button-ink" id="connection-save">{move || words().save}</button>
                {(!new).then(|| view! { <ByDefault app id /> })}
            </div>
        </form>
        <Show when=move || remote.get()>
            <Doctor app draft moved check />
            <Needs app draft />
        </Show>
    }
}

/// What the server at the old address listed is not what the one at a new address has.
fn forget_other_list(app: App, connection: &mut Connection) {
    let all = app.connections.get_untracked();
    let before = all.iter().find(|one| one.id == connection.id);
    if before.is_some_and(|one| one.base != connection.base && one.models == connection.models) {
        connection.models.clear();
        connection.listed_at = 0;
    }
}

/// That a connection is saved, and what it still lacks.
fn saved(app: App, connection: &Connection) -> String {
    let words = app.lang.get_untracked().settings();
    let lacks = connection.api.is_remote() && connection.model.is_empty();
    [words.saved, if lacks { words.no_model_yet } else { "" }].concat()
}

/// Where the key of a connection goes; `None` where it has none.
fn origin_of_key(connection: &Connection) -> Option<Option<String>> {
    let has = !(connection.key.is_empty() && connection.sealed.is_empty());
    has.then(|| address::origin(&connection.base))
}

/// Takes over that the stored key was locked or unlocked, unless another is being typed.
fn follow_key(app: App, draft: RwSignal<Connection>, rekeyed: RwSignal<bool>) {
    Effect::new(move |_| {
        let all = app.connections.get();
        let id = draft.read_untracked().id.clone();
        let Some(stored) = all.iter().find(|one| one.id == id) else {
            return;
        };
        if !rekeyed.get_untracked() && draft.read_untracked().sealed != stored.sealed {
            draft.update(|draft| {
                draft.key.clone_from(&stored.key);
                draft.sealed.clone_from(&stored.sealed);
            });
        }
    });
}

/// How much the chosen model takes, where its server has said so.
fn context(app: App, connection: &Connection) -> String {
    let known = connection.listed(&connection.model);
    let tokens = known.and_then(|model| model.context);
    let words = connect::Words::of(app.lang.get());
    tokens
        .map(|tokens| (words.context)(&tokens.to_string()))
        .unwrap_or_default()
}

/// Puts a connection into the list.
pub fn put(app: App, connection: Connection) {
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
