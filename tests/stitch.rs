//! Joining on labelled replies: the rest as models give it makes the whole again, and another answer is told from a rest.
#![cfg(not(target_arch = "wasm32"))]

mod labelled;

use labelled::{Tally, replies};
use serde_json::Value;
use std::collections::HashMap;
use viewfinder::watch::stitch::{Mode, join};

/// A reply that was cut, and what followed.
struct Cut {
    family: String,
    lang: String,
    first: String,
    rest: String,
}

/// The cut replies whose whole is known.
fn cuts(file: &str) -> Vec<Cut> {
    let rows = replies(file);
    let part = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let of = |label: &str| {
        let label = label.to_owned();
        rows.iter().filter(move |row| row["label"] == label)
    };
    let mut all = Vec::new();
    for row in of("cut") {
        let (family, first) = (part(row, "family"), part(row, "text"));
        let mut wholes = of("complete").filter(|whole| whole["family"] == row["family"]);
        let rest = wholes.find_map(|whole| {
            let text = part(whole, "text");
            text.strip_prefix(&first).map(str::to_owned)
        });
        if let Some(rest) = rest.filter(|rest| !rest.trim().is_empty()) {
            let lang = part(row, "lang");
            all.push(Cut {
                family,
                lang,
                first,
                rest,
            });
        }
    }
    all
}

/// Some `most` characters at the end, from the beginning of a word.
fn tail(text: &str, most: usize) -> &str {
    let start = text.char_indices().rev().nth(most.saturating_sub(1));
    let tail = start.map_or(text, |(at, _)| &text[at..]);
    let in_word = |c: char| c.is_ascii_alphanumeric();
    let mid_word = text[..text.len() - tail.len()].ends_with(in_word);
    match mid_word {
        true => tail.trim_start_matches(in_word),
        false => tail,
    }
}

/// The last line, and the one that opened the block of code that is open.
fn reopened(first: &str) -> Option<String> {
    let open = first
        .rfind("```")
        .filter(|_| first.matches("```").count() % 2 == 1)?;
    let fence = first[open..].lines().next()?;
    let last = first.rsplit('\n').next()?;
    (fence.len() > 3 && !last.trim().is_empty()).then(|| format!("{fence}\n{last}"))
}

/// The rest in the ways in which models give it.
fn ways(cut: &Cut) -> Vec<(&'static str, Mode, String)> {
    let Cut { first, rest, .. } = cut;
    let mut all = vec![
        ("prefill", Mode::Prefill, rest.clone()),
        ("plain", Mode::Asked, rest.clone()),
    ];
    for (name, back) in [("a little again", 16), ("a line again", 40)] {
        all.push((name, Mode::Asked, [tail(first, back), rest].concat()));
    }
    let intro = match cut.lang.as_str() {
        "zh" => "好的，接着上文继续：\n\n",
        _ => "Sure, here is the rest:\n\n",
    };
    all.push((
        "introduced",
        Mode::Asked,
        [intro, tail(first, 20), rest].concat(),
    ));
    if let Some(again) = reopened(first) {
        all.push(("fence again", Mode::Asked, [again.as_str(), rest].concat()));
    }
    all
}

/// How often the whole comes out, by the way in which the rest was given. White space at the seam is not counted.
fn wholes(file: &str) -> (HashMap<&'static str, Tally>, Tally) {
    let (mut by_way, mut branches) = (HashMap::new(), Tally::default());
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    for cut in cuts(file) {
        let whole = [cut.first.as_str(), &cut.rest].concat();
        for (way, mode, second) in ways(&cut) {
            let (text, seam) = join(&cut.first, &second, mode);
            assert!(
                text.starts_with(&cut.first),
                "the first part is touched: {text}"
            );
            let same = plain(&text) == plain(&whole);
            if !same {
                let at = cut.first.len() - tail(&cut.first, 12).len();
                let seam: String = text[at..].chars().take(40).collect();
                println!("{file} {way}: {}: {seam:?}", cut.family);
            }
            by_way.entry(way).or_insert_with(Tally::default).add(same);
            branches.add(seam.restarted && text == cut.first);
        }
    }
    (by_way, branches)
}

/// How often another answer is told from a rest.
fn others(file: &str, lang: &str) -> Tally {
    let cuts = cuts(file);
    let mut found = Tally::default();
    for other in replies("over.jsonl")
        .iter()
        .filter(|other| other["lang"] == lang)
    {
        let text = other["text"].as_str().unwrap_or_default();
        let of = cuts
            .iter()
            .filter(|cut| other["family"] == cut.family.as_str());
        // Of a beginning of a few words there is nothing to begin again.
        for cut in of.filter(|cut| cut.first.len() > 100) {
            for mode in [Mode::Asked, Mode::Prefill] {
                let (joined, seam) = join(&cut.first, text, mode);
                found.add(seam.restarted && joined == cut.first);
            }
        }
    }
    found
}

/// Holds joining to its figure in every way; a rest is hardly ever taken for another answer.
fn check_wholes(file: &str, least: f64) {
    let (by_way, branches) = wholes(file);
    let mut ways: Vec<_> = by_way.iter().collect();
    ways.sort_by_key(|(way, _)| **way);
    for (way, tally) in ways {
        println!("{file} {way}: whole {:.3} of {}", tally.share(), tally.all);
        assert!(tally.share() >= least, "{file} {way}: {:.3}", tally.share());
    }
    println!(
        "{file}: a rest taken for another answer {:.3} of {}",
        branches.share(),
        branches.all
    );
    assert!(
        branches.all >= 100 && branches.share() <= 0.01,
        "{file}: {:.3}",
        branches.share()
    );
}

fn check_others(file: &str, least: f64) {
    for lang in ["zh", "en"] {
        let found = others(file, lang);
        println!(
            "{file} {lang}: another answer told {:.3} of {}",
            found.share(),
            found.all
        );
        assert!(
            found.all >= 20 && found.share() >= least,
            "{file} {lang}: {:.3}",
            found.share()
        );
    }
}

#[test]
fn what_was_tuned_on() {
    check_wholes("tune.jsonl", 0.9);
    check_others("tune.jsonl", 0.75);
}

#[test]
fn what_was_held_back() {
    check_wholes("hold.jsonl", 0.9);
    check_others("hold.jsonl", 0.75);
}

#[test]
fn what_another_hand_wrote() {
    check_wholes("replies.jsonl", 0.9);
}
