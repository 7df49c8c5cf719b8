//! What is known: the view that the changes add up to.

use super::{Change, PrefId, Preference, gate};
use crate::chat::Seq;
use crate::id::ChatId;
use std::collections::{BTreeMap, BTreeSet};

/// All preferences, in every status.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    prefs: BTreeMap<PrefId, Preference>,
    uses: BTreeMap<PrefId, Use>,
    tombs: BTreeSet<u64>,
}

/// How a preference was used. No part of the changes: it comes with every reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// When it was last sent, in milliseconds since 1970.
    pub last: i64,
    /// How often.
    pub times: u32,
}

/// A change was made for another book: a preference is not as it was, by another tab or a later change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash(pub PrefId);

impl Book {
    /// The book of stored preferences, uses and hashes of what was erased.
    pub fn new(
        prefs: impl IntoIterator<Item = Preference>,
        uses: impl IntoIterator<Item = (PrefId, Use)>,
        tombs: impl IntoIterator<Item = u64>,
    ) -> Self {
        Self {
            prefs: prefs
                .into_iter()
                .map(|pref| (pref.id.clone(), pref))
                .collect(),
            uses: uses.into_iter().collect(),
            tombs: tombs.into_iter().collect(),
        }
    }

    /// The preference of an id.
    pub fn get(&self, id: &PrefId) -> Option<&Preference> {
        self.prefs.get(id)
    }

    /// Every preference, in the order of the ids: oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Preference> {
        self.prefs.values()
    }

    /// How a preference was used.
    pub fn uses(&self, id: &PrefId) -> Use {
        self.uses.get(id).copied().unwrap_or_default()
    }

    /// Hashes of what was erased.
    pub fn tombs(&self) -> impl Iterator<Item = u64> {
        self.tombs.iter().copied()
    }

    /// Whether what was learned from these words at that place was erased.
    pub fn is_erased(&self, chat: &ChatId, seq: Seq, words: &str) -> bool {
        self.tombs
            .contains(&gate::tomb(chat, seq, &gate::line(words)))
    }

    /// Notes that preferences were sent with a request.
    pub fn used(&mut self, ids: &[PrefId], now: i64) {
        for id in ids.iter().filter(|id| self.prefs.contains_key(id)) {
            let usage = self.uses.entry(id.clone()).or_default();
            usage.last = usage.last.max(now);
            usage.times = usage.times.saturating_add(1);
        }
    }

    /// Makes a change.
    ///
    /// # Errors
    /// A [`Clash`], and nothing is changed, where a preference is not as the change says that it was.
    pub fn apply(&mut self, change: &Change) -> Result<(), Clash> {
        match change {
            Change::Put { before, after, .. } => {
                self.check(before, after)?;
                for pref in before {
                    self.prefs.remove(&pref.id);
                }
                for pref in after {
                    self.prefs.insert(pref.id.clone(), pref.clone());
                }
            }
            Change::Erase { ids, tombs } => {
                for id in ids {
                    self.prefs.remove(id);
                    self.uses.remove(id);
                }
                self.tombs.extend(tombs);
                for pref in self.prefs.values_mut() {
                    scrub(pref, &self.tombs);
                }
            }
        }
        Ok(())
    }

    fn check(&self, before: &[Preference], after: &[Preference]) -> Result<(), Clash> {
        let moved = |pref: &&Preference| self.prefs.get(&pref.id) != Some(*pref);
        let taken = |pref: &&Preference| {
            self.prefs.contains_key(&pref.id) && before.iter().all(|old| old.id != pref.id)
        };
        let first = before
            .iter()
            .find(moved)
            .or_else(|| after.iter().find(taken));
        first.map_or(Ok(()), |pref| Err(Clash(pref.id.clone())))
    }
}

/// Words that an erased preference came from are erased wherever they are kept.
pub(super) fn scrub(pref: &mut Preference, tombs: &BTreeSet<u64>) {
    if tombs.is_empty() {
        return;
    }
    for said in pref.said.iter_mut().chain(&mut pref.unsaid) {
        if !said.words.is_empty() && tombs.contains(&gate::tomb(&said.chat, said.seq, &said.words))
        {
            said.words.clear();
        }
    }
}
