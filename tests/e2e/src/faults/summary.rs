//! Answers to the task of summarising a conversation; anything else that is asked gets a proper reply.

use super::{Answer, Name, Script, Site, errors, streams};
use serde_json::Value;
use std::time::Duration;

/// The answer for a name that is one of these.
pub fn answer(name: &Name, site: &Site) -> Option<Answer> {
    let refuses = match name.name.as_str() {
        "summary" => false,
        "summary-no" => true,
        _ => return None,
    };
    let body: Value = serde_json::from_str(&site.body).unwrap_or_default();
    let Some((former, messages)) = asked(&body) else {
        return streams::answer(&Name::parse("ok:n=20"), site);
    };
    if refuses {
        return Some(errors::status(500, "server_error", "No summary today."));
    }
    // Which messages it was given, by their first words, and what stood before: the test reads its way back by it.
    let first = |message: &Value| {
        let text = message["text"].as_str().unwrap_or_default();
        text.split(' ').next().unwrap_or_default().to_owned()
    };
    let firsts: Vec<String> = messages.iter().map(first).collect();
    let text = format!("Notes on [{}] after ({former})", firsts.join(", "));
    let (head, tail) = text.split_at(8);
    let script = Script::new().tokens(
        [head, tail],
        Duration::from_millis(name.number("delay").unwrap_or(0)),
    );
    let script = script.finish("stop");
    Some(script.usage(&streams::usage(400, 50)).done().answer())
}

/// The summary so far and the messages, where a summary is asked for.
fn asked(body: &Value) -> Option<(String, Vec<Value>)> {
    let last = body["messages"].as_array()?.last()?["content"].as_str()?;
    let asked: Value = serde_json::from_str(last).ok()?;
    let former = asked["summary"].as_str()?.to_owned();
    Some((
        former,
        serde_json::from_value(asked["messages"].clone()).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_task_gets_a_summary() {
        let text = |name: &str, content: &Value| {
            let body =
                json!({ "stream": true, "messages": [{ "role": "user", "content": content }] });
            let site = Site {
                body: body.to_string(),
                ..Site::default()
            };
            let answer = answer(&Name::parse(name), &site).expect("an answer");
            (answer.status, answer.text)
        };
        let task = json!({ "summary": "old", "messages": [{ "role": "user", "text": "one two" }] });
        let task = Value::from(task.to_string());
        assert_eq!(text("summary", &task).1, "Notes on [one] after (old)");
        assert_eq!(text("summary-no", &task).0, 500);
        assert!(!text("summary", &"one two".into()).1.starts_with("Notes"));
    }
}
