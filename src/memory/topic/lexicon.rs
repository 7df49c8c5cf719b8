//! Words that mean the same, in Chinese and English, and what is a kind of what.
//!
//! The table is text, one group a line: `name<parent+parent|alias|alias`. A name is English and stands for the
//! group in keys; a parent that begins with `#` is a slot, in which one value replaces another ([`Lexicon::slot`]), and
//! `*` marks a word for the style of answers without one.

use super::stem::stem;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The table, read once.
pub static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("lexicon.txt")));

/// Marks of words for the style of answers.
const STYLES: &[&str] = &[
    "*",
    "#language",
    "#length",
    "#format",
    "#tone",
    "#units",
    "#spelling",
    "#code",
];

/// Groups of words, found by any of them.
#[derive(Debug)]
pub struct Lexicon {
    /// Stemmed names and aliases in order, each with its group.
    words: Vec<(String, usize)>,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    name: String,
    parents: Vec<String>,
    slot: Option<&'static str>,
    style: bool,
}

impl Lexicon {
    /// The name of the group that a stemmed phrase or Chinese word belongs to.
    pub fn find(&self, phrase: &str) -> Option<&str> {
        self.group(phrase).map(|group| group.name.as_str())
    }

    /// The names of the groups directly above this one; none where the phrase is not known.
    pub fn parents(&self, phrase: &str) -> &[String] {
        self.group(phrase).map_or(&[], |group| &group.parents)
    }

    /// The slot of the style of answers that a phrase fills, such as `#length`.
    pub fn slot(&self, phrase: &str) -> Option<&'static str> {
        self.group(phrase)?.slot
    }

    /// Whether a phrase is for the style of answers.
    pub fn is_style(&self, phrase: &str) -> bool {
        self.group(phrase).is_some_and(|group| group.style)
    }

    /// The names of every group below some names.
    pub fn below<'n>(&self, names: impl Iterator<Item = &'n str>) -> BTreeSet<&str> {
        let mut found: BTreeSet<&str> = BTreeSet::new();
        let mut level: Vec<&str> = names.collect();
        while !level.is_empty() {
            let under = |group: &&Group| {
                group
                    .parents
                    .iter()
                    .any(|parent| level.contains(&parent.as_str()))
            };
            let next: Vec<&str> = self
                .groups
                .iter()
                .filter(under)
                .map(|group| group.name.as_str())
                .collect();
            level = next.into_iter().filter(|name| found.insert(name)).collect();
        }
        found
    }

    fn group(&self, phrase: &str) -> Option<&Group> {
        let at = self
            .words
            .binary_search_by(|(word, _)| word.as_str().cmp(phrase))
            .ok()?;
        self.groups.get(self.words[at].1)
    }

    fn read(table: &'static str) -> Self {
        let mut words = Vec::new();
        let mut groups = Vec::new();
        for line in table.lines() {
            let mut parts = line.split('|');
            let head = parts.next().unwrap_or_default();
            let (name, parents) = head.split_once('<').unwrap_or((head, ""));
            let above = || parents.split('+').filter(|parent| !parent.is_empty());
            for word in std::iter::once(name).chain(parts) {
                words.push((stems(word), groups.len()));
            }
            groups.push(Group {
                name: stems(name),
                parents: above()
                    .filter(|p| !p.starts_with(['#', '*']))
                    .map(stems)
                    .collect(),
                slot: above().find(|p| p.starts_with('#')),
                style: above().any(|p| STYLES.contains(&p)),
            });
        }
        words.sort();
        Self { words, groups }
    }
}

/// The stems of the words of a phrase, with one space between.
pub(super) fn stems(phrase: &str) -> String {
    let words: Vec<String> = phrase.split(' ').map(stem).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_in_two_groups_and_every_parent_is_a_group() {
        for pair in LEXICON.words.windows(2) {
            let same_group = pair[0].1 == pair[1].1;
            assert!(pair[0].0 != pair[1].0 || same_group, "{:?}", pair[0].0);
        }
        for group in &LEXICON.groups {
            for parent in &group.parents {
                assert_eq!(
                    LEXICON.find(parent),
                    Some(parent.as_str()),
                    "above {}",
                    group.name
                );
            }
        }
    }

    #[test]
    fn nothing_is_above_itself() {
        for group in &LEXICON.groups {
            let mut level = vec![group.name.clone()];
            for _ in 0..8 {
                level = level
                    .iter()
                    .flat_map(|name| LEXICON.parents(name).to_vec())
                    .collect();
                assert!(!level.contains(&group.name), "{}", group.name);
            }
            assert!(level.is_empty(), "{}", group.name);
        }
    }
}
