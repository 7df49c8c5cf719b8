//! Reading a backup line by line.

use super::{Bundle, Contents, FORMAT, Note, Problem, Refusal, VERSION};
use crate::chat::Conversation;
use crate::id::ChatId;
use crate::record::{self, Row, schema};
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The most that a message's number can be: far above any conversation, far below an overflow.
const MOST: u32 = 1 << 30;

/// The contents of a whole file.
///
/// # Errors
/// As [`Reader::push`] and [`Reader::finish`].
pub fn read(text: &str) -> Result<Contents, Refusal> {
    let mut reader = Reader::default();
    for line in text.lines() {
        reader.push(line)?;
    }
    reader.finish()
}

/// A backup as it is being read.
#[derive(Debug, Default)]
pub struct Reader {
    line: usize,
    head: Option<(String, i64)>,
    rows: u64,
    foot: Option<u64>,
    chats: BTreeMap<String, Chat>,
    others: BTreeMap<(&'static str, String), Row>,
    notes: Vec<Note>,
}

#[derive(Debug, Default)]
struct Chat {
    row: Option<Row>,
    messages: BTreeMap<u32, Row>,
    draft: Option<Row>,
    line: usize,
}

impl Reader {
    /// The next line, without its line break.
    ///
    /// # Errors
    /// Where the first line is not the head of a backup that this version reads.
    pub fn push(&mut self, line: &str) -> Result<(), Refusal> {
        self.line += 1;
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            return Ok(());
        }
        let object = record::parse(line);
        if self.head.is_none() {
            self.head = Some(head(object.as_ref())?);
        } else if let Some(problem) = self.take(object).err() {
            self.note(problem);
        }
        Ok(())
    }

    /// The file is over.
    ///
    /// # Errors
    /// Where it was empty.
    pub fn finish(mut self) -> Result<Contents, Refusal> {
        let (app, created) = self.head.take().ok_or(Refusal::NotBackup)?;
        if self.foot != Some(self.rows) {
            self.line = 0;
            self.note(Problem::Torn);
        }
        let mut contents = Contents {
            app,
            created,
            ..Contents::default()
        };
        for (id, chat) in self.chats {
            if chat.row.is_none() {
                self.notes.push(Note {
                    line: chat.line,
                    problem: Problem::Orphan,
                });
            }
            contents.conversations.push(bundle(id, chat));
        }
        for ((store, id), row) in self.others {
            match store {
                schema::CONNECTIONS => contents.connections.push(row),
                schema::KEYS => contents.keys.push(row),
                schema::CASES => contents.cases.push(row),
                schema::TALLIES => contents.tallies.push(row),
                schema::MEMORY => contents.memory.push(row),
                schema::MEMORY_LOG => contents.memory_log.push(row),
                schema::MEMORY_TOMBS => contents.memory_tombs.push(row),
                schema::FRAMES => contents.frames.push(row),
                schema::USAGE => contents.usage.push(row),
                schema::RATES => contents.rates.push(row),
                schema::DRAFTS if id == record::NEW_DRAFT => contents.draft = Some(row),
                _ => contents.kv.push(row),
            }
        }
        contents.notes = self.notes;
        Ok(contents)
    }

    fn note(&mut self, problem: Problem) {
        self.notes.push(Note {
            line: self.line,
            problem,
        });
    }

    fn take(&mut self, object: Option<Row>) -> Result<(), Problem> {
        let mut object = object.ok_or(Problem::Garbled)?;
        if let Some(rows) = object.get("rows").filter(|_| object.contains_key("end")) {
            self.foot = rows.as_u64();
            return Ok(());
        }
        let Some(Value::Object(row)) = object.remove("row") else {
            return Err(Problem::Garbled);
        };
        let store = object.get("store").and_then(Value::as_str);
        self.rows += 1;
        match store.ok_or(Problem::Garbled)? {
            schema::CONVERSATIONS => self.conversation(row),
            schema::MESSAGES => self.message(row),
            schema::DRAFTS => self.draft(row),
            schema::CONNECTIONS => self.other(schema::CONNECTIONS, "id", row),
            schema::KEYS => self.other(schema::KEYS, "id", row),
            schema::KV => self.other(schema::KV, "name", row),
            schema::CASES => self.other(schema::CASES, "id", row),
            schema::TALLIES => self.tally(row),
            schema::MEMORY => self.other(schema::MEMORY, "id", row),
            schema::MEMORY_LOG => self.event(row),
            schema::MEMORY_TOMBS => self.other(schema::MEMORY_TOMBS, "hash", row),
            schema::FRAMES => self.frame(row),
            schema::USAGE => self.usage(row),
            schema::RATES => self.rate(row),
            _ => Err(Problem::UnknownStore),
        }
    }

    fn chat(&mut self, id: String) -> &mut Chat {
        let line = self.line;
        self.chats.entry(id).or_insert_with(|| Chat {
            line,
            ..Chat::default()
        })
    }

    fn conversation(&mut self, row: Row) -> Result<(), Problem> {
        let chat = self.chat(id(&row, "id")?);
        once(&mut chat.row, row)
    }

    fn message(&mut self, row: Row) -> Result<(), Problem> {
        let id = id(&row, "chat")?;
        let message = record::message::read(&row);
        if !(1..=MOST).contains(&message.seq) {
            return Err(Problem::NoKey);
        }
        match self.chat(id).messages.entry(message.seq) {
            Entry::Occupied(_) => Err(Problem::Twice),
            Entry::Vacant(place) => {
                place.insert(record::message::write(&message, &row));
                Ok(())
            }
        }
    }

    /// A frame works at every keystroke, so a broken or hostile one stays outside.
    fn frame(&mut self, row: Row) -> Result<(), Problem> {
        let frame = record::frame::read(&row);
        record::frame::check(&frame).map_err(|_| Problem::Garbled)?;
        self.other(schema::FRAMES, "id", row)
    }

    fn draft(&mut self, row: Row) -> Result<(), Problem> {
        let id = id(&row, "chat")?;
        if id == record::NEW_DRAFT {
            return self.other(schema::DRAFTS, "chat", row);
        }
        // What a message was just being changed to: named after the message, and no draft of a conversation.
        if id.contains('/') {
            return Ok(());
        }
        once(&mut self.chat(id).draft, row)
    }

    fn tally(&mut self, row: Row) -> Result<(), Problem> {
        let total = record::case::read_total(&row);
        if total.model.is_empty() {
            return Err(Problem::NoKey);
        }
        let key = format!("{}\n{}\n{}", total.provider, total.model, total.week);
        self.put(
            schema::TALLIES,
            key,
            record::case::write_total(&total, &row),
        )
    }

    /// An event of the memory's log, by its number, with zeros so that the order is theirs.
    fn event(&mut self, row: Row) -> Result<(), Problem> {
        let number = row.get("number").and_then(Value::as_u64);
        let number = number.filter(|number| (1..=u64::from(u32::MAX)).contains(number));
        let number = number.ok_or(Problem::NoKey)?.to_string();
        let key = "0".repeat(10 - number.len()) + &number;
        self.put(schema::MEMORY_LOG, key, row)
    }

    fn usage(&mut self, row: Row) -> Result<(), Problem> {
        let tally = record::usage::read(&row);
        if tally.day.is_empty() || tally.model.is_empty() {
            return Err(Problem::NoKey);
        }
        let currency = record::usage::currency(tally.cost);
        let key = [&tally.day, &tally.connection, &tally.model, currency].join("\n");
        self.put(schema::USAGE, key, record::usage::write(&tally, &row))
    }

    fn rate(&mut self, row: Row) -> Result<(), Problem> {
        let rate = record::usage::read_rate(&row);
        if rate.model.is_empty() {
            return Err(Problem::NoKey);
        }
        let key = [rate.connection.as_str(), &rate.model].join("\n");
        self.put(schema::RATES, key, record::usage::write_rate(&rate, &row))
    }

    fn other(&mut self, store: &'static str, key: &str, row: Row) -> Result<(), Problem> {
        self.put(store, id(&row, key)?, row)
    }

    fn put(&mut self, store: &'static str, key: String, row: Row) -> Result<(), Problem> {
        match self.others.entry((store, key)) {
            Entry::Occupied(_) => Err(Problem::Twice),
            Entry::Vacant(place) => {
                place.insert(row);
                Ok(())
            }
        }
    }
}

fn head(object: Option<&Row>) -> Result<(String, i64), Refusal> {
    let head = object.ok_or(Refusal::NotBackup)?;
    if head.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(Refusal::NotBackup);
    }
    let version = head.get("version").and_then(Value::as_u64);
    let version = u32::try_from(version.ok_or(Refusal::NotBackup)?).unwrap_or(u32::MAX);
    if version > VERSION {
        return Err(Refusal::Newer { version });
    }
    let app = head.get("app").and_then(Value::as_str).unwrap_or_default();
    let created = head.get("created").and_then(Value::as_i64);
    Ok((app.into(), created.unwrap_or(0)))
}

fn id(row: &Row, field: &str) -> Result<String, Problem> {
    match row.get(field) {
        Some(Value::String(id)) if !id.is_empty() && id.len() <= 200 => Ok(id.clone()),
        _ => Err(Problem::NoKey),
    }
}

fn once(place: &mut Option<Row>, row: Row) -> Result<(), Problem> {
    if place.is_some() {
        return Err(Problem::Twice);
    }
    *place = Some(row);
    Ok(())
}

/// The conversation with its messages, its numbers made to fit them: parents, leaf, forks and the
/// next number name only messages that are there.
fn bundle(id: String, chat: Chat) -> Bundle {
    let row = chat.row.unwrap_or_default();
    let mut conversation = record::conversation::read(&row);
    let mut messages = chat.messages;
    conversation.id = ChatId(id);
    let there: Vec<u32> = messages.keys().copied().collect();
    fit(&mut conversation, &there);
    for row in messages.values_mut() {
        let parent = record::message::parent(row);
        if parent != 0 && there.binary_search(&parent).is_err() {
            row.remove("parent");
        }
    }
    Bundle {
        conversation: record::conversation::write(&conversation, &row),
        messages: messages.into_values().collect(),
        draft: chat.draft,
    }
}

fn fit(conversation: &mut Conversation, there: &[u32]) {
    let has = |seq: u32| there.binary_search(&seq).is_ok();
    let last = there.last().copied().unwrap_or(0);
    conversation.next = conversation.next.min(MOST).max(last + 1);
    if !has(conversation.leaf) {
        conversation.leaf = last;
    }
    for fork in &mut conversation.forks {
        fork.branches.retain(|branch| has(branch.head));
        for branch in &mut fork.branches {
            if !has(branch.leaf) {
                branch.leaf = branch.head;
            }
        }
    }
    conversation
        .forks
        .retain(|fork| fork.branches.len() > 1 && (fork.parent == 0 || has(fork.parent)));
}
