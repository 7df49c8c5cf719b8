//! `cargo xtask train`.

use crate::run::{cargo, succeeds};

pub const HELP: &str = "\
cargo xtask train [--report | --errors]

Trains the recogniser of preferences from the labelled lines in data/intent and tests/data/memory, and writes
src/intent/weights.bin. The same lines give the same bytes.

  --report   write nothing; print figures on lines that the weights have not seen: trained on our own lines and
             tried on the given ones, and cross-validated with near-duplicates kept together
  --errors   the same, with every line that goes wrong";

pub fn main(arguments: &[String]) -> Result<(), String> {
    let mut train = cargo();
    // Not the release profile: that one is made for size and takes minutes to link.
    train
        .args([
            "run",
            "--quiet",
            "--profile",
            "eval",
            "--package",
            "viewfinder-train",
            "--",
        ])
        .args(arguments);
    if succeeds(&mut train)? {
        Ok(())
    } else {
        Err("Training ended with a fault.".into())
    }
}
