//! The examples of the CommonMark specification, as the HTML that it gives for them.
//!
//! What is compared is what the parser reads, before links are checked and formulas are looked for.

use super::super::block::{self, Kind, Tree, is_tight};
use super::super::inline::{self, Context, Mark, Token};
use super::super::reference::unescape;

const EXAMPLES: &str = include_str!("../../../tests/data/markdown/commonmark.txt");
/// Examples of what is no link in CommonMark, but is one on GitHub and here: bare URLs and mail addresses.
const BARE_LINKS: [usize; 3] = [602, 608, 611];

#[test]
fn markdown_reads_the_examples_of_the_specification() {
    let fence = "`".repeat(32);
    let start = format!("{fence} example\n");
    let mut failed = Vec::new();
    for (nth, example) in EXAMPLES.split(&start).skip(1).enumerate() {
        let example = example
            .split(&fence)
            .next()
            .unwrap_or_default()
            .replace('→', "\t");
        let (source, expected) = match example.strip_prefix(".\n") {
            Some(expected) => ("", expected),
            None => example.split_once("\n.\n").expect("an example has a dot"),
        };
        let source = if source.is_empty() {
            String::new()
        } else {
            format!("{source}\n")
        };
        let html = html(&source);
        if html != expected {
            failed.push(nth + 1);
            if !BARE_LINKS.contains(&(nth + 1)) {
                println!("{}: {source:?}\n{html}\n{expected}", nth + 1);
            }
        }
    }
    assert_eq!(failed, BARE_LINKS);
}

fn html(source: &str) -> String {
    let tree = block::read(source);
    let context = Context {
        references: &tree.references,
        notes: &tree.notes,
        spent: 0,
        unresolved: false,
    };
    let mut writer = Writer {
        tree: &tree,
        context,
        out: String::new(),
    };
    writer.blocks(0, false);
    writer.out
}

struct Writer<'a> {
    tree: &'a Tree,
    context: Context<'a>,
    out: String,
}

impl Writer<'_> {
    fn blocks(&mut self, at: usize, tight: bool) {
        for &child in &self.tree.nodes[at].children {
            self.block(child, tight);
        }
    }

    fn block(&mut self, at: usize, tight: bool) {
        let node = &self.tree.nodes[at];
        match &node.kind {
            Kind::Paragraph if tight => self.leaf(&node.text),
            Kind::Paragraph => self.element("p", &node.text),
            Kind::Heading(level) => self.element(&format!("h{level}"), &node.text),
            Kind::Indented => self.code("", &node.text),
            Kind::Fenced(fence) => self.code(&unescape(&fence.info), &node.text),
            Kind::Html(_) => {
                self.line();
                self.out.push_str(node.text.trim_end_matches('\n'));
                self.out.push('\n');
            }
            Kind::Rule => {
                self.line();
                self.out.push_str("<hr />\n");
            }
            Kind::Quote => {
                self.line();
                self.out.push_str("<blockquote>\n");
                self.blocks(at, false);
                self.line();
                self.out.push_str("</blockquote>\n");
            }
            Kind::List(start, _) => self.list(at, *start),
            Kind::Document | Kind::Item(_) | Kind::Table(..) | Kind::Row(_) | Kind::Footnote => {}
        }
    }

    fn list(&mut self, at: usize, start: Option<u32>) {
        self.line();
        match start {
            None => self.out.push_str("<ul>\n"),
            Some(1) => self.out.push_str("<ol>\n"),
            Some(start) => self.out.push_str(&format!("<ol start=\"{start}\">\n")),
        }
        for &item in &self.tree.nodes[at].children {
            self.out.push_str("<li>");
            self.blocks(item, is_tight(&self.tree.nodes, at));
            self.out.push_str("</li>\n");
        }
        self.out.push_str(if start.is_some() {
            "</ol>\n"
        } else {
            "</ul>\n"
        });
    }

    fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn element(&mut self, name: &str, text: &str) {
        self.line();
        self.out.push_str(&format!("<{name}>"));
        self.leaf(text);
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn code(&mut self, info: &str, text: &str) {
        self.line();
        match info.split_whitespace().next() {
            None => self.out.push_str("<pre><code>"),
            Some(language) => {
                let class = format!("<pre><code class=\"language-{language}\">");
                self.out.push_str(&class);
            }
        }
        self.out.push_str(&escaped(text));
        self.out.push_str("</code></pre>\n");
    }

    fn leaf(&mut self, text: &str) {
        let text = text.trim_end_matches([' ', '\t', '\n']);
        let tokens = inline::read(text, &mut self.context);
        let (html, _) = tokens_html(text, &tokens);
        self.out.push_str(&html);
    }
}

/// The HTML of tokens, and their text alone, as an image has it.
fn tokens_html(text: &str, tokens: &[Token]) -> (String, String) {
    let mut spans: Vec<(Option<&Mark>, String, String)> =
        vec![(None, String::new(), String::new())];
    let close = |spans: &mut Vec<(Option<&Mark>, String, String)>| {
        let (mark, inner, alt) = spans.pop().expect("spans are nested");
        let html = mark.map_or(inner.clone(), |mark| span_html(mark, &inner, &alt));
        let outer = spans.last_mut().expect("spans are nested");
        outer.1.push_str(&html);
        outer.2.push_str(&alt);
    };
    for token in tokens {
        let (html, alt) = match token {
            Token::Text(from, to) => (escaped(&text[*from..*to]), escaped(&text[*from..*to])),
            Token::Decoded(text) => (escaped(text), escaped(text)),
            Token::Escaped(at) => (escaped(&text[*at..=*at]), escaped(&text[*at..=*at])),
            Token::SoftBreak => ("\n".to_owned(), "\n".to_owned()),
            Token::Break => ("<br />\n".to_owned(), "\n".to_owned()),
            Token::Code(code) => (format!("<code>{}</code>", escaped(code)), escaped(code)),
            Token::Html(from, to) => (text[*from..*to].to_owned(), String::new()),
            Token::Note(_) => (String::new(), String::new()),
            Token::Open(mark) => {
                spans.push((Some(mark), String::new(), String::new()));
                continue;
            }
            Token::Close => {
                close(&mut spans);
                continue;
            }
            Token::Marks(closed, from, to, opened) => {
                closed.iter().for_each(|_| close(&mut spans));
                let outer = spans.last_mut().expect("spans are nested");
                outer.1.push_str(&text[*from..*to]);
                outer.2.push_str(&text[*from..*to]);
                spans.extend(
                    opened
                        .iter()
                        .rev()
                        .map(|mark| (Some(mark), String::new(), String::new())),
                );
                continue;
            }
        };
        let outer = spans.last_mut().expect("spans are nested");
        outer.1.push_str(&html);
        outer.2.push_str(&alt);
    }
    let (_, html, alt) = spans.pop().expect("spans are nested");
    assert!(spans.is_empty(), "every span ends");
    (html, alt)
}

fn span_html(mark: &Mark, inner: &str, alt: &str) -> String {
    let title = |title: &str| match title {
        "" => String::new(),
        title => format!(" title=\"{}\"", escaped(title)),
    };
    match mark {
        Mark::Emph => format!("<em>{inner}</em>"),
        Mark::Strong => format!("<strong>{inner}</strong>"),
        Mark::Strike => format!("<del>{inner}</del>"),
        Mark::Link(to) => format!(
            "<a href=\"{}\"{}>{inner}</a>",
            encoded(&to.url),
            title(&to.title)
        ),
        Mark::Image(of) => {
            format!(
                "<img src=\"{}\" alt=\"{alt}\"{} />",
                encoded(&of.url),
                title(&of.title)
            )
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn encoded(url: &str) -> String {
    let mut out = String::new();
    for byte in url.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.+!*(),%#@?=;:/,+$~'".contains(&byte) {
            out.push(char::from(byte));
        } else if byte == b'&' {
            out.push_str("&amp;");
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
