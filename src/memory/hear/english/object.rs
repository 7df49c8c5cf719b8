//! The object of a predicate: the topic in the user's words.

use super::{Mood, ends, starts};

/// A topic without what only says how many or how much. Marks "all" in the mood.
pub fn clean<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text.trim_matches([' ', ',', '.', '!', ':', ';', '-', '~']);
    if let Some(rest) = starts(text, "it when it").or_else(|| starts(text, "when it")) {
        return rest;
    }
    for (start, all) in FRONTS {
        if let Some(rest) = starts(text, start).filter(|rest| !rest.is_empty()) {
            mood.all |= all;
            text = rest;
        }
    }
    for (end, all) in ENDS {
        if let Some(rest) = ends(text, end).filter(|rest| !rest.is_empty()) {
            mood.all |= all;
            text = rest;
        }
    }
    let cut = [" because ", " since ", " as it", " more than ", " rather than ", " over ", " instead of ", " so "];
    cut.iter().fold(text, |text, end| text.split(end).next().unwrap_or(text)).trim_end_matches([' ', ','])
}

/// The topics of a list: "celery, carrots and okra".
pub fn parts(topic: &str) -> Vec<&str> {
    let cut = topic.split(", ").flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" or "));
    let parts: Vec<&str> = cut
        .map(|part| part.trim_start_matches("and ").trim_start_matches("or ").trim_matches([' ', ',']))
        .filter(|part| !part.is_empty())
        .collect();
    let whole = parts.iter().any(|part| part.split(' ').count() > 4);
    if whole || parts.len() < 2 { vec![topic] } else { parts }
}

const FRONTS: &[(&str, bool)] = &[
    ("to", false),
    ("all kinds of", true),
    ("all sorts of", true),
    ("all types of", true),
    ("any kind of", true),
    ("any sort of", true),
    ("every kind of", true),
    ("every type of", true),
    ("every single", true),
    ("pretty much all", true),
    ("basically all", true),
    ("all of the", true),
    ("all the", true),
    ("all", true),
    ("any", true),
    ("every", true),
    ("the idea of", false),
    ("the taste of", false),
    ("the smell of", false),
    ("the sound of", false),
    ("some", false),
    ("the", false),
    ("a bit of", false),
    ("a lot of", false),
    ("lots of", false),
    ("a", false),
    ("an", false),
    ("my", false),
];

const ENDS: &[(&str, bool)] = &[
    ("of every kind", true),
    ("of any kind", true),
    ("of all kinds", true),
    ("of all sorts", true),
    ("of any sort", true),
    ("of every sort", true),
    ("in general", true),
    ("across the board", true),
    ("full stop", true),
    ("every day", false),
    ("every morning", false),
    ("every evening", false),
    ("every night", false),
    ("every week", false),
    ("every weekend", false),
    ("all the time", false),
    ("each day", false),
    ("at all", false),
    ("so much", false),
    ("very much", false),
    ("a lot", false),
    ("the most", false),
    ("as well", false),
    ("again", false),
    ("now", false),
    ("too", false),
    ("for me", false),
    ("anymore", false),
];
