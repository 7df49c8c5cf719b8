//! One turn: the user's message is stored, the request leaves, the reply arrives, is kept and ends.
//!
//! A turn belongs to the page and not to a view: going to another conversation does not end it.

mod keep;
mod mind;
mod next;
mod receive;
mod rest;
mod talk;

use crate::chat::{Conversation, Message, Options, Role, Seq, Summary, summary, title_from};
use crate::cost::budget::Standing;
use crate::fault::{Fault as RequestFault, Kind};
use crate::i18n;
use crate::id::ChatId;
use crate::memory::Sent;
use crate::prompt::{self, Prompt};
use crate::provider::{Api, Connection};
use crate::route::Route;
use crate::web::app::{App, Open, Row, db, notify_chat, store};
use crate::web::chats;
use crate::web::clock;
use crate::web::db::{Fault, Plan};
use crate::web::lock;
use crate::web::ui;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::ops::Range;
use std::sync::Arc;

pub use keep::held_or;
pub use mind::minds_now;
use mind::with_memory;
pub use receive::{State, Waiting, halt, leave, receiving, stop, waiting};
pub use rest::answer;

/// Sends a new message at the end of the open conversation, or begins one. `foreign` are the bytes of it that were not
/// typed.
pub async fn send(app: App, text: String, foreign: Vec<Range<usize>>) -> bool {
    let before = app.open.get_untracked();
    let (options, _) = untrack(|| app.own_options());
    if !affords(app, &options).await {
        return false;
    }
    let new = before.is_none();
    let open = before.unwrap_or_else(|| begin(app));
    let id = open.id.clone();
    let Some(plan) = write(app, &open, &text, Place::End).await else {
        return false;
    };
    // A new conversation opens once it is stored: until then the words stand in the composer of none.
    if new {
        app.open.set(Some(open.clone()));
    }
    mind::learn(app, &open, &plan, foreign);
    let Some(reply) = follow(app, &open, plan).await else {
        return false;
    };
    if app.route.get_untracked() != Route::Chat(id.clone(), None) && !open.temporary {
        app.go(&Route::Chat(id, None));
    }
    receive::start(app, open, reply);
    true
}

/// Puts other words in the place of a message of the user and asks again: a new branch.
pub async fn resend(app: App, old: &Message, text: String) -> bool {
    let Some(open) = app.open.get_untracked() else {
        return false;
    };
    if !affords(app, &open.options()).await {
        return false;
    }
    let place = Place::BesideMessage(old.seq, old.parent);
    let Some(reply) = put(app, &open, &text, place).await else {
        return false;
    };
    receive::start(app, open, reply);
    true
}

/// Asks again for a reply: a new branch beside it.
pub fn regenerate(app: App, old: Message) {
    let Some(open) = app.open.get_untracked() else {
        return;
    };
    spawn_local(async move {
        let place = Place::BesideReply(old.seq, old.parent);
        if !affords(app, &open.options()).await {
            return;
        }
        if let Some(reply) = put(app, &open, "", place).await {
            receive::start(app, open, reply);
        }
    });
}

/// Whether the model that these options name may be asked: there is one, the budget still allows it, and its key is
/// open. Says so where not.
async fn affords(app: App, options: &Options) -> bool {
    let (connection, model) = app.choice_of(options);
    // The browser's own has no name.
    if model.is_empty() && connection.api != Api::Browser {
        app.tell(app.t_now().chat.no_model.to_owned(), None);
        ui::choose_model();
        return false;
    }
    // Where the database fails, the message cannot be stored either, and that is said.
    let refusal = if !within_budget(&connection, &model).await {
        app.t_now().chat.budget_reached.to_owned()
    } else if lock::key_of(connection).await.is_none() {
        i18n::sentence(app.lang.get_untracked(), &locked())
    } else {
        return true;
    };
    app.tell(refusal, None);
    false
}

/// Whether the budget allows to ask a model.
pub async fn within_budget(connection: &Connection, model: &str) -> bool {
    let listed = connection.listed(model).and_then(|one| one.price);
    let (db, today) = (db(), clock::day(0));
    let standing = db.standing(&today, &connection.id, model, listed).await;
    !matches!(standing, Ok(Standing::Reached(_)))
}

/// What is said where a key stays locked.
fn locked() -> RequestFault {
    RequestFault {
        kind: Kind::KeyLocked,
        ..RequestFault::default()
    }
}

/// What is sent for the reply at a place of the shown branch, to whom, and what of it comes from the memory. `now` where
/// it is sent.
async fn asks(
    app: App,
    open: &Open,
    seq: Seq,
    now: bool,
) -> Result<(Connection, Prompt, Option<Sent>), Fault> {
    // From the database: what is in the page may be older, or another branch by now.
    let mut path = chats::stored(&store(open.temporary), &open.id, seq, summary::MOST).await?;
    let reply = path.pop().filter(|last| last.seq == seq);
    if let Some(reply) = reply.as_ref().filter(|_| !now) {
        // A summary that came later did not go with it.
        let later = |made: &mut Summary| made.created > reply.created;
        for message in &mut path {
            message.summary.take_if(later);
        }
    }
    Ok(prompt_for(app, Some(open), &path, open.options(), now, reply.as_ref()).await)
}

/// What is sent for the last question of a path, to whom, and what of it comes from the memory.
async fn prompt_for(
    app: App,
    open: Option<&Open>,
    path: &[Message],
    options: Options,
    now: bool,
    reply: Option<&Message>,
) -> (Connection, Prompt, Option<Sent>) {
    // Another conversation may be open by now, with a model of its own.
    let (connection, model) = app.choice_of(&options);
    let budget = prompt::budget(connection.listed(&model).and_then(|one| one.context));
    let temporary = open.map_or(app.temporary.get_untracked(), |open| open.temporary);
    let options = app.with_middle(options, temporary);
    let question = path.iter().rev().find(|one| one.role == Role::User);
    let (options, sent) = with_memory(app, open, options, question, now, reply).await;
    let prompt = prompt::assemble(path, &options, &model, budget);
    (connection, prompt, sent)
}

/// A conversation that has no message yet, neither shown nor stored.
fn begin(app: App) -> Open {
    let now = clock::now_ms();
    let conversation = Conversation {
        id: clock::new_chat_id(),
        created: now,
        updated: now,
        options: app.fresh.get_untracked(),
        ..Conversation::default()
    };
    Open {
        id: conversation.id.clone(),
        row: ArcRwSignal::new(Arc::new(conversation)),
        messages: ArcRwSignal::new(Vec::new()),
        earlier: ArcRwSignal::new(0),
        ahead: ArcRwSignal::default(),
        temporary: app.temporary.get_untracked(),
    }
}

/// Where a turn begins. The numbers are those of a message and of the message before it.
#[derive(Clone, Copy)]
enum Place {
    /// After the last message of the shown branch.
    End,
    /// In the place of a message of the user: a new branch.
    BesideMessage(Seq, Seq),
    /// In the place of a reply: a new branch that asks the same again.
    BesideReply(Seq, Seq),
}

impl Place {
    /// Whether the message that a branch is to stand beside is in the page; the end always is.
    fn is_shown(self, open: &Open) -> bool {
        let (Place::BesideMessage(head, _) | Place::BesideReply(head, _)) = self else {
            return true;
        };
        let rows = open.messages.read_untracked();
        rows.iter().any(|row| row.seq == head)
    }

    /// Takes numbers for the user's message, where there is one, and for the reply, each with its parent.
    fn take(self, conversation: &mut Conversation) -> (Option<(Seq, Seq)>, (Seq, Seq)) {
        match self {
            Place::End => (Some(conversation.append()), conversation.append()),
            Place::BesideMessage(head, parent) => {
                let seq = conversation.branch(head, parent);
                (Some((seq, parent)), conversation.append())
            }
            Place::BesideReply(head, parent) => (None, (conversation.branch(head, parent), parent)),
        }
    }
}

/// Writes a turn and shows it; the reply, which is still empty.
async fn put(app: App, open: &Open, text: &str, place: Place) -> Option<Message> {
    let plan = write(app, open, text, place).await?;
    // What was changed in a message may have been pasted into it.
    let all = 0..text.len();
    mind::learn(app, open, &plan, Vec::from([all]));
    follow(app, open, plan).await
}

/// Writes the user's message and the place for the reply in one durable transaction.
async fn write(app: App, open: &Open, text: &str, place: Place) -> Option<Plan> {
    loop {
        // After a second click what the branch would stand beside is not shown any more.
        if !place.is_shown(open) {
            return None;
        }
        let seen = open.row.read_untracked().leaf;
        match attempt(app, open, text, place).await {
            Ok(Some(plan)) => return Some(plan),
            Ok(None) => chats::reload(app).await,
            Err(fault) => {
                app.fault(&fault);
                return None;
            }
        }
        // Another tab was first; or the conversation is gone.
        if open.row.read_untracked().leaf == seen {
            return None;
        }
    }
}

/// As [`write`], once. `None` where the conversation is gone, or is not as it was when it was read.
async fn attempt(app: App, open: &Open, text: &str, place: Place) -> Result<Option<Plan>, Fault> {
    let now = clock::now_ms();
    let seed = (**open.row.read_untracked()).clone();
    let (connection, model) = app.choice_of(&seed.options);
    let (new, seen) = (seed.next == 0, seed.leaf);
    let chat = open.id.clone();
    let make = |conversation: Option<Conversation>| {
        // What another tab has deleted is not begun again without what was in it.
        let mut conversation = conversation.or(new.then_some(seed))?;
        // What the branch would stand beside may not be shown any more.
        if !matches!(place, Place::End) && conversation.leaf != seen {
            return None;
        }
        let (user, (seq, parent)) = place.take(&mut conversation);
        // From its first question on it stays with the provider that it was sent to.
        let options = &mut conversation.options;
        if options.connection.is_empty() && connection.api != Api::Demo {
            options.connection.clone_from(&connection.id);
            options.model.clone_from(&model);
        }
        conversation.updated = now;
        conversation.last_end = None;
        if !conversation.named && conversation.title.is_empty() {
            conversation.title = title_from(text);
        }
        let mut put = Vec::new();
        if let Some((seq, parent)) = user {
            put.push(Message {
                text: text.to_owned(),
                created: now,
                chat: chat.clone(),
                ..Message::new(Role::User, seq, parent)
            });
        }
        put.push(Message {
            created: now,
            chat: chat.clone(),
            connection: connection.name.clone(),
            model: model.clone(),
            ..Message::new(Role::Assistant, seq, parent)
        });
        Some(Plan {
            conversation: Some(conversation),
            put,
            ..Plan::default()
        })
    };
    let database = store(open.temporary);
    let plan = database.change(&open.id, &[], |fresh| make(fresh.conversation));
    plan.await
}

/// Shows new messages after the one that they follow; what was shown after it is another branch now.
/// The last of them is the reply.
async fn follow(app: App, open: &Open, plan: Plan) -> Option<Message> {
    let reply = plan.put.last().cloned();
    let parent = plan.put.first().map_or(0, |message| message.parent);
    chats::show(app, &open.id, &plan, open.temporary);
    // A message of another tab may lie between, or the reader is far from the end: then the end is read.
    let known = {
        let rows = open.messages.read_untracked();
        parent == 0 || rows.iter().any(|row| row.seq == parent)
    };
    if !known {
        if let Err(fault) = chats::newest(open).await {
            app.fault(&fault);
        }
    } else {
        open.ahead.set(Vec::new());
        open.messages.update(|rows| {
            rows.retain(|row| row.seq <= parent);
            rows.extend(plan.put.into_iter().map(Row::new));
        });
    }
    if !open.temporary {
        notify_chat(&open.id);
    }
    reply
}

/// The name of the lock that is held while a reply is received.
pub fn lock(chat: &ChatId, seq: Seq) -> String {
    crate::web::locks::turn(&format!("{chat}/{seq}"))
}
