//! Which lines are so alike that they must be on one side of a split.

use crate::data::Example;
use std::collections::HashSet;

/// Two texts this alike are near-duplicates: twice the common pairs of letters, by all pairs.
const NEAR: f32 = 0.7;

/// A number below `folds` for each line. Near-duplicates have the same.
pub fn folds(examples: &[&Example], folds: usize) -> Vec<usize> {
    let pairs: Vec<Pairs> = examples
        .iter()
        .map(|example| self::pairs(&example.text))
        .collect();
    let mut leader: Vec<usize> = (0..examples.len()).collect();
    for later in 1..pairs.len() {
        if let Some(earlier) = (0..later).find(|earlier| near(&pairs[*earlier], &pairs[later])) {
            leader[later] = leader[earlier];
        }
    }
    // Lines of one theme stand together in the files, so that leaders are dealt round.
    let mut place = vec![0; examples.len()];
    let mut next = 0;
    for line in 0..examples.len() {
        place[line] = if leader[line] == line {
            next += 1;
            (next - 1) % folds
        } else {
            place[leader[line]]
        };
    }
    place
}

/// Those lines that are like none of the others.
pub fn unlike<'a>(examples: &[&'a Example], others: &[&Example]) -> Vec<&'a Example> {
    let others: Vec<Pairs> = others.iter().map(|other| pairs(&other.text)).collect();
    let unlike = |example: &&Example| {
        let own = pairs(&example.text);
        !others.iter().any(|other| near(&own, other))
    };
    examples
        .iter()
        .copied()
        .filter(|example| unlike(example))
        .collect()
}

type Pairs = HashSet<(char, char)>;

fn pairs(text: &str) -> Pairs {
    let letters: Vec<char> = text
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn near(one: &Pairs, other: &Pairs) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    // Sizes that differ this much cannot be alike.
    let whole = (one.len() + other.len()) as f32;
    if 2.0 * short.len() as f32 / whole.max(1.0) < NEAR {
        return false;
    }
    let common = short.iter().filter(|pair| long.contains(pair)).count();
    2.0 * common as f32 / whole.max(1.0) >= NEAR
}
