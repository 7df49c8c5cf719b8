//! What reached the server, and how each answer went.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Which of the two origins was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The one that the app is connected to.
    Model,
    /// Another one, to which nothing should go.
    Other,
}

/// One request and its answer so far.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When its head and body were in.
    pub at: Instant,
    /// Where it arrived.
    pub origin: Origin,
    /// The method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// All headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// The model asked for; empty where there is none.
    pub model: String,
    /// The text that a client must keep once the whole answer is in.
    pub text: String,
    /// When how many bytes of that text had been handed to the network.
    pub sent: Vec<(Instant, usize)>,
    /// When the client went away before the answer was over.
    pub aborted: Option<Instant>,
    /// When the answer was over, in whatever way the script says.
    pub ended: Option<Instant>,
}

impl Entry {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Bytes of text that had been sent at a moment.
    pub fn sent_by(&self, moment: Instant) -> usize {
        let past = self.sent.iter().rev().find(|(at, _)| *at <= moment);
        past.map_or(0, |(_, bytes)| *bytes)
    }

    /// Whether a secret stands in the path, a header or the body.
    pub fn carries(&self, secret: &str) -> bool {
        self.path.contains(secret)
            || self.body.contains(secret)
            || self.headers.iter().any(|(_, value)| value.contains(secret))
    }
}

/// The log of a server. All entries, in the order in which they came.
#[derive(Debug, Default)]
pub struct Log {
    entries: Mutex<Vec<Entry>>,
    asked: Mutex<HashMap<String, usize>>,
}

impl Log {
    /// A copy of everything so far.
    pub fn entries(&self) -> Vec<Entry> {
        self.lock().clone()
    }

    /// Questions to a model of this exact name, oldest first.
    pub fn asked(&self, model: &str) -> Vec<Entry> {
        let all = self.lock();
        let asked = all.iter().filter(|entry| entry.model == model);
        asked.cloned().collect()
    }

    /// What arrived below `/exfil/` or at the other origin at all.
    pub fn leaks(&self) -> Vec<Entry> {
        let all = self.lock();
        let leaked =
            |entry: &&Entry| entry.origin == Origin::Other || entry.path.starts_with("/exfil/");
        all.iter().filter(leaked).cloned().collect()
    }

    pub(super) fn begin(&self, entry: Entry) -> usize {
        let mut all = self.lock();
        all.push(entry);
        all.len() - 1
    }

    pub(super) fn change(&self, id: usize, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.lock().get_mut(id) {
            change(entry);
        }
    }

    /// Counts a question; how many came before it.
    pub(super) fn count(&self, model: &str) -> usize {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let count = asked.entry(model.to_owned()).or_default();
        *count += 1;
        *count - 1
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
