//! What the chat and the second program tell each other about the rest of a reply, as text.
//!
//! The chat keeps what must not break: the request, the stream, what is stored. The second program decides: which way,
//! with which words, how the parts are joined. Rows of messages are those of [`crate::record::message`].

use crate::chat::Seq;
use crate::id::ChatId;
use crate::record::{self, Row, field};
use serde_json::json;

/// What the second program asks of the chat.
#[derive(Clone, Debug, PartialEq)]
pub enum ToChat {
    /// The reply at a place of the open conversation; the answer is a [`Shown`].
    Show(ChatId, Seq),
    /// As `Show`, but of a complete reply that is too long to be shown the words may be left out.
    Glance(ChatId, Seq),
    /// What is sent for the reply at a place; the answer is a row of [`crate::record::case::read_ask`].
    Sent(ChatId, Seq),
    /// What the next message would be sent with, as it stands in the composer; the answer is a [`Next`], or empty where
    /// there is nothing to send.
    Next,
    /// What the open conversation, or the next one, sets for itself; the answer is an [`Own`].
    Options,
    /// It shall set this for itself, a row of [`crate::record::conversation::options`]. Connection and model stay.
    Set(Row),
    /// The reply shall be as in this row, with undo and these words about it. Undo brings back the second row; an empty
    /// one stands for what is shown.
    Put(Row, String, Row),
    /// The reply shall be as in this row, whose last segment is empty, and streams on. The answer, at the end, is the
    /// row as it ended; it is not stored where nothing was added.
    Continue(Row, Send),
    /// The same question again, as a branch beside the reply at a place. The answer, at the end, is the new row.
    Again(ChatId, Seq),
    /// The reply in this row beside the one at its place, as a branch that is not shown. The answer is which
    /// branch it is, counted from 1.
    Beside(Row),
    /// The reply at a place shall stop.
    Stop(ChatId),
    /// The list shall show the conversation as one whose last reply, the one at this place, ended so.
    Mark(ChatId, Seq, String),
    /// This text shall be drawn as the prose of a reply into the element with this id.
    Draw(String, String),
}

/// The request for the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Send {
    /// What is asked, as a row.
    pub ask: Row,
    /// Another address than that of the dialect, at the same origin; empty for none.
    pub url: String,
    /// Another body than that of the dialect; empty for none.
    pub body: String,
}

/// A reply as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// The row of the message.
    pub message: Row,
    /// The question before it.
    pub prompt: String,
    /// Whether its conversation is temporary, so that nothing of it may be kept.
    pub temporary: bool,
    /// The id of the connection that would be asked now.
    pub connection: String,
    /// The model that would be asked now.
    pub model: String,
    /// How the list shows the conversation: the name of an end; empty for none.
    pub mark: String,
    /// Whether the words of the reply are left out of its row.
    pub wordless: bool,
}

/// What the chat asks of the second program.
#[derive(Clone, Debug, PartialEq)]
pub enum ToScreens {
    /// More of the rest of a reply, and whether this is all; the answer is a [`Joint`], or empty to wait for more.
    Seam(ChatId, Seq, String, bool),
    /// A reply has ended. No answer.
    Ended(ChatId, Seq),
    /// The rest of the reply at a place is wanted: the shortcut. No answer.
    Wanted(ChatId, Seq),
}

/// What the next message would be sent with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Next {
    /// What is asked, as a row of [`crate::record::case::read_ask`].
    pub ask: Row,
    /// The id of the connection.
    pub connection: String,
    /// How many messages are left out: empty, deleted, or there is no room for them.
    pub left: u32,
}

/// What a conversation sets for itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    /// A row of [`crate::record::conversation::options`].
    pub options: Row,
    /// Whether it is temporary.
    pub temporary: bool,
}

/// How the rest is joined on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joint {
    /// What is to be appended now.
    pub add: String,
    /// How many bytes of it are only put between the parts.
    pub glue: u32,
    /// What was left out, because it was there already.
    pub dropped: String,
    /// Whether the answer started over: then nothing of it belongs to this reply.
    pub branch: bool,
}

impl ToChat {
    /// As text.
    pub fn write(&self) -> String {
        let at =
            |is, chat: &ChatId, seq: Seq| json!({ "is": is, "chat": chat.as_str(), "seq": seq });
        record::write(&match self {
            ToChat::Show(chat, seq) => at("show", chat, *seq),
            ToChat::Glance(chat, seq) => at("glance", chat, *seq),
            ToChat::Sent(chat, seq) => at("sent", chat, *seq),
            ToChat::Next => json!({ "is": "next" }),
            ToChat::Options => json!({ "is": "options" }),
            ToChat::Set(options) => json!({ "is": "set", "options": options }),
            ToChat::Again(chat, seq) => at("again", chat, *seq),
            ToChat::Stop(chat) => at("stop", chat, 0),
            ToChat::Put(message, said, before) => {
                json!({ "is": "put", "message": message, "said": said, "before": before })
            }
            ToChat::Mark(chat, seq, end) => {
                json!({ "is": "mark", "chat": chat.as_str(), "seq": seq, "end": end })
            }
            ToChat::Draw(id, text) => json!({ "is": "draw", "id": id, "text": text }),
            ToChat::Beside(message) => json!({ "is": "beside", "message": message }),
            ToChat::Continue(message, send) => json!({
                "is": "continue", "message": message, "ask": send.ask, "url": send.url, "body": send.body,
            }),
        })
    }

    /// The question in a text; `None` where it is none of these.
    pub fn read(text: &str) -> Option<Self> {
        let row = record::parse(text)?;
        let (chat, seq) = place(&row);
        Some(match field::text(&row, "is").as_str() {
            "show" => ToChat::Show(chat, seq),
            "glance" => ToChat::Glance(chat, seq),
            "sent" => ToChat::Sent(chat, seq),
            "next" => ToChat::Next,
            "options" => ToChat::Options,
            "set" => ToChat::Set(inner(&row, "options")),
            "again" => ToChat::Again(chat, seq),
            "stop" => ToChat::Stop(chat),
            "put" => ToChat::Put(
                inner(&row, "message"),
                field::text(&row, "said"),
                inner(&row, "before"),
            ),
            "mark" => ToChat::Mark(chat, seq, field::text(&row, "end")),
            "draw" => ToChat::Draw(field::text(&row, "id"), field::text(&row, "text")),
            "beside" => ToChat::Beside(inner(&row, "message")),
            "continue" => ToChat::Continue(
                inner(&row, "message"),
                Send {
                    ask: inner(&row, "ask"),
                    url: field::text(&row, "url"),
                    body: field::text(&row, "body"),
                },
            ),
            _ => return None,
        })
    }
}

impl ToScreens {
    /// As text.
    pub fn write(&self) -> String {
        record::write(&match self {
            ToScreens::Seam(chat, seq, text, over) => json!({
                "is": "seam", "chat": chat.as_str(), "seq": seq, "text": text, "over": over,
            }),
            ToScreens::Ended(chat, seq) => {
                json!({ "is": "ended", "chat": chat.as_str(), "seq": seq })
            }
            ToScreens::Wanted(chat, seq) => {
                json!({ "is": "wanted", "chat": chat.as_str(), "seq": seq })
            }
        })
    }

    /// The question in a text; `None` where it is none of these.
    pub fn read(text: &str) -> Option<Self> {
        let row = record::parse(text)?;
        let (chat, seq) = place(&row);
        Some(match field::text(&row, "is").as_str() {
            "seam" => ToScreens::Seam(
                chat,
                seq,
                field::text(&row, "text"),
                field::flag(&row, "over"),
            ),
            "ended" => ToScreens::Ended(chat, seq),
            "wanted" => ToScreens::Wanted(chat, seq),
            _ => return None,
        })
    }
}

impl Shown {
    /// As text.
    pub fn write(&self) -> String {
        record::write(&json!({
            "message": self.message, "prompt": self.prompt, "temporary": self.temporary,
            "connection": self.connection, "model": self.model, "mark": self.mark, "wordless": self.wordless,
        }))
    }

    /// The reply in a text; `None` where there is none.
    pub fn read(text: &str) -> Option<Self> {
        let row = record::parse(text)?;
        Some(Self {
            message: inner(&row, "message"),
            prompt: field::text(&row, "prompt"),
            temporary: field::flag(&row, "temporary"),
            connection: field::text(&row, "connection"),
            model: field::text(&row, "model"),
            mark: field::text(&row, "mark"),
            wordless: field::flag(&row, "wordless"),
        })
    }
}

impl Next {
    /// As text.
    pub fn write(&self) -> String {
        record::write(&json!({ "ask": self.ask, "connection": self.connection, "left": self.left }))
    }

    /// What stands in a text; `None` where there is nothing to send.
    pub fn read(text: &str) -> Option<Self> {
        let row = record::parse(text)?;
        Some(Self {
            ask: inner(&row, "ask"),
            connection: field::text(&row, "connection"),
            left: field::count(&row, "left"),
        })
    }
}

impl Own {
    /// As text.
    pub fn write(&self) -> String {
        record::write(&json!({ "options": self.options, "temporary": self.temporary }))
    }

    /// What stands in a text.
    pub fn read(text: &str) -> Option<Self> {
        let row = record::parse(text)?;
        Some(Self {
            options: inner(&row, "options"),
            temporary: field::flag(&row, "temporary"),
        })
    }
}

impl Joint {
    /// As text.
    pub fn write(&self) -> String {
        record::write(
            &json!({ "add": self.add, "glue": self.glue, "dropped": self.dropped, "branch": self.branch }),
        )
    }

    /// The joint in a text; `None` where it is not settled.
    pub fn read(text: &str) -> Option<Self> {
        let row = record::parse(text)?;
        Some(Self {
            add: field::text(&row, "add"),
            glue: field::count(&row, "glue"),
            dropped: field::text(&row, "dropped"),
            branch: field::flag(&row, "branch"),
        })
    }
}

fn inner(row: &Row, name: &str) -> Row {
    field::object(row, name).cloned().unwrap_or_default()
}

fn place(row: &Row) -> (ChatId, Seq) {
    (ChatId(field::text(row, "chat")), field::count(row, "seq"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read_back() {
        let chat = || ChatId("0190-ab".into());
        let some = record::parse(r#"{"text":"雨天","seq":2}"#).unwrap_or_default();
        let send = Send {
            ask: some.clone(),
            url: "https://a.example/beta".into(),
            body: "{\"x\":1}".into(),
        };
        for question in [
            ToChat::Show(chat(), 2),
            ToChat::Glance(chat(), 2),
            ToChat::Sent(chat(), 2),
            ToChat::Next,
            ToChat::Options,
            ToChat::Set(Row::from_iter([("system".to_owned(), "kind".into())])),
            ToChat::Again(chat(), 2),
            ToChat::Stop(chat()),
            ToChat::Put(some.clone(), "taken out".into(), Row::new()),
            ToChat::Put(some.clone(), "".into(), some.clone()),
            ToChat::Mark(chat(), 2, "unknown".into()),
            ToChat::Draw("case-prose".into(), "**雨**".into()),
            ToChat::Beside(some.clone()),
            ToChat::Continue(some.clone(), send),
        ] {
            assert_eq!(ToChat::read(&question.write()), Some(question));
        }
        for question in [
            ToScreens::Seam(chat(), 4, "再看 \" 里".into(), true),
            ToScreens::Ended(chat(), 4),
            ToScreens::Wanted(chat(), 4),
        ] {
            assert_eq!(ToScreens::read(&question.write()), Some(question));
        }
        let shown = Shown {
            message: some,
            prompt: "？".into(),
            temporary: true,
            connection: "c".into(),
            model: "m".into(),
            mark: "cut".into(),
            wordless: true,
        };
        assert_eq!(Shown::read(&shown.write()), Some(shown));
        let joint = Joint {
            add: "\n里".into(),
            glue: 1,
            dropped: "再看".into(),
            branch: false,
        };
        assert_eq!(Joint::read(&joint.write()), Some(joint));
    }

    #[test]
    fn other_words_are_none_of_these() {
        for text in ["", "[]", "{}", "{\"is\":\"erase\"}", "null"] {
            assert_eq!(
                (ToChat::read(text), ToScreens::read(text)),
                (None, None),
                "{text}"
            );
        }
        assert_eq!(Joint::read(""), None);
    }
}
