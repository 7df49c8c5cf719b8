//! What can go wrong with the database.

use js_sys::Reflect;
use std::fmt;
use wasm_bindgen::JsValue;

/// What went wrong with the database. Each has a sentence and an action in `i18n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The disk or the browser's quota is used up. Free space or export; the next write may work.
    Full,
    /// Another tab holds an older version, or does not let go.
    Blocked,
    /// The connection is closed: a newer version or the browser asked for it. Reload.
    Closed,
    /// A newer version of the app made this database. It was not touched. Reload.
    Newer,
    /// There is no IndexedDB, or the browser denies it.
    Missing,
    /// The browser has not answered for long. Reload, or restart the browser.
    Silent,
    /// Anything else, in the browser's own words.
    Broken(String),
}

impl Fault {
    /// The fault behind an exception or a request's error.
    pub(super) fn of(error: &JsValue) -> Self {
        let member = |name: &str| {
            Reflect::get(error, &name.into())
                .ok()
                .and_then(|value| value.as_string())
                .unwrap_or_default()
        };
        match member("name").as_str() {
            "QuotaExceededError" => Fault::Full,
            "VersionError" => Fault::Newer,
            "InvalidStateError" => Fault::Closed,
            "SecurityError" => Fault::Missing,
            name => Fault::Broken(format!("{name}: {}", member("message"))),
        }
    }
}

impl From<JsValue> for Fault {
    fn from(error: JsValue) -> Self {
        Fault::of(&error)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Full => f.write_str("no space is left for the database"),
            Fault::Blocked => f.write_str("another tab blocks the database"),
            Fault::Closed => f.write_str("the database is closed"),
            Fault::Newer => f.write_str("the database is of a newer version"),
            Fault::Missing => f.write_str("this browser gives no database"),
            Fault::Silent => f.write_str("the browser does not answer"),
            Fault::Broken(why) => write!(f, "the database failed: {why}"),
        }
    }
}
