//! Lines that end properly without a stop: URLs, tags, signatures, verse, labels, wishes.

use super::{Ending, bare, ending};
use crate::text::is_cjk;
use crate::watch::asked::Asked;
use crate::watch::lines::{Line, Lines, Shape};
use crate::watch::zh;

/// A statement of a program outside a code block.
pub fn looks_code(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let upper = first.len() > 2 && first.bytes().all(|byte| byte.is_ascii_uppercase());
    upper
        || words.contains(['(', ')', '{', '}', '=', '<', '>', '[', ']', '_'])
        || !words.contains(' ')
}

/// More 汉字 than `han`, or more English words than `english`.
pub fn is_longer_than(words: &str, han: usize, english: usize) -> bool {
    // Enough to tell for any limit that is asked for.
    let end = words
        .char_indices()
        .nth(400)
        .map_or(words.len(), |(at, _)| at);
    let words = &words[..end];
    match words.chars().filter(|c| is_cjk(*c)).count() {
        0 => words.split_whitespace().count() > english,
        count => count > han,
    }
}

pub fn is_short(words: &str) -> bool {
    !is_longer_than(words, 31, 15)
}

pub fn has_full_stop(words: &str) -> bool {
    words.contains('。') || words.contains(". ")
}

/// Whether a line is a paragraph of its own after code, a list, a table or a formula.
pub fn follows_structure(lines: &Lines<'_>, last: usize) -> bool {
    let mut before = lines.all[..last].iter().rev();
    let apart = before
        .next()
        .is_some_and(|line| matches!(line.shape, Shape::Blank | Shape::Fence | Shape::Formula));
    let structure = before
        .find(|line| line.shape != Shape::Blank)
        .is_some_and(|line| !matches!(line.shape, Shape::Prose | Shape::Heading | Shape::Break));
    apart && structure
}

/// "Best," and the like on the line before.
pub fn follows_closing(lines: &Lines<'_>, last: usize) -> bool {
    last > 0 && {
        let before = lines.all[last - 1].words();
        before.ends_with(',') && before.split_whitespace().count() <= 3
    }
}

/// A wish, thanks, the end of a story, the source of a quotation.
pub fn is_farewell(words: &str) -> bool {
    const BEGINS: [&str; 28] = [
        "故选",
        "故答案",
        "所以选",
        "因此选",
        "答",
        "answer",
        "祝",
        "加油",
        "晚安",
        "谢谢",
        "共勉",
        "以上",
        "全文完",
        "完",
        "未完待续",
        "待续",
        "——",
        "— ",
        "good luck",
        "good night",
        "hope this helps",
        "hope that helps",
        "happy ",
        "enjoy",
        "cheers",
        "thanks",
        "thank you",
        "the end",
    ];
    let lower = words.to_lowercase();
    !is_longer_than(words, 14, 6) && BEGINS.iter().any(|begin| lower.starts_with(begin))
}

pub fn is_url(words: &str) -> bool {
    words
        .split_whitespace()
        .next_back()
        .is_some_and(|word| word.contains("://") || word.starts_with("www."))
}

pub fn is_path(words: &str) -> bool {
    !words.contains(' ') && words.matches(['/', '\\']).count() > 1
}

/// Hashtags.
pub fn is_tags(words: &str) -> bool {
    words
        .split_whitespace()
        .next_back()
        .is_some_and(|word| word.len() > 1 && word.starts_with('#'))
}

/// A line that is one emphasised, quoted or coded whole.
pub fn is_whole(words: &str) -> bool {
    [
        "*", "_", "`", "$", "“", "\"", "「", "《", "[", "【", "(", "（",
    ]
    .iter()
    .any(|open| {
        let close = match *open {
            "“" => "”",
            "「" => "」",
            "《" => "》",
            "[" => "]",
            "【" => "】",
            "(" => ")",
            "（" => "）",
            same => same,
        };
        words.len() > open.len() + close.len() && words.starts_with(open) && words.ends_with(close)
    })
}

/// 「电话：010…」, "Total: 12".
pub fn is_label(words: &str) -> bool {
    has_label(words)
        && !words.contains(['，', '。', '；'])
        && !words.contains(", ")
        && words.chars().count() <= 40
}

/// 「**名**：说明」 or "Name: text".
pub fn has_label(words: &str) -> bool {
    let Some((at, mark)) = words.char_indices().find(|(_, c)| matches!(c, '：' | ':')) else {
        return false;
    };
    at < 60
        && !words[at + mark.len_utf8()..]
            .trim_matches(['*', ' '])
            .is_empty()
}

pub fn is_date(words: &str) -> bool {
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let has_unit = words.ends_with(['日', '月', '年', '号']);
    digits >= 3 && words.chars().count() <= 24 && (has_unit || digits * 3 >= words.len())
}

/// Lines of verse: asked for, or a block of short lines without stops.
pub fn is_verse(lines: &Lines<'_>, last: usize, asked: &Asked) -> bool {
    let start = lines.block_start(last);
    let block = &lines.all[start..=last];
    let short = |line: &Line<'_>| {
        let han = line.text.chars().filter(|c| is_cjk(*c)).count();
        if han > 0 {
            han <= 20
        } else {
            line.text.split_whitespace().count() <= 11
        }
    };
    if !block.iter().all(short) {
        return false;
    }
    let stops = block[..block.len() - 1]
        .iter()
        .filter(|line| ending(bare(line.words())) == Ending::Stop)
        .count();
    asked.verse || (block.len() > 1 && stops == 0)
}

pub fn is_letter(lines: &Lines<'_>, asked: &Asked) -> bool {
    const CUES: [&str; 12] = [
        "尊敬的",
        "亲爱的",
        "此致",
        "敬礼",
        "敬上",
        "您好",
        "各位",
        "Dear",
        "Hi ",
        "Hello",
        "egards",
        "incerely",
    ];
    let near = lines
        .all
        .iter()
        .take(6)
        .chain(lines.all.iter().rev().take(6));
    asked.letter
        || near
            .into_iter()
            .any(|line| CUES.iter().any(|cue| line.text.contains(cue)))
}

/// A name, a date, a place: few words, no stop, nothing that asks for more.
pub fn is_signature(words: &str) -> bool {
    if words.chars().any(is_cjk) {
        let plain = !words.contains(['，', '、', '；', '：']);
        return plain && words.chars().count() <= 18 && zh::pull(words).is_none();
    }
    let mut parts = words.split_whitespace();
    let capital = |word: &str| {
        word.starts_with(|c: char| !c.is_lowercase())
            || matches!(word, "of" | "and" | "the" | "for" | "de" | "van")
    };
    parts.clone().count() <= 6
        && parts.all(capital)
        && words.split_whitespace().last().is_some_and(|w| {
            w.len() > 3
                || w.starts_with(char::is_uppercase)
                || w.starts_with(|c: char| c.is_ascii_digit())
        })
}
