//! Which preferences a message states: taste, habits, facts about the user, how answers should be.
//!
//! Local and quick, Chinese and English. Read in this order:
//! - [`recognise`] gives the [`Candidate`]s of a message that the user typed; most messages have none;
//! - [`veto`] leaves out what nobody typed as their own words: code, pasted documents, quoted lines, babble; and what
//!   says nothing that can be understood: single words, addresses, other scripts;
//! - [`units`] splits a text, [`features`] is what the models see of it, [`model`] holds what was learned:
//!   is a sentence a preference, where is the topic, which kind and polarity;
//! - [`detail`] reads what belongs to a topic by its cues: condition, exceptions, time limit, strength;
//! - [`cue`] reads how a statement stands to earlier ones: forget that, more exactly, in fact.
//!
//! The weights come from `cargo xtask train`; nothing here is written for single lines.

pub mod classes;
pub mod cue;
pub mod detail;
pub mod features;
pub mod han;
pub mod model;
pub mod units;
pub mod veto;

#[cfg(test)]
mod tests;

pub use cue::Cue;
pub use detail::Duration;

use model::Model;
use std::ops::Range;
use units::Unit;

/// One preference that a message states.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What it is.
    pub kind: Kind,
    /// Its side.
    pub polarity: Polarity,
    /// From −2, hate, to 2, love; 0 for neutral facts. Its sign is that of the polarity.
    pub strength: i8,
    /// What it is about, in the user's words.
    pub topic: String,
    /// When or where it holds: "when commuting".
    pub condition: Option<String>,
    /// What it does not hold for.
    pub exceptions: Vec<String>,
    /// How long it holds.
    pub duration: Duration,
    /// How it stands to what was said before.
    pub cue: Cue,
    /// From 0 to 100; [`Candidate::is_sure`] from 50.
    pub certainty: u8,
    /// The bytes of the topic in the message.
    pub span: Range<usize>,
    /// The bytes of the sentence that says it.
    pub quote: Range<usize>,
}

impl Candidate {
    /// Whether it can be saved at once, with undo. Otherwise it should only be proposed.
    pub fn is_sure(&self) -> bool {
        self.certainty >= 50
    }
}

/// What a preference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Something liked.
    Like,
    /// Something disliked or avoided.
    Dislike,
    /// A routine, or what is never done.
    Habit,
    /// A lasting fact about the user, allergies among them.
    Fact,
    /// How answers should be.
    Style,
}

impl Kind {
    /// The name that the labelled lines use.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Like => "like",
            Kind::Dislike => "dislike",
            Kind::Habit => "habit",
            Kind::Fact => "fact_about_user",
            Kind::Style => "instruction_style",
        }
    }
}

/// The side of a preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// Liked, done, wanted.
    For,
    /// Disliked, avoided, not to be done.
    Against,
    /// Neither: a plain fact.
    Neutral,
}

impl Polarity {
    /// `+`, `-` or `0`.
    pub fn sign(self) -> &'static str {
        match self {
            Polarity::For => "+",
            Polarity::Against => "-",
            Polarity::Neutral => "0",
        }
    }
}

/// What a topic's classes mean, in the model's order.
const CLASSES: [(Kind, Polarity); model::TOPIC_CLASSES] = [
    (Kind::Like, Polarity::For),
    (Kind::Dislike, Polarity::Against),
    (Kind::Habit, Polarity::For),
    (Kind::Habit, Polarity::Against),
    (Kind::Fact, Polarity::Neutral),
    (Kind::Fact, Polarity::Against),
    (Kind::Style, Polarity::For),
    (Kind::Style, Polarity::Against),
];

/// The likelihood from which a sentence is taken for a preference.
pub const SURE: f32 = 0.59;
/// The likelihood from which a preference is proposed.
pub const PROPOSE: f32 = 0.45;

/// The preferences that a typed message states, in the order of the text. Never fails; takes time linear in the text.
pub fn recognise(text: &str) -> Vec<Candidate> {
    recognise_with(model::shipped(), text)
}

/// As [`recognise`], with given weights.
pub fn recognise_with(model: &Model, text: &str) -> Vec<Candidate> {
    if veto::is_foreign(text) || veto::is_babble(text) {
        return Vec::new();
    }
    let units = units::units(text);
    let sentences = units::sentences(text, &units);
    let mut found = Vec::new();
    for range in sentences {
        let own = &units[range.clone()];
        let sentence = bytes(own);
        if veto::is_quoted_line(text, sentence.start)
            || veto::is_other_script(&text[sentence.clone()])
            || veto::is_bare(own, &model.frequent)
        {
            continue;
        }
        let cue = cue::cue(&text[sentence.clone()]);
        let classes = model.classes(&units, range);
        let likelihood = match cue {
            Cue::Retract => 1.0,
            _ => 1.0 - classes.first().copied().unwrap_or(1.0),
        };
        if likelihood < PROPOSE {
            continue;
        }
        let topics = model.topics(own);
        let classes = (topics.len() == 1).then_some(classes);
        let said = Said {
            text,
            own,
            sentence,
            cue,
            likelihood,
            classes,
        };
        let topics = topics.into_iter();
        found.extend(topics.map(|(span, clearest)| candidate(model, &said, span, clearest)));
    }
    found
}

/// A sentence that states a preference.
struct Said<'a> {
    text: &'a str,
    own: &'a [Unit],
    sentence: Range<usize>,
    cue: Cue,
    likelihood: f32,
    /// How likely it is of each class; only where it has one topic.
    classes: Option<Vec<f32>>,
}

fn candidate(model: &Model, said: &Said, place: Range<usize>, clearest: bool) -> Candidate {
    let (kind, polarity) = CLASSES[model
        .sort(said.own, place.clone(), said.classes.as_deref())
        .min(CLASSES.len() - 1)];
    let span = bytes(&said.own[place]);
    let details = detail::details(said.text, said.sentence.clone(), span.clone());
    let strong = if details.strong { 2 } else { 1 };
    Candidate {
        kind,
        polarity,
        strength: match polarity {
            Polarity::For => strong,
            Polarity::Against => -strong,
            Polarity::Neutral => 0,
        },
        topic: said.text[span.clone()].to_owned(),
        condition: details.condition,
        exceptions: details.exceptions,
        duration: details.duration,
        cue: said.cue,
        // Of several topics the clearest is the one to name first; the border of being sure is the sentence's.
        certainty: match certainty(said.likelihood) {
            sure if !clearest && sure > 50 => sure - 1,
            certainty => certainty,
        },
        span,
        quote: said.sentence.clone(),
    }
}

/// Likelihood to certainty: 50 where [`SURE`] is reached.
fn certainty(likelihood: f32) -> u8 {
    let scaled = if likelihood < SURE {
        likelihood / SURE * 50.0
    } else {
        50.0 + (likelihood - SURE) / (1.0 - SURE) * 50.0
    };
    // Never rounded up across the border.
    scaled.clamp(0.0, 100.0) as u8
}

/// The bytes that units take.
fn bytes(units: &[Unit]) -> Range<usize> {
    match (units.first(), units.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}
