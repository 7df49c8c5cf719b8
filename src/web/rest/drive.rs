//! One try after the other, until the rest is there or there is nothing more to try.

use super::{DOING, Doing, Place, SEAMS, Seen, connection, log, message_in, prefill_of, see, tell};
use crate::badcase::{Case, Label, Mended};
use crate::chat::{Message, Segment};
use crate::i18n;
use crate::provider::{Ask, Connection};
use crate::record::{case, message};
use crate::reply::{End, Reply};
use crate::settings::RestWay;
use crate::watch::judge;
use crate::watch::resume::{Auto, Ladder, Outcome, Prefill, Way, asking, mode, prefill};
use crate::watch::stitch::Stitch;
use crate::watch::wire::{Send, ToChat, row};
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
struct Job {
    app: App,
    place: Place,
    connection: Connection,
    model: String,
    ask: Ask,
    dialect: Option<Prefill>,
    prompt: String,
    temporary: bool,
}

/// Gets the rest of a reply. Whatever fails, what was there stays.
pub async fn get(app: App, place: Place, want: Want, by: By) {
    let busy =
        DOING.with(|all| matches!(all.read_untracked().get(&place), Some(Doing::Working(_))));
    if busy {
        return;
    }
    let Some(seen) = see(&place).await.filter(|seen| seen.message.end.is_some()) else {
        return;
    };
    let ask = tell(&ToChat::Sent(place.0.clone(), place.1)).await;
    let (Some(ask), Some(connection)) = (ask.as_deref().and_then(row), connection(app, &seen))
    else {
        return;
    };
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
    fn set(&self, doing: Option<Doing>) {
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
            RestWay::Ask => Want::Way(Way::Ask),
            RestWay::Again => Want::Way(Way::Again),
        };
        let want = match (want, by) {
            (Want::Best, By::User) => by_default,
            (Want::Best, By::Auto) if by_default == Want::Way(Way::Ask) => by_default,
            _ => want,
        };
        let empty = seen.message.text.trim().is_empty();
        match want {
            _ if empty => Ladder::of(&[Way::Again]),
            Want::Way(Way::Prefill) => Ladder::of(&[Way::Prefill, Way::Ask]),
            Want::Way(way) => Ladder::of(&[way]),
            Want::Best => {
                let ways = db().ways().await.unwrap_or_default();
                Ladder::new(self.dialect, ways.get(&self.connection.id, &self.model))
            }
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
            if outcome != Outcome::Restarted {
                self.set(None);
            }
            let worked = matches!(outcome, Outcome::Mended | Outcome::CutAgain);
            if worked && way != Way::Again && !self.temporary {
                let _ = db().learn_way(&self.connection.id, &self.model, way).await;
            }
            match outcome {
                Outcome::Mended => {
                    let mended = mended(way, tries, &after);
                    log::mend(self.app, self.temporary, case, mended).await;
                    return;
                }
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
                Outcome::Stopped | Outcome::CutAgain => return,
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

    fn failed(&self, after: &Message) {
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
    async fn go_on(&self, before: &Message, way: Way) -> Option<(Outcome, Message)> {
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
            segments: Vec::new(),
            ..before.clone()
        };
        let row = message::write(&message, &Default::default());
        let place = tell(&ToChat::Beside(row)).await;
        let place = place.and_then(|place| place.parse().ok());
        self.set(Some(place.map_or(Doing::Over, Doing::Beside)));
    }
}

fn mended(way: Way, tries: u8, after: &Message) -> Mended {
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
