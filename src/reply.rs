//! How a reply comes about: deltas are applied in order, and at the end there is exactly one [`End`].

use crate::cost::Money;
use crate::fault::Fault;

/// Why a reply ended. One of these for every reply that is no longer streaming.
///
/// "No finish reason" is never [`End::Complete`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// The provider said that the model was done.
    Complete,
    /// The output limit or the context window was used up.
    Length,
    /// The connection ended, or the page was closed, before the provider said anything.
    Cut,
    /// The user pressed Stop.
    Stopped,
    /// The provider withheld text.
    Filtered,
    /// The model declined.
    Refused,
    /// The provider paused a long turn.
    Paused,
    /// The model asked for a tool, which is never run.
    Tool,
    /// The provider ended the reply without one visible character.
    Empty,
    /// An error; see the message's fault.
    Error,
    /// The stream ended properly but with no reason, or with one that is not known.
    Unknown,
}

impl End {
    /// Every end, for tables and tests.
    pub const ALL: [End; 11] = [
        End::Complete,
        End::Length,
        End::Cut,
        End::Stopped,
        End::Filtered,
        End::Refused,
        End::Paused,
        End::Tool,
        End::Empty,
        End::Error,
        End::Unknown,
    ];

    /// The stable name: in storage, in `data-end`, in exports.
    pub fn name(self) -> &'static str {
        match self {
            End::Complete => "complete",
            End::Length => "length",
            End::Cut => "cut",
            End::Stopped => "stopped",
            End::Filtered => "filtered",
            End::Refused => "refused",
            End::Paused => "paused",
            End::Tool => "tool",
            End::Empty => "empty",
            End::Error => "error",
            End::Unknown => "unknown",
        }
    }

    /// The end with this stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.name() == name)
    }
}

/// Tokens that a provider reports. Zero where it reports nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Tokens of the request, cached ones included.
    pub input: u64,
    /// Tokens of the reply, reasoning included.
    pub output: u64,
    /// The part of `input` that was read from a cache.
    pub cached: u64,
    /// The part of `output` that was reasoning.
    pub reasoning: u64,
}

/// One thing that a provider can say while it replies.
#[derive(Clone, Debug, PartialEq)]
pub enum Delta {
    /// More of the answer.
    Text(String),
    /// More of the reasoning, shown apart from the answer.
    Reasoning(String),
    /// The name of the model that really answers.
    Model(String),
    /// The model asks for a tool by this name.
    Tool(String),
    /// Counts so far; each replaces the one before.
    Usage(Usage),
    /// What the provider itself says that it bills; each replaces the one before.
    Cost(Money),
    /// The provider's reason for the end, normalised and verbatim.
    Finish {
        /// The normalised end.
        end: End,
        /// The provider's own word.
        raw: String,
    },
    /// The provider's terminator (`[DONE]` and its like).
    Done,
    /// An error object in the stream.
    Error(Fault),
    /// A chunk that could not be read; it was skipped.
    Garbled,
}

/// How the stream of deltas came to its end, as the transport saw it.
#[derive(Clone, Debug, PartialEq)]
pub enum Close {
    /// The body ended without an error.
    Eof,
    /// The connection broke while the body was being read.
    Broken,
    /// The user pressed Stop.
    Stopped,
    /// The request failed; the fault says how.
    Failed(Fault),
}

/// A reply as it accumulates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// The answer, exactly as sent.
    pub text: String,
    /// The reasoning, exactly as sent.
    pub reasoning: String,
    /// Why it ended; `None` while it streams.
    pub end: Option<End>,
    /// The provider's own word for the end; empty where it gave none.
    pub end_raw: String,
    /// Counts, where the provider gave any.
    pub usage: Option<Usage>,
    /// What it costs, where the provider says so itself.
    pub cost: Option<Money>,
    /// What went wrong, where something did.
    pub fault: Option<Fault>,
    /// The model that really answered; empty where the provider did not say.
    pub model: String,
    /// The tools that the model asked for. None is ever run.
    pub tools: Vec<String>,
    /// Chunks that could not be read.
    pub garbled: u32,
    finish: Option<(End, String)>,
    done: bool,
}

impl Reply {
    /// Whether nothing has arrived that a person could read.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.reasoning.is_empty()
    }

    /// Whether text that comes now is part of the reply: after the provider's last word none is.
    pub fn goes_on(&self) -> bool {
        !self.done && self.finish.is_none() && self.fault.is_none()
    }

    /// Takes in what the provider said next. Text after its last word is not part of the reply.
    pub fn apply(&mut self, delta: Delta) {
        match delta {
            Delta::Text(_) | Delta::Reasoning(_) if !self.goes_on() => {}
            Delta::Text(text) => self.text.push_str(&text),
            Delta::Reasoning(text) => self.reasoning.push_str(&text),
            Delta::Model(model) if self.model.is_empty() => self.model = model,
            Delta::Model(_) => {}
            Delta::Tool(name) => {
                if !name.is_empty() && !self.tools.contains(&name) {
                    self.tools.push(name);
                }
            }
            Delta::Usage(usage) => self.usage = Some(usage),
            Delta::Cost(cost) => self.cost = Some(cost),
            Delta::Finish { end, raw } => {
                self.finish.get_or_insert((end, raw));
            }
            Delta::Done => self.done = true,
            Delta::Error(fault) => {
                self.fault.get_or_insert(fault);
            }
            Delta::Garbled => self.garbled += 1,
        }
    }

    /// Ends the reply. Calling it again changes nothing.
    pub fn close(&mut self, close: Close) {
        if self.end.is_some() {
            return;
        }
        if let Some((_, raw)) = &self.finish {
            self.end_raw.clone_from(raw);
        }
        let blank = self.text.trim().is_empty();
        self.end = Some(match (close, &self.finish) {
            _ if self.fault.is_some() => End::Error,
            (_, Some((End::Complete, _))) if !self.tools.is_empty() && blank => End::Tool,
            (_, Some((End::Complete, _))) if blank => End::Empty,
            (_, Some((end, _))) => *end,
            (Close::Stopped, None) => End::Stopped,
            (Close::Broken, None) => End::Cut,
            (Close::Failed(fault), None) => {
                let end = if self.is_empty() {
                    End::Error
                } else {
                    End::Cut
                };
                self.fault = Some(fault);
                end
            }
            (Close::Eof, None) if self.is_empty() && self.garbled == 0 => End::Empty,
            (Close::Eof, None) if self.done => End::Unknown,
            (Close::Eof, None) => End::Cut,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Kind;

    fn finish(end: End) -> Delta {
        Delta::Finish {
            end,
            raw: "raw".into(),
        }
    }

    fn check(deltas: &[Delta], close: Close, text: &str, end: End) {
        let mut reply = Reply::default();
        deltas.iter().cloned().for_each(|delta| reply.apply(delta));
        reply.close(close);
        assert_eq!(
            (reply.text.as_str(), reply.end),
            (text, Some(end)),
            "{deltas:?}"
        );
    }

    #[test]
    fn ends() {
        let text = || Delta::Text("hi".into());
        let fault = || Fault {
            kind: Kind::Server,
            ..Fault::default()
        };
        check(
            &[text(), finish(End::Complete), Delta::Done],
            Close::Eof,
            "hi",
            End::Complete,
        );
        check(
            &[text(), finish(End::Complete)],
            Close::Broken,
            "hi",
            End::Complete,
        );
        check(&[text(), Delta::Done], Close::Eof, "hi", End::Unknown);
        check(&[text()], Close::Eof, "hi", End::Cut);
        check(&[text()], Close::Broken, "hi", End::Cut);
        check(&[text()], Close::Stopped, "hi", End::Stopped);
        check(&[text()], Close::Failed(fault()), "hi", End::Cut);
        check(&[], Close::Failed(fault()), "", End::Error);
        check(
            &[text(), Delta::Error(fault())],
            Close::Eof,
            "hi",
            End::Error,
        );
        check(&[], Close::Eof, "", End::Empty);
        check(&[finish(End::Complete)], Close::Eof, "", End::Empty);
        check(
            &[Delta::Reasoning("hm".into()), finish(End::Complete)],
            Close::Eof,
            "",
            End::Empty,
        );
        check(
            &[Delta::Reasoning("hm".into()), finish(End::Length)],
            Close::Eof,
            "",
            End::Length,
        );
        check(
            &[Delta::Tool("save".into()), finish(End::Tool)],
            Close::Eof,
            "",
            End::Tool,
        );
        check(
            &[text(), finish(End::Complete), Delta::Text("GHOST".into())],
            Close::Eof,
            "hi",
            End::Complete,
        );
        check(
            &[text(), Delta::Done, Delta::Text("GHOST".into())],
            Close::Eof,
            "hi",
            End::Unknown,
        );
        check(
            &[text(), finish(End::Unknown)],
            Close::Eof,
            "hi",
            End::Unknown,
        );
    }
}
