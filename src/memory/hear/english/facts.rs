//! Facts about the user: where, what, how old, what called, what kept at home, what is liked most.

use super::super::super::{Cue, Kind, Slot, Statement};
use super::super::{Clause, Open, fact};
use super::mood::{Mood, adverbs, starts};
use super::object::{clean, parts};

/// Other facts; `rest` stands after the subject.
pub fn read(clause: &Clause, rest: &str, mood: &Mood, open: &mut Open) -> bool {
    let mut mood = mood.clone();
    let body = adverbs(rest, &mut mood);
    if allergies(clause, body, &mood, open) || loves(clause, body, &mood, open) {
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

fn allergies(clause: &Clause, body: &str, mood: &Mood, open: &mut Open) -> bool {
    let Some(topics) = allergy(body) else {
        return false;
    };
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
    true
}

fn loves(clause: &Clause, body: &str, mood: &Mood, open: &mut Open) -> bool {
    let Some(loved) = lover(body).filter(|_| !mood.past) else {
        return false;
    };
    let turned = mood.turned || body.starts_with("bec");
    open.add(Statement {
        strength: Some(if mood.not { -1 } else { 2 }),
        topic: clause.typed(loved).to_owned(),
        cue: if turned { Cue::Correct } else { mood.cue },
        certainty: 85,
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
    let body = "am|become|became|turned into|a|an|such a|more of a|quite a|total|huge|big|real|\
         daily|complete|massive|keen|avid"
        .split('|')
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
    let rest = "have a|have an|have|got a|have got a|a"
        .split('|')
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
    let body = "am|turned|just turned|have turned|have just turned|turn"
        .split('|')
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
    let body = "went|gone|have gone|became|turned|have been|been|a|an|strictly|eat|keep|went fully"
        .split('|')
        .fold(body, |body, lead| starts(body, lead).unwrap_or(body));
    "vegetarian|vegan|pescatarian|halal|kosher|keto|gluten-free"
        .split('|')
        .find_map(|word| {
            let rest = starts(body, word)?;
            (rest.split(' ').count() < 4).then(|| &body[..word.len()])
        })
}

fn work(body: &str, turned: bool) -> Option<&str> {
    let sure = "work as a|work as an|work as|am working as a|working as a|working as an|got a job as a|\
        got a job as an|became a|became an|am employed as a|started as a|retrained as a|retrained as an|\
        switched to being a|switched careers to become a";
    let sure = sure.split('|').find_map(|lead| starts(body, lead));
    let be = "am now a|am now an|am a|am an|a|an|now a|now an"
        .split('|')
        .find_map(|lead| starts(body, lead));
    let cut = " at | in | for | by | now|, | and | with | these| from | who | instead";
    let text = cut
        .split('|')
        .fold(sure.or(be)?, |text, end| {
            text.split(end).next().unwrap_or(text)
        })
        .trim();
    let last = text.rsplit(' ').next().unwrap_or_default();
    let job = sure.is_some() || is_work(last, turned);
    (job && !text.is_empty() && text.split(' ').count() < 5).then_some(text)
}

/// Whether a word is the name of someone's work. After "now" more is taken for one.
fn is_work(word: &str, turned: bool) -> bool {
    const ENDS: &str =
        "er|or|ist|ian|ant|nurse|chef|pilot|student|clerk|coach|cook|vet|lawyer|agent|analyst";
    const OTHERS: &str = "beginner|vegetarian|lover|hater|person|fan|runner|believer|reader|player|\
        gamer|owner|sleeper|outsider|listener|eater|drinker|goer|buff|traveler|traveller|sucker|\
        monster|mother|father|brother|sister|hiker|smoker";
    let works = ENDS.split('|').any(|end| word.ends_with(end));
    works && (turned || !OTHERS.split('|').any(|other| word == other))
}

/// "I have a dog named Max", "I've got two kids", "I'm left-handed".
fn kept(body: &str) -> Option<&str> {
    let leads = "have got|got|have|own|keep|adopted|have adopted";
    if let Some(thing) = leads.split('|').find_map(|lead| starts(body, lead)) {
        let counted = "a|an|two|three|four|five|six|2|3|4|5|one"
            .split('|')
            .any(|count| starts(thing, count).is_some());
        let passing = thing
            .split(' ')
            .any(|part| is_passing(part.trim_end_matches('s')));
        return (counted && !passing && thing.split(' ').count() < 7).then_some(thing);
    }
    let being = starts(body, "am").unwrap_or(body);
    let plain = "left-handed|right-handed|colour-blind|color-blind|colorblind|colourblind|deaf|blind|\
        diabetic|dyslexic|married|single|retired|unemployed|autistic";
    if let Some(word) = plain.split('|').find(|word| starts(being, word).is_some()) {
        return Some(&being[..word.len()]);
    }
    let what = ["a", "an"].iter().find_map(|lead| starts(being, lead))?;
    let last = what.rsplit(' ').next().unwrap_or_default();
    let known = "beginner|diabetic|mother|father|parent|mom|dad|introvert|extrovert|native|expat|twin|\
        lefty|smoker";
    (known.split('|').any(|word| word == last) && what.split(' ').count() < 4).then_some(what)
}

/// Whether one has such a thing for a while only: a question, a cold.
fn is_passing(word: &str) -> bool {
    const THINGS: &str = "question|problem|meeting|idea|issue|feeling|task|bug|exam|deadline|favor|\
        favour|lot|few|bit|file|list|look|headache|cold|soft|thing|request|chance|hard|plan|test|doubt";
    THINGS.split('|').any(|thing| thing == word)
}

/// "I take my coffee black".
fn coffee(body: &str) -> Option<&str> {
    let rest = ["take my", "like my", "drink my", "have my", "prefer my"]
        .iter()
        .find_map(|lead| starts(body, lead))?;
    (2..=4).contains(&rest.split(' ').count()).then_some(rest)
}
