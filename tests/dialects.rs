//! The request for the rest of a reply, for every provider of the table and in every interface: the address, the last
//! message, the fields of the body, and where no beginning is sent at all.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use viewfinder::chat::Role;
use viewfinder::provider::{Api, Ask, Connection, HttpRequest, Turn, encode};
use viewfinder::watch::resume::{Server, asking, dialect, prefill};

const REPLY: &str = "Because the light ";
const KEY: &str = "sk-key-of-this-test";

fn rows() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/unfinished/dialects.json");
    let text = fs::read_to_string(path).expect("the table");
    serde_json::from_str(&text).expect("the table is JSON")
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

fn connection(row: &Value) -> Connection {
    let api = match text(row, "api") {
        "chat" => Api::Chat,
        "responses" => Api::Responses,
        "messages" => Api::Messages,
        "gemini" => Api::Gemini,
        "ollama" => Api::Ollama,
        other => panic!("no such interface: {other}"),
    };
    Connection {
        api,
        base: text(row, "base").into(),
        key: KEY.into(),
        ..Connection::default()
    }
}

fn question(model: &str) -> Ask {
    Ask {
        model: model.into(),
        system: "Be brief.".into(),
        turns: vec![Turn {
            role: Role::User,
            text: "Why?".into(),
        }],
        ..Ask::default()
    }
}

/// The key is in a header, and nowhere else.
fn check_key(who: &str, request: &HttpRequest) {
    let in_header = request.headers.iter().any(|(_, value)| value.contains(KEY));
    let elsewhere = request.url.contains(KEY) || request.body.contains(KEY);
    assert!(!elsewhere, "{who}: the key is in the address or the body");
    assert!(in_header || who == "Ollama", "{who}: the key is not sent");
}

#[test]
fn a_beginning_is_sent_as_the_provider_takes_it_and_never_where_it_is_refused() {
    let rows = rows();
    assert!(rows.len() > 30);
    for row in &rows {
        let (who, model, connection) = (text(row, "who"), text(row, "model"), connection(row));
        let server = match text(row, "server") {
            "vllm" => Some(Server::Vllm),
            "llamacpp" => Some(Server::LlamaCpp),
            _ => None,
        };
        let how = dialect(&connection, model, server);
        if row["refused"] == true {
            assert_eq!(how, None, "{who}");
            continue;
        }
        let how = how.unwrap_or_else(|| panic!("{who}: no dialect"));
        let request = prefill(&connection, &question(model), REPLY, how)
            .unwrap_or_else(|fault| panic!("{who}: {fault:?}"));
        check_key(who, &request);
        assert_eq!(
            (request.method, request.url.as_str()),
            ("POST", text(row, "url")),
            "{who}"
        );
        let body: Value = serde_json::from_str(&request.body).expect("a body of JSON");
        let last = body["messages"].as_array().and_then(|all| all.last());
        let last = last.unwrap_or_else(|| panic!("{who}: no messages"));
        for (name, want) in row["last"].as_object().into_iter().flatten() {
            assert_eq!(&last[name], want, "{who}: {name} of the last message");
        }
        if let Some(says) = row["says"].as_str() {
            // Blocks of content, of which the last text is the beginning, without white space at its end.
            let said = last["content"][0]["text"]
                .as_str()
                .or(last["content"].as_str());
            assert_eq!(said, Some(says), "{who}");
        }
        if !row["last"]["content"].is_null() && row["says"].is_null() {
            let known = row["last"].as_object().map_or(0, serde_json::Map::len);
            assert_eq!(
                last.as_object().map_or(0, serde_json::Map::len),
                known,
                "{who}: {last}"
            );
        }
        for (name, want) in row["body"].as_object().into_iter().flatten() {
            assert_eq!(&body[name], want, "{who}: {name}");
        }
        for name in row["without"].as_array().into_iter().flatten() {
            let name = name.as_str().unwrap_or_default();
            assert!(
                body[name].is_null() && last[name].is_null(),
                "{who}: {name}"
            );
        }
        assert_eq!(
            (&body["model"], &body["stream"]),
            (&json!(model), &json!(true)),
            "{who}"
        );
    }
}

/// Every text in a body, in order.
fn said(value: &Value, all: &mut Vec<String>) {
    match value {
        Value::String(text) => all.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| said(value, all)),
        Value::Object(values) => values.values().for_each(|value| said(value, all)),
        _ => {}
    }
}

#[test]
fn the_rest_is_asked_for_in_every_interface() {
    for row in rows() {
        let (who, model, connection) = (text(&row, "who"), text(&row, "model"), connection(&row));
        let ask = asking(&question(model), REPLY);
        let request = encode(&connection, &ask).unwrap_or_else(|fault| panic!("{who}: {fault:?}"));
        check_key(who, &request);
        let body: Value = serde_json::from_str(&request.body).expect("a body of JSON");
        // What was said, in the turns of this interface.
        let turns = ["messages", "input", "contents"]
            .iter()
            .find_map(|name| body[*name].as_array())
            .unwrap_or_else(|| panic!("{who}: no turns in {body}"));
        let turns: Vec<&Value> = turns
            .iter()
            .filter(|turn| turn["role"] != "system")
            .collect();
        let roles: Vec<&str> = turns.iter().map(|turn| text(turn, "role")).collect();
        let reply = match connection.api {
            Api::Gemini => "model",
            _ => "assistant",
        };
        assert_eq!(roles, ["user", reply, "user"], "{who}");
        let words = |turn: &Value| {
            let mut all = Vec::new();
            said(turn, &mut all);
            all
        };
        assert!(words(turns[0]).iter().any(|text| text == "Why?"), "{who}");
        assert!(
            words(turns[1])
                .iter()
                .any(|text| text.trim_end() == REPLY.trim_end()),
            "{who}"
        );
        let asked = words(turns[2]).concat();
        assert!(
            asked.contains("<tail>") && asked.contains(REPLY.trim_end()),
            "{who}: {asked}"
        );
        for flag in [
            "prefix",
            "partial",
            "continue_final_message",
            "add_generation_prompt",
        ] {
            assert!(body[flag].is_null(), "{who}: {flag} is of the other way");
        }
    }
}
