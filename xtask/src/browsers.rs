//! The browsers and drivers that tests need: found, or installed where the system's packages have them.

use crate::run::{command, is_program, on_path, output, succeeds};
use crate::setup::{geckodriver, say};
use std::path::{Path, PathBuf};

const APT_PACKAGES: [&str; 8] = [
    "chromium",
    "chromium-driver",
    "firefox-esr",
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
];

/// The engines that tests can run in on this machine. Chromium is always there.
#[derive(Debug)]
pub struct Browsers {
    /// Chromium or Chrome, and its driver.
    pub chromium: (PathBuf, PathBuf),
    /// Firefox and geckodriver.
    pub firefox: Option<(PathBuf, PathBuf)>,
    /// WebKitGTK's driver.
    pub webkit: Option<PathBuf>,
}

/// Finds the browsers, and installs what is missing where that needs no question.
///
/// # Errors
/// Where there is no Chromium with its driver: one sentence and the remedy.
pub fn ready() -> Result<Browsers, String> {
    let complete = chromium().is_some() && firefox().is_some() && webkit().is_some();
    if !complete {
        install();
    }
    let chromium = chromium().ok_or_else(|| {
        format!(
            "Tests need Chromium or Chrome and chromedriver; {} and run this again.",
            remedy()
        )
    })?;
    let firefox = firefox().and_then(|browser| {
        Some((
            browser,
            driver("GECKODRIVER", "geckodriver").or_else(geckodriver)?,
        ))
    });
    Ok(Browsers {
        chromium,
        firefox,
        webkit: webkit(),
    })
}

fn chromium() -> Option<(PathBuf, PathBuf)> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
        "chrome",
    ];
    let places = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];
    Some((
        browser("CHROMIUM", &names, &places)?,
        driver("CHROMEDRIVER", "chromedriver")?,
    ))
}

fn firefox() -> Option<PathBuf> {
    let places = [
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        r"C:\Program Files\Mozilla Firefox\firefox.exe",
    ];
    browser("FIREFOX", &["firefox", "firefox-esr"], &places)
}

fn webkit() -> Option<PathBuf> {
    driver("WEBKITDRIVER", "WebKitWebDriver")
}

fn browser(variable: &str, names: &[&str], places: &[&str]) -> Option<PathBuf> {
    let named = std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|file| is_program(file));
    let on_path = || names.iter().find_map(|name| on_path(name));
    let placed = || {
        places
            .iter()
            .map(PathBuf::from)
            .find(|file| is_program(file))
    };
    named.or_else(on_path).or_else(placed)
}

fn driver(variable: &str, name: &str) -> Option<PathBuf> {
    browser(variable, &[name], &[])
}

/// By apt, as root or with a sudo that asks nothing. Whether it worked shows when the browsers are looked for.
fn install() {
    let Some(apt) = on_path("apt-get") else {
        return;
    };
    let root = output(command("id").arg("-u")).is_some_and(|id| id == "0");
    let sudo = on_path("sudo").filter(|sudo| output(command(sudo).args(["-n", "true"])).is_some());
    if !root && sudo.is_none() {
        return;
    }
    say(&format!(
        "browsers and drivers by apt-get: {} (2 to 5 minutes)",
        APT_PACKAGES.join(" ")
    ));
    let prefix = if root { None } else { sudo.as_deref() };
    if !apt_get(&apt, prefix, &["update", "-q"]) {
        eprintln!("`apt-get update` failed; what is known already is tried.");
    }
    let options = ["install", "-y", "-q", "--no-install-recommends"];
    let all: Vec<&str> = options.into_iter().chain(APT_PACKAGES).collect();
    if !apt_get(&apt, prefix, &all) {
        // One package that a distribution does not have must not keep the others out.
        for package in APT_PACKAGES {
            let one: Vec<&str> = options.into_iter().chain([package]).collect();
            apt_get(&apt, prefix, &one);
        }
    }
}

fn apt_get(apt: &Path, sudo: Option<&Path>, arguments: &[&str]) -> bool {
    let mut line = match sudo {
        Some(sudo) => {
            let mut line = command(sudo);
            line.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive"])
                .arg(apt);
            line
        }
        None => command(apt),
    };
    line.env("DEBIAN_FRONTEND", "noninteractive")
        .args(arguments);
    succeeds(&mut line).unwrap_or(false)
}

fn remedy() -> &'static str {
    if cfg!(target_os = "macos") {
        "run `brew install --cask chromium && brew install chromedriver`"
    } else if cfg!(windows) {
        "run `winget install Google.Chrome` and `winget install Chromium.ChromeDriver`"
    } else if on_path("apt-get").is_some() {
        "run `sudo apt-get install chromium chromium-driver firefox-esr webkit2gtk-driver xvfb xauth`"
    } else {
        "install them with the system's package manager, or name them in CHROMIUM and CHROMEDRIVER,"
    }
}
