//! Runs of text: links checked, images held back, formulas gathered, hidden characters marked.

use comrak::nodes::{Node, NodeLink, NodeValue};

use super::super::Inline;
use super::super::link;
use super::super::shield::{Sign, formula::Kind, is_shielded, push_restored, restore, sign};
use super::{MAX_DEPTH, plain};
use crate::text::{Piece, marks};

/// What a block or a run holds.
pub fn children(parent: Node<'_>, depth: usize) -> Vec<Inline> {
    if depth >= MAX_DEPTH {
        return text(&plain(parent));
    }
    let mut run = Run::default();
    for node in parent.children() {
        match &node.data().value {
            NodeValue::Text(text) => run.text(text),
            NodeValue::SoftBreak => run.line_break(Inline::SoftBreak),
            NodeValue::LineBreak => run.line_break(Inline::Break),
            NodeValue::Code(code) => run.push(Inline::Code(restore(&code.literal).into_owned())),
            NodeValue::HtmlInline(html) => run.push(Inline::Html(restore(html).into_owned())),
            NodeValue::Emph => run.push(Inline::Emph(children(node, depth + 1))),
            NodeValue::Strong => run.push(Inline::Strong(children(node, depth + 1))),
            NodeValue::Strikethrough => run.push(Inline::Strike(children(node, depth + 1))),
            NodeValue::Link(target) => run.link(target, children(node, depth + 1)),
            NodeValue::Image(source) => run.push(image(source, node)),
            NodeValue::FootnoteReference(footnote) => {
                run.push(Inline::FootnoteRef(footnote.ix, footnote.ref_num));
            }
            _ => children(node, depth + 1)
                .into_iter()
                .for_each(|inline| run.push(inline)),
        }
    }
    run.finish()
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

fn image(source: &NodeLink, node: Node<'_>) -> Inline {
    let target = link::check(&restore(&source.url)).filter(|target| !target.host.is_empty());
    let (src, host) = target
        .map(|target| (target.href, target.host))
        .unwrap_or_default();
    Inline::Image {
        src,
        host,
        alt: plain(node),
    }
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
    fn link(&mut self, target: &NodeLink, content: Vec<Inline>) {
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
