//! The object of a predicate: the topic in the user's words.

use super::super::super::lists::table;
use super::mood::{Mood, ends, starts};
use std::sync::LazyLock;

/// A topic without what only says how many or how much. Marks "all" in the mood.
pub fn clean<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text.trim_matches([' ', ',', '.', '!', ':', ';', '-', '~']);
    if let Some(rest) = starts(text, "it when it").or_else(|| starts(text, "when it")) {
        return rest;
    }
    for (start, all) in FRONTS.iter() {
        if let Some(rest) = starts(text, start).filter(|rest| !rest.is_empty()) {
            mood.all |= all;
            text = rest;
        }
    }
    for (end, all) in ENDS.iter() {
        if let Some(rest) = ends(text, end).filter(|rest| !rest.is_empty()) {
            mood.all |= all;
            text = rest;
        }
    }
    let cut = [
        " because ",
        " since ",
        " as it",
        " more than ",
        " rather than ",
        " over ",
        " instead of ",
        " so ",
    ];
    cut.iter()
        .fold(text, |text, end| text.split(end).next().unwrap_or(text))
        .trim_end_matches([' ', ','])
}

/// The topics of a list: "celery, carrots and okra".
pub fn parts(topic: &str) -> Vec<&str> {
    let cut = topic
        .split(", ")
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" or "));
    let parts: Vec<&str> = cut
        .map(|part| {
            part.trim_start_matches("and ")
                .trim_start_matches("or ")
                .trim_matches([' ', ','])
        })
        .filter(|part| !part.is_empty())
        .collect();
    let whole = parts.iter().any(|part| part.split(' ').count() > 4);
    if whole || parts.len() < 2 {
        vec![topic]
    } else {
        parts
    }
}

static FRONTS: LazyLock<Vec<(&str, bool)>> = LazyLock::new(|| {
    table(&[
        (
            false,
            "to|the idea of|the taste of|the smell of|the sound of|some|the|a bit of|a lot of|lots of|a|an|my",
        ),
        (
            true,
            "all kinds of|all sorts of|all types of|any kind of|any sort of|every kind of|every type of|\
             every single|pretty much all|basically all|all of the|all the|all|any|every",
        ),
    ])
});

static ENDS: LazyLock<Vec<(&str, bool)>> = LazyLock::new(|| {
    table(&[
        (
            true,
            "of every kind|of any kind|of all kinds|of all sorts|of any sort|of every sort|in general|\
             across the board|full stop",
        ),
        (
            false,
            "every day|every morning|every evening|every night|every week|every weekend|all the time|\
             each day|at all|so much|very much|a lot|the most|as well|again|now|too|for me|anymore",
        ),
    ])
});
