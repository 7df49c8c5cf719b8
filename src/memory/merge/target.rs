//! Which preferences a statement speaks of.

use super::super::topic::{self, Relation};
use super::super::{Act, Change, Kind, Preference, Said, Statement, Status};
use super::{Case, Doubt, Outcome, Question};

/// How many places back a saying is still what "that" and "only" speak of: two messages and their replies.
const NEARBY: u32 = 4;

impl Case<'_> {
    /// The preference that was last spoken of in this conversation, of the statement's kind where it has a side.
    pub(super) fn latest(&self, statement: &Statement) -> Option<&Preference> {
        let place = |pref: &Preference| {
            let here = pref
                .said
                .iter()
                .filter(|said| said.chat == self.source.chat);
            here.map(|said| said.seq).max()
        };
        let near = |seq: u32| seq <= self.source.seq && self.source.seq - seq <= NEARBY;
        self.book
            .all()
            .filter(|pref| pref.holds(self.now))
            .filter(|pref| {
                (pref.kind == Kind::Style) == (statement.kind == Kind::Style)
                    || statement.topic.is_empty()
            })
            .filter_map(|pref| Some((place(pref).filter(|seq| near(*seq))?, &pref.id, pref)))
            .max_by_key(|(seq, id, _)| (*seq, *id))
            .map(|(_, _, pref)| pref)
    }

    /// Takes back what a statement names.
    pub(super) fn retract(&self, statement: &Statement) -> Outcome {
        let targets = self.named(statement);
        if let Some(guarded) = targets.iter().find(|pref| pref.is_guarded()) {
            let said = |said: &Said| said.chat == self.source.chat && said.seq == self.source.seq;
            if guarded.unsaid.as_ref().is_some_and(said) && !self.source.chat.as_str().is_empty() {
                return Outcome::Done(Vec::new());
            }
            let mut asked = (*guarded).clone();
            asked.unsaid = Some(self.source.said(self.now));
            return Outcome::Ask(Question {
                with: guarded.id.clone(),
                why: Doubt::Guarded,
                proposal: Change::Put {
                    act: Act::Propose,
                    before: vec![(*guarded).clone()],
                    after: vec![asked],
                },
            });
        }
        if targets.is_empty() {
            return Outcome::Done(Vec::new());
        }
        let before: Vec<Preference> = targets.into_iter().cloned().collect();
        let mut after = before.clone();
        for pref in &mut after {
            pref.status = Status::Retracted;
            pref.unsaid = Some(self.source.said(self.now));
        }
        Outcome::Done(vec![Change::Put {
            act: Act::Retract,
            before,
            after,
        }])
    }

    fn named(&self, statement: &Statement) -> Vec<&Preference> {
        let active = || self.book.all().filter(|pref| pref.holds(self.now));
        if statement.slot.is_some() {
            let found: Vec<_> = active()
                .filter(|pref| pref.slot == statement.slot)
                .collect();
            if !found.is_empty() || statement.topic.is_empty() {
                return found;
            }
        }
        let key = topic::key(&statement.topic);
        if key.is_empty() {
            return self.latest(statement).into_iter().collect();
        }
        let side = statement.strength.map_or(0, i8::signum);
        let fits =
            |pref: &&Preference| side == 0 || pref.strength.signum() == side || pref.strength == 0;
        let finder = topic::Finder::new(&key);
        let related: Vec<(Relation, &Preference)> = active()
            .filter(fits)
            .map(|pref| (finder.relation(&pref.key), pref))
            .collect();
        let of = |relation| -> Vec<&Preference> {
            let found = related.iter().filter(|(found, _)| *found == relation);
            found.map(|(_, pref)| *pref).collect()
        };
        // The exact topic; else what is narrower or broader or alike, where only one can be meant.
        let exact = of(Relation::Same);
        if !exact.is_empty() {
            return exact;
        }
        [Relation::Narrower, Relation::Broader, Relation::Near]
            .into_iter()
            .map(of)
            .find(|found| found.len() == 1)
            .unwrap_or_default()
    }
}
