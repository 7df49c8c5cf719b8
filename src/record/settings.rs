//! The settings as they are stored: the row `settings` of the store `kv`.

use super::{Row, field};
use crate::settings::{Contrast, Language, Middle, RestWay, Settings, Size, Theme};

/// The name of the row.
pub const NAME: &str = "settings";

const FIELDS: &[&str] = &[
    "name",
    "language",
    "theme",
    "contrast",
    "size",
    "enter_sends",
    "connection",
    "model",
    "silence_seconds",
    "memory",
    "rest_way",
    "auto_continue",
    "middle",
];

/// The settings in a row. What is missing or not understood has its default.
pub fn read(row: &Row) -> Settings {
    let default = Settings::default();
    let named = |name| field::text(row, name);
    Settings {
        language: Language::from_name(&named("language")).unwrap_or(default.language),
        theme: Theme::from_name(&named("theme")).unwrap_or(default.theme),
        contrast: Contrast::from_name(&named("contrast")).unwrap_or(default.contrast),
        size: Size::from_name(&named("size")).unwrap_or(default.size),
        enter_sends: if row.contains_key("enter_sends") {
            field::flag(row, "enter_sends")
        } else {
            default.enter_sends
        },
        connection: named("connection"),
        model: named("model"),
        silence_seconds: row
            .get("silence_seconds")
            .map_or(default.silence_seconds, field::small)
            .clamp(Settings::SILENCE.0, Settings::SILENCE.1),
        memory: !row.contains_key("memory") || field::flag(row, "memory"),
        rest_way: RestWay::from_name(&named("rest_way")).unwrap_or(default.rest_way),
        auto_continue: field::flag(row, "auto_continue"),
        middle: Middle::from_name(&named("middle")).unwrap_or(default.middle),
    }
}

/// The row of the settings; `kept` is the row that it replaces, or an empty one.
pub fn write(settings: &Settings, kept: &Row) -> Row {
    let mut row = field::unknown(kept, FIELDS);
    row.insert("name".into(), NAME.into());
    for (name, value) in [
        ("language", settings.language.name()),
        ("theme", settings.theme.name()),
        ("contrast", settings.contrast.name()),
        ("size", settings.size.name()),
        ("rest_way", settings.rest_way.name()),
        ("middle", settings.middle.name()),
        ("connection", &settings.connection),
        ("model", &settings.model),
    ] {
        field::put_text(&mut row, name, value);
    }
    row.insert("enter_sends".into(), settings.enter_sends.into());
    row.insert("silence_seconds".into(), settings.silence_seconds.into());
    row.insert("memory".into(), settings.memory.into());
    field::put_flag(&mut row, "auto_continue", settings.auto_continue);
    row
}
