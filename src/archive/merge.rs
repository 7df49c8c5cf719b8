//! What a restored conversation does to the one that is there.

use super::Bundle;
use crate::id::ChatId;
use crate::record::{Row, conversation, message};
use std::collections::BTreeMap;

/// What to do with one conversation of a backup. Nothing that is there is ever overwritten.
#[derive(Clone, Debug, PartialEq)]
pub enum Merge {
    /// All of it is there already.
    Skip,
    /// It is not there, or only its beginning is: put these rows.
    Put(Bundle),
    /// Both went on differently: the backup's becomes a conversation of its own, with these rows.
    Copy(Bundle),
}

/// Compares a conversation of a backup with the stored one of the same id.
///
/// `new_id` and `mark`, which is added to the title, are for the case that both went on differently.
pub fn merge(incoming: Bundle, stored: Option<&Bundle>, new_id: &ChatId, mark: &str) -> Merge {
    let Some(stored) = stored else {
        return Merge::Put(incoming);
    };
    let new = contains(&incoming.messages, &stored.messages);
    let old = contains(&stored.messages, &incoming.messages);
    match (new, old) {
        (_, true) => Merge::Skip,
        (true, false) => Merge::Put(extend(incoming, stored)),
        (false, false) => Merge::Copy(copy(incoming, new_id, mark)),
    }
}

/// Whether each of `part` is in `whole`, equal in every field but the count of changes.
fn contains(whole: &[Row], part: &[Row]) -> bool {
    let whole: BTreeMap<u32, &Row> = whole.iter().map(|row| (message::seq(row), row)).collect();
    let same = |row: &Row| {
        whole
            .get(&message::seq(row))
            .is_some_and(|other| equal(row, other))
    };
    part.iter().all(same)
}

fn equal(a: &Row, b: &Row) -> bool {
    let fields = |row: &'_ Row| row.len() - usize::from(row.contains_key("rev"));
    fields(a) == fields(b)
        && a.iter()
            .filter(|(name, _)| *name != "rev")
            .all(|(name, value)| b.get(name) == Some(value))
}

/// The backup goes on where the stored one stops; what the user set here stays.
fn extend(mut incoming: Bundle, stored: &Bundle) -> Bundle {
    let here = conversation::read(&stored.conversation);
    let mut there = conversation::read(&incoming.conversation);
    if here.named {
        there.title = here.title;
        there.named = true;
    }
    there.pinned = here.pinned;
    there.options = here.options;
    there.next = there.next.max(here.next);
    incoming.conversation = conversation::write(&there, &incoming.conversation);
    incoming.draft = stored.draft.clone().or(incoming.draft);
    incoming
}

fn copy(mut incoming: Bundle, id: &ChatId, mark: &str) -> Bundle {
    let mut conversation = conversation::read(&incoming.conversation);
    conversation.id = id.clone();
    conversation.title.push_str(mark);
    conversation.named = true;
    incoming.conversation = conversation::write(&conversation, &incoming.conversation);
    for row in incoming.messages.iter_mut().chain(&mut incoming.draft) {
        row.insert("chat".into(), id.as_str().into());
    }
    incoming
}
