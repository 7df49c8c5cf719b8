//! The standard library of release builds.
//!
//! The one that comes with Rust words a message for every place where a program may break off, which nobody reads:
//! what the page says then is its own (`public/boot.js`). Built from its sources without them, once per machine, the
//! first load is a fifteenth smaller. Two switches for that are not stable yet, so it is used only where this
//! compiler knows them and the sources can be had. Development builds and tests keep the messages.

use crate::run::{cargo, output, rustc, succeeds};
use crate::setup::{WASM, by_rustup, cache, say};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A panic ends the program on the spot, and no place in the sources is named.
const SWITCHES: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";

/// The manifest of the empty program that the library is built for.
const MANIFEST: &str = r#"[package]
name = "empty"
edition = "2024"

[profile.release]
opt-level = "z"
lto = "fat"
codegen-units = 1
panic = "abort"

[workspace]
"#;

/// A folder that the compiler can take for its own, with this library in it.
#[derive(Debug)]
pub struct Sysroot(PathBuf);

impl Sysroot {
    /// The library, built where it is missing; `None`, and one sentence on the terminal, where it cannot be.
    pub fn ready() -> Option<Self> {
        made().map_err(|why| eprintln!("Notice: {why} Release builds are made with the library that comes with Rust; their first load is about 20 KB larger.")).ok()
    }

    /// What the compiler must be told to use it.
    pub fn flags(&self) -> String {
        format!("--sysroot={} {SWITCHES}", self.0.display())
    }

    /// Lets the compilers that a command starts know the switches.
    pub fn unlock(command: &mut Command) {
        command.env("RUSTC_BOOTSTRAP", "1");
    }
}

fn made() -> Result<Sysroot, String> {
    let told = output(rustc().arg("-vV")).ok_or("rustc does not run.")?;
    let folder = cache().join("std").join(name(&told));
    // Flags are parted by spaces.
    if folder.display().to_string().contains(char::is_whitespace) {
        return Err("The cache's folder has a space in its name.".to_owned());
    }
    if !libraries(&folder).is_dir() {
        let mut asked = rustc();
        Sysroot::unlock(&mut asked);
        asked.args(["--print", "cfg", "--target", WASM]);
        output(asked.args(SWITCHES.split(' ')))
            .ok_or("This rustc does not know how to build without the messages of panics.")?;
        sources()?;
        build(&folder)?;
    }
    Ok(Sysroot(folder))
}

/// The name of what a compiler's library is built to: its version, and the commit for those that share one.
fn name(told: &str) -> String {
    let line = |key: &str| told.lines().find_map(|line| line.strip_prefix(key));
    let release = line("release: ").unwrap_or("unknown").trim();
    let commit = line("commit-hash: ").unwrap_or_default().trim();
    format!("{release}-{}", commit.get(..9).unwrap_or("plain"))
}

/// Gets the sources of the library, by rustup where they are missing.
fn sources() -> Result<(), String> {
    let there = || {
        let folder = output(rustc().args(["--print", "sysroot"]));
        folder.is_some_and(|folder| {
            Path::new(&folder)
                .join("lib/rustlib/src/rust/library/std")
                .is_dir()
        })
    };
    let what = "the sources of Rust's standard library (under a minute)";
    match there() || (by_rustup(what, ["component", "add", "rust-src"]) && there()) {
        true => Ok(()),
        false => Err("The sources of Rust's standard library cannot be had (`rustup component add rust-src`).".to_owned()),
    }
}

/// Builds the library in a place of its own and moves it to `folder` when it is whole.
fn build(folder: &Path) -> Result<(), String> {
    say("the standard library without messages of panics (about a minute, once per compiler)");
    let place = folder.with_extension(std::process::id().to_string());
    let failed = |error: std::io::Error| format!("{} cannot be written: {error}.", place.display());
    fs::create_dir_all(place.join("src")).map_err(failed)?;
    fs::write(place.join("Cargo.toml"), MANIFEST).map_err(failed)?;
    fs::write(place.join("src/main.rs"), "fn main() {}\n").map_err(failed)?;
    let mut build = cargo();
    Sysroot::unlock(&mut build);
    build
        .current_dir(&place)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("CARGO_TARGET_DIR", place.join("target"))
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SWITCHES)
        .args(["build", "--release", "--target", WASM])
        .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features="]);
    let built = succeeds(&mut build).and_then(|done| {
        let failed = "The standard library could not be built; the error is shown above.";
        done.then_some(()).ok_or_else(|| failed.to_owned())
    });
    let moved = built.and_then(|()| keep(&place, folder).map_err(failed));
    let _ = fs::remove_dir_all(&place);
    // Another run may have been first.
    match libraries(folder).is_dir() {
        true => Ok(()),
        false => moved,
    }
}

/// Moves the libraries that were built at a place into a folder laid out as the compiler expects it.
fn keep(place: &Path, folder: &Path) -> std::io::Result<()> {
    let new = place.join("sysroot");
    fs::create_dir_all(libraries(&new))?;
    for file in fs::read_dir(place.join("target").join(WASM).join("release/deps"))? {
        let file = file?;
        if file.path().extension().is_some_and(|kind| kind == "rlib") {
            fs::rename(file.path(), libraries(&new).join(file.file_name()))?;
        }
    }
    fs::rename(new, folder)
}

fn libraries(folder: &Path) -> PathBuf {
    folder.join("lib/rustlib").join(WASM).join("lib")
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_library_belongs_to_one_compiler() {
        let told = |release, commit| {
            format!(
                "rustc {release}\nbinary: rustc\n{commit}host: x\nrelease: {release}\nLLVM version: 21\n"
            )
        };
        let stable = told("1.95.0", "commit-hash: 59807616e1f9\n");
        assert_eq!(name(&stable), "1.95.0-59807616e");
        assert_ne!(
            name(&stable),
            name(&told("1.95.0", "commit-hash: 123456789a\n"))
        );
        assert_eq!(name(&told("1.94.0", "")), "1.94.0-plain");
    }
}
