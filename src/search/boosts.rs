//! What is added to the BM25F score of an article: boosts for persons and for its date.

use tantivy::DocId;

use super::recency::Recency;
use super::salience::Salience;

/// The boosts of the articles of a segment.
pub(super) struct Boosts<'p> {
    pub(super) salience: Salience<'p>,
    pub(super) recency: Recency,
}

impl Boosts<'_> {
    /// Returns the upper bound of the boost of an article.
    pub(super) fn max(&self) -> f32 {
        self.salience.max() + self.recency.max()
    }

    /// Returns the boost of an article. Articles must be asked for in order.
    pub(super) fn of(&mut self, doc: DocId) -> f32 {
        self.salience.of(doc) + self.recency.of(doc)
    }
}
