//! Browsers: which there are, how each is started with a profile of its own, and how it ends, gently or not.

use crate::webdriver::{Outcome, Session, is_ready};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK, in its MiniBrowser.
    Webkit,
}

impl Engine {
    /// The engines that `E2E_ENGINES` names, separated by commas; Chromium where it names none.
    ///
    /// # Errors
    /// Where a name is not known.
    pub fn asked_for() -> Outcome<Vec<Self>> {
        let names = std::env::var("E2E_ENGINES").unwrap_or_default();
        let names = names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let engines = names.map(|name| match name {
            "chromium" => Ok(Engine::Chromium),
            "firefox" => Ok(Engine::Firefox),
            "webkit" => Ok(Engine::Webkit),
            _ => Err(format!("E2E_ENGINES: there is no engine {name:?}")),
        });
        let engines: Vec<Self> = engines.collect::<Outcome<_>>()?;
        Ok(if engines.is_empty() {
            vec![Engine::Chromium]
        } else {
            engines
        })
    }

    /// The name, as in `E2E_ENGINES`.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::Webkit => "webkit",
        }
    }
}

/// A folder of a browser's own. Removed when it is dropped.
#[derive(Debug)]
pub struct Profile(PathBuf);

impl Profile {
    /// A new, empty one.
    ///
    /// # Errors
    /// Where the folder for temporary files cannot be written.
    pub fn new() -> Outcome<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "viewfinder-e2e-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // A browser that has just been killed may still hold a file for a moment.
        for _ in 0..20 {
            if std::fs::remove_dir_all(&self.0).is_ok() || !self.0.exists() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// How a browser is started.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The languages that pages are told, best first.
    pub languages: &'static str,
    /// More arguments for the browser's command line.
    pub arguments: Vec<String>,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            languages: "en-US,en",
            arguments: Vec::new(),
        }
    }
}

/// A browser with its driver. Both end when it is dropped.
#[derive(Debug)]
pub struct Browser {
    /// What drives it.
    pub session: Session,
    driver: Child,
    process: Option<u64>,
    profile: PathBuf,
}

impl Browser {
    /// Starts an engine with a profile.
    ///
    /// # Errors
    /// Where the driver or the browser does not start.
    pub fn start(engine: Engine, profile: &Profile, setting: &Setting) -> Outcome<Self> {
        let port = free_port()?;
        let mut driver = spawn(engine, profile, port, setting)?;
        let address = format!("http://127.0.0.1:{port}");
        let begun = wait_until_ready(&address, &mut driver)
            .and_then(|()| Session::begin(&address, &capabilities(engine, profile, setting)));
        let (session, given) = match begun {
            Ok(begun) => begun,
            Err(error) => {
                end_group(&mut driver);
                return Err(format!("{} did not start: {error}", engine.name()));
            }
        };
        let process = ["goog:processID", "moz:processID"]
            .iter()
            .find_map(|name| given[*name].as_u64());
        let limits = json!({ "script": 80_000, "pageLoad": 20_000, "implicit": 0 });
        session.post("timeouts", &limits)?;
        Ok(Self {
            session,
            driver,
            process,
            profile: profile.path().to_owned(),
        })
    }

    /// Kills every process of the browser, as a crash or the system would. Nothing is saved any more.
    pub fn kill(&mut self) {
        let mut processes = processes_of(&self.profile);
        processes.extend(self.process);
        signal(&processes, "KILL");
        let until = Instant::now() + Duration::from_secs(5);
        while !processes_of(&self.profile).is_empty() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
        // What a crash leaves behind would be taken for a running browser.
        for name in ["SingletonLock", "SingletonCookie", "SingletonSocket"] {
            let _ = std::fs::remove_file(self.profile.join(name));
        }
    }

    /// Kills the processes that run pages, and no other. Chromium only.
    pub fn kill_pages(&self) {
        let Some(browser) = self
            .process
            .or_else(|| processes_of(&self.profile).first().copied())
        else {
            return;
        };
        signal(&descendants(browser, "--type=renderer"), "KILL");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.session.end();
        end_group(&mut self.driver);
        signal(&processes_of(&self.profile), "KILL");
    }
}

fn capabilities(engine: Engine, profile: &Profile, setting: &Setting) -> Value {
    let own = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    // Pages are asked for what they show; their `load` event says nothing of it.
    let strategy = "eager";
    match engine {
        Engine::Chromium => {
            let mut arguments: Vec<String> = [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900",
            ]
            .map(str::to_owned)
            .into();
            arguments.push(format!("--user-data-dir={}", profile.path().display()));
            arguments.extend(setting.arguments.iter().cloned());
            let mut options = json!({ "args": arguments, "prefs": { "intl.accept_languages": setting.languages } });
            if let Some(program) = own("CHROMIUM") {
                options["binary"] = program.into();
            }
            json!({ "pageLoadStrategy": strategy, "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } })
        }
        Engine::Firefox => {
            let mut options = json!({
                "args": ["-headless", "-profile", profile.path().display().to_string()],
                "prefs": { "intl.accept_languages": setting.languages, "dom.events.testing.asyncClipboard": true },
            });
            if let Some(program) = own("FIREFOX") {
                options["binary"] = program.into();
            }
            json!({ "pageLoadStrategy": strategy, "moz:firefoxOptions": options })
        }
        Engine::Webkit => {
            let program = own("MINIBROWSER").or_else(mini_browser);
            json!({ "pageLoadStrategy": strategy, "webkitgtk:browserOptions": { "binary": program.unwrap_or_else(|| "MiniBrowser".into()), "args": ["--automation"] } })
        }
    }
}

/// Distributions hide the MiniBrowser in a library folder.
fn mini_browser() -> Option<String> {
    let folders = [
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
        "/usr/lib64",
        "/usr/lib",
        "/usr/libexec",
    ];
    let versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let all = folders
        .iter()
        .flat_map(|folder| versions.map(|version| format!("{folder}/{version}/MiniBrowser")));
    all.into_iter().find(|path| Path::new(path).exists())
}

fn spawn(engine: Engine, profile: &Profile, port: u16, setting: &Setting) -> Outcome<Child> {
    let program = |variable: &str, name: &str| {
        let named = std::env::var(variable)
            .ok()
            .filter(|value| !value.is_empty());
        named.unwrap_or_else(|| name.to_owned())
    };
    let mut command = match engine {
        Engine::Chromium => leashed(&[&program("CHROMEDRIVER", "chromedriver")]),
        // Its second port, for speaking to the browser, must be its own as well.
        Engine::Firefox => leashed(&[
            &program("GECKODRIVER", "geckodriver"),
            &format!("--websocket-port={}", free_port()?),
            "--log=error",
        ]),
        Engine::Webkit => {
            let driver = program("WEBKITDRIVER", "WebKitWebDriver");
            let screen = "--server-args=-screen 0 1280x900x24";
            let mut command = leashed(&["xvfb-run", "-a", screen, &driver]);
            command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
            command.env("XDG_DATA_HOME", profile.path());
            command.env("XDG_CACHE_HOME", profile.path());
            let language = setting.languages.split(',').next().unwrap_or("en-US");
            command.env("LANGUAGE", language.replace('-', "_"));
            command.env("LC_ALL", "C.UTF-8");
            command
        }
    };
    command.arg(format!("--port={port}"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let driver = command.spawn();
    driver.map_err(|error| format!("{:?}: {error}", command.get_program()))
}

/// A program in a group of its own, with all that it starts. The group ends with this process, however that ends:
/// a shell beside it waits for the other end of its input to be gone.
#[cfg(unix)]
fn leashed(words: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "\"$@\" & cat > /dev/null; kill -KILL 0", "sh"]);
    command.args(words).stdin(Stdio::piped());
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

#[cfg(not(unix))]
fn leashed(words: &[&str]) -> Command {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null());
    command
}

fn wait_until_ready(address: &str, driver: &mut Child) -> Outcome<()> {
    let until = Instant::now() + Duration::from_secs(30);
    while Instant::now() < until {
        if is_ready(address) {
            return Ok(());
        }
        if let Ok(Some(status)) = driver.try_wait() {
            return Err(format!("its driver ended: {status}"));
        }
        std::thread::sleep(Duration::from_millis(30));
    }
    Err("its driver does not answer".to_owned())
}

fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    Ok(address.port())
}

fn end_group(driver: &mut Child) {
    #[cfg(unix)]
    {
        let group = format!("-{}", driver.id());
        // First with the time to tidy up: an X server would leave its lock behind.
        let _ = Command::new("kill")
            .args(["-TERM", "--", &group])
            .stderr(Stdio::null())
            .status();
        std::thread::sleep(Duration::from_millis(200));
        let _ = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
    }
    let _ = driver.kill();
    let _ = driver.wait();
}

fn signal(processes: &[u64], name: &str) {
    for process in processes {
        let _ = Command::new("kill")
            .args([&format!("-{name}"), &process.to_string()])
            .stderr(Stdio::null())
            .status();
    }
}

/// The processes that were started with this very profile, which is nobody else's.
fn processes_of(profile: &Path) -> Vec<u64> {
    let path = profile.display().to_string();
    running(|line| {
        line.split('\0')
            .any(|word| word == path || word.strip_prefix("--user-data-dir=") == Some(&path))
    })
}

/// The processes below one whose command line has this word.
fn descendants(of: u64, word: &str) -> Vec<u64> {
    let all = // Chromium writes the command lines of its children with spaces.
    running(|line| line.split(['\0', ' ']).any(|part| part == word));
    let below = |process: &u64| {
        let mut at = Some(*process);
        while let Some(process) = at {
            if process == of {
                return true;
            }
            at = parent(process).filter(|parent| *parent > 1);
        }
        false
    };
    all.into_iter().filter(below).collect()
}

fn running(wanted: impl Fn(&str) -> bool) -> Vec<u64> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let of = |process: &u64| {
        let line = std::fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
        wanted(&String::from_utf8_lossy(&line))
    };
    numbers.filter(of).collect()
}

fn parent(process: u64) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    line.trim().parse().ok()
}
