//! What the words at the edges of a clause say, and taking them off.

use super::super::super::{Cue, Duration};
use super::super::words::TIMES;
use super::tables::{ADVERBS, LEADS, PREDICATES, TAILS, Word};

/// What a clause says besides its predicate.
#[derive(Clone, Default)]
pub struct Mood {
    pub cue: Cue,
    pub duration: Duration,
    pub condition: String,
    pub all: bool,
    pub only: bool,
    pub turned: bool,
    pub habit: bool,
    pub strong: bool,
    pub past: bool,
    pub not: bool,
    pub never: bool,
    /// "But", "except": the other side of what was said.
    pub contrast: bool,
}

impl Mood {
    /// Whether it was otherwise before.
    pub fn has_turned(&self) -> bool {
        self.turned || self.cue == Cue::Correct
    }

    /// How what is said stands to what was said before, and how sure that is, to 100.
    pub fn cue(&self) -> (Cue, u8) {
        let cue = match self.cue {
            _ if self.all => Cue::Broaden,
            _ if self.only || self.cue == Cue::Narrow => Cue::Narrow,
            _ if self.has_turned() => Cue::Correct,
            cue => cue,
        };
        let sure = self.has_turned() || self.cue == Cue::Narrow;
        (cue, if sure { 90 } else { 75 })
    }
}

/// The longest of the words that a text begins with, as whole words.
pub fn take<'t, T: Copy>(text: &'t str, words: &[(&str, T)]) -> Option<(&'t str, T)> {
    let fits = words
        .iter()
        .filter_map(|(word, mark)| Some((starts(text, word)?, *mark)));
    fits.min_by_key(|(rest, _)| rest.len())
}

/// What follows a word at the front of a text.
pub fn starts<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(word)?;
    let whole = rest.is_empty()
        || rest.starts_with(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-');
    whole.then(|| rest.trim_start_matches([' ', ',', ':', '.', '!', '-']))
}

pub fn ends<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.strip_suffix(word)?;
    rest.ends_with([' ', ','])
        .then(|| rest.trim_end_matches([' ', ',', '-']))
}

pub fn lead<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text.trim_matches([' ', ',', '-', '.', '!']);
    loop {
        if let Some((rest, word)) = take(text, &LEADS) {
            word.mark(mood);
            text = rest;
        } else if let Some((rest, time)) = take(text, &TIMES) {
            mood.duration = time;
            text = rest;
        } else {
            return text;
        }
    }
}

pub fn tail<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text.trim_end_matches([' ', ',', '.', '!', '~']);
    loop {
        let word = TAILS
            .iter()
            .filter_map(|(word, mark)| Some((ends(text, word)?, *mark)));
        let time = TIMES
            .iter()
            .filter_map(|(word, time)| Some((ends(text, word)?, *time)));
        let shortest = word.min_by_key(|(rest, _)| rest.len());
        if let Some((rest, time)) = time.min_by_key(|(rest, _)| rest.len()) {
            mood.duration = time;
            text = rest;
        } else if let Some((rest, mark)) = shortest {
            mark.mark(mood);
            text = rest;
        } else {
            return text;
        }
    }
}

pub fn adverbs<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text.trim_start();
    while let Some((rest, word)) = take(text, &ADVERBS) {
        // "can't stand" is a word of its own, "can't" before anything else is not.
        if take(text, &PREDICATES).is_some() {
            break;
        }
        word.mark(mood);
        text = rest;
    }
    text
}

pub fn adverbs_after<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text;
    while let Some((rest, word)) = take(
        text,
        &[
            ("only", Word::Only),
            ("really", Word::Plain),
            ("just", Word::Plain),
            ("mostly", Word::Plain),
        ],
    ) {
        word.mark(mood);
        text = rest;
    }
    text
}

impl Word {
    pub fn mark(self, mood: &mut Mood) {
        match self {
            Word::Plain => {}
            Word::Correct => mood.cue = Cue::Correct,
            Word::Narrow => mood.cue = Cue::Narrow,
            Word::Contrast => mood.contrast = true,
            Word::Now => mood.turned = true,
            Word::All => mood.all = true,
            Word::Only => mood.only = true,
            Word::Habit => mood.habit = true,
            Word::Strong => mood.strong = true,
            Word::Past => mood.past = true,
            Word::Not => mood.not = !mood.not,
            Word::NoMore => {
                mood.not = !mood.not;
                mood.turned = true;
            }
            Word::Never => {
                mood.not = !mood.not;
                mood.never = true;
            }
        }
    }
}
