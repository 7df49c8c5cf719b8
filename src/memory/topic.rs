//! What a preference is about: the user's words, and a key under which other wordings of it meet.
//!
//! A key is a few stemmed English words or Chinese pieces with one space between. Known words are replaced by the
//! name of their group in the lexicon, so that 雨天, 下雨, 下雨天 and "rainy days" have one key.

mod han;
mod lexicon;
mod split;
mod stem;

pub use han::simplify;

use lexicon::LEXICON;
use std::collections::BTreeSet;

/// The version of the lexicon and of the way keys are made: stored keys of another version are made again. Goes up by
/// one with every change of either after a release.
pub const VERSION: u32 = 1;

/// How two topics stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same thing.
    Same,
    /// The first holds the second: films and horror films.
    Broader,
    /// The second holds the first.
    Narrower,
    /// Written alike, and perhaps the same.
    Near,
    /// Nothing to do with each other, as far as words tell.
    Apart,
}

/// The key of a topic. Empty only where there is no letter or digit in the text.
pub fn key(text: &str) -> String {
    let units = split::units(text);
    let whole = units.join(" ");
    match LEXICON.find(&whole) {
        Some(name) => name.to_owned(),
        None => whole,
    }
}

/// How the topics of two keys stand to each other.
pub fn relate(a: &str, b: &str) -> Relation {
    if a.is_empty() || b.is_empty() {
        Relation::Apart
    } else if a == b || same_words(a, b) {
        Relation::Same
    } else if holds(a, b) {
        Relation::Broader
    } else if holds(b, a) {
        Relation::Narrower
    } else if may_be_alike(a, b) && likeness(a, b) >= NEAR {
        Relation::Near
    } else {
        Relation::Apart
    }
}

/// Finds how many topics stand to one, at little cost for those that have nothing to do with it.
#[derive(Debug)]
pub struct Finder {
    key: String,
    above: Vec<String>,
    below: BTreeSet<&'static str>,
}

impl Finder {
    /// For the topic of a key.
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            above: above(key),
            below: below(std::iter::once(key)),
        }
    }

    /// How another topic stands to this one, as [`relate`] tells it.
    pub fn relation(&self, other: &str) -> Relation {
        if self.may_meet(other) {
            relate(other, &self.key)
        } else {
            Relation::Apart
        }
    }

    fn may_meet(&self, other: &str) -> bool {
        let key = self.key.as_str();
        let tails = std::iter::successors(Some(other), |rest| {
            rest.split_once(' ').map(|(_, tail)| tail)
        });
        let mut named = tails.map(|tail| tail == key || self.below.contains(tail));
        let (long, short) = (key.len().max(other.len()), key.len().min(other.len()));
        let alike = long * 3 <= short * 7
            && key.chars().next() == other.chars().next()
            && key.chars().next_back() == other.chars().next_back();
        alike
            || named.any(|named| named)
            || other.ends_with(key)
            || key.ends_with(other)
            || self.above.iter().any(|name| name == other)
    }
}

/// The slot of the style of answers that a key fills, such as `#length`; of its words the last known one tells.
pub fn style_slot(key: &str) -> Option<&'static str> {
    let words = key.split(' ').rev();
    LEXICON
        .slot(key)
        .or_else(|| words.into_iter().find_map(|word| LEXICON.slot(word)))
}

/// Whether a phrase names a style of answers: a language, a length, a form, emoji.
pub fn is_style(phrase: &str) -> bool {
    LEXICON.is_style(&lexicon::stems(phrase))
}

/// The keys of what holds a topic, nearest first: its head noun and the groups above.
pub fn above(key: &str) -> Vec<String> {
    let mut found: Vec<String> = LEXICON.parents(key).to_vec();
    if LEXICON.find(key).is_none() {
        let mut rest = key;
        while let Some((_, tail)) = rest.split_once(' ') {
            found.push(LEXICON.find(tail).unwrap_or(tail).to_owned());
            rest = tail;
        }
    }
    let mut next = 0;
    while let Some(name) = found.get(next) {
        for parent in LEXICON.parents(name) {
            if !found.contains(parent) {
                found.push(parent.clone());
            }
        }
        next += 1;
    }
    found
}

/// The names of every group that one of these holds, the names themselves left out.
pub fn below<'n>(names: impl Iterator<Item = &'n str>) -> BTreeSet<&'static str> {
    LEXICON.below(names)
}

/// The units of a text for comparing with those of keys: stems, and known words by the names of their groups.
pub fn words(text: &str) -> Vec<String> {
    split::pieces(text)
}

/// From this likeness on two keys may mean one thing.
const NEAR: f32 = 0.6;

fn holds(a: &str, b: &str) -> bool {
    // A single letter of an unknown word is no head noun.
    let long = a.chars().count() > 1;
    let known = LEXICON.find(b).is_some();
    above(b).iter().any(|name| name == a)
        || (!known && long && is_han(a) && b.len() > a.len() && b.ends_with(a))
}

fn is_han(key: &str) -> bool {
    !key.is_ascii() && !key.contains(' ')
}

fn same_words(a: &str, b: &str) -> bool {
    let sorted = |key: &'_ str| {
        let mut words: Vec<String> = key.split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    a.len() == b.len() && sorted(a) == sorted(b)
}

/// Words that both are known, or of which one has all the other's, differ in what they mean: coffee and coffee shops.
fn may_be_alike(a: &str, b: &str) -> bool {
    let within = |a: &str, b: &str| {
        a.split(' ')
            .all(|word| b.split(' ').any(|other| other == word))
    };
    let known = LEXICON.find(a).is_some() && LEXICON.find(b).is_some();
    !known && !within(a, b) && !within(b, a)
}

/// The share of pairs of neighbouring letters that two keys have in common, 0 to 1.
fn likeness(a: &str, b: &str) -> f32 {
    let pairs = |key: &str| -> Vec<(char, char)> { key.chars().zip(key.chars().skip(1)).collect() };
    let (a, mut b) = (pairs(a), pairs(b));
    let total = a.len() + b.len();
    let mut common = 0;
    for pair in &a {
        if let Some(at) = b.iter().position(|other| other == pair) {
            b.swap_remove(at);
            common += 1;
        }
    }
    2.0 * common as f32 / total.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_one_thing_have_one_key() {
        for wordings in [
            &[
                "雨天",
                "下雨天",
                "下雨",
                "rainy days",
                "Rain",
                "it rains",
                "the rain",
            ][..],
            &["看電影", "电影", "movies", "watching films", "a film"],
            &["咖啡", "喝咖啡", "coffee", "drinking coffee"],
            &["香菜", "cilantro", "coriander leaves"],
            &["西红柿", "番茄", "tomatoes", "吃番茄"],
            &["所有会议", "meetings", "all meetings", "开会"],
            &["狗", "dogs of every kind", "any dog", "dogs in general"],
            &["地鐵", "捷運", "taking the subway", "riding the metro"],
            &["恐怖片", "horror films", "scary movies", "恐怖电影"],
            &["吃辣", "辣的", "spicy food"],
            &["骑自行车", "bikes", "cycling", "單車"],
        ] {
            let first = key(wordings[0]);
            for wording in wordings {
                assert_eq!(key(wording), first, "{wording}");
            }
        }
    }

    #[test]
    fn relations() {
        use Relation::{Apart, Broader, Narrower, Near, Same};
        for (a, b, relation) in [
            ("咖啡", "拿铁", Broader),
            ("horror films", "films", Narrower),
            ("周一的例会", "会议", Narrower),
            ("Monday stand-ups", "meetings", Narrower),
            ("音乐", "古典音乐", Broader),
            ("meetings before 10am", "meetings", Narrower),
            ("绿茶", "红茶", Apart),
            ("chinese tea", "tea", Narrower),
            ("上海菜", "上海话", Apart),
            ("running shoes", "running", Apart),
            ("coffee shops", "coffee", Apart),
            ("克里斯托弗诺兰", "克里斯托夫诺兰", Near),
            ("hot dogs", "dogs", Apart),
            ("推理漫画", "漫画", Narrower),
            ("films by Tarkovsky", "Tarkovsky films", Same),
            ("打雷", "下雨", Apart),
        ] {
            assert_eq!(
                relate(&key(a), &key(b)),
                relation,
                "{a} / {b}: {} / {}",
                key(a),
                key(b)
            );
        }
    }

    #[test]
    fn styles_have_slots() {
        for (text, slot) in [
            ("简短", Some("#length")),
            ("detailed answers", Some("#length")),
            ("用英文", Some("#language")),
            ("bullet points", Some("#format")),
            ("coffee", None),
        ] {
            assert_eq!(style_slot(&key(text)), slot, "{text}: {}", key(text));
        }
    }
}
