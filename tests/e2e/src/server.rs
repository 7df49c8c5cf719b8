//! A scripted model server that speaks the OpenAI dialect, on two origins.
//!
//! The name of a model chooses what happens: `cut-mid-utf8:n=400,delay=5`; see [`crate::faults`]. What happens
//! before a name can be read (a refused preflight, a reset) is chosen by the address: `http://HOST/fault/NAME/v1`.
//! The other origin answers like the first; whatever arrives there is a leak, or a redirect that was followed.

mod log;

pub use log::{Entry, Log, Origin};

use crate::faults::{self, Answer, Dialect, Name, Site, Step, lists};
use crate::wire::{Wire, Wired};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// Most bytes of a request's body.
const MOST: usize = 64 << 20;

/// A running server. Ends when it is dropped.
pub struct Server {
    shared: Arc<Shared>,
    _runtime: tokio::runtime::Runtime,
}

struct Shared {
    log: Log,
    model: SocketAddr,
    other: SocketAddr,
}

impl Server {
    /// Starts on loopback, on ports that the system chooses.
    ///
    /// # Errors
    /// Where no port can be had.
    pub fn start() -> io::Result<Self> {
        Self::start_at(0)
    }

    /// Starts with the model's origin on this port, 0 for any.
    ///
    /// # Errors
    /// Where the port is taken.
    pub fn start_at(port: u16) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let shared = runtime.block_on(async {
            let model = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
            let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            let shared = Arc::new(Shared {
                log: Log::default(),
                model: model.local_addr()?,
                other: other.local_addr()?,
            });
            for (listener, origin) in [(model, Origin::Model), (other, Origin::Other)] {
                let router = Router::new()
                    .fallback(handle)
                    .with_state((shared.clone(), origin));
                let service = router.into_make_service_with_connect_info::<Wire>();
                tokio::spawn(async move { axum::serve(Wired(listener), service).await });
            }
            io::Result::Ok(shared)
        })?;
        Ok(Self {
            shared,
            _runtime: runtime,
        })
    }

    /// The address to connect the app to.
    pub fn base(&self) -> String {
        format!("http://{}/v1", self.shared.model)
    }

    /// The address at which every request meets this fault, preflights too.
    pub fn base_of(&self, fault: &str) -> String {
        format!("http://{}/fault/{fault}/v1", self.shared.model)
    }

    /// The base address below which the server says that it is vLLM, which takes the beginning of a reply.
    pub fn base_of_vllm(&self) -> String {
        format!("http://{}/vllm/v1", self.shared.model)
    }

    /// Host and port of the model's origin, as the app names it.
    pub fn host(&self) -> String {
        self.shared.model.to_string()
    }

    /// Host and port of the other origin.
    pub fn other_host(&self) -> String {
        self.shared.other.to_string()
    }

    /// What has arrived.
    pub fn log(&self) -> &Log {
        &self.shared.log
    }
}

async fn handle(
    State((shared, origin)): State<(Arc<Shared>, Origin)>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, MOST).await.unwrap_or_default();
    let body = String::from_utf8_lossy(&body).into_owned();
    let path = head.uri.path().to_owned();
    let (name, rest) = route(&path, &body);
    let attempt = match head.method == Method::POST && !name.is_empty() {
        true => shared.log.count(&name),
        false => 0,
    };
    let id = shared.log.begin(entry(origin, &head, &body, &name));
    let fault = Name::parse(&name);
    if head.method == Method::OPTIONS {
        shared
            .log
            .change(id, |entry| entry.ended = Some(Instant::now()));
        return preflight(&fault.name, &head.headers, &wire);
    }
    // A list of models meets the fault of its address, too.
    let lists = ["v1/models", "v1beta/models", "api/tags"];
    let faulty_list = path.starts_with("/fault/") && lists.contains(&rest);
    if !faulty_list && let Some(page) = side_page(&head.method, rest, &shared) {
        shared
            .log
            .change(id, |entry| entry.ended = Some(Instant::now()));
        return page;
    }
    let dialect = Dialect::of(rest).map(|(dialect, _)| dialect);
    let header = dialect.map_or("authorization", Dialect::key_header);
    let key = head.headers.get(header);
    let key = key
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let key = key.strip_prefix("Bearer ").unwrap_or(key);
    let site = Site {
        host: shared.model.to_string(),
        other: shared.other.to_string(),
        key: key.to_owned(),
        attempt,
        body,
    };
    let answer = faults::answer(&fault, &site, dialect);
    shared
        .log
        .change(id, |entry| entry.text.clone_from(&answer.text));
    play(shared, id, wire, answer).await
}

/// The model or fault that is asked for, and the path below it.
fn route<'a>(path: &'a str, body: &str) -> (String, &'a str) {
    if let Some(rest) = path.strip_prefix("/fault/") {
        let (name, rest) = rest.split_once('/').unwrap_or((rest, ""));
        return (name.to_owned(), rest);
    }
    let value: Option<serde_json::Value> = serde_json::from_str(body).ok();
    let model = value
        .as_ref()
        .and_then(|value| value.get("model")?.as_str());
    let named = Dialect::of(path).and_then(|(_, model)| model);
    let model = named.map(unescaped).or(model.map(str::to_owned));
    (model.unwrap_or_default(), path.trim_start_matches('/'))
}

/// A name from an address.
fn unescaped(text: &str) -> String {
    text.replace("%3A", ":")
        .replace("%3D", "=")
        .replace("%2C", ",")
}

fn entry(origin: Origin, head: &axum::http::request::Parts, body: &str, model: &str) -> Entry {
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    Entry {
        at: Instant::now(),
        origin,
        method: head.method.to_string(),
        path: head.uri.to_string(),
        headers: headers.collect(),
        body: body.to_owned(),
        model: model.to_owned(),
        text: String::new(),
        sent: Vec::new(),
        aborted: None,
        ended: None,
    }
}

/// May the page ask? Yes, unless the fault says otherwise.
fn preflight(fault: &str, asked: &HeaderMap, wire: &Wire) -> Response {
    if fault == "reset-on-accept" {
        wire.reset();
    }
    let wanted = asked.get("access-control-request-headers");
    let wanted = wanted.and_then(|value| value.to_str().ok()).unwrap_or("*");
    let allowed = match fault {
        "preflight-no-auth" => "content-type",
        _ => wanted,
    };
    let status = match fault {
        "preflight-403" => StatusCode::FORBIDDEN,
        _ => StatusCode::NO_CONTENT,
    };
    let mut headers = HeaderMap::new();
    if !matches!(fault, "no-cors" | "preflight-403") {
        put(&mut headers, "access-control-allow-origin", "*");
        put(&mut headers, "access-control-allow-headers", allowed);
        put(&mut headers, "access-control-allow-methods", "GET, POST");
    }
    (status, headers).into_response()
}

/// Everything that is no question to a model.
fn side_page(method: &Method, path: &str, shared: &Shared) -> Option<Response> {
    let json = |value: serde_json::Value| {
        let mut headers = HeaderMap::new();
        put(&mut headers, "content-type", "application/json");
        put(&mut headers, "access-control-allow-origin", "*");
        (headers, value.to_string()).into_response()
    };
    let pixel = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";
    match path {
        "v1/models" => Some(json(lists::openai("e2e"))),
        "v1beta/models" => Some(json(lists::gemini())),
        "api/tags" => Some(json(lists::ollama())),
        "vllm/v1/models" => Some(json(lists::openai("vllm"))),
        "log" => Some(json(summary(&shared.log))),
        "login" => Some(([("content-type", "text/html")], faults::LOGIN).into_response()),
        _ if path.starts_with("exfil/") => {
            Some(([("content-type", "image/svg+xml")], pixel).into_response())
        }
        _ if method == Method::POST
            && (path.ends_with("chat/completions") || Dialect::of(path).is_some()) =>
        {
            None
        }
        _ => Some(StatusCode::NOT_FOUND.into_response()),
    }
}

/// The log for a person who runs the server alone.
fn summary(log: &Log) -> serde_json::Value {
    let all = log.entries();
    let began = all.first().map(|entry| entry.at);
    let ms = |at: Instant| began.map(|began| at.duration_since(began).as_millis() as u64);
    let rows = all.iter().map(|entry| {
        serde_json::json!({
            "ms": ms(entry.at), "origin": format!("{:?}", entry.origin), "method": entry.method, "path": entry.path,
            "model": entry.model, "body": entry.body, "text_sent": entry.sent.last().map(|(_, bytes)| *bytes),
            "aborted": entry.aborted.map(ms), "ended": entry.ended.map(ms),
        })
    });
    rows.collect()
}

/// Plays an answer: the wait before its head, the head, then step by step.
async fn play(shared: Arc<Shared>, id: usize, wire: Wire, answer: Answer) -> Response {
    // Dropped before its end when the client goes away.
    let mut run = Run {
        shared,
        id,
        wire,
        began: Instant::now(),
        over: false,
    };
    match answer.head_after {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
    if answer.reset {
        run.wire.reset();
        run.over = true;
    }
    run.began = Instant::now();
    let mut headers = HeaderMap::new();
    for (name, value) in &answer.headers {
        put(&mut headers, name, value);
    }
    if answer.cors {
        put(&mut headers, "access-control-allow-origin", "*");
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    if answer.steps.is_empty() {
        run.end();
        return (status, headers).into_response();
    }
    let steps = answer.steps.into_iter();
    let body = stream::unfold((run, steps), |(mut run, mut steps)| async move {
        let item = run.next(&mut steps).await?;
        Some((item, (run, steps)))
    });
    (status, headers, Body::from_stream(body)).into_response()
}

struct Run {
    shared: Arc<Shared>,
    id: usize,
    wire: Wire,
    began: Instant,
    over: bool,
}

impl Run {
    /// The next bytes; `None` is a proper end, an error a broken one.
    async fn next(
        &mut self,
        steps: &mut std::vec::IntoIter<Step>,
    ) -> Option<Result<Bytes, io::Error>> {
        for step in steps {
            match step {
                Step::Wait(wait) => tokio::time::sleep(wait).await,
                Step::Until(at) => tokio::time::sleep_until((self.began + at).into()).await,
                Step::Send { bytes, text } => {
                    // Lets the server flush, so that each step is a write of its own.
                    tokio::task::yield_now().await;
                    self.shared
                        .log
                        .change(self.id, |entry| entry.sent.push((Instant::now(), text)));
                    return Some(Ok(bytes.into()));
                }
                Step::Hang => std::future::pending().await,
                Step::CloseAfter(bytes) => self.wire.close_after(bytes),
                Step::Break { reset } => {
                    // What was written must be out, and read, before the end.
                    tokio::time::sleep(Duration::from_millis(60)).await;
                    if reset {
                        self.wire.reset();
                    }
                    self.end();
                    return Some(Err(io::ErrorKind::ConnectionAborted.into()));
                }
            }
        }
        self.end();
        None
    }

    fn end(&mut self) {
        self.over = true;
        self.shared
            .log
            .change(self.id, |entry| entry.ended = Some(Instant::now()));
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if !self.over {
            self.shared
                .log
                .change(self.id, |entry| entry.aborted = Some(Instant::now()));
        }
    }
}

fn put(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (
        HeaderName::from_bytes(name.as_bytes()),
        HeaderValue::from_str(value),
    ) {
        headers.insert(name, value);
    }
}
