//! Small conversations, and the same check on both kinds of database.

use viewfinder::chat::{Conversation, Message, Role};
use viewfinder::id::ChatId;
use viewfinder::web::clock;
use viewfinder::web::db::{Db, Fresh, Plan};

/// A database of its own for each call.
pub async fn fresh() -> Db {
    open(&name()).await
}

pub fn name() -> String {
    format!("test-{}", clock::new_chat_id())
}

pub async fn open(name: &str) -> Db {
    Db::open(name, |_| ()).await.unwrap().db
}

/// Runs the check in the browser's database and in memory.
pub async fn both(check: impl AsyncFn(Db)) {
    check(fresh().await).await;
    check(Db::memory()).await;
}

pub fn chat(id: &str) -> ChatId {
    ChatId(id.into())
}

pub fn conversation(id: &str, updated: i64) -> Conversation {
    Conversation {
        id: chat(id),
        title: format!("About {id}"),
        updated,
        next: 1,
        ..Conversation::default()
    }
}

pub fn message(role: Role, seq: u32, parent: u32, text: &str) -> Message {
    let mut message = Message::new(role, seq, parent);
    message.text = text.into();
    message
}

/// Appends a message to the shown branch, as a turn does; makes the conversation where it is new.
pub fn append(id: &str, role: Role, text: &str) -> impl FnOnce(Fresh) -> Option<Plan> {
    let (id, text) = (id.to_owned(), text.to_owned());
    move |fresh| {
        let mut conversation = fresh.conversation.unwrap_or_else(|| conversation(&id, 1));
        let message = message(role, conversation.next, conversation.leaf, &text);
        conversation.leaf = message.seq;
        conversation.next += 1;
        conversation.updated += 1;
        Some(Plan {
            conversation: Some(conversation),
            put: vec![message],
            ..Plan::default()
        })
    }
}

pub async fn say(db: &Db, id: &str, role: Role, text: &str) -> u32 {
    let plan = db.change(&chat(id), &[], append(id, role, text)).await;
    plan.unwrap().unwrap().put[0].seq
}

pub async fn list(db: &Db, conversation: Conversation) {
    let id = conversation.id.clone();
    let make = |_| {
        Some(Plan {
            conversation: Some(conversation),
            ..Plan::default()
        })
    };
    db.change(&id, &[], make).await.unwrap();
}

pub async fn words(db: &Db, id: &str) -> Vec<String> {
    let messages = db.messages(&chat(id), 1, u32::MAX).await.unwrap();
    messages.into_iter().map(|message| message.text).collect()
}
