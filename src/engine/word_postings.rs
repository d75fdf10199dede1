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
    table: Table,
}

/// The term frequencies of a range of articles; all 0 between two calls of
/// [`WordPostings::each_by_table`].
#[derive(Default)]
struct Table {
    frequencies: Vec<Frequencies>,
    /// A bit for each row that is in use.
    used: Vec<u64>,
}

/// How often an article has a word in headline and body, in one number, so that both are added at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frequencies(u64);

impl Frequencies {
    /// Where the number of the headline begins.
    const HEADLINE: u32 = u32::BITS;

    /// Returns how often the headline has the word.
    pub fn in_headline(self) -> u32 {
        (self.0 >> Self::HEADLINE) as u32
    }

    /// Returns how often the body has the word.
    #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
    pub fn in_body(self) -> u32 {
        self.0 as u32
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
    is_headline: bool,
}

impl WordPostings {
    /// Opens the postings of a segment of some terms of the headline and of the body.
    pub fn open(
        searcher: &Searcher,
        segment: SegmentOrdinal,
        headline: &[KnownTerm],
        body: &[KnownTerm],
    ) -> Result<Self> {
        let mut lists = Vec::with_capacity(headline.len() + body.len());
        let mut sizes = [0, 0];
        for (terms, is_headline) in [(body, false), (headline, true)] {
            for term in terms {
                if let Some(postings) = term.block_postings(searcher, segment, WithFreqs)? {
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
            size: sizes[0]
                .max(sizes[1])
                .min(searcher.segment_reader(segment).max_doc()),
            table: Table::default(),
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

    /// Calls `found` for each remaining article before `end`, with the term frequencies.
    pub fn each_before(&mut self, end: DocId, found: impl FnMut(DocId, Frequencies)) {
        let sizes = self.lists.iter().map(|list| list.postings.doc_freq());
        let (largest, all) = (sizes.clone().next().unwrap_or(0), sizes.sum::<u32>());
        if all - largest <= largest / MOSTLY_ONE {
            self.each_in_runs(end, found);
        } else {
            self.each_by_table(end, found);
        }
    }

    /// Adds the term frequencies of the remaining articles before `end` to `rows`, whose first row is that
    /// of the article `start`. The current article must not be before that.
    pub fn add_before(&mut self, end: DocId, start: DocId, rows: &mut [Frequencies]) {
        for list in &mut self.lists {
            list.each_before(end, |doc, more| rows[(doc - start) as usize] += more);
        }
    }

    /// Calls `found` for the articles of the first term in runs, up to the next article that has
    /// another term.
    fn each_in_runs(&mut self, end: DocId, mut found: impl FnMut(DocId, Frequencies)) {
        let Some((main, others)) = self.lists.split_first_mut() else {
            return;
        };
        loop {
            let next = others.iter().map(List::doc).min().unwrap_or(TERMINATED);
            main.each_before(next.min(end), &mut found);
            if next >= end {
                return;
            }
            let mut frequencies = Frequencies::default();
            let lists = std::iter::once(&mut *main).chain(others.iter_mut());
            for list in lists.filter(|list| list.doc() == next) {
                frequencies += list.frequencies(list.postings.freq(list.at));
                list.step();
            }
            found(next, frequencies);
        }
    }

    /// Adds the frequencies of all terms up in a table with a row for each article from the current one
    /// to `end`, so that the terms are read one after the other, and calls `found` for the rows in use.
    fn each_by_table(&mut self, end: DocId, mut found: impl FnMut(DocId, Frequencies)) {
        let start = self.doc();
        if start >= end {
            return;
        }
        let Table { frequencies, used } = &mut self.table;
        let rows = (end - start) as usize;
        if frequencies.len() < rows {
            frequencies.resize(rows, Frequencies::default());
            used.resize(rows.div_ceil(64), 0);
        }
        for list in &mut self.lists {
            // The bits of 64 rows are collected before they are stored, since the next article is
            // almost always one of these.
            let (mut at, mut bits) = (0, 0);
            list.each_before(end, |doc, more| {
                let row = (doc - start) as usize;
                frequencies[row] += more;
                if row / 64 != at {
                    used[at] |= std::mem::take(&mut bits);
                    at = row / 64;
                }
                bits |= 1 << (row % 64);
            });
            used[at] |= bits;
        }
        for (first, used) in (start..end).step_by(64).zip(used) {
            while *used != 0 {
                let doc = first + used.trailing_zeros();
                *used &= *used - 1;
                let row = &mut frequencies[(doc - start) as usize];
                found(doc, std::mem::take(row));
            }
        }
    }
}

/// If all other terms of a word have together at most this part of the postings of the largest, its
/// articles are read in runs.
const MOSTLY_ONE: u32 = 4;

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
        Frequencies(
            u64::from(count)
                << if self.is_headline {
                    Frequencies::HEADLINE
                } else {
                    0
                },
        )
    }

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
    fn each_before(&mut self, end: DocId, mut found: impl FnMut(DocId, Frequencies)) {
        loop {
            let docs = &self.postings.docs()[self.at.min(self.postings.block_len())..];
            let inside = match docs.last() {
                None => return,
                Some(&last) if last < end => docs.len(),
                Some(_) => docs.partition_point(|&doc| doc < end),
            };
            let freqs = &self.postings.freqs()[self.at..];
            for (&doc, &count) in docs[..inside].iter().zip(freqs) {
                found(doc, self.frequencies(count));
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
