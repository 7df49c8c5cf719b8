//! The pure core from the outside: JSON lines in, JSON lines out.

mod train;

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use viewfinder::badcase::export::{self, Format};
use viewfinder::badcase::redact;
use viewfinder::guide;
use viewfinder::provider::Decoder;
use viewfinder::record;
use viewfinder::reply::{Close, End, Reply};
use viewfinder::watch::stitch;
use viewfinder::{sse, watch};

const HELP: &str = "\
cargo xtask eval NAME [FILE]

Reads JSON lines from FILE or standard input, writes one JSON line for each.

  sse     {id, chunks_b64} to {id, events: [{event, data, lastEventId}], retry}
          By the standard: an event that the end of the stream leaves without its blank line is discarded.
  stream  {id, api, http_status, content_type, chunks_b64} to {id, text, reasoning, end, end_raw, usage, error}
          api: chat. A clean end of the body follows the last chunk.
  fit     {id, text} to {id, frame, filled: [...], hint, best_missing, spans: {slot: [start, end]}}
          frame: ask, write, code, translate, summarise, plan, decide, companion, none. hint and best_missing are
          the same: the most useful missing slot or null. Spans are bytes of text.
  render  {id, markdown} to {id, html}
          The content tree as the page's nodes would be, without the app's own buttons.
  judge   {id, text, finish_reason, prompt?} to {id, cut, certainty, signs: [{sign, from, to, weight}]}
          certainty and weight from 0 to 1; from and to count characters.
  stitch  {id, first, second, mode?} to {id, text, seam: {at, glue, dropped, near}, restarted}
          mode: asked (the default) or prefill. at counts characters; text is first + glue + second without dropped.
          An answer that starts over and goes its own way is not joined: text is then first alone.
  export  {id, row, format, redact?, chosen?} to {id, line}
          row: a bad case as it is stored; format: bad-cases, fine-tuning, preferences-openai or preferences-trl.
          line is null where the case does not fit the format. redact: true takes out what is not for others, and chosen.

cargo xtask eval train DATA... OUT

Fits the model of the input frame to files of {text, frame, filled} and writes it to OUT.

A line that cannot be read gives {id: null, error}, and the exit code is 1 at the end.";

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let run: fn(&Value) -> Value = match arguments.first().map(String::as_str) {
        Some("sse") => sse_line,
        Some("stream") => stream_line,
        Some("render") => render_line,
        Some("fit") => fit_line,
        Some("train") => return train_model(&arguments[1..]),
        Some("judge") => judge_line,
        Some("stitch") => stitch_line,
        Some("export") => export_line,
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

fn fit_line(line: &Value) -> Value {
    let fit = guide::analyse(line["text"].as_str().unwrap_or_default(), |_, _| false);
    let slots = fit.kind.map_or(&[][..], |kind| kind.slots());
    let filled: Vec<&str> = fit.filled.iter().map(|filled| slots[filled.slot]).collect();
    let spans: serde_json::Map<String, Value> = fit
        .filled
        .iter()
        .map(|filled| {
            (
                slots[filled.slot].into(),
                json!([filled.range.start, filled.range.end]),
            )
        })
        .collect();
    let hint = fit.hint.map(|slot| slots[slot]);
    json!({
        "id": line["id"], "frame": fit.kind.map_or("none", |kind| kind.id()), "filled": filled,
        "hint": hint, "best_missing": hint, "spans": spans,
    })
}

fn train_model(files: &[String]) -> std::io::Result<()> {
    let [data @ .., out] = files else {
        println!("{HELP}");
        return Ok(());
    };
    let mut lines = Vec::new();
    for file in data {
        lines.extend(train::read(file)?);
    }
    std::fs::write(out, train::fit(&lines))
}

fn judge_line(line: &Value) -> Value {
    let text = line["text"].as_str().unwrap_or_default();
    let end = match line["finish_reason"].as_str() {
        Some(reason) if !reason.is_empty() => viewfinder::provider::end_of(reason),
        _ => End::Unknown,
    };
    let prompt = line["prompt"].as_str().unwrap_or_default();
    let verdict = watch::judge(end, text, prompt);
    let share = |percent: u8| f64::from(percent) / 100.0;
    let place = |at: usize| text[..at].chars().count();
    let signs: Vec<Value> = verdict
        .signs
        .iter()
        .map(|sign| {
            json!({
                "sign": sign.kind.name(), "from": place(sign.at.start), "to": place(sign.at.end),
                "weight": share(sign.weight),
            })
        })
        .collect();
    json!({
        "id": line["id"], "cut": verdict.is_cut(), "certainty": share(verdict.certainty), "signs": signs,
    })
}

fn stitch_line(line: &Value) -> Value {
    let part = |name: &str| line[name].as_str().unwrap_or_default();
    let mode = match line["mode"] == "prefill" {
        true => stitch::Mode::Prefill,
        false => stitch::Mode::Asked,
    };
    let (text, seam) = stitch::join(part("first"), part("second"), mode);
    json!({
        "id": line["id"], "text": text, "restarted": seam.restarted,
        "seam": {
            "at": text[..seam.at].chars().count(), "glue": seam.glue, "dropped": seam.dropped, "near": seam.near,
        },
    })
}

fn export_line(line: &Value) -> Value {
    let name = line["format"].as_str().unwrap_or_default();
    let format = Format::ALL
        .into_iter()
        .find(|format| format.file().strip_suffix(".jsonl") == Some(name));
    let Some(format) = format else {
        return json!({ "id": line["id"], "error": format!("unknown format {name}") });
    };
    let mut case = record::case::read(&line["row"].as_object().cloned().unwrap_or_default());
    if line["redact"] == true {
        let chosen = line["chosen"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let chosen: Vec<&str> = chosen.iter().filter_map(Value::as_str).collect();
        case = redact::case(&case, &chosen);
    }
    json!({ "id": line["id"], "line": export::line(&case, format) })
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
