//! The order in which articles are carried away: by path, then by part. It does not depend on how the
//! index was written.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::{DocAddress, DocId, SegmentReader, TantivyError};

use super::reader::Archive;
use crate::article::Article;
use crate::error::Result;

/// An article of a segment: the ordinal of its path, its part and its document.
type Placed = (u64, u64, DocId);

impl Archive {
    /// Returns every article by path and part; an error for each that can't be read.
    pub fn all_articles(&self) -> impl Iterator<Item = Result<Article>> {
        let (addresses, error) = match self.by_path(|_, _| true) {
            Ok(addresses) => (addresses, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let articles = addresses.into_iter().map(|address| self.article(address));
        articles.chain(error.map(Err))
    }

    /// Returns the addresses of articles by path and part: of those that `is_wanted`, which is
    /// asked for segments and documents in order.
    ///
    /// # Errors
    /// [`crate::Error::IndexDamaged`], [`crate::Error::Io`].
    pub fn by_path(&self, is_wanted: impl FnMut(u32, DocId) -> bool) -> Result<Vec<DocAddress>> {
        self.guard(|| self.merged_by_path(is_wanted))
    }

    fn merged_by_path(
        &self,
        mut is_wanted: impl FnMut(u32, DocId) -> bool,
    ) -> Result<Vec<DocAddress>> {
        let readers = self.snapshot.searcher.segment_readers();
        let mut columns = Vec::with_capacity(readers.len());
        let mut placed = Vec::with_capacity(readers.len());
        for (segment, reader) in (0..).zip(readers) {
            let Some(column) = reader.fast_fields().str("path")? else {
                continue;
            };
            placed.push((segment, placed_in(reader, |doc| is_wanted(segment, doc))?));
            columns.push(column);
        }
        let all = placed.iter().map(|(_, placed)| placed.len()).sum();
        let mut runs = Vec::with_capacity(columns.len());
        for (column, (segment, placed)) in columns.iter().zip(placed) {
            let mut paths = column.dictionary().stream().map_err(TantivyError::from)?;
            let mut read = 0;
            runs.push(placed.into_iter().map(move |(path, part, doc)| {
                while read <= path && paths.advance() {
                    read += 1;
                }
                (paths.key().to_vec(), part, DocAddress::new(segment, doc))
            }));
        }
        let firsts = runs.iter_mut().enumerate();
        let firsts = firsts.filter_map(|(at, run)| Some(Reverse((run.next()?, at))));
        let mut next: BinaryHeap<_> = firsts.collect();
        let mut merged = Vec::with_capacity(all);
        while let Some(Reverse(((_, _, address), at))) = next.pop() {
            merged.push(address);
            next.extend(runs[at].next().map(|article| Reverse((article, at))));
        }
        Ok(merged)
    }
}

/// Returns the articles of a segment in order.
fn placed_in(
    reader: &SegmentReader,
    mut is_wanted: impl FnMut(DocId) -> bool,
) -> Result<Vec<Placed>> {
    let columns = reader.fast_fields();
    let (paths, parts) = (columns.str("path")?, columns.u64("part")?);
    let mut placed = Vec::new();
    for doc in reader.doc_ids_alive() {
        let path = paths.as_ref().and_then(|paths| paths.ords().first(doc));
        // A document without a part is the state of a file.
        if let (Some(path), Some(part)) = (path, parts.first(doc))
            && is_wanted(doc)
        {
            placed.push((path, part, doc));
        }
    }
    placed.sort_unstable();
    Ok(placed)
}
