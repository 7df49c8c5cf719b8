//! The recogniser of preferences.

use serde_json::{Value, json};
use viewfinder::intent::{self, Candidate, Cue, Duration};

pub fn recognise_line(line: &Value) -> Value {
    let found = intent::recognise(line["text"].as_str().unwrap_or_default());
    let lasting = found
        .iter()
        .filter(|one| one.duration == Duration::Lasting && one.cue != Cue::Retract);
    let surest = lasting.reduce(|best, one| {
        if one.certainty > best.certainty {
            one
        } else {
            best
        }
    });
    let sure = surest.filter(|one| one.is_sure());
    let preferences: Vec<Value> = found
        .iter()
        .map(|one| preference(one, &line["text"]))
        .collect();
    json!({
        "id": line["id"],
        "is_preference": sure.is_some(),
        "kind": sure.map_or("none", |one| one.kind.name()),
        "polarity": sure.map_or("0", |one| one.polarity.sign()),
        "topic": sure.map(|one| &one.topic),
        "certainty": surest.map_or(0, |one| one.certainty),
        "preferences": preferences,
    })
}

fn preference(one: &Candidate, text: &Value) -> Value {
    json!({
        "kind": one.kind.name(), "polarity": one.polarity.sign(), "strength": one.strength, "topic": one.topic,
        "condition": one.condition, "exceptions": one.exceptions, "duration": one.duration.name(),
        "cue": one.cue.name(), "certainty": one.certainty,
        "quote": text.as_str().and_then(|text| text.get(one.quote.clone())),
    })
}
