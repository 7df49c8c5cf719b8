//! The input frame: what is being asked, which slots the text covers already and where, and the one
//! that would help most. Local, in well under a millisecond, for Chinese, English and both mixed.
//!
//! [`analyse`] chooses one of eight [`Kind`]s and judges its slots by a small linear model ([`model`])
//! over [`features`]: classes of words ([`cues`]) and where they stand in the text ([`scan`]), its
//! shape, and hashes of its words. [`frames`] are data, built in or a person's own; [`fit`] is for
//! those that are no kind of their own. [`look`] puts a text into its frame, [`known`] is what memory answers.
//! [`focus`] says what the composer shows and when it may
//! change, [`stub`] what a tap puts into the text, [`effect`] counts what all of this is good for.
//!
//! Words of a class are in `zh.rs` and `en.rs`, the built-in frames in `frames/*.txt`. After a change
//! of words or features the model is fitted again:
//! `cargo xtask eval train tests/data/guide/train.jsonl src/guide/weights.bin`.

pub mod cues;
pub mod effect;
mod en;
pub mod features;
pub mod fit;
pub mod focus;
pub mod frames;
mod hint;
mod kind;
pub mod known;
pub mod look;
pub mod model;
pub mod own;
mod parts;
pub mod scan;
mod shape;
pub mod stub;
mod zh;

pub use kind::Kind;

use cues::{Class, Hit};
use features::{Feature, NAMED};
use model::BUILT_IN;
use scan::{Part, Scan};
use std::ops::Range;

/// What a text asks for and what it says already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The kind of request; `None` for chit-chat, follow-ups, plain statements and an empty text.
    pub kind: Option<Kind>,
    /// The slots that the text covers, in the order of the kind's slots.
    pub filled: Vec<Filled>,
    /// The slot whose absence hurts most, as its place among the kind's slots; `None` where nothing is worth a word.
    pub hint: Option<usize>,
    /// How many hints there would be, one after the other, were each one followed.
    pub lacking: usize,
}

/// A slot that the text covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Its place among the slots of its kind or frame.
    pub slot: usize,
    /// Where the text says it, in bytes, on character boundaries.
    pub range: Range<usize>,
}

/// Reads a text and chooses its kind. `known` says for a slot whether something else, as memory, answers it.
pub fn analyse(text: &str, known: impl Fn(Kind, usize) -> bool) -> Fit {
    analyse_scan(&Scan::new(text), |kind, slot| Told::of(known(kind, slot)))
}

/// What is known of a slot before the text is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// It need not be said: memory has it, or the person has filled in the words that were put in for it.
    Yes,
    /// The words that were put in for it wait to be filled in.
    NotYet,
    /// The text decides.
    Unknown,
}

impl Told {
    fn of(known: bool) -> Self {
        if known { Told::Yes } else { Told::Unknown }
    }
}

fn analyse_scan(scan: &Scan, told: impl Fn(Kind, usize) -> Told) -> Fit {
    if scan.folded.trim().is_empty() {
        return Fit::default();
    }
    let features = features::of(scan);
    let sums = BUILT_IN.kinds(&features);
    let best = (0..sums.len()).max_by_key(|nth| sums[*nth]).unwrap_or(0);
    match Kind::ALL.get(best) {
        Some(kind) => judge(*kind, scan, &features, told),
        None => Fit::default(),
    }
}

/// Reads a text as a request of a kind that the person has pinned.
pub fn analyse_as(kind: Kind, text: &str, known: impl Fn(Kind, usize) -> bool) -> Fit {
    analyse_scan_as(kind, &Scan::new(text), |slot| Told::of(known(kind, slot)))
}

fn analyse_scan_as(kind: Kind, scan: &Scan, told: impl Fn(usize) -> Told) -> Fit {
    judge(kind, scan, &features::of(scan), |_, slot| told(slot))
}

fn judge(kind: Kind, scan: &Scan, features: &[Feature], told: impl Fn(Kind, usize) -> Told) -> Fit {
    let told: Vec<Told> = (0..kind.slots().len())
        .map(|slot| told(kind, slot))
        .collect();
    let mut covered: Vec<bool> = told.iter().map(|told| *told == Told::Yes).collect();
    let mut filled = Vec::new();
    for (slot, covered) in covered.iter_mut().enumerate() {
        if told[slot] == Told::NotYet {
            continue;
        }
        let likely = BUILT_IN.slot(features, kind.first_slot() + slot) > 0;
        if !likely && !is_named(kind, slot, scan) {
            continue;
        }
        let range = place(kind, slot, scan, features);
        // A stub without its words says nothing yet.
        let clause = scan.clause(range.start).unwrap_or(&range);
        if !scan.folded[clause.clone()].contains(frames::BLANK) {
            *covered = true;
            let range = scan.source(&range);
            filled.push(Filled { slot, range });
        }
    }
    let hint = hint::choose(kind, &covered, scan);
    let (mut lacking, mut next) = (0, hint);
    while let Some(open) = next
        .and_then(|slot| covered.get_mut(slot))
        .filter(|slot| !**slot)
    {
        *open = true;
        lacking += 1;
        next = hint::choose(kind, &covered, scan);
    }
    Fit {
        kind: Some(kind),
        filled,
        hint,
        lacking,
    }
}

/// What fills a slot by definition: a sum of money is a means of a plan.
fn is_named(kind: Kind, slot: usize, scan: &Scan) -> bool {
    let money =
        |hit: &Hit| hit.class == Class::Money && scan.part(hit.range.start) == Part::Instruction;
    kind == Kind::Plan && kind.slots()[slot] == "resources" && scan.hits.iter().any(money)
}

/// Where a text says what a slot asks for: the material itself, or the clause that speaks most for it.
fn place(kind: Kind, slot: usize, scan: &Scan, features: &[Feature]) -> Range<usize> {
    let material = match kind.slots()[slot] {
        "code" => &[Part::Code][..],
        "text" | "material" => &[Part::Body, Part::Quote],
        _ => &[],
    };
    if let Some(range) = material.iter().find_map(|part| scan.first(*part)) {
        return scan.trimmed(range);
    }
    let sums = speaking(scan, features, kind.first_slot() + slot);
    let best = (0..sums.len()).rev().max_by_key(|nth| sums[*nth]);
    let best = best.and_then(|nth| scan.clauses.get(nth));
    let clause = best.cloned().unwrap_or(0..scan.folded.len());
    let shown = evidence(kind.slots()[slot]);
    let hits = scan.hits.iter().filter(|hit| {
        shown.contains(&hit.class)
            && clause.contains(&hit.range.start)
            && scan.part(hit.range.start) == Part::Instruction
    });
    // From the first word that shows it to the last one, or the whole clause.
    let words = hits
        .map(|hit| hit.range.clone())
        .reduce(|all, one| all.start..all.end.max(one.end));
    scan.trimmed(&words.unwrap_or(clause))
}

/// How much each clause speaks for a slot.
fn speaking(scan: &Scan, features: &[Feature], judged: usize) -> Vec<i32> {
    let mut sums = vec![0; scan.clauses.len()];
    // Those with a name come first, and the others say nothing of slots.
    for feature in features
        .iter()
        .take_while(|feature| usize::from(feature.id) < NAMED)
    {
        let at = feature.at as usize;
        let nth = scan.clauses.partition_point(|clause| clause.end <= at);
        let inside = scan
            .clauses
            .get(nth)
            .is_some_and(|clause| clause.contains(&at));
        if let Some(sum) = sums.get_mut(nth).filter(|_| inside) {
            *sum += BUILT_IN.slot_weight(feature.id, judged);
        }
    }
    sums
}

/// The classes whose words show a slot by themselves.
fn evidence(slot: &str) -> &'static [Class] {
    match slot {
        "target" => &[Class::Language],
        "tone" => &[Class::Tone],
        "length" => &[Class::Length, Class::Count],
        "form" => &[Class::Form, Class::Genre, Class::Platform],
        "environment" => &[Class::Tech],
        "time" => &[Class::Time, Class::Date, Class::Duration],
        "resources" => &[Class::Resource, Class::Money, Class::Count],
        "mood" => &[Class::Mood],
        _ => &[],
    }
}
