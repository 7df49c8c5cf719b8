//! The test bed: everything that a scenario needs beside the app itself.
//!
//! - [`server`]: a scripted model server with every [`faults`] by the name of a model, and a log of what reached it.
//! - [`static_files`]: a static host for the release folder, with its headers and below a path.
//! - [`webdriver`] and [`browser`]: Chromium, Firefox and WebKitGTK, started, driven and ended.
//! - [`page`]: the app as a person uses it: open, connect, send, wait, read what is stored.
//! - [`bed`] and [`run`]: all of it together, and the scenarios in turn.
#![allow(clippy::disallowed_methods)] // a program of the host: clocks and threads are its trade

pub mod bed;
pub mod browser;
pub mod faults;
pub mod page;
pub mod run;
pub mod server;
pub mod static_files;
pub mod webdriver;
mod wire;
