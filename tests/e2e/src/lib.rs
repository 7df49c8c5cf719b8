//! The test bed: everything that a scenario needs beside the app itself.
//!
//! - [`server`]: a scripted model server with every [`faults`] by the name of a model, and a log of what reached it.
//! - [`static_files`]: a static host for the release folder, with its headers and below a path.
//! - [`webdriver`] and [`browser`]: Chromium, Firefox and WebKitGTK, started, driven and ended.
//! - [`page`]: the app as a person uses it: open, connect, send, wait, read what is stored.
//! - [`bed`] and [`run`]: all of it together, and the scenarios in turn.
//! - [`pace`]: how fast the machine is at the moment, for bounds in milliseconds.
//! - [`bench`]: the figures of speed, beside a floor page; `cargo xtask bench`.
//!
//! `cargo xtask test` says by environment where things are: `VIEWFINDER_DIST` (the release folder), `E2E_ENGINES`
//! (`chromium`, `firefox`, `webkit`), `CHROMIUM` and `CHROMEDRIVER`, `FIREFOX` and `GECKODRIVER`, `WEBKITDRIVER`.
//! By hand also: `E2E_SCREENS` (where pictures go), `E2E_REPEAT` (multiplies what depends on the moment). Words on
//! the command line choose scenarios: `cargo test -p e2e --test scenarios stop`.
#![allow(clippy::disallowed_methods)] // a program of the host: clocks and threads are its trade

pub mod bed;
pub mod bench;
pub mod browser;
pub mod faults;
pub mod pace;
pub mod page;
pub mod run;
pub mod server;
pub mod static_files;
pub mod webdriver;
mod wire;
