//! The second pass of CommonMark: the text of a leaf to tokens, with emphasis and links paired.

mod autolink;
mod class;
mod code;
mod emphasis;
pub mod html;
mod link;

pub use autolink::email;

use self::code::Backticks;
use self::emphasis::Delimiter;
use self::html::Missing;
use self::link::Bracket;
use super::entity;
use super::reference::{Destination, Names, References, is_escape};

/// A piece of a leaf. What stands between an opening and its end is well nested.
pub enum Token {
    /// Text of the source, from and to.
    Text(usize, usize),
    /// Other text, from an entity.
    Decoded(String),
    /// An escaped character, at this place.
    Escaped(usize),
    SoftBreak,
    Break,
    Code(String),
    /// HTML of the source, from and to.
    Html(usize, usize),
    Open(Mark),
    Close,
    /// A reference to the footnote at this place among the names.
    Note(usize),
    /// Marks of emphasis: the spans that end here, what is left of the marks (from and to), the spans that begin here,
    /// the innermost first.
    Marks(Vec<Mark>, usize, usize, Vec<Mark>),
}

/// What a span is.
#[derive(Clone)]
pub enum Mark {
    Emph,
    Strong,
    Strike,
    Link(Destination),
    Image(Destination),
}

/// What holds for all leaves of a text.
pub struct Context<'a> {
    pub references: &'a References,
    /// The footnotes by their folded names.
    pub notes: &'a Names,
    /// How many bytes of references were used up.
    pub spent: usize,
    /// Whether something looked like a reference but had no definition.
    pub unresolved: bool,
}

/// Reads the text of a leaf.
pub fn read(text: &str, context: &mut Context<'_>) -> Vec<Token> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        tokens: Vec::new(),
        delimiters: Vec::new(),
        brackets: Vec::new(),
        linked: 0,
        backticks: Backticks::default(),
        missing: Missing::default(),
        context,
    };
    while reader.at < text.len() {
        reader.step();
    }
    reader.pair(0);
    reader.tokens
}

struct Reader<'a, 'b, 'c> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    delimiters: Vec<Delimiter>,
    brackets: Vec<Bracket>,
    /// How many of the brackets have a link in them.
    linked: usize,
    backticks: Backticks,
    missing: Missing,
    context: &'b mut Context<'c>,
}

impl Reader<'_, '_, '_> {
    /// Reads the next token.
    fn step(&mut self) {
        let byte = self.bytes[self.at];
        match byte {
            b'\n' | b'\r' => self.line_break(),
            b'`' => self.code(),
            b'\\' => self.backslash(),
            b'&' => self.entity(),
            b'<' => self.angle(),
            b'*' | b'_' | b'~' => self.marks(),
            b'[' => self.open_bracket(1),
            b'!' if self.bytes.get(self.at + 1) == Some(&b'[')
                && self.bytes.get(self.at + 2) != Some(&b'^') =>
            {
                self.open_bracket(2);
            }
            b']' => self.close_bracket(),
            b':' if self.brackets.is_empty() && self.url() => {}
            b'w' if self.brackets.is_empty() && self.www() => {}
            _ => self.plain(),
        }
    }

    fn plain(&mut self) {
        let special = |b: &u8| {
            matches!(
                b,
                b'\n'
                    | b'\r'
                    | b'`'
                    | b'\\'
                    | b'&'
                    | b'<'
                    | b'*'
                    | b'_'
                    | b'~'
                    | b'['
                    | b'!'
                    | b']'
                    | b':'
                    | b'w'
            )
        };
        let from = self.at;
        self.at = self.bytes[from + 1..]
            .iter()
            .position(special)
            .map_or(self.bytes.len(), |length| from + 1 + length);
        let mut to = self.at;
        if matches!(self.bytes.get(to), Some(b'\n' | b'\r')) {
            to = from + self.text[from..to].trim_end_matches([' ', '\t']).len();
        }
        self.push_text(from, to);
    }

    fn push_text(&mut self, from: usize, to: usize) {
        match self.tokens.last_mut() {
            Some(Token::Text(_, end)) if *end == from => *end = to,
            _ if from < to => self.tokens.push(Token::Text(from, to)),
            _ => {}
        }
    }

    /// The next so many bytes are text.
    fn take_text(&mut self, length: usize) {
        self.push_text(self.at, self.at + length);
        self.at += length;
    }

    fn line_break(&mut self) {
        let hard = self.text[..self.at].ends_with("  ");
        self.skip_line();
        self.tokens
            .push(if hard { Token::Break } else { Token::SoftBreak });
    }

    /// Behind the line break and the spaces after it.
    fn skip_line(&mut self) {
        if self.text[self.at..].starts_with("\r\n") {
            self.at += 1;
        }
        self.at += 1;
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    fn backslash(&mut self) {
        match self.bytes.get(self.at + 1) {
            Some(b'\n' | b'\r') => {
                self.at += 1;
                self.skip_line();
                self.tokens.push(Token::Break);
            }
            _ if is_escape(self.bytes, self.at) => {
                self.tokens.push(Token::Escaped(self.at + 1));
                self.at += 2;
            }
            _ => self.take_text(1),
        }
    }

    fn entity(&mut self) {
        let mut decoded = String::new();
        match entity::decode(&self.text[self.at..], &mut decoded) {
            0 => self.take_text(1),
            length => {
                self.tokens.push(Token::Decoded(decoded));
                self.at += length;
            }
        }
    }
}
