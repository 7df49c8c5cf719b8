//! The labelled scripts, from the messages to what holds at the end.

use super::*;
use serde_json::Value;

/// Whether exactly the labelled preferences hold, and nothing else but the labelled limited ones.
fn is_exact(script: &Value) -> bool {
    let messages: Vec<&str> = script["utterances"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let (book, _) = after(&messages);
    let mut lasting: Vec<&Preference> = book
        .all()
        .filter(|p| p.status == Status::Active && p.until.is_none())
        .collect();
    let wanted = script["active"].as_array().unwrap();
    let found = wanted.iter().all(|item| {
        let at = lasting.iter().position(|pref| fits(item, pref));
        at.map(|at| lasting.remove(at)).is_some()
    });
    let limited = script["temporary"].as_array().unwrap();
    found
        && lasting
            .iter()
            .all(|pref| limited.iter().any(|item| fits(item, pref)))
}

fn fits(item: &Value, pref: &Preference) -> bool {
    let sign = item["polarity"].as_str().unwrap();
    let side = pref.polarity().sign() == sign || (sign == "0" && pref.polarity() == Polarity::For);
    let aliases = item["aliases"].as_array().into_iter().flatten();
    let mut names = std::iter::once(&item["topic"])
        .chain(aliases)
        .filter_map(Value::as_str);
    let plain = |text: &str| text.to_lowercase().split_whitespace().collect::<String>();
    let topic = plain(&pref.topic);
    side && names.any(|name| {
        let name = plain(name);
        topic::key(&name) == pref.key || topic.contains(&name) || name.contains(&topic)
    })
}

#[test]
fn scripts_end_as_labelled() {
    for (name, lines, least) in [
        (
            "conflicts",
            include_str!("../../../tests/data/memory/conflicts.jsonl"),
            0.95,
        ),
        (
            "more",
            include_str!("../../../tests/data/memory/more.jsonl"),
            0.95,
        ),
        (
            "fresh",
            include_str!("../../../tests/data/memory/fresh.jsonl"),
            0.95,
        ),
        (
            "kept",
            include_str!("../../../tests/data/memory/kept.jsonl"),
            0.85,
        ),
        (
            "last",
            include_str!("../../../tests/data/memory/last.jsonl"),
            0.85,
        ),
    ] {
        let scripts: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let wrong: Vec<&Value> = scripts.iter().filter(|script| !is_exact(script)).collect();
        let exact = 1.0 - wrong.len() as f64 / scripts.len() as f64;
        println!("{name}: {exact:.3} of {} exact", scripts.len());
        let told: Vec<String> = wrong
            .iter()
            .map(|script| script["utterances"].to_string())
            .collect();
        assert!(exact >= least, "{name}: {exact:.3}\n{}", told.join("\n"));
    }
}
