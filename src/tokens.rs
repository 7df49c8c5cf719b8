//! A local estimate of tokens. Providers report real counts; this one is for what has not been sent yet.
//!
//! A text is measured once, in parts that tokenizers treat differently; what a part weighs is another matter,
//! learnt for each model from the counts that it reports ([`crate::cost::calibrate`]).

use crate::i18n::Lang;

/// A size in tokens as it is written on models: 128K, 1M.
pub fn short(tokens: u32) -> String {
    let (kilo, mega) = match tokens.is_multiple_of(1000) {
        true => (1000, 1_000_000),
        false => (1024, 1024 * 1024),
    };
    match tokens {
        tokens if tokens >= mega => format!("{}M", tokens / mega),
        tokens if tokens >= kilo => format!("{}K", tokens / kilo),
        tokens => tokens.to_string(),
    }
}

/// How much text there is, before it is weighed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Of 汉字, kana, hangul and their punctuation, in twelfths of a token of the plain estimate.
    pub han: u64,
    /// Of everything else, likewise.
    pub other: u64,
    /// Messages, the system prompt included: each has a frame of a few tokens.
    pub turns: u32,
}

/// What each part of a [`Measure`] weighs, in thousandths: of the plain estimate, and of a token for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// For [`Measure::han`].
    pub han: u32,
    /// For [`Measure::other`].
    pub other: u32,
    /// For each of [`Measure::turns`].
    pub turn: u32,
    /// For a request, once: what the provider puts before it.
    pub base: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            han: 1000,
            other: 1000,
            turn: 4000,
            base: 0,
        }
    }
}

impl Measure {
    /// The measure of a text alone, not as a message.
    pub fn of(text: &str) -> Self {
        let mut measure = Self::default();
        let (mut last, mut run) = (None, 0u32);
        for c in text.chars() {
            let class = Class::of(c);
            run = match last == Some(class) {
                true => run.saturating_add(1),
                false => 1,
            };
            last = Some(class);
            let twelfths = class.twelfths(run);
            match class {
                Class::Han | Class::HanMark => measure.han += twelfths,
                _ => measure.other += twelfths,
            }
        }
        measure
    }

    /// The language that most of it is in.
    pub fn lang(self) -> Lang {
        match self.han > self.other {
            true => Lang::Zh,
            false => Lang::En,
        }
    }

    /// The measure of a text that is sent as a message.
    pub fn of_turn(text: &str) -> Self {
        Self {
            turns: 1,
            ..Self::of(text)
        }
    }

    /// Both together.
    pub fn and(self, more: Self) -> Self {
        Self {
            han: self.han.saturating_add(more.han),
            other: self.other.saturating_add(more.other),
            turns: self.turns.saturating_add(more.turns),
        }
    }

    /// About how many tokens that is.
    pub fn tokens(self, weights: Weights) -> u32 {
        let part = |twelfths: u64, weight: u32| twelfths.saturating_mul(weight.into()) / 12;
        let turns = u64::from(self.turns) * u64::from(weights.turn);
        let base = u64::from(self.turns.min(1)) * u64::from(weights.base);
        let thousandths = part(self.han, weights.han)
            .saturating_add(part(self.other, weights.other))
            .saturating_add(turns + base);
        u32::try_from(thousandths.div_ceil(1000)).unwrap_or(u32::MAX)
    }
}

/// What tokenizers treat alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Mark,
    Break,
    Blank,
    Han,
    HanMark,
    /// A letter of another script.
    Foreign,
    /// Typographic quotes and dashes.
    Quote,
    Other,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            ' ' | '\t' | '\r' => Class::Blank,
            '\n' => Class::Break,
            c if c.is_ascii_alphabetic() => Class::Letter,
            c if c.is_ascii_digit() => Class::Digit,
            c if c.is_ascii() => Class::Mark,
            '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' => Class::HanMark,
            '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Class::Han,
            '\u{2000}'..='\u{206f}' => Class::Quote,
            c if c.is_alphabetic() => Class::Foreign,
            _ => Class::Other,
        }
    }

    /// What a character adds that is the `run`th of its class in a row, in twelfths of a token: most tokens
    /// are a whole word, three digits, a row of marks.
    fn twelfths(self, run: u32) -> u64 {
        match (self, run) {
            (Class::Letter, 1) => 12,
            (Class::Letter, run) => 3 * u64::from(run > 6),
            (Class::Digit, run) => 18 * u64::from(run % 3 == 1),
            (Class::Mark, 1) => 11,
            (Class::Mark, _) => 2,
            (Class::Break, run) => 8 * u64::from(run == 1),
            (Class::Blank, _) => 0,
            // Words of two and more are known within a run, and hardly across its borders.
            (Class::Han, 1) => 20,
            (Class::Han, _) => 8,
            (Class::HanMark, _) => 4,
            (Class::Foreign, _) => 5,
            (Class::Quote, _) => 6,
            (Class::Other, _) => 10,
        }
    }
}

/// About how many tokens a text has, before anything is known about the model: two thirds for a 汉字 and one more for
/// a row of them, one for a word of Latin letters, one for a row of punctuation marks. See `tests/tokens.rs` for how far that is off.
pub fn estimate(text: &str) -> u32 {
    Measure::of(text).tokens(Weights::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_they_are_written_on_models() {
        for (tokens, text) in [
            (512, "512"),
            (8_192, "8K"),
            (128_000, "128K"),
            (131_072, "128K"),
            (200_000, "200K"),
            (1_048_576, "1M"),
            (1_000_000, "1M"),
        ] {
            assert_eq!(short(tokens), text);
        }
    }

    #[test]
    fn of_the_right_size() {
        for (text, least, most) in [
            ("", 0, 0),
            ("你好，世界", 3, 6),
            ("The quick brown fox jumps over the lazy dog.", 9, 14),
            ("internationalization", 2, 6),
            ("let x = vec![1, 2, 3];", 8, 18),
        ] {
            assert!(
                (least..=most).contains(&estimate(text)),
                "{text}: {}",
                estimate(text)
            );
        }
    }

    #[test]
    fn parts_add_up_and_weigh_apart() {
        let both = Measure::of_turn("你好").and(Measure::of_turn("word"));
        assert_eq!((both.han, both.other, both.turns), (28, 12, 2));
        let check = |han, other, turn, base, tokens| {
            let weights = Weights {
                han,
                other,
                turn,
                base,
            };
            assert_eq!(both.tokens(weights), tokens);
        };
        check(2000, 0, 0, 0, 5);
        check(0, 3000, 0, 0, 3);
        check(0, 0, 3500, 0, 7);
        check(0, 0, 0, 5000, 5);
        let endless = Measure {
            han: u64::MAX,
            other: u64::MAX,
            turns: u32::MAX,
        };
        assert_eq!(endless.tokens(Weights::default()), u32::MAX);
    }
}
