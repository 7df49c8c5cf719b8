//! Replies that stream, and replies that come at once: P4, P5, P6.

use super::figure::{Figure, Promise, Unit, median};
use super::lab::{Both, Lab, SIDES, Side, Site};
use super::options::Options;
use crate::webdriver::Outcome;
use serde_json::json;

/// Tokens per second of a steady stream.
const RATE: u32 = 1000;
/// Below this the browser does not call a task long.
const LONG_TASK: f64 = 50.0;

/// How one kind of reply went, a sample per reply.
#[derive(Clone, Debug, Default)]
struct Samples {
    /// CPU from the click to the end and what follows it, ms.
    cpu: Vec<f64>,
    per_frame: Vec<f64>,
    fps: Vec<f64>,
    dropped: Vec<f64>,
    /// The longest task between the first word and the end; 0 where none was long.
    longest: Vec<f64>,
}

/// P4 and P5: 2,000 and 20,000 tokens, 1,000 per second.
///
/// # Errors
/// What could not be measured.
pub fn steady(lab: &Lab, options: &Options) -> Outcome<Vec<Figure>> {
    let short = replies(lab, &format!("ok:n=2000,rate={RATE}"), options.times(5))?;
    let mut figures = frames(
        "P4",
        "2,000 tokens",
        &short,
        [(6.0, Some(3.8)), (60.0, Some(61.0))],
    );
    figures.push(figure(
        "P4",
        "2,000 tokens: frames dropped",
        Unit::Count,
        Promise::NoWorse(0.0),
        &short,
        |one| &one.dropped,
    ));
    if !options.wants("P5") {
        return Ok(figures);
    }
    let long = replies(lab, &format!("ok:n=20000,rate={RATE}"), options.times(3))?;
    // No ratio: the floor page lays its whole thread out again, and so is no floor for a reply of this length.
    figures.extend(frames(
        "P5",
        "20,000 tokens",
        &long,
        [(10.0, None), (58.0, None)],
    ));
    figures.extend(growth(&short, &long));
    Ok(figures)
}

/// P6: 2,000 and 20,000 tokens in one write.
///
/// # Errors
/// What could not be measured.
pub fn burst(lab: &Lab, options: &Options) -> Outcome<Vec<Figure>> {
    let short = warm_replies(lab, "coalesced:n=2000", options.times(5))?;
    let long = warm_replies(lab, "coalesced:n=20000", options.times(3))?;
    let freeze = Promise::AtMost(LONG_TASK, None);
    Ok(vec![
        figure(
            "P6",
            "2,000 at once: total CPU",
            Unit::Ms,
            Promise::AtMost(140.0, Some(71.0)),
            &short,
            |one| &one.cpu,
        ),
        figure(
            "P6",
            "2,000 at once: longest task over 50 ms",
            Unit::Ms,
            freeze,
            &short,
            |one| &one.longest,
        ),
        figure(
            "P6",
            "20,000 at once: total CPU",
            Unit::Ms,
            Promise::Nothing,
            &long,
            |one| &one.cpu,
        ),
        figure(
            "P6",
            "20,000 at once: longest task over 50 ms",
            Unit::Ms,
            freeze,
            &long,
            |one| &one.longest,
        ),
    ])
}

/// Cost and pace of frames; `limits` are the promises of both, each with the floor of then.
fn frames(
    id: &'static str,
    what: &str,
    samples: &Both<Samples>,
    limits: [(f64, Option<f64>); 2],
) -> Vec<Figure> {
    let [(cpu, cpu_floor), (fps, fps_floor)] = limits;
    // Half a frame in sixty is a question of when the counting began; one in fifty is the machine's.
    let pace = Promise::AtLeast(fps - 0.5, fps_floor);
    vec![
        figure(
            id,
            &format!("{what}: CPU per frame"),
            Unit::Ms,
            Promise::AtMost(cpu, cpu_floor),
            samples,
            |one| &one.per_frame,
        ),
        figure(
            id,
            &format!("{what}: frames per second"),
            Unit::Fps,
            pace,
            samples,
            |one| &one.fps,
        ),
        figure(
            id,
            &format!("{what}: longest task over 50 ms"),
            Unit::Ms,
            Promise::Nothing,
            samples,
            |one| &one.longest,
        ),
    ]
}

/// How much dearer a frame of a long reply is, for the whole page and for the program's own part.
fn growth(short: &Both<Samples>, long: &Both<Samples>) -> Vec<Figure> {
    let cost = |samples: &Samples| median(&samples.per_frame).unwrap_or_default();
    let floor = cost(&long.floor) / cost(&short.floor);
    let app = cost(&long.app) / cost(&short.app);
    let own = (cost(&long.app) - cost(&long.floor)) / (cost(&short.app) - cost(&short.floor));
    let row = |what: &str, promise, floor: Vec<f64>, app: f64| Figure {
        id: "P5",
        what: what.to_owned(),
        unit: Unit::Times,
        promise,
        floor,
        app: vec![app],
    };
    let mut rows = vec![row(
        "growth of CPU per frame from 2,000",
        Promise::NoWorse(1.8),
        vec![floor],
        app,
    )];
    // A page that is as cheap as the floor has no part of its own that could grow.
    if own.is_finite() && own > 0.0 {
        let promise = Promise::AtMost(1.05, None);
        rows.push(row(
            "the same, without the floor's part",
            promise,
            Vec::new(),
            own,
        ));
    }
    rows
}

fn figure(
    id: &'static str,
    what: &str,
    unit: Unit,
    promise: Promise,
    samples: &Both<Samples>,
    of: fn(&Samples) -> &Vec<f64>,
) -> Figure {
    Figure {
        id,
        what: what.to_owned(),
        unit,
        promise,
        floor: of(&samples.floor).clone(),
        app: of(&samples.app).clone(),
    }
}

/// As [`replies`], after one that does not count: what a first reply costs most is compiling.
fn warm_replies(lab: &Lab, model: &str, times: usize) -> Outcome<Both<Samples>> {
    let sites = Both::of(|side| ready(lab, side, model))?;
    replies_of(&sites, 1)?;
    replies_of(&sites, times)
}

/// So many replies of a model on either side, in turn, each in a page that was loaded for it.
fn replies(lab: &Lab, model: &str, times: usize) -> Outcome<Both<Samples>> {
    replies_of(&Both::of(|side| ready(lab, side, model))?, times)
}

fn replies_of(sites: &Both<Site>, times: usize) -> Outcome<Both<Samples>> {
    let mut samples = Both::<Samples>::default();
    for _ in 0..times {
        for side in SIDES {
            reply(sites.get(side), samples.get_mut(side))?;
        }
    }
    Ok(samples)
}

/// A page that will ask this model.
fn ready(lab: &Lab, side: Side, model: &str) -> Outcome<Site> {
    let site = lab.site(side)?;
    site.open("#/")?;
    let given = [
        json!(side.database()),
        json!(lab.model.base()),
        json!(model),
    ];
    site.call("__seed.model", &given)?;
    // The first reply of an origin compiles what is loaded when it is first needed.
    site.open("#/")?;
    Ok(site)
}

fn reply(site: &Site, samples: &mut Samples) -> Outcome<()> {
    site.open("#/")?;
    site.call("__bench.rest", &[json!(300)])?;
    let before = site.cpu()?;
    let seen = site.call("__bench.ask", &[json!("说很多")])?;
    let cpu = site.cpu()? - before;
    let number = |name: &str| seen[name].as_f64().ok_or_else(|| format!("no {name}"));
    let (frames, ms) = (number("frames")?, number("ms")?);
    samples.cpu.push(cpu);
    samples.per_frame.push(cpu / frames.max(1.0));
    samples.fps.push((frames - 1.0).max(0.0) * 1000.0 / ms);
    samples.dropped.push(number("dropped")?);
    samples.longest.push(number("longest")?);
    Ok(())
}
