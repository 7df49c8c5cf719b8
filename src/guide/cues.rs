//! Words that say something about a request, grouped into classes, and where they stand in a text.

use super::{en, zh};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::OnceLock;

macro_rules! classes {
    ($($name:ident)+) => {
        /// What a word says about a request. The words themselves are in `zh.rs` and `en.rs`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum Class { $($name,)+ }

        impl Class {
            /// Every class in order.
            pub const ALL: &'static [Class] = &[$(Class::$name,)+];
        }
    };
}

classes! {
    WriteVerb Rewrite Reply Genre Platform Rhetoric Tone Length TranslateVerb Language Meaning HowSay SumVerb KeyPoints
    DocRef Attached Below PlanVerb PlanTopic Trip Decide OrZh OrEn YesNo Criteria CodeVerb CodeNoun Tech Error Behaviour
    Mood Hurt Comfort Role Scene Question Why How AskAbout Recommend Explain Please Thanks Ack Greet Laugh Praise
    FollowUp Prefer SelfFact Past Tried Person Audience Limit Form Goalish Time Resource Unnamed QuoteIt Model Attachless
    // Found by shape rather than by a word.
    Money Number Date Duration Count
}

/// A word of a class and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The class.
    pub class: Class,
    /// The place, in folded text.
    pub range: Range<usize>,
}

/// A word to look for: folded, with the classes that it belongs to.
struct Cue {
    text: Cow<'static, str>,
    /// Whether letters may follow.
    open: bool,
    class: Class,
}

/// The words by a hash of their first two characters, longest first.
struct Index {
    cues: Vec<Cue>,
    /// Where each bucket begins in `cues`.
    starts: Vec<u32>,
    /// The single words that a slip of the fingers can be taken for, by their first letter.
    long: Vec<Vec<u32>>,
}

const BUCKETS: usize = 4096;
/// Where cues of one character are.
const ALONE: char = '\0';

/// Every cue in a folded text, in the order of their places. Shorter cues inside longer ones of the same class are left out.
pub fn find(folded: &str) -> Vec<Hit> {
    static INDEX: OnceLock<Index> = OnceLock::new();
    let index = INDEX.get_or_init(build);
    let mut hits = Vec::new();
    // The end of the last hit of each class, so that one class covers a place once.
    let mut covered = [0usize; 80];
    let mut before = ' ';
    let mut guesses = GUESSES;
    let mut chars = folded.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_letter(c) && !(is_word(before) && is_word(c)) {
            let known = hits.len();
            let second = chars.peek().map_or(ALONE, |&(_, c)| c);
            for cue in index
                .starting(c, second)
                .iter()
                .chain(index.starting(c, ALONE))
            {
                let slot = &mut covered[cue.class as usize];
                if at >= *slot && cue.matches(&folded[at..]) {
                    let end = at + cue.text.len();
                    *slot = end;
                    hits.push(Hit {
                        class: cue.class,
                        range: at..end,
                    });
                }
            }
            if hits.len() == known && guesses > 0 && c.is_ascii_lowercase() {
                guesses -= guess(index, &folded[at..], at, &mut hits);
            }
        }
        before = c;
    }
    super::shape::find(folded, &mut hits);
    hits.sort_by_key(|hit| (hit.range.start, hit.range.end));
    hits
}

/// Whether `cue` stands somewhere in a folded text as a word; where.
pub fn find_word(folded: &str, cue: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(found) = folded.get(from..)?.find(cue) {
        let range = from + found..from + found + cue.len();
        let before = folded[..range.start].chars().next_back();
        let after = folded[range.end..].chars().next();
        let joins = |outside: Option<char>, inside: Option<char>| {
            outside.is_some_and(is_word) && inside.is_some_and(is_word)
        };
        if !joins(before, cue.chars().next()) && !joins(after, cue.chars().next_back()) {
            return Some(range);
        }
        from = range.end;
    }
    None
}

/// A letter or digit. Of Han characters the table of all letters need not be asked, which takes long where a text has
/// thousands.
pub fn is_letter(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric()
}

/// A letter or digit of the scripts that put spaces between words.
pub fn is_word(c: char) -> bool {
    c < '\u{2E80}' && c.is_alphanumeric()
}

/// How many unknown words of a text are compared with the cues letter by letter.
const GUESSES: usize = 40;
/// Shorter words are too easily one letter away from another.
const GUESSED: usize = 6;

/// Takes an unknown word for a cue that has one letter more or less or two letters swapped. Returns 1 where it looked.
fn guess(index: &Index, rest: &str, at: usize, hits: &mut Vec<Hit>) -> usize {
    let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    if length < GUESSED || rest[length..].starts_with(is_word) {
        return 0;
    }
    let word = &rest.as_bytes()[..length];
    let near = |cue: &&Cue| is_slip(word, cue.text.as_bytes());
    if let Some(cue) = index.long(word[0]).find(near) {
        let same = index.long(word[0]).filter(|other| other.text == cue.text);
        hits.extend(same.map(|other| Hit {
            class: other.class,
            range: at..at + length,
        }));
    }
    1
}

/// Whether two words differ by one letter left out, one too many, or two neighbours swapped.
fn is_slip(one: &[u8], other: &[u8]) -> bool {
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[head..], &other[head..]);
    match a.len() as isize - b.len() as isize {
        0 => a.len() >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..],
        1 => a[1..] == *b,
        -1 => *a == b[1..],
        _ => false,
    }
}

impl Index {
    fn starting(&self, first: char, second: char) -> &[Cue] {
        let bucket = bucket(first, second);
        &self.cues[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }

    fn long(&self, first: u8) -> impl Iterator<Item = &Cue> {
        let list = self.long.get(usize::from(first.wrapping_sub(b'a')));
        list.into_iter()
            .flatten()
            .map(|nth| &self.cues[*nth as usize])
    }
}

impl Cue {
    fn matches(&self, rest: &str) -> bool {
        rest.starts_with(&*self.text)
            && (self.open || {
                let last = self.text.chars().next_back().is_some_and(is_word);
                !last || !rest[self.text.len()..].starts_with(is_word)
            })
    }
}

fn bucket(first: char, second: char) -> usize {
    let mixed =
        u32::from(first).wrapping_mul(0x9E37_79B1) ^ u32::from(second).wrapping_mul(0x85EB_CA6B);
    (mixed ^ mixed >> 15) as usize % BUCKETS
}

fn build() -> Index {
    // With their buckets and lengths, which would else be counted out for every comparison: this is done at the first
    // key.
    let mut cues: Vec<(usize, Reverse<usize>, Cue)> = Vec::new();
    for (class, words) in zh::CUES.iter().chain(en::CUES) {
        for word in words.split_ascii_whitespace() {
            let open = word.ends_with('*');
            let text = plain(word.trim_end_matches('*'));
            let mut chars = text.chars();
            let bucket = bucket(chars.next().unwrap_or(' '), chars.next().unwrap_or(ALONE));
            let class = *class;
            // The longest first.
            let length = Reverse(text.len());
            cues.push((bucket, length, Cue { text, open, class }));
        }
    }
    let order = |cue: &(usize, Reverse<usize>, Cue)| (cue.0, cue.1);
    cues.sort_unstable_by(|a, b| {
        let same = || (&a.2.text, a.2.class).cmp(&(&b.2.text, b.2.class));
        order(a).cmp(&order(b)).then_with(same)
    });
    cues.dedup_by(|a, b| a.2.text == b.2.text && a.2.class == b.2.class);
    let mut starts = vec![0u32; BUCKETS + 1];
    let mut long = vec![Vec::new(); 26];
    for (nth, (bucket, _, cue)) in cues.iter().enumerate() {
        starts[bucket + 1] += 1;
        if cue.text.len() >= GUESSED && cue.text.bytes().all(|b| b.is_ascii_lowercase()) {
            long[usize::from(cue.text.as_bytes()[0] - b'a')].push(nth as u32);
        }
    }
    for at in 0..BUCKETS {
        starts[at + 1] += starts[at];
    }
    let cues = cues.into_iter().map(|(_, _, cue)| cue).collect();
    Index { cues, starts, long }
}

/// A cue of the tables as it is looked for: a line below stands for a space, and an apostrophe for nothing.
fn plain(word: &'static str) -> Cow<'static, str> {
    if !word.contains(['_', '\'']) {
        return Cow::Borrowed(word);
    }
    let letters = word.chars().filter(|c| *c != '\'');
    Cow::Owned(letters.map(|c| if c == '_' { ' ' } else { c }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_folded_already() {
        for (class, words) in zh::CUES.iter().chain(en::CUES) {
            assert_eq!(*words, words.to_lowercase(), "{class:?}");
        }
    }

    #[test]
    fn the_longest_cue_of_a_bucket_comes_first() {
        let index = build();
        for bucket in 0..BUCKETS {
            let of = index.starts[bucket] as usize..index.starts[bucket + 1] as usize;
            let cues = &index.cues[of];
            assert!(cues.is_sorted_by(|a, b| a.text.len() >= b.text.len()));
        }
        assert_eq!(plain("what's_up"), "whats up");
        assert_eq!(index.starts[BUCKETS] as usize, index.cues.len());
    }
}
