//! Positions of words in a text: phrases with slop, words near each other, and counts of them.
//!
//! The same rules are applied to the positions in the index and to the stored text, which is read
//! where the index does not hold what a query needs.

use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Query;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Term};

use super::doc_set;
use super::doc_set::seek_to;

/// A tree whose matches in a text are spans of positions, with leaves of type `L`.
#[derive(Clone, Debug, PartialEq)]
pub enum SpanTree<L> {
    /// The positions of a leaf.
    Leaf(L),
    /// The leaves in this order, with at most `slop` other words between them in all.
    Row {
        /// The leaves, in order.
        leaves: Vec<SpanTree<L>>,
        /// The most other words between the leaves.
        slop: u32,
    },
    /// Two spans near each other.
    Near {
        /// The first.
        left: Box<SpanTree<L>>,
        /// The second.
        right: Box<SpanTree<L>>,
        /// How near they are.
        within: Within,
    },
    /// The spans of any of these.
    Either(Vec<SpanTree<L>>),
}

/// How near two spans are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// The most positions from the end of one span to the start of the other; neighbours have 1.
    pub distance: u32,
    /// Whether the left span comes first.
    pub is_ordered: bool,
}

/// A range of positions, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PositionSpan {
    /// The position of its first word.
    pub first: u32,
    /// The position of its last word.
    pub last: u32,
}

impl<L> SpanTree<L> {
    /// Returns the same tree with other leaves.
    pub fn map<M, E>(&self, leaf: &mut impl FnMut(&L) -> Result<M, E>) -> Result<SpanTree<M>, E> {
        Ok(match self {
            Self::Row { leaves, slop } => SpanTree::Row {
                leaves: leaves
                    .iter()
                    .map(|tree| tree.map(leaf))
                    .collect::<Result<_, E>>()?,
                slop: *slop,
            },
            Self::Either(trees) => SpanTree::Either(
                trees
                    .iter()
                    .map(|tree| tree.map(leaf))
                    .collect::<Result<_, E>>()?,
            ),
            Self::Leaf(inside) => SpanTree::Leaf(leaf(inside)?),
            Self::Near {
                left,
                right,
                within,
            } => SpanTree::Near {
                left: Box::new(left.map(leaf)?),
                right: Box::new(right.map(leaf)?),
                within: *within,
            },
        })
    }

    /// Returns the spans of a text in order. `positions` returns the positions of a leaf in it.
    pub fn spans(&mut self, positions: &mut impl FnMut(&mut L) -> Vec<u32>) -> Vec<PositionSpan> {
        match self {
            Self::Leaf(leaf) => positions(leaf)
                .into_iter()
                .map(|at| PositionSpan {
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
                within,
            } => {
                let left = left.spans(positions);
                if left.is_empty() {
                    return Vec::new();
                }
                near(&left, right.spans(positions), *within)
            }
            Self::Either(trees) => {
                let mut spans: Vec<PositionSpan> = trees
                    .iter_mut()
                    .flat_map(|tree| tree.spans(positions))
                    .collect();
                spans.sort_unstable();
                spans.dedup();
                spans
            }
        }
    }
}

/// Returns the shortest row that starts at each span of the first list: it takes the next span of
/// each other list.
fn rows_of(lists: &[Vec<PositionSpan>], slop: u32) -> Vec<PositionSpan> {
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
        found.push(PositionSpan {
            first: start.first,
            last,
        });
    }
    found
}

fn near(left: &[PositionSpan], right: Vec<PositionSpan>, within: Within) -> Vec<PositionSpan> {
    let Within {
        distance,
        is_ordered,
    } = within;
    let mut by_end = right.clone();
    by_end.sort_unstable_by_key(|span| span.last);
    let mut found = Vec::new();
    for span in left {
        let after = right.partition_point(|other| other.first <= span.last);
        if let Some(other) = right.get(after)
            && other.first - span.last <= distance
        {
            found.push(PositionSpan {
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
            found.push(PositionSpan {
                first: other.first,
                last: span.last,
            });
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// How many spans an article needs, and which of them count.
#[derive(Clone, Copy, Debug)]
pub struct SpanCondition {
    /// The least number of spans in all fields together.
    pub at_least: usize,
    /// Only spans that end before this position count.
    pub before: Option<u32>,
}

impl SpanCondition {
    /// Returns how many of the spans count.
    pub fn count(self, spans: &[PositionSpan]) -> usize {
        spans
            .iter()
            .filter(|span| self.before.is_none_or(|before| span.last < before))
            .count()
    }
}

/// Returns a query for the candidates that meet a condition, by the positions in the index.
///
/// `texts` holds a tree for each text; each leaf is a list of terms, any of which matches.
/// `candidates` must match every article that meets the condition.
pub fn from_positions(
    texts: Vec<SpanTree<Vec<Term>>>,
    condition: SpanCondition,
    candidates: Box<dyn Query>,
) -> Box<dyn Query> {
    doc_set::tested(candidates, move |reader: &SegmentReader| {
        let opened = texts
            .iter()
            .map(|tree| tree.map(&mut |terms: &Vec<Term>| TermPositions::open(reader, terms)));
        let mut positions = SegmentPositions {
            texts: opened.collect::<tantivy::Result<_>>()?,
            condition,
        };
        Ok(Box::new(move |doc: DocId| positions.has(doc)))
    })
}

/// The positions of some terms in the articles of a segment, which are read forward.
pub struct TermPositions {
    postings: Vec<SegmentPostings>,
    buffer: Vec<u32>,
}

impl TermPositions {
    /// Returns the positions in some postings, of one text's fields.
    pub fn new(postings: Vec<SegmentPostings>) -> Self {
        Self {
            postings,
            buffer: Vec::new(),
        }
    }

    fn open(reader: &SegmentReader, terms: &[Term]) -> tantivy::Result<Self> {
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            let inverted = reader.inverted_index(term.field())?;
            let record = IndexRecordOption::WithFreqsAndPositions;
            postings.extend(inverted.read_postings(term, record)?);
        }
        Ok(Self::new(postings))
    }

    /// Replaces `positions` by those in an article, in order and each once.
    pub fn read(&mut self, doc: DocId, positions: &mut Vec<u32>) {
        positions.clear();
        let mut has = 0;
        for postings in &mut self.postings {
            if seek_to(postings, doc) == doc {
                has += 1;
                if has == 1 {
                    postings.positions(positions);
                } else {
                    postings.positions(&mut self.buffer);
                    positions.extend_from_slice(&self.buffer);
                }
            }
        }
        if has > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
    }
}

struct SegmentPositions {
    texts: Vec<SpanTree<TermPositions>>,
    condition: SpanCondition,
}

impl SegmentPositions {
    /// Returns whether a document meets the condition.
    fn has(&mut self, doc: DocId) -> bool {
        let mut count = 0;
        for tree in &mut self.texts {
            let spans = tree.spans(&mut |terms: &mut TermPositions| {
                let mut positions = Vec::new();
                terms.read(doc, &mut positions);
                positions
            });
            count += self.condition.count(&spans);
            if count >= self.condition.at_least {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the spans of a tree whose leaves are words of a text.
    fn found(text: &str, mut tree: SpanTree<&'static str>) -> Vec<(u32, u32)> {
        let words: Vec<&str> = text.split(' ').collect();
        let spans = tree.spans(&mut |leaf: &mut &'static str| {
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

    fn row(text: &'static str, slop: u32) -> SpanTree<&'static str> {
        SpanTree::Row {
            leaves: text.split(' ').map(SpanTree::Leaf).collect(),
            slop,
        }
    }

    fn near(
        left: SpanTree<&'static str>,
        right: SpanTree<&'static str>,
        distance: u32,
        is_ordered: bool,
    ) -> SpanTree<&'static str> {
        SpanTree::Near {
            left: Box::new(left),
            right: Box::new(right),
            within: Within {
                distance,
                is_ordered,
            },
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
        let leaf = SpanTree::Leaf;
        for (text, tree, expected) in [
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
                    SpanTree::Either(vec![leaf("b"), leaf("c")]),
                    2,
                    false,
                ),
                vec![(0, 2)],
            ),
        ] {
            assert_eq!(found(text, tree.clone()), expected, "{tree:?} in {text}");
        }
    }
}
