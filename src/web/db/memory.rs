//! The database of a page that has none: the same rows in maps. Small, so nothing is indexed.

use super::Fault;
use super::shared::Shared;
use super::tx::Range;
use crate::record::schema::{self, CONVERSATIONS, Key};
use crate::record::{Row, conversation};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::RangeBounds;
use std::rc::Rc;

type Rows = BTreeMap<Key, Row>;
type Stores = BTreeMap<String, Rows>;

/// The maps.
#[derive(Default)]
pub struct Memory {
    stores: Rc<RefCell<Stores>>,
    shared: Option<Rc<Shared>>,
}

impl Memory {
    /// The maps that all programs of the page have in common.
    pub fn of_page() -> Self {
        Self {
            stores: Rc::default(),
            shared: Some(Rc::new(Shared::of_page())),
        }
    }

    /// A transaction. It never waits for anything, so no other can run in between.
    pub fn begin(&self) -> Tx {
        let tx = Tx {
            stores: self.stores.clone(),
            shared: self.shared.clone(),
            undo: RefCell::default(),
            done: Cell::new(false),
        };
        if let Some(rows) = self.shared.as_ref().and_then(|shared| shared.news()) {
            self.stores.borrow_mut().clear();
            for (store, row) in rows {
                // What has no key was never put there.
                let _ = tx.put(&store, &row);
            }
            tx.undo.borrow_mut().clear();
        }
        tx
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.stores.borrow_mut().clear();
        if let Some(shared) = &self.shared {
            shared.clear();
        }
    }
}

/// A transaction in memory: writes at once, and undoes that when it is dropped.
pub struct Tx {
    stores: Rc<RefCell<Stores>>,
    shared: Option<Rc<Shared>>,
    undo: RefCell<Vec<(String, Key, Option<Row>)>>,
    done: Cell<bool>,
}

impl Tx {
    /// As [`super::Tx::get`].
    pub fn get(&self, store: &str, key: &Key) -> Option<Row> {
        self.stores.borrow().get(store)?.get(key).cloned()
    }

    /// As [`super::Tx::range`].
    pub fn range(&self, store: &str, range: &Range, limit: u32) -> Vec<Row> {
        let stores = self.stores.borrow();
        let rows = stores.get(store).into_iter();
        rows.flat_map(|rows| rows.range(range.clone()))
            .take(limit as usize)
            .map(|(_, row)| row.clone())
            .collect()
    }

    /// As [`super::Tx::newest`].
    pub fn newest(&self, range: &Range, limit: u32) -> Vec<Row> {
        let stores = self.stores.borrow();
        let rows = stores.get(CONVERSATIONS).into_iter().flat_map(Rows::values);
        // Each is put in its place: there are few, and a sorting of its own is much code.
        let mut keyed: Vec<(Key, &Row)> = Vec::new();
        for row in rows {
            let key = schema::key_of(row, conversation::ORDER);
            if let Some(key) = key.filter(|key| range.contains(key)) {
                let at = keyed.partition_point(|(other, _)| *other > key);
                keyed.insert(at, (key, row));
            }
        }
        keyed.truncate(limit as usize);
        keyed.into_iter().map(|(_, row)| row.clone()).collect()
    }

    /// As [`super::Tx::count`].
    pub fn count(&self, store: &str) -> u32 {
        let stores = self.stores.borrow();
        stores.get(store).map_or(0, |rows| rows.len() as u32)
    }

    /// As [`super::Tx::last_number`].
    pub fn last_number(&self, store: &str) -> u32 {
        let stores = self.stores.borrow();
        let last = stores.get(store).and_then(|rows| rows.keys().next_back());
        match last {
            Some(Key::Number(number)) => u32::try_from(*number).unwrap_or(0),
            _ => 0,
        }
    }

    /// As [`super::Tx::put`].
    pub fn put(&self, store: &str, row: &Row) -> Result<(), Fault> {
        let fields = schema::stores(schema::MIGRATIONS)
            .find(|(name, _)| *name == store)
            .map(|(_, key)| key);
        let key = fields.and_then(|fields| schema::key_of(row, fields));
        let key = key.ok_or_else(|| Fault::Broken(format!("{store}: a row without its key")))?;
        self.set(store, key, Some(row.clone()));
        Ok(())
    }

    /// As [`super::Tx::delete`].
    pub fn delete(&self, store: &str, range: &Range) {
        let keys: Vec<Key> = match self.stores.borrow().get(store) {
            Some(rows) => rows
                .range(range.clone())
                .map(|(key, _)| key.clone())
                .collect(),
            None => Vec::new(),
        };
        for key in keys {
            self.set(store, key, None);
        }
    }

    /// As [`super::Tx::commit`].
    pub fn commit(self) {
        self.done.set(true);
        let Some(shared) = &self.shared else { return };
        let stores = self.stores.borrow();
        for (store, key, _) in self.undo.borrow().iter() {
            let row = stores.get(store).and_then(|rows| rows.get(key));
            shared.put(store, key, row);
        }
    }

    fn set(&self, store: &str, key: Key, row: Option<Row>) {
        let before = put(&mut self.stores.borrow_mut(), store, key.clone(), row);
        self.undo.borrow_mut().push((store.into(), key, before));
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if self.done.get() {
            return;
        }
        for (store, key, before) in self.undo.take().into_iter().rev() {
            put(&mut self.stores.borrow_mut(), &store, key, before);
        }
    }
}

fn put(stores: &mut Stores, store: &str, key: Key, row: Option<Row>) -> Option<Row> {
    let rows = stores.entry(store.into()).or_default();
    match row {
        Some(row) => rows.insert(key, row),
        None => rows.remove(&key),
    }
}
