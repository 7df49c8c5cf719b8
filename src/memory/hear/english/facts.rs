//! Facts about the user: where, what, how old, what called, what kept at home, what is liked most.

use super::super::super::{Cue, Kind, Slot, Statement, topic};
use super::super::{Clause, Open, fact};
use super::object::{clean, parts};
use super::{Mood, adverbs, ends, starts};

/// "call me Bob", "my name is Katherine", "your name is Max".
pub fn name(clause: &Clause, text: &str, open: &mut Open) -> bool {
    const MINE: &[&str] = &[
        "call me",
        "please call me",
        "just call me",
        "my name is",
        "my name's",
        "i'm called",
        "i am called",
        "i go by",
        "i want you to call me",
        "you can call me",
        "i'd like you to call me",
        "i prefer to be called",
        "refer to me as",
        "address me as",
        "i like to be called",
        "i now go by",
        "everyone calls me",
        "people call me",
        "my friends call me",
    ];
    const YOURS: &[&str] = &[
        "your name is",
        "i'll call you",
        "i will call you",
        "i'm going to call you",
        "your new name is",
    ];
    let mine = MINE
        .iter()
        .filter_map(|lead| starts(text, lead))
        .min_by_key(|rest| rest.len());
    let yours = YOURS.iter().find_map(|lead| starts(text, lead));
    let (rest, slot) = match (mine, yours) {
        (Some(rest), _) => (rest, Slot::Name),
        (None, Some(rest)) => (rest, Slot::Assistant),
        _ => return false,
    };
    let rest = [
        "instead",
        "please",
        "from now on",
        "now",
        "from here on",
        "though",
        "again",
    ]
    .iter()
    .fold(rest, |rest, end| ends(rest, end).unwrap_or(rest));
    let rest = rest
        .split([',', '.', '!'])
        .next()
        .unwrap_or_default()
        .split(" from ")
        .next()
        .unwrap_or_default();
    if rest.is_empty()
        || rest.split(' ').count() > 3
        || ["when", "if", "back", "later", "what", "a"]
            .iter()
            .any(|word| starts(rest, word).is_some())
    {
        return false;
    }
    let mut statement = fact(clause.typed(rest), Some(slot));
    statement.strength = Some(1);
    open.add(statement);
    true
}

/// Other facts; `rest` stands after the subject.
pub fn read(clause: &Clause, rest: &str, mood: &Mood, open: &mut Open) -> bool {
    let mut mood = mood.clone();
    let body = adverbs(rest, &mut mood);
    if let Some(topics) = allergy(body) {
        for part in parts(clause.typed(clean(topics, &mut mood.clone()))) {
            open.add(Statement {
                kind: Kind::Boundary,
                strength: Some(-2),
                topic: part.to_owned(),
                cue: if mood.not { Cue::Retract } else { Cue::None },
                certainty: 95,
                ..Statement::default()
            });
        }
        return true;
    }
    if let Some(loved) = lover(body).filter(|_| !mood.past) {
        open.add(Statement {
            strength: Some(if mood.not { -1 } else { 2 }),
            topic: clause.typed(loved).to_owned(),
            cue: if mood.turned || body.starts_with("bec") {
                Cue::Correct
            } else {
                mood.cue
            },
            certainty: 85,
            ..Statement::default()
        });
        return true;
    }
    let found = place(body)
        .map(|topic| (topic, Some(Slot::Residence)))
        .or_else(|| age(body).map(|topic| (topic, Some(Slot::Age))))
        .or_else(|| diet(body).map(|topic| (topic, Some(Slot::Style("#diet".to_owned())))))
        .or_else(|| work(body, mood.turned).map(|topic| (topic, Some(Slot::Job))))
        .or_else(|| kept(rest).map(|topic| (topic, None)))
        .or_else(|| coffee(body).map(|topic| (topic, None)));
    let Some((topic, slot)) = found else {
        return false;
    };
    if mood.past {
        return true;
    }
    let mut statement = fact(clause.typed(topic), slot);
    if mood.not {
        statement.cue = Cue::Retract;
        statement.slot = None;
    } else if coffee(body).is_some() {
        statement.kind = Kind::Habit;
        statement.strength = Some(1);
    }
    open.add(statement);
    true
}

/// "My favourite colour is blue", "green is my favourite colour", "Sushi is my favourite".
pub fn favourite(clause: &Clause, text: &str, mood: &Mood, open: &mut Open) -> bool {
    let text = starts(text, "now").unwrap_or(text);
    let mut found = None;
    for word in [
        "my favourite",
        "my favorite",
        "my all-time favourite",
        "my all-time favorite",
        "my new favourite",
        "my new favorite",
    ] {
        if let Some(rest) = starts(text, word) {
            found = [
                " is now ",
                " is ",
                " are ",
                " has to be ",
                " would be ",
                " has always been ",
            ]
            .iter()
            .find_map(|is| rest.split_once(is));
        } else if let Some((value, rest)) = text.split_once(word) {
            let value = [
                "actually",
                "now",
                "really",
                "still",
                "probably",
                "definitely",
                "easily",
            ]
            .iter()
            .fold(value.trim_end(), |value, word| {
                ends(value, word).unwrap_or(value)
            });
            let value = [
                " is now",
                " is",
                " are",
                " was",
                "'s",
                " has become",
                " became",
            ]
            .iter()
            .find_map(|is| value.trim_end().strip_suffix(is));
            found = value.map(|value| (rest, value));
        }
        if found.is_some() {
            break;
        }
    }
    let Some((category, value)) = found else {
        return false;
    };
    let mut inner = Mood::default();
    let value = clean(value.trim_start_matches("now "), &mut inner);
    let category = topic::key(category.trim_start_matches(" kind of").trim());
    if value.is_empty() || value.split(' ').count() > 6 || super::tables::OTHERS.contains(&value) {
        return false;
    }
    let value = if super::tables::PRONOUNS.contains(&value) {
        open.topic.clone()
    } else {
        clause.typed(value).to_owned()
    };
    open.add(Statement {
        strength: Some(2),
        topic: value,
        slot: (!category.is_empty()).then_some(Slot::Favourite(category)),
        cue: if mood.cue == Cue::None {
            Cue::Correct
        } else {
            mood.cue
        },
        duration: mood.duration,
        certainty: 90,
        ..Statement::default()
    });
    true
}

/// "We moved to Denver".
pub fn moved(clause: &Clause, rest: &str, open: &mut Open) -> bool {
    let mut mood = Mood::default();
    let body = adverbs(rest, &mut mood);
    let Some(topic) = place(body).filter(|_| !mood.not && !mood.past) else {
        return false;
    };
    open.add(fact(clause.typed(topic), Some(Slot::Residence)));
    true
}

/// What a tea person or a film buff loves; a bookworm and a movie buff are words of their own.
fn lover(body: &str) -> Option<&str> {
    let body = [
        "am",
        "become",
        "became",
        "turned into",
        "a",
        "an",
        "such a",
        "more of a",
        "quite a",
        "total",
        "huge",
        "big",
        "real",
        "daily",
        "complete",
        "massive",
        "keen",
        "avid",
    ]
    .iter()
    .fold(body, |body, lead| starts(body, lead).unwrap_or(body));
    if ["bookworm", "cinephile", "gamer"].contains(&body) {
        return Some(body);
    }
    let (loved, word) = body
        .split([',', '.'])
        .next()?
        .split(" than ")
        .next()?
        .rsplit_once(' ')?;
    (super::tables::LOVERS.contains(&word) && loved.split(' ').count() < 4).then_some(loved)
}

fn allergy(body: &str) -> Option<&str> {
    if let Some(rest) = starts(body, "allergic to").or_else(|| starts(body, "am allergic to")) {
        return Some(rest);
    }
    let rest = ["have a", "have an", "have", "got a", "have got a", "a"]
        .iter()
        .find_map(|lead| starts(body, lead));
    let inner = rest.unwrap_or(body);
    if let Some(at) = inner.find(" allergy") {
        let topic = ["severe", "bad", "serious", "mild", "nut-type"]
            .iter()
            .find_map(|word| starts(&inner[..at], word));
        return Some(topic.unwrap_or(&inner[..at]));
    }
    let body = starts(body, "am").unwrap_or(body);
    body.strip_suffix(" intolerant")
        .filter(|what| what.split(' ').count() < 3)
}

fn place(body: &str) -> Option<&str> {
    let leads = [
        "live in",
        "live near",
        "live at",
        "living in",
        "am living in",
        "moved to",
        "have moved to",
        "relocated to",
        "have relocated to",
        "moved from",
        "based in",
        "am based in",
        "reside in",
        "settled in",
        "moved back to",
        "moving to",
        "am moving to",
        "just moved to",
        "moved into",
    ];
    let rest = leads.iter().find_map(|lead| starts(body, lead))?;
    let rest = rest.split_once(" to ").map_or(rest, |(_, to)| to);
    let ends_at = [
        " last ",
        " this ",
        " now",
        " in ",
        " for ",
        " with ",
        " since ",
        " because ",
        " recently",
        ", ",
        " these days",
        " a ",
        " two ",
        " when ",
        " after ",
        " at the ",
        " ago",
        " on ",
        " and ",
    ];
    let place = ends_at
        .iter()
        .fold(rest, |rest, end| rest.split(end).next().unwrap_or(rest));
    let flat = ["a", "an", "the"]
        .iter()
        .any(|word| starts(place, word).is_some());
    (!place.is_empty() && !flat && place.split(' ').count() < 4).then_some(place)
}

fn age(whole: &str) -> Option<&str> {
    let body = [
        "am",
        "turned",
        "just turned",
        "have turned",
        "have just turned",
        "turn",
    ]
    .iter()
    .find_map(|lead| starts(whole, lead))
    .unwrap_or(whole);
    let number = body.split(' ').next()?;
    let rest = body[number.len()..].trim();
    let digits =
        number.chars().all(|c| c.is_ascii_digit()) && !number.is_empty() && number.len() < 4;
    let turned = !std::ptr::eq(body, whole) && !whole.starts_with("am ");
    let told = rest.is_empty()
        || turned
        || rest.starts_with("years")
        || rest.starts_with("year")
        || rest == "now"
        || rest == "yo";
    (digits && told).then_some(number)
}

fn diet(body: &str) -> Option<&str> {
    let body = starts(body, "am").unwrap_or(body);
    let body = [
        "went",
        "gone",
        "have gone",
        "became",
        "turned",
        "have been",
        "been",
        "a",
        "an",
        "strictly",
        "eat",
        "keep",
        "went fully",
    ]
    .iter()
    .fold(body, |body, lead| starts(body, lead).unwrap_or(body));
    [
        "vegetarian",
        "vegan",
        "pescatarian",
        "halal",
        "kosher",
        "keto",
        "gluten-free",
    ]
    .into_iter()
    .find_map(|word| {
        let rest = starts(body, word)?;
        (rest.split(' ').count() < 4).then(|| &body[..word.len()])
    })
}

fn work(body: &str, turned: bool) -> Option<&str> {
    let sure = [
        "work as a",
        "work as an",
        "work as",
        "am working as a",
        "working as a",
        "working as an",
        "got a job as a",
        "got a job as an",
        "became a",
        "became an",
        "am employed as a",
        "started as a",
        "retrained as a",
        "retrained as an",
        "switched to being a",
        "switched careers to become a",
    ];
    let rest = sure.iter().find_map(|lead| starts(body, lead));
    let be = [
        "am now a",
        "am now an",
        "am a",
        "am an",
        "a",
        "an",
        "now a",
        "now an",
    ]
    .iter()
    .find_map(|lead| starts(body, lead));
    let text = rest.or(be)?;
    let cut = [
        " at ", " in ", " for ", " by ", " now", ", ", " and ", " with ", " these", " from ",
        " who ", " instead",
    ];
    let text = cut
        .iter()
        .fold(text, |text, end| text.split(end).next().unwrap_or(text))
        .trim();
    let last = text.rsplit(' ').next().unwrap_or_default();
    let works = [
        "er", "or", "ist", "ian", "ant", "nurse", "chef", "pilot", "student", "clerk", "coach",
        "cook", "vet", "lawyer", "agent", "analyst",
    ]
    .iter()
    .any(|end| last.ends_with(end));
    let not = [
        "beginner",
        "vegetarian",
        "lover",
        "hater",
        "person",
        "fan",
        "runner",
        "believer",
        "reader",
        "player",
        "gamer",
        "owner",
        "sleeper",
        "outsider",
        "listener",
        "eater",
        "drinker",
        "goer",
        "buff",
        "traveler",
        "traveller",
        "morning",
        "sucker",
        "monster",
        "mother",
        "father",
        "brother",
        "sister",
        "hiker",
        "smoker",
    ];
    let job = rest.is_some() || (works && !not.contains(&last)) || turned && works;
    (job && !text.is_empty() && text.split(' ').count() < 5).then_some(text)
}

/// "I have a dog named Max", "I've got two kids", "I'm left-handed".
fn kept(body: &str) -> Option<&str> {
    let leads = [
        "have got",
        "got",
        "have",
        "own",
        "keep",
        "adopted",
        "have adopted",
    ];
    if let Some(thing) = leads.iter().find_map(|lead| starts(body, lead)) {
        let first = thing.split(' ').next().unwrap_or_default();
        let counted = [
            "a", "an", "two", "three", "four", "five", "six", "2", "3", "4", "5", "one",
        ]
        .contains(&first);
        let no = [
            "question", "problem", "meeting", "idea", "issue", "feeling", "task", "bug", "exam",
            "deadline", "favor", "favour", "lot", "few", "bit", "file", "list", "look", "headache",
            "cold", "soft", "thing", "request", "chance", "hard", "plan", "test", "doubt",
        ];
        let abstract_thing = no.iter().any(|word| {
            thing
                .split(' ')
                .any(|part| part.trim_end_matches('s') == *word)
        });
        return (counted && !abstract_thing && thing.split(' ').count() < 7).then_some(thing);
    }
    let being = starts(body, "am").unwrap_or(body);
    let plain = [
        "left-handed",
        "right-handed",
        "colour-blind",
        "color-blind",
        "colorblind",
        "colourblind",
        "deaf",
        "blind",
        "diabetic",
        "dyslexic",
        "married",
        "single",
        "retired",
        "unemployed",
        "autistic",
    ];
    if let Some(word) = plain.iter().find(|word| starts(being, word).is_some()) {
        return Some(&being[..word.len()]);
    }
    let what = ["a", "an"].iter().find_map(|lead| starts(being, lead))?;
    let last = what.rsplit(' ').next().unwrap_or_default();
    ([
        "beginner",
        "diabetic",
        "mother",
        "father",
        "parent",
        "mom",
        "dad",
        "introvert",
        "extrovert",
        "native",
        "expat",
        "twin",
        "lefty",
        "smoker",
    ]
    .contains(&last)
        && what.split(' ').count() < 4)
        .then_some(what)
}

/// "I take my coffee black".
fn coffee(body: &str) -> Option<&str> {
    let rest = ["take my", "like my", "drink my", "have my", "prefer my"]
        .iter()
        .find_map(|lead| starts(body, lead))?;
    (2..=4).contains(&rest.split(' ').count()).then_some(rest)
}
