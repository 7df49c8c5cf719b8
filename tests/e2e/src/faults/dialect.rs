//! The same faults in the other dialects: each event of chat completions in the words of the dialect that was asked.

mod failure;
mod tell;

use super::{Answer, Step};
use serde_json::Value;
use tell::Teller;

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

    /// An answer in this dialect. What is no event of chat completions and no error stays as it is.
    pub fn put(self, mut answer: Answer) -> Answer {
        let status = answer.status;
        let mut teller = Teller::new(self, usage(&answer));
        for step in &mut answer.steps {
            if let Step::Send { bytes, .. } = step {
                *bytes = match error_in(bytes) {
                    Some(error) => failure::body(self, status, &error).into_bytes(),
                    None => self.event(&mut teller, bytes),
                };
            }
        }
        let streams = answer
            .headers
            .iter_mut()
            .find(|(_, kind)| kind.starts_with("text/event-stream"));
        if let (Self::Ollama, Some((_, kind))) = (self, streams) {
            *kind = "application/x-ndjson".to_owned();
        }
        answer
    }

    fn event(self, teller: &mut Teller, bytes: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(bytes);
        let Some(data) = text.strip_prefix("data: ") else {
            return bytes.to_vec();
        };
        if data.trim() == "[DONE]" {
            return self.write(&teller.done());
        }
        match serde_json::from_str::<Value>(data.trim()) {
            Ok(value) => self.write(&teller.say(&value)),
            Err(_) if self == Self::Ollama => [data.trim_end(), "\n"].concat().into_bytes(),
            Err(_) => bytes.to_vec(),
        }
    }

    /// Events as this dialect writes them: on lines, or as server-sent events, with their type as a name where it has one.
    fn write(self, events: &[Value]) -> Vec<u8> {
        let mut out = String::new();
        for event in events {
            out.push_str(&match (self, event["type"].as_str()) {
                (Self::Ollama, _) => format!("{event}\n"),
                (_, Some(name)) => format!("event: {name}\ndata: {event}\n\n"),
                (_, None) => format!("data: {event}\n\n"),
            });
        }
        out.into_bytes()
    }
}

/// An answer whose events are the members of a JSON array, as Gemini writes them for whoever asks for no events.
pub fn as_array(mut answer: Answer) -> Answer {
    let mut open = "[";
    for step in &mut answer.steps {
        if let Step::Send { bytes, .. } = step {
            let text = String::from_utf8_lossy(bytes).into_owned();
            bytes.clear();
            let data = |line: &str| line.strip_prefix("data: ").unwrap_or(line).to_owned();
            for member in text.lines().map(data).filter(|line| line.starts_with('{')) {
                bytes.extend_from_slice([open, &member].concat().as_bytes());
                open = "\n,\r\n";
            }
        }
    }
    answer.steps.push(Step::Send {
        bytes: b"\n]\n".to_vec(),
        text: answer.text.len(),
    });
    answer.headers = vec![("content-type", "application/json; charset=UTF-8".to_owned())];
    answer
}

/// The error of a body that is nothing but one.
fn error_in(bytes: &[u8]) -> Option<Value> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    value
        .get("error")
        .filter(|error| error.is_object())
        .cloned()
}

/// The counts that an answer gives in the end: most dialects say them in the event that ends it.
fn usage(answer: &Answer) -> Value {
    let counts = answer.steps.iter().rev().find_map(|step| match step {
        Step::Send { bytes, .. } => {
            let data = bytes.strip_prefix(b"data: ")?;
            let value: Value = serde_json::from_slice(data).ok()?;
            Some(value["usage"].clone()).filter(Value::is_object)
        }
        _ => None,
    });
    counts.unwrap_or_default()
}
