//! OpenAI chat completions and everything compatible.

use super::voice::{Voice, list, text, usage};
use crate::cost::{Currency, Money};
use crate::provider::at;
use crate::reply::Delta;
use serde_json::Value;

/// Reads one event; whether it is one of this dialect.
pub fn event(voice: &mut Voice, kind: &str, value: &Value) -> bool {
    if voice.error_in(value) {
        return true;
    }
    let choices = value.get("choices");
    if choices.is_none() && is_error(kind, value) {
        voice.error(value);
        return true;
    }
    voice.model(text(value, "/model"));
    let first = |choice: &&Value| choice.get("index").and_then(Value::as_u64).unwrap_or(0) == 0;
    let choice = list(value, "/choices").iter().find(first);
    if let Some(choice) = choice {
        read(voice, choice);
    }
    let counts = [
        value.get("usage"),
        at(value, "/x_groq/usage"),
        choice.and_then(|choice| choice.get("usage")),
    ];
    if let Some(counts) = counts.into_iter().flatten().find(|all| all.is_object()) {
        voice.usage(usage(counts));
        voice.deltas.extend(billed(counts).map(Delta::Cost));
    }
    choices.is_some()
}

/// Nano-dollars in a dollar.
const NANO: f64 = 1e9;

/// The dollars that OpenRouter says it bills, with what the provider behind it bills to a key of the user's own.
fn billed(counts: &Value) -> Option<Money> {
    let dollars = |path: &str| {
        let paid = at(counts, path)?.as_f64();
        paid.filter(|paid| (0.0..1e6).contains(paid))
    };
    let own_key = counts.get("is_byok").and_then(Value::as_bool) == Some(true);
    let upstream = dollars("/cost_details/upstream_inference_cost").filter(|_| own_key);
    let paid = dollars("/cost")? + upstream.unwrap_or(0.0);
    (paid > 0.0).then_some(Money {
        currency: Currency::Usd,
        nano: (paid * NANO + 0.5) as u64,
    })
}

/// Whether an object without an `error` is one: some gateways send the bare code and message.
fn is_error(kind: &str, value: &Value) -> bool {
    let code = value.get("code").is_some_and(|code| !code.is_null());
    let named = kind == "error" || text(value, "/type") == "error" || code;
    let failed = at(value, "/base_resp/status_code");
    let failed = failed.and_then(Value::as_i64).is_some_and(|code| code != 0);
    failed || (named && value.get("message").is_some_and(Value::is_string))
}

fn read(voice: &mut Voice, choice: &Value) {
    let whole = choice.get("message");
    if let Some(delta) = choice.get("delta").or(whole) {
        voice.reasoning(&reasoning(delta));
        match delta.get("content") {
            Some(Value::String(text)) => voice.text(text),
            Some(Value::Array(parts)) => parts.iter().for_each(|part| read_part(voice, part)),
            _ => {}
        }
        voice.refusal(text(delta, "/refusal"));
        for call in list(delta, "/tool_calls") {
            if let Some(name) = at(call, "/function/name").and_then(Value::as_str) {
                voice.tool(name);
            }
        }
        if let Some(name) = at(delta, "/function_call/name").and_then(Value::as_str) {
            voice.tool(name);
        }
    }
    voice.finish(text(choice, "/finish_reason"), whole.is_some());
}

fn read_part(voice: &mut Voice, part: &Value) {
    let thought = part.get("thinking").map(flatten).unwrap_or_default();
    voice.reasoning(&thought);
    voice.text(text(part, "/text"));
}

/// The three names under which reasoning arrives; a server may send two with the same words.
pub fn reasoning(delta: &Value) -> String {
    let plain = ["reasoning_content", "reasoning"]
        .iter()
        .find_map(|name| delta.get(name)?.as_str().filter(|text| !text.is_empty()));
    match plain {
        Some(text) => text.to_owned(),
        None => delta
            .get("reasoning_details")
            .map(flatten)
            .unwrap_or_default(),
    }
}

fn flatten(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(flatten).collect(),
        Value::Object(part) => ["text", "summary"]
            .iter()
            .find_map(|name| part.get(*name))
            .map(flatten)
            .unwrap_or_default(),
        _ => String::new(),
    }
}
