//! The postings of one word in headlines and bodies, read block by block.

use tantivy::index::SegmentReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption::Basic;
use tantivy::schema::IndexRecordOption::WithFreqs;
use tantivy::{DocId, DocSet, Searcher, TERMINATED, TantivyError, Term};

use crate::error::Result;

/// The articles of a segment that have any term of a word in headline or body, in the order of their
/// document numbers.
///
/// Postings are read a block at a time, which takes half of the time of one by one.
pub struct WordPostings {
    /// The postings of the terms that the segment has; those of the body first, largest first.
    lists: Vec<List>,
    /// The number of postings.
    size: u32,
    /// The table of [`Self::each_before`]; empty between two calls.
    counts: Vec<(u32, u32)>,
}

/// The postings of one term.
struct List {
    postings: BlockSegmentPostings,
    /// The index in the block; past its end when no article is left.
    at: usize,
    is_headline: bool,
}

impl WordPostings {
    /// Opens the postings of some terms of the headline and of the body.
    pub fn open(reader: &SegmentReader, headline: &[Term], body: &[Term]) -> Result<Self> {
        let mut lists = Vec::with_capacity(headline.len() + body.len());
        let mut sizes = [0, 0];
        for (terms, is_headline) in [(body, false), (headline, true)] {
            for term in terms {
                let inverted = reader.inverted_index(term.field())?;
                let postings = inverted
                    .read_block_postings(term, WithFreqs)
                    .map_err(TantivyError::from)?;
                if let Some(postings) = postings {
                    sizes[usize::from(is_headline)] += postings.doc_freq();
                    lists.push(List {
                        postings,
                        at: 0,
                        is_headline,
                    });
                }
            }
        }
        lists.sort_by_key(|list| {
            let size = list.postings.doc_freq();
            (list.is_headline, std::cmp::Reverse(size))
        });
        Ok(Self {
            lists,
            size: sizes[0].max(sizes[1]).min(reader.max_doc()),
            counts: Vec::new(),
        })
    }

    /// Returns about how many articles have the word.
    pub fn size(&self) -> u32 {
        self.size
    }

    /// Returns the current article, [`TERMINATED`] past the last.
    pub fn doc(&self) -> DocId {
        let docs = self.lists.iter().map(List::doc);
        docs.min().unwrap_or(TERMINATED)
    }

    /// Returns the term frequencies of headline and body in the current article.
    pub fn counts(&self) -> (u32, u32) {
        let doc = self.doc();
        let mut counts = (0, 0);
        for list in self.lists.iter().filter(|list| list.doc() == doc) {
            let (in_headline, in_body) = split(list.postings.freq(list.at), list.is_headline);
            counts.0 += in_headline;
            counts.1 += in_body;
        }
        counts
    }

    /// Moves to the first article at or after `target`, unless it is already there or past it, and
    /// returns the article.
    pub fn seek(&mut self, target: DocId) -> DocId {
        let docs = self.lists.iter_mut().map(|list| list.seek(target));
        docs.min().unwrap_or(TERMINATED)
    }

    /// Calls `found` for each remaining article before `end`, with the term frequencies of headline
    /// and body.
    ///
    /// Where several terms have articles, their frequencies are added up in a table with a row for
    /// each article from the current one to `end`, so that the terms are read one after the other.
    pub fn each_before(&mut self, end: DocId, mut found: impl FnMut(DocId, u32, u32)) {
        let start = self.doc();
        let mut left = self.lists.iter_mut().filter(|list| list.doc() < end);
        match (left.next(), left.next()) {
            (None, _) => {}
            (Some(only), None) => {
                let is_headline = only.is_headline;
                only.each_before(end, |doc, count| {
                    let (in_headline, in_body) = split(count, is_headline);
                    found(doc, in_headline, in_body);
                });
            }
            (Some(first), Some(second)) => {
                let counts = &mut self.counts;
                counts.resize((end - start) as usize, (0, 0));
                for list in [first, second].into_iter().chain(left) {
                    let is_headline = list.is_headline;
                    list.each_before(end, |doc, count| {
                        let (in_headline, in_body) = split(count, is_headline);
                        let known = &mut counts[(doc - start) as usize];
                        known.0 += in_headline;
                        known.1 += in_body;
                    });
                }
                for (doc, (in_headline, in_body)) in (start..).zip(counts.drain(..)) {
                    if in_headline + in_body > 0 {
                        found(doc, in_headline, in_body);
                    }
                }
            }
        }
    }
}

/// Up to how many postings of the terms of a word its articles are counted.
const COUNTED: u64 = 4_096;

/// Returns the number of articles that have any of some terms: counted if that is quick, otherwise
/// what it would be if each article had the terms independently of each other. Deleted articles
/// that are still in the index are counted.
///
/// # Errors
///
/// Returns an error if the index can't be read.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an estimate, between 0 and the number of documents"
)]
pub fn frequency(searcher: &Searcher, terms: &[Term]) -> Result<u64> {
    let mut sizes = Vec::with_capacity(terms.len());
    for term in terms {
        sizes.push(searcher.doc_freq(term)?);
    }
    let sum: u64 = sizes.iter().sum();
    let most = sizes.iter().copied().max().unwrap_or(0);
    if sum == most {
        return Ok(sum);
    }
    if sum <= COUNTED {
        return counted(searcher, terms);
    }
    let documents = (searcher.segment_readers().iter()).map(|reader| u64::from(reader.max_doc()));
    let documents = documents.sum::<u64>().max(most) as f64;
    let lacking: f64 = (sizes.iter())
        .map(|&size| 1.0 - size as f64 / documents)
        .product();
    Ok((documents * (1.0 - lacking)) as u64)
}

fn counted(searcher: &Searcher, terms: &[Term]) -> Result<u64> {
    let mut count = 0;
    let mut docs = Vec::new();
    for reader in searcher.segment_readers() {
        docs.clear();
        for term in terms {
            let inverted = reader.inverted_index(term.field())?;
            let postings = inverted.read_postings(term, Basic);
            let Some(mut postings) = postings.map_err(TantivyError::from)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                docs.push(postings.doc());
                postings.advance();
            }
        }
        docs.sort_unstable();
        docs.dedup();
        count += docs.len() as u64;
    }
    Ok(count)
}

/// Returns a term frequency as those of headline and body.
fn split(count: u32, is_headline: bool) -> (u32, u32) {
    if is_headline { (count, 0) } else { (0, count) }
}

impl List {
    /// Returns the current article, [`TERMINATED`] past the last.
    fn doc(&self) -> DocId {
        let doc = self.postings.docs().get(self.at);
        doc.copied().unwrap_or(TERMINATED)
    }

    /// Moves to the first article at or after `target`, unless it is already there or past it, and
    /// returns the article.
    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() < target {
            self.step();
            if self.doc() < target {
                self.at = self.postings.seek(target);
            }
        }
        self.doc()
    }

    /// Calls `found` for each remaining article before `end`, with its term frequency.
    fn each_before(&mut self, end: DocId, mut found: impl FnMut(DocId, u32)) {
        loop {
            let docs = &self.postings.docs()[self.at.min(self.postings.block_len())..];
            let inside = match docs.last() {
                None => return,
                Some(&last) if last < end => docs.len(),
                Some(_) => docs.partition_point(|&doc| doc < end),
            };
            let freqs = &self.postings.freqs()[self.at..];
            for (&doc, &count) in docs[..inside].iter().zip(freqs) {
                found(doc, count);
            }
            if inside < docs.len() {
                self.at += inside;
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }

    /// Moves to the next posting, if there is one.
    fn step(&mut self) {
        self.at += 1;
        if self.at == self.postings.block_len() {
            self.postings.advance();
            self.at = 0;
        }
    }
}
