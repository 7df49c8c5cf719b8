//! What stands between two parts: nothing, a space or line breaks.

use crate::text::is_cjk;
use crate::watch::en;
use crate::watch::lines::{Lines, Shape};

/// So many characters of the second part say how it goes on.
const VIEW: usize = 24;

/// After a repetition: how much white space of the second part doubles that of the first; `None` while it is unknown.
pub fn after_overlap(first: &str, rest: &str, done: bool) -> Option<usize> {
    if !first.ends_with(char::is_whitespace) {
        return Some(0);
    }
    let blank = rest.len() - rest.trim_start().len();
    if blank == rest.len() && !done {
        return None;
    }
    let breaks = rest[..blank].rfind('\n');
    Some(match breaks {
        // Indentation of the next line stays.
        Some(at) if first.ends_with('\n') => at + 1,
        Some(_) => 0,
        None if first.ends_with('\n') => 0,
        None => blank,
    })
}

/// Between parts that do not repeat: how much white space of the second part is dropped, and what is put in between.
/// `reopened` says that the second part starts a new line of code or of a table. `None` while it is too early to tell.
pub fn between(
    first: &str,
    second: &str,
    reopened: bool,
    done: bool,
) -> Option<(usize, &'static str)> {
    let rest = second.trim_start();
    let blank = &second[..second.len() - rest.len()];
    let end = rest
        .char_indices()
        .nth(VIEW)
        .map_or(rest.len(), |(at, _)| at);
    if !done && end == rest.len() && !rest.contains('\n') {
        return None;
    }
    // More than this is not looked at, so that it makes no difference how much is there already.
    let rest = &rest[..end];
    let at_line_start = first.is_empty() || first.ends_with('\n');
    let lines = Lines::new(first);
    if lines.open_fence.is_some() || reopened {
        // A line of code that begins with an indent begins a line.
        let indented = blank.len() > 1 && !first.ends_with(char::is_whitespace);
        let new_line = (reopened || indented) && !at_line_start && !blank.contains('\n');
        return Some((0, if new_line { "\n" } else { "" }));
    }
    let last = lines.last().map(|last| lines.all[last]);
    if last.is_some_and(|line| matches!(line.shape, Shape::Item { .. }) && line.words().is_empty())
    {
        let spaced = first.ends_with(char::is_whitespace);
        return Some((blank.len(), if spaced { "" } else { " " }));
    }
    if !blank.contains('\n') && row_goes_on(first, rest) {
        return Some((0, ""));
    }
    let last = last.map(|line| line.shape);
    if let Some(breaks) = block(rest, last) {
        let have = breaks_at_end(first) + blank.matches('\n').count();
        return Some(match have {
            have if have >= breaks.len() => {
                let extra = breaks_at_end(first) > 0 && have > 2;
                (
                    if extra {
                        excess(blank, 2_usize.saturating_sub(breaks_at_end(first)))
                    } else {
                        0
                    },
                    "",
                )
            }
            0 if first.is_empty() => (0, ""),
            have => (0, &breaks[have..]),
        });
    }
    if blank.contains('\n') {
        let parts = unfinished(first) && blank.matches('\n').count() > 1 && goes_on(rest);
        return Some(if parts {
            (blank.len(), space(first, rest))
        } else {
            let have = breaks_at_end(first);
            (
                if have > 0 {
                    excess(blank, 2_usize.saturating_sub(have))
                } else {
                    0
                },
                "",
            )
        });
    }
    if at_line_start || first.ends_with(char::is_whitespace) {
        return Some((blank.len(), ""));
    }
    if !blank.is_empty() {
        let chinese = first.ends_with(is_cjk) && rest.starts_with(is_cjk);
        return Some((if chinese { blank.len() } else { 0 }, ""));
    }
    Some((0, space(first, rest)))
}

/// How many bytes of `blank` to drop so that at most `most` line breaks stay.
fn excess(blank: &str, most: usize) -> usize {
    let breaks: Vec<usize> = blank.match_indices('\n').map(|(at, _)| at + 1).collect();
    match breaks.len().checked_sub(most) {
        Some(extra) if extra > 0 => breaks[extra - 1],
        _ => 0,
    }
}

fn breaks_at_end(text: &str) -> usize {
    text.bytes().rev().take_while(|byte| *byte == b'\n').count()
}

/// The line breaks before a text that begins a block; `None` for running text.
fn block(rest: &str, last: Option<Shape>) -> Option<&'static str> {
    let line = rest.lines().next().unwrap_or_default();
    let shape = Lines::new(line).all.first().map(|line| line.shape)?;
    Some(match (shape, last) {
        (Shape::Item { .. }, Some(Shape::Item { .. })) => "\n",
        (Shape::Row | Shape::Rule, Some(Shape::Row | Shape::Rule)) => "\n",
        // A digit with a stop may also go on with a number: only a list goes on with an item.
        (
            Shape::Item {
                number: Some(_), ..
            },
            _,
        ) => return None,
        (Shape::Item { body, .. }, _) if body >= line.len() => return None,
        (Shape::Heading | Shape::Fence | Shape::Item { .. } | Shape::Row, _) => "\n\n",
        _ => return None,
    })
}

/// Whether the second part goes on with a row of a table that is begun, rather than with the next one: the cells of both
/// make a row as wide as the one above, or there is none above.
fn row_goes_on(first: &str, rest: &str) -> bool {
    let mut lines = first.rsplit('\n');
    let begun = lines.next().unwrap_or_default().trim();
    let next = rest.lines().next().unwrap_or_default().trim_end();
    let is_rule = next.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    if !begun.starts_with('|') || begun.ends_with('|') || !next.starts_with('|') || is_rule {
        return false;
    }
    let borders = |line: &str| line.matches('|').count();
    let Some(above) = lines
        .next()
        .map(str::trim)
        .filter(|line| line.starts_with('|'))
    else {
        return true;
    };
    match rest.contains('\n') {
        true => borders(begun) + borders(next) == borders(above),
        false => borders(begun) + 1 < borders(above),
    }
}

/// Whether a text stops inside a sentence.
fn unfinished(first: &str) -> bool {
    first
        .trim_end()
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '，' | ',' | '、'))
}

/// Whether a text goes on inside a sentence.
fn goes_on(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_lowercase() || matches!(c, '，' | '。' | '、' | ',' | '.'))
}

/// A space, or nothing, between two parts without white space.
fn space(first: &str, rest: &str) -> &'static str {
    let (Some(before), Some(after)) = (first.trim_end().chars().next_back(), rest.chars().next())
    else {
        return "";
    };
    let latin = |c: char| c.is_alphanumeric() && !is_cjk(c);
    match (before, after) {
        (b, a) if is_cjk(b) && is_cjk(a) => "",
        (b, a) if (latin(b) && is_cjk(a)) || (is_cjk(b) && latin(a)) => {
            let letters = a.is_alphanumeric() && b.is_alphanumeric();
            if letters && spaces_scripts(first) {
                " "
            } else {
                ""
            }
        }
        (b, a) if latin(b) && latin(a) => {
            if is_address(first) || is_mid_word(first, rest) {
                ""
            } else {
                " "
            }
        }
        ('.' | '!' | '?' | ',' | ';' | ':' | ')' | '"' | '”', a) if latin(a) => {
            let number = a.is_ascii_digit()
                && first
                    .trim_end_matches(['.', ','])
                    .ends_with(|c: char| c.is_ascii_digit());
            if number || is_address(first) { "" } else { " " }
        }
        (b, '(' | '“' | '"' | '*') if latin(b) => " ",
        _ => "",
    }
}

/// Whether a text puts spaces between 汉字 and Latin letters.
fn spaces_scripts(text: &str) -> bool {
    let mut tally = 0i32;
    let letters: Vec<char> = text.chars().rev().take(2000).collect();
    for three in letters.windows(3) {
        let [a, b, c] = three else { continue };
        let han = |c: &char| is_cjk(*c) && c.is_alphanumeric();
        let latin = |c: &char| c.is_ascii_alphanumeric();
        tally += i32::from(*b == ' ' && (han(a) && latin(c) || latin(a) && han(c)));
        tally -= i32::from(han(a) && latin(b) || latin(a) && han(b));
    }
    tally > 0
}

fn is_address(first: &str) -> bool {
    let word = first.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://") || word.contains('@') || word.starts_with("www.")
}

/// Whether two runs of Latin letters are one word: by the sounds that no English word begins or ends with, and by endings.
fn is_mid_word(first: &str, rest: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "ing", "ed", "ly", "ment", "ments", "ness", "tion", "tions", "ation", "ations", "sion",
        "er", "ers", "ity", "able", "ible", "ful", "less", "ous", "al", "s", "es",
    ];
    const ONSETS: [&str; 44] = [
        "bl", "br", "ch", "cl", "cr", "dr", "dw", "fl", "fr", "gh", "gl", "gn", "gr", "kn", "kr",
        "kh", "ll", "ph", "pl", "pn", "pr", "ps", "qu", "rh", "sc", "sh", "sk", "sl", "sm", "sn",
        "sp", "sq", "st", "sw", "th", "tr", "ts", "tw", "wh", "wr", "sv", "sr", "cz", "tz",
    ];
    let cut = |c: char| !c.is_ascii_alphanumeric();
    let last = first.rsplit(cut).next().unwrap_or_default();
    let next = rest.split(cut).next().unwrap_or_default();
    if next.starts_with(|c: char| c.is_ascii_digit()) {
        return last.ends_with(|c: char| c.is_ascii_digit());
    }
    if last.ends_with(|c: char| c.is_ascii_digit())
        || next.starts_with(|c: char| c.is_ascii_uppercase())
    {
        return false;
    }
    if en::pull(first).is_some() {
        return false;
    }
    let lower = next.to_ascii_lowercase();
    if ENDINGS.contains(&lower.as_str()) && !matches!(lower.as_str(), "able" | "al" | "less" | "ed")
    {
        return true;
    }
    let vowel = |c: u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let bytes = lower.as_bytes();
    let bad_onset = match bytes {
        [a, b, ..] if !vowel(*a) && !vowel(*b) => !ONSETS.contains(&&lower[..2]),
        [a] => !matches!(a, b'a' | b'i'),
        [b'y', b, ..] => !vowel(*b),
        _ => false,
    };
    let no_vowel = last.len() > 1
        && !last.bytes().any(|c| vowel(c.to_ascii_lowercase()))
        && last.bytes().any(|c| c.is_ascii_lowercase());
    bad_onset || no_vowel
}
