#![allow(clippy::unwrap_used)]

mod laws;
mod recalling;
mod rules;
mod scripts;

use super::*;
use crate::id::ChatId;

/// 2026-11-25, a Wednesday, at noon UTC.
const NOW: i64 = 1_795_608_000_000;

fn source(seq: u32, words: &str) -> Source {
    let [.., a, b] = seq.to_be_bytes();
    Source {
        chat: ChatId("chat".into()),
        seq,
        words: words.to_owned(),
        random: [0, 0, 0, 0, 0, 0, a, b, 0, 0],
        ..Source::default()
    }
}

/// The book and the acts after these messages, one minute apart.
fn after(messages: &[&str]) -> (Book, Vec<Vec<Act>>) {
    let mut book = Book::default();
    let mut acts = Vec::new();
    for (nth, text) in messages.iter().enumerate() {
        let seq = nth as u32 + 1;
        let outcomes = learn(
            &mut book,
            &hear(text),
            &source(seq, text),
            NOW + i64::from(seq) * 60_000,
        );
        acts.push(outcomes.iter().flat_map(acts_of).collect());
    }
    (book, acts)
}

fn acts_of(outcome: &Outcome) -> Vec<Act> {
    let changes = match outcome {
        Outcome::Done(changes) => changes.as_slice(),
        Outcome::Ask(question) => std::slice::from_ref(&question.proposal),
    };
    let act = |change: &Change| match change {
        Change::Put { act, .. } => Some(*act),
        Change::Erase { .. } => None,
    };
    changes.iter().filter_map(act).collect()
}

/// Each preference of a status as its sign and topic.
fn shown(book: &Book, status: Status) -> Vec<String> {
    let of = book.all().filter(|pref| pref.status == status);
    let mut shown: Vec<String> = of
        .map(|pref| [pref.polarity().sign(), &pref.topic].concat())
        .collect();
    shown.sort();
    shown
}
