//! How much an article is about the persons asked for: by how often it names them, whatever the
//! spelling.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::score::{Weights, saturated};
use crate::error::Result;
use crate::query::meant::Meant;
use crate::query::plan::Plan;

/// The persons asked for, as a segment has them.
pub(super) struct Salience<'p> {
    persons: &'p [Meant],
    segment: usize,
    /// How often each of an article's persons is mentioned.
    mentions: Option<Column<u64>>,
    weights: Weights,
}

impl<'p> Salience<'p> {
    /// Opens the columns of a segment, which is the `ordinal`th, if persons were asked for.
    pub(super) fn open(
        reader: &SegmentReader,
        ordinal: usize,
        plan: &'p Plan,
        weights: &Weights,
    ) -> Result<Self> {
        let is_needed = (plan.persons.iter()).any(|meant| !meant.articles[ordinal].is_empty());
        Ok(Self {
            persons: &plan.persons,
            segment: ordinal,
            mentions: (is_needed.then(|| reader.fast_fields().u64("person_mentions")))
                .transpose()?,
            weights: *weights,
        })
    }

    /// Returns what an article's mentions of the persons count.
    pub(super) fn of(&self, doc: DocId) -> f32 {
        let Some(mentions) = &self.mentions else {
            return 0.0;
        };
        let worth = self.persons.iter().map(|meant| {
            let named = meant.named_in(self.segment, doc).iter();
            let mentions: u64 = named
                .filter_map(|named| mentions.values_for_doc(doc).nth(named.at as usize))
                .sum();
            #[expect(clippy::cast_precision_loss, reason = "a score is no exact number")]
            let mentions = mentions as f32;
            self.weights.person * saturated(mentions, self.weights.k1)
        });
        worth.sum()
    }
}
