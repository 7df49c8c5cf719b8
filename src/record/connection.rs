//! A connection as it is stored: in two rows, so that a backup leaves the key out by leaving out
//! one store, and so that keys can be locked without touching anything else.

use super::{Row, field, price};
use crate::provider::{Api, Connection, ModelInfo};
use serde_json::Value;

const FIELDS: &[&str] = &["id", "name", "api", "base", "model", "models", "listed_at"];
const KEY: &[&str] = &["id", "key", "sealed"];

/// The connection in its row and, where it has one, the row of its key.
pub fn read(row: &Row, key: Option<&Row>) -> Connection {
    let of_key = |name| key.map(|row| field::text(row, name)).unwrap_or_default();
    Connection {
        id: field::text(row, "id"),
        name: field::text(row, "name"),
        api: Api::from_name(&field::text(row, "api")).unwrap_or_default(),
        base: field::text(row, "base"),
        key: of_key("key"),
        sealed: of_key("sealed"),
        model: field::text(row, "model"),
        models: field::list(row, "models")
            .iter()
            .filter_map(model)
            .collect(),
        listed_at: field::int(row, "listed_at"),
    }
}

/// The row of a connection, without its key; `kept` is the row that it replaces, or an empty one.
pub fn write(connection: &Connection, kept: &Row) -> Row {
    let mut row = field::unknown(kept, FIELDS);
    row.insert("id".into(), connection.id.as_str().into());
    field::put_text(&mut row, "name", &connection.name);
    let known = Api::from_name(&field::text(kept, "api")).is_some();
    let name = connection.api.name();
    let stand_in = Api::default().name();
    field::put_name(&mut row, "api", name, stand_in, kept, known);
    field::put_text(&mut row, "base", &connection.base);
    field::put_text(&mut row, "model", &connection.model);
    let models = connection.models.iter().map(write_model).collect();
    field::put_list(&mut row, "models", models);
    field::put_int(&mut row, "listed_at", connection.listed_at);
    row
}

/// The row of a connection's key, in clear or locked; `None` where it has none.
pub fn write_key(connection: &Connection, kept: &Row) -> Option<Row> {
    let (name, key) = match connection.sealed.is_empty() {
        true => ("key", &connection.key),
        false => ("sealed", &connection.sealed),
    };
    if key.is_empty() {
        return None;
    }
    let mut row = field::unknown(kept, KEY);
    row.insert("id".into(), connection.id.as_str().into());
    row.insert(name.into(), key.as_str().into());
    Some(row)
}

fn model(value: &Value) -> Option<ModelInfo> {
    let row = value.as_object()?;
    let id = field::text(row, "id");
    (!id.is_empty()).then(|| ModelInfo {
        id,
        context: Some(field::count(row, "context")).filter(|tokens| *tokens > 0),
        price: field::object(row, "price").and_then(price::read),
    })
}

fn write_model(model: &ModelInfo) -> Value {
    let mut row = Row::new();
    field::put_text(&mut row, "id", &model.id);
    field::put_int(&mut row, "context", model.context.unwrap_or(0).into());
    if let Some(listed) = &model.price {
        row.insert("price".into(), price::write(listed).into());
    }
    row.into()
}
