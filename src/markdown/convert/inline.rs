//! Runs of text: links checked, images held back, formulas gathered, hidden characters marked.

use super::super::Inline;
use super::super::inline::{Mark, Token, email, read};
use super::super::link;
use super::super::reference::Destination;
use super::super::shield::{Sign, formula::Kind, is_shielded, push_restored, restore, sign};
use super::{MAX_DEPTH, Reader};
use crate::text::{Piece, marks};

impl Reader<'_> {
    /// What a leaf holds; for the first paragraph of an item also whether it is a task, and done.
    pub(super) fn leaf(&mut self, text: &str, item: bool) -> (Option<bool>, Vec<Inline>) {
        let text = text.trim_end_matches([' ', '\t', '\n', '\r']);
        let tokens = flat(read(text, &mut self.context));
        let mut builder = Builder {
            text,
            reader: self,
            tokens: tokens.into_iter(),
            item,
            task: None,
        };
        let content = builder.run(0, false);
        (builder.task, content)
    }

    /// The next reference to a footnote: its number, and how many there were.
    fn refer(&mut self, note: usize) -> Inline {
        let (number, count) = &mut self.counts[note];
        if *number == 0 {
            self.numbered += 1;
            *number = self.numbered;
        }
        *count += 1;
        Inline::FootnoteRef(*number, *count)
    }
}

/// The tokens with the marks of emphasis as openings and ends.
fn flat(tokens: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token {
            Token::Marks(closed, from, to, opened) => {
                out.extend(closed.iter().map(|_| Token::Close));
                out.push(Token::Text(from, to));
                out.extend(opened.into_iter().rev().map(Token::Open));
            }
            token => out.push(token),
        }
    }
    out
}

/// Makes runs of tokens.
struct Builder<'a, 'b, 'c> {
    text: &'a str,
    reader: &'b mut Reader<'c>,
    tokens: std::vec::IntoIter<Token>,
    /// Whether the text may yet begin with the box of a task.
    item: bool,
    task: Option<bool>,
}

impl Builder<'_, '_, '_> {
    /// Reads up to the end of the span; mail addresses are links unless they are in one.
    fn run(&mut self, depth: usize, linked: bool) -> Vec<Inline> {
        let mut run = Run::default();
        let mut plain = String::new();
        let source = self.text;
        while let Some(token) = self.tokens.next() {
            match &token {
                Token::Text(from, to) => {
                    plain.push_str(&source[*from..*to]);
                    continue;
                }
                Token::Decoded(text) => {
                    plain.push_str(text);
                    continue;
                }
                _ => self.plain(&mut run, &mut plain, linked),
            }
            match token {
                Token::Escaped(at) => run.text(&source[at..=at]),
                Token::SoftBreak => run.line_break(Inline::SoftBreak),
                Token::Break => run.line_break(Inline::Break),
                Token::Code(code) => run.push(Inline::Code(restore(&code).into_owned())),
                Token::Html(from, to) => {
                    run.push(Inline::Html(restore(&source[from..to]).into_owned()));
                }
                Token::Open(mark) => self.span(&mut run, mark, depth + 1, linked),
                Token::Note(note) => run.push(self.reader.refer(note)),
                Token::Close => return run.finish(),
                Token::Text(..) | Token::Decoded(_) | Token::Marks(..) => {}
            }
        }
        self.plain(&mut run, &mut plain, linked);
        run.finish()
    }

    fn span(&mut self, run: &mut Run, mark: Mark, depth: usize, linked: bool) {
        if let Mark::Image(source) = &mark {
            return run.push(image(&source.url, self.raw()));
        }
        let linked = linked || matches!(mark, Mark::Link(_));
        let content = if depth >= MAX_DEPTH {
            text(&self.raw())
        } else {
            self.run(depth, linked)
        };
        match mark {
            Mark::Link(destination) => run.link(&destination, content),
            Mark::Strong => run.push(Inline::Strong(content)),
            Mark::Strike => run.push(Inline::Strike(content)),
            Mark::Emph | Mark::Image(_) => run.push(Inline::Emph(content)),
        }
    }

    /// Plain text, with the mail addresses in it, and the box of a task where it may begin with one.
    fn plain(&mut self, run: &mut Run, plain: &mut String, linked: bool) {
        let mut rest = plain.as_str();
        if std::mem::take(&mut self.item)
            && let Some((done, length)) = task(rest)
        {
            self.task = Some(done);
            rest = &rest[length..];
        }
        while !linked && let Some((from, to)) = email(rest) {
            run.text(&rest[..from]);
            let shown = &rest[from..to];
            let known = shown.starts_with("mailto:") || shown.starts_with("xmpp:");
            let url = [if known { "" } else { "mailto:" }, shown].concat();
            let title = String::new();
            run.link(&Destination { url, title }, text(shown));
            rest = &rest[to..];
        }
        run.text(rest);
        plain.clear();
    }

    /// The text up to the end of the span, without any structure.
    fn raw(&mut self) -> String {
        let mut out = String::new();
        let mut depth = 1;
        for token in self.tokens.by_ref() {
            match token {
                Token::Text(from, to) | Token::Html(from, to) => out.push_str(&self.text[from..to]),
                Token::Decoded(text) | Token::Code(text) => out.push_str(&text),
                Token::Escaped(at) => out.push_str(&self.text[at..=at]),
                Token::SoftBreak | Token::Break => out.push('\n'),
                Token::Open(_) => depth += 1,
                Token::Close => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                Token::Note(note) => {
                    self.reader.refer(note);
                }
                Token::Marks(..) => {}
            }
        }
        restore(&out).into_owned()
    }
}

/// The box that a text begins with: whether it is ticked, and how long it is with the space behind it.
fn task(text: &str) -> Option<(bool, usize)> {
    let done = match text.as_bytes() {
        [b'[', b' ', b']', ..] => false,
        [b'[', b'x' | b'X', b']', ..] => true,
        _ => return None,
    };
    match text.as_bytes().get(3) {
        None => Some((done, 3)),
        Some(b' ' | b'\t') => Some((done, 4)),
        Some(_) => None,
    }
}

/// A plain text, with its line breaks and marks.
pub fn text(text: &str) -> Vec<Inline> {
    let mut run = Run::default();
    for (nth, line) in text.split('\n').enumerate() {
        if nth > 0 {
            run.line_break(Inline::SoftBreak);
        }
        run.text(line);
    }
    run.finish()
}

fn image(url: &str, alt: String) -> Inline {
    let target = link::check(&restore(url)).filter(|target| !target.host.is_empty());
    let (src, host) = match target {
        None => (String::new(), String::new()),
        Some(target) => (target.href, target.host),
    };
    Inline::Image { src, host, alt }
}

/// A sequence in the making.
#[derive(Default)]
struct Run {
    out: Vec<Inline>,
    /// Text not yet split at its marks.
    text: String,
    formula: Option<Formula>,
}

/// A formula in the making: as it will be, and as its source was.
struct Formula {
    kind: Kind,
    content: String,
    source: String,
}

impl Run {
    fn text(&mut self, text: &str) {
        if !is_shielded(text) {
            match &mut self.formula {
                None => self.text.push_str(text),
                Some(formula) => formula.push(text),
            }
            return;
        }
        for c in text.chars() {
            self.sign(sign(c));
        }
    }

    fn sign(&mut self, sign: Sign) {
        match (sign, &mut self.formula) {
            (Sign::Open(kind), _) => {
                self.give_up_formula();
                self.formula = Some(Formula {
                    kind,
                    content: String::new(),
                    source: kind.open().to_owned(),
                });
            }
            (Sign::Close(kind), Some(formula)) if formula.kind == kind => {
                let math = Inline::Math(formula.content.trim().to_owned(), kind.is_display());
                self.formula = None;
                self.push(math);
            }
            (Sign::Char(c), Some(formula)) => formula.push(c.encode_utf8(&mut [0; 4])),
            (sign, _) => push_restored(&mut self.text, sign),
        }
    }

    fn line_break(&mut self, inline: Inline) {
        match &mut self.formula {
            None => self.push(inline),
            Some(formula) => formula.push("\n"),
        }
    }

    fn push(&mut self, inline: Inline) {
        self.give_up_formula();
        self.flush();
        match (self.out.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => self.out.push(inline),
        }
    }

    /// A link, or what it shows where it must not be followed.
    fn link(&mut self, target: &Destination, content: Vec<Inline>) {
        match link::check(&restore(&target.url)) {
            None => content.into_iter().for_each(|inline| self.push(inline)),
            Some(checked) => {
                let host = if checked.host.is_empty() {
                    String::new()
                } else {
                    let mut shown = String::new();
                    show(&content, &mut shown);
                    link::host_to_show(&checked, &shown)
                };
                let title = restore(&target.title).into_owned();
                self.push(Inline::Link {
                    href: checked.href,
                    host,
                    title,
                    content,
                });
            }
        }
    }

    /// What began as a formula and does not end as one is text; it stands on as many lines as it did.
    fn give_up_formula(&mut self) {
        let Some(formula) = self.formula.take() else {
            return;
        };
        for (nth, line) in formula.source.split('\n').enumerate() {
            if nth > 0 {
                self.push(Inline::SoftBreak);
            }
            self.text.push_str(line);
        }
    }

    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        for piece in marks(&self.text) {
            match (piece, self.out.last_mut()) {
                (Piece::Mark(c), _) => self.out.push(Inline::Mark(c)),
                (Piece::Text(text), Some(Inline::Text(before))) => before.push_str(text),
                (Piece::Text(text), _) => self.out.push(Inline::Text(text.to_owned())),
            }
        }
        self.text.clear();
    }

    fn finish(mut self) -> Vec<Inline> {
        self.give_up_formula();
        self.flush();
        self.out
    }
}

impl Formula {
    fn push(&mut self, text: &str) {
        self.content.push_str(text);
        self.source.push_str(text);
    }
}

/// What a reader sees of a run, as text; marks stay in it.
fn show(content: &[Inline], out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text)
            | Inline::Code(text)
            | Inline::Html(text)
            | Inline::Math(text, _) => out.push_str(text),
            Inline::Emph(content) | Inline::Strong(content) | Inline::Strike(content) => {
                show(content, out)
            }
            Inline::Link { content, .. } => show(content, out),
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::Mark(c) => out.push(*c),
            Inline::Break | Inline::SoftBreak | Inline::FootnoteRef(..) => out.push(' '),
        }
    }
}
