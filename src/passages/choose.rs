//! Chooses the sentences of an article that are shown.

use std::ops::Range;

use super::highlight::Highlight;
use super::trim::distinct;
use crate::text::sentence::sentences;

/// The most passages of an article.
const MOST_PASSAGES: usize = 3;

/// A sentence that has marks.
pub(super) struct MarkedSentence {
    /// The number of its block among those of the body.
    pub(super) block: usize,
    /// Its bytes in the block.
    pub(super) range: Range<usize>,
    /// Its marks, each once, in order.
    marks: Vec<usize>,
}

impl MarkedSentence {
    /// Returns the sentences of a block that have marks.
    pub(super) fn all_of(block: usize, text: &str, highlights: &[Highlight]) -> Vec<Self> {
        if highlights.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for range in sentences(text) {
            let inside: Vec<&Highlight> = (highlights.iter())
                .filter(|highlight| {
                    range.start <= highlight.range.start && highlight.range.end <= range.end
                })
                .collect();
            if !inside.is_empty() {
                let marks = distinct(&inside);
                found.push(Self {
                    block,
                    range,
                    marks,
                });
            }
        }
        found
    }
}

/// Returns the best sentences, in the order of the text. `counts` is the number of highlights of each
/// mark.
///
/// Each sentence after the first is chosen for the marks that the sentences before it lack. A second
/// sentence is chosen even if it has no such mark; a third is not.
pub(super) fn choose<'a>(
    candidates: &'a [MarkedSentence],
    counts: &[u32],
) -> Vec<&'a MarkedSentence> {
    let rarity = |mark: usize| 1.0 / (1.0 + f64::from(counts[mark]).ln().max(0.0));
    let mut covered = vec![false; counts.len()];
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < MOST_PASSAGES {
        let worth = |candidate: &MarkedSentence| -> (f64, f64) {
            let sum = |is_counted: &dyn Fn(usize) -> bool| -> f64 {
                candidate
                    .marks
                    .iter()
                    .filter(|&&mark| is_counted(mark))
                    .map(|&mark| rarity(mark))
                    .sum()
            };
            (sum(&|mark| !covered[mark]), sum(&|_| true))
        };
        let mut best: Option<(usize, (f64, f64))> = None;
        for (i, candidate) in candidates.iter().enumerate() {
            let worth = worth(candidate);
            // Of equals, the earlier sentence is chosen.
            if !chosen.contains(&i) && best.is_none_or(|(_, most)| worth > most) {
                best = Some((i, worth));
            }
        }
        let Some((best, (new, _))) = best else { break };
        if new == 0.0 && chosen.len() >= 2 {
            break;
        }
        for &mark in &candidates[best].marks {
            covered[mark] = true;
        }
        chosen.push(best);
    }
    chosen.sort_unstable();
    chosen.into_iter().map(|i| &candidates[i]).collect()
}
