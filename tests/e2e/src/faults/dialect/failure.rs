//! Errors in the words of each dialect.

use super::Dialect;
use serde_json::{Value, json};

/// The body of an answer with this status.
pub fn body(dialect: Dialect, status: u16, error: &Value) -> String {
    match dialect {
        Dialect::Responses => json!({ "error": error }),
        Dialect::Messages => {
            json!({ "type": "error", "error": messages(status, error), "request_id": "req_e2e" })
        }
        Dialect::Gemini => json!({ "error": gemini(status, error) }),
        Dialect::Ollama => json!({ "error": error["message"] }),
    }
    .to_string()
}

/// The event that breaks a stream off.
pub fn event(dialect: Dialect, error: &Value) -> Value {
    match dialect {
        Dialect::Responses => {
            let failed = json!({ "status": "failed", "error": { "code": error["type"], "message": error["message"] } });
            json!({ "type": "response.failed", "response": failed })
        }
        Dialect::Messages => json!({ "type": "error", "error": messages(200, error) }),
        Dialect::Gemini => json!({ "error": gemini(200, error) }),
        Dialect::Ollama => json!({ "error": error["message"] }),
    }
}

fn is_overload(error: &Value) -> bool {
    error["type"] == "overloaded_error"
}

fn messages(status: u16, error: &Value) -> Value {
    let kind = match status {
        400 | 422 => "invalid_request_error",
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        _ if is_overload(error) => "overloaded_error",
        _ => "api_error",
    };
    json!({ "type": kind, "message": error["message"] })
}

fn gemini(status: u16, error: &Value) -> Value {
    let (code, name) = match status {
        400 | 422 => (400, "INVALID_ARGUMENT"),
        401 => (401, "UNAUTHENTICATED"),
        403 => (403, "PERMISSION_DENIED"),
        404 => (404, "NOT_FOUND"),
        429 => (429, "RESOURCE_EXHAUSTED"),
        503 | 529 => (status, "UNAVAILABLE"),
        200 if is_overload(error) => (503, "UNAVAILABLE"),
        200 => (500, "INTERNAL"),
        _ => (status, "INTERNAL"),
    };
    json!({ "code": code, "message": error["message"], "status": name })
}
