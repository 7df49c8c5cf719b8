//! Tests that need a browser: the database, locks and notices between tabs.
//!
//! `cargo xtask test` runs them in headless Chromium.
#![cfg(target_arch = "wasm32")]
// The tests patch the page by script; the ban on it is for the app, whose policy would refuse it.
#![allow(clippy::disallowed_methods)]
#![allow(clippy::unwrap_used)]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[path = "web/backup.rs"]
mod backup;
#[path = "web/faults.rs"]
mod faults;
#[path = "web/frames.rs"]
mod frames;
#[path = "web/help.rs"]
mod help;
#[path = "web/many.rs"]
mod many;
#[path = "web/migrate.rs"]
mod migrate;
#[path = "web/pause.rs"]
mod pause;
#[path = "web/preferences.rs"]
mod preferences;
#[path = "web/speed.rs"]
mod speed;
#[path = "web/store.rs"]
mod store;
#[path = "web/usage.rs"]
mod usage;
#[path = "web/volume.rs"]
mod volume;
