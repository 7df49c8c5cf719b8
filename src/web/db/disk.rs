//! The browser's database: requests as futures, transactions that roll back unless committed.
//!
//! A row crosses the border as JSON text, parsed by the browser on one side and by us on the
//! other: many rows in one crossing, and unknown fields come along.

use super::open::{self, Event};
use super::tx::{Durability, Range};
use super::{Fault, room};
use crate::record::schema::{CONVERSATIONS, Key, ORDER};
use crate::record::{self, Row};
use js_sys::{Array, JSON, Object, Promise, Reflect};
use serde_json::Value;
use std::cell::Cell;
use std::ops::Bound::{self, Excluded, Included, Unbounded};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    IdbCursor, IdbCursorDirection, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest,
    IdbTransaction, IdbTransactionMode, IdbVersionChangeEvent,
};

/// Milliseconds in which a tab can save before it lets a newer version have the database.
const LAST_WORDS: u32 = 150;

// `web-sys` counts durability as unstable, and has a mark on `commit` that its specification has not.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = IdbDatabase)]
    type Writable;
    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Writable,
        names: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;

    #[wasm_bindgen(extends = IdbTransaction)]
    type Written;
    #[wasm_bindgen(method, catch)]
    fn commit(this: &Written) -> Result<(), JsValue>;
}

/// An open connection.
pub struct Disk {
    db: IdbDatabase,
    kept: Cell<bool>,
    _version: Closure<dyn Fn(IdbVersionChangeEvent)>,
    _lost: Closure<dyn Fn()>,
}

impl Disk {
    /// Takes an open connection and listens to what happens to it.
    pub fn new(db: IdbDatabase, on: Rc<dyn Fn(Event)>) -> Self {
        let (other, say) = (db.clone(), on.clone());
        let version =
            Closure::<dyn Fn(IdbVersionChangeEvent)>::new(move |event: IdbVersionChangeEvent| {
                say(match event.new_version() {
                    Some(_) => Event::Outdated,
                    None => Event::Erased,
                });
                let other = other.clone();
                spawn_local(async move {
                    crate::web::clock::sleep(LAST_WORDS).await;
                    other.close();
                });
            });
        let lost = Closure::<dyn Fn()>::new(move || on(Event::Lost));
        db.set_onversionchange(Some(version.as_ref().unchecked_ref()));
        db.set_onclose(Some(lost.as_ref().unchecked_ref()));
        Self {
            db,
            kept: Cell::new(false),
            _version: version,
            _lost: lost,
        }
    }

    /// Closes it once everything under way is done.
    pub fn close(&self) {
        self.db.close();
    }

    /// Closes and deletes it.
    pub async fn erase(&self) -> Result<(), Fault> {
        self.db.close();
        open::delete(&self.db.name()).await?;
        room::forget_kept(&self.db.name());
        Ok(())
    }

    /// Remembers, once, that there is something to lose.
    pub fn mark_kept(&self) {
        if !self.kept.replace(true) {
            room::mark_kept(&self.db.name());
        }
    }

    /// A transaction that only reads.
    pub fn read(&self, stores: &[&str]) -> Result<Tx, Fault> {
        let names = names(stores);
        let tx = self
            .db
            .transaction_with_str_sequence_and_mode(&names, IdbTransactionMode::Readonly)?;
        Ok(Tx::new(tx, true))
    }

    /// A transaction that writes.
    pub fn write(&self, stores: &[&str], durability: Durability) -> Result<Tx, Fault> {
        let durability = match durability {
            Durability::Strict => "strict",
            Durability::Relaxed => "relaxed",
        };
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &durability.into())?;
        let db = self.db.unchecked_ref::<Writable>();
        let tx = db.transaction(&names(stores), "readwrite", &options)?;
        Ok(Tx::new(tx, false))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.db.set_onversionchange(None);
        self.db.set_onclose(None);
        self.db.close();
    }
}

/// A transaction on the browser's database.
pub struct Tx {
    tx: IdbTransaction,
    over: Promise,
    done: bool,
}

impl Tx {
    fn new(tx: IdbTransaction, done: bool) -> Self {
        let over = Promise::new(&mut |resolve, _| {
            tx.set_oncomplete(Some(&resolve));
            tx.set_onabort(Some(&resolve));
        });
        Self { tx, over, done }
    }

    /// As [`super::Tx::get`].
    pub async fn get(&self, store: &str, key: &Key) -> Result<Option<Row>, Fault> {
        let value = wait(&self.store(store)?.get(&js_key(key))?).await?;
        Ok(row(&value))
    }

    /// As [`super::Tx::range`].
    pub async fn range(&self, store: &str, range: &Range, limit: u32) -> Result<Vec<Row>, Fault> {
        let store = self.store(store)?;
        let request = store.get_all_with_key_and_limit(&js_range(range)?, limit)?;
        Ok(rows(&wait(&request).await?))
    }

    /// As [`super::Tx::newest`]: steps over the page by key alone, then reads it at once.
    pub async fn newest(&self, range: &Range, limit: u32) -> Result<Vec<Row>, Fault> {
        let index = self.store(CONVERSATIONS)?.index(ORDER)?;
        let backwards = IdbCursorDirection::Prev;
        let whole = js_range(range)?;
        let request = index.open_key_cursor_with_range_and_direction(&whole, backwards)?;
        let mut first = wait(&request).await?;
        if let (Some(cursor), true) = (first.dyn_ref::<IdbCursor>(), limit > 1) {
            cursor.advance(limit - 1)?;
            first = wait(&request).await?;
        }
        let page = match first.dyn_ref::<IdbCursor>() {
            Some(cursor) => from(&cursor.key()?, range)?,
            None => whole,
        };
        let request = index.get_all_with_key(&page)?;
        let mut rows = rows(&wait(&request).await?);
        rows.reverse();
        Ok(rows)
    }

    /// As [`super::Tx::count`].
    pub async fn count(&self, store: &str) -> Result<u32, Fault> {
        let count = wait(&self.store(store)?.count()?).await?;
        Ok(count.as_f64().unwrap_or(0.0) as u32)
    }

    /// As [`super::Tx::last_number`].
    pub async fn last_number(&self, store: &str) -> Result<u32, Fault> {
        let store = self.store(store)?;
        let every = js_range(&super::tx::all())?;
        let backwards = IdbCursorDirection::Prev;
        let request = store.open_key_cursor_with_range_and_direction(&every, backwards)?;
        let found = wait(&request).await?;
        let key = found
            .dyn_ref::<IdbCursor>()
            .and_then(|cursor| cursor.key().ok());
        Ok(key.and_then(|key| key.as_f64()).unwrap_or(0.0) as u32)
    }

    /// As [`super::Tx::put`]. Where the disk is full, the commit says so.
    pub fn put(&self, store: &str, row: &Row) -> Result<(), Fault> {
        self.store(store)?.put(&js_row(row)?)?;
        Ok(())
    }

    /// As [`super::Tx::delete`].
    pub fn delete(&self, store: &str, range: &Range) -> Result<(), Fault> {
        self.store(store)?.delete(&js_range(range)?)?;
        Ok(())
    }

    /// As [`super::Tx::commit`].
    pub async fn commit(mut self) -> Result<(), Fault> {
        self.done = true;
        // Throws where it was aborted meanwhile; the event, which comes in any case, says why.
        let _ = self.tx.unchecked_ref::<Written>().commit();
        let event = JsFuture::from(self.over.clone()).await?;
        match event.dyn_ref::<web_sys::Event>().map(web_sys::Event::type_) {
            Some(kind) if kind == "complete" => Ok(()),
            _ => Err(self.why(Fault::Broken("the transaction was aborted".into()))),
        }
    }

    /// Why the transaction was aborted, if it was: requests that come after that, or are under way
    /// then, know only that they failed.
    pub fn why(&self, fault: Fault) -> Fault {
        self.tx.error().map_or(fault, |error| Fault::of(&error))
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, Fault> {
        Ok(self.tx.object_store(name)?)
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if !self.done {
            // Fails only where it is over already, with nothing written.
            let _ = self.tx.abort();
        }
    }
}

/// The result of a request.
pub async fn wait(request: &IdbRequest) -> Result<JsValue, Fault> {
    let answered = Promise::new(&mut |resolve, _| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&resolve));
    });
    JsFuture::from(answered).await?;
    match request.error()? {
        Some(error) => Err(Fault::of(&error)),
        None => Ok(request.result()?),
    }
}

/// A row for the browser.
pub fn js_row(row: &Row) -> Result<JsValue, Fault> {
    let text = serde_json::to_string(row).map_err(|_| Fault::Broken("JSON".to_owned()))?;
    Ok(JSON::parse(&text)?)
}

/// A row from the browser; `None` where there is none, or what is there is no row.
pub fn row(value: &JsValue) -> Option<Row> {
    if value.is_undefined() {
        return None;
    }
    record::parse(&JSON::stringify(value).ok()?.as_string()?)
}

/// Rows from the browser, in one crossing; one by one where one of them is broken.
fn rows(values: &JsValue) -> Vec<Row> {
    let text = JSON::stringify(values)
        .ok()
        .and_then(|text| text.as_string());
    match text.and_then(|text| serde_json::from_str(&text).ok()) {
        Some(Value::Array(all)) => all
            .into_iter()
            .filter_map(|row| match row {
                Value::Object(row) => Some(row),
                _ => None,
            })
            .collect(),
        _ => {
            let values = values.unchecked_ref::<Array>();
            values.iter().filter_map(|value| row(&value)).collect()
        }
    }
}

fn names(stores: &[&str]) -> Array {
    stores.iter().map(|name| JsValue::from_str(name)).collect()
}

fn js_key(key: &Key) -> JsValue {
    match key {
        Key::Number(number) => JsValue::from_f64(*number as f64),
        Key::Text(text) => JsValue::from_str(text),
        Key::List(keys) => keys.iter().map(js_key).collect::<Array>().into(),
    }
}

fn js_range(range: &Range) -> Result<JsValue, Fault> {
    let (low, high) = range;
    let part = |bound: &Bound<Key>| match bound {
        Included(key) => Some((js_key(key), false)),
        Excluded(key) => Some((js_key(key), true)),
        Unbounded => None,
    };
    let range = match (part(low), part(high)) {
        (Some((low, above)), Some((high, below))) => {
            IdbKeyRange::bound_with_lower_open_and_upper_open(&low, &high, above, below)?
        }
        (Some((low, above)), None) => IdbKeyRange::lower_bound_with_open(&low, above)?,
        (None, Some((high, below))) => IdbKeyRange::upper_bound_with_open(&high, below)?,
        // Every key is at least the least number.
        (None, None) => IdbKeyRange::lower_bound(&JsValue::from_f64(f64::NEG_INFINITY))?,
    };
    Ok(range.into())
}

/// The part of a range from this key on.
fn from(low: &JsValue, range: &Range) -> Result<JsValue, Fault> {
    let range = match &range.1 {
        Included(high) => IdbKeyRange::bound(low, &js_key(high))?,
        Excluded(high) => {
            IdbKeyRange::bound_with_lower_open_and_upper_open(low, &js_key(high), false, true)?
        }
        Unbounded => IdbKeyRange::lower_bound(low)?,
    };
    Ok(range.into())
}
