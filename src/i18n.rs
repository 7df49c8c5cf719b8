//! Every word of the interface, in 中文 and English, side by side.
//!
//! A screen's words are one struct with two constants, so that a missing string does not compile.
//! Our own strings have the space between 汉字 and Latin typed.

mod chat;
pub mod connect;
pub mod doctor;
mod fault;
pub mod frames;
pub mod learned;
pub mod lock;
pub mod memory;
pub mod models;
pub mod options;
pub mod preference;
mod settings;
mod shell;
mod summary;
mod unfinished;
mod usage;
pub mod watch;

pub use chat::Chat;
pub use fault::{parts as fault_parts, sentence};
pub use settings::Words as SettingsWords;
pub use shell::Shell;
pub use summary::Words as SummaryWords;
pub use unfinished::Words as UnfinishedWords;
pub use usage::Words as UsageWords;

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 中文.
    Zh,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The language for a browser's list of languages: the first that is one of ours, else English.
    pub fn choose<'a>(preferred: impl IntoIterator<Item = &'a str>) -> Self {
        preferred
            .into_iter()
            .find_map(|tag| {
                let base = tag.split(['-', '_']).next().unwrap_or_default();
                match base.to_ascii_lowercase().as_str() {
                    "zh" | "yue" => Some(Lang::Zh),
                    "en" => Some(Lang::En),
                    _ => None,
                }
            })
            .unwrap_or_default()
    }

    /// What belongs to this language of two.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The value of `lang` in the document and the locale for dates and numbers.
    pub fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }

    /// The words of this language.
    pub fn strings(self) -> &'static Strings {
        self.pick(&ZH, &EN)
    }

    /// The words of the memory board. Apart from [`Lang::strings`], as those of the settings.
    pub fn memory(self) -> &'static memory::Words {
        self.pick(&memory::ZH, &memory::EN)
    }

    /// The words of the settings. Apart from [`Lang::strings`], so that the first load does not carry them.
    pub fn settings(self) -> &'static SettingsWords {
        self.pick(&settings::ZH, &settings::EN)
    }
}

impl Lang {
    /// The words about usage, prices and budgets, which are the second program's.
    pub fn usage(self) -> &'static UsageWords {
        self.pick(&usage::ZH, &usage::EN)
    }

    /// The words about summaries of older messages, likewise.
    pub fn summary(self) -> &'static SummaryWords {
        self.pick(&summary::ZH, &summary::EN)
    }
}

/// All words that the first load needs, by screen.
pub struct Strings {
    /// The frame around every screen: sidebar, notices, menus, help.
    pub shell: Shell,
    /// The conversation.
    pub chat: Chat,
}

const ZH: Strings = Strings {
    shell: shell::ZH,
    chat: chat::ZH,
};

const EN: Strings = Strings {
    shell: shell::EN,
    chat: chat::EN,
};

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_browser_chooses() {
        for (tags, lang) in [
            (&["zh-CN", "en"][..], Lang::Zh),
            (&["zh-Hant-TW"][..], Lang::Zh),
            (&["en-GB", "zh"][..], Lang::En),
            (&["fr", "zh-HK"][..], Lang::Zh),
            (&["fr"][..], Lang::En),
            (&[][..], Lang::En),
        ] {
            assert_eq!(Lang::choose(tags.iter().copied()), lang, "{tags:?}");
        }
    }
}
