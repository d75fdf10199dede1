//! The postings of one word in headlines and bodies, read block by block.

use std::ops::AddAssign;

use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption::Basic;
use tantivy::schema::IndexRecordOption::WithFreqs;
use tantivy::{DocId, DocSet, Searcher, SegmentOrdinal, TERMINATED};

use super::known_term::KnownTerm;
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
}

/// The term frequencies of a range of articles, for [`WordPostings::each_before`]; all 0 between two calls.
#[derive(Default)]
pub struct Table {
    rows: Vec<Frequencies>,
    /// The articles whose rows are in use, some of them several times.
    used: Vec<DocId>,
}

/// How often an article has a word in headline and body, in one number, so that both are added at once. Each
/// term is counted up to [`u16::MAX`] divided by the number of the word's terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frequencies(u32);

impl Frequencies {
    /// Where the number of the headline begins.
    const HEADLINE: u32 = u16::BITS;
    /// The largest number.
    const MOST: u32 = u16::MAX as u32;

    /// Returns how often the headline has the word.
    pub fn in_headline(self) -> u32 {
        self.0 >> Self::HEADLINE
    }

    /// Returns how often the body has the word.
    pub fn in_body(self) -> u32 {
        self.0 & Self::MOST
    }
}

impl AddAssign for Frequencies {
    fn add_assign(&mut self, more: Self) {
        self.0 += more.0;
    }
}

/// The postings of one term.
struct List {
    postings: BlockSegmentPostings,
    /// The index in the block; past its end when no article is left.
    at: usize,
    /// The current article, [`TERMINATED`] past the last.
    doc: DocId,
    is_headline: bool,
    /// The most that is counted, so that the sum of all terms fits [`Frequencies`].
    most: u32,
}

impl WordPostings {
    /// Opens the postings of a segment of some terms of the headline and of the body.
    pub fn open(
        searcher: &Searcher,
        segment: SegmentOrdinal,
        headline: &[KnownTerm],
        body: &[KnownTerm],
    ) -> Result<Self> {
        let terms = headline.len() + body.len();
        let share = u32::try_from(terms.max(1)).unwrap_or(u32::MAX);
        let most = (Frequencies::MOST / share).max(1);
        let mut lists = Vec::with_capacity(terms);
        let mut sizes = [0, 0];
        for (terms, is_headline) in [(body, false), (headline, true)] {
            for term in terms {
                if let Some(postings) = term.block_postings(searcher, segment, WithFreqs)? {
                    sizes[usize::from(is_headline)] += postings.doc_freq();
                    lists.push(List {
                        doc: postings.docs().first().copied().unwrap_or(TERMINATED),
                        postings,
                        at: 0,
                        is_headline,
                        most,
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
            size: sizes[0]
                .max(sizes[1])
                .min(searcher.segment_reader(segment).max_doc()),
        })
    }

    /// Returns about how many articles have the word.
    pub fn size(&self) -> u32 {
        self.size
    }

    /// Returns the current article, [`TERMINATED`] past the last.
    pub fn doc(&self) -> DocId {
        let docs = self.lists.iter().map(|list| list.doc);
        docs.min().unwrap_or(TERMINATED)
    }

    /// Moves to the first article at or after `doc`, and returns the term frequencies in `doc`; 0 if it
    /// does not have the word. The current article may not be past it.
    pub fn frequencies_in(&mut self, doc: DocId) -> Frequencies {
        let mut frequencies = Frequencies::default();
        for list in &mut self.lists {
            if list.seek(doc) == doc {
                frequencies += list.frequencies(list.postings.freq(list.at));
            }
        }
        frequencies
    }

    /// Moves to the first article at or after `target`, unless it is already there or past it, and
    /// returns the article.
    pub fn seek(&mut self, target: DocId) -> DocId {
        let docs = self.lists.iter_mut().map(|list| list.seek(target));
        docs.min().unwrap_or(TERMINATED)
    }

    /// Adds the term frequencies of the remaining articles before `end` to `rows`, whose first row is that
    /// of the article `start`. The current article must not be before that.
    pub fn add_before(&mut self, end: DocId, start: DocId, rows: &mut [Frequencies]) {
        for list in &mut self.lists {
            list.each_before(end, |doc, found| rows[(doc - start) as usize] += found);
        }
    }

    /// Calls `found` for each remaining article before `end`, in no order, with the term frequencies.
    ///
    /// The largest term is read last, and takes what the others have added up in the table.
    pub fn each_before(
        &mut self,
        end: DocId,
        table: &mut Table,
        mut found: impl FnMut(DocId, Frequencies),
    ) {
        let start = self.doc();
        let Some((largest, others)) = self.lists.split_first_mut() else {
            return;
        };
        if start >= end {
            return;
        }
        let Table { rows, used } = table;
        let length = (end - start) as usize;
        if rows.len() < length {
            rows.resize(length, Frequencies::default());
        }
        for list in others {
            list.each_before(end, |doc, more| {
                rows[(doc - start) as usize] += more;
                used.push(doc);
            });
        }
        if used.is_empty() {
            largest.each_before(end, found);
            return;
        }
        largest.each_before(end, |doc, mut frequencies| {
            frequencies += std::mem::take(&mut rows[(doc - start) as usize]);
            found(doc, frequencies);
        });
        for doc in used.drain(..) {
            let row = std::mem::take(&mut rows[(doc - start) as usize]);
            if row != Frequencies::default() {
                found(doc, row);
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
pub fn frequency(searcher: &Searcher, terms: &[KnownTerm]) -> Result<u64> {
    let sizes: Vec<u64> = terms.iter().map(KnownTerm::frequency).collect();
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

fn counted(searcher: &Searcher, terms: &[KnownTerm]) -> Result<u64> {
    let mut count = 0;
    let mut docs = Vec::new();
    for (segment, _) in (0..).zip(searcher.segment_readers()) {
        docs.clear();
        for term in terms {
            let Some(mut postings) = term.postings(searcher, segment, Basic)? else {
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

impl List {
    /// Returns the frequencies of a word that the field of the list has so often.
    fn frequencies(&self, count: u32) -> Frequencies {
        let place = u32::from(self.is_headline) * Frequencies::HEADLINE;
        Frequencies(count.min(self.most) << place)
    }

    /// Moves to the first article at or after `target`, unless it is already there or past it, and
    /// returns the article.
    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.move_by(1);
            if self.doc < target {
                self.at = self.postings.seek(target);
                self.note_doc();
            }
        }
        self.doc
    }

    /// Calls `found` for each remaining article before `end`, with its term frequency.
    fn each_before(&mut self, end: DocId, mut found: impl FnMut(DocId, Frequencies)) {
        while self.doc < end {
            let docs = &self.postings.docs()[self.at..];
            let inside = match docs.last() {
                Some(&last) if last < end => docs.len(),
                _ => docs.partition_point(|&doc| doc < end),
            };
            let freqs = &self.postings.freqs()[self.at..];
            for (&doc, &count) in docs[..inside].iter().zip(freqs) {
                found(doc, self.frequencies(count));
            }
            self.move_by(inside);
        }
    }

    /// Moves on by some postings, at most to the first of the next block.
    fn move_by(&mut self, postings: usize) {
        self.at += postings;
        if self.at == self.postings.block_len() {
            self.postings.advance();
            self.at = 0;
        }
        self.note_doc();
    }

    /// Notes the article that is at the index.
    fn note_doc(&mut self) {
        let doc = self.postings.docs().get(self.at);
        self.doc = doc.copied().unwrap_or(TERMINATED);
    }
}
