//! The model that is built into some browsers (`LanguageModel`): no server, no key, nothing leaves the device.

use crate::fault::{Fault, Kind};
use crate::provider::Ask;
use crate::record;
use js_sys::{JSON, Reflect};
use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

#[wasm_bindgen]
extern "C" {
    type LanguageModel;
    #[wasm_bindgen(static_method_of = LanguageModel, catch)]
    async fn create(options: &JsValue) -> Result<JsValue, JsValue>;

    type Session;
    #[wasm_bindgen(method, catch, js_name = "promptStreaming")]
    fn prompt_streaming(this: &Session, text: &str) -> Result<ReadableStream, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn destroy(this: &Session) -> Result<(), JsValue>;
}

/// An answer that is being written. Dropping it ends it.
pub struct Answer {
    session: Session,
    reader: ReadableStreamDefaultReader,
}

impl Drop for Answer {
    fn drop(&mut self) {
        let _ = self.session.destroy();
    }
}

/// Asks the browser's own model.
///
/// # Errors
/// `NotFound` where this browser has none, else what it says.
pub async fn ask(ask: &Ask) -> Result<Answer, Fault> {
    // Most browsers do not know the name, and what is generated to call it would never come back from that.
    if Reflect::has(&js_sys::global(), &"LanguageModel".into()) != Ok(true) {
        return Err(Fault {
            kind: Kind::NotFound,
            ..Fault::default()
        });
    }
    let mut turns = ask.turns.clone();
    let last = turns.pop().map(|turn| turn.text).unwrap_or_default();
    let system = Some(("system", ask.system.as_str())).filter(|(_, text)| !text.is_empty());
    let before = turns
        .iter()
        .map(|turn| (turn.role.name(), turn.text.as_str()));
    let prompts: Vec<_> = system
        .into_iter()
        .chain(before)
        .map(|(role, content)| json!({ "role": role, "content": content }))
        .collect();
    let options = record::write(&json!({ "initialPrompts": prompts }));
    let options = JSON::parse(&options).unwrap_or(JsValue::UNDEFINED);
    let session = LanguageModel::create(&options).await.map_err(fault)?;
    let session: Session = session.unchecked_into();
    let stream = session.prompt_streaming(&last).map_err(fault)?;
    Ok(Answer {
        reader: stream.get_reader().unchecked_into(),
        session,
    })
}

impl Answer {
    /// More of its words; `None` where it is done.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn next(&mut self) -> Result<Option<String>, Fault> {
        let read = JsFuture::from(self.reader.read()).await.map_err(fault)?;
        let member = |name: &str| Reflect::get(&read, &JsValue::from_str(name)).ok();
        if member("done").is_none_or(|done| done.is_truthy()) {
            return Ok(None);
        }
        Ok(Some(
            member("value")
                .and_then(|value| value.as_string())
                .unwrap_or_default(),
        ))
    }
}

fn fault(error: JsValue) -> Fault {
    let member = |name: &str| {
        let value = Reflect::get(&error, &JsValue::from_str(name)).ok();
        value
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    };
    let kind = match member("name").as_str() {
        // It knows the name and has no model for it.
        "NotSupportedError" | "TypeError" => Kind::NotFound,
        "QuotaExceededError" => Kind::TooLong,
        _ => Kind::Provider,
    };
    Fault {
        kind,
        message: member("message"),
        ..Fault::default()
    }
}
