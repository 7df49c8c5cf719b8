//! The life of a card: what was said, what took its place, and the sentence that each came from.

use super::board::Board;
use crate::i18n::Lang;
use crate::i18n::preference::{self as words, figure};
use crate::memory::{
    Act, Book, Edit, Event, Moment, Origin, PrefId, Preference, Range, Status, timeline,
};
use crate::route::Route;
use crate::web::app::db;
use crate::web::ui::icon::icon;
use crate::web::ui::time;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One line of the story: which card it is of, what happened, and how the card was before.
#[derive(Clone, PartialEq)]
struct Line {
    card: PrefId,
    moment: Moment,
    before: Option<Preference>,
}

/// The timeline of a card and of what it took the place of, the latest first.
#[component]
pub fn Story(board: Board, card: Memo<Option<Preference>>) -> impl IntoView {
    let lines = RwSignal::new(Vec::<Line>::new());
    Effect::new(move |_| {
        let Some(card) = card.get() else { return };
        let chain = board.book.with_untracked(|book| chain(book, &card));
        spawn_local(async move {
            match db().events_of(&chain).await {
                Ok(events) => {
                    let is_here = |now: &Option<Preference>| {
                        now.as_ref().is_some_and(|now| now.id == card.id)
                    };
                    // The card may have been closed meanwhile.
                    if card_is(board, &card.id) || is_here(&board.card(&card.id)) {
                        lines.try_set(story(&events, &chain));
                    }
                }
                Err(fault) => board.app.fault(&fault),
            }
        });
    });
    view! {
        <section class="story">
            <h3>{board.words(|t| t.story)}</h3>
            <ol class="timeline" id="story">
                {move || {
                    let lang = board.app.lang.get();
                    let lines = lines.get();
                    let first = lines.first().map(|line| line.moment.number);
                    lines.into_iter().map(|line| {
                        let is_first = first == Some(line.moment.number);
                        draw(board, lang, line, is_first)
                    }).collect_view()
                }}
            </ol>
        </section>
    }
}

fn card_is(board: Board, id: &PrefId) -> bool {
    untrack(|| board.opened()).as_ref() == Some(id)
}

/// A card and all that it took the place of, itself first.
fn chain(book: &Book, card: &Preference) -> Vec<PrefId> {
    let mut found = vec![card.id.clone()];
    let mut next = 0;
    while let Some(id) = found.get(next) {
        let older = book.get(id).map(|pref| pref.supersedes.clone());
        for id in older.into_iter().flatten() {
            if !found.contains(&id) {
                found.push(id);
            }
        }
        next += 1;
    }
    found
}

/// The moments of all of them, each event once, of the youngest card that took part, the latest first.
fn story(events: &[Event], chain: &[PrefId]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for id in chain {
        let mut before = None;
        for moment in timeline(events, id) {
            let after = moment.after.clone();
            if !lines.iter().any(|line| line.moment.number == moment.number) {
                lines.push(Line {
                    card: id.clone(),
                    moment,
                    before: before.clone(),
                });
            }
            before = after;
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.moment.number));
    lines
}

fn draw(board: Board, lang: Lang, line: Line, is_latest: bool) -> impl IntoView {
    let Line {
        card,
        moment,
        before,
    } = line;
    let by_hand = moment
        .cause
        .as_ref()
        .is_some_and(|said| said.origin == Origin::Board);
    let name = words::act(lang, moment.act, by_hand);
    let (open, close) = match lang {
        Lang::Zh => ("「", "」"),
        Lang::En => ("“", "”"),
    };
    let quote = moment.cause.as_ref().filter(|said| !said.words.is_empty());
    let quote = quote.map(|said| [open, &said.words, close].concat());
    let message = moment
        .cause
        .as_ref()
        .filter(|said| !said.chat.as_str().is_empty());
    let message = message.map(|said| Route::Chat(said.chat.clone(), Some(said.seq)).hash());
    let detail = match (&before, &moment.after) {
        (Some(before), Some(after)) => changed(lang, before, after),
        _ => String::new(),
    };
    let restorable = board.book.with_untracked(|book| {
        let now = book.get(&card);
        let is_last = moment.act == Act::Add || moment.act == Act::Accept || before.is_none();
        now.is_some_and(|now| is_last && now.status == Status::Superseded)
    });
    let mark = match (is_latest, moment.act) {
        (true, _) => "tick",
        (false, Act::Add | Act::Propose) => "ring",
        _ => "ring-next",
    };
    view! {
        <li class=if is_latest { "now" } else { "was" } data-act=moment.act.name()>
            <time>{time::figures(moment.at)}</time>{icon(mark)}
            <div>
                <b>{name}</b>
                {(!detail.is_empty()).then(|| view! { <p class="detail">{detail}</p> })}
                {quote.map(|quote| view! { <blockquote>{quote}</blockquote> })}
                {message.map(|href| view! { <a class="link" href=href>{board.words(|t| t.see_message)}</a> })}
                {restorable.then(|| view! { <button class="link" data-do="restore" on:click=move |_| restore(board, &card)>{board.words(|t| t.restore_this)}</button> })}
            </div>
        </li>
    }
}

/// What is other than before, in a few words.
fn changed(lang: Lang, before: &Preference, after: &Preference) -> String {
    let t = lang.memory();
    let mut parts = Vec::new();
    if before.topic != after.topic {
        parts.push(format!("{} → {}", before.topic, after.topic));
    }
    if before.strength != after.strength {
        parts.push(format!(
            "{} → {}",
            figure(before.strength),
            figure(after.strength)
        ));
    }
    if before.kind != after.kind {
        parts.push(words::kind(lang, after.kind).to_owned());
    }
    if before.condition != after.condition {
        let now = if after.condition.is_empty() {
            t.always
        } else {
            &after.condition
        };
        parts.push(format!("{} {now}", t.condition));
    }
    if before.scope != after.scope {
        parts.push(words::range(lang, Range::of(&after.scope)).to_owned());
    }
    if before.until != after.until {
        parts.push(match after.until {
            Some(until) => (t.until)(&time::date_of(lang, until)),
            None => t.forever.to_owned(),
        });
    }
    if before.is_asked_back() && after.unsaid.is_none() {
        parts.push(t.kept.to_owned());
    }
    if !before.pinned && after.pinned {
        parts.push(t.pinned.to_owned());
    }
    parts.join(" · ")
}

/// Makes a card active again and opens it.
pub fn restore(board: Board, id: &PrefId) {
    let words = (board.now().did_restore)(&super::words::topic_of(board, id));
    board.act(vec![Edit::Restore(id.clone())], words, None);
    board.app.go(&Route::Memory(Some(id.clone())));
}
