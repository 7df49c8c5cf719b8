//! Requests that find out about a connection: its models, and what is wrong with it.

use crate::chat::Role;
use crate::doctor::{self, Around, PATIENCE, Report, Saw, Tried, Try};
use crate::fault::{Fault, Kind};
use crate::provider::{self, Ask, Connection, Decoder, HttpRequest, ModelInfo, Turn, address};
use crate::reply::{Close, End, Reply};
use crate::web::{clock, http};
use leptos::prelude::window;

/// Most bytes of an answer that are read.
const MOST: usize = 4 << 20;
/// Tokens that the model is asked for. One of the dialects allows no fewer.
const FEW: u32 = 16;

/// The models that the server lists.
///
/// # Errors
/// Whatever the answer says, or that none came.
pub async fn models(connection: &Connection) -> Result<Vec<ModelInfo>, Fault> {
    let request = provider::list_models(connection)?;
    let (status, body) = ask(&request).await?;
    let text = String::from_utf8_lossy(&body);
    let models = (status < 400).then(|| provider::read_models(&text));
    if let Some(models) = models.flatten() {
        return Ok(models);
    }
    Err(read(connection, status, &body).fault.unwrap_or(Fault {
        kind: Kind::NotApi,
        detail: address::host(&request.url),
        ..Fault::default()
    }))
}

/// Looks into a connection, and says what was found. A list of models that came on the way goes to `found`.
pub async fn diagnose(connection: &Connection, found: impl Fn(Vec<ModelInfo>)) -> Report {
    let mut connection = connection.clone();
    let around = Around {
        https: window().location().protocol().as_deref() == Ok("https:"),
        online: window().navigator().on_line(),
    };
    let mut tried = Vec::new();
    while let Some(what) = doctor::next(&connection, around, &tried) {
        let began = clock::ticks();
        let saw = match what {
            Try::List => match models(&connection).await {
                Ok(models) => {
                    if connection.model.is_empty() {
                        let first = models.first().map(|model| model.id.clone());
                        connection.model = first.unwrap_or_default();
                    }
                    found(models);
                    Saw::Good
                }
                Err(fault) => bad(fault),
            },
            Try::Bare => knock(&connection, false).await,
            Try::Blind => knock(&connection, true).await,
            Try::Reply => match reply(&connection).await {
                Ok(reply) => heard(reply),
                Err(fault) => bad(fault),
            },
        };
        let ms = (clock::ticks() - began) as u32;
        tried.push(Tried { what, saw, ms });
    }
    doctor::report(&connection, around, &tried)
}

/// A few words from the model.
async fn reply(connection: &Connection) -> Result<Reply, Fault> {
    let few = Ask {
        model: connection.model.clone(),
        turns: vec![Turn {
            role: Role::User,
            text: "Hi".to_owned(),
        }],
        max_output: Some(FEW),
        ..Ask::default()
    };
    let (status, body) = ask(&provider::encode(connection, &few)?).await?;
    Ok(read(connection, status, &body))
}

/// What a reply shows. One that thinks until its few tokens are used up has no words, and is one all the same.
fn heard(reply: Reply) -> Saw {
    let wordless = reply.is_empty() && reply.end != Some(End::Length);
    match reply.fault {
        Some(fault) => bad(fault),
        None if wordless => Saw::Wordless,
        None => Saw::Good,
    }
}

async fn ask(request: &HttpRequest) -> Result<(u16, Vec<u8>), Fault> {
    let whole = async {
        let answer = http::send(request).await?;
        Ok((answer.status, answer.body(MOST).await))
    };
    let silent = Fault {
        kind: Kind::Timeout,
        detail: PATIENCE.to_string(),
        ..Fault::default()
    };
    http::within(PATIENCE * 1000, whole)
        .await
        .unwrap_or(Err(silent))
}

fn read(connection: &Connection, status: u16, body: &[u8]) -> Reply {
    let host = address::host(&connection.base);
    let mut decoder = Decoder::new(connection.api, status, &host, &connection.key);
    let mut reply = Reply::default();
    let said = decoder.push(body);
    for delta in said.into_iter().chain(decoder.finish()) {
        reply.apply(delta);
    }
    reply.close(Close::Eof);
    reply
}

async fn knock(connection: &Connection, blind: bool) -> Saw {
    let Ok(request) = provider::list_models(connection) else {
        return Saw::Nothing;
    };
    let seen = http::within(PATIENCE * 1000, http::knock(&request.url, blind)).await;
    seen.unwrap_or(Saw::Silence)
}

fn bad(fault: Fault) -> Saw {
    match fault.kind {
        Kind::Unreachable => Saw::Nothing,
        Kind::Timeout if fault.status.is_none() => Saw::Silence,
        _ => Saw::Bad(fault),
    }
}
