//! Training of the conditional random field by FTRL-proximal (McMahan et al., "Ad Click Prediction:
//! a View from the Trenches", 2013), which sets the weights of features that do not help to exactly
//! zero.

use std::collections::BTreeMap;

use morgue::people::crf::{FEATURE_BITS, IMPOSSIBLE, LABELS, Label, Scores, Transitions};

/// Trained weights.
pub struct Weights {
    /// The weights of the features that have any that is not zero, by the hash of the feature.
    pub features: BTreeMap<u32, Scores>,
    /// The weights of pairs of neighbouring labels.
    pub transitions: Transitions,
}

impl Weights {
    /// Returns the mean of the weights of several trainings.
    pub fn mean(trainings: &[Self]) -> Self {
        let share = 1.0 / trainings.len().max(1) as f32;
        let mut mean = Self {
            features: BTreeMap::new(),
            transitions: [[0.0; LABELS]; LABELS],
        };
        for weights in trainings {
            for (&hash, scores) in &weights.features {
                let sum = mean.features.entry(hash).or_default();
                for (sum, score) in sum.iter_mut().zip(scores) {
                    *sum += score * share;
                }
            }
            for (sums, row) in mean.transitions.iter_mut().zip(&weights.transitions) {
                for (sum, score) in sums.iter_mut().zip(row) {
                    *sum += score * share;
                }
            }
        }
        mean
    }

    /// Keeps the `rows` features whose weights differ most from label to label.
    pub fn prune(&mut self, rows: usize) {
        let spread = |weights: &Scores| {
            let max = weights.iter().copied().fold(f32::MIN, f32::max);
            let min = weights.iter().copied().fold(f32::MAX, f32::min);
            max - min
        };
        let mut spreads: Vec<f32> = self.features.values().map(spread).collect();
        if spreads.len() <= rows {
            return;
        }
        spreads.sort_by(|a, b| b.total_cmp(a));
        let least = spreads[rows];
        self.features.retain(|_, weights| spread(weights) > least);
    }
}

/// The parameters of FTRL-proximal, named as in the paper.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// The learning rate.
    pub alpha: f32,
    /// The strength of L1 regularisation, which sets small weights to zero.
    pub l1: f32,
    /// The strength of L2 regularisation, which shrinks all weights.
    pub l2: f32,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            alpha: 0.05,
            l1: 0.3,
            l2: 1.0,
        }
    }
}

/// The state of one weight.
#[derive(Clone, Copy, Default)]
struct Coordinate {
    weight: f32,
    /// The adjusted sum of gradients.
    z: f32,
    /// The sum of squared gradients.
    n: f32,
}

impl Coordinate {
    fn update(&mut self, gradient: f32, rates: &Rates, l1: f32) {
        let n = self.n + gradient * gradient;
        let sigma = (n.sqrt() - self.n.sqrt()) / rates.alpha;
        self.z += gradient - sigma * self.weight;
        self.n = n;
        self.weight = if self.z.abs() <= l1 {
            0.0
        } else {
            -(self.z - self.z.signum() * l1) / ((1.0 + n.sqrt()) / rates.alpha + rates.l2)
        };
    }
}

/// Learns weights from labelled sequences.
pub struct Trainer {
    rates: Rates,
    features: Vec<[Coordinate; LABELS]>,
    transitions: [[Coordinate; LABELS]; LABELS],
}

impl Trainer {
    /// Returns a trainer with all weights zero.
    pub fn new(rates: Rates) -> Self {
        Self {
            rates,
            features: vec![[Coordinate::default(); LABELS]; 1 << FEATURE_BITS],
            transitions: Default::default(),
        }
    }

    /// Takes one step: `features` holds the feature hashes of each position, `gold` its correct
    /// label. Returns the negative log-likelihood of `gold` before the step.
    pub fn step(&mut self, features: &[Vec<u32>], gold: &[Label]) -> f32 {
        let len = features.len();
        if len == 0 {
            return 0.0;
        }
        let transitions = self.transition_weights();
        let mut scores = vec![[0.0; LABELS]; len];
        for (scores, hashes) in scores.iter_mut().zip(features) {
            for &hash in hashes {
                for (score, coordinate) in scores.iter_mut().zip(&self.features[hash as usize]) {
                    *score += coordinate.weight;
                }
            }
        }
        let (forward, backward, total) = forward_backward(&scores, &transitions);

        let mut gold_score = 0.0;
        for at in 0..len {
            let right = gold[at];
            gold_score += scores[at][right as usize];
            let mut gradient = [0.0; LABELS];
            for label in Label::ALL {
                let i = label as usize;
                let likely = (forward[at][i] + backward[at][i] - total).exp();
                gradient[i] = likely - f32::from(u8::from(label == right));
            }
            if gradient.iter().any(|g| g.abs() > 1e-3) {
                for &hash in &features[at] {
                    let row = &mut self.features[hash as usize];
                    for (coordinate, gradient) in row.iter_mut().zip(gradient) {
                        coordinate.update(gradient, &self.rates, self.rates.l1);
                    }
                }
            }
            if at == 0 {
                continue;
            }
            let before = gold[at - 1];
            gold_score += transitions[before as usize][right as usize];
            for left in Label::ALL {
                for label in Label::ALL {
                    let (l, r) = (left as usize, label as usize);
                    if !may_precede(left, label) {
                        continue;
                    }
                    let path =
                        forward[at - 1][l] + transitions[l][r] + scores[at][r] + backward[at][r];
                    let is_gold = left == before && label == right;
                    let gradient = (path - total).exp() - f32::from(u8::from(is_gold));
                    self.transitions[l][r].update(gradient, &self.rates, 0.0);
                }
            }
        }
        total - gold_score
    }

    /// Returns the weights learnt so far.
    pub fn finish(&self) -> Weights {
        let mut features = BTreeMap::new();
        for (hash, row) in (0..).zip(&self.features) {
            if row.iter().any(|coordinate| coordinate.weight != 0.0) {
                features.insert(hash, row.map(|coordinate| coordinate.weight));
            }
        }
        Weights {
            features,
            transitions: self.transition_weights(),
        }
    }

    fn transition_weights(&self) -> Transitions {
        let mut weights = [[IMPOSSIBLE; LABELS]; LABELS];
        for left in Label::ALL {
            for right in Label::ALL {
                if may_precede(left, right) {
                    weights[left as usize][right as usize] =
                        self.transitions[left as usize][right as usize].weight;
                }
            }
        }
        weights
    }
}

/// Runs the forward-backward algorithm. Returns the log-sums of the scores of all paths up to each
/// position and label, those of all paths after it, and the log-sum of all paths.
fn forward_backward(
    scores: &[Scores],
    transitions: &Transitions,
) -> (Vec<Scores>, Vec<Scores>, f32) {
    let len = scores.len();
    let mut forward = vec![[IMPOSSIBLE; LABELS]; len];
    let mut backward = vec![[IMPOSSIBLE; LABELS]; len];
    for label in Label::ALL {
        let i = label as usize;
        if !label.continues() {
            forward[0][i] = scores[0][i];
        }
        if !label.is_open() {
            backward[len - 1][i] = 0.0;
        }
    }
    for at in 1..len {
        for right in 0..LABELS {
            let mut paths = [0.0; LABELS];
            for left in 0..LABELS {
                paths[left] = forward[at - 1][left] + transitions[left][right];
            }
            forward[at][right] = log_sum(&paths).max(IMPOSSIBLE) + scores[at][right];
        }
    }
    for at in (0..len - 1).rev() {
        for left in 0..LABELS {
            let mut paths = [0.0; LABELS];
            for right in 0..LABELS {
                paths[right] =
                    transitions[left][right] + scores[at + 1][right] + backward[at + 1][right];
            }
            backward[at][left] = log_sum(&paths).max(IMPOSSIBLE);
        }
    }
    let mut ends = [0.0; LABELS];
    for label in 0..LABELS {
        ends[label] = forward[len - 1][label] + backward[len - 1][label];
    }
    (forward, backward, log_sum(&ends))
}

/// Returns whether a label may follow another: a name that is open goes on.
fn may_precede(left: Label, right: Label) -> bool {
    left.is_open() == right.continues()
}

/// Returns the logarithm of the sum of exponentials.
fn log_sum(values: &Scores) -> f32 {
    let max = values.iter().copied().fold(f32::MIN, f32::max);
    max + values.iter().map(|v| (v - max).exp()).sum::<f32>().ln()
}

#[cfg(test)]
mod tests {
    use morgue::people::crf::Decoder;

    use super::*;

    use Label::{Begin, End, OtherName, Outside, Single};

    #[test]
    fn training_learns_a_sequence_and_decoding_returns_it() {
        // Feature 1 begins a name, 2 ends it, 3 is a name alone, 4 a town.
        let samples = [
            (vec![vec![1], vec![2]], vec![Begin, End]),
            (vec![vec![3]], vec![Single]),
            (vec![vec![4], vec![1], vec![2]], vec![OtherName, Begin, End]),
            (vec![vec![5], vec![3]], vec![Outside, Single]),
        ];
        let mut trainer = Trainer::new(Rates::default());
        for _ in 0..200 {
            for (features, gold) in &samples {
                trainer.step(features, gold);
            }
        }
        let weights = trainer.finish();
        for (features, gold) in &samples {
            let scores: Vec<Scores> = features
                .iter()
                .map(|hashes: &Vec<u32>| weights.features[&hashes[0]])
                .collect();
            let mut labels = vec![Outside; gold.len()];
            Decoder::default().decode(&scores, &weights.transitions, &mut labels);
            assert_eq!(labels, *gold);
        }
        assert!(trainer.step(&samples[0].0, &samples[0].1) < 0.2);
    }

    #[test]
    fn pruning_keeps_the_strongest_rows() {
        let row = |strength| [strength, 0.0, 0.0, 0.0, 0.0, -strength];
        let mut weights = Weights {
            features: BTreeMap::from([(1, row(0.1)), (2, row(3.0)), (3, row(1.0))]),
            transitions: Transitions::default(),
        };
        weights.prune(2);
        assert!(weights.features.keys().eq(&[2, 3]));
    }
}
