//! Gemini `streamGenerateContent`: whole answers, each with the next part, as events or as an array.

use super::voice::{Voice, count, list, text};
use crate::reply::{End, Usage};
use serde_json::Value;

/// Reads one event; whether it is one of this dialect.
pub fn event(voice: &mut Voice, _kind: &str, value: &Value) -> bool {
    if voice.error_in(value) {
        return true;
    }
    voice.model(text(value, "/modelVersion"));
    let counts = value.get("usageMetadata").filter(|all| all.is_object());
    if let Some(counts) = counts {
        voice.usage(usage(counts));
    }
    let first = |one: &&Value| one.get("index").and_then(Value::as_u64).unwrap_or(0) == 0;
    let candidate = list(value, "/candidates").iter().find(first);
    if let Some(candidate) = candidate {
        for part in list(candidate, "/content/parts") {
            read_part(voice, part);
        }
        voice.finish(text(candidate, "/finishReason"), false);
    }
    // A question that is turned down has no candidate at all.
    let blocked = text(value, "/promptFeedback/blockReason");
    if !blocked.is_empty() {
        voice.end(End::Filtered, blocked);
    }
    counts.is_some()
        || ["candidates", "promptFeedback", "modelVersion"]
            .iter()
            .any(|name| value.get(name).is_some())
}

fn read_part(voice: &mut Voice, part: &Value) {
    let words = text(part, "/text");
    match part.get("thought") {
        Some(Value::Bool(true)) => voice.reasoning(words),
        _ => voice.text(words),
    }
    if let Some(call) = part.get("functionCall") {
        voice.tool(text(call, "/name"));
    }
}

/// Thoughts are counted beside the answer here.
fn usage(counts: &Value) -> Usage {
    let number = |path| count(counts, &[path]).unwrap_or(0);
    let reasoning = number("/thoughtsTokenCount");
    Usage {
        input: number("/promptTokenCount") + number("/toolUsePromptTokenCount"),
        output: number("/candidatesTokenCount") + reasoning,
        cached: number("/cachedContentTokenCount"),
        reasoning,
    }
}
