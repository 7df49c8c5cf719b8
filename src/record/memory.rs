//! Preferences, the log of their changes, and the hashes of what was erased, as they are stored.

#[cfg(test)]
mod tests;

use super::{Row, field};
use crate::i18n::Lang;
use crate::id::ChatId;
use crate::memory::{
    Act, Change, Event, Kind, Origin, PrefId, Preference, Said, Scope, Slot, Status, Use, topic,
};
use serde_json::Value;

const FIELDS: &[&str] = &[
    "id",
    "topic",
    "key",
    "keyed",
    "kind",
    "strength",
    "condition",
    "scope",
    "until",
    "slot",
    "lang",
    "confidence",
    "status",
    "pinned",
    "edited",
    "said",
    "first_seen",
    "last_seen",
    "exception_to",
    "against",
    "supersedes",
    "superseded_by",
    "unsaid",
    "used",
];
const SCOPE: &[&str] = &["persona", "chat"];
const USED: &[&str] = &["last", "times"];
const EVENT: &[&str] = &["number", "at", "act", "before", "after", "ids", "tombs"];
/// The name of an erasure among the acts.
const ERASE: &str = "erase";

/// The preference in a row, and how it was used.
///
/// A status of a newer version is read as superseded and an origin as imported: what is not understood is not sent.
pub fn read(row: &Row) -> (Preference, Use) {
    let topic = field::text(row, "topic");
    let key = field::text(row, "key");
    // Keys of another version of the lexicon would not meet those of this one.
    let stale = field::count(row, "keyed") != topic::VERSION || key.is_empty();
    let preference = Preference {
        id: PrefId(field::text(row, "id")),
        key: if stale { topic::key(&topic) } else { key },
        topic,
        kind: Kind::from_name(&field::text(row, "kind")).unwrap_or_default(),
        strength: field::int(row, "strength").clamp(-2, 2) as i8,
        condition: field::text(row, "condition"),
        scope: field::object(row, "scope").map(scope).unwrap_or_default(),
        until: row
            .get("until")
            .filter(|until| !until.is_null())
            .map(field::whole),
        slot: Slot::from_name(&field::text(row, "slot")),
        lang: lang(&field::text(row, "lang")),
        confidence: field::int(row, "confidence").clamp(0, 100) as u8,
        status: status(&field::text(row, "status")),
        pinned: field::flag(row, "pinned"),
        edited: field::flag(row, "edited"),
        said: objects(row, "said").map(said).collect(),
        first_seen: field::int(row, "first_seen"),
        last_seen: field::int(row, "last_seen"),
        exception_to: id(row, "exception_to"),
        against: id(row, "against"),
        supersedes: ids(row, "supersedes"),
        superseded_by: id(row, "superseded_by"),
        unsaid: field::object(row, "unsaid").map(said),
    };
    (
        preference,
        field::object(row, "used").map(used).unwrap_or_default(),
    )
}

/// The row of a preference; `kept` is the row that it replaces, or an empty one.
pub fn write(preference: &Preference, usage: Use, kept: &Row) -> Row {
    let mut row = field::unknown(kept, FIELDS);
    row.insert("id".into(), preference.id.as_str().into());
    row.insert("keyed".into(), topic::VERSION.into());
    field::put_text(&mut row, "topic", &preference.topic);
    field::put_text(&mut row, "key", &preference.key);
    put_names(preference, kept, &mut row);
    field::put_int(&mut row, "strength", preference.strength.into());
    field::put_text(&mut row, "condition", &preference.condition);
    put_scope(&preference.scope, kept, &mut row);
    if let Some(until) = preference.until {
        row.insert("until".into(), until.into());
    }
    field::put_int(&mut row, "confidence", preference.confidence.into());
    field::put_flag(&mut row, "pinned", preference.pinned);
    field::put_flag(&mut row, "edited", preference.edited);
    let said = preference.said.iter().map(write_said).collect();
    field::put_list(&mut row, "said", said);
    field::put_int(&mut row, "first_seen", preference.first_seen);
    field::put_int(&mut row, "last_seen", preference.last_seen);
    for (name, other) in [
        ("exception_to", &preference.exception_to),
        ("against", &preference.against),
        ("superseded_by", &preference.superseded_by),
    ] {
        field::put_text(&mut row, name, other.as_ref().map_or("", PrefId::as_str));
    }
    field::put_list(&mut row, "supersedes", id_list(&preference.supersedes));
    if let Some(unsaid) = &preference.unsaid {
        row.insert("unsaid".into(), write_said(unsaid));
    }
    let before = field::object(kept, "used").cloned().unwrap_or_default();
    let mut use_row = field::unknown(&before, USED);
    field::put_int(&mut use_row, "last", usage.last);
    field::put_int(&mut use_row, "times", usage.times.into());
    field::put_object(&mut row, "used", use_row);
    row
}

/// The event in a row.
pub fn read_event(row: &Row) -> Event {
    let act = field::text(row, "act");
    let list = |name| objects(row, name).map(|row| read(row).0).collect();
    Event {
        number: field::count(row, "number"),
        at: field::int(row, "at"),
        change: if act == ERASE {
            Change::Erase {
                ids: ids(row, "ids"),
                tombs: field::list(row, "tombs").iter().filter_map(hash).collect(),
            }
        } else {
            Change::Put {
                act: Act::from_name(&act).unwrap_or(Act::Edit),
                before: list("before"),
                after: list("after"),
            }
        },
    }
}

/// The row of an event; `kept` is the row that it replaces, or an empty one.
pub fn write_event(event: &Event, kept: &Row) -> Row {
    let mut row = field::unknown(kept, EVENT);
    row.insert("number".into(), event.number.into());
    field::put_int(&mut row, "at", event.at);
    match &event.change {
        Change::Put { act, before, after } => {
            let rows = |prefs: &[Preference], name: &str| -> Vec<Value> {
                let kept: Vec<&Row> = objects(kept, name).collect();
                let old =
                    |pref: &Preference| kept.iter().find(|row| field::text(row, "id") == pref.id.0);
                let empty = Row::new();
                prefs
                    .iter()
                    .map(|pref| write(pref, Use::default(), old(pref).unwrap_or(&&empty)).into())
                    .collect()
            };
            let known = Act::from_name(&field::text(kept, "act")).is_some();
            field::put_name(&mut row, "act", act.name(), Act::Edit.name(), kept, known);
            field::put_list(&mut row, "before", rows(before, "before"));
            field::put_list(&mut row, "after", rows(after, "after"));
        }
        Change::Erase { ids, tombs } => {
            row.insert("act".into(), ERASE.into());
            field::put_list(&mut row, "ids", id_list(ids));
            field::put_list(
                &mut row,
                "tombs",
                tombs.iter().map(|tomb| hex(*tomb).into()).collect(),
            );
        }
    }
    row
}

/// Whether the event in a row puts, changes or erases the preference in another row.
pub fn is_about(event: &Row, preference: &Row) -> bool {
    let id = preference.get("id");
    let put = ["before", "after"];
    let mut rows = put.iter().flat_map(|name| objects(event, name));
    rows.any(|row| row.get("id") == id)
        || field::list(event, "ids").iter().any(|one| Some(one) == id)
}

/// The row of the hash of something erased.
pub fn tomb(hash: u64) -> Row {
    let mut row = Row::new();
    row.insert("hash".into(), hex(hash).into());
    row
}

/// The hash in a row.
pub fn read_tomb(row: &Row) -> Option<u64> {
    row.get("hash").and_then(hash)
}

fn put_names(preference: &Preference, kept: &Row, row: &mut Row) {
    let known = |name: &str, known: bool| known || field::text(kept, name).is_empty();
    let kind = known(
        "kind",
        Kind::from_name(&field::text(kept, "kind")).is_some(),
    );
    field::put_name(
        row,
        "kind",
        preference.kind.name(),
        Kind::default().name(),
        kept,
        kind,
    );
    let status = known(
        "status",
        Status::from_name(&field::text(kept, "status")).is_some(),
    );
    let stand_in = Status::Superseded.name();
    field::put_name(
        row,
        "status",
        preference.status.name(),
        stand_in,
        kept,
        status,
    );
    match &preference.slot {
        Some(slot) => field::put_text(row, "slot", &slot.name()),
        None => {
            let slot = known(
                "slot",
                Slot::from_name(&field::text(kept, "slot")).is_some(),
            );
            field::put_name(row, "slot", "", "", kept, slot);
        }
    }
    field::put_text(row, "lang", lang_name(preference.lang));
}

fn scope(row: &Row) -> Scope {
    let persona = field::text(row, "persona");
    let chat = field::text(row, "chat");
    match (persona.is_empty(), chat.is_empty()) {
        (false, _) => Scope::Persona(persona),
        (true, false) => Scope::Chat(ChatId(chat)),
        (true, true) => Scope::Everywhere,
    }
}

fn put_scope(scope: &Scope, kept: &Row, row: &mut Row) {
    let before = field::object(kept, "scope").cloned().unwrap_or_default();
    let mut object = field::unknown(&before, SCOPE);
    match scope {
        Scope::Everywhere => {}
        Scope::Persona(id) => field::put_text(&mut object, "persona", id),
        Scope::Chat(chat) => field::put_text(&mut object, "chat", chat.as_str()),
    }
    field::put_object(row, "scope", object);
}

fn said(row: &Row) -> Said {
    Said {
        chat: ChatId(field::text(row, "chat")),
        seq: field::count(row, "seq"),
        words: field::text(row, "words"),
        at: field::int(row, "at"),
        origin: Origin::from_name(&field::text(row, "origin")).unwrap_or(Origin::Import),
    }
}

fn write_said(said: &Said) -> Value {
    let mut row = Row::new();
    field::put_text(&mut row, "chat", said.chat.as_str());
    field::put_int(&mut row, "seq", said.seq.into());
    field::put_text(&mut row, "words", &said.words);
    field::put_int(&mut row, "at", said.at);
    field::put_text(&mut row, "origin", said.origin.name());
    row.into()
}

fn used(row: &Row) -> Use {
    Use {
        last: field::int(row, "last"),
        times: field::count(row, "times"),
    }
}

/// A row without a status is an active one of the first days; a name that is not known is not active.
fn status(name: &str) -> Status {
    if name.is_empty() {
        Status::Active
    } else {
        Status::from_name(name).unwrap_or(Status::Superseded)
    }
}

fn lang(name: &str) -> Lang {
    if name == "zh" { Lang::Zh } else { Lang::En }
}

fn lang_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

fn objects<'r>(row: &'r Row, name: &str) -> impl Iterator<Item = &'r Row> {
    field::list(row, name).iter().filter_map(Value::as_object)
}

fn id(row: &Row, name: &str) -> Option<PrefId> {
    Some(PrefId(field::text(row, name))).filter(|id| !id.0.is_empty())
}

fn ids(row: &Row, name: &str) -> Vec<PrefId> {
    let texts = field::list(row, name).iter().filter_map(Value::as_str);
    texts.map(|text| PrefId(text.to_owned())).collect()
}

fn id_list(ids: &[PrefId]) -> Vec<Value> {
    ids.iter().map(|id| id.as_str().into()).collect()
}

/// Sixteen digits: a number of 64 bits is more than a browser keeps exactly.
fn hex(hash: u64) -> String {
    (0..16)
        .rev()
        .filter_map(|place| char::from_digit((hash >> (place * 4) & 15) as u32, 16))
        .collect()
}

fn hash(value: &Value) -> Option<u64> {
    u64::from_str_radix(value.as_str()?, 16).ok()
}
