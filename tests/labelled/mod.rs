//! The labelled replies, and counting how often what is said of them is right.

use serde_json::Value;
use std::fs;
use std::path::Path;

/// Hits among how many.
#[derive(Default)]
pub struct Tally {
    pub hits: u32,
    pub all: u32,
}

impl Tally {
    pub fn add(&mut self, hit: bool) {
        self.all += 1;
        self.hits += u32::from(hit);
    }

    pub fn share(&self) -> f64 {
        f64::from(self.hits) / f64::from(self.all.max(1))
    }
}

/// The replies in a file of `tests/data/unfinished`.
pub fn replies(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/unfinished")
        .join(file);
    let text = fs::read_to_string(&path).expect("the data of the test");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect()
}
