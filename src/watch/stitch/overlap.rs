//! How much of the beginning of the second part repeats the end of the first, exactly or nearly, and whether it begins
//! the whole answer again. Only letters, digits and 汉字 are compared, without case.

use crate::text::is_cjk;

/// What was found; neither means that the second part simply goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The repetition.
    pub overlap: Option<Overlap>,
    /// The second part starts as the first one does.
    pub restarted: bool,
}

/// The beginning that repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// How long it is in the second part, in bytes.
    pub bytes: usize,
    /// Whether it repeats only nearly.
    pub near: bool,
}

/// A repetition is looked for in so many letters at the end of the first part.
const TAIL: usize = 700;
/// So many letters of the second part are waited for before near repetitions are ruled out.
const HEAD: usize = 40;
/// From so many equal letters at the beginning on, the answer starts over; a 汉字 counts for three.
const RESTART: usize = 24;
/// The length of the pieces by which near repetitions are found.
const PIECE: usize = 8;

/// A letter, and where it ends in its text, in bytes.
type Letter = (char, usize);

/// Looks for a repetition; `None` while it is too early to tell.
pub fn find(first: &str, second: &str, done: bool) -> Option<Found> {
    let tail = tail_letters(first);
    let reach = tail.len() + tail.len() / 6 + HEAD + 8;
    let head: Vec<Letter> = letters(second).take(reach).collect();
    let whole = tail.len() < TAIL;
    let exact = exact(&tail, &head, done)?;
    if let Some(length) = exact {
        // What follows the last letter decides whether it is a whole word, and which signs repeat as well.
        let overlap = overlap(first, second, &head, length, false, done)?;
        if is_repetition(&tail, &head, length, first, second) {
            let restarted = whole && length == tail.len() && weight(&head[..length]) >= RESTART;
            return Some(Found {
                overlap: Some(overlap),
                restarted,
            });
        }
    }
    if head.len() < HEAD && !done {
        return None;
    }
    if let Some(length) = near(&tail, &head, done)? {
        let restarted =
            whole && length * 10 >= tail.len() * 9 && weight(&head[..length]) >= RESTART;
        return Some(Found {
            overlap: Some(overlap(first, second, &head, length, true, done)?),
            restarted,
        });
    }
    Some(Found {
        overlap: None,
        restarted: is_same_beginning(first, &head),
    })
}

/// Whether the second part begins as the first does; `None` while it is too early to tell.
pub fn starts_over(first: &str, second: &str, done: bool) -> Option<bool> {
    let head: Vec<Letter> = letters(second).take(HEAD).collect();
    if head.len() < HEAD && !done {
        return None;
    }
    Some(is_same_beginning(first, &head))
}

fn letters(text: &str) -> impl Iterator<Item = Letter> {
    text.char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .map(|(at, c)| (lower(c), at + c.len_utf8()))
}

fn tail_letters(text: &str) -> Vec<Letter> {
    let mut tail: Vec<Letter> = text
        .char_indices()
        .rev()
        .filter(|(_, c)| c.is_alphanumeric())
        .map(|(at, c)| (lower(c), at + c.len_utf8()))
        .take(TAIL)
        .collect();
    tail.reverse();
    tail
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The longest end of `tail` that `head` begins with; the outer `None` while a longer one is still possible.
fn exact(tail: &[Letter], head: &[Letter], done: bool) -> Option<Option<usize>> {
    for start in 0..tail.len() {
        let end = &tail[start..];
        let same = end.iter().zip(head).take_while(|(a, b)| a.0 == b.0).count();
        if same == end.len() {
            return Some(Some(same));
        }
        if same == head.len() && !done {
            return None;
        }
    }
    Some(None)
}

/// Whether equal letters are a repetition and no accident: enough of them, or whole words.
fn is_repetition(
    tail: &[Letter],
    head: &[Letter],
    length: usize,
    first: &str,
    second: &str,
) -> bool {
    let same = &head[..length];
    let weight: usize = same
        .iter()
        .map(|(c, _)| if is_cjk(*c) { 2 } else { 1 })
        .sum();
    if weight >= 8 {
        return true;
    }
    // Who repeats a word repeats the comma behind it: without, it is the same word once more.
    let mut after = second[same[length - 1].1..]
        .chars()
        .filter(|c| !c.is_whitespace());
    if last_signs(first).any(|sign| after.next() != Some(sign)) {
        return false;
    }
    let start = match tail.len() - length {
        0 => 0,
        before => tail[before - 1].1,
    };
    let apart = first[start..].starts_with(|c: char| !c.is_alphanumeric())
        || start == 0
        || is_cjk(same[0].0);
    let ends_word =
        !second[same[length - 1].1..].starts_with(|c: char| c.is_alphanumeric() && !is_cjk(c));
    let differ = same.iter().any(|(c, _)| *c != same[0].0);
    // Digits repeat by accident, but not as the number of an item.
    let item = first[start..].starts_with('\n') || start == 0;
    let letters = same.iter().all(|(c, _)| !c.is_numeric())
        || item && same.iter().any(|(c, _)| !c.is_numeric());
    // 的 before 的确 is no repetition; 需要 before 需要 is one, and so is Ber before Berlin.
    let han = same.iter().all(|(c, _)| is_cjk(*c));
    letters
        && differ
        && apart
        && if han {
            length >= 2
        } else {
            length >= 3 && (ends_word || start > 0) || length == 2 && ends_word
        }
}

/// The end in the second part, past the signs that follow in both; `None` while it may still move.
fn overlap(
    first: &str,
    second: &str,
    head: &[Letter],
    length: usize,
    near: bool,
    done: bool,
) -> Option<Overlap> {
    let mut bytes = head[length - 1].1;
    if bytes == second.len() && !done {
        return None;
    }
    for sign in last_signs(first) {
        let rest = second[bytes..].trim_start();
        if rest.is_empty() && !done {
            return None;
        }
        if !rest.starts_with(sign) {
            break;
        }
        bytes = second.len() - rest.len() + sign.len_utf8();
    }
    Some(Overlap { bytes, near })
}

/// The signs behind the last letter: a stop, and the mark of the next item or heading.
fn last_signs(first: &str) -> impl Iterator<Item = char> {
    let letters = first.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    first[letters..].chars().filter(|c| !c.is_whitespace())
}

/// How many letters of `head` nearly repeat an end of `tail`; the outer `None` while too few are there.
fn near(tail: &[Letter], head: &[Letter], done: bool) -> Option<Option<usize>> {
    let begin = &head[..head.len().min(HEAD)];
    let Some(start) = anchor(tail, begin) else {
        return Some(None);
    };
    let end = &tail[start..];
    if end.len() < 2 * PIECE {
        return Some(None);
    }
    let need = end.len() + end.len() / 6 + PIECE;
    if head.len() < need && !done {
        return None;
    }
    let window = &head[..head.len().min(need)];
    let (length, distance) = align(end, window);
    Some((distance * 8 <= end.len() && length > 0).then_some(length))
}

/// Where in `tail` the second part seems to begin: by the first piece that occurs there.
fn anchor(tail: &[Letter], begin: &[Letter]) -> Option<usize> {
    (0..begin.len().saturating_sub(PIECE - 1))
        .step_by(4)
        .take(5)
        .find_map(|offset| {
            let piece = &begin[offset..offset + PIECE];
            let at = tail
                .windows(PIECE)
                .rposition(|window| window.iter().zip(piece).all(|(a, b)| a.0 == b.0))?;
            Some(at.saturating_sub(offset))
        })
}

/// The beginning of `window` that is nearest to `end`: its length, and the number of letters that differ.
fn align(end: &[Letter], window: &[Letter]) -> (usize, usize) {
    let mut row: Vec<usize> = (0..=window.len()).collect();
    for (i, (wanted, _)) in end.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, (given, _)) in window.iter().enumerate() {
            let change = diagonal + usize::from(wanted != given);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    let last = end.last().map(|letter| letter.0);
    // Among equals the one that ends as the first part does.
    (0..row.len())
        .map(|length| {
            let agrees = length > 0 && Some(window[length - 1].0) == last;
            (length, row[length], agrees)
        })
        .min_by_key(|(_, distance, agrees)| (*distance, !agrees))
        .map_or((0, usize::MAX / 8), |(length, distance, _)| {
            (length, distance)
        })
}

/// Whether the second part begins as the first does.
fn is_same_beginning(first: &str, head: &[Letter]) -> bool {
    let begin: Vec<Letter> = letters(first).take(HEAD).collect();
    let head = &head[..head.len().min(HEAD)];
    let same = begin
        .iter()
        .zip(head)
        .take_while(|(a, b)| a.0 == b.0)
        .count();
    if weight(&head[..same]) >= RESTART {
        return true;
    }
    // The same with a few letters changed.
    let long = begin.len().min(head.len()) >= RESTART && same >= 4;
    long && align(&begin, head).1 * 5 <= begin.len()
}

/// Letters, of which a 汉字 says as much as three.
fn weight(letters: &[Letter]) -> usize {
    letters
        .iter()
        .map(|(c, _)| if is_cjk(*c) { 3 } else { 1 })
        .sum()
}
