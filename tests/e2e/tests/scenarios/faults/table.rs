//! What every fault must come to.

use viewfinder::fault::Kind;
use viewfinder::reply::End;

/// What must be seen of a fault.
pub struct Row {
    pub model: &'static str,
    pub end: End,
    pub says: Says,
    /// Words that are the same in both languages: the provider's own.
    pub also: &'static [&'static str],
}

/// Which sentence of the app.
#[derive(Clone, Copy)]
pub enum Says {
    /// None: it is simply complete.
    Nothing,
    /// The note of this end.
    Note,
    /// The sentence of this kind of fault.
    Fault(Kind),
    /// That so many pieces could not be read.
    Garbled(u32),
}

pub const fn row(model: &'static str, end: End, says: Says, also: &'static [&'static str]) -> Row {
    Row {
        model,
        end,
        says,
        also,
    }
}

pub const fn complete(model: &'static str) -> Row {
    row(model, End::Complete, Says::Nothing, &[])
}

pub const fn note(model: &'static str, end: End) -> Row {
    row(model, end, Says::Note, &[])
}

pub const fn error(model: &'static str, kind: Kind, also: &'static [&'static str]) -> Row {
    row(model, End::Error, Says::Fault(kind), also)
}

/// Faults whose outcome comes by itself, after one request.
pub const AT_ONCE: &[Row] = &[
    complete("ok"),
    complete("ok-en"),
    complete("echo"),
    complete("crlf"),
    complete("nospace"),
    complete("bom"),
    complete("bytewise"),
    complete("coalesced"),
    complete("random-split"),
    complete("gzip"),
    complete("null-chunks"),
    complete("usage-absent"),
    complete("usage-huge"),
    complete("usage-parts"),
    complete("strange-events"),
    complete("json-array"),
    complete("clock-skew"),
    complete("late-data"),
    complete("dup-chunks"),
    complete("resend-all"),
    complete("wrong-type-sse"),
    complete("wrong-type-octet"),
    complete("json-200"),
    complete("slow-headers:delay=1500"),
    complete("buffered:delay=1500"),
    complete("drip:delay=500"),
    complete("hang-after-finish"),
    complete("hang-after-done"),
    complete("eof-after-finish"),
    complete("premature-stop"),
    complete("premature-stop-code"),
    complete("premature-stop-list"),
    complete("premature-stop-colon"),
    complete("premature-stop-1"),
    complete("invalid-utf8"),
    complete("reasoning"),
    complete("think-tags"),
    complete("hostile"),
    complete("inject-memory"),
    complete("unicode-tags"),
    row("garbage-json", End::Complete, Says::Garbled(2), &[]),
    note("cut-mid-chunk", End::Cut),
    note("cut-rst", End::Cut),
    note("cut-mid-utf8", End::Cut),
    note("short-body", End::Cut),
    note("eof-clean-mid", End::Cut),
    note("done-no-finish", End::Unknown),
    note("empty-200", End::Empty),
    note("empty-204", End::Empty),
    note("zero-token", End::Empty),
    note("reasoning-only", End::Empty),
    note("think-unclosed", End::Empty),
    note("length", End::Length),
    row(
        "content-filter",
        End::Filtered,
        Says::Note,
        &["content_filter"],
    ),
    row("blocked", End::Filtered, Says::Note, &["content_filter"]),
    note("refusal", End::Refused),
    note("pause", End::Paused),
    row("tool-call", End::Tool, Says::Note, &["save_memory"]),
    row("unknown-finish", End::Unknown, Says::Note, &["cosmic_ray"]),
    error(
        "error-first",
        Kind::Provider,
        &["The engine failed on the way."],
    ),
    error(
        "error-mid",
        Kind::Provider,
        &["The engine failed on the way."],
    ),
    error(
        "overloaded-mid",
        Kind::Overloaded,
        &["Overloaded, come back later."],
    ),
    error(
        "error-mid-hang",
        Kind::Provider,
        &["The engine failed on the way."],
    ),
    error(
        "json-error-200",
        Kind::Provider,
        &["The engine is being restarted."],
    ),
    error("http-400", Kind::BadRequest, &["HTTP 400", "frobnicate"]),
    error(
        "http-401",
        Kind::KeyRefused,
        &["HTTP 401", "Incorrect API key"],
    ),
    error(
        "http-402",
        Kind::NoBalance,
        &["HTTP 402", "Insufficient Balance"],
    ),
    error(
        "http-403",
        Kind::Forbidden,
        &["HTTP 403", "territory not supported"],
    ),
    error("http-404", Kind::NotFound, &["HTTP 404", "does not exist"]),
    error("http-413", Kind::TooLong, &["HTTP 413"]),
    error("http-422", Kind::BadRequest, &["HTTP 422", "unknown value"]),
    error(
        "http-429-quota",
        Kind::NoBalance,
        &["HTTP 429", "exceeded your current quota"],
    ),
    error("auth-echo", Kind::KeyRefused, &["HTTP 401", "•••"]),
    error(
        "http-403-html",
        Kind::NotApi,
        &["HTTP 403", "the upstream is gone"],
    ),
    error("html-200", Kind::NotApi, &["the upstream is gone"]),
    error("no-cors", Kind::Unreachable, &[]),
    error("redirect-302", Kind::Unreachable, &[]),
    error("redirect-loop", Kind::Unreachable, &[]),
    error("redirect-307", Kind::Unreachable, &[]),
    error("redirect-cross", Kind::Unreachable, &[]),
];

/// Faults before the first token that are tried twice again.
pub const TRIED_AGAIN: &[Row] = &[
    error("http-408", Kind::Timeout, &["HTTP 408"]),
    error("http-500", Kind::Server, &["HTTP 500"]),
    error(
        "http-503",
        Kind::Overloaded,
        &["HTTP 503", "currently overloaded"],
    ),
    error("http-529", Kind::Overloaded, &["HTTP 529"]),
    error("http-429", Kind::RateLimited, &["HTTP 429"]),
    complete("flaky:n=2"),
    error(
        "flaky:n=9",
        Kind::Overloaded,
        &["HTTP 503", "Try once more."],
    ),
];

/// A page with an error status is no API reply; whether it is tried again is left open.
pub const PAGES: &[Row] = &[error(
    "http-502-html",
    Kind::NotApi,
    &["HTTP 502", "the upstream is gone"],
)];

pub const BY_ADDRESS: &[Row] = &[
    error("reset-on-accept", Kind::Unreachable, &[]),
    error("preflight-403", Kind::Unreachable, &[]),
    error("preflight-no-auth", Kind::Unreachable, &[]),
];

/// Looked at by scenarios of their own.
pub const ELSEWHERE: &[&str] = &[
    // The second opinion about a preference, in answers.rs.
    "opinion",
    "opinion-no",
    "opinion-plain",
    // Summaries of messages that no longer fit, in context.rs.
    "summary",
    "summary-no",
    "hang-headers",
    "hang-first-token",
    "hang-mid",
    "hang-comments",
    "http-429-exposed",
    "http-429-date",
    "many-tokens",
    "big-reply",
    "giant-line",
    "deep-markdown",
    "huge-table",
    "stop-text",
    "stop-code",
    "stop-list",
    "stop-colon",
];
