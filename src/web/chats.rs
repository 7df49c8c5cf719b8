//! Conversations: listing, opening, paging, renaming, deleting, and following other tabs.

mod branch;
mod gone;
mod place;

use crate::chat::{Conversation, Message, Options, Role, Seq};
use crate::id::ChatId;
use crate::reply::End;
use crate::route::Route;
use crate::web::app::{App, ChatRow, Open, db, notify_chat, store};
use crate::web::db::Plan;
use crate::web::{live, locks, turn, ui};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How often the open conversation is read again, where it changes meanwhile.
const READS: u32 = 4;
/// Conversations that the list reads at a time.
const LIST_PAGE: u32 = 40;
pub use branch::{delete_message, switch};
pub use gone::{bring_back, delete};
pub use place::{earlier, later, newest, stored};

/// Reads the head of the list again, and where something is being written.
pub async fn refresh_list(app: App) {
    read_drafts(app).await;
    read_list(app).await;
}

/// Reads where something is being written.
pub async fn read_drafts(app: App) {
    app.drafts.set(db().drafts().await.unwrap_or_default());
}

/// Reads the head of the list.
pub async fn read_list(app: App) {
    let most = (app.list.recent.read_untracked().len() as u32).max(LIST_PAGE);
    let pinned = db().pinned().await;
    let recent = db().newest(most, None).await;
    match (pinned, recent) {
        (Ok(pinned), Ok(recent)) => {
            app.list.more.set(recent.len() as u32 == most);
            merge(app.list.pinned, pinned);
            merge(app.list.recent, recent);
        }
        (Err(fault), _) | (_, Err(fault)) => app.fault(&fault),
    }
}

/// Reads the next page of the list.
pub async fn more_of_list(app: App) {
    let last = app.list.recent.read_untracked().last().map(|row| {
        let row = row.row.read_untracked();
        (row.updated, row.id.clone())
    });
    let before = last.as_ref().map(|(updated, id)| (*updated, id));
    match db().newest(LIST_PAGE, before).await {
        Ok(rows) => {
            app.list.more.set(rows.len() as u32 == LIST_PAGE);
            app.list
                .recent
                .update(|list| list.extend(rows.into_iter().map(row)));
        }
        Err(fault) => app.fault(&fault),
    }
}

/// Puts a changed conversation into the list without reading anything.
pub fn show_in_list(app: App, conversation: &Arc<Conversation>) {
    let (here, there) = match conversation.pinned {
        true => (app.list.pinned, app.list.recent),
        false => (app.list.recent, app.list.pinned),
    };
    if there
        .read_untracked()
        .iter()
        .any(|row| row.id == conversation.id)
    {
        there.update(|rows| rows.retain(|row| row.id != conversation.id));
    }
    let at = here
        .read_untracked()
        .iter()
        .position(|row| row.id == conversation.id);
    match at {
        Some(0) => here.read_untracked()[0].row.set(conversation.clone()),
        _ => here.update(|rows| {
            let known = at.map(|at| rows.remove(at));
            let known = known.unwrap_or_else(|| row((**conversation).clone()));
            known.row.set(conversation.clone());
            // The newest first; the others are in order already.
            let at = rows
                .iter()
                .position(|row| row.row.read_untracked().updated <= conversation.updated);
            rows.insert(at.unwrap_or(rows.len()), known);
        }),
    }
}

/// Opens a conversation, at its end or at one of its messages.
pub async fn open(app: App, id: ChatId, at: Option<Seq>) {
    let shown = app.open.get_untracked().filter(|open| open.id == id);
    if let Some(open) = &shown {
        let here = |seq: &Seq| {
            open.messages
                .read_untracked()
                .iter()
                .any(|row| row.seq == *seq)
        };
        match at {
            None => return,
            Some(at) if here(&at) => return ui::go_to(at),
            Some(_) => {}
        }
    }
    let temporary = shown.as_ref().is_some_and(|open| open.temporary);
    // As the list has it, which saves a way to the database and back, and most often is what is there.
    let listed = untrack(|| listed(app, &id)).filter(|_| at.is_none());
    let read = place::read(&store(temporary), &id, at, listed.clone()).await;
    if !matches!(app.route.get_untracked(), Route::Chat(now, _) if now == id) {
        return;
    }
    let (conversation, page) = match read {
        Ok(Some(read)) => read,
        Ok(None) => {
            leave(app);
            return app.missing.set(true);
        }
        Err(fault) => return app.fault(&fault),
    };
    match shown {
        Some(open) => {
            open.row.set(Arc::new(conversation));
            page.show(&open);
        }
        None => {
            leave(app);
            app.temporary.set(false);
            let open = Open {
                id,
                row: ArcRwSignal::new(Arc::new(conversation)),
                messages: ArcRwSignal::default(),
                earlier: ArcRwSignal::new(0),
                ahead: ArcRwSignal::default(),
                temporary,
            };
            page.show(&open);
            app.open.set(Some(open));
        }
    }
    if let Some(at) = at {
        ui::go_to(at);
    }
    if let Some(listed) = listed
        && db().conversation(&listed.id).await != Ok(Some(listed))
    {
        reload(app).await;
    }
    mend(app).await;
}

/// A conversation as the list has it, where it is listed.
fn listed(app: App, id: &ChatId) -> Option<Conversation> {
    let lists = [app.list.recent, app.list.pinned];
    lists.into_iter().find_map(|list| {
        let list = list.read();
        let row = list.iter().find(|row| row.id == *id)?;
        Some((**row.row.read()).clone())
    })
}

/// Closes what is open. A temporary conversation is gone then, but for the undo.
pub fn leave(app: App) {
    app.missing.set(false);
    let Some(open) = app.open.get_untracked() else {
        return;
    };
    app.open.set(None);
    if !open.temporary {
        return;
    }
    turn::stop(&open.id);
    let undo = Arc::new(move || {
        app.open.set(Some(open.clone()));
        app.go(&Route::New);
    });
    app.tell(app.t_now().chat.temporary_left.to_owned(), Some(undo));
}

/// Changes the open conversation or another one in one transaction and shows it.
pub fn change<'a>(
    app: App,
    id: &'a ChatId,
    ask: &'a [Seq],
    make: impl FnOnce(Conversation, Vec<Message>) -> Option<Plan> + 'a,
) -> impl Future<Output = Option<Plan>> + 'a {
    // Boxed, so that the work below is compiled once and not once per caller.
    change_with(app, id, ask, Box::new(make))
}

async fn change_with(
    app: App,
    id: &ChatId,
    ask: &[Seq],
    make: Box<dyn FnOnce(Conversation, Vec<Message>) -> Option<Plan> + '_>,
) -> Option<Plan> {
    let open = app.open.get_untracked().filter(|open| open.id == *id);
    let temporary = open.is_some_and(|open| open.temporary);
    let plan = store(temporary)
        .change(id, ask, |fresh| {
            // What the database did not take yet is changed as it is shown.
            let messages = fresh.messages.into_iter().map(turn::held_or).collect();
            make(fresh.conversation?, messages)
        })
        .await;
    let plan = match plan {
        Ok(plan) => plan?,
        Err(fault) => {
            app.fault(&fault);
            return None;
        }
    };
    show(app, id, &plan, temporary);
    if !temporary {
        notify_chat(id);
    }
    Some(plan)
}

/// Shows what a change has written. A temporary conversation is in no list.
pub fn show(app: App, id: &ChatId, plan: &Plan, temporary: bool) {
    let open = app.open.get_untracked().filter(|open| open.id == *id);
    if let Some(conversation) = &plan.conversation {
        let conversation = Arc::new(conversation.clone());
        if let Some(open) = &open {
            open.row.set(conversation.clone());
        }
        if !temporary {
            show_in_list(app, &conversation);
        }
    }
    if let Some(open) = open {
        let rows = open.messages.read_untracked();
        for message in &plan.put {
            if let Some(row) = rows.iter().find(|row| row.seq == message.seq) {
                row.message.set(Arc::new(message.clone()));
            }
        }
    }
}

/// Reads the open conversation again: another tab changed it. The reader stays where they are.
pub async fn reload(app: App) {
    let Some(open) = app.open.get_untracked().filter(|open| !open.temporary) else {
        return;
    };
    // What is written here between its two reads is newer than what is read.
    for _ in 0..READS {
        let before = open.row.get_untracked();
        let read = place::again(&db(), &open).await;
        let changed = !Arc::ptr_eq(&before, &open.row.read_untracked());
        match read {
            Ok(Some(_)) if changed => {}
            Ok(Some((conversation, page))) => {
                open.row.set(Arc::new(conversation));
                return page.show(&open);
            }
            Ok(None) => return gone::close(app, &open.id),
            Err(_) => return,
        }
    }
}

/// Marks replies that no tab is receiving any more as cut: their page was closed in mid-stream.
pub async fn mend(app: App) {
    let Some(open) = app.open.get_untracked().filter(|open| !open.temporary) else {
        return;
    };
    let rows = open.messages.get_untracked();
    for row in rows {
        if !row.message.read_untracked().is_streaming() || live::find(&open.id, row.seq).is_some() {
            continue;
        }
        if locks::is_held(&turn::lock(&open.id, row.seq)).await == Some(true) {
            continue;
        }
        change(app, &open.id, &[row.seq], |mut conversation, messages| {
            let mut message = messages.into_iter().next()?;
            message.is_streaming().then(|| {
                message.end = Some(End::Cut);
                message.left = true;
                if let Some(rest) = message.segments.last_mut() {
                    rest.end = rest.end.or(message.end);
                }
                conversation.last_end = Some(End::Cut);
                Plan {
                    conversation: Some(conversation),
                    put: vec![message],
                    ..Plan::default()
                }
            })
        })
        .await;
    }
}

/// Names a conversation.
pub fn rename(app: App, id: ChatId, title: String) {
    let title = title.trim().to_owned();
    if title.is_empty() {
        return;
    }
    spawn_local(async move {
        change(app, &id, &[], |mut conversation, _| {
            conversation.title = title;
            conversation.named = true;
            Some(conversation.into())
        })
        .await;
    });
}

/// Keeps a conversation on top, or no longer.
pub async fn pin(app: App, id: &ChatId) {
    change(app, id, &[], |mut conversation, _| {
        conversation.pinned = !conversation.pinned;
        Some(conversation.into())
    })
    .await;
}

/// Changes a reply's words by hand from what they were, `before`. Says whether that was done: not where another tab has
/// changed them meanwhile.
pub async fn edit_reply(app: App, id: &ChatId, seq: Seq, before: &str, text: String) -> bool {
    let places = [seq];
    let plan = change(app, id, &places, |conversation, messages| {
        let mut message = messages.into_iter().next()?;
        let same = message.text == before;
        message.edited |= message.role == Role::Assistant;
        message.text = text;
        message.check_segments();
        same.then(|| Plan {
            conversation: Some(conversation),
            put: vec![message],
            ..Plan::default()
        })
    });
    plan.await.is_some()
}

/// Pins a message, so that it is sent even where it has no room, or lets it go.
pub fn pin_message(app: App, id: ChatId, seq: Seq) {
    spawn_local(async move {
        change(app, &id, &[seq], |conversation, messages| {
            let mut message = messages.into_iter().next()?;
            message.pinned = !message.pinned;
            Some(Plan {
                conversation: Some(conversation),
                put: vec![message],
                ..Plan::default()
            })
        })
        .await;
    });
}

/// Changes what a conversation sets for itself; without an open conversation, what the next one will set.
pub fn set_options(app: App, set: impl FnOnce(&mut Options) + 'static) {
    set_options_with(app, Box::new(set));
}

fn set_options_with(app: App, set: Box<dyn FnOnce(&mut Options)>) {
    let Some(open) = app.open.get_untracked() else {
        return app.fresh.update(set);
    };
    spawn_local(async move {
        change(app, &open.id, &[], |mut conversation, _| {
            set(&mut conversation.options);
            Some(conversation.into())
        })
        .await;
    });
}

impl From<Conversation> for Plan {
    fn from(conversation: Conversation) -> Self {
        Plan {
            conversation: Some(conversation),
            ..Plan::default()
        }
    }
}

fn row(conversation: Conversation) -> ChatRow {
    ChatRow {
        id: conversation.id.clone(),
        row: ArcRwSignal::new(Arc::new(conversation)),
    }
}

/// Replaces a list's rows, keeping the signals of those that stay.
fn merge(list: RwSignal<Vec<ChatRow>>, fresh: Vec<Conversation>) {
    let old = list.get_untracked();
    let rows: Vec<ChatRow> = fresh
        .into_iter()
        .map(
            |conversation| match old.iter().find(|row| row.id == conversation.id) {
                Some(known) => {
                    if **known.row.read_untracked() != conversation {
                        known.row.set(Arc::new(conversation));
                    }
                    known.clone()
                }
                None => row(conversation),
            },
        )
        .collect();
    list.set(rows);
}
