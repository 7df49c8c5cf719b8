//! The order of the board: which cards are shown, in which lanes, and which stand side by side.

use super::{Area, Book, Kind, PrefId, Preference, Scope, Status, topic};
use std::collections::{BTreeMap, BTreeSet};

/// What the board shows, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The lanes.
    pub by: By,
    /// The kinds that are shown; empty for all.
    pub kinds: BTreeSet<Kind>,
    /// The statuses that are shown.
    pub statuses: BTreeSet<Status>,
    /// The ranges that are left out.
    pub without: BTreeSet<Range>,
    /// What is searched for; empty for everything.
    pub query: String,
}

/// What the lanes are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Parts of life.
    #[default]
    Topic,
    /// Kinds of preferences.
    Kind,
}

/// Where a preference holds, without naming which persona or conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Range {
    /// In every conversation.
    Everywhere,
    /// With one persona.
    Persona,
    /// In one conversation.
    Chat,
}

/// A lane of the board.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// What it is.
    pub head: Head,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// What a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Head {
    /// A part of life.
    Area(Area),
    /// A kind.
    Kind(Kind),
}

/// One card, or two that a trail joins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Row {
    /// A card of its own.
    Card(PrefId),
    /// A card, and the one that it superseded at another stop of the scale.
    Trail(PrefId, PrefId),
}

impl Default for View {
    fn default() -> Self {
        Self {
            by: By::default(),
            kinds: BTreeSet::new(),
            statuses: [Status::Active, Status::Superseded, Status::Proposed].into(),
            without: BTreeSet::new(),
            query: String::new(),
        }
    }
}

impl Head {
    /// Every lane that there can be.
    pub fn all() -> impl Iterator<Item = Head> {
        let areas = Area::ALL.into_iter().map(Head::Area);
        areas.chain(Kind::ALL.into_iter().map(Head::Kind))
    }
}

impl Range {
    /// All of them.
    pub const ALL: [Range; 3] = [Range::Everywhere, Range::Persona, Range::Chat];

    /// The range of a scope.
    pub fn of(scope: &Scope) -> Self {
        match scope {
            Scope::Everywhere => Range::Everywhere,
            Scope::Persona(_) => Range::Persona,
            Scope::Chat(_) => Range::Chat,
        }
    }
}

impl Lane {
    /// The cards in order.
    pub fn cards(&self) -> impl Iterator<Item = &PrefId> {
        self.rows
            .iter()
            .flat_map(|row| match row {
                Row::Card(card) => [Some(card), None],
                Row::Trail(new, old) => [Some(new), Some(old)],
            })
            .flatten()
    }
}

/// The areas of topics, kept from one drawing to the next: looking thousands of them up takes longer than all the rest.
#[derive(Clone, Debug, Default)]
pub struct Areas(BTreeMap<String, Area>);

impl Areas {
    /// As [`Area::of`].
    fn of(&mut self, pref: &Preference) -> Area {
        if !matches!(pref.kind, Kind::Taste | Kind::Habit) {
            return Area::of(pref);
        }
        if let Some(area) = self.0.get(&pref.key) {
            return *area;
        }
        let area = Area::of(pref);
        self.0.insert(pref.key.clone(), area);
        area
    }
}

/// The lanes of a book that have something to show. In a lane, what was superseded stands beside what took its place;
/// else pinned cards come first, then those said last.
///
/// Proposals are not here: they wait above the scale, see [`waiting`].
pub fn lanes(book: &Book, view: &View, areas: &mut Areas) -> Vec<Lane> {
    let query = Query::new(&view.query);
    let shown: Vec<&Preference> = book
        .all()
        .filter(|pref| is_shown(pref, view) && query.finds(pref))
        .collect();
    let ids: BTreeSet<&PrefId> = shown.iter().map(|pref| &pref.id).collect();
    let mut by_head: BTreeMap<Head, Vec<&Preference>> = BTreeMap::new();
    for pref in shown {
        let head = match (view.by, pref.kind) {
            (By::Kind, kind) => Head::Kind(kind),
            (By::Topic, _) => Head::Area(areas.of(pref)),
        };
        by_head.entry(head).or_default().push(pref);
    }
    by_head
        .into_iter()
        .map(|(head, prefs)| Lane {
            head,
            rows: rows(book, prefs, &ids),
        })
        .collect()
}

/// What waits for the user's answer, the latest first: proposals, and cards that something said since wants taken back.
pub fn waiting(book: &Book) -> Vec<&Preference> {
    let waits = |pref: &&Preference| pref.status == Status::Proposed || pref.is_asked_back();
    let mut found: Vec<&Preference> = book.all().filter(waits).collect();
    found.sort_by(|a, b| b.last_seen.cmp(&a.last_seen).then_with(|| b.id.cmp(&a.id)));
    found
}

fn rows(book: &Book, mut prefs: Vec<&Preference>, shown: &BTreeSet<&PrefId>) -> Vec<Row> {
    prefs.sort_by(|a, b| {
        (b.pinned.cmp(&a.pinned))
            .then_with(|| b.last_seen.cmp(&a.last_seen))
            .then_with(|| b.id.cmp(&a.id))
    });
    let here: BTreeSet<&PrefId> = prefs.iter().map(|pref| &pref.id).collect();
    // The last card that this one took the place of, where that stands at another stop.
    let trail = |pref: &Preference| {
        let old = pref.supersedes.iter().rev().find(|id| here.contains(id))?;
        let old = book.get(old)?;
        let is_trail =
            old.superseded_by.as_ref() == Some(&pref.id) && old.strength != pref.strength;
        (is_trail && shown.contains(&old.id)).then(|| old.id.clone())
    };
    let mut placed: BTreeSet<PrefId> = BTreeSet::new();
    let mut rows = Vec::new();
    for pref in prefs.iter().filter(|pref| pref.status == Status::Active) {
        if let Some(old) = trail(pref) {
            placed.extend([pref.id.clone(), old.clone()]);
            rows.push(Row::Trail(pref.id.clone(), old));
        }
    }
    // A row of its own for what has changed comes first, so that the rest closes ranks below.
    let rest = prefs.iter().filter(|pref| !placed.contains(&pref.id));
    rows.extend(rest.map(|pref| Row::Card(pref.id.clone())));
    rows
}

fn is_shown(pref: &Preference, view: &View) -> bool {
    pref.status != Status::Proposed
        && view.statuses.contains(&pref.status)
        && (view.kinds.is_empty() || view.kinds.contains(&pref.kind))
        && !view.without.contains(&Range::of(&pref.scope))
}

/// What is searched for: a part of the words as they stand, or other words for the same topic.
struct Query {
    text: String,
    key: String,
}

impl Query {
    fn new(text: &str) -> Self {
        let text = text.trim();
        Self {
            text: fold(text),
            key: topic::key(text),
        }
    }

    fn finds(&self, pref: &Preference) -> bool {
        if self.text.is_empty() {
            return true;
        }
        let mut words = [pref.topic.as_str(), pref.condition.as_str()]
            .into_iter()
            .chain(pref.said.iter().map(|said| said.words.as_str()));
        (!self.key.is_empty() && pref.key == self.key)
            || words.any(|words| fold(words).contains(&self.text))
    }
}

fn fold(text: &str) -> String {
    text.chars()
        .map(topic::simplify)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pref(id: &str, topic: &str, strength: i8) -> Preference {
        Preference {
            id: PrefId(id.into()),
            topic: topic.into(),
            key: topic::key(topic),
            strength,
            ..Preference::default()
        }
    }

    fn book(prefs: Vec<Preference>) -> Book {
        Book::new(prefs, [], [])
    }

    fn shown(book: &Book, view: &View) -> Vec<(Head, Vec<String>)> {
        let ids = |lane: &Lane| lane.cards().map(|id| id.0.clone()).collect();
        let lanes = lanes(book, view, &mut Areas::default());
        lanes.iter().map(|lane| (lane.head, ids(lane))).collect()
    }

    #[test]
    fn lanes_by_topic_and_by_kind() {
        let mut name = pref("c", "小林", 0);
        name.kind = Kind::Fact;
        let book = book(vec![pref("a", "下雨天", -2), pref("b", "咖啡", 2), name]);
        assert_eq!(
            shown(&book, &View::default()),
            [
                (Head::Area(Area::Weather), vec!["a".to_owned()]),
                (Head::Area(Area::Food), vec!["b".to_owned()]),
                (Head::Area(Area::Own), vec!["c".to_owned()]),
            ]
        );
        let view = View {
            by: By::Kind,
            ..View::default()
        };
        assert_eq!(
            shown(&book, &view),
            [
                (
                    Head::Kind(Kind::Taste),
                    vec!["b".to_owned(), "a".to_owned()]
                ),
                (Head::Kind(Kind::Fact), vec!["c".to_owned()]),
            ]
        );
    }

    #[test]
    fn a_trail_joins_what_changed_sides() {
        let mut old = pref("a", "下雨天", 2);
        old.status = Status::Superseded;
        old.superseded_by = Some(PrefId("b".into()));
        let mut new = pref("b", "雨天", -2);
        new.supersedes = vec![old.id.clone()];
        let book = book(vec![old.clone(), new.clone(), pref("c", "雪", 1)]);
        let rows = &lanes(&book, &View::default(), &mut Areas::default())[0].rows;
        assert_eq!(
            rows.as_slice(),
            [
                Row::Trail(new.id.clone(), old.id.clone()),
                Row::Card(PrefId("c".into()))
            ]
        );
        let view = View {
            statuses: [Status::Active].into(),
            ..View::default()
        };
        let rows = &lanes(&book, &view, &mut Areas::default())[0].rows;
        assert!(rows.iter().all(|row| matches!(row, Row::Card(_))));
        // At the same stop there is no way between them.
        let mut same = old.clone();
        same.strength = -2;
        let book = Book::new([same, new], [], []);
        let rows = &lanes(&book, &View::default(), &mut Areas::default())[0].rows;
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn the_pinned_come_first_and_then_the_latest() {
        let mut cards = vec![pref("a", "雨", 1), pref("b", "雪", 1), pref("c", "雾", 1)];
        cards[0].pinned = true;
        cards[2].last_seen = 5;
        let found = shown(&book(cards), &View::default());
        assert_eq!(found[0].1, ["a", "c", "b"]);
    }

    #[test]
    fn filters() {
        let mut cards = vec![pref("a", "雨", 1), pref("b", "咖啡", 1), pref("c", "茶", 1)];
        cards[1].condition = "下雨时".into();
        cards[1].scope = Scope::Persona("p".into());
        cards[2].status = Status::Proposed;
        let book = book(cards);
        let all = |view: &View| -> Vec<String> {
            shown(&book, view)
                .into_iter()
                .flat_map(|lane| lane.1)
                .collect()
        };
        assert_eq!(all(&View::default()), ["a", "b"]);
        assert_eq!(waiting(&book).len(), 1);
        for (query, found) in [
            ("雨", &["a", "b"][..]),
            ("rainy days", &["a"]),
            ("COFFEE", &["b"]),
            ("没有的", &[]),
        ] {
            let view = View {
                query: query.into(),
                ..View::default()
            };
            assert_eq!(all(&view), found, "{query}");
        }
        let view = View {
            without: [Range::Persona].into(),
            ..View::default()
        };
        assert_eq!(all(&view), ["a"]);
        let view = View {
            kinds: [Kind::Habit].into(),
            ..View::default()
        };
        assert!(all(&view).is_empty());
    }
}
