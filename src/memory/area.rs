//! Which part of life a preference belongs to: the lanes of the board by topic.

use super::{Kind, Preference, topic};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A part of life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Weather, seasons, ways to get about, travel.
    Weather,
    /// What is eaten and drunk.
    Food,
    /// Books, films, music, games.
    Culture,
    /// Sport, sleep, health.
    Body,
    /// Animals, plants, the sky.
    Nature,
    /// Work, school, talking to people.
    Work,
    /// Home, things, shopping, the city.
    Life,
    /// How answers should be.
    Style,
    /// Boundaries, and facts about the user.
    Own,
    /// What the words do not tell.
    #[default]
    Other,
}

impl Area {
    /// All of them, in the order of the board.
    pub const ALL: [Area; 10] = [
        Area::Weather,
        Area::Food,
        Area::Culture,
        Area::Body,
        Area::Nature,
        Area::Work,
        Area::Life,
        Area::Style,
        Area::Own,
        Area::Other,
    ];

    /// The area of a preference: by its kind where that tells, else by its topic and what holds the topic.
    pub fn of(pref: &Preference) -> Self {
        match pref.kind {
            Kind::Style => Area::Style,
            Kind::Boundary | Kind::Fact => Area::Own,
            Kind::Taste | Kind::Habit => Area::of_topic(&pref.key),
        }
    }

    fn of_topic(key: &str) -> Self {
        let own = std::iter::once(key.to_owned());
        // The topic itself, then what holds it, nearest first; a sentence tells by any of its words.
        let words = key
            .split(' ')
            .flat_map(|word| std::iter::once(word.to_owned()).chain(topic::above(word)));
        own.chain(topic::above(key))
            .chain(words)
            .find_map(|name| Area::of_group(&name))
            .unwrap_or_default()
    }

    /// The area of a group of the lexicon.
    fn of_group(name: &str) -> Option<Self> {
        BY_KEY.get(name).copied()
    }
}

/// The areas by the keys of their groups.
static BY_KEY: LazyLock<BTreeMap<String, Area>> = LazyLock::new(|| {
    let groups = AREAS
        .iter()
        .flat_map(|(area, names)| names.iter().map(|name| (topic::key(name), *area)));
    groups.collect()
});

/// The topmost groups of the lexicon by area.
const AREAS: [(Area, &[&str]); 8] = [
    (
        Area::Weather,
        &[
            "weather",
            "season",
            "transport",
            "travel",
            "outdoors",
            "driving",
            "walking",
            "traffic jam",
            "commute",
            "rush hour",
            "window seat",
            "aisle seat",
            "business trip",
            "hotel",
            "homestay",
            "hostel",
            "beach",
            "sea",
            "mountain",
        ],
    ),
    (
        Area::Food,
        &[
            "food",
            "drink",
            "lactose",
            "breakfast",
            "lunch",
            "dinner",
            "late-night snack",
            "vegetarian",
            "vegan",
            "pescatarian",
            "halal",
            "kosher",
            "keto",
            "gluten-free",
            "cooking",
            "baking",
            "restaurant",
            "cafe",
            "bar",
        ],
    ),
    (
        Area::Culture,
        &[
            "music",
            "book",
            "film",
            "game",
            "tv series",
            "variety show",
            "museum",
            "color",
            "dancing",
            "square dancing",
            "peking opera",
            "piano",
            "guitar",
            "violin",
            "drum",
            "concert",
            "karaoke",
            "singing",
            "tv",
            "news",
            "livestream",
            "podcast",
            "short video",
            "social media",
            "magazine",
            "newspaper",
            "painting",
            "photography",
            "film camera",
            "selfie",
            "calligraphy",
            "pottery",
            "knitting",
            "writing",
            "journaling",
            "exhibition",
            "library",
            "spoiler",
            "subtitle",
            "art",
            "history",
            "philosophy",
        ],
    ),
    (
        Area::Body,
        &[
            "sport",
            "gym",
            "meditation",
            "sleeping in",
            "getting up early",
            "staying up late",
            "going to bed early",
            "nap",
            "bath",
            "shower",
            "hot spring",
            "massage",
            "smoking",
            "injection",
            "hospital",
            "dentist",
            "pollen",
            "dust",
            "penicillin",
        ],
    ),
    (
        Area::Nature,
        &[
            "animal",
            "plant",
            "gardening",
            "forest",
            "star",
            "moon",
            "sunset",
            "sunrise",
            "zoo",
            "park",
        ],
    ),
    (
        Area::Work,
        &[
            "meeting",
            "work",
            "overtime",
            "phone call",
            "spam call",
            "voice message",
            "texting",
            "email",
            "remote work",
            "office",
            "open office",
            "deadline",
            "school",
            "study",
            "homework",
            "exam",
            "math",
            "physics",
            "chemistry",
            "biology",
            "geography",
            "politics",
            "programming",
            "small talk",
            "social event",
            "party",
            "being alone",
            "kid",
        ],
    ),
    (
        Area::Life,
        &[
            "home",
            "cleaning",
            "dishwashing",
            "bookkeeping",
            "shopping",
            "online shopping",
            "shopping livestream",
            "mall",
            "countryside",
            "city",
            "theme park",
            "roller coaster",
            "nightclub",
            "crowd",
            "noise",
            "silence",
            "height",
            "dark",
            "cigarette smell",
            "perfume",
            "air conditioning",
            "fireworks",
            "christmas",
            "chinese new year",
            "birthday",
            "queue",
            "advertisement",
            "clown",
            "ghost",
            "makeup",
            "skirt",
            "jeans",
            "suit",
            "high heels",
            "sneakers",
            "minimalism",
            "tattoo",
            "handwriting",
            "cash",
            "paper notebook",
            "mechanical keyboard",
            "iphone",
            "android",
        ],
    ),
    // Instructions on style are a kind of their own; here are tastes in the same words.
    (
        Area::Style,
        &["emoji", "dark mode", "light mode", "brief", "detailed"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn area(kind: Kind, words: &str) -> Area {
        Area::of(&Preference {
            kind,
            key: topic::key(words),
            ..Preference::default()
        })
    }

    #[test]
    fn areas() {
        for (words, expected) in [
            ("下雨天", Area::Weather),
            ("rainy days", Area::Weather),
            ("手冲咖啡", Area::Food),
            ("spicy food", Area::Food),
            ("爵士乐", Area::Culture),
            ("corgis", Area::Nature),
            ("跑步", Area::Body),
            ("周末早上开会", Area::Work),
            ("排队", Area::Life),
            ("达芬奇", Area::Other),
            ("", Area::Other),
        ] {
            assert_eq!(area(Kind::Taste, words), expected, "{words}");
        }
        assert_eq!(area(Kind::Style, "coffee"), Area::Style);
        assert_eq!(area(Kind::Boundary, "peanuts"), Area::Own);
    }

    #[test]
    fn every_group_is_one_that_the_lexicon_knows_and_in_one_area() {
        let names: Vec<&str> = AREAS
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        let unknown: Vec<_> = names
            .iter()
            .filter(|name| topic::words(name).len() != 1)
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert_eq!(BY_KEY.len(), names.len());
    }
}
