//! The tree as HTML, for evaluation and tests on the host only: the page builds DOM nodes and never an HTML string.
//!
//! It follows the reference HTML of CommonMark as far as the tree allows. What the page shows beside: the host of a link
//! (`span.host`), a placeholder for an image (`button.image-gate`), a mark for each hidden character (`span.mark`).

use super::{Align, Block, Inline, Item};
use crate::text::{Piece, marks};

/// Makes a formula (TeX, and whether it is displayed) to MathML; `None` where it cannot.
pub type Math<'a> = &'a dyn Fn(&str, bool) -> Option<String>;

/// The blocks as HTML, formulas as TeX.
pub fn serialize(blocks: &[Block]) -> String {
    serialize_with(blocks, &|_, _| None)
}

/// The blocks as HTML; `math` makes formulas to MathML, which is trusted.
pub fn serialize_with(blocks: &[Block], math: Math<'_>) -> String {
    let mut writer = Writer {
        out: String::new(),
        math,
    };
    for block in blocks {
        writer.block(block);
    }
    writer.out
}

struct Writer<'a> {
    out: String,
    math: Math<'a>,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(content) => self.element("p", content),
            Block::Heading(level, content) => self.element(&format!("h{level}"), content),
            Block::Code { language, text, .. } => self.code(language, text),
            Block::Quote(blocks) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.out.push_str("</blockquote>\n");
            }
            Block::List {
                start,
                tight,
                items,
            } => self.list(*start, *tight, items),
            Block::Table { align, head, rows } => self.table(align, head, rows),
            Block::Math(formula) => {
                self.out.push_str("<p>");
                self.formula(formula, true);
                self.out.push_str("</p>\n");
            }
            Block::Rule => self.out.push_str("<hr />\n"),
            Block::Html(html) => {
                self.out.push_str("<p>");
                self.text(html.trim_end_matches('\n'));
                self.out.push_str("</p>\n");
            }
            Block::Footnote(number, blocks) => {
                self.out.push_str(&format!(
                    "<section class=\"footnote\" id=\"fn-{number}\">\n"
                ));
                self.blocks(blocks);
                self.out.push_str("</section>\n");
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn element(&mut self, name: &str, content: &[Inline]) {
        self.out.push_str(&format!("<{name}>"));
        self.inlines(content);
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn code(&mut self, language: &str, text: &str) {
        self.out.push_str("<pre><code");
        if !language.is_empty() {
            self.attribute("class", &format!("language-{language}"));
        }
        self.out.push('>');
        self.text(text);
        self.out.push_str("</code></pre>\n");
    }

    fn list(&mut self, start: Option<u32>, tight: bool, items: &[Item]) {
        let name = if start.is_some() { "ol" } else { "ul" };
        self.out.push_str(&format!("<{name}"));
        if let Some(start) = start.filter(|&start| start != 1) {
            self.attribute("start", &start.to_string());
        }
        self.out.push_str(">\n");
        for item in items {
            self.item(tight, item);
        }
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn item(&mut self, tight: bool, item: &Item) {
        self.out.push_str("<li>");
        if let Some(done) = item.task {
            let checked = if done { " checked=\"\"" } else { "" };
            self.out.push_str(&format!(
                "<input type=\"checkbox\" disabled=\"\"{checked} /> "
            ));
        }
        for (nth, block) in item.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(content) if tight => {
                    self.inlines(content);
                    if nth + 1 < item.blocks.len() {
                        self.out.push('\n');
                    }
                }
                _ => {
                    if nth == 0 {
                        self.out.push('\n');
                    }
                    self.block(block);
                }
            }
        }
        self.out.push_str("</li>\n");
    }

    fn table(&mut self, align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        self.out.push_str("<table>\n<thead>\n");
        self.row("th", align, head);
        self.out.push_str("</thead>\n");
        if !rows.is_empty() {
            self.out.push_str("<tbody>\n");
            for row in rows {
                self.row("td", align, row);
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n");
    }

    fn row(&mut self, name: &str, align: &[Align], cells: &[Vec<Inline>]) {
        self.out.push_str("<tr>\n");
        for (nth, cell) in cells.iter().enumerate() {
            self.out.push_str(&format!("<{name}"));
            match align.get(nth) {
                Some(Align::Left) => self.attribute("align", "left"),
                Some(Align::Center) => self.attribute("align", "center"),
                Some(Align::Right) => self.attribute("align", "right"),
                Some(Align::None) | None => {}
            }
            self.out.push('>');
            self.inlines(cell);
            self.out.push_str(&format!("</{name}>\n"));
        }
        self.out.push_str("</tr>\n");
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) | Inline::Html(text) => self.text(text),
            Inline::Emph(content) => self.wrapped("em", content),
            Inline::Strong(content) => self.wrapped("strong", content),
            Inline::Strike(content) => self.wrapped("del", content),
            Inline::Code(text) => {
                self.out.push_str("<code>");
                self.text(text);
                self.out.push_str("</code>");
            }
            Inline::Link {
                href,
                host,
                title,
                content,
            } => self.link(href, host, title, content),
            Inline::Image { src, host, alt } => self.image(src, host, alt),
            Inline::Math(formula, display) => self.formula(formula, *display),
            Inline::FootnoteRef(number, which) => {
                self.out.push_str(&format!(
                    "<sup class=\"footnote-ref\" id=\"fnref-{number}-{which}\">{number}</sup>"
                ));
            }
            Inline::Break => self.out.push_str("<br />\n"),
            Inline::SoftBreak => self.out.push('\n'),
            Inline::Mark(c) => self.mark(*c),
        }
    }

    fn wrapped(&mut self, name: &str, content: &[Inline]) {
        self.out.push_str(&format!("<{name}>"));
        self.inlines(content);
        self.out.push_str(&format!("</{name}>"));
    }

    fn link(&mut self, href: &str, host: &str, title: &str, content: &[Inline]) {
        self.out.push_str("<a");
        self.attribute("href", &percent_encoded(href));
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.out
            .push_str(" rel=\"noopener noreferrer nofollow\" target=\"_blank\">");
        self.inlines(content);
        self.out.push_str("</a>");
        if !host.is_empty() {
            self.out.push_str(" <span class=\"host\">");
            self.text(host);
            self.out.push_str("</span>");
        }
    }

    fn image(&mut self, src: &str, host: &str, alt: &str) {
        self.out
            .push_str("<button type=\"button\" class=\"image-gate\"");
        if !src.is_empty() {
            self.attribute("data-src", &percent_encoded(src));
            self.attribute("data-host", host);
        }
        self.out.push('>');
        self.text(alt);
        self.out.push_str("</button>");
    }

    fn formula(&mut self, formula: &str, display: bool) {
        if let Some(math) = (self.math)(formula, display) {
            self.out.push_str(&math);
            return;
        }
        self.out.push_str("<code class=\"math\"");
        if display {
            self.out.push_str(" data-display=\"\"");
        }
        self.out.push('>');
        self.text(formula);
        self.out.push_str("</code>");
    }

    /// Text with its hidden characters shown as marks.
    fn text(&mut self, text: &str) {
        for piece in marks(text) {
            match piece {
                Piece::Text(text) => escape(&mut self.out, text),
                Piece::Mark(c) => self.mark(c),
            }
        }
    }

    fn mark(&mut self, c: char) {
        let name = format!("U+{:04X}", u32::from(c));
        self.out.push_str(&format!(
            "<span class=\"mark\" title=\"{name}\">{name}</span>"
        ));
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push_str(&format!(" {name}=\""));
        for piece in marks(value) {
            match piece {
                Piece::Text(text) => escape(&mut self.out, text),
                Piece::Mark(c) => self.out.push_str(&format!("U+{:04X}", u32::from(c))),
            }
        }
        self.out.push('"');
    }
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// A URL with all but its own characters encoded, as CommonMark's reference HTML has it.
fn percent_encoded(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.+!*(),%#@?=;:/$~&'[]".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
