//! OpenAI Responses: typed events, or one object of type `response`.

use super::voice::{Voice, list, text, usage};
use crate::reply::End;
use serde_json::Value;

/// Reads one event; whether it is one of this dialect.
pub fn event(voice: &mut Voice, kind: &str, value: &Value) -> bool {
    let own = text(value, "/type");
    let kind = if own.is_empty() { kind } else { own };
    let words = text(value, "/delta");
    match kind {
        "response.output_text.delta" => {
            voice.pieces[0] |= !words.is_empty();
            voice.text(words);
        }
        "response.refusal.delta" => {
            voice.pieces[0] |= !words.is_empty();
            voice.refusal(words);
        }
        "response.output_text.done" => {
            if !std::mem::take(&mut voice.pieces[0]) {
                voice.text(text(value, "/text"));
            }
        }
        "response.refusal.done" => {
            if !std::mem::take(&mut voice.pieces[0]) {
                voice.refusal(text(value, "/refusal"));
            }
        }
        "response.reasoning_summary_text.delta" | "response.reasoning_text.delta" => {
            voice.pieces[1] |= !words.is_empty();
            think(voice, kind, words);
        }
        "response.reasoning_summary_text.done" | "response.reasoning_text.done" => {
            if !std::mem::take(&mut voice.pieces[1]) {
                think(voice, kind, text(value, "/text"));
            }
        }
        "response.output_item.added" | "response.output_item.done" => {
            if let Some(item) = value.get("item") {
                tool(voice, item);
            }
        }
        "error" => match value.get("error").filter(|error| error.is_object()) {
            Some(error) => voice.error(error),
            None => voice.error(value),
        },
        _ => match value.get("response") {
            Some(response) if response.is_object() => state(voice, kind, response),
            _ if kind.starts_with("response.") => {}
            _ if value.get("output").is_some() => state(voice, "", value),
            _ => return voice.error_in(value),
        },
    }
    true
}

/// Reasoning comes as a summary or in full. Where a server sends both, the first kind counts.
fn think(voice: &mut Voice, kind: &str, words: &str) {
    let source = kind.rsplit_once('.').map_or(kind, |(source, _)| source);
    if voice.source.is_empty() {
        source.clone_into(&mut voice.source);
    }
    if voice.source == source {
        voice.reasoning(words);
    }
}

/// The whole response, as it stands at its beginning and at its end.
fn state(voice: &mut Voice, kind: &str, response: &Value) {
    voice.model(text(response, "/model"));
    let event = kind.strip_prefix("response.").unwrap_or(kind);
    let status = match text(response, "/status") {
        "" => event,
        status => status,
    };
    let early = ["created", "queued", "in_progress"];
    if early.contains(&event) || early.contains(&status) {
        return;
    }
    let silent = !voice.has_said();
    for item in list(response, "/output") {
        if silent {
            say(voice, item);
        }
        tool(voice, item);
    }
    if let Some(counts) = response.get("usage").filter(|counts| counts.is_object()) {
        voice.usage(usage(counts));
    }
    if status == "failed" && response.get("error").is_none_or(Value::is_null) {
        return voice.error(response);
    }
    if voice.error_in(response) {
        return;
    }
    match text(response, "/incomplete_details/reason") {
        "" if status == "incomplete" => voice.end(End::Unknown, status),
        reason if status == "incomplete" => voice.finish(reason, true),
        _ => voice.finish(status, true),
    }
    voice.done();
}

/// What an item of the output says, where no event has said it.
fn say(voice: &mut Voice, item: &Value) {
    let content = list(item, "/content");
    match text(item, "/type") {
        "message" => {
            for part in content {
                voice.text(text(part, "/text"));
                voice.refusal(text(part, "/refusal"));
            }
        }
        "reasoning" => {
            let summary = list(item, "/summary");
            let parts = if summary.is_empty() { content } else { summary };
            for part in parts {
                voice.reasoning(text(part, "/text"));
            }
        }
        _ => {}
    }
}

/// Calls that the client is to carry out. What the server runs itself, such as its own search, is none.
fn tool(voice: &mut Voice, item: &Value) {
    let kind = text(item, "/type");
    let name = text(item, "/name");
    match kind {
        "function_call" | "custom_tool_call" | "mcp_approval_request" => voice.tool(name),
        "computer_call" | "local_shell_call" | "shell_call" | "apply_patch_call" => {
            voice.tool(kind);
        }
        _ => {}
    }
}
