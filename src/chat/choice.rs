//! Which model a conversation shall ask: what the picker, in the second program, tells the chat.

use crate::record::{self, field};
use serde_json::json;

/// The choice of a model on a connection, as text.
pub fn write(connection: &str, model: &str) -> String {
    record::write(&json!({ "is": "choose", "connection": connection, "model": model }))
}

/// The connection and the model of a choice; `None` where the text is none.
pub fn read(text: &str) -> Option<(String, String)> {
    let row = record::parse(text)?;
    let text = |name| field::text(&row, name);
    (text("is") == "choose").then(|| (text("connection"), text("model")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_comes_back() {
        let choice = ("c".to_owned(), "模型 \"m\"".to_owned());
        assert_eq!(read(&write(&choice.0, &choice.1)), Some(choice));
        assert_eq!(read("{\"is\":\"show\"}"), None);
        assert_eq!(read("no"), None);
    }
}
