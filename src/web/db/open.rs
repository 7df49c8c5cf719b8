//! Opening and deleting the browser's database, without ever waiting for ever.

use super::disk::{Disk, wait};
use super::{Db, Fault, upgrade};
use crate::record::schema::Migration;
use crate::web::clock::{global, sleep};
use futures_util::future::{Either, select};
use js_sys::Promise;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransaction, IdbVersionChangeEvent};

/// Milliseconds until opening counts as failed.
const PATIENCE: u32 = 5_000;
/// Milliseconds that other tabs get to let go before the user hears of them.
const GRACE: u32 = 600;

/// What happens to the database while it is being opened and later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Opening waits for other tabs to close. It goes on by itself when they do.
    Blocked,
    /// A newer version wants the database: this is the last moment to save; then it is closed.
    Outdated,
    /// Another tab erases everything; the database is closed.
    Erased,
    /// The browser took the database away.
    Lost,
}

/// A database that was opened.
pub struct Opened {
    /// The database.
    pub db: Db,
    /// Whether it was made just now.
    pub created: bool,
    /// Whether there was something before and the browser, or someone, removed it.
    pub lost: bool,
}

/// What the callbacks of an open request have seen.
#[derive(Default)]
struct Seen {
    upgrading: Cell<bool>,
    created: Cell<bool>,
    blocked: Cell<bool>,
    settled: Cell<bool>,
    fault: RefCell<Option<Fault>>,
}

/// Opens the database and brings it up to date; also whether it was made just now.
pub async fn open(
    name: &str,
    migrations: &'static [Migration],
    on: Rc<dyn Fn(Event)>,
) -> Result<(Disk, bool), Fault> {
    let version = migrations.last().map_or(1, |migration| migration.version);
    let request = factory()?
        .open_with_u32(name, version)
        .map_err(|error| denied(Fault::of(&error)))?;
    let seen = Rc::new(Seen::default());
    on_upgrade(&request, migrations, &seen);
    on_blocked(&request, &seen, on.clone());
    let result = patiently(&request, &seen).await;
    seen.settled.set(true);
    match (seen.fault.take(), result) {
        (Some(fault), _) => Err(fault),
        (None, Err(fault)) => Err(denied(fault)),
        (None, Ok(value)) => Ok((Disk::new(value.unchecked_into(), on), seen.created.get())),
    }
}

/// Deletes the database of this name.
pub async fn delete(name: &str) -> Result<(), Fault> {
    let request = factory()?.delete_database(name)?;
    let seen = Rc::new(Seen::default());
    on_blocked(&request, &seen, Rc::new(|_| ()));
    patiently(&request, &seen).await.map(drop)
}

/// The browser's database factory. Reading it throws where storage is denied.
fn factory() -> Result<IdbFactory, Fault> {
    let factory = global("indexedDB").ok_or(Fault::Missing)?;
    factory.dyn_into().map_err(|_| Fault::Missing)
}

/// Some private modes have the factory and refuse to open anything.
fn denied(fault: Fault) -> Fault {
    match fault {
        Fault::Closed => Fault::Missing,
        fault => fault,
    }
}

/// Waits for the request, but only so long, unless an upgrade is at work. A connection that comes
/// too late is closed, so that it does not block anyone.
async fn patiently(request: &IdbOpenDbRequest, seen: &Seen) -> Result<JsValue, Fault> {
    let answer = Box::pin(wait(request));
    let answer = match select(answer, Box::pin(sleep(PATIENCE))).await {
        Either::Left((result, _)) => return result,
        Either::Right(((), answer)) => answer,
    };
    if seen.upgrading.get() {
        return answer.await;
    }
    drop(answer);
    let late = request.clone();
    request.set_onsuccess(Some(
        Closure::once_into_js(move || {
            if let Ok(Ok(db)) = late.result().map(JsCast::dyn_into::<IdbDatabase>) {
                db.close();
            }
        })
        .unchecked_ref(),
    ));
    Err(if seen.blocked.get() {
        Fault::Blocked
    } else {
        Fault::Silent
    })
}

fn on_upgrade(request: &IdbOpenDbRequest, migrations: &'static [Migration], seen: &Rc<Seen>) {
    let (seen, answer) = (seen.clone(), request.clone());
    let closure = Closure::once_into_js(move |event: IdbVersionChangeEvent| {
        let old = event.old_version() as u32;
        seen.upgrading.set(true);
        seen.created.set(old == 0);
        let Some(tx) = answer.transaction() else {
            return;
        };
        spawn_local(async move {
            if let Err(fault) = upgrade::run(&tx, old, migrations).await {
                seen.fault.replace(Some(fault));
                abort(&tx);
            }
        });
    });
    request.set_onupgradeneeded(Some(closure.unchecked_ref()));
}

fn abort(tx: &IdbTransaction) {
    // Fails only where the browser has aborted it already.
    let _ = tx.abort();
}

fn on_blocked(request: &IdbOpenDbRequest, seen: &Rc<Seen>, on: Rc<dyn Fn(Event)>) {
    let seen = seen.clone();
    let closure = Closure::once_into_js(move || {
        seen.blocked.set(true);
        spawn_local(async move {
            sleep(GRACE).await;
            if !seen.settled.get() && !seen.upgrading.get() {
                on(Event::Blocked);
            }
        });
    });
    request.set_onblocked(Some(closure.unchecked_ref()));
}

/// Waits for a promise of the browser.
pub async fn promised(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}
