//! Talking: messages in the page, sending, waiting for replies.

use super::{Page, SOON};
use crate::bed::wait_for;
use crate::webdriver::ENTER;
use serde_json::Value;
use std::time::Duration;

/// How a message stands in the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// `user` or `assistant`.
    pub role: String,
    /// `data-end`; empty for a message of the user.
    pub end: String,
    /// Its place, from its id.
    pub seq: u32,
    /// The words, as they are rendered.
    pub text: String,
    /// Everything in it, notes and buttons too.
    pub all: String,
}

impl Page {
    /// The messages in the page.
    #[track_caller]
    pub fn messages(&self) -> Vec<Shown> {
        let rows = self.js(
            "return [...document.querySelectorAll('article.message')].map((m) => ({ role: m.dataset.role, end: m.dataset.end ?? '', \
             seq: Number(m.id.slice(1)), text: (m.querySelector('.words, .prose')?.innerText ?? '').trim(), all: m.innerText }))",
            &[],
        );
        let rows = rows.as_array().cloned().unwrap_or_default();
        let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
        rows.iter()
            .map(|row| Shown {
                role: text(row, "role"),
                end: text(row, "end"),
                seq: row["seq"]
                    .as_u64()
                    .and_then(|seq| seq.try_into().ok())
                    .unwrap_or_default(),
                text: text(row, "text"),
                all: text(row, "all"),
            })
            .collect()
    }

    /// The last message in the page.
    #[track_caller]
    pub fn last(&self) -> Shown {
        match self.messages().pop() {
            Some(last) => last,
            None => panic!("there is no message"),
        }
    }

    /// The place of the newest message; 0 where there is none.
    #[track_caller]
    pub fn newest(&self) -> u32 {
        self.messages()
            .iter()
            .map(|message| message.seq)
            .max()
            .unwrap_or(0)
    }

    /// Types a message and sends it by the button; waits until its reply has a place.
    #[track_caller]
    pub fn send(&self, text: &str) {
        let before = self.newest();
        self.wait("#send");
        self.fill("#composer", text);
        self.click("#send");
        self.replied_after(before);
    }

    /// Types a message and sends it by Enter; waits until its reply has a place.
    #[track_caller]
    pub fn send_by_key(&self, text: &str) {
        let before = self.newest();
        self.wait("#send");
        self.fill("#composer", text);
        self.type_into("#composer", ENTER);
        self.replied_after(before);
    }

    /// Waits until a reply newer than a message has a place.
    #[track_caller]
    pub fn replied_after(&self, before: u32) {
        wait_for("a reply begins", SOON, || {
            let last = self.messages().pop()?;
            (last.role == "assistant" && last.seq > before).then_some(())
        });
    }

    /// Waits until the last message is a reply that is over, and gives it.
    #[track_caller]
    pub fn wait_for_reply(&self, limit: Duration) -> Shown {
        self.wait_js("the last message is a reply", "return [...document.querySelectorAll('article.message')].at(-1)?.dataset.role === 'assistant'");
        wait_for("the reply is over", limit, || {
            let end = self.text_of("return [...document.querySelectorAll('article.message')].at(-1)?.dataset.end ?? ''", &[]);
            (!end.is_empty() && end != "streaming").then_some(())
        });
        self.last()
    }

    /// Sends a message and waits for the whole reply.
    #[track_caller]
    pub fn ask(&self, text: &str) -> Shown {
        self.send(text);
        self.wait_for_reply(Duration::from_secs(60))
    }

    /// Waits until the reply that streams shows some text.
    #[track_caller]
    pub fn wait_for_words(&self) {
        self.wait_js("the first words", "return ([...document.querySelectorAll('[data-role=assistant] .prose')].at(-1)?.innerText ?? '').trim().length > 0");
    }

    /// Clicks what stops the reply; when the page heard of it, in milliseconds since 1970. How long a driver takes over a
    /// click is its own affair.
    #[track_caller]
    pub fn stop(&self) -> f64 {
        self.wait("#stop");
        self.js("window.__stopped = null; document.getElementById('stop').addEventListener('click', () => { window.__stopped = Date.now() }, true)", &[]);
        self.click("#stop");
        let stopped = self.js("return window.__stopped", &[]);
        match stopped.as_f64() {
            Some(moment) => moment,
            None => panic!("the page did not hear of the click: {stopped}"),
        }
    }

    /// Begins a new conversation.
    #[track_caller]
    pub fn new_chat(&self) {
        self.poke("#new-chat");
        self.wait_js("an empty conversation", "return document.querySelectorAll('article.message').length === 0 && !!document.getElementById('composer')");
    }
}
