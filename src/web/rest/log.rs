//! What goes into the log of bad cases, and the counts beside it.

use super::{Place, Seen};
use crate::badcase::figures::week_of;
use crate::badcase::{Case, Label, Mended};
use crate::chat::Message;
use crate::provider::{Ask, address};
use crate::record::schema::CASES;
use crate::reply::End;
use crate::watch::resume::Way;
use crate::web::app::{App, db, notify};
use crate::web::clock;
use crate::web::tabs::Notice;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashSet;

thread_local! {
    /// Replies of temporary conversations that the user found complete.
    static DENIED: RefCell<HashSet<Place>> = RefCell::default();
}

/// Counts one more reply.
pub async fn count(app: App, message: &Message) {
    let week = week_of(clock::now_ms(), offset());
    let provider = provider(app, message);
    if let Err(fault) = db().count_reply(&provider, &message.model, week).await {
        app.fault(&fault);
    }
}

/// Minutes by which local time is ahead of UTC.
pub fn offset() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}

/// The host that answered; `demo` for the built-in model.
fn provider(app: App, message: &Message) -> String {
    let all = app.connections.read_untracked();
    let found = all.iter().find(|one| one.name == message.connection);
    match found {
        Some(one) if one.id == "demo" => one.id.clone(),
        Some(one) => address::host(&one.base),
        None => message.connection.clone(),
    }
}

/// Records that a reply is thought to be cut; the case as it was recorded the first time, where it was.
pub async fn record(app: App, seen: &Seen, ask: &Ask, label: Label) -> Case {
    let message = &seen.message;
    let id = Case::id_of(&message.chat, message.seq);
    let known = match seen.shown.temporary {
        true => None,
        false => db().case(&id).await.ok().flatten(),
    };
    let mut case = known.unwrap_or_else(|| fresh(app, id, seen, ask));
    if label != Label::Open {
        case.label = label;
    }
    keep(app, seen.shown.temporary, &mut case).await;
    case
}

fn fresh(app: App, id: String, seen: &Seen, ask: &Ask) -> Case {
    let message = &seen.message;
    Case {
        id,
        made: clock::now_ms(),
        chat: message.chat.clone(),
        seq: message.seq,
        provider: provider(app, message),
        model: message.model.clone(),
        ask: ask.clone(),
        end: message.end,
        end_raw: message.end_raw.clone(),
        usage: message.usage,
        waited: message.waited,
        took: message.took,
        cut: message.text.clone(),
        ..Case::default()
    }
    .judged(&seen.verdict)
}

/// Records how a reply was mended.
pub async fn mend(app: App, temporary: bool, mut case: Case, mended: Mended) {
    case.mended = Some(mended);
    keep(app, temporary, &mut case).await;
}

/// Records how a reply was mended once more, where its case is still there.
pub async fn mend_again(app: App, temporary: bool, mended: Mended, now: &Message) {
    let id = Case::id_of(&now.chat, now.seq);
    if let Ok(Some(mut case)) = db().case(&id).await {
        let before = case.mended.as_ref().map_or(0, |mended| mended.tries);
        case.mended = Some(Mended {
            tries: before.saturating_add(mended.tries),
            ..mended
        });
        keep(app, temporary, &mut case).await;
    }
}

/// Keeps the case of a reply in step with what was taken out of the reply, or brought back.
pub async fn follow(app: App, seen: &Seen) {
    let message = &seen.message;
    if seen.shown.temporary || message.end.is_none() {
        return;
    }
    let case = db().case(&Case::id_of(&message.chat, message.seq)).await;
    let Ok(Some(mut case)) = case else { return };
    // A case that was blacked out, or mended by another reply, says nothing of the words here.
    if case.redacted || message.cut_text() != case.cut {
        return;
    }
    let now = match (message.segments.last(), &case.mended) {
        (None, Some(mended)) if mended.way != Way::Again => None,
        (Some(last), mended) if message.end == Some(End::Complete) && !seen.verdict.is_cut() => {
            let known = mended.clone().filter(|mended| mended.way == last.way);
            Some(Mended {
                way: last.way,
                text: message.text.clone(),
                tries: known.as_ref().map_or(1, |known| known.tries),
                model: last.model.clone(),
                usage: last.usage,
                took: last.took,
            })
        }
        _ => return,
    };
    if now.as_ref().map(|now| &now.text) != case.mended.as_ref().map(|old| &old.text) {
        case.mended = now;
        keep(app, false, &mut case).await;
    }
}

/// Records that a suspicion was false, and remembers it.
pub async fn deny(app: App, seen: &Seen, ask: &Ask) {
    let place = (seen.message.chat.clone(), seen.message.seq);
    if seen.shown.temporary {
        DENIED.with_borrow_mut(|denied| denied.insert(place));
    }
    record(app, seen, ask, Label::Complete).await;
}

/// Whether the user found a reply complete.
pub async fn denied(seen: &Seen) -> bool {
    let place = (seen.message.chat.clone(), seen.message.seq);
    if seen.shown.temporary {
        return DENIED.with_borrow(|denied| denied.contains(&place));
    }
    let case = db().case(&Case::id_of(&place.0, place.1)).await;
    case.ok()
        .flatten()
        .is_some_and(|case| case.label == Label::Complete && case.cut == seen.message.text)
}

/// Whether the log has a case of a reply.
pub async fn is_known(place: &Place) -> bool {
    let case = db().case(&Case::id_of(&place.0, place.1)).await;
    case.ok().flatten().is_some()
}

async fn keep(app: App, temporary: bool, case: &mut Case) {
    let all = app.connections.get_untracked();
    let keys: Vec<&str> = all
        .iter()
        .map(|one| one.key.as_str())
        .filter(|key| !key.is_empty())
        .collect();
    *case = std::mem::take(case).without(&keys);
    if temporary {
        return;
    }
    match db().put_case(case).await {
        Ok(()) => changed(&case.id),
        Err(fault) => app.fault(&fault),
    }
}

/// Tells the other tabs and the log on the screen that a case has changed.
pub fn changed(id: &str) {
    notify(&Notice::Changed {
        store: CASES.to_owned(),
        key: id.to_owned(),
        rev: 0,
    });
}
