//! Tests: streams of the dialects other than chat completions.

mod gemini;
mod messages;
mod ollama;
mod responses;

use super::tests::reply;
use crate::fault::Kind;
use crate::provider::Api;
use crate::reply::{End, Reply, Usage};
use gemini::{GEMINI, gemini_end};
use messages::{MESSAGE_STOP, messages};
use ollama::ollama;
use proptest::prelude::*;
use responses::{COMPLETED, responses};

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
