//! The trained weights and what they say of units: is it a preference, of what sort, and where is its topic.
//!
//! The file is written by `cargo xtask train`. A table holds the features that matter and nothing else; whatever it
//! does not know counts nothing.

use super::features::{self, Frequent};
use super::units::{self, Sort, Unit};
use std::ops::Range;
use std::sync::OnceLock;

/// The classes that a sentence is told apart into: none, and five sorts of preference.
pub const SENTENCE_CLASSES: usize = 6;
/// The classes of a topic: kind and polarity together, in the order of [`super::Sort`].
pub const TOPIC_CLASSES: usize = 8;
/// The class of a sentence that holds a topic of each class.
pub const SENTENCE_CLASS: [usize; TOPIC_CLASSES] = [1, 2, 3, 3, 4, 4, 5, 5];
/// The tags of a unit: outside, first of a topic, further in a topic.
pub const TAGS: usize = 3;

/// Everything that was learned.
#[derive(Debug)]
pub struct Model {
    /// The units that skeletons keep.
    pub frequent: Frequent,
    /// Is this sentence a preference?
    pub sentence: Table,
    /// Which kind and polarity has this topic?
    pub topic: Table,
    /// Which tag has this unit?
    pub tag: Table,
    /// The score of a tag after another, `[before][after]`.
    pub steps: [[f32; TAGS]; TAGS],
}

/// Weights by feature.
#[derive(Debug)]
pub struct Table {
    classes: usize,
    /// What a stored weight is multiplied by.
    scale: f32,
    /// The [`key`]s of the features, ascending.
    keys: Vec<u32>,
    /// One row per class, each as long as `keys`.
    weights: Vec<i8>,
}

/// The most topics of a sentence, beside the clearest: a longer list is a document's.
const MOST: usize = 8;
/// A topic that stands out less than this part of the clearest one of its sentence is none.
const FAINT: f32 = 0.4;

/// The weights that the program carries.
pub fn shipped() -> &'static Model {
    static SHIPPED: OnceLock<Model> = OnceLock::new();
    // A damaged file would know nothing, not stop the program; a test keeps it sound.
    SHIPPED.get_or_init(|| Model::read(include_bytes!("weights.bin")).unwrap_or_else(Model::blank))
}

impl Model {
    /// Reads what `cargo xtask train` wrote; `None` where the bytes end early.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let count = reader.number()? as usize;
        let frequent = reader
            .ascending(count)?
            .into_iter()
            .map(|key| key as u16)
            .collect();
        let sentence = reader.table(SENTENCE_CLASSES)?;
        let topic = reader.table(TOPIC_CLASSES)?;
        let tag = reader.table(TAGS)?;
        let mut steps = [[0.0; TAGS]; TAGS];
        for step in steps.iter_mut().flatten() {
            *step = reader.real()?;
        }
        Some(Self {
            frequent: Frequent(frequent),
            sentence,
            topic,
            tag,
            steps,
        })
    }

    fn blank() -> Self {
        let table = |classes| Table {
            classes,
            scale: 0.0,
            keys: Vec::new(),
            weights: Vec::new(),
        };
        Self {
            frequent: Frequent::default(),
            sentence: table(SENTENCE_CLASSES),
            topic: table(TOPIC_CLASSES),
            tag: table(TAGS),
            steps: [[0.0; TAGS]; TAGS],
        }
    }

    /// How likely a sentence is of each class; see [`SENTENCE_CLASSES`].
    pub fn classes(&self, units: &[Unit], sentence: Range<usize>) -> Vec<f32> {
        let features = features::sentence(units, sentence, &self.frequent);
        let scores = self.sentence.scores(&features);
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
        let sum: f32 = powers.iter().sum();
        powers.iter().map(|power| power / sum).collect()
    }

    /// The class of a topic, below [`TOPIC_CLASSES`]. Where it is the only one of its sentence, the sentence's classes
    /// have a say.
    pub fn sort(&self, own: &[Unit], span: Range<usize>, sentence: Option<&[f32]>) -> usize {
        let mut scores = self
            .topic
            .scores(&features::topic(own, span, &self.frequent));
        for (score, of) in scores.iter_mut().zip(SENTENCE_CLASS) {
            let likely = sentence.and_then(|classes| classes.get(of));
            *score += likely.map_or(0.0, |likely| likely.max(1e-4).ln());
        }
        best(&scores)
    }

    /// The topics in a sentence that states a preference, the clearest marked; at least one where there are units.
    pub fn topics(&self, own: &[Unit]) -> Vec<(Range<usize>, bool)> {
        let mut scores = Vec::with_capacity(own.len());
        for found in features::tagging(own, &self.frequent) {
            let mut row = [0.0; TAGS];
            self.tag.add(&found, &mut row);
            scores.push(row);
        }
        // A preference has a topic: where none stands out, the most likely one is taken.
        for favour in [0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0] {
            let spans = spans(&best_path(&scores, &self.steps, favour));
            if !spans.is_empty() {
                return self.ranked(own, &scores, spans);
            }
        }
        let all = (!own.is_empty()).then_some((0..own.len(), true));
        all.into_iter().collect()
    }

    /// Marks the topic that stands out most and leaves out those that hardly do.
    fn ranked(
        &self,
        own: &[Unit],
        scores: &[[f32; TAGS]],
        spans: Vec<Range<usize>>,
    ) -> Vec<(Range<usize>, bool)> {
        let clear = |span: &Range<usize>| {
            let inside = &scores[span.clone()];
            let sum: f32 = inside.iter().map(|row| row[1].max(row[2]) - row[0]).sum();
            sum * scale(inside.len())
        };
        let margins: Vec<f32> = spans.iter().map(clear).collect();
        let best = best(&margins);
        let stands_out = |place: usize| {
            place == best || (place < MOST && margins[place] >= FAINT * margins[best])
        };
        let whole = self.whole_words(own, spans).into_iter().enumerate();
        whole
            .filter(|(place, _)| stands_out(*place))
            .map(|(place, span)| (span, place == best))
            .collect()
    }
}

impl Model {
    /// Topics that would end within a run of rare characters take all of it: it is likely one word.
    fn whole_words(&self, own: &[Unit], mut topics: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let is_rare = |unit: &Unit| unit.sort == Sort::Han && !self.frequent.has(unit);
        for place in 0..topics.len() {
            let from = place.checked_sub(1).map_or(0, |before| topics[before].end);
            let to = topics.get(place + 1).map_or(own.len(), |next| next.start);
            let topic = &mut topics[place];
            while topic.start > from && is_rare(&own[topic.start]) && is_rare(&own[topic.start - 1])
            {
                topic.start -= 1;
            }
            while topic.end < to && is_rare(&own[topic.end - 1]) && is_rare(&own[topic.end]) {
                topic.end += 1;
            }
            while topic.len() > 1 && hangs(own[topic.end - 1].hash, 1) {
                topic.end -= 1;
            }
            while topic.len() > 1 && hangs(own[topic.start].hash, 0) {
                topic.start += 1;
            }
        }
        topics
    }
}

/// Whether a unit hangs on what is not in the topic, as the first (0) or the last (1) of it.
fn hangs(hash: u32, end: usize) -> bool {
    const HANGING: [&str; 2] = [
        "of from and or but at than is are 's , . 了 着 也 都 就 和 与 很 最 ， 。 、",
        "of from and or but with about on at for than these is are 's to in , . 了 着 吧 呢 啊 呀 嘛 也 和 与 ， 。 、",
    ];
    static HASHES: OnceLock<[Vec<u32>; 2]> = OnceLock::new();
    let hashes = |words: &str| words.split(' ').map(units::hash).collect();
    HASHES.get_or_init(|| HANGING.map(hashes))[end].contains(&hash)
}

impl Table {
    /// The score of each class; the number of features is taken out.
    pub fn scores(&self, features: &[u32]) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        self.add(features, &mut scores);
        let scale = scale(features.len());
        scores.iter_mut().for_each(|score| *score *= scale);
        scores
    }

    /// Adds the weights of features to the scores of the classes.
    fn add(&self, features: &[u32], scores: &mut [f32]) {
        for feature in features {
            let Ok(place) = self.keys.binary_search(&key(*feature)) else {
                continue;
            };
            for (class, score) in scores.iter_mut().enumerate() {
                let weight = self.weights.get(class * self.keys.len() + place);
                *score += self.scale * f32::from(weight.copied().unwrap_or_default());
            }
        }
    }
}

/// The bits of a feature by which a table knows it: enough that an unknown one is seldom taken for it.
pub fn key(feature: u32) -> u32 {
    feature >> 12
}

/// What a sum over this many features is multiplied by, so that long sentences do not score higher for their length.
pub fn scale(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}

/// The place of the highest score.
fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (place, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = place;
        }
    }
    best
}

/// The tags with the highest sum of scores and steps. `favour` is added wherever a topic begins.
pub fn best_path(scores: &[[f32; TAGS]], steps: &[[f32; TAGS]; TAGS], favour: f32) -> Vec<usize> {
    // Before the first unit is the outside.
    let mut sums = [0.0, f32::NEG_INFINITY, f32::NEG_INFINITY];
    let mut came: Vec<[usize; TAGS]> = Vec::with_capacity(scores.len());
    for row in scores {
        let mut next = [f32::NEG_INFINITY; TAGS];
        let mut from = [0; TAGS];
        for tag in 0..TAGS {
            for before in 0..TAGS {
                let sum = sums[before]
                    + steps[before][tag]
                    + row[tag]
                    + if tag == 1 { favour } else { 0.0 };
                // A topic does not go on where there is none.
                if sum > next[tag] && (before, tag) != (0, 2) {
                    (next[tag], from[tag]) = (sum, before);
                }
            }
        }
        sums = next;
        came.push(from);
    }
    let mut tag = best(&sums);
    let mut path = vec![0; scores.len()];
    for place in (0..scores.len()).rev() {
        path[place] = tag;
        tag = came[place][tag];
    }
    path
}

/// The topics that tags mark.
fn spans(tags: &[usize]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (place, &tag) in tags.iter().enumerate() {
        match (tag, found.last_mut()) {
            (1, _) => found.push(place..place + 1),
            (2, Some(last)) if last.end == place => last.end = place + 1,
            _ => {}
        }
    }
    found
}

/// Reads numbers from bytes.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number in groups of seven bits, the lowest first; the upper bit says that more follow.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn real(&mut self) -> Option<f32> {
        let (bytes, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(f32::from_le_bytes(*bytes))
    }

    /// Ascending numbers, each stored as its distance from the one before.
    fn ascending(&mut self, count: usize) -> Option<Vec<u32>> {
        let mut last = 0u32;
        (0..count)
            .map(|_| {
                last = last.checked_add(self.number()?)?;
                Some(last)
            })
            .collect()
    }

    fn table(&mut self, classes: usize) -> Option<Table> {
        let scale = self.real()?;
        let count = self.number()? as usize;
        let keys = self.ascending(count)?;
        let (stored, rest) = self.0.split_at_checked(count * classes)?;
        self.0 = rest;
        let weights = stored.iter().map(|byte| byte.cast_signed()).collect();
        Some(Table {
            classes,
            scale,
            keys,
            weights,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_sound() {
        let bytes = include_bytes!("weights.bin");
        assert!(Model::read(bytes).is_some());
        assert!(
            bytes.len() <= 200_000,
            "{} bytes are too many for the first load",
            bytes.len()
        );
        // Bytes that end early are refused, never read beyond.
        for length in [0, 1, 100, bytes.len() / 2, bytes.len() - 1] {
            assert!(Model::read(&bytes[..length]).is_none(), "{length}");
        }
    }

    #[test]
    fn tags_become_topics() {
        for (tags, expected) in [
            (&[0, 1, 2, 0, 1][..], vec![1..3, 4..5]),
            (&[2, 0], vec![]),
            (&[1, 1], vec![0..1, 1..2]),
        ] {
            assert_eq!(spans(tags), expected);
        }
    }
}
