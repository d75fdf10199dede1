//! The boost for newer articles.

use tantivy::columnar::Column;
use tantivy::{DocId, Searcher, SegmentReader};

use super::bm25f::{Bm25f, Weights};
use crate::error::Result;

/// The boost for newer articles in a segment.
pub(super) struct Recency {
    /// The last days of articles, and the newest day of the archive by [`day_as_f32`]; `None` if
    /// dates do not count.
    days: Option<(Column<u64>, f32)>,
    /// The boost of an article of the newest day.
    max: f32,
    /// The age at which the boost is halved, in days of 372 to a year.
    halved: f32,
}

impl Recency {
    /// Opens the dates of a segment. `newest` is the result of [`newest_day`].
    pub(super) fn open(reader: &SegmentReader, newest: Option<f32>, bm25f: &Bm25f) -> Result<Self> {
        let days = (newest.map(|_| reader.fast_fields().u64("last_day"))).transpose()?;
        Ok(Self {
            days: days.zip(newest),
            max: bm25f.weights.recency * bm25f.max_of_all(),
            halved: bm25f.weights.recency_halved,
        })
    }

    /// Returns the upper bound of the boost of an article.
    pub(super) fn max(&self) -> f32 {
        self.max
    }

    /// Returns the boost of an article; 0 for an undated one.
    pub(super) fn of(&self, doc: DocId) -> f32 {
        let boost = self.days.as_ref().and_then(|(days, newest)| {
            let age = newest - day_as_f32(days.first(doc)?);
            Some(self.max * (-age / self.halved).exp2())
        });
        boost.unwrap_or(0.0)
    }
}

/// Returns the newest day of the archive by [`day_as_f32`]; `None` if dates do not count.
pub(super) fn newest_day(searcher: &Searcher, weights: &Weights) -> Result<Option<f32>> {
    if weights.recency == 0.0 {
        return Ok(None);
    }
    let mut newest = 0;
    for reader in searcher.segment_readers() {
        newest = newest.max(reader.fast_fields().u64("last_day")?.max_value());
    }
    Ok(Some(day_as_f32(newest)))
}

/// Returns a number for a day yyyymmdd that rises with the day: 372 for each year, 31 for each month
/// and 1 for each day. The number yyyymmdd itself has more digits than an `f32`.
pub(super) fn day_as_f32(day: u64) -> f32 {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    #[expect(
        clippy::cast_precision_loss,
        reason = "below 2²⁴: 10,000 years of 372 days"
    )]
    let number = (year * 372 + month * 31 + day) as f32;
    number
}
