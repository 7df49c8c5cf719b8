//! How much room there is, whether the browser may take it back, and whether it did.

use super::open::promised;
use web_sys::{Storage, StorageEstimate, StorageManager};

/// The room that this site's data has, in bytes, as the browser estimates it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Room {
    /// Bytes used.
    pub used: f64,
    /// Bytes that may be used.
    pub quota: f64,
}

/// The room; `None` where the browser does not say.
pub async fn room() -> Option<Room> {
    let estimate = promised(manager()?.estimate()).await?;
    let estimate = wasm_bindgen::JsCast::unchecked_into::<StorageEstimate>(estimate);
    Some(Room {
        used: estimate.get_usage()?,
        quota: estimate.get_quota()?,
    })
}

/// Whether the browser has promised to keep the data; `None` where it does not say.
pub async fn persisted() -> Option<bool> {
    promised(manager()?.persisted()).await?.as_bool()
}

/// Asks the browser to keep the data; its answer. Some browsers ask the user.
pub async fn persist() -> Option<bool> {
    promised(manager()?.persist()).await?.as_bool()
}

/// Whether something was kept in the database of this name before.
pub fn was_kept(name: &str) -> bool {
    marks().is_some_and(|marks| matches!(marks.get_item(&mark(name)), Ok(Some(_))))
}

/// Remembers outside the database that something was kept in it.
pub fn mark_kept(name: &str) {
    if let Some(marks) = marks() {
        // A mark that cannot be set costs one notice later, nothing else.
        let _ = marks.set_item(&mark(name), "1");
    }
}

/// Forgets that something was kept: it was erased on purpose.
pub fn forget_kept(name: &str) {
    if let Some(marks) = marks() {
        let _ = marks.remove_item(&mark(name));
    }
}

fn mark(name: &str) -> String {
    format!("{name}.kept")
}

fn marks() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn manager() -> Option<StorageManager> {
    let navigator = crate::web::clock::global("navigator")?;
    let manager = js_sys::Reflect::get(&navigator, &"storage".into()).ok()?;
    wasm_bindgen::JsCast::dyn_into(manager).ok()
}
