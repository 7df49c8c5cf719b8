//! What the second part says before it goes on: white space, "here is the rest", a fence or a table head again.

use crate::watch::lines::{Lines, Shape};

/// The beginning that is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lead {
    /// How many bytes.
    pub drop: usize,
    /// Whether a code block was opened again, or a table head repeated: what follows starts a line.
    pub reopened: bool,
}

/// Most characters of a line that introduces the rest.
const INTRO: usize = 90;

/// Reads the beginning; `None` while it is too short to tell.
pub fn read(first: &str, second: &str, done: bool) -> Option<Lead> {
    let mut lead = Lead::default();
    let lines = Lines::new(first);
    let blank = second.len() - second.trim_start().len();
    if blank == second.len() && !done {
        return None;
    }
    if let Some(length) = intro(&second[blank..], done)? {
        lead.drop = blank + length;
    }
    if second[lead.drop..].trim().is_empty() && !done {
        return None;
    }
    if lead.drop > 0 && first.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '，' | ',')) {
        // The words go on in the same line.
        lead.drop = second.len() - second[lead.drop..].trim_start().len();
    }
    let at = lead.drop + blank_lines(&second[lead.drop..]);
    let rest = &second[at..];
    if lines.open_fence.is_some() {
        if let Some(length) = fence(rest, done)? {
            lead.drop = at + length;
            lead.reopened = true;
        }
    } else if let Some(length) = table_head(&lines, rest, done)? {
        lead.drop = at + length;
        lead.reopened = true;
    } else if let Some(length) = marker(&lines, rest, done)? {
        lead.drop = at + length;
    }
    Some(lead)
}

/// The white space up to the first line with something in it.
fn blank_lines(text: &str) -> usize {
    let blank = &text[..text.len() - text.trim_start().len()];
    blank.rfind('\n').map_or(0, |at| at + 1)
}

/// A first line; `None` while it has not ended and may still be short enough.
fn line(text: &str, most: usize, done: bool) -> Option<Option<&str>> {
    match text.find('\n') {
        Some(end) if text[..end].chars().count() <= most => Some(Some(&text[..=end])),
        Some(_) => Some(None),
        None if text.chars().count() > most => Some(None),
        None => done.then_some(None),
    }
}

/// How long the line is that only says that the rest follows, with the white space after it.
fn intro(text: &str, done: bool) -> Option<Option<usize>> {
    const BEGINS: [&str; 17] = [
        "好的",
        "当然",
        "接上",
        "接着",
        "继续",
        "续上",
        "以下",
        "下面",
        "（接",
        "(接",
        "sure",
        "continu",
        "here",
        "(continu",
        "certainly",
        "okay",
        "of course",
    ];
    const SAYS: [&str; 13] = [
        "继续", "接上", "接着", "剩余", "剩下", "余下", "后续", "未完", "续写", "continu",
        "the rest", "left off", "remain",
    ];
    // Only as many characters are looked at as the longest beginning has.
    let head: String = text.chars().take(9).collect::<String>().to_lowercase();
    let begins = BEGINS.iter().any(|begin| head.starts_with(begin));
    let may_begin = head.chars().count() < 9 && BEGINS.iter().any(|begin| begin.starts_with(&head));
    if !begins {
        return if may_begin && !done { None } else { Some(None) };
    }
    let Some(line) = line(text, INTRO, done)? else {
        return Some(None);
    };
    let words = line.trim_end().to_lowercase();
    let is_intro = SAYS.iter().any(|say| words.contains(say))
        && words.ends_with(['：', ':', '。', '.', '！', '!', '）', ')', '…']);
    Some(is_intro.then_some(line.len()))
}

/// How long the line is that opens a code block.
fn fence(text: &str, done: bool) -> Option<Option<usize>> {
    let marks = text.trim_start_matches([' ', '`', '~']);
    let lead = &text[..text.len() - marks.len()];
    let is_fence = lead.contains("```") || lead.contains("~~~");
    if !is_fence {
        let may_be = marks.is_empty() && !done;
        return if may_be { None } else { Some(None) };
    }
    // A fence without a language closes the block that is open.
    let Some(line) = line(text, 40, done)? else {
        return Some(None);
    };
    let language = line.trim().trim_matches(['`', '~']);
    Some((!language.is_empty() && !language.contains(' ')).then_some(line.len()))
}

/// How long the head of the table is that the first part has already.
fn table_head(lines: &Lines<'_>, text: &str, done: bool) -> Option<Option<usize>> {
    let last = lines.last().unwrap_or(0);
    let in_table = lines
        .all
        .get(last)
        .is_some_and(|line| matches!(line.shape, Shape::Row | Shape::Rule));
    if !in_table || !text.starts_with('|') {
        return Some(None);
    }
    let rule = lines.all.iter().rposition(|line| line.shape == Shape::Rule);
    // Only a table with a rule has a head that can be repeated; a row that is being written may be repeated as such.
    let Some(head) = rule.and_then(|rule| rule.checked_sub(1)) else {
        return Some(None);
    };
    let Some(first) = line(text, 2000, done)? else {
        return Some(None);
    };
    let plain = |text: &str| text.replace([' ', '\n', '\r', '\t'], "");
    if plain(first) != plain(lines.all[head].text) {
        return Some(None);
    }
    let Some(second) = line(&text[first.len()..], 2000, done)? else {
        return Some(None);
    };
    let is_rule = second.contains('-')
        && second
            .trim()
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | ' '));
    Some(is_rule.then_some(first.len() + second.len()))
}

/// How long the mark of a list item is that the first part ends with.
fn marker(lines: &Lines<'_>, text: &str, done: bool) -> Option<Option<usize>> {
    let last = lines.last().map(|last| lines.all[last]);
    let begun = last
        .is_some_and(|line| matches!(line.shape, Shape::Item { .. }) && line.words().is_empty());
    if !begun {
        return Some(None);
    }
    if text.chars().count() < 6 && !done && !text.contains('\n') {
        return None;
    }
    let first = text.lines().next().unwrap_or_default();
    let shape = Lines::new(first).all.first().map(|line| line.shape);
    let Some(Shape::Item { body, .. }) = shape else {
        return Some(None);
    };
    if body == text.len() && !done {
        return None;
    }
    Some(Some(body))
}
