//! What a provider says when it fails: status, body and codes to one [`Fault`], with every key taken out.

use super::at;
use super::redact::redact;
use super::retry::DAY;
use crate::fault::{Fault, Kind};
use crate::record;
use crate::text::{between, decimal};
use serde_json::Value;

/// The fault of an answer with an error status. A page instead of JSON comes from no API, whatever the status.
pub fn from_status(status: u16, body: &str, host: &str, key: &str) -> Fault {
    let value = read(body);
    if value.is_none() && is_page(body) {
        return not_api(status, body, host, key);
    }
    let wait = value.as_ref().and_then(wait);
    let message = match &value {
        Some(value) => message(value),
        None => plain(body),
    };
    let code = value.as_ref().map(codes).unwrap_or_default();
    let told = told(&code, &message.to_ascii_lowercase());
    let kind = match (status, told) {
        // Some providers say "quota" for the rate, and when to try again.
        (429, Some(Kind::NoBalance)) if wait.is_some() => Kind::RateLimited,
        (402, _) => Kind::NoBalance,
        (413, _) => Kind::TooLong,
        (401, _) => Kind::KeyRefused,
        (0 | 400 | 403 | 422 | 429, Some(kind)) => kind,
        (403, _) => Kind::Forbidden,
        (404 | 405, _) => Kind::NotFound,
        (408, _) => Kind::Timeout,
        (429, _) => Kind::RateLimited,
        (503 | 529, _) => Kind::Overloaded,
        (500.., _) => Kind::Server,
        (0, None) => Kind::Provider,
        _ => Kind::BadRequest,
    };
    Fault {
        kind,
        status: Some(status).filter(|status| *status > 0),
        message: redact(&message, key),
        detail: host.to_owned(),
        retry_after: wait,
    }
}

/// The fault of an error object in an answer with a good status.
pub fn from_object(error: &Value, host: &str, key: &str) -> Fault {
    let code = error.get("code").and_then(|code| match code {
        Value::String(digits) => digits.parse().ok(),
        code => code.as_u64(),
    });
    let status = code.and_then(|code| u16::try_from(code).ok());
    let status = status.filter(|status| (400..600).contains(status));
    from_status(status.unwrap_or(0), &record::write(error), host, key)
}

/// The object in a body: alone, in an array, or as the data of an event.
fn read(body: &str) -> Option<Value> {
    let data = |body: &str| serde_json::from_str(body.trim()).ok();
    let event = || {
        body.lines()
            .find_map(|line| data(line.strip_prefix("data:")?))
    };
    match data(body).or_else(event)? {
        Value::Array(mut all) if !all.is_empty() => Some(all.swap_remove(0)),
        value => Some(value),
    }
}

/// What a code, or else a phrase of the message, says beyond the status.
fn told(code: &str, message: &str) -> Option<Kind> {
    const CODES: &[(&str, Kind)] = &[
        ("quota", Kind::NoBalance),
        ("balance", Kind::NoBalance),
        ("billing", Kind::NoBalance),
        ("arrear", Kind::NoBalance),
        ("overdue", Kind::NoBalance),
        ("context_length", Kind::TooLong),
        ("too_large", Kind::TooLong),
        ("overloaded", Kind::Overloaded),
        ("unavailable", Kind::Overloaded),
        ("rate_limit", Kind::RateLimited),
        ("resource_exhausted", Kind::RateLimited),
        ("authentication", Kind::KeyRefused),
        ("unauthenticated", Kind::KeyRefused),
        ("api_key", Kind::KeyRefused),
        // LiteLLM without a database, of every key but its own.
        ("no_db_connection", Kind::KeyRefused),
        ("permission", Kind::Forbidden),
        ("country", Kind::Forbidden),
        ("not_found", Kind::NotFound),
        ("timeout", Kind::Timeout),
    ];
    const PHRASES: &[(&str, Kind)] = &[
        ("current quota", Kind::NoBalance),
        ("balance is", Kind::NoBalance),
        ("insufficient balance", Kind::NoBalance),
        ("余额不足", Kind::NoBalance),
        ("欠费", Kind::NoBalance),
        ("maximum context length", Kind::TooLong),
        ("prompt is too long", Kind::TooLong),
        ("context window", Kind::TooLong),
        ("api key not valid", Kind::KeyRefused),
        ("invalid model name", Kind::NotFound),
        ("location is not supported", Kind::Forbidden),
    ];
    let find = |table: &[(&str, Kind)], text: &str| {
        let row = table.iter().find(|(part, _)| text.contains(part));
        row.map(|(_, kind)| *kind)
    };
    find(PHRASES, message).or_else(|| find(CODES, code))
}

/// The fault of an answer that is no API reply.
pub fn not_api(status: u16, body: &str, host: &str, key: &str) -> Fault {
    Fault {
        kind: Kind::NotApi,
        status: Some(status),
        // Shortened only after it: half a key would not be known for one.
        message: redact(&plain(body), key).chars().take(200).collect(),
        detail: host.to_owned(),
        retry_after: None,
    }
}

fn message(value: &Value) -> String {
    let found = [
        "/error/message",
        "/error/error/message",
        "/error/error",
        "/error",
        "/message",
        "/detail",
        "/errors/0/message",
        "/errors/0",
        "/detail/0/msg",
        "/msg",
        "/base_resp/status_msg",
    ]
    .iter()
    .find_map(|path| at(value, path)?.as_str());
    found.map_or_else(|| record::write(value), str::to_owned)
}

/// Codes and types, for telling quota from rate and length from mistake.
fn codes(value: &Value) -> String {
    ["code", "type", "status"]
        .iter()
        .flat_map(|name| {
            [
                value.get("error").and_then(|e| e.get(name)),
                value.get(name),
            ]
        })
        .filter_map(|code| code?.as_str())
        .collect::<Vec<_>>()
        .join(" ")
        .to_ascii_lowercase()
}

/// Seconds to wait, from a field or from "try again in 20s".
fn wait(value: &Value) -> Option<u32> {
    let field = [
        "/retry_after",
        "/error/retry_after",
        "/error/metadata/retry_after",
    ]
    .iter()
    .find_map(|path| at(value, path)?.as_f64());
    if let Some(seconds) = field {
        return Some(between(seconds.ceil(), 0.0, DAY) as u32);
    }
    let details = value.get("error").unwrap_or(value).get("details");
    let delay = details.and_then(Value::as_array).into_iter().flatten();
    let mut delay =
        delay.filter_map(|detail| detail.get("retryDelay")?.as_str()?.strip_suffix('s'));
    if let Some(seconds) = delay.find_map(decimal) {
        return Some(between(seconds.ceil(), 0.0, DAY) as u32);
    }
    let text = message(value);
    let after = &text[text.find("again in ")? + "again in ".len()..];
    let digits: String = after
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let unit = &after[digits.len()..];
    let number = decimal(&digits)?;
    let seconds = match unit.trim_start() {
        u if u.starts_with("ms") => number / 1000.0,
        u if u.starts_with('m') => number * 60.0,
        u if u.starts_with('s') => number,
        _ => return None,
    };
    Some(between(seconds.ceil(), 0.0, DAY) as u32)
}

/// Whether a body is HTML or XML, by what it begins with: some servers name no type, or another.
fn is_page(body: &str) -> bool {
    let start = body.trim_start_matches('\u{feff}').trim_start();
    let Some(tag) = start.strip_prefix('<') else {
        return false;
    };
    let name = tag.trim_start_matches(['!', '?', '-', '/']);
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c.is_whitespace())
}

/// The words of a page, without its tags, scripts and styles.
fn plain(body: &str) -> String {
    let mut words = String::new();
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        words.push(' ');
        rest = &rest[at..];
        let tag: String = rest
            .chars()
            .skip(1)
            .take(6)
            .collect::<String>()
            .to_ascii_lowercase();
        let end = match tag.as_str() {
            t if t.starts_with("script") => rest.find("</script").unwrap_or(rest.len()),
            t if t.starts_with("style") => rest.find("</style").unwrap_or(rest.len()),
            _ => 0,
        };
        rest = &rest[end..];
        rest = rest.find('>').map_or("", |at| &rest[at + 1..]);
    }
    words.push_str(rest);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_and_messages() {
        for (status, body, kind, message) in [
            (
                401,
                r#"{"error":{"message":"bad key"}}"#,
                Kind::KeyRefused,
                "bad key",
            ),
            (402, r#"{"error":"no money"}"#, Kind::NoBalance, "no money"),
            (
                429,
                r#"{"error":{"message":"slow down","type":"requests"}}"#,
                Kind::RateLimited,
                "slow down",
            ),
            (
                429,
                r#"{"error":{"message":"x","code":"insufficient_quota"}}"#,
                Kind::NoBalance,
                "x",
            ),
            (
                400,
                r#"{"error":{"message":"x","code":"context_length_exceeded"}}"#,
                Kind::TooLong,
                "x",
            ),
            (400, r#"{"detail":"no"}"#, Kind::BadRequest, "no"),
            (
                400,
                r#"{"error":{"message":"Access denied.","code":"Arrearage"}}"#,
                Kind::NoBalance,
                "Access denied.",
            ),
            (
                403,
                r#"{"error":{"message":"x","code":"AccountOverdueError"}}"#,
                Kind::NoBalance,
                "x",
            ),
            (
                429,
                r#"{"error":{"message":"您的账户已欠费，请充值后重试。","code":"1113"}}"#,
                Kind::NoBalance,
                "您的账户已欠费，请充值后重试。",
            ),
            (413, "", Kind::TooLong, ""),
            (
                502,
                "<html><title>Bad gateway</title><script>x</script><b>nginx</b>",
                Kind::NotApi,
                "Bad gateway nginx",
            ),
            (
                403,
                "\n<!doctype html><p>Go away</p>",
                Kind::NotApi,
                "Go away",
            ),
            (
                503,
                "no healthy upstream",
                Kind::Overloaded,
                "no healthy upstream",
            ),
            (
                500,
                "<?xml version=\"1.0\"?><Error>no</Error>",
                Kind::NotApi,
                "no",
            ),
            (529, r#"{"message":"busy"}"#, Kind::Overloaded, "busy"),
        ] {
            let fault = from_status(status, body, "h", "");
            assert_eq!(
                (fault.kind, fault.message.as_str()),
                (kind, message),
                "{status} {body}"
            );
        }
        assert_eq!(
            from_status(429, r#"{"error":{"message":"try again in 1.5s"}}"#, "h", "").retry_after,
            Some(2)
        );
    }

    #[test]
    fn a_key_at_the_edge_of_what_is_shown_is_hidden_whole() {
        let key = "test-key-0123456789";
        let body = format!("<p>{}{key} is wrong</p>", "-".repeat(190));
        for status in [200, 403] {
            let fault = match status {
                200 => not_api(status, &body, "h", key),
                _ => from_status(status, &body, "h", key),
            };
            assert!(!fault.message.contains("test"), "{}", fault.message);
            assert!(fault.message.chars().count() <= 200);
        }
    }
}
