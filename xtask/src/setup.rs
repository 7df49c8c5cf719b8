//! Getting what a task needs and the machine has not, once per machine, outside the checkout.
//!
//! Looked for in this order: PATH, the cache, a prebuilt program by `cargo binstall`, building it.

use crate::run::{cargo, command, is_program, on_path, output, root, rustc, succeeds};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Trunk that the project was made with.
const TRUNK: &str = "0.21.14";
/// What the programs of the page are compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Where the programs were found.
#[derive(Debug, Default)]
pub struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Sets PATH so that the tools found are the ones that run.
    pub fn apply(&self, command: &mut Command) {
        let old = std::env::var_os("PATH").unwrap_or_default();
        let folders = self
            .folders
            .iter()
            .cloned()
            .chain(std::env::split_paths(&old));
        if let Ok(path) = std::env::join_paths(folders) {
            command.env("PATH", path);
        }
    }

    fn add(&mut self, program: &Path) {
        let Some(folder) = program.parent() else {
            return;
        };
        if !self.folders.iter().any(|known| known == folder) {
            self.folders.push(folder.to_owned());
        }
    }
}

/// A program that a package of the registry holds.
struct Tool {
    /// The program's name.
    name: &'static str,
    /// The package's name.
    package: &'static str,
    /// The version that is installed.
    version: String,
    /// How the version of a program that is there already must begin; empty for any.
    accepted: String,
    /// How long building it takes on two cores.
    minutes: &'static str,
}

/// What building the app needs: the wasm target, Trunk, the wasm-bindgen of Cargo.lock, wasm-opt.
///
/// # Errors
/// One sentence and the remedy, where something can neither be found nor installed.
pub fn for_building() -> Result<Tools, String> {
    wasm_target()?;
    let mut tools = Tools::default();
    // First, so that its folder comes first: it is the one whose version must match exactly.
    tools.add(&ready(&wasm_bindgen()?)?);
    tools.add(&ready(&trunk())?);
    match wasm_opt() {
        Some(program) => tools.add(&program),
        None => eprintln!(
            "Notice: wasm-opt is not to be had here; release builds will be about a quarter larger. Remedy: install binaryen."
        ),
    }
    Ok(tools)
}

/// The wasm-bindgen test runner that belongs to [`for_building`]'s wasm-bindgen.
///
/// # Errors
/// As [`for_building`].
pub fn test_runner() -> Result<PathBuf, String> {
    let bindgen = ready(&wasm_bindgen()?)?;
    let runner = bindgen.with_file_name(format!(
        "wasm-bindgen-test-runner{}",
        std::env::consts::EXE_SUFFIX
    ));
    if is_program(&runner) {
        return Ok(runner);
    }
    install(&wasm_bindgen()?)
}

/// cargo-deny, for checks of licences, bans and sources; `None` where it cannot be installed.
pub fn cargo_deny() -> Option<PathBuf> {
    let tool = Tool {
        name: "cargo-deny",
        package: "cargo-deny",
        version: String::new(),
        accepted: String::new(),
        minutes: "5 to 10 minutes",
    };
    ready(&tool).map_err(|error| eprintln!("{error}")).ok()
}

/// geckodriver, through which tests drive Firefox; `None` where it cannot be installed.
pub fn geckodriver() -> Option<PathBuf> {
    let tool = Tool {
        name: "geckodriver",
        package: "geckodriver",
        version: String::new(),
        accepted: String::new(),
        minutes: "about 3 minutes",
    };
    ready(&tool).map_err(|error| eprintln!("{error}")).ok()
}

/// wasm-opt, where it is on PATH or in the cache. Installs nothing.
pub fn find_wasm_opt() -> Option<PathBuf> {
    let suffix = if cfg!(windows) { ".cmd" } else { "" };
    let by_npm = cache()
        .join("npm/node_modules/.bin")
        .join(format!("wasm-opt{suffix}"));
    let candidates = [
        on_path("wasm-opt"),
        Some(installed("wasm-opt")),
        Some(by_npm),
    ];
    candidates
        .into_iter()
        .flatten()
        .find(|file| is_program(file))
}

/// The folder for tools, shared by all checkouts of this machine.
pub fn cache() -> PathBuf {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(folder) = set("VIEWFINDER_TOOLS") {
        return folder;
    }
    let home = || set("HOME").unwrap_or_else(std::env::temp_dir);
    let base = if cfg!(windows) {
        set("LOCALAPPDATA").unwrap_or_else(std::env::temp_dir)
    } else if cfg!(target_os = "macos") {
        home().join("Library/Caches")
    } else {
        set("XDG_CACHE_HOME").unwrap_or_else(|| home().join(".cache"))
    };
    base.join("viewfinder")
}

/// Tells a step before it is done.
pub fn say(step: &str) {
    eprintln!("set-up: {step}");
}

fn trunk() -> Tool {
    Tool {
        name: "trunk",
        package: "trunk",
        version: TRUNK.to_owned(),
        accepted: "0.21.".to_owned(),
        minutes: "6 to 12 minutes",
    }
}

fn wasm_bindgen() -> Result<Tool, String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap_or_default();
    let version = locked(&lock, "wasm-bindgen")
        .ok_or("Cargo.lock names no wasm-bindgen; run `cargo generate-lockfile` and try again.")?;
    Ok(Tool {
        name: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        accepted: version.clone(),
        version,
        minutes: "2 to 4 minutes",
    })
}

/// The version of a package in the text of a Cargo.lock.
fn locked(lock: &str, package: &str) -> Option<String> {
    let at = lock.find(&format!("name = \"{package}\"\n"))?;
    let line = lock[at..].lines().nth(1)?;
    Some(
        line.strip_prefix("version = \"")?
            .strip_suffix('"')?
            .to_owned(),
    )
}

/// The program, installed where it is missing.
fn ready(tool: &Tool) -> Result<PathBuf, String> {
    let candidates = [on_path(tool.name), Some(installed(tool.name))];
    let found = candidates
        .into_iter()
        .flatten()
        .find(|file| fits(file, tool));
    found.map_or_else(|| install(tool), Ok)
}

fn fits(program: &Path, tool: &Tool) -> bool {
    if !is_program(program) {
        return false;
    }
    let said = output(command(program).arg("--version"));
    said.is_some_and(|said| says_version(&said, &tool.accepted))
}

/// Whether a word of what a program says of itself is an accepted version: equal, or beginning with
/// it where it ends in a dot.
fn says_version(said: &str, accepted: &str) -> bool {
    let fits = |word: &str| match accepted {
        "" => true,
        series if series.ends_with('.') => word.starts_with(series),
        exact => word == exact,
    };
    said.split_whitespace().any(fits)
}

fn installed(name: &str) -> PathBuf {
    cache()
        .join("tools/bin")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn install(tool: &Tool) -> Result<PathBuf, String> {
    let folder = cache().join("tools");
    let program = installed(tool.name);
    let spec = match tool.version.as_str() {
        "" => tool.package.to_owned(),
        version => format!("{}@{version}", tool.package),
    };
    if on_path("cargo-binstall").is_some() {
        say(&format!("{spec} as a prebuilt program (under a minute)"));
        let mut binstall = cargo();
        binstall.args([
            "binstall",
            "--no-confirm",
            "--disable-strategies",
            "compile",
            "--root",
        ]);
        if succeeds(binstall.arg(&folder).arg(&spec)).unwrap_or(false) && fits(&program, tool) {
            return Ok(program);
        }
        say("no prebuilt program; it is built instead");
    }
    // A lock file may name a dependency that the registry no longer has.
    for locked in [true, false] {
        let how = if locked {
            ""
        } else {
            ", with newer dependencies than its lock file's"
        };
        say(&format!(
            "building {spec}{how} ({} on 2 cores, once per machine)",
            tool.minutes
        ));
        let mut build = cargo();
        // A shared target folder must not fill with what belongs to a tool; flags of the app neither.
        build.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
        build
            .args(["install", "--force", "--root"])
            .arg(&folder)
            .arg(&spec);
        if locked {
            build.arg("--locked");
        }
        if succeeds(&mut build)? && fits(&program, tool) {
            return Ok(program);
        }
    }
    Err(format!(
        "{} could not be installed; install it by hand (`cargo install --locked {spec}`) and run this again.",
        tool.name
    ))
}

fn wasm_target() -> Result<(), String> {
    let there = || {
        let folder = output(rustc().args(["--print", "target-libdir", "--target", WASM]));
        let files = folder.and_then(|folder| std::fs::read_dir(folder).ok());
        files.is_some_and(|files| {
            files
                .flatten()
                .any(|file| file.file_name().to_string_lossy().starts_with("libcore"))
        })
    };
    let what = format!("Rust's {WASM} target (under a minute)");
    match there() || (by_rustup(&what, ["target", "add", WASM]) && there()) {
        true => Ok(()),
        false => Err(format!(
            "Rust's {WASM} target is missing; run `rustup target add {WASM}`, or install it with the system's Rust, and run this again."
        )),
    }
}

/// Has rustup get something; says whether it did.
pub fn by_rustup(what: &str, arguments: [&str; 3]) -> bool {
    if on_path("rustup").is_none() {
        return false;
    }
    say(what);
    succeeds(command("rustup").args(arguments)).unwrap_or(false)
}

fn wasm_opt() -> Option<PathBuf> {
    let mut found = find_wasm_opt();
    if found.is_some() {
        return found;
    }
    if let Some(npm) = on_path("npm").or_else(|| on_path("npm.cmd")) {
        say("wasm-opt, npm's package binaryen (about a minute)");
        let folder = cache().join("npm");
        let made = std::fs::create_dir_all(&folder).is_ok();
        let mut install = command(npm);
        install.args([
            "install",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefix",
        ]);
        install.arg(&folder).arg("binaryen");
        if made && succeeds(&mut install).unwrap_or(false) {
            found = find_wasm_opt();
        }
        if found.is_some() {
            return found;
        }
    }
    let tool = Tool {
        name: "wasm-opt",
        package: "wasm-opt",
        version: String::new(),
        accepted: String::new(),
        minutes: "10 to 15 minutes; it needs a C++ compiler",
    };
    ready(&tool).ok()
}

#[cfg(test)]
mod tests {
    use super::{locked, root, says_version};

    #[test]
    fn versions() {
        for (said, accepted, fits) in [
            ("wasm-bindgen 0.2.130", "0.2.130", true),
            ("wasm-bindgen 0.2.13", "0.2.130", false),
            ("wasm-bindgen 0.2.130", "0.2.13", false),
            ("trunk 0.21.7", "0.21.", true),
            ("trunk 0.22.1", "0.21.", false),
            ("geckodriver 0.36.0 (abc)", "", true),
            ("", "", false),
        ] {
            assert_eq!(
                says_version(said, accepted),
                fits,
                "{said:?} for {accepted:?}"
            );
        }
    }

    #[test]
    fn trunk_toml_names_the_locked_wasm_bindgen() {
        let read = |name| std::fs::read_to_string(root().join(name)).expect(name);
        let version = locked(&read("Cargo.lock"), "wasm-bindgen").expect("in Cargo.lock");
        assert!(
            read("Trunk.toml").contains(&format!("wasm_bindgen = \"{version}\"")),
            "{version}"
        );
    }
}
