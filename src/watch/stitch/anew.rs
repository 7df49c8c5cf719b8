//! Whether the second part begins the whole answer again in quite other words.
//!
//! What goes on speaks of new things; what begins again speaks of the same things as the beginning. So the words of its
//! first lines are looked up in the first lines of the reply. Numbers, greetings and headings that begin again say the
//! same, and so does a sentence that begins where one was open.

use crate::text::is_cjk;
use crate::watch::lines::Lines;
use std::collections::HashSet;

/// So much of the second part says whether it may be a beginning; a 汉字 counts for three letters.
const GLANCE: usize = 60;
/// So much of it says whether it is one.
const VIEW: usize = 180;
/// So much of the first part is its beginning.
const OPENING: usize = 360;
/// A shorter first part has no beginning of its own.
const LEAST: usize = 48;

/// Two 汉字 that follow each other, or how a longer word begins.
type Piece = [char; 5];

/// Whether `rest` begins the answer again; `None` while it is too early to tell.
pub fn is_anew(first: &str, rest: &str, done: bool) -> Option<bool> {
    let lines = Lines::new(first);
    let in_code = lines.open_fence.is_some();
    let prose = &first[..lines.open_fence.unwrap_or(first.len())];
    if weight(prose) < LEAST || concludes(rest) {
        return Some(false);
    }
    let there = weight(rest);
    // One letter more, so that where the beginning ends does not hang on how much has come.
    if there <= GLANCE {
        return done.then_some(false);
    }
    let opening = pieces(beginning(prose, OPENING));
    let cues = |head: &str| if in_code { 0 } else { cues(first, head) };
    let glance = beginning(rest, GLANCE);
    if shared(&opening, glance).0 + cues(glance) < 5 {
        return Some(false);
    }
    if there <= VIEW && !done {
        return None;
    }
    let head = beginning(rest, VIEW);
    let (share, count) = shared(&opening, head);
    // After a sentence that is over another one may well come back to what was said.
    let need = if is_over(first) { 26 } else { 15 };
    Some(share + cues(head) >= need && (count > 4 || count == 4 && share >= 25))
}

/// Letters and digits, of which a 汉字 says as much as three.
fn weight(text: &str) -> usize {
    text.chars().map(letter_weight).sum()
}

fn letter_weight(c: char) -> usize {
    match c.is_alphanumeric() {
        true if is_cjk(c) => 3,
        true => 1,
        false => 0,
    }
}

/// The beginning of a text, up to this weight.
fn beginning(text: &str, most: usize) -> &str {
    let mut sum = 0;
    let end = text.char_indices().find(|(_, c)| {
        sum += letter_weight(*c);
        sum > most
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

fn pieces(text: &str) -> HashSet<Piece> {
    let mut all = HashSet::new();
    let mut word = Vec::new();
    let mut before = None;
    for c in text.chars().chain([' ']) {
        let han = is_cjk(c) && c.is_alphanumeric();
        if let (true, Some(before)) = (han, before) {
            all.insert([before, c, ' ', ' ', ' ']);
        }
        before = han.then_some(c);
        if c.is_alphanumeric() && !han {
            word.extend(c.to_lowercase());
            continue;
        }
        // Short words are the same everywhere.
        if word.len() > 3 {
            let mut piece = [' '; 5];
            piece.iter_mut().zip(&word).for_each(|(to, c)| *to = *c);
            all.insert(piece);
        }
        word.clear();
    }
    all
}

/// How much of a text stands in the opening: in percent, and in pieces.
fn shared(opening: &HashSet<Piece>, text: &str) -> (usize, usize) {
    let pieces = pieces(text);
    let count = pieces.intersection(opening).count();
    (count * 100 / pieces.len().max(1), count)
}

/// What beside the words speaks for a beginning, in percent.
fn cues(first: &str, head: &str) -> usize {
    let opening = beginning(first, 2_000);
    10 * usize::from(is_new_sentence(first, head))
        + 10 * usize::from(counts_from_one(opening) && counts_from_one(head))
        + 15 * usize::from(greets(opening) && greets(head))
        + 15 * usize::from(announces(head))
}

/// Whether a sentence begins where one is open.
fn is_new_sentence(first: &str, head: &str) -> bool {
    let open = first
        .trim_end()
        .ends_with(|c: char| c.is_ascii_alphanumeric() || c == ',');
    let mut letters = head.trim_start().chars();
    let capital = letters.next().is_some_and(|c| c.is_ascii_uppercase());
    open && !first.ends_with('\n')
        && capital
        && letters.next().is_some_and(|c| c.is_ascii_lowercase())
}

fn counts_from_one(text: &str) -> bool {
    const ZH: [&str; 4] = ["首先", "第一", "其一", "一是"];
    const ITEM: [&str; 5] = ["1.", "1、", "1)", "1）", "一、"];
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic());
    let item = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '*']);
        ITEM.iter().any(|item| line.starts_with(item))
    };
    ZH.iter().any(|word| text.contains(word))
        || words.any(|word| matches!(word, "First" | "first" | "Firstly"))
        || text.lines().any(item)
        || [". 1. ", ": 1. ", "。1. ", "：1. "]
            .iter()
            .any(|item| text.contains(item))
}

fn greets(text: &str) -> bool {
    const GREETINGS: [&str; 12] = [
        "#",
        "尊敬的",
        "亲爱的",
        "各位",
        "大家好",
        "全体",
        "主题",
        "【",
        "Dear",
        "Hi ",
        "Hello",
        "Subject",
    ];
    let text = text.trim_start();
    GREETINGS.iter().any(|greeting| text.starts_with(greeting))
}

/// Whether the first line says that the whole answer follows.
fn announces(head: &str) -> bool {
    const WHOLE: [&str; 7] = [
        "完整",
        "重新",
        "从头",
        "complete",
        "full ",
        "whole ",
        "start over",
    ];
    let line = head
        .trim_start()
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end();
    line.ends_with([':', '：']) && WHOLE.iter().any(|word| line.contains(word))
}

/// Whether a text sums up: that comes back to the beginning by nature.
fn concludes(rest: &str) -> bool {
    const ENDS: [&str; 9] = [
        "总之",
        "总的来说",
        "总结",
        "综上",
        "因此",
        "In short",
        "In summary",
        "Overall",
        "To sum up",
    ];
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    ENDS.iter().any(|end| rest.starts_with(end))
}

/// Whether a text stops at the end of a sentence.
fn is_over(first: &str) -> bool {
    const STOPS: [char; 14] = [
        '。', '！', '？', '.', '!', '?', '；', ';', '”', '"', '）', ')', '*', '`',
    ];
    first.trim_end().ends_with(STOPS)
}
