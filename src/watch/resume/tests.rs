use super::*;
use crate::provider::Connection;
use crate::watch::judge;
use serde_json::{Value, json};

fn connection(base: &str) -> Connection {
    Connection {
        base: base.into(),
        key: "sk-1".into(),
        ..Connection::default()
    }
}

#[test]
fn dialects() {
    use Prefill::*;
    let vllm = Some(Server::Vllm);
    for (base, model, server, want) in [
        (
            "https://api.deepseek.com",
            "deepseek-chat",
            None,
            Some(BetaPrefix),
        ),
        (
            "https://api.deepseek.com/v1",
            "deepseek-reasoner",
            None,
            None,
        ),
        (
            "https://dashscope.aliyuncs.com/compatible-mode/v1",
            "qwen-plus",
            None,
            Some(PartialPlain),
        ),
        (
            "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
            "qwq-plus",
            None,
            None,
        ),
        (
            "https://api.moonshot.ai/v1",
            "kimi-k2-0905-preview",
            None,
            Some(Partial),
        ),
        ("https://api.moonshot.cn/v1", "kimi-k2-thinking", None, None),
        (
            "https://api.mistral.ai/v1",
            "mistral-large-latest",
            None,
            Some(Prefix),
        ),
        (
            "https://api.siliconflow.cn/v1",
            "Qwen/Qwen2.5-7B-Instruct",
            None,
            Some(BodyPrefix),
        ),
        (
            "https://api.siliconflow.cn/v1",
            "deepseek-ai/DeepSeek-R1",
            None,
            None,
        ),
        (
            "https://api.anthropic.com/v1",
            "claude-3-5-sonnet-20241022",
            None,
            Some(Trailing),
        ),
        (
            "https://api.anthropic.com/v1",
            "claude-sonnet-4-5-20250929",
            None,
            Some(Trailing),
        ),
        (
            "https://api.anthropic.com/v1",
            "claude-opus-4-20250514",
            None,
            Some(Trailing),
        ),
        (
            "https://api.anthropic.com/v1",
            "claude-opus-4-6",
            None,
            None,
        ),
        ("https://api.anthropic.com/v1", "claude-fable-5", None, None),
        (
            "https://openrouter.ai/api/v1",
            "anthropic/claude-3.5-haiku",
            None,
            Some(Trailing),
        ),
        (
            "https://openrouter.ai/api/v1",
            "anthropic/claude-opus-4.6",
            None,
            None,
        ),
        ("https://openrouter.ai/api/v1", "openai/gpt-5", None, None),
        ("https://api.openai.com/v1", "gpt-5", None, None),
        (
            "https://open.bigmodel.cn/api/paas/v4",
            "glm-4.6",
            None,
            None,
        ),
        ("http://127.0.0.1:8000/v1", "any", vllm, Some(Continue)),
        (
            "http://127.0.0.1:8080",
            "gpt-oss-20b",
            Some(Server::LlamaCpp),
            None,
        ),
        ("http://127.0.0.1:8000/v1", "any", None, None),
        (
            "https://api.deepseek.com.evil.example",
            "deepseek-chat",
            None,
            None,
        ),
        ("https://evilapi.mistral.ai", "mistral-large", None, None),
    ] {
        assert_eq!(
            dialect(&connection(base), model, server),
            want,
            "{base} {model}"
        );
    }
}

#[test]
fn dialects_of_other_interfaces() {
    use crate::provider::Api;
    let of = |api, model: &str| {
        let connection = Connection {
            api,
            ..connection("https://api.anthropic.com/v1")
        };
        (
            dialect(&connection, model, Some(Server::Vllm)),
            prefill(&connection, &question(), "Because ", Prefill::Trailing),
        )
    };
    for api in Api::ALL
        .into_iter()
        .filter(|api| !matches!(api, Api::Chat | Api::Messages))
    {
        assert_eq!(of(api, "claude-3-5-haiku").0, None, "{api:?}");
    }
    assert_eq!(of(Api::Messages, "claude-opus-4-6").0, None);
    let (how, request) = of(Api::Messages, "claude-sonnet-4-5");
    assert_eq!(how, Some(Prefill::Trailing));
    let request = request.unwrap_or_else(|fault| panic!("{fault:?}"));
    let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
    assert_eq!(request.url, "https://api.anthropic.com/v1/messages");
    assert_eq!(body["messages"][1]["role"], "assistant");
    assert!(
        body["messages"][1]["content"]
            .to_string()
            .contains("\"Because\""),
        "{body}"
    );
}

#[test]
fn servers_say_who_they_are() {
    let of =
        |owner: &str| server(&json!({ "data": [{ "id": "m", "owned_by": owner }] }).to_string());
    assert_eq!(of("vllm"), Some(Server::Vllm));
    assert_eq!(of("llamacpp"), Some(Server::LlamaCpp));
    assert_eq!(of("openai"), None);
    assert_eq!(server("<html>"), None);
}

fn question() -> Ask {
    Ask {
        model: "m".into(),
        turns: vec![Turn {
            role: Role::User,
            text: "Why?".into(),
        }],
        ..Ask::default()
    }
}

#[test]
fn requests_by_prefill() {
    let send = |base: &str, how| {
        let request = prefill(&connection(base), &question(), "Because ", how).ok();
        request.map(|r| {
            (
                r.url,
                serde_json::from_str::<Value>(&r.body).unwrap_or_default(),
            )
        })
    };
    let check = |how, want: fn(&Value) -> bool| {
        let (url, body) = send("https://a.example/v1", how).unwrap_or_default();
        assert!(want(&body), "{how:?}: {body}");
        assert!(url.starts_with("https://a.example/"));
        assert_eq!(body["messages"][0]["content"], "Why?");
    };
    check(Prefill::Prefix, |b| {
        b["messages"][1] == json!({ "role": "assistant", "content": "Because ", "prefix": true })
    });
    check(Prefill::Partial, |b| b["messages"][1]["partial"] == true);
    check(Prefill::PartialPlain, |b| {
        b["messages"][1]["partial"] == true && b["enable_thinking"] == false
    });
    check(Prefill::BodyPrefix, |b| {
        b["prefix"] == "Because " && b["messages"][1].is_null()
    });
    check(Prefill::Continue, |b| {
        b["continue_final_message"] == true && b["add_generation_prompt"] == false
    });
    check(Prefill::Trailing, |b| {
        b["messages"][1] == json!({ "role": "assistant", "content": "Because" })
    });
    let beta = send("https://api.deepseek.com/v1", Prefill::BetaPrefix).unwrap_or_default();
    assert_eq!(beta.0, "https://api.deepseek.com/beta/chat/completions");
}

#[test]
fn asking_quotes_the_tail_in_the_language_of_the_reply() {
    let zh = asking(&question(), &"春天来了，小草从泥土里探出头来。".repeat(20));
    assert_eq!(zh.turns.len(), 3);
    assert!(
        zh.turns[2].text.contains("探出头来。\n</tail>") && zh.turns[2].text.chars().count() < 400
    );
    let en = asking(&question(), "Like this:\n```py\na =");
    assert!(
        en.turns[2].text.contains("a =\n</tail>")
            && en.turns[2].text.contains("inside a code block")
    );
}

#[test]
fn the_ladder() {
    use Outcome::*;
    let climb = |dialect, known, outcomes: &[Outcome]| {
        let mut ladder = Ladder::new(dialect, known);
        let mut ways = vec![ladder.now()];
        for outcome in outcomes {
            ladder = ladder.after(*outcome);
            ways.push(ladder.now());
        }
        ways
    };
    let (p, a, g) = (Some(Way::Prefill), Some(Way::Ask), Some(Way::Again));
    let some = Some(Prefill::Prefix);
    assert_eq!(
        climb(some, None, &[Refused, Restarted, Nothing]),
        [p, a, g, None]
    );
    assert_eq!(climb(None, None, &[Mended]), [a, None]);
    assert_eq!(climb(some, Some(Way::Ask), &[]), [a]);
    assert_eq!(climb(some, Some(Way::Again), &[]), [p]);
    assert_eq!(
        climb(some, None, &[CutAgain, CutAgain, CutAgain]),
        [p, p, p, None]
    );
    assert_eq!(
        climb(some, None, &[CutAgain, Refused, Failed]),
        [p, p, a, None]
    );
    assert_eq!(climb(some, None, &[Stopped]), [p, None]);
}

#[test]
fn outcomes() {
    let of = |end, kind: Option<Kind>, restarted, added: &str| {
        let mut reply = Reply::default();
        reply.end = Some(end);
        reply.fault = kind.map(|kind| Fault {
            kind,
            ..Fault::default()
        });
        reply.text = added.into();
        let seam = Seam {
            restarted,
            ..Seam::default()
        };
        Outcome::of(&reply, &seam, added, &judge(End::Complete, added, ""))
    };
    assert_eq!(of(End::Complete, None, false, "the rest."), Outcome::Mended);
    assert_eq!(
        of(End::Complete, None, false, "the rest is in the"),
        Outcome::CutAgain
    );
    assert_eq!(of(End::Complete, None, true, ""), Outcome::Restarted);
    assert_eq!(of(End::Empty, None, false, ""), Outcome::Nothing);
    assert_eq!(
        of(End::Error, Some(Kind::BadRequest), false, ""),
        Outcome::Refused
    );
    assert_eq!(
        of(End::Error, Some(Kind::RateLimited), false, ""),
        Outcome::Failed
    );
    assert_eq!(of(End::Stopped, None, false, "the"), Outcome::Stopped);
}

#[test]
fn it_goes_on_by_itself_only_when_told_to_and_not_in_circles() {
    let text = "There are two reasons for this. First, the river is deep, and second, the bridge was built for";
    let verdict = judge(End::Complete, text, "");
    let on = Auto { on: true };
    assert!(on.goes_on(&verdict, End::Complete, 0, text, ""));
    assert!(!Auto::default().goes_on(&verdict, End::Complete, 0, text, ""));
    assert!(!on.goes_on(&verdict, End::Complete, 3, text, "more of it for"));
    assert!(!on.goes_on(&verdict, End::Error, 0, text, ""));
    let added = " First, the river is deep, and second, the bridge was built for";
    let circle = [text, added].concat();
    assert!(!on.goes_on(
        &judge(End::Complete, &circle, ""),
        End::Complete,
        1,
        &circle,
        added
    ));
    let fresh = " people who walk to the market on the other side of the";
    let longer = [text, fresh].concat();
    assert!(on.goes_on(
        &judge(End::Complete, &longer, ""),
        End::Complete,
        1,
        &longer,
        fresh
    ));
}

#[test]
fn what_worked_is_remembered() {
    let mut ways = Ways::default();
    ways.learn("a", "m", Way::Prefill);
    ways.learn("a", "m", Way::Ask);
    ways.learn("b", "m", Way::Prefill);
    assert_eq!(ways.get("a", "m"), Some(Way::Ask));
    assert_eq!(ways.get("a", "n"), None);
    (0..300).for_each(|n| ways.learn("c", &n.to_string(), Way::Ask));
    assert_eq!(ways.known.len(), Ways::MOST);
    assert_eq!(ways.get("a", "m"), None);
}
