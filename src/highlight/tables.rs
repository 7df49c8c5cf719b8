//! The languages, and how they are found.

mod c_like;
mod others;
mod scripts;

use super::language::Language;

pub use others::{CSS, HTML};
pub use scripts::{BASH, JAVASCRIPT};

/// The instructions of a Dockerfile.
pub const DOCKER: &str = "from run cmd label maintainer expose env add copy entrypoint volume user workdir arg onbuild stopsignal healthcheck shell";

/// The language with this name, whatever its capitals. What follows the name in an info string is left out.
pub fn find(name: &str) -> Option<&'static Language> {
    let name = name.trim_start_matches(['{', '.']);
    let name = name
        .split(['{', '}', ',', ':', ';'])
        .next()
        .unwrap_or_default();
    let name = name
        .strip_prefix("language-")
        .unwrap_or(name)
        .to_ascii_lowercase();
    if name.is_empty() {
        return None;
    }
    let all = c_like::ALL.iter().chain(scripts::ALL).chain(others::ALL);
    all.copied()
        .find(|language| language.names.split(' ').any(|known| known == name))
}
