//! What every dialect says in the end: deltas, with the rules that hold for all of them.

use super::think::Think;
use crate::provider::{at, errors};
use crate::reply::{Delta, End, Usage};
use crate::text::{between, decimal};
use serde_json::Value;

/// Gathers the deltas of an answer.
#[derive(Debug, Default)]
pub struct Voice {
    /// What has been said and not been taken.
    pub deltas: Vec<Delta>,
    /// What the counts have come to, for dialects that send them in parts.
    pub usage: Usage,
    /// Whether text has come since the last whole text, and reasoning since the last whole reasoning: a dialect
    /// that sends both the pieces and the whole of it counts only one of them.
    pub pieces: [bool; 2],
    /// Where the reasoning comes from, in a dialect that has two sources for it.
    pub source: String,
    host: String,
    key: String,
    think: Think,
    named: bool,
    said: bool,
    asked: bool,
    refused: bool,
}

impl Voice {
    /// A voice from `host`; `key` is taken out of its errors.
    pub fn new(host: &str, key: &str) -> Self {
        Self {
            host: host.to_owned(),
            key: key.to_owned(),
            ..Self::default()
        }
    }

    /// More of the answer.
    pub fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.said = true;
        self.think.push(text, &mut self.deltas);
    }

    /// More of the reasoning.
    pub fn reasoning(&mut self, text: &str) {
        if !text.is_empty() {
            self.said = true;
            self.deltas.push(Delta::Reasoning(text.to_owned()));
        }
    }

    /// Whether any words have come.
    pub fn has_said(&self) -> bool {
        self.said
    }

    /// More of the words with which the model declines; the reason for the end may be `stop` all the same.
    pub fn refusal(&mut self, text: &str) {
        self.refused |= !text.is_empty();
        self.text(text);
    }

    /// A tool is asked for.
    pub fn tool(&mut self, name: &str) {
        self.asked = true;
        self.deltas.push(Delta::Tool(name.to_owned()));
    }

    /// Who answers; the first name counts.
    pub fn model(&mut self, name: &str) {
        if !name.is_empty() && !self.named {
            self.named = true;
            self.deltas.push(Delta::Model(name.to_owned()));
        }
    }

    /// Counts. Servers that do not count say 0 of everything, which is to say nothing.
    pub fn usage(&mut self, usage: Usage) {
        self.usage = usage;
        if usage != Usage::default() {
            self.deltas.push(Delta::Usage(usage));
        }
    }

    /// The reason for the end. `whole` is an answer that is over with this, whether or not it gives one.
    pub fn finish(&mut self, raw: &str, whole: bool) {
        if raw.is_empty() {
            if whole && self.refused {
                self.end(End::Refused, "refusal");
            }
            return;
        }
        match end(raw) {
            End::Complete if self.refused => self.end(End::Refused, "refusal"),
            End::Complete if self.asked => self.end(End::Tool, raw),
            // The server has only made the model ready.
            End::Unknown if matches!(raw, "load" | "unload") && !self.said => {
                self.end(End::Empty, raw)
            }
            end => self.end(end, raw),
        }
    }

    /// The end, where no word of the provider has to be read for it.
    pub fn end(&mut self, end: End, raw: &str) {
        self.flush();
        let raw = raw.to_owned();
        self.deltas.push(Delta::Finish { end, raw });
    }

    /// The provider's terminator.
    pub fn done(&mut self) {
        self.flush();
        self.deltas.push(Delta::Done);
    }

    /// An error: `error` is the object, or what holds a mere sentence.
    pub fn error(&mut self, error: &Value) {
        self.flush();
        let fault = errors::from_object(error, &self.host, &self.key);
        self.deltas.push(Delta::Error(fault));
    }

    /// The error that an object holds, where it holds one; whether it does.
    pub fn error_in(&mut self, value: &Value) -> bool {
        match value.get("error").filter(|error| !error.is_null()) {
            Some(error) if error.is_object() => self.error(error),
            Some(_) => self.error(value),
            None => return false,
        }
        true
    }

    /// What was held back, in case it became a tag.
    pub fn flush(&mut self) {
        self.think.finish(&mut self.deltas);
    }

    /// Whether any text or reasoning came after the first `count` deltas.
    pub fn spoke_since(&self, count: usize) -> bool {
        let words = |delta: &Delta| matches!(delta, Delta::Text(_) | Delta::Reasoning(_));
        self.deltas[count..].iter().any(words)
    }
}

/// The normalised end behind the reason of any provider, in any dialect.
pub fn end(reason: &str) -> End {
    match reason.to_ascii_lowercase().as_str() {
        "stop" | "end_turn" | "eos" | "eos_token" | "stop_sequence" | "complete" | "completed" => {
            End::Complete
        }
        "length"
        | "max_tokens"
        | "model_length"
        | "max_output_tokens"
        | "model_context_window_exceeded" => End::Length,
        "content_filter"
        | "sensitive"
        | "safety"
        | "recitation"
        | "language"
        | "blocklist"
        | "prohibited_content"
        | "spii"
        | "image_safety"
        | "image_prohibited_content"
        | "image_recitation" => End::Filtered,
        "refusal" => End::Refused,
        "pause_turn" => End::Paused,
        "tool_calls" | "function_call" | "tool_use" => End::Tool,
        // The server gave up on its side: what there is was cut off.
        "network_error" | "insufficient_system_resource" | "error" | "abort" | "cancelled" => {
            End::Cut
        }
        _ => End::Unknown,
    }
}

/// The text at a path; empty where there is none.
pub fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    at(value, path).and_then(Value::as_str).unwrap_or("")
}

/// The members of the array at a path.
pub fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    let list = at(value, path).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

/// The count at the first of some paths that has one. Some servers write numbers as text.
pub fn count(value: &Value, paths: &[&str]) -> Option<u64> {
    let number = paths.iter().find_map(|path| {
        let value = at(value, path)?;
        value.as_f64().or_else(|| decimal(value.as_str()?))
    })?;
    // Beyond 2^53 a browser cannot count; a negative count is none.
    Some(between(number, 0.0, 9_007_199_254_740_991.0) as u64)
}

/// Counts under the names that OpenAI gave them, and those who followed.
pub fn usage(value: &Value) -> Usage {
    let number = |paths| count(value, paths).unwrap_or(0);
    let mut usage = Usage {
        input: number(&["/prompt_tokens", "/input_tokens"]),
        output: number(&["/completion_tokens", "/output_tokens"]),
        cached: number(&[
            "/prompt_tokens_details/cached_tokens",
            "/input_tokens_details/cached_tokens",
            "/prompt_cache_hit_tokens",
            "/cached_tokens",
        ]),
        reasoning: number(&[
            "/completion_tokens_details/reasoning_tokens",
            "/output_tokens_details/reasoning_tokens",
            "/reasoning_tokens",
        ]),
    };
    // A part cannot exceed the whole: where it does, or the total says so, the server counts it beside it.
    let apart = usage.input + usage.output + usage.reasoning;
    let beside = count(value, &["/total_tokens"]).is_some_and(|total| total == apart);
    if usage.reasoning > usage.output || (beside && usage.reasoning > 0) {
        usage.output += usage.reasoning;
    }
    if usage.cached > usage.input {
        usage.input += usage.cached;
    }
    usage
}
