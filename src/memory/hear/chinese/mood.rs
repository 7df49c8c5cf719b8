//! What the words around a predicate say, and taking them off.

use super::super::super::{Cue, Duration};
use super::super::words::TIMES;
use super::tables::{ADVERBS, LEADS, PREDICATES, Word};

/// What a clause says besides its predicate.
#[derive(Clone, Default)]
pub struct Mood {
    pub cue: Cue,
    pub duration: Duration,
    pub condition: String,
    /// "All", "whatever is a": the topic is the wider one.
    pub all: bool,
    /// "Only".
    pub only: bool,
    /// "Now", "again", "no longer": it was otherwise before.
    pub turned: bool,
    /// "Every day".
    pub habit: bool,
    /// "Very".
    pub strong: bool,
    /// "Most of all".
    pub most: bool,
    /// "Used to".
    pub past: bool,
    pub negations: u8,
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

/// Takes connectives, cues and times from the front.
pub fn lead<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text;
    loop {
        text = text.trim_start();
        if let Some((rest, word)) = take(text, &LEADS) {
            word.mark(mood);
            text = rest;
        } else if let Some((rest, time)) = take(text, &TIMES) {
            mood.duration = time;
            text = rest;
        } else {
            return text.trim();
        }
    }
}

/// Adverbs before the predicate, with what they say.
pub fn adverbs<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = not_one(text.trim_start());
    while let Some((rest, mark)) = take(text, &ADVERBS)
        .map(|(rest, word)| (rest, Ok(word)))
        .or_else(|| take(text, &TIMES).map(|(rest, time)| (rest, Err(time))))
    {
        // 好喝 is no adverb before 喝, and a predicate is none either.
        if begins_predicate(text) {
            break;
        }
        match mark {
            Ok(word) => word.mark(mood),
            Err(time) => mood.duration = time,
        }
        text = not_one(rest.trim_start());
    }
    text
}

/// 一场都不看: without 一场都, before a negation.
pub fn not_one(text: &str) -> &str {
    let Some(rest) = text.strip_prefix('一') else {
        return text;
    };
    let mut chars = rest.chars();
    let both = chars.next().is_some() && matches!(chars.next(), Some('都' | '也'));
    let rest = chars.as_str();
    if both && rest.starts_with(['不', '没', '吃']) {
        rest
    } else {
        text
    }
}

pub fn begins_predicate(text: &str) -> bool {
    PREDICATES.iter().any(|(word, _)| text.starts_with(word))
}

/// The longest of the words that a text begins with.
pub fn take<'t, T: Copy>(text: &'t str, words: &[(&str, T)]) -> Option<(&'t str, T)> {
    let fits = words
        .iter()
        .filter_map(|(word, mark)| Some((text.strip_prefix(word)?, *mark)));
    fits.min_by_key(|(rest, _)| rest.len())
}

/// Adverbs and negations at the end of a text.
pub fn adverbs_end<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text.trim_end();
    loop {
        let fit = ADVERBS
            .iter()
            .filter_map(|(word, mark)| Some((text.strip_suffix(word)?, *mark)));
        let Some((rest, mark)) = fit.min_by_key(|(rest, _)| rest.len()) else {
            return text;
        };
        mark.mark(mood);
        text = rest.trim_end();
    }
}

impl Word {
    /// Notes what a word says.
    pub fn mark(self, mood: &mut Mood) {
        match self {
            Word::Plain => {}
            Word::Correct => mood.cue = Cue::Correct,
            Word::Narrow => mood.cue = Cue::Narrow,
            Word::Now => mood.turned = true,
            Word::All => mood.all = true,
            Word::Only => mood.only = true,
            Word::Habit => mood.habit = true,
            Word::Strong => mood.strong = true,
            Word::Most => {
                mood.strong = true;
                mood.most = true;
            }
            Word::Past => mood.past = true,
            Word::Not => mood.negations += 1,
            Word::NoMore => {
                mood.negations += 1;
                mood.turned = true;
            }
            Word::First => mood.duration = Duration::Days(7),
        }
    }
}
