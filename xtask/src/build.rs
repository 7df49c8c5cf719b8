//! `cargo xtask build`.

use crate::run::{command, root, succeeds};
use crate::{setup, sizes};
use std::path::PathBuf;

pub const HELP: &str = "\
cargo xtask build

Makes the release folder dist/, which any static host can serve below any path, and prints what it weighs.
Fails where the first load is over its budget. About two minutes on 2 cores the first time.";

pub fn main(arguments: &[String]) -> Result<(), String> {
    if let Some(word) = arguments.first() {
        return Err(format!("`build` takes no arguments, not `{word}`."));
    }
    release().map(|_| ())
}

/// Builds, measures, and returns the folder.
///
/// # Errors
/// Where a tool is missing, the build fails, or the first load is over its budget.
pub fn release() -> Result<PathBuf, String> {
    let tools = setup::for_building()?;
    let mut trunk = command("trunk");
    tools.apply(&mut trunk);
    if !succeeds(trunk.args(["build", "--release"]))? {
        return Err("The release build failed; the error is shown above.".to_owned());
    }
    let dist = root().join("dist");
    sizes::report(&dist)?;
    Ok(dist)
}
