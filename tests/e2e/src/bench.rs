//! The figures of speed: the release build in a real Chromium beside a floor page in the same run.
//!
//! The floor page (`bench/floor`) is the least that a page can do: it only appends text, with one write to the
//! document per frame. It has the ids of the app, so that one script (`bench/page.js`) acts and looks in both. Wall
//! clocks and processors differ; a promise is therefore kept where the figure is reached, or where the ratio to
//! the floor of the same run is. CPU is the time that the main thread of the page has run, whatever else the
//! machine does. Everything is measured several times, the two in turn, and the median counts.
//!
//! - [`options`]: the command line.
//! - [`lab`]: browser, model server, and the two pages on origins of their own.
//! - [`start`], [`stream`], [`open`], [`search`]: the measurements.
//! - [`figure`] and [`table`]: samples, promises, verdicts; how they are shown.

pub mod figure;
pub mod lab;
pub mod open;
pub mod options;
pub mod search;
pub mod start;
pub mod stream;
pub mod table;

use crate::webdriver::Outcome;
use figure::Figure;
use lab::Lab;
use options::Options;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Some promises that are measured together.
struct Part {
    ids: &'static [&'static str],
    what: &'static str,
    measure: fn(&Lab, &Options) -> Outcome<Vec<Figure>>,
}

const PARTS: &[Part] = &[
    Part {
        ids: &["P1"],
        what: "the first load",
        measure: start::bytes,
    },
    Part {
        ids: &["P2", "P3"],
        what: "starts, cold and warm",
        measure: start::empty,
    },
    Part {
        ids: &["P4", "P5"],
        what: "streams",
        measure: stream::steady,
    },
    Part {
        ids: &["P6"],
        what: "replies at once",
        measure: stream::burst,
    },
    Part {
        ids: &["P7", "P8"],
        what: "long conversations",
        measure: open::long,
    },
    Part {
        ids: &["P9"],
        what: "starts with many conversations",
        measure: start::stored,
    },
    Part {
        ids: &["P10"],
        what: "search",
        measure: search::first_hits,
    },
    Part {
        ids: &["P11"],
        what: "switching",
        measure: open::switch,
    },
];

/// Measures what the command line asks for, in the release folder of `VIEWFINDER_DIST`, and prints the table.
///
/// A promise that is missed is no failure; what could not be measured is one.
pub fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let options = match Options::read(&words) {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{}", options::HELP);
            return ExitCode::SUCCESS;
        }
        Err(error) => return fail(&error),
    };
    let Some(dist) = std::env::var_os("VIEWFINDER_DIST").map(PathBuf::from) else {
        return fail(
            "VIEWFINDER_DIST names no release folder. `cargo xtask bench` makes one and says where it is.",
        );
    };
    match measure(&dist, &options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => fail(&error),
    }
}

/// Whether everything could be measured.
fn measure(dist: &Path, options: &Options) -> Outcome<bool> {
    let began = Instant::now();
    let lab = Lab::new(dist, options.wants_any(&["P1", "P2", "P3"]))?;
    let mut figures = Vec::new();
    let mut failures = Vec::new();
    for part in PARTS.iter().filter(|part| options.wants_any(part.ids)) {
        let since = Instant::now();
        let names = part.ids.join(", ");
        match (part.measure)(&lab, options) {
            Ok(found) => figures.extend(found),
            Err(error) => failures.push(format!("{names}: {error}")),
        }
        let seconds = since.elapsed().as_secs_f64();
        eprintln!("{names}: {} ({seconds:.0} s)", part.what);
    }
    figures.retain(|figure| options.wants(figure.id));
    println!("\n{}", table::text(&figures));
    for failure in &failures {
        println!("not measured: {failure}");
    }
    println!("{:.0} s", began.elapsed().as_secs_f64());
    if let Some(file) = &options.json {
        let text = table::json(&figures, &failures).to_string();
        std::fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(failures.is_empty())
}

fn fail(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::FAILURE
}
