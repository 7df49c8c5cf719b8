//! Properties that have one value at a time: a new value takes the place of the old one.

use super::topic;

/// A property with one value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Where the user lives.
    Residence,
    /// What the user does for a living.
    Job,
    /// What the user is called, or wants to be called.
    Name,
    /// The user's age.
    Age,
    /// What the assistant is called.
    Assistant,
    /// The favourite of a category, by the category's key.
    Favourite(String),
    /// A side of the style of answers, such as `#length`, see [`topic::style_slot`]; also diet.
    Style(String),
}

impl Slot {
    /// The stable name.
    pub fn name(&self) -> String {
        match self {
            Slot::Residence => "residence".to_owned(),
            Slot::Job => "job".to_owned(),
            Slot::Name => "name".to_owned(),
            Slot::Age => "age".to_owned(),
            Slot::Assistant => "assistant".to_owned(),
            Slot::Favourite(category) => ["favourite ", category].concat(),
            Slot::Style(side) => side.clone(),
        }
    }

    /// The slot of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "residence" => Slot::Residence,
            "job" => Slot::Job,
            "name" => Slot::Name,
            "age" => Slot::Age,
            "assistant" => Slot::Assistant,
            _ if name.starts_with('#') => Slot::Style(name.to_owned()),
            _ => Slot::Favourite(name.strip_prefix("favourite ")?.to_owned()),
        })
    }

    /// The slot that a topic fills by itself: a language, a length, a diet.
    pub fn of_topic(key: &str) -> Option<Self> {
        topic::style_slot(key).map(|side| Slot::Style(side.to_owned()))
    }
}
