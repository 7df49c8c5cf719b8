//! A server's bytes to deltas, in any dialect. The way the body is written (events, lines, an array, one object)
//! is found from the body itself: servers send one for the other, under any type.

mod chat;
mod gemini;
mod halves;
mod messages;
mod objects;
mod ollama;
mod responses;
mod think;
mod voice;

use super::{Api, errors};
use crate::reply::Delta;
use crate::sse;
use halves::join_halves;
use objects::{Objects, Piece};
use serde_json::Value;
use voice::Voice;

pub use voice::end;

/// Most bytes of a body that is no stream: an error, or a page.
const MOST: usize = 1 << 20;
/// Most bytes that are kept of the beginning of any other, in case it is no API reply.
const HEAD: usize = 4096;

/// Reads one HTTP answer, fed in any chunks with the same result.
#[derive(Debug)]
pub struct Decoder {
    read: fn(&mut Voice, &str, &Value) -> bool,
    status: u16,
    host: String,
    key: String,
    mode: Mode,
    /// The beginning of the body, until one event of the dialect has been read.
    head: Vec<u8>,
    known: bool,
    sse: sse::Decoder,
    objects: Objects,
    voice: Voice,
    high_half: String,
}

/// How the body has turned out to be written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Unknown,
    Events,
    Objects,
    Whole,
}

impl Decoder {
    /// A decoder for an answer with this status from `host`; `key` is redacted from whatever it says.
    pub fn new(api: Api, status: u16, host: &str, key: &str) -> Self {
        Self {
            read: match api {
                Api::Responses => responses::event,
                Api::Messages => messages::event,
                Api::Gemini => gemini::event,
                Api::Ollama => ollama::event,
                Api::Chat | Api::Browser | Api::Demo => chat::event,
            },
            status,
            host: host.to_owned(),
            key: key.to_owned(),
            mode: if status >= 400 {
                Mode::Whole
            } else {
                Mode::Unknown
            },
            head: Vec::new(),
            known: false,
            sse: sse::Decoder::new(),
            objects: Objects::default(),
            voice: Voice::new(host, key),
            high_half: String::new(),
        }
    }

    /// More bytes of the body; what they say.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Delta> {
        self.feed(bytes);
        std::mem::take(&mut self.voice.deltas)
    }

    /// The body is over: what was still held back.
    pub fn finish(&mut self) -> Vec<Delta> {
        match self.mode {
            Mode::Events => {
                if let Some(event) = self.sse.finish() {
                    self.event(&event.event, &event.data);
                }
            }
            Mode::Objects if self.objects.is_open() => self.voice.deltas.push(Delta::Garbled),
            Mode::Objects | Mode::Whole | Mode::Unknown => {}
        }
        let body = std::mem::take(&mut self.head);
        if !self.known {
            self.foreign(&body);
        }
        self.voice.flush();
        std::mem::take(&mut self.voice.deltas)
    }

    fn feed(&mut self, bytes: &[u8]) {
        if self.mode == Mode::Unknown {
            return self.begin(bytes);
        }
        if !self.known {
            let most = if self.mode == Mode::Whole { MOST } else { HEAD };
            let room = most.saturating_sub(self.head.len()).min(bytes.len());
            self.head.extend_from_slice(&bytes[..room]);
        }
        match self.mode {
            Mode::Events => {
                for event in self.sse.push(bytes) {
                    self.event(&event.event, &event.data);
                }
            }
            Mode::Objects => {
                for piece in self.objects.push(bytes) {
                    match piece {
                        Piece::Object(bytes) => self.event("", &String::from_utf8_lossy(&bytes)),
                        Piece::Stray => self.voice.deltas.push(Delta::Garbled),
                    }
                }
            }
            Mode::Whole | Mode::Unknown => {}
        }
    }

    /// Looks for the first byte that is neither white space nor part of a byte order mark.
    fn begin(&mut self, bytes: &[u8]) {
        self.head.extend_from_slice(bytes);
        let mark = b"\xEF\xBB\xBF";
        if mark.starts_with(&self.head) {
            return;
        }
        let text = self.head.strip_prefix(mark).unwrap_or(&self.head);
        let Some(at) = text.iter().position(|byte| !byte.is_ascii_whitespace()) else {
            return;
        };
        self.mode = match text[at] {
            b'{' | b'[' => Mode::Objects,
            b'<' => Mode::Whole,
            _ => Mode::Events,
        };
        let body = text[at..].to_vec();
        self.head.clear();
        self.feed(&body);
    }

    fn event(&mut self, kind: &str, data: &str) {
        let data = data.trim();
        if data == "[DONE]" {
            return self.voice.done();
        }
        let held = std::mem::take(&mut self.high_half);
        let value = self.parse(data, &held);
        let before = self.voice.deltas.len();
        match value {
            Some(value) if value.is_object() => {
                if (self.read)(&mut self.voice, kind, &value) && !self.known {
                    self.known = true;
                    self.head = Vec::new();
                }
            }
            _ => self.voice.deltas.push(Delta::Garbled),
        }
        // The other half may come after an event that has no words.
        if self.high_half.is_empty() && !self.voice.spoke_since(before) {
            self.high_half = held;
        }
    }

    /// Reads JSON in which a character beyond the basic plane may be split over two chunks as two halves.
    fn parse(&mut self, data: &str, held: &str) -> Option<Value> {
        if held.is_empty()
            && let Ok(value) = serde_json::from_str(data)
        {
            return Some(value);
        }
        let (text, high) = join_halves(data, held);
        self.high_half = high;
        serde_json::from_str(&text).ok()
    }

    /// A body in which nothing of the dialect was found: an error, something else, or nothing at all.
    fn foreign(&mut self, bytes: &[u8]) {
        let body = String::from_utf8_lossy(bytes);
        let body = body.trim_start_matches('\u{feff}').trim();
        let fault = match self.mode {
            _ if self.status >= 400 => {
                errors::from_status(self.status, body, &self.host, &self.key)
            }
            Mode::Events if is_stream(body) => return,
            Mode::Objects if self.objects.is_open() => return,
            _ if body.is_empty() => return,
            _ => errors::not_api(self.status, body, &self.host, &self.key),
        };
        self.voice.deltas.push(Delta::Error(fault));
    }
}

/// Whether a text has a line of an event stream, if only a comment.
fn is_stream(text: &str) -> bool {
    let fields = ["data", "event", "id", "retry"];
    text.split(['\n', '\r'])
        .any(|line| match line.split_once(':') {
            Some((field, _)) => field.is_empty() || fields.contains(&field),
            None => fields.contains(&line),
        })
}

#[cfg(test)]
mod dialects;
#[cfg(test)]
mod tests;
