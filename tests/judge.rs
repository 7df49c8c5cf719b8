//! The judge on labelled replies, and its speed.
#![cfg(not(target_arch = "wasm32"))]

mod labelled;

use labelled::{Tally, replies};
use std::time::Duration;
use viewfinder::reply::End;
use viewfinder::watch::judge;

/// Holds the judge to its figures in each language; `recall` and `alarms` are the borders.
fn check(file: &str, recall: f64, alarms: f64) {
    for lang in ["zh", "en"] {
        let (mut found, mut false_alarms) = (Tally::default(), Tally::default());
        for reply in replies(file).iter().filter(|reply| reply["lang"] == lang) {
            let part = |name: &str| reply[name].as_str().unwrap_or_default();
            let cut = judge(End::Complete, part("text"), part("prompt")).is_cut();
            match (part("label"), part("evidence")) {
                ("cut", "strong") => found.add(cut),
                ("complete", _) => false_alarms.add(cut),
                _ => {}
            }
        }
        println!(
            "{file} {lang}: recall {:.3}, false alarms {:.3}",
            found.share(),
            false_alarms.share()
        );
        assert!(found.all >= 10 && false_alarms.all >= 10, "{file} has both");
        assert!(
            found.share() >= recall,
            "{file} {lang}: recall {:.3}",
            found.share()
        );
        assert!(
            false_alarms.share() <= alarms,
            "{file} {lang}: false alarms {:.3}",
            false_alarms.share()
        );
    }
}

#[test]
fn figures() {
    for file in ["replies.jsonl", "tune.jsonl", "hold.jsonl", "more.jsonl"] {
        check(file, 0.92, 0.05);
    }
}

/// 20 KB in less than a millisecond; without optimisation, and on a busy machine, more.
#[test]
fn speed() {
    let texts: Vec<String> = replies("replies.jsonl")
        .iter()
        .filter(|reply| reply["label"] == "complete")
        .map(|reply| reply["text"].as_str().unwrap_or_default().to_owned())
        .collect();
    let mixed: String = texts.join("\n\n").chars().cycle().take(9000).collect();
    let prose = "春天来了，小草从泥土里探出头来，柳树也绿了".repeat(350);
    let list = "- **Demand-pull:** too much money chasing too few goods\n".repeat(360);
    let brackets = "(".repeat(20_000);
    let ticks = "`a ``b ".repeat(2900);
    let stars = "$a **b ".repeat(2900);
    let most = Duration::from_millis(if cfg!(debug_assertions) { 200 } else { 1 });
    for (name, text) in [
        ("mixed", mixed),
        ("prose", prose),
        ("list", list),
        ("brackets", brackets),
        ("ticks", ticks),
        ("stars", stars),
    ] {
        let best = (0..20)
            .map(|_| time(|| drop(judge(End::Complete, &text, "写一篇作文"))))
            .min();
        let best = best.unwrap_or_default();
        println!("{name}: {} bytes in {best:?}", text.len());
        assert!(best < most, "{name}: {best:?}");
    }
}

#[allow(clippy::disallowed_methods)]
fn time(work: impl FnOnce()) -> Duration {
    let start = std::time::Instant::now();
    work();
    start.elapsed()
}
