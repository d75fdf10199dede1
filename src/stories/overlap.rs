//! How much of a text stands in another, word by word.

use rustc_hash::FxHashMap;

use crate::text::shingles::{Word, shingles};

/// The length of the shortest run of words that is taken for copied. Ready-made phrases are shorter, and
/// so is what stands between the figures of two weather reports.
pub const RUN: usize = 8;

/// The most misread words in a row over which a run goes on.
const MOST_MISREAD: usize = 2;

/// How much of each of two texts stands in the other, in thousandths of its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// The share of the first that stands in the second.
    pub first: u16,
    /// The share of the second that stands in the first.
    pub second: u16,
}

impl Overlap {
    /// Compares two texts, given as words. A run of words that both have goes on over single words that may
    /// have been misread in one of them.
    pub fn of(first: &[Word], second: &[Word]) -> Self {
        let length = RUN.min(first.len()).min(second.len());
        if length == 0 {
            return Self::default();
        }
        // Where each run begins first in the first text and in the second.
        let mut runs: FxHashMap<u64, (usize, Option<usize>)> = FxHashMap::default();
        runs.reserve(first.len());
        for (at, run) in shingles(first, length).enumerate() {
            runs.entry(run).or_insert((at, None));
        }
        let second_share = share((second, first), length, |at, run| {
            let (in_first, in_second) = runs.get_mut(&run)?;
            in_second.get_or_insert(at);
            Some(*in_first)
        });
        let first_share = share((first, second), length, |_, run| runs[&run].1);
        Self {
            first: first_share,
            second: second_share,
        }
    }

    /// Returns the same with the two texts in the other order.
    pub fn swapped(self) -> Self {
        Self {
            first: self.second,
            second: self.first,
        }
    }
}

/// Returns the share of the words of a text that are in a shared run of this length, or that follow or
/// precede one and were misread. `in_other` returns the place of a run in the other text.
fn share(
    (words, other): (&[Word], &[Word]),
    length: usize,
    mut in_other: impl FnMut(usize, u64) -> Option<usize>,
) -> u16 {
    let (mut covered, mut end) = (0, 0);
    for (start, run) in shingles(words, length).enumerate() {
        let Some(at) = in_other(start, run) else {
            continue;
        };
        let run_end = start + length;
        if run_end <= end {
            continue;
        }
        if end < start {
            let before = words[end..start].iter().rev();
            covered += as_read(before.zip(other[..at].iter().rev()));
        }
        let after = words[run_end..].iter().zip(&other[at + length..]);
        let run_end = run_end + as_read(after);
        covered += run_end - end.max(start);
        end = run_end;
    }
    u16::try_from(covered * 1_000 / words.len()).unwrap_or(1_000)
}

/// Returns how many pairs of words are the same, with those between them that may have been misread, up to the
/// first that was not.
fn as_read<'a>(pairs: impl Iterator<Item = (&'a Word, &'a Word)>) -> usize {
    let (mut same, mut misread) = (0, 0);
    for (word, other) in pairs {
        if word.hash == other.hash {
            same += misread + 1;
            misread = 0;
        } else if misread < MOST_MISREAD && word.is_near(*other) {
            misread += 1;
        } else {
            break;
        }
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::shingles::words_of;

    #[test]
    fn tells_how_much_is_shared() {
        // Words without a letter in common, so that none is a misreading of another.
        let numbers = |range: std::ops::Range<u32>| -> Vec<Word> {
            let words: Vec<String> = range.map(|n| n.to_string()).collect();
            words_of([&*words.join(" ")])
        };
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

    #[test]
    fn misread_words_are_of_the_run_beside_them() {
        let text = "the council sold the old ferry terminal to a company from the north on Monday";
        let words = text.split(' ').count();
        for (other, covered) in [
            (text, words),
            // A misread word, two in a row, three, and one at the end.
            (
                "the council sold the old ferry tcrminal to a company from the north on Monday",
                words,
            ),
            (
                "the council sold the old ferry terminal to a compang fron the north on Monday",
                words,
            ),
            (
                "the council sold the old ferry terminal to a compang fron tho north on Monday",
                9,
            ),
            (
                "the council sold the old ferry terminal to a company from the north on Mouday",
                words - 1,
            ),
            // Another word ends the run, and so does another number.
            (
                "the council sold the old ferry terminal to a stranger from the north on Monday",
                9,
            ),
            // Without a run of some length nothing is taken for misread.
            (
                "the couneil sold the o1d ferry tcrminal to a compang from the nortb on Monday",
                0,
            ),
            ("a text about something else that has no run of it", 0),
        ] {
            let overlap = Overlap::of(&words_of([text]), &words_of([other]));
            assert_eq!(
                usize::from(overlap.first),
                covered * 1_000 / words,
                "{other}"
            );
        }
    }
}
