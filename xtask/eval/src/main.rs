//! The pure core from the outside.
fn main() {}
