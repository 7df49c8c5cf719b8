//! The browser shell: what touches the page, the database, the network and the clock.

pub mod prose;
pub mod worker;

/// Starts the program of the page.
pub fn start() {}
