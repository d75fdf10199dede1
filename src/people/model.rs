//! The embedded model: the weights of the strongest features, in eight bits.

use std::sync::LazyLock;

use super::crf::{FEATURE_BITS, LABELS, Scores, Transitions};
use crate::text::embedded::{ColumnReader, decompress};

/// The version of the model and the lexicon. It rises with every new training, so that an index
/// whose persons were found by an older model is recognised.
pub const MODEL_VERSION: u32 = 3;

static EMBEDDED: &[u8] = include_bytes!("data/model.zst");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::decode(EMBEDDED));

/// The weights of one feature, padded with zeros so that eight are added at once.
type Row = [i8; 8];

/// The number of rows that can be added up in 16 bits.
const ADDED_AT_ONCE: usize = i16::MAX as usize / i8::MAX as usize;

/// A block of 32 features of the bitmap of features with weights.
#[derive(Clone, Copy, Default)]
struct Block {
    /// A bit for each feature, the lowest first.
    present: u32,
    /// The number of features with weights before the block.
    before: u32,
}

/// The weights of features, looked up by hash.
///
/// A bitmap of all possible features marks those with weights. Most look-ups are of features
/// without weights; they take no branch and touch only the bitmap.
pub struct Model {
    blocks: Vec<Block>,
    /// A row of zeros for features without weights, then the rows in the order of the features.
    rows: Vec<Row>,
    /// The worth of one step of an eight-bit weight.
    step: f32,
    transitions: Transitions,
}

impl Model {
    /// Returns the embedded model, decoded on first use.
    pub fn get() -> &'static Self {
        &MODEL
    }

    /// Returns the scores of pairs of neighbouring labels.
    pub fn transitions(&self) -> &Transitions {
        &self.transitions
    }

    /// Returns the score of each label, given the hashes of the features.
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

    /// Decodes a file that `examples/train-people` wrote: the worth of one step of a weight, the
    /// transitions, the number of features, a column of weights for each label, and the hashes of
    /// the features in ascending order, as differences.
    pub fn decode(bytes: &[u8]) -> Self {
        let bytes = decompress(bytes);
        let mut reader = ColumnReader::new(&bytes);
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
        let mut feature = 0;
        let weights = (0..count).map(|i| {
            feature += reader.number() as u32;
            (feature, columns.map(|column| column[i].cast_signed()))
        });
        Self::new(step, transitions, weights)
    }

    /// Builds the look-up table over the weights of features, given in ascending order of the
    /// features' hashes. `step` is the worth of a weight of 1.
    fn new(
        step: f32,
        transitions: Transitions,
        weights: impl ExactSizeIterator<Item = (u32, [i8; LABELS])>,
    ) -> Self {
        let mut model = Self {
            blocks: vec![Block::default(); 1 << (FEATURE_BITS - u32::BITS.trailing_zeros())],
            rows: Vec::with_capacity(weights.len() + 1),
            step,
            transitions,
        };
        model.rows.push(Row::default());
        for (feature, weights) in weights {
            model.blocks[(feature / u32::BITS) as usize].present |= 1 << (feature % u32::BITS);
            let mut row = Row::default();
            row[..LABELS].copy_from_slice(&weights);
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::people::crf::Label;

    #[test]
    fn scores_are_the_sums_of_what_a_plain_map_holds() {
        let row = |feature: u32| -> [i8; LABELS] {
            std::array::from_fn(|label| ((feature * 31 + label as u32 * 7) % 127) as i8 - 63)
        };
        let last = (1 << FEATURE_BITS) - 1;
        let ends = [0, 1, 31, 32, 33, 63, 64, last - 1, last];
        let features: BTreeMap<u32, [i8; LABELS]> = (0..900)
            .map(|i| i * i * 5)
            .chain(ends)
            .map(|feature| (feature, row(feature)))
            .collect();
        let step = 1.0 / 32.0;
        let model = Model::new(
            step,
            Transitions::default(),
            features.iter().map(|(&feature, &row)| (feature, row)),
        );
        let known = |feature: u32| {
            let row = features.get(&feature).copied().unwrap_or_default();
            row.map(f32::from)
        };
        let asked: Vec<u32> = (0..2_000)
            .map(|i| i * i % 4_001 * 5 / 4)
            .chain(ends)
            .collect();
        let mut sums = [0.0; LABELS];
        for &feature in &asked {
            for (sum, weight) in sums.iter_mut().zip(known(feature)) {
                *sum += weight;
            }
            let expected = known(feature).map(|weight| weight * step);
            assert_eq!(model.score(&[feature]), expected, "{feature}");
        }
        assert_eq!(model.score(&asked), sums.map(|sum| sum * step));
    }

    #[test]
    fn the_embedded_model_is_whole() {
        let model = Model::get();
        let features: u32 = (model.blocks.iter())
            .map(|block| block.present.count_ones())
            .sum();
        assert!(features > 100_000 && model.rows.len() == features as usize + 1);
        assert!(model.rows[0] == Row::default() && model.rows[1] != Row::default());
        // A name that did not begin does not end.
        let transition =
            |left: Label, right: Label| model.transitions[left as usize][right as usize];
        assert!(transition(Label::Begin, Label::End) > -100.0);
        assert!(transition(Label::Outside, Label::End) < -100.0);
    }
}
