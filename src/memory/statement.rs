//! What a message says about its writer, as plain data, and where it comes from.

use super::{Kind, Origin, Said, Scope, Slot};
use crate::chat::Seq;
use crate::i18n::Lang;
use crate::id::ChatId;

/// One preference as it was said, before it meets the book.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// What it is.
    pub kind: Kind,
    /// From −2 to 2; `None` where only what was said before tells ("well, only green tea").
    pub strength: Option<i8>,
    /// The topic in the user's words. Empty where only what was said before tells ("but not storms", "forget that").
    pub topic: String,
    /// When or where it holds; empty for always.
    pub condition: String,
    /// What it does not hold for.
    pub exceptions: Vec<String>,
    /// How long it holds.
    pub duration: Duration,
    /// How it stands to what was said before.
    pub cue: Cue,
    /// How sure the reading is, 0 to 100.
    pub certainty: u8,
    /// The one-valued property that it fills.
    pub slot: Option<Slot>,
}

/// How a statement says that it stands to earlier ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cue {
    /// It does not say.
    #[default]
    None,
    /// Take it back: "forget that I…".
    Retract,
    /// More exactly: "to be precise, only…".
    Narrow,
    /// More widely: "in fact all…".
    Broaden,
    /// Otherwise than before: "actually", "now", "no longer".
    Correct,
}

/// How long a statement holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duration {
    /// For ever.
    #[default]
    Lasting,
    /// Until the day is over.
    Today,
    /// Until the week is over, on Sunday night.
    Week,
    /// Until the month is over.
    Month,
    /// This many days.
    Days(u16),
}

/// Where a statement comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// The conversation; empty for the board.
    pub chat: ChatId,
    /// The message's place; 0 for the board.
    pub seq: Seq,
    /// The exact words.
    pub words: String,
    /// Who wrote them.
    pub origin: Origin,
    /// Where what is learned holds.
    pub scope: Scope,
    /// The language of the words.
    pub lang: Lang,
    /// The user's clock, in minutes east of UTC: a day ends at the user's midnight.
    pub offset: i32,
    /// Random bytes for the ids of new preferences.
    pub random: [u8; 10],
}

impl Source {
    /// This saying, at a time in milliseconds since 1970.
    pub fn said(&self, now: i64) -> Said {
        Said {
            chat: self.chat.clone(),
            seq: self.seq,
            words: super::line(&self.words),
            at: now,
            origin: self.origin,
        }
    }
}
