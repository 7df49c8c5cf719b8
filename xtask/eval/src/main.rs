//! The pure core from the outside: JSON lines in, JSON lines out.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use viewfinder::intent::{self, Candidate, Cue, Duration};
use viewfinder::provider::Decoder;
use viewfinder::reply::{Close, Reply};
use viewfinder::sse;

const HELP: &str = "\
cargo xtask eval NAME [FILE]

Reads JSON lines from FILE or standard input, writes one JSON line for each.

  sse     {id, chunks_b64} to {id, events: [{event, data, lastEventId}], retry}
          By the standard: an event that the end of the stream leaves without its blank line is discarded.
  stream  {id, api, http_status, content_type, chunks_b64} to {id, text, reasoning, end, end_raw, usage, error}
          api: chat. A clean end of the body follows the last chunk.
  render  {id, markdown} to {id, html}
          The content tree as the page's nodes would be, without the app's own buttons.
  recognise  {id, text} to {id, is_preference, kind, polarity, topic, certainty, preferences: [{kind, polarity, strength,
          topic, condition, exceptions, duration, cue, certainty, quote}]}
          kind: like, dislike, habit, fact_about_user, instruction_style, none. The first fields are those of the
          surest lasting preference, where it is sure (certainty from 50); the list has what is only proposed, too.

A line that cannot be read gives {id: null, error}, and the exit code is 1 at the end.";

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let run: fn(&Value) -> Value = match arguments.first().map(String::as_str) {
        Some("sse") => sse_line,
        Some("stream") => stream_line,
        Some("render") => render_line,
        Some("recognise") => recognise_line,
        _ => {
            println!("{HELP}");
            return Ok(());
        }
    };
    let input: Box<dyn Read> = match arguments.get(1) {
        Some(file) => Box::new(std::fs::File::open(file)?),
        None => Box::new(std::io::stdin()),
    };
    let mut out = std::io::stdout().lock();
    let mut unread = false;
    for line in BufReader::new(input).lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Value>(&line) {
            Ok(value) => run(&value),
            Err(error) => {
                unread = true;
                json!({ "id": null, "error": error.to_string() })
            }
        };
        writeln!(out, "{answer}")?;
    }
    drop(out);
    std::process::exit(i32::from(unread));
}

fn sse_line(line: &Value) -> Value {
    let mut decoder = sse::Decoder::new();
    let events: Vec<Value> = chunks(line)
        .iter()
        .flat_map(|chunk| decoder.push(chunk))
        .map(|e| json!({ "event": e.event, "data": e.data, "lastEventId": e.last_event_id }))
        .collect();
    json!({ "id": line["id"], "events": events, "retry": decoder.retry() })
}

fn stream_line(line: &Value) -> Value {
    if line["api"] != "chat" {
        return json!({ "id": line["id"], "error": format!("unknown api {}", line["api"]) });
    }
    let status = line["http_status"].as_u64().unwrap_or(200);
    let kind = line["content_type"].as_str().unwrap_or_default();
    let mut decoder = Decoder::new(u16::try_from(status).unwrap_or(500), kind, "host", "");
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

fn render_line(line: &Value) -> Value {
    let blocks = viewfinder::markdown::parse(line["markdown"].as_str().unwrap_or_default());
    json!({ "id": line["id"], "html": viewfinder::markdown::html::serialize(&blocks) })
}

fn recognise_line(line: &Value) -> Value {
    let found = intent::recognise(line["text"].as_str().unwrap_or_default());
    let lasting = found
        .iter()
        .filter(|one| one.duration == Duration::Lasting && one.cue != Cue::Retract);
    let surest = lasting.reduce(|best, one| {
        if one.certainty > best.certainty {
            one
        } else {
            best
        }
    });
    let sure = surest.filter(|one| one.is_sure());
    let preferences: Vec<Value> = found
        .iter()
        .map(|one| preference(one, &line["text"]))
        .collect();
    json!({
        "id": line["id"],
        "is_preference": sure.is_some(),
        "kind": sure.map_or("none", |one| one.kind.name()),
        "polarity": sure.map_or("0", |one| one.polarity.sign()),
        "topic": sure.map(|one| &one.topic),
        "certainty": surest.map_or(0, |one| one.certainty),
        "preferences": preferences,
    })
}

fn preference(one: &Candidate, text: &Value) -> Value {
    json!({
        "kind": one.kind.name(), "polarity": one.polarity.sign(), "strength": one.strength, "topic": one.topic,
        "condition": one.condition, "exceptions": one.exceptions, "duration": one.duration.name(),
        "cue": one.cue.name(), "certainty": one.certainty,
        "quote": text.as_str().and_then(|text| text.get(one.quote.clone())),
    })
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
