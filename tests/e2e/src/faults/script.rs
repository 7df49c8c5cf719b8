//! A stream of server-sent events, put together frame by frame.

use super::{Answer, Step};
use serde_json::{Value, json};
use std::time::Duration;

/// A stream being written.
pub struct Script {
    frames: Vec<Frame>,
    text: String,
    created: u64,
}

/// One event, or a pause.
enum Frame {
    Event { bytes: Vec<u8>, text: usize },
    Step(Step),
}

impl Script {
    /// An empty stream.
    pub fn new() -> Self {
        Self {
            frames: Vec::new(),
            text: String::new(),
            created: 1_764_000_000,
        }
    }

    /// With this time in `created`.
    pub fn created(mut self, seconds: u64) -> Self {
        self.created = seconds;
        self
    }

    /// More of the answer's text, as one event per token, with a pause before each.
    pub fn tokens<'a>(
        mut self,
        tokens: impl IntoIterator<Item = &'a str>,
        delay: Duration,
    ) -> Self {
        for token in tokens {
            self = self.wait(delay);
            self.text.push_str(token);
            self = self.delta(&json!({ "content": token }));
        }
        self
    }

    /// More of the answer's text at so many tokens per second, on average: a late one does not delay the others.
    pub fn paced<'a>(mut self, tokens: impl IntoIterator<Item = &'a str>, rate: u32) -> Self {
        let gap = Duration::from_secs(1) / rate.max(1);
        for (token, at) in tokens.into_iter().zip(0..) {
            self = self.step(Step::Until(gap * at));
            self = self.tokens([token], Duration::ZERO);
        }
        self
    }

    /// Text that a client must not show.
    pub fn ghost(self, token: &str) -> Self {
        self.delta(&json!({ "content": token }))
    }

    /// One event with this delta.
    pub fn delta(self, delta: &Value) -> Self {
        self.choice(delta, Value::Null)
    }

    /// The reason for the end.
    pub fn finish(self, reason: &str) -> Self {
        self.choice(&json!({}), json!(reason))
    }

    /// The counts that OpenAI sends after the finish.
    pub fn usage(self, usage: &Value) -> Self {
        self.event(&json!({ "id": "chatcmpl-e2e", "model": "e2e", "choices": [], "usage": usage }))
    }

    /// The terminator.
    pub fn done(self) -> Self {
        self.data("[DONE]")
    }

    /// One event with this object.
    pub fn event(self, value: &Value) -> Self {
        self.data(&value.to_string())
    }

    /// One event with these words.
    pub fn data(self, data: &str) -> Self {
        self.raw(format!("data: {data}\n\n").into_bytes())
    }

    /// Bytes as they are.
    pub fn raw(mut self, bytes: Vec<u8>) -> Self {
        let text = self.text.len();
        self.frames.push(Frame::Event { bytes, text });
        self
    }

    /// Text that a client must keep, for bytes that follow by [`Script::raw`].
    pub fn expect(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    /// A pause.
    pub fn wait(self, wait: Duration) -> Self {
        match wait.is_zero() {
            true => self,
            false => self.step(Step::Wait(wait)),
        }
    }

    /// A step that sends nothing.
    pub fn step(mut self, step: Step) -> Self {
        self.frames.push(Frame::Step(step));
        self
    }

    /// Every event changed.
    pub fn map(mut self, change: impl Fn(&[u8]) -> Vec<u8>) -> Self {
        for frame in &mut self.frames {
            if let Frame::Event { bytes, .. } = frame {
                *bytes = change(bytes);
            }
        }
        self
    }

    /// All events cut into pieces of the lengths that `next` gives, wherever that falls.
    pub fn split(mut self, mut next: impl FnMut() -> usize) -> Self {
        let mut frames = Vec::new();
        let mut complete = 0;
        let mut piece = Vec::new();
        let mut want = next().max(1);
        for frame in self.frames {
            let Frame::Event { bytes, text } = frame else {
                frames.push(frame);
                continue;
            };
            for (at, byte) in bytes.iter().enumerate() {
                piece.push(*byte);
                if at + 1 == bytes.len() {
                    complete = text;
                }
                if piece.len() >= want {
                    want = next().max(1);
                    frames.push(Frame::Event {
                        bytes: std::mem::take(&mut piece),
                        text: complete,
                    });
                }
            }
        }
        frames.push(Frame::Event {
            bytes: piece,
            text: complete,
        });
        self.frames = frames;
        self
    }

    /// The answer.
    pub fn answer(self) -> Answer {
        let steps = self.frames.into_iter().filter_map(|frame| match frame {
            Frame::Event { bytes, .. } if bytes.is_empty() => None,
            Frame::Event { bytes, text } => Some(Step::Send { bytes, text }),
            Frame::Step(step) => Some(step),
        });
        Answer {
            headers: vec![
                (
                    "content-type",
                    "text/event-stream; charset=utf-8".to_owned(),
                ),
                ("cache-control", "no-cache".to_owned()),
            ],
            steps: steps.collect(),
            text: self.text,
            ..Answer::default()
        }
    }

    fn choice(self, delta: &Value, finish: Value) -> Self {
        let created = self.created;
        self.event(&json!({
            "id": "chatcmpl-e2e", "object": "chat.completion.chunk", "created": created, "model": "e2e",
            "choices": [{ "index": 0, "delta": delta, "finish_reason": finish }],
        }))
    }
}
