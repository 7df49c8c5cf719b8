//! The browser shell: what touches the page, the database, the network and the clock.

pub mod clock;
pub mod db;
pub mod locks;
pub mod tabs;
pub mod worker;

/// Starts the program of the page.
pub fn start() {}
