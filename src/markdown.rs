//! Markdown to our own closed tree, which the shell turns into DOM nodes.
//!
//! CommonMark with tables, task lists, strikethrough, autolinks, footnotes and formulas. Every link in the tree has been
//! checked, no image is loaded, HTML is text, and hidden characters in running text are [`Inline::Mark`]s. In code,
//! formulas, HTML, titles and alternative texts, which are plain strings, the one who shows them splits them with
//! [`crate::text::marks`].

mod block;
pub mod columns;
mod convert;
pub mod entity;
pub mod html;
mod inline;
mod link;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod oracle;
mod reference;
mod shield;
pub mod stream;

/// Parses a whole text; never fails.
pub fn parse(text: &str) -> Vec<Block> {
    convert::parse(text.strip_prefix('\u{FEFF}').unwrap_or(text)).blocks
}

/// Bytes of a text that are shown at most: beyond them a page becomes slow, whatever is done. The text itself is
/// kept whole, and copied and searched whole.
pub const SHOWN: usize = 1_000_000;

/// The part of a text that is shown.
pub fn shown(text: &str) -> &str {
    let mut end = SHOWN.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// One block of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading of level 1 to 6.
    Heading(u8, Vec<Inline>),
    /// Code: the language (first word of the info string, may be empty) and the text.
    Code {
        /// First word of the info string.
        language: String,
        /// The text, with its last line break.
        text: String,
        /// Whether the fence was closed; indented code always is.
        closed: bool,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A list.
    List {
        /// The first number of an ordered list; `None` for bullets.
        start: Option<u32>,
        /// Whether paragraphs in it are set without space.
        tight: bool,
        /// The items.
        items: Vec<Item>,
    },
    /// A table.
    Table {
        /// How each column is aligned.
        align: Vec<Align>,
        /// The head's cells.
        head: Vec<Vec<Inline>>,
        /// The rows' cells; each row has as many as the head.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A formula on lines of its own, as TeX.
    Math(String),
    /// A thematic break.
    Rule,
    /// HTML, shown as the text that it is.
    Html(String),
    /// A footnote: its number and what it says.
    Footnote(u32, Vec<Block>),
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// `Some(done)` where the item is a task.
    pub task: Option<bool>,
    /// What the item holds.
    pub blocks: Vec<Block>,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As the text runs.
    None,
    /// Left.
    Left,
    /// Centre.
    Center,
    /// Right.
    Right,
}

/// One run of text within a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck through.
    Strike(Vec<Inline>),
    /// Code.
    Code(String),
    /// A link that may be followed: an `http`, `https` or `mailto` URL.
    Link {
        /// The URL, already checked.
        href: String,
        /// The host to show beside the text; empty where the text shows it already, or for `mailto`.
        host: String,
        /// The title; may be empty.
        title: String,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// An image that is not loaded until the user asks for it.
    Image {
        /// The URL, already checked; empty where it may not be loaded at all.
        src: String,
        /// The host that would be asked.
        host: String,
        /// The alternative text.
        alt: String,
    },
    /// A formula, as TeX; `true` where it is displayed.
    Math(String, bool),
    /// HTML, shown as the text that it is.
    Html(String),
    /// A reference to the footnote of this number; the second figure counts references to it.
    FootnoteRef(u32, u32),
    /// A line break that was meant.
    Break,
    /// A line break in the source.
    SoftBreak,
    /// A control, bidi or tag character, shown as a mark.
    Mark(char),
}
