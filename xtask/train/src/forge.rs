//! From labelled lines to the bytes of a model.

use crate::data::Example;
use crate::learn::{Recipe, Row, Sequence, Weights, perceptron, softmax};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use viewfinder::intent::features::{self, Frequent};
use viewfinder::intent::model::{SENTENCE_CLASSES, TAGS, TOPIC_CLASSES};
use viewfinder::intent::units::{self, Sort, Unit};

/// A unit of this many lines is frequent.
const FREQUENT: usize = 12;
/// How the sentence and the topic heads are trained.
const SENTENCE: Recipe = Recipe { least: 3, epochs: 20, rate: 0.1, drop: 0.5 };
const TOPIC: Recipe = Recipe { least: 3, epochs: 15, rate: 0.1, drop: 0.3 };
const TAG_LEAST: u32 = 4;
const TAG_EPOCHS: usize = 12;
/// Steps of a stored weight on each side of zero; few, so that the file packs well.
const STEPS: f32 = 31.0;

/// Trains everything. The same lines give the same bytes.
pub fn forge(examples: &[&Example]) -> Vec<u8> {
    let frequent = frequent(examples);
    let read: Vec<Read> = examples.iter().map(|example| Read::new(example)).collect();
    let sentences = softmax(&sentence_rows(&read, &frequent), SENTENCE_CLASSES, SENTENCE);
    let topics = softmax(&topic_rows(&read, &frequent), TOPIC_CLASSES, TOPIC);
    let (tags, steps) = perceptron(&sequences(&read, &frequent), TAG_LEAST, TAG_EPOCHS);
    let mut bytes = Vec::new();
    number(&mut bytes, frequent.0.len() as u32);
    ascending(&mut bytes, frequent.0.iter().map(|short| u32::from(*short)));
    table(&mut bytes, &sentences, 0.02);
    table(&mut bytes, &topics, 0.02);
    table(&mut bytes, &tags, 0.0);
    for step in steps.iter().flatten() {
        bytes.extend(step.to_le_bytes());
    }
    assert_eq!(steps.len(), TAGS);
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
        Self { example, units, sentences }
    }

    /// The topics in a sentence, as ranges of its own units, with their classes.
    fn topics(&self, sentence: &Range<usize>) -> Vec<(Range<usize>, usize)> {
        let own = &self.units[sentence.clone()];
        let place = |topic: &Range<usize>| {
            let first = own.iter().position(|unit| unit.end > topic.start && unit.start < topic.end)?;
            let last = own.iter().rposition(|unit| unit.end > topic.start && unit.start < topic.end)?;
            Some(first..last + 1)
        };
        let topics = self.example.topics.iter();
        topics.filter_map(|(topic, class)| Some((place(topic)?, *class))).collect()
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
        let plain = units.iter().filter(|unit| matches!(unit.sort, Sort::Han | Sort::Word));
        let once: HashSet<u16> = plain.map(|unit| features::short(unit.hash)).collect();
        once.into_iter().for_each(|short| *counts.entry(short).or_default() += 1);
    }
    let mut kept: Vec<u16> = counts.into_iter().filter(|(_, count)| *count >= FREQUENT).map(|(short, _)| short).collect();
    kept.sort_unstable();
    Frequent(kept)
}

fn sentence_rows(read: &[Read], frequent: &Frequent) -> Vec<Row> {
    // None, like, dislike, habit, fact, style: polarity is the other head's.
    const MERGED: [usize; 9] = [0, 1, 2, 3, 3, 4, 4, 5, 5];
    let mut rows = Vec::new();
    for line in read.iter().filter(|line| !line.example.retracts) {
        for sentence in &line.sentences {
            if let Some(class) = line.class(sentence) {
                let features = features::sentence(&line.units, sentence.clone(), frequent);
                rows.push(Row { features, class: MERGED[class] });
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
                rows.push(Row { features: features::topic(own, span, frequent), class: class - 1 });
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
            let features = (0..own.len())
                .map(|place| {
                    let mut found = Vec::new();
                    features::unit(own, place, frequent, &mut found);
                    found
                })
                .collect();
            found.push(Sequence { features, tags });
        }
    }
    found
}

/// Writes a table as the program reads it. Rows whose weights are all below `least` are left out.
fn table(bytes: &mut Vec<u8>, weights: &Weights, least: f32) {
    // Only differences between classes matter, so that the first class can be zero.
    let rows: Vec<(u32, Vec<f32>)> =
        weights.rows.iter().map(|(key, row)| (*key, row[1..].iter().map(|weight| weight - row[0]).collect())).collect();
    let scale = spread(&rows) / STEPS;
    let stored = |weight: f32| (weight / scale).round().clamp(-127.0, 127.0) as i8;
    let kept: Vec<&(u32, Vec<f32>)> = rows
        .iter()
        .filter(|(_, row)| row.iter().any(|weight| weight.abs() >= least && stored(*weight) != 0))
        .collect();
    bytes.extend(scale.to_le_bytes());
    number(bytes, kept.len() as u32);
    ascending(bytes, kept.iter().map(|row| row.0));
    for class in 0..weights.classes - 1 {
        bytes.extend(kept.iter().map(|(_, row)| stored(row[class]) as u8));
    }
}

/// The size that nearly all weights stay below; the few beyond it still fit in a byte.
fn spread(rows: &[(u32, Vec<f32>)]) -> f32 {
    let mut sizes: Vec<f32> = rows.iter().flat_map(|(_, row)| row.iter().map(|weight| weight.abs())).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() * 995 / 1000).copied().unwrap_or(1.0).max(1e-6)
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
