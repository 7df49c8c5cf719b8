//! How a reply ends: its last line, and what the lines before it make one expect.

mod quiet;
mod table;

use super::asked::Asked;
use super::lines::{Line, Lines, Shape};
use super::zh::Pull;
use super::{Kind, Sign, en, sign, zh};
use crate::text::is_cjk;
use quiet::*;
use table::{is_bare_row, table};

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
        signs.extend(connective(text, &line, words, asked));
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
fn connective(text: &str, line: &Line<'_>, words: &str, asked: &Asked) -> Option<Sign> {
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
    let stops = text.contains(['.', '!', '?', '。', '！', '？']);
    let chat = !stops && asked.known && !asked.work && !is_longer_than(whole, 24, 12);
    let greeting = ["尊敬的", "亲爱的", "Dear"].contains(&whole);
    let weight = match pull {
        Pull::Hard if greeting => 80,
        Pull::Hard if tiny => 35,
        Pull::Hard => 84,
        Pull::Soft if tiny => 0,
        // A line of chat may end with it.
        Pull::Soft if chat => 42,
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
                // Items may be parted by semicolons.
                let ending = ending(bare(line.words()));
                stopped += usize::from(matches!(ending, Ending::Stop | Ending::Comma));
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
    let mut stops = words.matches(['。', '！', '？']).count();
    let mut token = 0;
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if matches!(c, '.' | '!' | '?') && matches!(chars.peek(), Some((_, ' ' | '"' | '”'))) {
            // "J. Smith", "Dr. No", "2. item".
            let before = &words[token..at];
            let title = before.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            let short = before.len() <= 1 || (before.len() <= 2 && title);
            stops += usize::from(c != '.' || !short);
        }
        if c == ' ' {
            token = at + 1;
        }
    }
    stops
}
