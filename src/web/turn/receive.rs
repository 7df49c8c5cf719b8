//! A reply that is received: from its beginning to its end, shown and kept on the way. The request is [`super::talk`]'s.

use super::keep;
use super::rest::{self, Rest};
use super::talk::talk;
use crate::chat::{Message, Seq};
use crate::cost::charge::Charge;
use crate::id::ChatId;
use crate::record::Row;
use crate::reply::Close;
use crate::text::between;
use crate::watch::wire::ToScreens;
use crate::web::app::{App, Open, db, notify, notify_chat};
use crate::web::bridge::Program;
use crate::web::db::{Plan, persist};
use crate::web::live::{self, Live};
use crate::web::tabs::Notice;
use crate::web::{bridge, chats, clock, locks};
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Milliseconds between two checkpoints of what has arrived.
const CHECKPOINT: f64 = 200.0;
/// Bytes up to which a reply is kept at that pace. A longer one is, too, while keeping it is quick.
const ORDINARY: usize = 100 * 1024;
/// Milliseconds between two checkpoints for every one that keeping the reply last took.
const REST: f64 = 10.0;
/// Milliseconds that are never exceeded between two checkpoints.
const LONGEST_REST: f64 = 3_000.0;
/// Milliseconds between two looks whether a reply has come to its end.
const HALT: u32 = 20;

/// What a reply is waiting for; for the line under it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// For the first text; since when, by [`clock::ticks`].
    Silent(f64),
    /// For more text, over a connection that has not ended; since when.
    Mute(f64),
    /// For another try: which one, and when.
    Retry(u32, f64),
}

/// What a reply is waiting for, shared with its view.
#[derive(Clone)]
pub struct Waiting(pub ArcRwSignal<Option<State>>);

pub(super) struct Turn {
    pub(super) app: App,
    pub(super) open: Open,
    pub(super) message: RefCell<Message>,
    pub(super) live: Rc<RefCell<Live>>,
    /// Where this is the rest of a reply.
    pub(super) rest: Option<Rest>,
    /// What the reply is counted with when it ends; none for the demo model.
    pub(super) charge: RefCell<Option<Charge>>,
    pub(super) waiting: Waiting,
    pub(super) began: f64,
    /// From there to the first token, in milliseconds.
    pub(super) waited: Cell<u32>,
    pub(super) text: Cell<f64>,
    pub(super) saved: Cell<f64>,
    /// Milliseconds from one checkpoint to the next.
    pub(super) pause: Cell<f64>,
    pub(super) saving: Cell<bool>,
    pub(super) dirty: Cell<bool>,
    pub(super) over: Cell<bool>,
}

thread_local! {
    static ABORTS: RefCell<HashMap<(ChatId, Seq), (AbortHandle, Waiting)>> = RefCell::default();
    static LEAVING: Cell<bool> = const { Cell::new(false) };
}

/// Stops every reply that streams into a conversation in this tab.
pub fn stop(chat: &ChatId) {
    ABORTS.with_borrow(|aborts| {
        for ((id, _), (abort, _)) in aborts {
            if id == chat {
                abort.abort();
            }
        }
    });
}

/// As [`stop`], and waits until what has come of them is kept.
pub async fn halt(chat: &ChatId) {
    stop(chat);
    while receiving(chat) {
        clock::sleep(HALT).await;
    }
}

/// Ends every reply of this tab at once, as if the page were closed: nothing can be kept any more.
pub fn leave() {
    LEAVING.set(true);
    ABORTS.with_borrow(|aborts| aborts.values().for_each(|(abort, _)| abort.abort()));
}

/// Whether a reply streams into a conversation in this tab. Not tracked.
pub fn receiving(chat: &ChatId) -> bool {
    live::any(chat)
}

/// What a reply of this tab is waiting for.
pub fn waiting(chat: &ChatId, seq: Seq) -> Option<Waiting> {
    ABORTS.with_borrow(|aborts| {
        let (_, waiting) = aborts.get(&(chat.clone(), seq))?;
        Some(waiting.clone())
    })
}

/// As [`receive`], on its own.
pub fn start(app: App, open: Open, message: Message) {
    spawn_local(async move {
        receive(app, open, message, None).await;
    });
}

/// Receives the reply for a message that is in the page and, unless temporary, in the database. With `rest` the reply
/// was there before and goes on. Returns it as it ended.
pub async fn receive(app: App, open: Open, message: Message, rest: Option<Rest>) -> Message {
    let now = clock::ticks();
    let turn = Rc::new(Turn {
        live: live::begin(&message),
        waiting: Waiting(ArcRwSignal::new(Some(State::Silent(now)))),
        message: RefCell::new(message),
        charge: RefCell::default(),
        rest,
        app,
        open,
        began: now,
        waited: Cell::new(0),
        text: Cell::new(now),
        saved: Cell::new(now),
        pause: Cell::new(CHECKPOINT),
        saving: Cell::new(false),
        dirty: Cell::new(false),
        over: Cell::new(false),
    });
    let key = (turn.open.id.clone(), turn.message.borrow().seq);
    let (abort, registration) = AbortHandle::new_pair();
    ABORTS.with_borrow_mut(|aborts| aborts.insert(key.clone(), (abort, turn.waiting.clone())));
    app.busy.update(|n| *n += 1);
    app.said.set(app.t_now().chat.streaming_said.to_owned());
    // The view was built when the message was shown, before there was anything to receive.
    touch(&turn);
    spawn_local(frames(turn.clone()));
    let _lock = locks::hold(&super::lock(&key.0, key.1)).await;
    let work = Abortable::new(talk(turn.clone()), registration);
    let close = work.await.unwrap_or(match LEAVING.get() {
        true => Close::Broken,
        false => Close::Stopped,
    });
    let ended = finish(&turn, close).await;
    ABORTS.with_borrow_mut(|aborts| aborts.remove(&key));
    ended
}

/// Makes the view of this reply look again.
fn touch(turn: &Turn) {
    let seq = turn.message.borrow().seq;
    if let Some(row) = turn
        .open
        .messages
        .read_untracked()
        .iter()
        .find(|row| row.seq == seq)
    {
        row.message.update(|_| {});
    }
}

/// Shows the reply as this, where its conversation was open when it began.
pub(super) fn put(turn: &Turn, message: Message) {
    let rows = turn.open.messages.read_untracked();
    let row = rows.iter().find(|row| row.seq == message.seq);
    if let Some(row) = row.filter(|row| **row.message.read_untracked() != message) {
        row.message.set(Arc::new(message));
    }
}

/// Once per frame: show what has arrived, keep it, and notice silence.
async fn frames(turn: Rc<Turn>) {
    while !turn.over.get() {
        clock::frame().await;
        if turn.over.get() {
            break;
        }
        turn.live.borrow_mut().frame();
        checkpoint(&turn);
        watch(&turn);
    }
}

/// Keeps what has arrived, five times a second. A checkpoint writes the whole row, so those of a very long reply
/// are spaced out, that they take a tenth of the time.
pub(super) fn checkpoint(turn: &Rc<Turn>) {
    let now = clock::ticks();
    let due = turn.dirty.get() && !turn.saving.get() && now - turn.saved.get() > turn.pause.get();
    if turn.open.temporary || !due {
        return;
    }
    turn.dirty.set(false);
    turn.saving.set(true);
    turn.saved.set(now);
    let mut message = turn.message.borrow().clone();
    message.adopt(&turn.live.borrow().reply);
    message.end = None;
    let turn = turn.clone();
    spawn_local(async move {
        if let Err(fault) = db().checkpoint(&message).await {
            turn.app.fault(&fault);
        }
        turn.saving.set(false);
        if message.text.len() + message.reasoning.len() > ORDINARY {
            let took = clock::ticks() - now;
            turn.pause
                .set(between(took * REST, CHECKPOINT, LONGEST_REST));
        }
        notify(&Notice::Streaming {
            chat: message.chat.to_string(),
            seq: message.seq,
        });
    });
}

/// Says after 10 s without new text that none comes, whether or not bytes do. Before the first text the wait is
/// shown from its beginning.
fn watch(turn: &Turn) {
    let now = clock::ticks();
    let state = turn.waiting.0.get_untracked();
    let next = match state {
        Some(State::Silent(_) | State::Retry(..)) => return,
        _ if now - turn.text.get() > 10_000.0 => Some(State::Mute(turn.text.get())),
        _ => None,
    };
    if next != state {
        turn.waiting.0.set(next);
    }
}

/// The end: the reply goes into its row, durably. Returns it.
async fn finish(turn: &Turn, close: Close) -> Message {
    rest::settle(turn, true).await;
    turn.over.set(true);
    let reply = {
        let mut live = turn.live.borrow_mut();
        live.reply.close(close);
        live.reply.clone()
    };
    let mut message = turn.message.borrow().clone();
    message.adopt(&reply);
    message.left |= LEAVING.get();
    message.took = (clock::ticks() - turn.began) as u32;
    message.waited = turn.waited.get();
    let ended = match &turn.rest {
        Some(rest) => rest.end(&mut message),
        None => message.clone(),
    };
    let (id, seq) = (message.chat.clone(), message.seq);
    let end = message.end;
    let charge = turn.charge.take().map(|charge| match &turn.rest {
        Some(rest) => Charge {
            reply: rest.added(reply),
            whole: false,
            ..charge
        },
        None => Charge { reply, ..charge },
    });
    let written = keep::write(&message, charge.as_ref(), turn.open.temporary).await;
    if !turn.open.temporary {
        notify_chat(&id);
    }
    // What is left is shown in slices, so that a burst does not freeze the page. Nobody sees a hidden one.
    while turn.live.borrow_mut().frame() {
        if !document().hidden() {
            clock::frame().await;
        }
    }
    live::end(&id, seq);
    let plan = written.unwrap_or_else(|fault| {
        turn.app.fault(&fault);
        if !turn.open.temporary {
            keep::hold(turn.app, message.clone(), charge);
        }
        Some(Plan {
            put: vec![message],
            ..Plan::default()
        })
    });
    if let Some(plan) = plan {
        chats::show(turn.app, &id, &plan, turn.open.temporary);
        // A temporary conversation that was left comes back by undo as it is here.
        if let Some(message) = plan.put.into_iter().next() {
            put(turn, message);
        }
    }
    if !turn.open.temporary {
        spawn_local(keep_once());
    }
    turn.waiting.0.set(None);
    if let Some(end) = end {
        let words = turn.app.t_now();
        turn.app
            .said
            .set((words.chat.reply_ended)((words.chat.ends)(end)));
    }
    // The composer looks whether anything still streams.
    turn.app.busy.update(|n| *n += 1);
    spawn_local(async move {
        let question = ToScreens::Ended(id, seq).write();
        bridge::ask(Program::Screens, &question).await;
    });
    ended
}

/// Asks the browser to keep the data, once, when there is a conversation worth keeping.
async fn keep_once() {
    const ASKED: &str = "device.asked-to-keep";
    let database = db();
    let asked = database.kv(ASKED).await.ok().flatten().is_some();
    if !asked && database.is_kept() && database.put_kv(ASKED, Row::new()).await.is_ok() {
        let _ = persist().await;
    }
}
