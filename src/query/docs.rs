//! Queries over documents that are known, or that pass a test of their own.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::query::doc_predicate_query::{
    ConstOrVariableSegmentPredicate, DocPredicate, DocPredicateQuery, SegmentDocPredicate,
};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, DocSet, TERMINATED};

/// Returns the documents of a segment that a query matches, deleted ones included.
pub fn docs_of(query: &dyn Query, reader: &SegmentReader) -> tantivy::Result<Box<dyn DocSet>> {
    let weight = query.weight(EnableScoring::disabled_from_schema(reader.schema()))?;
    Ok(Box::new(weight.scorer(reader, 1.0)?))
}

/// A test of one document of a segment.
type DocTest = Box<dyn FnMut(DocId) -> bool + Send>;

/// Returns the documents of a segment that may match, and a test of each.
type Opening = dyn Fn(&SegmentReader) -> tantivy::Result<(Box<dyn DocSet>, DocTest)> + Send + Sync;

/// Returns a query for those of the candidates that pass a test.
pub fn tested(
    candidates: Box<dyn Query>,
    test: impl Fn(&SegmentReader) -> tantivy::Result<DocTest> + Send + Sync + 'static,
) -> Box<dyn Query> {
    opened(move |reader| Ok((docs_of(&*candidates, reader)?, test(reader)?)))
}

/// Returns a query for documents that are known, those of each segment in order.
pub fn listed(docs: FxHashMap<SegmentId, Vec<DocId>>) -> Box<dyn Query> {
    let lists = docs
        .into_iter()
        .map(|(segment, docs)| (segment, docs.into()));
    let lists: FxHashMap<SegmentId, Arc<[DocId]>> = lists.collect();
    found(move |reader| {
        let docs = lists.get(&reader.segment_id()).cloned().unwrap_or_default();
        Ok(Box::new(List { docs, at: 0 }))
    })
}

/// Returns a query for the documents that are found in each segment.
pub fn found(
    find: impl Fn(&SegmentReader) -> tantivy::Result<Box<dyn DocSet>> + Send + Sync + 'static,
) -> Box<dyn Query> {
    opened(move |reader| Ok((find(reader)?, Box::new(|_| true))))
}

fn opened(
    open: impl Fn(&SegmentReader) -> tantivy::Result<(Box<dyn DocSet>, DocTest)> + Send + Sync + 'static,
) -> Box<dyn Query> {
    Box::new(DocPredicateQuery::from(Opened(Arc::new(open))))
}

struct Opened(Arc<Opening>);

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened")
    }
}

struct SegmentTested(DocTest);

impl SegmentDocPredicate for SegmentTested {
    fn eval(&mut self, doc: DocId) -> bool {
        (self.0)(doc)
    }
}

impl DocPredicate for Opened {
    type SegmentDocPredicate = SegmentTested;

    fn doc_predicate(
        &self,
        reader: &SegmentReader,
    ) -> tantivy::Result<ConstOrVariableSegmentPredicate<SegmentTested>> {
        let (necessary_condition, test) = (self.0)(reader)?;
        Ok(ConstOrVariableSegmentPredicate::Variable {
            predicate: SegmentTested(test),
            necessary_condition,
        })
    }
}

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
