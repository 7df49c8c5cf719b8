//! The state of the board, and everything that changes the memory from it.
//!
//! The database is the truth: a gesture is made there, on the cards as they are at that moment, and what comes of it
//! is put into the book that the views read.

use super::words::topic_of;
use crate::archive::preferences::Offers;
use crate::i18n::memory::Words;
use crate::id::ChatId;
use crate::memory::{
    Book, Change, Edit, Event, Head, PrefId, Preference, Scope, View, expire, undo as inverse,
};
use crate::route::Route;
use crate::web::app::{App, db};
use crate::web::clock::{now_ms, random};
use crate::web::remember;
use crate::web::ui::{Stock, focus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Rows of cards that are drawn at first, and more each time the end comes near.
pub const PAGE: usize = 240;

/// What the views of the board read. `Copy`, as [`App`] is; made once and kept as long as the page.
#[derive(Clone, Copy)]
pub struct Board {
    /// The page.
    pub app: App,
    /// All that is known: the one book of the page, see [`Stock`].
    pub book: RwSignal<Arc<Book>>,
    /// Whether it has been read.
    pub loaded: RwSignal<bool>,
    /// What is shown of it.
    pub view: RwSignal<View>,
    /// The cards that are selected.
    pub chosen: RwSignal<BTreeSet<PrefId>>,
    /// Whether a tap selects instead of opening.
    pub selecting: RwSignal<bool>,
    /// The lanes that are folded.
    pub folded: RwSignal<BTreeSet<Head>>,
    /// How many cards may be drawn.
    pub limit: RwSignal<usize>,
    /// What can be undone and redone.
    pub steps: RwSignal<Steps>,
    /// The sheet that is open.
    pub sheet: RwSignal<Option<Sheet>>,
    /// What a file offers.
    pub offers: RwSignal<Offers>,
    /// The places of the offers that were taken.
    pub taken: RwSignal<BTreeSet<usize>>,
    /// The conversations that a card can be kept to.
    pub recent: RwSignal<Vec<ChatId>>,
    /// The titles of conversations that cards name.
    pub titles: RwSignal<BTreeMap<ChatId, String>>,
}

/// What lies over the board and asks something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Into which card this one goes.
    Merge(PrefId),
    /// Which topics a card becomes.
    Split(PrefId),
    /// Whether these are erased.
    Erase(Vec<PrefId>),
    /// What of a file is remembered.
    Import,
}

/// What was done here, for undo and redo.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    /// Done, the last one last.
    pub done: Vec<Step>,
    /// Undone, the last one last.
    pub undone: Vec<Step>,
}

/// One action of the user, which may be several changes.
#[derive(Clone, Debug)]
pub struct Step {
    changes: Vec<Change>,
    words: String,
}

thread_local! {
    static BOARD: OnceCell<Board> = const { OnceCell::new() };
}

/// The board of the page. It outlives the screen, since the filters stand in the sidebar; the program makes it when it
/// starts, so that its signals belong to no view.
pub fn board(app: App) -> Board {
    BOARD.with(|board| *board.get_or_init(|| Board::new(app)))
}

impl Board {
    fn new(app: App) -> Self {
        Self {
            app,
            book: RwSignal::from(Stock::get().book),
            loaded: RwSignal::new(false),
            view: RwSignal::new(View::default()),
            chosen: RwSignal::new(BTreeSet::new()),
            selecting: RwSignal::new(false),
            folded: RwSignal::new(BTreeSet::new()),
            limit: RwSignal::new(PAGE),
            steps: RwSignal::new(Steps::default()),
            sheet: RwSignal::new(None),
            offers: RwSignal::new(Offers::default()),
            taken: RwSignal::new(BTreeSet::new()),
            recent: RwSignal::new(Vec::new()),
            titles: RwSignal::new(BTreeMap::new()),
        }
    }

    /// The words in use. Tracks the language.
    pub fn t(self) -> &'static Words {
        self.app.lang.get().memory()
    }

    /// The words in use, not tracked.
    pub fn now(self) -> &'static Words {
        self.app.lang.get_untracked().memory()
    }

    /// One of the words in use, for a view: follows the language.
    pub fn words(
        self,
        pick: fn(&'static Words) -> &'static str,
    ) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || pick(self.t())
    }

    /// The card that the route names. Tracks the route.
    pub fn opened(self) -> Option<PrefId> {
        match &*self.app.route.read() {
            Route::Memory(id) => id.clone(),
            _ => None,
        }
    }

    /// A card as it is now, not tracked.
    pub fn card(self, id: &PrefId) -> Option<Preference> {
        self.book.with_untracked(|book| book.get(id).cloned())
    }

    /// Reads the book, and ends what is past its time.
    pub async fn read(self) {
        match db().book().await {
            Ok(book) => {
                let over = expire(&book, now_ms()).is_some();
                self.book.set(Arc::new(book));
                self.loaded.set(true);
                if over {
                    self.end_what_is_over().await;
                }
            }
            Err(fault) => self.app.fault(&fault),
        }
    }

    /// Reads the titles of the conversations that a card names.
    pub fn read_titles(self, card: Option<Preference>) {
        let Some(card) = card else { return };
        let scope = match card.scope {
            Scope::Chat(chat) => Some(chat),
            Scope::Everywhere | Scope::Persona(_) => None,
        };
        let said = card.said.into_iter().map(|said| said.chat);
        let chats: BTreeSet<ChatId> = said
            .chain(scope)
            .filter(|chat| !chat.as_str().is_empty())
            .collect();
        spawn_local(async move {
            for chat in chats {
                if let Ok(Some(row)) = db().conversation(&chat).await {
                    self.titles.update(|titles| {
                        titles.insert(chat, row.title);
                    });
                }
            }
        });
    }

    async fn end_what_is_over(self) {
        let now = now_ms();
        let db = db();
        let make = move |book: &Book| expire(book, now).into_iter().collect();
        match db.remember(now, make).await {
            Ok(events) => self.show(&events),
            Err(fault) => self.app.fault(&fault),
        }
    }

    /// Makes gestures that belong together, says so, and puts the keyboard on a card.
    pub fn act(self, gestures: Vec<Edit>, words: String, then: Option<PrefId>) {
        spawn_local(async move {
            let mut events = Vec::new();
            for gesture in &gestures {
                match db().edit_preference(gesture, now_ms(), random()).await {
                    Ok(Ok(event)) => events.push(event),
                    Ok(Err(_)) => {}
                    Err(fault) => return self.app.fault(&fault),
                }
            }
            self.done(&events, words);
            if let Some(id) = then {
                focus_card(&id);
            }
        });
    }

    /// Lets `make` say what happens to the book as it is, and keeps it for the undo.
    pub fn make(self, words: String, make: impl FnOnce(&Book) -> Vec<Change> + 'static) {
        spawn_local(async move {
            let db = db();
            match db.remember(now_ms(), make).await {
                Ok(events) => {
                    let first = events.iter().find_map(|event| match &event.change {
                        Change::Put { after, .. } => after.last().map(|pref| pref.id.clone()),
                        Change::Erase { .. } => None,
                    });
                    self.done(&events, words);
                    if let Some(id) = first {
                        reveal(&id);
                    }
                }
                Err(fault) => self.app.fault(&fault),
            }
        });
    }

    /// What was written is shown, told to the other tabs, said aloud, and can be undone.
    pub fn done(self, events: &[Event], words: String) {
        if events.is_empty() {
            return;
        }
        self.show(events);
        let erased = |event: &Event| matches!(event.change, Change::Erase { .. });
        self.steps.update(|steps| {
            steps.undone.clear();
            if events.iter().any(erased) {
                // What is erased must not come back by an undo of something earlier.
                steps.done.clear();
            } else {
                steps.done.push(Step {
                    changes: events.iter().map(|event| event.change.clone()).collect(),
                    words: words.clone(),
                });
            }
        });
        self.say(words);
    }

    fn show(self, events: &[Event]) {
        remember::show(self.app, events);
    }

    /// Takes the last step back, or does the last one that was taken back again.
    pub fn step(self, forward: bool) {
        let step = self.steps.try_update(|steps| match forward {
            false => steps.done.pop(),
            true => steps.undone.pop(),
        });
        let Some(step) = step.flatten() else {
            let words = self.now();
            return self.say(
                if forward {
                    words.nothing_to_redo
                } else {
                    words.nothing_to_undo
                }
                .into(),
            );
        };
        spawn_local(async move {
            let changes: Vec<Change> = match forward {
                true => step.changes.clone(),
                false => step.changes.iter().rev().filter_map(inverse).collect(),
            };
            let mut events = Vec::new();
            for change in changes {
                match db().make_change(change, now_ms()).await {
                    Ok(Ok(event)) => events.push(event),
                    Ok(Err(_)) => {
                        self.show(&events);
                        return self.say(self.now().changed_elsewhere.into());
                    }
                    Err(fault) => return self.app.fault(&fault),
                }
            }
            self.show(&events);
            let words = match forward {
                true => (self.now().redone)(&step.words),
                false => (self.now().undone)(&step.words),
            };
            self.steps.update(|steps| match forward {
                true => steps.done.push(step),
                false => steps.undone.push(step),
            });
            self.say(words);
        });
    }

    /// Says something to a screen reader and in the line at the bottom.
    pub fn say(self, words: String) {
        // The undo stands in the head of the screen, so the line at the bottom has none of its own.
        self.app.tell(words, None);
    }

    /// Moves a card on the scale.
    pub fn put(self, id: &PrefId, strength: i8) {
        let strength = strength.clamp(-2, 2);
        let Some(card) = self.card(id).filter(|card| card.strength != strength) else {
            return;
        };
        let words = self.now();
        let said = (words.moved)(&card.topic, words.stop(strength), strength);
        let gesture = Edit::Strength(id.clone(), strength);
        self.act(vec![gesture], said, Some(id.clone()));
    }

    /// Takes cards back. A proposal is turned down by it.
    pub fn retract(self, ids: Vec<PrefId>) {
        let words = match ids.as_slice() {
            [id] => (self.now().did_retract)(&topic_of(self, id)),
            ids => (self.now().did_many)(ids.len()),
        };
        self.chosen.set(BTreeSet::new());
        self.act(ids.into_iter().map(Edit::Retract).collect(), words, None);
    }

    /// Pins cards, or all of them no longer where all are.
    pub fn pin(self, ids: Vec<PrefId>) {
        let on = !ids
            .iter()
            .all(|id| self.card(id).is_some_and(|card| card.pinned));
        let words = match (ids.as_slice(), on) {
            ([id], true) => (self.now().did_pin)(&topic_of(self, id)),
            ([id], false) => (self.now().did_unpin)(&topic_of(self, id)),
            (ids, _) => (self.now().did_many)(ids.len()),
        };
        let gestures = ids.into_iter().map(|id| Edit::Pin(id, on)).collect();
        self.act(gestures, words, None);
    }

    /// Makes two cards one; the first stays.
    pub fn merge(self, keep: PrefId, other: PrefId) {
        let words = (self.now().did_merge)(&topic_of(self, &keep));
        self.chosen.set(BTreeSet::new());
        self.act(
            vec![Edit::Merge(keep.clone(), other)],
            words,
            Some(keep.clone()),
        );
        self.app.go(&Route::Memory(Some(keep)));
    }
}

/// Puts the keyboard on a card once it is drawn.
pub fn focus_card(id: &PrefId) {
    focus::soon(format!("#lanes [data-id=\"{id}\"]"));
}

/// Brings a card into sight once it is drawn, without taking the keyboard from where it is.
fn reveal(id: &PrefId) {
    let selector = format!("#lanes [data-id=\"{id}\"]");
    spawn_local(async move {
        for _ in 0..10 {
            crate::web::clock::frame().await;
            if let Some(card) = focus::find(&selector) {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                return card.scroll_into_view_with_scroll_into_view_options(&options);
            }
        }
    });
}
