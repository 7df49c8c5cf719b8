//! What a scenario is given: a browser, a fresh origin with the app, a model server with an empty log.

use crate::browser::{Browser, Engine, Profile, Setting};
use crate::page::Page;
use crate::server::Server;
use crate::static_files::Static;
use crate::webdriver::Outcome;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A browser and what it speaks to. The browser is kept from scenario to scenario; the servers are new each
/// time, and with them the origin, so that nothing stored is left over.
pub struct Bed {
    /// The engine.
    pub engine: Engine,
    /// The scripted model server.
    pub model: Server,
    /// The host of the app.
    pub files: Static,
    /// The origins so far. A system gives a port out again, and what was stored below it would still be there.
    origins: BTreeSet<String>,
    browser: Option<Browser>,
    profile: Profile,
    setting: Setting,
    dist: PathBuf,
}

impl Bed {
    /// A bed for an engine and a release folder. The browser starts when it is first needed.
    ///
    /// # Errors
    /// Where a port or a folder cannot be had.
    pub fn new(engine: Engine, dist: &Path) -> Outcome<Self> {
        let files = Static::start(dist).map_err(|error| format!("{}: {error}", dist.display()))?;
        Ok(Self {
            engine,
            model: Server::start().map_err(|error| error.to_string())?,
            origins: BTreeSet::from([files.root()]),
            files,
            browser: None,
            profile: Profile::new()?,
            setting: Setting::default(),
            dist: dist.to_owned(),
        })
    }

    /// New servers, hence a new origin; one empty tab, a new one.
    ///
    /// # Errors
    /// Where a port cannot be had or the browser does not start.
    pub fn renew(&mut self) -> Outcome<()> {
        self.model = Server::start().map_err(|error| error.to_string())?;
        loop {
            self.files = Static::start(&self.dist).map_err(|error| error.to_string())?;
            if self.origins.insert(self.files.root()) {
                break;
            }
        }
        // WebKitGTK's driver does not come back from going to a second origin.
        let tired = self.engine == Engine::Webkit;
        if let Some(browser) = &self.browser
            && (tired || one_tab(browser).is_err())
        {
            self.browser = None;
        }
        if self.browser.is_none() {
            self.restart()?;
        }
        Ok(())
    }

    /// Ends the browser, if there is one, and starts it again with the same profile.
    ///
    /// # Errors
    /// Where it does not start.
    pub fn restart(&mut self) -> Outcome<()> {
        self.browser = None;
        self.browser = Some(Browser::start(self.engine, &self.profile, &self.setting)?);
        Ok(())
    }

    /// Starts the browser anew, with an empty profile and another setting.
    ///
    /// # Errors
    /// Where it does not start.
    pub fn restart_with(&mut self, setting: Setting) -> Outcome<()> {
        self.browser = None;
        self.profile = Profile::new()?;
        self.setting = setting;
        self.restart()
    }

    /// The browser.
    #[track_caller]
    pub fn browser(&mut self) -> &mut Browser {
        match &mut self.browser {
            Some(browser) => browser,
            None => panic!("no browser is running"),
        }
    }

    /// The app at the root of its origin, not opened yet.
    #[track_caller]
    pub fn page(&self) -> Page {
        self.page_at(&self.files.root())
    }

    /// The app at another address.
    #[track_caller]
    pub fn page_at(&self, root: &str) -> Page {
        match &self.browser {
            Some(browser) => Page::new(browser.session.clone(), root),
            None => panic!("no browser is running"),
        }
    }
}

/// Leaves one tab, a new one: what a scenario told the browser about its tab (no service worker, no network, scripts
/// to run first) is over with that tab.
fn one_tab(browser: &Browser) -> Outcome<()> {
    let session = &browser.session;
    // An open question of the page would stop everything else.
    let _ = session.post("alert/dismiss", &serde_json::json!({}));
    let old = session.tabs()?;
    let new = session.new_tab()?;
    for tab in &old {
        session.switch_to(tab)?;
        session.close_tab()?;
    }
    session.switch_to(&new)
}

/// Asks again and again until there is something, or the time is over.
///
/// # Panics
/// When the time is over; says what was waited for.
#[track_caller]
pub fn wait_for<T>(what: &str, limit: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(began.elapsed() < limit, "not within {limit:?}: {what}");
        std::thread::sleep(Duration::from_millis(15));
    }
}

/// A moment in milliseconds since 1970, as a page counts them.
pub fn wall(moment: Instant) -> f64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    now.as_secs_f64() * 1000.0 - moment.elapsed().as_secs_f64() * 1000.0
}
