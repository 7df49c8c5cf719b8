//! Multinomial logistic regression over hashed features, by seeded stochastic steps; an averaged perceptron for tags.

use std::collections::{HashMap, HashSet};
use viewfinder::intent::model::{TAGS, best_path, key, scale};

/// An example: its features, as the program hashes them, and the class that they should give.
pub struct Row {
    pub features: Vec<u32>,
    pub class: usize,
}

/// Learned weights: for each feature, one for each class, and how many examples have it.
pub struct Weights {
    pub classes: usize,
    pub rows: Vec<(u32, Vec<f32>)>,
    counts: HashMap<u32, u32>,
}

impl Weights {
    /// The features that matter most: those with large weights, and more so those of many examples.
    pub fn strongest(&self, most: usize) -> HashSet<u32> {
        let mut rows: Vec<(f32, u32)> = self
            .rows
            .iter()
            .map(|(key, row)| (self.force(*key, row), *key))
            .collect();
        rows.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        rows.into_iter().take(most).map(|row| row.1).collect()
    }

    fn force(&self, key: u32, row: &[f32]) -> f32 {
        let most = row.iter().copied().fold(f32::MIN, f32::max);
        let least = row.iter().copied().fold(f32::MAX, f32::min);
        let count = self.counts.get(&key).copied().unwrap_or(1);
        (most - least) * (count as f32).sqrt()
    }
}

/// Which features a model may have.
#[derive(Clone, Copy)]
pub enum Choice<'a> {
    /// Those of at least so many examples.
    Least(u32),
    /// These.
    Only(&'a HashSet<u32>),
}

/// How to train.
#[derive(Clone, Copy)]
pub struct Recipe {
    pub epochs: usize,
    pub rate: f32,
    /// The part of an example's features left out at each step, so that none is relied on alone.
    pub drop: f32,
}

/// Places for the features of the choice, and the number of examples of each.
fn places<'a>(
    examples: impl Iterator<Item = &'a [u32]>,
    choice: Choice,
) -> (HashMap<u32, usize>, HashMap<u32, u32>) {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for feature in examples.flatten() {
        *counts.entry(key(*feature)).or_default() += 1;
    }
    let mut kept: Vec<u32> = match choice {
        Choice::Least(least) => counts
            .iter()
            .filter(|(_, count)| **count >= least)
            .map(|(key, _)| *key)
            .collect(),
        Choice::Only(keys) => keys.iter().copied().collect(),
    };
    kept.sort_unstable();
    (
        kept.into_iter()
            .enumerate()
            .map(|(place, key)| (key, place))
            .collect(),
        counts,
    )
}

/// Logistic regression with AdaGrad steps and features left out at random.
pub fn softmax(rows: &[Row], classes: usize, recipe: Recipe, choice: Choice) -> Weights {
    let (places, counts) = places(rows.iter().map(|row| row.features.as_slice()), choice);
    let mut weights = vec![0.0f32; places.len() * classes];
    let mut sums = vec![1e-4f32; weights.len()];
    let known: Vec<Vec<usize>> = rows
        .iter()
        .map(|row| {
            row.features
                .iter()
                .filter_map(|feature| places.get(&key(*feature)).copied())
                .collect()
        })
        .collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut dice = Dice(7);
    for _ in 0..recipe.epochs {
        dice.shuffle(&mut order);
        for &place in &order {
            let kept: Vec<usize> = known[place]
                .iter()
                .copied()
                .filter(|_| dice.chance() >= recipe.drop)
                .collect();
            let scale = scale(rows[place].features.len()) / (1.0 - recipe.drop);
            let mut scores = vec![0.0; classes];
            for feature in &kept {
                let own = &weights[feature * classes..];
                scores
                    .iter_mut()
                    .zip(own)
                    .for_each(|(score, weight)| *score += weight * scale);
            }
            let mut slopes = chances(&scores);
            slopes[rows[place].class] -= 1.0;
            for feature in &kept {
                for (class, slope) in slopes.iter().enumerate() {
                    let slope = slope * scale;
                    let at = feature * classes + class;
                    sums[at] += slope * slope;
                    weights[at] -= recipe.rate * slope / sums[at].sqrt();
                }
            }
        }
    }
    gather(&places, &weights, classes, counts)
}

fn gather(
    places: &HashMap<u32, usize>,
    weights: &[f32],
    classes: usize,
    counts: HashMap<u32, u32>,
) -> Weights {
    let mut rows: Vec<(u32, Vec<f32>)> = places
        .iter()
        .map(|(key, place)| {
            (
                *key,
                weights[place * classes..(place + 1) * classes].to_vec(),
            )
        })
        .collect();
    rows.sort_by_key(|row| row.0);
    Weights {
        classes,
        rows,
        counts,
    }
}

/// Scores to probabilities.
fn chances(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

/// A sentence for the tagger: the features of each unit, and its tag.
pub struct Sequence {
    pub features: Vec<Vec<u32>>,
    pub tags: Vec<usize>,
}

/// A structured perceptron, its weights averaged over all steps. At each step the part `drop` of every unit's features
/// is left out, so that none is relied on alone.
pub fn perceptron(
    sequences: &[Sequence],
    epochs: usize,
    drop: f32,
    choice: Choice,
) -> (Weights, [[f32; TAGS]; TAGS]) {
    let units = sequences.iter().flat_map(|one| one.features.iter());
    let (places, counts) = places(units.map(Vec::as_slice), choice);
    let known = |unit: &Vec<u32>| -> Vec<usize> {
        let places = unit
            .iter()
            .map(|feature| places.get(&key(*feature)).copied());
        places.flatten().collect()
    };
    let all: Vec<Vec<Vec<usize>>> = sequences
        .iter()
        .map(|one| one.features.iter().map(known).collect())
        .collect();
    let mut learner = Learner::new(places.len(), epochs * sequences.len());
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let mut dice = Dice(11);
    for _ in 0..epochs {
        dice.shuffle(&mut order);
        for &place in &order {
            let mut some = |unit: &Vec<usize>| -> Vec<usize> {
                let kept = unit.iter().copied().filter(|_| dice.chance() >= drop);
                kept.collect()
            };
            let seen: Vec<Vec<usize>> = all[place].iter().map(&mut some).collect();
            learner.step(&seen, &sequences[place].tags);
        }
    }
    let averages = learner.averages();
    let mut steps = [[0.0; TAGS]; TAGS];
    for (at, step) in steps.iter_mut().flatten().enumerate() {
        *step = averages[learner.base + at];
    }
    let weights = gather(&places, &averages[..learner.base], TAGS, counts);
    (weights, steps)
}

/// A perceptron on its way.
struct Learner {
    weights: Vec<f32>,
    totals: Vec<f64>,
    /// The steps between tags stand behind the features, from here on.
    base: usize,
    moment: f64,
    last: f64,
}

impl Learner {
    fn new(features: usize, steps: usize) -> Self {
        let base = features * TAGS;
        Self {
            weights: vec![0.0; base + TAGS * TAGS],
            totals: vec![0.0; base + TAGS * TAGS],
            base,
            moment: 0.0,
            last: steps as f64,
        }
    }

    /// Learns from one sentence: what is guessed wrong loses, what is right gains.
    fn step(&mut self, seen: &[Vec<usize>], truth: &[usize]) {
        let guess = decode(seen, &self.weights, self.base);
        let (mut before, mut guessed_before) = (0, 0);
        for (unit, (&tag, &guessed)) in truth.iter().zip(&guess).enumerate() {
            if tag != guessed {
                for feature in &seen[unit] {
                    self.change(feature * TAGS + tag, 1.0);
                    self.change(feature * TAGS + guessed, -1.0);
                }
            }
            if (before, tag) != (guessed_before, guessed) {
                self.change(self.base + before * TAGS + tag, 1.0);
                self.change(self.base + guessed_before * TAGS + guessed, -1.0);
            }
            (before, guessed_before) = (tag, guessed);
        }
        self.moment += 1.0;
    }

    fn change(&mut self, at: usize, by: f32) {
        self.weights[at] += by;
        // What is added now counts for all the steps that are left.
        self.totals[at] += f64::from(by) * (self.last - self.moment);
    }

    fn averages(&self) -> Vec<f32> {
        let averages = self.totals.iter().map(|total| (total / self.last) as f32);
        averages.collect()
    }
}

fn decode(known: &[Vec<usize>], weights: &[f32], base: usize) -> Vec<usize> {
    let scores: Vec<[f32; TAGS]> = known
        .iter()
        .map(|unit| {
            let mut row = [0.0; TAGS];
            for feature in unit {
                row.iter_mut()
                    .zip(&weights[feature * TAGS..])
                    .for_each(|(score, weight)| *score += weight);
            }
            row
        })
        .collect();
    let mut steps = [[0.0; TAGS]; TAGS];
    for (at, step) in steps.iter_mut().flatten().enumerate() {
        *step = weights[base + at];
    }
    best_path(&scores, &steps, 0.0)
}

/// A small generator of numbers, the same on every run and machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }

    fn chance(&mut self) -> f32 {
        self.next() as f32 / (1u32 << 31) as f32
    }

    fn shuffle<T>(&mut self, row: &mut [T]) {
        for end in (1..row.len()).rev() {
            let other = self.next() as usize % (end + 1);
            row.swap(end, other);
        }
    }
}
