//! The faults as lists of models, as each dialect gives them.

use super::ALL;
use serde_json::{Value, json};

/// The list of models, as `/v1/models` gives it; `owner` is the program that says it serves them.
pub fn openai(owner: &str) -> Value {
    let rows = ALL
        .iter()
        .map(|(name, _)| json!({ "id": name, "object": "model", "owned_by": owner }));
    json!({ "object": "list", "data": rows.collect::<Vec<_>>() })
}

/// The same list as Gemini gives it.
pub fn gemini() -> Value {
    let rows = ALL.iter().map(|(name, _)| {
        json!({ "name": format!("models/{name}"), "inputTokenLimit": 1_048_576, "supportedGenerationMethods": ["generateContent"] })
    });
    json!({ "models": rows.collect::<Vec<_>>() })
}

/// The same list as Ollama gives it.
pub fn ollama() -> Value {
    let rows = ALL
        .iter()
        .map(|(name, _)| json!({ "name": name, "model": name }));
    json!({ "models": rows.collect::<Vec<_>>() })
}
