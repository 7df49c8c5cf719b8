//! Keys locked by a passphrase, in the second program: the only place that holds what opens them.
//!
//! What is held is a key of WebCrypto that no script can read out; it is gone when the tab is closed or loaded again.
//! Everything is encrypted before a transaction begins: a transaction of the browser ends where anything else is awaited.

use crate::lock::{ROUNDS, Salt, Sealed, asked, question};
use crate::provider::Connection;
use crate::record::Row;
use crate::record::connection::{read, write_key};
use crate::record::schema::KEYS;
use crate::web::app::{db, notify};
use crate::web::bridge::{self, Answer, Program};
use crate::web::clock;
use crate::web::db::{Fault, Keys};
use crate::web::tabs::Notice;
use crate::web::ui::ask_passphrase;
use js_sys::{Array, JsString, Object, Promise, Reflect, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

/// What is encrypted for the mark of the lock: nothing that anybody has to know.
const MARK: &str = "viewfinder";
/// The key of the notice by which all tabs lock again.
const AGAIN: &str = "lock";

/// Why a lock could not be opened or set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is another passphrase.
    Wrong,
    /// The browser has no WebCrypto for this page, or it failed.
    Missing,
    /// The database failed.
    Database(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Trouble::Database(fault)
    }
}

impl From<JsValue> for Trouble {
    fn from(_: JsValue) -> Self {
        Trouble::Missing
    }
}

thread_local! {
    /// What opens the keys, by the salt that it was made with.
    static HELD: RefCell<Vec<(Salt, CryptoKey)>> = const { RefCell::new(Vec::new()) };
}

/// Whether the browser can lock keys for this page: only one that came over https or from this machine.
pub fn is_possible() -> bool {
    subtle().is_ok()
}

/// Whether keys locked with this salt are open in this tab.
pub fn is_open(salt: Salt) -> bool {
    held(salt).is_some()
}

/// Locks again: in this tab, and in all others.
pub fn close() {
    HELD.with_borrow_mut(Vec::clear);
    notify(&changed(AGAIN));
}

/// Hears what other tabs tell; whether it is about the lock.
pub fn heard(notice: &Notice) -> bool {
    let about = matches!(notice, Notice::Changed { store, .. } if store == KEYS);
    if *notice == changed(AGAIN) {
        HELD.with_borrow_mut(Vec::clear);
    }
    about
}

/// Tries a passphrase on something sealed; from then on everything of the same salt is open.
///
/// # Errors
/// `Wrong` where it is another, `Missing` where the browser cannot.
pub async fn unlock(passphrase: &str, sealed: &Sealed, about: &str) -> Result<(), Trouble> {
    let key = derive(passphrase, sealed.salt).await?;
    if unseal(&key, sealed, about).await.is_none() {
        return Err(Trouble::Wrong);
    }
    hold(sealed.salt, key);
    Ok(())
}

/// The connection with its key: as it is where it has none that is locked, `None` where that is not open.
pub async fn if_open(connection: &Connection) -> Option<Connection> {
    let mut open = connection.clone();
    if !open.sealed.is_empty() {
        let sealed = Sealed::read(&open.sealed)?;
        open.key = unseal(&held(sealed.salt)?, &sealed, &open.id).await?;
        open.sealed.clear();
    }
    Some(open)
}

/// As [`if_open`]; asks for the passphrase first where that is needed.
pub async fn opened(connection: &Connection) -> Option<Connection> {
    if let Some(open) = if_open(connection).await {
        return Some(open);
    }
    let sample = (connection.sealed.clone(), connection.id.clone());
    ask_passphrase(&connection.name, sample).await;
    if_open(connection).await
}

/// The connection as it may be stored: with its key locked where keys are. Asks for the passphrase where that is
/// needed; `None` where it is not given.
pub async fn to_store(connection: &Connection) -> Result<Option<Connection>, Trouble> {
    let mut locked = connection.clone();
    let Some((sample, about)) = db().keys().await?.sample() else {
        return Ok(Some(locked));
    };
    if locked.key.is_empty() {
        return Ok(Some(locked));
    }
    let Some(sealed) = Sealed::read(&sample) else {
        return Ok(None);
    };
    if !is_open(sealed.salt) {
        ask_passphrase("", (sample, about)).await;
    }
    let Some(key) = held(sealed.salt) else {
        return Ok(None);
    };
    locked.sealed = seal(&key, sealed.salt, &locked.id, &locked.key).await?;
    locked.key.clear();
    Ok(Some(locked))
}

/// The rows of keys of a file as they may be stored: locked where keys are. `None` where the passphrase is not given.
///
/// # Errors
/// Where the browser or the database fails.
pub async fn rows_to_store(rows: &[Row]) -> Result<Option<Vec<Row>>, Trouble> {
    let mut all = Vec::new();
    for row in rows {
        let Some(locked) = to_store(&keyed(row)).await? else {
            return Ok(None);
        };
        all.extend(write_key(&locked, row));
    }
    Ok(Some(all))
}

/// Locks all keys with a new passphrase.
///
/// # Errors
/// `Missing` where the browser cannot, else of the database.
pub async fn set(passphrase: &str) -> Result<(), Trouble> {
    let rounds = ROUNDS;
    let salt = Salt {
        rounds,
        salt: clock::random(),
    };
    let key = derive(passphrase, salt).await?;
    let lock = seal(&key, salt, "", MARK).await?;
    rewrite(&lock, Some((salt, &key))).await?;
    hold(salt, key);
    Ok(())
}

/// Stores the keys in clear from now on. Those that are not open stay as they are.
///
/// # Errors
/// Where the database fails.
pub async fn remove() -> Result<(), Trouble> {
    rewrite("", None).await
}

/// Deletes the locked keys and the lock, and nothing else.
///
/// # Errors
/// Where the database fails.
pub async fn forget() -> Result<(), Trouble> {
    HELD.with_borrow_mut(Vec::clear);
    loop {
        let before = db().keys().await?;
        let mut after = before.clone();
        after.lock.clear();
        after.rows.retain(|row| !row.contains_key("sealed"));
        if db().put_keys(&before, &after).await? {
            notify(&changed(""));
            return Ok(());
        }
    }
}

/// Answers the chat, which asks for a key; `None` where the question is for someone else.
pub fn answer(text: &str) -> Option<Answer> {
    let id = asked(text)?;
    Some(Box::pin(async move {
        let all = db().connections().await.unwrap_or_default();
        let Some(connection) = all.into_iter().find(|one| one.id == id) else {
            return String::new();
        };
        let open = opened(&connection).await;
        open.map(|open| open.key).unwrap_or_default()
    }))
}

/// Asks the second program for the key of a connection, as the chat does before a request. `None` where it stays locked.
pub async fn key_of(mut connection: Connection) -> Option<Connection> {
    if !connection.sealed.is_empty() {
        connection.key = bridge::ask(Program::Screens, &question(&connection.id)).await?;
        if connection.key.is_empty() {
            return None;
        }
    }
    Some(connection)
}

/// Writes every key that is open anew, and the mark of the lock.
async fn rewrite(lock: &str, with: Option<(Salt, &CryptoKey)>) -> Result<(), Trouble> {
    loop {
        let before = db().keys().await?;
        let mut after = Keys {
            lock: lock.to_owned(),
            rows: Vec::new(),
        };
        for row in &before.rows {
            after.rows.push(renewed(row, with).await?);
        }
        // Another tab may have stored a key meanwhile; then it is read again.
        if db().put_keys(&before, &after).await? {
            notify(&changed(""));
            return Ok(());
        }
    }
}

async fn renewed(row: &Row, with: Option<(Salt, &CryptoKey)>) -> Result<Row, Trouble> {
    let Some(mut open) = if_open(&keyed(row)).await else {
        return Ok(row.clone());
    };
    if let Some((salt, key)) = with {
        open.sealed = seal(key, salt, &open.id, &open.key).await?;
    }
    Ok(write_key(&open, row).unwrap_or_else(|| row.clone()))
}

/// What a row of a key says of its connection.
fn keyed(row: &Row) -> Connection {
    read(row, Some(row))
}

fn changed(key: &str) -> Notice {
    Notice::Changed {
        store: KEYS.to_owned(),
        key: key.to_owned(),
        rev: 0,
    }
}

fn held(salt: Salt) -> Option<CryptoKey> {
    HELD.with_borrow(|held| {
        let found = held.iter().find(|(known, _)| *known == salt);
        found.map(|(_, key)| key.clone())
    })
}

fn hold(salt: Salt, key: CryptoKey) {
    HELD.with_borrow_mut(|held| {
        held.retain(|(known, _)| *known != salt);
        held.push((salt, key));
    });
}

/// The encryption key of a passphrase. The same letters typed on another machine may be other code points, so they are
/// normalised.
async fn derive(passphrase: &str, salt: Salt) -> Result<CryptoKey, Trouble> {
    let subtle = subtle()?;
    let normal = String::from(JsString::from(passphrase).normalize("NFKC"));
    let bytes = Uint8Array::from(normal.as_bytes());
    let raw = subtle.import_key_with_object(
        "raw",
        &bytes,
        &object(&[("name", "PBKDF2".into())]),
        false,
        &uses(&["deriveKey"]),
    );
    let raw: CryptoKey = done(raw).await?.unchecked_into();
    let how = object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(&salt.salt[..]).into()),
        ("iterations", salt.rounds.into()),
    ]);
    let what = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
    let uses = uses(&["encrypt", "decrypt"]);
    let key = subtle.derive_key_with_object_and_object(&how, &raw, &what, false, &uses);
    Ok(done(key).await?.unchecked_into())
}

/// Encrypts a text. What it is about is part of the seal: the key of one connection is not that of another.
async fn seal(key: &CryptoKey, salt: Salt, about: &str, text: &str) -> Result<String, Trouble> {
    let iv: [u8; 12] = clock::random();
    let data = subtle()?.encrypt_with_object_and_u8_array(&gcm(&iv, about), key, text.as_bytes());
    let data = Uint8Array::new(&done(data).await?).to_vec();
    Ok(Sealed { salt, iv, data }.write())
}

/// The text; `None` where it was sealed with another key, or is about something else.
async fn unseal(key: &CryptoKey, sealed: &Sealed, about: &str) -> Option<String> {
    let how = gcm(&sealed.iv, about);
    let text = subtle()
        .ok()?
        .decrypt_with_object_and_u8_array(&how, key, &sealed.data);
    let text = Uint8Array::new(&done(text).await.ok()?).to_vec();
    String::from_utf8(text).ok()
}

fn gcm(iv: &[u8; 12], about: &str) -> Object {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(&iv[..]).into()),
        ("additionalData", Uint8Array::from(about.as_bytes()).into()),
    ])
}

async fn done(promise: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?).await
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a plain object does not fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

fn uses(names: &[&str]) -> JsValue {
    let all: Array = names.iter().map(|name| JsValue::from_str(name)).collect();
    all.into()
}

fn subtle() -> Result<SubtleCrypto, Trouble> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into())?;
    let subtle = Reflect::get(&crypto, &"subtle".into())?;
    match subtle.is_object() {
        true => Ok(subtle.unchecked_into()),
        false => Err(Trouble::Missing),
    }
}
