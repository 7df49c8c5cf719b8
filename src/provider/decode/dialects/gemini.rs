//! Gemini.

use super::{check, events, fault, usage};
use crate::fault::Kind;
use crate::provider::Api;
use crate::reply::End;

pub const GEMINI: &[&str] = &[
    r#"{"candidates":[{"content":{"parts":[{"text":"想","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":10},"modelVersion":"gemini"}"#,
    r#"{"candidates":[{"content":{"parts":[{"text":"你","thoughtSignature":"x"},{"text":"好"}]},"safetyRatings":[]}],"responseId":"x"}"#,
];

pub fn gemini_end(reason: &str) -> String {
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
