//! English clauses.

mod facts;
mod mood;
mod named;
mod object;
mod retract;
mod tables;

use super::super::{Cue, Duration, Kind, Statement};
use super::{Clause, Open, style};
use mood::{Mood, adverbs, adverbs_after, ends, lead, starts, tail, take};
use object::{clean, parts};
use tables::{BASES, ON_TOPIC, PREDICATES};

/// Reads a clause.
pub fn read(clause: &Clause, open: &mut Open) {
    let mut mood = Mood {
        cue: open.cue,
        ..Mood::default()
    };
    let text = lead(clause.low, &mut mood);
    let text = tail(text, &mut mood);
    if text.is_empty() {
        open.cue = mood.cue;
        open.duration = mood.duration;
        return;
    }
    if retract::read(clause, text, open) || retract::exception(clause, text, &mood, open) {
        return;
    }
    if named::name(clause, text, open) || style::read(clause, text, open) {
        return;
    }
    let text = condition(clause, text, &mut mood);
    let said = match subject(text) {
        Subject::Writer(rest) => {
            facts::read(clause, rest, &mood, open)
                || predicate(clause, rest, mood.clone(), open)
                || habit(clause, rest, mood.clone(), open)
        }
        Subject::Us(rest) => facts::moved(clause, rest, open),
        Subject::None => on_topic(clause, text, &mood, open) || elliptic(clause, text, &mood, open),
        Subject::Other => on_topic(clause, text, &mood, open),
    };
    if !said && mood.cue != Cue::None {
        open.cue = mood.cue;
    }
}

enum Subject<'t> {
    Writer(&'t str),
    /// "We": of facts only where one lives.
    Us(&'t str),
    Other,
    None,
}

fn subject(text: &str) -> Subject<'_> {
    if let Some(rest) = starts(text, "i") {
        return Subject::Writer(rest);
    }
    // "I'd like a table": a wish, not a liking.
    if starts(text, "i'd")
        .or_else(|| starts(text, "i would"))
        .is_some()
    {
        return Subject::Other;
    }
    for short in ["i'm", "i've", "i'll"] {
        if let Some(rest) = starts(text, short) {
            // "am", "have" and "would" say nothing that the rest does not.
            return Subject::Writer(rest);
        }
    }
    if let Some(rest) = ["we", "we've", "we're"]
        .iter()
        .find_map(|us| starts(text, us))
    {
        return Subject::Us(rest);
    }
    let first = text.split([' ', ',']).next().unwrap_or_default();
    let carried = tables::BARE.iter().any(|word| starts(text, word).is_some());
    let bare = carried
        || PREDICATES
            .iter()
            .any(|(word, _)| starts(text, word).is_some())
        || first == "not"
        || first == "can't";
    if bare {
        return Subject::Writer(text);
    }
    if tables::OTHERS.contains(&first) {
        return Subject::Other;
    }
    // A short remark may stand before the subject.
    let inner = [" i ", " i'm ", " i've "]
        .iter()
        .filter_map(|word| text.split_once(word))
        .min_by_key(|(before, _)| before.len());
    match inner {
        Some((before, rest)) if remark(before) => Subject::Writer(rest),
        _ => Subject::None,
    }
}

fn remark(before: &str) -> bool {
    let says = [
        "said", "says", "think", "thinks", "told", "that", "what", "if", "know", "song",
        "sentence", "where", "why", "like", "is", "are", "was", "thing",
    ];
    let words = || before.split([' ', ',']);
    words().count() <= 4
        && !words().any(|word| says.contains(&word) || tables::OTHERS.contains(&word))
}

/// "When I work, …", "on weekends …", "… when I'm at home": what it is bound to. Gives the text without it.
fn condition<'t>(clause: &Clause, text: &'t str, mood: &mut Mood) -> &'t str {
    for link in tables::WHEN.iter() {
        let Some(rest) = starts(text, link) else {
            continue;
        };
        let cut = [", i ", ", i'", " i ", " i'm ", " i've "]
            .iter()
            .filter_map(|subject| {
                let at = rest.rfind(subject)?;
                Some((at, at + subject.find('i').unwrap_or(0)))
            });
        if let Some((end, from)) = cut.min_by_key(|(at, _)| std::cmp::Reverse(*at)) {
            let words = rest[..end].trim_end_matches(',');
            let kept = if matches!(*link, "when" | "while" | "whenever" | "if" | "once") {
                words
            } else {
                &text[..text.len() - rest.len() + end]
            };
            mood.condition = clause.typed(kept.trim_end_matches(',')).to_owned();
            return &rest[from..];
        }
    }
    for link in tables::WHEN_AFTER.iter() {
        let Some(at) = text.find(link) else {
            continue;
        };
        // "I enjoy it when it rains" is about rain.
        if text[..at].ends_with(" it") {
            continue;
        }
        mood.condition = clause.typed(text[at..].trim()).to_owned();
        return text[..at].trim_end_matches([' ', ',']);
    }
    text
}

/// A liking or disliking of the writer.
fn predicate(clause: &Clause, rest: &str, mut mood: Mood, open: &mut Open) -> bool {
    let rest = adverbs(rest, &mut mood);
    let Some((right, strength)) = take(rest, &PREDICATES) else {
        return false;
    };
    mood.turned |= tables::TURNS.iter().any(|turn| rest.starts_with(turn));
    let right = adverbs_after(right, &mut mood);
    finish(clause, right, strength, mood, Kind::Taste, open)
}

/// Makes the statements of a predicate: one for each topic of a list.
fn finish(
    clause: &Clause,
    object: &str,
    strength: i8,
    mut mood: Mood,
    kind: Kind,
    open: &mut Open,
) -> bool {
    let object = clean(object, &mut mood);
    if mood.past {
        clause.typed(object).clone_into(&mut open.topic);
        return true;
    }
    let pronoun = object.is_empty() || tables::PRONOUNS.contains(&object);
    let typed = if pronoun {
        open.topic.clone()
    } else {
        clause.typed(object).to_owned()
    };
    if typed.is_empty()
        || tables::PERSONS
            .iter()
            .any(|word| starts(object, word).is_some())
    {
        return false;
    }
    let taken_back = mood.not && strength < 0;
    let strength = match (mood.not, mood.strong) {
        (true, _) => -strength.signum(),
        (false, true) => strength.signum() * 2,
        (false, false) => strength,
    };
    let taken_back = taken_back && mood.has_turned();
    let (cue, certainty) = mood.cue();
    for part in parts(&typed) {
        open.add(Statement {
            kind,
            strength: Some(if taken_back { -strength } else { strength }),
            topic: part.to_owned(),
            condition: mood.condition.clone(),
            duration: mood.duration,
            cue: if taken_back { Cue::Retract } else { cue },
            certainty,
            ..Statement::default()
        });
    }
    true
}

/// Something done or never done: "I never eat meat", "I drink tea every day", "I started running again".
fn habit(clause: &Clause, rest: &str, mut mood: Mood, open: &mut Open) -> bool {
    let rest = adverbs(rest, &mut mood);
    let started = tables::STARTS.iter().find_map(|word| starts(rest, word));
    let stopped = tables::STOPS.iter().find_map(|word| starts(rest, word));
    let (body, strength) = match (started, stopped) {
        (Some(body), _) => {
            mood.turned = true;
            (body, 1)
        }
        (_, Some(body)) => {
            mood.turned = true;
            (body, -1)
        }
        _ => (rest, 1),
    };
    let first = body.split(' ').next().unwrap_or_default();
    let gerund = first.ends_with("ing") && first.len() > 4;
    let base = BASES.contains(&first);
    let plain = tables::PLAIN.contains(&first) && body.len() > first.len();
    let done_once = starts(rest, "been").is_some() || first.ends_with("ed");
    let never =
        mood.never && !done_once && !tables::NO_HABITS.contains(&first) && !first.is_empty();
    let told = plain
        || mood.not
        || mood.habit
        || mood.only
        || mood.turned
        || mood.duration != Duration::Lasting;
    if !(base || gerund || never) || !(told || started.is_some() || stopped.is_some()) {
        return false;
    }
    let object = body[first.len()..].trim_start();
    let object = adverbs_after(object, &mut mood);
    // The thing is the topic; without one, the doing is.
    let topic = match object {
        "" => body,
        "it" | "that" | "them" => "",
        _ if tables::CARRY.contains(&first) => object,
        _ => body,
    };
    finish(clause, topic, strength, mood, Kind::Habit, open)
}

/// The topic first: "Sushi is my favourite food", "aubergine has grown on me", "flying terrifies me".
fn on_topic(clause: &Clause, text: &str, mood: &Mood, open: &mut Open) -> bool {
    if named::favourite(clause, text, mood, open) {
        return true;
    }
    let found = ON_TOPIC.iter().filter_map(|(words, strength)| {
        let at = text.find(words)?;
        let after = &text[at + words.len()..];
        let whole = after.is_empty() || after.starts_with([' ', ',', '.', '!']);
        (at > 0 && whole).then_some((at, *strength, words.len()))
    });
    let Some((at, strength, _)) =
        found.min_by_key(|(at, _, length)| (*at, std::cmp::Reverse(*length)))
    else {
        return false;
    };
    let mut mood = mood.clone();
    let mut topic = text[..at].trim_end();
    for word in [
        "don't",
        "doesn't",
        "do not",
        "does not",
        "no longer",
        "never",
        "didn't",
    ] {
        if let Some(rest) = ends(topic, word) {
            mood.not = true;
            mood.turned |= word == "no longer";
            topic = rest;
        }
    }
    let first = topic.split(' ').next().unwrap_or_default();
    if tables::OTHERS.contains(&first) && !tables::PRONOUNS.contains(&topic) && first != "my" {
        return false;
    }
    finish(clause, topic, strength, mood, Kind::Taste, open)
}

/// "only green tea", "no coffee for me", "not storms": the rest was said before.
fn elliptic(clause: &Clause, text: &str, mood: &Mood, open: &mut Open) -> bool {
    if let Some(rest) = starts(text, "no") {
        let topic = ["for me", "for the moment"]
            .iter()
            .find_map(|end| ends(rest, end));
        let limited = mood.duration != Duration::Lasting;
        if let Some(topic) = topic.or(limited.then_some(rest)) {
            return finish(clause, topic, -1, mood.clone(), Kind::Habit, open);
        }
        return false;
    }
    let only = ["only", "just", "mainly", "mostly"]
        .iter()
        .find_map(|word| starts(text, word));
    let narrow = mood.cue == Cue::Narrow || starts(text, "only").is_some();
    let topic = only.unwrap_or(text);
    if !narrow || topic.split(' ').count() > 4 || topic.is_empty() {
        return false;
    }
    let mut mood = mood.clone();
    let topic = clean(topic, &mut mood);
    open.add(Statement {
        topic: clause.typed(topic).to_owned(),
        cue: Cue::Narrow,
        certainty: 85,
        ..Statement::default()
    });
    true
}
