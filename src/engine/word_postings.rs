//! Reads the articles that have a word, a block of the index after the other.

use tantivy::index::SegmentReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption::WithFreqs;
use tantivy::{DocId, DocSet, TERMINATED, TantivyError, Term};

use crate::error::Result;

/// A walk over the articles of a segment that have a word in headline or body, in the order that
/// they are stored in.
///
/// Frequent words stand in bodies: those are read a block at a time, which takes half of the time
/// of one by one.
pub struct WordPostings {
    headline: SegmentPostings,
    body: BlockSegmentPostings,
    /// The place in the block of `body`; past its end when there is no article left.
    at: usize,
}

impl WordPostings {
    /// Opens the postings of a term of the body, and of one of the headline where it is looked for there.
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

    /// Returns the most articles that it may come upon, counted from the start.
    pub fn size(&self) -> u32 {
        self.headline.doc_freq().max(self.body.doc_freq())
    }

    /// Returns the article that it is at, [`TERMINATED`] past the last.
    pub fn doc(&self) -> DocId {
        self.headline.doc().min(self.body_doc())
    }

    /// Returns how often headline and body have the word, in the article that it is at.
    pub fn counts(&self) -> (u32, u32) {
        let doc = self.doc();
        let in_headline = (self.headline.doc() == doc).then(|| self.headline.term_freq());
        let in_body = (self.body_doc() == doc).then(|| self.body.freq(self.at));
        (in_headline.unwrap_or(0), in_body.unwrap_or(0))
    }

    /// Moves to the first article at or after `target`, unless it is there or past it, and returns
    /// where it is.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.headline.doc() < target {
            self.headline.seek(target);
        }
        if self.body_doc() < target {
            self.step();
            if self.body_doc() < target {
                self.at = self.body.seek(target);
            }
        }
        self.doc()
    }

    /// Hands the articles that are left before `end` to `found`, each with how often headline and
    /// body have the word.
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

    /// Does the same where no headline has the word.
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

    /// Goes to the next body, if there is one.
    fn step(&mut self) {
        self.at += 1;
        if self.at == self.body.block_len() {
            self.body.advance();
            self.at = 0;
        }
    }
}
