//! What a person can set for the whole app. Conversations override some of it for themselves.

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
}

impl Settings {
    /// The least and the most that `silence_seconds` can be.
    pub const SILENCE: (u32, u32) = (10, 3600);
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
