//! One try after the other, until the rest is there or there is nothing more to try.

use super::{DOING, Doing, Place, SEAMS, Seen, connection, log, message_in, prefill_of, see, tell};
use crate::badcase::{Case, Label, Mended};
use crate::chat::{Message, Segment};
use crate::i18n;
use crate::provider::{Ask, Connection};
use crate::record::{self, case, message};
use crate::reply::{End, Reply};
use crate::settings::RestWay;
use crate::watch::judge;
use crate::watch::resume::{Auto, Ladder, Outcome, Prefill, Way, asking, mode, prefill};
use crate::watch::stitch::Stitch;
use crate::watch::wire::{Send, ToChat};
use crate::web::app::{App, db};
use leptos::prelude::*;

/// Which way is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// What the settings say; by default the ladder.
    Best,
    /// This one.
    Way(Way),
}

/// Who wants the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The user, who says with it that the reply is not finished.
    User,
    /// Nobody: the user asked for it once and for all.
    Auto,
}

/// What a try is made of.
pub(super) struct Job {
    pub app: App,
    pub place: Place,
    connection: Connection,
    pub model: String,
    pub ask: Ask,
    pub dialect: Option<Prefill>,
    pub prompt: String,
    pub temporary: bool,
}

/// Gets the rest of a reply. Whatever fails, what was there stays.
pub async fn get(app: App, place: Place, want: Want, by: By) {
    let Some((job, seen)) = Job::new(app, place).await else {
        return;
    };
    let label = if by == By::User {
        Label::Cut
    } else {
        Label::Open
    };
    let recorded = log::record(app, &seen, &job.ask, label).await;
    job.set(None);
    let ladder = job.ladder(want, by, &seen).await;
    job.climb(ladder, seen, recorded).await;
}

/// Whether a reply goes on without being asked, after `added` was joined on.
pub fn goes_on(app: App, seen: &Seen, added: &str) -> bool {
    let auto = Auto {
        on: app.settings.read_untracked().auto_continue,
    };
    let message = &seen.message;
    let done = message.segments.len().min(u8::MAX.into()) as u8;
    auto.goes_on(
        &seen.verdict,
        message.end.unwrap_or(End::Error),
        done,
        &message.text,
        added,
    )
}

impl Job {
    /// What is needed to ask for more of a reply; `None` where it is not shown, goes on already, or cannot be asked for.
    pub async fn new(app: App, place: Place) -> Option<(Self, Seen)> {
        let busy =
            DOING.with(|all| matches!(all.read_untracked().get(&place), Some(Doing::Working(_))));
        if busy {
            return None;
        }
        let seen = see(&place)
            .await
            .filter(|seen| seen.message.end.is_some())?;
        let ask = tell(&ToChat::Sent(place.0.clone(), place.1)).await;
        let (ask, connection) = (record::parse(&ask?)?, connection(app, &seen)?);
        let model = seen.shown.model.clone();
        let job = Job {
            app,
            place,
            dialect: prefill_of(&connection, &model).await,
            connection,
            model,
            ask: case::read_ask(&ask),
            prompt: seen.shown.prompt.clone(),
            temporary: seen.shown.temporary,
        };
        Some((job, seen))
    }

    pub fn set(&self, doing: Option<Doing>) {
        let place = self.place.clone();
        DOING.with(|all| {
            all.update(|all| match doing {
                Some(doing) => drop(all.insert(place, doing)),
                None => drop(all.remove(&place)),
            });
        });
    }

    /// The ways in the order in which they are tried.
    async fn ladder(&self, want: Want, by: By, seen: &Seen) -> Ladder {
        let by_default = match self.app.settings.read_untracked().rest_way {
            RestWay::Best => Want::Best,
            RestWay::Prefill => Want::Way(Way::Prefill),
            RestWay::Ask => Want::Way(Way::Ask),
            RestWay::Again => Want::Way(Way::Again),
        };
        let want = match (want, by) {
            (Want::Best, By::User) => by_default,
            // Another answer is nobody's rest: it is never begun without being asked for.
            (Want::Best, By::Auto) if by_default != Want::Way(Way::Again) => by_default,
            _ => want,
        };
        let empty = seen.message.text.trim().is_empty();
        match want {
            _ if empty && by == By::User => Ladder::of(&[Way::Again]),
            Want::Way(way) => self.rungs(way),
            Want::Best => {
                let ways = db().ways().await.unwrap_or_default();
                let known = ways.get(&self.connection.id, &self.model);
                let ladder = Ladder::new(self.dialect, known);
                match by {
                    By::User => ladder,
                    By::Auto => ladder.without_again(),
                }
            }
        }
    }

    /// This way; where it is a beginning, asking after it or in its place.
    pub fn rungs(&self, way: Way) -> Ladder {
        match (way, self.dialect) {
            (Way::Prefill, Some(_)) => Ladder::of(&[Way::Prefill, Way::Ask]),
            (Way::Prefill, None) => Ladder::of(&[Way::Ask]),
            (way, _) => Ladder::of(&[way]),
        }
    }

    async fn climb(&self, mut ladder: Ladder, mut seen: Seen, case: Case) {
        let mut tries = 0u8;
        while let Some(way) = ladder.now() {
            tries = tries.saturating_add(1);
            self.set(Some(Doing::Working(way)));
            let before = seen.message.clone();
            let tried = match way {
                Way::Again => self.again(&before).await,
                Way::Prefill | Way::Ask => self.go_on(&before, way).await,
            };
            let Some((outcome, after)) = tried else { break };
            let worked = matches!(outcome, Outcome::Mended | Outcome::CutAgain);
            if worked && way != Way::Again && !self.temporary {
                let _ = db().learn_way(&self.connection.id, &self.model, way).await;
            }
            if outcome == Outcome::Mended {
                let mended = mended(way, tries, &after);
                log::mend(self.app, self.temporary, case, mended).await;
                break;
            }
            if outcome != Outcome::Restarted {
                self.set(None);
            }
            match outcome {
                Outcome::CutAgain if way != Way::Again => {
                    let added = after
                        .text
                        .get(before.text.len()..)
                        .unwrap_or_default()
                        .to_owned();
                    let Some(now) = see(&self.place).await else {
                        return;
                    };
                    if !goes_on(self.app, &now, &added) {
                        return;
                    }
                    seen = now;
                }
                Outcome::Restarted => return,
                Outcome::Failed => return self.failed(&after),
                Outcome::Stopped | Outcome::CutAgain | Outcome::Mended => return,
                Outcome::Refused | Outcome::Nothing => {
                    let Some(now) = see(&self.place).await else {
                        return;
                    };
                    seen = now;
                }
            }
            ladder = ladder.after(outcome);
            if ladder.now().is_none() && outcome != Outcome::CutAgain {
                return self.set(Some(Doing::Nothing));
            }
        }
        self.set(None);
    }

    pub fn failed(&self, after: &Message) {
        let lang = self.app.lang.get_untracked();
        let words = after
            .fault
            .as_ref()
            .map(|fault| i18n::sentence(lang, fault));
        self.set(words.map(Doing::Failed));
    }

    /// The same question again, as a branch.
    async fn again(&self, before: &Message) -> Option<(Outcome, Message)> {
        let question = ToChat::Again(before.chat.clone(), before.seq);
        let after = message_in(tell(&question).await)?;
        let verdict = judge(after.end?, &after.text, &self.prompt);
        let outcome = match after.end {
            Some(End::Complete) if !verdict.is_cut() => Outcome::Mended,
            Some(End::Stopped) => Outcome::Stopped,
            // It shows for itself how it ended.
            _ => Outcome::CutAgain,
        };
        Some((outcome, after))
    }

    /// The rest, as one more segment.
    pub async fn go_on(&self, before: &Message, way: Way) -> Option<(Outcome, Message)> {
        let text = &before.text;
        let send = self.send(text, way)?;
        let stitch = Stitch::new(text, mode(way, self.dialect));
        SEAMS.with_borrow_mut(|seams| seams.insert(self.place.clone(), stitch));
        let answer = tell(&ToChat::Continue(
            message::write(&self.begun(before, way), &Default::default()),
            send,
        ))
        .await;
        let stitch = SEAMS.with_borrow_mut(|seams| seams.remove(&self.place))?;
        let after = message_in(answer)?;
        let added = after.text.get(text.len()..).unwrap_or_default();
        let mut reply = Reply::default();
        added.clone_into(&mut reply.text);
        (reply.end, reply.fault) = (after.end, after.fault.clone());
        let verdict = judge(after.end.unwrap_or(End::Unknown), &after.text, &self.prompt);
        let seam = stitch.seam().cloned().unwrap_or_default();
        let outcome = Outcome::of(&reply, &seam, added, &verdict);
        if let Some(whole) = stitch.branch() {
            self.beside(before, &after, whole).await;
        }
        Some((outcome, after))
    }

    /// The reply as it begins to go on.
    fn begun(&self, before: &Message, way: Way) -> Message {
        let mut message = before.clone();
        let segment = Segment::new(way, message.text.len(), message.end, &self.model);
        message.segments.push(segment);
        message.end = None;
        message.end_raw.clear();
        message.left = false;
        message.fault = None;
        message
    }

    fn send(&self, text: &str, way: Way) -> Option<Send> {
        let write = |ask: &Ask| case::write_ask(ask, &Default::default());
        if way == Way::Ask {
            return Some(Send {
                ask: write(&asking(&self.ask, text)),
                ..Send::default()
            });
        }
        let request = prefill(&self.connection, &self.ask, text, self.dialect?).ok()?;
        Some(Send {
            ask: write(&self.ask),
            url: request.url,
            body: request.body,
        })
    }

    /// Keeps an answer that started over, as a branch.
    async fn beside(&self, before: &Message, after: &Message, whole: &str) {
        let segment = after.segments.last();
        let message = Message {
            text: whole.to_owned(),
            end: after.end,
            end_raw: after.end_raw.clone(),
            usage: segment.and_then(|segment| segment.usage),
            took: segment.map_or(0, |segment| segment.took),
            waited: 0,
            segments: Vec::new(),
            ..before.clone()
        };
        let row = message::write(&message, &Default::default());
        let branch = tell(&ToChat::Beside(row)).await;
        let branch = branch.and_then(|branch| branch.parse().ok());
        self.set(Some(branch.map_or(Doing::Over, Doing::Beside)));
    }
}

pub(super) fn mended(way: Way, tries: u8, after: &Message) -> Mended {
    let last = after.segments.last().filter(|_| way != Way::Again);
    Mended {
        way,
        text: after.text.clone(),
        tries,
        model: last.map_or_else(|| after.model.clone(), |last| last.model.clone()),
        usage: last.map_or(after.usage, |last| last.usage),
        took: last.map_or(after.took, |last| last.took),
    }
}
