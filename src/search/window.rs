//! A window of documents whose scores are added up term at a time.

use std::ops::Range;

use tantivy::DocId;

use crate::engine::word_postings::{Frequencies, Table, WordPostings};

/// The number of documents in a window, whose counts and scores fit the nearest cache. In unit tests
/// smaller, so that their small archives have several windows.
pub(super) const WINDOW: DocId = if cfg!(test) { 16 } else { 2048 };

/// The counts and scores of consecutive documents.
#[derive(Default)]
pub(super) struct Window {
    pub(super) docs: Range<DocId>,
    /// Whether each document has any of the words that were read.
    pub(super) is_match: Vec<bool>,
    /// The sum of the scores of those words, of documents that may be among the k best.
    pub(super) scores: Vec<f32>,
    /// The matches that may be among the k best.
    pub(super) candidates: Vec<DocId>,
    /// Where the terms of the word that is read are added up.
    table: Table,
}

/// What a document needs to be scored for a word.
#[derive(Clone, Copy)]
pub(super) struct Needed {
    /// The least sum of the scores of the words before.
    pub(super) score: f32,
    /// The least term frequency of the word, normalised.
    pub(super) frequency: f32,
}

impl Window {
    /// Starts with other documents.
    pub(super) fn open(&mut self, docs: Range<DocId>) {
        self.is_match.clear();
        self.is_match.resize(docs.len(), false);
        self.scores.clear();
        self.scores.resize(docs.len(), 0.0);
        self.docs = docs;
    }

    /// Reads the postings of a word, and adds its score to those of the documents that have what is needed.
    pub(super) fn add(
        &mut self,
        postings: &mut WordPostings,
        needed: Needed,
        frequency: impl Fn(DocId, Frequencies) -> f32,
        score: impl Fn(f32) -> f32,
    ) {
        let Self {
            docs,
            is_match,
            scores,
            table,
            ..
        } = self;
        postings.each_before(docs.end, table, |doc, found| {
            let row = (doc - docs.start) as usize;
            is_match[row] = true;
            if scores[row] >= needed.score {
                let frequency = frequency(doc, found);
                if frequency >= needed.frequency {
                    scores[row] += score(frequency);
                }
            }
        });
    }

    /// Reads the postings of a word that makes no other document a candidate, and adds its score to those of
    /// the candidates with scores of at least `floor`.
    pub(super) fn count(
        &mut self,
        postings: &mut WordPostings,
        floor: f32,
        frequency: impl Fn(DocId, Frequencies) -> f32,
        score: impl Fn(f32) -> f32,
    ) {
        let scores = &self.scores;
        let start = self.docs.start;
        let is_scored = |&doc: &DocId| scores[(doc - start) as usize] >= floor;
        if !self.candidates.iter().any(is_scored) {
            let is_match = &mut self.is_match;
            postings.each_before(self.docs.end, &mut self.table, |doc, _| {
                is_match[(doc - start) as usize] = true;
            });
            return;
        }
        let needed = Needed {
            score: floor,
            frequency: 0.0,
        };
        self.add(postings, needed, frequency, score);
    }

    /// Makes the matches with scores of at least `floor` the candidates.
    pub(super) fn find_candidates(&mut self, floor: f32) {
        /// The number of scores that are compared at once.
        const CHUNK: usize = 16;
        self.candidates.clear();
        let chunks = (self.scores.chunks(CHUNK)).zip(self.is_match.chunks(CHUNK));
        for (first, (scores, is_match)) in self.docs.clone().step_by(CHUNK).zip(chunks) {
            // Without a branch for each: few chunks have a candidate.
            if !(scores.iter()).fold(false, |any, &score| any | (score >= floor)) {
                continue;
            }
            let scored = (first..).zip(scores.iter().zip(is_match));
            let found = scored.filter(|&(_, (&score, &is_match))| score >= floor && is_match);
            self.candidates.extend(found.map(|(doc, _)| doc));
        }
    }

    /// Returns how many documents have scores of at least `floor`.
    pub(super) fn count_from(&self, floor: f32) -> usize {
        self.scores.iter().filter(|score| **score >= floor).count()
    }

    /// Returns the number of matches.
    pub(super) fn matches(&self) -> usize {
        self.is_match.iter().filter(|&&is_match| is_match).count()
    }

    /// Returns the index of a document in the window.
    pub(super) fn at(&self, doc: DocId) -> usize {
        (doc - self.docs.start) as usize
    }
}
