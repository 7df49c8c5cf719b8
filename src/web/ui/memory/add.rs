//! A sentence on the board becomes a card. What will be understood of it shows while it is written.

use super::board::Board;
use crate::i18n::Lang;
use crate::i18n::preference as words;
use crate::memory::{
    Act, Book, Change, Kind, Origin, Source, Statement, Status, hear, heard, line, write,
};
use crate::web::clock::{Pause, now_ms, random};
use crate::web::ui::icon::icon;
use crate::web::ui::message::composing;
use crate::web::ui::{focus, time};
use leptos::prelude::*;

/// Milliseconds of rest after which the preview follows what is written.
const REST: u32 = 120;

/// What a sentence will do.
#[derive(Clone, Debug, Default, PartialEq)]
struct Reading {
    /// One line for each card that comes, goes or changes.
    lines: Vec<(Mark, String)>,
    /// Whether nothing was heard in it, so that it is kept as it stands.
    as_written: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    New,
    Gone,
    Same,
}

/// The field with its preview.
#[component]
pub fn Add(board: Board) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let reading = RwSignal::new(Reading::default());
    let pause = StoredValue::new_local(Pause::default());
    let look = move || {
        let look = move || {
            if let Some(text) = text.try_get_untracked() {
                reading.set(board.book.with_untracked(|book| read(book, &text, board)));
            }
        };
        pause.with_value(|pause| pause.then(REST, look));
    };
    let add = move || {
        let sentence = text.get_untracked();
        if line(&sentence).is_empty() {
            return;
        }
        let lang = board.app.lang.get_untracked();
        let source = source(&sentence, lang);
        let statements = statements(&sentence);
        let shown = board
            .book
            .with_untracked(|book| read(book, &sentence, board));
        let what: Vec<String> = shown.lines.into_iter().map(|(_, words)| words).collect();
        let said = (board.now().added)(&what.join(" · "));
        pause.with_value(Pause::cancel);
        text.set(String::new());
        reading.set(Reading::default());
        board.make(said, move |book| changes(book, &statements, &source));
        focus::soon("#board-add".to_owned());
    };
    view! {
        <form class="add-form" on:submit=move |event| { event.prevent_default(); add() }>
            <label class="add">{icon("plus")}
                <input id="board-add" autocomplete="off" enterkeyhint="done" maxlength="500" placeholder=board.words(|t| t.add_example) aria-label=board.words(|t| t.add) aria-describedby="board-reading"
                    prop:value=move || text.get()
                    on:input:target=move |event| { text.set(event.target().value()); look() }
                    on:compositionend=move |_| look()
                    on:keydown=move |event| match event.key().as_str() {
                        "Enter" if !composing(&event) => { event.prevent_default(); add() }
                        "Enter" => event.prevent_default(),
                        _ => {}
                    }/>
                <Show when=move || !text.read().trim().is_empty()>
                    <button class="button" type="submit" id="board-add-do">{board.words(|t| t.add_do)}</button>
                </Show>
            </label>
            <div class="reading" id="board-reading" role="status">
                {move || { let reading = reading.get(); (!reading.lines.is_empty()).then(|| view! {
                    <ul>
                        {reading.lines.into_iter().map(|(mark, words)| view! {
                            <li data-mark=match mark { Mark::New => "new", Mark::Gone => "gone", Mark::Same => "same" }>
                                {icon(match mark { Mark::New => "tick", Mark::Gone => "cross", Mark::Same => "ring-next" })}{words}
                            </li>
                        }).collect_view()}
                    </ul>
                    {reading.as_written.then(|| view! { <p>{board.words(|t| t.as_written)}</p> })}
                })}}
            </div>
        </form>
    }
}

/// What a sentence says. The user writes it to be remembered: where nothing is heard in it, it is kept as it stands.
fn statements(text: &str) -> Vec<Statement> {
    let found: Vec<Statement> = heard(text, &[])
        .into_iter()
        .map(|heard| heard.statement)
        .collect();
    if !found.is_empty() {
        return found;
    }
    let found = hear(text);
    match found.is_empty() {
        true => vec![as_written(text)],
        false => found,
    }
}

fn as_written(text: &str) -> Statement {
    Statement {
        kind: Kind::Fact,
        strength: Some(0),
        topic: line(text),
        certainty: 60,
        ..Statement::default()
    }
}

fn source(text: &str, lang: Lang) -> Source {
    Source {
        words: text.to_owned(),
        origin: Origin::Board,
        lang,
        offset: time::offset(),
        random: random(),
        ..Source::default()
    }
}

/// The changes of the statements, each made for the book that the ones before leave.
fn changes(book: &Book, statements: &[Statement], source: &Source) -> Vec<Change> {
    let now = now_ms();
    let mut book = book.clone();
    let mut all = Vec::new();
    for statement in statements {
        for change in write(&book, statement, source, now) {
            if book.apply(&change).is_ok() {
                all.push(change);
            }
        }
    }
    all
}

fn read(book: &Book, text: &str, board: Board) -> Reading {
    if line(text).is_empty() {
        return Reading::default();
    }
    let lang = board.app.lang.get_untracked();
    let statements = statements(text);
    let as_written = statements.as_slice() == [as_written(text)];
    let t = lang.memory();
    let mut lines = Vec::new();
    for change in changes(book, &statements, &source(text, lang)) {
        let Change::Put { act, before, after } = change else {
            continue;
        };
        for pref in &after {
            let was = before.iter().find(|old| old.id == pref.id);
            let phrase = words::phrase(lang, pref);
            let phrase = match pref.condition.as_str() {
                "" => phrase,
                when => format!("{phrase} · {when}"),
            };
            let phrase = match pref.until {
                Some(until) => format!("{phrase} · {}", (t.until)(&time::date_of(lang, until))),
                None => phrase,
            };
            lines.push(match (pref.status, was) {
                (Status::Superseded, _) => (Mark::Gone, (t.replaces)(&phrase)),
                (Status::Retracted, _) => (Mark::Gone, (t.takes_back)(&phrase)),
                (_, Some(_)) if act == Act::Reinforce => {
                    (Mark::Same, [t.known_already, " · ", &phrase].concat())
                }
                _ => (Mark::New, phrase),
            });
        }
    }
    lines.sort_by_key(|(mark, _)| *mark == Mark::Gone);
    Reading { lines, as_written }
}
