//! Scenarios in turn, in one browser per engine, reported as cargo's own harness reports.

use crate::bed::Bed;
use crate::browser::Engine;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// One scenario of this many may go unanswered: WebKitGTK does that now and then, with every version of the program; more
/// is not its mood any more.
const ONE_OF: usize = 4;

/// One scenario.
pub struct Scenario {
    /// Its name.
    pub name: &'static str,
    /// Whether it runs in every engine, or in Chromium alone.
    pub everywhere: bool,
    /// What it does; it fails by a panic.
    pub act: fn(&mut Bed),
}

impl Scenario {
    /// A scenario for every engine.
    pub const fn everywhere(name: &'static str, act: fn(&mut Bed)) -> Self {
        Self {
            name,
            everywhere: true,
            act,
        }
    }

    /// A scenario for Chromium alone.
    pub const fn chromium(name: &'static str, act: fn(&mut Bed)) -> Self {
        Self {
            name,
            everywhere: false,
            act,
        }
    }
}

/// Runs the scenarios whose name contains a word of the command line, in the engines of `E2E_ENGINES`, against
/// the release folder of `VIEWFINDER_DIST`. Without such a folder nothing is run, and that is said.
pub fn main(scenarios: &[&[Scenario]]) -> ExitCode {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let Some(dist) = std::env::var_os("VIEWFINDER_DIST").map(PathBuf::from) else {
        println!(
            "No scenario was run: VIEWFINDER_DIST names no release folder. `cargo xtask test` makes one."
        );
        return ExitCode::SUCCESS;
    };
    let engines = match Engine::asked_for() {
        Ok(engines) => engines,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let wanted = |scenario: &&Scenario| {
        words.is_empty()
            || words
                .iter()
                .any(|word| scenario.name.contains(word.as_str()))
    };
    let began = Instant::now();
    let (mut passed, mut unanswered, mut failed) = (0, 0, Vec::new());
    for engine in engines {
        let mine: Vec<&Scenario> = scenarios
            .iter()
            .copied()
            .flatten()
            .filter(|one| one.everywhere || engine == Engine::Chromium)
            .filter(wanted)
            .collect();
        println!("\nrunning {} scenarios in {}", mine.len(), engine.name());
        let mut bed = match Bed::new(engine, &dist) {
            Ok(bed) => bed,
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        };
        for scenario in mine {
            let since = Instant::now();
            // A fresh MiniBrowser of WebKitGTK sometimes answers no script for a quarter of a minute, whatever it
            // shows, and its database sometimes answers no request as long; why is not known. A scenario has three
            // tries there, unless the program crashed. It is said to be unanswered, not failed, where the browser was
            // silent in the last of them.
            let mut outcome = one(&mut bed, scenario);
            for _ in 0..2 {
                if engine == Engine::Webkit && matches!(outcome, Outcome::Silent | Outcome::Failed)
                {
                    outcome = one(&mut bed, scenario);
                }
            }
            let silent = engine == Engine::Webkit && outcome == Outcome::Silent;
            let well = outcome == Outcome::Well;
            let word = match (well, silent) {
                (true, _) => "ok",
                (false, true) => "ignored: the browser answered nothing",
                (false, false) => "FAILED",
            };
            println!(
                "test {}::{} ... {word} ({:.1} s)",
                engine.name(),
                scenario.name,
                since.elapsed().as_secs_f64()
            );
            match well || silent {
                true if silent => unanswered += 1,
                true => passed += 1,
                false => failed.push(format!("{}::{}", engine.name(), scenario.name)),
            }
        }
    }
    report(passed, unanswered, &failed, began)
}

/// Says how a run went, as cargo's own harness does.
fn report(passed: usize, unanswered: usize, failed: &[String], began: Instant) -> ExitCode {
    if !failed.is_empty() {
        println!("\nfailures:\n    {}", failed.join("\n    "));
    }
    let too_silent = unanswered * ONE_OF > passed + unanswered + failed.len();
    if too_silent {
        println!(
            "\n{unanswered} scenarios were not answered by the browser, more than one of {ONE_OF}: a page that freezes looks the same."
        );
    }
    let well = failed.is_empty() && !too_silent;
    let word = if well { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {word}. {passed} passed; {} failed; {unanswered} ignored; 0 measured; 0 filtered out; finished in {:.2}s\n",
        failed.len(),
        began.elapsed().as_secs_f64()
    );
    if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The folder for what a run leaves to look at: `E2E_SCREENS`, or `screens` beside the build.
pub fn screens() -> PathBuf {
    if let Some(folder) = std::env::var_os("E2E_SCREENS") {
        return folder.into();
    }
    // A test's program is in target/debug/deps.
    let program = std::env::current_exe().unwrap_or_default();
    let target = program
        .ancestors()
        .nth(3)
        .map(PathBuf::from)
        .unwrap_or_default();
    target.join("screens")
}

/// How a scenario went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Well,
    Failed,
    /// It ended because the browser did not answer in time.
    Silent,
    /// The program crashed, or its policy was breached.
    Crashed,
}

/// Runs one scenario. What the page looked like is kept where it did not go well.
fn one(bed: &mut Bed, scenario: &Scenario) -> Outcome {
    if let Err(error) = bed.renew() {
        eprintln!("{}: {error}", scenario.name);
        return Outcome::Silent;
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        (scenario.act)(bed);
        sound(bed);
    }));
    if outcome.is_err() {
        let name = format!("{}-{}", bed.engine.name(), scenario.name);
        match bed.page().picture(&screens().join("failures"), &name) {
            Ok(path) => eprintln!("The page: {}", path.display()),
            Err(error) => eprintln!("No picture of the page: {error}"),
        }
        if let Ok(lines) = bed.page().session.console() {
            lines.iter().for_each(|line| eprintln!("console: {line}"));
        }
    }
    match outcome {
        Ok(()) => Outcome::Well,
        Err(why) if says(why.as_ref(), is_timeout) => Outcome::Silent,
        Err(why) if says(why.as_ref(), is_crash) => Outcome::Crashed,
        Err(_) => Outcome::Failed,
    }
}

/// Whether the words of a panic are such.
fn says(why: &(dyn std::any::Any + Send), such: impl Fn(&str) -> bool) -> bool {
    why.downcast_ref::<String>().is_some_and(|text| such(text))
}

/// Whether they tell of a command that the driver did not answer.
fn is_timeout(text: &str) -> bool {
    text.starts_with("timeout") || text.contains("Err(\"timeout")
}

/// Whether they are those of [`sound`].
fn is_crash(text: &str) -> bool {
    text.contains(CRASHED) || text.starts_with(BREACHED)
}

const CRASHED: &str = "the program crashed";
const BREACHED: &str = "breaches of the content security policy";

/// What must hold at the end of every scenario: the program has not crashed and its policy was not breached.
fn sound(bed: &Bed) {
    let crashed = bed.page().session.script(
        "return document.querySelector('.failure > pre')?.innerText ?? ''",
        &[],
    );
    if let Ok(words) = crashed {
        assert_eq!(words.as_str().unwrap_or_default(), "", "{CRASHED}");
    }
    let breaches = bed.files.reports();
    assert!(breaches.is_empty(), "{BREACHED}: {breaches:?}");
}
