//! The log of bad cases: replies that ended too early, what mended them, and what the user says of it.
//!
//! Both labels are collected: "it was cut" and "it was complete" (a false alarm). [`figures`] counts them per model,
//! provider and week; [`redact`] takes out what is not for others, with a preview; [`export`] writes the files that
//! fine-tuning services and tools read. Nothing leaves the device but by an export. A case never holds a key: it is
//! built from words and counts, not from requests, and [`Case::without`] takes out keys that a text repeats.

pub mod export;
pub mod figures;
pub mod redact;

use crate::id::ChatId;
use crate::provider::Ask;
use crate::reply::{End, Usage};
use crate::watch::resume::Way;
use crate::watch::{Sign, Verdict};

/// One reply that was cut, or thought to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// See [`Case::id_of`].
    pub id: String,
    /// When it was recorded, in milliseconds since 1970.
    pub made: i64,
    /// The conversation, for the way back; empty once that was deleted.
    pub chat: ChatId,
    /// The message in it.
    pub seq: u32,
    /// The host that was asked; `demo` for the built-in model.
    pub provider: String,
    /// The model that answered.
    pub model: String,
    /// The words that were sent, with the parameters. `ask.model` is the name that was asked for.
    pub ask: Ask,
    /// Why the reply ended, normalised.
    pub end: Option<End>,
    /// The provider's own word for it.
    pub end_raw: String,
    /// Counts of the cut reply.
    pub usage: Option<Usage>,
    /// From sending to the first token, in milliseconds; 0 where unknown.
    pub waited: u32,
    /// From sending to the end, in milliseconds; 0 where unknown.
    pub took: u32,
    /// The reply as it was cut.
    pub cut: String,
    /// The judge's certainty in percent.
    pub certainty: u8,
    /// The judge's signs, places in `cut`.
    pub signs: Vec<Sign>,
    /// How it was mended, where it was.
    pub mended: Option<Mended>,
    /// What the user says.
    pub label: Label,
    /// Whether something was taken out of the words.
    pub redacted: bool,
}

/// The whole reply, and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// The way that worked.
    pub way: Way,
    /// The whole reply.
    pub text: String,
    /// How many tries it took, those before it included.
    pub tries: u8,
    /// The model that wrote the rest.
    pub model: String,
    /// Counts of the rest.
    pub usage: Option<Usage>,
    /// From asking for the rest to its end, in milliseconds.
    pub took: u32,
}

/// What the user says of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Label {
    /// Nothing yet: a suspicion that was acted on.
    #[default]
    Open,
    /// It was cut.
    Cut,
    /// It was complete: a false alarm.
    Complete,
}

impl Label {
    /// Every label.
    pub const ALL: [Label; 3] = [Label::Open, Label::Cut, Label::Complete];

    /// The stable name: in storage and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Label::Open => "open",
            Label::Cut => "cut",
            Label::Complete => "complete",
        }
    }

    /// The label with this stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }
}

impl Case {
    /// The id of the case of a reply: there is one for each.
    pub fn id_of(chat: &ChatId, seq: u32) -> String {
        format!("{chat}-{seq}")
    }

    /// Takes over what the judge said.
    pub fn judged(mut self, verdict: &Verdict) -> Self {
        self.certainty = verdict.certainty;
        self.signs.clone_from(&verdict.signs);
        self
    }

    /// Whether the model said it was done and was not: the bad case proper. A length limit is none, nor is a lost
    /// connection, nor what the user found complete.
    pub fn is_premature(&self) -> bool {
        self.label != Label::Complete && matches!(self.end, Some(End::Complete | End::Unknown))
    }

    /// The case without these secrets, in any of the forms in which a text may repeat them. To be called with every key
    /// of every connection before a case is stored.
    pub fn without(mut self, secrets: &[&str]) -> Self {
        let spans = |text: &str| redact::secrets(text, secrets);
        self.redacted |= self.rewrite(spans);
        self
    }

    /// Rewrites every text of the case by the spans found in it; whether anything changed.
    fn rewrite(&mut self, find: impl Fn(&str) -> Vec<redact::Span>) -> bool {
        let mut changed = false;
        let mut one = |text: &mut String| {
            let spans = find(text);
            if !spans.is_empty() {
                *text = redact::apply(text, &spans);
                changed = true;
            }
        };
        one(&mut self.ask.system);
        self.ask
            .turns
            .iter_mut()
            .for_each(|turn| one(&mut turn.text));
        let before = self.cut.len();
        let spans = find(&self.cut);
        one(&mut self.cut);
        if let Some(mended) = &mut self.mended {
            one(&mut mended.text);
        }
        if before != self.cut.len() || !spans.is_empty() {
            self.move_signs(&spans);
        }
        changed
    }

    /// Moves the places of the signs to where they are after the spans were replaced.
    fn move_signs(&mut self, spans: &[redact::Span]) {
        let length = self.cut.len();
        for sign in &mut self.signs {
            sign.at = redact::moved(sign.at.start, spans, length)
                ..redact::moved(sign.at.end, spans, length);
            sign.at.end = sign.at.end.max(sign.at.start);
        }
    }
}

#[cfg(test)]
mod tests;
