//! A question to a plain HTTP request, and a server's bytes to [`Delta`](crate::reply::Delta)s. No IO here.

pub mod address;
pub mod demo;
mod encode;
mod errors;
mod openai;
mod think;

use crate::chat::Role;
use crate::cost::Price;
use crate::fault::Fault;

/// The dialect that a server speaks, named by its endpoint in evaluations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Api {
    /// OpenAI chat completions and everything compatible (`/chat/completions`).
    #[default]
    Chat,
    /// The built-in demo model: scripted, offline, no request at all.
    Demo,
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
    /// The key; empty where none is needed.
    pub key: String,
    /// The model used where the conversation names none.
    pub model: String,
    /// The models that the server listed last.
    pub models: Vec<ModelInfo>,
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

/// The request that asks `connection` for a streamed reply.
///
/// # Errors
/// `BadAddress` where the base is not an `http:` or `https:` URL without credentials.
pub fn encode(connection: &Connection, ask: &Ask) -> Result<HttpRequest, Fault> {
    encode::chat(connection, ask)
}

/// The request that lists the models of `connection`.
///
/// # Errors
/// As [`encode`].
pub fn list_models(connection: &Connection) -> Result<HttpRequest, Fault> {
    encode::models(connection)
}

pub use address::endpoint;
pub use encode::read_models;
pub use errors::retry_after;
pub use openai::{Decoder, end as end_of};
