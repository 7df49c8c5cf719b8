//! The input frame on its data, on any text, and against the clock.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used)]

use proptest::prelude::*;
use serde_json::Value;
use std::time::{Duration, Instant};
use viewfinder::guide::fit::{choose, fit};
use viewfinder::guide::frames::{self, built_in};
use viewfinder::guide::known::Known;
use viewfinder::guide::look::{With, look};
use viewfinder::guide::{Fit, Kind, analyse, analyse_as};

fn read(text: &str) -> Fit {
    analyse(text, |_, _| false)
}

/// What is counted over the lines of a file.
#[derive(Default)]
struct Score {
    lines: f64,
    right: f64,
    silent: f64,
    false_hints: f64,
    covered: f64,
    wrong: f64,
    missed: f64,
}

impl Score {
    fn of(file: &str) -> Self {
        let path = format!(
            "{}/tests/data/guide/{file}.jsonl",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(path).expect("the data is there");
        let mut score = Score::default();
        for line in text.lines() {
            score.add(&serde_json::from_str(line).expect("a line of JSON"));
        }
        score
    }

    /// As the figures are defined: on lines of another kind all slots are missed and none is wrong.
    fn add(&mut self, line: &Value) {
        let fit = read(line["text"].as_str().expect("a text"));
        let kind = Kind::from_id(line["frame"].as_str().expect("a frame"));
        self.lines += 1.0;
        self.right += f64::from(u8::from(fit.kind == kind));
        let Some(kind) = kind else {
            self.silent += 1.0;
            self.false_hints += f64::from(u8::from(fit.kind.is_some()));
            return;
        };
        let gold: Vec<&str> = line["filled"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let found: Vec<&str> = fit
            .filled
            .iter()
            .map(|filled| kind.slots().get(filled.slot).copied().unwrap_or_default())
            .collect();
        let both = if fit.kind == Some(kind) {
            found.iter().filter(|slot| gold.contains(slot)).count()
        } else {
            0
        };
        self.covered += both as f64;
        self.missed += (gold.len() - both) as f64;
        self.wrong += if fit.kind == Some(kind) {
            (found.len() - both) as f64
        } else {
            0.0
        };
    }

    fn accuracy(&self) -> f64 {
        self.right / self.lines
    }

    fn f1(&self) -> f64 {
        2.0 * self.covered / (2.0 * self.covered + self.wrong + self.missed)
    }

    fn hints(&self) -> f64 {
        self.false_hints / self.silent
    }
}

/// The promises, on lines that the model was not fitted to.
#[test]
fn frames_and_slots_are_found_on_other_lines() {
    for (file, accuracy, f1, hints) in [("dev", 0.85, 0.80, 0.05), ("holdout", 0.85, 0.80, 0.05)] {
        let score = Score::of(file);
        let figures = format!(
            "{file}: accuracy {:.3}, F1 {:.3}, hints {:.3}",
            score.accuracy(),
            score.f1(),
            score.hints()
        );
        println!("{figures}");
        assert!(
            score.accuracy() >= accuracy && score.f1() >= f1 && score.hints() <= hints,
            "{figures}"
        );
    }
}

/// A text, its kind, and for slots the words that they must be found at.
#[test]
fn slots_are_found_where_they_stand() {
    for (text, kind, slots) in [
        (
            "翻译成法语：今晚的演出取消了",
            Kind::Translate,
            &[("text", "今晚的演出取消了"), ("target", "法语")][..],
        ),
        (
            "how do you say \"keep the change\" in Polish",
            Kind::Translate,
            &[("text", "\"keep the change\""), ("target", "Polish")],
        ),
        (
            "fix this, it returns 2 but should return 3:\nfn f() -> i32 { return 2; }",
            Kind::Code,
            &[
                ("code", "fn f() -> i32 { return 2; }"),
                ("behaviour", "it returns 2 but should return 3"),
            ],
        ),
        (
            "去成都玩四天，预算两千，不想爬山",
            Kind::Plan,
            &[
                ("time", "四天"),
                ("resources", "预算两千"),
                ("limits", "不想爬山"),
            ],
        ),
        (
            "I'm vegan, what can I cook with lentils? as a list",
            Kind::Ask,
            &[("form", "list")],
        ),
    ] {
        let fit = read(text);
        assert_eq!(fit.kind, Some(kind), "{text}");
        for (id, words) in slots {
            let slot = kind.slot(id).expect("a slot of the kind");
            let place = fit
                .filled
                .iter()
                .find(|filled| filled.slot == slot)
                .map(|filled| &text[filled.range.clone()]);
            assert!(place == Some(*words), "{text}: {id} at {place:?}");
        }
    }
}

#[test]
fn memory_and_stubs_count_as_they_should() {
    let asks = |text: &str, known: &[&str]| {
        let fit = analyse(text, |kind, slot| known.contains(&kind.slots()[slot]));
        fit.kind.and_then(|kind| Some(kind.slots()[fit.hint?]))
    };
    assert_eq!(asks("推荐几本小说", &[]), Some("background"));
    assert_eq!(asks("推荐几本小说", &["background"]), None);
    assert_eq!(asks("translate to french", &[]), Some("text"));
    let covers = |text: &str, slot: &str| {
        let fit = analyse_as(Kind::Ask, text, |_, _| false);
        fit.filled
            .iter()
            .any(|filled| Kind::Ask.slots()[filled.slot] == slot)
    };
    assert!(covers("why do leaves turn red, as a table", "form"));
    assert!(!covers("why do leaves turn red, as a table ___", "form"));
}

#[test]
fn frames_of_the_gallery_are_chosen_and_filled() {
    for (text, frame, filled, hint) in [
        (
            "写一篇小红书笔记：上周在上海淘到一台旧相机，给第一次玩胶片的人看",
            "xiaohongshu",
            &["search", "story"][..],
            Some("tone"),
        ),
        (
            "写一份商品描述，保温杯，容量500ml，送长辈",
            "product-description",
            &["product", "buyer"],
            Some("points"),
        ),
        (
            "write an instagram caption for a photo of my dog",
            "instagram",
            &["picture"],
            Some("story"),
        ),
    ] {
        let read = read(text);
        let chosen = choose(&read, text, &built_in()[Kind::ALL.len()..]);
        assert_eq!(chosen.map(|frame| frame.id.as_str()), Some(frame), "{text}");
        let frame = frames::find(frame).expect("a built-in frame");
        let fit = fit(frame, text, |_| false);
        let ids: Vec<&str> = fit
            .filled
            .iter()
            .map(|filled| frame.slots[filled.slot].id.as_str())
            .collect();
        for id in filled {
            assert!(ids.contains(id), "{text}: {id} is not in {ids:?}");
        }
        assert_eq!(
            fit.hint.map(|slot| frame.slots[slot].id.as_str()),
            hint,
            "{text}: {ids:?}"
        );
    }
    assert!(
        choose(
            &read("谢谢，小红书笔记写得真好"),
            "谢谢，小红书笔记写得真好",
            built_in()
        )
        .is_none()
    );
}

/// Texts that look like what people type, and some that nobody does.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "帮我",
        "写",
        "翻译成",
        "英语",
        "计划",
        "还是",
        "代码",
        "```",
        "\n",
        "：",
        ": ",
        "“",
        "”",
        "\"",
        "'",
        "，",
        "。",
        "?",
        "don't",
        "plan",
        "should i",
        " or ",
        "3天",
        "$40",
        "£",
        "___",
        "🙂",
        "é",
        "ﬁ",
        "İ",
        "\u{202E}",
        "Ａ",
        "\t",
        "  ",
        "error: ",
        "fn x() {",
        "总结",
        "tldr",
        "summarise",
        "字",
        "12:30",
    ]);
    prop_oneof![
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat()),
        any::<String>(),
        prop::collection::vec(any::<char>(), 0..60).prop_map(|chars| chars.into_iter().collect()),
    ]
}

proptest! {
    // Each text goes through every frame.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_text_is_read(text in texts()) {
        let read = read(&text);
        let slots = read.kind.map_or(0, |kind| kind.slots().len());
        let frames = built_in().iter().map(|frame| (frame.slots.len(), fit(frame, &text, |_| false)));
        for (slots, fit) in frames.chain([(slots, read)]) {
            prop_assert!(fit.hint.is_none_or(|hint| hint < slots && fit.filled.iter().all(|filled| filled.slot != hint)));
            for filled in &fit.filled {
                prop_assert!(filled.slot < slots && text.get(filled.range.clone()).is_some(), "{:?}", filled);
            }
            prop_assert!(fit.filled.is_sorted_by(|a, b| a.slot < b.slot));
        }
    }
}

/// A text of so many characters made by repeating one.
fn long(piece: &str, chars: usize) -> String {
    piece.chars().cycle().take(chars).collect()
}

/// The least of several runs, so that a busy machine does not decide.
fn least(mut run: impl FnMut()) -> Duration {
    let times = (0..15).map(|_| {
        #[allow(clippy::disallowed_methods)]
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

const PIECES: [&str; 6] = [
    "帮我把下面这段话翻译成英文，语气正式一点，三天内要用，预算五百块。",
    "please plan a 3 day trip to Rome in may for 2 adults, budget $900, no museums. ",
    "1 2 3 4 5 6 7 8 9 0 ",
    "\"quote 'inside' \"",
    "let x = foo(1);\n",
    "一二三四五六七八九十百千",
];

/// Debug builds are many times slower, so the promise itself is checked by `cargo test --release`.
#[test]
fn a_keystroke_in_two_thousand_characters_is_cheap() {
    let limit = Duration::from_micros(if cfg!(debug_assertions) {
        100_000
    } else {
        1_000
    });
    for piece in PIECES {
        let text = long(piece, 2_000);
        let time = least(|| drop(read(&text)));
        println!("{time:?} {piece:?}");
        assert!(time < limit, "{time:?} for {piece:?}");
    }
}

/// All that the composer does with a key: the kind of request, the frame among those of the gallery, its slots.
#[test]
fn a_look_at_two_thousand_characters_is_cheap() {
    let limit = Duration::from_micros(if cfg!(debug_assertions) {
        100_000
    } else {
        1_000
    });
    let known = Known::default();
    for (piece, pinned) in [
        (
            "给第一次玩胶片的人写一篇小红书笔记，上周在上海淘到一台相机，",
            None,
        ),
        (
            "write an seo article about rain for beginners, keyword petrichor, ",
            None,
        ),
        ("给新品写条广告，主打五分钟，", Some("product-description")),
    ] {
        let text = long(piece, 2_000);
        let with = With {
            pinned: pinned.and_then(frames::find),
            own: &[],
            known: &known,
            put_in: &[],
        };
        let time = least(|| drop(look(&text, &with)));
        let plain = least(|| drop(read(&text)));
        println!("{time:?}, the kind alone {plain:?} {piece:?}");
        assert!(time < limit, "{time:?} for {piece:?}");
    }
}

/// Sixteen times the text takes no more than about sixteen times the time; long texts are read at both ends only.
#[test]
fn the_time_grows_with_the_text_and_then_no_more() {
    for piece in PIECES {
        let time = |chars: usize| {
            let text = long(piece, chars);
            least(|| drop(read(&text))).as_secs_f64()
        };
        let (short, middle, huge, vast) = (time(100), time(1_600), time(20_000), time(200_000));
        assert!(
            middle < short * 16.0 * 4.0 + 0.002,
            "{piece:?}: {short} {middle}"
        );
        assert!(vast < huge * 4.0 + 0.002, "{piece:?}: {huge} {vast}");
    }
}
