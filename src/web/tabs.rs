//! What tabs tell each other. A notice carries no data: who hears it reads the database again.

use crate::record;
use js_sys::Reflect;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// The name of the channel.
const CHANNEL: &str = "viewfinder";

/// What a tab tells the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A row has changed, or is gone.
    Changed {
        /// The store, as named in [`crate::record::schema`].
        store: String,
        /// The row's id; the conversation's id for messages.
        key: String,
        /// The row's count of changes where it has one, or 0.
        rev: u32,
    },
    /// A reply has come further.
    Streaming {
        /// The conversation.
        chat: String,
        /// The reply.
        seq: u32,
    },
    /// A conversation that was deleted shall come back: asks the tab that still offers the undo.
    Back {
        /// The conversation.
        chat: String,
    },
    /// So much has changed that everything should be read again: a restore.
    Everything,
    /// The tab is going away.
    Goodbye,
}

impl Notice {
    /// The notice as text.
    pub fn write(&self) -> String {
        record::write(&match self {
            Notice::Changed { store, key, rev } => {
                json!({ "is": "changed", "store": store, "key": key, "rev": rev })
            }
            Notice::Streaming { chat, seq } => {
                json!({ "is": "streaming", "chat": chat, "seq": seq })
            }
            Notice::Back { chat } => json!({ "is": "back", "chat": chat }),
            Notice::Everything => json!({ "is": "everything" }),
            Notice::Goodbye => json!({ "is": "goodbye" }),
        })
    }

    /// The notice in a text; `None` where another version wrote one that is not known here.
    pub fn read(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
        let number = |name: &str| u32::try_from(value.get(name)?.as_u64()?).ok();
        Some(match text("is")?.as_str() {
            "changed" => Notice::Changed {
                store: text("store")?,
                key: text("key")?,
                rev: number("rev")?,
            },
            "streaming" => Notice::Streaming {
                chat: text("chat")?,
                seq: number("seq")?,
            },
            "back" => Notice::Back {
                chat: text("chat")?,
            },
            "everything" => Notice::Everything,
            "goodbye" => Notice::Goodbye,
            _ => return None,
        })
    }
}

/// This tab's end of the channel. Closed when it is dropped.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    _listener: Closure<dyn Fn(MessageEvent)>,
}

impl Tabs {
    /// Listens to the other tabs. Where the browser has no such channel, nobody is heard.
    pub fn new(on_notice: impl Fn(Notice) + 'static) -> Self {
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string();
            if let Some(notice) = text.as_deref().and_then(Notice::read) {
                on_notice(notice);
            }
        });
        let there = Reflect::has(&js_sys::global(), &"BroadcastChannel".into());
        let channel = (there == Ok(true))
            .then(|| BroadcastChannel::new(CHANNEL).ok())
            .flatten();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        }
        Self {
            channel,
            _listener: listener,
        }
    }

    /// Tells the other tabs. This one does not hear it.
    pub fn notify(&self, notice: &Notice) {
        if let Some(channel) = &self.channel {
            // Fails only after closing.
            let _ = channel.post_message(&notice.write().into());
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
