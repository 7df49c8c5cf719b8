//! What a conversation is: messages in a tree, one branch of it shown, deletion with undo.
//!
//! A message's place is its sequence number, given out by its conversation and never reused.
//! A parent's number is always smaller than its children's, so the shown branch can be read
//! backwards from its leaf in pages, without reading the whole conversation.

pub mod choice;
mod segment;
pub mod summary;
mod title;
mod tree;

use crate::cost::Money;
use crate::fault::Fault;
use crate::id::ChatId;
use crate::memory::Sent;
use crate::reply::{End, Reply, Usage};
use crate::settings::Middle;

pub use segment::Segment;
pub use summary::Summary;
pub use title::title_from;
pub use tree::{path, within_reach};

/// A place in a conversation. The first message has 1; 0 stands before it.
pub type Seq = u32;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The person.
    User,
    /// The model.
    Assistant,
}

impl Role {
    /// The stable name: in storage, in `data-role`, in requests.
    pub fn name(self) -> &'static str {
        match self {
            Role::User => "user",
            Role::Assistant => "assistant",
        }
    }
}

/// A conversation without its messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversation {
    /// Its id.
    pub id: ChatId,
    /// Its title; empty until the first message.
    pub title: String,
    /// Whether the user named it, so that no message renames it.
    pub named: bool,
    /// Whether it is kept on top of the list.
    pub pinned: bool,
    /// When it was made, in milliseconds since 1970.
    pub created: i64,
    /// When it last changed, in milliseconds since 1970. For the list's order only.
    pub updated: i64,
    /// The number that the next message gets; 1 in an empty conversation.
    pub next: Seq,
    /// The last message of the shown branch; 0 where there is none.
    pub leaf: Seq,
    /// Where the tree branches.
    pub forks: Vec<Fork>,
    /// What this conversation sets for itself.
    pub options: Options,
    /// Why the last reply ended, for the mark in the list. Where it says that it is complete and does not look it, this is
    /// [`End::Unknown`]; where the user says that it is, [`End::Complete`].
    pub last_end: Option<End>,
    /// What its replies cost, those that are gone included; one amount for each currency.
    pub spent: Vec<Money>,
}

/// A message with more than one continuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The message before the branches; 0 where the first message has branches.
    pub parent: Seq,
    /// The branches, oldest first; at least two.
    pub branches: Vec<Branch>,
}

/// One continuation of a fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its first message.
    pub head: Seq,
    /// Its last message when it was left. Stale for the branch that is shown.
    pub leaf: Seq,
}

/// What a conversation sets for itself; empty and `None` follow the defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The connection's id.
    pub connection: String,
    /// The model's name.
    pub model: String,
    /// 0 to 2.
    pub temperature: Option<f64>,
    /// Most tokens of a reply.
    pub max_output: Option<u32>,
    /// The system prompt.
    pub system: String,
    /// Whether it neither reads nor writes memory.
    pub forgetful: bool,
    /// What becomes of older messages that have no room.
    pub middle: Option<Middle>,
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its conversation.
    pub chat: ChatId,
    /// Its place.
    pub seq: Seq,
    /// The message before it; 0 for none.
    pub parent: Seq,
    /// Who speaks.
    pub role: Role,
    /// The words.
    pub text: String,
    /// The reasoning of a reply.
    pub reasoning: String,
    /// Why a reply ended; `None` while it streams, and for the user's messages.
    pub end: Option<End>,
    /// The provider's own word for the end.
    pub end_raw: String,
    /// Whether its page was closed or loaded again before the end: no connection was lost.
    pub left: bool,
    /// What went wrong.
    pub fault: Option<Fault>,
    /// The tools that the model asked for.
    pub tools: Vec<String>,
    /// Chunks of the reply that could not be read.
    pub garbled: u32,
    /// The connection's name when it was asked.
    pub connection: String,
    /// The model that answered.
    pub model: String,
    /// Counts of the provider.
    pub usage: Option<Usage>,
    /// What it cost, where the price was known; estimated where `usage` is not there.
    pub cost: Option<Money>,
    /// The message at which begins what was sent for this reply; 0 where nothing was left out for want of room.
    pub since: Seq,
    /// When it was made, in milliseconds since 1970. Shown, never used for order.
    pub created: i64,
    /// From sending to the end, in milliseconds; 0 while it streams and for the user's messages.
    pub took: u32,
    /// From sending to the first token, in milliseconds; 0 where unknown.
    pub waited: u32,
    /// Whether a person changed a reply's text.
    pub edited: bool,
    /// Whether it is sent even where what is around it has no room.
    pub pinned: bool,
    /// Whether it was deleted. It keeps its place, and its words until the undo is over.
    pub deleted: bool,
    /// The continuations of a reply that had been cut, in the order of the text.
    pub segments: Vec<Segment>,
    /// The preferences that went with the question of a reply.
    pub sent: Option<Sent>,
    /// What can stand for this message and those before it, where they have no room.
    pub summary: Option<Summary>,
    /// Counts changes, so that tabs see which copy is newer.
    pub rev: u32,
}

impl Message {
    /// An empty message at a place.
    pub fn new(role: Role, seq: Seq, parent: Seq) -> Self {
        Self {
            chat: ChatId::default(),
            seq,
            parent,
            role,
            text: String::new(),
            reasoning: String::new(),
            end: None,
            end_raw: String::new(),
            left: false,
            fault: None,
            tools: Vec::new(),
            garbled: 0,
            connection: String::new(),
            model: String::new(),
            usage: None,
            cost: None,
            since: 0,
            created: 0,
            took: 0,
            waited: 0,
            edited: false,
            pinned: false,
            deleted: false,
            segments: Vec::new(),
            sent: None,
            summary: None,
            rev: 0,
        }
    }

    /// Takes over what `reply` has so far; its model only where the provider named one.
    pub fn adopt(&mut self, reply: &Reply) {
        self.text.clone_from(&reply.text);
        self.reasoning.clone_from(&reply.reasoning);
        self.end = reply.end;
        self.end_raw.clone_from(&reply.end_raw);
        self.left = false;
        self.fault.clone_from(&reply.fault);
        self.tools.clone_from(&reply.tools);
        self.garbled = reply.garbled;
        self.usage = reply.usage;
        if !reply.model.is_empty() {
            self.model.clone_from(&reply.model);
        }
    }

    /// Whether there is anything of it to send: it was not deleted, has words, and all of them have come.
    pub fn has_words(&self) -> bool {
        !self.deleted && !self.text.trim().is_empty() && !self.is_streaming()
    }

    /// Whether this is a reply that still streams, here or in another tab.
    pub fn is_streaming(&self) -> bool {
        self.role == Role::Assistant && self.end.is_none()
    }
}
