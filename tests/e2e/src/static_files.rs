//! A static host for the release folder, as small as such a host can be: files, types, and the headers that
//! `_headers` names. The folder is served at the root and below a path, which must make no difference. Where a file
//! has a compressed one beside it, `NAME.br`, that is what browsers get.

use crate::wire::{Wire, Wired};
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;

/// The path below which the folder is served a second time.
const BELOW: &str = "/some/where/";
/// Where browsers report breaches of the content security policy.
const REPORTS: &str = "/csp-report";

/// A running host. Ends when it is dropped.
pub struct Static {
    shared: Arc<Shared>,
    address: SocketAddr,
    _runtime: tokio::runtime::Runtime,
}

struct Shared {
    folder: PathBuf,
    rules: Vec<Rule>,
    down: AtomicBool,
    hold: AtomicBool,
    requests: Mutex<Vec<String>>,
    reports: Mutex<Vec<String>>,
}

/// Headers for the paths that match a pattern.
#[derive(Debug, PartialEq)]
struct Rule {
    pattern: String,
    headers: Vec<(String, String)>,
}

impl Static {
    /// Serves a folder on loopback, on a port that the system chooses: an origin with nothing stored in any browser.
    ///
    /// # Errors
    /// Where no port can be had or the folder has no `index.html`.
    pub fn start(folder: &Path) -> io::Result<Self> {
        std::fs::metadata(folder.join("index.html"))?;
        let headers = std::fs::read_to_string(folder.join("_headers")).unwrap_or_default();
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            rules: rules(&headers),
            down: AtomicBool::new(false),
            hold: AtomicBool::new(false),
            requests: Mutex::default(),
            reports: Mutex::default(),
        });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let router = Router::new().fallback(handle).with_state(shared.clone());
        let service = router.into_make_service_with_connect_info::<Wire>();
        let address = runtime.block_on(async {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            let address = listener.local_addr()?;
            tokio::spawn(async move { axum::serve(Wired(listener), service).await });
            io::Result::Ok(address)
        })?;
        Ok(Self {
            shared,
            address,
            _runtime: runtime,
        })
    }

    /// The address of the folder at the root of the origin.
    pub fn root(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The address of the folder below a path.
    pub fn below(&self) -> String {
        format!("http://{}{BELOW}", self.address)
    }

    /// Resets every connection, as if the host were gone, or is there again.
    pub fn set_down(&self, down: bool) {
        self.shared.down.store(down, Ordering::SeqCst);
    }

    /// Holds the program back, so that the page stays as `index.html` has it, or lets it go.
    pub fn hold_program(&self, hold: bool) {
        self.shared.hold.store(hold, Ordering::SeqCst);
    }

    /// The paths that were asked for.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.shared.requests).clone()
    }

    /// What browsers reported as breaches of the content security policy.
    pub fn reports(&self) -> Vec<String> {
        lock(&self.shared.reports).clone()
    }
}

fn lock(list: &Mutex<Vec<String>>) -> std::sync::MutexGuard<'_, Vec<String>> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    request: Request,
) -> Response {
    if shared.down.load(Ordering::SeqCst) {
        wire.reset();
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let path = request.uri().path().to_owned();
    lock(&shared.requests).push(path.clone());
    if path == REPORTS {
        let body = axum::body::to_bytes(request.into_body(), 1 << 20).await;
        let body = body.unwrap_or_default();
        lock(&shared.reports).push(String::from_utf8_lossy(&body).into_owned());
        return StatusCode::NO_CONTENT.into_response();
    }
    while path.ends_with(".wasm") && shared.hold.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let path = match path.strip_prefix(BELOW) {
        Some(rest) => format!("/{rest}"),
        None => path,
    };
    let accepted = request.headers().get("accept-encoding");
    let accepted = accepted.and_then(|value| value.to_str().ok());
    let brotli = accepted.is_some_and(|value| value.split(',').any(|one| one.trim() == "br"));
    file(&shared, &path, brotli)
}

fn file(shared: &Shared, path: &str, brotli: bool) -> Response {
    let name = path.trim_start_matches('/');
    let name = if name.is_empty() { "index.html" } else { name };
    if name.split('/').any(|part| part == "..") {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut headers = HeaderMap::new();
    // A folder of a few files on a local disk: reading blocks for microseconds.
    let read = |name: &str| std::fs::read(shared.folder.join(name)).ok();
    let compressed = brotli.then(|| read(&format!("{name}.br"))).flatten();
    if compressed.is_some() {
        headers.insert("content-encoding", HeaderValue::from_static("br"));
        headers.insert("vary", HeaderValue::from_static("accept-encoding"));
    }
    let Some(bytes) = compressed.or_else(|| read(name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let matching = shared
        .rules
        .iter()
        .filter(|rule| matches(&rule.pattern, path));
    for (name, value) in matching.flat_map(|rule| &rule.headers) {
        let value = match name.as_str() {
            "content-security-policy" => format!("{value}; report-uri {REPORTS}"),
            _ => value.clone(),
        };
        let parsed = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(&value),
        );
        if let (Ok(name), Ok(value)) = parsed {
            headers.insert(name, value);
        }
    }
    headers.insert("content-type", HeaderValue::from_static(kind(name)));
    (headers, bytes).into_response()
}

/// The rules of a `_headers` file: a line that begins a block is a pattern, indented lines are its headers.
fn rules(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    for line in lines.filter(|line| !line.trim().is_empty()) {
        if !line.starts_with(char::is_whitespace) {
            rules.push(Rule {
                pattern: line.trim().to_owned(),
                headers: Vec::new(),
            });
        } else if let (Some(rule), Some((name, value))) = (rules.last_mut(), line.split_once(':')) {
            let name = name.trim().to_ascii_lowercase();
            rule.headers.push((name, value.trim().to_owned()));
        }
    }
    rules
}

fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => path.starts_with(start) && path[start.len()..].ends_with(end),
        None => path == pattern,
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compressed_file_is_for_those_who_take_it() {
        let folder = crate::browser::Profile::new().expect("a folder for temporary files");
        for (name, text) in [
            ("index.html", "plain"),
            ("index.html.br", "pressed"),
            ("_headers", ""),
            ("a.js", "a"),
        ] {
            std::fs::write(folder.path().join(name), text).expect("it can be written");
        }
        let host = Static::start(folder.path()).expect("loopback has a port");
        for (path, accepted, coded, body) in [
            ("", "gzip, br", Some("br"), "pressed"),
            ("", "gzip", None, "plain"),
            ("a.js", "br", None, "a"),
        ] {
            let agent =
                ureq::get(format!("{}{path}", host.root())).header("accept-encoding", accepted);
            let mut answer = agent.call().expect("it answers");
            let coding = answer
                .headers()
                .get("content-encoding")
                .and_then(|value| value.to_str().ok());
            assert_eq!(coding, coded, "{path:?} {accepted}");
            let text = answer.body_mut().read_to_string().expect("it is text");
            assert_eq!(text, body, "{path:?} {accepted}");
        }
    }

    #[test]
    fn headers_by_path() {
        let text = "# note\n/*\n  X-One: a: b\n/\n  Cache-Control: no-cache\n# note\n/app-*\n  Cache-Control: immutable\n";
        let rules = rules(text);
        let of = |path: &str| -> Vec<String> {
            let found = rules.iter().filter(|rule| matches(&rule.pattern, path));
            found
                .flat_map(|rule| &rule.headers)
                .map(|(name, value)| format!("{name}={value}"))
                .collect()
        };
        assert_eq!(of("/"), ["x-one=a: b", "cache-control=no-cache"]);
        assert_eq!(of("/app-1.js"), ["x-one=a: b", "cache-control=immutable"]);
        assert_eq!(of("/x"), ["x-one=a: b"]);
    }
}
