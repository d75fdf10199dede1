//! How much of a text stands in another, word by word.

use rustc_hash::FxHashMap;

use crate::text::shingles::shingles;

/// The length of the shortest run of words that is taken for copied. Ready-made phrases are shorter, and
/// so is what stands between the figures of two weather reports.
pub const RUN: usize = 8;

/// How much of each of two texts stands in the other, in thousandths of its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// The share of the first that stands in the second.
    pub first: u16,
    /// The share of the second that stands in the first.
    pub second: u16,
}

impl Overlap {
    /// Compares two texts, given as words (see [`crate::text::shingles`]).
    pub fn of(first: &[u32], second: &[u32]) -> Self {
        let length = RUN.min(first.len()).min(second.len());
        if length == 0 {
            return Self::default();
        }
        // For each run of the first, whether it is in the second.
        let mut runs: FxHashMap<u64, bool> = FxHashMap::default();
        runs.reserve(first.len());
        runs.extend(shingles(first, length).map(|run| (run, false)));
        let second = share(second, length, |run| {
            let known = runs.get_mut(&run);
            known.map(|is_shared| *is_shared = true).is_some()
        });
        let first = share(first, length, |run| runs[&run]);
        Self { first, second }
    }

    /// Returns the same with the two texts in the other order.
    pub fn swapped(self) -> Self {
        Self {
            first: self.second,
            second: self.first,
        }
    }
}

/// Returns the share of the words of a text that are in a shared run of this length.
fn share(words: &[u32], length: usize, mut is_shared: impl FnMut(u64) -> bool) -> u16 {
    let (mut covered, mut end) = (0, 0);
    for (start, run) in shingles(words, length).enumerate() {
        if is_shared(run) {
            covered += start + length - end.max(start);
            end = start + length;
        }
    }
    u16::try_from(covered * 1_000 / words.len()).unwrap_or(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_how_much_is_shared() {
        let numbers = |range: std::ops::Range<u32>| range.collect::<Vec<u32>>();
        let of_two = [numbers(0..50), numbers(100..150)].concat();
        for (first, second, expected) in [
            (numbers(0..100), numbers(0..100), (1_000, 1_000)),
            (numbers(0..50), numbers(0..100), (1_000, 500)),
            (numbers(0..50), of_two, (1_000, 500)),
            (numbers(0..50), numbers(43..100), (0, 0)),
            (numbers(0..50), numbers(42..142), (160, 80)),
            (numbers(0..3), numbers(0..3), (1_000, 1_000)),
            (numbers(0..3), numbers(1..4), (0, 0)),
            (numbers(0..3), Vec::new(), (0, 0)),
        ] {
            let overlap = Overlap::of(&first, &second);
            assert_eq!(
                (overlap.first, overlap.second),
                expected,
                "{first:?} {second:?}"
            );
            assert_eq!(Overlap::of(&second, &first), overlap.swapped());
        }
    }
}
