//! Ollama's own dialect: one object per line.

use super::chat;
use super::voice::{Voice, count, list, text};
use crate::reply::Usage;
use serde_json::Value;

/// Reads one event; whether it is one of this dialect.
pub fn event(voice: &mut Voice, _kind: &str, value: &Value) -> bool {
    if voice.error_in(value) {
        return true;
    }
    let done = value.get("done").and_then(Value::as_bool);
    let message = value.get("message").filter(|message| message.is_object());
    voice.model(text(value, "/model"));
    // `/api/generate` has the words in the object itself.
    let from = message.unwrap_or(value);
    match text(from, "/thinking") {
        // Servers that only look like Ollama keep the name that they know it by.
        "" => voice.reasoning(&chat::reasoning(from)),
        thought => voice.reasoning(thought),
    }
    voice.text(text(
        from,
        if message.is_some() {
            "/content"
        } else {
            "/response"
        },
    ));
    for call in list(from, "/tool_calls") {
        voice.tool(text(call, "/function/name"));
    }
    let counted = ["prompt_eval_count", "eval_count"]
        .iter()
        .any(|name| value.get(name).is_some());
    if counted {
        voice.usage(Usage {
            input: count(value, &["/prompt_eval_count"]).unwrap_or(0),
            output: count(value, &["/eval_count"]).unwrap_or(0),
            ..Usage::default()
        });
    }
    if done == Some(true) {
        voice.finish(text(value, "/done_reason"), false);
        voice.done();
    }
    done.is_some() || message.is_some()
}
