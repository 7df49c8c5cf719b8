//! What a language is made of.

use super::lexer::Lexer;

/// A language. Lists of words are separated by spaces.
#[derive(Clone, Copy)]
pub struct Language {
    /// How fences name it, in lower case.
    pub names: &'static str,
    /// Its words; in lower case where `fold` is set.
    pub keywords: &'static str,
    /// Words that are keywords only before another word, a bracket or a quote.
    pub soft: &'static str,
    /// Words that are values.
    pub values: &'static str,
    /// Those of the keywords after which a name is given.
    pub declares: &'static str,
    /// What begins a comment that ends with its line.
    pub line: &'static [&'static str],
    /// What begins and ends a longer comment, and whether such comments nest.
    pub block: &'static [(&'static str, &'static str, bool)],
    /// Its strings; where one opening begins another, the longer one first.
    pub quotes: &'static [Quote],
    /// ASCII characters, beside letters and `_`, that a word may begin with.
    pub start: &'static str,
    /// ASCII characters, beside those, letters and digits, that a word may have within.
    pub inner: &'static str,
    /// Whether capitals do not matter in its words.
    pub fold: bool,
    /// Looked at first wherever something may begin; says whether it took anything.
    pub special: fn(&mut Lexer) -> bool,
}

/// A language without anything, to be filled.
pub const NONE: Language = Language {
    names: "",
    keywords: "",
    soft: "",
    values: "",
    declares: "",
    line: &[],
    block: &[],
    quotes: &[],
    start: "",
    inner: "",
    fold: false,
    special: |_| false,
};

/// A kind of string.
#[derive(Clone, Copy)]
pub struct Quote {
    /// What opens it.
    pub open: &'static str,
    /// What closes it.
    pub close: &'static str,
    /// How `close` is written within it.
    pub escape: Escape,
    /// Whether it may go over lines.
    pub lines: bool,
    /// Code within it.
    pub inside: Option<Inside>,
}

/// How the closing quote is written within a string.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// Not at all.
    None,
    /// After this character, which also stands before itself.
    After(u8),
    /// Twice.
    Twice,
}

/// Code within a string.
#[derive(Clone, Copy)]
pub struct Inside {
    /// What opens it; the last byte is the bracket.
    pub open: &'static str,
    /// The bracket that closes it.
    pub close: u8,
}

impl Inside {
    /// The bracket that opens it.
    pub fn bracket(self) -> u8 {
        self.open.as_bytes().last().copied().unwrap_or_default()
    }
}

/// `${…}`.
pub const DOLLAR: Option<Inside> = Some(Inside {
    open: "${",
    close: b'}',
});
/// `#{…}`.
pub const HASH: Option<Inside> = Some(Inside {
    open: "#{",
    close: b'}',
});
/// `{…}`, where `{{` is no bracket.
pub const BRACE: Option<Inside> = Some(Inside {
    open: "{",
    close: b'}',
});
/// `$(…)`.
pub const CALL: Option<Inside> = Some(Inside {
    open: "$(",
    close: b')',
});

/// A string on one line with `\` before what is meant as such.
pub const fn plain(quote: &'static str) -> Quote {
    Quote {
        open: quote,
        close: quote,
        escape: Escape::After(b'\\'),
        lines: false,
        inside: None,
    }
}

/// A string over lines with `\` before what is meant as such.
pub const fn long(quote: &'static str) -> Quote {
    Quote {
        lines: true,
        ..plain(quote)
    }
}

/// A string over lines without any escape.
pub const fn raw(open: &'static str, close: &'static str) -> Quote {
    Quote {
        open,
        close,
        escape: Escape::None,
        lines: true,
        inside: None,
    }
}

/// A string in which the quote is written twice.
pub const fn twice(open: &'static str, close: &'static str) -> Quote {
    Quote {
        open,
        close,
        escape: Escape::Twice,
        lines: true,
        inside: None,
    }
}

/// The same string with code within.
pub const fn with(quote: Quote, inside: Option<Inside>) -> Quote {
    Quote { inside, ..quote }
}

/// The same string with another opening.
pub const fn opened(open: &'static str, quote: Quote) -> Quote {
    Quote { open, ..quote }
}
