//! The models that a person likes to choose from, as they are stored: one row.

use super::{Row, field};
use serde_json::json;

/// The name of the row in the store `kv`.
pub const NAME: &str = "favourites";

/// A model on a connection, by their ids.
pub type Favourite = (String, String);

/// The favourites in their row, in the order in which they were chosen, each once.
pub fn read(row: &Row) -> Vec<Favourite> {
    let mut all: Vec<Favourite> = Vec::new();
    for value in field::list(row, "list") {
        let Some(one) = value.as_object() else {
            continue;
        };
        let favourite = (field::text(one, "connection"), field::text(one, "model"));
        if !favourite.0.is_empty() && !favourite.1.is_empty() && !all.contains(&favourite) {
            all.push(favourite);
        }
    }
    all
}

/// The row of the favourites; `kept` is the row that it replaces, or an empty one.
pub fn write(all: &[Favourite], kept: &Row) -> Row {
    let mut row = field::unknown(kept, &["name", "list"]);
    row.insert("name".into(), NAME.into());
    let list = all
        .iter()
        .map(|(connection, model)| json!({ "connection": connection, "model": model }));
    field::put_list(&mut row, "list", list.collect());
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn favourites_come_back_and_nonsense_is_left_out() {
        let two = [("c", "m"), ("c", "n")].map(|(c, m)| (c.to_owned(), m.to_owned()));
        assert_eq!(read(&write(&two, &Row::new())), two);
        let row = json!({ "list": [7, { "connection": "c" }, { "connection": "c", "model": "m" }, { "model": "m", "connection": "c" }] });
        assert_eq!(read(row.as_object().expect("an object")), two[..1]);
    }
}
