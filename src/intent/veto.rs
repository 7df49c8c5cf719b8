//! What nobody typed as their own words: code, pasted documents, quoted lines, one word over and over; and sentences that
//! say nothing of the user in a language that is known. Sure signs only.

use super::classes::class_at;
use super::features::Frequent;
use super::units::{Sort, Unit};

/// The longest message that is read, in bytes: longer ones are pasted.
const LONGEST: usize = 4000;
/// The most lines of a message that is read.
const MOST_LINES: usize = 24;

/// Whether a message is a document, code or data rather than something said.
pub fn is_foreign(text: &str) -> bool {
    let text = text.trim();
    text.len() > LONGEST
        || text.lines().filter(|line| !line.trim().is_empty()).count() > MOST_LINES
        || text.contains("```")
        || is_data(text)
        || is_code(text)
}

/// Whether a message is one word or character over and over: a key that was held, or a test.
pub fn is_babble(text: &str) -> bool {
    let few = |parts: &[String]| {
        let mut distinct = parts.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        parts.len() >= 3 && distinct.len() * 2 < parts.len()
    };
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let letters: Vec<String> = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(String::from)
        .collect();
    // Letters of an alphabet come back in any sentence; 汉字 do not.
    few(&words) || (text.contains(crate::text::is_cjk) && letters.len() < 40 && few(&letters))
}

/// Whether a line is quoted in the manner of a mail: it begins with `>`. `at` is a place in it.
pub fn is_quoted_line(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..].trim_start().starts_with('>')
}

/// Whether a sentence cannot state anything: a single word, or nothing but numbers, addresses and words of which none is
/// common, such as names and other languages.
pub fn is_bare(sentence: &[Unit], frequent: &Frequent) -> bool {
    let words = || {
        sentence
            .iter()
            .filter(|unit| matches!(unit.sort, Sort::Han | Sort::Word))
    };
    let is_common = |unit: &Unit| matches!(unit.sort, Sort::Han | Sort::Word) && frequent.has(unit);
    let is_known =
        |place: usize| class_at(sentence, place).is_some() || is_common(&sentence[place]);
    match words().count() {
        0 => true,
        1 => words().all(|unit| unit.sort == Sort::Word),
        _ => !(0..sentence.len()).any(is_known),
    }
}

/// Whether a sentence is in a script that neither Chinese nor English is written in. A word of it does not count, nor do
/// names in katakana, which Chinese texts use.
pub fn is_other_script(sentence: &str) -> bool {
    let letters = sentence.chars().filter(|c| c.is_alphabetic());
    let (mut all, mut other) = (0, 0);
    for c in letters {
        all += 1;
        let known = u32::from(c) < 0x0250 || matches!(c, '\u{30A0}'..='\u{30FF}' | '\u{3007}');
        let is_hiragana = matches!(c, '\u{3041}'..='\u{309F}');
        other += usize::from(!known && (is_hiragana || !is_han(c)));
    }
    other * 2 > all
}

/// A Chinese character; not the syllables of Japanese and Korean.
fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3005 | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

/// An object or a list as a program writes it, or a page's elements.
fn is_data(text: &str) -> bool {
    let encloses = |open, close| text.starts_with(open) && text.ends_with(close);
    (encloses('{', '}') || encloses('[', ']') || encloses('<', '>')) && text.len() > 2
}

/// Signs that only programs use, several of them for the length of the text.
fn is_code(text: &str) -> bool {
    const SIGNS: [&str; 14] = [
        "()", "){", ") {", "=>", "->", "==", "+=", "!=", "&&", "||", "::", "();", "\");", "\"]",
    ];
    let signs: usize = SIGNS.iter().map(|sign| text.matches(sign).count()).sum();
    signs >= 3 && signs * 60 >= text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_texts_are_known() {
        for (text, expected) in [
            ("我喜欢下雨", false),
            ("I like C++ and => arrows", false),
            ("why does `foo()` give -> here?", false),
            ("{\"likes\": [\"tea\"]}", true),
            ("<b>I love rain</b>", true),
            ("look:\n```\nI like rain\n```", true),
            (
                "let x = likes.filter(u => u.ok()); if (x == 1 && y != 2) { go(); }",
                true,
            ),
            ("", false),
        ] {
            assert_eq!(is_foreign(text), expected, "{text}");
        }
        assert!(is_foreign(&"我喜欢雨。".repeat(400)));
        assert!(is_foreign(&"a line\n".repeat(40)));
    }

    #[test]
    fn one_word_over_and_over_says_nothing() {
        for (text, expected) in [
            ("以后以后以后", true),
            ("地地地都都都", true),
            ("Always always, always!", true),
            ("哈哈哈哈", true),
            ("我喜欢猫，也喜欢狗，不喜欢蛇", false),
            ("不要香菜，不要葱", false),
            ("I like tea and I like rain", false),
            ("briefly", false),
            ("", false),
        ] {
            assert_eq!(is_babble(text), expected, "{text}");
        }
    }

    #[test]
    fn bare_sentences_say_nothing() {
        let frequent = &crate::intent::model::shipped().frequent;
        for (text, expected) in [
            ("Lasagna", true),
            ("3.14", true),
            ("https://example.com/i/love/rain", true),
            ("Zdravstvuj mnogouvazhaemyj", true),
            ("I adore lasagna", false),
            ("not lasagna", false),
            ("爱猫", false),
        ] {
            let units = crate::intent::units::units(text);
            assert_eq!(is_bare(&units, frequent), expected, "{text}");
        }
    }

    #[test]
    fn other_scripts_are_known() {
        for (text, expected) in [
            ("שלום", true),
            ("Я люблю дождь", true),
            ("私は寿司が好きです", true),
            ("사랑해요", true),
            ("I love 비빔밥", false),
            ("我喜欢ワンピース", false),
            ("我喜歡下雨", false),
            ("J'aime la pluie", false),
            ("12", false),
        ] {
            assert_eq!(is_other_script(text), expected, "{text}");
        }
    }

    #[test]
    fn quoted_lines_are_known() {
        let text = "> I hate rain\nI like it";
        assert!(is_quoted_line(text, 2));
        assert!(!is_quoted_line(text, text.len() - 3));
    }
}
