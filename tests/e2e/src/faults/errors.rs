//! Answers that are no stream: statuses, pages, redirects, and none at all.

use super::{Answer, Name, Site, Step};
use serde_json::{Value, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The page that a captive portal shows.
pub const LOGIN: &str =
    "<!doctype html><title>Log in</title><h1>Log in</h1><form><input name=user></form>";

/// The answer for a name that is one of these.
pub fn answer(name: &Name, site: &Site) -> Option<Answer> {
    let origin = format!("http://{}", site.host);
    Some(match name.name.as_str() {
        "reset-on-accept" => Answer {
            reset: true,
            ..Answer::default()
        },
        "hang-headers" => Answer {
            head_after: None,
            ..Answer::default()
        },
        // Had the preflight been allowed, the request would come here.
        "preflight-403" | "preflight-no-auth" => {
            status(403, "forbidden", "The preflight was not refused.")
        }
        "redirect-loop" => redirect(
            307,
            &format!("{origin}/fault/redirect-loop/v1/chat/completions"),
        ),
        "redirect-302" => Answer {
            cors: false,
            ..redirect(302, &format!("{origin}/login"))
        },
        "redirect-307" => redirect(307, &format!("{origin}/fault/ok/v1/chat/completions")),
        "redirect-cross" => redirect(
            307,
            &format!("http://{}/fault/ok/v1/chat/completions", site.other),
        ),
        "html-200" => page(200, site),
        "empty-200" => Answer {
            headers: vec![("content-type", "text/event-stream".to_owned())],
            ..Answer::default()
        },
        "empty-204" => Answer {
            status: 204,
            ..Answer::default()
        },
        "json-error-200" => json(
            200,
            &error("server_error", "The engine is being restarted."),
        ),
        "auth-echo" => status(401, "invalid_api_key", &echoed(&site.key)),
        "flaky" if site.attempt < name.number("n").unwrap_or(2) as usize => {
            status(503, "overloaded", "Try once more.")
        }
        "http-429" => limited("Retry-After: not exposed", "3", false),
        "http-429-exposed" => limited("Rate limit reached for requests.", "3", true),
        "http-429-date" => limited(
            "Rate limit reached for requests.",
            &in_three_seconds(),
            true,
        ),
        "http-429-quota" => status(
            429,
            "insufficient_quota",
            "You exceeded your current quota.",
        ),
        other => by_number(other, site)?,
    })
}

/// A status with an error object.
pub fn status(status: u16, code: &str, message: &str) -> Answer {
    json(status, &error(code, message))
}

/// A status with a JSON body.
pub fn json(status: u16, body: &Value) -> Answer {
    body_of(status, "application/json", body.to_string())
}

fn body_of(status: u16, kind: &str, body: String) -> Answer {
    Answer {
        status,
        headers: vec![("content-type", kind.to_owned())],
        steps: vec![Step::Send {
            bytes: body.into_bytes(),
            text: 0,
        }],
        ..Answer::default()
    }
}

fn error(code: &str, message: &str) -> Value {
    json!({ "error": { "message": message, "type": code, "code": code } })
}

/// `http-NNN` and `http-NNN-html`.
fn by_number(name: &str, site: &Site) -> Option<Answer> {
    let rest = name.strip_prefix("http-")?;
    let (number, html) = match rest.strip_suffix("-html") {
        Some(number) => (number, true),
        None => (rest, false),
    };
    let number = number
        .parse::<u16>()
        .ok()
        .filter(|n| (400..600).contains(n))?;
    if html {
        return Some(page(number, site));
    }
    let (code, message) = match number {
        400 => (
            "invalid_request_error",
            "Unsupported parameter: 'frobnicate'.",
        ),
        401 => ("invalid_api_key", "Incorrect API key provided."),
        402 => ("insufficient_balance", "Insufficient Balance."),
        403 => (
            "unsupported_country",
            "Country, region, or territory not supported.",
        ),
        404 => (
            "model_not_found",
            "The model does not exist or you do not have access to it.",
        ),
        408 => ("timeout", "The upstream request timed out."),
        413 => ("request_too_large", "Request exceeds the maximum size."),
        422 => ("unprocessable", "messages.0.role: unknown value."),
        429 => ("rate_limit_exceeded", "Rate limit reached for requests."),
        503 => ("overloaded", "The engine is currently overloaded."),
        529 => ("overloaded_error", "Overloaded."),
        _ => (
            "server_error",
            "The server had an error while processing your request.",
        ),
    };
    Some(status(number, code, message))
}

fn limited(message: &str, after: &str, exposed: bool) -> Answer {
    let mut answer = status(429, "rate_limit_exceeded", message);
    answer.headers.push(("retry-after", after.to_owned()));
    if exposed {
        answer
            .headers
            .push(("access-control-expose-headers", "retry-after".to_owned()));
    }
    answer
}

/// A web page that would load an image and run a script, were it shown as one.
fn page(status: u16, site: &Site) -> Answer {
    let html = format!(
        "<!doctype html><html><head><title>{status} Gateway</title><style>p{{color:red}}</style></head><body>\
         <h1>Error {status}: the upstream is gone</h1><p>nginx</p><img src=\"http://{}/exfil/page\">\
         <script>window.__XSS__ = 1</script></body></html>",
        site.other
    );
    body_of(status, "text/html; charset=utf-8", html)
}

fn redirect(status: u16, to: &str) -> Answer {
    Answer {
        status,
        headers: vec![("location", to.to_owned())],
        ..Answer::default()
    }
}

/// The key as servers repeat it: plain, in base64, percent-encoded.
fn echoed(key: &str) -> String {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD.encode(key);
    let percent: String = key.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("Incorrect API key provided: {key}. Header was 'Bearer {key}' ({base64}; {percent}).")
}

/// A date as HTTP writes it, three seconds from now.
fn in_three_seconds() -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    http_date(now.as_secs() + 3)
}

fn http_date(seconds: u64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [(&str, u64); 12] = [
        ("Jan", 31),
        ("Feb", 28),
        ("Mar", 31),
        ("Apr", 30),
        ("May", 31),
        ("Jun", 30),
        ("Jul", 31),
        ("Aug", 31),
        ("Sep", 30),
        ("Oct", 31),
        ("Nov", 30),
        ("Dec", 31),
    ];
    let (mut days, rest) = (seconds / 86_400, seconds % 86_400);
    let week = DAYS[(days % 7) as usize];
    let leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let mut month = 0;
    let length = |month: usize| MONTHS[month].1 + u64::from(month == 1 && leap(year));
    while days >= length(month) {
        days -= length(month);
        month += 1;
    }
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!(
        "{week}, {:02} {} {year} {hour:02}:{minute:02}:{second:02} GMT",
        days + 1,
        MONTHS[month].0
    )
}

/// The wait of faults that begin late.
pub const LATE: Duration = Duration::from_secs(3);

#[cfg(test)]
mod tests {
    use super::http_date;

    #[test]
    fn dates() {
        for (seconds, date) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(seconds), date);
        }
    }
}
