//! The WebDriver protocol: a session and what it can be told. Blocking, and every call is bounded in time.

use base64::Engine as _;
use serde_json::{Value, json};
use std::time::Duration;

/// The longest that any call may take.
const PATIENCE: Duration = Duration::from_secs(90);
/// The name under which WebDriver hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The key Enter, for [`Session::type_into`] and [`Session::press`].
pub const ENTER: &str = "\u{E007}";
/// The key Tab.
pub const TAB: &str = "\u{E004}";
/// The key Shift; held until the call is over.
pub const SHIFT: &str = "\u{E008}";
/// The key Control; held until the call is over.
pub const CONTROL: &str = "\u{E009}";
/// The key Alt; held until the call is over.
pub const ALT: &str = "\u{E00A}";
/// The key Escape.
pub const ESCAPE: &str = "\u{E00C}";

/// What comes of a call; an error is the driver's own sentence.
pub type Outcome<T> = Result<T, String>;

/// A session with a browser. Cheap to clone; clones are the same session.
#[derive(Clone, Debug)]
pub struct Session {
    agent: ureq::Agent,
    root: String,
}

impl Session {
    /// Begins a session at a driver. Also the capabilities that the browser has in the end.
    ///
    /// # Errors
    /// Where the driver does not answer or the browser does not start.
    pub fn begin(driver: &str, capabilities: &Value) -> Outcome<(Self, Value)> {
        let agent = agent(PATIENCE);
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let begun = call(agent.post(format!("{driver}/session")), Some(&body))?;
        let id = begun["sessionId"].as_str().ok_or("no session id")?;
        let root = format!("{driver}/session/{id}");
        Ok((Self { agent, root }, begun["capabilities"].clone()))
    }

    /// Ends the session and its browser.
    ///
    /// # Errors
    /// Where the driver or the browser is gone.
    pub fn end(&self) -> Outcome<()> {
        let agent = agent(Duration::from_secs(10));
        call(agent.delete(&self.root), None).map(drop)
    }

    /// A command with a body, such as `url`.
    ///
    /// # Errors
    /// As the driver says.
    pub fn post(&self, path: &str, body: &Value) -> Outcome<Value> {
        call(self.agent.post(format!("{}/{path}", self.root)), Some(body))
    }

    /// A question, such as `title`.
    ///
    /// # Errors
    /// As the driver says.
    pub fn get(&self, path: &str) -> Outcome<Value> {
        call(self.agent.get(format!("{}/{path}", self.root)), None)
    }

    /// Goes to an address and waits until it has loaded.
    ///
    /// # Errors
    /// Where it cannot be reached.
    pub fn goto(&self, url: &str) -> Outcome<()> {
        self.post("url", &json!({ "url": url })).map(drop)
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// As the driver says.
    pub fn reload(&self) -> Outcome<()> {
        self.post("refresh", &json!({})).map(drop)
    }

    /// Runs the body of a function in the page; `arguments` are its arguments.
    ///
    /// # Errors
    /// Where the script throws.
    pub fn script(&self, code: &str, arguments: &[Value]) -> Outcome<Value> {
        self.post(
            "execute/sync",
            &json!({ "script": code, "args": arguments }),
        )
    }

    /// Runs the body of an asynchronous function in the page and waits for what it returns.
    ///
    /// # Errors
    /// Where the script throws or takes too long.
    pub fn script_async(&self, code: &str, arguments: &[Value]) -> Outcome<Value> {
        let wrapped = format!(
            "const over = arguments[arguments.length - 1]; const given = [...arguments].slice(0, -1);\
             (async function () {{ {code} }}).apply(null, given).then((value) => over({{ value: value ?? null }}), (error) => over({{ error: String(error && error.message || error) }}));"
        );
        let mut answer = self.post(
            "execute/async",
            &json!({ "script": wrapped, "args": arguments }),
        )?;
        match answer["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(answer["value"].take()),
        }
    }

    /// The first element that a selector matches, by the driver's name for it.
    ///
    /// # Errors
    /// Where there is none.
    pub fn find(&self, css: &str) -> Outcome<String> {
        let found = self.post("element", &json!({ "using": "css selector", "value": css }))?;
        let id = found[ELEMENT].as_str().ok_or("no element id")?;
        Ok(id.to_owned())
    }

    /// Clicks as a person would.
    ///
    /// # Errors
    /// Where the element is not there, not visible, or covered.
    pub fn click(&self, css: &str) -> Outcome<()> {
        let id = self.find(css)?;
        self.post(&format!("element/{id}/click"), &json!({}))
            .map(drop)
    }

    /// Types into an element as a person would.
    ///
    /// # Errors
    /// Where the element is not there or takes no keys.
    pub fn type_into(&self, css: &str, text: &str) -> Outcome<()> {
        let id = self.find(css)?;
        self.post(&format!("element/{id}/value"), &json!({ "text": text }))
            .map(drop)
    }

    /// Empties a field.
    ///
    /// # Errors
    /// Where it is not there.
    pub fn clear(&self, css: &str) -> Outcome<()> {
        let id = self.find(css)?;
        self.post(&format!("element/{id}/clear"), &json!({}))
            .map(drop)
    }

    /// Presses keys together wherever the focus is: those before the last are held.
    ///
    /// # Errors
    /// As the driver says.
    pub fn press(&self, keys: &[&str]) -> Outcome<()> {
        let down = keys
            .iter()
            .map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys
            .iter()
            .rev()
            .map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<Value> = down.chain(up).collect();
        self.post(
            "actions",
            &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }),
        )
        .map(drop)
    }

    /// Types wherever the focus is.
    ///
    /// # Errors
    /// As the driver says.
    pub fn type_keys(&self, text: &str) -> Outcome<()> {
        let each = text.chars().flat_map(|c| {
            let key = c.to_string();
            [
                json!({ "type": "keyDown", "value": key }),
                json!({ "type": "keyUp", "value": key }),
            ]
        });
        let actions: Vec<Value> = each.collect();
        self.post(
            "actions",
            &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }),
        )
        .map(drop)
    }

    /// The tabs, by the driver's names.
    ///
    /// # Errors
    /// As the driver says.
    pub fn tabs(&self) -> Outcome<Vec<String>> {
        let tabs = self.get("window/handles")?;
        let tabs = tabs.as_array().into_iter().flatten();
        Ok(tabs
            .filter_map(|tab| tab.as_str().map(str::to_owned))
            .collect())
    }

    /// The tab that commands go to.
    ///
    /// # Errors
    /// As the driver says.
    pub fn tab(&self) -> Outcome<String> {
        let tab = self.get("window")?;
        Ok(tab.as_str().unwrap_or_default().to_owned())
    }

    /// Opens a tab; commands still go to the old one.
    ///
    /// # Errors
    /// As the driver says.
    pub fn new_tab(&self) -> Outcome<String> {
        let tab = self.post("window/new", &json!({ "type": "tab" }))?;
        Ok(tab["handle"].as_str().unwrap_or_default().to_owned())
    }

    /// Sends commands to another tab from now on.
    ///
    /// # Errors
    /// Where there is no such tab.
    pub fn switch_to(&self, tab: &str) -> Outcome<()> {
        self.post("window", &json!({ "handle": tab })).map(drop)
    }

    /// Closes the tab that commands go to.
    ///
    /// # Errors
    /// As the driver says.
    pub fn close_tab(&self) -> Outcome<()> {
        call(self.agent.delete(format!("{}/window", self.root)), None).map(drop)
    }

    /// The page as PNG.
    ///
    /// # Errors
    /// As the driver says.
    pub fn screenshot(&self) -> Outcome<Vec<u8>> {
        let text = self.get("screenshot")?;
        let text = text.as_str().unwrap_or_default();
        base64::engine::general_purpose::STANDARD
            .decode(text)
            .map_err(|error| error.to_string())
    }

    /// A command of the Chrome DevTools protocol, to the page. Chromium only.
    ///
    /// # Errors
    /// As the browser says.
    pub fn cdp(&self, command: &str, parameters: &Value) -> Outcome<Value> {
        self.post(
            "goog/cdp/execute",
            &json!({ "cmd": command, "params": parameters }),
        )
    }

    /// What the console has said since the last time. Chromium only.
    ///
    /// # Errors
    /// As the driver says.
    pub fn console(&self) -> Outcome<Vec<String>> {
        let rows = self.post("se/log", &json!({ "type": "browser" }))?;
        let rows = rows.as_array().into_iter().flatten();
        Ok(rows
            .filter_map(|row| row["message"].as_str().map(str::to_owned))
            .collect())
    }
}

/// Whether a driver at this address is ready.
pub fn is_ready(driver: &str) -> bool {
    call(
        agent(Duration::from_secs(2)).get(format!("{driver}/status")),
        None,
    )
    .is_ok()
}

fn agent(patience: Duration) -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(patience))
        // Drivers close idle connections when they like; a new one costs nothing here.
        .max_idle_connections(0)
        .build()
        .into()
}

/// A request with or without a body, in one type.
trait Call {
    fn go(self, body: Option<&Value>) -> Result<ureq::http::Response<ureq::Body>, ureq::Error>;
}

impl Call for ureq::RequestBuilder<ureq::typestate::WithBody> {
    fn go(self, body: Option<&Value>) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        let body = body.map(Value::to_string).unwrap_or_default();
        self.header("content-type", "application/json").send(body)
    }
}

impl Call for ureq::RequestBuilder<ureq::typestate::WithoutBody> {
    fn go(self, _: Option<&Value>) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        self.call()
    }
}

fn call(request: impl Call, body: Option<&Value>) -> Outcome<Value> {
    let mut answer = request.go(body).map_err(|error| error.to_string())?;
    let text = answer
        .body_mut()
        .with_config()
        .limit(512 << 20)
        .read_to_string();
    let text = text.map_err(|error| error.to_string())?;
    let mut value: Value =
        serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
    let value = value["value"].take();
    match value["error"].as_str() {
        Some(error) if !answer.status().is_success() => Err(format!(
            "{error}: {}",
            value["message"]
                .as_str()
                .unwrap_or_default()
                .lines()
                .next()
                .unwrap_or_default()
        )),
        _ => Ok(value),
    }
}
