//! What the two programs of the page ask each other. They share no memory, so it is text: a question in, an answer out.
//!
//! The shapes of the questions are the business of those who ask; this is the wire. It is part of boot.js, which
//! loads the second program where a question is the first thing that is wanted of it.

use std::pin::Pin;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::future_to_promise;

/// A program of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The first one, with the conversation.
    Chat,
    /// The second one, with every other screen and the places in the chat.
    Screens,
}

impl Program {
    /// Its name in boot.js.
    fn name(self) -> &'static str {
        match self {
            Program::Chat => "chat",
            Program::Screens => "screens",
        }
    }
}

/// An answer that is being found.
pub type Answer = Pin<Box<dyn Future<Output = String>>>;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = "askProgram", catch)]
    async fn ask_program(name: &str, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = "answerAs")]
    fn answer_as(name: &str, answer: &JsValue);
}

/// Asks the other program. `None` where it cannot be loaded or has failed.
pub async fn ask(program: Program, question: &str) -> Option<String> {
    let answer = ask_program(program.name(), question).await.ok()?;
    answer.as_string()
}

/// Answers as this program from now on; what was asked before waited for it. To be called once.
pub fn answer(program: Program, find: impl Fn(String) -> Answer + 'static) {
    let find = Closure::<dyn Fn(String) -> js_sys::Promise>::new(move |question: String| {
        let answer = find(question);
        future_to_promise(async move { Ok(JsValue::from(answer.await)) })
    });
    answer_as(program.name(), find.into_js_value().unchecked_ref());
}
