//! What every frame on the page draws on: the person's own frames, what memory knows, whether the frame is hidden.

use crate::guide::frames::{Frame, built_in};
use crate::id::ChatId;
use crate::memory::{Book, Wish};
use crate::record::schema::{FRAMES, KV, MEMORY};
use crate::web::app::{App, db, notify};
use crate::web::db::Fault;
use crate::web::tabs::Notice;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::OnceCell;
use std::sync::Arc;

/// The stock. It lives as long as the page.
#[derive(Clone)]
pub struct Stock {
    /// The person's own frames.
    pub own: ArcRwSignal<Arc<Vec<Frame>>>,
    /// The preferences.
    pub book: ArcRwSignal<Arc<Book>>,
    /// What is wanted of the memory.
    pub wish: ArcRwSignal<Wish>,
    /// Whether the frame is hidden in this browser.
    pub hidden: ArcRwSignal<bool>,
    /// The frame for the next new conversation; empty for none.
    pub fresh: ArcRwSignal<String>,
    /// The conversation that was open last.
    pub last: ArcRwSignal<Option<ChatId>>,
}

thread_local! {
    static STOCK: OnceCell<Stock> = const { OnceCell::new() };
}

impl Stock {
    /// The one stock of the page.
    pub fn get() -> Self {
        STOCK.with(|stock| {
            let make = || Stock {
                own: ArcRwSignal::default(),
                book: ArcRwSignal::default(),
                wish: ArcRwSignal::default(),
                hidden: ArcRwSignal::new(false),
                fresh: ArcRwSignal::default(),
                last: ArcRwSignal::default(),
            };
            stock.get_or_init(make).clone()
        })
    }

    /// The frame of an id, built in or one's own. Not tracked.
    pub fn find(&self, id: &str) -> Option<Arc<Frame>> {
        let own = self.own.get_untracked();
        let mut all = built_in().iter().chain(own.iter());
        all.find(|frame| frame.id == id).cloned().map(Arc::new)
    }

    /// Hides the frame, or shows it again; remembered.
    pub fn hide(&self, app: App, hidden: bool) {
        self.hidden.set(hidden);
        spawn_local(async move {
            match db().hide_frame(hidden).await {
                Ok(()) => tell(KV),
                Err(fault) => app.fault(&fault),
            }
        });
    }
}

/// Reads everything.
pub async fn read(app: App) {
    for store in [FRAMES, MEMORY, KV] {
        read_again(app, store).await;
    }
}

/// Another program or tab has changed something.
pub async fn heard(app: App, notice: &Notice) {
    match notice {
        Notice::Changed { store, .. } => read_again(app, store).await,
        Notice::Everything => read(app).await,
        Notice::Streaming { .. } | Notice::Back { .. } | Notice::Goodbye => {}
    }
}

/// Tells the other tabs that a store has changed.
pub fn tell(store: &str) {
    notify(&Notice::Changed {
        store: store.to_owned(),
        key: String::new(),
        rev: 0,
    });
}

async fn read_again(app: App, store: &str) {
    let stock = Stock::get();
    let read: Result<(), Fault> = async {
        match store {
            FRAMES => stock.own.set(Arc::new(db().frames().await?)),
            MEMORY => stock.book.set(Arc::new(db().book().await?)),
            KV => {
                let hidden = db().frame_hidden().await?;
                if stock.hidden.get_untracked() != hidden {
                    stock.hidden.set(hidden);
                }
                let wish = db().wish().await?;
                if stock.wish.get_untracked() != wish {
                    stock.wish.set(wish);
                }
            }
            _ => {}
        }
        Ok(())
    }
    .await;
    if let Err(fault) = read {
        app.fault(&fault);
    }
}
