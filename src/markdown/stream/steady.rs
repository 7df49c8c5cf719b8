//! Half-written syntax at the end, shown as if it were closed.
//!
//! Looks only at the last line, and only where it is running text. What it makes of the line is parsed like any other
//! text, and taken only if no block but the last differs.

use super::super::convert::{self, Parsed};
use super::super::{Block, Item};

/// The blocks with the last line's syntax closed; `None` where nothing is open.
pub fn read(source: &str, parsed: &Parsed) -> Option<Vec<Block>> {
    if source.ends_with(['\n', '\r']) || !ends_in_text(parsed.blocks.last()?) {
        return None;
    }
    let start = source.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = &source[start..];
    let steady = if is_underline(line) {
        String::new()
    } else {
        close(line)?
    };
    let blocks = convert::parse(&[&source[..start], &steady].concat()).blocks;
    let last = blocks.len().checked_sub(1)?;
    (blocks.len() == parsed.blocks.len() && blocks[..last] == parsed.blocks[..last])
        .then_some(blocks)
}

/// Whether the innermost last block is a paragraph or heading.
fn ends_in_text(block: &Block) -> bool {
    match block {
        Block::Paragraph(_) | Block::Heading(..) => true,
        Block::Quote(blocks) => blocks.last().is_some_and(ends_in_text),
        Block::List { items, .. } => items
            .last()
            .and_then(|Item { blocks, .. }| blocks.last())
            .is_some_and(ends_in_text),
        _ => false,
    }
}

/// Whether a line may be the beginning of a list item or rule, but makes a heading of the line before as yet.
fn is_underline(line: &str) -> bool {
    matches!(line.trim(), "-" | "--" | "=" | "==")
}

/// A line with what is open in it closed; `None` where nothing is.
fn close(line: &str) -> Option<String> {
    let mut open = Open::default();
    let mut at = 0;
    while at < line.len() {
        at = open.step(line, at)?;
    }
    open.finish(line)
}

/// What is open in a line, as far as it was read.
#[derive(Default)]
struct Open<'a> {
    /// Marks of emphasis, each with its place.
    marks: Vec<(&'a str, usize)>,
    /// Opening brackets, with the `!` of an image.
    brackets: Vec<usize>,
    /// Where the line ends for now, and what is to stand there.
    cut: Option<(usize, &'a str)>,
}

impl<'a> Open<'a> {
    /// Reads on from `at`; up to where.
    fn step(&mut self, line: &'a str, at: usize) -> Option<usize> {
        let rest = &line[at..];
        let c = rest.chars().next()?;
        Some(match c {
            '\\' => at + 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '`' => self.code(line, at),
            '*' | '_' | '~' => self.mark(line, at, c),
            '!' if rest.starts_with("![") => {
                self.brackets.push(at);
                at + 2
            }
            '[' => {
                self.brackets.push(at);
                at + 1
            }
            ']' => self.bracket(line, at),
            _ => at + c.len_utf8(),
        })
    }

    fn code(&mut self, line: &'a str, at: usize) -> usize {
        let run = run(line, at, '`');
        let mut next = at + run.len();
        while let Some(found) = line[next..].find('`') {
            let other = self::run(line, next + found, '`');
            next += found + other.len();
            if other.len() == run.len() {
                return next;
            }
        }
        self.cut = Some(if at + run.len() == line.len() {
            (at, "")
        } else {
            (line.len(), run)
        });
        line.len()
    }

    fn mark(&mut self, line: &'a str, at: usize, c: char) -> usize {
        let run = run(line, at, c);
        let next = at + run.len();
        let before = line[..at].chars().next_back().unwrap_or(' ');
        let after = line[next..].chars().next();
        let within =
            c == '_' && before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric);
        let closes = self
            .marks
            .last()
            .is_some_and(|&(mark, _)| mark.starts_with(c))
            && !before.is_whitespace();
        match after {
            _ if within => {}
            _ if closes => self.shorten(run.len()),
            None => self.cut = Some((at, "")),
            Some(after) if !after.is_whitespace() => self.marks.push((run, at)),
            Some(_) => {}
        }
        next
    }

    /// Closes as many marks as a run has characters.
    fn shorten(&mut self, mut length: usize) {
        while let Some((mark, at)) = self.marks.pop() {
            if mark.len() > length {
                if length > 0 {
                    self.marks.push((&mark[length..], at));
                } else {
                    self.marks.push((mark, at));
                }
                return;
            }
            length -= mark.len();
        }
    }

    fn bracket(&mut self, line: &'a str, at: usize) -> usize {
        let Some(from) = self.brackets.pop() else {
            return at + 1;
        };
        if !line[at + 1..].starts_with('(') {
            return at + 1;
        }
        match line[at + 2..].find(')') {
            Some(end) => at + 3 + end,
            None => {
                // The URL is still being written: the text alone.
                self.brackets.push(from);
                self.cut = Some((at, ""));
                line.len()
            }
        }
    }

    fn finish(self, line: &str) -> Option<String> {
        if self.cut.is_none() && self.marks.is_empty() && self.brackets.is_empty() {
            return None;
        }
        let (end, code) = self.cut.unwrap_or((line.len(), ""));
        let mut out = String::with_capacity(line.len() + 8);
        let mut from = 0;
        for at in self.brackets {
            out.push_str(&line[from..at]);
            from = at + if line[at..].starts_with('!') { 2 } else { 1 };
        }
        out.push_str(&line[from.min(end)..end]);
        if code.is_empty() {
            out.truncate(out.trim_end().len());
        }
        out.push_str(code);
        self.marks
            .iter()
            .rev()
            .for_each(|(mark, _)| out.push_str(mark));
        Some(out)
    }
}

fn run(line: &str, at: usize, c: char) -> &str {
    let rest = &line[at..];
    &rest[..rest.len() - rest.trim_start_matches(c).len()]
}

/// The text of a run, for tests.
#[cfg(test)]
fn shown(inlines: &[super::super::Inline]) -> String {
    use super::super::Inline;
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Strong(content) => format!("<b>{}</b>", shown(content)),
            Inline::Emph(content) => format!("<i>{}</i>", shown(content)),
            Inline::Strike(content) => format!("<s>{}</s>", shown(content)),
            Inline::Code(text) => format!("<c>{text}</c>"),
            other => format!("{other:?}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let exact = convert::parse(text);
        let blocks = read(text, &exact).unwrap_or(exact.blocks);
        match blocks.last() {
            Some(Block::Paragraph(content)) => assert_eq!(shown(content), expected, "{text:?}"),
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn markdown_half_written_syntax_is_closed() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a **bol", "a <b>bol</b>"),
            ("a **bold*", "a <b>bold</b>"),
            ("a **", "a"),
            ("**重点：", "<b>重点：</b>"),
            ("*a **b", "<i>a <b>b</b></i>"),
            ("`cod", "<c>cod</c>"),
            ("x `", "x"),
            ("`a` and `*b", "<c>a</c> and <c>*b</c>"),
            ("~~gone", "<s>gone</s>"),
            ("see [the li", "see the li"),
            ("see [the link](https://a.exa", "see the link"),
            ("snake_case_x", "snake_case_x"),
            ("2 * 3", "2 * 3"),
            ("a\\*b", "a*b"),
            ("para\n-", "para"),
        ] {
            check(text, expected);
        }
    }
}
