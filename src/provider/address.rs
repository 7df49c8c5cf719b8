//! Addresses of servers: what the user writes, and where a key may go.

use super::Api;
use crate::fault::{Fault, Kind};
use crate::text::lowered;

/// An address, parsed.
struct Parts<'a> {
    scheme: &'a str,
    host: String,
    port: Option<u16>,
    path: &'a str,
}

/// The address that requests in a dialect go to, without a trailing slash: a bare host gets the dialect's usual path,
/// a pasted endpoint loses its end.
///
/// # Errors
/// `BadAddress` where `base` is no `http` or `https` URL, or carries credentials, a query or a fragment.
pub fn endpoint(base: &str, api: Api) -> Result<String, Fault> {
    let base = base.trim();
    let parts = parse(base).filter(|parts| !parts.path.contains(['?', '#']));
    let Some(parts) = parts else {
        return Err(Fault {
            kind: Kind::BadAddress,
            ..Fault::default()
        });
    };
    let (usual, ends): (&str, &[&str]) = match api {
        Api::Gemini => ("/v1beta", &["/openai"]),
        Api::Ollama => ("", &["/chat", "/tags", "/api", "/v1"]),
        _ => (
            "/v1",
            &[
                "/chat/completions",
                "/completions",
                "/responses",
                "/messages",
            ],
        ),
    };
    let mut path = parts.path.trim_end_matches('/');
    path = path.find("/models").map_or(path, |at| &path[..at]);
    for end in ends {
        path = path.strip_suffix(end).unwrap_or(path);
    }
    let path = if path.is_empty() { usual } else { path };
    Ok([&write_origin(&parts), path].concat())
}

/// Scheme, host and port of a URL; default ports are left out.
pub fn origin(url: &str) -> Option<String> {
    parse(url.trim()).map(|parts| write_origin(&parts))
}

/// The host of a URL with its port; the text itself where it is no URL.
pub fn host(url: &str) -> String {
    match parse(url.trim()) {
        Some(Parts {
            host,
            port: Some(port),
            ..
        }) => format!("{host}:{port}"),
        Some(parts) => parts.host,
        None => url.trim().chars().take(80).collect(),
    }
}

/// Whether a URL names this very machine.
pub fn is_loopback(url: &str) -> bool {
    parse(url.trim()).is_some_and(|parts| {
        let host = parts.host.as_str();
        host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || is_127(host)
    })
}

/// Whether a browser blocks calls from a page to this address because they are not encrypted.
pub fn mixed_content(page_is_https: bool, url: &str) -> bool {
    page_is_https && url.trim().starts_with("http:") && !is_loopback(url)
}

/// Whether whoever is on the way can read what goes to this address.
pub fn is_plain(url: &str) -> bool {
    url.trim().to_ascii_lowercase().starts_with("http:") && !is_loopback(url)
}

fn is_127(host: &str) -> bool {
    let numbers: Option<Vec<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
    matches!(numbers.as_deref(), Some([127, _, _, _]))
}

fn write_origin(parts: &Parts<'_>) -> String {
    match parts.port {
        Some(port) => format!("{}://{}:{port}", parts.scheme, parts.host),
        None => format!("{}://{}", parts.scheme, parts.host),
    }
}

fn parse(url: &str) -> Option<Parts<'_>> {
    if url.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
        return None;
    }
    let (scheme, rest) = url.split_once("://")?;
    let scheme = ["http", "https"]
        .into_iter()
        .find(|known| scheme.eq_ignore_ascii_case(known))?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if authority.contains('@') {
        return None;
    }
    let (host, port) = match authority.rfind(':') {
        Some(at) if !authority[at..].contains(']') => (&authority[..at], &authority[at + 1..]),
        _ => (authority, ""),
    };
    let port = match port {
        "" if authority.ends_with(':') => return None,
        "" => None,
        port => Some(port.parse::<u16>().ok()?),
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    let is_v6 = host.starts_with('[') && host.ends_with(']') && host.len() > 4;
    if host.is_empty() || !(is_v6 || host.chars().all(plain)) {
        return None;
    }
    let default = if scheme == "https" { 443 } else { 80 };
    Some(Parts {
        scheme,
        host: lowered(host),
        port: port.filter(|port| *port != default),
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints() {
        for (base, url) in [
            ("https://api.openai.com/v1", "https://api.openai.com/v1"),
            (" https://api.openai.com/v1/ ", "https://api.openai.com/v1"),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000/v1"),
            ("https://api.deepseek.com/", "https://api.deepseek.com/v1"),
            (
                "https://api.deepseek.com/beta",
                "https://api.deepseek.com/beta",
            ),
            (
                "https://open.bigmodel.cn/api/paas/v4/chat/completions",
                "https://open.bigmodel.cn/api/paas/v4",
            ),
            (
                "HTTPS://API.Example.com:443/v1/models",
                "https://api.example.com/v1",
            ),
            ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ] {
            assert_eq!(
                endpoint(base, Api::Chat).ok().as_deref(),
                Some(url),
                "{base}"
            );
        }
        for (api, base, url) in [
            (Api::Responses, "https://a/v1/responses", "https://a/v1"),
            (
                Api::Messages,
                "https://api.anthropic.com",
                "https://api.anthropic.com/v1",
            ),
            (Api::Messages, "https://a/x/v1/messages/", "https://a/x/v1"),
            (Api::Gemini, "https://g", "https://g/v1beta"),
            (
                Api::Gemini,
                "https://g/v1/models/m:generateContent",
                "https://g/v1",
            ),
            (
                Api::Ollama,
                "http://localhost:11434/",
                "http://localhost:11434",
            ),
            (
                Api::Ollama,
                "http://localhost:11434/v1",
                "http://localhost:11434",
            ),
            (Api::Ollama, "https://a/ollama/api/chat", "https://a/ollama"),
        ] {
            assert_eq!(endpoint(base, api).ok().as_deref(), Some(url), "{base}");
        }
        for bad in [
            "",
            "api.openai.com/v1",
            "ftp://a/v1",
            "https://",
            "https://a b/v1",
            "https://api.openai.com@evil.example/v1",
            "https://evil.example\\@api.openai.com",
            "https://evil.example/?api.openai.com",
            "https://a/v1#x",
            "https://a:99999/v1",
            "javascript://a/v1",
        ] {
            assert!(endpoint(bad, Api::Chat).is_err(), "{bad}");
        }
    }

    #[test]
    fn hosts_are_compared_as_parsed() {
        assert_eq!(
            origin("https://api.openai.com.evil.example/v1").as_deref(),
            Some("https://api.openai.com.evil.example")
        );
        assert_eq!(host("https://evil.example/?api.openai.com"), "evil.example");
        assert!(is_loopback("http://127.0.0.1:11434") && is_loopback("http://localhost:1"));
        assert!(
            !is_loopback("http://127.0.0.1.evil.example") && !is_loopback("http://192.168.1.20")
        );
        assert!(mixed_content(true, "http://192.168.1.20:11434/v1"));
        assert!(
            !mixed_content(true, "http://localhost:11434/v1")
                && !mixed_content(false, "http://a/v1")
        );
    }
}
