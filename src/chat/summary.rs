//! What stands for the beginning of a branch in a request, where that has no room.
//!
//! A summary belongs to the last message that it covers. A message has one way back to the beginning, so a summary can
//! never be taken for another branch than its own; and it names what it covers with a mark of each text, so that it
//! does not outlive a change of one.

use super::{Message, Role, Seq};
use crate::cost::Money;

/// A summary of the messages up to the one that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Its words. Empty where the user threw it away: then what it covered is left out.
    pub text: String,
    /// The messages that it covers, oldest first, each with the mark of its text; the last [`MOST`] of them.
    pub covers: Vec<(Seq, u32)>,
    /// The model that wrote it.
    pub model: String,
    /// What that took, in tokens.
    pub tokens: u64,
    /// What it cost, where the price was known.
    pub cost: Option<Money>,
    /// When it was made, in milliseconds since 1970.
    pub created: i64,
    /// Whether a person changed its words.
    pub edited: bool,
}

impl Summary {
    /// Whether the user threw it away.
    pub fn is_thrown(&self) -> bool {
        self.text.is_empty()
    }
}

/// Messages whose marks are kept: as many as are looked at for a request.
pub const MOST: usize = 400;

/// What a summary may cover of a path, with marks: what has words and is not kept in its own.
pub fn covered(path: &[Message]) -> impl Iterator<Item = (Seq, u32)> {
    let one = |(at, message): (usize, &Message)| {
        let is_covered = message.has_words() && !is_kept(path, at);
        is_covered.then(|| (message.seq, mark(&message.text)))
    };
    path.iter().enumerate().filter_map(one)
}

/// Whether a message is pinned, or is the question of a reply that is.
pub fn is_kept(path: &[Message], at: usize) -> bool {
    let asked = path
        .get(at + 1)
        .filter(|next| next.role == Role::Assistant && next.pinned && next.has_words());
    path.get(at)
        .is_some_and(|message| message.pinned || (message.role == Role::User && asked.is_some()))
}

/// The summary that can stand for the beginning of a path, and the place of the last message that it covers: the
/// newest that still holds. None where the user threw the newest away.
pub fn standing(path: &[Message]) -> Option<(usize, &Summary)> {
    for (at, message) in path.iter().enumerate().rev() {
        if let Some(summary) = &message.summary {
            if summary.is_thrown() {
                return None;
            }
            if holds(&path[..=at], summary) {
                return Some((at, summary));
            }
        }
    }
    None
}

/// Whether what a summary covers is as it was. The path ends with the message that it belongs to.
pub fn holds(path: &[Message], summary: &Summary) -> bool {
    let first = |seqs: Option<Seq>| seqs.unwrap_or_default();
    let mut from = first(path.first().map(|message| message.seq));
    if summary.covers.len() >= MOST {
        from = from.max(first(summary.covers.first().map(|(seq, _)| *seq)));
    }
    let here = covered(path).filter(|(seq, _)| *seq >= from);
    here.eq(summary
        .covers
        .iter()
        .copied()
        .filter(|(seq, _)| *seq >= from))
}

/// A short number for a text, which another text hardly has (FNV-1a).
pub fn mark(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |mark, byte| {
        (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
