//! A question as an OpenAI-style request.

use super::{Ask, Connection, HttpRequest, ModelInfo, address};
use crate::fault::Fault;
use serde_json::{Map, Value, json};

/// `POST /chat/completions`, streamed. No header but the two that every server's preflight allows.
pub fn chat(connection: &Connection, ask: &Ask) -> Result<HttpRequest, Fault> {
    let base = address::endpoint(&connection.base)?;
    let mut messages = Vec::new();
    if !ask.system.trim().is_empty() {
        messages.push(json!({ "role": "system", "content": ask.system }));
    }
    for turn in &ask.turns {
        messages.push(json!({ "role": turn.role.name(), "content": turn.text }));
    }
    let mut body = Map::new();
    body.insert("model".into(), ask.model.clone().into());
    body.insert("messages".into(), messages.into());
    body.insert("stream".into(), true.into());
    body.insert("stream_options".into(), json!({ "include_usage": true }));
    if let Some(temperature) = ask.temperature {
        body.insert("temperature".into(), temperature.into());
    }
    if let Some(most) = ask.max_output {
        // OpenAI itself has deprecated `max_tokens`; most compatible servers know nothing else.
        let openai = address::host(&base) == "api.openai.com";
        let name = if openai {
            "max_completion_tokens"
        } else {
            "max_tokens"
        };
        body.insert(name.into(), most.into());
    }
    Ok(HttpRequest {
        method: "POST",
        url: format!("{base}/chat/completions"),
        headers: headers(connection, true),
        body: Value::Object(body).to_string(),
    })
}

/// `GET /models`.
pub fn models(connection: &Connection) -> Result<HttpRequest, Fault> {
    Ok(HttpRequest {
        method: "GET",
        url: format!("{}/models", address::endpoint(&connection.base)?),
        headers: headers(connection, false),
        body: String::new(),
    })
}

/// The models in an answer: `data` of OpenAI, `models` of others, or a bare list; sorted, each once.
pub fn read_models(body: &str) -> Option<Vec<ModelInfo>> {
    let value: Value = serde_json::from_str(body).ok()?;
    let list = ["data", "models"]
        .iter()
        .find_map(|name| value.get(name)?.as_array());
    let list = list.or(value.as_array())?;
    let mut models: Vec<ModelInfo> = list.iter().filter_map(model).collect();
    models.sort_by(|a, b| a.id.cmp(&b.id));
    models.dedup_by(|a, b| a.id == b.id);
    Some(models)
}

fn model(value: &Value) -> Option<ModelInfo> {
    let id = ["id", "name"]
        .iter()
        .find_map(|name| value.get(name)?.as_str());
    let context = [
        "context_length",
        "context_window",
        "max_context_length",
        "max_model_len",
    ]
    .iter()
    .find_map(|name| value.get(name)?.as_u64());
    Some(ModelInfo {
        id: id
            .or(value.as_str())
            .filter(|id| !id.is_empty())?
            .to_owned(),
        context: context.and_then(|context| u32::try_from(context).ok()),
        price: crate::cost::listed::price(value),
    })
}

fn headers(connection: &Connection, json: bool) -> Vec<(&'static str, String)> {
    let mut headers = Vec::new();
    if json {
        headers.push(("Content-Type", "application/json".to_owned()));
    }
    if !connection.key.is_empty() {
        headers.push(("Authorization", format!("Bearer {}", connection.key)));
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::Role;
    use crate::provider::Turn;

    #[test]
    fn a_request_is_plain_data() {
        let connection = Connection {
            base: "http://127.0.0.1:4000".into(),
            key: "sk-1".into(),
            ..Connection::default()
        };
        let ask = Ask {
            model: "m".into(),
            system: "be brief".into(),
            turns: vec![Turn {
                role: Role::User,
                text: "你好".into(),
            }],
            temperature: Some(0.5),
            max_output: Some(9),
        };
        let request = chat(&connection, &ask).ok();
        let request = request.as_ref().map(|r| {
            (
                r.url.as_str(),
                r.headers.len(),
                serde_json::from_str(&r.body).ok(),
            )
        });
        let body = json!({
            "model": "m", "stream": true, "stream_options": { "include_usage": true },
            "temperature": 0.5, "max_tokens": 9,
            "messages": [{ "role": "system", "content": "be brief" }, { "role": "user", "content": "你好" }],
        });
        assert_eq!(
            request,
            Some(("http://127.0.0.1:4000/v1/chat/completions", 2, Some(body)))
        );
        let openai = Connection {
            base: "https://api.openai.com/v1".into(),
            ..Connection::default()
        };
        let request = chat(&openai, &ask).ok();
        assert!(
            request
                .is_some_and(|r| r.body.contains("max_completion_tokens") && r.headers.len() == 1)
        );
    }

    #[test]
    fn models_of_many_servers() {
        let ids = |body: &str| {
            read_models(body).map(|all| all.into_iter().map(|m| m.id).collect::<Vec<_>>())
        };
        let two = Some(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(
            ids(r#"{"data":[{"id":"b"},{"id":"a","context_length":4096},{"id":"a"}]}"#),
            two
        );
        assert_eq!(ids(r#"{"models":[{"name":"a"},{"name":"b"}]}"#), two);
        assert_eq!(ids(r#"["b","a"]"#), two);
        assert_eq!(ids("<html>"), None);
    }
}
