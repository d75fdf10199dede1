//! The postings of one word in headlines and bodies, read block by block.

use tantivy::index::SegmentReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption::WithFreqs;
use tantivy::{DocId, DocSet, TERMINATED, TantivyError, Term};

use super::doc_set::seek_to;
use crate::error::Result;

/// The articles of a segment that have a word in headline or body, in the order of their document
/// numbers.
///
/// Most postings are those of bodies. They are read a block at a time, which takes half of the time
/// of one by one.
pub struct WordPostings {
    headline: SegmentPostings,
    body: BlockSegmentPostings,
    /// The index in the block of `body`; past its end when no article is left.
    at: usize,
}

impl WordPostings {
    /// Opens the postings of a term of the body and of one of the headline, if there is one.
    pub fn open(reader: &SegmentReader, headline: Option<&Term>, body: &Term) -> Result<Self> {
        let inverted = |term: &Term| reader.inverted_index(term.field());
        let headline = match headline {
            Some(term) => inverted(term)?
                .read_postings(term, WithFreqs)
                .map_err(TantivyError::from)?,
            None => None,
        };
        let body = inverted(body)?
            .read_block_postings(body, WithFreqs)
            .map_err(TantivyError::from)?;
        Ok(Self {
            headline: headline.unwrap_or_else(SegmentPostings::empty),
            body: body.unwrap_or_else(BlockSegmentPostings::empty),
            at: 0,
        })
    }

    /// Returns the document frequency of the more frequent of the two terms.
    pub fn size(&self) -> u32 {
        self.headline.doc_freq().max(self.body.doc_freq())
    }

    /// Returns the current article, [`TERMINATED`] past the last.
    pub fn doc(&self) -> DocId {
        self.headline.doc().min(self.body_doc())
    }

    /// Returns the term frequencies of headline and body in the current article.
    pub fn counts(&self) -> (u32, u32) {
        let doc = self.doc();
        let in_headline = (self.headline.doc() == doc).then(|| self.headline.term_freq());
        let in_body = (self.body_doc() == doc).then(|| self.body.freq(self.at));
        (in_headline.unwrap_or(0), in_body.unwrap_or(0))
    }

    /// Moves to the first article at or after `target`, unless it is already there or past it, and
    /// returns the article.
    pub fn seek(&mut self, target: DocId) -> DocId {
        seek_to(&mut self.headline, target);
        if self.body_doc() < target {
            self.step();
            if self.body_doc() < target {
                self.at = self.body.seek(target);
            }
        }
        self.doc()
    }

    /// Calls `found` for each remaining article before `end`, with the term frequencies of headline
    /// and body.
    pub fn each_before(&mut self, end: DocId, mut found: impl FnMut(DocId, u32, u32)) {
        loop {
            let doc = self.headline.doc();
            self.each_body_before(doc.min(end), &mut found);
            if doc >= end {
                return;
            }
            let (in_headline, in_body) = self.counts();
            found(doc, in_headline, in_body);
            self.headline.advance();
            if in_body > 0 {
                self.step();
            }
        }
    }

    /// Does the same for a range of articles without the word in a headline.
    fn each_body_before(&mut self, end: DocId, found: &mut impl FnMut(DocId, u32, u32)) {
        loop {
            let docs = &self.body.docs()[self.at.min(self.body.block_len())..];
            let inside = match docs.last() {
                None => return,
                Some(&last) if last < end => docs.len(),
                Some(_) => docs.partition_point(|&doc| doc < end),
            };
            let freqs = &self.body.freqs()[self.at..];
            for (&doc, &count) in docs[..inside].iter().zip(freqs) {
                found(doc, 0, count);
            }
            if inside < docs.len() {
                self.at += inside;
                return;
            }
            self.body.advance();
            self.at = 0;
        }
    }

    fn body_doc(&self) -> DocId {
        let doc = self.body.docs().get(self.at);
        doc.copied().unwrap_or(TERMINATED)
    }

    /// Moves to the next posting of the body, if there is one.
    fn step(&mut self) {
        self.at += 1;
        if self.at == self.body.block_len() {
            self.body.advance();
            self.at = 0;
        }
    }
}
