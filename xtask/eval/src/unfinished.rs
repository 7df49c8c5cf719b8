//! Unfinished replies: the judge, the seam, the exports of the log.

use serde_json::{Value, json};
use viewfinder::badcase::export::{self, Format};
use viewfinder::badcase::redact;
use viewfinder::reply::End;
use viewfinder::watch::stitch;
use viewfinder::{record, watch};

pub fn judge_line(line: &Value) -> Value {
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

pub fn stitch_line(line: &Value) -> Value {
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

pub fn export_line(line: &Value) -> Value {
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
        case = redact::case(&case, &chosen, &[]);
    }
    json!({ "id": line["id"], "line": export::line(&case, format) })
}
