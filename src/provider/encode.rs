//! A question as a request in the dialect of its server.

use super::{Api, Ask, Connection, HttpRequest, address};
use crate::chat::Role;
use crate::fault::Fault;
use crate::record;
use serde_json::{Map, Value, json};

/// The request that asks `connection` for a streamed reply.
///
/// # Errors
/// `BadAddress` where the base is not an `http:` or `https:` URL without credentials.
pub fn encode(connection: &Connection, ask: &Ask) -> Result<HttpRequest, Fault> {
    let base = address::endpoint(&connection.base, connection.api)?;
    let (path, body) = match connection.api {
        Api::Responses => ("/responses".to_owned(), responses(ask)),
        Api::Messages => ("/messages".to_owned(), messages(ask)),
        Api::Gemini => (gemini_path(&ask.model), gemini(ask)),
        Api::Ollama => ("/api/chat".to_owned(), ollama(ask)),
        Api::Chat | Api::Browser | Api::Demo => ("/chat/completions".to_owned(), chat(&base, ask)),
    };
    Ok(HttpRequest {
        method: "POST",
        url: [base, path].concat(),
        headers: headers(connection, true),
        body: record::write(&Value::Object(body)),
    })
}

/// The headers of a request, with the key in the one that the dialect has for it. No others: every further one has to
/// be allowed by the server's answer to the browser's preflight.
pub fn headers(connection: &Connection, json: bool) -> Vec<(&'static str, String)> {
    let mut headers = Vec::new();
    if json {
        headers.push(("Content-Type", "application/json".to_owned()));
    }
    let key = &connection.key;
    match connection.api {
        Api::Messages => {
            headers.push(("anthropic-version", "2023-06-01".to_owned()));
            headers.push((
                "anthropic-dangerous-direct-browser-access",
                "true".to_owned(),
            ));
            if !key.is_empty() {
                headers.push(("x-api-key", key.clone()));
            }
        }
        _ if key.is_empty() => {}
        Api::Gemini => headers.push(("x-goog-api-key", key.clone())),
        _ => headers.push(("Authorization", ["Bearer ", key].concat())),
    }
    headers
}

type Body = Map<String, Value>;

fn chat(base: &str, ask: &Ask) -> Body {
    let mut body = begin(ask);
    body.insert("messages".into(), turns(ask, &ask.system).into());
    body.insert("stream_options".into(), json!({ "include_usage": true }));
    put(&mut body, "temperature", ask.temperature);
    // Some have deprecated `max_tokens`; most compatible servers know nothing else.
    let host = address::host(base);
    let name = match COMPLETION_TOKENS.contains(&host.as_str()) {
        true => "max_completion_tokens",
        false => "max_tokens",
    };
    put(&mut body, name, ask.max_output);
    body
}

/// Hosts that call the limit of the reply `max_completion_tokens`.
pub const COMPLETION_TOKENS: &[&str] = &[
    "api.openai.com",
    "api.minimaxi.com",
    "api.minimax.io",
    "api.groq.com",
];

fn responses(ask: &Ask) -> Body {
    let mut body = begin(ask);
    body.insert("input".into(), turns(ask, "").into());
    // Nothing is to be kept on the server.
    body.insert("store".into(), false.into());
    put_system(&mut body, "instructions", ask);
    put(&mut body, "temperature", ask.temperature);
    put(&mut body, "max_output_tokens", ask.max_output);
    body
}

fn messages(ask: &Ask) -> Body {
    let mut body = begin(ask);
    body.insert("messages".into(), turns(ask, "").into());
    put_system(&mut body, "system", ask);
    put(
        &mut body,
        "temperature",
        ask.temperature.map(|t| t.min(1.0)),
    );
    // The limit is not optional here.
    let most = ask.max_output.unwrap_or_else(|| usual_limit(&ask.model));
    body.insert("max_tokens".into(), most.into());
    body
}

/// The most that a model of Anthropic's gives, or less; a limit beyond it is refused.
fn usual_limit(model: &str) -> u32 {
    match model {
        _ if model.contains("claude-3-5") || model.contains("claude-3-7") => 8_192,
        _ if model.contains("claude-3") => 4_096,
        _ if model.contains("claude") => 32_000,
        _ => 8_192,
    }
}

fn gemini(ask: &Ask) -> Body {
    let part = |text: &str| json!([{ "text": text }]);
    let contents: Vec<Value> = ask
        .turns
        .iter()
        .map(|turn| {
            let role = match turn.role {
                Role::User => "user",
                Role::Assistant => "model",
            };
            json!({ "role": role, "parts": part(&turn.text) })
        })
        .collect();
    let mut body = Map::new();
    body.insert("contents".into(), contents.into());
    if has_system(ask) {
        body.insert(
            "systemInstruction".into(),
            json!({ "parts": part(&ask.system) }),
        );
    }
    let mut config = Map::new();
    put(&mut config, "temperature", ask.temperature);
    put(&mut config, "maxOutputTokens", ask.max_output);
    put_some(&mut body, "generationConfig", config);
    body
}

/// The model is part of the address here; nothing in its name may end the path.
fn gemini_path(model: &str) -> String {
    let mut path = "/models/".to_owned();
    for byte in model.strip_prefix("models/").unwrap_or(model).bytes() {
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'.' | b'_' => {
                path.push(char::from(byte));
            }
            _ => path.push_str(&format!("%{byte:02X}")),
        }
    }
    path + ":streamGenerateContent?alt=sse"
}

fn ollama(ask: &Ask) -> Body {
    let mut body = begin(ask);
    body.insert("messages".into(), turns(ask, &ask.system).into());
    let mut options = Map::new();
    put(&mut options, "temperature", ask.temperature);
    put(&mut options, "num_predict", ask.max_output);
    put_some(&mut body, "options", options);
    body
}

fn begin(ask: &Ask) -> Body {
    let mut body = Map::new();
    body.insert("model".into(), ask.model.clone().into());
    body.insert("stream".into(), true.into());
    body
}

/// The conversation, after the system prompt where that is one of the messages.
fn turns(ask: &Ask, system: &str) -> Vec<Value> {
    let message = |role: &str, text: &str| json!({ "role": role, "content": text });
    let system = Some(system).filter(|text| !text.trim().is_empty());
    let system = system.map(|text| message("system", text));
    let turns = ask.turns.iter().map(|t| message(t.role.name(), &t.text));
    system.into_iter().chain(turns).collect()
}

fn has_system(ask: &Ask) -> bool {
    !ask.system.trim().is_empty()
}

fn put_system(body: &mut Body, name: &str, ask: &Ask) {
    if has_system(ask) {
        body.insert(name.into(), ask.system.clone().into());
    }
}

fn put(body: &mut Body, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        body.insert(name.into(), value.into());
    }
}

fn put_some(body: &mut Body, name: &str, value: Body) {
    if !value.is_empty() {
        body.insert(name.into(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Turn;

    fn ask() -> Ask {
        let turn = |role, text: &str| Turn {
            role,
            text: text.into(),
        };
        Ask {
            model: "m".into(),
            system: "be brief".into(),
            turns: vec![
                turn(Role::User, "你好"),
                turn(Role::Assistant, "好"),
                turn(Role::User, "?"),
            ],
            temperature: Some(1.5),
            max_output: Some(9),
        }
    }

    fn request(api: Api, base: &str, ask: &Ask) -> (String, String, Value) {
        let connection = Connection {
            api,
            base: base.into(),
            key: "sk-1".into(),
            ..Connection::default()
        };
        let request = encode(&connection, ask).expect("an address");
        let headers = request
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\n"));
        assert!(!request.url.contains("sk-1") && !request.body.contains("sk-1"));
        let body = serde_json::from_str(&request.body).expect("JSON");
        (request.url, headers.collect(), body)
    }

    const JSON: &str = "Content-Type: application/json\n";

    #[test]
    fn chat_completions() {
        let (url, headers, body) = request(Api::Chat, "http://127.0.0.1:4000", &ask());
        assert_eq!(url, "http://127.0.0.1:4000/v1/chat/completions");
        assert_eq!(headers, [JSON, "Authorization: Bearer sk-1\n"].concat());
        let messages = json!([
            { "role": "system", "content": "be brief" }, { "role": "user", "content": "你好" },
            { "role": "assistant", "content": "好" }, { "role": "user", "content": "?" },
        ]);
        let expected = json!({
            "model": "m", "stream": true, "stream_options": { "include_usage": true },
            "temperature": 1.5, "max_tokens": 9, "messages": messages,
        });
        assert_eq!(body, expected);
        let (_, _, body) = request(Api::Chat, "https://api.openai.com/v1", &ask());
        assert_eq!(body["max_completion_tokens"], 9);
        let (url, _, body) = request(Api::Ollama, "http://127.0.0.1:11434", &ask());
        assert_eq!(url, "http://127.0.0.1:11434/api/chat");
        let expected = json!({
            "model": "m", "stream": true, "messages": messages,
            "options": { "temperature": 1.5, "num_predict": 9 },
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn the_other_dialects() {
        let turns = json!([
            { "role": "user", "content": "你好" }, { "role": "assistant", "content": "好" },
            { "role": "user", "content": "?" },
        ]);
        let (url, _, body) = request(Api::Responses, "https://api.openai.com/v1", &ask());
        assert_eq!(url, "https://api.openai.com/v1/responses");
        let expected = json!({
            "model": "m", "stream": true, "store": false, "instructions": "be brief", "input": turns,
            "temperature": 1.5, "max_output_tokens": 9,
        });
        assert_eq!(body, expected);

        let (url, headers, body) = request(Api::Messages, "https://api.anthropic.com", &ask());
        assert_eq!(url, "https://api.anthropic.com/v1/messages");
        let trio = "anthropic-version: 2023-06-01\nanthropic-dangerous-direct-browser-access: true\nx-api-key: sk-1\n";
        assert_eq!(headers, [JSON, trio].concat());
        let expected = json!({
            "model": "m", "stream": true, "system": "be brief", "messages": turns,
            "temperature": 1.0, "max_tokens": 9,
        });
        assert_eq!(body, expected);

        let (url, headers, body) = request(Api::Gemini, "https://g", &ask());
        assert_eq!(
            url,
            "https://g/v1beta/models/m:streamGenerateContent?alt=sse"
        );
        assert_eq!(headers, [JSON, "x-goog-api-key: sk-1\n"].concat());
        let expected = json!({
            "contents": [
                { "role": "user", "parts": [{ "text": "你好" }] }, { "role": "model", "parts": [{ "text": "好" }] },
                { "role": "user", "parts": [{ "text": "?" }] },
            ],
            "systemInstruction": { "parts": [{ "text": "be brief" }] },
            "generationConfig": { "temperature": 1.5, "maxOutputTokens": 9 },
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn what_is_left_to_the_server_is_left_out() {
        let bare = Ask {
            model: "models/../x?y".into(),
            ..Ask::default()
        };
        let (url, _, body) = request(Api::Gemini, "https://g/v1", &bare);
        assert_eq!(
            url,
            "https://g/v1/models/..%2Fx%3Fy:streamGenerateContent?alt=sse"
        );
        assert_eq!(body, json!({ "contents": [] }));
        let (_, _, body) = request(Api::Responses, "https://a", &bare);
        assert_eq!(body.as_object().map(Map::len), Some(4));
        for (model, most) in [
            ("claude-3-haiku-20240307", 4096),
            ("claude-opus-4-1", 32_000),
            ("m", 8192),
        ] {
            let ask = Ask {
                model: model.into(),
                ..Ask::default()
            };
            assert_eq!(
                request(Api::Messages, "https://a", &ask).2["max_tokens"],
                most,
                "{model}"
            );
        }
    }
}
