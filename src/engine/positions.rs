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
    /// How far one may be from the other.
    pub reach: Reach,
    /// Whether the left span comes first.
    pub is_ordered: bool,
}

/// How far a span may be from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The most positions from the end of one to the start of the other; neighbours have 1.
    Words(u32),
    /// Both are in one unit of the text.
    Same(Unit),
}

/// A unit of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
}

/// A text with positions.
pub trait PositionText<L> {
    /// Returns the positions of a leaf, in order.
    fn leaf(&mut self, leaf: &mut L) -> Vec<u32>;

    /// Returns the positions of the first words of units, in order. A text without any is one unit.
    fn starts(&mut self, unit: Unit) -> Vec<u32>;
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

    /// Returns the spans of a text in order.
    pub fn spans(&mut self, text: &mut impl PositionText<L>) -> Vec<PositionSpan> {
        match self {
            Self::Leaf(leaf) => text
                .leaf(leaf)
                .into_iter()
                .map(|at| PositionSpan {
                    first: at,
                    last: at,
                })
                .collect(),
            Self::Row { leaves, slop } => {
                let mut rows = Vec::with_capacity(leaves.len());
                for leaf in leaves {
                    let spans = leaf.spans(text);
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
                let left = left.spans(text);
                if left.is_empty() {
                    return Vec::new();
                }
                let right = right.spans(text);
                let is_ordered = within.is_ordered;
                match within.reach {
                    _ if right.is_empty() => Vec::new(),
                    Reach::Words(distance) => near(&left, right, distance, is_ordered),
                    Reach::Same(unit) => in_unit(&left, right, &text.starts(unit), is_ordered),
                }
            }
            Self::Either(trees) => {
                let mut spans: Vec<PositionSpan> =
                    trees.iter_mut().flat_map(|tree| tree.spans(text)).collect();
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

/// Returns, for each span of the first list, the span to the next of the other list in the same unit.
/// `starts` are the positions of the first words of units.
fn in_unit(
    left: &[PositionSpan],
    right: Vec<PositionSpan>,
    starts: &[u32],
    is_ordered: bool,
) -> Vec<PositionSpan> {
    let unit_of = |span: &PositionSpan| {
        let next = starts.partition_point(|&start| start <= span.first);
        let start = next.checked_sub(1).map_or(0, |at| starts[at]);
        start..starts.get(next).copied().unwrap_or(u32::MAX)
    };
    let next = |span: &PositionSpan, after: &[PositionSpan]| {
        let unit = unit_of(span);
        let mut inside = after.iter().take_while(|other| other.first < unit.end);
        inside.find(|other| other.last < unit.end).copied()
    };
    let previous = |span: &PositionSpan, before: &[PositionSpan]| {
        let unit = unit_of(span);
        let nearest = before.iter().rev().filter(|_| span.last < unit.end);
        let mut inside = nearest.take_while(|other| other.last >= unit.start);
        inside.find(|other| other.first >= unit.start).copied()
    };
    neighbours(left, right, next, (!is_ordered).then_some(previous))
}

/// Returns, for each span of the first list, the span to the next of the other list within a distance.
fn near(
    left: &[PositionSpan],
    right: Vec<PositionSpan>,
    distance: u32,
    is_ordered: bool,
) -> Vec<PositionSpan> {
    let next = |span: &PositionSpan, after: &[PositionSpan]| {
        let next = after.first().copied();
        next.filter(|other| other.first - span.last <= distance)
    };
    let previous = |span: &PositionSpan, before: &[PositionSpan]| {
        let previous = before.last().copied();
        previous.filter(|other| span.first - other.last <= distance)
    };
    neighbours(left, right, next, (!is_ordered).then_some(previous))
}

/// Returns the spans from each span of the first list to the one of the other list that `next` chooses
/// among those after it, in the order of their starts, and from the one that `previous` chooses among
/// those before it, in the order of their ends.
fn neighbours(
    left: &[PositionSpan],
    right: Vec<PositionSpan>,
    next: impl Fn(&PositionSpan, &[PositionSpan]) -> Option<PositionSpan>,
    previous: Option<impl Fn(&PositionSpan, &[PositionSpan]) -> Option<PositionSpan>>,
) -> Vec<PositionSpan> {
    let mut by_end = right.clone();
    by_end.sort_unstable_by_key(|span| span.last);
    let mut found = Vec::new();
    for span in left {
        let after = right.partition_point(|other| other.first <= span.last);
        if let Some(other) = next(span, &right[after..]) {
            found.push(PositionSpan {
                first: span.first,
                last: other.last,
            });
        }
        let before = by_end.partition_point(|other| other.last < span.first);
        if let Some(previous) = &previous
            && let Some(other) = previous(span, &by_end[..before])
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
    texts: Vec<IndexedText>,
    condition: SpanCondition,
    candidates: Box<dyn Query>,
) -> Box<dyn Query> {
    doc_set::tested(candidates, move |reader: &SegmentReader| {
        let opened = texts.iter().map(|text| {
            let mut open = |terms: &Vec<Term>| TermPositions::open(reader, terms);
            Ok((text.tree.map(&mut open)?, UnitStarts::open(reader, text)?))
        });
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

/// A text of the index that is asked for a tree.
pub struct IndexedText {
    /// The tree. Each leaf is a list of terms, any of which matches.
    pub tree: SpanTree<Vec<Term>>,
    /// The terms that stand where a sentence starts, and where a paragraph does; none for a text that is
    /// one of both.
    pub starts: [Vec<Term>; 2],
}

/// The starts of sentences and paragraphs of a text in a segment.
struct UnitStarts([TermPositions; 2]);

impl UnitStarts {
    fn open(reader: &SegmentReader, text: &IndexedText) -> tantivy::Result<Self> {
        let [sentences, paragraphs] = &text.starts;
        Ok(Self([
            TermPositions::open(reader, sentences)?,
            TermPositions::open(reader, paragraphs)?,
        ]))
    }
}

/// A text of a document.
struct DocumentText<'a> {
    doc: DocId,
    starts: &'a mut UnitStarts,
}

impl PositionText<TermPositions> for DocumentText<'_> {
    fn leaf(&mut self, leaf: &mut TermPositions) -> Vec<u32> {
        let mut positions = Vec::new();
        leaf.read(self.doc, &mut positions);
        positions
    }

    fn starts(&mut self, unit: Unit) -> Vec<u32> {
        let [sentences, paragraphs] = &mut self.starts.0;
        let mut positions = Vec::new();
        match unit {
            Unit::Sentence => sentences.read(self.doc, &mut positions),
            Unit::Paragraph => paragraphs.read(self.doc, &mut positions),
        }
        positions
    }
}

struct SegmentPositions {
    texts: Vec<(SpanTree<TermPositions>, UnitStarts)>,
    condition: SpanCondition,
}

impl SegmentPositions {
    /// Returns whether a document meets the condition.
    fn has(&mut self, doc: DocId) -> bool {
        let mut count = 0;
        for (tree, starts) in &mut self.texts {
            let spans = tree.spans(&mut DocumentText { doc, starts });
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

    /// A text whose sentences end in a word with a full stop, and whose paragraphs end in one with two.
    struct Words<'a>(&'a str);

    impl PositionText<&'static str> for Words<'_> {
        fn leaf(&mut self, leaf: &mut &'static str) -> Vec<u32> {
            let words = (0..).zip(self.0.split(' '));
            let is = |word: &str| word.trim_end_matches('.') == *leaf;
            words
                .filter(|(_, word)| is(word))
                .map(|(at, _)| at)
                .collect()
        }

        fn starts(&mut self, unit: Unit) -> Vec<u32> {
            let mark = match unit {
                Unit::Sentence => ".",
                Unit::Paragraph => "..",
            };
            let ends = (1..).zip(self.0.split(' '));
            let ends = ends.filter(|(_, word)| word.ends_with(mark));
            [0].into_iter().chain(ends.map(|(at, _)| at)).collect()
        }
    }

    /// Returns the spans of a tree whose leaves are words of a text.
    fn found(text: &str, mut tree: SpanTree<&'static str>) -> Vec<(u32, u32)> {
        let spans = tree.spans(&mut Words(text));
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
                reach: Reach::Words(distance),
                is_ordered,
            },
        }
    }

    #[test]
    fn finds_what_is_in_one_unit() {
        let leaf = SpanTree::Leaf;
        let same = |left, right, unit, is_ordered| SpanTree::Near {
            left: Box::new(left),
            right: Box::new(right),
            within: Within {
                reach: Reach::Same(unit),
                is_ordered,
            },
        };
        use Unit::{Paragraph, Sentence};
        for (text, left, right, unit, is_ordered, expected) in [
            (
                "a x b.",
                leaf("a"),
                leaf("b"),
                Sentence,
                false,
                vec![(0, 2)],
            ),
            (
                "b x a.",
                leaf("a"),
                leaf("b"),
                Sentence,
                false,
                vec![(0, 2)],
            ),
            ("b x a.", leaf("a"), leaf("b"), Sentence, true, vec![]),
            ("a. b.", leaf("a"), leaf("b"), Sentence, false, vec![]),
            (
                "a. b.",
                leaf("a"),
                leaf("b"),
                Paragraph,
                false,
                vec![(0, 1)],
            ),
            ("a.. b.", leaf("a"), leaf("b"), Paragraph, false, vec![]),
            (
                "a b. a. b a",
                leaf("a"),
                leaf("b"),
                Sentence,
                true,
                vec![(0, 1)],
            ),
            (
                "b. x a b y. a",
                leaf("a"),
                leaf("b"),
                Sentence,
                false,
                vec![(2, 3)],
            ),
            ("a x. a", leaf("a"), leaf("a"), Sentence, false, vec![]),
            ("a x a", leaf("a"), leaf("a"), Sentence, false, vec![(0, 2)]),
            // A phrase that goes on in the next sentence is not in this one.
            ("a b. c", leaf("a"), row("b c", 0), Sentence, false, vec![]),
            (
                "a b. c b c",
                leaf("a"),
                row("b c", 0),
                Sentence,
                false,
                vec![],
            ),
            (
                "b. c a b x c",
                leaf("a"),
                SpanTree::Either(vec![row("b c", 1), row("c b", 5)]),
                Sentence,
                false,
                vec![(2, 5)],
            ),
        ] {
            let tree = same(left, right, unit, is_ordered);
            assert_eq!(found(text, tree.clone()), expected, "{tree:?} in {text}");
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
