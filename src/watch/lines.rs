//! The lines of a reply and what each is, as far as the judge needs it. No Markdown parser: one pass, no tree.

/// A line without its line feed.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Where it begins in the reply, in bytes.
    pub at: usize,
    /// Its text.
    pub text: &'a str,
    /// What it is.
    pub shape: Shape,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing but white space.
    Blank,
    /// The first or last line of a code block.
    Fence,
    /// Inside a code block.
    Code,
    /// A displayed formula, or part of one.
    Formula,
    /// A heading with `#`.
    Heading,
    /// A list item.
    Item {
        /// How far it is indented, in bytes.
        indent: usize,
        /// Its number, where it has one.
        number: Option<u32>,
        /// Where its words begin, in bytes from the start of the line.
        body: usize,
    },
    /// A row of a table, its head included.
    Row,
    /// The line under the head of a table.
    Rule,
    /// A thematic break.
    Break,
    /// Anything else.
    Prose,
}

/// A reply in lines.
#[derive(Debug, Default)]
pub struct Lines<'a> {
    /// All of them.
    pub all: Vec<Line<'a>>,
    /// Where a code block begins that is not closed.
    pub open_fence: Option<usize>,
    /// Where a displayed formula begins that is not closed.
    pub open_formula: Option<usize>,
}

impl<'a> Line<'a> {
    /// The words of an item or heading without their mark, otherwise the whole line; without white space around.
    pub fn words(&self) -> &'a str {
        match self.shape {
            Shape::Item { body, .. } => self.text[body..].trim(),
            Shape::Heading => self.text.trim().trim_start_matches('#').trim(),
            _ => self.text.trim(),
        }
    }

    /// Where [`Line::words`] end in the reply, in bytes.
    pub fn end(&self) -> usize {
        self.at + self.text.trim_end().len()
    }
}

impl<'a> Lines<'a> {
    /// Reads a reply.
    pub fn new(text: &'a str) -> Self {
        let mut lines = Lines::default();
        let mut fence: Option<(u8, usize)> = None;
        let mut at = 0;
        for raw in text.split_inclusive('\n') {
            let line = raw.trim_end_matches(['\n', '\r']);
            let shape = if let Some(open) = fence {
                let closes = closes(line, open);
                if closes {
                    fence = None;
                    lines.open_fence = None;
                }
                if closes { Shape::Fence } else { Shape::Code }
            } else if lines.open_formula.is_none()
                && let Some(open) = opens(line)
            {
                fence = Some(open);
                lines.open_fence = Some(at);
                Shape::Fence
            } else {
                lines.outside_code(line, at)
            };
            lines.all.push(Line {
                at,
                text: line,
                shape,
            });
            at += raw.len();
        }
        lines
    }

    /// The last line that is not blank, by its place in `all`.
    pub fn last(&self) -> Option<usize> {
        self.all.iter().rposition(|line| line.shape != Shape::Blank)
    }

    /// The first line of the block that line `at` belongs to: lines without a blank one between them, from the last
    /// item or heading on.
    pub fn block_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > 0 && self.all[start].shape == Shape::Prose {
            let before = self.all[start - 1].shape;
            match before {
                Shape::Prose => start -= 1,
                Shape::Item { .. } => return start - 1,
                _ => break,
            }
        }
        start
    }

    fn outside_code(&mut self, line: &str, at: usize) -> Shape {
        let was_open = self.open_formula.is_some();
        let has_formula = self.formulas(line, at);
        let trimmed = line.trim();
        match trimmed {
            "" if was_open => Shape::Formula,
            "" => Shape::Blank,
            _ if was_open => Shape::Formula,
            _ if has_formula && trimmed.starts_with(['$', '\\']) => Shape::Formula,
            _ => shape(line),
        }
    }

    /// Follows `$$` and `\[`; whether the line has any.
    fn formulas(&mut self, line: &str, at: usize) -> bool {
        let bytes = line.as_bytes();
        let (mut i, mut code, mut any) = (0, false, false);
        while i < bytes.len() {
            let pair = &bytes[i..bytes.len().min(i + 2)];
            match pair {
                b"$$" if !code => {
                    let opens = self.open_formula.is_none();
                    self.open_formula = opens.then_some(at + i);
                    any = true;
                    i += 1;
                }
                b"\\[" if !code && self.open_formula.is_none() => {
                    self.open_formula = Some(at + i);
                    any = true;
                    i += 1;
                }
                b"\\]" if !code && self.open_formula.is_some() => {
                    self.open_formula = None;
                    any = true;
                    i += 1;
                }
                // `\\[2pt]` breaks a row of a formula and opens none.
                b"\\\\" => i += 1,
                [b'`', ..] => code = !code && bytes[i + 1..].contains(&b'`'),
                _ => {}
            }
            i += 1;
        }
        any
    }
}

fn opens(line: &str) -> Option<(u8, usize)> {
    let line = line.trim_start();
    // A fence may stand in a quote or be the first thing in an item.
    let line = line.trim_start_matches("> ");
    let mark = *line.as_bytes().first()?;
    let length = line.bytes().take_while(|byte| *byte == mark).count();
    let fence = matches!(mark, b'`' | b'~') && length >= 3;
    (fence && !(mark == b'`' && line[length..].contains('`'))).then_some((mark, length))
}

fn closes(line: &str, (mark, length): (u8, usize)) -> bool {
    let line = line.trim().trim_start_matches("> ");
    line.len() >= length && line.bytes().all(|byte| byte == mark)
}

fn shape(line: &str) -> Shape {
    let trimmed = line.trim();
    let first = trimmed.as_bytes()[0];
    if first == b'#' {
        let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
        let rest = &trimmed[level..];
        if level <= 6 && (rest.is_empty() || rest.starts_with(' ')) {
            return Shape::Heading;
        }
    }
    if matches!(first, b'|' | b':' | b'-') && is_rule(trimmed) {
        return Shape::Rule;
    }
    if first == b'|' {
        return Shape::Row;
    }
    let marks = trimmed.bytes().filter(|byte| *byte != b' ');
    if matches!(first, b'-' | b'*' | b'_')
        && marks.clone().all(|byte| byte == first)
        && marks.count() >= 3
    {
        return Shape::Break;
    }
    item(line).unwrap_or(Shape::Prose)
}

/// A row of dashes with at least one bar.
fn is_rule(line: &str) -> bool {
    line.contains('|')
        && line.contains('-')
        && line
            .bytes()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

fn item(line: &str) -> Option<Shape> {
    let rest = line.trim_start();
    let indent = line.len() - rest.len();
    let after = |mark: usize| {
        let tail = &rest[mark..];
        let body = indent + mark + (tail.len() - tail.trim_start().len());
        (tail.is_empty() || tail.starts_with([' ', '\t'])).then_some(body)
    };
    if rest.starts_with(['-', '*', '+']) {
        return after(1).map(|body| Shape::Item {
            indent,
            number: None,
            body,
        });
    }
    if rest.starts_with('•') {
        return Some(Shape::Item {
            indent,
            number: None,
            body: indent + '•'.len_utf8(),
        });
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let mark = rest[digits..].chars().next()?;
    let body = match mark {
        '.' | ')' => after(digits + 1)?,
        '、' | '．' | '）' => indent + digits + mark.len_utf8(),
        _ => return None,
    };
    Some(Shape::Item {
        indent,
        number: rest[..digits].parse().ok(),
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[Shape]) {
        let lines = Lines::new(text);
        let shapes: Vec<Shape> = lines.all.iter().map(|line| line.shape).collect();
        assert_eq!(shapes, want, "{text:?}");
    }

    fn item(indent: usize, number: Option<u32>, body: usize) -> Shape {
        Shape::Item {
            indent,
            number,
            body,
        }
    }

    #[test]
    fn shapes() {
        use Shape::*;
        check("a\n\n# b\n#c", &[Prose, Blank, Heading, Prose]);
        check("```rust\n# x\n```\ny", &[Fence, Code, Fence, Prose]);
        check("~~~\n```\n~~~~", &[Fence, Code, Fence]);
        check("| a | b |\n|---|:-:|\n| 1 |", &[Row, Rule, Row]);
        check(
            "$$\nx\n\n$$\ny",
            &[Formula, Formula, Formula, Formula, Prose],
        );
        check("`$$` and\nmore", &[Prose, Prose]);
        check("---\n* * *", &[Break, Break]);
        check(
            "- a\n  2. b\n3、c\n4.d\n-",
            &[
                item(0, None, 2),
                item(2, Some(2), 5),
                item(0, Some(3), 4),
                Prose,
                item(0, None, 1),
            ],
        );
    }

    #[test]
    fn what_is_open() {
        let open = |text: &str| {
            let lines = Lines::new(text);
            (lines.open_fence, lines.open_formula)
        };
        assert_eq!(open("a\n```\nb"), (Some(2), None));
        assert_eq!(open("a\n```\nb\n```"), (None, None));
        assert_eq!(open("a $$x"), (None, Some(2)));
        assert_eq!(open("\\[ x \\] \\[ y"), (None, Some(8)));
        assert_eq!(open("```\n$$\n```"), (None, None));
    }
}
