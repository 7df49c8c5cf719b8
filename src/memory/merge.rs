//! What a statement does to the book, decided by rule.
//!
//! A statement can only meet preferences of the same topic, of a topic that holds it or that it holds, or of the same
//! slot, in the same scope. Nothing else is touched, however much it sounds like a contradiction.

mod decide;
mod target;

use super::{
    Act, Book, Change, Cue, Kind, PrefId, Preference, Slot, Source, Statement, Status, gate, hear,
    topic, until::until,
};

/// What comes of a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// These changes, in order; none where there is nothing to learn.
    Done(Vec<Change>),
    /// The rule is unsure: the user is asked, and nothing active changes meanwhile.
    Ask(Question),
}

/// A question to the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The preference that the statement speaks against.
    pub with: PrefId,
    /// Why it is not decided.
    pub why: Doubt,
    /// Puts the statement on the board as proposed, to be answered there or under the message by
    /// [`super::Edit::Accept`]. Where the question is whether to take `with` back, notes on it what asks for that, to be
    /// answered by [`super::Edit::Retract`] or [`super::Edit::Keep`].
    pub proposal: Change,
}

/// Why a statement is not decided by rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The user pinned or edited what it speaks against.
    Guarded,
    /// The topics are written alike, and may be the same or not.
    Alike,
    /// It speaks against an allergy or another boundary.
    Boundary,
}

/// Decides what a statement does.
///
/// `now` is in milliseconds since 1970. What did not come from the user's own hand only proposes. Words that are
/// erased, or learned from this message already, do nothing.
pub fn reconcile(book: &Book, statement: &Statement, source: &Source, now: i64) -> Outcome {
    // What the user writes on the board again is meant.
    let heard = source.origin != super::Origin::Board;
    if heard && book.is_erased(&source.chat, source.seq, &source.words) {
        return Outcome::Done(Vec::new());
    }
    let case = Case { book, source, now };
    if statement.cue == Cue::Retract {
        return if source.origin.is_users() {
            case.retract(statement)
        } else {
            Outcome::Done(Vec::new())
        };
    }
    let before = case.latest(statement);
    let Some(strength) = statement.strength.or(before.map(|pref| pref.strength)) else {
        return Outcome::Done(Vec::new());
    };
    if statement.topic.trim().is_empty() {
        let children = before.map(|pref| case.excepted(statement, pref, Vec::new()));
        return Outcome::Done(children.unwrap_or_default());
    }
    let new = case.preference(statement, strength);
    if new.key.is_empty() {
        return Outcome::Done(Vec::new());
    }
    if !source.origin.is_users() {
        return Outcome::Done(case.propose_new(new));
    }
    match case.decide(statement, new) {
        Ok((changes, holder)) => Outcome::Done(case.excepted(statement, &holder, changes)),
        Err(question) => Outcome::Ask(question),
    }
}

/// Lets every statement of a message meet the book, one after the other, and applies what is decided; of a question
/// the proposal. Gives the outcomes in order.
pub fn learn(book: &mut Book, statements: &[Statement], source: &Source, now: i64) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for statement in statements {
        let outcome = reconcile(book, statement, source, now);
        let changes = match &outcome {
            Outcome::Done(changes) => changes.as_slice(),
            Outcome::Ask(question) => std::slice::from_ref(&question.proposal),
        };
        for change in changes {
            // Made for this very book, so it cannot clash.
            let _ = book.apply(change);
        }
        outcomes.push(outcome);
    }
    outcomes
}

/// A statement's surroundings.
#[derive(Clone, Copy)]
struct Case<'a> {
    book: &'a Book,
    source: &'a Source,
    now: i64,
}

impl Case<'_> {
    /// The card that the statement would be.
    fn preference(&self, statement: &Statement, strength: i8) -> Preference {
        let topic = gate::line(&statement.topic);
        let key = topic::key(&topic);
        let by_topic = || {
            (statement.kind == Kind::Style)
                .then(|| Slot::of_topic(&key))
                .flatten()
        };
        Preference {
            id: self.fresh(),
            slot: (statement.slot.clone())
                .or_else(by_topic)
                .or_else(|| self.slot_in_words(statement.kind, &key)),
            topic,
            key,
            kind: statement.kind,
            strength: strength.clamp(-2, 2),
            condition: gate::line(&statement.condition),
            scope: self.source.scope.clone(),
            until: until(statement.duration, self.now, self.source.offset),
            lang: self.source.lang,
            confidence: statement.certainty.min(100),
            said: vec![self.source.said(self.now)],
            first_seen: self.now,
            last_seen: self.now,
            ..Preference::default()
        }
    }

    /// The slot of a fact that came without one, from the words that it was said in: "I live in …".
    fn slot_in_words(&self, kind: Kind, key: &str) -> Option<Slot> {
        if kind != Kind::Fact {
            return None;
        }
        let mut heard = hear(&self.source.words).into_iter();
        heard.find(|said| topic::key(&said.topic) == key)?.slot
    }

    /// An id that the book does not have.
    fn fresh(&self) -> PrefId {
        let mut random = self.source.random;
        loop {
            let id = PrefId::new(self.now, random);
            if self.book.get(&id).is_none() {
                return id;
            }
            next(&mut random);
        }
    }

    /// The changes, and after them cards of the other side for what a statement excepts from `holder`.
    fn excepted(
        &self,
        statement: &Statement,
        holder: &Preference,
        mut changes: Vec<Change>,
    ) -> Vec<Change> {
        if statement.exceptions.is_empty() {
            return changes;
        }
        // Each change is made for the book that the ones before leave.
        let mut book = self.book.clone();
        for change in &changes {
            let _ = book.apply(change);
        }
        for words in &statement.exceptions {
            let part = Statement {
                topic: words.clone(),
                kind: holder.kind,
                slot: None,
                ..statement.clone()
            };
            let case = Case {
                book: &book,
                ..*self
            };
            let Some(change) = case.exception(&part, holder) else {
                continue;
            };
            let _ = book.apply(&change);
            changes.push(change);
        }
        changes
    }

    fn exception(&self, part: &Statement, holder: &Preference) -> Option<Change> {
        let side = if holder.strength < 0 { 1 } else { -1 };
        let mut child = self.preference(part, side);
        child.exception_to = Some(holder.id.clone());
        let known = self.book.all().find(|pref| {
            pref.holds(self.now)
                && pref.key == child.key
                && pref.scope == child.scope
                && pref.kind.meets(child.kind)
        });
        let is_holder = holder.key == child.key;
        match known {
            _ if child.key.is_empty() || is_holder => None,
            None => Some(add(Act::Except, child)),
            Some(old) if old.is_guarded() || old.polarity() == child.polarity() => None,
            Some(old) => Some(supersede(Act::Supersede, vec![old.clone()], child)),
        }
    }

    fn propose_new(&self, new: Preference) -> Vec<Change> {
        let known = self.book.all().any(|pref| {
            (pref.holds(self.now) || pref.status == Status::Proposed)
                && pref.key == new.key
                && pref.polarity() == new.polarity()
                && pref.scope == new.scope
        });
        if known {
            return Vec::new();
        }
        // It may well speak against a card: then it is a question, whoever wrote it.
        let against = self.book.all().find(|pref| {
            pref.holds(self.now)
                && pref.key == new.key
                && pref.strength * new.strength < 0
                && pref.scope == new.scope
                && pref.condition_key() == new.condition_key()
        });
        let against = against.map(|pref| pref.id.clone());
        vec![proposal(new, against)]
    }
}

/// The next random bytes: counts up, so that ids made in a row sort in their order.
pub(super) fn next(random: &mut [u8; 10]) {
    for byte in random.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            return;
        }
    }
}

fn add(act: Act, new: Preference) -> Change {
    Change::Put {
        act,
        before: Vec::new(),
        after: vec![new],
    }
}

fn proposal(mut new: Preference, against: Option<PrefId>) -> Change {
    new.status = Status::Proposed;
    new.against = against;
    add(Act::Propose, new)
}

/// `new` in the place of `old`; each keeps a mark of the other.
pub(super) fn supersede(act: Act, old: Vec<Preference>, mut new: Preference) -> Change {
    let mut after: Vec<Preference> = old.clone();
    for pref in &mut after {
        pref.status = Status::Superseded;
        pref.superseded_by = Some(new.id.clone());
        new.supersedes.push(pref.id.clone());
    }
    after.push(new);
    Change::Put {
        act,
        before: old,
        after,
    }
}
