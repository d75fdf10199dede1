//! The boost for articles that name the persons of a query often, in any spelling.

use tantivy::DocId;

use super::bm25f::{Weights, saturated};
use crate::identity::named::Naming;
use crate::query::plan::Plan;

/// The boost for the persons of a query in a segment.
pub(super) struct Salience<'p> {
    /// For each person, the articles that name them, from the current one on.
    named: Vec<&'p [Naming]>,
    weights: Weights,
}

impl<'p> Salience<'p> {
    /// Returns the boost for a segment. Only documents from `first` on may be asked for.
    pub(super) fn new(segment: usize, first: DocId, plan: &'p Plan, weights: &Weights) -> Self {
        let persons = plan.persons.iter();
        let named = persons.map(|meant| {
            let named = &meant.articles[segment][..];
            &named[named.partition_point(|named| named.doc < first)..]
        });
        Self {
            named: named.collect(),
            weights: *weights,
        }
    }

    /// Returns the upper bound of the boost of an article.
    pub(super) fn max(&self) -> f32 {
        self.named.iter().map(|_| self.weights.person).sum()
    }

    /// Returns the boost of an article. Articles must be asked for in order.
    pub(super) fn of(&mut self, doc: DocId) -> f32 {
        let boosts = self.named.iter_mut().map(|named| {
            // The next article is usually one step away.
            while named.first().is_some_and(|first| first.doc < doc) {
                *named = &named[1..];
            }
            let own = named.iter().take_while(|named| named.doc == doc);
            let mentions: u64 = own.map(|named| u64::from(named.mentions)).sum();
            #[expect(clippy::cast_precision_loss, reason = "a score is no exact number")]
            let mentions = mentions as f32;
            self.weights.person * saturated(mentions, self.weights.k1)
        });
        boosts.sum()
    }
}
