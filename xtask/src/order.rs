//! The order of a program's functions.
//!
//! Brotli finds likeness best where it stands close together, and what a program calls its functions is free. So
//! each function is followed by the one most like it and those before it: the first load is a thirty-third smaller for it.

use crate::module::{self, CUSTOM, FUNCTIONS, IMPORTS};
use std::collections::{BTreeMap, HashMap};

/// Two functions are compared by the runs of this many bytes that they share.
const RUN: usize = 4;
/// How many of the last functions the next one is to be like, and how much less each counts than the one after it.
const BACK: usize = 3;
const FADING: f64 = 0.5;
/// A run that more functions than this have says nothing of any two.
const COMMON: usize = 1500;

/// The program with functions named by their place in the better order, for wasm-opt's
/// `--reorder-functions-by-name`, which then renumbers every call. `None` where it does not look as expected.
pub fn name_by_place(program: &[u8]) -> Option<Vec<u8>> {
    let mut out = program.get(..module::HEADER)?.to_vec();
    let (mut imported, mut order) = (0, Vec::new());
    for (id, content) in module::sections(program)? {
        match id {
            CUSTOM if content.starts_with(b"\x04name") => continue,
            IMPORTS => {
                let entries = module::entries(content, IMPORTS)?;
                imported = entries.iter().filter(|entry| entry.is_function()).count();
            }
            FUNCTIONS => order = by_likeness(&module::bodies(content)?),
            _ => {}
        }
        module::push_section(&mut out, id, content);
    }
    module::push_section(&mut out, CUSTOM, &names(imported, &order));
    Some(out)
}

/// The section of names: for each function its place in `order`, in digits that sort as numbers do.
fn names(imported: usize, order: &[usize]) -> Vec<u8> {
    const OF_FUNCTIONS: u8 = 1;
    let mut places = vec![0; order.len()];
    for (place, &function) in order.iter().enumerate() {
        places[function] = place;
    }
    let mut list = Vec::new();
    module::number(&mut list, places.len());
    for (function, place) in places.iter().enumerate() {
        module::number(&mut list, imported + function);
        let name = format!("{place:06}");
        module::number(&mut list, name.len());
        list.extend(name.as_bytes());
    }
    let mut section = b"\x04name".to_vec();
    module::push_section(&mut section, OF_FUNCTIONS, &list);
    section
}

/// The numbers of all functions, each followed by the one of those left that is most like it and the two before it; the
/// largest first, and again where nothing is like them.
fn by_likeness(bodies: &[&[u8]]) -> Vec<usize> {
    let mut by_size: Vec<usize> = (0..bodies.len()).collect();
    by_size.sort_by_key(|&function| std::cmp::Reverse(bodies[function].len()));
    let mut by_size = by_size.into_iter();

    let mut left = Left::new(bodies);
    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    loop {
        let like = left.most_like(&order);
        let Some(next) = like.or_else(|| by_size.find(|&function| !left.placed[function])) else {
            return order;
        };
        left.placed[next] = true;
        order.push(next);
    }
}

/// What of the functions is not in the order yet.
struct Left {
    placed: Vec<bool>,
    /// The runs that a function has.
    runs: Vec<Vec<usize>>,
    /// The functions that have a run.
    having: Vec<Vec<usize>>,
    /// How many runs each shares with the one that is looked at; 0 between two looks.
    shared: Vec<usize>,
}

impl Left {
    fn new(bodies: &[&[u8]]) -> Left {
        let (runs, count) = number_runs(bodies);
        let mut having = vec![Vec::new(); count];
        for (function, runs) in runs.iter().enumerate() {
            runs.iter().for_each(|&run| having[run].push(function));
        }
        Left {
            placed: vec![false; bodies.len()],
            runs,
            having,
            shared: vec![0; bodies.len()],
        }
    }

    /// The one that is most like the last ones; the first among equals.
    fn most_like(&mut self, order: &[usize]) -> Option<usize> {
        let mut likeness: BTreeMap<usize, f64> = BTreeMap::new();
        let mut weight = 1.0;
        for &last in order.iter().rev().take(BACK) {
            for (function, like) in self.like(last) {
                *likeness.entry(function).or_default() += weight * like;
            }
            weight *= FADING;
        }
        let best = likeness
            .into_iter()
            .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
        best.map(|(function, _)| function)
    }

    /// How much each of those left shares with one, of all that either has (Jaccard's measure); not those that share
    /// nothing.
    fn like(&mut self, one: usize) -> Vec<(usize, f64)> {
        let mut near = Vec::new();
        for &run in &self.runs[one] {
            if self.having[run].len() > COMMON {
                continue;
            }
            for &function in &self.having[run] {
                if self.placed[function] {
                    continue;
                }
                if self.shared[function] == 0 {
                    near.push(function);
                }
                self.shared[function] += 1;
            }
        }
        let mut like = Vec::with_capacity(near.len());
        for function in near {
            let shared = std::mem::take(&mut self.shared[function]);
            let all = self.runs[function].len() + self.runs[one].len() - shared;
            like.push((function, shared as f64 / all as f64));
        }
        like
    }
}

/// For each function the runs that it has, each once, as numbers from 0; and how many there are.
fn number_runs(bodies: &[&[u8]]) -> (Vec<Vec<usize>>, usize) {
    let mut numbers: HashMap<&[u8], usize> = HashMap::new();
    let runs = bodies
        .iter()
        .map(|body| {
            let mut runs: Vec<usize> = body
                .windows(RUN)
                .map(|run| {
                    let fresh = numbers.len();
                    *numbers.entry(run).or_insert(fresh)
                })
                .collect();
            runs.sort_unstable();
            runs.dedup();
            runs
        })
        .collect();
    (runs, numbers.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_follows_like() {
        let bodies: [&[u8]; 5] = [
            b"abcdefgh, and much more of it",
            b"12345678 90",
            b"abcdefgh, and much more of that",
            b"12345678",
            b"",
        ];
        assert_eq!(by_likeness(&bodies), [2, 0, 1, 3, 4]);
    }

    #[test]
    fn every_function_has_its_place_as_its_name() {
        let mut program = b"\0asm\x01\0\0\0".to_vec();
        module::push_section(&mut program, IMPORTS, b"\x01\x01a\x01b\x00\x00");
        module::push_section(
            &mut program,
            FUNCTIONS,
            b"\x02\x02\x00\x0b\x04\x00\x41\x00\x0b",
        );
        module::push_section(&mut program, CUSTOM, b"\x04name\x00");
        let named = name_by_place(&program).expect("a program");
        let sections = module::sections(&named).expect("a program");
        assert_eq!(sections.len(), 3, "old names are gone");
        let expected = b"\x04name\x01\x11\x02\x01\x06000001\x02\x06000000";
        assert_eq!(sections[2], (CUSTOM, &expected[..]));
        assert!(name_by_place(b"no program").is_none());
    }
}
