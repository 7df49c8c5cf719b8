//! How servers take the beginning of a reply, in one table, and the request in each dialect.

use crate::chat::Role;
use crate::fault::Fault;
use crate::provider::{self, Api, Ask, Connection, HttpRequest, Turn, address};
use crate::record;
use serde_json::{Value, json};

/// How a server is told that the last message is a reply to be continued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefill {
    /// `prefix: true` on the last message, at the path `/beta`.
    BetaPrefix,
    /// `prefix: true` on the last message.
    Prefix,
    /// `partial: true` on the last message.
    Partial,
    /// `partial: true`, with thinking turned off in the body.
    PartialPlain,
    /// `prefix` in the body holds the text; no message is added.
    BodyPrefix,
    /// `continue_final_message: true` and `add_generation_prompt: false` in the body.
    Continue,
    /// A last message of the assistant is enough. It may not end with white space.
    Trailing,
}

/// A program that serves models, where it says who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// vLLM.
    Vllm,
    /// llama.cpp's own server.
    LlamaCpp,
}

/// A row of the table: hosts, the dialect, and models for which it is refused or no use.
struct Row {
    /// The host itself or what it ends with after a dot.
    hosts: &'static [&'static str],
    dialect: Prefill,
    /// Parts of model names, in lower case.
    never: &'static [&'static str],
}

const TABLE: &[Row] = &[
    Row {
        hosts: &["api.deepseek.com"],
        dialect: Prefill::BetaPrefix,
        never: &["reasoner", "r1"],
    },
    Row {
        hosts: &[
            "dashscope.aliyuncs.com",
            "dashscope-intl.aliyuncs.com",
            "dashscope-us.aliyuncs.com",
        ],
        dialect: Prefill::PartialPlain,
        never: &["thinking", "qwq", "qvq", "-r1", "deepseek", "kimi", "glm"],
    },
    Row {
        hosts: &["api.moonshot.cn", "api.moonshot.ai"],
        dialect: Prefill::Partial,
        never: &["thinking"],
    },
    Row {
        hosts: &["api.mistral.ai"],
        dialect: Prefill::Prefix,
        never: &["magistral"],
    },
    Row {
        hosts: &["api.siliconflow.cn", "api.siliconflow.com"],
        dialect: Prefill::BodyPrefix,
        never: &["-r1", "thinking", "qwq"],
    },
    Row {
        hosts: &["modelarts-maas.com"],
        dialect: Prefill::Continue,
        never: &["-r1", "thinking"],
    },
];

/// How `connection` takes a beginning for `model`; `None` where it is refused, ignored, or nothing is known of it.
/// `server` is what the server said of itself, see [`server`].
pub fn dialect(connection: &Connection, model: &str, server: Option<Server>) -> Option<Prefill> {
    match connection.api {
        Api::Chat => chat(connection, model, server),
        // Whoever serves it: a model that is none of Anthropic's own may take it as a turn that is over.
        Api::Messages => old_claude(&model.to_ascii_lowercase()).then_some(Prefill::Trailing),
        // No way is documented.
        Api::Responses | Api::Gemini | Api::Ollama | Api::Browser | Api::Demo => None,
    }
}

/// As [`dialect`], for chat completions.
fn chat(connection: &Connection, model: &str, server: Option<Server>) -> Option<Prefill> {
    let host = address::host(&connection.base);
    let host = host.split(':').next().unwrap_or_default();
    let model = model.to_ascii_lowercase();
    if host == "api.anthropic.com" {
        return old_claude(&model).then_some(Prefill::Trailing);
    }
    if host == "openrouter.ai" {
        return openrouter(&model);
    }
    let row = TABLE
        .iter()
        .find(|row| row.hosts.iter().any(|known| is_host(host, known)));
    if let Some(row) = row {
        let never = row.never.iter().any(|part| model.contains(part));
        return (!never).then_some(row.dialect);
    }
    // llama.cpp refuses a beginning while the model thinks; the name is all there is to go by.
    let thinks = ["thinking", "-r1", "qwq", "gpt-oss"]
        .iter()
        .any(|part| model.contains(part));
    (server.is_some() && !thinks).then_some(Prefill::Continue)
}

/// What the body of `GET /models` says of the program that serves it.
pub fn server(models: &str) -> Option<Server> {
    let value: Value = serde_json::from_str(models).ok()?;
    let owner = value["data"][0]["owned_by"].as_str()?;
    match owner.to_ascii_lowercase().as_str() {
        "vllm" => Some(Server::Vllm),
        "llamacpp" | "llama.cpp" => Some(Server::LlamaCpp),
        _ => None,
    }
}

/// The request that continues `reply`, the answer to `ask` so far.
///
/// # Errors
/// As [`provider::encode`].
pub fn prefill(
    connection: &Connection,
    ask: &Ask,
    reply: &str,
    dialect: Prefill,
) -> Result<HttpRequest, Fault> {
    let mut ask = ask.clone();
    if dialect != Prefill::BodyPrefix {
        let text = match dialect {
            Prefill::Trailing => reply.trim_end(),
            _ => reply,
        };
        ask.turns.push(Turn {
            role: Role::Assistant,
            text: text.to_owned(),
        });
    }
    let mut request = provider::encode(connection, &ask)?;
    let mut body: Value = serde_json::from_str(&request.body).unwrap_or_default();
    let mut mark = |name: &str| {
        let last = body["messages"]
            .as_array_mut()
            .and_then(|all| all.last_mut());
        if let Some(Value::Object(last)) = last {
            last.insert(name.into(), true.into());
        }
    };
    match dialect {
        Prefill::BetaPrefix | Prefill::Prefix => mark("prefix"),
        Prefill::Partial => mark("partial"),
        Prefill::PartialPlain => {
            mark("partial");
            body["enable_thinking"] = json!(false);
        }
        Prefill::BodyPrefix => body["prefix"] = json!(reply),
        Prefill::Continue => {
            body["continue_final_message"] = json!(true);
            body["add_generation_prompt"] = json!(false);
        }
        Prefill::Trailing => {}
    }
    request.body = record::write(&body);
    if dialect == Prefill::BetaPrefix
        && let Some(origin) = address::origin(&connection.base)
    {
        request.url = [&origin, "/beta/chat/completions"].concat();
    }
    Ok(request)
}

fn is_host(host: &str, known: &str) -> bool {
    host == known
        || host
            .strip_suffix(known)
            .is_some_and(|rest| rest.ends_with('.'))
}

/// OpenRouter passes a last message of the assistant on to whoever serves the model.
fn openrouter(model: &str) -> Option<Prefill> {
    let (maker, name) = model.split_once('/')?;
    let takes = match maker {
        "anthropic" => old_claude(name) && !name.contains("thinking"),
        "mistralai" => !name.contains("magistral"),
        "deepseek" => name.starts_with("deepseek-chat"),
        _ => false,
    };
    takes.then_some(Prefill::Trailing)
}

/// Claude up to 4.5; later ones answer 400.
fn old_claude(model: &str) -> bool {
    if !model.contains("claude") {
        return false;
    }
    let mut numbers = model
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| (1..=2).contains(&part.len()))
        .filter_map(|part| part.parse::<u32>().ok());
    let Some(major) = numbers.next() else {
        return false;
    };
    (major, numbers.next().unwrap_or(0)) <= (4, 5)
}
