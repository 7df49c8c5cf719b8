//! What the chat asks the second program about the memory, as text.

use super::PrefId;
use crate::chat::Seq;
use crate::id::ChatId;
use crate::record::{self, Row, field};
use serde_json::{Value, json};
use std::ops::Range;

/// A question of the chat.
#[derive(Clone, Debug, PartialEq)]
pub enum ToMemory {
    /// A message of the user was stored; what does it teach? No answer.
    Learn {
        /// The conversation.
        chat: ChatId,
        /// The message's place.
        seq: Seq,
        /// The words.
        text: String,
        /// The bytes of the words that were not typed.
        foreign: Vec<Range<usize>>,
        /// The id of the connection that the message goes to.
        connection: String,
        /// The model that it goes to.
        model: String,
    },
    /// What of the memory goes with a question? The answer is a [`Section`].
    Recall {
        /// The conversation.
        chat: ChatId,
        /// The question's place. What was learned from it stands in it, and need not go along.
        seq: Seq,
        /// The question.
        text: String,
        /// Whether it is sent now, so that the use is counted; otherwise it is only looked at.
        now: bool,
        /// What went with it then, and when: that is told once more, in place of what would go now.
        was: Option<(Sent, i64)>,
    },
}

/// What goes with a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// The section of the system message; empty for none.
    pub text: String,
    /// Which preferences, with the tokens of each.
    pub sent: Sent,
}

/// The preferences that went with a request, as they are kept with the reply. No words: those are the board's, and an
/// erasure must reach them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Which, with the estimated tokens of each.
    pub prefs: Vec<(PrefId, u32)>,
    /// The estimated tokens of the whole section.
    pub tokens: u32,
}

impl ToMemory {
    /// As text.
    pub fn write(&self) -> String {
        record::write(&match self {
            ToMemory::Learn {
                chat,
                seq,
                text,
                foreign,
                connection,
                model,
            } => {
                let foreign: Vec<[usize; 2]> = foreign.iter().map(|r| [r.start, r.end]).collect();
                json!({
                    "is": "learn", "chat": chat.as_str(), "seq": seq, "text": text, "foreign": foreign,
                    "connection": connection, "model": model,
                })
            }
            ToMemory::Recall {
                chat,
                seq,
                text,
                now,
                was,
            } => {
                let at = was.as_ref().map_or(0, |(_, at)| *at);
                let sent = was.as_ref().map(|(sent, _)| sent.write());
                json!({
                    "is": "recall", "chat": chat.as_str(), "seq": seq, "text": text, "now": now,
                    "sent": sent, "at": at,
                })
            }
        })
    }

    /// The question in a text; `None` where it is none of these.
    pub fn read(text: &str) -> Option<Self> {
        let row = record::parse(text)?;
        let chat = ChatId(field::text(&row, "chat"));
        let words = field::text(&row, "text");
        Some(match field::text(&row, "is").as_str() {
            "learn" => ToMemory::Learn {
                chat,
                seq: field::count(&row, "seq"),
                foreign: field::list(&row, "foreign")
                    .iter()
                    .filter_map(range)
                    .collect(),
                text: words,
                connection: field::text(&row, "connection"),
                model: field::text(&row, "model"),
            },
            "recall" => ToMemory::Recall {
                chat,
                seq: field::count(&row, "seq"),
                text: words,
                now: field::flag(&row, "now"),
                was: field::object(&row, "sent")
                    .map(|sent| (Sent::read(sent), field::int(&row, "at"))),
            },
            _ => return None,
        })
    }
}

impl Section {
    /// As text.
    pub fn write(&self) -> String {
        record::write(&json!({ "text": self.text, "sent": self.sent.write() }))
    }

    /// The section in a text; `None` where there is none.
    pub fn read(text: &str) -> Option<Self> {
        let row = record::parse(text)?;
        Some(Self {
            text: field::text(&row, "text"),
            sent: field::object(&row, "sent")
                .map(Sent::read)
                .unwrap_or_default(),
        })
    }
}

impl Sent {
    /// As an object of a row.
    pub fn write(&self) -> Row {
        let one = |(id, tokens): &(PrefId, u32)| json!({ "id": id.as_str(), "tokens": tokens });
        let mut row = Row::new();
        row.insert("prefs".into(), self.prefs.iter().map(one).collect());
        row.insert("tokens".into(), self.tokens.into());
        row
    }

    /// The preferences in an object of a row.
    pub fn read(row: &Row) -> Self {
        let one = |value: &Value| {
            let row = value.as_object()?;
            let id = field::text(row, "id");
            (!id.is_empty()).then(|| (PrefId(id), field::count(row, "tokens")))
        };
        Self {
            prefs: field::list(row, "prefs").iter().filter_map(one).collect(),
            tokens: field::count(row, "tokens"),
        }
    }
}

fn range(value: &Value) -> Option<Range<usize>> {
    let at = |place: usize| usize::try_from(value.get(place)?.as_u64()?).ok();
    Some(at(0)?..at(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read_back() {
        let chat = || ChatId("0190-ab".into());
        for question in [
            ToMemory::Learn {
                chat: chat(),
                seq: 3,
                text: "我喜欢\n\"雨\"".into(),
                foreign: vec![0..3, 5..9],
                connection: "c".into(),
                model: "m".into(),
            },
            ToMemory::Recall {
                chat: chat(),
                seq: 5,
                text: "周末去哪？".into(),
                now: true,
                was: None,
            },
            ToMemory::Recall {
                chat: chat(),
                seq: 5,
                text: "周末去哪？".into(),
                now: false,
                was: Some((
                    Sent {
                        prefs: vec![(PrefId("a".into()), 7)],
                        tokens: 31,
                    },
                    1_790_000_000_000,
                )),
            },
        ] {
            assert_eq!(ToMemory::read(&question.write()), Some(question));
        }
        let section = Section {
            text: "<memory>\n".into(),
            sent: Sent {
                prefs: vec![(PrefId("a".into()), 7)],
                tokens: 31,
            },
        };
        assert_eq!(Section::read(&section.write()), Some(section));
    }

    #[test]
    fn other_words_are_none_of_these() {
        for text in ["", "[]", "{}", "{\"is\":\"erase\"}", "null"] {
            assert_eq!(ToMemory::read(text), None, "{text}");
        }
        assert_eq!(Section::read(""), None);
    }
}
