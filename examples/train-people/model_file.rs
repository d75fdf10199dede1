//! Writes trained weights as the embedded model file, in eight bits each.

use morgue::people::crf::LABELS;
use morgue::text::embedded::{compress, push_number};

use super::training::Weights;

/// The largest weight that is stored; larger ones are clamped.
const LARGEST_WEIGHT: f32 = 4.0;

/// Returns the embedded file of trained weights, in the format that `Model::decode` reads.
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

    use morgue::people::crf::{Scores, Transitions};
    use morgue::people::model::Model;

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
}
