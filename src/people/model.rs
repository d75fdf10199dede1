//! The trained weights as the program carries them: the strongest features only, in eight bits.

use std::sync::LazyLock;

use super::crf::{FEATURE_BITS, LABELS, Scores, Transitions, Weights};
use super::lexicon::{Columns, compress, decompress, push_number};

/// The version of the trained model and its lists. It rises with every new training, so that an
/// index knows which people were found by an older one.
pub const MODEL_VERSION: u32 = 3;

static EMBEDDED: &[u8] = include_bytes!("data/model.zst");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::decode(EMBEDDED));

/// The largest weight that is told from larger ones.
const LARGEST_WEIGHT: f32 = 4.0;

/// The weights of one feature, filled up with zeros so that eight are added at once.
type Row = [i8; 8];

/// How many rows can be added up in 16 bits.
const ADDED_AT_ONCE: usize = i16::MAX as usize / i8::MAX as usize;

/// Which of 32 features in a row have weights.
#[derive(Clone, Copy, Default)]
struct Block {
    /// A bit a feature, the lowest first.
    present: u32,
    /// How many features before these have weights.
    before: u32,
}

/// The weights of features, looked up by hash.
///
/// A bit for each feature that there may be says whether it has weights: most that are asked for have
/// none, and the answer for them comes from a small table without a branch.
pub struct Model {
    blocks: Vec<Block>,
    /// A row of zeros for what has none, then the weights in the order of the features.
    rows: Vec<Row>,
    /// What one step of an eight-bit weight is worth.
    step: f32,
    transitions: Transitions,
}

impl Model {
    /// Returns the model that the program carries, decoded on first use.
    pub fn get() -> &'static Self {
        &MODEL
    }

    /// Returns the scores between neighbours.
    pub fn transitions(&self) -> &Transitions {
        &self.transitions
    }

    /// Returns the score of each label by the features with these hashes.
    pub fn score(&self, features: &[u32]) -> Scores {
        let mut sums = [0_i32; LABELS];
        for features in features.chunks(ADDED_AT_ONCE) {
            let mut part = [0_i16; 8];
            for &feature in features {
                for (sum, &weight) in part.iter_mut().zip(self.row(feature)) {
                    *sum += i16::from(weight);
                }
            }
            for (sum, part) in sums.iter_mut().zip(part) {
                *sum += i32::from(part);
            }
        }
        sums.map(|sum| sum as f32 * self.step)
    }

    fn row(&self, feature: u32) -> &Row {
        let block = self.blocks[(feature / u32::BITS) as usize];
        let bit = feature % u32::BITS;
        let earlier = (block.present & ((1 << bit) - 1)).count_ones();
        let is_present = block.present >> bit & 1;
        &self.rows[((block.before + earlier + 1) * is_present) as usize]
    }

    /// Decodes what [`encode`] made.
    pub fn decode(bytes: &[u8]) -> Self {
        let bytes = decompress(bytes);
        let mut reader = Columns { bytes: &bytes };
        let mut float = || {
            let bytes = reader.column(4);
            f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
        };
        let step = float();
        let mut transitions = Transitions::default();
        for score in transitions.as_flattened_mut() {
            *score = float();
        }
        let count = reader.number();
        let columns: [&[u8]; LABELS] = std::array::from_fn(|_| reader.column(count));

        let mut model = Self {
            blocks: vec![Block::default(); 1 << (FEATURE_BITS - u32::BITS.trailing_zeros())],
            rows: Vec::with_capacity(count + 1),
            step,
            transitions,
        };
        model.rows.push(Row::default());
        let mut feature = 0;
        for i in 0..count {
            feature += reader.number() as u32;
            model.blocks[(feature / u32::BITS) as usize].present |= 1 << (feature % u32::BITS);
            let mut row = Row::default();
            for (weight, column) in row.iter_mut().zip(columns) {
                *weight = column[i].cast_signed();
            }
            model.rows.push(row);
        }
        let mut before = 0;
        for block in &mut model.blocks {
            block.before = before;
            before += block.present.count_ones();
        }
        model
    }
}

/// Returns the embedded file of trained weights: the step, the transitions, the number of
/// features, a column of weights for each label, and the features as differences.
pub fn encode(weights: &Weights) -> Vec<u8> {
    let largest = weights
        .features
        .values()
        .flatten()
        .fold(0.01_f32, |largest, weight| largest.max(weight.abs()))
        .min(LARGEST_WEIGHT);
    let step = largest / 127.0;
    let eight_bits =
        |weight: f32| ((weight / step).round().clamp(-127.0, 127.0) as i8).cast_unsigned();

    let mut out = Vec::new();
    out.extend(step.to_le_bytes());
    for score in weights.transitions.as_flattened() {
        out.extend(score.to_le_bytes());
    }
    push_number(&mut out, weights.features.len());
    for label in 0..LABELS {
        out.extend(weights.features.values().map(|row| eight_bits(row[label])));
    }
    let mut last = 0;
    for feature in weights.features.keys() {
        push_number(&mut out, (feature - last) as usize);
        last = *feature;
    }
    compress(&out)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn weights_survive_encoding_in_eight_bits() {
        let weight = |feature: u32, label: usize| ((feature as usize * 7 + label) % 9) as f32 - 4.0;
        let features: BTreeMap<u32, Scores> = (0..3000)
            .map(|i| i * 1398)
            .map(|feature| (feature, std::array::from_fn(|label| weight(feature, label))))
            .collect();
        let mut transitions = Transitions::default();
        transitions[1][2] = 0.5;
        let model = Model::decode(&encode(&Weights {
            features: features.clone(),
            transitions,
        }));
        assert_eq!(model.transitions()[1][2], 0.5);
        for (feature, row) in features {
            for (found, expected) in model.score(&[feature]).iter().zip(row) {
                assert!(
                    (found - expected).abs() < 0.02,
                    "{feature}: {found} {expected}"
                );
            }
        }
        assert_eq!(model.score(&[1, 2, 3]), [0.0; LABELS]);
    }

    #[test]
    fn scores_are_the_sums_of_what_a_plain_map_holds() {
        let row = |feature: u32| -> Scores {
            std::array::from_fn(|label| (feature * 31 + label as u32 * 7) as f32 % 127.0 - 63.0)
        };
        let last = (1 << FEATURE_BITS) - 1;
        let ends = [0, 1, 31, 32, 33, 63, 64, last - 1, last];
        let mut features: BTreeMap<u32, Scores> = (0..900)
            .map(|i| i * i * 5)
            .chain(ends)
            .map(|f| (f, row(f)))
            .collect();
        // The largest weight is kept exactly, and with it every one that is a whole number.
        features.insert(77, [127.0; LABELS]);
        let scaled = features
            .iter()
            .map(|(&f, row)| (f, row.map(|weight| weight / 32.0)));
        let model = Model::decode(&encode(&Weights {
            features: scaled.collect(),
            transitions: Transitions::default(),
        }));
        let asked: Vec<u32> = (0..2_000)
            .map(|i| i * i % 4_001 * 5 / 4)
            .chain(ends)
            .collect();
        let mut expected = [0.0; LABELS];
        for row in asked.iter().filter_map(|feature| features.get(feature)) {
            for (sum, weight) in expected.iter_mut().zip(row) {
                *sum += weight;
            }
        }
        assert_eq!(model.score(&asked), expected.map(|sum| sum / 32.0));
        for feature in asked {
            let known = features.get(&feature).copied().unwrap_or_default();
            assert_eq!(
                model.score(&[feature]),
                known.map(|weight| weight / 32.0),
                "{feature}"
            );
        }
    }

    #[test]
    fn the_embedded_model_is_whole() {
        let rows = &Model::get().rows;
        assert!(rows[0] == Row::default() && rows.iter().any(|row| *row != Row::default()));
    }
}
