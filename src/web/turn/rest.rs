//! The rest of a reply, as the chat sees it: the second program says what is to be asked and how it is joined on
//! ([`crate::watch::wire`]); here are the stream, what is stored, and the way back where nothing came.

use super::next::next;
use super::receive::{self, Turn};
use super::{affords, asks, put};
use crate::chat::{Message, Options, Role, Seq};
use crate::id::ChatId;
use crate::markdown::SHOWN;
use crate::provider::{Ask, HttpRequest, address};
use crate::record::{self, case, conversation, message};
use crate::reply::{Delta, End, Reply, Usage};
use crate::watch::wire::{Joint, Own, Send, Shown, ToChat, ToScreens};
use crate::web::app::{App, Open};
use crate::web::bridge::{self, Answer, Program};
use crate::web::chats;
use crate::web::db::Plan;
use crate::web::ui::prose;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// The rest of a reply that is being received.
pub struct Rest {
    /// The reply as it was.
    before: Message,
    /// How much of its text stays: a part that is written anew is left out.
    from: usize,
    send: Send,
    /// What came and is not joined on yet.
    held: RefCell<String>,
    seam: Cell<Seam>,
}

#[derive(Clone, Copy, PartialEq)]
enum Seam {
    /// It is not known yet how the parts are joined.
    Open,
    /// Text goes straight on.
    Joined,
    /// The answer started over: its text is with the second program.
    Apart,
}

impl Rest {
    /// What is asked.
    pub fn ask(&self) -> Ask {
        case::read_ask(&self.send.ask)
    }

    /// Puts the dialect of a beginning into a request. Never sends it to another origin.
    pub fn change(&self, request: &mut HttpRequest) {
        let Send { url, body, .. } = &self.send;
        if !url.is_empty() && address::origin(url) == address::origin(&request.url) {
            request.url.clone_from(url);
        }
        if !body.is_empty() {
            request.body.clone_from(body);
        }
    }

    /// Whether anything new has come.
    pub fn begun(&self, reply: &Reply) -> bool {
        self.seam.get() != Seam::Open
            || !self.held.borrow().is_empty()
            || reply.reasoning.len() > self.before.reasoning.len()
    }

    /// Holds text back until the seam is settled. Returns what is not held.
    pub fn hold(&self, reply: &mut Reply, delta: Delta) -> Option<Delta> {
        match delta {
            Delta::Text(text) if self.seam.get() != Seam::Joined => {
                if reply.goes_on() {
                    self.held.borrow_mut().push_str(&text);
                }
                None
            }
            Delta::Reasoning(text) => {
                let first = !reply.reasoning.is_empty() && reply.reasoning == self.before.reasoning;
                let gap = if first { "\n\n" } else { "" };
                Some(Delta::Reasoning([gap, &text].concat()))
            }
            delta => Some(delta),
        }
    }

    /// What came, without what was there before.
    pub fn added(&self, mut reply: Reply) -> Reply {
        reply.text.drain(..self.from);
        reply.reasoning.drain(..self.before.reasoning.len());
        reply
    }

    /// Ends the message, which goes on from what it was; where nothing came it shall be again as it was. Returns it as
    /// it ended, with the fault.
    pub fn end(&self, message: &mut Message) -> Message {
        let before = &self.before;
        let took = message.took;
        message.took = before.took.saturating_add(took);
        message.waited = before.waited;
        message.garbled += before.garbled;
        let usage = message.usage;
        message.usage = sum(before.usage, usage);
        if !before.model.is_empty() {
            message.model.clone_from(&before.model);
        }
        if let Some(segment) = message.segments.last_mut() {
            (segment.end, segment.usage, segment.took) = (message.end, usage, took);
        }
        let ended = message.clone();
        if message.text.len() == self.from {
            before.clone_into(message);
        }
        ended
    }
}

fn sum(a: Option<Usage>, b: Option<Usage>) -> Option<Usage> {
    let (Some(a), Some(b)) = (a, b) else {
        return a.or(b);
    };
    Some(Usage {
        input: a.input.saturating_add(b.input),
        output: a.output.saturating_add(b.output),
        cached: a.cached.saturating_add(b.cached),
        reasoning: a.reasoning.saturating_add(b.reasoning),
    })
}

/// Asks how what is held is joined on, and does it. Where nobody answers, as it came.
pub async fn settle(turn: &Turn, over: bool) {
    let Some(rest) = turn
        .rest
        .as_ref()
        .filter(|rest| rest.seam.get() != Seam::Joined)
    else {
        return;
    };
    let text = rest.held.take();
    if text.is_empty() && !over {
        return;
    }
    let seq = turn.message.borrow().seq;
    let question = ToScreens::Seam(turn.open.id.clone(), seq, text.clone(), over).write();
    let joint = match bridge::ask(Program::Screens, &question).await {
        Some(answer) => Joint::read(&answer),
        None => Some(Joint {
            add: text,
            ..Joint::default()
        }),
    };
    let Some(joint) = joint else { return };
    rest.seam.set(if joint.branch {
        Seam::Apart
    } else {
        Seam::Joined
    });
    turn.live.borrow_mut().reply.text.push_str(&joint.add);
    if let Some(segment) = turn.message.borrow_mut().segments.last_mut() {
        segment.glue = joint.glue;
        segment.dropped = joint.dropped;
    }
}

/// Answers the second program.
pub fn answer(app: App, question: String) -> Answer {
    Box::pin(async move { find(app, &question).await.unwrap_or_default() })
}

async fn find(app: App, question: &str) -> Option<String> {
    let question = ToChat::read(question)?;
    match question {
        ToChat::Mark(id, seq, end) => return mark(app, id, seq, &end).await,
        ToChat::Draw(id, text) => return draw(app, &id, &text),
        ToChat::Next => return Some(next(app).await?.write()),
        ToChat::Options => return Some(own(app).write()),
        ToChat::Set(row) => {
            let read = conversation::options(&row);
            chats::set_options(app, move |options| {
                *options = Options {
                    connection: std::mem::take(&mut options.connection),
                    model: std::mem::take(&mut options.model),
                    ..read
                }
            });
            return None;
        }
        _ => {}
    }
    let open = app.open.get_untracked()?;
    match question {
        ToChat::Show(chat, seq) => show(app, &here(open, &chat)?, seq, false),
        ToChat::Glance(chat, seq) => show(app, &here(open, &chat)?, seq, true),
        ToChat::Sent(chat, seq) => {
            let (_, prompt, _) = asks(app, &here(open, &chat)?, seq, false).await.ok()?;
            Some(record::write(
                &case::write_ask(&prompt.ask, &Default::default()).into(),
            ))
        }
        ToChat::Again(chat, seq) => {
            let open = here(open, &chat)?;
            let old = at(&open, seq)?;
            if !affords(app, &open.options()).await {
                return None;
            }
            let reply = put(app, &open, "", super::Place::BesideReply(seq, old.parent)).await?;
            Some(text(&receive::receive(app, open, reply, None).await))
        }
        ToChat::Put(row, said, before) => {
            let message = message::read(&row);
            let open = here(open, &message.chat)?;
            let before = match before.is_empty() {
                true => at(&open, message.seq)?,
                false => Arc::new(message::read(&before)),
            };
            replace(app, open, message, said, before).await;
            None
        }
        ToChat::Beside(row) => beside(app, message::read(&row)).await,
        ToChat::Continue(row, send) => {
            let message = message::read(&row);
            go_on(app, here(open, &message.chat)?, message, send).await
        }
        ToChat::Stop(chat) => {
            receive::stop(&chat);
            None
        }
        // Told above.
        ToChat::Mark(..) | ToChat::Draw(..) | ToChat::Next | ToChat::Options | ToChat::Set(..) => {
            None
        }
    }
}

/// What the open conversation, or the next one, sets for itself.
fn own(app: App) -> Own {
    let (options, temporary) = untrack(|| app.own_options());
    Own {
        options: conversation::write_options(&options, &Default::default()),
        temporary,
    }
}

/// Shows in the list how the last reply of a conversation ended, where it still is the last.
async fn mark(app: App, id: ChatId, seq: Seq, end: &str) -> Option<String> {
    let end = End::from_name(end);
    let plan = chats::change(app, &id, &[], |mut conversation, _| {
        let news = conversation.leaf == seq && conversation.last_end != end;
        conversation.last_end = end;
        news.then(|| conversation.into())
    });
    plan.await;
    None
}

/// Draws prose where the second program wants it: the parser and the drawing are here.
fn draw(app: App, id: &str, text: &str) -> Option<String> {
    let element = document().get_element_by_id(id)?;
    prose::still(app, element, text);
    Some(String::new())
}

fn here(open: Open, chat: &ChatId) -> Option<Open> {
    (open.id == *chat).then_some(open)
}

fn at(open: &Open, seq: Seq) -> Option<Arc<Message>> {
    let rows = open.messages.read_untracked();
    let row = rows.iter().find(|row| row.seq == seq)?;
    Some(row.message.get_untracked())
}

fn text(message: &Message) -> String {
    record::write(&message::write(message, &Default::default()).into())
}

fn show(app: App, open: &Open, seq: Seq, glance: bool) -> Option<String> {
    let mut message = (*at(open, seq)?).clone();
    if let Some(live) = crate::web::live::find(&open.id, seq) {
        message.adopt(&live.borrow().reply);
    }
    let is_whole = message.end == Some(End::Complete) && message.segments.is_empty();
    let wordless = glance && is_whole && message.text.len() > SHOWN;
    if wordless {
        message.text = String::new();
    }
    let prompt = at(open, message.parent).filter(|before| before.role == Role::User);
    let (connection, model) = app.choice_now();
    let shown = Shown {
        message: message::write(&message, &Default::default()),
        prompt: prompt.map(|prompt| prompt.text.clone()).unwrap_or_default(),
        temporary: open.temporary,
        connection: connection.id,
        model,
        mark: open
            .row
            .read_untracked()
            .last_end
            .map(End::name)
            .unwrap_or_default()
            .to_owned(),
        wordless,
    };
    Some(shown.write())
}

/// Writes the beginning of a continuation, then receives it.
async fn go_on(app: App, open: Open, message: Message, send: Send) -> Option<String> {
    let before = at(&open, message.seq)?;
    let may = before.rev == message.rev && !before.is_streaming();
    if !may || !affords(app, &open.options()).await {
        return None;
    }
    let place = [message.seq];
    let plan = chats::change(app, &open.id, &place, |mut conversation, kept| {
        let same = kept.first()?.rev == message.rev;
        conversation.last_end = None;
        same.then(|| Plan {
            conversation: Some(conversation),
            put: vec![message],
            ..Plan::default()
        })
    });
    let message = plan.await?.put.pop()?;
    let rest = Rest {
        before: (*before).clone(),
        from: message.text.len(),
        send,
        held: RefCell::default(),
        seam: Cell::new(Seam::Open),
    };
    Some(text(
        &receive::receive(app, open, message, Some(rest)).await,
    ))
}

/// Puts a reply as it shall be, with undo.
async fn replace(app: App, open: Open, message: Message, said: String, before: Arc<Message>) {
    if write(app, &open.id, message).await {
        let undo = Arc::new(move || {
            let (id, before) = (open.id.clone(), (*before).clone());
            spawn_local(async move {
                write(app, &id, before).await;
            });
        });
        app.tell(said, Some(undo));
    }
}

async fn write(app: App, id: &ChatId, message: Message) -> bool {
    let place = [message.seq];
    let plan = chats::change(app, id, &place, |mut conversation, kept| {
        let streams = kept.first()?.is_streaming();
        conversation.last_end = message.end;
        (!streams).then(|| Plan {
            conversation: Some(conversation),
            put: vec![message],
            ..Plan::default()
        })
    });
    plan.await.is_some()
}

/// Writes a reply as a branch beside another, which stays shown. Which branch it is, counted from 1.
async fn beside(app: App, mut message: Message) -> Option<String> {
    let (id, parent) = (message.chat.clone(), message.parent);
    let plan = chats::change(app, &id, &[], |mut conversation, _| {
        let seq = conversation.branch(message.seq, parent);
        conversation.switch(seq, message.seq);
        message.seq = seq;
        Some(Plan {
            conversation: Some(conversation),
            put: vec![message],
            ..Plan::default()
        })
    });
    let forks = plan.await?.conversation?.forks;
    let fork = forks.iter().find(|fork| fork.parent == parent)?;
    Some(fork.branches.len().to_string())
}
