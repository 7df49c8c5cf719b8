//! Reading which models the servers list: in the background where that is unknown or old, and at a click.

use crate::fault::{Fault, Kind};
use crate::i18n::models::Words;
use crate::i18n::{Lang, fault_parts};
use crate::provider::Connection;
use crate::web::app::{App, db};
use crate::web::{clock, lock, probe};
use leptos::prelude::GetUntracked;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// Milliseconds after which a list is old: a day.
const OLD: i64 = 24 * 60 * 60 * 1000;
/// Milliseconds for which a server that gave no list is not asked again by itself.
const PAUSE: f64 = 60_000.0;

thread_local! {
    /// The connections whose list is being read.
    static BUSY: RefCell<HashSet<String>> = RefCell::default();
    /// The connections that gave no list: when, and why.
    static FAILED: RefCell<HashMap<String, (f64, Fault)>> = RefCell::default();
}

/// The connections whose list is to be read now: all that have one where the user `asked` for it, else those of which it
/// is unknown or old.
pub fn due(app: App, asked: bool) -> Vec<Connection> {
    let now = clock::now_ms();
    let all = app.connections.get_untracked();
    let wanted = |one: &&Connection| {
        let old = now - one.listed_at > OLD || one.listed_at > now;
        one.api.is_remote() && (asked || old && !has_just_failed(&one.id))
    };
    all.iter().filter(wanted).cloned().collect()
}

fn has_just_failed(id: &str) -> bool {
    let at = FAILED.with_borrow(|failed| failed.get(id).map(|(at, _)| *at));
    at.is_some_and(|at| clock::ticks() - at < PAUSE)
}

/// Reads the list of one connection, keeps it and gives back the connection as it is then. Only where the user `asked`
/// may this ask for the passphrase.
pub async fn read(app: App, connection: Connection, asked: bool) -> Option<Connection> {
    let id = connection.id.clone();
    if !BUSY.with_borrow_mut(|busy| busy.insert(id.clone())) {
        return None;
    }
    let open = match asked {
        true => lock::opened(&connection).await,
        false => lock::if_open(&connection).await,
    };
    let listed = match open {
        Some(open) => Some(probe::models(&open).await),
        None => None,
    };
    BUSY.with_borrow_mut(|busy| busy.remove(&id));
    match listed? {
        Ok(models) => {
            FAILED.with_borrow_mut(|failed| failed.remove(&id));
            let kept = db().put_models(&connection, models, clock::now_ms()).await;
            kept.unwrap_or_else(|fault| {
                app.fault(&fault);
                None
            })
        }
        Err(fault) => {
            FAILED.with_borrow_mut(|failed| failed.insert(id, (clock::ticks(), fault)));
            None
        }
    }
}

/// Which connections gave no list: the id of each, and a line about it.
pub fn failures(app: App, lang: Lang) -> Vec<(String, String)> {
    let words = Words::of(lang);
    let all = app.connections.get_untracked();
    FAILED.with_borrow(|failed| {
        let lines = all.iter().filter_map(|one| {
            let (_, fault) = failed.get(&one.id)?;
            // That there is no such path says no more than that there is no list.
            let why = match fault.kind {
                Kind::NotFound => String::new(),
                _ => fault_parts(lang, fault).0,
            };
            Some((one.id.clone(), (words.unlisted)(&one.name, &why)))
        });
        lines.collect()
    })
}
