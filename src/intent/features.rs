//! What the models see of a text: hashed features of its units.
//!
//! Besides n-grams of the units themselves there are n-grams of the sentence's skeleton, in which everything but
//! frequent units is blanked, so that a cue counts whatever it is said about.

use super::units::{Sort, Unit, mix};
use std::ops::Range;

/// The frequent units, which the skeleton keeps: ascending hashes, cut to 16 bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frequent(pub Vec<u16>);

impl Frequent {
    /// Whether the skeleton keeps a unit.
    pub fn has(&self, unit: &Unit) -> bool {
        !matches!(unit.sort, Sort::Han | Sort::Word) || self.0.binary_search(&short(unit.hash)).is_ok()
    }
}

/// A unit's hash as [`Frequent`] holds it.
pub fn short(hash: u32) -> u16 {
    (hash >> 16) as u16
}

const START: u32 = 0x51;
const END: u32 = 0x52;
const BLANK: u32 = 0x53;

/// The features of one sentence within its message, each once, in ascending order.
pub fn sentence(units: &[Unit], sentence: Range<usize>, frequent: &Frequent) -> Vec<u32> {
    let mut found = Vec::with_capacity(sentence.len() * 12 + 16);
    let own = units.get(sentence.clone()).unwrap_or_default();
    plain(own, &mut found);
    skeleton(&bones(own, frequent), &mut found);
    context(units, &sentence, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// N-grams of the units with the borders of the sentence.
fn plain(own: &[Unit], found: &mut Vec<u32>) {
    let mut row = Vec::with_capacity(own.len() + 2);
    row.push(START);
    row.extend(own.iter().map(|unit| unit.hash));
    row.push(END);
    grams(&row, 1..=3, 0x100, found);
    for window in own.windows(4) {
        if window.iter().all(|unit| unit.sort == Sort::Han) {
            found.push(window.iter().fold(0x104, |hash, unit| mix(hash, unit.hash)));
        }
    }
    found.extend(own.iter().filter(|unit| unit.stem != 0).map(|unit| mix(0x110, unit.stem)));
    let length = match own.len() {
        0..=3 => 0,
        4..=7 => 1,
        8..=15 => 2,
        16..=31 => 3,
        _ => 4,
    };
    found.push(mix(0x111, length));
}

/// The kept units, each stretch of others as one blank.
fn bones(own: &[Unit], frequent: &Frequent) -> Vec<u32> {
    let mut row = vec![START];
    for unit in own {
        let kept = frequent.has(unit);
        if kept {
            row.push(unit.hash);
        } else if row.last() != Some(&BLANK) {
            row.push(BLANK);
        }
    }
    row.push(END);
    row
}

fn skeleton(row: &[u32], found: &mut Vec<u32>) {
    grams(row, 2..=4, 0x200, found);
    for (place, &one) in row.iter().enumerate().filter(|(_, bone)| **bone != BLANK) {
        for &other in row[place + 1..].iter().skip(1).take(4) {
            if other != BLANK {
                found.push(mix(mix(0x210, one), other));
            }
        }
        // What opens a sentence governs all of it: a request, a condition.
        if place > 2 {
            found.push(mix(mix(0x211, row[1]), one));
        }
    }
}

/// The rest of the message: what it opens with matters most, a task that is followed by its material.
fn context(units: &[Unit], sentence: &Range<usize>, found: &mut Vec<u32>) {
    let before = &units[..sentence.start.min(units.len())];
    let after = &units[sentence.end.min(units.len())..];
    for (salt, row) in [(0x300, before), (0x310, after)] {
        found.push(mix(salt, u32::from(row.is_empty())));
        let hashes: Vec<u32> = row.iter().take(24).map(|unit| unit.hash).collect();
        grams(&hashes, 1..=2, salt + 1, found);
    }
}

fn grams(row: &[u32], lengths: std::ops::RangeInclusive<usize>, salt: u32, found: &mut Vec<u32>) {
    for length in lengths {
        let salt = mix(salt, length as u32);
        found.extend(row.windows(length).map(|window| window.iter().fold(salt, |hash, &part| mix(hash, part))));
    }
}

/// The features of one unit for the tagger that finds topics; `place` counts within the sentence `own`.
pub fn unit(own: &[Unit], place: usize, frequent: &Frequent, found: &mut Vec<u32>) {
    found.clear();
    let hash = |offset: isize| match place.checked_add_signed(offset).and_then(|at| own.get(at)) {
        Some(unit) => unit.hash,
        None if offset < 0 => START,
        None => END,
    };
    let bone = |offset: isize| match place.checked_add_signed(offset).and_then(|at| own.get(at)) {
        Some(unit) if frequent.has(unit) => unit.hash,
        Some(unit) => mix(BLANK, unit.sort as u32),
        None if offset < 0 => START,
        None => END,
    };
    for offset in -4..=4 {
        found.push(mix(mix(0x400, offset as u32), bone(offset)));
    }
    for offset in -3..=2 {
        found.push(mix(mix(mix(0x410, offset as u32), hash(offset)), hash(offset + 1)));
    }
    for offset in -4..=2 {
        let row = [bone(offset), bone(offset + 1), bone(offset + 2)];
        found.push(row.iter().fold(mix(0x420, offset as u32), |hash, &part| mix(hash, part)));
    }
    for offset in [-4, -3, 1] {
        let row = [bone(offset), bone(offset + 1), bone(offset + 2), bone(offset + 3)];
        found.push(row.iter().fold(mix(0x430, offset as u32), |hash, &part| mix(hash, part)));
    }
    found.push(mix(0x440, hash(0)));
    found.push(mix(0x450, own.get(place).map_or(0, |unit| unit.sort as u32)));
    found.push(mix(0x460, own.get(place).map_or(0, |unit| unit.stem)));
    clause(own, place, frequent, found);
}

/// How the unit stands to its clause: what opens the clause, and the marks around it.
fn clause(own: &[Unit], place: usize, frequent: &Frequent, found: &mut Vec<u32>) {
    let is_mark = |unit: &&Unit| unit.sort == Sort::Mark;
    let from = own[..place].iter().rposition(|unit| is_mark(&unit)).map_or(0, |at| at + 1);
    let to = own[place..].iter().position(|unit| is_mark(&unit)).map_or(own.len(), |at| place + at);
    let opening: Vec<u32> = own[from..to].iter().filter(|unit| frequent.has(unit)).map(|unit| unit.hash).collect();
    let first = opening.first().copied().unwrap_or(BLANK);
    let second = opening.get(1).copied().unwrap_or(BLANK);
    found.push(mix(mix(0x470, first), second));
    found.push(mix(mix(0x471, first), (place - from).min(3) as u32));
    found.push(mix(mix(0x472, u32::from(from == 0)), u32::from(to == own.len())));
    // Kept units anywhere before and after it in the clause.
    for unit in own[from..place].iter().filter(|unit| frequent.has(unit)) {
        found.push(mix(0x480, unit.hash));
    }
    for unit in own[place..to].iter().skip(1).filter(|unit| frequent.has(unit)) {
        found.push(mix(0x481, unit.hash));
    }
}

/// The features of a topic within its sentence for the head that tells kind and polarity.
pub fn topic(own: &[Unit], span: Range<usize>, frequent: &Frequent) -> Vec<u32> {
    let is_border = |unit: &Unit| unit.sort == Sort::Mark;
    let from = own[..span.start].iter().rposition(is_border).map_or(0, |at| at + 1);
    let to = own[span.end..].iter().position(is_border).map_or(own.len(), |at| span.end + at);
    let mut found = Vec::new();
    // The clause with the topic blanked, then the whole sentence as it is.
    let mut row = vec![START];
    row.extend(own[from..span.start].iter().map(|unit| unit.hash));
    row.push(BLANK);
    row.extend(own[span.end..to].iter().map(|unit| unit.hash));
    row.push(END);
    grams(&row, 1..=3, 0x500, &mut found);
    let mut bare = vec![START];
    let hidden = |place: usize| span.contains(&place);
    for (place, unit) in own.iter().enumerate().skip(from).take(to - from) {
        if !hidden(place) && frequent.has(unit) {
            bare.push(unit.hash);
        } else if bare.last() != Some(&BLANK) {
            bare.push(BLANK);
        }
    }
    bare.push(END);
    grams(&bare, 2..=4, 0x510, &mut found);
    let hashes: Vec<u32> = own.iter().map(|unit| unit.hash).collect();
    grams(&hashes, 1..=2, 0x520, &mut found);
    let inside: Vec<u32> = own[span].iter().map(|unit| unit.hash).collect();
    grams(&inside, 1..=2, 0x530, &mut found);
    found.extend(own.iter().filter(|unit| unit.stem != 0).map(|unit| mix(0x540, unit.stem)));
    found.sort_unstable();
    found.dedup();
    found
}
