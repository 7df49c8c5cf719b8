//! Anthropic Messages: typed events, or one object of type `message`.

use super::voice::{Voice, count, list, text};
use serde_json::Value;

/// Reads one event; whether it is one of this dialect.
pub fn event(voice: &mut Voice, kind: &str, value: &Value) -> bool {
    let own = text(value, "/type");
    let kind = if own.is_empty() { kind } else { own };
    match kind {
        "message_start" => {
            if let Some(message) = value.get("message") {
                whole(voice, message);
            }
        }
        "message" if value.get("content").is_some() => whole(voice, value),
        "content_block_start" => {
            if let Some(block) = value.get("content_block") {
                read_block(voice, block);
            }
        }
        "content_block_delta" => match text(value, "/delta/type") {
            "thinking_delta" => voice.reasoning(text(value, "/delta/thinking")),
            "text_delta" | "" => voice.text(text(value, "/delta/text")),
            _ => {}
        },
        "message_delta" => {
            counts(voice, value);
            voice.finish(text(value, "/delta/stop_reason"), false);
        }
        "message_stop" => voice.done(),
        "content_block_stop" | "ping" => {}
        "error" if value.get("error").is_none_or(Value::is_null) => voice.error(value),
        _ => return voice.error_in(value),
    }
    true
}

/// A message with whatever it holds already: at its beginning mostly nothing, without a stream all of it.
fn whole(voice: &mut Voice, message: &Value) {
    voice.model(text(message, "/model"));
    for block in list(message, "/content") {
        read_block(voice, block);
    }
    counts(voice, message);
    voice.finish(text(message, "/stop_reason"), false);
}

fn read_block(voice: &mut Voice, block: &Value) {
    match text(block, "/type") {
        // Tools that the server runs itself have types of their own.
        "tool_use" => voice.tool(text(block, "/name")),
        "thinking" => voice.reasoning(text(block, "/thinking")),
        "text" => voice.text(text(block, "/text")),
        _ => {}
    }
}

/// Counts come in parts, each the sum so far. Cached tokens are counted beside `input_tokens`, and are made a part
/// of the input here. A gateway may know the input only at the end, or say 0 there.
fn counts(voice: &mut Voice, value: &Value) {
    let Some(counts) = value.get("usage").filter(|counts| counts.is_object()) else {
        return;
    };
    let number = |path| count(counts, &[path]).filter(|number| *number > 0);
    let written = number("/cache_creation_input_tokens");
    let read = number("/cache_read_input_tokens");
    let plain = number("/input_tokens");
    let mut usage = voice.usage;
    if plain.or(written).or(read).is_some() {
        let sum = [plain, written, read].into_iter().flatten().sum();
        usage.input = usage.input.max(sum);
        usage.cached = read.unwrap_or(usage.cached);
    }
    usage.output = count(counts, &["/output_tokens"]).unwrap_or(usage.output);
    let thought = [
        "/output_tokens_details/thinking_tokens",
        "/output_tokens_details/reasoning_tokens",
    ];
    usage.reasoning = count(counts, &thought).unwrap_or(usage.reasoning);
    voice.usage(usage);
}
