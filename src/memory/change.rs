//! What can happen to the memory, with what was before and what is after, so that it can be undone.

use super::{PrefId, Preference, book::scrub};
use std::collections::BTreeSet;

/// One step of the book. Everything but an erasure can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Preferences become others.
    Put {
        /// What was done.
        act: Act,
        /// The preferences as they were; those that are new are not here.
        before: Vec<Preference>,
        /// The preferences as they are; those that are gone are not here.
        after: Vec<Preference>,
    },
    /// Preferences are gone with their words.
    Erase {
        /// Which.
        ids: Vec<PrefId>,
        /// Hashes of what they were said in, see [`super::tomb`].
        tombs: Vec<u64>,
    },
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Something new.
    Add,
    /// The same again.
    Reinforce,
    /// Another in its place.
    Supersede,
    /// A narrower one of the other side, beside the broader.
    Except,
    /// A narrower one in its place.
    Narrow,
    /// A broader one in its place.
    Broaden,
    /// One for a limited time, over the lasting one.
    Overlay,
    /// One under a condition, beside the other.
    Condition,
    /// Taken back.
    Retract,
    /// Its time is over.
    Expire,
    /// Waits for a click.
    Propose,
    /// The click came.
    Accept,
    /// Changed on the board.
    Edit,
    /// Two cards became one.
    Merge,
    /// One card became several.
    Split,
    /// Active again.
    Restore,
    /// A step taken back.
    Undo,
}

impl Act {
    /// All of them.
    pub const ALL: [Act; 17] = [
        Act::Add,
        Act::Reinforce,
        Act::Supersede,
        Act::Except,
        Act::Narrow,
        Act::Broaden,
        Act::Overlay,
        Act::Condition,
        Act::Retract,
        Act::Expire,
        Act::Propose,
        Act::Accept,
        Act::Edit,
        Act::Merge,
        Act::Split,
        Act::Restore,
        Act::Undo,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Act::Add => "add",
            Act::Reinforce => "reinforce",
            Act::Supersede => "supersede",
            Act::Except => "except",
            Act::Narrow => "narrow",
            Act::Broaden => "broaden",
            Act::Overlay => "overlay",
            Act::Condition => "condition",
            Act::Retract => "retract",
            Act::Expire => "expire",
            Act::Propose => "propose",
            Act::Accept => "accept",
            Act::Edit => "edit",
            Act::Merge => "merge",
            Act::Split => "split",
            Act::Restore => "restore",
            Act::Undo => "undo",
        }
    }

    /// The act of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// A change in its place in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its place: 1 for the first, and none is left out.
    pub number: u32,
    /// When it was made, in milliseconds since 1970. Shown, never used for order.
    pub at: i64,
    /// What was done.
    pub change: Change,
}

/// The change that takes a change back; `None` for an erasure, which cannot be.
///
/// It applies as long as the preferences are as the change left them.
pub fn undo(change: &Change) -> Option<Change> {
    match change {
        Change::Put { before, after, .. } => Some(Change::Put {
            act: Act::Undo,
            before: after.clone(),
            after: before.clone(),
        }),
        Change::Erase { .. } => None,
    }
}

/// An earlier event without what an erasure erases. The log is rewritten with it, so that no word of the erased stays;
/// the book that the rewritten log adds up to is the same.
pub fn purge(event: &Event, ids: &[PrefId], tombs: &[u64]) -> Event {
    let tombs: BTreeSet<u64> = tombs.iter().copied().collect();
    let clean = |prefs: &[Preference]| -> Vec<Preference> {
        let mut kept: Vec<Preference> = prefs
            .iter()
            .filter(|pref| !ids.contains(&pref.id))
            .cloned()
            .collect();
        for pref in &mut kept {
            scrub(pref, &tombs);
        }
        kept
    };
    let change = match &event.change {
        Change::Put { act, before, after } => Change::Put {
            act: *act,
            before: clean(before),
            after: clean(after),
        },
        erase => erase.clone(),
    };
    Event {
        change,
        ..event.clone()
    }
}
