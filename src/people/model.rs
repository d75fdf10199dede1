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

/// The weights of one feature. The low half of the feature's hash tells rows apart; the high half
/// is the place in the table.
#[derive(Clone, Copy)]
struct Row {
    low: u16,
    weights: [i8; LABELS],
}

/// A first weight that no feature has, which marks an empty row.
const EMPTY: i8 = i8::MIN;

/// The weights of features, looked up by hash.
pub struct Model {
    rows: Vec<Row>,
    /// How many bits of a hash to leave out for its place in `rows`.
    shift: u32,
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
        for &feature in features {
            if let Some(weights) = self.weights(feature) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i32::from(weight);
                }
            }
        }
        sums.map(|sum| sum as f32 * self.step)
    }

    fn weights(&self, feature: u32) -> Option<[i8; LABELS]> {
        let mut at = (feature >> self.shift) as usize;
        loop {
            let row = self.rows[at & (self.rows.len() - 1)];
            if row.weights[0] == EMPTY {
                return None;
            }
            if row.low == feature as u16 {
                return Some(row.weights);
            }
            at += 1;
        }
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

        // At most four fifths full; not so small that the low half of a hash is ambiguous.
        let places = (count * 5 / 4 + 1).next_power_of_two().max(1 << 10);
        let empty = Row {
            low: 0,
            weights: [EMPTY; LABELS],
        };
        let mut model = Self {
            rows: vec![empty; places],
            shift: FEATURE_BITS.saturating_sub(places.trailing_zeros()),
            step,
            transitions,
        };
        let mut feature = 0;
        for i in 0..count {
            feature += reader.number() as u32;
            let mut at = (feature >> model.shift) as usize;
            while model.rows[at & (places - 1)].weights[0] != EMPTY {
                at += 1;
            }
            model.rows[at & (places - 1)] = Row {
                low: feature as u16,
                weights: columns.map(|column| column[i].cast_signed()),
            };
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
    fn the_embedded_model_is_whole() {
        assert!(Model::get().rows.iter().any(|row| row.weights[0] != EMPTY));
    }
}
