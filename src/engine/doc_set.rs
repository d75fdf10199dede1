//! Queries over documents that are found, or that pass a test, in ways of our own.

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

/// A test of one document of a segment.
type DocTest = Box<dyn FnMut(DocId) -> bool + Send>;

/// Returns a query for those of the candidates that pass a test.
pub fn tested(
    candidates: Box<dyn Query>,
    test: impl Fn(&SegmentReader) -> tantivy::Result<DocTest> + Send + Sync + 'static,
) -> Box<dyn Query> {
    found(move |reader| Tested::open(docs_of(&*candidates, reader)?, test(reader)?))
}

/// Returns a query for the documents that are found in each segment.
pub fn found<D: DocSet + 'static>(
    find: impl Fn(&SegmentReader) -> tantivy::Result<D> + Send + Sync + 'static,
) -> Box<dyn Query> {
    Box::new(Found(Arc::new(move |reader| {
        Ok(Box::new(ConstScorer::from(find(reader)?)))
    })))
}

/// Returns what is found in a segment. It is called for every document, so there is as little as
/// can be between it and whoever asks.
type Find = dyn Fn(&SegmentReader) -> tantivy::Result<Box<dyn Scorer>> + Send + Sync;

#[derive(Clone)]
struct Found(Arc<Find>);

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Found")
    }
}

impl Query for Found {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Found {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        (self.0)(reader)
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("found", 1.0))
    }
}

/// Those documents of a segment that pass a test.
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

    /// Moves to the first that passes, the candidates being at `doc`.
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
        self.candidates.cost() * TEST
    }
}

/// What a test takes beside a step of the engine's, as it has it of tests of its own.
const TEST: u64 = 100;
