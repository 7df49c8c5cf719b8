//! The life of one preference, as its card tells it.

use super::{Act, Change, Event, PrefId, Preference, Said};

/// One moment in a preference's life.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The event's place in the log.
    pub number: u32,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What was done.
    pub act: Act,
    /// The preference after it; `None` where an undo removed it.
    pub after: Option<Preference>,
    /// The words that caused it, with where they were said; `None` for what the board or time did.
    pub cause: Option<Said>,
}

/// The moments of a preference, first to last. `events` is the log in its order.
pub fn timeline(events: &[Event], id: &PrefId) -> Vec<Moment> {
    events
        .iter()
        .filter_map(|event| moment(event, id))
        .collect()
}

/// A preference as it was at a time; `None` where the log tells nothing of it by then.
pub fn as_of(events: &[Event], id: &PrefId, at: i64) -> Option<Preference> {
    let moments = timeline(events, id);
    moments.into_iter().rfind(|moment| moment.at <= at)?.after
}

fn moment(event: &Event, id: &PrefId) -> Option<Moment> {
    let Change::Put { act, before, after } = &event.change else {
        return None;
    };
    let of = |prefs: &[Preference]| prefs.iter().find(|pref| pref.id == *id).cloned();
    let (was, is) = (of(before), of(after));
    if was.is_none() && is.is_none() {
        return None;
    }
    Some(Moment {
        number: event.number,
        at: event.at,
        act: *act,
        cause: cause(before, after),
        after: is,
    })
}

/// The saying that is new in a change, on this card or on the one that took its place, or that takes it back.
fn cause(before: &[Preference], after: &[Preference]) -> Option<Said> {
    let old = |pref: &Preference| before.iter().find(|old| old.id == pref.id);
    after.iter().find_map(|pref| {
        let old = old(pref);
        if pref.said.len() > old.map_or(0, |old| old.said.len()) {
            return pref.said.last().cloned();
        }
        let unsaid = old.and_then(|old| old.unsaid.as_ref());
        pref.unsaid
            .clone()
            .filter(|said| unsaid != Some(said) || pref.status == super::Status::Retracted)
    })
}
