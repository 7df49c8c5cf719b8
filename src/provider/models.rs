//! Which models a server has.

use super::{Api, Connection, HttpRequest, ModelInfo, address, encode};
use crate::fault::Fault;
use serde_json::Value;

/// The request that lists the models of `connection`.
///
/// # Errors
/// `BadAddress` where the base is not an `http:` or `https:` URL without credentials.
pub fn list_models(connection: &Connection) -> Result<HttpRequest, Fault> {
    let base = address::endpoint(&connection.base, connection.api)?;
    let path = match connection.api {
        Api::Ollama => "/api/tags",
        Api::Gemini => "/models?pageSize=1000",
        Api::Messages => "/models?limit=1000",
        _ => "/models",
    };
    Ok(HttpRequest {
        method: "GET",
        url: [&base, path].concat(),
        headers: encode::headers(connection, false),
        body: String::new(),
    })
}

/// The models in an answer: `data` of OpenAI, `models` of others, or a bare list; sorted, each once.
pub fn read_models(body: &str) -> Option<Vec<ModelInfo>> {
    let value: Value = serde_json::from_str(body).ok()?;
    let list = ["data", "models"]
        .iter()
        .find_map(|name| value.get(name)?.as_array());
    let list = list.or(value.as_array())?;
    let mut models: Vec<ModelInfo> = list.iter().filter_map(model).collect();
    models.sort_by(|a, b| a.id.cmp(&b.id));
    models.dedup_by(|a, b| a.id == b.id);
    Some(models)
}

fn model(value: &Value) -> Option<ModelInfo> {
    // Gemini lists models that only make vectors among those that speak.
    let ways = value.get("supportedGenerationMethods");
    if let Some(Value::Array(ways)) = ways
        && !ways.iter().any(|way| way == "generateContent")
    {
        return None;
    }
    let id = ["id", "name"]
        .iter()
        .find_map(|name| value.get(name)?.as_str());
    let context = [
        "context_length",
        "context_window",
        "max_context_length",
        "max_model_len",
        "max_input_tokens",
        "inputTokenLimit",
    ]
    .iter()
    .find_map(|name| value.get(name)?.as_u64());
    Some(ModelInfo {
        id: id
            .or(value.as_str())
            .map(|id| id.strip_prefix("models/").unwrap_or(id))
            .filter(|id| !id.is_empty())?
            .to_owned(),
        context: context.and_then(|context| u32::try_from(context).ok()),
        price: crate::cost::listed::price(value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_of_many_servers() {
        let ids = |body: &str| {
            read_models(body).map(|all| all.into_iter().map(|m| m.id).collect::<Vec<_>>())
        };
        let two = Some(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(
            ids(r#"{"data":[{"id":"b"},{"id":"a","context_length":4096},{"id":"a"}]}"#),
            two
        );
        assert_eq!(ids(r#"{"models":[{"name":"a"},{"name":"b"}]}"#), two);
        assert_eq!(ids(r#"["b","a"]"#), two);
        let gemini = r#"{"models":[{"name":"models/a","inputTokenLimit":1048576,"supportedGenerationMethods":["generateContent"]},
            {"name":"models/b"},{"name":"models/c","supportedGenerationMethods":["embedContent"]}]}"#;
        assert_eq!(ids(gemini), two);
        let context = read_models(gemini).and_then(|all| all[0].context);
        assert_eq!(context, Some(1_048_576));
        assert_eq!(ids("<html>"), None);
    }
}
