//! One door for every task of the project: `cargo xtask TASK`.
//!
//! Each task has its file. `setup` gets what a task needs and the machine has not; the others call it first.
#![allow(clippy::disallowed_methods)] // a program of the host: clocks and threads are its trade

mod bench;
mod browsers;
mod build;
mod eval;
mod glue;
mod module;
mod order;
mod run;
mod seal;
mod serve;
mod setup;
mod sizes;
mod sysroot;
mod tally;
mod test;
mod train;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask TASK

  serve   set up what is missing, build, and serve the app on 127.0.0.1:8080
  build   make the release folder dist/ and print its sizes
  test    set up what the tests need and run all of them
  bench   measure the release build in a real browser against a floor page
  train   train the recogniser of preferences, or print its figures
  eval    the pure core from the outside: JSON lines in, JSON lines out

`cargo xtask TASK --help` says more. Tools that are missing are set up once per machine, in a cache
outside the checkout: $VIEWFINDER_TOOLS, or the user's cache folder.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((task, rest)) = arguments.split_first() else {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    };
    let (help, door): (&str, Door) = match task.as_str() {
        "serve" => (serve::HELP, serve::main),
        "build" => (build::HELP, build::main),
        "test" => (test::HELP, test::main),
        "bench" => (bench::HELP, bench::main),
        "eval" => (eval::HELP, eval::main),
        "train" => (train::HELP, train::main),
        "seal" => (seal::HELP, seal::main),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            return fail(&format!(
                "There is no task `{task}`. `cargo xtask` lists them."
            ));
        }
    };
    if rest
        .first()
        .is_some_and(|word| word == "--help" || word == "-h")
    {
        println!("{help}");
        // The evaluations describe themselves.
        if task != "eval" {
            return ExitCode::SUCCESS;
        }
    }
    match door(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => fail(&sentence),
    }
}

/// A task: takes its arguments; an error is one sentence and the remedy.
type Door = fn(&[String]) -> Result<(), String>;

fn fail(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::FAILURE
}
