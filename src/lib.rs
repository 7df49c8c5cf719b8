//! # Viewfinder: where to start
//!
//! One package, two halves. The pure core below compiles everywhere and is tested on the host;
//! [`web`], the browser shell, exists for `wasm32` only.
//!
//! Read in this order:
//! - [`chat`]: what a conversation is: messages in a tree, branches, deletion with undo.
//! - [`reply`]: how a reply comes about: [`reply::Delta`]s in, one closed [`reply::End`] out.
//! - [`fault`]: everything that can go wrong with a request, each with a sentence and an action.
//! - [`sse`] and [`provider`]: bytes from a server to deltas, and a question to a plain HTTP request.
//! - [`markdown`]: text to a closed tree of blocks, incrementally while it streams.
//!
//! # Invariants
//! - The core does no IO, has no clock and no randomness, and does not fail on user or model text.
//! - No HTML string is ever built for the page; the tree becomes DOM nodes.
//! - A message's place is its sequence number, never a clock.
//! - Stored shapes ([`record`]) are not domain types; only they derive `Serialize`.

pub mod chat;
pub mod fault;
pub mod id;
pub mod markdown;
pub mod provider;
pub mod reply;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod web;
