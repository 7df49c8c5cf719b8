//! Where it is measured: one browser, a model server, and the two pages on origins of their own.

use crate::browser::{Browser, Engine, Profile, Setting};
use crate::server::Server;
use crate::static_files::Static;
use crate::webdriver::{Outcome, Session};
use serde_json::{Value, json};
use std::path::Path;

/// What acts and looks in every page, and what fills its database.
const SCRIPTS: [&str; 2] = [include_str!("page.js"), include_str!("seed.js")];

/// A page that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The least that a page can do.
    Floor,
    /// The release build.
    App,
}

/// The two, in the order in which they are measured.
pub const SIDES: [Side; 2] = [Side::Floor, Side::App];

impl Side {
    /// The name of the page's database.
    pub fn database(self) -> &'static str {
        match self {
            Side::Floor => "floor",
            Side::App => "viewfinder",
        }
    }
}

/// A value for each of the two.
#[derive(Clone, Debug, Default)]
pub struct Both<T> {
    /// The floor's.
    pub floor: T,
    /// The app's.
    pub app: T,
}

impl<T> Both<T> {
    /// One for each.
    ///
    /// # Errors
    /// As `make` has them.
    pub fn of(mut make: impl FnMut(Side) -> Outcome<T>) -> Outcome<Self> {
        let floor = make(Side::Floor)?;
        let app = make(Side::App)?;
        Ok(Self { floor, app })
    }

    /// That of one side.
    pub fn get(&self, side: Side) -> &T {
        match side {
            Side::Floor => &self.floor,
            Side::App => &self.app,
        }
    }

    /// That of one side.
    pub fn get_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Floor => &mut self.floor,
            Side::App => &mut self.app,
        }
    }
}

/// The browser and what is behind the pages.
pub struct Lab {
    browser: Browser,
    /// The scripted model server.
    pub model: Server,
    folders: Both<Folder>,
    _profile: Profile,
}

impl Lab {
    /// Starts everything. `compressed`: the files of the first load are sent as hosts send them, which takes a while
    /// to prepare.
    ///
    /// # Errors
    /// Where a folder, a port or the browser cannot be had.
    pub fn new(dist: &Path, compressed: bool) -> Outcome<Self> {
        let floor = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bench/floor");
        let folders = Both::of(|side| match side {
            Side::Floor => Folder::of(&floor, compressed),
            Side::App => Folder::of(dist, compressed),
        })?;
        let profile = Profile::new()?;
        let browser = Browser::start(Engine::Chromium, &profile, &Setting::default())?;
        let session = &browser.session;
        // The time that the thread has run, and not the time that has passed.
        session.cdp(
            "Performance.enable",
            &json!({ "timeDomain": "threadTicks" }),
        )?;
        session.cdp("Network.enable", &json!({}))?;
        session.cdp("Page.enable", &json!({}))?;
        for script in SCRIPTS {
            let parameters = json!({ "source": script });
            session.cdp("Page.addScriptToEvaluateOnNewDocument", &parameters)?;
        }
        Ok(Self {
            browser,
            model: Server::start().map_err(|error| error.to_string())?,
            folders,
            _profile: profile,
        })
    }

    /// A page on an origin of its own, with nothing stored and nothing kept, not opened yet.
    ///
    /// # Errors
    /// Where a port cannot be had.
    pub fn site(&self, side: Side) -> Outcome<Site> {
        let folder = self.folders.get(side).path();
        Ok(Site {
            side,
            session: self.browser.session.clone(),
            files: Static::start(folder).map_err(|error| error.to_string())?,
        })
    }

    /// The folder that a page is served from.
    pub fn folder(&self, side: Side) -> &Path {
        self.folders.get(side).path()
    }
}

/// A page on its origin.
pub struct Site {
    /// Which page.
    pub side: Side,
    /// What drives it.
    pub session: Session,
    files: Static,
}

impl Site {
    /// Opens a route with a new load of the page and waits until it is live and has read what is stored.
    ///
    /// # Errors
    /// As the browser says.
    pub fn open(&self, hash: &str) -> Outcome<()> {
        self.session.goto("about:blank")?;
        self.session.goto(&format!("{}{hash}", self.files.root()))?;
        self.call("__bench.ready", &[json!(self.side.database())])
            .map(drop)
    }

    /// Calls a function in the page with what it is given, and waits for its answer.
    ///
    /// # Errors
    /// Where it throws.
    pub fn call(&self, function: &str, given: &[Value]) -> Outcome<Value> {
        let code = format!("return await {function}(...arguments)");
        let side = self.side;
        let outcome = self.session.script_async(&code, given);
        outcome.map_err(|error| format!("{side:?}, {function}: {error}"))
    }

    /// Calls a function in the page that gives a number.
    ///
    /// # Errors
    /// Where it throws or gives something else.
    pub fn number(&self, function: &str, given: &[Value]) -> Outcome<f64> {
        let value = self.call(function, given)?;
        let side = self.side;
        value
            .as_f64()
            .ok_or_else(|| format!("{side:?}, {function} gave {value}"))
    }

    /// Milliseconds that the page's main thread has run since this document came.
    ///
    /// # Errors
    /// As the browser says.
    pub fn cpu(&self) -> Outcome<f64> {
        Ok(self.metric("ThreadTime")? * 1000.0)
    }

    /// Bytes of JavaScript objects that are in use, once those that are not are collected.
    ///
    /// # Errors
    /// As the browser says.
    pub fn heap(&self) -> Outcome<f64> {
        self.session
            .cdp("HeapProfiler.collectGarbage", &json!({}))?;
        self.metric("JSHeapUsedSize")
    }

    fn metric(&self, name: &str) -> Outcome<f64> {
        let all = self.session.cdp("Performance.getMetrics", &json!({}))?;
        let all = all["metrics"].as_array().into_iter().flatten();
        let found = all.into_iter().find(|metric| metric["name"] == name);
        let value = found.and_then(|metric| metric["value"].as_f64());
        value.ok_or_else(|| format!("the browser does not tell {name}"))
    }
}

/// A copy of a folder, with compressed files beside those of the first load. Removed when it is dropped.
struct Folder(Profile);

impl Folder {
    fn of(folder: &Path, compressed: bool) -> Outcome<Self> {
        let copy = Profile::new()?;
        let say = |error: std::io::Error| format!("{}: {error}", folder.display());
        for entry in std::fs::read_dir(folder).map_err(say)? {
            let entry = entry.map_err(say)?;
            // Everything that the page needs lies in the folder itself.
            if entry.file_type().map_err(say)?.is_file() {
                let to = copy.path().join(entry.file_name());
                std::fs::copy(entry.path(), to).map_err(say)?;
            }
        }
        if compressed {
            compress(copy.path())?;
        }
        Ok(Self(copy))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

/// Writes the compressed files of the first load beside the others.
fn compress(folder: &Path) -> Outcome<()> {
    let html = std::fs::read_to_string(folder.join("index.html"));
    let names = loads(&html.map_err(|error| format!("index.html: {error}"))?);
    std::thread::scope(|scope| {
        let works = names
            .iter()
            .map(|name| scope.spawn(move || compress_file(&folder.join(name))));
        let works: Vec<_> = works.collect();
        works.into_iter().try_for_each(|work| {
            work.join()
                .unwrap_or_else(|_| Err("brotli failed".to_owned()))
        })
    })
}

fn compress_file(file: &Path) -> Outcome<()> {
    let say = |error: std::io::Error| format!("{}: {error}", file.display());
    let bytes = std::fs::read(file).map_err(say)?;
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters).map_err(say)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    std::fs::write(file.with_file_name(format!("{name}.br")), compressed).map_err(say)
}

/// The files that a page loads at once: itself, and what its links and scripts name.
pub fn loads(html: &str) -> Vec<String> {
    let mut names = vec!["index.html".to_owned()];
    let tags = html
        .split('<')
        .filter(|tag| tag.starts_with("link ") || tag.starts_with("script "));
    for tag in tags {
        let words: Vec<&str> = tag.split(['>', ' ']).collect();
        let value = |word: &str, name: &str| {
            let value = word.strip_prefix(name)?.strip_prefix('=')?;
            Some(value.trim_matches(['"', '\'']).to_owned())
        };
        let apart = ["icon", "apple-touch-icon", "manifest"];
        let rel = words
            .iter()
            .find_map(|word| value(word, "rel"))
            .unwrap_or_default();
        if apart.contains(&rel.as_str()) {
            continue;
        }
        for word in &words {
            let found = ["href", "src", "data-js", "data-wasm"]
                .iter()
                .find_map(|name| value(word, name));
            if let Some(name) = found.map(|name| name.trim_start_matches("./").to_owned())
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::loads;

    #[test]
    fn what_a_page_loads() {
        let html = "<link rel=\"stylesheet\" href=\"./style-1.css\"><link rel=icon href=icon.svg><a href=\"#/\">\
            <script type='module' src='boot-2.js' data-js=app-3.js data-wasm=\"app-3_bg.wasm\" data-lazy=\"later.js\"></script>\
            <link rel=\"modulepreload\" href=\"app-3.js\" crossorigin>";
        let expected = [
            "index.html",
            "style-1.css",
            "boot-2.js",
            "app-3.js",
            "app-3_bg.wasm",
        ];
        assert_eq!(loads(html), expected);
    }
}
