//! What the next message would be sent with.

use super::with_memory;
use crate::chat::{Message, Options, Role};
use crate::prompt;
use crate::record::case;
use crate::watch::wire::Next;
use crate::web::app::App;
use crate::web::{chats, ui};
use leptos::prelude::*;

/// The next request as it would go out now, with what stands in the composer. `None` where there is nothing to send.
pub async fn next(app: App) -> Option<Next> {
    let open = app.open.get_untracked();
    let (mut path, options) = match &open {
        Some(open) => (
            chats::branch(open, 400).await.ok()?,
            open.row.read_untracked().options.clone(),
        ),
        None => (Vec::new(), app.fresh.get_untracked()),
    };
    let words = ui::words();
    if !words.trim().is_empty() {
        let seq = path.last().map_or(1, |last| last.seq + 1);
        path.push(Message {
            text: words,
            ..Message::new(Role::User, seq, seq - 1)
        });
    }
    let (connection, model) = app.choice_now();
    let question = path.iter().rev().find(|one| one.role == Role::User);
    let (options, _) = with_memory(app, open.as_ref(), options, question, false, None).await;
    let temporary = open.is_some_and(|open| open.temporary);
    let options = Options {
        middle: Some(app.middle(&options, temporary)),
        ..options
    };
    let budget = prompt::budget(connection.listed(&model).and_then(|one| one.context));
    let prompt = prompt::assemble(&path, &options, &model, budget);
    (!prompt.ask.turns.is_empty()).then(|| Next {
        ask: case::write_ask(&prompt.ask, &Default::default()),
        connection: connection.id,
        left: u32::try_from(prompt.omitted.len()).unwrap_or(u32::MAX),
    })
}
