//! The memory, as the second program keeps it: what a message teaches, what goes with a question, what is taken back.
//!
//! The chat asks ([`ToMemory`]); everything is written in one transaction with its log ([`Db::remember`]), and what the
//! views here read is the one book of [`Stock`].
//!
//! [`Db::remember`]: crate::web::db::Db::remember

use crate::chat::Seq;
use crate::i18n::Lang;
use crate::id::ChatId;
use crate::memory::{
    BUDGET, Book, Change, Edit, Event, Place, PrefId, Preference, Section, Sent, Source, ToMemory,
    heard, recall, taught, undo,
};
use crate::record::schema::MEMORY;
use crate::text::is_cjk;
use crate::web::app::{App, db};
use crate::web::bridge::Answer;
use crate::web::clock;
use crate::web::tabs::Notice;
use crate::web::ui::{Stock, heard_of_frames, heard_of_memory, tell};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A message, by its conversation and its place there.
pub type At = (ChatId, Seq);

thread_local! {
    /// Messages that are being learned from, until the one book has been read again.
    static LEARNING: Cell<u32> = const { Cell::new(0) };
    /// What messages of this page took back, or want to: no card says so, only the log does.
    static REMOVED: RefCell<ArcRwSignal<HashMap<At, Removed>>> = RefCell::default();
}

/// What a message takes back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Removed {
    /// Cards that were taken back.
    pub done: Vec<(PrefId, Change)>,
    /// Cards with the user's own hand on them: asked first.
    pub asked: Vec<PrefId>,
}

/// What messages took back since the page was opened.
pub fn removed() -> ArcRwSignal<HashMap<At, Removed>> {
    REMOVED.with_borrow(Clone::clone)
}

/// Leaves a card as it is that a message wanted to take back.
pub fn settle(at: &At, id: &PrefId) {
    removed().update(|all| {
        if let Some(removed) = all.get_mut(at) {
            removed.asked.retain(|one| one != id);
        }
    });
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
            } => {
                learn(app, (chat, seq), &text, &foreign).await;
                String::new()
            }
            ToMemory::Recall {
                chat,
                seq,
                text,
                now,
            } => {
                let section = section(app, (chat, seq), &text).await;
                if now {
                    count(app, &section.sent);
                }
                section.write()
            }
        }
    }))
}

/// Lets a message teach the book what it says.
async fn learn(app: App, at: At, text: &str, foreign: &[Range<usize>]) {
    let all = heard(text, foreign);
    if all.is_empty() {
        return;
    }
    let now = clock::now_ms();
    let source = Source {
        chat: at.0.clone(),
        seq: at.1,
        lang: lang_of(text),
        offset: east_of_utc(),
        random: clock::random(),
        ..Source::default()
    };
    LEARNING.set(LEARNING.get() + 1);
    let mut doubted = Vec::new();
    let make = |book: &Book| {
        let taught = taught(book, text, &all, &source, now);
        doubted = taught.doubted;
        taught.changes
    };
    let written = db().remember(now, make).await;
    match written {
        Ok(events) => {
            note_removed(at, &events, doubted);
            if !events.is_empty() {
                changed(app).await;
            }
        }
        Err(fault) => app.fault(&fault),
    }
    LEARNING.set(LEARNING.get() - 1);
}

/// Keeps what a message took back, for the line under it.
fn note_removed(at: At, events: &[Event], asked: Vec<PrefId>) {
    let retracted = events.iter().filter_map(|event| match &event.change {
        Change::Put {
            act: crate::memory::Act::Retract,
            after,
            ..
        } => Some(
            after
                .iter()
                .map(|pref| (pref.id.clone(), event.change.clone())),
        ),
        _ => None,
    });
    let done: Vec<(PrefId, Change)> = retracted.flatten().collect();
    if !done.is_empty() || !asked.is_empty() {
        removed().update(|all| {
            all.insert(at, Removed { done, asked });
        });
    }
}

/// Counts what is sent, behind the request's back.
fn count(app: App, sent: &Sent) {
    let ids: Vec<PrefId> = sent.prefs.iter().map(|(id, _)| id.clone()).collect();
    if ids.is_empty() {
        return;
    }
    spawn_local(async move {
        match db().use_preferences(&ids, clock::now_ms()).await {
            Ok(()) => changed(app).await,
            Err(fault) => app.fault(&fault),
        }
    });
}

/// What goes with a question.
async fn section(app: App, at: At, text: &str) -> Section {
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
    let recalled = recall(&book, text, &place, BUDGET, now);
    let prefs = recalled.chosen.into_iter();
    Section {
        text: recalled.text,
        sent: Sent {
            prefs: prefs.map(|one| (one.id, one.tokens)).collect(),
            tokens: recalled.tokens,
        },
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
            changed(app).await;
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
        Ok(Ok(_)) => {
            changed(app).await;
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

/// Whether a change brought the saying of a message to a preference.
fn is_cause(change: &Change, at: &At, id: &PrefId) -> bool {
    let Change::Put { before, after, .. } = change else {
        return false;
    };
    let says = |prefs: &[Preference]| prefs.iter().any(|pref| pref.id == *id && is_said(pref, at));
    says(after) && !says(before)
}

/// Whether a preference was said in a message.
pub fn is_said(pref: &Preference, at: &At) -> bool {
    pref.said
        .iter()
        .any(|said| said.seq == at.1 && said.chat == at.0)
}

/// The book has changed: the views here read it again, and so do the other programs and tabs.
async fn changed(app: App) {
    let notice = Notice::Changed {
        store: MEMORY.to_owned(),
        key: String::new(),
        rev: 0,
    };
    heard_of_memory(app, &notice);
    heard_of_frames(app, &notice).await;
    tell(MEMORY);
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
