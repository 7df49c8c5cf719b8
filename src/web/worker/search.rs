//! Search over every message: read once, when it is first asked for; later only what has changed.

use super::say;
use crate::chat::within_reach;
use crate::helper::{FAILED, answer, write_hits};
use crate::id::ChatId;
use crate::record::schema::CONVERSATIONS;
use crate::search::{Index, Query};
use crate::web::clock;
use crate::web::db::{Db, Fault, NAME};
use crate::web::tabs::{Notice, Tabs};
use std::cell::RefCell;
use std::collections::BTreeSet;
use wasm_bindgen_futures::spawn_local;

/// Most hits that are told.
const MOST: usize = 50;
/// Messages that are read at a time.
const PAGE: u32 = 1000;
/// Milliseconds between two answers while messages are still being read.
const BETWEEN: f64 = 250.0;

#[derive(Default)]
struct Search {
    db: Option<Db>,
    /// Hears what any tab changes, this one's page too.
    tabs: Option<Tabs>,
    index: Index,
    /// Whether every message is in the index.
    whole: bool,
    /// Conversations that have changed since they were read.
    stale: BTreeSet<ChatId>,
    /// The question that is not answered yet.
    asked: Option<(u32, String)>,
    working: bool,
}

thread_local! {
    static SEARCH: RefCell<Search> = RefCell::default();
}

/// Answers, soon; a question that is still open is dropped for the new one.
pub fn ask(number: u32, query: &str) {
    let (dropped, working) = SEARCH.with_borrow_mut(|search| {
        let dropped = search.asked.replace((number, query.to_owned()));
        (dropped, std::mem::replace(&mut search.working, true))
    });
    if let Some((number, _)) = dropped {
        say(&answer(number, false, ""));
    }
    if !working {
        spawn_local(work());
    }
}

async fn work() {
    loop {
        let failed = prepare().await.is_err();
        let asked = SEARCH.with_borrow_mut(|search| {
            if failed {
                forget(search);
            }
            search.asked.take()
        });
        if let Some((number, query)) = asked {
            let body = match failed {
                true => FAILED.to_owned(),
                false => found(&query),
            };
            say(&answer(number, false, &body));
        }
        let more = SEARCH.with_borrow_mut(|search| {
            search.working = search.asked.is_some();
            search.working
        });
        if !more {
            return;
        }
    }
}

/// The hits as text.
fn found(query: &str) -> String {
    let query = Query::new(query);
    SEARCH.with_borrow(|search| write_hits(&search.index.find(&query, MOST)))
}

/// Brings the index up to date.
async fn prepare() -> Result<(), Fault> {
    let db = open().await?;
    if !SEARCH.with_borrow(|search| search.whole) {
        read_all(&db).await?;
    }
    while let Some(chat) = SEARCH.with_borrow_mut(|search| search.stale.pop_first()) {
        read_again(&db, &chat).await?;
    }
    Ok(())
}

async fn open() -> Result<Db, Fault> {
    if let Some(db) = SEARCH.with_borrow(|search| search.db.clone()) {
        return Ok(db);
    }
    // Whatever happens to the database, it has to be opened and read again.
    let opened = Db::open(NAME, |_| {
        spawn_local(async { SEARCH.with_borrow_mut(forget) });
    });
    let db = opened.await?.db;
    SEARCH.with_borrow_mut(|search| {
        search.db = Some(db.clone());
        search.tabs.get_or_insert_with(|| Tabs::new(heard));
    });
    Ok(db)
}

fn forget(search: &mut Search) {
    search.db = None;
    search.index = Index::default();
    search.whole = false;
    search.stale.clear();
}

/// A tab has changed something.
fn heard(notice: Notice) {
    SEARCH.with_borrow_mut(|search| match notice {
        Notice::Changed { store, key, .. } if store == CONVERSATIONS => {
            search.stale.insert(ChatId(key));
        }
        Notice::Streaming { chat, .. } => {
            search.stale.insert(ChatId(chat));
        }
        Notice::Everything => {
            search.index = Index::default();
            search.whole = false;
        }
        Notice::Changed { .. } | Notice::Back { .. } | Notice::Goodbye => {}
    });
}

/// Reads every message, and answers with what is found so far from time to time.
async fn read_all(db: &Db) -> Result<(), Fault> {
    let mut index = Index::default();
    let pinned = db.pinned().await?;
    for chat in pinned.iter().chain(&db.newest(u32::MAX, None).await?) {
        index.name(&chat.id, &chat.title);
    }
    SEARCH.with_borrow_mut(|search| {
        search.index = index;
        search.whole = true; // unless a notice says otherwise while it is read
    });
    let mut told = clock::ticks();
    let mut after: Option<(ChatId, u32)> = None;
    loop {
        let last = after.as_ref().map(|(chat, seq)| (chat, *seq));
        let page = db.all_messages(last, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some((last.chat.clone(), last.seq));
        let asked = SEARCH.with_borrow_mut(|search| {
            for message in &page {
                if message.deleted {
                    // Perhaps with the branch that it began: that takes the whole conversation to know.
                    search.stale.insert(message.chat.clone());
                }
                search.index.add(message);
            }
            search.asked.clone()
        });
        if let (Some((number, query)), true) = (asked, clock::ticks() - told > BETWEEN) {
            say(&answer(number, true, &found(&query)));
            told = clock::ticks();
        }
    }
}

/// Reads a conversation that has changed.
async fn read_again(db: &Db, chat: &ChatId) -> Result<(), Fault> {
    let row = db.conversation(chat).await?;
    let messages = match row {
        Some(_) => db.messages(chat, 1, u32::MAX).await?,
        None => Vec::new(),
    };
    SEARCH.with_borrow_mut(|search| {
        search.index.remove(chat);
        let Some(row) = row else { return };
        search.index.name(chat, &row.title);
        let reach = within_reach(&row, &messages);
        for message in messages.iter().filter(|one| reach.contains(&one.seq)) {
            search.index.add(message);
        }
    });
    Ok(())
}
