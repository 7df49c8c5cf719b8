//! The memory of preferences: what the user said about themselves, where they can see and correct it.
//!
//! A [`Book`] is what is known; it comes from nothing but [`Change`]s, which are kept, so that every card has a
//! timeline and every step can be undone. Read in this order:
//! - [`Preference`] is one card; [`topic`] makes wordings of one thing meet under one key;
//! - [`hear`] reads a typed message as [`Statement`]s, and [`heard`] does with the help of the recogniser, minding what
//!   was pasted ([`Foreign`]); [`reconcile`] decides by rule what a statement does to the book:
//!   add, reinforce, supersede, except, narrow, broaden, overlay for a time, put beside under a condition, retract;
//!   or asks, where the rule is unsure or the user's own hand stands against it;
//! - [`second`] asks the connected model about what is not clear, where the user wants that;
//! - [`edit`] is what the board does, [`undo`] takes a change back, [`timeline`] tells a card's life, [`lanes`] orders
//!   the cards by [`Area`] or by kind;
//! - [`recall`] chooses what goes with a request, and writes it as quoted data.
//!
//! # Laws
//! - Applying the changes in their order gives the book.
//! - Saying the same again adds support and nothing else.
//! - Nothing is destroyed but by [`Edit::Erase`], which leaves a hash so that the message is not learned again.
//! - Only what the user typed is written; all else is offered, and written by a click. What is not clear in what was
//!   typed waits as [`Status::Proposed`].

mod area;
mod book;
mod bring;
mod change;
mod edit;
mod foreign;
mod gate;
mod hear;
mod heard;
mod kinds;
mod lanes;
mod lists;
mod merge;
mod preference;
mod recall;
pub mod second;
mod section;
mod slot;
mod statement;
#[cfg(test)]
mod tests;
mod timeline;
pub mod topic;
mod until;
mod wire;
pub mod wish;

pub use area::Area;
pub use book::{Book, Clash, Use};
pub use bring::{Standing, bring, standing};
pub use change::{Act, Change, Event, purge, undo};
pub use edit::{Answer, Edit, Refusal, edit, expire, write};
pub use foreign::{Foreign, Way};
pub use gate::{LONGEST, line, tomb};
pub use hear::hear;
pub use heard::{Heard, convert, heard, offer, taught};
pub use kinds::{Kind, Origin, Polarity, Scope, Status};
pub use lanes::{Areas, By, Head, Lane, Range, Row, View, lanes, waiting};
pub use merge::{Doubt, Outcome, Question, learn, reconcile};
pub use preference::{PrefId, Preference, Said};
pub use recall::{BUDGET, Chosen, Costs, Place, Recalled, Why, cost, recall, rewrite};
pub use slot::Slot;
pub use statement::{Cue, Duration, Source, Statement};
pub use timeline::{Moment, as_of, timeline};
pub use wire::{Section, Sent, ToMemory};
pub use wish::Wish;
