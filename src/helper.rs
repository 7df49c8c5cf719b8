//! What the page and its worker say to each other: plain text, so that neither needs the other's types.
//!
//! A question is its number, a letter, and what is asked about. An answer is the number of the question,
//! `+` where more answers follow or a space where none does, and what was found.

use crate::highlight::{Class, Span};
use crate::id::ChatId;
use crate::search::Hit;

/// What the worker says once it listens. Questions asked before would be lost.
pub const READY: &str = "ready";

/// The answer where the messages cannot be read.
pub const FAILED: &str = "!";

/// What a page asks its worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask<'a> {
    /// The stretches of a block of code: the language, as its fence names it, and the text.
    Code(&'a str, &'a str),
    /// The nodes of a formula: the TeX, and whether it stands on a line of its own.
    Math(&'a str, bool),
    /// The newest messages that a query, as it was typed, finds.
    Search(&'a str),
}

impl<'a> Ask<'a> {
    /// The question under a number, as text.
    pub fn write(&self, number: u32) -> String {
        let number = number.to_string();
        match self {
            Ask::Code(language, text) => [&number, "c", language, "\n", text].concat(),
            Ask::Math(tex, false) => [&number, "m", tex].concat(),
            Ask::Math(tex, true) => [&number, "d", tex].concat(),
            Ask::Search(query) => [&number, "s", query].concat(),
        }
    }

    /// The number and the question in a text; `None` where it is none.
    pub fn read(text: &'a str) -> Option<(u32, Self)> {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let number = text[..digits].parse().ok()?;
        let rest = &text[digits..];
        let about = rest.get(1..)?;
        let ask = match rest.as_bytes()[0] {
            b'c' => {
                let (language, text) = about.split_once('\n')?;
                Ask::Code(language, text)
            }
            b'm' => Ask::Math(about, false),
            b'd' => Ask::Math(about, true),
            b's' => Ask::Search(about),
            _ => return None,
        };
        Some((number, ask))
    }
}

/// The answer to the question of this number; `more` where another one follows.
pub fn answer(number: u32, more: bool, body: &str) -> String {
    [
        number.to_string().as_str(),
        if more { "+" } else { " " },
        body,
    ]
    .concat()
}

/// The number of the question, whether more answers follow, and what was found.
pub fn read_answer(text: &str) -> Option<(u32, bool, &str)> {
    let digits = text.find([' ', '+'])?;
    let number = text[..digits].parse().ok()?;
    Some((number, text[digits..].starts_with('+'), &text[digits + 1..]))
}

/// Stretches as text: the length of each and the letter of its class, `-` for none.
pub fn write_spans(spans: &[Span]) -> String {
    let mut out = String::with_capacity(spans.len() * 3);
    for span in spans {
        out.push_str(&(span.to - span.from).to_string());
        out.push_str(match span.class {
            Class::Plain => "-",
            class => class.name(),
        });
    }
    out
}

/// The stretches that have a class of the sheet: from where to where, and the class.
/// What cannot be read ends them.
pub fn read_spans(text: &str) -> Vec<(usize, usize, &'static str)> {
    let (mut spans, mut from, mut length) = (Vec::new(), 0_usize, 0_usize);
    for byte in text.bytes() {
        if byte.is_ascii_digit() {
            length = length
                .saturating_mul(10)
                .saturating_add((byte - b'0').into());
            continue;
        }
        let to = from.saturating_add(length);
        let class = Class::ALL.iter().map(|class| class.name());
        if let Some(class) = class.skip(1).find(|name| name.as_bytes() == [byte]) {
            spans.push((from, to, class));
        } else if byte != b'-' {
            break;
        }
        (from, length) = (to, 0);
    }
    spans
}

/// Hits as text, one on a line: place, whether it is a reply, time, conversation, title, excerpt. What was looked for
/// stands between U+0001s.
pub fn write_hits(hits: &[Hit]) -> String {
    let mut out = String::new();
    for hit in hits {
        let (seq, created) = (hit.seq.to_string(), hit.created.to_string());
        let reply = if hit.reply { "1" } else { "" };
        for part in [&seq, reply, &created, &hit.chat.0] {
            out.push_str(part);
            out.push('\t');
        }
        push_plain(&mut out, &hit.title);
        out.push('\t');
        for (run, marked) in &hit.excerpt {
            let mark = if *marked { "\u{1}" } else { "" };
            out.push_str(mark);
            push_plain(&mut out, run);
            out.push_str(mark);
        }
        out.push('\n');
    }
    out
}

/// The hits in a text; a line that is none is left out.
pub fn read_hits(text: &str) -> Vec<Hit> {
    text.lines().filter_map(read_hit).collect()
}

fn read_hit(line: &str) -> Option<Hit> {
    let mut parts = line.split('\t');
    let mut next = || parts.next();
    let seq = next()?.parse().ok()?;
    let reply = !next()?.is_empty();
    let created = next()?.parse().ok()?;
    let (chat, title) = (ChatId(next()?.to_owned()), next()?.to_owned());
    let runs = next()?.split('\u{1}').enumerate();
    let runs = runs.map(|(at, run)| (run.to_owned(), at % 2 == 1));
    Some(Hit {
        chat,
        seq,
        reply,
        created,
        title,
        excerpt: runs.filter(|(run, _)| !run.is_empty()).collect(),
    })
}

/// Control characters would be taken for the marks between the parts.
fn push_plain(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn questions_come_back() {
        for ask in [
            Ask::Code("rust", "fn main() {\n}\n"),
            Ask::Code("c++", ""),
            Ask::Math("a^2", false),
            Ask::Math("", true),
            Ask::Search("12下雨 \"x\""),
        ] {
            assert_eq!(Ask::read(&ask.write(7)), Some((7, ask)));
        }
        for text in ["", "7", "x", "7z", "7crust", "99999999999cx\n", "7é"] {
            assert_eq!(Ask::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn answers_come_back() {
        for (number, more, body) in [(1, false, "3k"), (42, true, ""), (0, false, " +\n")] {
            let text = answer(number, more, body);
            assert_eq!(read_answer(&text), Some((number, more, body)));
        }
        for text in ["", READY, "7", "x 1"] {
            assert_eq!(read_answer(text), None, "{text:?}");
        }
    }

    #[test]
    fn foreign_spans_end_the_list() {
        for (text, expected) in [
            ("", &[][..]),
            ("2k1-12s", &[(0, 2, "k"), (3, 15, "s")]),
            ("2k3?4s", &[(0, 2, "k")]),
            ("99999999999999999999999k", &[(0, usize::MAX, "k")]),
        ] {
            assert_eq!(read_spans(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_that_is_no_hit_is_left_out() {
        assert!(read_hits("\n1\t2\nx\t1\ta\tb\tc\n").is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn spans_come_back(pieces in prop::collection::vec((1..300_usize, 0..Class::ALL.len()), 0..20)) {
            let mut at = 0;
            let spans: Vec<_> = pieces.into_iter().map(|(length, class)| {
                let from = at;
                at += length;
                Span { from, to: at, class: Class::ALL[class] }
            }).collect();
            let shown = spans.iter().filter(|span| span.class != Class::Plain);
            let shown: Vec<_> = shown.map(|span| (span.from, span.to, span.class.name())).collect();
            prop_assert_eq!(read_spans(&write_spans(&spans)), shown);
        }

        #[test]
        fn hits_come_back(
            title in "[a下\t\n\u{1} ]{0,6}",
            runs in prop::collection::vec("[a下 …]{1,4}", 0..4),
            seq: u32,
            created: i64,
            reply: bool,
        ) {
            // Runs alternate, as those of an excerpt do.
            let excerpt = runs.into_iter().enumerate().map(|(at, run)| (run, at % 2 == 1)).collect();
            let mut hit = Hit { chat: ChatId("a-b".into()), seq, reply, created, title, excerpt };
            let read = read_hits(&write_hits(&[hit.clone(), Hit::default()]));
            hit.title = hit.title.replace(['\t', '\n', '\u{1}'], " ");
            prop_assert_eq!(read, vec![hit, Hit::default()]);
        }
    }
}
