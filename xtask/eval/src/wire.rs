//! Bytes of a server to events and replies, and Markdown to nodes.

use serde_json::{Value, json};
use viewfinder::provider::{Api, Decoder};
use viewfinder::reply::{Close, Delta, End, Reply};
use viewfinder::sse;

pub fn sse_line(line: &Value) -> Value {
    let mut decoder = sse::Decoder::new();
    let events: Vec<Value> = chunks(line)
        .iter()
        .flat_map(|chunk| decoder.push(chunk))
        .map(|e| json!({ "event": e.event, "data": e.data, "lastEventId": e.last_event_id }))
        .collect();
    json!({ "id": line["id"], "events": events, "retry": decoder.retry() })
}

pub fn stream_line(line: &Value) -> Value {
    let name = line["api"].as_str().unwrap_or_default();
    let reply = match Api::from_name(name) {
        Some(Api::Browser) => spoken(line),
        Some(api) if api.is_remote() => sent(api, line),
        _ => return json!({ "id": line["id"], "error": format!("unknown api {}", line["api"]) }),
    };
    let usage = reply.usage.map(|usage| {
        json!({ "input": usage.input, "output": usage.output, "cached": usage.cached, "reasoning": usage.reasoning })
    });
    let error = reply.fault.map(|fault| {
        json!({ "kind": fault.kind.name(), "status": fault.status, "message": fault.message })
    });
    json!({
        "id": line["id"], "text": reply.text, "reasoning": reply.reasoning,
        "end": reply.end.map(|end| end.name()), "end_raw": reply.end_raw, "usage": usage, "error": error,
    })
}

/// A server's answer.
fn sent(api: Api, line: &Value) -> Reply {
    let status = line["http_status"].as_u64().unwrap_or(200);
    let mut decoder = Decoder::new(api, u16::try_from(status).unwrap_or(500), "host", "");
    let mut reply = Reply::default();
    for chunk in chunks(line) {
        decoder
            .push(&chunk)
            .into_iter()
            .for_each(|delta| reply.apply(delta));
    }
    decoder
        .finish()
        .into_iter()
        .for_each(|delta| reply.apply(delta));
    reply.close(Close::Eof);
    reply
}

/// The browser's own model hands out words and no bytes, and gives no reason for their end: each chunk is a text.
fn spoken(line: &Value) -> Reply {
    let mut reply = Reply::default();
    for chunk in chunks(line) {
        reply.apply(Delta::Text(String::from_utf8_lossy(&chunk).into_owned()));
    }
    reply.apply(Delta::Finish {
        end: End::Complete,
        raw: String::new(),
    });
    reply.close(Close::Eof);
    reply
}

pub fn render_line(line: &Value) -> Value {
    let blocks = viewfinder::markdown::parse(line["markdown"].as_str().unwrap_or_default());
    json!({ "id": line["id"], "html": viewfinder::markdown::html::serialize(&blocks) })
}

fn chunks(line: &Value) -> Vec<Vec<u8>> {
    let list = line["chunks_b64"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    list.iter()
        .filter_map(Value::as_str)
        .map(from_base64)
        .collect()
}

/// Bytes from base64; anything that is no letter of it is passed over.
fn from_base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
