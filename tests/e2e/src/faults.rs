//! What a model server can do, by name. The name of a model is `NAME` or `NAME:n=400,delay=5`.
//!
//! An [`Answer`] is plain data: a status, headers, and steps that are played in order. It also says which text
//! a client must keep once it is over, so that a test compares with what was sent and not with a copy of it.

mod dialect;
mod errors;
pub mod lists;
mod opinion;
mod script;
pub mod stops;
mod streams;
mod summary;
mod volume;
mod words;

pub use dialect::Dialect;
use dialect::as_array;
pub use errors::LOGIN;
use script::Script;
use serde_json::{Value, json};
use std::time::Duration;

/// Every fault, with what it does. Parameters: `n` tokens, `delay` ms between them, or `rate` tokens per second.
pub const ALL: &[(&str, &str)] = &[
    ("ok", "a proper reply in Chinese"),
    ("ok-en", "a proper reply in English"),
    ("echo", "says the question again"),
    ("crlf", "lines end with CR LF"),
    ("nospace", "no space after `data:`"),
    ("bom", "begins with a byte order mark"),
    ("bytewise", "one byte per write"),
    ("coalesced", "everything in one write"),
    ("random-split", "written in pieces cut anywhere"),
    ("gzip", "compressed"),
    (
        "null-chunks",
        "chunks without choices, with null everywhere",
    ),
    ("usage-absent", "no usage"),
    ("usage-huge", "usage beyond 2^53"),
    ("clock-skew", "`created` far in the future"),
    ("late-data", "text after the finish and after [DONE]"),
    ("dup-chunks", "every chunk twice"),
    ("resend-all", "the whole text twice"),
    ("wrong-type-sse", "a stream that says it is JSON"),
    ("wrong-type-octet", "a stream of an unknown type"),
    ("json-200", "one JSON object in place of a stream"),
    ("many-tokens", "20,000 small tokens"),
    ("big-reply", "10 MB"),
    ("giant-line", "one line of 8 MB"),
    ("deep-markdown", "quotes and lists 400 deep"),
    ("huge-table", "2,000 rows"),
    ("slow-headers", "3 s until the head"),
    ("buffered", "the head at once, everything else after 3 s"),
    ("drip", "one token per second"),
    (
        "reset-on-accept",
        "reset before anything (by address for the preflight too)",
    ),
    ("no-cors", "no permission for the page"),
    ("preflight-403", "the preflight is refused (by address)"),
    (
        "preflight-no-auth",
        "the preflight does not allow the key (by address)",
    ),
    ("redirect-loop", "redirects to itself"),
    ("hang-headers", "never sends a head"),
    ("hang-first-token", "a head and nothing else"),
    ("hang-mid", "stops in the middle"),
    ("hang-comments", "stops in the middle, comments go on"),
    (
        "error-mid-hang",
        "an error object in the middle, then nothing",
    ),
    ("hang-after-finish", "the finish, then nothing"),
    ("hang-after-done", "[DONE], then nothing"),
    ("cut-mid-chunk", "closed within an HTTP chunk"),
    ("cut-rst", "reset in the middle"),
    ("cut-mid-utf8", "closed within a character"),
    ("short-body", "closed before the promised length"),
    ("eof-clean-mid", "a proper end of the body in the middle"),
    ("eof-after-finish", "the finish, no [DONE]"),
    ("done-no-finish", "[DONE], no finish"),
    ("empty-200", "no body"),
    ("empty-204", "status 204"),
    ("zero-token", "a finish and no text"),
    ("reasoning-only", "reasoning and no text"),
    ("think-unclosed", "<think> that is never closed"),
    ("premature-stop", "finish `stop` in mid-sentence"),
    ("premature-stop-code", "finish `stop` in a code block"),
    ("premature-stop-list", "finish `stop` after two of three"),
    ("premature-stop-colon", "finish `stop` after a colon"),
    (
        "stop-text",
        "stops in mid-sentence, has the rest: `en`, `refuse`, `over`, `twice`, `last`",
    ),
    ("stop-code", "stops in a code block, has the rest"),
    ("stop-list", "stops after two of three, has the rest"),
    ("stop-colon", "stops after a colon, has the rest"),
    ("premature-stop-1", "finish `stop` after one token"),
    ("length", "finish `length`"),
    ("content-filter", "finish `content_filter`"),
    ("refusal", "a refusal"),
    ("tool-call", "asks for save_memory"),
    ("unknown-finish", "finish `cosmic_ray`"),
    ("pause", "finish `pause_turn`"),
    (
        "blocked",
        "the question is turned down: a filter, and no text",
    ),
    ("strange-events", "events and fields that nobody knows"),
    ("json-array", "the events as members of a JSON array"),
    ("usage-parts", "usage with cached and reasoning tokens"),
    ("overloaded-mid", "an overload told in the middle"),
    ("error-first", "an error object first"),
    ("error-mid", "an error object in the middle"),
    ("garbage-json", "chunks that are no JSON"),
    ("invalid-utf8", "a byte that is no UTF-8"),
    ("http-400", "status 400; any other number works too"),
    ("http-401", "status 401"),
    ("http-402", "status 402"),
    ("http-403", "status 403"),
    ("http-404", "status 404"),
    ("http-408", "status 408"),
    ("http-413", "status 413"),
    ("http-422", "status 422"),
    ("http-500", "status 500"),
    ("http-503", "status 503"),
    ("http-529", "status 529"),
    (
        "http-429",
        "status 429, Retry-After that a page cannot read",
    ),
    ("http-429-exposed", "status 429, Retry-After: 3, readable"),
    (
        "http-429-date",
        "status 429, Retry-After as a date, readable",
    ),
    ("http-429-quota", "status 429, insufficient_quota"),
    (
        "http-403-html",
        "status 403 with a page; any other number works too",
    ),
    ("http-502-html", "status 502 with a page"),
    ("html-200", "status 200 with a page"),
    ("redirect-302", "redirects to a login page"),
    ("json-error-200", "status 200 with an error object"),
    ("auth-echo", "status 401 that repeats the key"),
    ("flaky", "fails n times, then works"),
    ("redirect-307", "redirects within the origin"),
    ("redirect-cross", "redirects to the other origin"),
    ("reasoning", "reasoning in its own field"),
    ("think-tags", "reasoning between <think> and </think>"),
    ("hostile", "markup that would run, load or send something"),
    (
        "opinion",
        "takes every sentence that it is asked about for a preference",
    ),
    ("opinion-no", "takes none for one"),
    (
        "opinion-plain",
        "as `opinion`, but refuses to answer in a given shape",
    ),
    (
        "summary",
        "a proper reply; a summary where the task is to write one, naming what it was given",
    ),
    (
        "summary-no",
        "a proper reply, and an error instead of a summary",
    ),
    ("inject-memory", "text that asks for memory to be changed"),
    ("unicode-tags", "invisible characters"),
];

/// A name with its parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Name {
    /// The fault.
    pub name: String,
    parameters: Vec<(String, u64)>,
}

impl Name {
    /// Reads `NAME:key=value,...`; what is no number is left out.
    pub fn parse(text: &str) -> Self {
        let (name, rest) = text.split_once(':').unwrap_or((text, ""));
        let parameters = rest.split(',').filter_map(|part| {
            let (key, value) = part.split_once('=')?;
            Some((key.to_owned(), value.parse().ok()?))
        });
        Self {
            name: name.to_owned(),
            parameters: parameters.collect(),
        }
    }

    /// A parameter.
    pub fn number(&self, key: &str) -> Option<u64> {
        let found = self.parameters.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| *value)
    }

    fn count(&self) -> Option<usize> {
        self.number("n").and_then(|n| usize::try_from(n).ok())
    }

    fn delay(&self, default: u64) -> Duration {
        Duration::from_millis(self.number("delay").unwrap_or(default))
    }
}

/// What an answer may depend on beside its name.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Host and port of the model's origin.
    pub host: String,
    /// Host and port of the other origin.
    pub other: String,
    /// The key that came with the request.
    pub key: String,
    /// How many requests with this very name came before.
    pub attempt: usize,
    /// The request's body.
    pub body: String,
}

/// An answer as a script.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The wait before the head; `None` for ever.
    pub head_after: Option<Duration>,
    /// The status.
    pub status: u16,
    /// Headers beside those for CORS.
    pub headers: Vec<(&'static str, String)>,
    /// Whether pages of other origins may read it.
    pub cors: bool,
    /// Whether the connection is reset in place of an answer.
    pub reset: bool,
    /// The body.
    pub steps: Vec<Step>,
    /// The text that a client must keep.
    pub text: String,
}

impl Default for Answer {
    fn default() -> Self {
        Self {
            head_after: Some(Duration::ZERO),
            status: 200,
            headers: Vec::new(),
            cors: true,
            reset: false,
            steps: Vec::new(),
            text: String::new(),
        }
    }
}

/// One step of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Bytes; `text` is how much of the answer's text a client has with them.
    Send {
        /// The bytes.
        bytes: Vec<u8>,
        /// Bytes of text that are complete with them.
        text: usize,
    },
    /// A pause.
    Wait(Duration),
    /// A pause until so long after the body began; none where that is over.
    Until(Duration),
    /// Nothing more, for ever.
    Hang,
    /// The connection is closed once so many more bytes are written.
    CloseAfter(usize),
    /// The connection breaks.
    Break {
        /// By a reset; otherwise by an early close.
        reset: bool,
    },
}

/// What the server does for a name.
pub fn answer(name: &Name, site: &Site, dialect: Option<Dialect>) -> Answer {
    let answer = in_chat(name, site);
    let answer = match dialect {
        Some(dialect) => dialect.put(answer),
        None => answer,
    };
    match name.name.as_str() {
        "json-array" => as_array(answer),
        _ => answer,
    }
}

fn in_chat(name: &Name, site: &Site) -> Answer {
    let found = errors::answer(name, site)
        .or_else(|| stops::answer(name, site))
        .or_else(|| opinion::answer(name, site))
        .or_else(|| summary::answer(name, site))
        .or_else(|| streams::answer(name, site));
    let answer = found.unwrap_or_else(|| errors::status(404, "model_not_found", "No such model."));
    if !asks_for_stream(&site.body) && answer.status == 200 && !answer.text.is_empty() {
        return whole(&answer.text);
    }
    answer
}

fn asks_for_stream(body: &str) -> bool {
    let value: Option<Value> = serde_json::from_str(body).ok();
    // Gemini says it in the address.
    value.is_none_or(|value| {
        value.get("stream") == Some(&Value::Bool(true)) || value.get("contents").is_some()
    })
}

/// A reply as one JSON object.
fn whole(text: &str) -> Answer {
    let body = json!({
        "id": "chatcmpl-e2e", "object": "chat.completion", "model": "e2e",
        "choices": [{ "index": 0, "message": { "role": "assistant", "content": text }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 9, "completion_tokens": 12 },
    });
    let mut answer = errors::json(200, &body);
    answer.text = text.to_owned();
    for step in &mut answer.steps {
        if let Step::Send { text: complete, .. } = step {
            *complete = text.len();
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let name = Name::parse("cut-mid-utf8:n=400,delay=5,odd,x=y");
        assert_eq!(name.name, "cut-mid-utf8");
        assert_eq!(name.number("n"), Some(400));
        assert_eq!(name.delay(9), Duration::from_millis(5));
        assert_eq!(name.number("x"), None);
        assert_eq!(Name::parse("ok").count(), None);
    }

    #[test]
    fn every_fault_is_played_and_no_other() {
        let site = Site {
            body: r#"{"stream":true}"#.into(),
            ..Site::default()
        };
        for (name, _) in ALL {
            let answer = answer(&Name::parse(name), &site, None);
            let unknown = answer.status == 404 && *name != "http-404";
            assert!(!unknown, "{name} is not played");
        }
        assert_eq!(answer(&Name::parse("ok2"), &site, None).status, 404);
    }

    #[test]
    fn a_rate_is_kept_on_average() {
        let site = Site {
            body: r#"{"stream":true}"#.into(),
            ..Site::default()
        };
        let answer = answer(&Name::parse("ok:n=3,rate=1000"), &site, None);
        let waits = answer.steps.iter().filter_map(|step| match step {
            Step::Until(at) => Some(at.as_millis()),
            _ => None,
        });
        assert_eq!(waits.collect::<Vec<_>>(), [0, 1, 2]);
    }

    /// What a reader of the bytes gets is what the answer says that a client must keep.
    #[test]
    fn the_text_is_the_bytes() {
        let site = Site {
            body: r#"{"stream":true}"#.into(),
            ..Site::default()
        };
        for name in [
            "ok",
            "ok-en:n=77",
            "ok:n=9,rate=1000",
            "dup-chunks",
            "cut-mid-utf8:n=30",
            "length",
            "premature-stop-list",
        ] {
            let answer = answer(&Name::parse(name), &site, None);
            let bytes: Vec<u8> = answer
                .steps
                .iter()
                .flat_map(|step| match step {
                    Step::Send { bytes, .. } => bytes.clone(),
                    _ => Vec::new(),
                })
                .collect();
            let mut text = String::new();
            for line in String::from_utf8_lossy(&bytes).lines() {
                let value: Option<Value> = line
                    .strip_prefix("data: ")
                    .and_then(|data| serde_json::from_str(data).ok());
                let content = value
                    .as_ref()
                    .and_then(|value| value.pointer("/choices/0/delta/content"));
                text.push_str(content.and_then(Value::as_str).unwrap_or_default());
            }
            assert!(!text.is_empty() && text == answer.text, "{name}");
        }
    }
}
