//! Answers to the question whether a sentence states a preference; anything else that is asked gets a proper reply.

use super::{Answer, Name, Script, Site, errors, streams};
use serde_json::{Value, json};
use std::time::Duration;

/// The answer for a name that is one of these.
pub fn answer(name: &Name, site: &Site) -> Option<Answer> {
    let found = match name.name.as_str() {
        "opinion" | "opinion-plain" => true,
        "opinion-no" => false,
        _ => return None,
    };
    let body: Value = serde_json::from_str(&site.body).unwrap_or_default();
    let shaped = body.get("response_format").is_some();
    let Some(sentences) = sentences(&body) else {
        return streams::answer(&Name::parse("ok:n=20"), site);
    };
    if shaped && name.name == "opinion-plain" {
        return Some(errors::status(
            400,
            "invalid_request_error",
            "Unknown parameter: response_format",
        ));
    }
    let preferences: Vec<Value> = sentences
        .iter()
        .filter(|_| found)
        .map(|sentence| {
            let end = sentence.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
            json!({ "quote": sentence, "topic": &sentence[end..], "kind": "taste", "strength": -1, "condition": "" })
        })
        .collect();
    let text = json!({ "reason": "It weighs the case.", "preferences": preferences }).to_string();
    let (first, rest) = text.split_at(12);
    let script = Script::new()
        .tokens([first, rest], Duration::ZERO)
        .finish("stop");
    Some(script.usage(&streams::usage(321, 45)).done().answer())
}

/// The sentences that are asked about.
fn sentences(body: &Value) -> Option<Vec<String>> {
    let last = body["messages"].as_array()?.last()?["content"].as_str()?;
    let asked: Value = serde_json::from_str(last).ok()?;
    serde_json::from_value(asked["sentences"].clone()).ok()
}
