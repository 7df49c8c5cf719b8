//! Requests to a provider: the one place from which anything leaves the browser.

use crate::doctor::Saw;
use crate::fault::{Fault, Kind};
use crate::provider::{HttpRequest, address, retry_after};
use crate::web::clock;
use futures_util::future::{Either, select};
use gloo_net::http::{Headers, Method, RequestBuilder, Response};
use js_sys::{Reflect, Uint8Array};
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials,
    RequestMode, RequestRedirect,
};

/// An answer whose body is still to be read. Dropping it ends the request.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Seconds to wait before another try, where a header that the page may read says so.
    pub retry_after: Option<u32>,
    reader: Option<ReadableStreamDefaultReader>,
    abort: AbortController,
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// How reading went on.
pub enum Chunk {
    /// More bytes.
    Bytes(Vec<u8>),
    /// The body is over.
    End,
    /// The connection broke.
    Broken,
}

/// Sends a request and waits for the head of the answer.
///
/// A redirect is an error: a browser would carry the prompt, and all headers but one, to the new origin.
///
/// # Errors
/// `Offline`, `MixedContent` or `Unreachable`; a browser does not say more. `BadKey` where a header cannot be.
pub async fn send(request: &HttpRequest) -> Result<Answer, Fault> {
    let unreachable = || unreachable(&request.url);
    let abort = AbortController::new().map_err(|_| unreachable())?;
    let method = if request.method == "GET" {
        Method::GET
    } else {
        Method::POST
    };
    let builder = RequestBuilder::new(&request.url)
        .method(method)
        .redirect(RequestRedirect::Error)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&abort.signal()))
        .headers(headers(request)?);
    let sent = match request.body.is_empty() {
        true => builder.build(),
        false => builder.body(request.body.as_str()),
    };
    // Dropping the guard ends a request whose head has not come.
    let guard = AbortOnDrop(Some(abort));
    let answer = sent.map_err(|_| unreachable())?.send().await;
    let answer: Response = answer.map_err(|_| unreachable())?;
    let wait = answer.headers().get("retry-after");
    let reader = answer.body().map(|body| body.get_reader().unchecked_into());
    Ok(Answer {
        status: answer.status(),
        retry_after: wait.and_then(|wait| retry_after(&wait, clock::now_ms())),
        reader,
        abort: guard.keep().ok_or_else(unreachable)?,
    })
}

/// The headers of a request. Most are constants of this program; a key is what the user has pasted.
fn headers(request: &HttpRequest) -> Result<Headers, Fault> {
    let bad = |_| Fault {
        kind: Kind::BadKey,
        ..Fault::default()
    };
    let headers = web_sys::Headers::new().map_err(bad)?;
    for (name, value) in &request.headers {
        headers.set(name, value).map_err(bad)?;
    }
    Ok(Headers::from_raw(headers))
}

impl Answer {
    /// The next bytes of the body.
    pub async fn next(&mut self) -> Chunk {
        let Some(reader) = &self.reader else {
            return Chunk::End;
        };
        let Ok(read) = JsFuture::from(reader.read()).await else {
            return Chunk::Broken;
        };
        let member = |name: &str| Reflect::get(&read, &JsValue::from_str(name)).ok();
        if member("done").is_none_or(|done| done.is_truthy()) {
            return Chunk::End;
        }
        let value = member("value").and_then(|value| value.dyn_into::<Uint8Array>().ok());
        Chunk::Bytes(value.map(|bytes| bytes.to_vec()).unwrap_or_default())
    }

    /// The whole body, at most `most` bytes of it.
    pub async fn body(mut self, most: usize) -> Vec<u8> {
        let mut all = Vec::new();
        while let Chunk::Bytes(bytes) = self.next().await {
            all.extend(bytes);
            if all.len() >= most {
                break;
            }
        }
        all
    }
}

/// Asks an address for nothing in particular, with no header and no key: what a browser lets a page see of it.
/// `blind` gives up reading the answer for learning whether there is one.
pub async fn knock(url: &str, blind: bool) -> Saw {
    // Browsers follow redirects of what is not to be read; otherwise a redirect is not followed, and told.
    let (mode, redirect) = match blind {
        true => (RequestMode::NoCors, RequestRedirect::Follow),
        false => (RequestMode::Cors, RequestRedirect::Manual),
    };
    let request = RequestBuilder::new(url)
        .mode(mode)
        .redirect(redirect)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .build();
    let Ok(request) = request else {
        return Saw::Nothing;
    };
    match request.send().await {
        Err(_) => Saw::Nothing,
        Ok(_) if blind => Saw::Opaque,
        // A redirect that was not followed shows the page no status.
        Ok(answer) if answer.status() == 0 => Saw::Redirect,
        Ok(answer) if answer.status() >= 400 => Saw::Bad(Fault {
            status: Some(answer.status()),
            ..Fault::default()
        }),
        Ok(_) => Saw::Good,
    }
}

/// What comes of a future within a time.
pub async fn within<T>(ms: u32, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(future), pin!(clock::sleep(ms))).await {
        Either::Left((value, _)) => Some(value),
        Either::Right(_) => None,
    }
}

fn unreachable(url: &str) -> Fault {
    let page_is_https = leptos::prelude::window().location().protocol().as_deref() == Ok("https:");
    let online = leptos::prelude::window().navigator().on_line();
    let kind = match (
        online || address::is_loopback(url),
        address::mixed_content(page_is_https, url),
    ) {
        (false, _) => Kind::Offline,
        (_, true) => Kind::MixedContent,
        _ => Kind::Unreachable,
    };
    Fault {
        kind,
        detail: address::host(url),
        ..Fault::default()
    }
}

struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    fn keep(mut self) -> Option<AbortController> {
        self.0.take()
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(abort) = &self.0 {
            abort.abort();
        }
    }
}
