//! What the next message would be sent with.

use super::prompt_for;
use crate::chat::{Message, Role, summary};
use crate::record::case;
use crate::watch::wire::Next;
use crate::web::app::{App, store};
use crate::web::{chats, ui};
use leptos::prelude::*;

/// The next request as it would go out now, with what stands in the composer. `None` where there is nothing to send.
pub async fn next(app: App) -> Option<Next> {
    let open = app.open.get_untracked();
    let mut path = match &open {
        Some(open) => {
            let leaf = open.row.read_untracked().leaf;
            let database = store(open.temporary);
            let read = chats::stored(&database, &open.id, leaf, summary::MOST);
            read.await.ok()?
        }
        None => Vec::new(),
    };
    let words = ui::words();
    if !words.trim().is_empty() {
        let seq = path.last().map_or(1, |last| last.seq + 1);
        path.push(Message {
            text: words,
            ..Message::new(Role::User, seq, seq - 1)
        });
    }
    let (options, _) = untrack(|| app.own_options());
    let (connection, prompt, _) = prompt_for(app, open.as_ref(), &path, options, false, None).await;
    (!prompt.ask.turns.is_empty()).then(|| Next {
        ask: case::write_ask(&prompt.ask, &Default::default()),
        connection: connection.id,
        left: u32::try_from(prompt.omitted.len()).unwrap_or(u32::MAX),
    })
}
