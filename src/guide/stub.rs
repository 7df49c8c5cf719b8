//! Stubs: a half sentence put in at the caret, and the way from one blank to the next.

use super::frames::{BLANK, Words};
use super::scan;
use crate::text::is_cjk;
use std::ops::Range;

/// A text after a change, and what is selected in it, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The text.
    pub text: String,
    /// The selection; empty for a caret.
    pub selection: Range<usize>,
}

/// Puts a stub into a text in place of the selection, with the spaces and commas that Chinese and English need around it,
/// and selects its first blank. Places outside the text, or inside a character, are moved to the next one before.
pub fn insert(text: &str, selection: Range<usize>, stub: &str) -> Edit {
    let start = floor(text, selection.start.min(selection.end));
    let end = floor(text, selection.end.max(start));
    let (before, after) = (&text[..start], &text[end..]);
    let stub = leading(before, stub);
    let mut edited = String::with_capacity(text.len() + stub.len() + 4);
    edited.push_str(before);
    edited.push_str(gap(before, &stub));
    let place = edited.len();
    edited.push_str(&stub);
    edited.push_str(trailing(&stub, after));
    edited.push_str(after);
    let blank = stub
        .find(BLANK)
        .map(|at| place + at..place + at + BLANK.len());
    let caret = place + stub.len();
    Edit {
        selection: blank.unwrap_or(caret..caret),
        text: edited,
    }
}

/// The next blank after the selection, or the one before it. `None` where there is none on that side: the key that
/// goes from blank to blank goes on from the last one as it does from any field.
pub fn next(text: &str, selection: Range<usize>, back: bool) -> Option<Range<usize>> {
    let mut all = blanks(text).into_iter();
    match back {
        true => all.rfind(|blank| blank.end <= selection.start),
        false => all.find(|blank| blank.start >= selection.end && *blank != selection),
    }
}

/// Whether the words for a slot stand in a text, in either language, and wait to be filled in.
pub fn is_open(text: &str, words: &Words) -> bool {
    let inserted = |words: &str| words.contains(BLANK) && text.contains(core(words));
    text.contains(BLANK) && (inserted(&words.zh) || inserted(&words.en))
}

/// Where the words for a slot stand in a text with every blank filled in; `None` where they do not.
pub fn filled(text: &str, words: &Words) -> Option<Range<usize>> {
    filled_in(text, &words.zh).or_else(|| filled_in(text, &words.en))
}

fn filled_in(text: &str, words: &str) -> Option<Range<usize>> {
    let mut pieces = core(words).split(BLANK);
    let first = pieces.next()?.trim();
    let start = text.find(first).filter(|_| words.contains(BLANK))?;
    let mut end = start + first.len();
    for piece in pieces.map(str::trim) {
        // What follows the last blank may have been written over; what stands between two may not.
        let rest = text[end..].find(piece).filter(|_| !piece.is_empty());
        let length = rest.unwrap_or_else(|| {
            let stop = text[end..].find(|c: char| scan::is_mark(c) || c == '\n');
            stop.unwrap_or(text.len() - end)
        });
        let told = text[end..end + length].trim();
        if told.is_empty() || told.contains(BLANK) {
            return None;
        }
        end += length + rest.map_or(0, |_| piece.len());
    }
    Some(start..end)
}

/// A stub without the marks and spaces at its ends, as it stands in a text.
fn core(stub: &str) -> &str {
    stub.trim_matches(|c: char| c.is_whitespace() || matches!(c, '，' | ',' | '：' | ':'))
}

/// Every blank of a text, in order.
pub fn blanks(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('_') {
        match found.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    // A longer or shorter line is somebody's own.
    found.retain(|blank| blank.len() == BLANK.len());
    found
}

/// The place in bytes for a place in UTF-16 units, as the page counts; the end for one beyond it.
pub fn from_utf16(text: &str, place: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= place {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}

/// The place in UTF-16 units for a place in bytes.
pub fn to_utf16(text: &str, place: usize) -> usize {
    text[..floor(text, place)]
        .chars()
        .map(char::len_utf16)
        .sum()
}

fn floor(text: &str, place: usize) -> usize {
    let mut place = place.min(text.len());
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    place
}

/// The stub as it may begin here: a comma or colon only after words.
fn leading(before: &str, stub: &str) -> String {
    let last = before.chars().next_back();
    let after_words = last.is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, ')' | '）' | '”' | '"' | '」' | '》' | '_' | '%')
    });
    let bare = stub
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | ':' | '：'));
    if after_words {
        return stub.trim_start_matches(' ').into();
    }
    // A block of its own keeps its line feed, but not at the very beginning.
    match stub.starts_with('\n') && !before.is_empty() && !before.ends_with('\n') {
        true => stub.into(),
        false => bare.into(),
    }
}

/// What stands between the text before and a stub: a space, except next to Chinese and before a mark.
fn gap(before: &str, stub: &str) -> &'static str {
    let (Some(last), Some(first)) = (before.chars().next_back(), stub.chars().next()) else {
        return "";
    };
    let tight = last.is_whitespace()
        || is_cjk(last)
        || is_cjk(first)
        || matches!(first, ',' | ':' | '\n')
        || matches!(last, '(' | '“' | '"');
    if tight { "" } else { " " }
}

/// What stands between a stub and the text after it.
fn trailing(stub: &str, after: &str) -> &'static str {
    let Some(first) = after.chars().next().filter(|c| c.is_alphanumeric()) else {
        return "";
    };
    if stub.ends_with(char::is_whitespace) {
        return "";
    }
    match (stub.chars().any(is_cjk), is_cjk(first)) {
        (true, _) => "，",
        (false, true) => "，",
        (false, false) => ", ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `|` is the caret and `[...]` the selection, in the text before and after.
    fn check(before: &str, stub: &str, after: &str) {
        let (text, selection) = place(before);
        let edit = insert(&text, selection, stub);
        let (text, selection) = place(after);
        assert_eq!(edit, Edit { text, selection }, "{stub:?} into {before:?}");
    }

    fn place(shown: &str) -> (String, Range<usize>) {
        let text = shown.replace(['|', '[', ']'], "");
        match (shown.find('|'), shown.find('['), shown.find(']')) {
            (Some(at), _, _) => (text, at..at),
            (_, Some(from), Some(to)) => (text, from..to - 1),
            _ => panic!("no caret in {shown:?}"),
        }
    }

    #[test]
    fn stubs_stand_with_the_right_spaces() {
        for (before, stub, after) in [
            ("|", ", for ___", "for [___]"),
            ("|", "，写给___看", "写给[___]看"),
            ("Explain rain|", ", as ___", "Explain rain, as [___]"),
            ("Explain rain |", ", as ___", "Explain rain as [___]"),
            ("write a poem|", "about ___", "write a poem about [___]"),
            ("write a poem |", "about ___", "write a poem about [___]"),
            ("写首诗|", "，主题是___", "写首诗，主题是[___]"),
            ("写首诗。|", "，主题是___", "写首诗。主题是[___]"),
            ("写首诗，|", "，主题是___", "写首诗，主题是[___]"),
            (
                "写首诗|要押韵",
                "，主题是___",
                "写首诗，主题是[___]，要押韵",
            ),
            ("plan |tonight", "for ___", "plan for [___], tonight"),
            ("写个plan|", "，按___列", "写个plan，按[___]列"),
            ("写个plan|", "for ___", "写个plan for [___]"),
            ("写首诗|", "about ___", "写首诗about [___]"),
            (
                "fix this|",
                "\n```\n___\n```\n",
                "fix this\n```\n[___]\n```\n",
            ),
            ("|", "\n```\n___\n```\n", "```\n[___]\n```\n"),
            ("say [this] now", "that", "say that| now"),
            ("写给[你]", "他", "写给他|"),
            ("a|", ", ___ to ___", "a, [___] to ___"),
        ] {
            check(before, stub, after);
        }
    }

    #[test]
    fn tab_goes_from_blank_to_blank() {
        let text = "from ___ to ___，给___看 ____";
        let (first, second, third) = (5..8, 12..15, 21..24);
        for (selection, back, expected) in [
            (0..0, false, Some(&first)),
            (first.clone(), false, Some(&second)),
            (9..9, false, Some(&second)),
            (second.clone(), false, Some(&third)),
            (third.clone(), false, None),
            (third.clone(), true, Some(&second)),
            (first.clone(), true, None),
            (0..0, true, None),
        ] {
            assert_eq!(
                next(text, selection.clone(), back).as_ref(),
                expected,
                "{selection:?} {back}"
            );
        }
        assert_eq!(next("no blank, a_b, ____", 0..0, false), None);
    }

    #[test]
    fn places_are_counted_as_the_page_does() {
        let text = "a字😀b";
        for (bytes, units) in [(0, 0), (1, 1), (4, 2), (8, 4), (9, 5)] {
            assert_eq!(
                (from_utf16(text, units), to_utf16(text, bytes)),
                (bytes, units)
            );
        }
        assert_eq!((from_utf16(text, 99), to_utf16(text, 99)), (9, 5));
    }

    proptest! {
        #[test]
        fn a_stub_keeps_what_stands_around(text in "\\PC{0,20}", from in 0usize..30, to in 0usize..30, stub in "[，, ]{0,2}\\PC{0,6}(___)?[看 ]?") {
            let (start, end) = (floor(&text, from.min(to)), floor(&text, from.max(to)));
            let edit = insert(&text, start..end, &stub);
            prop_assert!(edit.text.starts_with(&text[..start]) && edit.text.ends_with(&text[end..]));
            prop_assert!(edit.text.get(edit.selection.clone()).is_some());
        }

        #[test]
        fn blanks_are_blanks(text in "[_a字]{0,30}", place in 0usize..40, back: bool) {
            if let Some(blank) = next(&text, place..place, back) {
                prop_assert_eq!(&text[blank.clone()], BLANK);
                prop_assert_eq!(back, blank.end <= place);
            }
            let first = blanks(&text).into_iter().next();
            prop_assert_eq!(next(&text, 0..0, false), first);
        }
    }

    #[test]
    fn words_that_were_put_in_are_open_and_then_filled() {
        let words = |zh: &str, en: &str| Words {
            zh: zh.into(),
            en: en.into(),
        };
        let reader = words("，写给___看", "for ___");
        assert!(is_open("写个文案，写给___看", &reader));
        assert!(!is_open("写个文案，写给上班族看", &reader));
        assert!(is_open("a post for ___", &reader));
        for (text, words, part) in [
            (
                "写个文案，写给上班族看，轻松点",
                &reader,
                Some("写给上班族看"),
            ),
            ("写个文案，写给___看", &reader, None),
            ("a post for nurses, short", &reader, Some("for nurses")),
            ("a post for ", &reader, None),
            (
                "一篇，300字左右",
                &words("，___字左右", ""),
                Some("一篇，300字左右"),
            ),
            (
                "为了，期望甲，实际乙。",
                &words("，期望___，实际___", ""),
                Some("期望甲，实际乙"),
            ),
            ("期望甲，实际___", &words("，期望___，实际___", ""), None),
        ] {
            assert_eq!(
                filled(text, words).map(|range| &text[range]),
                part,
                "{text}"
            );
        }
    }
}
