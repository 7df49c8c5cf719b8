//! Reasoning that a model writes into its answer, between `<think>` and `</think>`.

use crate::reply::Delta;

const OPEN: &str = "<think>";
const CLOSE: &str = "</think>";

/// Tells inline reasoning from the answer. Only at the very beginning: later the tag is a word like any other.
#[derive(Debug, Default)]
pub struct Think {
    place: Place,
    held: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Place {
    #[default]
    Before,
    Inside,
    /// After the closing tag: the line breaks that follow it are not part of the answer.
    Gap,
    Answer,
}

impl Think {
    /// More of the content.
    pub fn push(&mut self, text: &str, deltas: &mut Vec<Delta>) {
        if self.place == Place::Answer {
            return say(text, deltas);
        }
        self.held.push_str(text);
        if self.place == Place::Before {
            let begun = self.held.trim_start();
            if let Some(rest) = begun.strip_prefix(OPEN) {
                self.held = rest.to_owned();
                self.place = Place::Inside;
            } else if !OPEN.starts_with(begun) {
                self.place = Place::Answer;
                return say(&std::mem::take(&mut self.held), deltas);
            }
        }
        if self.place == Place::Inside {
            self.inside(deltas);
        }
        if self.place == Place::Gap && !self.held.trim_start().is_empty() {
            self.place = Place::Answer;
            let held = std::mem::take(&mut self.held);
            say(held.trim_start(), deltas);
        }
    }

    /// The content is over.
    pub fn finish(&mut self, deltas: &mut Vec<Delta>) {
        let held = std::mem::take(&mut self.held);
        match self.place {
            Place::Inside if !held.is_empty() => deltas.push(Delta::Reasoning(held)),
            Place::Before => say(&held, deltas),
            _ => {}
        }
    }

    fn inside(&mut self, deltas: &mut Vec<Delta>) {
        if let Some(at) = self.held.find(CLOSE) {
            let rest = self.held.split_off(at + CLOSE.len());
            self.held.truncate(at);
            let thought = std::mem::replace(&mut self.held, rest);
            self.place = Place::Gap;
            if !thought.is_empty() {
                deltas.push(Delta::Reasoning(thought));
            }
            return;
        }
        // A closing tag may be split over two chunks: its beginning is held back.
        let tail = (1..CLOSE.len())
            .rev()
            .find(|n| self.held.ends_with(&CLOSE[..*n]))
            .unwrap_or(0);
        let kept = self.held.split_off(self.held.len() - tail);
        let thought = std::mem::replace(&mut self.held, kept);
        if !thought.is_empty() {
            deltas.push(Delta::Reasoning(thought));
        }
    }
}

fn say(text: &str, deltas: &mut Vec<Delta>) {
    if !text.is_empty() {
        deltas.push(Delta::Text(text.to_owned()));
    }
}
