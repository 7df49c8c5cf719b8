//! Preferences: read as one book, and changed together with their log in one transaction.
//!
//! Other tabs write at the same time, so a change is made from what the transaction itself has read.

use super::tx::{Durability, Tx, after, all, exactly};
use super::{Db, Fault, every};
use crate::memory::{
    Book, Change, Clash, Edit, Event, PrefId, Preference, Refusal, Use, Wish, edit, purge, wish,
};
use crate::record::schema::{Key, MEMORY, MEMORY_LOG, MEMORY_TOMBS};
use crate::record::{Row, memory};
use crate::web::clock::sleep;
use std::collections::BTreeMap;

/// Events of the log that are read at a time.
const PAGE: u32 = 500;
/// Every store of the memory.
const STORES: &[&str] = &[MEMORY, MEMORY_LOG, MEMORY_TOMBS];

/// Says what happens to a book.
type Make<'m> = Box<dyn FnOnce(&Book) -> Vec<Change> + 'm>;

impl Db {
    /// Whether anything at all is known of the user.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn remembers(&self) -> Result<bool, Fault> {
        Ok(self.read(&[MEMORY])?.count(MEMORY).await? > 0)
    }

    /// All that is known of the user.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn book(&self) -> Result<Book, Fault> {
        let prefs = every(self, MEMORY).await?;
        let tombs = every(self, MEMORY_TOMBS).await?;
        Ok(book(&prefs, &tombs))
    }

    /// Reads the whole book, lets `make` say what happens to it, and writes that with its place in the log, durably,
    /// in one transaction. Gives the events that were written; none where nothing changes.
    ///
    /// # Errors
    /// Where the database fails; nothing was written then.
    pub fn remember<'a>(
        &'a self,
        now: i64,
        make: impl FnOnce(&Book) -> Vec<Change> + 'a,
    ) -> impl Future<Output = Result<Vec<Event>, Fault>> + 'a {
        // Boxed, so that the work below is compiled once and not once per caller.
        self.remember_with(now, Box::new(make))
    }

    async fn remember_with(&self, now: i64, make: Make<'_>) -> Result<Vec<Event>, Fault> {
        let tx = self.write(STORES, Durability::Strict)?;
        let prefs = tx.range(MEMORY, &all(), u32::MAX).await?;
        let tombs = tx.range(MEMORY_TOMBS, &all(), u32::MAX).await?;
        let mut book = book(&prefs, &tombs);
        let changes = make(&book);
        let mut events = Vec::new();
        let mut number = tx.last_number(MEMORY_LOG).await?;
        for change in changes {
            // Made for this very book, so a clash is a mistake of the caller; nothing is written of it.
            let Ok(put) = step(&mut book, &change) else {
                continue;
            };
            number += 1;
            let event = Event {
                number,
                at: now,
                change,
            };
            write(&tx, &put, &event).await?;
            events.push(event);
        }
        tx.commit().await?;
        self.kept_memory();
        Ok(events)
    }

    /// Makes a gesture of the board on the preferences as they are now, reading no more than those it is about.
    ///
    /// # Errors
    /// Outside where the database fails, inside where the gesture would change nothing; nothing was written then.
    pub async fn edit_preference(
        &self,
        gesture: &Edit,
        now: i64,
        random: [u8; 10],
    ) -> Result<Result<Event, Refusal>, Fault> {
        if let Edit::Erase(_) = gesture {
            let mut refusal = Refusal::Missing;
            let make = |book: &Book| match edit(book, gesture, now, random) {
                Ok(change) => vec![change],
                Err(why) => {
                    refusal = why;
                    Vec::new()
                }
            };
            let events = self.remember(now, make).await?;
            return Ok(events.into_iter().next().ok_or(refusal));
        }
        let tx = self.write(STORES, Durability::Strict)?;
        let here = read(&tx, &about(gesture)).await?;
        let change = match edit(&here, gesture, now, random) {
            Ok(change) => change,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let event = self.put_change(tx, here, change, now).await?;
        Ok(event.map_err(|_| Refusal::Missing))
    }

    /// Makes a change that was prepared before, such as the one that takes another back.
    ///
    /// # Errors
    /// Outside where the database fails, inside where a preference is no longer as the change says that it was;
    /// nothing was written then.
    pub async fn make_change(
        &self,
        change: Change,
        now: i64,
    ) -> Result<Result<Event, Clash>, Fault> {
        let tx = self.write(STORES, Durability::Strict)?;
        let ids: Vec<PrefId> = match &change {
            Change::Put { before, after, .. } => before
                .iter()
                .chain(after)
                .map(|pref| pref.id.clone())
                .collect(),
            Change::Erase { .. } => return Ok(Err(Clash(PrefId::default()))),
        };
        let here = read(&tx, &ids).await?;
        self.put_change(tx, here, change, now).await
    }

    async fn put_change(
        &self,
        tx: Tx,
        mut book: Book,
        change: Change,
        now: i64,
    ) -> Result<Result<Event, Clash>, Fault> {
        let put = match step(&mut book, &change) {
            Ok(put) => put,
            Err(clash) => return Ok(Err(clash)),
        };
        let number = tx.last_number(MEMORY_LOG).await? + 1;
        let event = Event {
            number,
            at: now,
            change,
        };
        write(&tx, &put, &event).await?;
        tx.commit().await?;
        self.kept_memory();
        Ok(Ok(event))
    }

    /// The events that a preference took part in, first to last.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn preference_events(&self, id: &PrefId) -> Result<Vec<Event>, Fault> {
        self.events_of(std::slice::from_ref(id)).await
    }

    /// The events that any of these preferences took part in, first to last. Reads the log in pages, so that the page
    /// stays alive meanwhile.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn events_of(&self, ids: &[PrefId]) -> Result<Vec<Event>, Fault> {
        let about: Vec<Row> = ids
            .iter()
            .map(|id| Row::from_iter([("id".to_owned(), id.as_str().into())]))
            .collect();
        let mut found = Vec::new();
        let mut last = None;
        loop {
            let rows = {
                let tx = self.read(&[MEMORY_LOG])?;
                tx.range(MEMORY_LOG, &after(last.take()), PAGE).await?
            };
            let is_own = |row: &&Row| about.iter().any(|pref| memory::is_about(row, pref));
            found.extend(rows.iter().filter(is_own).map(memory::read_event));
            let number = rows.last().map(|row| memory::read_event(row).number);
            if rows.len() < PAGE as usize {
                return Ok(found);
            }
            last = number.map(|number| Key::Number(number.into()));
            sleep(0).await;
        }
    }

    /// Counts that these preferences went with a request.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn use_preferences(&self, ids: &[PrefId], now: i64) -> Result<(), Fault> {
        let tx = self.write(&[MEMORY], Durability::Relaxed)?;
        for id in ids {
            let Some(kept) = tx.get(MEMORY, &id.as_str().into()).await? else {
                continue;
            };
            let (preference, used) = memory::read(&kept);
            let used = Use {
                last: used.last.max(now),
                times: used.times.saturating_add(1),
            };
            tx.put(MEMORY, &memory::write(&preference, used, &kept))?;
        }
        tx.commit().await
    }

    /// What is wanted of the memory.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn wish(&self) -> Result<Wish, Fault> {
        let row = self.kv(wish::NAME).await?;
        Ok(row.map(|row| Wish::read(&row)).unwrap_or_default())
    }

    /// Keeps what is wanted of the memory.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_wish(&self, wish: Wish) -> Result<(), Fault> {
        let kept = self.kv(wish::NAME).await?.unwrap_or_default();
        self.put_kv(wish::NAME, wish.write(&kept)).await
    }

    fn kept_memory(&self) {
        if let super::Backend::Disk(disk) = &*self.0 {
            disk.mark_kept();
        }
    }
}

fn book(prefs: &[Row], tombs: &[Row]) -> Book {
    let read: Vec<(Preference, Use)> = prefs.iter().map(memory::read).collect();
    let uses: Vec<(PrefId, Use)> = read
        .iter()
        .map(|(pref, used)| (pref.id.clone(), *used))
        .collect();
    let prefs = read.into_iter().map(|(pref, _)| pref);
    Book::new(prefs, uses, tombs.iter().filter_map(memory::read_tomb))
}

/// The preferences of these ids, with what took their place and what they speak against.
async fn read(tx: &Tx, ids: &[PrefId]) -> Result<Book, Fault> {
    let mut found: BTreeMap<PrefId, Row> = BTreeMap::new();
    let mut wanted: Vec<PrefId> = ids.to_vec();
    // Two rounds: those asked for, and those that they name.
    for round in 0..2 {
        for id in std::mem::take(&mut wanted) {
            if found.contains_key(&id) {
                continue;
            }
            let Some(row) = tx.get(MEMORY, &id.as_str().into()).await? else {
                continue;
            };
            if round == 0 {
                let (pref, _) = memory::read(&row);
                wanted.extend(pref.superseded_by.into_iter().chain(pref.against));
            }
            found.insert(id, row);
        }
    }
    let rows: Vec<Row> = found.into_values().collect();
    Ok(book(&rows, &[]))
}

/// The preferences that a gesture names.
fn about(gesture: &Edit) -> Vec<PrefId> {
    match gesture {
        Edit::Merge(keep, other) => vec![keep.clone(), other.clone()],
        Edit::Erase(ids) => ids.clone(),
        Edit::Strength(id, _)
        | Edit::Topic(id, _)
        | Edit::Kind(id, _)
        | Edit::Condition(id, _)
        | Edit::Scope(id, _)
        | Edit::Until(id, _)
        | Edit::Pin(id, _)
        | Edit::Split(id, _)
        | Edit::Retract(id)
        | Edit::Keep(id)
        | Edit::Restore(id)
        | Edit::Accept(id, _) => vec![id.clone()],
    }
}

/// Makes a change, and gives the preferences that have to be written for it.
fn step(book: &mut Book, change: &Change) -> Result<Vec<Preference>, Clash> {
    match change {
        Change::Put { after, .. } => {
            book.apply(change)?;
            Ok(after.clone())
        }
        Change::Erase { .. } => {
            let before = book.clone();
            book.apply(change)?;
            let other = |pref: &&Preference| before.get(&pref.id) != Some(*pref);
            Ok(book.all().filter(other).cloned().collect())
        }
    }
}

/// Writes the preferences that an event has changed, and its place in the log.
async fn write(tx: &Tx, preferences: &[Preference], event: &Event) -> Result<(), Fault> {
    let gone: Vec<&PrefId> = match &event.change {
        Change::Put { before, after, .. } => {
            let stays = |pref: &&Preference| after.iter().all(|new| new.id != pref.id);
            before.iter().filter(stays).map(|pref| &pref.id).collect()
        }
        Change::Erase { ids, .. } => ids.iter().collect(),
    };
    for id in gone {
        tx.delete(MEMORY, &exactly(id.as_str().into()))?;
    }
    for pref in preferences {
        let kept = tx.get(MEMORY, &pref.id.as_str().into()).await?;
        let kept = kept.unwrap_or_default();
        let (_, used) = memory::read(&kept);
        tx.put(MEMORY, &memory::write(pref, used, &kept))?;
    }
    if let Change::Erase { ids, tombs } = &event.change {
        forget(tx, ids, tombs).await?;
    }
    tx.put(MEMORY_LOG, &memory::write_event(event, &Row::new()))
}

/// Leaves the hashes of what is erased, and rewrites the log so that no word of it stays.
async fn forget(tx: &Tx, ids: &[PrefId], tombs: &[u64]) -> Result<(), Fault> {
    for tomb in tombs {
        tx.put(MEMORY_TOMBS, &memory::tomb(*tomb))?;
    }
    for row in tx.range(MEMORY_LOG, &all(), u32::MAX).await? {
        let old = memory::read_event(&row);
        let clean = purge(&old, ids, tombs);
        if clean != old {
            tx.put(MEMORY_LOG, &memory::write_event(&clean, &row))?;
        }
    }
    Ok(())
}
