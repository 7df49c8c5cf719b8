//! Summaries of messages that have no room any more, made by the second program once a reply has ended.
//!
//! What is due and what the model is asked is the core's ([`condense`]); here are the request, what it cost, and where
//! the answer is kept: in the row of the last message that it covers. What goes wrong is said at the line where the
//! model's memory begins, and the messages are left out as they would be without.

use crate::chat::summary::MOST;
use crate::chat::{Conversation, Message, Options, Seq, Summary};
use crate::cost::{self, Money};
use crate::i18n::{self, Lang};
use crate::id::ChatId;
use crate::prompt;
use crate::prompt::condense::{self, Due};
use crate::provider::{self, Ask, Connection};
use crate::reply::{End, Reply};
use crate::settings::Middle;
use crate::web::app::{App, db, notify_chat};
use crate::web::aside;
use crate::web::db::Plan;
use crate::web::turn::within_budget;
use crate::web::{chats, clock, lock, locks};
use leptos::prelude::*;
use std::collections::HashMap;

/// Milliseconds that one request may take.
const PATIENCE: u32 = 180_000;

/// What is under way for a conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// A model is being asked: this one.
    Making(String),
    /// It could not be made, and why.
    Failed(String),
}

thread_local! {
    static STATES: ArcRwSignal<HashMap<ChatId, State>> = ArcRwSignal::default();
}

/// What is under way for each conversation.
pub fn states() -> ArcRwSignal<HashMap<ChatId, State>> {
    STATES.with(Clone::clone)
}

fn set_state(chat: &ChatId, state: Option<State>) {
    states().update(|all| match state {
        Some(state) => {
            all.insert(chat.clone(), state);
        }
        None => {
            all.remove(chat);
        }
    });
}

/// A conversation whose messages are to be summarised.
struct Job {
    connection: Connection,
    model: String,
    due: Due,
    /// The message that the summary will belong to.
    seq: Seq,
    /// Messages with older summaries, which it takes the place of; the last but one stays for other branches.
    old: Vec<Seq>,
}

/// The shown branch of a stored conversation, as far as it is looked at for a request.
pub async fn branch(app: App, chat: &ChatId) -> Option<(Conversation, Vec<Message>, Options)> {
    let (row, options) = chosen(app, chat).await?;
    let path = chats::stored(&db(), chat, row.leaf, MOST).await.ok()?;
    Some((row, path, options))
}

/// A stored conversation, and what is chosen for it.
async fn chosen(app: App, chat: &ChatId) -> Option<(Conversation, Options)> {
    let row = db().conversation(chat).await.ok()??;
    let options = app.with_middle(row.options.clone(), false);
    Some((row, options))
}

/// Makes the summary that is due for a conversation, where the user wants summaries; `anew` whatever there is.
pub async fn make(app: App, chat: &ChatId, anew: bool) {
    let making = |all: &HashMap<ChatId, State>| matches!(all.get(chat), Some(State::Making(_)));
    if states().with_untracked(making) || find(app, chat, anew).await.is_none() {
        return;
    }
    // Another tab may be at it, and there may be nothing left to do then.
    let _held = locks::hold(&format!("summary:{chat}")).await;
    let Some(job) = find(app, chat, anew).await else {
        return;
    };
    set_state(chat, Some(State::Making(job.model.clone())));
    let (made, spent) = ask_all(app, &job).await;
    let kept = match made {
        Ok(made) => keep(app, chat, &job, Some(made), &spent).await,
        Err(why) => keep(app, chat, &job, None, &spent).await.and(Err(why)),
    };
    set_state(chat, kept.err().map(State::Failed));
}

/// What is due.
async fn find(app: App, chat: &ChatId, anew: bool) -> Option<Job> {
    let (row, options) = chosen(app, chat).await?;
    if options.middle != Some(Middle::Summarise) {
        return None;
    }
    let path = chats::stored(&db(), chat, row.leaf, MOST).await.ok()?;
    let (connection, model) = app.choice_of(&options);
    let budget = prompt::budget(connection.listed(&model).and_then(|one| one.context));
    // The demo model answers from a script, and the browser's own belongs to the chat.
    let due =
        condense::due(&path, &options, budget, anew).filter(|_| connection.api.is_remote())?;
    let seq = path[due.at].seq;
    let old = path
        .iter()
        .filter(|one| one.summary.is_some() && one.seq != seq);
    let mut old: Vec<Seq> = old.map(|one| one.seq).collect();
    old.pop();
    Some(Job {
        connection,
        model,
        due,
        seq,
        old,
    })
}

/// The summary, made part by part, and what that cost; or why there is none.
async fn ask_all(app: App, job: &Job) -> (Result<Summary, String>, Vec<Money>) {
    let mut spent = Vec::new();
    let mut made = Summary {
        text: job.due.former.clone(),
        covers: job.due.covers.clone(),
        model: job.model.clone(),
        ..Summary::default()
    };
    for part in &job.due.parts {
        let ask = condense::ask(&made.text, part, &job.due, &job.model);
        match one(app, job, &ask).await {
            Ok((text, tokens, cost)) => {
                made.text = text;
                made.tokens = made.tokens.saturating_add(tokens);
                if let Some(cost) = cost {
                    cost::add(&mut spent, cost);
                }
            }
            Err((why, cost)) => {
                if let Some(cost) = cost {
                    cost::add(&mut spent, cost);
                }
                return (Err(why), spent);
            }
        }
    }
    made.cost = spent.first().copied();
    made.created = clock::now_ms();
    (Ok(made), spent)
}

/// One answer with its tokens and its cost; or why it cannot be used, and what it cost all the same.
async fn one(
    app: App,
    job: &Job,
    ask: &Ask,
) -> Result<(String, u64, Option<Money>), (String, Option<Money>)> {
    let lang = app.lang.get_untracked();
    let words = lang.summary();
    if !within_budget(&job.connection, &job.model).await {
        return Err((words.no_budget.to_owned(), None));
    }
    let Some(connection) = lock::if_open(&job.connection).await else {
        return Err((words.key_locked.to_owned(), None));
    };
    let request = provider::encode(&connection, ask);
    let request = request.map_err(|fault| (i18n::sentence(lang, &fault), None))?;
    let (_, reply) = aside::once(&connection, &request, PATIENCE).await;
    let said = read(lang, &reply, job.due.most);
    let tokens = reply.usage.map_or(0, aside::total);
    let cost = aside::count(app, &connection, ask, reply).await;
    match said {
        Ok(text) => Ok((text, tokens, cost)),
        Err(why) => Err((why, cost)),
    }
}

/// The words of an answer that came to its end.
fn read(lang: Lang, reply: &Reply, most: u32) -> Result<String, String> {
    if let Some(fault) = &reply.fault {
        return Err(i18n::sentence(lang, fault));
    }
    let text = match reply.end {
        // What was bounded by its length is a summary still.
        Some(End::Complete | End::Length | End::Unknown) => condense::clean(&reply.text, most),
        _ => None,
    };
    text.ok_or_else(|| lang.summary().no_answer.to_owned())
}

/// Keeps a summary in the row of its message, and what was spent in that of its conversation.
async fn keep(
    app: App,
    chat: &ChatId,
    job: &Job,
    made: Option<Summary>,
    spent: &[Money],
) -> Result<(), String> {
    let old: &[Seq] = if made.is_some() { &job.old } else { &[] };
    let ask: Vec<Seq> = [&[job.seq], old].concat();
    change(app, chat, &ask, |conversation, messages| {
        for money in spent {
            cost::add(&mut conversation.spent, *money);
        }
        for message in messages.iter_mut().filter(|_| made.is_some()) {
            message.summary = made.clone().filter(|_| message.seq == job.seq);
        }
    })
    .await
}

/// Puts another summary in the place of the one that belongs to a message. Returns that one.
pub async fn replace(app: App, chat: &ChatId, seq: Seq, new: Option<Summary>) -> Option<Summary> {
    let mut before = None;
    let seqs = [seq];
    let done = change(app, chat, &seqs, |_, messages| {
        for message in messages {
            before = std::mem::replace(&mut message.summary, new.clone());
        }
    });
    done.await.ok()?;
    set_state(chat, None);
    before
}

/// Changes the conversation and these messages in one transaction.
async fn change(
    app: App,
    chat: &ChatId,
    seqs: &[Seq],
    mut set: impl FnMut(&mut Conversation, &mut [Message]),
) -> Result<(), String> {
    let database = db();
    let written = database.change(chat, seqs, |fresh| {
        let mut conversation = fresh.conversation?;
        let mut put = fresh.messages;
        set(&mut conversation, &mut put);
        Some(Plan {
            conversation: Some(conversation),
            put,
            ..Plan::default()
        })
    });
    let written = written.await;
    notify_chat(chat);
    // The views of this program hear only what others tell.
    app.busy.update(|n| *n += 1);
    match written {
        Ok(_) => Ok(()),
        Err(fault) => {
            app.fault(&fault);
            Err(app.lang.get_untracked().summary().not_kept.to_owned())
        }
    }
}
