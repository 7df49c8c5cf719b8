//! Reading and writing single fields of a row, tolerant on the way in, sparse on the way out.

use super::Row;
use crate::text::decimal;
use serde_json::Value;

/// The largest whole number that a browser keeps exactly.
const LARGEST: i64 = 9_007_199_254_740_991;

/// The fields of `row` that this version does not know, to be written back unchanged.
pub fn unknown(row: &Row, known: &[&str]) -> Row {
    // One by one: collecting would sort them first, with a sorting of its own in the first load.
    let mut unknown = Row::new();
    for (name, value) in row {
        if !known.contains(&name.as_str()) {
            unknown.insert(name.clone(), value.clone());
        }
    }
    unknown
}

/// Text; numbers and truth values are taken as they are written, anything else is empty.
pub fn text(row: &Row, name: &str) -> String {
    match row.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => super::write(value),
        _ => String::new(),
    }
}

/// A whole number; text with digits and truth values are understood, anything else is 0.
pub fn int(row: &Row, name: &str) -> i64 {
    row.get(name).map_or(0, whole)
}

/// A whole number from any value, as [`int`].
pub fn whole(value: &Value) -> i64 {
    let number = match value {
        Value::Number(_) => value
            .as_i64()
            .or_else(|| value.as_f64().map(|float| float as i64)),
        Value::String(text) => text.trim().parse().ok(),
        Value::Bool(flag) => Some(i64::from(*flag)),
        _ => None,
    };
    number.unwrap_or(0).clamp(-LARGEST, LARGEST)
}

/// A whole number from 0 to `u32::MAX`.
pub fn count(row: &Row, name: &str) -> u32 {
    row.get(name).map_or(0, small)
}

/// A whole number from 0 to `u32::MAX` from any value.
pub fn small(value: &Value) -> u32 {
    whole(value).clamp(0, u32::MAX.into()) as u32
}

/// A truth value; any number but 0 is true, and so is the text `true`.
pub fn flag(row: &Row, name: &str) -> bool {
    match row.get(name) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text == "true" || text == "1",
        Some(value) => whole(value) != 0,
        None => false,
    }
}

/// A number with a fraction; `None` where there is none or it is not finite.
pub fn float(row: &Row, name: &str) -> Option<f64> {
    let number = match row.get(name)? {
        Value::String(text) => decimal(text.trim()),
        value => value.as_f64(),
    };
    number.filter(|number: &f64| number.is_finite())
}

/// A list; anything else is empty.
pub fn list<'a>(row: &'a Row, name: &str) -> &'a [Value] {
    row.get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// An object inside the row.
pub fn object<'a>(row: &'a Row, name: &str) -> Option<&'a Row> {
    row.get(name).and_then(Value::as_object)
}

/// Writes text; empty text is left out.
pub fn put_text(row: &mut Row, name: &str, text: &str) {
    if !text.is_empty() {
        row.insert(name.into(), text.into());
    }
}

/// Writes a whole number; 0 is left out.
pub fn put_int(row: &mut Row, name: &str, number: i64) {
    let number = number.clamp(-LARGEST, LARGEST);
    if number != 0 {
        row.insert(name.into(), number.into());
    }
}

/// Writes `true`; `false` is left out.
pub fn put_flag(row: &mut Row, name: &str, flag: bool) {
    if flag {
        row.insert(name.into(), true.into());
    }
}

/// Writes a number with a fraction; `None` and what is not finite are left out.
pub fn put_float(row: &mut Row, name: &str, number: Option<f64>) {
    if let Some(number) = number.filter(|number| number.is_finite()) {
        row.insert(name.into(), number.into());
    }
}

/// Writes a list; an empty one is left out.
pub fn put_list(row: &mut Row, name: &str, list: Vec<Value>) {
    if !list.is_empty() {
        row.insert(name.into(), list.into());
    }
}

/// Writes an object; an empty one is left out.
pub fn put_object(row: &mut Row, name: &str, object: Row) {
    if !object.is_empty() {
        row.insert(name.into(), object.into());
    }
}

/// Writes a name of a closed list, but leaves a name that a newer version wrote in place while
/// the value still is the stand-in for names that are not known.
pub fn put_name(row: &mut Row, name: &str, value: &str, stand_in: &str, kept: &Row, known: bool) {
    let before = text(kept, name);
    let value = if value == stand_in && !before.is_empty() && !known {
        &before
    } else {
        value
    };
    put_text(row, name, value);
}
