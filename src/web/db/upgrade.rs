//! Running the migrations inside the browser's upgrade transaction: all of them or none.

use super::Fault;
use super::disk::{js_row, row, wait};
use crate::record::Row;
use crate::record::schema::{Migration, Step};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore, IdbObjectStoreParameters, IdbTransaction};

/// Rows that are rewritten at a time.
const PAGE: u32 = 200;

/// Brings a database of version `old` up to date.
pub async fn run(
    tx: &IdbTransaction,
    old: u32,
    migrations: &'static [Migration],
) -> Result<(), Fault> {
    let due = migrations
        .iter()
        .filter(|migration| migration.version > old);
    for step in due.flat_map(|migration| migration.steps) {
        match step {
            Step::Store { name, key } => {
                let parameters = IdbObjectStoreParameters::new();
                parameters.set_key_path(&path(key));
                tx.db()
                    .create_object_store_with_optional_parameters(name, &parameters)?;
            }
            Step::Index { store, name, key } => {
                let store = tx.object_store(store)?;
                store.create_index_with_str_sequence(name, &path(key))?;
            }
            Step::Rows { store, change } => rewrite(&tx.object_store(store)?, *change).await?,
        }
    }
    Ok(())
}

/// A key path; a single field is a plain key and not a list of one.
fn path(fields: &[&str]) -> JsValue {
    match fields {
        [field] => JsValue::from_str(field),
        _ => fields
            .iter()
            .map(|field| JsValue::from_str(field))
            .collect::<Array>()
            .into(),
    }
}

async fn rewrite(store: &IdbObjectStore, change: fn(Row) -> Row) -> Result<(), Fault> {
    let mut from = IdbKeyRange::lower_bound(&JsValue::from_f64(f64::NEG_INFINITY))?;
    loop {
        let keys = wait(&store.get_all_keys_with_key_and_limit(&from, PAGE)?).await?;
        let values = wait(&store.get_all_with_key_and_limit(&from, PAGE)?).await?;
        for value in values.unchecked_ref::<Array>().iter() {
            if let Some(row) = row(&value) {
                store.put(&js_row(&change(row))?)?;
            }
        }
        let keys = keys.unchecked_into::<Array>();
        if keys.length() < PAGE {
            return Ok(());
        }
        from = IdbKeyRange::lower_bound_with_open(&keys.get(keys.length() - 1), true)?;
    }
}
