//! What the user does on the board. The user's own hand outranks everything: an edit never asks.

use super::merge::supersede;
use super::{
    Act, Book, Change, Cue, Kind, Origin, Outcome, PrefId, Preference, Said, Scope, Slot, Source,
    Statement,
};
use super::{Status, gate, reconcile, tomb, topic};

/// One gesture on the board.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// How much: −2 to 2.
    Strength(PrefId, i8),
    /// What about.
    Topic(PrefId, String),
    /// What it is.
    Kind(PrefId, Kind),
    /// When or where; empty for always.
    Condition(PrefId, String),
    /// Where it holds.
    Scope(PrefId, Scope),
    /// Until when, in milliseconds since 1970; `None` for ever.
    Until(PrefId, Option<i64>),
    /// Pinned or not.
    Pin(PrefId, bool),
    /// Makes two cards one; the first stays.
    Merge(PrefId, PrefId),
    /// Makes one card several, each with one of these topics.
    Split(PrefId, Vec<String>),
    /// Takes back, or turns a proposal down.
    Retract(PrefId),
    /// Stays as it is, though something said since wants it taken back.
    Keep(PrefId),
    /// Makes active again what was superseded, retracted or expired.
    Restore(PrefId),
    /// Answers a proposal.
    Accept(PrefId, Answer),
    /// Erases for good, with every word. The log must be rewritten with [`super::purge`].
    Erase(Vec<PrefId>),
}

/// The answer to a proposal, and to the question that it may stand for.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// In the place of what it speaks against, if anything.
    Replace,
    /// Both hold.
    Both,
    /// Both hold, this one under a condition.
    When(String),
}

/// Why an edit does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such preference, or not in a status that allows it.
    Missing,
    /// Nothing would be left: no topic, or fewer than two parts.
    Empty,
    /// It is so already.
    Same,
}

/// The change that a gesture makes.
///
/// `now` is in milliseconds since 1970; `random` makes the ids of the parts of a split.
///
/// # Errors
/// A [`Refusal`] where it would change nothing.
pub fn edit(book: &Book, edit: &Edit, now: i64, random: [u8; 10]) -> Result<Change, Refusal> {
    match edit {
        Edit::Strength(id, strength) => {
            set(book, id, |pref| pref.strength = (*strength).clamp(-2, 2))
        }
        Edit::Topic(id, text) => {
            let text = gate::line(text);
            let key = topic::key(&text);
            if key.is_empty() {
                return Err(Refusal::Empty);
            }
            set(book, id, |pref| name(pref, text, key))
        }
        Edit::Kind(id, kind) => set(book, id, |pref| pref.kind = *kind),
        Edit::Condition(id, text) => set(book, id, |pref| pref.condition = gate::line(text)),
        Edit::Scope(id, scope) => set(book, id, |pref| pref.scope = scope.clone()),
        Edit::Until(id, until) => set(book, id, |pref| pref.until = *until),
        Edit::Pin(id, pinned) => {
            let old = find(book, id)?;
            put(Act::Edit, old, |pref| pref.pinned = *pinned)
        }
        Edit::Merge(keep, other) => merge(book, keep, other),
        Edit::Split(id, topics) => split(book, id, topics, now, random),
        Edit::Retract(id) => {
            let old = find(book, id)
                .ok()
                .filter(|pref| is_open(pref))
                .ok_or(Refusal::Missing)?;
            put(Act::Retract, old, |pref| pref.status = Status::Retracted)
        }
        Edit::Keep(id) => put(Act::Edit, find(book, id)?, |pref| {
            if pref.is_asked_back() {
                pref.unsaid = None;
            }
        }),
        Edit::Restore(id) => restore(book, id, now),
        Edit::Accept(id, answer) => accept(book, id, answer, now),
        Edit::Erase(ids) => erase(book, ids),
    }
}

/// The change that ends what is past its time; `None` where nothing is.
pub fn expire(book: &Book, now: i64) -> Option<Change> {
    let over = |pref: &&Preference| pref.status == Status::Active && !pref.holds(now);
    let before: Vec<Preference> = book.all().filter(over).cloned().collect();
    let mut after = before.clone();
    for pref in &mut after {
        pref.status = Status::Expired;
    }
    let act = Act::Expire;
    (!before.is_empty()).then_some(Change::Put { act, before, after })
}

/// A sentence written on the board: as heard, but by the user's hand, so that a doubt is decided for it.
pub fn write(book: &Book, statement: &Statement, source: &Source, now: i64) -> Vec<Change> {
    let source = Source {
        origin: Origin::Board,
        ..source.clone()
    };
    let statement = Statement {
        cue: if statement.cue == Cue::None {
            Cue::Correct
        } else {
            statement.cue
        },
        ..statement.clone()
    };
    let question = match reconcile(book, &statement, &source, now) {
        Outcome::Done(changes) => return changes,
        Outcome::Ask(question) => question,
    };
    let Change::Put { before, after, .. } = question.proposal else {
        return Vec::new();
    };
    let Some(mut new) = after.into_iter().next() else {
        return Vec::new();
    };
    if new.id == question.with {
        new.status = Status::Retracted;
        let (act, after) = (Act::Retract, vec![new]);
        return vec![Change::Put { act, before, after }];
    }
    new.status = Status::Active;
    new.against = None;
    let old = book.get(&question.with).cloned();
    vec![supersede(Act::Supersede, old.into_iter().collect(), new)]
}

fn find<'b>(book: &'b Book, id: &PrefId) -> Result<&'b Preference, Refusal> {
    book.get(id).ok_or(Refusal::Missing)
}

/// Active or waiting.
fn is_open(pref: &Preference) -> bool {
    matches!(pref.status, Status::Active | Status::Proposed)
}

fn put(
    act: Act,
    old: &Preference,
    change: impl FnOnce(&mut Preference),
) -> Result<Change, Refusal> {
    let mut new = old.clone();
    change(&mut new);
    if new == *old {
        return Err(Refusal::Same);
    }
    Ok(Change::Put {
        act,
        before: vec![old.clone()],
        after: vec![new],
    })
}

fn set(book: &Book, id: &PrefId, change: impl FnOnce(&mut Preference)) -> Result<Change, Refusal> {
    let old = find(book, id)?;
    let mut new = old.clone();
    change(&mut new);
    if new == *old {
        return Err(Refusal::Same);
    }
    put(Act::Edit, old, |pref| {
        *pref = new;
        pref.edited = true;
    })
}

/// A new topic. A slot that the topic filled by itself follows it.
fn name(pref: &mut Preference, topic: String, key: String) {
    if matches!(pref.slot, Some(Slot::Style(_))) {
        pref.slot = Slot::of_topic(&key);
    }
    pref.topic = topic;
    pref.key = key;
}

fn merge(book: &Book, keep: &PrefId, other: &PrefId) -> Result<Change, Refusal> {
    if keep == other {
        return Err(Refusal::Same);
    }
    let (kept, gone) = (find(book, keep)?, find(book, other)?);
    if !is_open(kept) || !is_open(gone) {
        return Err(Refusal::Missing);
    }
    let mut whole = kept.clone();
    whole.said.extend(
        gone.said
            .iter()
            .filter(|said| !kept.said.contains(said))
            .cloned(),
    );
    whole.said.sort_by_key(|said| said.at);
    whole.first_seen = kept.first_seen.min(gone.first_seen);
    whole.last_seen = kept.last_seen.max(gone.last_seen);
    whole.status = Status::Active;
    whole.pinned |= gone.pinned;
    whole.edited = true;
    let mut change = supersede(Act::Merge, vec![gone.clone()], whole);
    if let Change::Put { before, .. } = &mut change {
        before.push(kept.clone());
    }
    Ok(change)
}

fn split(
    book: &Book,
    id: &PrefId,
    topics: &[String],
    now: i64,
    random: [u8; 10],
) -> Result<Change, Refusal> {
    let old = find(book, id)
        .ok()
        .filter(|pref| is_open(pref))
        .ok_or(Refusal::Missing)?;
    let mut after = vec![old.clone()];
    for text in topics {
        let text = gate::line(text);
        let key = topic::key(&text);
        if key.is_empty() || after.iter().skip(1).any(|part| part.key == key) {
            continue;
        }
        let mut part = Preference {
            supersedes: vec![old.id.clone()],
            edited: true,
            ..old.clone()
        };
        part.id = fresh(book, &after, now, random);
        name(&mut part, text, key);
        after.push(part);
    }
    let [whole, first, _, ..] = after.as_mut_slice() else {
        return Err(Refusal::Empty);
    };
    whole.status = Status::Superseded;
    whole.superseded_by = Some(first.id.clone());
    Ok(Change::Put {
        act: Act::Split,
        before: vec![old.clone()],
        after,
    })
}

fn fresh(book: &Book, more: &[Preference], now: i64, mut random: [u8; 10]) -> PrefId {
    loop {
        let id = PrefId::new(now, random);
        if book.get(&id).is_none() && more.iter().all(|pref| pref.id != id) {
            return id;
        }
        super::merge::next(&mut random);
    }
}

/// Active again, and what had taken its place steps back. What is past its time holds for ever now.
fn restore(book: &Book, id: &PrefId, now: i64) -> Result<Change, Refusal> {
    let old = find(book, id)?;
    if is_open(old) {
        return Err(Refusal::Same);
    }
    let mut new = old.clone();
    new.status = Status::Active;
    new.superseded_by = None;
    new.unsaid = None;
    new.until = new.until.filter(|until| now <= *until);
    new.edited = true;
    let successor = old.superseded_by.as_ref().and_then(|id| book.get(id));
    let back: Vec<Preference> = successor
        .into_iter()
        .filter(|pref| is_open(pref))
        .cloned()
        .collect();
    let mut change = supersede(Act::Restore, back, new);
    if let Change::Put { before, .. } = &mut change {
        before.push(old.clone());
    }
    Ok(change)
}

fn accept(book: &Book, id: &PrefId, answer: &Answer, now: i64) -> Result<Change, Refusal> {
    let old = find(book, id)?;
    if old.status != Status::Proposed {
        return Err(Refusal::Missing);
    }
    let mut new = old.clone();
    new.status = Status::Active;
    new.against = None;
    new.last_seen = new.last_seen.max(now);
    if let Answer::When(condition) = answer {
        new.condition = gate::line(condition);
    }
    let rival = old.against.as_ref().and_then(|id| book.get(id));
    let rival = rival.filter(|pref| pref.status == Status::Active && *answer == Answer::Replace);
    let mut change = supersede(Act::Accept, rival.into_iter().cloned().collect(), new);
    if let Change::Put { before, .. } = &mut change {
        before.push(old.clone());
    }
    Ok(change)
}

fn erase(book: &Book, ids: &[PrefId]) -> Result<Change, Refusal> {
    let found: Vec<&Preference> = ids.iter().filter_map(|id| book.get(id)).collect();
    if found.is_empty() {
        return Err(Refusal::Missing);
    }
    let hash = |said: &Said| tomb(&said.chat, said.seq, &said.words);
    let mut tombs: Vec<u64> = found
        .iter()
        .flat_map(|pref| pref.said.iter().chain(&pref.unsaid).map(hash))
        .collect();
    tombs.sort_unstable();
    tombs.dedup();
    Ok(Change::Erase {
        ids: found.iter().map(|pref| pref.id.clone()).collect(),
        tombs,
    })
}
