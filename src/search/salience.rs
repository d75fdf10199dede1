//! How much an article is about the persons asked for: by how often it names them, whatever the
//! spelling.

use tantivy::DocId;

use super::bm25f::{Weights, saturated};
use crate::identity::named::Naming;
use crate::query::plan::Plan;

/// The persons asked for, as a segment has them.
pub(super) struct Salience<'p> {
    /// For each person asked for, the articles that name them and are still to come.
    named: Vec<&'p [Naming]>,
    weights: Weights,
}

impl<'p> Salience<'p> {
    /// Returns the articles of a segment, which is the `ordinal`th, to be asked of documents from
    /// `first` on.
    pub(super) fn new(ordinal: usize, first: DocId, plan: &'p Plan, weights: &Weights) -> Self {
        let persons = plan.persons.iter();
        let named = persons.map(|meant| {
            let named = &meant.articles[ordinal][..];
            &named[named.partition_point(|named| named.doc < first)..]
        });
        Self {
            named: named.collect(),
            weights: *weights,
        }
    }

    /// Returns the most that an article's mentions of the persons can count.
    pub(super) fn most(&self) -> f32 {
        self.named.iter().map(|_| self.weights.person).sum()
    }

    /// Returns what an article's mentions of the persons count. Articles are asked for in order.
    pub(super) fn of(&mut self, doc: DocId) -> f32 {
        let worth = self.named.iter_mut().map(|named| {
            // The next is mostly a step away.
            while named.first().is_some_and(|first| first.doc < doc) {
                *named = &named[1..];
            }
            let own = named.iter().take_while(|named| named.doc == doc);
            let mentions: u64 = own.map(|named| u64::from(named.mentions)).sum();
            #[expect(clippy::cast_precision_loss, reason = "a score is no exact number")]
            let mentions = mentions as f32;
            self.weights.person * saturated(mentions, self.weights.k1)
        });
        worth.sum()
    }
}
