//! The linear model: small whole numbers, one for each feature and each answer, fitted to
//! `tests/data/guide/train.jsonl` by `cargo xtask eval train`.
//!
//! Layout of the file: thirty-two-bit little-endian biases of the kinds (the last one is "no kind")
//! and of the slots, then one signed byte for each feature and kind, then one for each feature with
//! a name of its own and each slot.

use super::features::{COUNT, Feature, NAMED};
use super::kind::{Kind, SLOTS};

/// The answers about the kind: the kinds and "no kind".
pub const ANSWERS: usize = Kind::ALL.len() + 1;
/// How many slots are judged.
pub const JUDGED: usize = SLOTS;
/// What one whole number of the file stands for, in units of log odds.
pub const STEP: f32 = 1.0 / 24.0;
/// The bytes of a file.
pub const SIZE: usize = (ANSWERS + JUDGED) * 4 + COUNT * ANSWERS + NAMED * JUDGED;

/// A fitted model.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    bytes: &'a [u8],
}

/// The model that is built in.
pub const BUILT_IN: Model<'static> = Model {
    bytes: include_bytes!("weights.bin"),
};

impl<'a> Model<'a> {
    /// A model from the bytes of a file; `None` where the size is another one.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        (bytes.len() == SIZE).then_some(Self { bytes })
    }

    /// How well each kind fits; the last figure is for no kind. The largest one wins.
    pub fn kinds(&self, features: &[Feature]) -> [i32; ANSWERS] {
        let mut sums = [0; ANSWERS];
        for (nth, sum) in sums.iter_mut().enumerate() {
            *sum = self.bias(nth);
        }
        for feature in features {
            let row = self.kind_row(feature.id);
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += i32::from(*weight as i8);
            }
        }
        sums
    }

    /// How well a text covers a slot, counted among the slots of all kinds: above 0 it does.
    pub fn slot(&self, features: &[Feature], slot: usize) -> i32 {
        let weights = features
            .iter()
            .map(|feature| self.slot_weight(feature.id, slot));
        self.bias(ANSWERS + slot) + weights.sum::<i32>()
    }

    /// What one feature says about a slot.
    pub fn slot_weight(&self, feature: u16, slot: usize) -> i32 {
        if usize::from(feature) >= NAMED {
            return 0;
        }
        let start = (ANSWERS + JUDGED) * 4 + COUNT * ANSWERS;
        let weight = self.bytes.get(start + usize::from(feature) * JUDGED + slot);
        weight.map_or(0, |weight| i32::from(*weight as i8))
    }

    fn kind_row(&self, feature: u16) -> &[u8] {
        let start = (ANSWERS + JUDGED) * 4 + usize::from(feature) * ANSWERS;
        self.bytes.get(start..start + ANSWERS).unwrap_or_default()
    }

    fn bias(&self, nth: usize) -> i32 {
        let bytes = self
            .bytes
            .get(nth * 4..nth * 4 + 4)
            .and_then(|bytes| bytes.try_into().ok());
        i32::from_le_bytes(bytes.unwrap_or_default())
    }
}
