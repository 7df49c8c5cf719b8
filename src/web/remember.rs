//! The memory, as the second program keeps it: what a message teaches, what goes with a question, what is taken back.
//!
//! The chat asks ([`ToMemory`]); everything is written in one transaction with its log ([`Db::remember`]), and what the
//! views here read is the one book of [`Stock`].
//!
//! [`Db::remember`]: crate::web::db::Db::remember

mod second;

use crate::chat::Seq;
use crate::i18n::Lang;
use crate::id::ChatId;
use crate::memory::{
    Act, Book, Change, Cue, Edit, Event, Heard, Origin, Place, PrefId, Preference, Section, Sent,
    Source, Status, ToMemory, as_of, heard, offer, recall, rewrite, taught, undo,
};
use crate::record::schema::MEMORY;
use crate::text::is_cjk;
use crate::web::app::{App, db};
use crate::web::bridge::Answer;
use crate::web::clock;
use crate::web::tabs::Notice;
use crate::web::ui::{Stock, heard_of_frames, tell};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

pub use second::{Opinion, expected};

/// A message, by its conversation and its place there.
pub type At = (ChatId, Seq);

thread_local! {
    /// Messages that are being learned from, until the one book has been read again.
    static LEARNING: Cell<u32> = const { Cell::new(0) };
    /// What is known of messages of this page and not written anywhere.
    static ASIDE: RefCell<ArcRwSignal<HashMap<At, Aside>>> = RefCell::default();
}

/// What is known of a message and not written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aside {
    /// What stands in it and was not typed.
    pub offers: Vec<Offer>,
    /// What the connected model was asked about it.
    pub opinion: Option<Opinion>,
}

/// Words that the user did not type, and the card that they would be. A click on them writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The card.
    pub card: Preference,
    /// The exact words.
    pub words: String,
    text: String,
    heard: Heard,
    source: Source,
}

/// What is known of messages and not written, since the page was opened.
pub fn aside() -> ArcRwSignal<HashMap<At, Aside>> {
    ASIDE.with_borrow(Clone::clone)
}

fn set_aside(at: &At, set: impl FnOnce(&mut Aside)) {
    aside().update(|all| set(all.entry(at.clone()).or_default()));
}

/// Answers the chat; `None` where the question is for someone else.
pub fn answer(app: App, question: &str) -> Option<Answer> {
    let question = ToMemory::read(question)?;
    Some(Box::pin(async move {
        match question {
            ToMemory::Learn {
                chat,
                seq,
                text,
                foreign,
                connection,
                model,
            } => {
                let whom = second::Whom { connection, model };
                learn(app, (chat, seq), &text, &foreign, &whom).await;
                String::new()
            }
            ToMemory::Recall {
                chat,
                seq,
                text,
                now,
                was,
            } => {
                let section = match was {
                    Some((sent, at)) => section_then(app, sent, at, &text).await,
                    None => section(app, (chat, seq), &text).await,
                };
                if now {
                    count(app, &section.sent);
                }
                section.write()
            }
        }
    }))
}

/// Lets a message teach the book what it says. A question that the page itself offers is nobody's own words.
async fn learn(app: App, at: At, text: &str, foreign: &[Range<usize>], whom: &second::Whom) {
    if untrack(|| app.t()).chat.try_these.contains(&text.trim()) {
        return;
    }
    let mut all = heard(text, foreign);
    if all.is_empty() {
        return;
    }
    let source = Source {
        chat: at.0.clone(),
        seq: at.1,
        lang: lang_of(text),
        offset: east_of_utc(),
        random: clock::random(),
        ..Source::default()
    };
    set_offers(&at, text, &all, &source);
    all.retain(|heard| heard.origin.is_users());
    let asks = Stock::get().wish.get_untracked().second;
    let unclear: Vec<Heard> = match asks {
        true => all.extract_if(.., |heard| !heard.sure).collect(),
        false => Vec::new(),
    };
    put(app, text, &all, &source).await;
    if unclear.is_empty() {
        return;
    }
    let found = second::opinion(app, &at, text, &unclear, whom).await;
    // Where the model has no answer, what was heard here is proposed as without it.
    put(app, text, &found.unwrap_or(unclear), &source).await;
}

/// Writes what statements of a message do to the book.
async fn put(app: App, text: &str, all: &[Heard], source: &Source) {
    if all.is_empty() {
        return;
    }
    let now = clock::now_ms();
    LEARNING.set(LEARNING.get() + 1);
    let make = |book: &Book| taught(book, text, all, source, now);
    match db().remember(now, make).await {
        Ok(events) if events.is_empty() => {}
        Ok(events) => show(app, &events),
        Err(fault) => app.fault(&fault),
    }
    LEARNING.set(LEARNING.get() - 1);
}

/// Keeps what was pasted and says something, for the lines under the message. Nothing of it is written.
fn set_offers(at: &At, text: &str, all: &[Heard], source: &Source) {
    let book = Stock::get().book.get_untracked();
    let now = clock::now_ms();
    let offered = |heard: &Heard| {
        let words = text.get(heard.quote.clone())?.trim().to_owned();
        let counts = heard.origin == Origin::Pasted && heard.statement.cue != Cue::Retract;
        if !counts || book.is_erased(&at.0, at.1, &words) {
            return None;
        }
        let card = new_card(&offer(&book, text, heard, source, now))?;
        Some(Offer {
            card,
            words,
            text: text.to_owned(),
            heard: heard.clone(),
            source: source.clone(),
        })
    };
    let offers: Vec<Offer> = all.iter().filter_map(offered).collect();
    if !offers.is_empty() {
        set_aside(at, |aside| aside.offers = offers);
    }
}

/// The card that changes bring; `None` where it is known.
fn new_card(changes: &[Change]) -> Option<Preference> {
    changes.iter().find_map(|change| match change {
        Change::Put {
            act: Act::Reinforce,
            ..
        }
        | Change::Erase { .. } => None,
        Change::Put { after, .. } => {
            let active = |pref: &&Preference| pref.status == Status::Active;
            after.iter().rfind(active).cloned()
        }
    })
}

/// Takes words that the user did not type, or leaves them.
pub async fn take_offer(app: App, at: &At, taken: &Offer, yes: bool) {
    set_aside(at, |aside| aside.offers.retain(|one| one != taken));
    if !yes {
        return;
    }
    let now = clock::now_ms();
    let make = |book: &Book| offer(book, &taken.text, &taken.heard, &taken.source, now);
    match db().remember(now, make).await {
        Ok(events) => show(app, &events),
        Err(fault) => app.fault(&fault),
    }
}

/// Puts what was written into the one book of the page, and tells the other programs and tabs.
pub fn show(app: App, events: &[Event]) {
    let mut clash = false;
    Stock::get().book.update(|book| {
        let book = Arc::make_mut(book);
        for event in events {
            clash |= book.apply(&event.change).is_err();
        }
    });
    if clash {
        // Another tab was quicker here too: read what is true.
        spawn_local(async move { heard_of_frames(app, &notice()).await });
    }
    tell(MEMORY);
}

/// Counts what is sent, behind the request's back.
fn count(app: App, sent: &Sent) {
    let ids: Vec<PrefId> = sent.prefs.iter().map(|(id, _)| id.clone()).collect();
    if ids.is_empty() {
        return;
    }
    spawn_local(async move {
        let now = clock::now_ms();
        match db().use_preferences(&ids, now).await {
            Ok(()) => {
                let book = Stock::get().book;
                book.update(|book| Arc::make_mut(book).used(&ids, now));
                tell(MEMORY);
            }
            Err(fault) => app.fault(&fault),
        }
    });
}

/// What goes with a question.
pub async fn section(app: App, at: At, text: &str) -> Section {
    // What is being written now belongs to it: reading waits for that transaction.
    let book = match LEARNING.get() {
        0 => Ok(Stock::get().book.get_untracked()),
        _ => db().book().await.map(Arc::new),
    };
    let book = match book {
        Ok(book) => book,
        Err(fault) => {
            app.fault(&fault);
            return Section::default();
        }
    };
    let book = without(book, &at);
    let now = clock::now_ms();
    let place = Place {
        chat: at.0,
        persona: None,
        lang: lang_of(text),
    };
    let recalled = recall(
        &book,
        text,
        &place,
        Stock::get().wish.get_untracked().budget,
        now,
    );
    let prefs = recalled.chosen.into_iter();
    Section {
        text: recalled.text,
        sent: Sent {
            prefs: prefs.map(|one| (one.id, one.tokens)).collect(),
            tokens: recalled.tokens,
        },
    }
}

/// What went with a question then: the log tells how the cards were. What was erased since is not told.
async fn section_then(app: App, sent: Sent, at: i64, text: &str) -> Section {
    let ids: Vec<PrefId> = sent.prefs.iter().map(|(id, _)| id.clone()).collect();
    let events = match db().events_of(&ids).await {
        Ok(events) => events,
        Err(fault) => {
            app.fault(&fault);
            return Section::default();
        }
    };
    let book = Stock::get().book.get_untracked();
    let then = |id: &PrefId| as_of(&events, id, at).or_else(|| book.get(id).cloned());
    let prefs: Vec<Preference> = ids.iter().filter_map(then).collect();
    Section {
        text: rewrite(&prefs, lang_of(text)),
        sent,
    }
}

/// The book without what the question itself says.
fn without(book: Arc<Book>, at: &At) -> Arc<Book> {
    if !book.all().any(|pref| is_said(pref, at)) {
        return book;
    }
    let others = book.all().filter(|pref| !is_said(pref, at)).cloned();
    Arc::new(Book::new(others.collect::<Vec<Preference>>(), [], []))
}

/// Makes a gesture on a preference; says so where that fails.
pub async fn gesture(app: App, edit: Edit) -> Option<Change> {
    let done = db()
        .edit_preference(&edit, clock::now_ms(), clock::random())
        .await;
    match done {
        Ok(Ok(event)) => {
            show(app, std::slice::from_ref(&event));
            Some(event.change)
        }
        Ok(Err(_)) => None,
        Err(fault) => {
            app.fault(&fault);
            None
        }
    }
}

/// Takes back what a message did to a preference, as the log tells it. Gives the change that was made.
pub async fn take_back(app: App, at: &At, id: &PrefId) -> Option<Change> {
    let events = match db().preference_events(id).await {
        Ok(events) => events,
        Err(fault) => {
            app.fault(&fault);
            return None;
        }
    };
    let back = events
        .iter()
        .rev()
        .find(|event| is_cause(&event.change, at, id))
        .and_then(|event| undo(&event.change));
    make(app, back?).await
}

/// Makes a prepared change; says so where the preferences are no longer as they were.
pub async fn make(app: App, change: Change) -> Option<Change> {
    match db().make_change(change.clone(), clock::now_ms()).await {
        Ok(Ok(event)) => {
            show(app, std::slice::from_ref(&event));
            Some(change)
        }
        Ok(Err(_)) => {
            let words = app.lang.get_untracked().learned();
            app.tell(words.too_late.to_owned(), None);
            None
        }
        Err(fault) => {
            app.fault(&fault);
            None
        }
    }
}

/// Whether a change brought the saying of a message to a preference, or took it back for it.
fn is_cause(change: &Change, at: &At, id: &PrefId) -> bool {
    let Change::Put { before, after, .. } = change else {
        return false;
    };
    let any = |prefs: &[Preference], is: fn(&Preference, &At) -> bool| {
        prefs.iter().any(|pref| pref.id == *id && is(pref, at))
    };
    let new = |is| any(after, is) && !any(before, is);
    new(is_said) || new(is_unsaid)
}

/// Whether a preference was taken back in a message.
pub fn is_unsaid(pref: &Preference, at: &At) -> bool {
    let here = |said: &crate::memory::Said| said.seq == at.1 && said.chat == at.0;
    pref.status == Status::Retracted && pref.unsaid.as_ref().is_some_and(here)
}

/// Whether a preference was said in a message.
pub fn is_said(pref: &Preference, at: &At) -> bool {
    pref.said
        .iter()
        .any(|said| said.seq == at.1 && said.chat == at.0)
}

fn notice() -> Notice {
    Notice::Changed {
        store: MEMORY.to_owned(),
        key: String::new(),
        rev: 0,
    }
}

fn lang_of(text: &str) -> Lang {
    match text.contains(is_cjk) {
        true => Lang::Zh,
        false => Lang::En,
    }
}

/// The user's clock, in minutes east of UTC.
fn east_of_utc() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}
