//! What a stretch of prose opens and does not close: brackets, quotes, code, formulas, emphasis.

use super::Kind;

/// Something open, and where it was opened in the stretch, in bytes.
pub type Open = (Kind, usize);

/// Everything that `text`, one block of prose, leaves open.
pub fn find(text: &str) -> Vec<Open> {
    let mut scan = Scan {
        length: text.len(),
        ..Scan::default()
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Most bytes open and close nothing; 汉字 begin with other bytes than the marks of Chinese do.
        let matters = matches!(
            bytes[at],
            b'\\'
                | b'`'
                | b'$'
                | b'*'
                | b'h'
                | b'('
                | b'['
                | b'{'
                | b')'
                | b']'
                | b'}'
                | b'"'
                | 0xE2
                | 0xE3
                | 0xEF
        );
        let c = if matters {
            text[at..].chars().next()
        } else {
            None
        };
        at += c.map_or(1, |c| scan.step(text, at, c));
    }
    scan.close()
}

/// What is opened is closed within so many bytes, or it is no code and no formula.
const REACH: usize = 1500;

/// The beginning of a text, at most `most` bytes.
fn within(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

#[derive(Default)]
struct Scan {
    length: usize,
    /// Up to here no `$` closes a formula.
    barren: usize,
    /// Whether nothing up to the end looks like a formula, as a `$` before has found out.
    plain: bool,
    brackets: Vec<(char, usize)>,
    quotes: Vec<(char, usize)>,
    straight: Option<usize>,
    strong: Option<usize>,
    emphasis: Option<usize>,
    rest: Vec<Open>,
}

impl Scan {
    /// Takes in what stands at `at`; how many bytes it is.
    fn step(&mut self, text: &str, at: usize, c: char) -> usize {
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        match c {
            '\\' => return self.escape(text, at),
            '`' => return self.code(rest, at),
            '$' => return self.formula(rest, at),
            '*' => return self.star(rest, at, before),
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
                return url_length(rest, self.brackets.last().is_some_and(|b| b.0 == '('));
            }
            // Faces: `:(` and `(:`.
            '(' if !matches!(before, Some(':' | ';' | '=')) && !rest[1..].starts_with(':') => {
                self.brackets.push((c, at));
            }
            '[' | '{' | '（' | '【' | '《' | '〈' => self.brackets.push((c, at)),
            ')' | ']' | '}' | '）' | '】' | '》' | '〉' => self.close_bracket(c),
            '“' | '「' | '『' => self.quotes.push((c, at)),
            '”' | '」' | '』' => {
                if let Some(nth) = self.quotes.iter().rposition(|open| closer(open.0) == c) {
                    self.quotes.truncate(nth);
                } else if c == '”' && self.straight.is_some() {
                    self.straight = None;
                }
            }
            '"' => self.straight_quote(rest, at, before),
            _ => {}
        }
        c.len_utf8()
    }

    fn close_bracket(&mut self, c: char) {
        // （ is often closed by ) and the other way round.
        let pairs =
            |open: char| closer(open) == c || (open, c) == ('（', ')') || (open, c) == ('(', '）');
        if let Some(nth) = self.brackets.iter().rposition(|open| pairs(open.0)) {
            self.brackets.truncate(nth);
        }
    }

    fn straight_quote(&mut self, rest: &str, at: usize, before: Option<char>) {
        let after = rest[1..].chars().next();
        let inches = self.straight.is_none()
            && before.is_some_and(|c| c.is_ascii_digit())
            && !after.is_some_and(char::is_alphanumeric);
        if !inches {
            self.straight = match self.straight {
                Some(_) => None,
                None => Some(at),
            };
        }
    }

    fn escape(&mut self, text: &str, at: usize) -> usize {
        let rest = &text[at..];
        let near = within(rest, REACH);
        for (open, close) in [("\\(", "\\)"), ("\\[", "\\]"), ("\\begin{", "\\end{")] {
            if rest.starts_with(open) {
                return match near.find(close) {
                    None if near.len() < rest.len() => 2,
                    Some(length) => length + close.len(),
                    // An escaped bracket of Markdown closes as `\)` does or not at all; a formula says so by its signs.
                    // `\(^o^)/` is a face.
                    None if open.len() == 2
                        && (!rest[2..].contains(['\\', '^', '_', '='])
                            || rest[2..].starts_with('^')) =>
                    {
                        2
                    }
                    None => {
                        self.rest.push((Kind::OpenFormula, at));
                        rest.len()
                    }
                };
            }
        }
        1 + rest[1..].chars().next().map_or(0, char::len_utf8)
    }

    fn code(&mut self, rest: &str, at: usize) -> usize {
        let ticks = rest.bytes().take_while(|byte| *byte == b'`').count();
        let mut from = ticks;
        let near = within(rest, REACH);
        while let Some(found) = near[from.min(near.len())..].find('`') {
            let run = near[from + found..]
                .bytes()
                .take_while(|byte| *byte == b'`')
                .count();
            from += found + run;
            if run == ticks {
                return from;
            }
        }
        if near.len() < rest.len() {
            return ticks;
        }
        // A tick with no letter after it is part of a face.
        if !rest[ticks..].contains(char::is_alphanumeric) && at + ticks < self.length {
            return ticks;
        }
        self.rest.push((Kind::OpenCode, at));
        rest.len()
    }

    fn formula(&mut self, rest: &str, at: usize) -> usize {
        if let Some(inner) = rest.strip_prefix("$$") {
            // One that is not closed was found by the lines.
            return inner.find("$$").map_or(rest.len(), |length| length + 4);
        }
        let inner = within(&rest[1..], REACH);
        let Some(first) = inner.chars().next().filter(|c| !c.is_whitespace()) else {
            return 1;
        };
        // Up to here there is none, as a `$` before this one has found out.
        let from = self.barren.saturating_sub(at + 1).min(inner.len());
        let signs_left = inner[from..].match_indices('$').map(|(i, _)| from + i);
        let mut closers = signs_left.filter(|i| {
            let before = inner[..*i].chars().next_back();
            let after = inner[i + 1..].chars().next();
            before.is_some_and(|c| !c.is_whitespace() && c != '\\')
                && !after.is_some_and(|c| c.is_ascii_digit())
        });
        let close = closers.next();
        if close.is_none() {
            self.barren = at + 1 + inner.len();
        }
        match close {
            Some(length)
                if !first.is_ascii_digit()
                    || has_formula_signs(&inner[..length])
                    || length < 12 =>
            {
                length + 2
            }
            _ if inner.len() + 1 < rest.len() => 1,
            _ if first.is_ascii_digit() && !inner.contains('\\') => 1,
            _ if self.looks_like_formula(inner)
                || !inner.contains(' ') && first.is_ascii_alphabetic() =>
            {
                self.rest.push((Kind::OpenFormula, at));
                rest.len()
            }
            _ => 1,
        }
    }

    /// Whether the rest of the text, in reach of its end, looks like a formula; it is read once.
    fn looks_like_formula(&mut self, rest: &str) -> bool {
        let found = !self.plain && has_formula_signs(rest);
        self.plain = !found;
        found
    }

    fn star(&mut self, rest: &str, at: usize, before: Option<char>) -> usize {
        let stars = rest.bytes().take_while(|byte| *byte == b'*').count();
        let after = rest[stars..].chars().next();
        let can_open = after.is_none_or(|c| !c.is_whitespace());
        let can_close = before.is_some_and(|c| !c.is_whitespace());
        if stars >= 2 {
            match self.strong {
                Some(_) if can_close => self.strong = None,
                None if can_open => self.strong = Some(at),
                _ => {}
            }
        }
        if stars % 2 == 1 {
            match self.emphasis {
                Some(_) if can_close => self.emphasis = None,
                None if before.is_none_or(|c| !c.is_ascii_alphanumeric())
                    && after.is_some_and(is_word) =>
                {
                    self.emphasis = Some(at);
                }
                _ => {}
            }
        }
        stars
    }

    fn close(mut self) -> Vec<Open> {
        // Of many the last one is enough.
        let bracket = self.brackets.last().map(|(c, at)| match c {
            '《' | '〈' => (Kind::OpenQuote, *at),
            _ => (Kind::OpenBracket, *at),
        });
        self.rest.extend(bracket);
        self.rest
            .extend(self.quotes.last().map(|(_, at)| (Kind::OpenQuote, *at)));
        self.rest
            .extend(self.straight.map(|at| (Kind::OpenQuote, at)));
        self.rest
            .extend(self.strong.map(|at| (Kind::OpenEmphasis, at)));
        self.rest
            .extend(self.emphasis.map(|at| (Kind::OpenEmphasis, at)));
        self.rest
    }
}

fn has_formula_signs(text: &str) -> bool {
    text.contains(['\\', '^', '_', '=', '{'])
}

/// What emphasised words begin with; a star before another sign is part of a face.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '“' | '《' | '「' | '"' | '\'' | '$' | '(' | '（')
}

fn closer(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '（' => '）',
        '【' => '】',
        '《' => '》',
        '〈' => '〉',
        '“' => '”',
        '「' => '」',
        '『' => '』',
        other => other,
    }
}

/// How long the URL is that the text begins with; a bracket that was opened before it ends it.
fn url_length(text: &str, in_bracket: bool) -> usize {
    text.char_indices()
        .find(|(_, c)| {
            c.is_whitespace()
                || !c.is_ascii()
                || matches!(c, '"' | '<' | '>' | '`' | '*')
                || (in_bracket && *c == ')')
        })
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[Open]) {
        assert_eq!(find(text), want, "{text:?}");
    }

    #[test]
    fn open_things() {
        check("a (b", &[(Kind::OpenBracket, 2)]);
        check("电话（010", &[(Kind::OpenBracket, 6)]);
        check("他说：“好", &[(Kind::OpenQuote, 9)]);
        check("she said \"no", &[(Kind::OpenQuote, 9)]);
        check("run `cargo", &[(Kind::OpenCode, 4)]);
        check("so $x^2 =", &[(Kind::OpenFormula, 3)]);
        check("so \\(x = 1", &[(Kind::OpenFormula, 3)]);
        check("the **point", &[(Kind::OpenEmphasis, 4)]);
        check("the *point.", &[(Kind::OpenEmphasis, 4)]);
        check("see [a](https://x.y", &[(Kind::OpenBracket, 7)]);
        check("读《红楼", &[(Kind::OpenQuote, 3)]);
    }

    #[test]
    fn closed_things() {
        for text in [
            "a (b) [c] {d} （e）（f)",
            "“a”「b」『c』 \"d\" “e\u{201d}",
            "a 27\" screen and 6'2\" tall",
            "it costs $5, not $3,200",
            "$x$ and $y_1$ and `$z`",
            "\\(x\\) and \\* and \\(plain",
            "2 * 3 * 4 and 5*6",
            "**a** *b* ***c***",
            "``a ` b``",
            "(*´ω`)",
            "\\(^o^)/ (: (*^▽^*)",
            "sad :( or 1) first 2) second",
            "https://a.b/c_(d) and (https://a.b/c)",
        ] {
            check(text, &[]);
        }
    }
}
