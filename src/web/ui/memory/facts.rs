//! What limits a card: kind, condition, scope, end. A click on one edits it.

use super::board::Board;
use super::panel::Field;
use super::tray::input_value;
use super::words::tokens;
use crate::i18n::preference as words;
use crate::id::ChatId;
use crate::memory::{Edit, Kind, PrefId, Preference, Scope};
use crate::web::app::db;
use crate::web::ui::{focus, time};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Kind, condition, scope, end, and what it costs to send.
#[component]
pub fn Facts(
    board: Board,
    id: PrefId,
    card: Memo<Option<Preference>>,
    editing: RwSignal<Option<Field>>,
) -> impl IntoView {
    let get = move || card.get().unwrap_or_default();
    let did = move || (board.now().did_edit)(&card.get_untracked().unwrap_or_default().topic);
    let lang = move || board.app.lang.get();
    let link = move |field: Field, name: &'static str, text: String| {
        let target = match field {
            Field::Topic => "card-topic",
            Field::Condition => "card-condition",
            Field::Until => "card-until",
            Field::Kind => "card-kind",
            Field::Scope => "card-scope",
        };
        let edit = move |_| match field {
            // Which conversations there are is read first.
            Field::Scope => spawn_local(async move {
                read_recent(board).await;
                begin(editing, field, target);
            }),
            _ => begin(editing, field, target),
        };
        view! { <button class="link" id=name on:click=edit>{text}</button> }.into_any()
    };
    let is = move |field| editing.get() == Some(field);
    let condition = {
        let id = id.clone();
        move || {
            let id = id.clone();
            match is(Field::Condition) {
                true => text_field(
                    board,
                    "card-condition",
                    card.get_untracked().unwrap_or_default().condition,
                    board.now().condition,
                    editing,
                    move |text| {
                        board.act(vec![Edit::Condition(id.clone(), text)], did(), None);
                    },
                ),
                false => {
                    let text = get().condition;
                    let text = if text.is_empty() {
                        board.t().always.to_owned()
                    } else {
                        text
                    };
                    link(Field::Condition, "edit-condition", text)
                }
            }
        }
    };
    let until = {
        let id = id.clone();
        move || {
            let id = id.clone();
            match is(Field::Until) {
                true => {
                    let value = card
                        .get_untracked()
                        .unwrap_or_default()
                        .until
                        .map(time::field)
                        .unwrap_or_default();
                    let put = move || {
                        editing.set(None);
                        let until = time::end_of(&input_value("card-until"));
                        board.act(vec![Edit::Until(id.clone(), until)], did(), None);
                        focus::soon("#edit-until".into());
                    };
                    let by_key = put.clone();
                    view! { <span class="actions">
                    <input class="input" type="date" id="card-until" aria-label=board.words(|t| t.validity) value=value
                        on:keydown=move |event| if event.key() == "Enter" { event.prevent_default(); by_key() }/>
                    <button class="button" on:click=move |_| put()>{board.words(|t| t.save)}</button>
                </span> }.into_any()
                }
                false => {
                    let text = get().until.map_or_else(
                        || board.t().forever.to_owned(),
                        |until| (board.t().until)(&time::date_of(lang(), until)),
                    );
                    link(Field::Until, "edit-until", text)
                }
            }
        }
    };
    let kind = {
        let id = id.clone();
        move || {
            let id = id.clone();
            match is(Field::Kind) {
                true => {
                    let options = Kind::ALL
                        .map(|kind| (kind.name().to_owned(), words::kind(lang(), kind).to_owned()))
                        .to_vec();
                    let here = card
                        .get_untracked()
                        .unwrap_or_default()
                        .kind
                        .name()
                        .to_owned();
                    choice(
                        board,
                        "card-kind",
                        board.now().kind,
                        options,
                        here,
                        editing,
                        move |name| {
                            if let Some(kind) = Kind::from_name(&name) {
                                board.act(vec![Edit::Kind(id.clone(), kind)], did(), None);
                            }
                        },
                    )
                }
                false => link(
                    Field::Kind,
                    "edit-kind",
                    words::kind(lang(), get().kind).to_owned(),
                ),
            }
        }
    };
    let scope = {
        let id = id.clone();
        move || {
            let id = id.clone();
            match is(Field::Scope) {
                true => {
                    let card = card.get_untracked().unwrap_or_default();
                    let scopes = board.recent.with_untracked(|recent| scopes(&card, recent));
                    let options = scopes
                        .iter()
                        .enumerate()
                        .map(|(at, scope)| (at.to_string(), scope_name(board, scope)))
                        .collect();
                    let here = scopes
                        .iter()
                        .position(|scope| *scope == card.scope)
                        .unwrap_or_default()
                        .to_string();
                    choice(
                        board,
                        "card-scope",
                        board.now().scope,
                        options,
                        here,
                        editing,
                        move |at| {
                            if let Some(scope) =
                                at.parse::<usize>().ok().and_then(|at| scopes.get(at))
                            {
                                board.act(
                                    vec![Edit::Scope(id.clone(), scope.clone())],
                                    did(),
                                    None,
                                );
                            }
                        },
                    )
                }
                false => {
                    let name = scope_name(board, &get().scope);
                    link(Field::Scope, "edit-scope", name)
                }
            }
        }
    };
    let sent = {
        let id = id.clone();
        move || {
            let used = board.book.with(|book| book.uses(&id));
            let last = (used.times > 0).then(|| time::date_of(lang(), used.last));
            (board.t().sent_figure)(tokens(lang(), &get()), last.as_deref())
        }
    };
    view! {
        <dl class="facts">
            <dt>{board.words(|t| t.kind)}</dt><dd>{kind}</dd>
            <dt>{board.words(|t| t.condition)}</dt><dd>{condition}</dd>
            <dt>{board.words(|t| t.scope)}</dt><dd>{scope}</dd>
            <dt>{board.words(|t| t.validity)}</dt><dd>{until}</dd>
            <dt>{board.words(|t| t.sent)}</dt><dd class="figure">{sent}</dd>
        </dl>
    }
}

/// Conversations that can be chosen, beside those that the card names.
const RECENT: u32 = 50;

/// Reads the conversations that a card can be kept to, the pinned ones first and then the latest.
async fn read_recent(board: Board) {
    let db = db();
    let all = async {
        let pinned = db.pinned().await?;
        Ok::<_, crate::web::db::Fault>([pinned, db.newest(RECENT, None).await?].concat())
    };
    match all.await {
        Ok(all) => {
            board.titles.update(|titles| {
                titles.extend(all.iter().map(|one| (one.id.clone(), one.title.clone())));
            });
            board
                .recent
                .set(all.into_iter().map(|one| one.id).collect());
        }
        Err(fault) => board.app.fault(&fault),
    }
}

/// Where a card can hold: everywhere, where it holds now, in the conversations in which it was said, in others.
fn scopes(card: &Preference, recent: &[ChatId]) -> Vec<Scope> {
    let mut scopes = vec![Scope::Everywhere];
    let said = card
        .said
        .iter()
        .filter(|said| !said.chat.as_str().is_empty());
    let chats = said.map(|said| Scope::Chat(said.chat.clone()));
    let recent = recent.iter().map(|chat| Scope::Chat(chat.clone()));
    for scope in chats.chain([card.scope.clone()]).chain(recent) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    scopes
}

fn scope_name(board: Board, scope: &Scope) -> String {
    let t = board.t();
    match scope {
        Scope::Everywhere => t.everywhere.to_owned(),
        Scope::Persona(name) => (t.only_persona)(name),
        Scope::Chat(chat) => board.titles.with(|titles| match titles.get(chat) {
            Some(title) if !title.is_empty() => (t.only_chat)(title),
            _ => t.this_chat.to_owned(),
        }),
    }
}

/// Begins to edit one of them, with the keyboard on its field.
pub fn begin(editing: RwSignal<Option<Field>>, field: Field, target: &'static str) {
    editing.set(Some(field));
    focus::soon(format!("#{target}"));
}

/// A text that is kept by Enter or by the button, and left by Escape.
pub fn text_field(
    board: Board,
    id: &'static str,
    value: String,
    label: &'static str,
    editing: RwSignal<Option<Field>>,
    put: impl Fn(String) + Clone + 'static,
) -> AnyView {
    let before = value.clone();
    let done = move || {
        let text = input_value(id);
        editing.set(None);
        if text.trim() != before {
            put(text.trim().to_owned());
        }
        focus::soon(format!("#{}", id.replace("card-", "edit-")));
    };
    let by_key = done.clone();
    view! {
        <span class="actions">
            <input class="input" id=id aria-label=label value=value maxlength="500"
                on:keydown=move |event| if event.key() == "Enter" && !event.is_composing() && event.key_code() != 229 { event.prevent_default(); by_key() }/>
            <button class="button" on:click=move |_| done()>{board.words(|t| t.save)}</button>
        </span>
    }
    .into_any()
}

/// One of several; a choice is kept at once.
fn choice(
    board: Board,
    id: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    here: String,
    editing: RwSignal<Option<Field>>,
    put: impl Fn(String) + 'static,
) -> AnyView {
    let _ = board;
    let options = options.into_iter().map(|(value, name)| {
        let selected = value == here;
        view! { <option value=value selected=selected>{name}</option> }
    });
    view! {
        <select class="input" id=id aria-label=label on:change:target=move |event| {
            let value = event.target().value();
            editing.set(None);
            put(value);
            focus::soon(format!("#{}", id.replace("card-", "edit-")));
        } on:blur=move |_| editing.set(None)>{options.collect_view()}</select>
    }
    .into_any()
}
