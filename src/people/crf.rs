//! A linear-chain conditional random field: its labels, decoding and training.
//!
//! Training is FTRL-proximal (McMahan et al., "Ad Click Prediction: a View from the Trenches",
//! 2013), which drives the weights of features that do not help to exactly zero.

use std::collections::BTreeMap;

/// The number of [`Label`]s.
pub const LABELS: usize = 6;

/// The number of bits of a feature's hash.
pub const FEATURE_BITS: u32 = 22;

/// A score, or a weight, for each label.
pub type Scores = [f32; LABELS];

/// Scores for each pair of neighbours: `transitions[left][right]`.
pub type Transitions = [[f32; LABELS]; LABELS];

/// The score of what cannot be.
const NEVER: f32 = -1e9;

/// What a token is in the name of a person, or of something else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Label {
    /// No part of a name.
    #[default]
    Outside,
    /// The first word of a person's name that has more.
    Begin,
    /// Neither the first nor the last word of a person's name.
    Inside,
    /// The last word of a person's name that has more.
    End,
    /// A person's name in one word.
    Single,
    /// A name of something that is no person.
    OtherName,
}

impl Label {
    /// All labels in the order of their numbers.
    pub const ALL: [Self; LABELS] = [
        Self::Outside,
        Self::Begin,
        Self::Inside,
        Self::End,
        Self::Single,
        Self::OtherName,
    ];

    /// Returns whether the label is that of a word in a person's name.
    pub fn is_person(self) -> bool {
        !matches!(self, Self::Outside | Self::OtherName)
    }

    /// Returns the label of word `at` of a person's name of `len` words.
    pub fn in_name(at: usize, len: usize) -> Self {
        match (at, len) {
            (0, 1) => Self::Single,
            (0, _) => Self::Begin,
            _ if at + 1 == len => Self::End,
            _ => Self::Inside,
        }
    }

    fn is_open(self) -> bool {
        matches!(self, Self::Begin | Self::Inside)
    }

    fn continues(self) -> bool {
        matches!(self, Self::Inside | Self::End)
    }

    fn may_precede(self, next: Self) -> bool {
        self.is_open() == next.continues()
    }
}

/// Room for decoding, kept from one sequence to the next.
#[derive(Default)]
pub struct Decoder {
    /// For each position and label, the label before it on the best path.
    back: Vec<[u8; LABELS]>,
}

impl Decoder {
    /// Writes the best labels of a sequence to `labels`, by the Viterbi algorithm.
    pub fn decode(&mut self, scores: &[Scores], transitions: &Transitions, labels: &mut [Label]) {
        let Some(first) = scores.first() else {
            return;
        };
        self.back.clear();
        let mut best = [NEVER; LABELS];
        for label in Label::ALL {
            if !label.continues() {
                best[label as usize] = first[label as usize];
            }
        }
        for score in scores {
            let mut back = [0; LABELS];
            if !self.back.is_empty() {
                let mut next = [NEVER; LABELS];
                for right in 0..LABELS {
                    let mut top = f32::MIN;
                    for left in 0..LABELS {
                        let path = best[left] + transitions[left][right];
                        if path > top {
                            top = path;
                            back[right] = left as u8;
                        }
                    }
                    next[right] = top + score[right];
                }
                best = next;
            }
            self.back.push(back);
        }
        let mut last = Label::Outside;
        for label in Label::ALL {
            if !label.is_open() && best[label as usize] > best[last as usize] {
                last = label;
            }
        }
        for (label, back) in labels.iter_mut().zip(&self.back).rev() {
            *label = last;
            last = Label::ALL[usize::from(back[last as usize])];
        }
    }
}

/// The trained weights of the features that have any.
pub struct Weights {
    /// By the hash of the feature, in [`FEATURE_BITS`] bits.
    pub features: BTreeMap<u32, Scores>,
    /// Between neighbours.
    pub transitions: Transitions,
}

impl Weights {
    /// Returns the mean of several trainings' weights. Nothing is the mean of none.
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

    /// Keeps the `rows` features whose weights tell labels apart most.
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

/// How strongly FTRL-proximal learns and how much it holds weights down.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// The learning rate.
    pub alpha: f32,
    /// The weight below which a feature is dropped.
    pub l1: f32,
    /// The pull of all weights towards zero.
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

/// One weight as FTRL-proximal keeps it.
#[derive(Clone, Copy, Default)]
struct Coordinate {
    weight: f32,
    /// The sum of gradients, less what the weight already answers.
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

/// Learns weights, one labelled sequence after another.
pub struct Trainer {
    rates: Rates,
    features: Vec<[Coordinate; LABELS]>,
    transitions: [[Coordinate; LABELS]; LABELS],
}

impl Trainer {
    /// Returns a trainer that knows nothing yet.
    pub fn new(rates: Rates) -> Self {
        Self {
            rates,
            features: vec![[Coordinate::default(); LABELS]; 1 << FEATURE_BITS],
            transitions: Default::default(),
        }
    }

    /// Takes one step: `features` holds the hashes of each position, `gold` its right label.
    /// Returns the negative log-likelihood of `gold` before the step.
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
                    if !left.may_precede(label) {
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

    /// Returns what was learnt.
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
        let mut weights = [[NEVER; LABELS]; LABELS];
        for left in Label::ALL {
            for right in Label::ALL {
                if left.may_precede(right) {
                    weights[left as usize][right as usize] =
                        self.transitions[left as usize][right as usize].weight;
                }
            }
        }
        weights
    }
}

/// Returns the logarithms of the sums over all paths up to, and from, each position and label, and
/// of the sum over all paths.
fn forward_backward(
    scores: &[Scores],
    transitions: &Transitions,
) -> (Vec<Scores>, Vec<Scores>, f32) {
    let len = scores.len();
    let mut forward = vec![[NEVER; LABELS]; len];
    let mut backward = vec![[NEVER; LABELS]; len];
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
            forward[at][right] = log_sum(&paths).max(NEVER) + scores[at][right];
        }
    }
    for at in (0..len - 1).rev() {
        for left in 0..LABELS {
            let mut paths = [0.0; LABELS];
            for right in 0..LABELS {
                paths[right] =
                    transitions[left][right] + scores[at + 1][right] + backward[at + 1][right];
            }
            backward[at][left] = log_sum(&paths).max(NEVER);
        }
    }
    let mut ends = [0.0; LABELS];
    for label in 0..LABELS {
        ends[label] = forward[len - 1][label] + backward[len - 1][label];
    }
    (forward, backward, log_sum(&ends))
}

fn log_sum(values: &Scores) -> f32 {
    let max = values.iter().copied().fold(f32::MIN, f32::max);
    max + values.iter().map(|v| (v - max).exp()).sum::<f32>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    use Label::{Begin, End, Inside, OtherName, Outside, Single};

    #[test]
    fn a_name_has_a_begin_and_an_end() {
        for (len, expected) in [
            (1, vec![Single]),
            (2, vec![Begin, End]),
            (4, vec![Begin, Inside, Inside, End]),
        ] {
            let labels: Vec<Label> = (0..len).map(|at| Label::in_name(at, len)).collect();
            assert_eq!(labels, expected);
        }
    }

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
