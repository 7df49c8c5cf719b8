//! A preference of a file meets the book: whether it is new, known or at odds, and what a click on it does.

use super::merge::supersede;
use super::{Act, Book, Change, PrefId, Preference, topic};

/// How a preference of a file stands to the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is nothing like it.
    New,
    /// This card says so already.
    Known(PrefId),
    /// This card says the opposite.
    Against(PrefId),
}

/// How a preference of a file stands to the book.
pub fn standing(book: &Book, pref: &Preference, now: i64) -> Standing {
    let finder = topic::Finder::new(&pref.key);
    let same = |card: &&Preference| {
        card.holds(now)
            && card.kind.meets(pref.kind)
            && card.condition_key() == pref.condition_key()
            && finder.relation(&card.key) == topic::Relation::Same
    };
    let mut known = None;
    for card in book.all().filter(same) {
        if card.polarity() == pref.polarity() {
            return Standing::Known(card.id.clone());
        }
        known.get_or_insert_with(|| card.id.clone());
    }
    known.map_or(Standing::New, Standing::Against)
}

/// What remembering it does; `None` where it is known. It takes the place of what it is at odds with where `replace`
/// says so, and else stands beside it. `id` is that of the new card.
pub fn bring(
    book: &Book,
    pref: &Preference,
    id: PrefId,
    replace: bool,
    now: i64,
) -> Option<Change> {
    let old = match standing(book, pref, now) {
        Standing::Known(_) => return None,
        Standing::Against(old) if replace => book.get(&old).cloned(),
        Standing::Against(_) | Standing::New => None,
    };
    let new = Preference {
        id,
        first_seen: now,
        last_seen: now,
        ..pref.clone()
    };
    let act = if old.is_some() {
        Act::Supersede
    } else {
        Act::Accept
    };
    Some(supersede(act, old.into_iter().collect(), new))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::memory::Status;

    fn pref(id: &str, words: &str, strength: i8) -> Preference {
        Preference {
            id: PrefId(id.into()),
            topic: words.into(),
            key: topic::key(words),
            strength,
            ..Preference::default()
        }
    }

    #[test]
    fn only_what_is_new_comes_in_and_it_replaces_by_word_alone() {
        let mut book = Book::new([pref("a", "下雨天", 1)], [], []);
        let id = || PrefId("n".into());
        let known = pref("x", "rainy days", 2);
        assert_eq!(
            standing(&book, &known, 0),
            Standing::Known(PrefId("a".into()))
        );
        assert_eq!(bring(&book, &known, id(), true, 0), None);
        let odd = pref("x", "雨天", -2);
        assert_eq!(
            standing(&book, &odd, 0),
            Standing::Against(PrefId("a".into()))
        );
        let beside = bring(&book, &odd, id(), false, 0).unwrap();
        let mut both = book.clone();
        both.apply(&beside).unwrap();
        assert_eq!(
            both.all()
                .filter(|card| card.status == Status::Active)
                .count(),
            2
        );
        book.apply(&bring(&book, &odd, id(), true, 0).unwrap())
            .unwrap();
        let old = book.get(&PrefId("a".into())).unwrap();
        assert_eq!(old.superseded_by, Some(id()));
    }
}
