//! The worker's side: answers what the page asks for.

/// Starts the program of the worker.
pub fn start() {}
