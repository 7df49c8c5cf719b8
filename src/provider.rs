//! A question to a plain HTTP request, and a server's bytes to [`Delta`](crate::reply::Delta)s. No IO here.

pub mod address;
mod decode;
pub mod demo;
mod encode;
mod errors;
mod models;
pub mod preset;
mod redact;
mod retry;

use crate::chat::Role;
use crate::cost::Price;
use serde_json::Value;

/// The dialect that a server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Api {
    /// OpenAI chat completions and everything compatible (`/chat/completions`).
    #[default]
    Chat,
    /// OpenAI Responses (`/responses`).
    Responses,
    /// Anthropic Messages (`/messages`).
    Messages,
    /// Gemini (`/models/MODEL:streamGenerateContent`).
    Gemini,
    /// Ollama's own (`/api/chat`).
    Ollama,
    /// The model that is built into the browser: no request at all.
    Browser,
    /// The built-in demo model: scripted, offline, no request at all.
    Demo,
}

impl Api {
    /// Every dialect, for tables and tests.
    pub const ALL: [Api; 7] = [
        Api::Chat,
        Api::Responses,
        Api::Messages,
        Api::Gemini,
        Api::Ollama,
        Api::Browser,
        Api::Demo,
    ];

    /// The stable name: in storage and in evaluations. Mostly the end of its address.
    pub fn name(self) -> &'static str {
        match self {
            Api::Chat => "chat",
            Api::Responses => "responses",
            Api::Messages => "messages",
            Api::Gemini => "streamGenerateContent",
            Api::Ollama => "api/chat",
            Api::Browser => "browser",
            Api::Demo => "demo",
        }
    }

    /// The dialect with this stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|api| api.name() == name)
    }

    /// Whether it is spoken with a server, over the network.
    pub fn is_remote(self) -> bool {
        !matches!(self, Api::Browser | Api::Demo)
    }
}

/// A server that the user configured. The key goes only to the origin of `base`, only in a header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Connection {
    /// A UUID, or `demo` for the built-in model.
    pub id: String,
    /// What the user calls it.
    pub name: String,
    /// Which dialect.
    pub api: Api,
    /// The address as the user wrote it, such as `https://api.openai.com/v1`.
    pub base: String,
    /// The key; empty where none is needed, and where it is locked.
    pub key: String,
    /// The key as it is stored while it is locked by a passphrase ([`crate::lock`]); empty where it is not.
    pub sealed: String,
    /// The model used where the conversation names none.
    pub model: String,
    /// The models that the server listed last.
    pub models: Vec<ModelInfo>,
    /// When it did, in milliseconds; 0 where it never has.
    pub listed_at: i64,
}

impl Connection {
    /// What the provider's list says of a model; `None` where it does not list it.
    pub fn listed(&self, model: &str) -> Option<&ModelInfo> {
        self.models.iter().find(|one| one.id == model)
    }
}

/// A model as the server lists it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModelInfo {
    /// The name used in requests.
    pub id: String,
    /// Context window in tokens, where listed.
    pub context: Option<u32>,
    /// What it costs, where listed.
    pub price: Option<Price>,
}

/// One turn of what is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Who speaks.
    pub role: Role,
    /// The words.
    pub text: String,
}

/// Everything that a request carries, before a dialect puts it into words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ask {
    /// The model's name.
    pub model: String,
    /// The system prompt; empty for none.
    pub system: String,
    /// The conversation, oldest first.
    pub turns: Vec<Turn>,
    /// 0 to 2; `None` leaves it to the server.
    pub temperature: Option<f64>,
    /// Most tokens of the reply; `None` leaves it to the server.
    pub max_output: Option<u32>,
}

/// A request as plain data, so that it can be compared in a test and shown to the user.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpRequest {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The whole URL. Never holds a key.
    pub url: String,
    /// Names and values, in order.
    pub headers: Vec<(&'static str, String)>,
    /// The body; empty for `GET`.
    pub body: String,
}

pub use address::endpoint;
pub use decode::{Decoder, end as end_of};
pub use encode::encode;
pub use models::{list_models, read_models};
pub use retry::retry_after;

/// What stands at a path, such as `/errors/0/message`. `Value::pointer` makes a text of every step for the sake of
/// escaped names, which no dialect has; and this is asked some ten times for every chunk of a stream.
pub(crate) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let mut steps = path.split('/').skip(1);
    steps.try_fold(value, |value, step| match value {
        Value::Array(all) => all.get(step.parse::<usize>().ok()?),
        _ => value.get(step),
    })
}
