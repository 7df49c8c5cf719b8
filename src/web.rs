//! The browser shell: what touches the page, the database, the network and the clock.

pub mod app;
mod aside;
pub mod bridge;
mod builtin;
pub mod chats;
pub mod clock;
mod copied;
mod covered;
pub mod db;
pub mod helper;
pub mod http;
mod keys;
pub mod live;
mod lock;
pub mod locks;
pub mod look;
pub mod places;
pub mod probe;
pub mod prose;
pub mod remember;
pub mod rest;
pub mod screens;
pub mod sheet;
mod start;
mod summary;
pub mod tabs;
pub mod turn;
pub mod ui;
pub mod worker;

pub use start::start;
