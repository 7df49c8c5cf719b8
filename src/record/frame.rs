//! A person's own input frame as it is stored and as a file of frames.
//!
//! A stored row is read as every other row: what is missing or wrong is repaired. A file comes from
//! outside, so it is taken whole or refused with a reason.

use super::{Row, field};
use crate::guide::Kind;
use crate::guide::fit::DETECTORS;
use crate::guide::frames::{Cues, Frame, Need, Slot, Words};
use crate::text::{Piece, marks};
use serde_json::Value;

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 256 * 1024;
/// The version of the file.
const VERSION: i64 = 1;
/// The field that makes a file one of frames, and holds its version.
const SIGN: &str = "viewfinder_frames";
const MOST_FRAMES: usize = 100;
const MOST_SLOTS: usize = 12;
/// The most cues of one list, and of a frame in all: each is looked for at every keystroke.
const MOST_CUES: (usize, usize) = (60, 240);

/// The field of a stored frame that holds its place. A file has the order of its list instead.
const PLACE: &str = "place";

const FIELDS: &[&str] = &["id", "name", "kind", "when", "slots"];

/// Why a frame or a file of frames is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub reason: Reason,
    /// In which frame of the file, from 0.
    pub frame: usize,
    /// In which slot of that frame, from 0.
    pub slot: Option<usize>,
}

/// What is wrong with a file of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The file is larger than [`LARGEST`].
    TooLarge,
    /// It is no JSON.
    NotJson,
    /// It is JSON and holds no frames.
    NotFrames,
    /// A newer version of the app wrote it.
    Newer,
    /// More than 100 frames.
    TooManyFrames,
    /// A field has the wrong type.
    WrongType,
    /// An id is missing, longer than 40, or has other signs than small letters, digits and hyphens.
    BadId,
    /// Two frames or two slots have the same id, or a frame has that of a built-in one.
    SameId,
    /// A name is missing in both languages.
    NoName,
    /// A kind of request that is not known.
    UnknownKind,
    /// No slot at all.
    NoSlots,
    /// More than 12 slots.
    TooManySlots,
    /// More than 60 cues in a list or 240 in a frame.
    TooManyCues,
    /// A text is too long, or spans lines where it may not.
    TooLong,
    /// A control, bidi or other hidden character.
    Hidden,
    /// A cue that begins with `@` and is no detector.
    UnknownDetector,
}

impl Reason {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Reason::TooLarge => "too-large",
            Reason::NotJson => "not-json",
            Reason::NotFrames => "not-frames",
            Reason::Newer => "newer",
            Reason::TooManyFrames => "too-many-frames",
            Reason::WrongType => "wrong-type",
            Reason::BadId => "bad-id",
            Reason::SameId => "same-id",
            Reason::NoName => "no-name",
            Reason::UnknownKind => "unknown-kind",
            Reason::NoSlots => "no-slots",
            Reason::TooManySlots => "too-many-slots",
            Reason::TooManyCues => "too-many-cues",
            Reason::TooLong => "too-long",
            Reason::Hidden => "hidden",
            Reason::UnknownDetector => "unknown-detector",
        }
    }
}

/// The frame in a row.
pub fn read(row: &Row) -> Frame {
    Frame {
        id: field::text(row, "id"),
        name: words(row, "name"),
        kind: field::text(row, "kind"),
        when: cues(row, "when"),
        slots: field::list(row, "slots")
            .iter()
            .filter_map(Value::as_object)
            .map(slot)
            .collect(),
    }
}

/// The row of a frame; `kept` is the row that it replaces, or an empty one.
pub fn write(frame: &Frame, kept: &Row) -> Row {
    let mut row = field::unknown(kept, FIELDS);
    row.insert("id".into(), frame.id.as_str().into());
    put_words(&mut row, "name", &frame.name);
    field::put_text(&mut row, "kind", &frame.kind);
    put_cues(&mut row, "when", &frame.when);
    field::put_list(
        &mut row,
        "slots",
        frame.slots.iter().map(write_slot).collect(),
    );
    row
}

/// The place of a stored frame among the others; the ids order those that have the same one.
pub fn place(row: &Row) -> i64 {
    field::int(row, PLACE)
}

/// Gives a stored frame its place.
pub fn put_place(row: &mut Row, place: i64) {
    field::put_int(row, PLACE, place);
}

/// A file of frames, in their order.
pub fn export(frames: &[Frame]) -> String {
    let mut file = Row::new();
    file.insert(SIGN.into(), VERSION.into());
    let rows = frames
        .iter()
        .map(|frame| Value::Object(write(frame, &Row::new())));
    file.insert("frames".into(), rows.collect());
    super::write(&Value::Object(file))
}

/// The frames of a file, or why it is refused. Nothing of a refused file is taken.
pub fn import(file: &str) -> Result<Vec<Frame>, Refusal> {
    let refuse = |reason| Refusal {
        reason,
        frame: 0,
        slot: None,
    };
    if file.len() > LARGEST {
        return Err(refuse(Reason::TooLarge));
    }
    let value: Value = serde_json::from_str(file).map_err(|_| refuse(Reason::NotJson))?;
    let row = value
        .as_object()
        .filter(|row| row.contains_key(SIGN))
        .ok_or(refuse(Reason::NotFrames))?;
    if field::int(row, SIGN) > VERSION {
        return Err(refuse(Reason::Newer));
    }
    let list = field::list(row, "frames");
    if list.is_empty() {
        return Err(refuse(Reason::NotFrames));
    }
    if list.len() > MOST_FRAMES {
        return Err(refuse(Reason::TooManyFrames));
    }
    let mut frames: Vec<Frame> = Vec::new();
    for (nth, value) in list.iter().enumerate() {
        let at = |(reason, slot)| Refusal {
            reason,
            frame: nth,
            slot,
        };
        let row = shape(value).map_err(at)?;
        let frame = read(row);
        check(&frame).map_err(at)?;
        if frames.iter().any(|other| other.id == frame.id)
            || crate::guide::frames::find(&frame.id).is_some()
        {
            return Err(at((Reason::SameId, None)));
        }
        frames.push(frame);
    }
    Ok(frames)
}

/// What is wrong with a frame, and in which slot.
pub fn check(frame: &Frame) -> Result<(), (Reason, Option<usize>)> {
    let whole = |reason| (reason, None);
    check_id(&frame.id).map_err(whole)?;
    check_words(&frame.name, 40, false).map_err(whole)?;
    if frame.name.zh.is_empty() && frame.name.en.is_empty() {
        return Err(whole(Reason::NoName));
    }
    if !frame.kind.is_empty() && Kind::from_id(&frame.kind).is_none() {
        return Err(whole(Reason::UnknownKind));
    }
    check_cues(&frame.when).map_err(whole)?;
    match frame.slots.len() {
        0 => return Err(whole(Reason::NoSlots)),
        1..=MOST_SLOTS => {}
        _ => return Err(whole(Reason::TooManySlots)),
    }
    let cues = frame
        .slots
        .iter()
        .map(|slot| slot.cues.all().count())
        .sum::<usize>();
    if cues + frame.when.all().count() > MOST_CUES.1 {
        return Err(whole(Reason::TooManyCues));
    }
    for (nth, slot) in frame.slots.iter().enumerate() {
        let same = frame.slots[..nth].iter().any(|other| other.id == slot.id);
        let checked = if same {
            Err(Reason::SameId)
        } else {
            check_slot(slot)
        };
        checked.map_err(|reason| (reason, Some(nth)))?;
    }
    Ok(())
}

fn check_slot(slot: &Slot) -> Result<(), Reason> {
    check_id(&slot.id)?;
    check_words(&slot.name, 40, false)?;
    if slot.name.zh.is_empty() && slot.name.en.is_empty() {
        return Err(Reason::NoName);
    }
    check_words(&slot.hint, 100, false)?;
    check_words(&slot.stub, 400, true)?;
    check_cues(&slot.cues)
}

fn check_id(id: &str) -> Result<(), Reason> {
    let sound = id
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if sound && (1..=40).contains(&id.len()) {
        Ok(())
    } else {
        Err(Reason::BadId)
    }
}

fn check_words(words: &Words, most: usize, lines: bool) -> Result<(), Reason> {
    [&words.zh, &words.en]
        .into_iter()
        .try_for_each(|text| check_text(text, most, lines))
}

fn check_text(text: &str, most: usize, lines: bool) -> Result<(), Reason> {
    if marks(text).any(|piece| matches!(piece, Piece::Mark(_))) {
        return Err(Reason::Hidden);
    }
    if text.chars().nth(most).is_some() || (!lines && text.contains(['\n', '\t'])) {
        return Err(Reason::TooLong);
    }
    Ok(())
}

fn check_cues(cues: &Cues) -> Result<(), Reason> {
    if cues.zh.len() > MOST_CUES.0 || cues.en.len() > MOST_CUES.0 {
        return Err(Reason::TooManyCues);
    }
    for cue in cues.all() {
        check_text(cue, 40, false)?;
        if cue.starts_with('@') && !DETECTORS.iter().any(|(name, _)| *name == cue) {
            return Err(Reason::UnknownDetector);
        }
    }
    Ok(())
}

/// Whether every field that is there has the type that it should have.
fn shape(value: &Value) -> Result<&Row, (Reason, Option<usize>)> {
    let wrong = (Reason::WrongType, None);
    let row = value.as_object().ok_or(wrong)?;
    let texts = ["id", "kind"]
        .iter()
        .all(|name| row.get(*name).is_none_or(Value::is_string));
    let slots = row.get("slots").is_none_or(Value::is_array);
    if !texts || !slots || !is_words(row.get("name")) || !is_cues(row.get("when")) {
        return Err(wrong);
    }
    for (nth, slot) in field::list(row, "slots").iter().enumerate() {
        let sound = slot.as_object().is_some_and(|slot| {
            ["name", "hint", "stub"]
                .iter()
                .all(|name| is_words(slot.get(*name)))
                && ["id", "need"]
                    .iter()
                    .all(|name| slot.get(*name).is_none_or(Value::is_string))
                && slot.get("memory").is_none_or(Value::is_boolean)
                && is_cues(slot.get("cues"))
        });
        if !sound {
            return Err((Reason::WrongType, Some(nth)));
        }
    }
    Ok(row)
}

fn is_words(value: Option<&Value>) -> bool {
    value.is_none_or(|value| {
        value
            .as_object()
            .is_some_and(|row| row.values().all(Value::is_string))
    })
}

fn is_cues(value: Option<&Value>) -> bool {
    let list = |value: &Value| {
        value
            .as_array()
            .is_some_and(|list| list.iter().all(Value::is_string))
    };
    value.is_none_or(|value| value.as_object().is_some_and(|row| row.values().all(list)))
}

fn slot(row: &Row) -> Slot {
    Slot {
        id: field::text(row, "id"),
        name: words(row, "name"),
        need: if field::text(row, "need") == "required" {
            Need::Required
        } else {
            Need::Helpful
        },
        hint: words(row, "hint"),
        cues: cues(row, "cues"),
        stub: words(row, "stub"),
        memory: !row.contains_key("memory") || field::flag(row, "memory"),
    }
}

fn write_slot(slot: &Slot) -> Value {
    let mut row = Row::new();
    row.insert("id".into(), slot.id.as_str().into());
    put_words(&mut row, "name", &slot.name);
    let need = match slot.need {
        Need::Required => "required",
        Need::Helpful => "helpful",
    };
    row.insert("need".into(), need.into());
    put_words(&mut row, "hint", &slot.hint);
    put_cues(&mut row, "cues", &slot.cues);
    put_words(&mut row, "stub", &slot.stub);
    row.insert("memory".into(), slot.memory.into());
    row.into()
}

fn words(row: &Row, name: &str) -> Words {
    field::object(row, name).map_or_else(Words::default, |row| Words {
        zh: field::text(row, "zh"),
        en: field::text(row, "en"),
    })
}

fn put_words(row: &mut Row, name: &str, words: &Words) {
    let mut object = Row::new();
    field::put_text(&mut object, "zh", &words.zh);
    field::put_text(&mut object, "en", &words.en);
    field::put_object(row, name, object);
}

fn cues(row: &Row, name: &str) -> Cues {
    let list = |row: &Row, name: &str| {
        let texts = field::list(row, name).iter().filter_map(Value::as_str);
        texts
            .filter(|cue| !cue.trim().is_empty())
            .map(str::to_owned)
            .collect()
    };
    field::object(row, name).map_or_else(Cues::default, |row| Cues {
        zh: list(row, "zh"),
        en: list(row, "en"),
    })
}

fn put_cues(row: &mut Row, name: &str, cues: &Cues) {
    let list = |list: &[String]| list.iter().map(|cue| Value::from(cue.as_str())).collect();
    let mut object = Row::new();
    field::put_list(&mut object, "zh", list(&cues.zh));
    field::put_list(&mut object, "en", list(&cues.en));
    field::put_object(row, name, object);
}
