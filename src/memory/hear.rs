//! A typed message to the statements in it, by rule, in Chinese and English.
//!
//! Questions, tasks on a text, fiction, quotations, code, other people and what-ifs say nothing about the writer; they
//! are left out first ([`refuse`]). Then each clause is read on its own, with what the clauses before it left open.

mod chinese;
mod clause;
mod english;
mod refuse;
mod style;
mod words;

use super::{Cue, Duration, Kind, Slot, Statement, topic};
use crate::text::is_cjk;
use clause::Clause;

/// The statements of a message, in order. Empty for most messages.
pub fn hear(text: &str) -> Vec<Statement> {
    let text = text.replace(['’', '‘'], "'");
    let low = fold(&text);
    if refuse::is_foreign(&low) {
        return Vec::new();
    }
    let mut open = Open::default();
    for clause in clause::clauses(&text, &low) {
        if refuse::is_task(clause.low) {
            break;
        }
        if clause.asks && !refuse::may_ask(clause.low) {
            continue;
        }
        if clause.low.contains(is_cjk) {
            chinese::read(&clause, &mut open);
        } else {
            english::read(&clause, &mut open);
        }
    }
    open.close()
}

/// Simplified and lower case, byte for byte as long as the text, so that a place in one is the same place in the other.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| super::topic::simplify(c).to_ascii_lowercase())
        .collect()
}

/// What the clauses of a message have given so far, and what they left open for the next.
#[derive(Default)]
struct Open {
    found: Vec<Statement>,
    /// The topic last spoken of, for "it" and for clauses without an object.
    topic: String,
    /// The side last taken, for "not storms".
    condition: String,
    exceptions: Vec<String>,
    duration: Duration,
    cue: Cue,
    /// Whether a clause before was an instruction on style: the next may go on with it.
    style: bool,
    /// Whether the message is about one text or one answer: nothing it says of style lasts.
    once: bool,
}

impl Open {
    /// Adds a statement with what earlier clauses of the message left open.
    fn add(&mut self, mut statement: Statement) {
        if statement.condition.is_empty() {
            statement.condition = std::mem::take(&mut self.condition);
        }
        self.except(&mut statement);
        if statement.duration == Duration::Lasting {
            statement.duration = self.duration;
        }
        if statement.cue == Cue::None {
            statement.cue = self.cue;
        }
        if !statement.topic.is_empty() {
            self.topic.clone_from(&statement.topic);
        }
        let known =
            |old: &Statement| old.topic == statement.topic && old.strength == statement.strength;
        if statement.topic.is_empty() || !self.found.iter().any(known) {
            self.found.push(statement);
        }
    }

    /// Open exceptions belong to the statement, or, where it speaks of one of them, to what was said before.
    fn except(&mut self, statement: &mut Statement) {
        let key = topic::key(&statement.topic);
        let itself =
            |words: &String| topic::relate(&topic::key(words), &key) == topic::Relation::Same;
        let exceptions = std::mem::take(&mut self.exceptions);
        if exceptions.iter().any(itself) {
            self.found.push(Statement {
                exceptions,
                certainty: 70,
                ..Statement::default()
            });
        } else {
            statement.exceptions.extend(exceptions);
        }
    }

    /// Exceptions that no statement took are exceptions to what was said before this message.
    fn close(mut self) -> Vec<Statement> {
        let exceptions = std::mem::take(&mut self.exceptions);
        if !exceptions.is_empty() {
            match self.found.last_mut() {
                Some(last) if last.cue != Cue::Retract => last.exceptions.extend(exceptions),
                _ => self.found.push(Statement {
                    exceptions,
                    certainty: 70,
                    ..Statement::default()
                }),
            }
        }
        self.found
    }
}

/// A slot and a plain fact in it.
fn fact(topic: &str, slot: Option<Slot>) -> Statement {
    Statement {
        kind: Kind::Fact,
        strength: Some(0),
        topic: topic.trim().to_owned(),
        slot,
        certainty: 85,
        ..Statement::default()
    }
}

/// Takes a topic, or what fills a slot, or what was said last, back.
fn removal(topic: &str, strength: Option<i8>, slot: Option<Slot>) -> Statement {
    Statement {
        topic: topic.to_owned(),
        strength,
        slot,
        cue: Cue::Retract,
        certainty: 90,
        ..Statement::default()
    }
}

/// Takes one of the words from the front, the longest that fits.
fn front<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let fits = words.iter().filter_map(|word| text.strip_prefix(word));
    fits.min_by_key(|rest| rest.len())
}

/// Takes one of the words from the end, the longest that fits.
fn back<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let fits = words.iter().filter_map(|word| text.strip_suffix(word));
    fits.min_by_key(|rest| rest.len())
}

/// The first of the words in a text, the longest where several begin there: what is before, the word, what is after.
fn first<'t, 'w, T: Copy>(
    text: &'t str,
    words: &'w [(&'w str, T)],
) -> Option<(&'t str, (&'w str, T), &'t str)> {
    let found = words
        .iter()
        .filter_map(|entry| Some((text.find(entry.0)?, *entry)));
    let (at, entry) = found.min_by_key(|(at, entry)| (*at, std::cmp::Reverse(entry.0.len())))?;
    Some((&text[..at], entry, &text[at + entry.0.len()..]))
}
