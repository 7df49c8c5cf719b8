//! Tests: streams of the dialects other than chat completions.

use super::tests::reply;
use crate::fault::Kind;
use crate::provider::Api;
use crate::reply::{End, Reply, Usage};
use proptest::prelude::*;

/// Events as a server sends them, from their data.
fn events(data: &[&str]) -> String {
    data.iter()
        .map(|data| format!("data: {data}\n\n"))
        .collect()
}

fn read(api: Api, body: &str) -> Reply {
    reply(api, body.as_bytes(), &[])
}

/// Checks a body, whole and byte by byte.
fn check(api: Api, body: &str, text: &str, reasoning: &str, end: End, raw: &str) -> Reply {
    let found = read(api, body);
    let parts = (found.text.as_str(), found.reasoning.as_str());
    assert_eq!(parts, (text, reasoning), "{body}");
    assert_eq!(
        (found.end, found.end_raw.as_str()),
        (Some(end), raw),
        "{body}"
    );
    let cuts: Vec<usize> = (1..body.len()).collect();
    assert_eq!(reply(api, body.as_bytes(), &cuts), found, "{body}");
    found
}

fn fault(api: Api, body: &str) -> Option<(Kind, String)> {
    read(api, body)
        .fault
        .map(|fault| (fault.kind, fault.message))
}

const fn usage(input: u64, output: u64, cached: u64, reasoning: u64) -> Option<Usage> {
    Some(Usage {
        input,
        output,
        cached,
        reasoning,
    })
}

const RESPONSES: &[&str] = &[
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
const COMPLETED: &str = r#"{"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"你好"}]}],"usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":4},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":17}}}"#;

fn responses(last: &[&str]) -> String {
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

const MESSAGES: &[&str] = &[
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
const MESSAGE_STOP: &str = r#"{"type":"message_stop"}"#;

fn messages(last: &[&str]) -> String {
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

const GEMINI: &[&str] = &[
    r#"{"candidates":[{"content":{"parts":[{"text":"想","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":10},"modelVersion":"gemini"}"#,
    r#"{"candidates":[{"content":{"parts":[{"text":"你","thoughtSignature":"x"},{"text":"好"}]},"safetyRatings":[]}],"responseId":"x"}"#,
];

fn gemini_end(reason: &str) -> String {
    format!(
        r#"{{"candidates":[{{"content":{{"parts":[{{"text":"!"}}]}},"finishReason":"{reason}"}}],"usageMetadata":{{"promptTokenCount":10,"cachedContentTokenCount":4,"candidatesTokenCount":5,"thoughtsTokenCount":2,"totalTokenCount":17}}}}"#
    )
}

#[test]
fn gemini_streams() {
    for (reason, end) in [
        ("STOP", End::Complete),
        ("MAX_TOKENS", End::Length),
        ("SAFETY", End::Filtered),
        ("RECITATION", End::Filtered),
        ("LANGUAGE", End::Filtered),
        ("BLOCKLIST", End::Filtered),
        ("PROHIBITED_CONTENT", End::Filtered),
        ("SPII", End::Filtered),
        ("MALFORMED_FUNCTION_CALL", End::Unknown),
        ("OTHER", End::Unknown),
        ("COSMIC_RAY", End::Unknown),
    ] {
        let last = gemini_end(reason);
        let all = [GEMINI, &[last.as_str()]].concat();
        let array = format!("[{}]", all.join("\n,\r\n"));
        for body in [events(&all), array, all.join("\n")] {
            let found = check(Api::Gemini, &body, "你好!", "想", end, reason);
            assert_eq!(found.usage, usage(10, 7, 4, 2));
            assert_eq!(found.model, "gemini");
        }
    }
    check(Api::Gemini, &events(GEMINI), "你好", "想", End::Cut, "");
}

#[test]
fn gemini_written_for_people() {
    let mut body = String::from("[");
    for (at, data) in GEMINI
        .iter()
        .chain([&gemini_end("STOP").as_str()])
        .enumerate()
    {
        let value: serde_json::Value = serde_json::from_str(data).expect("JSON");
        let pretty = serde_json::to_string_pretty(&value).expect("JSON");
        body.push_str(if at == 0 { "" } else { "\n,\r\n" });
        body.push_str(&pretty);
    }
    body.push_str("\n]\n");
    check(Api::Gemini, &body, "你好!", "想", End::Complete, "STOP");
}

#[test]
fn gemini_blocks_tools_and_errors() {
    let api = Api::Gemini;
    let blocked = r#"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT","safetyRatings":[]},"usageMetadata":{"promptTokenCount":3}}"#;
    for body in [events(&[blocked]), format!("[{blocked}]")] {
        let found = check(api, &body, "", "", End::Filtered, "PROHIBITED_CONTENT");
        assert_eq!(found.usage, usage(3, 0, 0, 0));
    }
    let call = r#"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"save","args":{}}}]},"finishReason":"STOP"}]}"#;
    let found = check(api, call, "", "", End::Tool, "STOP");
    assert_eq!(found.tools, ["save"]);
    let error =
        r#"{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}"#;
    let expected = Some((Kind::Overloaded, "The model is overloaded.".to_owned()));
    for body in [error.to_owned(), format!("[{error}]"), events(&[error])] {
        assert_eq!(fault(api, &body), expected, "{body}");
    }
}

const OLLAMA: &[&str] = &[
    r#"{"model":"qwen3","created_at":"x","message":{"role":"assistant","content":"","thinking":"想"},"done":false}"#,
    r#"{"model":"qwen3","message":{"role":"assistant","content":"你"},"done":false}"#,
    r#"{"model":"qwen3","message":{"role":"assistant","content":"好"},"done":false}"#,
];

fn ollama(last: &str) -> String {
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

#[test]
fn what_is_no_reply_in_any_dialect() {
    for api in [
        Api::Chat,
        Api::Responses,
        Api::Messages,
        Api::Gemini,
        Api::Ollama,
    ] {
        let kind = |body: &str| fault(api, body).map(|(kind, _)| kind);
        assert_eq!(kind("<!doctype html><p>Sign in</p>"), Some(Kind::NotApi));
        assert_eq!(kind("upstream connect error"), Some(Kind::NotApi));
        assert_eq!(kind(r#"{"hello":"world"}"#), Some(Kind::NotApi));
        assert_eq!(kind("{garbage}"), Some(Kind::NotApi));
        assert_eq!(kind(""), None);
        assert_eq!(kind(": ping\n\n"), None);
        assert_eq!(read(api, "").end, Some(End::Empty));
        assert_eq!(kind(r#"{"error":{"message":"no"}}"#), Some(Kind::Provider));
    }
}

#[test]
fn a_half_of_a_character_waits_over_what_says_nothing() {
    let body = events(&[
        r#"{"type":"content_block_delta","delta":{"type":"text_delta","text":"a\ud83d"}}"#,
        r#"{"type":"ping"}"#,
        r#"{"type":"content_block_delta","delta":{"type":"text_delta","text":"\ude00"}}"#,
    ]);
    check(Api::Messages, &body, "a😀", "", End::Cut, "");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_split_matters(cuts in prop::collection::vec(0usize..4000, 0..30), which in 0usize..6) {
        let array = format!("[{},{}]", GEMINI.join(","), gemini_end("STOP"));
        let (api, body) = match which {
            0 => (Api::Responses, responses(&[COMPLETED])),
            1 => (Api::Messages, messages(&[MESSAGE_STOP])),
            2 => (Api::Gemini, array),
            3 => (Api::Gemini, events(GEMINI)),
            4 => (Api::Ollama, ollama(r#"{"message":{"content":"\ud83d"},"done":false}"#)),
            _ => (Api::Ollama, "\u{feff} {\"message\":\n{\"message\":{\"content\":\"x\"}}\ngarbage".to_owned()),
        };
        let bytes = body.as_bytes();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut % (bytes.len() + 1)).collect();
        cuts.sort_unstable();
        prop_assert_eq!(reply(api, bytes, &cuts), reply(api, bytes, &[]));
    }

    #[test]
    fn nothing_makes_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..300), json in "[\\[{}\\],:\"a\\\\\n0 ]{0,80}", cut in 0usize..80) {
        for api in Api::ALL {
            reply(api, &bytes, &[]);
            let at = cut.min(json.len());
            prop_assert_eq!(reply(api, json.as_bytes(), &[at]), reply(api, json.as_bytes(), &[]));
        }
    }

    /// Objects of the right names with values of the wrong kinds.
    #[test]
    fn fields_of_any_kind(name in "type|delta|message|response|candidates|error|choices|usage|content|done|output|item", value in "null|true|-1|1e300|\"x\"|\\[\\]|\\[null\\]|\\{\\}|\\[\\{\\}\\]|\\{\"type\":1\\}") {
        for api in Api::ALL {
            read(api, &events(&[&format!("{{\"{name}\":{value}}}")]));
            read(api, &format!("{{\"type\":\"message_start\",\"message\":{{\"{name}\":{value}}}}}"));
        }
    }
}
