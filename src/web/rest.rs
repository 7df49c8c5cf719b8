//! Getting the rest of a reply, in the second program: the judge, the way, the words, the seam, the log.
//!
//! The chat asks how a rest is joined on and tells of replies that ended; everything that is written into a conversation
//! is written by the chat ([`crate::watch::wire`]).

mod again;
mod drive;
mod log;

use crate::chat::{Message, Seq};
use crate::id::ChatId;
use crate::markdown::SHOWN;
use crate::provider::Connection;
use crate::record::{self, message};
use crate::reply::End;
use crate::watch::resume::{Prefill, Server, Way, dialect, server};
use crate::watch::stitch::Stitch;
use crate::watch::wire::{Joint, Shown, ToChat, ToScreens};
use crate::watch::{Verdict, judge};
use crate::web::app::{App, db};
use crate::web::bridge::{self, Answer, Program};
use crate::web::http;
use crate::web::lock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::collections::HashMap;

pub use again::{recover, retry};
pub use drive::{By, Want, get};
pub use log::{changed, denied, deny, follow, offset};

/// A reply, by its conversation and its place there.
pub type Place = (ChatId, Seq);

/// What is under way for a reply, or came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Doing {
    /// The rest is being fetched by this way.
    Working(Way),
    /// The answer started over; it is this branch now, counted from 1.
    Beside(usize),
    /// The answer started over, and could not be kept.
    Over,
    /// Nothing came that was not there.
    Nothing,
    /// What went wrong, in words.
    Failed(String),
}

thread_local! {
    static DOING: ArcRwSignal<HashMap<Place, Doing>> = ArcRwSignal::default();
    static SEAMS: RefCell<HashMap<Place, Stitch>> = RefCell::default();
    /// What programs of the user's own say of themselves, by address.
    static SERVERS: RefCell<HashMap<String, Option<Server>>> = RefCell::default();
}

/// What is under way for each reply, or came of it while the page lives.
pub fn doing() -> ArcRwSignal<HashMap<Place, Doing>> {
    DOING.with(Clone::clone)
}

/// A reply as the chat shows it.
pub struct Seen {
    /// The reply; its words may be missing, where [`Shown::wordless`] says so.
    pub message: Message,
    /// What was asked, and who would be asked now.
    pub shown: Shown,
    /// What the judge makes of it.
    pub verdict: Verdict,
}

/// Asks the chat for a reply of the open conversation. `None` where it is not shown.
pub async fn see(place: &Place) -> Option<Seen> {
    Seen::read(&tell(&ToChat::Show(place.0.clone(), place.1)).await?)
}

/// As [`see`], but the words of a very long reply come only where something is kept that they are compared with:
/// on their way from one program to the other they would hold up the page.
pub async fn glance(place: &Place) -> Option<Seen> {
    let seen = Seen::read(&tell(&ToChat::Glance(place.0.clone(), place.1)).await?)?;
    match seen.shown.wordless && (log::is_known(place).await || again::kept(place).await.is_some())
    {
        true => see(place).await,
        false => Some(seen),
    }
}

/// The reply at a place whose conversation is not open; as it is stored.
async fn stored(place: &Place) -> Option<Seen> {
    let one = async |seq| {
        let found = db().messages(&place.0, seq, seq).await.ok()?;
        found.into_iter().next()
    };
    let message = one(place.1).await?;
    let prompt = one(message.parent).await;
    let conversation = db().conversation(&place.0).await.ok()??;
    let shown = Shown {
        prompt: prompt.map(|prompt| prompt.text).unwrap_or_default(),
        mark: conversation
            .last_end
            .map(End::name)
            .unwrap_or_default()
            .to_owned(),
        ..Shown::default()
    };
    Some(Seen::new(message, shown))
}

impl Seen {
    fn read(answer: &str) -> Option<Self> {
        let shown = Shown::read(answer)?;
        Some(Self::new(message::read(&shown.message), shown))
    }

    fn new(message: Message, shown: Shown) -> Self {
        // What is too long to be shown is too long to be read for signs on the page's own thread.
        let text = match message.text.len() > SHOWN {
            true => "",
            false => &message.text,
        };
        let verdict = message.end.map(|end| judge(end, text, &shown.prompt));
        Self {
            verdict: verdict.unwrap_or_default(),
            message,
            shown,
        }
    }
}

/// Has the list show whether the last reply of a conversation is finished, as far as is known.
pub async fn mark(seen: &Seen, denied: bool) {
    let Some(end) = seen.message.end else { return };
    let end = match (denied, end) {
        (true, _) => End::Complete,
        (false, End::Complete) if seen.verdict.is_cut() => End::Unknown,
        (false, end) => end,
    };
    // A denial follows a mark that was not there yet when the reply was looked at.
    if denied || end.name() != seen.shown.mark {
        let message = &seen.message;
        let question = ToChat::Mark(message.chat.clone(), message.seq, end.name().to_owned());
        tell(&question).await;
    }
}

/// Asks something of the chat.
pub async fn tell(question: &ToChat) -> Option<String> {
    bridge::ask(Program::Chat, &question.write()).await
}

/// Answers the chat; `None` where the question is for someone else.
pub fn answer(app: App, question: &str) -> Option<Answer> {
    let question = ToScreens::read(question)?;
    Some(Box::pin(async move {
        match question {
            ToScreens::Seam(chat, seq, text, over) => seam(&(chat, seq), &text, over),
            ToScreens::Ended(chat, seq) => {
                ended(app, (chat, seq)).await;
                String::new()
            }
            ToScreens::Wanted(chat, seq) => {
                spawn_local(get(app, (chat, seq), Want::Best, By::User));
                String::new()
            }
        }
    }))
}

/// How more of the rest is joined on; empty while it is too early to tell. Of an answer that started over nothing is.
fn seam(place: &Place, text: &str, over: bool) -> String {
    SEAMS.with_borrow_mut(|seams| {
        let Some(stitch) = seams.get_mut(place) else {
            // The reply goes on without anybody here having asked for it: as it comes.
            let joint = Joint {
                add: text.to_owned(),
                ..Joint::default()
            };
            return joint.write();
        };
        let mut add = stitch.push(text);
        if over {
            add.push_str(&stitch.finish());
        }
        let Some(seam) = stitch.seam() else {
            return String::new();
        };
        let joint = Joint {
            add,
            glue: seam.glue.len() as u32,
            dropped: seam.dropped.clone(),
            branch: stitch.branch().is_some(),
        };
        joint.write()
    })
}

/// A reply has ended: it is counted, and gone on with where the user wants that without asking.
async fn ended(app: App, place: Place) {
    let open = glance(&place).await;
    let is_open = open.is_some();
    let found = match open {
        Some(seen) => Some(seen),
        None => stored(&place).await,
    };
    let Some(seen) = found.filter(|seen| seen.message.end.is_some()) else {
        return;
    };
    // A request that failed gave no reply, and what was joined on is none of its own.
    let is_whole = seen.message.segments.is_empty();
    if is_whole && !seen.shown.temporary && seen.message.end != Some(End::Error) {
        log::count(app, &seen.message).await;
    }
    mark(&seen, false).await;
    if !is_whole {
        return then_summarise(app, &seen).await;
    }
    if is_open && drive::goes_on(app, &seen, "") {
        return get(app, place, Want::Best, By::Auto).await;
    }
    then_summarise(app, &seen).await;
}

/// What has no room any more is summarised before the next question, where the user wants that.
async fn then_summarise(app: App, seen: &Seen) {
    if !seen.shown.temporary && seen.message.end != Some(End::Error) {
        super::summary::make(app, &seen.message.chat, false).await;
    }
}

/// The connection that would be asked now.
pub fn connection(app: App, seen: &Seen) -> Option<Connection> {
    let all = app.connections.read_untracked();
    all.iter()
        .find(|one| one.id == seen.shown.connection)
        .cloned()
}

/// How a connection takes a beginning for a model. A server of the user's own is asked once what it is.
pub async fn prefill_of(connection: &Connection, model: &str) -> Option<Prefill> {
    let known = dialect(connection, model, None);
    if known.is_some()
        || !is_own(&connection.base)
        || dialect(connection, model, Some(Server::Vllm)).is_none()
    {
        return known;
    }
    let asked = SERVERS.with_borrow(|servers| servers.get(&connection.base).copied());
    let found = match asked {
        Some(found) => found,
        None => {
            let found = http::within(1_500, models(connection)).await.flatten();
            let found = found.as_deref().and_then(server);
            SERVERS.with_borrow_mut(|servers| servers.insert(connection.base.clone(), found));
            found
        }
    };
    dialect(connection, model, found)
}

async fn models(connection: &Connection) -> Option<String> {
    let connection = lock::if_open(connection).await?;
    let request = crate::provider::list_models(&connection).ok()?;
    let answer = http::send(&request).await.ok()?;
    let body = answer.body(256 * 1024).await;
    Some(String::from_utf8_lossy(&body).into_owned())
}

/// Whether an address looks like a machine of the user's own: it names a port or no domain.
fn is_own(base: &str) -> bool {
    let host = crate::provider::address::host(base);
    host.contains(':') || !host.contains('.') || host.ends_with(".local")
}

/// The row in an answer of the chat.
fn message_in(answer: Option<String>) -> Option<Message> {
    Some(message::read(&record::parse(&answer?)?))
}

/// Whether an end is the provider's or the transport's own word that there is more.
pub fn is_said(end: Option<End>) -> bool {
    matches!(
        end,
        Some(End::Length | End::Cut | End::Paused | End::Empty | End::Unknown)
    )
}
