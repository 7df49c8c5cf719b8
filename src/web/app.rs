//! The state of the page: a few signals made once at the root, which live as long as the page.
//!
//! IndexedDB is the truth; the signals are its cache. Long tasks hold copies of [`App`], never of
//! anything that a component owns.

use crate::chat::{Conversation, Message, Options, Seq};
use crate::i18n::{Lang, SettingsWords, Strings};
use crate::id::ChatId;
use crate::provider::Connection;
use crate::route::Route;
use crate::settings::Settings;
use crate::web::db::Db;
use crate::web::tabs::{Notice, Tabs};
use leptos::prelude::*;
use std::cell::RefCell;
use std::sync::Arc;

/// Everything that the views read. `Copy`, so that it goes into every closure.
#[derive(Clone, Copy)]
pub struct App {
    /// The language in use.
    pub lang: RwSignal<Lang>,
    /// What the page shows.
    pub route: RwSignal<Route>,
    /// The settings as stored.
    pub settings: RwSignal<Arc<Settings>>,
    /// The connections, the built-in demo model first.
    pub connections: RwSignal<Arc<Vec<Connection>>>,
    /// The conversations that the list shows.
    pub list: List,
    /// The conversations in whose composer something stands.
    pub drafts: RwSignal<Vec<String>>,
    /// The conversation that is open; `None` for a new one.
    pub open: RwSignal<Option<Open>>,
    /// Whether the conversation that is asked for does not exist.
    pub missing: RwSignal<bool>,
    /// Options chosen before a new conversation has its first message.
    pub fresh: RwSignal<Options>,
    /// Whether the next new conversation writes nothing.
    pub temporary: RwSignal<bool>,
    /// The lines at the bottom, newest first: what was done, each with its undo.
    pub undo: RwSignal<Vec<Undo>>,
    /// The line at the top: what is wrong with the database.
    pub banner: RwSignal<Option<Banner>>,
    /// Counts when something begins or ends to stream in this tab; in the second program, when a conversation has
    /// changed.
    pub busy: RwSignal<u32>,
    /// What was last said to a screen reader.
    pub said: RwSignal<String>,
    /// Whether what is stored has been read. Until then nothing is written.
    pub ready: RwSignal<bool>,
}

/// The list of conversations: the pinned ones, and the newest of the others.
#[derive(Clone, Copy)]
pub struct List {
    /// Those kept on top.
    pub pinned: RwSignal<Vec<ChatRow>>,
    /// The others, newest first, as far as they were asked for.
    pub recent: RwSignal<Vec<ChatRow>>,
    /// Whether there are more than are shown.
    pub more: RwSignal<bool>,
}

/// One conversation of the list.
#[derive(Clone)]
pub struct ChatRow {
    /// Its id.
    pub id: ChatId,
    /// Its row, which changes in place.
    pub row: ArcRwSignal<Arc<Conversation>>,
}

/// The open conversation: the part of its shown branch that is in the page.
#[derive(Clone)]
pub struct Open {
    /// Its id.
    pub id: ChatId,
    /// Its row.
    pub row: ArcRwSignal<Arc<Conversation>>,
    /// The messages, oldest first.
    pub messages: ArcRwSignal<Vec<Row>>,
    /// Where the next earlier page goes on; 0 where the beginning is shown.
    pub earlier: ArcRwSignal<Seq>,
    /// The places after the last message shown, the next one last; empty where the end is shown.
    pub ahead: ArcRwSignal<Vec<Seq>>,
    /// Whether nothing of it is written.
    pub temporary: bool,
}

impl Open {
    /// What it sets for itself. Not tracked.
    pub fn options(&self) -> Options {
        self.row.read_untracked().options.clone()
    }
}

/// One message of the open conversation.
#[derive(Clone)]
pub struct Row {
    /// Its place.
    pub seq: Seq,
    /// The message, which changes in place. The text of a reply that streams in this tab is in `live`.
    pub message: ArcRwSignal<Arc<Message>>,
}

impl Row {
    /// A row that shows this message.
    pub fn new(message: Message) -> Self {
        Self {
            seq: message.seq,
            message: ArcRwSignal::new(Arc::new(message)),
        }
    }
}

/// What was done, and how to undo it.
#[derive(Clone)]
pub struct Undo {
    /// What was done.
    pub text: String,
    /// Undoes it; `None` for a plain message.
    pub action: Option<Arc<dyn Fn() + Send + Sync>>,
    /// The conversation that the undo brings back, for another tab that asks for it.
    pub chat: Option<ChatId>,
}

/// What the line at the top says: mostly what is wrong with the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Banner {
    /// There is none: everything stays in memory.
    Missing,
    /// Another tab is in the way.
    Blocked,
    /// A newer version wrote it.
    Newer,
    /// It was closed for a newer version.
    Closed,
    /// It is full.
    Full,
    /// The browser cleared it.
    Cleared,
    /// Another tab deleted everything.
    Erased,
    /// A newer build of the app is ready: no trouble, but said in the same place.
    Update,
    /// It does not answer.
    Silent,
    /// Anything else.
    Broken(String),
}

thread_local! {
    static DB: RefCell<Option<Db>> = const { RefCell::new(None) };
    static PASSING: Db = Db::memory();
    static TABS: RefCell<Option<Tabs>> = const { RefCell::new(None) };
}

/// The database. In memory until it is open.
pub fn db() -> Db {
    DB.with_borrow_mut(|db| db.get_or_insert_with(Db::memory).clone())
}

/// Where a conversation lives: in the database, or in the memory of the page where it is temporary.
pub fn store(temporary: bool) -> Db {
    match temporary {
        true => PASSING.with(Db::clone),
        false => db(),
    }
}

/// Sets the database and this tab's end of the channel, once at the start.
pub fn attach(db: Db, tabs: Tabs) {
    DB.set(Some(db));
    TABS.set(Some(tabs));
}

/// Tells the other tabs.
pub fn notify(notice: &Notice) {
    TABS.with_borrow(|tabs| {
        if let Some(tabs) = tabs {
            tabs.notify(notice);
        }
    });
}

/// Tells the other tabs that a conversation or its messages have changed.
pub fn notify_chat(id: &ChatId) {
    notify(&Notice::Changed {
        store: crate::record::schema::CONVERSATIONS.to_owned(),
        key: id.to_string(),
        rev: 0,
    });
}

impl App {
    /// The state at the start, before anything is read.
    pub fn new(lang: Lang, route: Route) -> Self {
        Self {
            lang: RwSignal::new(lang),
            route: RwSignal::new(route),
            settings: RwSignal::new(Arc::new(Settings::default())),
            connections: RwSignal::new(Arc::new(vec![demo()])),
            list: List {
                pinned: RwSignal::new(Vec::new()),
                recent: RwSignal::new(Vec::new()),
                more: RwSignal::new(false),
            },
            drafts: RwSignal::new(Vec::new()),
            open: RwSignal::new(None),
            missing: RwSignal::new(false),
            fresh: RwSignal::new(Options::default()),
            temporary: RwSignal::new(false),
            undo: RwSignal::new(Vec::new()),
            banner: RwSignal::new(None),
            busy: RwSignal::new(0),
            said: RwSignal::new(String::new()),
            ready: RwSignal::new(false),
        }
    }

    /// The words in use. Tracks the language.
    pub fn t(self) -> &'static Strings {
        self.lang.get().strings()
    }

    /// One of the words in use, for a view: follows the language.
    ///
    /// Every closure written in a view is a type of its own, and Leptos compiles its rendering for each;
    /// this one is the same for all words.
    pub fn words(
        self,
        pick: fn(&'static Strings) -> &'static str,
    ) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || pick(self.t())
    }

    /// As [`App::words`], for the words of the settings.
    pub fn settings_words(
        self,
        pick: fn(&'static SettingsWords) -> &'static str,
    ) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || pick(self.lang.get().settings())
    }

    /// The words in use, not tracked: for what is built once.
    pub fn t_now(self) -> &'static Strings {
        self.lang.get_untracked().strings()
    }

    /// Goes to a route, as a link would.
    pub fn go(self, route: &Route) {
        let _ = window().location().set_hash(&route.hash());
    }

    /// Says something at the bottom of the page, with an undo where there is one.
    pub fn tell(self, text: String, action: Option<Arc<dyn Fn() + Send + Sync>>) {
        self.offer(Undo {
            text,
            action,
            chat: None,
        });
    }

    /// As [`App::tell`]. The line takes the place of a plain one, and never that of an undo.
    pub fn offer(self, line: Undo) {
        self.undo.update(|lines| {
            lines.retain(|known| known.action.is_some());
            lines.insert(0, line);
        });
    }

    /// Takes a line away, with its undo.
    pub fn take_line(self, at: usize) -> Option<Undo> {
        let there = at < self.undo.read_untracked().len();
        there.then(|| self.undo.write().remove(at))
    }

    /// Says what is wrong with the database.
    pub fn fault(self, fault: &crate::web::db::Fault) {
        use crate::web::db::Fault;
        // Why it is closed has been said.
        let said = matches!(
            *self.banner.read_untracked(),
            Some(Banner::Erased | Banner::Cleared)
        );
        if said && *fault == Fault::Closed {
            return;
        }
        self.banner.set(Some(match fault {
            Fault::Full => Banner::Full,
            Fault::Blocked => Banner::Blocked,
            Fault::Closed => Banner::Closed,
            Fault::Newer => Banner::Newer,
            Fault::Missing => Banner::Missing,
            Fault::Silent => Banner::Silent,
            Fault::Broken(why) => Banner::Broken(why.clone()),
        }));
    }

    /// The connection and the model that the open conversation uses. Tracked.
    pub fn choice(self) -> (Connection, String) {
        let (options, _) = self.own_options();
        choose(&options, &self.settings.read(), &self.connections.read())
    }

    /// What the open conversation sets for itself, or the next one, and whether it is temporary. Tracked.
    pub fn own_options(self) -> (Options, bool) {
        match self.open.get() {
            Some(open) => (open.row.read().options.clone(), open.temporary),
            None => (self.fresh.get(), self.temporary.get()),
        }
    }

    /// The connection and the model that a new conversation uses. Tracked.
    pub fn choice_by_default(self) -> (Connection, String) {
        let options = Options::default();
        choose(&options, &self.settings.read(), &self.connections.read())
    }

    /// The options of a conversation, with what becomes of older messages without room where they leave that to the
    /// settings. Not tracked.
    pub fn with_middle(self, options: Options, temporary: bool) -> Options {
        let settings = self.settings.read_untracked();
        Options {
            middle: Some(settings.middle_of(&options, temporary)),
            ..options
        }
    }

    /// The connection and the model for a conversation with these options. Not tracked.
    pub fn choice_of(self, options: &Options) -> (Connection, String) {
        let connections = self.connections.read_untracked();
        choose(options, &self.settings.read_untracked(), &connections)
    }

    /// As [`App::choice`], not tracked.
    pub fn choice_now(self) -> (Connection, String) {
        untrack(|| self.choice())
    }
}

/// The built-in demo model as a connection.
pub fn demo() -> Connection {
    Connection {
        id: "demo".to_owned(),
        api: crate::provider::Api::Demo,
        model: "demo".to_owned(),
        ..Connection::default()
    }
}

/// The connection and the model for a conversation with these options.
fn choose(
    options: &Options,
    settings: &Settings,
    connections: &[Connection],
) -> (Connection, String) {
    let by_id = |id: &str| connections.iter().find(|c| !id.is_empty() && c.id == id);
    let own = by_id(&options.connection);
    let connection = own
        .or_else(|| by_id(&settings.connection))
        .or_else(|| connections.iter().find(|c| c.id != "demo"))
        .or(connections.first());
    let connection = connection.cloned().unwrap_or_else(demo);
    // Where the one that was chosen is gone, no other one gets the conversation unasked.
    let gone = own.is_none() && !options.connection.is_empty();
    let model = match (own, connection.id == settings.connection) {
        _ if gone => String::new(),
        (Some(_), _) if !options.model.is_empty() => options.model.clone(),
        (None, true) if !settings.model.is_empty() => settings.model.clone(),
        _ => match (&*connection.model, &*connection.models) {
            // Where there is a choice, it is the user's.
            ("", [only]) => only.id.clone(),
            (model, _) => model.to_owned(),
        },
    };
    (connection, model)
}
