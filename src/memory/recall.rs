//! Which preferences go with a request, chosen the same way every time.
//!
//! In order: pinned ones; boundaries and style; what the question speaks of, best match first; the latest said first.
//! What has nothing to do with the question stays at home.

use super::lists::list;
use super::section;
use super::{Book, Kind, PrefId, Preference, Scope, Slot, topic};
use crate::i18n::Lang;
use crate::id::ChatId;
use crate::text::ends;
use crate::tokens;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

/// The tokens that memory may take of a request unless the user sets another number.
pub const BUDGET: u32 = 300;

/// Of a longer question only both ends are read, in bytes: what is asked stands first or last, and between them is what
/// it is asked about.
const HEAD: usize = 6_000;
const TAIL: usize = 3_000;

/// Where a question is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The conversation.
    pub chat: ChatId,
    /// The persona's id, if one speaks.
    pub persona: Option<String>,
    /// The language in which the section is written.
    pub lang: Lang,
}

/// What goes with a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recalled {
    /// The chosen preferences in the order of the section.
    pub chosen: Vec<Chosen>,
    /// The section for the system message; empty where nothing is chosen.
    pub text: String,
    /// Its length in tokens, estimated; never above the budget.
    pub tokens: u32,
}

/// A chosen preference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Which.
    pub id: PrefId,
    /// Why.
    pub why: Why,
    /// What its line costs in tokens, estimated.
    pub tokens: u32,
}

/// Why a preference is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The user pinned it.
    Pinned,
    /// It is a boundary.
    Boundary,
    /// It says how answers should be, or what someone is called.
    Style,
    /// The question speaks of it.
    Match,
}

/// Chooses for a question, within a budget of tokens. `now` is in milliseconds since 1970.
///
/// Only what is active and within its time goes; a limited time hides the lasting preference that it stands over, and a
/// persona's or conversation's own hides that of everywhere.
pub fn recall(book: &Book, question: &str, place: &Place, budget: u32, now: i64) -> Recalled {
    let here: Vec<&Preference> = book
        .all()
        .filter(|pref| pref.holds(now) && is_here(pref, place))
        .collect();
    if here.is_empty() {
        return Recalled::default();
    }
    let over = Over::new(&here);
    let asked = Asked::new(&ends(question, HEAD, TAIL));
    let mut found: Vec<(Why, Reverse<u32>, Reverse<i64>, &Preference)> = here
        .into_iter()
        .filter(|pref| !over.hides(pref))
        .filter_map(|pref| {
            let score = asked.score(pref);
            Some((
                why(pref, score, &asked)?,
                Reverse(score),
                Reverse(pref.last_seen),
                pref,
            ))
        })
        .collect();
    let order = |a: &(Why, Reverse<u32>, Reverse<i64>, &Preference),
                 b: &(Why, Reverse<u32>, Reverse<i64>, &Preference)| {
        (a.0, a.1, a.2, &a.3.id).cmp(&(b.0, b.1, b.2, &b.3.id))
    };
    // No line is shorter than this, so that those behind are not looked at: they need no order.
    let most = (budget / SHORTEST + MISSES) as usize;
    if found.len() > most {
        found.select_nth_unstable_by(most, order);
        found.truncate(most);
    }
    found.sort_unstable_by(order);
    fill(
        &found
            .into_iter()
            .map(|(why, _, _, pref)| (why, pref))
            .collect::<Vec<_>>(),
        place.lang,
        budget,
    )
}

/// The tokens that the line of a preference takes of a request, estimated.
pub fn cost(pref: &Preference, lang: Lang) -> u32 {
    tokens::estimate(&section::line(pref, lang))
}

/// The costs of many lines, kept from one time to the next: only what has changed is counted again.
#[derive(Clone, Debug, Default)]
pub struct Costs(BTreeMap<PrefId, (u64, u32)>);

impl Costs {
    /// As [`cost`].
    pub fn of(&mut self, pref: &Preference, lang: Lang) -> u32 {
        let mut hasher = DefaultHasher::new();
        (&pref.topic, &pref.condition, pref.strength, pref.kind).hash(&mut hasher);
        (pref.slot.as_ref().map(Slot::name), lang).hash(&mut hasher);
        let print = hasher.finish();
        match self.0.get(&pref.id) {
            Some((same, cost)) if *same == print => *cost,
            _ => {
                let cost = cost(pref, lang);
                self.0.insert(pref.id.clone(), (print, cost));
                cost
            }
        }
    }
}

/// The section with these lines, as it was written when they went along.
pub fn rewrite(prefs: &[Preference], lang: Lang) -> String {
    if prefs.is_empty() {
        return String::new();
    }
    let (head, foot) = section::frame(lang);
    let lines = prefs.iter().map(|pref| section::line(pref, lang));
    [head, &lines.collect::<String>(), foot].concat()
}

fn fill(found: &[(Why, &Preference)], lang: Lang, budget: u32) -> Recalled {
    let (head, foot) = section::frame(lang);
    let mut text = String::from(head);
    // The estimate of a whole is at most the sum of its parts' estimates.
    let mut spent = tokens::estimate(head) + tokens::estimate(foot);
    let mut chosen = Vec::new();
    let mut misses = 0;
    for (why, pref) in found {
        let line = section::line(pref, lang);
        let cost = tokens::estimate(&line);
        if spent + cost > budget {
            misses += 1;
            if misses == MISSES {
                break;
            }
            continue;
        }
        spent += cost;
        text.push_str(&line);
        chosen.push(Chosen {
            id: pref.id.clone(),
            why: *why,
            tokens: cost,
        });
    }
    if chosen.is_empty() {
        return Recalled::default();
    }
    text.push_str(foot);
    Recalled {
        chosen,
        tokens: tokens::estimate(&text),
        text,
    }
}

/// Tokens of the shortest line that there can be, or fewer.
const SHORTEST: u32 = 2;
/// After so many lines that do not fit, no shorter one is looked for.
const MISSES: u32 = 16;

fn is_here(pref: &Preference, place: &Place) -> bool {
    match &pref.scope {
        Scope::Everywhere => true,
        Scope::Persona(id) => place.persona.as_ref() == Some(id),
        Scope::Chat(chat) => *chat == place.chat,
    }
}

fn why(pref: &Preference, score: u32, asked: &Asked) -> Option<Why> {
    let named = matches!(pref.slot, Some(Slot::Name | Slot::Assistant));
    match pref.kind {
        _ if pref.pinned => Some(Why::Pinned),
        // What must not be eaten matters where food is spoken of; every other boundary always does.
        Kind::Boundary => (score >= FLOOR || !asked.is_edible(&pref.key)).then_some(Why::Boundary),
        Kind::Style => Some(Why::Style),
        _ if named => Some(Why::Style),
        _ => (score >= FLOOR).then_some(Why::Match),
    }
}

/// The topics and slots that a limited time or a narrower scope stands over.
struct Over<'p> {
    keys: BTreeSet<(&'p str, String)>,
    slots: Vec<(&'p Slot, String)>,
    any: bool,
}

impl<'p> Over<'p> {
    fn new(here: &[&'p Preference]) -> Self {
        let above = || here.iter().filter(|pref| rank(pref) > 0);
        Self {
            keys: above()
                .map(|pref| (pref.key.as_str(), pref.condition_key()))
                .collect(),
            slots: above()
                .filter_map(|pref| Some((pref.slot.as_ref()?, pref.condition_key())))
                .collect(),
            any: above().next().is_some(),
        }
    }

    fn hides(&self, pref: &Preference) -> bool {
        if !self.any || rank(pref) > 0 {
            return false;
        }
        let condition = pref.condition_key();
        let slot = |slot: &Slot| {
            self.slots
                .iter()
                .any(|(other, when)| *other == slot && *when == condition)
        };
        pref.slot.as_ref().is_some_and(slot) || self.keys.contains(&(pref.key.as_str(), condition))
    }
}

/// What stands over what: lasting and everywhere is lowest.
fn rank(pref: &Preference) -> u8 {
    u8::from(pref.until.is_some()) + u8::from(pref.scope != Scope::Everywhere)
}

/// From this score on, of 100, a preference has to do with a question.
const FLOOR: u32 = 40;

/// What a question speaks of.
struct Asked {
    /// The question's letters, simplified and in lower case.
    text: String,
    /// The letters that `text` is made of, in order.
    letters: Vec<char>,
    /// Names of topics, and how much they have to do with it, to 100.
    names: BTreeMap<String, u32>,
    edible: BTreeSet<&'static str>,
    slots: Vec<Slot>,
}

impl Asked {
    fn new(question: &str) -> Self {
        let text: String = question
            .chars()
            .map(topic::simplify)
            .collect::<String>()
            .to_lowercase();
        let units = topic::words(question);
        let mut names: BTreeMap<String, u32> = BTreeMap::new();
        let mut add = |name: &str, score: u32| {
            let entry = names.entry(name.to_owned()).or_default();
            *entry = score.max(*entry);
        };
        for unit in units.iter().filter(|unit| !COMMON.contains(&unit.as_str())) {
            add(unit, 100);
            topic::above(unit).iter().for_each(|name| add(name, 70));
        }
        topic::below(units.iter().map(String::as_str))
            .iter()
            .for_each(|name| add(name, 80));
        let edible = topic::below(["food", "drink"].into_iter());
        let hungry = contains(&text, &HUNGRY)
            || units
                .iter()
                .any(|unit| edible.contains(unit.as_str()) || unit == "food" || unit == "drink");
        if hungry {
            edible.iter().for_each(|name| add(name, FLOOR));
        }
        let mut letters: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
        letters.sort_unstable();
        let slots = SLOTS
            .iter()
            .filter(|(_, words)| contains(&text, words))
            .map(|(slot, _)| slot.clone());
        let diet = hungry.then(|| Slot::Style("#diet".to_owned()));
        Self {
            slots: slots.chain(diet).collect(),
            letters,
            text,
            names,
            edible,
        }
    }

    /// How much a preference has to do with the question, to 100.
    fn score(&self, pref: &Preference) -> u32 {
        let topic = self.key_score(&pref.key);
        let slot = pref
            .slot
            .as_ref()
            .is_some_and(|slot| self.slots.contains(slot));
        topic.max(if slot { 60 } else { 0 })
    }

    fn key_score(&self, key: &str) -> u32 {
        if let Some(score) = self.names.get(key) {
            return *score;
        }
        let unit = |unit: &str| {
            // Looking for the first letter alone spares most units the search through the text.
            let begun = |c: char| self.letters.binary_search(&c).is_ok();
            let spelt = || {
                unit.chars().next().is_some_and(begun)
                    && unit.chars().nth(1).is_some()
                    && self.text.contains(unit)
            };
            self.names
                .get(unit)
                .copied()
                .unwrap_or(if spelt() { 100 } else { 0 })
        };
        match key.rsplit_once(' ') {
            None => unit(key),
            // The head noun counts more than what stands before it.
            Some((before, head)) => {
                let count = before.split(' ').count().max(1) as u32;
                let rest: u32 = before.split(' ').map(unit).sum();
                (unit(head) * 6 + rest * 4 / count) / 10
            }
        }
    }

    fn is_edible(&self, key: &str) -> bool {
        self.edible.contains(key)
            || topic::above(key)
                .iter()
                .any(|name| name == "food" || name == "drink")
    }
}

fn contains(text: &str, words: &[&str]) -> bool {
    let latin = |word: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|part| part == word)
    };
    words.iter().any(|word| {
        if word.is_ascii() {
            latin(word)
        } else {
            text.contains(word)
        }
    })
}

/// Stems that questions have and that are no topic.
static COMMON: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "i|the|a|an|to|of|and|or|in|on|for|is|ar|it|what|how|me|mi|do|can|with|that|thi|you|your|pleas|\
         help|mak|giv|tel|like|good|best|be|at|my|we|us|work|writ|code|test",
    )
});

/// Words by which a question is about eating and drinking.
static HUNGRY: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "吃|喝|餐|饭|菜|食|美食|外卖|点什么|饿|渴|做菜|厨|零食|eat|eating|food|foods|restaurant|\
         restaurants|recipe|recipes|cook|cooking|dinner|lunch|breakfast|snack|snacks|meal|meals|dish|\
         dishes|drink|drinks|dessert|desserts|hungry|menu|bake|brunch|takeout|supper|groceries|\
         ingredients",
    )
});

/// Words by which a question is about a slot.
const SLOTS: &[(Slot, &[&str])] = &[
    (
        Slot::Residence,
        &[
            "附近",
            "天气",
            "本地",
            "当地",
            "周边",
            "我家",
            "我这",
            "这边",
            "nearby",
            "weather",
            "local",
            "near",
            "neighbourhood",
            "neighborhood",
            "city",
            "town",
            "timezone",
            "commute",
        ],
    ),
    (
        Slot::Job,
        &[
            "工作",
            "职业",
            "简历",
            "求职",
            "面试",
            "跳槽",
            "升职",
            "同事",
            "job",
            "career",
            "resume",
            "cv",
            "interview",
            "promotion",
            "colleague",
            "coworker",
            "boss",
        ],
    ),
    (
        Slot::Age,
        &["年龄", "岁", "退休", "age", "old", "retire", "retirement"],
    ),
];
