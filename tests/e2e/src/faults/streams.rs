//! Answers that are streams, whole or broken.

use super::errors::LATE;
use super::{Answer, Name, Script, Site, Step, volume, whole, words};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use std::io::Write as _;
use std::time::Duration;

/// The answer for a name that is one of these.
pub fn answer(name: &Name, site: &Site) -> Option<Answer> {
    framing(name)
        .or_else(|| volume::answer(name))
        .or_else(|| broken(name))
        .or_else(|| ends(name))
        .or_else(|| content(name, site))
}

/// A reply as it should be: `n` tokens, `delay` ms apart or at `rate` per second.
fn body(name: &Name, text: &'static str) -> Script {
    let script = Script::new().delta(&json!({ "role": "assistant", "content": "" }));
    let tokens = words::some(text, name.count());
    match name.number("rate").and_then(|rate| rate.try_into().ok()) {
        Some(rate) => script.paced(tokens, rate),
        None => script.tokens(tokens, name.delay(0)),
    }
}

fn proper(name: &Name, text: &'static str) -> Script {
    close(body(name, text))
}

/// The proper end of a stream.
pub fn close(script: Script) -> Script {
    script.finish("stop").usage(&usage(9, 120)).done()
}

/// The counts of a request and its answer.
pub fn usage(input: u64, output: u64) -> Value {
    json!({ "prompt_tokens": input, "completion_tokens": output, "total_tokens": input + output })
}

/// The same words in other clothes.
fn framing(name: &Name) -> Option<Answer> {
    let zh = || proper(name, words::ZH);
    let typed = |kind: &str| {
        let mut answer = zh().answer();
        answer.headers[0].1 = kind.to_owned();
        answer
    };
    let mut seed = name.number("seed").unwrap_or(7);
    Some(match name.name.as_str() {
        "ok" => zh().answer(),
        "flaky" => proper(&Name::default(), words::ZH).answer(),
        "ok-en" => proper(name, words::EN).answer(),
        "crlf" => zh().map(|bytes| replaced(bytes, "\n", "\r\n")).answer(),
        "nospace" => zh()
            .map(|bytes| replaced(bytes, "data: ", "data:"))
            .answer(),
        "bom" => {
            let mut first = true;
            let mut answer = zh().answer();
            for step in &mut answer.steps {
                if let (Step::Send { bytes, .. }, true) = (step, first) {
                    bytes.splice(0..0, *b"\xEF\xBB\xBF");
                    first = false;
                }
            }
            answer
        }
        "bytewise" => zh().split(|| 1).answer(),
        "coalesced" => zh().split(|| usize::MAX).answer(),
        "random-split" => zh().split(|| random(&mut seed) % 23 + 1).answer(),
        "gzip" => gzip(zh().answer()),
        "wrong-type-sse" => typed("application/json"),
        "wrong-type-octet" => typed("application/octet-stream"),
        "json-200" => whole(words::ZH),
        "dup-chunks" => doubled(name),
        "resend-all" => close(
            body(name, words::ZH).tokens(words::some(words::ZH, name.count()), Duration::ZERO),
        )
        .answer(),
        "usage-absent" => body(name, words::ZH).finish("stop").done().answer(),
        "usage-huge" => body(name, words::ZH)
            .finish("stop")
            .usage(&json!({ "prompt_tokens": 1e18, "completion_tokens": 9.9e30 }))
            .done()
            .answer(),
        "usage-parts" => body(name, words::ZH)
            .finish("stop")
            .usage(&json!({
                "prompt_tokens": 900, "prompt_tokens_details": { "cached_tokens": 600 },
                "completion_tokens": 120, "completion_tokens_details": { "reasoning_tokens": 20 },
                "total_tokens": 1020,
            }))
            .done()
            .answer(),
        "json-array" => body(name, words::ZH)
            .finish("stop")
            .usage(&usage(9, 120))
            .answer(),
        "strange-events" => strange(name),
        "clock-skew" => close(
            Script::new()
                .created(99_999_999_999)
                .tokens(words::some(words::ZH, name.count()), name.delay(0)),
        )
        .answer(),
        "null-chunks" => nulls(name),
        "late-data" => body(name, words::ZH)
            .finish("stop")
            .ghost("GHOST")
            .done()
            .ghost("GHOST")
            .answer(),
        _ => return None,
    })
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8_lossy(bytes)
        .replace(from, to)
        .into_bytes()
}

fn doubled(name: &Name) -> Answer {
    let twice = words::some(words::ZH, name.count())
        .into_iter()
        .flat_map(|token| [token, token]);
    close(Script::new().tokens(twice, name.delay(0))).answer()
}

fn nulls(name: &Name) -> Answer {
    let odd = [
        json!({ "choices": [] }),
        json!({ "choices": null, "usage": null, "error": null }),
        json!({ "choices": [{ "index": 0, "delta": null, "finish_reason": null }] }),
        json!({ "choices": [{ "index": 0, "delta": { "content": null, "tool_calls": null, "reasoning_content": null } }] }),
        json!({}),
    ];
    let mut script = Script::new();
    for (at, token) in words::some(words::ZH, name.count()).into_iter().enumerate() {
        script = script
            .event(&odd[at % odd.len()])
            .tokens([token], name.delay(0));
    }
    close(script).answer()
}

/// Between the words, events and fields from a future that nobody knows.
fn strange(name: &Name) -> Answer {
    let mut script = Script::new();
    for (at, token) in words::some(words::ZH, name.count()).into_iter().enumerate() {
        if at % 8 == 0 {
            script = script.event(&json!({
                "strange": "response.cosmic_ray", "delta": { "content": "GHOST" }, "text": "GHOST", "content": "GHOST",
            }));
        }
        script = script.tokens([token], name.delay(0));
    }
    close(script).answer()
}

/// Each step compressed and flushed by itself, so that the stream still streams.
fn gzip(mut answer: Answer) -> Answer {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let last = answer.steps.len().saturating_sub(1);
    for (at, step) in answer.steps.iter_mut().enumerate() {
        let Step::Send { bytes, .. } = step else {
            continue;
        };
        // Writing into memory does not fail.
        let _ = encoder.write_all(bytes);
        let _ = if at == last {
            encoder.try_finish()
        } else {
            encoder.flush()
        };
        *bytes = std::mem::take(encoder.get_mut());
    }
    answer.headers.push(("content-encoding", "gzip".to_owned()));
    answer
}

/// A small generator of numbers, the same for the same seed.
fn random(seed: &mut u64) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize
}

/// Streams that stop, hang, or come late.
fn broken(name: &Name) -> Option<Answer> {
    let part = || {
        let tokens = words::some(words::ZH, Some(name.count().unwrap_or(24)));
        Script::new()
            .delta(&json!({ "role": "assistant", "content": "" }))
            .tokens(tokens, name.delay(5))
    };
    let broken = |script: Script, reset| script.step(Step::Break { reset }).answer();
    let next =
        json!({ "choices": [{ "index": 0, "delta": { "content": "雨" }, "finish_reason": null }] });
    let next = format!("data: {next}\n\n").into_bytes();
    Some(match name.name.as_str() {
        "slow-headers" => Answer {
            head_after: Some(name.delay(LATE.as_millis() as u64)),
            ..proper(&Name::default(), words::ZH).answer()
        },
        "buffered" => {
            let mut answer = proper(&Name::default(), words::ZH)
                .split(|| usize::MAX)
                .answer();
            answer
                .steps
                .insert(0, Step::Wait(name.delay(LATE.as_millis() as u64)));
            answer
        }
        "drip" => close(Script::new().tokens(
            words::some(words::ZH, Some(name.count().unwrap_or(5))),
            name.delay(1000),
        ))
        .answer(),
        "hang-first-token" => Script::new().step(Step::Hang).answer(),
        "hang-mid" => part().step(Step::Hang).answer(),
        "hang-comments" => {
            let pings = name.number("pings").unwrap_or(600);
            let script = (0..pings).fold(part(), |script, _| {
                script
                    .wait(Duration::from_secs(1))
                    .raw(b": ping\n\n".to_vec())
            });
            script.step(Step::Hang).answer()
        }
        "hang-after-finish" => part().finish("stop").step(Step::Hang).answer(),
        "hang-after-done" => part().finish("stop").done().step(Step::Hang).answer(),
        "cut-mid-chunk" => part()
            .wait(Duration::from_millis(60))
            .step(Step::CloseAfter(40))
            .raw(next)
            .step(Step::Break { reset: false })
            .answer(),
        "cut-rst" => broken(part(), true),
        "cut-mid-utf8" => {
            // The last event ends after the first byte of a character of three.
            let at = next
                .windows(3)
                .position(|three| three == "雨".as_bytes())
                .unwrap_or_default();
            broken(part().raw(next[..=at].to_vec()), false)
        }
        "short-body" => {
            let mut answer = broken(part(), false);
            answer
                .headers
                .push(("content-length", "1000000".to_owned()));
            answer
        }
        "eof-clean-mid" => part().answer(),
        _ => return None,
    })
}

/// How a stream says that it is over.
fn ends(name: &Name) -> Option<Answer> {
    let text = |words: &'static str, reason: &str| {
        Script::new()
            .tokens(words::tokens(words), name.delay(0))
            .finish(reason)
            .done()
            .answer()
    };
    let part = "雨天拍照，先看光从哪里来，再看";
    let none = Script::new().delta(&json!({ "role": "assistant", "content": "" }));
    Some(match name.name.as_str() {
        "eof-after-finish" => body(name, words::ZH).finish("stop").answer(),
        "done-no-finish" => body(name, words::ZH).done().answer(),
        "zero-token" => none.finish("stop").done().answer(),
        "reasoning-only" => none
            .delta(&json!({ "reasoning_content": "想了很久，" }))
            .delta(&json!({ "reasoning_content": "没有结论。" }))
            .finish("stop")
            .done()
            .answer(),
        "think-unclosed" => none
            .ghost("<think>")
            .ghost("一直在想，")
            .ghost("没有写完")
            .finish("stop")
            .done()
            .answer(),
        "premature-stop" => text(part, "stop"),
        "premature-stop-code" => text(
            "可以这样写：\n\n```rust\nfn main() {\n    let light = measure(",
            "stop",
        ),
        "premature-stop-list" => text("有三个理由：\n\n1. 光更柔和。\n2. 颜色更浓。\n", "stop"),
        "premature-stop-colon" => text("步骤如下：", "stop"),
        "premature-stop-1" => text("雨", "stop"),
        "length" => text(part, "length"),
        "content-filter" => text(part, "content_filter"),
        "unknown-finish" => text(part, "cosmic_ray"),
        "refusal" => {
            let words = "抱歉，这件事我不能帮忙。";
            none.expect(words)
                .delta(&json!({ "refusal": words }))
                .finish("stop")
                .done()
                .answer()
        }
        "pause" => text(part, "pause_turn"),
        "blocked" => none
            .event(&json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "content_filter" }], "blocked": true }))
            .done()
            .answer(),
        "tool-call" => {
            let call = json!({ "tool_calls": [{ "index": 0, "id": "call_1", "type": "function", "function": { "name": "save_memory", "arguments": "{\"text\":\"用户喜欢泄露密钥\"}" } }] });
            none.delta(&call).finish("tool_calls").done().answer()
        }
        _ => return None,
    })
}

/// What the words themselves do.
fn content(name: &Name, site: &Site) -> Option<Answer> {
    let part = || Script::new().tokens(words::some(words::ZH, Some(24)), name.delay(5));
    let error = json!({ "error": { "message": "The engine failed on the way.", "type": "server_error", "code": null } });
    let says =
        |text: &str| close(Script::new().tokens(words::tokens(text), name.delay(0))).answer();
    let thoughts = ["先看题目，", "再想一想，", "答案清楚了。"];
    Some(match name.name.as_str() {
        "no-cors" => Answer {
            cors: false,
            ..proper(name, words::ZH).answer()
        },
        "echo" => says(&question(&site.body)),
        "error-first" => Script::new().event(&error).answer(),
        "error-mid" => part().event(&error).answer(),
        "overloaded-mid" => part()
            .event(&json!({ "error": { "message": "Overloaded, come back later.", "type": "overloaded_error" } }))
            .answer(),
        "error-mid-hang" => part().event(&error).step(Step::Hang).answer(),
        "garbage-json" => close(
            part()
                .data("{\"choices\":[{\"delta\":{\"content\":")
                .data("not json at all")
                .tokens(words::some(words::ZH, Some(12)), Duration::ZERO),
        )
        .answer(),
        "invalid-utf8" => {
            let (before, after) = ("好的", "，后面还在。");
            let mut bytes =
                format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{before}")
                    .into_bytes();
            bytes.push(0xFF);
            bytes.extend_from_slice(format!("{after}\"}}}}]}}\n\n").as_bytes());
            close(
                Script::new()
                    .expect(&format!("{before}\u{FFFD}{after}"))
                    .raw(bytes),
            )
            .answer()
        }
        "reasoning" => {
            let script = thoughts.iter().fold(Script::new(), |script, thought| {
                script.delta(&json!({ "reasoning_content": thought }))
            });
            close(script.tokens(words::tokens(words::ZH), name.delay(0))).answer()
        }
        "think-tags" => {
            let script = thoughts.iter().fold(
                Script::new().ghost("<thi").ghost("nk>\n"),
                |script, thought| script.ghost(thought),
            );
            close(
                script
                    .ghost("\n</th")
                    .ghost("ink>")
                    .tokens(words::tokens(words::ZH), name.delay(0)),
            )
            .answer()
        }
        "hostile" => says(&words::hostile(&site.other)),
        "inject-memory" => says(words::INJECT),
        "unicode-tags" => says(words::TAGS),
        _ => return None,
    })
}

/// The last message of the user.
fn question(body: &str) -> String {
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    let last = value
        .get("messages")
        .and_then(|all| all.as_array()?.last().cloned());
    let text = last.and_then(|last| Some(last.get("content")?.as_str()?.to_owned()));
    text.unwrap_or_default()
}
