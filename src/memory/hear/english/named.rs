//! What someone is called, and what is liked most.

use super::super::super::{Cue, Slot, Statement, topic};
use super::super::{Clause, Open, fact};
use super::mood::{Mood, ends, starts};
use super::object::clean;
use super::tables::{OTHERS, PRONOUNS};

/// "call me Bob", "my name is Katherine", "your name is Max".
pub fn name(clause: &Clause, text: &str, open: &mut Open) -> bool {
    const MINE: &str = "call me|please call me|just call me|my name is|my name's|i'm called|i am called|\
        i go by|i want you to call me|you can call me|i'd like you to call me|\
        i prefer to be called|refer to me as|address me as|i like to be called|i now go by|\
        everyone calls me|people call me|my friends call me";
    const YOURS: &str =
        "your name is|i'll call you|i will call you|i'm going to call you|your new name is";
    let after = |leads: &str| {
        let rests = leads.split('|').filter_map(|lead| starts(text, lead));
        rests.min_by_key(|rest| rest.len())
    };
    let mine = after(MINE).map(|rest| (rest, Slot::Name));
    let Some((rest, slot)) = mine.or_else(|| Some((after(YOURS)?, Slot::Assistant))) else {
        return false;
    };
    let Some(name) = bare(rest) else {
        return false;
    };
    let mut statement = fact(clause.typed(name), Some(slot));
    statement.strength = Some(1);
    open.add(statement);
    true
}

/// A name without what follows it; `None` where it is none ("call me when…").
fn bare(rest: &str) -> Option<&str> {
    let rest = "instead|please|from now on|now|from here on|though|again"
        .split('|')
        .fold(rest, |rest, end| ends(rest, end).unwrap_or(rest));
    let name = rest.split([',', '.', '!']).next()?.split(" from ").next()?;
    let other = "when|if|back|later|what|a"
        .split('|')
        .any(|word| starts(name, word).is_some());
    (!name.is_empty() && name.split(' ').count() < 4 && !other).then_some(name)
}

/// "My favourite colour is blue", "green is my favourite colour", "Sushi is my favourite".
pub fn favourite(clause: &Clause, text: &str, mood: &Mood, open: &mut Open) -> bool {
    let text = starts(text, "now").unwrap_or(text);
    let words = "my favourite|my favorite|my all-time favourite|my all-time favorite|\
        my new favourite|my new favorite";
    let Some((category, value)) = words.split('|').find_map(|word| most(text, word)) else {
        return false;
    };
    let value = clean(value.trim_start_matches("now "), &mut Mood::default());
    let category = topic::key(category.trim_start_matches(" kind of").trim());
    if value.is_empty() || value.split(' ').count() > 6 || OTHERS.contains(&value) {
        return false;
    }
    let pronoun = PRONOUNS.contains(&value);
    open.add(Statement {
        strength: Some(2),
        topic: if pronoun {
            open.topic.clone()
        } else {
            clause.typed(value).to_owned()
        },
        slot: (!category.is_empty()).then_some(Slot::Favourite(category)),
        cue: if mood.cue == Cue::None {
            Cue::Correct
        } else {
            mood.cue
        },
        duration: mood.duration,
        certainty: 90,
        ..Statement::default()
    });
    true
}

/// The category and what is liked most in it, on either side of "my favourite".
fn most<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    if let Some(rest) = starts(text, word) {
        return " is now | is | are | has to be | would be | has always been "
            .split('|')
            .find_map(|is| rest.split_once(is));
    }
    let (value, category) = text.split_once(word)?;
    let value = "actually|now|really|still|probably|definitely|easily"
        .split('|')
        .fold(value.trim_end(), |value, word| {
            ends(value, word).unwrap_or(value)
        });
    let value = " is now| is| are| was|'s| has become| became"
        .split('|')
        .find_map(|is| value.trim_end().strip_suffix(is))?;
    Some((category, value))
}
