//! Opening long conversations, typing there, and switching between short ones: P7, P8, P11.

use super::figure::{Figure, Promise, Unit};
use super::lab::{Both, Lab, SIDES, Side, Site};
use super::options::Options;
use crate::webdriver::Outcome;
use serde_json::json;
use std::time::Duration;

/// Conversations of the database, by number, with their messages.
const LONG: [(u32, u32, &str); 2] = [(1, 1000, "1,000"), (2, 10_000, "10,000")];
/// Messages of a short conversation.
const SHORT: u32 = 20;
/// Short conversations that are switched between.
const SWITCHED: std::ops::Range<u32> = 0..4;
/// Keys that are typed for a sample, and the time between two of them.
const KEYS: u32 = 30;
const KEY_GAP: Duration = Duration::from_millis(50);

/// P7 and P8: opening and typing in conversations of 1,000 and 10,000 messages.
///
/// # Errors
/// What could not be measured.
pub fn long(lab: &Lab, options: &Options) -> Outcome<Vec<Figure>> {
    let sites = Both::of(|side| {
        let site = fresh(lab, side)?;
        for (chat, messages, _) in LONG {
            seed(&site, chat, chat + 1, messages)?;
        }
        site.open("#/").map(|()| site)
    })?;
    let mut figures = Vec::new();
    for ((chat, messages, name), floor_then) in LONG.into_iter().zip([21.0, 27.0]) {
        let mut opened = Both::<Vec<f64>>::default();
        let mut typed = Both::<Vec<f64>>::default();
        // A key costs little, and what else the machine does is as much: the middle of three is not steady.
        for _ in 0..options.times(7) {
            for side in SIDES {
                let site = sites.get(side);
                site.open("#/")?;
                // The first time compiles; a person opens more than one.
                go(site, chat, messages)?;
                site.call("__bench.leave", &[])?;
                opened.get_mut(side).push(go(site, chat, messages)?);
                if options.wants("P8") {
                    typed.get_mut(side).push(per_key(site)?);
                }
            }
        }
        figures.push(Figure {
            id: "P7",
            what: format!("opening {name} messages"),
            unit: Unit::Ms,
            promise: Promise::AtMost(60.0, Some(floor_then)),
            floor: opened.floor,
            app: opened.app,
        });
        figures.push(Figure {
            id: "P8",
            what: format!("typing at {name} messages: CPU per key"),
            unit: Unit::Ms,
            promise: Promise::AtMost(4.5, Some(3.6)),
            floor: typed.floor,
            app: typed.app,
        });
    }
    figures.retain(|figure| !figure.app.is_empty());
    Ok(figures)
}

/// P11: switching between conversations of 20 messages.
///
/// # Errors
/// What could not be measured.
pub fn switch(lab: &Lab, options: &Options) -> Outcome<Vec<Figure>> {
    let sites = Both::of(|side| {
        let site = fresh(lab, side)?;
        seed(&site, SWITCHED.start, SWITCHED.end, SHORT)?;
        site.open("#/").map(|()| site)
    })?;
    let mut samples = Both::<Vec<f64>>::default();
    for _ in 0..options.times(3) {
        for side in SIDES {
            let site = sites.get(side);
            site.open("#/")?;
            for round in 0..2 {
                for chat in SWITCHED {
                    let ms = go(site, chat, SHORT)?;
                    // The first round compiles.
                    if round > 0 {
                        samples.get_mut(side).push(ms);
                    }
                }
            }
        }
    }
    Ok(vec![Figure {
        id: "P11",
        what: "switching between conversations of 20".to_owned(),
        unit: Unit::Ms,
        promise: Promise::AtMost(35.0, Some(22.0)),
        floor: samples.floor,
        app: samples.app,
    }])
}

/// A page that has been opened once, so that its database is there.
fn fresh(lab: &Lab, side: Side) -> Outcome<Site> {
    let site = lab.site(side)?;
    site.open("#/").map(|()| site)
}

fn seed(site: &Site, from: u32, to: u32, messages: u32) -> Outcome<()> {
    let given = [
        json!(site.side.database()),
        json!(from),
        json!(to),
        json!(messages),
    ];
    site.call("__seed.chats", &given).map(drop)
}

/// Goes to a conversation; milliseconds until its last message is painted.
fn go(site: &Site, chat: u32, messages: u32) -> Outcome<f64> {
    let id = site.call("__seed.id", &[json!(chat)])?;
    let hash = format!("#/c/{}", id.as_str().unwrap_or_default());
    let last = format!("end of {chat}.");
    site.number("__bench.open", &[json!(hash), json!(messages), json!(last)])
}

/// CPU of a key, as a person types: each in a frame of its own, with all that follows it.
fn per_key(site: &Site) -> Outcome<f64> {
    site.call("__bench.focus", &[])?;
    site.call("__bench.rest", &[json!(300)])?;
    let before = site.cpu()?;
    for _ in 0..KEYS {
        for kind in ["keyDown", "keyUp"] {
            let mut event =
                json!({ "type": kind, "key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65 });
            if kind == "keyDown" {
                event["text"] = json!("a");
            }
            site.session.cdp("Input.dispatchKeyEvent", &event)?;
        }
        std::thread::sleep(KEY_GAP);
    }
    let cpu = site.cpu()? - before;
    site.call("__bench.clear", &[])?;
    Ok(cpu / f64::from(KEYS))
}
