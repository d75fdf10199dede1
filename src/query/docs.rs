//! Queries over documents that are known, or that pass a test of their own.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::index::{SegmentId, SegmentReader};
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

/// Returns a query for documents that are known, those of each segment in order.
pub fn listed(docs: FxHashMap<SegmentId, Vec<DocId>>) -> Box<dyn Query> {
    let lists = docs
        .into_iter()
        .map(|(segment, docs)| (segment, docs.into()));
    let lists: FxHashMap<SegmentId, Arc<[DocId]>> = lists.collect();
    found(move |reader| {
        let docs = lists.get(&reader.segment_id()).cloned().unwrap_or_default();
        Ok(List { docs, at: 0 })
    })
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

/// The listed documents of a segment, one after the other.
struct List {
    docs: Arc<[DocId]>,
    at: usize,
}

impl DocSet for List {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        // It is mostly near: steps that double find what to look through.
        let left = &self.docs[self.at.min(self.docs.len())..];
        let mut step = 1;
        while left.get(step).is_some_and(|&doc| doc < target) {
            step *= 2;
        }
        let from = step / 2;
        let near = &left[from..left.len().min(step + 1)];
        self.at += from + near.partition_point(|&doc| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.docs.len()).unwrap_or(u32::MAX)
    }
}
