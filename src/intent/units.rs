//! Text to units: Chinese characters, words, marks, and whole quotations, titles, code spans and addresses as one unit
//! each.

use super::han::simplified;
use std::ops::Range;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// One Chinese or Japanese character.
    Han,
    /// A run of other letters; what follows an apostrophe is a unit of its own.
    Word,
    /// A run of digits.
    Number,
    /// One punctuation mark, symbol or line break.
    Mark,
    /// An emoji or another picture.
    Picture,
    /// A quotation with its marks.
    Quote,
    /// A work's title in 《》.
    Title,
    /// A span between backticks.
    Code,
    /// The address of a page or of a mailbox.
    Address,
}

/// A unit of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Byte offset of its first character.
    pub start: usize,
    /// Byte offset after its last character.
    pub end: usize,
    /// Its folded form (lower case, simplified, half width) hashed; all numbers, quotations and so on are alike.
    pub hash: u32,
    /// A hash of the first four letters of a longer word, which its inflected forms share; otherwise 0.
    pub stem: u32,
    /// What it is.
    pub sort: Sort,
}

/// Splits a text into units. White space but line breaks belongs to none.
pub fn units(text: &str) -> Vec<Unit> {
    let mut found = Vec::with_capacity(text.len() / 3);
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if let Some(length) = address(&text[at..]) {
            let sort = Sort::Address;
            found.push(Unit {
                start: at,
                end: at + length,
                hash: sort as u32,
                stem: 0,
                sort,
            });
            at += length;
            continue;
        }
        let end = at + length(&text[at..], first);
        if first == '\n' || !first.is_whitespace() {
            push(&mut found, text, at..end, first);
        }
        at = end;
    }
    found
}

/// The sentences of a text, as ranges of its units; each has at least one unit and keeps the mark that ends it.
pub fn sentences(text: &str, units: &[Unit]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for (place, unit) in units.iter().enumerate() {
        let next = units.get(place + 1);
        let ends = unit.sort == Sort::Mark && ends_sentence(text, unit, next);
        // Of several closing marks the last one ends the sentence.
        let goes_on =
            next.is_some_and(|next| next.sort == Sort::Mark && ends_sentence(text, next, None));
        if (ends && !goes_on) || next.is_none() {
            found.push(from..place + 1);
            from = place + 1;
        }
    }
    found
}

/// Mixes a number into a hash.
pub fn mix(hash: u32, value: u32) -> u32 {
    let mixed = (hash.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B1);
    mixed ^ mixed >> 15
}

/// The hash of a word as it stands in a text.
pub fn hash(word: &str) -> u32 {
    word.chars()
        .map(fold)
        .fold(1, |hash, c| mix(hash, u32::from(c)))
}

fn push(found: &mut Vec<Unit>, text: &str, range: Range<usize>, first: char) {
    let sort = sort(first, range.len());
    let word = &text[range.clone()];
    let (hash, stem) = match sort {
        Sort::Word => match contracted(word) {
            Some((at, head, tail)) => {
                let middle = range.start + at;
                found.push(Unit {
                    start: range.start,
                    end: middle,
                    hash: hash(head),
                    stem: 0,
                    sort,
                });
                found.push(Unit {
                    start: middle,
                    end: range.end,
                    hash: hash(tail),
                    stem: 0,
                    sort,
                });
                return;
            }
            None => (hash(word), stem(word)),
        },
        Sort::Han | Sort::Mark => (hash(word), 0),
        _ => (sort as u32, 0),
    };
    found.push(Unit {
        start: range.start,
        end: range.end,
        hash,
        stem,
        sort,
    });
}

/// How many bytes the unit takes that begins a text.
fn length(text: &str, first: char) -> usize {
    if let Some(close) = closing(first)
        && let Some(length) = bracketed(text, first, close)
    {
        return length;
    }
    let joins: fn(char) -> bool = if is_letter(first) {
        is_letter
    } else if first.is_ascii_digit() {
        |c| c.is_ascii_digit()
    } else {
        return first.len_utf8();
    };
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|next| next.1);
        let inside = matches!(c, '.' | ',' | ':')
            && first.is_ascii_digit()
            && after.is_some_and(|c| c.is_ascii_digit());
        if !joins(c) && !inside {
            return at;
        }
    }
    text.len()
}

/// The bytes of the address that a text begins with.
fn address(text: &str) -> Option<usize> {
    const LONGEST_NAME: usize = 64;
    const PAGES: [&str; 4] = ["http://", "https://", "www.", "ftp://"];
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let begins = |sign: &&str| {
        text.get(..sign.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(sign))
    };
    let is_page = PAGES.iter().any(begins);
    if !is_page {
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
        let mut rest = text.char_indices().take(LONGEST_NAME);
        let (at, c) = rest.find(|&(_, c)| !name(c))?;
        let host = (c == '@').then(|| text[at + 1..].split(|c: char| !name(c)).next())??;
        return host.contains('.').then_some(at + 1 + host.len());
    }
    let end = text.find(|c: char| !c.is_ascii_graphic());
    let whole = &text[..end.unwrap_or(text.len())];
    // What ends the sentence or closes a bracket around the address is no part of it.
    Some(
        whole
            .trim_end_matches(['.', ',', '!', '?', ';', ':', ')', ']', '>', '"', '\''])
            .len(),
    )
}

fn closing(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '“' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        '《' => Some('》'),
        '`' => Some('`'),
        _ => None,
    }
}

/// The bytes of a bracketed stretch that ends soon enough to be one.
fn bracketed(text: &str, open: char, close: char) -> Option<usize> {
    let mut chars = text.char_indices().skip(1).take(400);
    let end = chars.find(|&(_, c)| c == close)?.0 + close.len_utf8();
    (end > open.len_utf8() + close.len_utf8()).then_some(end)
}

fn sort(first: char, bytes: usize) -> Sort {
    let alone = bytes == first.len_utf8();
    match first {
        '《' if !alone => Sort::Title,
        '`' if !alone => Sort::Code,
        '"' | '“' | '「' | '『' if !alone => Sort::Quote,
        _ if is_letter(first) => Sort::Word,
        _ if first.is_ascii_digit() => Sort::Number,
        _ if is_han(first) => Sort::Han,
        '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}' => Sort::Picture,
        _ => Sort::Mark,
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\'' | '’')
        || (!c.is_ascii() && c.is_alphabetic() && !is_han(c))
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x3007 | 0x3041..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '’' | '‘' => '\'',
        '，' => ',',
        '。' => '.',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0)
            .unwrap_or(c)
            .to_ascii_lowercase(),
        _ if c.is_ascii() => c,
        _ => simplified(c),
    }
}

fn stem(word: &str) -> u32 {
    let mut letters = word.chars();
    let hash = letters
        .by_ref()
        .take(4)
        .map(fold)
        .fold(2, |hash, c| mix(hash, u32::from(c)));
    if letters.next().is_some() { hash } else { 0 }
}

/// A verb and what is joined to it: `don't`, `I'm`, and how they are typed in haste. With the place of the border.
fn contracted(word: &str) -> Option<(usize, &str, &str)> {
    if let Some(at) = word.find(['\'', '’']) {
        let (head, tail) = word.split_at(at);
        return (!head.is_empty()).then_some((at, head, tail));
    }
    const HASTY: [(&str, (&str, &str)); 13] = [
        ("im", ("i", "'m")),
        ("ive", ("i", "'ve")),
        ("dont", ("don", "'t")),
        ("doesnt", ("doesn", "'t")),
        ("didnt", ("didn", "'t")),
        ("cant", ("can", "'t")),
        ("wont", ("won", "'t")),
        ("isnt", ("isn", "'t")),
        ("whats", ("what", "'s")),
        ("thats", ("that", "'s")),
        ("hes", ("he", "'s")),
        ("youre", ("you", "'re")),
        ("arent", ("aren", "'t")),
    ];
    let found = HASTY
        .iter()
        .find(|(hasty, _)| word.eq_ignore_ascii_case(hasty));
    found.map(|&(_, (head, tail))| (word.len(), head, tail))
}

fn ends_sentence(text: &str, mark: &Unit, next: Option<&Unit>) -> bool {
    match &text[mark.start..mark.end] {
        "。" | "！" | "？" | "!" | "?" | "；" | ";" | "\n" | "…" => true,
        "." => next.is_none_or(|next| next.start > mark.end || next.sort == Sort::Han),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&[&str]]) {
        let units = units(text);
        let found: Vec<Vec<&str>> = sentences(text, &units)
            .into_iter()
            .map(|range| {
                units[range]
                    .iter()
                    .map(|unit| &text[unit.start..unit.end])
                    .collect()
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn texts_become_sentences_of_units() {
        check("", &[]);
        check(
            "我喜欢《蓝莲花》！你呢？",
            &[&["我", "喜", "欢", "《蓝莲花》", "！"], &["你", "呢", "？"]],
        );
        check(
            "I don't. Pi is 3.14",
            &[&["I", "don", "'t", "."], &["Pi", "is", "3.14"]],
        );
        check("说“我爱雨。”吧…", &[&["说", "“我爱雨。”", "吧", "…"]]);
        check(
            "wait?! \n`a b` \"",
            &[&["wait", "?", "!", "\n"], &["`a b`", "\""]],
        );
        check(
            "看https://a.cn/b?c=d!e，或写信到a.b@c.cn。",
            &[&[
                "看",
                "https://a.cn/b?c=d!e",
                "，",
                "或",
                "写",
                "信",
                "到",
                "a.b@c.cn",
                "。",
            ]],
        );
        check(
            "See www.a.org. Mail me@a.org, not @me",
            &[
                &["See", "www.a.org", "."],
                &["Mail", "me@a.org", ",", "not", "@", "me"],
            ],
        );
    }

    #[test]
    fn forms_of_a_word_are_alike() {
        for (one, other) in [
            ("I’m", "im"),
            ("DON'T", "dont"),
            ("喜歡", "喜欢"),
            ("ＡＢ", "ab"),
            ("2020", "7"),
        ] {
            let hashes = |text: &str| units(text).iter().map(|unit| unit.hash).collect::<Vec<_>>();
            assert_eq!(hashes(one), hashes(other), "{one} {other}");
        }
    }
}
