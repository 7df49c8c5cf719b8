//! Rows in memory that all programs of the page can reach: as text, in a map of the global object.

use crate::record::schema::Key;
use crate::record::{self, Row};
use crate::web::clock::global;
use js_sys::{Array, Map, Reflect};
use serde_json::Value;
use std::cell::Cell;
use wasm_bindgen::JsCast;

/// The member of the global object.
const NAME: &str = "viewfinderRows";
/// The entry that counts the changes; every other name is a list.
const COUNT: &str = "count";

/// One program's end of the map.
pub struct Shared {
    rows: Map,
    seen: Cell<f64>,
}

impl Shared {
    /// The map of the page, made where there is none yet.
    pub fn of_page() -> Self {
        let known = global(NAME).and_then(|value| value.dyn_into().ok());
        let rows = known.unwrap_or_else(|| {
            let rows = Map::new();
            // Fails where the page is frozen; then the programs are each on their own.
            let _ = Reflect::set(&js_sys::global(), &NAME.into(), &rows);
            rows
        });
        Self {
            rows,
            seen: Cell::new(0.0),
        }
    }

    /// Every row with its store, where another program has changed one since.
    pub fn news(&self) -> Option<Vec<(String, Row)>> {
        let count = self.count();
        if self.seen.replace(count) == count {
            return None;
        }
        let texts = Array::from(&self.rows.values()).into_iter();
        Some(texts.filter_map(|text| read(&text.as_string()?)).collect())
    }

    /// A row has changed; `None` where it is gone.
    pub fn put(&self, store: &str, key: &Key, row: Option<&Row>) {
        let name = record::write(&Value::Array(vec![store.into(), value(key)]));
        match row {
            Some(row) => {
                let text = record::write(&Value::Array(vec![store.into(), row.clone().into()]));
                self.rows.set(&name.into(), &text.into());
            }
            None => {
                self.rows.delete(&name.into());
            }
        }
        self.seen.set(self.count() + 1.0);
        self.rows.set(&COUNT.into(), &self.seen.get().into());
    }

    /// Every row is gone.
    pub fn clear(&self) {
        let count = self.count() + 1.0;
        self.rows.clear();
        self.rows.set(&COUNT.into(), &count.into());
        self.seen.set(count);
    }

    fn count(&self) -> f64 {
        self.rows.get(&COUNT.into()).as_f64().unwrap_or(0.0)
    }
}

fn read(text: &str) -> Option<(String, Row)> {
    let Ok(Value::Array(mut pair)) = serde_json::from_str(text) else {
        return None;
    };
    match (pair.pop()?, pair.pop()?) {
        (Value::Object(row), Value::String(store)) => Some((store, row)),
        _ => None,
    }
}

fn value(key: &Key) -> Value {
    match key {
        Key::Number(number) => (*number).into(),
        Key::Text(text) => text.as_str().into(),
        Key::List(parts) => parts.iter().map(value).collect(),
    }
}
