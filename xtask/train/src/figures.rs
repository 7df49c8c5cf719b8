//! How good the recogniser is on labelled lines, by the rules of the given lines' own scorer.

use crate::data::{CLASSES, Example};
use std::fmt::Write;
use viewfinder::intent::han::simplified;
use viewfinder::intent::model::Model;
use viewfinder::intent::{Candidate, Cue, Duration, recognise_with};

/// What was recognised in a line, beside what should be.
pub struct Outcome<'a> {
    pub example: &'a Example,
    /// The surest lasting preference, where it is sure.
    pub found: Option<Candidate>,
    /// The certainty of the surest lasting preference, 0 where there is none.
    pub certainty: u8,
}

/// Recognises each line.
pub fn outcomes<'a>(model: &Model, examples: &[&'a Example]) -> Vec<Outcome<'a>> {
    let tried = examples.iter().map(|example| {
        let surest = surest(recognise_with(model, &example.text));
        let certainty = surest.as_ref().map_or(0, |one| one.certainty);
        Outcome {
            example,
            found: surest.filter(Candidate::is_sure),
            certainty,
        }
    });
    tried.collect()
}

/// The surest lasting preference of a message; of equals the first.
fn surest(found: Vec<Candidate>) -> Option<Candidate> {
    let lasting = found
        .into_iter()
        .filter(|one| one.duration == Duration::Lasting && one.cue != Cue::Retract);
    lasting.reduce(|best, one| {
        if one.certainty > best.certainty {
            one
        } else {
            best
        }
    })
}

/// What other borders between sure and unsure would give.
pub fn borders(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    for border in [40, 45, 50, 55, 60, 65, 70] {
        let count = |positive: bool, above: bool| {
            let own = outcomes
                .iter()
                .filter(|one| !one.example.temporary && !one.example.retracts);
            own.filter(|one| {
                (one.example.class > 0) == positive && (one.certainty >= border) == above
            })
            .count() as f32
        };
        let (hits, wrong) = (count(true, true), count(false, true));
        let f1 = 2.0 * hits / (2.0 * hits + wrong + count(true, false)).max(1.0);
        let _ = write!(
            text,
            "  {border}: {f1:.3} {:.3}",
            wrong / (wrong + count(false, false)).max(1.0)
        );
    }
    text.push('\n');
    text
}

type Belongs = fn(&Example) -> bool;

/// The figures as text.
pub fn table(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    let lasting: Vec<&Outcome> = outcomes
        .iter()
        .filter(|one| !one.example.temporary && !one.example.retracts)
        .collect();
    let groups: [(&str, Belongs); 3] = [
        ("all", |_| true),
        ("zh", |e| e.chinese),
        ("en", |e| !e.chinese),
    ];
    for (name, belongs) in groups {
        let own: Vec<&&Outcome> = lasting.iter().filter(|one| belongs(one.example)).collect();
        let _ = writeln!(text, "  {name:4} {}", line(&own));
    }
    for (class, name) in CLASSES.iter().enumerate().skip(1) {
        let own: Vec<&&Outcome> = lasting
            .iter()
            .filter(|one| one.example.class == class)
            .collect();
        let hit = own.iter().filter(|one| one.found.is_some()).count();
        let _ = write!(text, "  {} {}/{}", name, hit, own.len());
    }
    let implicit: Vec<&&Outcome> = lasting
        .iter()
        .filter(|one| one.example.note == "implicit")
        .collect();
    let hit = implicit.iter().filter(|one| one.found.is_some()).count();
    let _ = writeln!(text, "  implicit {hit}/{}", implicit.len());
    let mut notes: Vec<&str> = lasting
        .iter()
        .filter(|one| one.example.class == 0)
        .map(|one| one.example.note.as_str())
        .collect();
    notes.sort_unstable();
    notes.dedup();
    for note in notes {
        let own: Vec<&&Outcome> = lasting
            .iter()
            .filter(|one| one.example.class == 0 && one.example.note == note)
            .collect();
        let wrong = own.iter().filter(|one| one.found.is_some()).count();
        let _ = write!(text, "  {note} {wrong}/{}", own.len());
    }
    text.push('\n');
    text
}

fn line(own: &[&&Outcome]) -> String {
    let count = |test: &dyn Fn(&Outcome) -> bool| own.iter().filter(|one| test(one)).count() as f32;
    let hits = count(&|one| one.example.class > 0 && one.found.is_some());
    let missed = count(&|one| one.example.class > 0 && one.found.is_none());
    let wrong = count(&|one| one.example.class == 0 && one.found.is_some());
    let quiet = count(&|one| one.example.class == 0 && one.found.is_none());
    let sides = count(&|one| {
        one.found
            .as_ref()
            .is_some_and(|found| found.polarity.sign() == side(one.example.class))
    });
    let kinds = count(&|one| {
        one.found
            .as_ref()
            .is_some_and(|found| found.kind.name() == kind(one.example.class))
    });
    let topics = count(&|one| {
        one.found
            .as_ref()
            .is_some_and(|found| matches_topic(one.example, &found.topic))
    });
    let exact = count(&|one| {
        one.found.as_ref().is_some_and(|found| {
            one.example
                .topics
                .iter()
                .any(|(range, _)| *range == found.span)
        })
    });
    let part = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
    format!(
        "F1 {:.3}  P {:.3}  R {:.3}  false positives {:.3}  polarity {:.3}  topic {:.3} (exactly {:.3})  kind {:.3}",
        part(2.0 * hits, 2.0 * hits + missed + wrong),
        part(hits, hits + wrong),
        part(hits, hits + missed),
        part(wrong, wrong + quiet),
        part(sides, hits),
        part(topics, hits),
        part(exact, hits),
        part(kinds, hits),
    )
}

/// The lines that went wrong, for reading.
pub fn errors(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    for Outcome { example, found, .. } in outcomes {
        let wrong = match found {
            None if example.class > 0 => "MISSED",
            Some(_) if example.class == 0 => "FALSE",
            Some(found) if found.polarity.sign() != side(example.class) => "SIDE",
            Some(found) if !matches_topic(example, &found.topic) => "TOPIC",
            _ => continue,
        };
        let topic = found.as_ref().map_or(String::new(), |found| {
            format!(
                "{} {} {}",
                found.kind.name(),
                found.polarity.sign(),
                found.topic
            )
        });
        let _ = writeln!(
            text,
            "{wrong} {} {} {} | {} | {topic}",
            example.id,
            CLASSES[example.class],
            example.note,
            example.text.replace('\n', "\\n")
        );
    }
    text
}

fn side(class: usize) -> &'static str {
    ["", "+", "-", "+", "-", "0", "-", "+", "-"][class]
}

fn kind(class: usize) -> &'static str {
    match class {
        1 => "like",
        2 => "dislike",
        3 | 4 => "habit",
        5 | 6 => "fact_about_user",
        7 | 8 => "instruction_style",
        _ => "none",
    }
}

fn matches_topic(example: &Example, found: &str) -> bool {
    match &example.named {
        Some(named) => topics_match(named, found),
        None => example
            .topics
            .iter()
            .any(|(range, _)| topics_match(&example.text[range.clone()], found)),
    }
}

/// One in the other, if not far longer, or half of their units in common.
fn topics_match(gold: &str, found: &str) -> bool {
    let join = |text: &str| normal(text).concat();
    let (one, other) = (join(gold), join(found));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let length = |text: &str| text.chars().count();
    let (short, long) = if length(&one) <= length(&other) {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let least = if short.contains(is_han) { 1 } else { 3 };
    if one == other
        || (length(short) >= least
            && long.contains(short.as_str())
            && length(long) <= 6 * length(short).max(2))
    {
        return true;
    }
    let (one, mut rest) = (parts(gold), parts(found));
    let whole = one.len() + rest.len();
    let common = one
        .iter()
        .filter(|part| {
            rest.iter()
                .position(|other| other == *part)
                .map(|at| rest.swap_remove(at))
                .is_some()
        })
        .count();
    whole > 0 && 4 * common >= whole
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c)
}

fn normal(text: &str) -> Vec<String> {
    let folded: String = text
        .chars()
        .map(|c| {
            if c.is_alphanumeric() {
                simplified(c)
            } else {
                ' '
            }
        })
        .collect();
    folded
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

fn parts(text: &str) -> Vec<String> {
    const EMPTY: [&str; 21] = [
        "the", "a", "an", "of", "to", "my", "i", "in", "for", "and", "or", "with", "on", "at",
        "is", "are", "me", "any", "all", "very", "that",
    ];
    let mut found = Vec::new();
    for word in normal(text) {
        if word.contains(is_han) {
            found.extend(
                word.chars()
                    .filter(|c| !"的了我很吃喝看听".contains(*c))
                    .map(String::from),
            );
        } else if !EMPTY.contains(&word.as_str()) {
            let ending = ["ing", "es", "s", "ed"]
                .into_iter()
                .find(|ending| word.ends_with(ending) && word.len() - ending.len() >= 3);
            let stem = &word[..word.len() - ending.map_or(0, str::len)];
            let stem = if stem.len() > 3 {
                stem.strip_suffix('e').unwrap_or(stem)
            } else {
                stem
            };
            found.push(stem.to_owned());
        }
    }
    found
}
