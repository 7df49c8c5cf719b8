//! A text as numbered features, for the linear model: which classes of words it has and where, its
//! shape, and hashes of its words and characters.

use super::cues::{Class, Hit, is_letter, is_word};
use super::parts::{foreign_run, is_foreign};
use super::scan::{Part, Scan, units};

/// How many features have a number of their own.
pub const NAMED: usize = CLASSES * 4 + SHAPES;
/// How many places the hashed features share.
pub const HASHED: usize = 4096;
/// How many features there are.
pub const COUNT: usize = NAMED + HASHED;

const CLASSES: usize = Class::ALL.len();
const SHAPES: usize = 96;

/// A feature that a text has, and the byte of the folded text that it was found at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature {
    /// Its number, below [`COUNT`].
    pub id: u16,
    /// Its place; the end of the text for what belongs to the whole.
    pub at: u32,
}

/// The features of a text, each once, in the order of their numbers.
pub fn of(scan: &Scan) -> Vec<Feature> {
    let mut found = Vec::with_capacity(256);
    classes(scan, &mut found);
    shapes(scan, &mut found);
    grams(scan, &mut found);
    // The first place of each. To sort them would take longer than all the rest.
    let mut places = vec![NOWHERE; COUNT];
    for feature in &found {
        let place = &mut places[usize::from(feature.id)];
        *place = feature.at.min(*place);
    }
    let numbered = (0u16..).zip(places);
    let there = numbered.filter(|(_, at)| *at != NOWHERE);
    there.map(|(id, at)| Feature { id, at }).collect()
}

/// No place in a text.
const NOWHERE: u32 = u32::MAX;

/// How much of the request is left when the words of asking are taken away, in units.
pub fn residue(scan: &Scan) -> usize {
    let mut left = 0;
    let mut at = 0;
    let asking = scan.hits.iter().filter(|hit| is_asking(hit.class));
    let mut count = |from: usize, to: usize| {
        if from < to && scan.part(from) == Part::Instruction {
            left += units(&scan.folded[from..to]);
        }
    };
    for hit in asking {
        count(at, hit.range.start);
        at = at.max(hit.range.end);
    }
    // What follows the last one, up to the next part.
    let end = scan
        .parts
        .iter()
        .filter(|(part, _)| *part == Part::Instruction)
        .map(|(_, range)| range.end)
        .next_back()
        .unwrap_or(0);
    count(at, end.max(at));
    left
}

fn is_asking(class: Class) -> bool {
    use Class::*;
    matches!(
        class,
        WriteVerb
            | Genre
            | Platform
            | TranslateVerb
            | Language
            | SumVerb
            | DocRef
            | PlanVerb
            | Decide
            | Question
            | Please
            | Thanks
            | Ack
            | Unnamed
            | Attachless
            | AskAbout
            | Explain
            | How
            | Why
            | Rewrite
            | Below
            | Attached
            | Greet
            | YesNo
            | CodeVerb
            | Length
            | Tone
            | Form
    )
}

fn classes(scan: &Scan, features: &mut Vec<Feature>) {
    let setting = Setting::of(scan);
    let mut seen = 0u128;
    let mut before: Option<&Hit> = None;
    let own = |hit: &&Hit| scan.part(hit.range.start) == Part::Instruction;
    for hit in scan.hits.iter().filter(|hit| !own(hit)) {
        push(
            features,
            CLASSES * 3 + hit.class as usize,
            hit.range.start as u32,
        );
    }
    for hit in scan.hits.iter().filter(own) {
        setting.tell(hit, before, features);
        seen |= 1u128 << hit.class as usize;
        before = Some(hit);
    }
    // Two classes together, wherever they stand.
    let telling: Vec<u32> = (0..LEADING as u32)
        .filter(|id| seen >> id & 1 == 1)
        .collect();
    for (nth, one) in telling.iter().enumerate() {
        for other in &telling[nth + 1..] {
            hashed(features, 11, &[*one, *other], scan.folded.len() as u32);
        }
    }
}

/// What a word stands in: it says one thing in three words and another in thirty.
struct Setting {
    /// How long the request is, in steps.
    size: u32,
    /// How much of it is no word of asking, in steps.
    rest: u32,
    question: u32,
    mood: u32,
    /// Where the first hit of all and the last clause begin.
    first: usize,
    last: usize,
}

impl Setting {
    fn of(scan: &Scan) -> Self {
        let own = scan
            .parts
            .iter()
            .filter(|(part, _)| *part == Part::Instruction);
        let asked: usize = own
            .map(|(_, range)| units(&scan.folded[range.clone()]))
            .sum();
        let step =
            |size: usize, ends: [usize; 4]| ends.iter().filter(|end| size > **end).count() as u32;
        Self {
            size: 1 + step(asked, [5, 9, 18, 40]),
            rest: step(residue(scan), [0, 3, 7, 14]),
            question: scan.folded.trim_end().ends_with(['?', '？']) as u32,
            mood: mood(scan) as u32,
            first: scan.hits.first().map_or(0, |hit| hit.range.start),
            last: scan.clauses.last().map_or(0, |clause| clause.start),
        }
    }

    /// What a hit of the request says, after the one before.
    fn tell(&self, hit: &Hit, before: Option<&Hit>, features: &mut Vec<Feature>) {
        let (id, place) = (hit.class as usize, hit.range.start);
        let at = place as u32;
        push(features, id, at);
        for (kind, value) in [
            (8, self.size),
            (9, self.question),
            (10, self.rest),
            (12, self.mood),
        ] {
            hashed(features, kind, &[id as u32, value], at);
        }
        if before.is_none_or(|before| before.range.start == place && place == self.first) {
            push(features, CLASSES + id, at);
        }
        if place >= self.last {
            push(features, CLASSES * 2 + id, at);
        }
        if let Some(before) = before.filter(|before| before.class != hit.class) {
            let pair = [before.class as u32 + 1, hit.class as u32 + 1];
            hashed(features, 7, &pair, at);
        }
    }
}

/// The mood of a sentence: "my essay got an A" asks for nothing that "essay about bees" asks for.
#[derive(Clone, Copy)]
enum Mood {
    Question,
    Statement,
    Past,
    Other,
}

fn mood(scan: &Scan) -> Mood {
    let text = scan.folded.trim();
    let word = text.split(|c: char| !is_word(c)).next().unwrap_or_default();
    let asks = text.ends_with(['?', '？', '吗', '呢'])
        || scan.hits.iter().any(|hit| {
            hit.class == Class::Question
                && (hit.range.start == 0
                    || hit.range.start < 16 && text.chars().any(|c| c > '\u{2E80}'))
        });
    if asks {
        return Mood::Question;
    }
    let subject = SUBJECTS.split(' ').any(|subject| subject == word) && !word.is_empty()
        || SUBJECTS_ZH
            .split(' ')
            .any(|subject| text.starts_with(subject));
    if !subject {
        return Mood::Other;
    }
    let past = text
        .split(|c: char| !is_word(c))
        .any(|word| word.len() > 3 && word.ends_with("ed"))
        || scan.hits.iter().any(|hit| hit.class == Class::Past);
    if past || text.ends_with(['了', '过']) {
        Mood::Past
    } else {
        Mood::Statement
    }
}

const SUBJECTS: &str = "i im ive id ill my mine we were weve our the he hes she shes his her they theyre their it its this that thats these those there you youre your";
const SUBJECTS_ZH: &str = "我 咱 他 她 它 这 那 今天 昨天 刚 昨晚 你 大家 孩子 同事 老板 医生";

/// The first classes of the list tell frames apart; pairs of them are features.
const LEADING: usize = Class::SelfFact as usize;

fn shapes(scan: &Scan, features: &mut Vec<Feature>) {
    let text = scan.folded.trim_end();
    let end = scan.folded.len() as u32;
    let mut shape = |id: usize| push(features, CLASSES * 4 + id, end);
    let size = |part: Part| -> usize {
        scan.parts
            .iter()
            .filter(|(kind, _)| *kind == part)
            .map(|(_, range)| units(&scan.folded[range.clone()]))
            .sum()
    };
    let asked = size(Part::Instruction);
    shape(bucket(asked));
    shape(10 + bucket(residue(scan)));
    for (at, part) in [(20, Part::Quote), (30, Part::Body), (40, Part::Code)] {
        let size = size(part);
        if size > 0 {
            shape(at);
            shape(at + 1 + bucket(size).min(8));
        }
    }
    let last = text.chars().next_back().unwrap_or(' ');
    shape(match last {
        '?' | '？' => 50,
        '.' | '。' => 51,
        '!' | '！' => 52,
        ',' | '，' | '、' | ':' | '：' => 53,
        _ => 54,
    });
    shape(55 + scan.clauses.len().min(5));
    let flags = [
        dangles(text),
        scan.colon.is_some(),
        text.contains('\n'),
        text.chars().any(is_foreign),
        foreign_run(text).is_some(),
        text.chars().any(|c| c > '\u{2E80}'),
        text.chars().any(|c| c.is_ascii_alphabetic()),
        text.starts_with(|c: char| c.is_ascii_digit()),
        text.contains("->"),
        text.contains('{') || text.contains("()") || text.contains(" = "),
    ];
    for (at, _) in flags.iter().enumerate().filter(|(_, flag)| **flag) {
        shape(64 + at);
    }
    shape(90 + mood(scan) as usize);
    let han = text.chars().filter(|c| *c > '\u{2E80}').count();
    if asked <= 4 && han == 0 {
        shape(80);
    }
    if asked <= 4 && han > 0 {
        shape(81);
    }
}

fn bucket(size: usize) -> usize {
    match size {
        0 => 0,
        1..=2 => 1,
        3..=4 => 2,
        5..=6 => 3,
        7..=9 => 4,
        10..=14 => 5,
        15..=24 => 6,
        25..=44 => 7,
        45..=89 => 8,
        _ => 9,
    }
}

/// Whether a text stops where a sentence cannot.
fn dangles(text: &str) -> bool {
    let word = text
        .rsplit(|c: char| !is_word(c))
        .next()
        .unwrap_or_default();
    (!word.is_empty() && ENDS.split(' ').any(|end| end == word))
        || ENDS_ZH.split(' ').any(|end| text.ends_with(end))
}

const ENDS: &str = "the a an to of for with that which if whether and or but between in on at from about my your his her their our is are was \
    be been than as by into how when where do does have has because so can could would will should whats who";
const ENDS_ZH: &str = "的 把 给 用 就是 那个 一个 和 跟 与 去 在 对 向 如果 因为 关于 比如 我的 为什么 怎么 有没有 什么 以后 之前 要 想 想要 是 里 但是 所以 还是 为了 ， 、 我想问 请问";

fn grams(scan: &Scan, features: &mut Vec<Feature>) {
    let text = &scan.folded;
    let mut budget = 360usize;
    for (part, range) in &scan.parts {
        if *part != Part::Instruction {
            continue;
        }
        // The beginning and the end of a long request.
        let stretch = &text[range.clone()];
        let mut words: [u32; 3] = [0; 3];
        for (at, token) in tokens(stretch) {
            if budget == 0 {
                break;
            }
            budget -= 1;
            let at = (range.start + at) as u32;
            words = [words[1], words[2], token];
            hashed(features, 1, &words[2..], at);
            if words[1] != 0 {
                hashed(features, 2, &words[1..], at);
            }
            if words[0] != 0 && words[1] != 0 {
                hashed(features, 3, &words, at);
            }
            if words[1] == 0 && range.start == 0 {
                hashed(features, 4, &words[2..], at);
            }
        }
        if range.end == text.len() && words[2] != 0 {
            hashed(features, 5, &words[2..], range.end as u32);
            hashed(features, 6, &words[1..], range.end as u32);
        }
    }
}

/// Words as hashes, Chinese characters as they are, digits as one sign, other marks left out but for a few.
fn tokens(text: &str) -> impl Iterator<Item = (usize, u32)> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((at, c)) = chars.next() {
            if c.is_ascii_digit() {
                while chars.next_if(|(_, c)| c.is_ascii_digit()).is_some() {}
                return Some((at, u32::from('0')));
            }
            if is_word(c) {
                let mut hash = mix(17, u32::from(c));
                while let Some((_, c)) = chars.next_if(|(_, c)| is_word(*c)) {
                    hash = mix(hash, u32::from(c));
                }
                return Some((at, hash | 1 << 31));
            }
            if c > '\u{2E80}' && is_letter(c) || matches!(c, '?' | '？' | '!' | '！' | ',' | '，')
            {
                return Some((at, u32::from(c)));
            }
        }
        None
    })
}

fn hashed(features: &mut Vec<Feature>, kind: u32, values: &[u32], at: u32) {
    let hash = values
        .iter()
        .fold(mix(0x811C_9DC5, kind), |hash, value| mix(hash, *value));
    push(features, NAMED + hash as usize % HASHED, at);
}

fn mix(hash: u32, value: u32) -> u32 {
    let mixed = (hash ^ value).wrapping_mul(0x9E37_79B1);
    mixed ^ mixed >> 15
}

fn push(features: &mut Vec<Feature>, id: usize, at: u32) {
    features.push(Feature { id: id as u16, at });
}
