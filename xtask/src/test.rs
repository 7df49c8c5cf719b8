//! `cargo xtask test`.

use crate::browsers::{self, Browsers};
use crate::run::{cargo, watched};
use crate::tally::Tally;
use crate::{build, setup};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

pub const HELP: &str = "\
cargo xtask test [--quick] [FILTER]

Sets up what is missing (browsers and drivers too) and runs everything, to the end even where something fails:
formatting, clippy for the host and for wasm32, licences and sources of the dependencies, native tests, tests in
a headless Chromium, the release build with its size budget, and the scenarios against it in Chromium, Firefox
and WebKitGTK. Ends with `N passed, N failed`. A first run on 2 cores takes about half an hour beside the
set-up, a later one under 20 minutes.

  --quick   without the dependency checks, the release build and the scenarios
  FILTER    only tests whose name contains it, without the other checks";

const WASM: &str = "wasm32-unknown-unknown";

/// What is asked for.
#[derive(Debug, Default, PartialEq)]
struct Options {
    quick: bool,
    filter: Option<String>,
}

/// A step that is over.
struct Step {
    name: String,
    seconds: f64,
    outcome: Outcome,
}

enum Outcome {
    Ran(Tally),
    Skipped(String),
}

pub fn main(arguments: &[String]) -> Result<(), String> {
    let options = read(arguments)?;
    let tools = setup::for_building()?;
    let runner = setup::test_runner()?;
    let browsers = browsers::ready()?;
    let mut steps = Vec::new();
    if options.filter.is_none() {
        checks(&mut steps)?;
        if !options.quick {
            steps.push(dependencies()?);
        }
    }
    steps.push(native(&options)?);
    let mut web = cargo();
    tools.apply(&mut web);
    steps.push(in_browser(web, &runner, &browsers, &options)?);
    if !options.quick {
        steps.push(bed(&options)?);
        scenarios(&mut steps, &browsers, &options)?;
    }
    summary(&steps)
}

/// Tells a program of the test bed where everything is: the build, the browsers, the drivers.
pub fn describe(command: &mut Command, browsers: &Browsers, dist: &Path) {
    command.env("VIEWFINDER_DIST", dist);
    command
        .env("CHROMIUM", &browsers.chromium.0)
        .env("CHROMEDRIVER", &browsers.chromium.1);
    if let Some((firefox, driver)) = &browsers.firefox {
        command.env("FIREFOX", firefox).env("GECKODRIVER", driver);
    }
    if let Some(driver) = &browsers.webkit {
        command.env("WEBKITDRIVER", driver);
    }
}

fn read(arguments: &[String]) -> Result<Options, String> {
    let mut options = Options::default();
    for word in arguments {
        match word.as_str() {
            "--quick" => options.quick = true,
            word if word.starts_with('-') => {
                return Err(format!(
                    "`test` does not know `{word}`; see `cargo xtask test --help`."
                ));
            }
            word => options.filter = Some(word.to_owned()),
        }
    }
    Ok(options)
}

fn checks(steps: &mut Vec<Step>) -> Result<(), String> {
    let deny_warnings = ["--", "-D", "warnings"];
    let mut format = cargo();
    steps.push(step(
        "formatting",
        format.args(["fmt", "--all", "--check"]),
    )?);
    let mut host = cargo();
    host.args(["clippy", "--quiet", "--workspace", "--all-targets"])
        .args(deny_warnings);
    steps.push(step("clippy, host", &mut host)?);
    let mut wasm = cargo();
    wasm.args([
        "clippy",
        "--quiet",
        "--package",
        "viewfinder",
        "--target",
        WASM,
    ]);
    wasm.args(["--lib", "--bins", "--test", "web*"])
        .args(deny_warnings);
    steps.push(step("clippy, wasm32", &mut wasm)?);
    Ok(())
}

/// Advisories are left to the public workflow: their database may be out of reach here.
fn dependencies() -> Result<Step, String> {
    let name = "dependencies: licences, bans, sources";
    let Some(deny) = setup::cargo_deny() else {
        let reason = "cargo-deny could not be installed".to_owned();
        let public = std::env::var("CI").is_ok_and(|value| value == "true");
        let failed = Outcome::Ran(Tally {
            passed: 0,
            failed: 1,
        });
        let outcome = if public {
            failed
        } else {
            Outcome::Skipped(reason)
        };
        return Ok(Step {
            name: name.to_owned(),
            seconds: 0.0,
            outcome,
        });
    };
    let mut check = crate::run::command(deny);
    step(
        name,
        check.args([
            "--workspace",
            "check",
            "--hide-inclusion-graph",
            "licenses",
            "bans",
            "sources",
        ]),
    )
}

fn native(options: &Options) -> Result<Step, String> {
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--exclude", "e2e", "--no-fail-fast"]);
    step("native tests", tests.args(&options.filter))
}

fn in_browser(
    mut tests: Command,
    runner: &Path,
    browsers: &Browsers,
    options: &Options,
) -> Result<Step, String> {
    tests.args([
        "test",
        "--package",
        "viewfinder",
        "--target",
        WASM,
        "--test",
        "web*",
    ]);
    tests.args(&options.filter);
    tests.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    tests
        .env("CHROMEDRIVER", &browsers.chromium.1)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    step("tests in a headless Chromium", &mut tests)
}

/// The tests of the test bed itself, which need no browser.
fn bed(options: &Options) -> Result<Step, String> {
    let mut tests = cargo();
    tests.args(["test", "--package", "e2e", "--lib", "--bins"]);
    tests.args(["--test", "server", "--no-fail-fast"]);
    step("tests of the test bed", tests.args(&options.filter))
}

fn scenarios(steps: &mut Vec<Step>, browsers: &Browsers, options: &Options) -> Result<(), String> {
    let started = Instant::now();
    heading("release build and size budget");
    let built = build::release();
    let succeeded = built.as_ref().map_err(|error| eprintln!("{error}")).is_ok();
    let outcome = Outcome::Ran(Tally::default().close(succeeded));
    steps.push(Step {
        name: "release build and size budget".into(),
        seconds: started.elapsed().as_secs_f64(),
        outcome,
    });
    let Ok(dist) = built else {
        eprintln!("Without a release build there are no scenarios.");
        return Ok(());
    };
    let engines = [
        ("chromium", true),
        ("firefox", browsers.firefox.is_some()),
        ("webkit", browsers.webkit.is_some()),
    ];
    for (engine, there) in engines {
        let name = format!("scenarios in {engine}");
        if !there {
            eprintln!("\nSKIPPED: {name}: no {engine} with its driver on this machine.");
            let outcome = Outcome::Skipped(format!("no {engine} with its driver"));
            steps.push(Step {
                name,
                seconds: 0.0,
                outcome,
            });
            continue;
        }
        let mut tests = cargo();
        tests
            .args(["test", "--package", "e2e", "--test", "scenarios"])
            .args(&options.filter);
        tests.env("E2E_ENGINES", engine);
        describe(&mut tests, browsers, &dist);
        steps.push(step(&name, &mut tests)?);
    }
    Ok(())
}

fn step(name: &str, command: &mut Command) -> Result<Step, String> {
    heading(name);
    let started = Instant::now();
    let mut tally = Tally::default();
    let succeeded = watched(command, &mut |line| tally.see(line))?;
    let outcome = Outcome::Ran(tally.close(succeeded));
    Ok(Step {
        name: name.to_owned(),
        seconds: started.elapsed().as_secs_f64(),
        outcome,
    })
}

fn heading(name: &str) {
    println!("\n== {name}");
}

/// The table, and the one line that everything comes down to.
fn summary(steps: &[Step]) -> Result<(), String> {
    println!(
        "\n{:<42}{:>9}{:>9}{:>9}",
        "step", "seconds", "passed", "failed"
    );
    let mut all = Tally::default();
    for step in steps {
        match &step.outcome {
            Outcome::Ran(tally) => {
                all = all.plus(*tally);
                println!(
                    "{:<42}{:>9.1}{:>9}{:>9}",
                    step.name, step.seconds, tally.passed, tally.failed
                );
            }
            Outcome::Skipped(reason) => println!("{:<42}  SKIPPED: {reason}", step.name),
        }
    }
    println!("{} passed, {} failed", all.passed, all.failed);
    if all.failed == 0 {
        Ok(())
    } else {
        std::process::exit(1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, read};

    #[test]
    fn arguments() {
        let read = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            read(&words).ok()
        };
        for (line, expected) in [
            ("", Some(Options::default())),
            (
                "--quick",
                Some(Options {
                    quick: true,
                    filter: None,
                }),
            ),
            (
                "--quick sse",
                Some(Options {
                    quick: true,
                    filter: Some("sse".into()),
                }),
            ),
            ("--slow", None),
        ] {
            assert_eq!(read(line), expected, "{line:?}");
        }
    }
}
