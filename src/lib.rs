//! # Viewfinder: where to start
//!
//! One package, two halves. The pure core below compiles everywhere and is tested on the host;
//! `web`, the browser shell, exists for `wasm32` only.
//!
//! Read in this order:
//! - [`chat`]: what a conversation is: messages in a tree, branches, deletion with undo.
//! - [`reply`]: how a reply comes about: [`reply::Delta`]s in, one closed [`reply::End`] out.
//! - [`fault`]: everything that can go wrong with a request, each with a sentence and an action.
//! - [`sse`] and [`provider`]: bytes from a server to deltas, and a question to a plain HTTP request.
//! - [`doctor`]: what is wrong with a connection, as far as a browser can know.
//! - [`lock`]: keys behind a passphrase: the stored form, and what the programs ask each other about it.
//! - [`prompt`] and [`tokens`]: what is sent, what is left out or summarised and why, and how much it is.
//! - [`cost`]: what a reply costs, by reply, day and model; budgets; the estimate fitted to what providers report.
//! - [`watch`]: whether a reply is cut, how to get the rest and join it on.
//! - [`badcase`]: the log of such replies: figures, redaction, exports.
//! - [`text`] and [`markdown`]: text to a closed tree of blocks, incrementally while it streams.
//! - [`search`]: which messages a query finds, and the words around the hit; all of them in memory.
//! - [`highlight`], [`formula`] and [`helper`]: what the worker does, and how the page asks it.
//! - [`guide`]: what is being asked, what the text says already and what it lacks; the frames as data.
//! - [`memory`]: what the user said about themselves: topics, rules, the board, what goes with a question.
//! - [`intent`]: which preferences a typed message states.
//! - [`settings`], [`route`] and [`i18n`]: what a person can set, where the page is, every word of it.
//! - [`record`] and [`archive`]: the shapes that are stored, and the backup file.
//! - `web`: the page: [`app`](../src/web/app.rs) is its state, `turn` is a reply being received, `ui` the views;
//!   `screens` and `worker` are the two programs beside it. `places` is what `screens` draws inside the chat, `bridge` how
//!   the two ask each other, `remember` and `rest` what `screens` answers about preferences and unfinished replies,
//!   `aside` and `summary` what it asks a model beside the conversation.
//!
//! # Invariants
//! - The core does no IO, has no clock and no randomness, and does not fail on user or model text.
//! - No HTML string is ever built for the page; the tree becomes DOM nodes.
//! - A message's place is its sequence number, never a clock.
//! - Stored shapes ([`record`]) are not domain types; only they derive `Serialize`.
//! - The programs of the page share no memory; IndexedDB is the truth and a notice says what to read again.
//! - A key leaves the browser in one header, to the origin that was configured, and never across a redirect.

pub mod archive;
pub mod badcase;
pub mod chat;
pub mod cost;
pub mod doctor;
pub mod fault;
pub mod formula;
pub mod guide;
pub mod helper;
pub mod highlight;
pub mod i18n;
pub mod id;
pub mod intent;
pub mod lock;
pub mod markdown;
pub mod memory;
pub mod prompt;
pub mod provider;
pub mod record;
pub mod reply;
pub mod route;
pub mod search;
pub mod settings;
pub mod sse;
pub mod text;
pub mod tokens;
pub mod watch;
#[cfg(target_arch = "wasm32")]
pub mod web;
