//! What is done on the page's own thread, and how long it takes: hearing a message, choosing what goes with a question,
//! judging a reply, framing a text.

use leptos::prelude::window;
use viewfinder::guide::analyse;
use viewfinder::memory::{BUDGET, Book, Place, PrefId, Preference, heard, recall, topic};
use viewfinder::reply::End;
use viewfinder::watch::judge;
use wasm_bindgen_test::wasm_bindgen_test;

/// Runs of one thing: clocks of a page are coarse.
const RUNS: u32 = 20;
/// How much slower a build that is not optimised may be.
const SLACK: f64 = if cfg!(debug_assertions) { 25.0 } else { 1.0 };

/// Milliseconds of one run, the best of five rounds: the first ones also build tables and warm the browser's compiler,
/// and another program may have the processor.
fn ms(work: impl Fn()) -> f64 {
    let clock = window().performance().unwrap();
    let round = || {
        let began = clock.now();
        for _ in 0..RUNS {
            work();
        }
        (clock.now() - began) / f64::from(RUNS)
    };
    (0..5).map(|_| round()).fold(f64::INFINITY, f64::min)
}

#[wasm_bindgen_test]
fn a_message_is_heard_in_less_than_a_millisecond() {
    let lines = include_str!("../data/memory/intent.jsonl").lines();
    let texts = lines.filter_map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(row["text"].as_str()?.to_owned())
    });
    let texts: Vec<String> = texts.collect();
    assert!(texts.len() > 500);
    drop(heard(&texts[0], &[]));
    let mut took: Vec<f64> = (texts.iter())
        .map(|text| ms(|| drop(heard(text, &[]))))
        .collect();
    took.sort_by(f64::total_cmp);
    let at = |share: usize| took[(took.len() - 1) * share / 100];
    let figures = format!(
        "hearing {} messages: median {:.3} ms, 95th {:.3} ms",
        took.len(),
        at(50),
        at(95)
    );
    web_sys::console::log_1(&figures.as_str().into());
    assert!(at(95) < SLACK, "{figures}");
}

#[wasm_bindgen_test]
fn ten_thousand_preferences_are_recalled_in_five_milliseconds() {
    let things = ["咖啡", "小说", "雨天", "会议", "jazz", "running", "tea", ""];
    let prefs = (0..10_000).map(|nth: usize| {
        let topic = match things[nth % things.len()] {
            thing if thing.is_ascii() => format!("no{nth} {thing}"),
            thing => format!("第{nth}种{thing}"),
        };
        Preference {
            id: PrefId(format!("{nth:05}")),
            key: topic::key(&topic),
            topic,
            strength: if nth.is_multiple_of(3) { -1 } else { 1 },
            last_seen: nth as i64,
            ..Preference::default()
        }
    });
    let book = Book::new(prefs, [], []);
    for question in [
        "下雨天的周末，配咖啡看什么小说好？",
        "which tea goes with a quiet evening at home?",
    ] {
        let ask = || recall(&book, question, &Place::default(), BUDGET, 20_000);
        assert!(!ask().chosen.is_empty());
        let took = ms(|| drop(ask()));
        let figures = format!("recall over 10,000: {took:.2} ms");
        web_sys::console::log_1(&figures.as_str().into());
        assert!(took < 5.0 * SLACK, "{figures}");
    }
}

#[wasm_bindgen_test]
fn twenty_kilobytes_are_judged_in_a_millisecond() {
    let prose = "春天来了，小草从泥土里探出头来，柳树也绿了。".repeat(310);
    let list = "- **Demand-pull:** too much money chasing too few goods\n".repeat(360);
    for text in [prose, list] {
        let took = ms(|| drop(judge(End::Complete, &text, "写一篇作文")));
        let figures = format!("judging {} bytes: {took:.2} ms", text.len());
        web_sys::console::log_1(&figures.as_str().into());
        assert!(took < SLACK, "{figures}");
    }
}

#[wasm_bindgen_test]
fn two_thousand_characters_are_framed_in_a_millisecond() {
    let zh = "帮我写一篇关于城市里的雨的文案，给年轻人看，语气轻松一些，大概三百字，发在小红书上。";
    let en = "Write a blog post about rain in cities for young readers, casual, about 300 words. ";
    for line in [zh, en] {
        let text: String = line.chars().cycle().take(2_000).collect();
        let took = ms(|| drop(analyse(&text, |_, _| false)));
        let figures = format!("framing 2,000 characters: {took:.2} ms");
        web_sys::console::log_1(&figures.as_str().into());
        // Without optimisation loops over characters suffer most.
        let most = if cfg!(debug_assertions) { 100.0 } else { 1.0 };
        assert!(took < most, "{figures}");
    }
}
