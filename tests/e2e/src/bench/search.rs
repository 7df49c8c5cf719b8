//! Full-text search over 100,000 messages: P10.

use super::figure::{Figure, Promise, Unit};
use super::lab::{Both, Lab, SIDES, Site};
use super::options::Options;
use crate::webdriver::Outcome;
use serde_json::json;

/// Messages of a conversation.
const EACH: u32 = 100;
/// Conversations that are written at a time.
const BATCH: usize = 100;
/// What is searched for: often, sometimes, once; Han, Latin, part of a word.
const QUERIES: [&str; 7] = [
    "灯塔", "harbour", "shutt", "ref4821", "ref9000", "快门", "silver",
];

/// P10: from the input to the first painted hit, once the messages have been read.
///
/// # Errors
/// What could not be measured.
pub fn first_hits(lab: &Lab, options: &Options) -> Outcome<Vec<Figure>> {
    let chats: u32 = if options.quick { 100 } else { 1000 };
    let mut first = Both::<Vec<f64>>::default();
    let mut later = Both::<Vec<f64>>::default();
    for side in SIDES {
        let site = lab.site(side)?;
        site.open("#/")?;
        fill(&site, chats)?;
        site.open("#/")?;
        let query = |words: &str| site.number("__bench.search", &[json!(words)]);
        first.get_mut(side).push(query("lantern")?);
        // Reading goes on after the first hits.
        site.call("__bench.rest", &[json!(500)])?;
        query("paper")?;
        for words in QUERIES {
            later.get_mut(side).push(query(words)?);
        }
    }
    let messages = if options.quick { "10,000" } else { "100,000" };
    let row = |what: &str, promise, samples: Both<Vec<f64>>| Figure {
        id: "P10",
        what: format!("search over {messages} messages: {what}"),
        unit: Unit::Ms,
        promise,
        floor: samples.floor,
        app: samples.app,
    };
    Ok(vec![
        row("first hits", Promise::AtMost(50.0, Some(15.0)), later),
        row("the first use", Promise::Nothing, first),
    ])
}

fn fill(site: &Site, chats: u32) -> Outcome<()> {
    for from in (0..chats).step_by(BATCH) {
        let to = (from + BATCH as u32).min(chats);
        let given = [
            json!(site.side.database()),
            json!(from),
            json!(to),
            json!(EACH),
        ];
        site.call("__seed.chats", &given)?;
    }
    Ok(())
}
