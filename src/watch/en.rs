//! English words that the judge looks for.

use super::zh::Pull;

/// No sentence ends with these.
const HARD: &str = "\
    a although am an and are as became because become becomes been being between but can causes consider \
    contain contains costs could dear despite during e.g e.g. either every feels finally furthermore gets \
    had has have hence however i.e i.e. if include includes including into is its keeps lets looks makes \
    may mean might moreover must my namely neither nor of onto or our per provides releases requires says \
    seems shall should similarly since such tells than the their they thus to toward towards typically \
    unless unlike until uses usually versus very via vs was we were whenever whereas wherever whether which \
    while whilst whose will with would you'll you're your";

/// A sentence may end with these and seldom does.
const SOFT: &str = "\
    about across after against all also among any around at before behind below beyond both by each \
    especially even first for from her how in just like mainly make means more most mostly need needs no \
    not often on only out over rather same second so some take that these third this those through \
    throughout under upon use using what when where who why within without you";

/// Several words with which no sentence ends.
const PHRASES: [&str; 11] = [
    "for example",
    "for instance",
    "in other words",
    "on the other hand",
    "on the one hand",
    "in addition",
    "as a result",
    "in order",
    "because of",
    "in conclusion",
    "as soon",
];

/// Words after which a preposition ends a sentence.
const BEFORE_PARTICLE: &str = "\
    check come deal dive drop fill get give go hang head help her him hold it join keep log look me move \
    opt plug pull push put read sign start stay step switch them think try turn us walk watch work you zoom";

/// What a text asks for when it stops after `text`; where the word begins.
pub fn pull(text: &str) -> Option<(Pull, usize)> {
    let start = text
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '—' | '*' | ','))
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    let word = text[start..].to_ascii_lowercase();
    if word.is_empty() {
        return None;
    }
    let before = text[..start].trim_end();
    if word == "then" {
        return before
            .ends_with([',', ';', '.', ':'])
            .then_some((Pull::Hard, start));
    }
    if let Some(phrase) = PHRASES.iter().find(|phrase| ends_with(text, phrase)) {
        return Some((Pull::Hard, text.len() - phrase.len()));
    }
    let hard = has(HARD, &word);
    if !hard && !has(SOFT, &word) {
        return None;
    }
    if ends_question(text, before, &word) {
        return None;
    }
    Some((if hard { Pull::Hard } else { Pull::Soft }, start))
}

/// Whether a text ends with a phrase in lower case, as whole words.
fn ends_with(text: &str, phrase: &str) -> bool {
    let Some(from) = text.len().checked_sub(phrase.len()) else {
        return false;
    };
    text.is_char_boundary(from)
        && text[from..].eq_ignore_ascii_case(phrase)
        && !text[..from].ends_with(|c: char| c.is_alphanumeric())
}

/// "What are you looking for", "log in", "yes it is": the last word is where it belongs.
fn ends_question(text: &str, before: &str, word: &str) -> bool {
    let clause = text
        .rfind(['.', '!', '?', '\n'])
        .map_or(text, |at| &text[at + 1..]);
    let first = clause.split_whitespace().next().unwrap_or_default();
    let asks = ["what", "who", "where", "which", "how"]
        .iter()
        .any(|w| first.eq_ignore_ascii_case(w));
    let particle = matches!(
        word,
        "in" | "on"
            | "out"
            | "over"
            | "for"
            | "at"
            | "about"
            | "with"
            | "to"
            | "through"
            | "from"
            | "of"
    );
    let previous = before
        .rsplit(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let verb = matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "am"
            | "can"
            | "will"
            | "do"
            | "does"
            | "did"
            | "have"
            | "has"
            | "should"
            | "would"
            | "could"
            | "might"
    );
    let pronoun = matches!(
        previous.as_str(),
        "it" | "i" | "they" | "we" | "you" | "he" | "she" | "that"
    );
    let short = clause.split_whitespace().count() <= 4;
    (particle && (asks || has(BEFORE_PARTICLE, &previous)))
        || (verb && pronoun && short)
        || matches!(
            (previous.as_str(), word),
            (
                "thank" | "see" | "with" | "for" | "to" | "love" | "miss",
                "you"
            ) | (
                "like"
                    | "do"
                    | "have"
                    | "of"
                    | "by"
                    | "about"
                    | "with"
                    | "at"
                    | "for"
                    | "all"
                    | "love"
                    | "is",
                "it" | "this" | "all"
            )
        )
}

/// Whether a list holds a word.
pub fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// The number that a word stands for.
pub fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 11] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    let nth = WORDS.iter().position(|w| word.eq_ignore_ascii_case(w));
    nth.map(|nth| nth as u32 + 2)
}
