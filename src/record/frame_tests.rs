#![allow(clippy::unwrap_used)]

use super::Row;
use super::frame::{LARGEST, Reason, Refusal, check, export, import, read, write};
use crate::guide::frames::{self, Cues, Frame, Need, Slot, Words};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// A sound file with one frame, changed at one place: a JSON pointer and what stands there.
fn file(pointer: &str, value: Value) -> String {
    let mut file = json!({ "viewfinder_frames": 1, "frames": [{
        "id": "my-frame", "name": { "zh": "我的", "en": "Mine" }, "kind": "write", "when": { "zh": ["周报"], "en": [] },
        "slots": [{ "id": "what", "name": { "zh": "做了什么" }, "need": "required", "hint": { "zh": "说说做了什么" },
            "cues": { "zh": ["完成", "@number"], "en": ["done"] }, "stub": { "zh": "，做了___" }, "memory": false }],
    }] });
    match pointer.rsplit_once('/') {
        Some((parent, name)) => match file.pointer_mut(parent).unwrap() {
            Value::Object(object) => drop(object.insert(name.into(), value)),
            Value::Array(list) => list.push(value),
            _ => panic!("{pointer}"),
        },
        None => file = value,
    }
    file.to_string()
}

fn refused(file: &str) -> Option<(&'static str, Option<usize>)> {
    import(file)
        .err()
        .map(|Refusal { reason, slot, .. }| (reason.name(), slot))
}

#[test]
fn a_sound_file_is_taken() {
    let frames = import(&file("/frames/0/id", json!("my-frame"))).unwrap();
    let slot = &frames[0].slots[0];
    assert_eq!(
        (frames[0].id.as_str(), slot.need, slot.memory),
        ("my-frame", Need::Required, false)
    );
    assert_eq!(slot.cues.zh, ["完成", "@number"]);
}

#[test]
fn a_broken_file_is_refused_with_its_reason() {
    let slot = "/frames/0/slots/0";
    let many = |count: usize| Value::from(vec!["词"; count]);
    let slots = |count: usize| -> Value {
        (0..count)
            .map(|nth| json!({ "id": format!("s{nth}"), "name": { "en": "x" } }))
            .collect()
    };
    let crowded: Value = (0..6)
        .map(|nth| json!({ "id": format!("s{nth}"), "name": { "en": "x" }, "cues": { "zh": many(50) } }))
        .collect();
    for (pointer, value, reason, in_slot) in [
        ("", json!([]), "not-frames", false),
        ("", json!({ "frames": [] }), "not-frames", false),
        ("/viewfinder_frames", json!(2), "newer", false),
        ("/frames", json!([]), "not-frames", false),
        ("/frames", json!("x"), "not-frames", false),
        (
            "/frames",
            Value::from(vec![json!({}); 101]),
            "too-many-frames",
            false,
        ),
        ("/frames", json!([1]), "wrong-type", false),
        ("/frames/0/id", json!(1), "wrong-type", false),
        ("/frames/0/id", json!(""), "bad-id", false),
        ("/frames/0/id", json!("../x"), "bad-id", false),
        ("/frames/0/id", json!("a".repeat(41)), "bad-id", false),
        ("/frames/0/id", json!("ask"), "same-id", false),
        ("/frames/0/name", json!("Mine"), "wrong-type", false),
        ("/frames/0/name", json!({}), "no-name", false),
        (
            "/frames/0/name",
            json!({ "zh": "长".repeat(41) }),
            "too-long",
            false,
        ),
        ("/frames/0/name", json!({ "en": "a\nb" }), "too-long", false),
        (
            "/frames/0/name",
            json!({ "en": "a\u{202E}b" }),
            "hidden",
            false,
        ),
        (
            "/frames/0/name",
            json!({ "en": "a\u{E0041}" }),
            "hidden",
            false,
        ),
        ("/frames/0/kind", json!("poem"), "unknown-kind", false),
        ("/frames/0/when", json!(["x"]), "wrong-type", false),
        ("/frames/0/slots", json!([]), "no-slots", false),
        ("/frames/0/slots", slots(13), "too-many-slots", false),
        ("/frames/0/slots", crowded, "too-many-cues", false),
        (&format!("{slot}/id"), json!("a b"), "bad-id", true),
        (&format!("{slot}/name"), json!({}), "no-name", true),
        (
            &format!("{slot}/hint"),
            json!({ "zh": "长".repeat(101) }),
            "too-long",
            true,
        ),
        (
            &format!("{slot}/stub"),
            json!({ "en": "\u{0}" }),
            "hidden",
            true,
        ),
        (
            &format!("{slot}/stub"),
            json!({ "en": 1 }),
            "wrong-type",
            true,
        ),
        (&format!("{slot}/memory"), json!("yes"), "wrong-type", true),
        (
            &format!("{slot}/cues"),
            json!({ "zh": [1] }),
            "wrong-type",
            true,
        ),
        (
            &format!("{slot}/cues"),
            json!({ "zh": many(61) }),
            "too-many-cues",
            true,
        ),
        (
            &format!("{slot}/cues"),
            json!({ "en": ["@nothing"] }),
            "unknown-detector",
            true,
        ),
        (
            &format!("{slot}/cues"),
            json!({ "zh": ["\u{200B}"] }),
            "hidden",
            true,
        ),
    ] {
        let in_slot = in_slot.then_some(0);
        assert_eq!(
            refused(&file(pointer, value.clone())),
            Some((reason, in_slot)),
            "{pointer} {value:.60}"
        );
    }
    assert_eq!(refused("{"), Some(("not-json", None)));
    assert_eq!(refused(&"[".repeat(10_000)), Some(("not-json", None)));
    assert_eq!(refused(&" ".repeat(LARGEST + 1)), Some(("too-large", None)));
    let twice = |pointer: &str| {
        let mut value: Value = serde_json::from_str(&file("/frames/0/id", json!("a"))).unwrap();
        let list = value.pointer_mut(pointer).unwrap().as_array_mut().unwrap();
        list.push(list[0].clone());
        value.to_string()
    };
    assert_eq!(refused(&twice("/frames")), Some(("same-id", None)));
    assert_eq!(
        refused(&twice("/frames/0/slots")),
        Some(("same-id", Some(1)))
    );
}

#[test]
fn built_in_frames_go_through_a_file_as_copies() {
    let copies = frames::built_in().iter().map(|frame| Frame {
        id: format!("my-{}", frame.id),
        ..frame.clone()
    });
    let copies: Vec<Frame> = copies.collect();
    assert_eq!(import(&export(&copies)), Ok(copies));
}

fn words() -> impl Strategy<Value = Words> {
    ("[a-z 字]{1,12}", "[a-z 字]{0,12}").prop_map(|(zh, en)| Words { zh, en })
}

fn cues() -> impl Strategy<Value = Cues> {
    let cue = || {
        vec(
            select(vec!["词", "two words", "@money", "x"]).prop_map(str::to_owned),
            0..4,
        )
    };
    (cue(), cue()).prop_map(|(zh, en)| Cues { zh, en })
}

prop_compose! {
    fn slot()(name in words(), need in select(vec![Need::Required, Need::Helpful]), hint in words(), cues in cues(), stub in words(), memory: bool) -> Slot {
        Slot { id: String::new(), name, need, hint, cues, stub, memory }
    }
}

prop_compose! {
    fn frame()(id in "[a-z0-9-]{1,20}", name in words(), kind in select(vec!["", "write", "plan"]), when in cues(), slots in vec(slot(), 1..12)) -> Frame {
        let number = |(nth, slot): (usize, Slot)| Slot { id: format!("slot-{nth}"), ..slot };
        Frame { id: format!("my-{id}"), name, kind: kind.into(), when, slots: slots.into_iter().enumerate().map(number).collect() }
    }
}

proptest! {
    #[test]
    fn a_frame_comes_back_as_it_was(frame in frame()) {
        prop_assert_eq!(check(&frame), Ok(()));
        prop_assert_eq!(read(&write(&frame, &Row::new())), frame.clone());
        prop_assert_eq!(import(&export(std::slice::from_ref(&frame))), Ok(vec![frame]));
    }

    #[test]
    fn a_newer_field_stays(frame in frame(), future in any::<i32>()) {
        let mut kept = Row::new();
        kept.insert("future".into(), future.into());
        prop_assert_eq!(&write(&frame, &kept)["future"], &Value::from(future));
    }

    #[test]
    fn any_text_is_taken_or_refused(text in "\\PC{0,80}", cut in 0usize..400) {
        prop_assert!(import(&text).is_err());
        let file = export(&frames::built_in()[..1]);
        let part: String = file.chars().take(cut).collect();
        prop_assert_eq!(import(&part).err().map(|refusal| refusal.reason), Some(Reason::NotJson));
    }

    #[test]
    fn whatever_is_taken_is_sound(id in "[a-z./ ]{0,5}", name in "\\PC{0,6}", hint in any::<String>(), cue in any::<String>(), need in any::<bool>()) {
        let mut file: Value = serde_json::from_str(&file("/frames/0/id", json!(id))).unwrap();
        file["frames"][0]["name"]["zh"] = name.into();
        file["frames"][0]["slots"][0]["hint"]["en"] = hint.into();
        file["frames"][0]["slots"][0]["cues"]["en"] = json!([cue]);
        file["frames"][0]["slots"][0]["need"] = json!(if need { "required" } else { "other" });
        for frame in import(&file.to_string()).unwrap_or_default() {
            prop_assert_eq!(check(&frame), Ok(()));
        }
    }
}
