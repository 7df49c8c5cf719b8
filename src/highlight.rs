//! Code to stretches of a few classes, which the sheet sets apart by weight, slope and tone.
//!
//! A language is a [`language::Language`]: a table of words, comments and strings, and at most one function
//! for what a table cannot say. Everything is one pass over the text: no text makes it fail, and its time
//! grows with the length alone.

mod c;
mod css;
mod data;
mod functional;
mod here;
mod language;
mod lexer;
mod lines;
mod markup;
mod quote;
mod script;
mod shell;
mod tables;

use lexer::Lexer;

/// What a stretch of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Nothing in particular.
    Plain,
    /// A word of the language; a tag, a heading, an instruction.
    Keyword,
    /// A comment.
    Comment,
    /// A string.
    Text,
    /// A number, or a word that is a value: true, null.
    Number,
    /// A name where it is given: of a function, a type, a key, an attribute.
    Name,
    /// A line that was added.
    Inserted,
    /// A line that was removed.
    Deleted,
}

impl Class {
    /// Every class, [`Class::Plain`] first.
    pub const ALL: [Class; 8] = [
        Class::Plain,
        Class::Keyword,
        Class::Comment,
        Class::Text,
        Class::Number,
        Class::Name,
        Class::Inserted,
        Class::Deleted,
    ];

    /// The class of the sheet; empty for [`Class::Plain`], which has none.
    pub fn name(self) -> &'static str {
        match self {
            Class::Plain => "",
            Class::Keyword => "k",
            Class::Comment => "c",
            Class::Text => "s",
            Class::Number => "n",
            Class::Name => "f",
            Class::Inserted => "i",
            Class::Deleted => "d",
        }
    }
}

/// A stretch of code, by bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub from: usize,
    /// Where it ends; greater than `from`.
    pub to: usize,
    /// What it is.
    pub class: Class,
}

/// The stretches of a text, which tile it exactly: none is empty, and neighbours differ in class.
/// `None` where the language, by any of its usual names, is not known.
pub fn highlight(language: &str, code: &str) -> Option<Vec<Span>> {
    let language = tables::find(language)?;
    let mut lexer = Lexer::new(code, language, 0);
    lexer.run();
    Some(lexer.out)
}
