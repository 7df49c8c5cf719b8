//! `cargo xtask eval`.

use crate::run::cargo;

pub const HELP: &str = "\
cargo xtask eval NAME [FILE]

The pure core from the outside, built for the host: reads JSON lines from FILE or standard input, writes one
JSON line for each. The evaluations and their fields are listed by the program itself:";

pub fn main(arguments: &[String]) -> Result<(), String> {
    let mut eval = cargo();
    // Paths in the arguments are the caller's.
    if let Ok(here) = std::env::current_dir() {
        eval.current_dir(here);
    }
    // Not the release profile: that one is made for size and takes minutes to link.
    eval.args(["run", "--quiet", "--profile", "eval", "--manifest-path"]);
    eval.arg(crate::run::root().join("Cargo.toml"))
        .args(["--package", "viewfinder-eval", "--"])
        .args(arguments);
    let status = eval
        .status()
        .map_err(|error| format!("The evaluation could not be started: {error}."))?;
    std::process::exit(status.code().unwrap_or(1));
}
