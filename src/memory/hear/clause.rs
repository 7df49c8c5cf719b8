//! Clauses: the pieces of a message that are read one by one.

use super::super::lists::list;
use crate::text::is_cjk;
use std::sync::LazyLock;

/// A clause.
pub struct Clause<'t> {
    /// As it was typed.
    raw: &'t str,
    /// Simplified and in lower case, as long as `raw`.
    pub low: &'t str,
    /// Whether it ends with a question mark.
    pub asks: bool,
}

impl<'t> Clause<'t> {
    /// The typed form of a part of [`Clause::low`].
    pub fn typed(&self, part: &str) -> &'t str {
        let at = (part.as_ptr() as usize).wrapping_sub(self.low.as_ptr() as usize);
        self.raw
            .get(at..at.saturating_add(part.len()))
            .unwrap_or_default()
    }
}

/// The clauses of a message. What stands in quotation marks is in none.
pub fn clauses<'t>(raw: &'t str, low: &'t str) -> Vec<Clause<'t>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut quote: Option<char> = None;
    for (at, c) in low.char_indices() {
        let after = at + c.len_utf8();
        match quote {
            Some(end) => {
                if c == end {
                    quote = None;
                    from = after;
                }
                continue;
            }
            None => quote = closing(c),
        }
        if quote.is_some() || ends(low, at, c) {
            push(&mut found, raw, low, from, at, matches!(c, '?' | '？'));
            from = after;
        }
    }
    if quote.is_none() {
        push(&mut found, raw, low, from, low.len(), false);
    }
    found
}

fn push<'t>(
    found: &mut Vec<Clause<'t>>,
    raw: &'t str,
    low: &'t str,
    from: usize,
    to: usize,
    asks: bool,
) {
    let mut start = from;
    for (from, to) in english_parts(low, from, to) {
        let part = &low[from..to];
        start = from + part.len() - part.trim_start().len();
        let end = start + part.trim().len();
        if end > start {
            found.push(Clause {
                raw: raw.get(start..end).unwrap_or_default(),
                low: &low[start..end],
                asks: false,
            });
        }
    }
    let _ = start;
    if let Some(last) = found.last_mut() {
        last.asks |= asks || last.low.ends_with(['吗', '么']) && !last.low.ends_with("什么");
    }
}

/// The mark that ends a quotation, where a character begins one.
fn closing(c: char) -> Option<char> {
    match c {
        '“' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        '"' => Some('"'),
        _ => None,
    }
}

fn ends(low: &str, at: usize, c: char) -> bool {
    let before = low[..at].chars().next_back();
    let after = low[at + c.len_utf8()..].chars().next();
    match c {
        '。' | '！' | '？' | '!' | '?' | '；' | ';' | '，' | '\n' | '：' | '…' => true,
        // A comma of a Chinese sentence; in English it may be a list, which is read as one.
        ',' | ':' => before.is_some_and(is_cjk) || after.is_some_and(is_cjk),
        '.' => after.is_none_or(char::is_whitespace),
        ' ' => before.is_some_and(is_cjk) && after.is_some_and(is_cjk),
        _ => false,
    }
}

/// Words before which an English sentence goes on with something of its own.
static JOINTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        ", but | but |, though | although |, although |, and i | and i |, so | because |, because |, i |\
         , i'm |, i've | and i'm |, my |, however |, except | except |, just not |, not |, call me |\
         \x20and call me |, it |, which |, they |, never |, no |, only |, please | since i |, since |\
         , actually |, now |, always |, reply |, answer |, use |, keep | apart from | other than |\
         \x20and now | and they | and it | and please | and became | and moved | and started |, became |\
         , love |, hate ",
    )
});

fn english_parts(low: &str, from: usize, to: usize) -> Vec<(usize, usize)> {
    let text = &low[from..to];
    if text.contains(is_cjk) {
        return vec![(from, to)];
    }
    let mut cuts = vec![from];
    let mut at = 0;
    while at < text.len() {
        let joint = JOINTS
            .iter()
            .filter(|joint| text[at..].starts_with(*joint))
            .max_by_key(|joint| joint.len());
        match joint {
            Some(joint) => {
                cuts.push(from + at + usize::from(joint.starts_with(',')));
                at += joint.len() - 1;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    cuts.push(to);
    cuts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}
