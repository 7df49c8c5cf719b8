//! OpenAI chat completions and everything compatible: bytes to deltas.

use super::errors;
use super::think::Think;
use crate::reply::{Delta, End, Usage};
use crate::sse;
use crate::text::decimal;
use serde_json::Value;

/// Most bytes of a body that is gathered whole.
const MOST: usize = 32 << 20;

/// Reads one HTTP answer, fed in any chunks with the same result.
#[derive(Debug)]
pub struct Decoder {
    status: u16,
    html: bool,
    host: String,
    key: String,
    mode: Mode,
    head: Vec<u8>,
    sse: sse::Decoder,
    think: Think,
    named: bool,
    /// Whether the model said that it declines; its finish reason is `stop` all the same.
    refused: bool,
    high_half: String,
}

/// What the body has turned out to be.
#[derive(Debug, PartialEq)]
enum Mode {
    Unknown,
    Stream,
    Whole,
}

impl Decoder {
    /// A decoder for an answer with this status and `Content-Type` from `host`; `key` is redacted from whatever it says.
    pub fn new(status: u16, content_type: &str, host: &str, key: &str) -> Self {
        let kind = content_type.to_ascii_lowercase();
        let bad = status >= 400;
        Self {
            status,
            html: kind.contains("text/html"),
            host: host.to_owned(),
            key: key.to_owned(),
            mode: match (bad, kind.contains("event-stream")) {
                (true, _) => Mode::Whole,
                (false, true) => Mode::Stream,
                (false, false) => Mode::Unknown,
            },
            head: Vec::new(),
            sse: sse::Decoder::new(),
            think: Think::default(),
            named: false,
            refused: false,
            high_half: String::new(),
        }
    }

    /// More bytes of the body; what they say.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Delta> {
        if self.mode == Mode::Stream {
            return self.stream(bytes);
        }
        if self.head.len() < MOST {
            self.head.extend_from_slice(bytes);
        }
        if self.mode == Mode::Unknown {
            let text = self
                .head
                .strip_prefix(b"\xEF\xBB\xBF")
                .unwrap_or(&self.head);
            match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
                Some(b'{' | b'[' | b'<') => self.mode = Mode::Whole,
                Some(_) => {
                    self.mode = Mode::Stream;
                    let head = std::mem::take(&mut self.head);
                    return self.stream(&head);
                }
                None => {}
            }
        }
        Vec::new()
    }

    /// The body is over: what was still held back.
    pub fn finish(&mut self) -> Vec<Delta> {
        let mut deltas = Vec::new();
        match self.mode {
            Mode::Stream => {
                if let Some(event) = self.sse.finish() {
                    self.event(&event.data, &mut deltas);
                }
            }
            Mode::Whole | Mode::Unknown => self.whole(&mut deltas),
        }
        self.think.finish(&mut deltas);
        deltas
    }

    fn stream(&mut self, bytes: &[u8]) -> Vec<Delta> {
        let mut deltas = Vec::new();
        for event in self.sse.push(bytes) {
            self.event(&event.data, &mut deltas);
        }
        deltas
    }

    fn whole(&mut self, deltas: &mut Vec<Delta>) {
        let bytes = std::mem::take(&mut self.head);
        let body = String::from_utf8_lossy(&bytes);
        let body = body.trim_start_matches('\u{feff}').trim();
        if self.status >= 400 {
            return deltas.push(Delta::Error(errors::from_status(
                self.status,
                body,
                &self.host,
                &self.key,
            )));
        }
        if body.is_empty() {
            return;
        }
        match parse(body) {
            Some(value) if !self.html || value.is_object() => {
                let known = value.get("choices").is_some() || value.get("error").is_some();
                match known {
                    true => self.chunk(&value, deltas),
                    false => deltas.push(Delta::Error(errors::not_api(
                        self.status,
                        body,
                        &self.host,
                        &self.key,
                    ))),
                }
            }
            _ => deltas.push(Delta::Error(errors::not_api(
                self.status,
                body,
                &self.host,
                &self.key,
            ))),
        }
    }

    fn event(&mut self, data: &str, deltas: &mut Vec<Delta>) {
        let data = data.trim();
        if data == "[DONE]" {
            self.think.finish(deltas);
            return deltas.push(Delta::Done);
        }
        match self.parse(data) {
            Some(value) if value.is_object() => self.chunk(&value, deltas),
            _ => deltas.push(Delta::Garbled),
        }
    }

    /// Reads JSON in which a character beyond the basic plane may be split over two chunks as two halves.
    fn parse(&mut self, data: &str) -> Option<Value> {
        let held = std::mem::take(&mut self.high_half);
        if held.is_empty()
            && let Ok(value) = serde_json::from_str(data)
        {
            return Some(value);
        }
        let (text, high) = join_halves(data, &held);
        self.high_half = high;
        serde_json::from_str(&text).ok()
    }

    fn chunk(&mut self, value: &Value, deltas: &mut Vec<Delta>) {
        if let Some(error) = value.get("error").filter(|error| !error.is_null()) {
            let object = if error.is_object() {
                error.clone()
            } else {
                value.clone()
            };
            self.think.finish(deltas);
            return deltas.push(Delta::Error(errors::from_object(
                &object, &self.host, &self.key,
            )));
        }
        if let Some(model) = value
            .get("model")
            .and_then(Value::as_str)
            .filter(|model| !model.is_empty() && !self.named)
        {
            self.named = true;
            deltas.push(Delta::Model(model.to_owned()));
        }
        let choices = value.get("choices").and_then(Value::as_array);
        let first = |choice: &&Value| choice.get("index").and_then(Value::as_u64).unwrap_or(0) == 0;
        if let Some(choice) = choices.and_then(|choices| choices.iter().find(first)) {
            self.choice(choice, deltas);
        }
        let usage = value
            .get("usage")
            .filter(|usage| usage.is_object())
            .or(value.pointer("/x_groq/usage"));
        if let Some(usage) = usage {
            deltas.push(Delta::Usage(read_usage(usage)));
        }
    }

    fn choice(&mut self, choice: &Value, deltas: &mut Vec<Delta>) {
        if let Some(delta) = choice.get("delta").or(choice.get("message")) {
            let thought = reasoning(delta);
            if !thought.is_empty() {
                deltas.push(Delta::Reasoning(thought));
            }
            match delta.get("content") {
                Some(Value::String(text)) => self.think.push(text, deltas),
                Some(Value::Array(parts)) => parts.iter().for_each(|part| self.part(part, deltas)),
                _ => {}
            }
            if let Some(text) = delta
                .get("refusal")
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
            {
                self.refused = true;
                self.think.push(text, deltas);
            }
            let calls = delta
                .get("tool_calls")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            let names = calls.filter_map(|call| call.pointer("/function/name")?.as_str());
            let old = delta.pointer("/function_call/name").and_then(Value::as_str);
            deltas.extend(names.chain(old).map(|name| Delta::Tool(name.to_owned())));
        }
        let reason = choice
            .get("finish_reason")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let whole = choice.get("message").is_some();
        let finish = match (end(reason), self.refused) {
            (End::Complete, true) => Some((End::Refused, "refusal")),
            (_, true) if reason.is_empty() && whole => Some((End::Refused, "refusal")),
            _ if reason.is_empty() => None,
            (end, _) => Some((end, reason)),
        };
        if let Some((end, raw)) = finish {
            self.think.finish(deltas);
            deltas.push(Delta::Finish {
                end,
                raw: raw.to_owned(),
            });
        }
    }

    fn part(&mut self, part: &Value, deltas: &mut Vec<Delta>) {
        let thought = part.get("thinking").map(flatten).unwrap_or_default();
        if !thought.is_empty() {
            deltas.push(Delta::Reasoning(thought));
        }
        if let Some(text) = part.get("text").and_then(Value::as_str) {
            self.think.push(text, deltas);
        }
    }
}

/// The normalised end behind a finish reason of any provider that speaks this dialect.
pub fn end(reason: &str) -> End {
    match reason.to_ascii_lowercase().as_str() {
        "stop" | "end_turn" | "eos" | "eos_token" | "stop_sequence" | "complete" => End::Complete,
        "length"
        | "max_tokens"
        | "model_length"
        | "max_output_tokens"
        | "model_context_window_exceeded" => End::Length,
        "content_filter" | "sensitive" | "safety" => End::Filtered,
        "refusal" => End::Refused,
        "pause_turn" => End::Paused,
        "tool_calls" | "function_call" | "tool_use" => End::Tool,
        // The server gave up on its side: what there is was cut off.
        "network_error" | "insufficient_system_resource" | "error" | "abort" => End::Cut,
        _ => End::Unknown,
    }
}

/// The three names under which reasoning arrives; a server may send two with the same words.
fn reasoning(delta: &Value) -> String {
    let plain = ["reasoning_content", "reasoning"]
        .iter()
        .find_map(|name| delta.get(name)?.as_str().filter(|text| !text.is_empty()));
    match plain {
        Some(text) => text.to_owned(),
        None => delta
            .get("reasoning_details")
            .map(flatten)
            .unwrap_or_default(),
    }
}

fn flatten(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(flatten).collect(),
        Value::Object(part) => ["text", "summary"]
            .iter()
            .find_map(|name| part.get(*name))
            .map(flatten)
            .unwrap_or_default(),
        _ => String::new(),
    }
}

fn read_usage(usage: &Value) -> Usage {
    let number = |paths: &[&str]| {
        let found = paths.iter().find_map(|path| {
            let value = usage.pointer(path)?;
            value.as_f64().or_else(|| decimal(value.as_str()?))
        });
        // Beyond 2^53 a browser cannot count; a negative count is none.
        found.unwrap_or(0.0).clamp(0.0, 9_007_199_254_740_991.0) as u64
    };
    Usage {
        input: number(&["/prompt_tokens", "/input_tokens"]),
        output: number(&["/completion_tokens", "/output_tokens"]),
        cached: number(&[
            "/prompt_tokens_details/cached_tokens",
            "/prompt_cache_hit_tokens",
            "/cached_tokens",
        ]),
        reasoning: number(&[
            "/completion_tokens_details/reasoning_tokens",
            "/reasoning_tokens",
        ]),
    }
}

fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text)
        .ok()
        .or_else(|| serde_json::from_str(&join_halves(text, "").0).ok())
}

/// Puts a held high half before the first low half, takes out the high half that ends a string, and makes
/// every other lone half U+FFFD. Returns the text and the high half that now waits, as `\udXXX`.
fn join_halves(text: &str, held: &str) -> (String, String) {
    let mut out = String::with_capacity(text.len() + 8);
    let mut waiting = held.to_owned();
    let mut high = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let Some(unit) = half(&rest[at..]) else {
            let next = rest[at + 1..]
                .chars()
                .next()
                .map_or(1, |c| 1 + c.len_utf8());
            out.push_str(&rest[at..at + next]);
            rest = &rest[at + next..];
            continue;
        };
        let escape = &rest[at..at + 6];
        rest = &rest[at + 6..];
        match unit {
            0xD800..0xDC00 if half(rest).is_some_and(|low| low >= 0xDC00) => {
                out.push_str(escape);
                out.push_str(&rest[..6]);
                rest = &rest[6..];
            }
            0xD800..0xDC00 if rest.starts_with('"') => high = escape.to_owned(),
            0xDC00.. if !waiting.is_empty() => {
                out.push_str(&std::mem::take(&mut waiting));
                out.push_str(escape);
            }
            _ => out.push_str("\\ufffd"),
        }
    }
    out.push_str(rest);
    (out, high)
}

/// The surrogate that `text` begins with as an escape.
fn half(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16)
        .ok()
        .filter(|unit| (0xD800..0xE000).contains(unit))
}

#[cfg(test)]
#[path = "openai_tests.rs"]
mod tests;
