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
    /// Whether each document has any of the words that were read.
    pub(super) is_match: Vec<bool>,
    /// The sum of the scores of those words.
    pub(super) scores: Vec<f32>,
    /// The matches that may be among the k best.
    pub(super) candidates: Vec<DocId>,
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

    /// Makes the matches with scores of at least `floor` the candidates.
    pub(super) fn find_candidates(&mut self, floor: f32) {
        let scores = self
            .docs
            .clone()
            .zip(self.scores.iter().zip(&self.is_match));
        let candidates = scores
            .filter(|&(_, (&score, &is_match))| score >= floor && is_match)
            .map(|(doc, _)| doc);
        self.candidates.clear();
        self.candidates.extend(candidates);
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
