//! What the models see of a text: hashed features of its units.
//!
//! Besides n-grams of the units themselves there are n-grams of the sentence's skeleton, in which everything but
//! frequent units is blanked, so that a cue counts whatever it is said about.

use super::classes::{self as class, class_at};
use super::units::{Sort, Unit, hash, mix};
use std::ops::Range;

/// The frequent units, which the skeleton keeps: ascending hashes, cut to 16 bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frequent(pub Vec<u16>);

impl Frequent {
    /// Whether the skeleton keeps a unit.
    pub fn has(&self, unit: &Unit) -> bool {
        !matches!(unit.sort, Sort::Han | Sort::Word)
            || self.0.binary_search(&short(unit.hash)).is_ok()
    }
}

/// A unit's hash as [`Frequent`] holds it.
pub fn short(hash: u32) -> u16 {
    (hash >> 16) as u16
}

const START: u32 = 0x51;
const END: u32 = 0x52;
const BLANK: u32 = 0x53;
const TOPIC: u32 = 0x54;

/// The features of one sentence within its message, each once, in ascending order.
pub fn sentence(units: &[Unit], sentence: Range<usize>, frequent: &Frequent) -> Vec<u32> {
    let mut found = Vec::with_capacity(sentence.len() * 12 + 16);
    let own = units.get(sentence.clone()).unwrap_or_default();
    plain(own, &mut found);
    let row = bones(own, frequent);
    skeleton(&row, &mut found);
    gist(&row, &mut found);
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
    found.extend(
        own.iter()
            .filter(|unit| unit.stem != 0)
            .map(|unit| mix(0x110, unit.stem)),
    );
    let length = match own.len() {
        0..=3 => 0,
        4..=7 => 1,
        8..=15 => 2,
        16..=31 => 3,
        _ => 4,
    };
    found.push(mix(0x111, length));
}

/// The kept units and classes of words, each stretch of others as one blank.
fn bones(own: &[Unit], frequent: &Frequent) -> Vec<u32> {
    let mut row = vec![START];
    let mut place = 0;
    while let Some(unit) = own.get(place) {
        if let Some((class, length)) = class_at(own, place) {
            row.push(class);
            place += length;
            continue;
        }
        if frequent.has(unit) {
            row.push(unit.hash);
        } else if row.last() != Some(&BLANK) {
            row.push(BLANK);
        }
        place += 1;
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

/// Which sorts of words the sentence has at all, and which it lacks: where neither the user nor an attitude, nor a rule
/// for answers, is named, nothing is stated, whatever else the words are.
fn gist(row: &[u32], found: &mut Vec<u32>) {
    const ME: [&str; 6] = ["i", "me", "my", "mine", "我", "俺"];
    let me = ME.map(hash);
    let has = |classes: &[u32]| row.iter().any(|bone| classes.contains(bone));
    let sorts = [
        row.iter().any(|bone| me.contains(bone)),
        has(&[class::LIKING, class::DISLIKING, class::ALLERGY]),
        has(&[class::LASTING]),
        has(&[class::OFTEN, class::NEVER]),
        has(&[class::BEING]),
        has(&[class::ANSWERING]),
        has(&[class::DO_NOT]),
        has(&[class::TASK, class::ASKING]),
    ];
    let bits = |sorts: &[bool]| {
        sorts
            .iter()
            .fold(1, |bits, &sort| bits << 1 | u32::from(sort))
    };
    found.push(mix(0x320, bits(&sorts)));
    // Without what is said of tasks, and only whether there is anything at all.
    found.push(mix(0x321, bits(&sorts[..6])));
    found.push(mix(0x322, u32::from(sorts[..6].contains(&true))));
    // A task that is not said to be for good.
    found.push(mix(0x323, bits(&[sorts[2], sorts[7]])));
    // How it opens, beside what would make it last.
    let first = row.get(1).copied().unwrap_or(END);
    found.push(mix(
        mix(0x324, first),
        bits(&[sorts[1], sorts[2], sorts[3]]),
    ));
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
        found.extend(
            row.windows(length)
                .map(|window| window.iter().fold(salt, |hash, &part| mix(hash, part))),
        );
    }
}

/// The features of each unit of a sentence for the tagger that finds topics.
pub fn tagging(own: &[Unit], frequent: &Frequent) -> Vec<Vec<u32>> {
    let view = View::new(own, frequent);
    (0..own.len()).map(|place| unit(&view, place)).collect()
}

/// A sentence as the tagger sees it.
struct View<'a> {
    own: &'a [Unit],
    /// For each unit the class of the phrase that it belongs to, its hash where it is frequent, or only its sort.
    bones: Vec<u32>,
    /// Where the clause of each unit begins and ends.
    clauses: Vec<Range<usize>>,
}

impl<'a> View<'a> {
    fn new(own: &'a [Unit], frequent: &Frequent) -> Self {
        let mut bones = Vec::with_capacity(own.len());
        while bones.len() < own.len() {
            let place = bones.len();
            let unit = &own[place];
            match class_at(own, place) {
                // How far the phrase still goes tells its first unit from its last.
                Some((class, length)) => {
                    bones.extend((0..length).rev().map(|left| mix(class, left.min(2) as u32)))
                }
                None if frequent.has(unit) => bones.push(unit.hash),
                None => bones.push(mix(BLANK, unit.sort as u32)),
            }
        }
        let mut clauses: Vec<Range<usize>> = Vec::with_capacity(own.len());
        let mut from = 0;
        for (place, unit) in own.iter().enumerate() {
            if unit.sort == Sort::Mark || place + 1 == own.len() {
                clauses.extend(
                    (from..=place).map(|_| from..place + usize::from(unit.sort != Sort::Mark)),
                );
                from = place + 1;
            }
        }
        Self {
            own,
            bones,
            clauses,
        }
    }

    fn bone(&self, place: usize, offset: isize) -> u32 {
        match place
            .checked_add_signed(offset)
            .and_then(|at| self.bones.get(at))
        {
            Some(bone) => *bone,
            None if offset < 0 => START,
            None => END,
        }
    }

    fn hash(&self, place: usize, offset: isize) -> u32 {
        match place
            .checked_add_signed(offset)
            .and_then(|at| self.own.get(at))
        {
            Some(unit) => unit.hash,
            None if offset < 0 => START,
            None => END,
        }
    }

    fn is_blank(&self, place: usize) -> bool {
        self.bones[place] == mix(BLANK, self.own[place].sort as u32)
    }
}

fn unit(view: &View, place: usize) -> Vec<u32> {
    let mut found = Vec::with_capacity(56);
    for offset in -4..=4 {
        found.push(mix(mix(0x400, offset as u32), view.bone(place, offset)));
    }
    for offset in -2..=2 {
        found.push(mix(mix(0x408, offset as u32), view.hash(place, offset)));
    }
    for offset in -3..=2 {
        let pair = [view.hash(place, offset), view.hash(place, offset + 1)];
        found.push(
            pair.iter()
                .fold(mix(0x410, offset as u32), |hash, &part| mix(hash, part)),
        );
    }
    for (salt, length, offsets) in [(0x418, 2, -3..=2), (0x420, 3, -4..=2), (0x430, 4, -4..=1)] {
        for offset in offsets {
            let row = (offset..offset + length).map(|offset| view.bone(place, offset));
            found.push(row.fold(mix(salt, offset as u32), mix));
        }
    }
    found.push(mix(0x450, view.own[place].sort as u32));
    found.push(mix(0x460, view.own[place].stem));
    clause(view, place, &mut found);
    found
}

/// How the unit stands to its clause: the nearest units that say something on both sides, and how far off they are.
fn clause(view: &View, place: usize, found: &mut Vec<u32>) {
    let Range { start, end } = view.clauses[place].clone();
    let near = |mut places: Box<dyn Iterator<Item = usize>>| places.find(|at| !view.is_blank(*at));
    let window = 16;
    let left = near(Box::new(
        (start.max(place.saturating_sub(window))..place).rev(),
    ));
    let right = near(Box::new(place + 1..end.min(place + window)));
    let bone = |at: Option<usize>, edge: u32| at.map_or(edge, |at| view.bones[at]);
    let (before, after) = (bone(left, START), bone(right, END));
    let reach = |at: Option<usize>, edge: usize| at.unwrap_or(edge).abs_diff(place).min(6) as u32;
    found.push(mix(mix(0x470, before), reach(left, start)));
    found.push(mix(mix(0x471, after), reach(right, end)));
    found.push(mix(mix(0x472, before), after));
    found.push(mix(
        mix(mix(0x473, before), after),
        u32::from(view.is_blank(place)),
    ));
    found.push(mix(
        mix(0x474, u32::from(start == 0)),
        u32::from(end + 1 >= view.own.len()),
    ));
    found.push(mix(0x475, (place - start).min(5) as u32));
    found.push(mix(0x476, end.saturating_sub(place).min(5) as u32));
    for at in start.max(place.saturating_sub(window))..place {
        if !view.is_blank(at) {
            found.push(mix(0x480, view.bones[at]));
        }
    }
    for at in place + 1..end.min(place + window) {
        if !view.is_blank(at) {
            found.push(mix(0x481, view.bones[at]));
        }
    }
}

/// The features of a topic within its sentence for the head that tells kind and polarity.
pub fn topic(own: &[Unit], span: Range<usize>, frequent: &Frequent) -> Vec<u32> {
    let is_border = |unit: &Unit| unit.sort == Sort::Mark;
    let from = own[..span.start]
        .iter()
        .rposition(is_border)
        .map_or(0, |at| at + 1);
    let to = own[span.end..]
        .iter()
        .position(is_border)
        .map_or(own.len(), |at| span.end + at);
    let mut found = Vec::new();
    // The clause with the topic blanked, then the whole sentence as it is.
    let mut row = vec![START];
    row.extend(own[from..span.start].iter().map(|unit| unit.hash));
    row.push(BLANK);
    row.extend(own[span.end..to].iter().map(|unit| unit.hash));
    row.push(END);
    grams(&row, 1..=3, 0x500, &mut found);
    let mut bare = bones(&own[from..span.start], frequent);
    bare.pop();
    bare.push(TOPIC);
    bare.extend(&bones(&own[span.end..to], frequent)[1..]);
    grams(&bare, 2..=4, 0x510, &mut found);
    found.extend(bones(own, frequent).iter().map(|&bone| mix(0x550, bone)));
    found.extend(
        bones(&own[from..to], frequent)
            .iter()
            .map(|&bone| mix(0x560, bone)),
    );
    found.extend(
        bones(&own[span.clone()], frequent)
            .iter()
            .map(|&bone| mix(0x570, bone)),
    );
    let hashes: Vec<u32> = own.iter().map(|unit| unit.hash).collect();
    grams(&hashes, 1..=2, 0x520, &mut found);
    let inside: Vec<u32> = own[span].iter().map(|unit| unit.hash).collect();
    grams(&inside, 1..=2, 0x530, &mut found);
    found.extend(
        own.iter()
            .filter(|unit| unit.stem != 0)
            .map(|unit| mix(0x540, unit.stem)),
    );
    found.sort_unstable();
    found.dedup();
    found
}
