//! Before CommonMark reads a text: formulas are made opaque to it, and bare URLs are ended where Chinese text begins.
//!
//! CommonMark knows no formulas: `_` would become emphasis, `\(` lose its backslash, `+ b` start a list. So each formula is
//! found here by rules that spare prices, and its ASCII characters are replaced by private ones of plane 16, which mean
//! nothing to the parser. [`restore`] takes this back wherever it turns out that the text was code, HTML or a URL, so a
//! wrong guess about what is code costs nothing. Line breaks and what marks quotes and indentation stay.
//!
//! What is decided for one line depends only on the lines around it up to the next blank line; and within a list or a
//! table only on the item or row. The incremental parser relies on this.

pub mod formula;

use std::borrow::Cow;

use formula::{Formula, Kind};

/// The first of the 256 private characters used here; the same characters in a text are replaced by U+FFFD.
const FIRST: u32 = 0x0010_F700;
const OPEN: u32 = FIRST + 0x80;
const CLOSE: u32 = FIRST + 0x84;
/// Stands after the space that ends a bare URL; both vanish again.
const CUT: char = '\u{10F788}';
/// More container marks (quotes, list items) than this on one line are text.
const MAX_DEPTH: usize = 32;

/// What a character of a shielded text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Itself, or the character that was hidden.
    Char(char),
    /// The beginning of a formula.
    Open(Kind),
    /// The end of a formula.
    Close(Kind),
    /// Nothing, and the space before it neither.
    Cut,
}

/// What a character of a shielded text stands for.
pub fn sign(c: char) -> Sign {
    let Some(code) = u32::from(c).checked_sub(FIRST) else {
        return Sign::Char(c);
    };
    match code {
        0..=0x7F => Sign::Char(char::from(code as u8)),
        0x80..=0x83 => Sign::Open(Kind::ALL[code as usize - 0x80]),
        0x84..=0x87 => Sign::Close(Kind::ALL[code as usize - 0x84]),
        0x88 => Sign::Cut,
        _ => Sign::Char(c),
    }
}

/// Takes back what [`shield`] did.
pub fn restore(text: &str) -> Cow<'_, str> {
    if !is_shielded(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_restored(&mut out, sign(c));
    }
    Cow::Owned(out)
}

/// Adds what a sign stood for in the source.
pub fn push_restored(out: &mut String, sign: Sign) {
    match sign {
        Sign::Char(c) => out.push(c),
        Sign::Open(kind) => out.push_str(kind.open()),
        Sign::Close(kind) => out.push_str(kind.close()),
        Sign::Cut => {
            if out.ends_with(' ') {
                out.pop();
            }
        }
    }
}

/// Whether a text may hold one of our private characters.
pub fn is_shielded(text: &str) -> bool {
    text.as_bytes().contains(&0xF4) && text.chars().any(is_ours)
}

fn is_ours(c: char) -> bool {
    (FIRST..FIRST + 0x100).contains(&u32::from(c))
}

/// A text ready for the CommonMark parser; its lines stay its lines.
pub fn shield(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut chunk: Vec<Line> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let line = Line::read(&text, start);
        start = line.next;
        if line.prefix == line.end {
            write_chunk(&mut out, &text, &chunk);
            chunk.clear();
            line.write_start(&mut out, &text);
            out.push_str(&text[line.end..line.next]);
        } else {
            chunk.push(line);
        }
    }
    write_chunk(&mut out, &text, &chunk);
    out
}

/// The text without private characters of our range.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_shielded(text) {
        Cow::Owned(
            text.chars()
                .map(|c| if is_ours(c) { '\u{FFFD}' } else { c })
                .collect(),
        )
    } else {
        Cow::Borrowed(text)
    }
}

/// One line: where it starts, its content after quote and list marks, its end and where the next line starts.
struct Line {
    start: usize,
    prefix: usize,
    end: usize,
    next: usize,
    /// How many `>` the prefix holds.
    quotes: usize,
    kind: LineKind,
    /// The first container mark that is one too many.
    excess: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Plain,
    /// Starts a list item or a table row: no formula or code reaches from before into it.
    Hard,
    Fence,
}

impl Line {
    fn read(text: &str, start: usize) -> Self {
        let bytes = text.as_bytes();
        let end = bytes[start..]
            .iter()
            .position(|b| matches!(b, b'\n' | b'\r'))
            .map_or(text.len(), |at| start + at);
        let next = match bytes.get(end..) {
            Some([b'\r', b'\n', ..]) => end + 2,
            Some([_, ..]) => end + 1,
            _ => end,
        };
        let mut line = Self {
            start,
            prefix: start,
            end,
            next,
            quotes: 0,
            kind: LineKind::Plain,
            excess: None,
        };
        line.read_prefix(bytes);
        let content = &bytes[line.prefix..end];
        if content.starts_with(b"```") || content.starts_with(b"~~~") {
            line.kind = LineKind::Fence;
        } else if content.first() == Some(&b'|') {
            line.kind = LineKind::Hard;
        }
        line
    }

    fn read_prefix(&mut self, bytes: &[u8]) {
        let mut depth = 0;
        loop {
            while self.prefix < self.end && matches!(bytes[self.prefix], b' ' | b'\t') {
                self.prefix += 1;
            }
            let width = container_mark(&bytes[self.prefix..self.end]);
            if width == 0 {
                return;
            }
            depth += 1;
            if depth > MAX_DEPTH {
                self.excess = Some(self.prefix);
                return;
            }
            if bytes[self.prefix] == b'>' {
                self.quotes += 1;
            } else {
                self.kind = LineKind::Hard;
            }
            self.prefix += width;
        }
    }

    /// Writes the line's prefix; a container mark too many becomes text.
    fn write_start(&self, out: &mut String, text: &str) {
        out.push_str(&text[self.start..self.prefix]);
    }
}

/// The width of a quote or list mark; 0 where there is none or where the line is a thematic break.
fn container_mark(line: &[u8]) -> usize {
    let ends = |at: usize| line.get(at).is_none_or(|b| matches!(b, b' ' | b'\t'));
    match line {
        [b'>', ..] => 1,
        [mark @ (b'-' | b'+' | b'*'), ..] if ends(1) => {
            let rule = line.iter().all(|b| b == mark || matches!(b, b' ' | b'\t'));
            usize::from(!(rule && line.iter().filter(|&b| b == mark).count() >= 3))
        }
        [b'0'..=b'9', ..] => {
            let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
            let mark = matches!(line.get(digits), Some(b'.' | b')')) && ends(digits + 1);
            if mark && digits <= 9 { digits + 1 } else { 0 }
        }
        _ => 0,
    }
}

/// Writes a stretch of lines without a blank one.
fn write_chunk(out: &mut String, text: &str, lines: &[Line]) {
    let mut hard = false;
    let mut pos = lines.first().map_or(0, |line| line.start);
    for lines in lines.chunk_by(|a, b| (a.kind == LineKind::Fence) == (b.kind == LineKind::Fence)) {
        let (first, last) = (&lines[0], &lines[lines.len() - 1]);
        if first.kind == LineKind::Fence {
            out.push_str(&text[pos..last.next]);
            pos = last.next;
            continue;
        }
        let mut at = 0;
        while at < lines.len() {
            hard |= lines[at].kind == LineKind::Hard;
            let plain = lines[at + 1..]
                .iter()
                .take_while(|line| line.kind == LineKind::Plain);
            let end = at + plain.count();
            let end = lines[end].next;
            let mut unit = Unit {
                out,
                text,
                lines,
                end,
                pos,
                line: at,
                hard,
                absent: 0,
            };
            unit.write();
            (pos, at) = (unit.pos, unit.line);
        }
    }
}

/// Lines within which formulas and code spans are paired.
struct Unit<'a> {
    out: &'a mut String,
    text: &'a str,
    /// All lines up to the next fence or blank line.
    lines: &'a [Line],
    /// Where the unit ends.
    end: usize,
    pos: usize,
    line: usize,
    /// Whether a list item or table row came before in this stretch.
    hard: bool,
    /// Lengths of backtick runs known not to come again, one bit each.
    absent: u128,
}

impl Unit<'_> {
    fn write(&mut self) {
        while self.line < self.lines.len() && self.lines[self.line].start < self.end {
            let line = &self.lines[self.line];
            if self.pos <= line.start {
                line.write_start(self.out, self.text);
                self.pos = line.prefix;
            }
            if let Some(excess) = line.excess.filter(|&excess| excess >= self.pos) {
                self.pos = excess + 1;
                self.out.push(hide(self.text.as_bytes()[excess]));
            }
            while self.pos < self.lines[self.line].end {
                self.step(self.lines[self.line].end);
            }
            let next = self.lines[self.line].next;
            if self.pos < next {
                self.out.push_str(&self.text[self.pos..next]);
                self.pos = next;
            }
            self.line += 1;
        }
    }

    /// Writes the next run of plain text, escape, code span, URL or formula.
    fn step(&mut self, end: usize) {
        let bytes = self.text.as_bytes();
        match bytes[self.pos] {
            b'`' => self.code_span(),
            b'$' | b'\\' if self.formula() => {}
            b'\\' if self.pos + 1 < end && bytes[self.pos + 1].is_ascii() => {
                self.copy_to(self.pos + 2)
            }
            b'h' | b'H' | b'w' | b'W' => self.url(end),
            _ => {
                let special = |b: &u8| matches!(b, b'`' | b'$' | b'\\' | b'h' | b'H' | b'w' | b'W');
                let stop = bytes[self.pos + 1..end]
                    .iter()
                    .position(special)
                    .map_or(end, |at| self.pos + 1 + at);
                self.copy_to(stop);
            }
        }
    }

    fn copy_to(&mut self, to: usize) {
        self.out.push_str(&self.text[self.pos..to]);
        self.pos = to;
    }

    fn code_span(&mut self) {
        let bytes = &self.text.as_bytes()[..self.end];
        let run = |at: usize| bytes[at..].iter().take_while(|&&b| b == b'`').count();
        let length = run(self.pos);
        let bit = 1_u128 << length.min(127);
        let mut at = self.pos + length;
        while self.absent & bit == 0 {
            let Some(next) = bytes[at..].iter().position(|&b| b == b'`') else {
                self.absent |= bit;
                break;
            };
            at += next;
            let other = run(at);
            at += other;
            if other == length {
                return self.copy_to(at);
            }
        }
        self.copy_to(self.pos + length);
    }

    /// Writes a formula that starts here, if one does.
    fn formula(&mut self) -> bool {
        let line = &self.lines[self.line];
        // A display formula that starts a line may hold lines that look like list items or table rows.
        let starts_line = self.pos == line.prefix;
        let clear = starts_line && !self.hard && !self.text[line.start..].starts_with([' ', '\t']);
        let limit = if clear {
            self.lines[self.lines.len() - 1].next
        } else {
            self.end
        };
        let Some(formula) = formula::find(&self.text[..limit], self.pos, line.prefix, starts_line)
        else {
            return false;
        };
        let content = &self.text[formula.from..formula.to];
        let block = formula.kind.is_display() && starts_line;
        if !block
            && content.contains(['\n', '\r'])
            && (formula.to > self.end || !self.runs_on(&formula))
        {
            return false;
        }
        let quotes = line.quotes;
        self.out.extend(char::from_u32(OPEN + formula.kind as u32));
        self.hide(content, quotes);
        self.out.extend(char::from_u32(CLOSE + formula.kind as u32));
        self.pos = formula.next;
        while self
            .lines
            .get(self.line + 1)
            .is_some_and(|line| line.start <= formula.to)
        {
            self.line += 1;
        }
        self.end = self.end.max(self.lines[self.line].next);
        true
    }

    /// Whether every further line of a formula looks like running text.
    fn runs_on(&self, formula: &Formula) -> bool {
        self.lines[self.line + 1..]
            .iter()
            .take_while(|line| line.start < formula.to)
            .all(|line| {
                !self.text[line.prefix..line.end]
                    .starts_with(['-', '+', '*', '#', '>', '|', '=', '~', '<', '`', '['])
            })
    }

    fn hide(&mut self, content: &str, quotes: usize) {
        let mut start_of_line = false;
        let mut left = 0;
        for c in content.chars() {
            match c {
                '\n' | '\r' => {
                    start_of_line = true;
                    left = quotes;
                    self.out.push(c);
                    continue;
                }
                ' ' | '\t' if start_of_line => self.out.push(c),
                '>' if start_of_line && left > 0 => {
                    left -= 1;
                    self.out.push(c);
                }
                _ => {
                    start_of_line = false;
                    self.out.push(if c.is_ascii() { hide(c as u8) } else { c });
                }
            }
        }
    }

    /// Writes a character or the beginning of a URL; a bare URL ends before the first Chinese character.
    fn url(&mut self, end: usize) {
        let rest = &self.text[self.pos..end];
        let is = |scheme: &str| {
            rest.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        };
        if !(is("http://") || is("https://") || is("www.")) {
            return self.copy_to(self.pos + 1);
        }
        let before = self.text[self.lines[self.line].start..self.pos].trim_end_matches(' ');
        let delimited = before.ends_with(['<', '"', '\'', '='])
            || before.ends_with("](")
            || before.ends_with("]:");
        let ending =
            |c: char| c.is_whitespace() || matches!(c, '<' | '`' | '$') || crate::text::is_cjk(c);
        let length = rest.find(ending).unwrap_or(rest.len());
        let cut = rest[length..]
            .chars()
            .next()
            .is_some_and(crate::text::is_cjk);
        self.copy_to(self.pos + length);
        if cut && !delimited {
            self.out.push(' ');
            self.out.push(CUT);
        }
    }
}

fn hide(byte: u8) -> char {
    char::from_u32(FIRST + u32::from(byte)).unwrap_or('\u{FFFD}')
}
