//! Fitting a text to a frame that is data: which slots its cues show to be there.

use super::cues::{Class, find_word};
use super::frames::{BLANK, Frame, Need, Slot, find as built_in};
use super::kind::Kind;
use super::scan::{Part, Scan, fold_cue, units};
use super::{Filled, Fit, Told};
use std::ops::Range;

/// What a slot of a person's own frame can ask for by shape: a name to write among the cues, and what it finds.
pub const DETECTORS: &[(&str, Detector)] = &[
    ("@question", Detector::Substance),
    ("@about", Detector::Substance),
    ("@planwork", Detector::Substance),
    (
        "@codework",
        Detector::Classes(&[Class::CodeVerb, Class::CodeNoun]),
    ),
    ("@material", Detector::Long),
    ("@body", Detector::Part(Part::Body)),
    ("@quote", Detector::Part(Part::Quote)),
    ("@code", Detector::Part(Part::Code)),
    (
        "@audience",
        Detector::Words(
            Class::Person,
            "写给|面向|针对|讲给|念给|的人看|人群|受众|people who|aimed at|for those|readers",
        ),
    ),
    ("@tone", Detector::Classes(&[Class::Tone])),
    ("@genre", Detector::Classes(&[Class::Genre])),
    ("@platform", Detector::Classes(&[Class::Platform])),
    ("@length", Detector::Classes(&[Class::Length])),
    ("@form", Detector::Classes(&[Class::Form])),
    ("@limit", Detector::Classes(&[Class::Limit])),
    (
        "@background",
        Detector::Classes(&[Class::Tried, Class::SelfFact]),
    ),
    ("@criteria", Detector::Classes(&[Class::Criteria])),
    ("@or", Detector::Classes(&[Class::OrEn, Class::OrZh])),
    ("@goal", Detector::Classes(&[Class::Goalish])),
    ("@language", Detector::Classes(&[Class::Language])),
    ("@tech", Detector::Classes(&[Class::Tech])),
    ("@error", Detector::Classes(&[Class::Error])),
    (
        "@behaviour",
        Detector::Classes(&[Class::Behaviour, Class::Error]),
    ),
    ("@mood", Detector::Classes(&[Class::Mood])),
    ("@scene", Detector::Classes(&[Class::Scene, Class::Hurt])),
    ("@role", Detector::Classes(&[Class::Role])),
    ("@past", Detector::Classes(&[Class::Past])),
    ("@resource", Detector::Classes(&[Class::Resource])),
    ("@money", Detector::Classes(&[Class::Money])),
    (
        "@number",
        Detector::Classes(&[
            Class::Number,
            Class::Money,
            Class::Count,
            Class::Length,
            Class::Duration,
        ]),
    ),
    ("@count", Detector::Classes(&[Class::Count])),
    ("@time", Detector::Classes(&[Class::Time])),
    ("@date", Detector::Classes(&[Class::Date])),
    ("@duration", Detector::Classes(&[Class::Duration])),
    ("@link", Detector::Link),
];

/// How a detector finds something.
#[derive(Clone, Copy, Debug)]
pub enum Detector {
    /// A word of one of these classes, in the request itself.
    Classes(&'static [Class]),
    /// A word of a class or one of these, in the request itself.
    Words(Class, &'static str),
    /// A part of the text.
    Part(Part),
    /// More than the words of asking.
    Substance,
    /// A clause with something to tell, beside the request.
    Long,
    /// An address.
    Link,
}

/// Fits a text to a frame. The eight frames of the kinds are judged by the model, all others by their cues.
/// `known` says which slots something else, as memory, answers.
pub fn fit(frame: &Frame, text: &str, known: impl Fn(usize) -> bool) -> Fit {
    fit_scan(frame, &Scan::new(text), |slot| Told::of(known(slot)))
}

/// As [`fit`], of a text that has been read.
pub(super) fn fit_scan(frame: &Frame, scan: &Scan, told: impl Fn(usize) -> Told) -> Fit {
    if let Some(kind) = Kind::from_id(&frame.id) {
        return super::analyse_scan_as(kind, scan, told);
    }
    let mut filled: Vec<Filled> = Vec::new();
    if !scan.folded.trim().is_empty() {
        let judged = judged(frame, scan);
        for (slot, data) in frame.slots.iter().enumerate() {
            if told(slot) == Told::NotYet {
                continue;
            }
            let range = match judged.as_ref().and_then(|judged| judged.slot(data)) {
                Some(range) => range,
                None => data
                    .cues
                    .all()
                    .find_map(|cue| find(cue, scan))
                    .map(|range| scan.source(&range)),
            };
            filled.extend(range.map(|range| Filled { slot, range }));
        }
    }
    let covered =
        |slot: usize| told(slot) == Told::Yes || filled.iter().any(|filled| filled.slot == slot);
    let hint = missing(frame, covered);
    let lacking = (0..frame.slots.len()).filter(|slot| !covered(*slot));
    Fit {
        kind: Kind::from_id(&frame.kind),
        lacking: lacking.count(),
        filled,
        hint,
    }
}

/// What the model says of the slots of a kind, for a person's own frame that has some of them.
struct Judged {
    base: &'static Frame,
    fit: Fit,
}

/// Asks the model, where a frame is a person's own and has slots of its kind as they are built in: a copy is judged
/// as well as what it was copied from.
fn judged(frame: &Frame, scan: &Scan) -> Option<Judged> {
    let base = built_in(&frame.kind).filter(|_| built_in(&frame.id).is_none())?;
    let kind = Kind::from_id(&base.id)?;
    let shares = frame.slots.iter().any(|slot| same(base, slot).is_some());
    shares.then(|| Judged {
        base,
        fit: super::analyse_scan_as(kind, scan, |_| Told::Unknown),
    })
}

impl Judged {
    /// Where the text says what a slot asks for, if it does; `None` for a slot that the model does not know.
    fn slot(&self, slot: &Slot) -> Option<Option<Range<usize>>> {
        let nth = same(self.base, slot)?;
        let filled = self.fit.filled.iter().find(|filled| filled.slot == nth);
        Some(filled.map(|filled| filled.range.clone()))
    }
}

/// The place of a slot in the frame that it comes from, unless it looks for other words by now.
fn same(base: &Frame, slot: &Slot) -> Option<usize> {
    base.slot(&slot.id)
        .filter(|nth| base.slots[*nth].cues == slot.cues)
}

/// The frame that a text chooses by its words, among those for its kind or for any; the longest word wins.
pub fn choose<'a>(fit: &Fit, text: &str, frames: &'a [Frame]) -> Option<&'a Frame> {
    choose_in(fit.kind?, &Scan::new(text), frames)
}

/// As [`choose`], of a text that has been read.
pub(super) fn choose_in<'a>(kind: Kind, scan: &Scan, frames: &'a [Frame]) -> Option<&'a Frame> {
    let fitting = frames
        .iter()
        .filter(|frame| frame.kind.is_empty() || frame.kind == kind.id());
    let scored = fitting.filter_map(|frame| {
        let longest = frame
            .when
            .all()
            .filter_map(|cue| find(cue, scan))
            .map(|range| range.len())
            .max();
        longest.map(|length| (length, frame))
    });
    scored
        .max_by_key(|(length, _)| *length)
        .map(|(_, frame)| frame)
}

/// The first missing slot: the required ones come first.
fn missing(frame: &Frame, covered: impl Fn(usize) -> bool) -> Option<usize> {
    let open = |need: Need| {
        (0..frame.slots.len()).find(|slot| frame.slots[*slot].need == need && !covered(*slot))
    };
    open(Need::Required).or_else(|| open(Need::Helpful))
}

/// Where a cue or what a detector looks for stands; the clause around a word, the whole of a part.
fn find(cue: &str, scan: &Scan) -> Option<Range<usize>> {
    if let Some((_, detector)) = DETECTORS.iter().find(|(name, _)| *name == cue) {
        return detect(*detector, scan);
    }
    let cue = fold_cue(cue);
    if cue.is_empty() {
        return None;
    }
    let found = find_word(&scan.folded, &cue)
        .filter(|range| scan.part(range.start) == Part::Instruction)?;
    Some(around(&found, scan)).filter(|range| is_told(range, scan))
}

fn detect(detector: Detector, scan: &Scan) -> Option<Range<usize>> {
    let own = |range: &Range<usize>| scan.part(range.start) == Part::Instruction;
    match detector {
        Detector::Part(part) => scan.first(part).map(|range| scan.trimmed(range)),
        Detector::Classes(classes) => {
            let hits = scan
                .hits
                .iter()
                .filter(|hit| classes.contains(&hit.class) && own(&hit.range));
            hits.map(|hit| around(&hit.range, scan))
                .find(|range| is_told(range, scan))
        }
        Detector::Words(class, words) => {
            let classed = scan
                .hits
                .iter()
                .filter(|hit| hit.class == class)
                .map(|hit| hit.range.clone());
            let all = classed.chain(
                words
                    .split('|')
                    .filter_map(|word| find_word(&scan.folded, word)),
            );
            all.filter(own)
                .map(|range| around(&range, scan))
                .find(|range| is_told(range, scan))
        }
        Detector::Substance => {
            let whole = scan.trimmed(&(0..scan.folded.len()));
            let rest = super::features::residue(scan).saturating_sub(filler(scan));
            (rest > 1 && is_told(&whole, scan)).then_some(whole)
        }
        Detector::Long => {
            let mut clauses = scan
                .clauses
                .iter()
                .skip(1)
                .map(|clause| scan.trimmed(clause));
            clauses.find(|clause| units(&scan.folded[clause.clone()]) > 4 && is_told(clause, scan))
        }
        Detector::Link => {
            let start = ["https://", "http://", "www."]
                .iter()
                .find_map(|sign| scan.folded.find(sign))?;
            let length = scan.folded[start..].find(|c: char| c.is_whitespace() || c > '\u{2E80}');
            Some(start..length.map_or(scan.folded.len(), |length| start + length))
        }
    }
}

/// How much of a request are words that say nothing without others, in [`units`].
fn filler(scan: &Scan) -> usize {
    let words = scan.folded.split(|c: char| !c.is_ascii_alphabetic());
    2 * words
        .filter(|word| matches!(*word, "a" | "an" | "the" | "me" | "my" | "us" | "some"))
        .count()
}

/// The clause that a word stands in.
fn around(word: &Range<usize>, scan: &Scan) -> Range<usize> {
    let clause = scan.clause(word.start);
    clause.map_or_else(|| word.clone(), |clause| scan.trimmed(clause))
}

/// A clause with an empty blank of a stub says nothing yet.
fn is_told(range: &Range<usize>, scan: &Scan) -> bool {
    !scan.folded[range.clone()].contains(BLANK)
}
