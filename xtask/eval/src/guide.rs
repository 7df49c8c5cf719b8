//! The input frame: fitting a text, and fitting the model.

use crate::train;
use serde_json::{Value, json};
use viewfinder::guide;

pub fn fit_line(line: &Value) -> Value {
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

pub fn train_model(files: &[String]) -> std::io::Result<()> {
    let [data @ .., out] = files else {
        return Err(std::io::Error::other(
            "name the files to learn from and the file to write",
        ));
    };
    let mut lines = Vec::new();
    for file in data {
        lines.extend(train::read(file)?);
    }
    std::fs::write(out, train::fit(&lines))
}
