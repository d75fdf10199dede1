//! Slices of segments that are searched in parallel.

use std::ops::Range;

use tantivy::{DocId, Searcher};

/// Reading fewer documents than this takes no longer than starting a thread. In unit tests, 2, so
/// that their small archives are cut into slices too.
pub const WORTH_A_THREAD: u64 = if cfg!(test) { 2 } else { 10_000 };

/// A range of documents of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The ordinal of the segment.
    pub segment: usize,
    /// The documents.
    pub docs: Range<DocId>,
}

/// Returns every segment as a slice.
pub fn whole(searcher: &Searcher) -> Vec<Slice> {
    let segments = searcher.segment_readers().iter().enumerate();
    segments
        .map(|(segment, reader)| Slice {
            segment,
            docs: 0..reader.max_doc(),
        })
        .collect()
}

/// Returns slices of about equal size in the order of the segments: in a large archive, two or more for
/// each core.
pub fn for_all_cores(searcher: &Searcher) -> Vec<Slice> {
    let cores = rayon::current_num_threads() as u64;
    // Two for each core, so that a slow slice delays the others less.
    let size = (searcher.num_docs() / (2 * cores)).max(WORTH_A_THREAD);
    let size = u32::try_from(size).unwrap_or(u32::MAX);
    let mut slices = Vec::new();
    for Slice { segment, docs } in whole(searcher) {
        let count = docs.end.div_ceil(size).max(1);
        let size = docs.end.div_ceil(count);
        slices.extend((0..count).map(|at| Slice {
            segment,
            docs: at * size..docs.end.min((at + 1) * size),
        }));
    }
    slices
}
