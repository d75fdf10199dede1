//! What an article's score is beside the score of its words: the persons asked for, and its date.

use tantivy::DocId;

use super::recency::Recency;
use super::salience::Salience;

/// What comes on top of the score of an article's words.
pub(super) struct OnTop<'p> {
    pub(super) salience: Salience<'p>,
    pub(super) recency: Recency,
}

impl OnTop<'_> {
    /// Returns the most that it can come to.
    pub(super) fn most(&self) -> f32 {
        self.salience.most() + self.recency.most()
    }

    /// Returns what it comes to for an article. They are asked for in order.
    pub(super) fn of(&mut self, doc: DocId) -> f32 {
        self.salience.of(doc) + self.recency.of(doc)
    }
}
