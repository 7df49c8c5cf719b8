//! The database: the truth of the app. One transaction per action.
//!
//! [`Db::open`] opens the browser's IndexedDB; where there is none, [`Db::of_page`] has the same
//! interface and keeps everything until the page closes. Other tabs write at the same time, so a
//! change is a pure function of what the transaction itself has read: see [`Db::change`].
//!
//! It stands on `web-sys` alone: the requests, ranges and cursors that are needed are few, and the
//! upgrade transaction, which adds indexes to stores that are there already, is in our own hands.

mod backup;
mod cases;
mod disk;
mod fault;
mod favourites;
mod frames;
mod lock;
mod memory;
mod open;
mod plain;
mod preferences;
mod room;
mod shared;
mod tx;
mod upgrade;
mod usage;

pub use backup::{Progress, Restored, read_backup};
pub use fault::Fault;
pub use lock::Keys;
pub use open::{Event, Opened};
pub use room::{Room, persist, persisted, room};

use crate::chat::{Conversation, Message, Seq};
use crate::cost::charge::Charge;
use crate::id::ChatId;
use crate::record::schema::{CONVERSATIONS, DRAFTS, KV, Key, MESSAGES, Migration, RATES, USAGE};
use crate::record::{self, Row};
use std::rc::Rc;
use tx::{Durability, Range, Tx, all, between, children, exactly};

/// The name of the app's database.
pub const NAME: &str = "viewfinder";

/// The database. Cheap to clone; all clones are the same connection.
#[derive(Clone)]
pub struct Db(Rc<Backend>);

enum Backend {
    Disk(disk::Disk),
    Memory(memory::Memory),
}

/// What a change is made from: read inside its own transaction, hence what is true now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fresh {
    /// The conversation; `None` where it is not there (not yet, or not any more).
    pub conversation: Option<Conversation>,
    /// Those of the messages asked for that are there, in the order in which they were asked for.
    pub messages: Vec<Message>,
}

/// What a change writes, all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The conversation as it shall be.
    pub conversation: Option<Conversation>,
    /// Messages that are new or shall be so. Their `rev` is counted up by the database.
    pub put: Vec<Message>,
    /// Messages to be removed for good.
    pub remove: Vec<Seq>,
}

/// A conversation's rows, taken out by [`Db::purge`], for the undo.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Purged(Vec<(&'static str, Row)>);

impl Db {
    /// Opens the database of this name, creating or upgrading it. Takes at most 5 s, not counting
    /// an upgrade that has begun; `on` hears of everything that happens to it, now and later.
    ///
    /// # Errors
    /// `Missing` and `Broken`: go on with [`Db::of_page`] and say so. `Blocked`: another tab holds an
    /// older version. `Newer`: a newer version of the app was here; nothing was touched.
    pub async fn open(name: &str, on: impl Fn(Event) + 'static) -> Result<Opened, Fault> {
        Self::open_with(name, record::schema::MIGRATIONS, on).await
    }

    /// As [`Db::open`], with other migrations: the schema of an older or newer version, in tests.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn open_with(
        name: &str,
        migrations: &'static [Migration],
        on: impl Fn(Event) + 'static,
    ) -> Result<Opened, Fault> {
        let (disk, created) = open::open(name, migrations, Rc::new(on)).await?;
        Ok(Opened {
            lost: created && room::was_kept(name),
            created,
            db: Db(Rc::new(Backend::Disk(disk))),
        })
    }

    /// A database that is forgotten with the page, and no one else's.
    pub fn memory() -> Self {
        Db(Rc::new(Backend::Memory(memory::Memory::default())))
    }

    /// The database of a page that has none: forgotten with it, and the same for all its programs.
    pub fn of_page() -> Self {
        Db(Rc::new(Backend::Memory(memory::Memory::of_page())))
    }

    /// Whether what is written outlives the page.
    pub fn is_kept(&self) -> bool {
        matches!(*self.0, Backend::Disk(_))
    }

    /// Closes the connection, for all clones. What is under way is still written.
    pub fn close(&self) {
        if let Backend::Disk(disk) = &*self.0 {
            disk.close();
        }
    }

    /// Deletes everything and closes. Open the database again afterwards.
    ///
    /// # Errors
    /// `Blocked` where another tab does not let go within 5 s.
    pub async fn erase(&self) -> Result<(), Fault> {
        match &*self.0 {
            Backend::Disk(disk) => disk.erase().await,
            Backend::Memory(memory) => {
                memory.clear();
                Ok(())
            }
        }
    }

    /// The number of conversations.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn count(&self) -> Result<u32, Fault> {
        self.read(&[CONVERSATIONS])?.count(CONVERSATIONS).await
    }

    /// Conversations that are not pinned, newest first, at most `limit`; `before` is the last one
    /// of the page before.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn newest(
        &self,
        limit: u32,
        before: Option<(i64, &ChatId)>,
    ) -> Result<Vec<Conversation>, Fault> {
        self.list(false, limit, before).await
    }

    /// The pinned conversations, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn pinned(&self) -> Result<Vec<Conversation>, Fault> {
        self.list(true, u32::MAX, None).await
    }

    async fn list(
        &self,
        pinned: bool,
        limit: u32,
        before: Option<(i64, &ChatId)>,
    ) -> Result<Vec<Conversation>, Fault> {
        let tx = self.read(&[CONVERSATIONS])?;
        let rows = tx.newest(&tx::order(pinned, before), limit).await?;
        Ok(rows.iter().map(record::conversation::read).collect())
    }

    /// The conversation with this id.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn conversation(&self, id: &ChatId) -> Result<Option<Conversation>, Fault> {
        let tx = self.read(&[CONVERSATIONS])?;
        let row = tx.get(CONVERSATIONS, &id.as_str().into()).await?;
        Ok(row.as_ref().map(record::conversation::read))
    }

    /// The messages of a conversation numbered `from` to `to`, both included, in order.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn messages(&self, chat: &ChatId, from: Seq, to: Seq) -> Result<Vec<Message>, Fault> {
        let tx = self.read(&[MESSAGES])?;
        let range = tx::between((chat.as_str(), from).into(), (chat.as_str(), to).into());
        let rows = tx.range(MESSAGES, &range, u32::MAX).await?;
        Ok(rows.iter().map(record::message::read).collect())
    }

    /// Messages of all conversations in the order of their keys, at most `limit`, after the one
    /// given: for building an index in pages.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn all_messages(
        &self,
        after: Option<(&ChatId, Seq)>,
        limit: u32,
    ) -> Result<Vec<Message>, Fault> {
        let after = after.map(|(chat, seq)| Key::from((chat.as_str(), seq)));
        let tx = self.read(&[MESSAGES])?;
        let rows = tx.range(MESSAGES, &tx::after(after), limit).await?;
        Ok(rows.iter().map(record::message::read).collect())
    }

    /// Reads the conversation and the messages in `ask`, lets `make` say what shall be written,
    /// and writes it, all in one transaction, durably: nothing that another tab wrote in between
    /// is lost. `make` returns `None` to leave everything as it is.
    ///
    /// The answer is the plan as it was written. Numbers of messages are never given twice: take
    /// them from `conversation.next` inside `make`; the database never lets it go down.
    ///
    /// # Errors
    /// Where the database fails; nothing was written then.
    pub fn change<'a>(
        &'a self,
        chat: &'a ChatId,
        ask: &'a [Seq],
        make: impl FnOnce(Fresh) -> Option<Plan> + 'a,
    ) -> impl Future<Output = Result<Option<Plan>, Fault>> + 'a {
        // Boxed, so that the work below is compiled once and not once per caller.
        self.change_with(chat, ask, None, Box::new(make))
    }

    /// As [`Db::change`], for a reply that ended, the last message of the plan: what it used is counted in the same
    /// transaction, whether or not anything is left to be written of the conversation.
    ///
    /// # Errors
    /// Where the database fails; nothing was written then.
    pub fn end<'a>(
        &'a self,
        chat: &'a ChatId,
        ask: &'a [Seq],
        charge: Option<&'a Charge>,
        make: impl FnOnce(Fresh) -> Option<Plan> + 'a,
    ) -> impl Future<Output = Result<Option<Plan>, Fault>> + 'a {
        self.change_with(chat, ask, charge, Box::new(make))
    }

    async fn change_with(
        &self,
        chat: &ChatId,
        ask: &[Seq],
        charge: Option<&Charge>,
        make: Box<dyn FnOnce(Fresh) -> Option<Plan> + '_>,
    ) -> Result<Option<Plan>, Fault> {
        let stores = [CONVERSATIONS, MESSAGES, USAGE, RATES];
        let all = if charge.is_some() { 4 } else { 2 };
        let tx = self.write(&stores[..all], Durability::Strict)?;
        let kept = tx.get(CONVERSATIONS, &chat.as_str().into()).await?;
        let mut fresh = Fresh {
            conversation: kept.as_ref().map(record::conversation::read),
            messages: Vec::new(),
        };
        for seq in ask {
            if let Some(row) = tx.get(MESSAGES, &(chat.as_str(), *seq).into()).await? {
                fresh.messages.push(record::message::read(&row));
            }
        }
        let mut plan = make(fresh);
        if let Some(charge) = charge {
            usage::charge(&tx, charge, plan.as_mut()).await?;
        }
        let Some(mut plan) = plan else {
            tx.commit().await?;
            return Ok(None);
        };
        apply(&tx, chat, &kept.unwrap_or_default(), &mut plan).await?;
        tx.commit().await?;
        if let Backend::Disk(disk) = &*self.0 {
            disk.mark_kept();
        }
        Ok(Some(plan))
    }

    /// Writes how far a streaming reply has come; lost on a power cut only. Does nothing and says
    /// `false` where the stored message is no longer that streaming reply.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn checkpoint(&self, message: &Message) -> Result<bool, Fault> {
        let tx = self.write(&[MESSAGES], Durability::Relaxed)?;
        let key = (message.chat.as_str(), message.seq).into();
        let Some(kept) = tx.get(MESSAGES, &key).await? else {
            return Ok(false);
        };
        if !record::message::streams(&kept) {
            return Ok(false);
        }
        let mut message = message.clone();
        message.rev = record::message::rev(&kept).saturating_add(1);
        tx.put(MESSAGES, &record::message::write(&message, &kept))?;
        tx.commit().await?;
        Ok(true)
    }

    /// Removes a conversation with all that belongs to it. What was removed comes back for the
    /// undo; `None` where there was nothing.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn purge(&self, chat: &ChatId) -> Result<Option<Purged>, Fault> {
        let tx = self.write(&[CONVERSATIONS, MESSAGES, DRAFTS, KV], Durability::Strict)?;
        let mut rows = Vec::new();
        for (store, range) in belongings(chat) {
            let found = tx.range(store, &range, u32::MAX).await?;
            rows.extend(found.into_iter().map(|row| (store, row)));
            tx.delete(store, &range)?;
        }
        tx.commit().await?;
        Ok((!rows.is_empty()).then_some(Purged(rows)))
    }

    /// Undoes [`Db::purge`].
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn unpurge(&self, purged: &Purged) -> Result<(), Fault> {
        self.put_rows(&purged.0).await
    }

    /// Writes rows as they are, durably, in one transaction.
    async fn put_rows(&self, rows: &[(&'static str, Row)]) -> Result<(), Fault> {
        let mut stores: Vec<&str> = Vec::new();
        for (store, _) in rows {
            if !stores.contains(store) {
                stores.push(store);
            }
        }
        if stores.is_empty() {
            return Ok(());
        }
        let tx = self.write(&stores, Durability::Strict)?;
        for (store, row) in rows {
            tx.put(store, row)?;
        }
        tx.commit().await
    }

    fn read(&self, stores: &[&str]) -> Result<Tx, Fault> {
        match &*self.0 {
            Backend::Disk(disk) => disk.read(stores).map(Tx::Disk),
            Backend::Memory(memory) => Ok(Tx::Memory(memory.begin())),
        }
    }

    fn write(&self, stores: &[&str], durability: Durability) -> Result<Tx, Fault> {
        match &*self.0 {
            Backend::Disk(disk) => disk.write(stores, durability).map(Tx::Disk),
            Backend::Memory(memory) => Ok(Tx::Memory(memory.begin())),
        }
    }
}

/// Every row of a conversation, by store.
fn belongings(chat: &ChatId) -> [(&'static str, Range); 5] {
    // What its messages are being changed to is named after it and a stroke; `0` is what follows the stroke. So are
    // its replies of which a part is being written anew.
    let within = |before: &str| {
        let [first, last] = ["/", "0"].map(|end| [before, chat.as_str(), end].concat());
        between(first.as_str().into(), last.as_str().into())
    };
    [
        (CONVERSATIONS, exactly(chat.as_str().into())),
        (MESSAGES, children(chat.as_str())),
        (DRAFTS, exactly(chat.as_str().into())),
        (DRAFTS, within("")),
        (KV, within(record::WHOLE)),
    ]
}

/// Writes a plan, and into the plan what the database decides: counts of changes, the next number.
async fn apply(tx: &Tx, chat: &ChatId, kept: &Row, plan: &mut Plan) -> Result<(), Fault> {
    let mut next = record::conversation::read(kept).next;
    for message in &mut plan.put {
        message.chat = chat.clone();
        let key = (chat.as_str(), message.seq).into();
        let before = tx.get(MESSAGES, &key).await?;
        if let Some(before) = &before {
            message.rev = record::message::rev(before).saturating_add(1);
        }
        let row = record::message::write(message, &before.unwrap_or_default());
        tx.put(MESSAGES, &row)?;
        next = next.max(message.seq.saturating_add(1));
    }
    for seq in &plan.remove {
        tx.delete(MESSAGES, &exactly((chat.as_str(), *seq).into()))?;
    }
    if let Some(conversation) = &mut plan.conversation {
        conversation.id = chat.clone();
        conversation.next = conversation.next.max(next);
        tx.put(
            CONVERSATIONS,
            &record::conversation::write(conversation, kept),
        )?;
    }
    Ok(())
}

/// The number of rows in these stores.
async fn total(db: &Db, stores: &[&str]) -> Result<u32, Fault> {
    let tx = db.read(stores)?;
    let mut total = 0;
    for store in stores {
        total += tx.count(store).await?;
    }
    Ok(total)
}

/// One row by its key.
async fn one(db: &Db, store: &str, key: &str) -> Result<Option<Row>, Fault> {
    db.read(&[store])?.get(store, &key.into()).await
}

/// Every row of a small store.
async fn every(db: &Db, store: &str) -> Result<Vec<Row>, Fault> {
    db.read(&[store])?.range(store, &all(), u32::MAX).await
}
