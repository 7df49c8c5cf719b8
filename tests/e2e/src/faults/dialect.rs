//! The same faults in the other dialects: each event of chat completions in the words of the dialect that was asked.

use super::{Answer, Step};
use serde_json::{Value, json};

/// A dialect other than chat completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// OpenAI Responses.
    Responses,
    /// Anthropic Messages.
    Messages,
    /// Gemini.
    Gemini,
    /// Ollama's own.
    Ollama,
}

impl Dialect {
    /// The dialect of a path, and the model where the path names it.
    pub fn of(path: &str) -> Option<(Self, Option<&str>)> {
        if let Some((model, _)) = path
            .rsplit_once("/models/")
            .and_then(|(_, rest)| rest.split_once(":streamGenerateContent"))
        {
            return Some((Self::Gemini, Some(model)));
        }
        let dialect = [
            ("/responses", Self::Responses),
            ("/messages", Self::Messages),
            ("api/chat", Self::Ollama),
        ];
        let found = dialect.iter().find(|(end, _)| path.ends_with(end));
        found.map(|(_, dialect)| (*dialect, None))
    }

    /// The header in which a key comes.
    pub fn key_header(self) -> &'static str {
        match self {
            Self::Messages => "x-api-key",
            Self::Gemini => "x-goog-api-key",
            Self::Responses | Self::Ollama => "authorization",
        }
    }

    /// An answer in this dialect. What is no event of chat completions stays as it is.
    pub fn put(self, mut answer: Answer) -> Answer {
        if answer.status != 200 {
            return answer;
        }
        for step in &mut answer.steps {
            if let Step::Send { bytes, .. } = step {
                *bytes = self.event(bytes);
            }
        }
        if self == Self::Ollama && !answer.headers.is_empty() {
            answer.headers[0].1 = "application/x-ndjson".to_owned();
        }
        answer
    }

    fn event(self, bytes: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(bytes);
        let Some(data) = text.strip_prefix("data: ") else {
            return bytes.to_vec();
        };
        if data.trim() == "[DONE]" {
            return match self {
                Self::Messages => self.write(&[json!({ "type": "message_stop" })]),
                _ => Vec::new(),
            };
        }
        match serde_json::from_str::<Value>(data.trim()) {
            Ok(value) => self.write(&self.say(&value)),
            Err(_) if self == Self::Ollama => [data.trim_end(), "\n"].concat().into_bytes(),
            Err(_) => bytes.to_vec(),
        }
    }

    fn write(self, events: &[Value]) -> Vec<u8> {
        let mut out = String::new();
        for event in events {
            out.push_str(&match self {
                Self::Ollama => format!("{event}\n"),
                _ => format!("data: {event}\n\n"),
            });
        }
        out.into_bytes()
    }

    /// The events that say what a chunk says.
    fn say(self, chunk: &Value) -> Vec<Value> {
        if !chunk["error"].is_null() {
            return vec![json!({ "type": "error", "error": chunk["error"] })];
        }
        let mut events = Vec::new();
        let choice = &chunk["choices"][0];
        let text = |name: &str| {
            choice["delta"][name]
                .as_str()
                .filter(|text| !text.is_empty())
        };
        let thought = text("reasoning_content").or(text("reasoning"));
        events.extend(thought.map(|words| self.thought(words)));
        events.extend(text("content").map(|words| self.text(words)));
        events.extend(text("refusal").map(|words| self.refusal(words)));
        let tool = choice["delta"]["tool_calls"][0]["function"]["name"].as_str();
        events.extend(tool.map(|name| self.tool(name)));
        events.extend(
            choice["finish_reason"]
                .as_str()
                .map(|reason| self.finish(reason)),
        );
        if chunk["usage"].is_object() {
            events.push(self.usage(&chunk["usage"]));
        }
        events
    }

    fn text(self, words: &str) -> Value {
        match self {
            Self::Responses => json!({ "type": "response.output_text.delta", "delta": words }),
            Self::Messages => {
                json!({ "type": "content_block_delta", "delta": { "type": "text_delta", "text": words } })
            }
            Self::Gemini => part(&json!({ "text": words })),
            Self::Ollama => {
                json!({ "model": "e2e", "message": { "content": words }, "done": false })
            }
        }
    }

    fn thought(self, words: &str) -> Value {
        match self {
            Self::Responses => {
                json!({ "type": "response.reasoning_summary_text.delta", "delta": words })
            }
            Self::Messages => {
                json!({ "type": "content_block_delta", "delta": { "type": "thinking_delta", "thinking": words } })
            }
            Self::Gemini => part(&json!({ "text": words, "thought": true })),
            Self::Ollama => {
                json!({ "model": "e2e", "message": { "content": "", "thinking": words }, "done": false })
            }
        }
    }

    fn refusal(self, words: &str) -> Value {
        match self {
            Self::Responses => json!({ "type": "response.refusal.delta", "delta": words }),
            _ => self.text(words),
        }
    }

    fn tool(self, name: &str) -> Value {
        match self {
            Self::Responses => {
                json!({ "type": "response.output_item.added", "item": { "type": "function_call", "name": name } })
            }
            Self::Messages => {
                json!({ "type": "content_block_start", "content_block": { "type": "tool_use", "name": name } })
            }
            Self::Gemini => part(&json!({ "functionCall": { "name": name, "args": {} } })),
            Self::Ollama => {
                json!({ "message": { "content": "", "tool_calls": [{ "function": { "name": name } }] }, "done": false })
            }
        }
    }

    fn finish(self, reason: &str) -> Value {
        let word = match (self, reason) {
            (Self::Messages, "stop") => "end_turn",
            (Self::Messages, "length") => "max_tokens",
            (Self::Messages, "content_filter") => "refusal",
            (Self::Messages, "tool_calls") => "tool_use",
            (Self::Gemini, "stop" | "tool_calls") => "STOP",
            (Self::Gemini, "length") => "MAX_TOKENS",
            (Self::Gemini, "content_filter") => "SAFETY",
            (Self::Responses, "length") => "max_output_tokens",
            (Self::Ollama, "tool_calls") => "stop",
            (_, reason) => reason,
        };
        match self {
            Self::Responses if matches!(word, "stop" | "tool_calls") => {
                json!({ "type": "response.completed", "response": { "status": "completed" } })
            }
            Self::Responses => {
                let details = json!({ "reason": word });
                json!({ "type": "response.incomplete", "response": { "status": "incomplete", "incomplete_details": details } })
            }
            Self::Messages => json!({ "type": "message_delta", "delta": { "stop_reason": word } }),
            Self::Gemini => json!({ "candidates": [{ "finishReason": word }] }),
            Self::Ollama => {
                json!({ "message": { "content": "" }, "done": true, "done_reason": word })
            }
        }
    }

    fn usage(self, usage: &Value) -> Value {
        let (input, output) = (&usage["prompt_tokens"], &usage["completion_tokens"]);
        match self {
            Self::Responses => {
                json!({ "type": "response.in_progress", "response": { "status": "in_progress" } })
            }
            Self::Messages => {
                json!({ "type": "message_delta", "delta": {}, "usage": { "input_tokens": input, "output_tokens": output } })
            }
            Self::Gemini => {
                json!({ "usageMetadata": { "promptTokenCount": input, "candidatesTokenCount": output } })
            }
            Self::Ollama => json!({ "prompt_eval_count": input, "eval_count": output }),
        }
    }
}

fn part(part: &Value) -> Value {
    json!({ "candidates": [{ "content": { "role": "model", "parts": [part] } }], "modelVersion": "e2e" })
}
