//! What a provider says when it fails: status, body and codes to one [`Fault`], with every key taken out.

use crate::fault::{Fault, Kind};
use crate::text::decimal;
use serde_json::Value;

/// Most characters of a provider's message that are kept.
const LONGEST: usize = 500;
/// Most seconds of waiting that are believed.
const DAY: f64 = 86_400.0;

/// The fault of an answer with an error status. A page instead of JSON comes from no API, whatever the status.
pub fn from_status(status: u16, body: &str, host: &str, key: &str) -> Fault {
    let value: Option<Value> = serde_json::from_str(body.trim()).ok();
    if value.is_none() && is_page(body) {
        return not_api(status, body, host, key);
    }
    let code = value.as_ref().map(codes).unwrap_or_default();
    let kind = match status {
        402 => Kind::NoBalance,
        429 if code.contains("quota") || code.contains("balance") => Kind::NoBalance,
        400 | 413 | 422 if code.contains("context_length") || status == 413 => Kind::TooLong,
        401 => Kind::KeyRefused,
        403 => Kind::Forbidden,
        404 | 405 => Kind::NotFound,
        408 => Kind::Timeout,
        429 => Kind::RateLimited,
        503 | 529 => Kind::Overloaded,
        500.. => Kind::Server,
        _ => Kind::BadRequest,
    };
    let message = match &value {
        Some(value) => message(value),
        None => plain(body, 200),
    };
    Fault {
        kind,
        status: Some(status),
        message: redact(&message, key),
        detail: host.to_owned(),
        retry_after: value.as_ref().and_then(wait),
    }
}

/// The fault of an error object in an answer with a good status.
pub fn from_object(error: &Value, host: &str, key: &str) -> Fault {
    let status = error
        .get("code")
        .and_then(Value::as_u64)
        .and_then(|code| u16::try_from(code).ok());
    let status = status.filter(|status| (400..600).contains(status));
    let mut fault = from_status(status.unwrap_or(0), &error.to_string(), host, key);
    if status.is_none() && fault.kind == Kind::BadRequest {
        fault.kind = Kind::Provider;
    }
    fault.status = status;
    fault
}

/// The fault of an answer that is no API reply.
pub fn not_api(status: u16, body: &str, host: &str, key: &str) -> Fault {
    Fault {
        kind: Kind::NotApi,
        status: Some(status),
        message: redact(&plain(body, 200), key),
        detail: host.to_owned(),
        retry_after: None,
    }
}

/// Seconds to wait from `now`, milliseconds since 1970, as a `Retry-After` header says it: in seconds, or by a date
/// in any of the three forms of HTTP, which all mean UTC. At most a day; `None` where it is neither, or past.
pub fn retry_after(header: &str, now: i64) -> Option<u32> {
    let header = header.trim();
    if let Some(seconds) = decimal(header) {
        return (seconds >= 0.0).then(|| seconds.ceil().min(DAY) as u32);
    }
    let left = date(header)?.checked_mul(1000)?.checked_sub(now)?;
    (left > 0).then(|| (left as f64 / 1000.0).ceil().min(DAY) as u32)
}

/// A text without the key, in any of the forms in which a server may echo it, and without what looks like one.
pub fn redact(text: &str, key: &str) -> String {
    let mut text = text.to_owned();
    if key.len() >= 4 {
        for form in [key.to_owned(), percent(key), base64(key.as_bytes())] {
            text = text.replace(form.trim_end_matches('='), "•••");
        }
    }
    let hidden = text
        .split_inclusive(|c: char| c.is_whitespace() || "\"'`,;()<>".contains(c))
        .scan(false, |after_bearer, word| {
            let bare =
                word.trim_end_matches(|c: char| c.is_whitespace() || "\"'`,;()<>".contains(c));
            let secret = looks_secret(bare) || (*after_bearer && bare.len() > 8);
            *after_bearer = bare.eq_ignore_ascii_case("bearer");
            Some(if secret {
                format!("•••{}", &word[bare.len()..])
            } else {
                word.to_owned()
            })
        })
        .collect::<String>();
    hidden.chars().take(LONGEST).collect()
}

fn looks_secret(word: &str) -> bool {
    ["sk-", "sk_", "AIza", "gsk_", "xai-"].iter().any(|start| {
        word.find(start).is_some_and(|at| {
            word[at + start.len()..]
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_*".contains(*c))
                .count()
                >= 12
        })
    })
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
        "/0/error/message",
        "/detail/0/msg",
        "/msg",
    ]
    .iter()
    .find_map(|path| value.pointer(path)?.as_str());
    found.map_or_else(|| value.to_string(), str::to_owned)
}

/// Codes and types, for telling quota from rate and length from mistake.
fn codes(value: &Value) -> String {
    [
        "/error/code",
        "/error/type",
        "/code",
        "/type",
        "/error/message",
    ]
    .iter()
    .filter_map(|path| value.pointer(path)?.as_str())
    .collect::<Vec<_>>()
    .join(" ")
    .to_lowercase()
    .replace("maximum context length", "context_length")
}

/// Seconds to wait, from a field or from "try again in 20s".
fn wait(value: &Value) -> Option<u32> {
    let field = [
        "/retry_after",
        "/error/retry_after",
        "/error/metadata/retry_after",
    ]
    .iter()
    .find_map(|path| value.pointer(path)?.as_f64());
    if let Some(seconds) = field {
        return Some(seconds.ceil().clamp(0.0, DAY) as u32);
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
    Some(seconds.ceil().clamp(0.0, DAY) as u32)
}

/// Seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
/// `Sun Nov  6 08:49:37 1994`.
fn date(text: &str) -> Option<i64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut words = text
        .split([' ', ',', '-'])
        .filter(|word| !word.is_empty())
        .skip(1);
    let (first, second, third, fourth) =
        (words.next()?, words.next()?, words.next()?, words.next()?);
    let (day, month, year, time) = match first.as_bytes()[0].is_ascii_digit() {
        true => (first, second, third, fourth),
        false => (second, first, fourth, third),
    };
    let month = MONTHS.find(month.get(..3)?).filter(|at| at % 3 == 0)? as i64 / 3 + 1;
    let day = day
        .parse::<i64>()
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let year = match (year.len(), year.parse::<i64>().ok()?) {
        (2, year @ 0..70) => 2000 + year,
        (2, year @ 70..) => 1900 + year,
        (4, year @ 1970..) => year,
        _ => return None,
    };
    let mut seconds = 0;
    let mut parts = time.split(':');
    for most in [23, 59, 60] {
        let part = parts.next()?.parse::<i64>().ok();
        seconds = seconds * 60 + part.filter(|part| (0..=most).contains(part))?;
    }
    // Days from the first of March of a year in which a leap day comes last.
    let (year, month) = match month {
        1 | 2 => (year - 1, month + 9),
        _ => (year, month - 3),
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    Some((days - 719_468) * 86_400 + seconds)
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
fn plain(body: &str, most: usize) -> String {
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
            .to_lowercase();
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
    words
        .chars()
        .filter(|c| !c.is_control())
        .take(most)
        .collect()
}

fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for at in 0..=chunk.len() {
            text.push(char::from(LETTERS[(bits >> (18 - 6 * at)) as usize & 63]));
        }
    }
    text
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
    fn waiting_by_header() {
        let now = 784_111_777_000; // Sun, 06 Nov 1994 08:49:37 UTC
        for (header, seconds) in [
            ("3", Some(3)),
            (" 0.5 ", Some(1)),
            ("0", Some(0)),
            ("99999999999", Some(86_400)),
            ("-5", None),
            ("", None),
            ("soon", None),
            ("Sun, 06 Nov 1994 08:49:40 GMT", Some(3)),
            ("Sunday, 06-Nov-94 08:50:37 GMT", Some(60)),
            ("Sun Nov  6 08:49:38 1994", Some(1)),
            ("Mon, 07 Nov 1994 00:00:00 GMT", Some(54_623)),
            ("Wed, 01 Mar 2000 00:00:00 GMT", Some(86_400)),
            ("Sun, 06 Nov 1994 08:49:36 GMT", None),
            ("Sun, 06 Foo 1994 08:49:40 GMT", None),
            ("Sun, 06 Nov 1994 25:49:40 GMT", None),
            ("Sun, 06 Nov 1994", None),
            ("星期日, 06 十一月 1994 08:49:40 GMT", None),
            ("Sun, 06 Nov 9223372036854775807 08:49:40 GMT", None),
        ] {
            assert_eq!(retry_after(header, now), seconds, "{header}");
        }
        for (text, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
            ("Fri, 31 Dec 2027 23:59:59 GMT", 1_830_297_599),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
        ] {
            assert_eq!(date(text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn keys_are_taken_out() {
        let key = "test+key/0123456789";
        for text in [
            key.to_owned(),
            percent(key),
            base64(key.as_bytes()),
            "sk-abcdefghijklmnop".into(),
            "Bearer abcdefghijkl".into(),
        ] {
            let said = redact(&format!("key \"{text}\" is wrong"), key);
            assert!(
                said.contains("•••") && !said.contains("0123") && !said.contains("abcd"),
                "{said}"
            );
        }
        assert_eq!(redact("ask the desk-clerk", ""), "ask the desk-clerk");
    }
}
