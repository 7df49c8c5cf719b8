//! The one pass over a text that every language shares.

use super::language::{Language, Quote};
use super::{Class, Span};

/// Languages within languages within languages: no deeper.
const DEEPEST: u32 = 3;

/// A text being read.
///
/// `at` always stands between two characters: whatever moves it moves over whole characters.
pub struct Lexer<'a> {
    /// The text up to where the language ends.
    pub text: &'a str,
    /// How far it is read.
    pub at: usize,
    /// What was found up to `at`.
    pub out: Vec<Span>,
    /// Whether what was read last can stand before an operator: then `/` divides and `<` compares.
    pub operand: bool,
    /// What is open around `at`, innermost last.
    pub frames: Vec<Frame>,
    /// Strings that begin on the next line.
    pub waiting: Vec<super::here::Here<'a>>,
    /// Up to here nothing closes what was looked for: a regular expression, a link.
    pub deaf: usize,
    /// Whether the word that comes next is a name being given.
    pub naming: bool,
    language: &'static Language,
    keywords: Vec<&'static str>,
    soft: Vec<&'static str>,
    values: Vec<&'static str>,
    declares: Vec<&'static str>,
    depth: u32,
}

/// What is open around a place.
#[derive(Clone, Copy)]
pub enum Frame {
    /// Code within a string, and the number of brackets open in it.
    Inside(Quote, u32),
    /// An expression within markup, and the number of brackets open in it.
    Braces(u32),
    /// A tag; `true` for one that closes.
    Tag(bool),
    /// What stands between two tags.
    Children,
}

impl<'a> Lexer<'a> {
    /// Begins a text; `depth` counts the languages around this one.
    pub fn new(text: &'a str, language: &'static Language, depth: u32) -> Self {
        Self {
            text,
            at: 0,
            out: Vec::new(),
            operand: false,
            frames: Vec::new(),
            waiting: Vec::new(),
            deaf: 0,
            naming: false,
            language,
            keywords: sorted(language.keywords),
            soft: sorted(language.soft),
            values: sorted(language.values),
            declares: sorted(language.declares),
            depth,
        }
    }

    /// Reads the whole text.
    pub fn run(&mut self) {
        while self.at < self.text.len() {
            let before = self.at;
            if !self.space() && !(self.language.special)(self) {
                self.step();
            }
            if self.at == before {
                self.take(1, Class::Plain); // never reached while every step moves on
            }
        }
    }

    /// What is not read yet.
    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The byte at a distance from here; 0 beyond the end.
    pub fn peek(&self, ahead: usize) -> u8 {
        let at = self.at.saturating_add(ahead);
        self.text.as_bytes().get(at).copied().unwrap_or_default()
    }

    /// The byte before this one; a line feed at the beginning.
    pub fn behind(&self) -> u8 {
        match self.at {
            0 => b'\n',
            at => self.text.as_bytes()[at - 1],
        }
    }

    /// Whether only white space stands before this place on its line.
    pub fn begins_line(&self) -> bool {
        let before = self.text.as_bytes()[..self.at].iter().rev();
        let mut space = before.skip_while(|byte| matches!(byte, b' ' | b'\t'));
        space.next().is_none_or(|byte| *byte == b'\n')
    }

    /// The bytes up to the end of the line, without its line feed.
    pub fn line(&self) -> usize {
        let rest = self.rest();
        rest.find('\n').unwrap_or(rest.len())
    }

    /// Takes this many bytes, at least one character, up to a whole character.
    pub fn take(&mut self, bytes: usize, class: Class) {
        let mut to = self.at.saturating_add(bytes.max(1)).min(self.text.len());
        while !self.text.is_char_boundary(to) {
            to += 1;
        }
        self.take_to(to, class);
    }

    /// Takes everything up to a place, which stands between two characters.
    pub fn take_to(&mut self, to: usize, class: Class) {
        if to <= self.at {
            return;
        }
        match self.out.last_mut() {
            Some(last) if last.class == class => last.to = to,
            _ => self.out.push(Span {
                from: self.at,
                to,
                class,
            }),
        }
        self.at = to;
    }

    /// Takes what another language reads, up to a place.
    pub fn embed(&mut self, language: &'static Language, to: usize) {
        if self.depth >= DEEPEST {
            return self.take_to(to, Class::Plain);
        }
        let mut inner = Lexer::new(&self.text[..to], language, self.depth + 1);
        inner.at = self.at;
        inner.out = std::mem::take(&mut self.out);
        inner.run();
        self.out = inner.out;
        self.at = to;
    }

    /// Takes white space. At the end of a line, takes the strings that begin on the next one.
    fn space(&mut self) -> bool {
        let rest = self.rest().as_bytes();
        let spaces = rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
        match spaces.count() {
            0 if self.peek(0) == b'\n' => {
                self.take(1, Class::Plain);
                self.operand = false;
                super::here::bodies(self);
                true
            }
            0 => false,
            count => {
                self.take(count, Class::Plain);
                true
            }
        }
    }

    /// Takes what the language's table knows, or one character.
    fn step(&mut self) {
        if self.comment() || self.string() || self.number() || self.word() {
            return;
        }
        self.punctuation();
    }

    /// Takes a comment.
    pub fn comment(&mut self) -> bool {
        let rest = self.rest();
        for (open, close, nests) in self.language.block {
            if rest.starts_with(open) {
                let length = block(rest, open, close, *nests);
                self.take(length, Class::Comment);
                return true;
            }
        }
        if self.language.line.iter().any(|open| rest.starts_with(open)) {
            self.take(self.line(), Class::Comment);
            return true;
        }
        false
    }

    /// Takes a string of the table.
    pub fn string(&mut self) -> bool {
        let rest = self.rest();
        let quotes = self.language.quotes.iter();
        let Some(quote) = quotes.copied().find(|quote| rest.starts_with(quote.open)) else {
            return false;
        };
        self.open_quote(quote);
        true
    }

    /// Takes a number.
    pub fn number(&mut self) -> bool {
        let dot = self.peek(0) == b'.' && self.peek(1).is_ascii_digit() && !self.operand;
        if !dot && !self.peek(0).is_ascii_digit() {
            return false;
        }
        let length = number(self.rest().as_bytes());
        self.take(length, Class::Number);
        self.operand = true;
        true
    }

    /// The length of the word here; 0 where there is none.
    pub fn word_length(&self) -> usize {
        let (start, inner) = (self.language.start, self.language.inner);
        let mut length = 0;
        for c in self.rest().chars() {
            let first = c.is_alphabetic() || c == '_' || start.contains(c);
            let fits = first || length > 0 && (c.is_numeric() || inner.contains(c) || is_mark(c));
            if !fits {
                break;
            }
            length += c.len_utf8();
        }
        length
    }

    /// Takes a word.
    pub fn word(&mut self) -> bool {
        let length = self.word_length();
        if length == 0 {
            return false;
        }
        let word = &self.rest()[..length];
        let class = self.class_of(word);
        self.take(length, class);
        true
    }

    /// What a word is here; remembers what follows from it.
    pub fn class_of(&mut self, word: &str) -> Class {
        let folded;
        let word = if self.language.fold {
            folded = word.to_ascii_lowercase();
            &folded
        } else {
            word
        };
        // What belongs to something is a name, whatever it is called.
        let before = &self.text.as_bytes()[..self.at];
        let member = before.ends_with(b".") && !before.ends_with(b"..") && word != "await";
        let naming = std::mem::take(&mut self.naming);
        let keyword = has(&self.keywords, word)
            || has(&self.soft, word) && goes_on(&self.text[self.at + word.len()..]);
        if !member && keyword {
            self.operand = ["this", "self", "super"].contains(&word);
            self.naming = has(&self.declares, word);
            return Class::Keyword;
        }
        self.operand = true;
        // `App.User`, `M:new`: all of it is the name.
        self.naming = naming && joins(&self.text.as_bytes()[self.at + word.len()..]);
        match () {
            () if !member && has(&self.values, word) => Class::Number,
            () if naming => Class::Name,
            () => Class::Plain,
        }
    }

    /// Takes one character that is nothing else, and counts brackets.
    pub fn punctuation(&mut self) {
        let byte = self.peek(0);
        if self.bracket(byte) {
            return;
        }
        self.operand = matches!(byte, b')' | b']') || byte >= 0x80;
        self.naming &= matches!(byte, b'*' | b'&' | b'.' | b':');
        self.take(1, Class::Plain);
    }

    /// Counts brackets within a string's code. Where that ends, goes on with the string.
    fn bracket(&mut self, byte: u8) -> bool {
        match self.frames.last_mut() {
            Some(Frame::Inside(quote, open)) => {
                let Some(inside) = quote.inside else {
                    return false;
                };
                if byte == inside.close && *open == 0 {
                    let quote = *quote;
                    self.frames.pop();
                    self.take(1, Class::Plain);
                    self.quote_body(quote, self.at);
                    return true;
                }
                count(open, byte, inside.bracket(), inside.close);
            }
            Some(Frame::Braces(open)) => {
                if byte == b'}' && *open == 0 {
                    self.frames.pop();
                    self.take(1, Class::Plain);
                    return true;
                }
                count(open, byte, b'{', b'}');
            }
            _ => {}
        }
        false
    }
}

fn count(open: &mut u32, byte: u8, up: u8, down: u8) {
    if byte == up {
        *open += 1;
    } else if byte == down {
        *open = open.saturating_sub(1);
    }
}

/// Whether a word, a bracket or a quote comes after a space.
fn goes_on(after: &str) -> bool {
    let next = after.trim_start_matches(' ');
    let next = next.chars().next().filter(|_| next.len() < after.len());
    next.is_some_and(|c| c.is_alphanumeric() || "_$\"'`{[(*#@".contains(c))
}

/// Whether a name goes on after a dot or a colon.
fn joins(after: &[u8]) -> bool {
    matches!(after, [b'.' | b':', next, ..] if next.is_ascii_alphabetic() || *next == b'_')
}

/// Combining marks, which `is_alphabetic` leaves out.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x200C | 0x200D)
}

fn sorted(words: &'static str) -> Vec<&'static str> {
    let mut words: Vec<_> = words.split(' ').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

fn has(words: &[&str], word: &str) -> bool {
    words.binary_search(&word).is_ok()
}

/// The length of a comment, up to the end where it is not closed.
fn block(text: &str, open: &str, close: &str, nests: bool) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (open.len(), 1);
    while at < bytes.len() {
        if bytes[at..].starts_with(close.as_bytes()) {
            at += close.len();
            depth -= 1;
            if depth == 0 {
                return at;
            }
        } else if nests && bytes[at..].starts_with(open.as_bytes()) {
            at += open.len();
            depth += 1;
        } else {
            at += 1;
        }
    }
    text.len()
}

/// The length of a number: digits of any base, separators, one or more dots, an exponent, a suffix.
fn number(bytes: &[u8]) -> usize {
    let based = bytes.len() > 1 && bytes[0] == b'0' && bytes[1].is_ascii_alphabetic();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let fits = match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' => true,
            b'.' => next.is_ascii_digit(),
            b'\'' => next.is_ascii_hexdigit() && at > 0 && bytes.get(at + 2) != Some(&b'\''),
            b'+' | b'-' if at > 0 => {
                let exponent = if based { b'p' } else { b'e' };
                bytes[at - 1].to_ascii_lowercase() == exponent && next.is_ascii_digit()
            }
            _ => false,
        };
        if !fits {
            break;
        }
        at += 1;
    }
    at
}
