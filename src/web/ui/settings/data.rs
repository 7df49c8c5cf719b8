//! Data: how much is stored, whether the browser keeps it, backup, restore, erase.

use crate::archive::{Contents, Note, Problem, Refusal};
use crate::i18n::lock::Words as LockWords;
use crate::record::Row;
use crate::web::app::{App, db, notify};
use crate::web::chats;
use crate::web::db::{self as database, Progress};
use crate::web::lock::{self, Trouble};
use crate::web::look;
use crate::web::start::read_settings;
use crate::web::tabs::Notice;
use crate::web::ui::file::save;
use crate::web::ui::lock::{Standing, look as look_at_lock, standing as lock_standing};
use crate::web::ui::{focus, time};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The page of the settings.
#[component]
pub fn Data(app: App) -> impl IntoView {
    view! { <Stored app /><Backup app /><Restore app /><Erase app /> }
}

/// How much is stored.
#[component]
fn Stored(app: App) -> impl IntoView {
    let room = RwSignal::new(None::<(f64, f64)>);
    let count = RwSignal::new(0u32);
    let kept = RwSignal::new(None::<bool>);
    let refused = RwSignal::new(false);
    Effect::new(move |_| {
        // Again after a restore, and once the database is open.
        app.ready.track();
        app.list.recent.track();
        spawn_local(async move {
            room.set(database::room().await.map(|room| (room.used, room.quota)));
            kept.set(database::persisted().await);
            count.set(db().count().await.unwrap_or_default());
        });
    });
    let ask = move |_| {
        spawn_local(async move {
            let granted = database::persist().await;
            refused.set(granted != Some(true));
            kept.set(granted);
        });
    };
    let words = move || app.lang.get().settings();
    view! {
        <section class="section">
            <h2>{move || words().stored}</h2>
            <div class="storage"><p>
                {move || match room.get() {
                    Some((used, quota)) => (words().stored_figure)(&time::bytes(used), &time::bytes(quota)),
                    None => words().stored_unknown.to_owned(),
                }}
                <span class="figure">{move || (words().conversations_figure)(&time::count(app.lang.get(), count.get().into()))}</span>
            </p></div>
            <p id="persistence">{move || match (kept.get(), refused.get()) {
                (Some(true), _) => words().persistent,
                (_, true) => words().persistence_refused,
                _ => words().not_persistent,
            }}</p>
            <Show when=move || kept.get() != Some(true)>
                <div class="actions"><button class="button" on:click=ask>{move || words().ask_persistent}</button></div>
            </Show>
        </section>
    }
}

/// Everything in one file.
#[component]
fn Backup(app: App) -> impl IntoView {
    let keys = RwSignal::new(false);
    let percent = RwSignal::new(None::<u32>);
    let words = move || app.lang.get().settings();
    let make = move |_| {
        percent.set(Some(0));
        spawn_local(async move {
            let made = db()
                .backup(keys.get_untracked(), |at| percent.set(Some(share(at))))
                .await;
            percent.set(None);
            match made {
                Ok(file) => save(&file, "viewfinder-backup.jsonl"),
                Err(fault) => app.fault(&fault),
            }
        });
    };
    view! {
        <section class="section">
            <h2>{move || words().backup}</h2>
            <p>{move || words().backup_lede}</p>
            <label class="check"><input type="checkbox" id="with-keys" on:change:target=move |event| keys.set(event.target().checked())/>{move || words().with_keys}</label>
            <Show when=move || keys.get()><p class="wrong" role="alert">{move || match lock_standing() { Standing::Off => words().with_keys_warning, _ => LockWords::of(app.lang.get()).in_backup }}</p></Show>
            <div class="actions">
                <button class="button" id="backup" on:click=make aria-busy=move || percent.get().is_some().to_string()>{move || words().make_backup}</button>
                <span class="figure" role="status">{move || percent.get().map(|n| (words().progress)(&n.to_string()))}</span>
            </div>
        </section>
    }
}

/// A backup, merged in.
#[component]
fn Restore(app: App) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let found = RwSignal::new(None::<SendWrapper<Contents>>);
    let taken = RwSignal::new(Vec::<usize>::new());
    let remembered = RwSignal::new(Vec::<usize>::new());
    let words = move || app.lang.get().settings();
    let now = move || app.lang.get_untracked().settings();
    let chosen = move |event: web_sys::Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(file) = input
            .and_then(|input| input.files())
            .and_then(|files| files.get(0))
        else {
            return;
        };
        spawn_local(async move {
            let name = file.name();
            let show = move |at| said.set((now().progress)(&share(at).to_string()));
            let contents = match database::read_backup(&file, show).await {
                Ok(contents) => contents,
                Err(refusal) => {
                    let reasons = &now().restore_reasons;
                    let why = match refusal {
                        Some(Refusal::Newer { .. }) => reasons.newer,
                        _ => reasons.not_ours,
                    };
                    return said.set((now().restore_refused)(&name, why));
                }
            };
            let mark = now().restored_mark;
            let offered = Contents {
                connections: contents.connections.clone(),
                keys: contents.keys.clone(),
                kv: contents.kv.clone(),
                memory: contents.memory.clone(),
                memory_log: contents.memory_log.clone(),
                ..Contents::default()
            };
            let missing = missing(app, &contents.notes);
            match db().restore(contents, mark, show).await {
                Ok(done) => {
                    read_settings(app).await;
                    let mut words = (now().restored)(
                        done.added as usize,
                        done.skipped as usize,
                        done.copied as usize,
                    );
                    if done.settings_kept > 0 {
                        words += &(now().settings_kept)(done.settings_kept as usize);
                    }
                    said.set(words + &missing);
                    found.set(Some(SendWrapper::new(offered)));
                    chats::refresh_list(app).await;
                    notify(&Notice::Everything);
                }
                Err(fault) => app.fault(&fault),
            }
        });
    };
    let take = move |at: usize| {
        let Some(contents) = found.get_untracked() else {
            return;
        };
        spawn_local(async move {
            let Some(connection) = contents.connections.get(at) else {
                return;
            };
            let about = |key: &&Row| key.get("id") == connection.get("id");
            let keys: Vec<Row> = contents.keys.iter().filter(about).cloned().collect();
            let keys = match lock::rows_to_store(&keys).await {
                Ok(Some(keys)) => keys,
                Err(Trouble::Database(fault)) => return app.fault(&fault),
                _ => {
                    let words = LockWords::of(app.lang.get_untracked());
                    return app.tell(words.still_locked.to_owned(), None);
                }
            };
            let db = db();
            let put = db.restore_connection(connection, &keys, &contents.kv);
            match put.await {
                Ok(()) => {
                    read_settings(app).await;
                    notify(&Notice::Everything);
                    look_at_lock().await;
                    taken.update(|all| all.push(at));
                }
                Err(fault) => app.fault(&fault),
            }
        });
    };
    let remember = move |at: usize| {
        let Some(contents) = found.get_untracked() else {
            return;
        };
        spawn_local(async move {
            let Some(preference) = contents.memory.get(at) else {
                return;
            };
            let db = db();
            match db
                .restore_preference(preference, &contents.memory_log)
                .await
            {
                Ok(()) => {
                    notify(&Notice::Everything);
                    remembered.update(|all| all.push(at));
                }
                Err(fault) => app.fault(&fault),
            }
        });
    };
    view! {
        <section class="section">
            <h2>{move || words().restore}</h2>
            <p>{move || words().restore_lede}</p>
            <label class="button file-drop"><input class="visually-hidden" type="file" id="restore" on:change=chosen/>{move || words().choose_file}</label>
            <p role="status" id="restored" class="hint-line">{move || said.get()}</p>
            {move || found.get().filter(|contents| !contents.connections.is_empty()).map(|contents| view! {
                <p>{words().found_connections}</p>
                {contents.connections.iter().enumerate().map(|(at, row)| {
                    let text = |name: &str| row.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
                    view! { <Offer app text=format!("{} · {}", text("name"), text("base")) at taken take/> }
                }).collect_view()}
            })}
            {move || found.get().filter(|contents| !contents.memory.is_empty()).map(|contents| view! {
                <p>{words().found_memory}</p>
                {contents.memory.iter().enumerate().map(|(at, row)| {
                    view! { <Offer app text=preference(row) at taken=remembered take=remember/> }
                }).collect_view()}
            })}
        </section>
    }
}

/// What a file should have held and did not.
fn missing(app: App, notes: &[Note]) -> String {
    let words = app.lang.get_untracked().settings();
    let torn = notes.iter().any(|note| note.problem == Problem::Torn);
    let is_read = |problem| matches!(problem, Problem::Torn | Problem::Orphan | Problem::Twice);
    let lost = |note: &&Note| !is_read(note.problem);
    let mut all = String::new();
    if torn {
        all += words.restore_torn;
    }
    match notes.iter().filter(lost).count() {
        0 => all,
        unread => all + &(words.restore_unread)(unread),
    }
}

/// One thing of a file that is taken by a click only.
#[component]
fn Offer<F>(
    app: App,
    text: String,
    at: usize,
    taken: RwSignal<Vec<usize>>,
    take: F,
) -> impl IntoView
where
    F: Fn(usize) + Copy + Send + 'static,
{
    let words = move || app.lang.get().settings();
    view! {
        <div class="actions"><span>{text}</span>{move || match taken.read().contains(&at) {
            true => view! { <span class="hint-line" role="status">{words().taken}</span> }.into_any(),
            false => view! { <button class="button" on:click=move |_| take(at)>{words().take_connection}</button> }.into_any(),
        }}</div>
    }
}

/// The exact words of a preference: all that a click on it would write for the model to read.
fn preference(row: &Row) -> String {
    let (preference, _) = crate::record::memory::read(row);
    let parts = [preference.topic, preference.condition];
    let strength = format!("{:+}", preference.strength);
    let words = parts.into_iter().filter(|part| !part.is_empty());
    let words: Vec<String> = words.chain([strength]).collect();
    words.join(" · ")
}

/// Deletes everything, after a word has been typed.
#[component]
fn Erase(app: App) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let words = move || app.lang.get().settings();
    let erase = move |_| {
        if typed.get_untracked().trim() != app.lang.get_untracked().settings().erase_word {
            wrong.set(true);
            return focus::soon("#erase-word".to_owned());
        }
        spawn_local(async move {
            match db().erase().await {
                Ok(()) => {
                    look::forget();
                    let _ = window().location().set_hash("#/");
                    let _ = window().location().reload();
                }
                Err(fault) => app.fault(&fault),
            }
        });
    };
    view! {
        <section class="section danger">
            <h2>{move || words().erase}</h2>
            <p>{move || words().erase_lede}</p>
            <label class="field"><span>{move || (words().erase_type)(words().erase_word)}</span>
                <input class="input" id="erase-word" autocomplete="off" aria-invalid=move || wrong.get().then_some("true")
                    on:input:target=move |event| { wrong.set(false); typed.set(event.target().value()) }/>
                <Show when=move || wrong.get()><span class="wrong" role="alert">{move || words().erase_first}</span></Show>
            </label>
            <div class="actions"><button class="button button-loss" id="erase" on:click=erase>{move || words().erase_do}</button></div>
        </section>
    }
}

fn share(at: Progress) -> u32 {
    (u64::from(at.done) * 100 / u64::from(at.total.max(1))) as u32
}
