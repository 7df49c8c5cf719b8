//! What the recogniser found in a message, as statements for the book.
//!
//! Two readers: the recogniser says whether there is a preference and where, also in wordings that no rule knows;
//! the rules of [`hear`] know more of what they do understand: slots, days, what is taken back, what goes on from the
//! message before. Where both see the same topic the rules' reading is taken, as sure as the recogniser is.

use super::{
    Book, Change, Cue, Duration, Kind, Origin, Outcome, Source, Statement, hear, reconcile, topic,
    write,
};
use crate::intent::{self, Candidate, recognise};
use crate::text::is_cjk;
use std::ops::Range;

/// One statement of a message, with the words that say it.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// What is said.
    pub statement: Statement,
    /// The bytes of the sentence in the message.
    pub quote: Range<usize>,
    /// Who wrote that sentence.
    pub origin: Origin,
    /// Whether it is clear enough to be remembered without a click.
    pub sure: bool,
}

/// What a message says about its writer. `foreign` are the bytes that were pasted or dropped into it: what they touch
/// is not the user's own word.
pub fn heard(text: &str, foreign: &[Range<usize>]) -> Vec<Heard> {
    let mut ruled = hear(text);
    let mut found: Vec<Heard> = recognise(text)
        .into_iter()
        .filter(|candidate| says(text, candidate))
        .map(|candidate| {
            let own = convert(&candidate);
            let at = ruled.iter().position(|said| same(said, &own));
            Heard {
                sure: candidate.is_sure(),
                statement: match at.map(|at| ruled.remove(at)) {
                    Some(rule) => Statement {
                        certainty: rule.certainty.min(own.certainty.max(50)),
                        ..rule
                    },
                    None => own,
                },
                quote: candidate.quote,
                origin: Origin::Typed,
            }
        })
        .collect();
    for said in ruled {
        let more = more(text, &said, &found);
        let open = goes_on(&said, &found).then_some((0..text.len(), true));
        if let Some((quote, sure)) = more.or(open) {
            found.push(Heard {
                statement: said,
                quote,
                origin: Origin::Typed,
                sure,
            });
        }
    }
    for heard in &mut found {
        let touches = |part: &Range<usize>| {
            part.start < heard.quote.end && heard.quote.start < part.end && !part.is_empty()
        };
        if foreign.iter().any(touches) {
            heard.origin = Origin::Pasted;
        }
    }
    found
}

/// What the statements of the message `text` do to the book: the changes in order, each made for the book that the ones
/// before leave. `source` says where the message stands; words and origin are those of each statement.
///
/// What is not sure only proposes, and what was pasted does nothing at all: it is for [`offer`].
pub fn taught(book: &Book, text: &str, all: &[Heard], source: &Source, now: i64) -> Vec<Change> {
    let mut book = book.clone();
    let mut made = Vec::new();
    for heard in all.iter().filter(|heard| heard.origin != Origin::Pasted) {
        let source = Source {
            // Not the user's clear word as far as the rules are concerned: they propose.
            origin: match heard.sure && heard.origin.is_users() {
                true => heard.origin,
                false => Origin::Pasted,
            },
            ..heard.source(text, source)
        };
        let changes = match reconcile(&book, &heard.statement, &source, now) {
            Outcome::Done(changes) => changes,
            Outcome::Ask(question) => vec![question.proposal],
        };
        for mut change in changes {
            credit(&mut change, heard.origin, &source.words);
            if book.apply(&change).is_ok() {
                made.push(change);
            }
        }
    }
    made
}

/// What a click on words that the user did not type does to the book: as if written on the board, but it stays known
/// who wrote them.
pub fn offer(book: &Book, text: &str, heard: &Heard, source: &Source, now: i64) -> Vec<Change> {
    let source = heard.source(text, source);
    let mut changes = write(book, &heard.statement, &source, now);
    for change in &mut changes {
        credit(change, heard.origin, &source.words);
    }
    changes
}

impl Heard {
    /// The source of the message with the words of this sentence.
    fn source(&self, text: &str, source: &Source) -> Source {
        Source {
            words: text[self.quote.clone()].trim().to_owned(),
            ..source.clone()
        }
    }
}

/// What was said keeps who wrote its words.
fn credit(change: &mut Change, origin: Origin, words: &str) {
    let Change::Put { after, .. } = change else {
        return;
    };
    let words = super::line(words);
    for said in after.iter_mut().flat_map(|pref| &mut pref.said) {
        if said.words == words {
            said.origin = origin;
        }
    }
}

/// Whether a sentence says anything about its topic. A word alone ("yes") answers something; that it is liked is not
/// in it. An instruction may well be one word ("briefly").
fn says(text: &str, candidate: &Candidate) -> bool {
    let letters = |part: &str| part.chars().filter(|c| c.is_alphanumeric()).count();
    let sentence = &text[candidate.quote.clone()];
    let more = letters(sentence) > letters(&candidate.topic);
    match candidate.is_sure() {
        true => more || candidate.kind == intent::Kind::Style,
        // Two or three words are too little to guess from.
        false => more && words(sentence) > 3,
    }
}

/// About how many words a sentence has: in Chinese most are of two characters.
fn words(sentence: &str) -> usize {
    let spelt = sentence.split(|c: char| !c.is_alphanumeric() || is_cjk(c));
    let cjk = sentence.chars().filter(|c| is_cjk(*c)).count();
    spelt.filter(|word| !word.is_empty()).count() + cjk / 2
}

/// The recogniser's reading as a statement.
pub fn convert(candidate: &Candidate) -> Statement {
    Statement {
        kind: match candidate.kind {
            intent::Kind::Like | intent::Kind::Dislike => Kind::Taste,
            intent::Kind::Habit => Kind::Habit,
            intent::Kind::Fact => Kind::Fact,
            intent::Kind::Style => Kind::Style,
        },
        strength: Some(candidate.strength),
        topic: candidate.topic.clone(),
        condition: candidate.condition.clone().unwrap_or_default(),
        exceptions: candidate.exceptions.clone(),
        duration: match candidate.duration {
            intent::Duration::Lasting => Duration::Lasting,
            intent::Duration::Today => Duration::Today,
            intent::Duration::Week => Duration::Week,
            intent::Duration::Month => Duration::Month,
            intent::Duration::Year => Duration::Days(365),
            // Not said how long: long enough to be of use, and shown with its end on the card.
            intent::Duration::ForNow => Duration::Days(14),
        },
        cue: match candidate.cue {
            intent::Cue::None => Cue::None,
            intent::Cue::Retract => Cue::Retract,
            intent::Cue::Narrow => Cue::Narrow,
            intent::Cue::Broaden => Cue::Broaden,
            intent::Cue::Correct => Cue::Correct,
        },
        certainty: candidate.certainty,
        slot: None,
    }
}

/// Whether a rule and the recogniser speak of the same thing, and do not say the opposite of it.
fn same(rule: &Statement, own: &Statement) -> bool {
    let (a, b) = (topic::key(&rule.topic), topic::key(&own.topic));
    let side = |said: &Statement| said.strength.unwrap_or(0).signum();
    let against = side(rule) * side(own) < 0;
    let alike = topic::relate(&a, &b) == topic::Relation::Same || slips(&rule.topic, &own.topic);
    !a.is_empty() && !b.is_empty() && !against && alike
}

/// Whether two readings of one stretch of Chinese differ only in where it ends: the rules go by the clause there.
fn slips(rule: &str, own: &str) -> bool {
    let length = |text: &str| text.chars().count();
    rule.contains(is_cjk)
        && (rule.contains(own) || own.contains(rule))
        && length(rule).abs_diff(length(own)) == 1
}

/// Where the rules see one more thing in a sentence that the recogniser takes for a preference: that sentence, and
/// whether it is sure of it.
fn more(text: &str, said: &Statement, found: &[Heard]) -> Option<(Range<usize>, bool)> {
    let within = |a: &str, b: &str| a.contains(b) || b.contains(a);
    let known = |heard: &Heard| within(&heard.statement.topic, &said.topic);
    if said.topic.is_empty() || found.iter().any(known) {
        return None;
    }
    let holder = found
        .iter()
        .find(|heard| text[heard.quote.clone()].contains(&said.topic))?;
    Some((holder.quote.clone(), holder.sure))
}

/// Whether what only the rules see goes on from what was said before: "forget that", "but not storms". All else that
/// the recogniser does not see is left alone.
fn goes_on(said: &Statement, found: &[Heard]) -> bool {
    let taken_back = found
        .iter()
        .any(|heard| heard.statement.cue == Cue::Retract);
    match said.cue {
        Cue::Retract => !taken_back,
        _ => said.topic.is_empty() && found.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::{PrefId, Slot, Status};

    fn topics(text: &str) -> Vec<(String, i8)> {
        let all = heard(text, &[]).into_iter();
        all.map(|heard| {
            (
                topic::key(&heard.statement.topic),
                heard.statement.strength.unwrap_or(9).signum(),
            )
        })
        .collect()
    }

    fn source(seq: u32) -> Source {
        Source {
            seq,
            random: [seq as u8; 10],
            ..Source::default()
        }
    }

    fn teach(book: &mut Book, text: &str, seq: u32, foreign: &[Range<usize>]) {
        let all = heard(text, foreign);
        for change in taught(book, text, &all, &source(seq), i64::from(seq)) {
            assert_eq!(book.apply(&change), Ok(()));
        }
    }

    #[test]
    fn a_message_teaches_and_a_paste_only_by_a_click() {
        for (first, second) in [
            (
                "我喜欢下雨天，喜欢达芬奇，喜欢黄金时代",
                "我现在讨厌下雨天了",
            ),
            (
                "I love rainy days, I love Da Vinci and I love the Golden Age",
                "I hate rainy days now",
            ),
        ] {
            let mut book = Book::default();
            let of = |book: &Book, status| book.all().filter(|pref| pref.status == status).count();
            teach(&mut book, first, 1, &[]);
            assert_eq!(of(&book, Status::Active), 3, "{first}: {book:?}");
            let all = 0..second.len();
            let mut pasted = book.clone();
            teach(&mut pasted, second, 3, std::slice::from_ref(&all));
            assert_eq!(pasted, book, "a paste writes nothing");
            for heard in heard(second, std::slice::from_ref(&all)) {
                for change in offer(&pasted.clone(), second, &heard, &source(3), 3) {
                    assert_eq!(pasted.apply(&change), Ok(()));
                }
            }
            assert_eq!(
                (of(&pasted, Status::Active), of(&pasted, Status::Superseded)),
                (3, 1)
            );
            let origins = pasted.all().flat_map(|p| p.said.iter().map(|s| s.origin));
            assert_eq!(origins.filter(|one| *one == Origin::Pasted).count(), 1);
            teach(&mut book, second, 3, &[]);
            assert_eq!(
                (of(&book, Status::Active), of(&book, Status::Superseded)),
                (3, 1),
                "{second}"
            );
        }
    }

    #[test]
    fn what_is_not_clear_waits_in_both_languages() {
        assert_eq!(words("下雨天就适合睡觉"), 4);
        assert_eq!(words("I like 老电影 too"), 4);
        for text in [
            "我可能有点喜欢老电影了",
            "lately I find myself drawn to jazz bars",
        ] {
            let mut book = Book::default();
            teach(&mut book, text, 1, &[]);
            let all: Vec<Status> = book.all().map(|pref| pref.status).collect();
            assert_eq!(all, [Status::Proposed], "{text}");
        }
    }

    #[test]
    fn several_in_one_message() {
        let key = topic::key;
        assert_eq!(
            topics("我喜欢下雨天，喜欢达芬奇，喜欢黄金时代"),
            [(key("下雨天"), 1), (key("达芬奇"), 1), (key("黄金时代"), 1)]
        );
        assert_eq!(topics("我现在讨厌下雨天了"), [(key("下雨天"), -1)]);
        assert_eq!(topics("我喜欢黄金时代"), [(key("黄金时代"), 1)]);
    }

    #[test]
    fn how_answers_should_be() {
        for text in [
            "以后回答请先给结论",
            "From now on, keep your answers short.",
        ] {
            let all = heard(text, &[]);
            let styles = all
                .iter()
                .filter(|heard| heard.sure && heard.statement.kind == Kind::Style);
            assert_eq!(styles.count(), 1, "{text}: {all:?}");
        }
    }

    #[test]
    fn an_answer_teaches_nothing() {
        for text in [
            "yes",
            "Yes.",
            "yes please",
            "ok",
            "OK!",
            "sure",
            "thanks",
            "thank you",
            "no",
            "right",
            "好",
            "好的",
            "好的，谢谢",
            "谢谢",
            "谢谢你",
            "嗯",
            "对",
            "是的",
            "可以",
            "行",
            "不用了",
            "没错",
            "继续",
            "go on",
            "great",
            "太好了",
        ] {
            assert_eq!(heard(text, &[]), [], "{text}");
        }
    }

    #[test]
    fn the_rules_add_what_they_know() {
        let all = heard("我住在杭州", &[]);
        assert_eq!(
            all.iter().map(|h| h.statement.slot.clone()).next(),
            Some(Some(Slot::Residence)),
            "{all:?}"
        );
    }

    #[test]
    fn what_was_pasted_is_not_the_users_word() {
        let text = "我喜欢下雨天。我讨厌香菜。";
        let at = text.find("我讨厌").unwrap_or(0);
        let all = heard(text, std::slice::from_ref(&(at..text.len())));
        let origins: Vec<Origin> = all.iter().map(|heard| heard.origin).collect();
        assert_eq!(origins, [Origin::Typed, Origin::Pasted], "{all:?}");
        assert!(
            heard(text, std::slice::from_ref(&(0..0)))
                .iter()
                .all(|h| h.origin == Origin::Typed)
        );
    }

    #[test]
    fn taking_back_works_through_both_readers() {
        for (first, second) in [
            ("我喜欢下雨天", "忘掉我喜欢下雨天这件事"),
            ("I love rainy days", "forget that I love rainy days"),
        ] {
            let mut book = Book::default();
            for (seq, text) in [(1, first), (3, second)] {
                teach(&mut book, text, seq, &[]);
            }
            let ids: Vec<&PrefId> = book
                .all()
                .filter(|pref| pref.holds(9))
                .map(|pref| &pref.id)
                .collect();
            assert_eq!(ids, Vec::<&PrefId>::new(), "{first}");
        }
    }
}
