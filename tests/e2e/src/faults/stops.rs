//! Replies that stop early with the reason `stop`, and their rest for those who ask.
//!
//! Asked in words, such a model does what models do: it repeats its last words, opens the code block again, or says a
//! word of introduction. Where a beginning is given it goes on character by character, or refuses with `refuse=1`. With
//! `over=1` it starts over and goes another way, with `over=2` in other words from the first on; with `twice=1` its first
//! rest stops early too, with `loop=1` every rest says the same and stops early. The connection is lost before the end of
//! the reply with `lost=1`, before that of the first rest with `lost=2`. With `last=3000` the last token of everything
//! takes as many milliseconds: whoever is to come between has that long.

use super::{Answer, Name, Script, Site, errors, streams};
use serde_json::Value;
use std::time::Duration;

/// A reply in three parts: where it stops, and what comes before its rest when it is asked for in words.
struct Reply {
    first: &'static str,
    again: &'static str,
    rest: &'static str,
}

/// The whole reply of such a model, as one text.
pub fn whole(name: &Name) -> Option<String> {
    reply(name).map(|reply| [reply.first, reply.rest].concat())
}

/// The answer for a name that is one of these.
pub fn answer(name: &Name, site: &Site) -> Option<Answer> {
    let reply = reply(name)?;
    let body: Value = serde_json::from_str(&site.body).unwrap_or_default();
    let last = body["messages"].as_array().and_then(|all| all.last());
    let given = body["continue_final_message"] == true;
    let asked = last.is_some_and(|last| {
        last["role"] == "user"
            && last["content"]
                .as_str()
                .is_some_and(|text| text.contains("<tail>"))
    });
    let half = reply
        .rest
        .char_indices()
        .nth(reply.rest.chars().count() / 2);
    let half = half.map_or(reply.rest, |(at, _)| &reply.rest[..at]);
    let has = |name: &str| self::has(&body, name);
    let flag = |key: &str| name.number(key).unwrap_or(0) > 0;
    Some(match (given, asked) {
        (true, _) if flag("refuse") => errors::status(
            400,
            "invalid_request_error",
            "continue_final_message is not supported.",
        ),
        (true, _) => says(name, &[reply.rest]),
        (false, true) if flag("over") => says(name, &[over(name)]),
        (false, true) if flag("loop") => says(name, &[endless(name)]),
        (false, true) if name.number("lost") == Some(2) && !has(half) => loses(name, half),
        (false, true) if name.number("lost") == Some(2) => says(name, &[&reply.rest[half.len()..]]),
        (false, true) if flag("twice") && !has(half) => says(name, &[half]),
        (false, true) if flag("twice") => says(name, &[&reply.rest[half.len()..]]),
        (false, true) => says(name, &[reply.again, reply.rest]),
        (false, false) if name.number("lost") == Some(1) => loses(name, reply.first),
        (false, false) => says(name, &[reply.first]),
    })
}

/// Whether the reply that is to go on has this text already.
fn has(body: &Value, text: &str) -> bool {
    let all = body["messages"].as_array().cloned().unwrap_or_default();
    let mut replies = all.iter().filter(|message| message["role"] == "assistant");
    replies.next_back().is_some_and(|last| {
        last["content"]
            .as_str()
            .is_some_and(|said| said.ends_with(text))
    })
}

fn says(name: &Name, parts: &[&str]) -> Answer {
    let text = parts.concat();
    let mut tokens: Vec<&str> = text
        .split_inclusive([' ', '，', '。', '、', '\n'])
        .collect();
    let last = tokens.pop();
    let wait = Duration::from_millis(name.number("last").unwrap_or(0));
    let script = Script::new().tokens(tokens, name.delay(0));
    let script = script.wait(wait).tokens(last, name.delay(0));
    script
        .finish("stop")
        .usage(&streams::usage(20, 30))
        .done()
        .answer()
}

/// A text after which the connection is closed.
fn loses(name: &Name, text: &str) -> Answer {
    let tokens = text.split_inclusive([' ', '，', '。', '、', '\n']);
    Script::new().tokens(tokens, name.delay(0)).answer()
}

/// What a model says that runs in circles.
fn endless(name: &Name) -> &'static str {
    match name.number("en") {
        Some(_) => " the drops are round and heavy on the glass, and",
        None => "水珠又圆又重地挂在玻璃上面，而且",
    }
}

fn over(name: &Name) -> &'static str {
    match (name.number("en"), name.number("over")) {
        (Some(_), Some(2)) => {
            "Rain is a fine time to take photos if you know where to look. Clouds work like a large soft lamp, so shadows are weak. Watch out for drops on the lens, and wipe it with a dry cloth. But reflections matter more: puddles, glass and car roofs are mirrors."
        }
        (None, Some(2)) => {
            "下雨天摄影，光线最重要。厚厚的云层把阳光变成柔光，人脸上的阴影很浅，颜色也更浓。镜头上容易沾水，要随时擦干。更要紧的是倒影：积水、玻璃和车顶都是镜子。"
        }
        (Some(_), _) => {
            "To take photos in the rain, look first for where the light comes from. But reflections matter more: puddles, glass and car roofs are mirrors."
        }
        (None, _) => "雨天拍照，先看光从哪里来。不过更要紧的是倒影：积水、玻璃和车顶都是镜子。",
    }
}

fn reply(name: &Name) -> Option<Reply> {
    let english = name.number("en").is_some();
    Some(match (name.name.as_str(), english) {
        ("stop-text", false) => Reply {
            first: "雨天拍照，先看光从哪里来。云层像一块很大的柔光布，阴影变浅，颜色变浓。接下来要注意镜头上的水，因为",
            again: "接下来要注意镜头上的水，因为",
            rest: "水珠会让画面发灰。带一块干布，每拍几张就擦一次。",
        },
        ("stop-text", true) => Reply {
            first: "To take photos in the rain, look first for where the light comes from. Clouds are a large soft lamp. Then watch for drops on the lens, because",
            again: "Then watch for drops on the lens, because",
            rest: " they turn the picture grey. Bring a dry cloth and wipe every few shots.",
        },
        ("stop-code", false) => Reply {
            first: "可以这样写：\n\n```rust\nfn main() {\n    let light = measure(",
            again: "```rust\n    let light = measure(",
            rest: "\"rain\");\n    println!(\"{light}\");\n}\n```\n\n运行后会打印亮度。",
        },
        ("stop-code", true) => Reply {
            first: "It can be written so:\n\n```rust\nfn main() {\n    let light = measure(",
            again: "```rust\n    let light = measure(",
            rest: "\"rain\");\n    println!(\"{light}\");\n}\n```\n\nIt prints the brightness.",
        },
        ("stop-list", false) => Reply {
            first: "有三个理由：\n\n1. 光更柔和，阴影不会发黑。\n2. 颜色更浓，树叶尤其明显。\n",
            again: "2. 颜色更浓，树叶尤其明显。\n",
            rest: "3. 人更少，可以慢慢拍。\n",
        },
        ("stop-list", true) => Reply {
            first: "There are three reasons:\n\n1. The light is softer, and shadows are never black.\n2. Colours are deeper, leaves above all.\n",
            again: "2. Colours are deeper, leaves above all.\n",
            rest: "3. There are fewer people, so there is time.\n",
        },
        ("stop-colon", false) => Reply {
            first: "雨天拍照的步骤如下：",
            again: "",
            rest: "\n\n- 先擦干镜头。\n- 再找一处屋檐。\n- 最后等人走过。",
        },
        ("stop-colon", true) => Reply {
            first: "These are the steps for photos in the rain:",
            again: "",
            rest: "\n\n- Dry the lens.\n- Find a roof to stand under.\n- Wait for someone to walk by.",
        },
        _ => return None,
    })
}
