//! Which stretches of a text are the request and which are material for it.

use super::cues::{Class, is_letter};
use super::scan::{Part, Scan, is_mark, units};
use std::ops::Range;

/// Finds the parts of a text whose cues are known.
pub fn mark(scan: &Scan) -> (Vec<(Part, Range<usize>)>, Option<usize>) {
    let text = &scan.folded;
    let mut paint = vec![Part::Instruction; text.len()];
    code(text, &mut paint);
    quotes(text, &mut paint);
    let colon = colon(text, &paint);
    if let Some(range) = body(scan, &paint, colon) {
        for part in &mut paint[range] {
            if *part == Part::Instruction {
                *part = Part::Body;
            }
        }
    }
    (runs(&paint), colon)
}

/// Stretches of the same colour.
fn runs(paint: &[Part]) -> Vec<(Part, Range<usize>)> {
    let mut runs: Vec<(Part, Range<usize>)> = Vec::new();
    for (at, part) in paint.iter().enumerate() {
        match runs.last_mut() {
            Some((last, range)) if last == part => range.end = at + 1,
            _ => runs.push((*part, at..at + 1)),
        }
    }
    runs
}

/// Fences, lines of code and error messages.
fn code(text: &str, paint: &mut [Part]) {
    let mut fenced = false;
    let mut at = 0;
    let mut after_code = false;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let trimmed = line.trim();
        if let Some(fence) = line.find("```") {
            // A fence may open and close in one line.
            let from = if fenced {
                range.start
            } else {
                range.start + fence
            };
            let closes = line[fence + 3..].contains("```");
            paint[from..range.end].fill(Part::Code);
            fenced = !fenced && !closes;
            continue;
        }
        if fenced {
            paint[range].fill(Part::Code);
            continue;
        }
        let tail = line
            .find(": ")
            .map(|at| at + 2)
            .or_else(|| line.find('：').map(|at| at + 3));
        if let Some(tail) = tail.filter(|&tail| asks_for_code(&line[..tail], &line[tail..])) {
            paint[range.start + tail..range.end].fill(Part::Code);
            after_code = true;
            continue;
        }
        let points = code_points(trimmed);
        let is_code = points >= 2 || (after_code && points == 1);
        after_code = is_code;
        if is_code {
            let ascii = longest_latin(line);
            // An error message in front of a Chinese question: the message only.
            let part = if line.chars().any(|c| c > '\u{2E80}')
                && ascii.start == 0
                && !line.contains(['"', '\'', '('])
            {
                ascii
            } else {
                0..line.len()
            };
            paint[range.start + part.start..range.start + part.end].fill(Part::Code);
        }
    }
}

/// Whether a line is a request, a colon and code.
fn asks_for_code(head: &str, tail: &str) -> bool {
    let prose = head.chars().any(|c| c > '\u{2E80}') || head.trim().contains(' ');
    prose && code_points(head.trim()) == 0 && code_points(tail.trim()) >= 2
}

/// The longest stretch of a line without Chinese.
fn longest_latin(line: &str) -> Range<usize> {
    let mut best = 0..0;
    let mut from = 0;
    for (at, c) in line.char_indices().chain([(line.len(), '中')]) {
        if c > '\u{2E80}' {
            if at - from > best.len() {
                best = from..at;
            }
            from = at + c.len_utf8();
        }
    }
    best
}

/// How many signs of code a line shows.
fn code_points(line: &str) -> u32 {
    if line.len() < 4 {
        return u32::from(matches!(line, "}" | "{" | "};" | ")" | ");" | "end" | "];"));
    }
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let han = line.chars().filter(|c| *c > '\u{2E80}').count();
    let marks = line
        .bytes()
        .filter(|b| b"{}()[]<>=;_|&$#\\*+/\"`".contains(b))
        .count();
    if han * 3 > letters && han > 4 {
        return 0;
    }
    let mut points = 0;
    points += ERRORS.iter().any(|error| line.contains(error)) as u32 * 2;
    points += STARTS.iter().any(|start| line.starts_with(start)) as u32;
    points += INSIDE
        .iter()
        .filter(|sign| line.contains(**sign))
        .count()
        .min(3) as u32;
    points += line.ends_with(['{', ';', '}', ']', '>']) as u32;
    points += (line.ends_with("):") || line.ends_with(')')) as u32
        * line.contains('(') as u32
        * (marks * 6 > letters) as u32;
    points += (marks * 5 > letters && marks > 3) as u32;
    // Prose with a bracket or two.
    let words = line.split(' ').count();
    if marks * 12 < letters && words > 5 && points < 3 {
        points.saturating_sub(1).min(1)
    } else {
        points
    }
}

const ERRORS: &[&str] = &[
    "error: ",
    "exception: ",
    "error[",
    "npm err",
    "panicked at",
    "traceback (",
    "exception in",
    "nullpointerexception",
    "fatal: ",
    "command not found",
    "syntaxerror",
    "typeerror",
    "valueerror",
    "error ts",
    "error cs",
    "undefined reference",
    "caused by:",
    "econnrefused",
    "segmentation fault (",
    "unhandled",
    "err_",
    "build failed",
];
const STARTS: &[&str] = &[
    "def ",
    "import ",
    "from ",
    "function ",
    "const ",
    "let ",
    "var ",
    "class ",
    "public ",
    "private ",
    "return ",
    "if (",
    "for (",
    "while ",
    "#include",
    "select ",
    "fn ",
    "func ",
    "print(",
    "$ ",
    ">>> ",
    "at ",
    "file \"",
    "insert into",
    "update ",
    "create table",
    "struct ",
    "impl ",
    "use ",
    "async ",
    "else",
    "try",
    "catch",
    "switch",
    "case ",
    "sudo ",
    "docker ",
    "git ",
    "pip ",
    "npm ",
    "{\"",
    "<div",
    "<?php",
    "@",
    "//",
    "/*",
    "-->",
    "--> ",
    "where ",
    "group by",
    "order by",
    "raise ",
    "throw ",
    "int ",
    "string ",
    "for i",
];
const INSIDE: &[&str] = &[
    " = ", "=>", "->", "::", "==", "!=", "+=", "()", "</", "/>", "();", ");", "){", ") {", "&&",
    "||", " from ", " where ", ".js:", ".py\"", ".java:", ".rs:", ".go:", "['", "[\"", "](",
    "\": ", "=\"", "{ ", " }", "<= ", ">= ", "++", "===", " % ", " / ", "(self", ".map(", "print(",
    ".log(", ".",
];

/// Words between quotation marks, at most a paragraph long.
fn quotes(text: &str, paint: &mut [Part]) {
    let mut from = 0;
    while let Some((open, c)) = text[from..]
        .char_indices()
        .find(|(_, c)| closing(*c).is_some())
        .map(|(at, c)| (from + at, c))
    {
        let inner = open + c.len_utf8();
        from = inner;
        if paint[open] == Part::Code {
            continue;
        }
        let Some(close) = closing(c) else { continue };
        // A foot or inch sign, an apostrophe.
        if c == '"' && text[..open].ends_with(|c: char| c.is_ascii_digit())
            || c == '\'' && text[..open].ends_with(char::is_alphanumeric)
        {
            continue;
        }
        if let Some(length) = text[inner..].find(close) {
            if units(&text[inner..inner + length]) > 0 && length < 3_000 {
                paint[open..inner + length + close.len_utf8()].fill(Part::Quote);
            }
            from = inner + length + close.len_utf8();
        }
    }
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '"' => '"',
        '\'' => '\'',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '«' => '»',
        '„' => '“',
        _ => return None,
    })
}

/// The first colon in the instruction that something follows.
fn colon(text: &str, paint: &[Part]) -> Option<usize> {
    text.char_indices()
        .filter(|(at, c)| matches!(c, ':' | '：') && paint[*at] == Part::Instruction)
        .map(|(at, c)| at + c.len_utf8())
        .find(|&after| {
            let tight = text[..after].ends_with(':')
                && text[after..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
            !tight && units(&text[after..]) > 0
        })
}

/// The text that is handed over without quotation marks.
fn body(scan: &Scan, paint: &[Part], colon: Option<usize>) -> Option<Range<usize>> {
    let text = &scan.folded;
    let size = |range: &Range<usize>| units(&text[range.clone()]);
    let plain = |range: &Range<usize>| is_plain(text, paint, range);
    // After a colon or a line feed.
    let line = text.find('\n').map(|at| at + 1);
    for start in [colon, line].into_iter().flatten() {
        let (head, tail) = (0..start, start..text.len());
        let long = size(&tail);
        let given = long >= 3 && (long > 90 || asks_for_text(scan, &head));
        if given && size(&head) < 70 && plain(&tail) {
            return Some(tail);
        }
    }
    // A short request after a long text.
    if let Some(last) = scan.clauses.last() {
        let (head, tail) = (0..last.start, last.start..text.len());
        if size(&tail) < 30 && size(&head) > 60 && asks_for_text(scan, &tail) && plain(&head) {
            return Some(head);
        }
    }
    // A long text after a short request in one sentence.
    let ends = |clause: &&Range<usize>| {
        let clause = text[(*clause).clone()].trim_end();
        clause.ends_with(['.', '。', '!', '?', '！', '？'])
    };
    let end = scan.clauses.iter().find(ends)?.end;
    let (head, tail) = (0..end, end..text.len());
    let given = size(&head) < 60 && size(&tail) > 90 && asks_for_text(scan, &head);
    (given && plain(&tail)).then_some(tail)
}

/// Whether a stretch asks for something to be done with a text.
fn asks_for_text(scan: &Scan, range: &Range<usize>) -> bool {
    use Class::{KeyPoints, Language, Meaning, Reply, Rewrite, SumVerb, TranslateVerb};
    let text = &scan.folded[range.clone()];
    let short = units(text) < 12;
    let mut hits = scan
        .hits
        .iter()
        .filter(|hit| range.contains(&hit.range.start));
    hits.any(|hit| match hit.class {
        TranslateVerb | Rewrite | SumVerb | Meaning | KeyPoints | Reply => true,
        Language => short,
        _ => false,
    }) || text.contains("续写")
        || text.contains("continue")
}

/// Whether a stretch has words of its own beside quotations and code.
fn is_plain(text: &str, paint: &[Part], range: &Range<usize>) -> bool {
    let letters = text[range.clone()].char_indices();
    let own =
        letters.filter(|(at, c)| is_letter(*c) && paint[range.start + at] == Part::Instruction);
    own.take(3).count() > 2
}

/// Whether a character is one that no word of Chinese or English has: another script or an accent.
pub fn is_foreign(c: char) -> bool {
    !c.is_ascii()
        && !matches!(u32::from(c), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
        && c.is_alphabetic()
        || matches!(u32::from(c), 0x3041..=0x30FF | 0xAC00..=0xD7AF)
}

/// The longest run of Latin words inside a Chinese text that could be a phrase: two words or more.
pub fn foreign_run(text: &str) -> Option<Range<usize>> {
    let run = longest_latin(text);
    let inner = text[run.clone()].trim_matches(|c: char| c.is_whitespace() || is_mark(c));
    let from = inner.as_ptr() as usize - text.as_ptr() as usize;
    (inner.contains(' ') && text.chars().any(|c| c > '\u{2E80}'))
        .then_some(from..from + inner.len())
}
