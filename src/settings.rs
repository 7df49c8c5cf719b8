//! What a person can set for the whole app. Conversations override some of it for themselves.

use crate::chat::Options;

/// The settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of the interface.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// How strong the contrast is.
    pub contrast: Contrast,
    /// How large the text is.
    pub size: Size,
    /// Whether Enter sends and Shift+Enter breaks the line; otherwise Ctrl+Enter sends.
    pub enter_sends: bool,
    /// The connection's id for conversations that name none; empty for the first one.
    pub connection: String,
    /// The model for conversations that name none; empty for the connection's own.
    pub model: String,
    /// Seconds without a token until the app says that no answer comes. See [`Settings::SILENCE`].
    pub silence_seconds: u32,
    /// Whether conversations read and write memory.
    pub memory: bool,
    /// How the rest of a reply is got where the user names no way.
    pub rest_way: RestWay,
    /// Whether a reply that looks cut goes on without being asked.
    pub auto_continue: bool,
    /// What becomes of older messages that have no room, where a conversation does not say.
    pub middle: Middle,
}

impl Settings {
    /// The least and the most that `silence_seconds` can be.
    pub const SILENCE: (u32, u32) = (10, 600);

    /// Takes from the settings of a backup what nobody has changed here. The number of settings that
    /// were changed in both, each in its own way: those stay as they are.
    ///
    /// Which connection is used is no part of it; see [`Settings::merge_choice`].
    pub fn merge(&mut self, file: &Settings) -> u32 {
        let plain = Settings::default();
        merge(&mut self.language, file.language, plain.language)
            + merge(&mut self.theme, file.theme, plain.theme)
            + merge(&mut self.contrast, file.contrast, plain.contrast)
            + merge(&mut self.size, file.size, plain.size)
            + merge(&mut self.enter_sends, file.enter_sends, plain.enter_sends)
            + merge(&mut self.rest_way, file.rest_way, plain.rest_way)
            + merge(
                &mut self.auto_continue,
                file.auto_continue,
                plain.auto_continue,
            )
            + merge(
                &mut self.silence_seconds,
                file.silence_seconds,
                plain.silence_seconds,
            )
            + merge(&mut self.memory, file.memory, plain.memory)
            + merge(&mut self.middle, file.middle, plain.middle)
    }

    /// What becomes of older messages of a conversation that have no room. A temporary one is always cut: of it nothing
    /// is kept, a summary neither.
    pub fn middle_of(&self, options: &Options, temporary: bool) -> Middle {
        match temporary {
            true => Middle::Cut,
            false => options.middle.unwrap_or(self.middle),
        }
    }

    /// Takes from the settings of a backup that new conversations use `connection`, which the user has
    /// just taken from there, and its model; nothing where another connection was chosen here.
    pub fn merge_choice(&mut self, file: &Settings, connection: &str) {
        if self.connection.is_empty() && file.connection == connection {
            self.connection.clone_from(&file.connection);
            self.model.clone_from(&file.model);
        }
    }
}

/// 1 where both differ from the default and from each other; otherwise `here` is what was changed.
fn merge<T: PartialEq>(here: &mut T, file: T, plain: T) -> u32 {
    if *here == plain {
        *here = file;
        return 0;
    }
    u32::from(file != plain && file != *here)
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::Auto,
            theme: Theme::Auto,
            contrast: Contrast::Auto,
            size: Size::Normal,
            enter_sends: true,
            connection: String::new(),
            model: String::new(),
            silence_seconds: 60,
            memory: true,
            rest_way: RestWay::Best,
            auto_continue: false,
            middle: Middle::Cut,
        }
    }
}

/// Makes a closed choice with stable names, so that the list, the names and the reading of names
/// cannot drift apart.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$what])* $variant,)+ }

        impl $name {
            /// Every choice, in the order in which it is offered.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The stable name: in storage and in attributes of the page.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }

            /// The choice with this stable name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.name() == name)
            }
        }
    };
}

choice! {
    /// What becomes of older messages that have no room in a request.
    Middle {
        /// They are left out.
        Cut = "cut",
        /// A summary goes in their place.
        Summarise = "summarise",
    }
}

choice! {
    /// The language of the interface.
    Language {
        /// As the browser asks.
        Auto = "auto",
        /// Chinese.
        Zh = "zh",
        /// English.
        En = "en",
    }
}

choice! {
    /// Light or dark.
    Theme {
        /// As the system asks.
        Auto = "auto",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
    }
}

choice! {
    /// How strong the contrast is.
    Contrast {
        /// As the system asks.
        Auto = "auto",
        /// High.
        High = "high",
    }
}

choice! {
    /// How large the text is.
    Size {
        /// Smaller than the browser's own.
        Small = "small",
        /// The browser's own.
        Normal = "normal",
        /// Larger.
        Large = "large",
        /// Much larger.
        Huge = "huge",
    }
}

choice! {
    /// How the rest of a reply is got.
    RestWay {
        /// What worked last with the model, else the first way that it takes.
        Best = "best",
        /// By giving the reply as a beginning; by asking where a model takes none.
        Prefill = "prefill",
        /// By asking for it.
        Ask = "ask",
        /// By asking the same question again.
        Again = "again",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_fills_in_what_was_not_changed_here_and_no_more() {
        let plain = Settings::default;
        let dark = || Settings {
            theme: Theme::Dark,
            ..plain()
        };
        let large = || Settings {
            size: Size::Large,
            silence_seconds: 30,
            ..plain()
        };
        let light = || Settings {
            theme: Theme::Light,
            enter_sends: false,
            ..plain()
        };
        let check = |here: Settings, file: Settings, want: Settings, kept: u32| {
            let mut merged = here.clone();
            assert_eq!(merged.merge(&file), kept, "{here:?} {file:?}");
            assert_eq!(merged, want, "{here:?} {file:?}");
            assert_eq!(merged.merge(&file), kept, "the same again");
            assert_eq!(merged, want, "the same again");
        };
        check(plain(), dark(), dark(), 0);
        check(dark(), plain(), dark(), 0);
        check(dark(), dark(), dark(), 0);
        let theme = dark().theme;
        check(dark(), large(), Settings { theme, ..large() }, 0);
        check(dark(), light(), Settings { theme, ..light() }, 1);
        let chosen = Settings {
            connection: "evil".to_owned(),
            model: "m".to_owned(),
            ..dark()
        };
        check(plain(), chosen, dark(), 0);
    }

    #[test]
    fn a_connection_is_used_by_default_only_once_it_was_taken() {
        let of = |connection: &str| Settings {
            connection: connection.to_owned(),
            model: format!("model of {connection}"),
            ..Settings::default()
        };
        let check = |here: Settings, taken: &str, want: Settings| {
            let mut merged = here;
            merged.merge_choice(&of("c1"), taken);
            assert_eq!(merged, want, "{taken}");
        };
        check(Settings::default(), "c1", of("c1"));
        check(Settings::default(), "c2", Settings::default());
        check(of("own"), "c1", of("own"));
    }
}
