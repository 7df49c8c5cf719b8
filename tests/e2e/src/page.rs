//! The app as a person uses it, and what it has stored. Every step waits for its effect; none sleeps.

mod talk;

pub use talk::Shown;

use crate::bed::wait_for;
use crate::webdriver::{CONTROL, Session};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The longest that a step of the app may take on a slow machine.
pub const SOON: Duration = Duration::from_secs(15);

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// 中文.
    Zh,
    /// English.
    En,
}

/// The app in a tab.
#[derive(Clone, Debug)]
pub struct Page {
    /// The session that the tab belongs to.
    pub session: Session,
    root: String,
}

impl Page {
    /// The app at an address, with its slash at the end.
    pub fn new(session: Session, root: &str) -> Self {
        Self {
            session,
            root: root.to_owned(),
        }
    }

    /// Opens a route, such as `#/settings`, with a new load of the page.
    #[track_caller]
    pub fn open(&self, hash: &str) {
        done(self.session.goto("about:blank"));
        let address = format!("{}{hash}", self.root);
        // WebKitGTK sometimes does not begin to load for most of a minute; it is asked once more.
        let stuck = |outcome: &Result<(), String>| matches!(outcome, Err(error) if error.starts_with("timeout"));
        let first = self.session.goto(&address);
        done(if stuck(&first) {
            self.session.goto(&address)
        } else {
            first
        });
        self.ready();
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&self) {
        done(self.session.reload());
        self.ready();
    }

    /// Waits until the program is live and has read what is stored.
    #[track_caller]
    pub fn ready(&self) {
        self.wait_js(
            "the program is live",
            "return document.documentElement.dataset.ready !== undefined && !document.getElementById('shell')",
        );
        self.wait_js(
            "it has read what is stored",
            "return document.documentElement.dataset.loaded !== undefined",
        );
    }

    /// Goes to a route within the page.
    #[track_caller]
    pub fn go(&self, hash: &str) {
        self.js("location.hash = arguments[0]", &[json!(hash)]);
    }

    /// The route.
    #[track_caller]
    pub fn hash(&self) -> String {
        self.text_of("return location.hash", &[])
    }

    /// Runs a script in the page.
    #[track_caller]
    pub fn js(&self, code: &str, arguments: &[Value]) -> Value {
        done(self.session.script(code, arguments))
    }

    /// Runs a script that gives text.
    #[track_caller]
    pub fn text_of(&self, code: &str, arguments: &[Value]) -> String {
        self.js(code, arguments)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until a script gives `true`.
    #[track_caller]
    pub fn wait_js(&self, what: &str, code: &str) {
        let began = Instant::now();
        let mut last = Ok(Value::Null);
        while began.elapsed() < SOON {
            last = self.session.script(code, &[]);
            if last == Ok(json!(true)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(15));
        }
        panic!("not within {SOON:?}: {what}; the page last gave {last:?}");
    }

    /// Whether an element is in the page.
    #[track_caller]
    pub fn has(&self, css: &str) -> bool {
        self.js(
            "return document.querySelector(arguments[0]) !== null",
            &[json!(css)],
        ) == json!(true)
    }

    /// Waits until an element is in the page.
    #[track_caller]
    pub fn wait(&self, css: &str) {
        wait_for(css, SOON, || self.has(css).then_some(()));
    }

    /// Waits until an element is no longer in the page.
    #[track_caller]
    pub fn wait_gone(&self, css: &str) {
        wait_for(&format!("no {css}"), SOON, || {
            (!self.has(css)).then_some(())
        });
    }

    /// Clicks an element as soon as it can be clicked.
    #[track_caller]
    pub fn click(&self, css: &str) {
        let mut last = String::new();
        for _ in 0..3 {
            self.wait(css);
            let until = Instant::now() + Duration::from_secs(4);
            while Instant::now() < until {
                match self.session.click(css) {
                    Ok(()) => return,
                    Err(error) => last = error,
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        panic!("{css} cannot be clicked: {last}");
    }

    /// Clicks an element by script, for what a pointer would have to hover over first.
    #[track_caller]
    pub fn poke(&self, css: &str) {
        self.wait(css);
        self.js(
            "document.querySelector(arguments[0]).click()",
            &[json!(css)],
        );
    }

    /// Types into a field.
    #[track_caller]
    pub fn type_into(&self, css: &str, text: &str) {
        self.wait(css);
        done(self.session.type_into(css, text));
    }

    /// Puts other text into a field.
    #[track_caller]
    pub fn fill(&self, css: &str, text: &str) {
        self.wait(css);
        // A field that has just come may still be on its way into sight.
        let until = Instant::now() + Duration::from_secs(4);
        let mut cleared = self.session.clear(css);
        while matches!(&cleared, Err(error) if error.starts_with("element not interactable"))
            && Instant::now() < until
        {
            std::thread::sleep(Duration::from_millis(50));
            cleared = self.session.clear(css);
        }
        done(cleared);
        done(self.session.type_into(css, text));
    }

    /// Types over what stands in a field, without leaving it.
    #[track_caller]
    pub fn replace(&self, css: &str, text: &str) {
        self.type_into(css, &format!("{CONTROL}a"));
        done(self.session.type_into(css, text));
    }

    /// The text of an element; empty where there is none.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.text_of(
            "return document.querySelector(arguments[0])?.innerText ?? ''",
            &[json!(css)],
        )
    }

    /// The value of a field.
    #[track_caller]
    pub fn value(&self, css: &str) -> String {
        self.text_of(
            "return document.querySelector(arguments[0])?.value ?? ''",
            &[json!(css)],
        )
    }

    /// Waits until an element's text contains some words.
    #[track_caller]
    pub fn wait_text(&self, css: &str, words: &str) {
        let mut last = String::new();
        let began = Instant::now();
        while began.elapsed() < SOON {
            last = self.text(css);
            if last.contains(words) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{css} does not say {words:?} but {last:?}");
    }

    /// Sets up a connection through the settings, as the default one, and goes to a new conversation.
    #[track_caller]
    pub fn connect(&self, base: &str, model: &str, key: &str) {
        self.go("#/settings/connections/new");
        self.fill("#connection-base", base);
        self.fill("#connection-name", "e2e");
        if !key.is_empty() {
            self.fill("#connection-key", key);
        }
        self.fill("#connection-model", model);
        self.click("#connection-save");
        self.wait("#connection-delete");
        self.go("#/");
        self.wait_text("#model", model);
    }

    /// Chooses a model for the open conversation, by the picker and its search.
    #[track_caller]
    pub fn choose(&self, model: &str) {
        self.poke("#model");
        self.wait("#models:popover-open #model-search");
        let type_in = "const f = document.querySelector('#model-search'); f.value = arguments[0]; f.dispatchEvent(new InputEvent('input', { bubbles: true }))";
        self.js(type_in, &[json!(model)]);
        let code = "const option = [...document.querySelectorAll('#models [role=option]')].find((one) => one.dataset.model === arguments[0]); option?.click(); return !!option";
        wait_for(&format!("the model {model} in the picker"), SOON, || {
            (self.js(code, &[json!(model)]) == json!(true)).then_some(())
        });
        self.wait_text("#model", model);
    }

    /// Sets the language of the interface, through the settings, and stays there.
    #[track_caller]
    pub fn set_language(&self, lang: Lang) {
        self.go("#/settings");
        let (id, tag) = match lang {
            Lang::Zh => ("#language-1", "zh"),
            Lang::En => ("#language-2", "en"),
        };
        self.poke(id);
        self.wait_js(
            "the language",
            &format!("return document.documentElement.lang.startsWith('{tag}')"),
        );
        self.wait_set("language", tag);
    }

    /// Waits until a setting is stored: what is only shown yet may be lost when the page is left.
    #[track_caller]
    pub fn wait_set(&self, name: &str, value: &str) {
        wait_for(&format!("{name} is stored as {value}"), SOON, || {
            let rows = self.stored("kv");
            rows.iter()
                .any(|row| row["name"] == "settings" && row[name] == value)
                .then_some(())
        });
    }

    /// The id of the open conversation.
    #[track_caller]
    pub fn chat(&self) -> String {
        let hash = wait_for("a conversation is open", SOON, || {
            Some(self.hash()).filter(|hash| hash.starts_with("#/c/"))
        });
        hash["#/c/".len()..]
            .split('/')
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// All rows of a store of the database, without the program's help.
    #[track_caller]
    pub fn stored(&self, store: &str) -> Vec<Value> {
        let rows = done(self.session.script_async(
            "const open = indexedDB.open('viewfinder');\
             const db = await new Promise((ok, no) => { open.onsuccess = () => ok(open.result); open.onerror = () => no(open.error); });\
             try {\
               if (!db.objectStoreNames.contains(arguments[0])) return [];\
               const all = db.transaction(arguments[0]).objectStore(arguments[0]).getAll();\
               return await new Promise((ok, no) => { all.onsuccess = () => ok(all.result); all.onerror = () => no(all.error); });\
             } finally { db.close(); }",
            &[json!(store)],
        ));
        rows.as_array().cloned().unwrap_or_default()
    }

    /// Waits until these words are stored as the draft of a place: `new`, a conversation, or one of its messages.
    #[track_caller]
    pub fn wait_for_draft(&self, place: &str, words: &str) {
        wait_for(&format!("the draft {words} of {place}"), SOON, || {
            let rows = self.stored("drafts");
            let is = |row: &Value| row["chat"] == place && row["text"] == words;
            rows.iter().any(is).then_some(())
        });
    }

    /// The stored messages of a conversation, in their order.
    #[track_caller]
    pub fn stored_messages(&self, chat: &str) -> Vec<Value> {
        let mut rows = self.stored("messages");
        rows.retain(|row| row["chat"].as_str() == Some(chat));
        rows
    }

    /// Waits until the last stored reply of a conversation has an end, and gives its row.
    #[track_caller]
    pub fn stored_reply(&self, chat: &str) -> Value {
        wait_for("the reply is stored", SOON, || {
            let last = self.stored_messages(chat).pop()?;
            (last["role"] == "assistant" && last["end"].is_string()).then_some(last)
        })
    }

    /// Writes a picture of the page into a folder.
    ///
    /// # Errors
    /// Where the folder cannot be written or the browser is gone.
    pub fn picture(&self, folder: &std::path::Path, name: &str) -> Result<PathBuf, String> {
        let bytes = self.session.screenshot()?;
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        let path = folder.join(format!("{name}.png"));
        std::fs::write(&path, bytes).map_err(|error| error.to_string())?;
        Ok(path)
    }
}

/// What came of a step that must not fail.
#[track_caller]
pub fn done<T>(outcome: Result<T, String>) -> T {
    match outcome {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}
