//! From labelled lines to the bytes of a model.

use crate::data::Example;
use crate::learn::{Choice, Recipe, Row, Sequence, Weights, perceptron, softmax};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use viewfinder::intent::features::{self, Frequent};
use viewfinder::intent::model::{SENTENCE_CLASS, SENTENCE_CLASSES, TAGS, TOPIC_CLASSES};
use viewfinder::intent::units::{self, Sort, Unit};

/// A unit of this many lines is frequent.
const FREQUENT: usize = 12;
const SENTENCE: Head = Head {
    least: 2,
    keep: 5500,
    recipe: Recipe {
        epochs: 20,
        rate: 0.1,
        drop: 0.5,
    },
};
const TOPIC: Head = Head {
    least: 2,
    keep: 2500,
    recipe: Recipe {
        epochs: 15,
        rate: 0.1,
        drop: 0.5,
    },
};
const TAG_LEAST: u32 = 3;
const TAG_KEEP: usize = 4500;
const TAG_EPOCHS: usize = 14;
const TAG_DROP: f32 = 0.4;
/// Nearly all weights are stored as at most this many steps on each side of zero: few, so that the file packs well.
const STEPS: f32 = 6.0;
/// The part of the first step that still counts as zero.
const DEAD: f32 = 0.6;

/// How a head is trained: first with every feature of at least `least` examples, then again with the `keep` strongest.
struct Head {
    least: u32,
    keep: usize,
    recipe: Recipe,
}

impl Head {
    fn train(&self, rows: &[Row], classes: usize) -> Weights {
        let first = softmax(rows, classes, self.recipe, Choice::Least(self.least));
        softmax(
            rows,
            classes,
            self.recipe,
            Choice::Only(&first.strongest(self.keep)),
        )
    }
}

fn tagger(rows: &[Sequence]) -> (Weights, [[f32; TAGS]; TAGS]) {
    let (first, _) = perceptron(rows, TAG_EPOCHS, TAG_DROP, Choice::Least(TAG_LEAST));
    perceptron(
        rows,
        TAG_EPOCHS,
        TAG_DROP,
        Choice::Only(&first.strongest(TAG_KEEP)),
    )
}

/// Trains everything. The same lines give the same bytes.
pub fn forge(examples: &[&Example]) -> Vec<u8> {
    let frequent = frequent(examples);
    let read: Vec<Read> = examples.iter().map(|example| Read::new(example)).collect();
    let sentences = SENTENCE.train(&sentence_rows(&read, &frequent), SENTENCE_CLASSES);
    let topics = TOPIC.train(&topic_rows(&read, &frequent), TOPIC_CLASSES);
    let (tags, steps) = tagger(&sequences(&read, &frequent));
    let mut bytes = Vec::new();
    number(&mut bytes, frequent.0.len() as u32);
    ascending(&mut bytes, frequent.0.iter().map(|short| u32::from(*short)));
    table(&mut bytes, &sentences);
    table(&mut bytes, &topics);
    table(&mut bytes, &tags);
    for step in steps.iter().flatten() {
        bytes.extend(step.to_le_bytes());
    }
    bytes
}

/// A line with its units.
struct Read<'a> {
    example: &'a Example,
    units: Vec<Unit>,
    sentences: Vec<Range<usize>>,
}

impl<'a> Read<'a> {
    fn new(example: &'a Example) -> Self {
        let units = units::units(&example.text);
        let sentences = units::sentences(&example.text, &units);
        Self {
            example,
            units,
            sentences,
        }
    }

    /// The topics in a sentence, as ranges of its own units, with their classes.
    fn topics(&self, sentence: &Range<usize>) -> Vec<(Range<usize>, usize)> {
        let own = &self.units[sentence.clone()];
        let place = |topic: &Range<usize>| {
            let first = own
                .iter()
                .position(|unit| unit.end > topic.start && unit.start < topic.end)?;
            let last = own
                .iter()
                .rposition(|unit| unit.end > topic.start && unit.start < topic.end)?;
            Some(first..last + 1)
        };
        let topics = self.example.topics.iter();
        topics
            .filter_map(|(topic, class)| Some((place(topic)?, *class)))
            .collect()
    }

    /// The class of a sentence; `None` where the line does not say.
    fn class(&self, sentence: &Range<usize>) -> Option<usize> {
        match self.topics(sentence).first() {
            Some((_, class)) => Some(*class),
            None if self.example.class == 0 => Some(0),
            // A given line whose topic is not in its words.
            None if self.sentences.len() == 1 => Some(self.example.class),
            None => None,
        }
    }
}

fn frequent(examples: &[&Example]) -> Frequent {
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for example in examples {
        let units = units::units(&example.text);
        let plain = units
            .iter()
            .filter(|unit| matches!(unit.sort, Sort::Han | Sort::Word));
        let once: HashSet<u16> = plain.map(|unit| features::short(unit.hash)).collect();
        once.into_iter()
            .for_each(|short| *counts.entry(short).or_default() += 1);
    }
    let mut kept: Vec<u16> = counts
        .into_iter()
        .filter(|(_, count)| *count >= FREQUENT)
        .map(|(short, _)| short)
        .collect();
    kept.sort_unstable();
    Frequent(kept)
}

fn sentence_rows(read: &[Read], frequent: &Frequent) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in read.iter().filter(|line| !line.example.retracts) {
        for sentence in &line.sentences {
            if let Some(class) = line.class(sentence) {
                let features = features::sentence(&line.units, sentence.clone(), frequent);
                rows.push(Row {
                    features,
                    class: class
                        .checked_sub(1)
                        .map_or(0, |topic| SENTENCE_CLASS[topic]),
                });
            }
        }
    }
    rows
}

fn topic_rows(read: &[Read], frequent: &Frequent) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in read {
        for sentence in &line.sentences {
            for (span, class) in line.topics(sentence) {
                let own = &line.units[sentence.clone()];
                rows.push(Row {
                    features: features::topic(own, span, frequent),
                    class: class - 1,
                });
            }
        }
    }
    rows
}

fn sequences(read: &[Read], frequent: &Frequent) -> Vec<Sequence> {
    let mut found = Vec::new();
    for line in read {
        for sentence in &line.sentences {
            let topics = line.topics(sentence);
            if topics.is_empty() {
                continue;
            }
            let own = &line.units[sentence.clone()];
            let mut tags = vec![0; own.len()];
            for (span, _) in topics {
                tags[span.clone()].fill(2);
                tags[span.start] = 1;
            }
            let features = features::tagging(own, frequent);
            found.push(Sequence { features, tags });
        }
    }
    found
}

/// Writes a table as the program reads it. Features whose weights all come to zero are left out.
fn table(bytes: &mut Vec<u8>, weights: &Weights) {
    // Only differences between classes matter. Around the middle one most become zero, which packs well.
    let rows: Vec<(u32, Vec<f32>)> = weights
        .rows
        .iter()
        .map(|(key, row)| (*key, centred(row)))
        .collect();
    let scale = spread(&rows) / STEPS;
    let stored = |weight: f32| {
        ((weight.abs() / scale + 1.0 - DEAD).floor().min(127.0) * weight.signum()) as i8
    };
    let kept: Vec<&(u32, Vec<f32>)> = rows
        .iter()
        .filter(|(_, row)| row.iter().any(|weight| stored(*weight) != 0))
        .collect();
    bytes.extend(scale.to_le_bytes());
    number(bytes, kept.len() as u32);
    ascending(bytes, kept.iter().map(|row| row.0));
    for class in 0..weights.classes {
        bytes.extend(
            kept.iter()
                .map(|(_, row)| stored(row[class]).cast_unsigned()),
        );
    }
}

fn centred(row: &[f32]) -> Vec<f32> {
    let mut sorted = row.to_vec();
    sorted.sort_by(f32::total_cmp);
    let middle = (sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) / 2.0;
    row.iter().map(|weight| weight - middle).collect()
}

/// The size that nearly all weights stay below; the few beyond it still fit in a byte.
fn spread(rows: &[(u32, Vec<f32>)]) -> f32 {
    let mut sizes: Vec<f32> = rows
        .iter()
        .flat_map(|(_, row)| row.iter().map(|weight| weight.abs()))
        .collect();
    sizes.sort_by(f32::total_cmp);
    sizes
        .get(sizes.len() * 995 / 1000)
        .copied()
        .unwrap_or(1.0)
        .max(1e-6)
}

fn number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn ascending(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let mut last = 0;
    for next in numbers {
        number(bytes, next - last);
        last = next;
    }
}
