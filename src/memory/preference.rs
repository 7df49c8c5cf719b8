//! One preference: a card of the board.

use super::{Kind, Origin, Polarity, Scope, Slot, Status, topic};
use crate::chat::Seq;
use crate::i18n::Lang;
use crate::id::{ChatId, uuid_v7};
use std::fmt;

/// The id of a preference.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrefId(pub String);

impl PrefId {
    /// A new id from a time in milliseconds since 1970 and ten random bytes.
    pub fn new(now: i64, random: [u8; 10]) -> Self {
        Self(uuid_v7(now, random))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PrefId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where and how a preference was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The conversation; empty for the board.
    pub chat: ChatId,
    /// The message's place; 0 for the board.
    pub seq: Seq,
    /// The exact words.
    pub words: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who wrote the words.
    pub origin: Origin,
}

/// A preference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preference {
    /// Its id.
    pub id: PrefId,
    /// The topic as the user wrote it: one line of at most [`super::LONGEST`] characters.
    pub topic: String,
    /// The topic under which other wordings meet, see [`topic::key`].
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// From −2 (hate, never) over 0 (a plain fact) to 2 (love, always).
    pub strength: i8,
    /// When or where it holds ("when commuting"); empty for always.
    pub condition: String,
    /// Where it holds.
    pub scope: Scope,
    /// The last moment at which it holds, in milliseconds since 1970; `None` for ever.
    pub until: Option<i64>,
    /// The one-valued property that it fills, such as where the user lives.
    pub slot: Option<Slot>,
    /// The language that it was said in.
    pub lang: Lang,
    /// How sure the reading is, 0 to 100.
    pub confidence: u8,
    /// How it stands.
    pub status: Status,
    /// Whether the user pinned it: always sent, and never changed by what is only heard.
    pub pinned: bool,
    /// Whether the user edited it on the board; it then outranks what is only heard.
    pub edited: bool,
    /// Every time it was said, oldest first. Their number is its support.
    pub said: Vec<Said>,
    /// When it was first said, in milliseconds since 1970.
    pub first_seen: i64,
    /// When it was last said.
    pub last_seen: i64,
    /// The broader preference that this one is an exception to.
    pub exception_to: Option<PrefId>,
    /// The preference that a proposed one speaks against.
    pub against: Option<PrefId>,
    /// What it took the place of.
    pub supersedes: Vec<PrefId>,
    /// What took its place.
    pub superseded_by: Option<PrefId>,
    /// The saying that took it back. While the card is active, one that wants to: the user's own hand is on the card,
    /// so that is asked first.
    pub unsaid: Option<Said>,
}

impl Preference {
    /// Its side.
    pub fn polarity(&self) -> Polarity {
        Polarity::of(self.strength)
    }

    /// Whether it holds at a time: active, and not past its end.
    pub fn holds(&self, now: i64) -> bool {
        self.status == Status::Active && self.until.is_none_or(|until| now <= until)
    }

    /// Whether what is only heard must not change it.
    pub fn is_guarded(&self) -> bool {
        self.pinned || self.edited
    }

    /// The key of its condition; empty for always.
    pub fn condition_key(&self) -> String {
        topic::key(&self.condition)
    }

    /// Whether it waits for the user to say that it is taken back.
    pub fn is_asked_back(&self) -> bool {
        self.status == Status::Active && self.unsaid.is_some()
    }

    /// Whether this was said at that place in those words already.
    pub fn was_said(&self, chat: &ChatId, seq: Seq, words: &str) -> bool {
        let same = |said: &Said| said.chat == *chat && said.seq == seq && said.words == words;
        self.said.iter().any(same)
    }
}
