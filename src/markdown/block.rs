//! The first pass of CommonMark: lines to a tree of blocks, with the text of each leaf not yet read.
//!
//! Every line is first matched against the blocks that are open, outermost first; then it may open new ones; what is
//! left of it is text of the innermost.

mod html;
mod leaf;
mod line;
mod list;
mod table;

pub use self::list::is_tight;

use self::line::Line;
use super::Align;
use super::reference::{Definition, Names, References, folded};

/// Blocks nested deeper than this are text. Far more than is ever shown as blocks, so that it only bounds the work.
const MAX_DEPTH: usize = 100;
/// Footnotes are only defined in blocks less deep than this, where they are sure to be shown.
const MAX_NOTE_DEPTH: usize = 30;

/// A text read into blocks.
pub struct Tree {
    /// The blocks; the first is the document.
    pub nodes: Vec<Node>,
    /// Where links lead that only name a reference.
    pub references: References,
    /// The footnotes by their folded names; of one name only the last is shown.
    pub notes: Names,
}

/// A block.
#[derive(Default)]
pub struct Node {
    pub kind: Kind,
    /// The blocks it holds, as indices.
    pub children: Vec<usize>,
    /// The line it starts on, from 0.
    pub line: usize,
    /// The text of a leaf, with its line breaks; the name of a footnote.
    pub text: String,
    parent: usize,
    depth: usize,
    open: bool,
    /// Whether the last line that belongs to it is blank.
    blank_end: bool,
    /// Whether its lines were tried as the head of a table in vain.
    no_table: bool,
}

/// What a block is.
#[derive(Default)]
pub enum Kind {
    #[default]
    Document,
    Quote,
    /// The first number of an ordered list, and the mark that its items share.
    List(Option<u32>, u8),
    /// How many columns its content is indented.
    Item(usize),
    Paragraph,
    Heading(u8),
    Indented,
    Fenced(Fence),
    /// The kind of HTML block, 1 to 7.
    Html(u8),
    Rule,
    /// The columns, and how many cells its rows lack in all.
    Table(Vec<Align>, usize),
    /// The cells.
    Row(Vec<String>),
    Footnote,
}

/// The fence of a block of code.
pub struct Fence {
    pub mark: u8,
    pub length: usize,
    /// How many columns it is indented.
    pub indent: usize,
    pub info: String,
    pub closed: bool,
}

/// Reads a text into blocks.
pub fn read(text: &str) -> Tree {
    let mut reader = Reader {
        nodes: vec![Node {
            open: true,
            ..Node::default()
        }],
        tip: 0,
        line: 0,
        definitions: Vec::new(),
        notes: Vec::new(),
    };
    let mut at = 0;
    while at < text.len() {
        let next = line::next(text.as_bytes(), at);
        reader.read_line(&mut Line::new(&text[at..next]));
        reader.line += 1;
        at = next;
    }
    reader.close_to(0);
    Tree {
        nodes: reader.nodes,
        references: References::new(reader.definitions),
        notes: Names::new(reader.notes),
    }
}

/// What a line did to a block that was open, or which block it opened.
enum Step {
    /// It belongs to this block.
    Into(usize),
    /// It belongs to this block, and nothing is left of it.
    Done(usize),
    /// It does nothing.
    No,
}

struct Reader {
    nodes: Vec<Node>,
    /// The innermost block that is open.
    tip: usize,
    line: usize,
    definitions: Vec<Definition>,
    notes: Vec<(String, usize)>,
}

impl Reader {
    fn read_line(&mut self, line: &mut Line<'_>) {
        let mut container = 0;
        while let Some(&child) = self.nodes[container].children.last() {
            if !self.nodes[child].open {
                break;
            }
            line.find();
            match self.go_on(child, line) {
                Step::Into(child) => container = child,
                Step::Done(_) => return,
                Step::No => break,
            }
        }
        let matched = container;
        let tip = self.tip;
        let mut lazy = matches!(self.nodes[tip].kind, Kind::Paragraph);
        while !self.is_raw(container) {
            line.find();
            match self.open(container, line, lazy) {
                Step::Into(opened) => container = opened,
                Step::Done(opened) => return self.end_line(opened),
                Step::No => break,
            }
            if self.takes_lines(container) {
                break;
            }
            lazy = false;
        }
        line.find();
        self.mark_blank(container, line.blank);
        let unchanged = container == matched && tip == self.tip;
        let lazy = matches!(self.nodes[tip].kind, Kind::Paragraph);
        if unchanged && tip != matched && lazy && !line.blank {
            return self.nodes[tip].text.push_str(line.content());
        }
        if unchanged {
            self.close_to(container);
        }
        self.add_text(container, line);
    }

    /// Whether an open block goes on with this line.
    fn go_on(&mut self, at: usize, line: &mut Line<'_>) -> Step {
        let node = &self.nodes[at];
        let goes_on = match &node.kind {
            Kind::Document | Kind::List(..) => true,
            Kind::Quote => line.take_quote(),
            Kind::Item(indent) => line.take_indent(*indent, !node.children.is_empty()),
            Kind::Footnote => {
                line.take_indent(4, false) || (line.blank && line.first == 0 && line.offset == 0)
            }
            Kind::Indented => line.take_indent(4, true),
            Kind::Fenced(_) => return self.go_on_fenced(at, line),
            Kind::Html(kind) => *kind < 6 || !line.blank,
            Kind::Paragraph => !line.blank,
            Kind::Table(..) => table::is_row(line.content()),
            Kind::Heading(_) | Kind::Rule | Kind::Row(_) => false,
        };
        if goes_on { Step::Into(at) } else { Step::No }
    }

    /// Whether the line opens a block within `container`.
    fn open(&mut self, container: usize, line: &mut Line<'_>, lazy: bool) -> Step {
        if line.blank {
            return Step::No;
        }
        if line.indent >= 4 {
            return if lazy {
                Step::No
            } else {
                line.advance(4, true);
                Step::Into(self.add(container, Kind::Indented))
            };
        }
        let step = match line.byte() {
            b'>' => self.open_quote(container, line),
            b'#' => self.open_heading(container, line),
            b'`' | b'~' => self.open_fence(container, line),
            b'<' => self.open_html(container, line),
            b'[' => self.open_footnote(container, line),
            b'=' | b'-' | b'*' | b'_' => self.open_rule(container, line),
            _ => Step::No,
        };
        if !matches!(step, Step::No) {
            return step;
        }
        match self.open_item(container, line) {
            Step::No => self.open_table(container, line),
            step => step,
        }
    }

    fn open_quote(&mut self, container: usize, line: &mut Line<'_>) -> Step {
        if self.nodes[container].depth >= MAX_DEPTH || !line.take_quote() {
            return Step::No;
        }
        Step::Into(self.add(container, Kind::Quote))
    }

    fn open_footnote(&mut self, container: usize, line: &mut Line<'_>) -> Step {
        let content = line.content();
        let name = |rest: &str| {
            let end = rest.find([']', ' ', '\t', '\r', '\n'])?;
            (end > 0 && rest[end..].starts_with("]:")).then_some(end)
        };
        let Some(length) = content.strip_prefix("[^").and_then(name) else {
            return Step::No;
        };
        if self.nodes[container].depth >= MAX_NOTE_DEPTH {
            return Step::No;
        }
        let name = content[2..2 + length].to_owned();
        line.advance(line.first - line.offset + length + 4, false);
        line.skip_spaces();
        let at = self.add(container, Kind::Footnote);
        if !self.is_in_note(at) {
            self.notes.push((folded(&name), at));
        }
        self.nodes[at].text = name;
        Step::Into(at)
    }

    /// Whether a block is within a footnote: one that is defined there is not shown.
    fn is_in_note(&self, mut at: usize) -> bool {
        while at != 0 {
            at = self.nodes[at].parent;
            if matches!(self.nodes[at].kind, Kind::Footnote) {
                return true;
            }
        }
        false
    }

    /// What is left of a line goes into `container`.
    fn add_text(&mut self, container: usize, line: &mut Line<'_>) {
        match self.nodes[container].kind {
            Kind::Indented | Kind::Fenced(_) => {
                line.push_rest(&mut self.nodes[container].text);
            }
            Kind::Html(kind) => {
                line.push_rest(&mut self.nodes[container].text);
                if html::ends(kind, line.content()) {
                    self.close_to(self.nodes[container].parent);
                }
            }
            _ if line.blank => {}
            Kind::Paragraph => self.nodes[container].text.push_str(line.content()),
            _ => {
                let at = self.add(container, Kind::Paragraph);
                self.nodes[at].text.push_str(line.content());
            }
        }
    }

    /// Opens a block within `container`, or around it where that cannot hold it; all that is deeper is closed.
    fn add(&mut self, mut container: usize, kind: Kind) -> usize {
        while !holds(&self.nodes[container].kind, &kind) {
            container = self.nodes[container].parent;
        }
        self.close_to(container);
        let at = self.nodes.len();
        self.nodes.push(Node {
            kind,
            line: self.line,
            parent: container,
            depth: self.nodes[container].depth + 1,
            open: true,
            ..Node::default()
        });
        self.nodes[container].children.push(at);
        self.tip = at;
        at
    }

    /// Closes all blocks deeper than `container`.
    fn close_to(&mut self, container: usize) {
        while self.tip != container {
            let at = self.tip;
            self.tip = self.nodes[at].parent;
            self.nodes[at].open = false;
            self.finish(at);
        }
    }

    fn finish(&mut self, at: usize) {
        let paragraph = matches!(self.nodes[at].kind, Kind::Paragraph);
        if paragraph && !self.take_definitions(at) {
            // It is the last of its parent, since it was open.
            let parent = self.nodes[at].parent;
            self.nodes[parent].children.pop();
        }
        if matches!(self.nodes[at].kind, Kind::Indented) {
            leaf::trim_blank_lines(&mut self.nodes[at].text);
        }
    }

    /// Takes definitions from the start of a paragraph; whether anything is left.
    fn take_definitions(&mut self, at: usize) -> bool {
        let text = &mut self.nodes[at].text;
        let mut from = 0;
        while let Some((length, definition)) = Definition::read(&text[from..]) {
            from += length;
            self.definitions.push(definition);
        }
        text.drain(..from);
        text.bytes()
            .any(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
    }

    /// A line that belongs to `container` and leaves nothing.
    fn end_line(&mut self, container: usize) {
        let mut at = container;
        while at != 0 {
            self.nodes[at].blank_end = false;
            at = self.nodes[at].parent;
        }
    }

    fn mark_blank(&mut self, container: usize, blank: bool) {
        if let Some(&child) = self.nodes[container].children.last().filter(|_| blank) {
            self.nodes[child].blank_end = true;
        }
        self.end_line(container);
        let node = &self.nodes[container];
        let ends = match node.kind {
            Kind::Quote | Kind::Heading(_) | Kind::Rule | Kind::Fenced(_) => false,
            Kind::Item(_) => !node.children.is_empty() || node.line != self.line,
            _ => true,
        };
        self.nodes[container].blank_end = blank && ends;
    }

    fn is_raw(&self, at: usize) -> bool {
        matches!(
            self.nodes[at].kind,
            Kind::Indented | Kind::Fenced(_) | Kind::Html(_)
        )
    }

    fn takes_lines(&self, at: usize) -> bool {
        self.is_raw(at) || matches!(self.nodes[at].kind, Kind::Paragraph)
    }
}

/// Whether a block can hold another.
fn holds(parent: &Kind, child: &Kind) -> bool {
    match parent {
        Kind::Document | Kind::Quote | Kind::Item(_) | Kind::Footnote => {
            !matches!(child, Kind::Item(_) | Kind::Row(_))
        }
        Kind::List(..) => matches!(child, Kind::Item(_)),
        Kind::Table(..) => matches!(child, Kind::Row(_)),
        _ => false,
    }
}
