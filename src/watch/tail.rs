//! How a reply ends: its last line, and what the lines before it make one expect.

use super::asked::Asked;
use super::lines::{Line, Lines, Shape};
use super::zh::Pull;
use super::{Kind, Sign, en, sign, zh};
use crate::text::is_cjk;

/// The last character that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// A full stop or its like, also inside a closing quote or bracket.
    Stop,
    /// A closing quote, bracket or backtick with no stop inside.
    Closed,
    /// A colon.
    Colon,
    /// A comma, an enumeration comma or a semicolon.
    Comma,
    /// A dash or an operator that asks for another side.
    Dangling,
    /// A letter, a digit, a unit.
    Word,
    /// An emoji or another sign.
    Symbol,
}

/// Adds the signs of the last line. `is_open` says that something open was found in it already.
pub fn read(
    text: &str,
    lines: &Lines<'_>,
    last: usize,
    asked: &Asked,
    is_open: bool,
    signs: &mut Vec<Sign>,
) {
    let line = lines.all[last];
    // Two spaces break a line in Markdown and say nothing.
    let spaced = text.ends_with([' ', '\t']) && !text.ends_with("  ") && !line.words().is_empty();
    match line.shape {
        Shape::Row | Shape::Rule => return signs.extend(table(lines, last)),
        Shape::Prose if is_bare_row(lines, last) => return signs.extend(table(lines, last)),
        Shape::Heading => return signs.extend(heading(text, lines, last, asked)),
        Shape::Item { .. } if line.words().trim_matches('*').is_empty() => {
            return signs.push(sign(Kind::ItemBegun, line.at..text.len(), 96));
        }
        Shape::Item { .. } | Shape::Prose if !asked.opening => {}
        _ => return,
    }
    let words = bare(line.words());
    let ending = match line.words().ends_with("__") {
        // A blank to be filled in.
        true => Ending::Symbol,
        false => ending(words),
    };
    let length = line.words().chars().next_back().map_or(0, char::len_utf8);
    let mark = line.end() - length..line.end();
    match ending {
        Ending::Stop | Ending::Symbol => return,
        Ending::Colon => signs.push(sign(Kind::Colon, mark, colon(lines, last))),
        Ending::Comma => signs.push(sign(Kind::Comma, mark, 90)),
        Ending::Dangling => signs.push(sign(Kind::Connective, mark, 75)),
        Ending::Closed | Ending::Word => {}
    }
    if spaced {
        signs.push(sign(Kind::Space, text.trim_end().len()..text.len(), 50));
    }
    if matches!(ending, Ending::Colon | Ending::Comma | Ending::Dangling) {
        return;
    }
    if ending == Ending::Word && !line.words().ends_with('*') {
        signs.extend(connective(text, &line, words));
    }
    if let Some(weight) = bold_heading(lines, last) {
        return signs.push(sign(Kind::HeadingOnly, line.at..line.end(), weight));
    }
    let weight = match line.shape {
        Shape::Item { .. } => item(lines, last),
        _ => prose(lines, last, asked, ending),
    };
    if weight > 0 && !is_open {
        signs.push(sign(Kind::NoStop, line.end()..line.end(), weight));
    }
}

/// Without emphasis marks at the end.
fn bare(words: &str) -> &str {
    words.trim_end_matches(['*', '_', ' '])
}

fn ending(words: &str) -> Ending {
    let closers = [
        '”', '"', '’', '\'', '」', '』', ')', '）', ']', '】', '》', '*', '_',
    ];
    let inner = words.trim_end_matches(closers);
    let closed = inner.len() < words.len();
    let Some(c) = inner.chars().next_back() else {
        return Ending::Symbol;
    };
    match c {
        '。' | '！' | '？' | '!' | '?' | '…' | '～' | '~' | '．' => Ending::Stop,
        '.' if !inner.to_ascii_lowercase().ends_with("e.g.") && !inner.ends_with("i.e.") => {
            Ending::Stop
        }
        _ if closed => Ending::Closed,
        '`' | '$' => Ending::Closed,
        '：' | ':' => Ending::Colon,
        ';' if looks_code(inner) => Ending::Symbol,
        '，' | ',' | '、' | '；' | ';' => Ending::Comma,
        '—' | '–' => Ending::Dangling,
        '-' | '=' | '+' | '<' | '&' | '×' | '≈' | '→' if inner.len() > 1 && !is_url(inner) => {
            Ending::Dangling
        }
        '%' | '°' | '℃' | '￥' | '€' | '/' | '+' | '#' | '@' => Ending::Word,
        c if c.is_alphanumeric() || c == '.' => Ending::Word,
        _ => Ending::Symbol,
    }
}

/// A statement of a program outside a code block.
fn looks_code(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let upper = first.len() > 2 && first.bytes().all(|byte| byte.is_ascii_uppercase());
    upper
        || words.contains(['(', ')', '{', '}', '=', '<', '>', '[', ']', '_'])
        || !words.contains(' ')
}

/// A colon at the end, unless the line before ends with one too: then this is a form to be filled in.
fn colon(lines: &Lines<'_>, last: usize) -> u8 {
    let blank = |line: &Line<'_>| {
        let words = bare(line.words());
        words.chars().count() < 16 && ending(words) == Ending::Colon
    };
    let form = last > 0 && blank(&lines.all[last]) && blank(&lines.all[last - 1]);
    if form { 40 } else { 92 }
}

/// The last word asks for another.
fn connective(text: &str, line: &Line<'_>, words: &str) -> Option<Sign> {
    let chinese = words.chars().next_back().is_some_and(is_cjk);
    let (pull, from) = if chinese {
        zh::pull(words)?
    } else {
        en::pull(words)?
    };
    let start = line.end() - line.words().len() + from;
    let whole = text.trim();
    let tiny = if chinese {
        whole.chars().count() <= 4
    } else {
        whole.split_whitespace().count() <= 2
    };
    let greeting = ["尊敬的", "亲爱的", "Dear"].contains(&whole);
    let weight = match pull {
        Pull::Hard if greeting => 80,
        Pull::Hard if tiny => 35,
        Pull::Hard => 84,
        Pull::Soft if tiny => 0,
        Pull::Soft => 52,
    };
    Some(sign(Kind::Connective, start..line.end(), weight))
}

fn heading(text: &str, lines: &Lines<'_>, last: usize, asked: &Asked) -> Option<Sign> {
    let line = lines.all[last];
    let alone = lines.all[..last]
        .iter()
        .all(|line| line.shape == Shape::Blank);
    let weight = match (alone, line.words().is_empty()) {
        (_, true) => 96,
        (true, false) if asked.long => 70,
        (true, false) => 30,
        (false, false) => 90,
    };
    Some(sign(Kind::HeadingOnly, line.at..text.len(), weight))
}

/// A line in bold that stands alone, in a text where such lines head what follows.
fn bold_heading(lines: &Lines<'_>, last: usize) -> Option<u8> {
    let is_bold = |line: &Line<'_>| {
        let words = line.words();
        line.shape == Shape::Prose
            && words.len() > 4
            && words.starts_with("**")
            && words.ends_with("**")
            && !words[2..words.len() - 2].contains("**")
    };
    let line = &lines.all[last];
    let follows_labels = last > 0 && {
        let before = lines.all[last - 1].words();
        before.starts_with("**") && !before.ends_with("**") && has_label(before)
    };
    if is_bold(line) && follows_labels {
        return Some(70);
    }
    let inner = line.words().trim_matches('*');
    let labelled = inner.contains(['：', ':']);
    let before = lines.all[..last].iter().enumerate().any(|(at, line)| {
        let next = lines.all[at + 1..last]
            .iter()
            .find(|line| line.shape != Shape::Blank);
        is_bold(line) && next.is_some_and(|next| !is_bold(next))
    });
    (is_bold(line) && before && !labelled).then_some(82)
}

/// How much an item without a stop is a sign, given the items before it.
fn item(lines: &Lines<'_>, last: usize) -> u8 {
    let Shape::Item { indent, .. } = lines.all[last].shape else {
        return 0;
    };
    let mut others = 0;
    let (mut stopped, mut labelled) = (0, 0);
    for line in lines.all[..last].iter().rev() {
        match line.shape {
            Shape::Item { indent: other, .. } if other == indent => {
                others += 1;
                stopped += usize::from(ending(bare(line.words())) == Ending::Stop);
                labelled += usize::from(has_label(line.words()));
            }
            Shape::Item { .. } | Shape::Blank => {}
            Shape::Prose if line.text.starts_with(' ') => {}
            _ => break,
        }
    }
    let words = lines.all[last].words();
    if others == 0 {
        return if words.contains(['，', '；', ',']) {
            45
        } else {
            15
        };
    }
    if stopped * 3 >= others * 2 {
        return if others > 1 { 75 } else { 62 };
    }
    if labelled == others && others > 1 && !has_label(words) {
        return 55;
    }
    0
}

/// 「**名**：说明」 or "Name: text".
fn has_label(words: &str) -> bool {
    let Some((at, mark)) = words.char_indices().find(|(_, c)| matches!(c, '：' | ':')) else {
        return false;
    };
    at < 60
        && !words[at + mark.len_utf8()..]
            .trim_matches(['*', ' '])
            .is_empty()
}

/// How much a line of prose without a stop is a sign, given the text before it.
fn prose(lines: &Lines<'_>, last: usize, asked: &Asked, ending: Ending) -> u8 {
    let line = lines.all[last];
    let words = bare(line.words());
    let closing = is_url(words) || is_tags(words) || is_whole(line.words()) || is_path(words);
    if closing || (ending == Ending::Closed && !words.ends_with(['”', '"', '`', '$', ')', '）']))
    {
        return 0;
    }
    let used = lines.all[..last]
        .iter()
        .filter(|line| matches!(line.shape, Shape::Prose | Shape::Item { .. }))
        .filter(|line| self::ending(bare(line.words())) == Ending::Stop)
        .count();
    let inner = inner_stops(words);
    let comma = words.contains(['，', '；']) || words.contains(", ") || words.contains("; ");
    let signed = (is_letter(lines, asked) || follows_closing(lines, last)) && is_signature(words);
    if is_verse(lines, last, asked) || signed || is_farewell(words) {
        return 0;
    }
    let casual = words.chars().next_back().is_some_and(zh::is_particle);
    let weight: u8 = match (inner > 0, comma, used > 0) {
        (true, _, false) if casual => 30,
        (true, _, false) if is_short(words) && !asked.letter => {
            if has_full_stop(words) {
                55
            } else {
                30
            }
        }
        (true, _, _) => 78,
        (false, _, true) if is_label(words) || is_date(words) => 20,
        (false, true, true) => 72,
        (false, false, true) => 58,
        (false, true, false) if has_label(words) => 0,
        (false, true, false) if (asked.prose || asked.long) && is_longer_than(words, 19, 12) => 55,
        (false, _, false) if asked.prose && is_longer_than(words, 9, 4) => 52,
        (false, _, false) if follows_structure(lines, last) && is_longer_than(words, 7, 4) => 54,
        (false, _, false) => 0,
    };
    match ending {
        Ending::Closed => weight / 2,
        _ if casual => weight * 2 / 3,
        _ if asked.copy && is_short(words) => weight / 2,
        _ => weight,
    }
}

/// Sentences that end inside a line.
fn inner_stops(words: &str) -> usize {
    let full = words.matches(['。', '！', '？']).count();
    let mut before = ' ';
    let mut stops = full;
    let mut chars = words.char_indices().peekable();
    let mut word = 0;
    while let Some((at, c)) = chars.next() {
        if matches!(c, '.' | '!' | '?') && matches!(chars.peek(), Some((_, ' ' | '"' | '”'))) {
            let length = at - word;
            let initial =
                length <= 1 || (length <= 2 && words[word..].starts_with(char::is_uppercase));
            stops += usize::from(!(initial && c == '.') && !before.is_ascii_digit() || c != '.');
        }
        if c == ' ' {
            word = at + 1;
        }
        before = c;
    }
    stops
}

fn is_short(words: &str) -> bool {
    !is_longer_than(words, 31, 15)
}

/// More 汉字 than `han`, or more English words than `english`.
fn is_longer_than(words: &str, han: usize, english: usize) -> bool {
    match words.chars().filter(|c| is_cjk(*c)).count() {
        0 => words.split_whitespace().count() > english,
        count => count > han,
    }
}

fn has_full_stop(words: &str) -> bool {
    words.contains('。') || words.contains(". ")
}

/// Whether a line is a paragraph of its own after code, a list, a table or a formula.
fn follows_structure(lines: &Lines<'_>, last: usize) -> bool {
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
fn follows_closing(lines: &Lines<'_>, last: usize) -> bool {
    last > 0 && {
        let before = lines.all[last - 1].words();
        before.ends_with(',') && before.split_whitespace().count() <= 3
    }
}

/// A wish, thanks, the end of a story, the source of a quotation.
fn is_farewell(words: &str) -> bool {
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

fn is_url(words: &str) -> bool {
    words
        .split_whitespace()
        .next_back()
        .is_some_and(|word| word.contains("://") || word.starts_with("www."))
}

fn is_path(words: &str) -> bool {
    !words.contains(' ') && words.matches(['/', '\\']).count() > 1
}

/// Hashtags.
fn is_tags(words: &str) -> bool {
    words
        .split_whitespace()
        .next_back()
        .is_some_and(|word| word.len() > 1 && word.starts_with('#'))
}

/// A line that is one emphasised, quoted or coded whole.
fn is_whole(words: &str) -> bool {
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
fn is_label(words: &str) -> bool {
    has_label(words)
        && !words.contains(['，', '。', '；'])
        && !words.contains(", ")
        && words.chars().count() <= 40
}

fn is_date(words: &str) -> bool {
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let has_unit = words.ends_with(['日', '月', '年', '号']);
    digits >= 3 && words.chars().count() <= 24 && (has_unit || digits * 3 >= words.len())
}

/// Lines of verse: asked for, or a block of short lines without stops.
fn is_verse(lines: &Lines<'_>, last: usize, asked: &Asked) -> bool {
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

fn is_letter(lines: &Lines<'_>, asked: &Asked) -> bool {
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
fn is_signature(words: &str) -> bool {
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

/// A row of a table that is written without outer bars.
fn is_bare_row(lines: &Lines<'_>, last: usize) -> bool {
    let block = lines.block_start(last);
    lines.all[last].text.contains('|')
        && block > 0
        && matches!(lines.all[block - 1].shape, Shape::Rule)
}

/// A row that is not whole, or a table of which only the head is there.
fn table(lines: &Lines<'_>, last: usize) -> Option<Sign> {
    let line = lines.all[last];
    let begun = |weight| {
        Some(sign(
            Kind::RowBegun,
            line.at..line.at + line.text.len(),
            weight,
        ))
    };
    let rule = lines.all[..last]
        .iter()
        .rposition(|line| line.shape == Shape::Rule);
    let Some(rule) = rule.filter(|rule| *rule > 0) else {
        return begun(90);
    };
    let head = lines.all[rule - 1].text.trim();
    let words = line.text.trim();
    if head.ends_with('|') && !words.ends_with('|') || cells(words) < cells(head) {
        return begun(95);
    }
    None
}

fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').unwrap_or(row);
    let (mut cells, mut code, mut before) = (1, false, ' ');
    for c in row.chars() {
        match c {
            '`' => code = !code,
            '|' if !code && before != '\\' => cells += 1,
            _ => {}
        }
        before = c;
    }
    cells
}
