//! Fits the model of the input frame to its data, the same way every time.

use serde_json::Value;
use std::io;
use viewfinder::guide::Kind;
use viewfinder::guide::features::{self, COUNT, NAMED};
use viewfinder::guide::model::{ANSWERS, JUDGED, STEP};
use viewfinder::guide::scan::Scan;

/// The steps of the descent, and how large the first ones are.
const STEPS: usize = 200;
const PACE: f32 = 0.05;
/// What keeps weights small: for the kinds and for the slots.
const PULL: (f32, f32) = (0.0005, 0.003);
/// Hashed features count less than those with a name of their own.
const HASHED: f32 = 0.35;
/// A slot is rather ticked than missed, and silence is rather kept than broken, by so much log odds. For silence it is the
/// least with which, over five folds of the training lines, at most one in twenty that is no request is taken for one.
const SLOT_BIAS: f32 = 0.4;
const SILENCE_BIAS: f32 = 1.25;
/// Weights below this, in steps, are left out: they are many and say little.
const LEAST: f32 = 0.75;

/// A line of the data.
pub struct Line {
    features: Vec<u16>,
    /// The kind; [`Kind::ALL`]`.len()` for none.
    kind: usize,
    /// The covered slots of that kind.
    filled: Vec<usize>,
}

/// The lines of a file.
pub fn read(path: &str) -> io::Result<Vec<Line>> {
    let text = std::fs::read_to_string(path)?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| Ok(self::line(&serde_json::from_str(line)?)))
        .collect()
}

fn line(value: &Value) -> Line {
    let scan = Scan::new(value["text"].as_str().unwrap_or_default());
    let kind = Kind::from_id(value["frame"].as_str().unwrap_or_default());
    let filled = value["filled"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let slots = filled.iter().filter_map(Value::as_str);
    Line {
        features: features::of(&scan)
            .iter()
            .map(|feature| feature.id)
            .collect(),
        kind: kind.map_or(Kind::ALL.len(), |kind| kind as usize),
        filled: kind.map_or_else(Vec::new, |kind| {
            slots.filter_map(|id| kind.slot(id)).collect()
        }),
    }
}

/// The bytes of a model fitted to `lines`, as `viewfinder::guide::model` reads them.
pub fn fit(lines: &[Line]) -> Vec<u8> {
    let kinds = fit_kinds(lines);
    let slots = fit_slots(lines);
    let mut bytes = Vec::new();
    for (nth, bias) in kinds.bias.iter().enumerate() {
        let more = if nth + 1 == ANSWERS {
            SILENCE_BIAS
        } else {
            0.0
        };
        bytes.extend(whole(bias + more));
    }
    for bias in &slots.bias {
        bytes.extend(whole(bias + SLOT_BIAS));
    }
    let small = |weight: f32| {
        let steps = weight / STEP;
        if steps.abs() < LEAST {
            0
        } else {
            steps.round().clamp(-127.0, 127.0) as i8 as u8
        }
    };
    for (nth, weight) in kinds.weights.iter().enumerate() {
        bytes.push(small(weight * scale(nth / ANSWERS)));
    }
    bytes.extend(slots.weights.iter().map(|weight| small(*weight)));
    bytes
}

/// A bias in steps, as it is stored.
fn whole(bias: f32) -> [u8; 4] {
    ((bias / STEP).round() as i32).to_le_bytes()
}

fn scale(feature: usize) -> f32 {
    if feature < NAMED { 1.0 } else { HASHED }
}

/// Weights by feature and answer, and a bias for each answer.
struct Table {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

/// A table under descent: each weight moves by its slope over the recent size of its slopes.
struct Descent {
    table: Table,
    slope: Table,
    recent: Table,
    pull: f32,
}

impl Descent {
    fn new(features: usize, answers: usize, pull: f32) -> Self {
        let table = |fill: f32| Table {
            weights: vec![fill; features * answers],
            bias: vec![fill; answers],
        };
        Self {
            table: table(0.0),
            slope: table(0.0),
            recent: table(1e-6),
            pull,
        }
    }

    fn step(&mut self, step: usize) {
        let pace = PACE * (1.0 - step as f32 / STEPS as f32) + 0.0005;
        let parts = [
            (
                &mut self.table.weights,
                &mut self.slope.weights,
                &mut self.recent.weights,
                self.pull,
            ),
            (
                &mut self.table.bias,
                &mut self.slope.bias,
                &mut self.recent.bias,
                0.0,
            ),
        ];
        for (values, slopes, recent, pull) in parts {
            for ((value, slope), recent) in values.iter_mut().zip(slopes).zip(recent) {
                let down = *slope + pull * *value;
                *recent = *recent * 0.95 + 0.05 * down * down;
                *value -= pace * down / (recent.sqrt() + 1e-3);
                *slope = 0.0;
            }
        }
    }
}

/// Which kind: the answers share one unit of belief.
fn fit_kinds(lines: &[Line]) -> Table {
    let mut descent = Descent::new(COUNT, ANSWERS, PULL.0);
    for step in 0..STEPS {
        for line in lines {
            let mut belief = descent.table.bias.clone();
            for &feature in &line.features {
                let row = usize::from(feature) * ANSWERS;
                let scale = scale(feature.into());
                for (nth, belief) in belief.iter_mut().enumerate() {
                    *belief += scale * descent.table.weights[row + nth];
                }
            }
            let most = belief.iter().copied().fold(f32::MIN, f32::max);
            let sum: f32 = belief.iter().map(|belief| (belief - most).exp()).sum();
            for (nth, belief) in belief.iter().enumerate() {
                let wrong = (belief - most).exp() / sum - f32::from(u8::from(nth == line.kind));
                let wrong = wrong / lines.len() as f32;
                descent.slope.bias[nth] += wrong;
                for &feature in &line.features {
                    let at = usize::from(feature) * ANSWERS + nth;
                    descent.slope.weights[at] += scale(feature.into()) * wrong;
                }
            }
        }
        descent.step(step);
    }
    descent.table
}

/// Which slots: each is a question of its own, but slots of one name learn from each other.
fn fit_slots(lines: &[Line]) -> Table {
    let (names, heads) = slots();
    let mut descent = Descent::new(NAMED, JUDGED + names, PULL.1);
    let width = JUDGED + names;
    for step in 0..STEPS {
        for line in lines {
            let own = heads
                .iter()
                .enumerate()
                .filter(|(_, head)| head.kind == line.kind);
            for (nth, head) in own {
                let columns = [nth, JUDGED + head.name];
                let named = || {
                    line.features
                        .iter()
                        .map(|id| usize::from(*id))
                        .filter(|id| *id < NAMED)
                };
                let mut odds: f32 = columns
                    .iter()
                    .map(|column| descent.table.bias[*column])
                    .sum();
                for feature in named() {
                    odds += columns
                        .iter()
                        .map(|column| descent.table.weights[feature * width + column])
                        .sum::<f32>();
                }
                let truth = f32::from(u8::from(line.filled.contains(&head.slot)));
                // As if each kind had about as many lines as there are in all.
                let wrong = (1.0 / (1.0 + (-odds).exp()) - truth) * 6.0 / lines.len() as f32;
                for column in columns {
                    descent.slope.bias[column] += wrong;
                    for feature in named() {
                        descent.slope.weights[feature * width + column] += wrong;
                    }
                }
            }
        }
        descent.step(step);
    }
    let table = &descent.table;
    let sum = |values: &[f32], nth: usize| values[nth] + values[JUDGED + heads[nth].name];
    Table {
        weights: table
            .weights
            .chunks(width)
            .flat_map(|row| (0..JUDGED).map(move |nth| (row, nth)))
            .map(|(row, nth)| sum(row, nth))
            .collect(),
        bias: (0..JUDGED).map(|nth| sum(&table.bias, nth)).collect(),
    }
}

/// A slot of a kind and the number of its name.
struct Head {
    kind: usize,
    slot: usize,
    name: usize,
}

fn slots() -> (usize, Vec<Head>) {
    let mut names: Vec<&str> = Vec::new();
    let mut heads = Vec::new();
    for kind in Kind::ALL {
        for (slot, id) in kind.slots().iter().enumerate() {
            let name = names.iter().position(|name| name == id).unwrap_or_else(|| {
                names.push(id);
                names.len() - 1
            });
            heads.push(Head {
                kind: *kind as usize,
                slot,
                name,
            });
        }
    }
    (names.len(), heads)
}
