//! Which stretches of a text field were not typed into it.
//!
//! Only what the user typed is their word. Whatever changes inside a pasted stretch still counts as pasted, and what
//! comes back by undo counts as pasted once anything was: where in doubt, a click is asked for.

use std::ops::Range;

/// How a change of the field came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Typed, dictated, corrected, or by an input method.
    Typed,
    /// Pasted, dropped, or put there by the program.
    Put,
    /// By undo or redo.
    History,
}

/// Follows a text field.
#[derive(Clone, Debug, Default)]
pub struct Foreign {
    last: String,
    stretches: Vec<Range<usize>>,
    ever: bool,
}

impl Foreign {
    /// The field is empty, or begins anew with a text that somebody else may have put together.
    pub fn begin(&mut self, text: &str) {
        self.last = text.to_owned();
        self.stretches.clear();
        self.ever = !text.is_empty();
        self.mark(0..text.len());
    }

    /// The field has changed.
    pub fn change(&mut self, now: &str, way: Way) {
        let before = std::mem::replace(&mut self.last, now.to_owned());
        if way == Way::Put {
            self.ever = true;
        }
        if !self.ever {
            return;
        }
        if way == Way::History {
            self.stretches.clear();
            self.mark(0..now.len());
            return;
        }
        let (start, rest) = ends(&before, now);
        let (old, new) = (before.len() - rest, now.len() - rest);
        let touched = self
            .stretches
            .iter()
            .any(|part| part.start < start && old < part.end);
        let kept: Vec<Range<usize>> = std::mem::take(&mut self.stretches);
        for part in kept {
            if start <= part.start && part.end <= old {
                // Replaced as a whole.
                continue;
            }
            // What is before the change stays, what is after it moves; of a part that it cuts the rest is kept.
            let from = match part.start {
                at if at >= old => at - old + new,
                at => {
                    if at <= start {
                        at
                    } else {
                        new
                    }
                }
            };
            let to = match part.end {
                at if at <= start => at,
                at => {
                    if at >= old {
                        at - old + new
                    } else {
                        start
                    }
                }
            };
            self.mark(from..to);
        }
        if way == Way::Put || touched {
            self.mark(start..new);
        }
    }

    /// The stretches that were not typed, as bytes of the text.
    pub fn stretches(&self) -> &[Range<usize>] {
        &self.stretches
    }

    fn mark(&mut self, part: Range<usize>) {
        if !part.is_empty() {
            self.stretches.push(part);
        }
    }
}

/// How many bytes two texts have in common at the beginning and, apart from that, at the end.
fn ends(a: &str, b: &str) -> (usize, usize) {
    let pairs = a.char_indices().zip(b.chars());
    let start = pairs
        .take_while(|((_, a), b)| a == b)
        .map(|((at, a), _)| at + a.len_utf8())
        .last()
        .unwrap_or(0);
    let back = a[start..].chars().rev().zip(b[start..].chars().rev());
    let end = back
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn after(steps: &[(&str, Way)]) -> (String, Vec<String>) {
        let mut field = Foreign::default();
        for (text, way) in steps {
            field.change(text, *way);
        }
        let text = field.last.clone();
        let parts = field.stretches().iter().map(|p| text[p.clone()].to_owned());
        let parts = parts.collect();
        (text, parts)
    }

    #[test]
    fn typing_pasting_and_changing() {
        use Way::{History, Put, Typed};
        for (steps, want) in [
            (&[("我喜欢", Typed), ("我喜欢雨", Typed)][..], &[][..]),
            (
                &[("see: ", Typed), ("see: I like rain", Put)],
                &["I like rain"],
            ),
            // Changed inside: still pasted as a whole.
            (
                &[("I like rain", Put), ("I like snow", Typed)],
                &["I like snow"],
            ),
            (
                &[("I like rain", Put), ("I lke rain", Typed)],
                &["I lke rain"],
            ),
            // Typed before and after.
            (&[("rain", Put), ("rain, my own", Typed)], &["rain"]),
            (&[("rain", Put), ("my rain", Typed)], &["rain"]),
            // Gone, and back again.
            (&[("rain", Put), ("", Typed)], &[]),
            (&[("rain", Put), ("", Typed), ("rain", History)], &["rain"]),
            (&[("rain", Typed), ("", Typed), ("rain", History)], &[]),
            // Replaced as a whole by typing.
            (&[("I like rain", Put), ("我", Typed)], &[]),
        ] {
            assert_eq!(after(steps).1, want, "{steps:?}");
        }
    }

    #[test]
    fn what_stands_there_at_the_beginning_is_not_known_to_be_typed() {
        let mut field = Foreign::default();
        field.begin("draft");
        field.change("draft 雨", Way::Typed);
        assert_eq!(field.stretches(), std::slice::from_ref(&(0..5)));
        field.begin("");
        assert!(field.stretches().is_empty());
    }

    proptest! {
        #[test]
        fn stretches_are_parts_of_the_text(steps in prop::collection::vec(("[ab雨 ]{0,6}", 0..3u8), 0..8)) {
            let mut field = Foreign::default();
            for (text, way) in &steps {
                field.change(text, [Way::Typed, Way::Put, Way::History][usize::from(*way)]);
                for part in field.stretches() {
                    prop_assert!(text.get(part.clone()).is_some(), "{:?} {:?}", text, part);
                }
            }
        }
    }
}
