//! Characters: which are Chinese, Japanese or Korean, which are hidden, and cutting text short.

mod case;

pub use case::{lower, lowered};

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::CharIndices;

/// Whether a character is Chinese, Japanese or Korean: letters, kana, hangul, their punctuation and full-width forms.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF | 0x2E80..=0x303E | 0x3041..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF01..=0xFFEE
        | 0x1B000..=0x1B16F | 0x1F200..=0x1F2FF | 0x20000..=0x323AF)
        // Quotation marks, dashes and dots that Chinese text shares with English.
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Whether a character is hidden or steers others, wherever it stands: it must be shown as a mark.
///
/// Joiners, the emoji variation selectors and tags are not here: [`marks`] looks at their neighbours.
fn is_hidden(c: char) -> bool {
    match u32::from(c) {
        0x09 | 0x0A => false,
        0x00..=0x1F | 0x7F..=0x9F => true,
        0xAD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F => true,
        0x200B | 0x200E | 0x200F | 0x2028..=0x202E | 0x2060..=0x206F => true,
        0x3164 | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A => true,
        // Tags and the supplementary variation selectors, which smuggle text.
        0xE0000..=0xE0FFF => true,
        _ => false,
    }
}

/// A stretch of text, or one character to be shown as a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that can be shown as it is.
    Text(&'a str),
    /// A hidden or control character.
    Mark(char),
}

/// Splits a text at the characters that must be shown as marks.
///
/// Control characters (but not tab and line feed), bidi controls, zero-width characters, tags, variation selectors and
/// soft hyphens are marks, except where they do what they are for: joiners within an emoji or between letters of the
/// Arabic and Indic scripts, the emoji selectors after a symbol, and tags within the flag of a region.
pub fn marks(text: &str) -> Marks<'_> {
    Marks {
        text,
        at: 0,
        chars: text.char_indices().peekable(),
        before: None,
        flag_until: 0,
    }
}

/// A text that is shown as it is and not as Markdown, with its hidden characters written out. Of a line end of two
/// characters the first is left out: it hides nothing.
pub fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in marks(text) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Mark('\r') => {}
            Piece::Mark(c) => out.push_str(&format!("[U+{:04X}]", u32::from(c))),
        }
    }
    out
}

/// A text without its hidden characters.
pub fn unhidden(text: &str) -> String {
    let shown = marks(text).filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Mark(_) => None,
    });
    shown.collect()
}

/// The iterator of [`marks`].
pub struct Marks<'a> {
    text: &'a str,
    /// Where the stretch not yet given begins.
    at: usize,
    chars: Peekable<CharIndices<'a>>,
    before: Option<char>,
    /// Up to here tags belong to a flag.
    flag_until: usize,
}

impl<'a> Iterator for Marks<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        while let Some(&(at, c)) = self.chars.peek() {
            if self.is_mark(at, c) {
                if self.at < at {
                    let piece = Piece::Text(&self.text[self.at..at]);
                    self.at = at;
                    return Some(piece);
                }
                self.chars.next();
                self.before = Some(c);
                self.at = at + c.len_utf8();
                return Some(Piece::Mark(c));
            }
            self.chars.next();
            self.before = Some(c);
        }
        let rest = &self.text[self.at..];
        self.at = self.text.len();
        (!rest.is_empty()).then_some(Piece::Text(rest))
    }
}

impl Marks<'_> {
    fn is_mark(&mut self, at: usize, c: char) -> bool {
        match c {
            ' '..='~' => false,
            '\u{1F3F4}' => {
                let from = at + c.len_utf8();
                self.flag_until = from + flag_tags(&self.text[from..]);
                false
            }
            '\u{E0020}'..='\u{E007F}' if at < self.flag_until => false,
            '\u{200D}' | '\u{200C}' => {
                let after = self.text[at + c.len_utf8()..].chars().next();
                !joins(self.before, c, after)
            }
            '\u{FE0E}' | '\u{FE0F}' => !self.before.is_some_and(takes_selector),
            '\u{FE00}'..='\u{FE0D}' => true,
            _ => is_hidden(c),
        }
    }
}

/// How many bytes of tags follow a black flag, where they end as a flag of a region does; otherwise 0.
fn flag_tags(text: &str) -> usize {
    let mut length = 0;
    for (nth, c) in text.chars().enumerate() {
        length += c.len_utf8();
        match c {
            '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}' if nth < 6 => {}
            '\u{E007F}' if nth >= 3 => return length,
            _ => return 0,
        }
    }
    0
}

fn joins(before: Option<char>, joiner: char, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    let emoji =
        joiner == '\u{200D}' && (is_emoji(before) || before == '\u{FE0F}') && is_emoji(after);
    emoji || (is_joining_letter(before) && is_joining_letter(after))
}

/// Arabic and its relatives, the Indic scripts, Tibetan, Myanmar, Khmer and Mongolian.
fn is_joining_letter(c: char) -> bool {
    matches!(u32::from(c), 0x0620..=0x08FF | 0x0900..=0x0DFF | 0x0F00..=0x109F | 0x1780..=0x17B3
        | 0x17B6..=0x17FF | 0x1820..=0x18AF | 0xFB50..=0xFDCF | 0xFE70..=0xFEFC)
}

fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x21FF | 0x2300..=0x23FF | 0x2600..=0x27BF | 0x2B00..=0x2BFF
        | 0x1F000..=0x1FAFF)
}

fn takes_selector(c: char) -> bool {
    is_emoji(c)
        || matches!(
            c,
            '0'..='9' | '#' | '*' | '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '〰' | '〽' | '㊗' | '㊙'
        )
        || matches!(u32::from(c), 0x24C2 | 0x25A0..=0x25FF | 0x2934..=0x2935)
}

/// The first characters of a text, at most `most` of them; with an ellipsis as the last where some are left out.
pub fn truncate(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text
            .chars()
            .take(most.saturating_sub(1))
            .chain((most > 0).then_some('…'))
            .collect(),
    }
}

/// The beginning and the end of a text, about `head` and `tail` bytes of them, where it is longer than both together.
pub fn ends(text: &str, head: usize, tail: usize) -> Cow<'_, str> {
    if text.len() <= head + tail {
        return Cow::Borrowed(text);
    }
    let whole = |at: &usize| text.is_char_boundary(*at);
    let before = (0..=head).rev().find(whole).unwrap_or_default();
    let after = (text.len() - tail..).find(whole).unwrap_or(text.len());
    Cow::Owned([&text[..before], "\n", &text[after..]].concat())
}

/// A number brought between two bounds; what is no number becomes the lower one.
///
/// [`f64::clamp`] panics with both bounds in words, and with them comes all writing of fractions, 12 KB that nothing
/// else in the first load needs.
pub fn between(number: f64, least: f64, most: f64) -> f64 {
    if number > most {
        most
    } else if number > least {
        number
    } else {
        least
    }
}

/// How much a text is, as readers count: words, and every Chinese, Japanese or Korean letter as one.
pub fn words(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for c in text.chars() {
        let letter = c.is_alphanumeric();
        let alone = letter && is_cjk(c);
        count += usize::from(alone || (letter && !inside));
        inside = letter && !alone || (inside && matches!(c, '\'' | '’' | '-'));
    }
    count
}

/// A decimal number as people write it: an optional sign, digits, at most one point. No exponent.
///
/// Exact to 15 digits. The parser of the standard library is exact to the last bit and brings 10 KB
/// of tables, which no figure of a settings row is worth in the first load.
pub fn decimal(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = || whole.bytes().chain(fraction.bytes());
    if all().next().is_none() || !all().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = all().fold(0.0, |number, byte| number * 10.0 + f64::from(byte - b'0'));
    let scale = fraction.bytes().fold(1.0, |scale, _| scale * 10.0);
    Some(sign * number / scale).filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_letters_are_counted() {
        for (text, want) in [
            ("", 0),
            ("one, two", 2),
            ("don’t re-sign it.", 3),
            ("雨天拍照，先看光。", 7),
            ("用 Rust 写 2 行", 5),
        ] {
            assert_eq!(words(text), want, "{text}");
        }
    }

    #[test]
    fn the_ends_of_a_text() {
        for (text, head, tail, want) in [
            ("", 0, 0, ""),
            ("short", 3, 2, "short"),
            ("longer", 3, 2, "lon\ner"),
            ("雨天拍照", 4, 4, "雨\n照"),
            ("雨天", 1, 1, "\n"),
        ] {
            assert_eq!(ends(text, head, tail), want, "{text}");
        }
    }

    fn check(text: &str, expected: &str) {
        let shown: String = marks(text)
            .map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Mark(c) => format!("<{:X}>", u32::from(c)),
            })
            .collect();
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn decimals() {
        for (text, number) in [
            ("0.7", Some(0.7)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("-12.25", Some(-12.25)),
            ("1.1.1", None),
            ("1e3", None),
            ("", None),
            (".", None),
            ("+1", None),
            ("一", None),
        ] {
            assert_eq!(decimal(text), number, "{text:?}");
        }
        assert_eq!(decimal(&"9".repeat(400)), None);
    }

    #[test]
    fn hidden_characters_become_marks() {
        for (text, expected) in [
            ("plain\ttext\n", "plain\ttext\n"),
            ("a\u{202E}b\u{2066}c", "a<202E>b<2066>c"),
            ("a\u{200B}b\u{FEFF}\u{2060}", "a<200B>b<FEFF><2060>"),
            ("soft\u{AD}hyphen\u{7}\u{85}\0", "soft<AD>hyphen<7><85><0>"),
            ("x\u{E0041}\u{E0042}", "x<E0041><E0042>"),
            ("x\u{E0101}", "x<E0101>"),
            ("x\u{FE0F}\u{FE00}", "x<FE0F><FE00>"),
            ("x\u{200D}y", "x<200D>y"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn hidden_characters_are_written_out_in_plain_text() {
        for (text, expected) in [
            ("两行\r\n\t文字\n", "两行\n\t文字\n"),
            ("零\u{200B}宽\u{202E}反向", "零[U+200B]宽[U+202E]反向"),
            ("x\u{E0049}\0", "x[U+E0049][U+0000]"),
            ("❤\u{FE0F}\u{200D}🔥", "❤\u{FE0F}\u{200D}🔥"),
        ] {
            assert_eq!(marked(text), expected);
        }
    }

    #[test]
    fn characters_that_do_their_work_stay() {
        for text in [
            "👩\u{200D}👩\u{200D}👧",
            "❤\u{FE0F}\u{200D}🔥",
            "1\u{FE0F}\u{20E3}",
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn tags_after_a_flag_that_do_not_end_as_one_are_marks() {
        check("🏴\u{E0067}\u{E0062}", "🏴<E0067><E0062>");
        check(
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E007F}\u{E0041}",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E007F}<E0041>",
        );
    }

    #[test]
    fn truncation_counts_characters() {
        for (text, most, expected) in [
            ("你好世界", 4, "你好世界"),
            ("你好世界", 3, "你好…"),
            ("abc", 0, ""),
            ("", 2, ""),
        ] {
            assert_eq!(truncate(text, most), expected);
        }
    }
}
