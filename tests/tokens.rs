//! The estimate of tokens against the counts of real tokenizers, plain and after a few reports.
//!
//! The texts are the replies of `tests/data/unfinished`; `tests/data/tokens.jsonl` holds what the published
//! vocabularies of five families of models make of them.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use viewfinder::cost::calibrate::{Report, fit, keep};
use viewfinder::tokens::{Measure, Weights};

const FAMILIES: [&str; 5] = ["o200k", "qwen3", "deepseek", "claude", "llama3"];
/// One in so many texts is reported before the estimate of the others is held to its border.
const HEARD: usize = 10;
/// What a server puts around a request and around each of its messages, in this test.
const FRAME: (u64, u64) = (20, 5);

fn lines(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let text = fs::read_to_string(path.join(file)).expect("the data of the test");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect()
}

/// Each text of a language with what `family` counts in it.
fn counted(lang: &str, family: &str) -> Vec<(String, u64)> {
    let replies = [
        lines("unfinished/replies.jsonl"),
        lines("unfinished/tune.jsonl"),
    ]
    .concat();
    let word = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let texts: HashMap<String, String> = replies
        .iter()
        .map(|reply| (word(reply, "id"), word(reply, "text")))
        .collect();
    let counts = lines("tokens.jsonl");
    let of_lang = counts.iter().filter(|count| count["lang"] == lang);
    of_lang
        .map(|count| {
            let tokens = count[family].as_u64().expect("a count");
            (texts[&word(count, "id")].clone(), tokens)
        })
        .collect()
}

/// A request of some messages, and what the server counts in it.
fn request(texts: &[(String, u64)]) -> Report {
    let mut measure = Measure::default();
    let mut tokens = FRAME.0;
    for (text, count) in texts {
        measure = measure.and(Measure::of_turn(text));
        tokens += count + FRAME.1;
    }
    Report { measure, tokens }
}

fn error(report: &Report, weights: Weights) -> f64 {
    let estimate = f64::from(report.measure.tokens(weights));
    (estimate - report.tokens as f64).abs() / report.tokens as f64
}

fn mean(errors: &[f64]) -> f64 {
    errors.iter().sum::<f64>() / errors.len() as f64
}

#[test]
fn within_a_seventh_after_a_few_replies_in_each_language() {
    for family in FAMILIES {
        let mut reports = Vec::new();
        for lang in ["zh", "en"] {
            for one in counted(lang, family).iter().step_by(HEARD) {
                keep(&mut reports, request(std::slice::from_ref(one)));
                let measure = Measure::of(&one.0);
                keep(
                    &mut reports,
                    Report {
                        measure,
                        tokens: one.1,
                    },
                );
            }
        }
        let weights = fit(&reports);
        for lang in ["zh", "en"] {
            let mut rest = counted(lang, family);
            let mut at = 0;
            rest.retain(|_| {
                at += 1;
                at % HEARD != 1
            });
            let errors = |weights| -> Vec<f64> {
                rest.chunks_exact(4)
                    .map(|some| error(&request(some), weights))
                    .collect()
            };
            let (plain, fitted) = (errors(Weights::default()), errors(weights));
            let worst = fitted.iter().copied().fold(0.0, f64::max);
            println!(
                "{family} {lang}: plain {:.3}, fitted {:.3}, worst {worst:.3}",
                mean(&plain),
                mean(&fitted)
            );
            assert!(
                mean(&fitted) <= 0.10,
                "{family} {lang}: {:.3}",
                mean(&fitted)
            );
            assert!(
                worst <= 0.15,
                "{family} {lang}: a request is off by {worst:.3}"
            );
        }
    }
}
