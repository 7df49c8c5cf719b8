//! Chunks of chat completions told as events of another dialect.

use super::{Dialect, failure};
use serde_json::{Value, json};

/// Tells one answer, chunk by chunk.
pub struct Teller {
    dialect: Dialect,
    usage: Value,
    begun: bool,
    /// The kind of the block that is open in Anthropic's dialect, and how many came before it.
    block: Option<&'static str>,
    blocks: u32,
}

impl Teller {
    /// A teller of an answer that will have used so much; null where it does not say.
    pub fn new(dialect: Dialect, usage: Value) -> Self {
        Self {
            dialect,
            usage,
            begun: false,
            block: None,
            blocks: 0,
        }
    }

    /// The events that say what a chunk says.
    pub fn say(&mut self, chunk: &Value) -> Vec<Value> {
        if !chunk["error"].is_null() {
            return vec![failure::event(self.dialect, &chunk["error"])];
        }
        let mut events = self.begin();
        let choice = &chunk["choices"][0];
        let text = |name: &str| {
            choice["delta"][name]
                .as_str()
                .filter(|text| !text.is_empty())
        };
        if let Some(words) = text("reasoning_content").or(text("reasoning")) {
            self.thought(words, &mut events);
        }
        if let Some(words) = text("content") {
            self.text(words, &mut events);
        }
        match (text("refusal"), self.dialect) {
            (Some(words), Dialect::Responses) => {
                events.push(json!({ "type": "response.refusal.delta", "delta": words }));
            }
            (Some(words), _) => self.text(words, &mut events),
            (None, _) => {}
        }
        if let Some(name) = choice["delta"]["tool_calls"][0]["function"]["name"].as_str() {
            self.tool(name, &mut events);
        }
        if let Some(reason) = choice["finish_reason"].as_str() {
            self.close(&mut events);
            events.push(match chunk["blocked"] == true {
                true => self.blocked(),
                false => self.finish(reason),
            });
        }
        if let Some(kind) = chunk["strange"].as_str() {
            events
                .push(json!({ "type": kind, "strange": chunk, "index": 0, "sequence_number": 7 }));
        }
        events
    }

    /// What comes at the very end.
    pub fn done(&mut self) -> Vec<Value> {
        match self.dialect {
            Dialect::Messages => vec![json!({ "type": "message_stop" })],
            _ => Vec::new(),
        }
    }

    /// What comes before the first word. Counts of the question are known by then in one dialect.
    fn begin(&mut self) -> Vec<Value> {
        if std::mem::replace(&mut self.begun, true) {
            return Vec::new();
        }
        match self.dialect {
            Dialect::Responses => {
                let response = json!({ "id": "resp_e2e", "model": "e2e", "status": "in_progress", "output": [] });
                vec![
                    json!({ "type": "response.created", "response": response }),
                    json!({ "type": "response.in_progress", "response": response }),
                ]
            }
            Dialect::Messages => {
                let mut message = json!({ "type": "message", "role": "assistant", "model": "e2e", "content": [], "stop_reason": null });
                if self.usage.is_object() {
                    let cached = self.cached();
                    let input = self.usage["prompt_tokens"].as_f64().unwrap_or(0.0) - cached;
                    message["usage"] = json!({ "input_tokens": input, "cache_read_input_tokens": cached, "cache_creation_input_tokens": 0, "output_tokens": 1 });
                }
                vec![
                    json!({ "type": "message_start", "message": message }),
                    json!({ "type": "ping" }),
                ]
            }
            Dialect::Gemini | Dialect::Ollama => Vec::new(),
        }
    }

    fn text(&mut self, words: &str, events: &mut Vec<Value>) {
        let event = match self.dialect {
            Dialect::Responses => {
                json!({ "type": "response.output_text.delta", "delta": words, "output_index": 0 })
            }
            Dialect::Messages => {
                let delta = json!({ "type": "text_delta", "text": words });
                self.in_block(
                    "text",
                    &json!({ "type": "text", "text": "" }),
                    &delta,
                    events,
                )
            }
            Dialect::Gemini => part(&json!({ "text": words })),
            Dialect::Ollama => line(&json!({ "role": "assistant", "content": words })),
        };
        events.push(event);
    }

    fn thought(&mut self, words: &str, events: &mut Vec<Value>) {
        let event = match self.dialect {
            Dialect::Responses => {
                json!({ "type": "response.reasoning_summary_text.delta", "delta": words })
            }
            Dialect::Messages => {
                let delta = json!({ "type": "thinking_delta", "thinking": words });
                let block = json!({ "type": "thinking", "thinking": "", "signature": "" });
                self.in_block("thinking", &block, &delta, events)
            }
            Dialect::Gemini => part(&json!({ "text": words, "thought": true })),
            Dialect::Ollama => {
                line(&json!({ "role": "assistant", "content": "", "thinking": words }))
            }
        };
        events.push(event);
    }

    fn tool(&mut self, name: &str, events: &mut Vec<Value>) {
        let event = match self.dialect {
            Dialect::Responses => {
                json!({ "type": "response.output_item.added", "item": { "type": "function_call", "name": name, "arguments": "" } })
            }
            Dialect::Messages => {
                let block =
                    json!({ "type": "tool_use", "id": "toolu_e2e", "name": name, "input": {} });
                let delta = json!({ "type": "input_json_delta", "partial_json": "{\"text\":" });
                self.in_block("tool", &block, &delta, events)
            }
            Dialect::Gemini => part(&json!({ "functionCall": { "name": name, "args": {} } })),
            Dialect::Ollama => {
                line(&json!({ "content": "", "tool_calls": [{ "function": { "name": name } }] }))
            }
        };
        events.push(event);
    }

    /// A delta in a block of this kind, which is opened where another one is, or none.
    fn in_block(
        &mut self,
        kind: &'static str,
        block: &Value,
        delta: &Value,
        events: &mut Vec<Value>,
    ) -> Value {
        if self.block != Some(kind) {
            self.close(events);
            self.block = Some(kind);
            events.push(json!({ "type": "content_block_start", "index": self.blocks, "content_block": block }));
        }
        json!({ "type": "content_block_delta", "index": self.blocks, "delta": delta })
    }

    fn close(&mut self, events: &mut Vec<Value>) {
        if self.block.take().is_some() {
            events.push(json!({ "type": "content_block_stop", "index": self.blocks }));
            self.blocks += 1;
        }
    }

    fn finish(&self, reason: &str) -> Value {
        let word = match (self.dialect, reason) {
            (Dialect::Messages, "stop") => "end_turn",
            (Dialect::Messages, "length") => "max_tokens",
            (Dialect::Messages, "content_filter") => "refusal",
            (Dialect::Messages, "tool_calls") => "tool_use",
            (Dialect::Gemini, "stop" | "tool_calls") => "STOP",
            (Dialect::Gemini, "length") => "MAX_TOKENS",
            (Dialect::Gemini, "content_filter") => "SAFETY",
            (Dialect::Responses, "length") => "max_output_tokens",
            (Dialect::Ollama, "tool_calls") => "stop",
            (_, reason) => reason,
        };
        let usage = self.counts();
        match self.dialect {
            Dialect::Responses => {
                let mut response = json!({ "id": "resp_e2e", "model": "e2e", "status": "completed", "usage": usage });
                let mut kind = "response.completed";
                if !matches!(word, "stop" | "tool_calls") {
                    kind = "response.incomplete";
                    response["status"] = "incomplete".into();
                    response["incomplete_details"] = json!({ "reason": word });
                }
                json!({ "type": kind, "response": response })
            }
            Dialect::Messages => {
                let delta = json!({ "stop_reason": word, "stop_sequence": null });
                json!({ "type": "message_delta", "delta": delta, "usage": usage })
            }
            Dialect::Gemini => {
                json!({ "candidates": [{ "finishReason": word }], "usageMetadata": usage })
            }
            Dialect::Ollama => {
                let mut last = json!({ "model": "e2e", "message": { "role": "assistant", "content": "" }, "done": true, "done_reason": word });
                for (name, count) in usage.as_object().into_iter().flatten() {
                    last[name] = count.clone();
                }
                last
            }
        }
    }

    /// The question itself is turned down: not one word comes.
    fn blocked(&self) -> Value {
        match self.dialect {
            Dialect::Gemini => {
                json!({ "promptFeedback": { "blockReason": "PROHIBITED_CONTENT" }, "usageMetadata": { "promptTokenCount": 9 } })
            }
            _ => self.finish("content_filter"),
        }
    }

    /// The counts, under the names of the dialect; null where the answer has none.
    fn counts(&self) -> Value {
        if !self.usage.is_object() {
            return Value::Null;
        }
        let (input, output) = (
            &self.usage["prompt_tokens"],
            &self.usage["completion_tokens"],
        );
        let thought = &self.usage["completion_tokens_details"]["reasoning_tokens"];
        let thought = thought.as_f64().unwrap_or(0.0);
        match self.dialect {
            Dialect::Responses => json!({
                "input_tokens": input, "input_tokens_details": { "cached_tokens": self.cached() },
                "output_tokens": output, "output_tokens_details": { "reasoning_tokens": thought },
            }),
            Dialect::Messages => json!({ "output_tokens": output }),
            // Thoughts are counted beside the answer here.
            Dialect::Gemini => json!({
                "promptTokenCount": input, "cachedContentTokenCount": self.cached(),
                "candidatesTokenCount": output.as_f64().unwrap_or(0.0) - thought, "thoughtsTokenCount": thought,
            }),
            Dialect::Ollama => json!({ "prompt_eval_count": input, "eval_count": output }),
        }
    }

    fn cached(&self) -> f64 {
        let cached = &self.usage["prompt_tokens_details"]["cached_tokens"];
        cached.as_f64().unwrap_or(0.0)
    }
}

fn part(part: &Value) -> Value {
    json!({ "candidates": [{ "content": { "role": "model", "parts": [part] }, "index": 0 }], "modelVersion": "e2e" })
}

fn line(message: &Value) -> Value {
    json!({ "model": "e2e", "created_at": "2026-01-01T00:00:00Z", "message": message, "done": false })
}
