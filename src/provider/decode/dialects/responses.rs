//! OpenAI Responses.

use super::{check, events, fault, usage};
use crate::fault::Kind;
use crate::provider::Api;
use crate::reply::End;

pub const RESPONSES: &[&str] = &[
    r#"{"type":"response.created","response":{"id":"r","model":"gpt-5","status":"in_progress","output":[]}}"#,
    r#"{"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","summary":[]}}"#,
    r#"{"type":"response.reasoning_summary_text.delta","delta":"想","obfuscation":"x"}"#,
    r#"{"type":"response.reasoning_summary_text.done","text":"想"}"#,
    r#"{"type":"response.made_up","delta":"no","text":"no"}"#,
    r#"{"type":"response.output_text.delta","delta":"你","logprobs":[]}"#,
    r#"{"type":"response.output_text.delta","delta":"好"}"#,
    r#"{"type":"response.output_text.done","text":"你好"}"#,
    r#"{"type":"response.content_part.done","part":{"type":"output_text","text":"你好"}}"#,
];
pub const COMPLETED: &str = r#"{"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"你好"}]}],"usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":4},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":17}}}"#;

pub fn responses(last: &[&str]) -> String {
    events(&[RESPONSES, last].concat())
}

#[test]
fn responses_streams() {
    let api = Api::Responses;
    let found = check(
        api,
        &responses(&[COMPLETED]),
        "你好",
        "想",
        End::Complete,
        "completed",
    );
    assert_eq!(found.usage, usage(10, 7, 4, 3));
    assert_eq!(found.model, "gpt-5");
    for (reason, end) in [
        ("max_output_tokens", End::Length),
        ("content_filter", End::Filtered),
        ("cosmic_ray", End::Unknown),
    ] {
        let last = format!(
            r#"{{"type":"response.incomplete","response":{{"status":"incomplete","incomplete_details":{{"reason":"{reason}"}}}}}}"#
        );
        check(api, &responses(&[&last]), "你好", "想", end, reason);
    }
    check(api, &responses(&[]), "你好", "想", End::Cut, "");
    check(api, &responses(&["[DONE]"]), "你好", "想", End::Unknown, "");
}

#[test]
fn responses_in_other_shapes() {
    let api = Api::Responses;
    // Only the whole texts, only the last object, no stream at all: said once.
    let done = [
        r#"{"type":"response.output_text.done","text":"你好"}"#,
        COMPLETED,
    ];
    check(api, &events(&done), "你好", "", End::Complete, "completed");
    check(
        api,
        &events(&[COMPLETED]),
        "你好",
        "",
        End::Complete,
        "completed",
    );
    let whole = r#"{"object":"response","status":"completed","model":"m","output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"想"}],"content":[{"text":"想"}]},{"type":"message","content":[{"type":"output_text","text":"好"}]}],"error":null,"incomplete_details":null}"#;
    check(api, whole, "好", "想", End::Complete, "completed");
    // Reasoning in full and as a summary: the first kind only.
    let both = [
        r#"{"type":"response.reasoning_text.delta","delta":"a"}"#,
        r#"{"type":"response.reasoning_summary_text.delta","delta":"b"}"#,
        r#"{"type":"response.reasoning_text.delta","delta":"c"}"#,
    ];
    check(api, &events(&both), "", "ac", End::Cut, "");
    // The type may stand only in the event's name.
    let named = "event: response.output_text.delta\ndata: {\"delta\":\"hi\"}\n\nevent: response.completed\ndata: {\"response\":{}}\n\n";
    check(api, named, "hi", "", End::Complete, "completed");
}

#[test]
fn responses_refusals_tools_and_errors() {
    let api = Api::Responses;
    let refusal = [
        r#"{"type":"response.refusal.delta","delta":"我不能"}"#,
        r#"{"type":"response.refusal.done","refusal":"我不能"}"#,
        r#"{"type":"response.completed","response":{"status":"completed"}}"#,
    ];
    check(
        api,
        &events(&refusal),
        "我不能",
        "",
        End::Refused,
        "refusal",
    );
    let tool = [
        r#"{"type":"response.output_item.added","item":{"type":"web_search_call","status":"in_progress"}}"#,
        r#"{"type":"response.output_text.delta","delta":"a"}"#,
        r#"{"type":"response.output_item.added","item":{"type":"function_call","name":"save","arguments":""}}"#,
        r#"{"type":"response.function_call_arguments.delta","delta":"{\"x\":1}"}"#,
        r#"{"type":"response.completed","response":{"status":"completed"}}"#,
    ];
    let found = check(api, &events(&tool), "a", "", End::Tool, "completed");
    assert_eq!(found.tools, ["save"]);
    let failed = r#"{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"boom"}}}"#;
    let found = check(api, &responses(&[failed]), "你好", "想", End::Error, "");
    assert_eq!(found.fault.map(|fault| fault.kind), Some(Kind::Provider));
    for body in [
        r#"{"type":"error","code":"rate_limit_exceeded","message":"slow"}"#,
        r#"{"type":"error","error":{"type":"rate_limit_error","message":"slow"}}"#,
        r#"{"error":{"code":"rate_limit_exceeded","message":"slow"}}"#,
    ] {
        let expected = Some((Kind::RateLimited, "slow".into()));
        assert_eq!(fault(api, &events(&[body])), expected, "{body}");
        assert_eq!(fault(api, body), expected, "{body}");
    }
}
