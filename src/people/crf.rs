//! A linear-chain conditional random field: its labels, and decoding. Training is in
//! `examples/train-people`.

/// The number of [`Label`]s.
pub const LABELS: usize = 6;

/// The number of bits of the hash of a feature.
pub const FEATURE_BITS: u32 = 22;

/// A score, or a weight, for each label.
pub type Scores = [f32; LABELS];

/// Scores of pairs of neighbouring labels: `transitions[left][right]`.
pub type Transitions = [[f32; LABELS]; LABELS];

/// The score of an impossible label or transition.
pub const IMPOSSIBLE: f32 = -1e9;

/// The label of a token: its position in the name of a person, as in the BIOES scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Label {
    /// Not part of a name.
    #[default]
    Outside,
    /// The first of several words of a person's name.
    Begin,
    /// A word of a person's name, neither the first nor the last.
    Inside,
    /// The last of several words of a person's name.
    End,
    /// A person's name of one word.
    Single,
    /// Part of the name of something else.
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

    /// Returns whether the token is part of a person's name.
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

    /// Returns whether the name goes on after this word.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Begin | Self::Inside)
    }

    /// Returns whether the name began before this word.
    pub fn continues(self) -> bool {
        matches!(self, Self::Inside | Self::End)
    }
}

/// A decoder, which keeps its buffers from one sequence to the next.
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
        let mut best = [IMPOSSIBLE; LABELS];
        for label in Label::ALL {
            if !label.continues() {
                best[label as usize] = first[label as usize];
            }
        }
        for score in scores {
            let mut back = [0; LABELS];
            if !self.back.is_empty() {
                let mut next = [IMPOSSIBLE; LABELS];
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
    fn decoding_finds_the_best_whole_names() {
        // Names alone score best word by word; the transitions favour a name of two words.
        let mut transitions = [[IMPOSSIBLE; LABELS]; LABELS];
        for left in Label::ALL {
            for right in Label::ALL {
                if left.is_open() == right.continues() {
                    transitions[left as usize][right as usize] = 0.0;
                }
            }
        }
        transitions[Begin as usize][End as usize] = 3.0;
        let score = |label: Label, score: f32| {
            let mut scores = [0.0; LABELS];
            scores[label as usize] = score;
            scores
        };
        for (scores, expected) in [
            (vec![], vec![]),
            (vec![score(Single, 1.0)], vec![Single]),
            // No name ends where none began, or begins without an end.
            (vec![score(End, 9.0)], vec![Outside]),
            (vec![score(Begin, 9.0)], vec![Outside]),
            (vec![score(Single, 1.0); 2], vec![Begin, End]),
            (vec![score(Single, 2.0); 2], vec![Single, Single]),
            (
                vec![score(OtherName, 1.0), score(Inside, 6.0), score(End, 1.0)],
                vec![Begin, Inside, End],
            ),
        ] {
            let mut labels = vec![OtherName; scores.len()];
            Decoder::default().decode(&scores, &transitions, &mut labels);
            assert_eq!(labels, expected, "{scores:?}");
        }
    }
}
