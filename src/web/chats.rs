//! Conversations: listing, opening, paging, renaming, deleting, and following other tabs.

use crate::chat::{Conversation, Message, Options, Role, Seq, path};
use crate::id::ChatId;
use crate::reply::End;
use crate::web::app::{App, ChatRow, Open, Row, db, notify_chat};
use crate::web::db::{Fault, Plan};
use crate::web::{live, locks};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Conversations that the list reads at a time.
const LIST_PAGE: u32 = 40;
/// Messages that a conversation shows at first, and that each step back adds.
const PAGE: usize = 20;
/// Places that are read at a time: more than a page, since other branches lie between.
const SPAN: u32 = 40;

/// Reads the head of the list again.
pub async fn refresh_list(app: App) {
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
            rows.insert(0, known);
            rows.sort_by_key(|row| std::cmp::Reverse(row.row.read_untracked().updated));
        }),
    }
}

/// Opens a conversation, at its end or at one of its messages.
pub async fn open(app: App, id: ChatId, at: Option<Seq>) {
    if app
        .open
        .read_untracked()
        .as_ref()
        .is_some_and(|open| open.id == id)
        && at.is_none()
    {
        return;
    }
    let conversation = match db().conversation(&id).await {
        Ok(Some(conversation)) => conversation,
        Ok(None) => {
            // A temporary conversation is in no database: leave it open.
            let shown = app.open.read_untracked();
            let temporary = shown.as_ref().is_some_and(|open| open.id == id);
            drop(shown);
            if !temporary {
                app.open.set(None);
                app.missing.set(true);
            }
            return;
        }
        Err(fault) => return app.fault(&fault),
    };
    let least = at.map_or(PAGE, |_| usize::MAX);
    match page(&id, conversation.leaf, least, at).await {
        Ok((messages, earlier)) => {
            app.missing.set(false);
            app.open.set(Some(Open {
                id: id.clone(),
                row: ArcRwSignal::new(Arc::new(conversation)),
                messages: ArcRwSignal::new(messages.into_iter().map(Row::new).collect()),
                earlier: ArcRwSignal::new(earlier),
                temporary: false,
            }));
            mend(app).await;
        }
        Err(fault) => app.fault(&fault),
    }
}

/// Shows an earlier page of the open conversation.
pub async fn earlier(open: Open) -> Result<(), Fault> {
    let from = open.earlier.get_untracked();
    let (messages, rest) = page(&open.id, from, PAGE, None).await?;
    if open.earlier.get_untracked() == from {
        open.earlier.set(rest);
        open.messages.update(|rows| {
            rows.splice(0..0, messages.into_iter().map(Row::new));
        });
    }
    Ok(())
}

/// The shown branch backwards from `leaf`: at least `least` messages, or as far as `until`, where it goes on.
async fn page(
    chat: &ChatId,
    leaf: Seq,
    least: usize,
    until: Option<Seq>,
) -> Result<(Vec<Message>, Seq), Fault> {
    let mut found: Vec<Message> = Vec::new();
    let mut wanted = leaf;
    while wanted > 0
        && found.len() < least
        && until.is_none_or(|until| wanted >= until.saturating_sub(4))
    {
        let from = wanted.saturating_sub(SPAN - 1).max(1);
        let rows = db().messages(chat, from, wanted).await?;
        let (mut part, next) = path(&rows, wanted);
        if part.is_empty() {
            // A row is gone: what is left of the branch is shown.
            wanted = 0;
            break;
        }
        part.append(&mut found);
        found = part;
        wanted = next;
    }
    Ok((found, wanted))
}

/// The whole shown branch, newest messages first to fit, for what is sent.
pub async fn branch(open: &Open, most: usize) -> Result<Vec<Message>, Fault> {
    let shown: Vec<Message> = open
        .messages
        .read_untracked()
        .iter()
        .map(|row| (**row.message.read_untracked()).clone())
        .collect();
    let from = open.earlier.get_untracked();
    if open.temporary || from == 0 || shown.len() >= most {
        return Ok(shown);
    }
    let (mut all, _) = page(&open.id, from, most - shown.len(), None).await?;
    all.extend(shown);
    Ok(all)
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
    let plan = match open.as_ref().filter(|open| open.temporary) {
        Some(open) => {
            let conversation = (**open.row.read_untracked()).clone();
            let messages = open.messages.read_untracked();
            let asked = ask.iter().filter_map(|seq| {
                let row = messages.iter().find(|row| row.seq == *seq)?;
                Some((**row.message.read_untracked()).clone())
            });
            make(conversation, asked.collect())
        }
        None => {
            let database = db();
            let plan = database.change(id, ask, |fresh| make(fresh.conversation?, fresh.messages));
            match plan.await {
                Ok(plan) => plan,
                Err(fault) => {
                    app.fault(&fault);
                    return None;
                }
            }
        }
    };
    if let Some(plan) = &plan {
        show(app, id, plan);
        notify_chat(id);
    }
    plan
}

/// Shows what a change has written.
pub fn show(app: App, id: &ChatId, plan: &Plan) {
    let open = app.open.get_untracked().filter(|open| open.id == *id);
    if let Some(conversation) = &plan.conversation {
        let conversation = Arc::new(conversation.clone());
        if let Some(open) = &open {
            open.row.set(conversation.clone());
        }
        if !open.as_ref().is_some_and(|open| open.temporary) {
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

/// Reads the open conversation again: another tab changed it, or another branch is shown.
pub async fn reload(app: App) {
    let Some(open) = app.open.get_untracked().filter(|open| !open.temporary) else {
        return;
    };
    let Ok(Some(conversation)) = db().conversation(&open.id).await else {
        return;
    };
    let least = open.messages.read_untracked().len().max(PAGE);
    let Ok((messages, earlier)) = page(&open.id, conversation.leaf, least, None).await else {
        return;
    };
    let old = open.messages.get_untracked();
    let rows: Vec<Row> = messages
        .into_iter()
        .map(
            |message| match old.iter().find(|row| row.seq == message.seq) {
                Some(row) => {
                    let here = live::find(&open.id, message.seq).is_some();
                    if !here && **row.message.read_untracked() != message {
                        row.message.set(Arc::new(message));
                    }
                    row.clone()
                }
                None => Row::new(message),
            },
        )
        .collect();
    open.row.set(Arc::new(conversation));
    open.earlier.set(earlier);
    let same = old.len() == rows.len() && old.iter().zip(&rows).all(|(a, b)| a.seq == b.seq);
    if !same {
        open.messages.set(rows);
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
        if locks::is_held(&locks::turn(&format!("{}/{}", open.id, row.seq))).await == Some(true) {
            continue;
        }
        change(app, &open.id, &[row.seq], |mut conversation, messages| {
            let mut message = messages.into_iter().next()?;
            message.is_streaming().then(|| {
                message.end = Some(End::Cut);
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
pub fn pin(app: App, id: ChatId) {
    spawn_local(async move {
        change(app, &id, &[], |mut conversation, _| {
            conversation.pinned = !conversation.pinned;
            Some(conversation.into())
        })
        .await;
    });
}

/// Deletes a conversation, with undo.
pub fn delete(app: App, id: ChatId, title: String) {
    spawn_local(async move {
        let purged = match db().purge(&id).await {
            Ok(Some(purged)) => purged,
            Ok(None) => return,
            Err(fault) => return app.fault(&fault),
        };
        for list in [app.list.pinned, app.list.recent] {
            list.update(|rows| rows.retain(|row| row.id != id));
        }
        if app
            .open
            .read_untracked()
            .as_ref()
            .is_some_and(|open| open.id == id)
        {
            app.open.set(None);
            app.go(&crate::route::Route::New);
        }
        notify_chat(&id);
        let purged = send_wrapper::SendWrapper::new(purged);
        let undo = Arc::new(move || {
            let purged = purged.clone();
            let id = id.clone();
            spawn_local(async move {
                match db().unpurge(&purged).await {
                    Ok(()) => refresh_list(app).await,
                    Err(fault) => app.fault(&fault),
                }
                notify_chat(&id);
            });
        });
        app.tell((app.t_now().shell.deleted_conversation)(&title), Some(undo));
    });
}

/// Deletes a message, with undo. A branch's first message takes its branch along.
pub fn delete_message(app: App, id: ChatId, seq: Seq) {
    spawn_local(async move {
        let before = app
            .open
            .get_untracked()
            .map(|open| (**open.row.read_untracked()).clone());
        let places = [seq];
        let done = change(app, &id, &places, |mut conversation, messages| {
            let mut message = messages.into_iter().next()?;
            if !conversation.drop_branch(seq) {
                message.deleted = true;
            }
            Some(Plan {
                conversation: Some(conversation),
                put: vec![message],
                ..Plan::default()
            })
        });
        if done.await.is_none() {
            return;
        }
        reload(app).await;
        let undo = Arc::new(move || {
            let (id, before) = (id.clone(), before.clone());
            spawn_local(async move {
                change(app, &id, &[seq], |mut conversation, messages| {
                    let mut message = messages.into_iter().next()?;
                    message.deleted = false;
                    if let Some(before) = before {
                        conversation.forks = before.forks;
                        conversation.leaf = before.leaf;
                    }
                    Some(Plan {
                        conversation: Some(conversation),
                        put: vec![message],
                        ..Plan::default()
                    })
                })
                .await;
                reload(app).await;
            });
        });
        app.tell(app.t_now().shell.deleted_message.to_owned(), Some(undo));
    });
}

/// Shows another branch.
pub fn switch(app: App, id: ChatId, from: Seq, to: Seq) {
    spawn_local(async move {
        let done = change(app, &id, &[], |mut conversation, _| {
            conversation.switch(from, to).then(|| conversation.into())
        });
        if done.await.is_some() {
            reload(app).await;
        }
    });
}

/// Changes a reply's words by hand.
pub fn edit_reply(app: App, id: ChatId, seq: Seq, text: String) {
    spawn_local(async move {
        change(app, &id, &[seq], |conversation, messages| {
            let mut message = messages.into_iter().next()?;
            message.edited |= message.role == Role::Assistant;
            message.text = text;
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
