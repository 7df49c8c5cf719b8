//! Ollama's own.

use super::{check, events, usage};
use crate::provider::Api;
use crate::reply::End;

pub const OLLAMA: &[&str] = &[
    r#"{"model":"qwen3","created_at":"x","message":{"role":"assistant","content":"","thinking":"想"},"done":false}"#,
    r#"{"model":"qwen3","message":{"role":"assistant","content":"你"},"done":false}"#,
    r#"{"model":"qwen3","message":{"role":"assistant","content":"好"},"done":false}"#,
];

pub fn ollama(last: &str) -> String {
    [OLLAMA, &[last]].concat().join("\n")
}

#[test]
fn ollama_streams() {
    let api = Api::Ollama;
    for (reason, end) in [
        ("stop", End::Complete),
        ("length", End::Length),
        ("cosmic_ray", End::Unknown),
    ] {
        let last = format!(
            r#"{{"model":"qwen3","message":{{"role":"assistant","content":""}},"done_reason":"{reason}","done":true,"total_duration":1,"prompt_eval_count":26,"eval_count":9}}"#
        );
        let found = check(api, &ollama(&last), "你好", "想", end, reason);
        assert_eq!(found.usage, usage(26, 9, 0, 0));
        let windows = ollama(&last).replace('\n', "\r\n") + "\r\n";
        check(api, &windows, "你好", "想", end, reason);
        check(
            api,
            &events(&[OLLAMA, &[&last]].concat()),
            "你好",
            "想",
            end,
            reason,
        );
    }
    check(api, &ollama(""), "你好", "想", End::Cut, "");
    check(
        api,
        &ollama(r#"{"done":true}"#),
        "你好",
        "想",
        End::Unknown,
        "",
    );
    // Nothing was counted, and that is not the same as nothing.
    let uncounted = r#"{"done":true,"done_reason":"stop","prompt_eval_count":0,"eval_count":0}"#;
    let found = check(api, &ollama(uncounted), "你好", "想", End::Complete, "stop");
    assert_eq!(found.usage, None);
    let load = r#"{"model":"m","message":{"content":""},"done":true,"done_reason":"load"}"#;
    check(api, load, "", "", End::Empty, "load");
    let cut = ollama(r#"{"model":"qwen3","message":{"conte"#);
    assert_eq!(check(api, &cut, "你好", "想", End::Cut, "").garbled, 1);
}

#[test]
fn ollama_tools_errors_and_broken_lines() {
    let api = Api::Ollama;
    let last = r#"{"message":{"content":"","tool_calls":[{"function":{"name":"save","arguments":{}}}]},"done":true,"done_reason":"stop"}"#;
    let found = check(api, &ollama(last), "你好", "想", End::Tool, "stop");
    assert_eq!(found.tools, ["save"]);
    let error = r#"{"error":"an error was encountered while running the model"}"#;
    let found = check(api, &ollama(error), "你好", "想", End::Error, "");
    assert!(
        found
            .fault
            .is_some_and(|fault| fault.message.starts_with("an error was"))
    );
    let stop = r#"{"message":{"content":"!"},"done":true,"done_reason":"stop"}"#;
    for broken in [
        r#"{"message":{"content":"x"#,
        "garbage",
        r#"{"message":"x"]"#,
    ] {
        let body = ollama(&[broken, "\n", stop].concat());
        let found = check(api, &body, "你好!", "想", End::Complete, "stop");
        assert_eq!(found.garbled, 1, "{broken}");
    }
    let inline =
        r#"{"message":{"content":"<think>想</think>\n\n好"},"done":true,"done_reason":"stop"}"#;
    check(api, inline, "好", "想", End::Complete, "stop");
    let named =
        r#"{"message":{"content":"好","reasoning_content":"想"},"done":true,"done_reason":"stop"}"#;
    check(api, named, "好", "想", End::Complete, "stop");
}
