//! How a reply comes about: deltas are applied in order, and at the end there is exactly one [`End`].

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
