//! Starts: the bytes of the first load, an empty page cold and warm, and with many conversations: P1, P2, P3, P9.

use super::figure::{Figure, Promise, Unit};
use super::lab::{Both, Lab, SIDES, Side, Site, loads};
use super::options::Options;
use crate::webdriver::Outcome;
use serde_json::{Value, json};

/// A slow phone in a slow network: the processor four times slower, 1.6 Mbit/s, 150 ms for every request.
const SLOW: Pace = Pace {
    slower: 4,
    network: Some((200_000, 150)),
};
/// The machine as it is.
const FULL: Pace = Pace {
    slower: 1,
    network: None,
};

/// How fast processor and network are.
#[derive(Clone, Copy)]
struct Pace {
    slower: u32,
    /// Bytes per second, and milliseconds that a request takes longer.
    network: Option<(u32, u32)>,
}

/// P1: what a browser loads before it can show a first reply, compressed.
///
/// # Errors
/// Where the page cannot be read.
pub fn bytes(lab: &Lab, _: &Options) -> Outcome<Vec<Figure>> {
    let loaded = Both::of(|side| first_load(lab, side))?;
    Ok(vec![Figure {
        id: "P1",
        what: "first load, Brotli".to_owned(),
        unit: Unit::Kb,
        promise: Promise::AtMost(300.0, None),
        floor: vec![loaded.floor],
        app: vec![loaded.app],
    }])
}

/// P2 and P3: when the composer can be used, and when the program is live.
///
/// # Errors
/// What could not be measured.
pub fn empty(lab: &Lab, options: &Options) -> Outcome<Vec<Figure>> {
    let times = options.times(5);
    let mut figures = Vec::new();
    if options.wants("P2") {
        let marks = cold(lab, SLOW, options.times(3))?;
        figures.extend(pair(
            "P2",
            "cold, slow",
            &marks,
            [
                Promise::AtMost(600.0, Some(310.0)),
                Promise::AtMost(2500.0, None),
            ],
        ));
    }
    if options.wants("P3") {
        let marks = cold(lab, FULL, times)?;
        figures.extend(pair(
            "P3",
            "cold",
            &marks,
            [Promise::AtMost(150.0, Some(49.0)), Promise::Nothing],
        ));
        let marks = warm(lab, times)?;
        figures.extend(pair(
            "P3",
            "warm",
            &marks,
            [Promise::AtMost(100.0, Some(58.0)), Promise::Nothing],
        ));
    }
    Ok(figures)
}

/// P9: 1,000 and 10,000 conversations of two messages.
///
/// # Errors
/// What could not be measured.
pub fn stored(lab: &Lab, options: &Options) -> Outcome<Vec<Figure>> {
    let sites = Both::of(|side| {
        let site = lab.site(side)?;
        site.open("#/").map(|()| site)
    })?;
    let mut figures = Vec::new();
    let mut from = 0;
    for (many, name) in [(1000, "1,000"), (10_000, "10,000")] {
        let mut samples = Both::<[Vec<f64>; 3]>::default();
        for side in SIDES {
            let given = [json!(side.database()), json!(from), json!(many), json!(2)];
            sites.get(side).open("#/")?;
            sites.get(side).call("__seed.chats", &given)?;
        }
        for _ in 0..options.times(3) {
            for side in SIDES {
                for (into, value) in samples
                    .get_mut(side)
                    .iter_mut()
                    .zip(reload(sites.get(side))?)
                {
                    into.push(value);
                }
            }
        }
        from = many;
        let rows = [
            ("list shown", Unit::Ms, Promise::AtMost(200.0, Some(121.0))),
            (
                "CPU of the start",
                Unit::Ms,
                Promise::AtMost(150.0, Some(65.0)),
            ),
            ("JS heap", Unit::Mb, Promise::AtMost(5.0, None)),
        ];
        figures.extend(
            rows.into_iter()
                .enumerate()
                .map(|(at, (what, unit, promise))| Figure {
                    id: "P9",
                    what: format!("{name} conversations: {what}"),
                    unit,
                    promise,
                    floor: samples.floor[at].clone(),
                    app: samples.app[at].clone(),
                }),
        );
    }
    Ok(figures)
}

/// Milliseconds until the list is shown, of CPU, and megabytes of objects.
fn reload(site: &Site) -> Outcome<[f64; 3]> {
    site.open("#/")?;
    site.session.reload()?;
    let listed = site.number("__bench.listed", &[])?;
    // The browser counts anew for every document.
    let cpu = site.cpu()?;
    Ok([listed, cpu, site.heap()? / f64::from(1 << 20)])
}

/// Times of the composer and of the live program, a sample per start.
type Marks = Both<[Vec<f64>; 2]>;

fn pair(id: &'static str, how: &str, marks: &Marks, promises: [Promise; 2]) -> Vec<Figure> {
    let names = ["composer can be used", "everything live"];
    let rows = names.iter().zip(promises).enumerate();
    rows.map(|(at, (name, promise))| Figure {
        id,
        what: format!("{how}: {name}"),
        unit: Unit::Ms,
        promise,
        floor: marks.floor[at].clone(),
        app: marks.app[at].clone(),
    })
    .collect()
}

/// Starts on origins that the browser has never seen.
fn cold(lab: &Lab, pace: Pace, times: usize) -> Outcome<Marks> {
    let mut marks = Marks::default();
    for _ in 0..times {
        for side in SIDES {
            let site = lab.site(side)?;
            site.session.goto("about:blank")?;
            set_pace(&site, pace)?;
            let opened = site.open("#/");
            set_pace(&site, FULL)?;
            opened?;
            note(&site, marks.get_mut(side))?;
        }
    }
    Ok(marks)
}

/// Starts on an origin where the page has been before.
fn warm(lab: &Lab, times: usize) -> Outcome<Marks> {
    let sites = Both::of(|side| {
        let site = lab.site(side)?;
        site.open("#/")?;
        site.call("__bench.kept", &[])?;
        site.open("#/").map(|()| site)
    })?;
    let mut marks = Marks::default();
    for _ in 0..times {
        for side in SIDES {
            sites.get(side).open("#/")?;
            note(sites.get(side), marks.get_mut(side))?;
        }
    }
    Ok(marks)
}

fn note(site: &Site, into: &mut [Vec<f64>; 2]) -> Outcome<()> {
    let marks = site.session.script("return __bench.marks", &[])?;
    for (name, into) in ["composer", "live"].iter().zip(into) {
        let at = marks[*name].as_f64();
        into.push(at.ok_or_else(|| format!("{:?}: no {name}", site.side))?);
    }
    Ok(())
}

fn set_pace(site: &Site, pace: Pace) -> Outcome<()> {
    let rate = json!({ "rate": pace.slower });
    site.session.cdp("Emulation.setCPUThrottlingRate", &rate)?;
    let (speed, latency) = match pace.network {
        Some((speed, latency)) => (json!(speed), latency),
        None => (json!(-1), 0),
    };
    let conditions = json!({ "offline": false, "latency": latency, "downloadThroughput": speed, "uploadThroughput": speed });
    let outcome: Outcome<Value> = site
        .session
        .cdp("Network.emulateNetworkConditions", &conditions);
    outcome.map(drop)
}

/// Kilobytes of the page and of what it names, but for the icons and the manifest.
fn first_load(lab: &Lab, side: Side) -> Outcome<f64> {
    let folder = lab.folder(side);
    let html = std::fs::read_to_string(folder.join("index.html"));
    let html = html.map_err(|error| format!("index.html: {error}"))?;
    let mut bytes = 0;
    for name in loads(&html) {
        let file = std::fs::metadata(folder.join(format!("{name}.br")));
        bytes += file.map_err(|error| format!("{name}: {error}"))?.len();
    }
    Ok(bytes as f64 / 1024.0)
}
