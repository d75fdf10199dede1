//! A term and where the dictionaries of the segments have it, so that it is looked up once a question.

use std::io;

use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, Searcher, SegmentOrdinal, Term};

/// A term that was looked up in all segments of a searcher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownTerm {
    /// The term.
    pub term: Term,
    /// What each segment has of it.
    segments: Vec<Option<TermInfo>>,
}

impl KnownTerm {
    /// Looks a term up.
    ///
    /// # Errors
    ///
    /// Returns an error if the index can't be read.
    pub fn find(searcher: &Searcher, term: Term) -> tantivy::Result<Self> {
        let readers = searcher.segment_readers().iter();
        let segments = readers.map(|reader| {
            let inverted = reader.inverted_index(term.field())?;
            Ok(inverted.get_term_info(&term)?)
        });
        let segments = segments.collect::<tantivy::Result<_>>()?;
        Ok(Self { term, segments })
    }

    /// Looks terms up.
    ///
    /// # Errors
    ///
    /// Returns an error if the index can't be read.
    pub fn find_all(searcher: &Searcher, terms: Vec<Term>) -> tantivy::Result<Vec<Self>> {
        let terms = terms.into_iter();
        terms.map(|term| Self::find(searcher, term)).collect()
    }

    /// Returns the number of documents that have the term. Deleted ones that are still in the index
    /// count.
    pub fn frequency(&self) -> u64 {
        let found = self.segments.iter().flatten();
        found.map(|info| u64::from(info.doc_freq)).sum()
    }

    /// Opens the postings of a segment, to be read block by block; `None` if it does not have the term.
    ///
    /// # Errors
    ///
    /// Returns an error if the index can't be read.
    pub fn block_postings(
        &self,
        searcher: &Searcher,
        segment: SegmentOrdinal,
        record: IndexRecordOption,
    ) -> tantivy::Result<Option<BlockSegmentPostings>> {
        self.open(searcher, segment, |inverted, info| {
            inverted.read_block_postings_from_terminfo(info, record)
        })
    }

    /// Opens the postings of a segment; `None` if it does not have the term.
    ///
    /// # Errors
    ///
    /// Returns an error if the index can't be read.
    pub fn postings(
        &self,
        searcher: &Searcher,
        segment: SegmentOrdinal,
        record: IndexRecordOption,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        self.open(searcher, segment, |inverted, info| {
            inverted.read_postings_from_terminfo(info, record)
        })
    }

    fn open<P>(
        &self,
        searcher: &Searcher,
        segment: SegmentOrdinal,
        read: impl FnOnce(&InvertedIndexReader, &TermInfo) -> io::Result<P>,
    ) -> tantivy::Result<Option<P>> {
        let Some(Some(info)) = self.segments.get(segment as usize) else {
            return Ok(None);
        };
        let reader = searcher.segment_reader(segment);
        let inverted = reader.inverted_index(self.term.field())?;
        Ok(Some(read(&inverted, info)?))
    }
}
