//! Anthropic Messages.

use super::{check, events, fault, read, usage};
use crate::fault::Kind;
use crate::provider::Api;
use crate::reply::End;

pub const MESSAGES: &[&str] = &[
    r#"{"type":"message_start","message":{"type":"message","role":"assistant","content":[],"model":"claude","stop_reason":null,"usage":{"input_tokens":5,"cache_creation_input_tokens":2,"cache_read_input_tokens":3,"output_tokens":1}}}"#,
    r#"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"#,
    r#"{"type":"ping"}"#,
    r#"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"想"}}"#,
    r#"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB"}}"#,
    r#"{"type":"content_block_stop","index":0}"#,
    r#"{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"x"}}"#,
    r#"{"type":"content_block_start","index":2,"content_block":{"type":"text","text":"你"}}"#,
    r#"{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"好"}}"#,
    r#"{"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"cited_text":"no"}}}"#,
    r#"{"type":"content_block_delta","index":2,"delta":{"type":"made_up_delta","text":"no"}}"#,
    r#"{"type":"made_up","text":"no"}"#,
];
pub const MESSAGE_STOP: &str = r#"{"type":"message_stop"}"#;

pub fn messages(last: &[&str]) -> String {
    events(&[MESSAGES, last].concat())
}

#[test]
fn messages_streams() {
    for (reason, end, raw) in [
        ("end_turn", End::Complete, "end_turn"),
        ("stop_sequence", End::Complete, "stop_sequence"),
        ("max_tokens", End::Length, "max_tokens"),
        (
            "model_context_window_exceeded",
            End::Length,
            "model_context_window_exceeded",
        ),
        ("pause_turn", End::Paused, "pause_turn"),
        ("refusal", End::Refused, "refusal"),
        ("cosmic_ray", End::Unknown, "cosmic_ray"),
    ] {
        let delta = format!(
            r#"{{"type":"message_delta","delta":{{"stop_reason":"{reason}","stop_sequence":null}},"usage":{{"output_tokens":9,"cache_read_input_tokens":3}}}}"#
        );
        let body = messages(&[&delta, MESSAGE_STOP]);
        let found = check(Api::Messages, &body, "你好", "想", end, raw);
        assert_eq!(found.usage, usage(10, 9, 3, 0));
        assert_eq!(found.model, "claude");
    }
    check(Api::Messages, &messages(&[]), "你好", "想", End::Cut, "");
    let body = messages(&[MESSAGE_STOP]);
    check(Api::Messages, &body, "你好", "想", End::Unknown, "");
}

#[test]
fn messages_in_other_shapes() {
    let api = Api::Messages;
    let whole = r#"{"type":"message","model":"c","content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"a"},{"type":"tool_use","name":"save","input":{}}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":2}}"#;
    let found = check(api, whole, "a", "t", End::Tool, "tool_use");
    assert_eq!(
        (found.tools, found.usage),
        (vec!["save".to_owned()], usage(1, 2, 0, 0))
    );
    // A gateway that knows the input only at the end.
    let late = [
        r#"{"type":"message_start","message":{"usage":{"input_tokens":0,"output_tokens":0}}}"#,
        r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":8,"output_tokens":4}}"#,
    ];
    assert_eq!(read(api, &events(&late)).usage, usage(8, 4, 0, 0));
    // A tool that the server runs itself is not asked for.
    let server = [
        r#"{"type":"content_block_start","content_block":{"type":"server_tool_use","name":"web_search"}}"#,
        r#"{"type":"content_block_delta","delta":{"type":"text_delta","text":"a"}}"#,
        r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#,
    ];
    check(api, &events(&server), "a", "", End::Complete, "end_turn");
}

#[test]
fn messages_errors() {
    let api = Api::Messages;
    for (kind, expected) in [
        ("overloaded_error", Kind::Overloaded),
        ("rate_limit_error", Kind::RateLimited),
        ("authentication_error", Kind::KeyRefused),
        ("api_error", Kind::Provider),
        ("cosmic_error", Kind::Provider),
    ] {
        let error =
            format!(r#"{{"type":"error","error":{{"type":"{kind}","message":"Overloaded"}}}}"#);
        let expected = Some((expected, "Overloaded".to_owned()));
        assert_eq!(fault(api, &events(&[&error])), expected);
        assert_eq!(fault(api, &messages(&[&error])), expected);
        assert_eq!(fault(api, &error), expected);
        let body = messages(&[&error]);
        check(api, &body, "你好", "想", End::Error, "");
    }
}
