//! A window of documents whose scores are added up term at a time.

use std::ops::Range;

use tantivy::DocId;

/// The number of documents in a window, whose counts and scores fit the nearest cache. In unit tests
/// smaller, so that their small archives have several windows.
pub(super) const WINDOW: DocId = if cfg!(test) { 16 } else { 2048 };

/// The counts and scores of consecutive documents.
#[derive(Default)]
pub(super) struct Window {
    pub(super) docs: Range<DocId>,
    /// How many of the words a match needs.
    pub(super) needed: usize,
    /// How many of the words each document has, of those that were read.
    pub(super) words: Vec<u16>,
    /// The sum of the scores of those words.
    pub(super) scores: Vec<f32>,
    /// The matches that may be among the k best.
    pub(super) candidates: Vec<DocId>,
}

impl Window {
    /// Starts with other documents.
    pub(super) fn open(&mut self, docs: Range<DocId>, needed: usize) {
        self.words.clear();
        self.words.resize(docs.len(), 0);
        self.scores.clear();
        self.scores.resize(docs.len(), 0.0);
        self.docs = docs;
        self.needed = needed;
    }

    /// Makes the matches with scores of at least `floor` the candidates.
    pub(super) fn find_candidates(&mut self, floor: f32) {
        let scores = self.docs.clone().zip(self.scores.iter().zip(&self.words));
        let candidates = scores
            .filter(|&(_, (&score, &words))| score >= floor && usize::from(words) >= self.needed)
            .map(|(doc, _)| doc);
        self.candidates.clear();
        self.candidates.extend(candidates);
    }

    /// Returns how many documents have scores of at least `floor`.
    pub(super) fn count_from(&self, floor: f32) -> usize {
        self.scores.iter().filter(|score| **score >= floor).count()
    }

    /// Returns whether the document at an index has enough words.
    pub(super) fn is_match(&self, at: usize) -> bool {
        usize::from(self.words[at]) >= self.needed
    }

    /// Returns the number of matches.
    pub(super) fn matches(&self) -> usize {
        (0..self.words.len())
            .filter(|&at| self.is_match(at))
            .count()
    }

    /// Returns the index of a document in the window.
    pub(super) fn at(&self, doc: DocId) -> usize {
        (doc - self.docs.start) as usize
    }
}
