//! The rules.

use super::super::topic::{self, Relation};
use super::super::{Act, Change, Cue, Kind, Polarity, Preference, Slot, Statement};
use super::{Case, Doubt, Question, add, proposal, supersede};

/// From this certainty on, "to be precise" and "in fact all" speak of what was said last, whatever the lexicon knows.
const SURE: u8 = 85;

/// What is done, and the card that holds the statement after it.
type Decision = (Vec<Change>, Preference);

impl Case<'_> {
    pub(super) fn decide(
        &self,
        statement: &Statement,
        new: Preference,
    ) -> Result<Decision, Question> {
        let finder = topic::Finder::new(&new.key);
        let peers: Vec<(Relation, &Preference)> = self
            .book
            .all()
            .filter(|pref| pref.holds(self.now) && pref.scope == new.scope && may_meet(pref, &new))
            .map(|pref| (finder.relation(&pref.key), pref))
            .filter(|(relation, pref)| {
                *relation != Relation::Apart || (pref.slot.is_some() && pref.slot == new.slot)
            })
            .collect();
        let lasting =
            |pref: &&(Relation, &Preference)| pref.1.until.is_some() == new.until.is_some();
        let peers: Vec<(Relation, &Preference)> = peers.iter().filter(lasting).copied().collect();
        if let Some(known) = self.known(&peers, &new) {
            return self.again(known, &peers, new);
        }
        let replaced = replaced(statement, &peers, &new);
        if !replaced.is_empty() {
            return self.replace(Act::Supersede, &replaced, new);
        }
        let moved = self.moved(statement, &peers, &new);
        match (statement.cue, moved.is_empty()) {
            (Cue::Narrow, false) => return self.replace(Act::Narrow, &moved, new),
            (Cue::Broaden, false) => return self.replace(Act::Broaden, &moved, new),
            _ => {}
        }
        self.beside(&peers, new)
    }

    /// The preference that says the same already.
    fn known<'p>(
        &self,
        peers: &[(Relation, &'p Preference)],
        new: &Preference,
    ) -> Option<&'p Preference> {
        let same = peers.iter().filter(|(relation, pref)| {
            *relation == Relation::Same && same_condition(pref, new) && !opposite(pref, new)
        });
        same.map(|(_, pref)| *pref)
            .max_by_key(|pref| pref.is_guarded())
    }

    /// Support for what is known. What speaks against it by now, such as another value of its slot, is superseded.
    fn again(
        &self,
        known: &Preference,
        peers: &[(Relation, &Preference)],
        new: Preference,
    ) -> Result<Decision, Question> {
        let source = self.source;
        if known.was_said(&source.chat, source.seq, &super::gate::line(&source.words)) {
            return Ok((Vec::new(), known.clone()));
        }
        let mut after = known.clone();
        after.said.extend(new.said);
        after.last_seen = after.last_seen.max(self.now);
        after.until = after.until.max(new.until);
        if !known.is_guarded() {
            after.confidence = after.confidence.max(new.confidence);
            if new.strength.abs() > after.strength.abs() {
                after.strength = new.strength;
            }
            after.slot = after.slot.or(new.slot);
        }
        let rivals: Vec<Preference> = peers
            .iter()
            .filter(|(_, pref)| {
                pref.id != known.id && same_condition(pref, known) && rivals(pref, known)
            })
            .filter(|(_, pref)| strict(pref) && !pref.is_guarded())
            .map(|(_, pref)| (*pref).clone())
            .collect();
        let mut change = supersede(Act::Reinforce, rivals, after.clone());
        if let Change::Put { before, .. } = &mut change {
            before.push(known.clone());
        }
        Ok((vec![change], after))
    }

    fn replace(
        &self,
        act: Act,
        old: &[&Preference],
        new: Preference,
    ) -> Result<Decision, Question> {
        if let Some(guarded) = old.iter().find(|pref| pref.is_guarded()) {
            return Err(question(guarded, Doubt::Guarded, new));
        }
        let old = old.iter().map(|pref| (*pref).clone()).collect();
        Ok((vec![supersede(act, old, new.clone())], new))
    }

    /// What a narrowing or broadening takes the place of.
    fn moved<'p>(
        &'p self,
        statement: &Statement,
        peers: &[(Relation, &'p Preference)],
        new: &Preference,
    ) -> Vec<&'p Preference> {
        let wanted = match statement.cue {
            Cue::Narrow => Relation::Broader,
            Cue::Broaden => Relation::Narrower,
            _ => return Vec::new(),
        };
        let same_side = |pref: &Preference| pref.polarity() == new.polarity();
        let found: Vec<&Preference> = peers
            .iter()
            .filter(|(relation, pref)| *relation == wanted && same_side(pref))
            .map(|(_, pref)| *pref)
            .collect();
        if !found.is_empty() {
            return found;
        }
        if statement.certainty < SURE {
            return Vec::new();
        }
        // The lexicon does not know every kind of everything: the words say that it is what was just spoken of.
        let opposed =
            |pref: &&Preference| same_side(pref) && pref.until == new.until && may_meet(pref, new);
        self.latest(statement).filter(opposed).into_iter().collect()
    }

    /// A card of its own, in its relation to what is there.
    fn beside(
        &self,
        peers: &[(Relation, &Preference)],
        mut new: Preference,
    ) -> Result<Decision, Question> {
        let find = |wanted: Relation| {
            let mut found = peers
                .iter()
                .filter(move |(relation, _)| *relation == wanted);
            move || found.next().map(|(_, pref)| *pref)
        };
        let against = |relation: Relation| {
            let found = peers
                .iter()
                .filter(|(found, pref)| *found == relation && opposite(pref, &new));
            found
                .map(|(_, pref)| *pref)
                .max_by_key(|pref| pref.key.len())
        };
        if new.polarity() == Polarity::For
            && let Some(boundary) = self.boundary(&new)
        {
            return Err(question(boundary, Doubt::Boundary, new));
        }
        let act = if new.until.is_some() {
            Act::Overlay
        } else if let Some(broader) = against(Relation::Broader) {
            new.exception_to = Some(broader.id.clone());
            Act::Except
        } else if find(Relation::Same)().is_some() {
            Act::Condition
        } else if let Some(alike) = against(Relation::Near) {
            return Err(question(alike, Doubt::Alike, new));
        } else {
            Act::Add
        };
        Ok((vec![add(act, new.clone())], new))
    }

    /// An allergy or another boundary on the topic of a liking.
    fn boundary(&self, new: &Preference) -> Option<&Preference> {
        self.book.all().find(|pref| {
            pref.kind == Kind::Boundary
                && new.kind.meets(Kind::Taste)
                && pref.strength < 0
                && pref.holds(self.now)
                && topic::relate(&pref.key, &new.key) == Relation::Same
        })
    }
}

/// What the statement takes the place of: the other side of the same topic, the other value of the same slot.
fn replaced<'p>(
    statement: &Statement,
    peers: &[(Relation, &'p Preference)],
    new: &Preference,
) -> Vec<&'p Preference> {
    let correct = statement.cue == Cue::Correct && new.condition.is_empty();
    let conditions = |pref: &Preference| same_condition(pref, new) || correct;
    let found = peers.iter().filter(|(relation, pref)| {
        let side = *relation == Relation::Same && opposite(pref, new);
        let value = pref.slot.is_some()
            && rivals(pref, new)
            && (statement.cue == Cue::Correct || strict(new));
        (side && conditions(pref)) || (value && same_condition(pref, new))
    });
    found.map(|(_, pref)| *pref).collect()
}

/// Whether a slot takes one value whatever the words: where one lives, not what one likes most.
fn strict(pref: &Preference) -> bool {
    !matches!(pref.slot, None | Some(Slot::Favourite(_)))
}

/// Two values of one slot.
fn rivals(a: &Preference, b: &Preference) -> bool {
    a.slot.is_some() && a.slot == b.slot && a.strength >= 0 && b.strength >= 0 && a.key != b.key
}

fn may_meet(a: &Preference, b: &Preference) -> bool {
    a.kind.meets(b.kind) || (a.slot.is_some() && a.slot == b.slot)
}

fn opposite(a: &Preference, b: &Preference) -> bool {
    a.strength.signum() * b.strength.signum() < 0
}

fn same_condition(a: &Preference, b: &Preference) -> bool {
    a.condition == b.condition || a.condition_key() == b.condition_key()
}

fn question(with: &Preference, why: Doubt, new: Preference) -> Question {
    let with = with.id.clone();
    Question {
        proposal: proposal(new, Some(with.clone())),
        with,
        why,
    }
}
