//! Queries over document sets that the engine has no query for.

use std::fmt;
use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, TERMINATED};

/// Returns the documents of a segment that a query matches, deleted ones included.
pub fn docs_of(query: &dyn Query, reader: &SegmentReader) -> tantivy::Result<Box<dyn DocSet>> {
    let weight = query.weight(EnableScoring::disabled_from_schema(reader.schema()))?;
    Ok(weight.scorer(reader, 1.0)?)
}

/// Moves a document set to the first document at or after `target`, unless it is already past it,
/// and returns its document.
pub fn seek_to<D: DocSet + ?Sized>(docs: &mut D, target: DocId) -> DocId {
    if docs.doc() < target {
        docs.seek(target)
    } else {
        docs.doc()
    }
}

/// A test of one document of a segment.
type DocTest = Box<dyn FnMut(DocId) -> bool + Send>;

/// Returns a query for the candidates that pass a test.
pub fn tested(
    candidates: Box<dyn Query>,
    test: impl Fn(&SegmentReader) -> tantivy::Result<DocTest> + Send + Sync + 'static,
) -> Box<dyn Query> {
    found(move |reader| Tested::open(docs_of(&*candidates, reader)?, test(reader)?))
}

/// Returns a query that matches the document set that `find` returns for each segment.
pub fn found<D: DocSet + 'static>(
    find: impl Fn(&SegmentReader) -> tantivy::Result<D> + Send + Sync + 'static,
) -> Box<dyn Query> {
    Box::new(DocSetQuery(Arc::new(move |reader| {
        Ok(Box::new(ConstScorer::from(find(reader)?)))
    })))
}

/// Returns the document set of a segment as a scorer. The document set is not boxed inside the
/// scorer, since the scorer is called once for each document.
type OpenScorer = dyn Fn(&SegmentReader) -> tantivy::Result<Box<dyn Scorer>> + Send + Sync;

#[derive(Clone)]
struct DocSetQuery(Arc<OpenScorer>);

impl fmt::Debug for DocSetQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocSetQuery")
    }
}

impl Query for DocSetQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for DocSetQuery {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        (self.0)(reader)
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("found", 1.0))
    }
}

/// The documents of a segment that pass a test.
struct Tested {
    candidates: Box<dyn DocSet>,
    test: DocTest,
}

impl Tested {
    fn open(candidates: Box<dyn DocSet>, test: DocTest) -> tantivy::Result<Self> {
        let first = candidates.doc();
        let mut tested = Self { candidates, test };
        tested.first_from(first);
        Ok(tested)
    }

    /// Moves to the first candidate from `doc` on that passes; the candidates are at `doc`.
    fn first_from(&mut self, mut doc: DocId) -> DocId {
        while doc != TERMINATED && !(self.test)(doc) {
            doc = self.candidates.advance();
        }
        doc
    }
}

impl DocSet for Tested {
    fn advance(&mut self) -> DocId {
        if self.doc() == TERMINATED {
            return TERMINATED;
        }
        let next = self.candidates.advance();
        self.first_from(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        let next = self.candidates.seek(target);
        self.first_from(next)
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        self.candidates.cost() * TEST_COST
    }
}

/// The cost of a test in steps of a document set. The engine uses the same figure for its own
/// tests.
const TEST_COST: u64 = 100;
