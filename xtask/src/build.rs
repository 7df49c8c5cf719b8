//! `cargo xtask build`.

use crate::run::{command, root, succeeds};
use crate::sysroot::Sysroot;
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

/// The flags of .cargo/config.toml, and no folder of this machine in what is published: the places of a panic name
/// files, and long names of folders before them weigh and tell what they should not.
fn flags(sysroot: Option<&Sysroot>) -> String {
    let home = |variable: &str, name: &str| {
        let folder = std::env::var_os(variable).map(PathBuf::from);
        folder.or_else(|| Some(std::env::home_dir()?.join(name)))
    };
    let mut flags = "--cfg erase_components".to_owned();
    let registry = home("CARGO_HOME", ".cargo").map(|home| home.join("registry/src"));
    let sources = registry.and_then(|registry| std::fs::read_dir(registry).ok());
    for index in sources.into_iter().flatten().flatten() {
        let path = index.path().display().to_string();
        // Flags are parted by spaces.
        if !path.contains(char::is_whitespace) {
            flags.push_str(&format!(" --remap-path-prefix={path}/="));
        }
    }
    if let Some(sysroot) = sysroot {
        flags.push(' ');
        flags.push_str(&sysroot.flags());
    }
    flags
}

/// Builds, measures, and returns the folder.
///
/// # Errors
/// Where a tool is missing, the build fails, or the first load is over its budget.
pub fn release() -> Result<PathBuf, String> {
    let tools = setup::for_building()?;
    let mut trunk = command("trunk");
    tools.apply(&mut trunk);
    let sysroot = Sysroot::ready();
    if sysroot.is_some() {
        Sysroot::unlock(&mut trunk);
    }
    trunk.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        flags(sysroot.as_ref()),
    );
    if !succeeds(trunk.args(["build", "--release"]))? {
        return Err("The release build failed; the error is shown above.".to_owned());
    }
    let dist = root().join("dist");
    sizes::report(&dist, sysroot.is_some())?;
    Ok(dist)
}
