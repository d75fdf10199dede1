//! Where something stands in a text: words in rows, near each other, counted. The same rules read
//! the positions of the index and, where letters matter, the stored text itself.

use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Query;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Term};

use super::doc_set;

/// Places in a text, made of leaves of type `L`.
#[derive(Clone, Debug, PartialEq)]
pub enum Places<L> {
    /// Wherever a leaf stands.
    Leaf(L),
    /// In this order, with at most `slop` other words in between, all together.
    Row {
        /// What stands in the row.
        leaves: Vec<Places<L>>,
        /// How many other words may stand in between.
        slop: u32,
    },
    /// Near each other.
    Near {
        /// The first.
        left: Box<Places<L>>,
        /// The second.
        right: Box<Places<L>>,
        /// The positions from the end of one to the start of the other, at most.
        distance: u32,
        /// Whether the left one has to stand first.
        is_ordered: bool,
    },
    /// Wherever any of these stands.
    Either(Vec<Places<L>>),
}

/// A stretch of positions, first and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The position of its first word.
    pub first: u32,
    /// The position of its last word.
    pub last: u32,
}

impl<L> Places<L> {
    /// Returns the same places with other leaves.
    pub fn map<M, E>(&self, leaf: &mut impl FnMut(&L) -> Result<M, E>) -> Result<Places<M>, E> {
        Ok(match self {
            Self::Row { leaves, slop } => Places::Row {
                leaves: leaves
                    .iter()
                    .map(|place| place.map(leaf))
                    .collect::<Result<_, E>>()?,
                slop: *slop,
            },
            Self::Either(places) => Places::Either(
                places
                    .iter()
                    .map(|place| place.map(leaf))
                    .collect::<Result<_, E>>()?,
            ),
            Self::Leaf(inside) => Places::Leaf(leaf(inside)?),
            Self::Near {
                left,
                right,
                distance,
                is_ordered,
            } => Places::Near {
                left: Box::new(left.map(leaf)?),
                right: Box::new(right.map(leaf)?),
                distance: *distance,
                is_ordered: *is_ordered,
            },
        })
    }

    /// Returns the spans of the text whose leaves stand at the positions that `positions` gives,
    /// in order.
    pub fn spans(&mut self, positions: &mut impl FnMut(&mut L) -> Vec<u32>) -> Vec<Span> {
        match self {
            Self::Leaf(leaf) => positions(leaf)
                .into_iter()
                .map(|at| Span {
                    first: at,
                    last: at,
                })
                .collect(),
            Self::Row { leaves, slop } => {
                let mut rows = Vec::with_capacity(leaves.len());
                for leaf in leaves {
                    let spans = leaf.spans(positions);
                    if spans.is_empty() {
                        return Vec::new();
                    }
                    rows.push(spans);
                }
                rows_of(&rows, *slop)
            }
            Self::Near {
                left,
                right,
                distance,
                is_ordered,
            } => {
                let left = left.spans(positions);
                if left.is_empty() {
                    return Vec::new();
                }
                near(&left, right.spans(positions), *distance, *is_ordered)
            }
            Self::Either(places) => {
                let mut spans: Vec<Span> = places
                    .iter_mut()
                    .flat_map(|place| place.spans(positions))
                    .collect();
                spans.sort_unstable();
                spans.dedup();
                spans
            }
        }
    }
}

/// Returns the rows that start at each span of the first list: the next of each list as soon as
/// it comes, which is the shortest row from there.
fn rows_of(lists: &[Vec<Span>], slop: u32) -> Vec<Span> {
    let Some((starts, others)) = lists.split_first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    'start: for start in starts {
        let (mut last, mut gaps) = (start.last, 0);
        for list in others {
            let next = list.partition_point(|span| span.first <= last);
            let Some(next) = list.get(next) else {
                return found;
            };
            gaps += next.first - last - 1;
            if gaps > slop {
                continue 'start;
            }
            last = next.last;
        }
        found.push(Span {
            first: start.first,
            last,
        });
    }
    found
}

fn near(left: &[Span], right: Vec<Span>, distance: u32, is_ordered: bool) -> Vec<Span> {
    let mut by_end = right.clone();
    by_end.sort_unstable_by_key(|span| span.last);
    let mut found = Vec::new();
    for span in left {
        let after = right.partition_point(|other| other.first <= span.last);
        if let Some(other) = right.get(after)
            && other.first - span.last <= distance
        {
            found.push(Span {
                first: span.first,
                last: other.last,
            });
        }
        if is_ordered {
            continue;
        }
        let before = by_end.partition_point(|other| other.last < span.first);
        if let Some(other) = before.checked_sub(1).and_then(|i| by_end.get(i))
            && span.first - other.last <= distance
        {
            found.push(Span {
                first: other.first,
                last: span.last,
            });
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What a place query asks of an article.
#[derive(Clone, Debug)]
pub struct Asked {
    /// In how many places it has to stand, in all fields together.
    pub at_least: usize,
    /// Only places that end before this position count.
    pub before: Option<u32>,
}

impl Asked {
    /// Returns how many of the spans count.
    pub fn count(&self, spans: &[Span]) -> usize {
        spans
            .iter()
            .filter(|span| self.before.is_none_or(|before| span.last < before))
            .count()
    }
}

/// Returns a query for the articles that have words at places, read from the positions of the
/// index. `fields` holds the places in each field, their leaves being terms of which any will do;
/// `candidates` matches all articles that may answer.
pub fn from_positions(
    fields: Vec<(Field, Places<Vec<Term>>)>,
    asked: Asked,
    candidates: Box<dyn Query>,
) -> Box<dyn Query> {
    doc_set::tested(candidates, move |reader: &SegmentReader| {
        let mut opened = Vec::with_capacity(fields.len());
        for (field, places) in &fields {
            let inverted = reader.inverted_index(*field)?;
            opened.push(places.map(&mut |terms: &Vec<Term>| {
                let mut postings = Vec::with_capacity(terms.len());
                for term in terms {
                    postings.extend(
                        inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?,
                    );
                }
                Ok::<_, tantivy::TantivyError>(postings)
            })?);
        }
        let mut positions = SegmentPositions {
            fields: opened,
            asked: asked.clone(),
        };
        Ok(Box::new(move |doc: DocId| positions.has(doc)))
    })
}

struct SegmentPositions {
    fields: Vec<Places<Vec<SegmentPostings>>>,
    asked: Asked,
}

impl SegmentPositions {
    /// Returns whether a document has the words at their places.
    fn has(&mut self, doc: DocId) -> bool {
        let mut count = 0;
        let mut buffer = Vec::new();
        for places in &mut self.fields {
            let spans = places.spans(&mut |postings: &mut Vec<SegmentPostings>| {
                let mut positions = Vec::new();
                for posting in postings.iter_mut() {
                    if posting.doc() < doc {
                        posting.seek(doc);
                    }
                    if posting.doc() == doc {
                        posting.positions(&mut buffer);
                        positions.extend_from_slice(&buffer);
                    }
                }
                if postings.len() > 1 {
                    positions.sort_unstable();
                }
                positions
            });
            count += self.asked.count(&spans);
            if count >= self.asked.at_least {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the spans of places whose leaves are words of a text.
    fn found(text: &str, mut places: Places<&'static str>) -> Vec<(u32, u32)> {
        let words: Vec<&str> = text.split(' ').collect();
        let spans = places.spans(&mut |leaf: &mut &'static str| {
            (0..)
                .zip(&words)
                .filter(|(_, word)| *word == leaf)
                .map(|(at, _)| at)
                .collect()
        });
        spans
            .into_iter()
            .map(|span| (span.first, span.last))
            .collect()
    }

    fn row(text: &'static str, slop: u32) -> Places<&'static str> {
        Places::Row {
            leaves: text.split(' ').map(Places::Leaf).collect(),
            slop,
        }
    }

    fn near(
        left: Places<&'static str>,
        right: Places<&'static str>,
        distance: u32,
        is_ordered: bool,
    ) -> Places<&'static str> {
        Places::Near {
            left: Box::new(left),
            right: Box::new(right),
            distance,
            is_ordered,
        }
    }

    #[test]
    fn finds_rows() {
        for (text, words, slop, expected) in [
            ("a b c a b", "a b", 0, vec![(0, 1), (3, 4)]),
            ("a x b", "a b", 0, vec![]),
            ("a x b", "a b", 1, vec![(0, 2)]),
            ("a x b y c", "a b c", 1, vec![]),
            ("a x b y c", "a b c", 2, vec![(0, 4)]),
            ("b a", "a b", 5, vec![]),
            ("a a b", "a b", 0, vec![(1, 2)]),
            ("a b a c", "a c", 0, vec![(2, 3)]),
            ("a a a", "a a", 0, vec![(0, 1), (1, 2)]),
        ] {
            assert_eq!(found(text, row(words, slop)), expected, "{words} in {text}");
        }
    }

    #[test]
    fn finds_neighbours() {
        let leaf = Places::Leaf;
        for (text, places, expected) in [
            ("a b", near(leaf("a"), leaf("b"), 1, true), vec![(0, 1)]),
            ("b a", near(leaf("a"), leaf("b"), 1, true), vec![]),
            ("b a", near(leaf("a"), leaf("b"), 1, false), vec![(0, 1)]),
            ("a x x b", near(leaf("a"), leaf("b"), 2, false), vec![]),
            (
                "a x x b",
                near(leaf("a"), leaf("b"), 3, false),
                vec![(0, 3)],
            ),
            ("a", near(leaf("a"), leaf("a"), 3, false), vec![]),
            (
                "x y z a b",
                near(row("a b", 0), leaf("x"), 3, false),
                vec![(0, 4)],
            ),
            (
                "c x a",
                near(
                    leaf("a"),
                    Places::Either(vec![leaf("b"), leaf("c")]),
                    2,
                    false,
                ),
                vec![(0, 2)],
            ),
        ] {
            assert_eq!(
                found(text, places.clone()),
                expected,
                "{places:?} in {text}"
            );
        }
    }
}
