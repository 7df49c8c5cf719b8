//! Backup and restore of everything, in pages, so that the page stays alive meanwhile.

use super::tx::{Durability, Tx, after, children, exactly};
use super::{Db, Fault, total};
use crate::archive::{self, Bundle, Contents, Merge, Reader, Refusal};
use crate::provider::address;
use crate::record::schema::{self, CONNECTIONS, CONVERSATIONS, DRAFTS, KEYS, KV, MESSAGES};
use crate::record::{Row, memory, settings};
use crate::settings::Settings;
use crate::web::clock::{new_chat_id, now_ms, sleep};
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

/// Rows that are read or written at a time.
const PAGE: u32 = 500;
/// Puts between two breaths of the page inside one transaction.
const BREATH: usize = 25;
/// Bytes of a file that are read between two breaths of the page.
const SLICE: f64 = 524_288.0;

/// How far it has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows, or bytes while a file is read, that are done.
    pub done: u32,
    /// All of them.
    pub total: u32,
}

/// What a restore did with the conversations of the file, and with its settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Put in, or carried on.
    pub added: u32,
    /// There already.
    pub skipped: u32,
    /// Put beside one that went on differently.
    pub copied: u32,
    /// Settings that were changed here and in the file, each in its own way, and stay as they were here.
    pub settings_kept: u32,
}

/// Reads a backup file, a slice at a time; `None` inside the error where the browser could not read it.
///
/// # Errors
/// Where the file cannot be read, is no backup, or is of a newer version.
pub async fn read_backup(
    file: &Blob,
    progress: impl Fn(Progress),
) -> Result<Contents, Option<Refusal>> {
    let size = file.size();
    let mut reader = Reader::default();
    // The beginning of a line whose end is in the next slice.
    let mut rest = Vec::new();
    let mut at = 0.0;
    while at < size {
        let end = size.min(at + SLICE);
        rest.extend(bytes(file, at, end).await.ok_or(None)?);
        at = end;
        let whole = rest
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |last| last + 1);
        let tail = rest.split_off(whole);
        for line in rest.split_inclusive(|byte| *byte == b'\n') {
            reader.push(&String::from_utf8_lossy(line)).map_err(Some)?;
        }
        rest = tail;
        progress(Progress {
            done: at as u32,
            total: size as u32,
        });
        sleep(0).await;
    }
    reader.push(&String::from_utf8_lossy(&rest)).map_err(Some)?;
    reader.finish().map_err(Some)
}

/// Bytes of a file; `None` where the browser cannot read it (any more).
async fn bytes(file: &Blob, from: f64, to: f64) -> Option<Vec<u8>> {
    let slice = file.slice_with_f64_and_f64(from, to).ok()?;
    let buffer = JsFuture::from(slice.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

impl Db {
    /// Everything in one file; the keys of connections only where `keys` asks for them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn backup(&self, keys: bool, progress: impl Fn(Progress)) -> Result<Blob, Fault> {
        let extra: &[&str] = if keys { &[KEYS] } else { &[] };
        let stores: Vec<&'static str> = [archive::STORES, extra].concat();
        let total = total(self, &stores).await?;
        let parts = Array::new();
        parts.push(&archive::head(env!("CARGO_PKG_VERSION"), now_ms()).into());
        let mut done = 0;
        for (store, key) in schema::stores(schema::MIGRATIONS) {
            if !stores.contains(&store) {
                continue;
            }
            let mut last = None;
            loop {
                let tx = self.read(&[store])?;
                let rows = tx.range(store, &after(last.take()), PAGE).await?;
                last = rows.last().and_then(|row| schema::key_of(row, key));
                let lines = lines(store, &rows);
                done += lines.1;
                parts.push(&JsValue::from_str(&lines.0));
                progress(Progress { done, total });
                if rows.len() < PAGE as usize || last.is_none() {
                    break;
                }
            }
        }
        parts.push(&archive::foot(done.into()).into());
        let options = BlobPropertyBag::new();
        options.set_type("application/jsonl");
        Ok(Blob::new_with_str_sequence_and_options(&parts, &options)?)
    }

    /// Puts the conversations of a backup beside those that are there, overwriting nothing. A
    /// conversation that went on differently here becomes one of its own, with `mark` after its title.
    /// Settings that were not changed here become those of the file. Connections and keys are left aside:
    /// take them out for [`Db::restore_connection`] before; preferences for [`Db::restore_preference`].
    ///
    /// # Errors
    /// Where the database fails. What was put before stays; restoring again goes on from there.
    pub async fn restore(
        &self,
        contents: Contents,
        mark: &str,
        progress: impl Fn(Progress),
    ) -> Result<Restored, Fault> {
        let total = contents.messages() as u32;
        let report = |done| progress(Progress { done, total });
        let mut done = 0;
        let mut restored = Restored::default();
        let mut bundles = contents.conversations.into_iter().peekable();
        while bundles.peek().is_some() {
            let tx = self.write(&[CONVERSATIONS, MESSAGES, DRAFTS], Durability::Strict)?;
            let mut rows = 0;
            let mut batch = Restored::default();
            while rows < PAGE as usize
                && let Some(bundle) = bundles.next()
            {
                let messages = bundle.messages.len() as u32;
                rows +=
                    restore_one(&tx, bundle, mark, &mut batch, |more| report(done + more)).await?;
                done += messages;
                report(done);
            }
            tx.commit().await?;
            restored.added += batch.added;
            restored.skipped += batch.skipped;
            restored.copied += batch.copied;
        }
        self.restore_missing(schema::CASES, &contents.cases).await?;
        self.restore_missing(schema::TALLIES, &contents.tallies)
            .await?;
        self.restore_missing(schema::MEMORY_TOMBS, &contents.memory_tombs)
            .await?;
        self.restore_missing(schema::FRAMES, &contents.frames)
            .await?;
        self.restore_missing(schema::USAGE, &contents.usage).await?;
        self.restore_missing(schema::RATES, &contents.rates).await?;
        self.restore_budgets(&contents.kv).await?;
        self.restore_effect(&contents.kv).await?;
        self.restore_favourites(&contents.kv).await?;
        if let Some(draft) = &contents.draft {
            self.restore_draft(draft).await?;
        }
        if let Some(file) = settings_in(&contents.kv) {
            let tx = self.write(&[KV], Durability::Strict)?;
            restored.settings_kept = merge_settings(&tx, |here| here.merge(&file)).await?;
            tx.commit().await?;
        }
        Ok(restored)
    }

    /// Puts a connection of a backup that the user has confirmed, and its key where the file has one. They
    /// replace what is there; a key that is here and not in the file stays only where the connection still leads to
    /// the same origin. `kv` are the file's rows of that store: where they say that new conversations
    /// use this connection, and no other was chosen here, it is so again.
    ///
    /// # Errors
    /// Where the database fails; nothing was written then.
    pub async fn restore_connection(
        &self,
        connection: &Row,
        keys: &[Row],
        kv: &[Row],
    ) -> Result<(), Fault> {
        let id = connection.get("id");
        let tx = self.write(&[CONNECTIONS, KEYS, KV], Durability::Strict)?;
        let name = id.and_then(|id| id.as_str()).unwrap_or_default();
        let old = tx.get(CONNECTIONS, &name.into()).await?;
        tx.put(CONNECTIONS, connection)?;
        if let Some(key) = keys.iter().find(|key| key.get("id") == id) {
            tx.put(KEYS, key)?;
        } else if old.is_some_and(|old| origin(&old) != origin(connection)) {
            tx.delete(KEYS, &exactly(name.into()))?;
        }
        if let (Some(file), Some(id)) = (settings_in(kv), id.and_then(|id| id.as_str())) {
            merge_settings(&tx, |here| {
                here.merge_choice(&file, id);
                0
            })
            .await?;
        }
        tx.commit().await
    }

    /// Puts a preference of a backup that the user has confirmed, with those events of the file's log that
    /// are about it. Where one of that id is here it stays, and so does an event of the same number.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn restore_preference(&self, preference: &Row, log: &[Row]) -> Result<(), Fault> {
        let about = |event: &&Row| memory::is_about(event, preference);
        let events: Vec<Row> = log.iter().filter(about).cloned().collect();
        self.restore_missing(schema::MEMORY_LOG, &events).await?;
        self.restore_missing(schema::MEMORY, std::slice::from_ref(preference))
            .await
    }

    /// Puts the rows of a store of which none with the same key is there.
    async fn restore_missing(&self, store: &'static str, rows: &[Row]) -> Result<(), Fault> {
        let fields = schema::stores(schema::MIGRATIONS).find(|(name, _)| *name == store);
        let fields = fields.map_or(&[][..], |(_, fields)| fields);
        for page in rows.chunks(PAGE as usize) {
            let tx = self.write(&[store], Durability::Strict)?;
            for row in page {
                if let Some(key) = schema::key_of(row, fields)
                    && tx.get(store, &key).await?.is_none()
                {
                    tx.put(store, row)?;
                }
            }
            tx.commit().await?;
        }
        Ok(())
    }

    /// A draft comes back only where the composer is empty.
    async fn restore_draft(&self, draft: &Row) -> Result<(), Fault> {
        let tx = self.write(&[DRAFTS], Durability::Strict)?;
        let key = crate::record::NEW_DRAFT.into();
        if tx.get(DRAFTS, &key).await?.is_none() {
            tx.put(DRAFTS, draft)?;
        }
        tx.commit().await
    }
}

/// The settings of a backup.
fn settings_in(kv: &[Row]) -> Option<Settings> {
    let name = Some(settings::NAME);
    let row = kv
        .iter()
        .find(|row| row.get("name").and_then(|name| name.as_str()) == name);
    row.map(settings::read)
}

/// Changes the stored settings inside a transaction.
async fn merge_settings(tx: &Tx, change: impl FnOnce(&mut Settings) -> u32) -> Result<u32, Fault> {
    let row = tx.get(KV, &settings::NAME.into()).await?;
    let kept = row.unwrap_or_default();
    let mut here = settings::read(&kept);
    let said = change(&mut here);
    tx.put(KV, &settings::write(&here, &kept))?;
    Ok(said)
}

/// The lines of a page of rows, and how many. Marks of this browser stay here.
fn lines(store: &str, rows: &[Row]) -> (String, u32) {
    let mut text = String::new();
    let mut count = 0;
    for row in rows {
        let name = row.get("name").and_then(|name| name.as_str());
        if store == KV && name.is_some_and(|name| name.starts_with("device.")) {
            continue;
        }
        text += &archive::line(store, row);
        count += 1;
    }
    (text, count)
}

/// Merges one conversation; the number of rows that were read and written for it.
async fn restore_one(
    tx: &Tx,
    bundle: Bundle,
    mark: &str,
    restored: &mut Restored,
    step: impl Fn(u32),
) -> Result<usize, Fault> {
    let stored = stored(tx, &bundle).await?;
    let read = stored.as_ref().map_or(0, |stored| stored.messages.len());
    let merged = archive::merge(bundle, stored.as_ref(), &new_chat_id(), mark);
    let bundle = match merged {
        Merge::Skip => {
            restored.skipped += 1;
            return Ok(read + 1);
        }
        Merge::Put(bundle) => {
            restored.added += 1;
            bundle
        }
        Merge::Copy(bundle) => {
            restored.copied += 1;
            bundle
        }
    };
    tx.put(CONVERSATIONS, &bundle.conversation)?;
    if let Some(draft) = &bundle.draft {
        tx.put(DRAFTS, draft)?;
    }
    for (i, row) in bundle.messages.iter().enumerate() {
        tx.put(MESSAGES, row)?;
        if i % BREATH == BREATH - 1 {
            // Waiting for any request of the transaction lets the page do its own work.
            tx.count(DRAFTS).await?;
            step(i as u32 + 1);
        }
    }
    Ok(read + bundle.messages.len() + 1)
}

/// The stored conversation of the same id.
async fn stored(tx: &Tx, bundle: &Bundle) -> Result<Option<Bundle>, Fault> {
    let id = crate::record::conversation::read(&bundle.conversation).id;
    let Some(conversation) = tx.get(CONVERSATIONS, &id.as_str().into()).await? else {
        return Ok(None);
    };
    Ok(Some(Bundle {
        conversation,
        messages: tx.range(MESSAGES, &children(id.as_str()), u32::MAX).await?,
        draft: tx.get(DRAFTS, &id.as_str().into()).await?,
    }))
}

/// Where the requests of a connection go.
fn origin(connection: &Row) -> Option<String> {
    address::origin(connection.get("base")?.as_str()?)
}
