//! The exports of the log: every line of the raw format keeps its schema, every other one the shape that its tools read.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use viewfinder::badcase::export::{Format, line, lines};
use viewfinder::badcase::{Case, Label, Mended};
use viewfinder::chat::Role;
use viewfinder::id::ChatId;
use viewfinder::provider::{Ask, Turn};
use viewfinder::reply::{End, Usage};
use viewfinder::watch::judge;
use viewfinder::watch::resume::Way;

/// What of JSON Schema the schema uses. A keyword that is not known here fails, so that none is skipped.
fn check(schema: &Value, root: &Value, value: &Value, at: &str) {
    let keywords = schema
        .as_object()
        .unwrap_or_else(|| panic!("{at}: a schema is an object"));
    for (keyword, want) in keywords {
        let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
        let holds = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let pointer = want.as_str().and_then(|name| name.strip_prefix('#'));
                let target = pointer.and_then(|pointer| root.pointer(pointer));
                check(target.unwrap_or(&Value::Null), root, value, at);
                true
            }
            "type" => is(value, want.as_str().unwrap_or_default()),
            "const" => value == want,
            "enum" => want.as_array().is_some_and(|all| all.contains(value)),
            "minimum" => number(value) >= number(want),
            "exclusiveMinimum" => number(value) > number(want),
            "maximum" => number(value) <= number(want),
            "minLength" => value
                .as_str()
                .is_some_and(|text| text.chars().count() as f64 >= number(want)),
            "required" => want.as_array().is_some_and(|names| {
                names
                    .iter()
                    .all(|name| value.get(name.as_str().unwrap_or_default()).is_some())
            }),
            "properties" => {
                for (name, schema) in want.as_object().into_iter().flatten() {
                    if let Some(value) = value.get(name) {
                        check(schema, root, value, &format!("{at}.{name}"));
                    }
                }
                true
            }
            "additionalProperties" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    check(want, root, value, &format!("{at}.{name}"));
                }
                true
            }
            "items" => {
                for (nth, value) in value.as_array().into_iter().flatten().enumerate() {
                    check(want, root, value, &format!("{at}[{nth}]"));
                }
                true
            }
            "anyOf" => match value.is_null() {
                true => want
                    .as_array()
                    .is_some_and(|all| all.contains(&json!({ "type": "null" }))),
                false => {
                    check(&want[0], root, value, at);
                    true
                }
            },
            other => panic!("{at}: {other} is not checked"),
        };
        assert!(holds, "{at}: {keyword} {want} does not hold for {value}");
    }
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("no such type: {other}"),
    }
}

/// Cases of every label and end, mended and not, with everything or next to nothing in them.
fn cases() -> Vec<Case> {
    let cut = "有三个理由：\n\n1. 光更柔和。\n2. 颜色更浓，因为";
    let mut cases = Vec::new();
    for label in Label::ALL {
        for end in End::ALL.map(Some).into_iter().chain([None]) {
            for way in Way::ALL.map(Some).into_iter().chain([None]) {
                cases.push(case(label, end, way, cut));
            }
        }
    }
    cases.push(Case {
        id: "bare".into(),
        ..Case::default()
    });
    cases
}

fn case(label: Label, end: Option<End>, way: Option<Way>, cut: &str) -> Case {
    let usage = way.map(|_| Usage {
        input: 20,
        output: 30,
        ..Usage::default()
    });
    Case {
        id: Case::id_of(&ChatId("0190-ab".into()), 2),
        made: 1_764_000_000_000,
        provider: "api.example.com".into(),
        model: "m".into(),
        ask: Ask {
            model: "m".into(),
            system: "简短。".into(),
            turns: vec![Turn {
                role: Role::User,
                text: "下雨天怎么拍照？".into(),
            }],
            temperature: way.map(|_| 0.5),
            max_output: way.map(|_| 512),
        },
        end,
        end_raw: "stop".into(),
        usage,
        took: 1_900,
        cut: cut.into(),
        mended: way.map(|way| Mended {
            way,
            text: [cut, "水面会反光。\n3. 人更少。"].concat(),
            tries: 1,
            model: "m".into(),
            usage,
            took: 800,
        }),
        label,
        redacted: label == Label::Cut,
        ..Case::default()
    }
    .judged(&judge(End::Complete, cut, "给三个理由"))
}

#[test]
fn every_raw_line_keeps_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bad-case.schema.json");
    let schema = fs::read_to_string(path).unwrap_or_else(|error| panic!("{error}"));
    let schema: Value = serde_json::from_str(&schema).unwrap_or_else(|error| panic!("{error}"));
    for case in cases() {
        let value = line(&case, Format::Raw).unwrap_or_default();
        check(&schema, &schema, &value, "line");
    }
}

#[test]
fn every_other_line_has_the_shape_that_its_tools_read() {
    let is_text = |message: &Value, role: &str| {
        message["role"] == role
            && message["content"]
                .as_str()
                .is_some_and(|text| !text.trim().is_empty())
    };
    let names = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect()
    };
    for case in cases() {
        if let Some(value) = line(&case, Format::FineTuning) {
            let messages = value["messages"].as_array().cloned().unwrap_or_default();
            assert_eq!(names(&value), ["messages"]);
            assert!(messages.iter().any(|one| is_text(one, "user")));
            assert!(
                messages
                    .last()
                    .is_some_and(|last| is_text(last, "assistant"))
            );
        }
        if let Some(value) = line(&case, Format::OpenAiPairs) {
            assert_eq!(
                names(&value),
                ["input", "non_preferred_output", "preferred_output"]
            );
            let asked = value["input"]["messages"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            assert!(asked.last().is_some_and(|last| is_text(last, "user")));
            for name in ["preferred_output", "non_preferred_output"] {
                assert_eq!(value[name].as_array().map(Vec::len), Some(1), "{name}");
                assert!(is_text(&value[name][0], "assistant"), "{name}");
            }
            assert_ne!(value["preferred_output"], value["non_preferred_output"]);
        }
        if let Some(value) = line(&case, Format::TrlPairs) {
            assert_eq!(names(&value), ["chosen", "prompt", "rejected"]);
            assert!(
                is_text(&value["chosen"][0], "assistant")
                    && is_text(&value["rejected"][0], "assistant")
            );
        }
    }
}

#[test]
fn a_file_is_one_object_per_line() {
    for format in Format::ALL {
        let text = lines(&cases(), format);
        assert!(text.ends_with('\n'), "{format:?}");
        for line in text.lines() {
            let value: Value =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{format:?}: {error}"));
            assert!(value.is_object());
        }
    }
}
