use super::*;
use crate::reply::{Close, End, Reply, Usage};
use proptest::prelude::*;

/// The reply that comes of a body, cut into chunks at the given places.
pub fn reply(api: Api, body: &[u8], cuts: &[usize]) -> Reply {
    let mut decoder = Decoder::new(api, 200, "host", "");
    let mut reply = Reply::default();
    let mut from = 0;
    for cut in cuts.iter().copied().chain([body.len()]) {
        decoder
            .push(&body[from..cut])
            .into_iter()
            .for_each(|delta| reply.apply(delta));
        from = cut;
    }
    decoder
        .finish()
        .into_iter()
        .for_each(|delta| reply.apply(delta));
    reply.close(Close::Eof);
    reply
}

fn say(text: &str) -> String {
    format!(
        "data: {{\"choices\":[{{\"delta\":{{\"content\":{}}}}}]}}\n\n",
        Value::from(text)
    )
}

fn stop(reason: &str) -> String {
    format!(
        "data: {{\"choices\":[{{\"delta\":{{}},\"finish_reason\":{}}}]}}\n\n",
        Value::from(reason)
    )
}

const DONE: &str = "data: [DONE]\n\n";

fn check(body: &str, text: &str, reasoning: &str, end: End) {
    let found = reply(Api::Chat, body.as_bytes(), &[]);
    assert_eq!(
        (found.text.as_str(), found.reasoning.as_str(), found.end),
        (text, reasoning, Some(end)),
        "{body}"
    );
}

#[test]
fn a_refusal_is_kept_and_named() {
    let delta = "data: {\"choices\":[{\"delta\":{\"refusal\":\"我不能\"}}]}\n\n";
    for end in ["stop", "refusal"] {
        check(
            &[delta, &stop(end), DONE].concat(),
            "我不能",
            "",
            End::Refused,
        );
    }
    check(
        &[delta, &stop("length")].concat(),
        "我不能",
        "",
        End::Length,
    );
    for finish in ["", r#","finish_reason":"stop""#] {
        let body = format!(r#"{{"choices":[{{"message":{{"refusal":"no"}}{finish}}}]}}"#);
        let found = reply(Api::Chat, body.as_bytes(), &[]);
        assert_eq!(
            (found.text.as_str(), found.end),
            ("no", Some(End::Refused)),
            "{body}"
        );
    }
}

#[test]
fn streams() {
    check(
        &[&say("你"), &say("好"), &stop("stop"), DONE].concat(),
        "你好",
        "",
        End::Complete,
    );
    check(&[say("a"), stop("length")].concat(), "a", "", End::Length);
    check(&say("a"), "a", "", End::Cut);
    check(&[&say("a"), DONE].concat(), "a", "", End::Unknown);
    check(
        &[&say("a"), &stop(""), DONE].concat(),
        "a",
        "",
        End::Unknown,
    );
    check(
        &[say("a"), stop("content_filter")].concat(),
        "a",
        "",
        End::Filtered,
    );
    check(&[say("a"), stop("made_up")].concat(), "a", "", End::Unknown);
    check(&[stop("stop"), say("GHOST")].concat(), "", "", End::Empty);
    check("", "", "", End::Empty);
    check(
        ": OPENROUTER PROCESSING\n\ndata: {\"choices\":[]}\n\n",
        "",
        "",
        End::Empty,
    );
    check(
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}",
        "a",
        "",
        End::Complete,
    );
    check(
        "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"r\",\"reasoning\":\"r\"}}]}\n\n",
        "",
        "r",
        End::Cut,
    );
    check(
        &[
            say("<thi"),
            say("nk>why</th"),
            say("ink>\n\nbecause <think>"),
            stop("stop"),
        ]
        .concat(),
        "because <think>",
        "why",
        End::Complete,
    );
    check(
        &[say("<think>never"), stop("stop")].concat(),
        "",
        "never",
        End::Empty,
    );
    check(
        &[say("a"), "data: {broken\n\n".into(), say("b"), stop("stop")].concat(),
        "ab",
        "",
        End::Complete,
    );
}

#[test]
fn a_character_split_over_two_chunks() {
    let part = |text: &str| {
        format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n")
    };
    check(
        &[part("a\\ud83d"), part("\\ude00b"), stop("stop")].concat(),
        "a😀b",
        "",
        End::Complete,
    );
    check(
        &[part("\\ud83d\\ude00"), stop("stop")].concat(),
        "😀",
        "",
        End::Complete,
    );
    check(
        &[part("\\ude00"), stop("stop")].concat(),
        "\u{fffd}",
        "",
        End::Complete,
    );
}

#[test]
fn what_a_provider_says_that_it_bills() {
    let billed = |usage: &str| {
        let body = format!(
            r#"{{"choices":[{{"message":{{"content":"hi"}},"finish_reason":"stop"}}],"usage":{usage}}}"#
        );
        let cost = reply(Api::Chat, body.as_bytes(), &[]).cost;
        cost.map(|cost| (cost.currency.code(), cost.nano))
    };
    let usd = |nano| Some(("USD", nano));
    let plain = r#"{"prompt_tokens":10,"completion_tokens":2,"cost":0.00014,"is_byok":false,"cost_details":{"upstream_inference_cost":0.00014}}"#;
    assert_eq!(billed(plain), usd(140_000));
    let own = r#"{"prompt_tokens":10,"cost":0.00001,"is_byok":true,"cost_details":{"upstream_inference_cost":0.0002}}"#;
    assert_eq!(billed(own), usd(210_000));
    for nonsense in ["-1", "1e300", "\"0.1\"", "null", "{}", "0"] {
        let usage = format!(r#"{{"prompt_tokens":1,"cost":{nonsense}}}"#);
        assert_eq!(billed(&usage), None, "{nonsense}");
    }
}

#[test]
fn bodies_that_are_no_stream() {
    let json = r#"{"model":"m","choices":[{"message":{"content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":"4","prompt_tokens_details":{"cached_tokens":2}}}"#;
    let found = reply(Api::Chat, json.as_bytes(), &[]);
    assert_eq!(
        (found.text.as_str(), found.end),
        ("hi", Some(End::Complete))
    );
    assert_eq!(
        found.usage,
        Some(Usage {
            input: 3,
            output: 4,
            cached: 2,
            reasoning: 0
        })
    );
    let kind = |body: &str| {
        reply(Api::Chat, body.as_bytes(), &[])
            .fault
            .map(|fault| (fault.kind, fault.message))
    };
    assert_eq!(
        kind("<html><b>Sign in</b>"),
        Some((crate::fault::Kind::NotApi, "Sign in".into()))
    );
    assert_eq!(
        kind(r#"{"error":{"message":"no"}}"#),
        Some((crate::fault::Kind::Provider, "no".into()))
    );
    let found = reply(
        Api::Chat,
        [&say("a"), stop("stop").as_str()].concat().as_bytes(),
        &[],
    );
    assert_eq!(found.end, Some(End::Complete));
}

#[test]
fn an_error_on_the_way_keeps_what_came() {
    let body = [
        say("half"),
        "data: {\"error\":{\"message\":\"boom\",\"code\":500}}\n\n".into(),
    ]
    .concat();
    let found = reply(Api::Chat, body.as_bytes(), &[]);
    assert_eq!((found.text.as_str(), found.end), ("half", Some(End::Error)));
    assert_eq!(
        found.fault.map(|fault| fault.message).as_deref(),
        Some("boom")
    );
}

proptest! {
    #[test]
    fn no_split_matters(cuts in prop::collection::vec(0usize..4000, 0..30), json in any::<bool>()) {
        let body = match json {
            true => r#"{"choices":[{"message":{"content":"你好😀","reasoning":"嗯"},"finish_reason":"stop"}]}"#.to_owned(),
            false => [&say("<think>想"), &say("一下</think>\n你"), "data: {\"choices\":[{\"delta\":{\"content\":\"\\ud83d\"}}]}\r\n\r\n", "data: {\"choices\":[{\"delta\":{\"content\":\"\\ude00 done\"}}]}\n\n", &stop("stop"), DONE].concat(),
        };
        let bytes = body.as_bytes();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut % (bytes.len() + 1)).collect();
        cuts.sort_unstable();
        prop_assert_eq!(reply(Api::Chat, bytes, &cuts), reply(Api::Chat, bytes, &[]));
    }

    #[test]
    fn nothing_makes_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        reply(Api::Chat, &bytes, &[]);
        reply(Api::Chat, &bytes, &[]);
    }
}
