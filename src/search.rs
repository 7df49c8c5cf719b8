//! Which messages a query finds, and the words around the hit. 中文 is found as it stands, without words being known.

use crate::text::lower;

mod index;

pub use index::{Hit, Index};

/// A query: every word must occur; words in quotation marks must occur as they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<Vec<char>>,
}

impl Query {
    /// The query in what a person typed.
    pub fn new(typed: &str) -> Self {
        let mut words = Vec::new();
        for (at, part) in typed.split(['"', '“', '”', '「', '」']).enumerate() {
            match at % 2 {
                1 => words.push(fold(part.trim())),
                _ => words.extend(part.split_whitespace().map(fold)),
            }
        }
        words.retain(|word| !word.is_empty());
        Self { words }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a text has every word of it.
    pub fn matches(&self, text: &str) -> bool {
        let text = fold(text);
        !self.is_empty() && self.words.iter().all(|word| find(&text, word).is_some())
    }
}

/// The words around the first hit, at most about `width` characters, in runs; `true` marks a hit.
pub fn snippet(text: &str, query: &Query, width: usize) -> Vec<(String, bool)> {
    let letters: Vec<char> = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let folded = fold(text);
    let first = query
        .words
        .iter()
        .filter_map(|word| find(&folded, word))
        .min()
        .unwrap_or(0);
    let from = first.saturating_sub(width / 3);
    let to = (from + width).min(letters.len());
    let mut marked = vec![false; letters.len()];
    for word in &query.words {
        let mut at = from;
        while let Some(hit) = find(&folded[at..to.max(at)], word) {
            marked[at + hit..at + hit + word.len()].fill(true);
            at += hit + word.len();
        }
    }
    let mut runs: Vec<(String, bool)> = Vec::new();
    if from > 0 {
        runs.push(("…".to_owned(), false));
    }
    for at in from..to {
        match runs.last_mut() {
            Some((run, mark)) if *mark == marked[at] => run.push(letters[at]),
            _ => runs.push((letters[at].to_string(), marked[at])),
        }
    }
    if to < letters.len() {
        runs.push(("…".to_owned(), false));
    }
    runs
}

/// One folded character for each character, so that places stay the same.
fn fold(text: &str) -> Vec<char> {
    text.chars().map(fold_char).collect()
}

/// The letters from à to ſ, small and without their marks, in order.
const BARE: &str = "aaaaaaaceeeeiiiidnooooo÷ouuuuyþyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiii\
    iiĳĳjjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Lower case without accents, and half width for full width.
fn fold_char(c: char) -> char {
    let narrow = match c {
        '\0'..='\x7f' => return c.to_ascii_lowercase(),
        // Most of what is written in Chinese, Japanese and Korean has no capitals.
        '\u{3001}'..='\u{a63f}' | '\u{ac00}'..='\u{d7ff}' => return c,
        // Its small letter is two characters; the dot is left out.
        'İ' => return 'i',
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    let small = lower(narrow);
    match small {
        'à'..='ſ' => {
            let nth = small as usize - 'à' as usize;
            BARE.chars().nth(nth).unwrap_or(small)
        }
        _ => small,
    }
}

fn find(text: &[char], word: &[char]) -> Option<usize> {
    let first = *word.first()?;
    let last = text.len().checked_sub(word.len())?;
    (0..=last).find(|at| text[*at] == first && text[*at..].starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn queries() {
        for (typed, text, found) in [
            ("下雨", "我讨厌下雨天", true),
            ("RUST wasm", "Wasm in rust", true),
            ("rust go", "only rust", false),
            ("\"in rust\"", "wasm in rust", true),
            ("\"rust in\"", "wasm in rust", false),
            ("ＡＢＣ", "abc", true),
            ("cafe", "Un CAFÉ, s’il vous plaît", true),
            ("Łódź", "lodz", true),
            ("ſtraße", "straße", true),
            ("", "anything", false),
        ] {
            assert_eq!(Query::new(typed).matches(text), found, "{typed} in {text}");
        }
    }

    #[test]
    fn snippets_mark_the_hits() {
        let runs = snippet("昨天下雨，今天下雨", &Query::new("下雨"), 60);
        let marked: Vec<&str> = runs
            .iter()
            .filter(|(_, mark)| *mark)
            .map(|(run, _)| run.as_str())
            .collect();
        assert_eq!(marked, ["下雨", "下雨"]);
    }

    proptest! {
        #[test]
        fn a_snippet_is_part_of_the_text(text in "[a-c一二İß\n ]{0,80}", typed in "[a-c一İ\" ]{0,6}") {
            let runs = snippet(&text, &Query::new(&typed), 20);
            let joined: String = runs.into_iter().map(|(run, _)| run).collect();
            let plain = joined.trim_matches('…').to_owned();
            prop_assert!(text.replace('\n', " ").contains(&plain));
        }
    }
}
