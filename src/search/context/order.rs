//! The order of lines of context: by article, by date, or by the words beside the occurrence.

use std::collections::BinaryHeap;
use std::str::FromStr;

use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher};

use crate::error::Result;
use crate::text::fold::folded;

/// The farthest word that lines are sorted by.
const FARTHEST: usize = 9;

/// How many words decide the order of two lines, from the one that was asked for outward.
const COMPARED: usize = 4;

/// The order of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContextSort {
    /// By the path of the article and the place in it.
    #[default]
    Article,
    /// The oldest article first; undated last.
    Date,
    /// By a word before the occurrence: 1 is the nearest.
    Left(usize),
    /// By a word after it.
    Right(usize),
}

impl FromStr for ContextSort {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let word = |number: &str| match number {
            "" => Some(1),
            number => (number.parse().ok()).filter(|number| (1..=FARTHEST).contains(number)),
        };
        let read = match typed {
            "article" => Some(Self::Article),
            "date" => Some(Self::Date),
            _ => match (typed.strip_prefix("left"), typed.strip_prefix("right")) {
                (Some(number), _) => word(number).map(Self::Left),
                (_, Some(number)) => word(number).map(Self::Right),
                _ => None,
            },
        };
        read.ok_or_else(|| {
            "write article, date, left or right; left2 is the second word before, up to left9"
                .to_owned()
        })
    }
}

impl ContextSort {
    /// Returns whether lines are sorted by words, so that all have to be read before the first is known.
    pub(super) fn is_of_words(self) -> bool {
        matches!(self, Self::Left(_) | Self::Right(_))
    }

    /// Returns what lines are sorted by, of the text before and after an occurrence.
    pub(super) fn key(self, before: &str, after: &str) -> String {
        /// What follows a match in the same word, as in `Holm's`.
        const POSSESSIVE: [&str; 2] = ["'s", "’s"];
        match self {
            Self::Article | Self::Date => String::new(),
            Self::Left(nth) => words(before.split_whitespace().rev(), nth),
            Self::Right(nth) => {
                let ending = POSSESSIVE.iter().find_map(|s| after.strip_prefix(s));
                words(ending.unwrap_or(after).split_whitespace(), nth)
            }
        }
    }
}

/// Returns a word and those after it, folded. Signs alone are no word.
fn words<'a>(texts: impl Iterator<Item = &'a str>, nth: usize) -> String {
    let words = texts.map(folded).filter(|word| !word.is_empty());
    let words: Vec<String> = words.skip(nth - 1).take(COMPARED).collect();
    words.join(" ")
}

/// Sorts addresses by the first day of the date, undated ones last. Equals keep their order.
pub(super) fn by_date(searcher: &Searcher, addresses: &mut [DocAddress]) -> Result<()> {
    let readers = searcher.segment_readers().iter();
    let days = readers.map(|reader| reader.fast_fields().u64("first_day"));
    let days: Vec<Column<u64>> = days.collect::<tantivy::Result<_>>()?;
    addresses.sort_by_key(|address| {
        let day = days[address.segment_ord as usize].first(address.doc_id);
        day.unwrap_or(u64::MAX)
    });
    Ok(())
}

/// The first lines in an order, at most so many. Of equals, those that were offered first.
pub(super) struct First<T> {
    most: usize,
    offered: usize,
    /// The last of them on top.
    lines: BinaryHeap<Keyed<T>>,
}

impl<T> First<T> {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            offered: 0,
            lines: BinaryHeap::new(),
        }
    }

    /// Keeps a line if it is among the first.
    pub(super) fn offer(&mut self, key: String, line: impl FnOnce() -> T) {
        let number = self.offered;
        self.offered += 1;
        if self.lines.len() >= self.most {
            // A line with the key of the last one comes after it.
            if self.lines.peek().is_none_or(|last| last.key <= key) {
                return;
            }
            self.lines.pop();
        }
        self.lines.push(Keyed {
            key,
            number,
            line: line(),
        });
    }

    /// Returns the lines in order.
    pub(super) fn into_sorted(self) -> impl Iterator<Item = T> {
        let lines = self.lines.into_sorted_vec().into_iter();
        lines.map(|keyed| keyed.line)
    }
}

/// A line with what it is sorted by.
struct Keyed<T> {
    key: String,
    number: usize,
    line: T,
}

impl<T> PartialEq for Keyed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T> Eq for Keyed<T> {}

impl<T> PartialOrd for Keyed<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Keyed<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.key, self.number).cmp(&(&other.key, other.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_orders() {
        for (typed, expected) in [
            ("article", Some(ContextSort::Article)),
            ("date", Some(ContextSort::Date)),
            ("left", Some(ContextSort::Left(1))),
            ("left1", Some(ContextSort::Left(1))),
            ("right9", Some(ContextSort::Right(9))),
            ("right0", None),
            ("left10", None),
            ("left-1", None),
            ("newest", None),
            ("", None),
        ] {
            assert_eq!(typed.parse().ok(), expected, "{typed}");
        }
    }

    #[test]
    fn sorts_by_the_nearest_words() {
        let (before, after) = ("It sold the “Old” ", "’s berth, — and left.");
        for (sort, key) in [
            ("left", "old the sold it"),
            ("left2", "the sold it"),
            ("left9", ""),
            ("right", "berth and left"),
            ("right3", "left"),
            ("date", ""),
        ] {
            let sort: ContextSort = sort.parse().unwrap();
            assert_eq!(sort.key(before, after), key, "{sort:?}");
        }
    }

    #[test]
    fn keeps_the_first_of_equals() {
        for (most, expected) in [(0, ""), (1, "b"), (2, "bd"), (3, "bda"), (9, "bdacx")] {
            let mut first = First::new(most);
            for (key, id) in [("m", "a"), ("k", "b"), ("m", "c"), ("k", "d"), ("z", "x")] {
                first.offer(key.to_owned(), || id);
            }
            let ids: String = first.into_sorted().collect();
            assert_eq!(ids, expected, "{most}");
        }
    }
}
