//! What the chat has to do with the memory: it tells of what was written, and asks what goes with a question. All else
//! is the second program's ([`crate::web::remember`]).

use crate::chat::{Message, Options, Role};
use crate::memory::{Section, Sent, ToMemory};
use crate::web::app::{App, Open, db};
use crate::web::bridge::{self, Program};
use crate::web::db::Plan;
use crate::web::http;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::ops::Range;

/// Milliseconds that a request waits for the memory. After that it goes without, and says nothing of it.
const PATIENCE: u32 = 1_500;

/// Whether a conversation reads and writes memory.
fn minds(app: App, options: &Options, temporary: bool) -> bool {
    untrack(|| tracked(app, options, temporary))
}

fn tracked(app: App, options: &Options, temporary: bool) -> bool {
    !temporary && !options.forgetful && app.settings.read().memory
}

/// Whether the conversation that the composer is for reads memory. Tracked.
pub fn minds_now(app: App) -> bool {
    let (options, temporary) = app.own_options();
    tracked(app, &options, temporary)
}

/// Tells of the user's message in a plan that was written.
pub fn learn(app: App, open: &Open, plan: &Plan, foreign: Vec<Range<usize>>) {
    let user = plan.put.first().filter(|one| one.role == Role::User);
    let options = open.options();
    let Some(message) = user.filter(|_| minds(app, &options, open.temporary)) else {
        return;
    };
    let (connection, model) = app.choice_of(&options);
    let question = ToMemory::Learn {
        chat: open.id.clone(),
        seq: message.seq,
        text: message.text.clone(),
        foreign,
        connection: connection.id,
        model,
    };
    spawn_local(async move {
        bridge::ask(Program::Screens, &question.write()).await;
    });
}

/// The options with what goes along from the memory in the system prompt, and what that is. `now` where it is sent;
/// `reply` where it was sent for that reply already: then it is what went along then.
pub async fn with_memory(
    app: App,
    open: Option<&Open>,
    mut options: Options,
    question: Option<&Message>,
    now: bool,
    reply: Option<&Message>,
) -> (Options, Option<Sent>) {
    let was = match reply.filter(|_| !now) {
        Some(Message { sent: None, .. }) => return (options, None),
        reply => reply.and_then(|reply| Some((reply.sent.clone()?, reply.created))),
    };
    let temporary = open.map_or(app.temporary.get_untracked(), |open| open.temporary);
    // Nobody waits for a second program that has nothing to tell.
    let told = was.is_some() || minds(app, &options, temporary);
    if !told || !db().remembers().await.unwrap_or_default() {
        return (options, None);
    }
    let ask = ToMemory::Recall {
        chat: open.map(|open| open.id.clone()).unwrap_or_default(),
        seq: question.map_or(0, |question| question.seq),
        text: question
            .map(|question| question.text.clone())
            .unwrap_or_default(),
        now,
        was,
    };
    let ask = ask.write();
    let answer = http::within(PATIENCE, bridge::ask(Program::Screens, &ask)).await;
    let section = answer.flatten().as_deref().and_then(Section::read);
    let Some(Section { text, sent }) = section.filter(|section| !section.text.is_empty()) else {
        return (options, None);
    };
    if !options.system.is_empty() {
        options.system.push_str("\n\n");
    }
    options.system.push_str(&text);
    (options, Some(sent))
}
