//! How new an article is beside the newest of the archive.

use tantivy::columnar::Column;
use tantivy::{DocId, Searcher, SegmentReader};

use super::bm25f::{Model, Weights};
use crate::error::Result;

/// The dates of a segment, where newer articles are to count more.
pub(super) struct Recency {
    /// They, and the number of the archive's newest, as [`number_of`] says; none where they don't
    /// count.
    days: Option<(Column<u64>, f32)>,
    /// What an article gets that is as new.
    most: f32,
    halved: f32,
}

impl Recency {
    /// Opens the dates of a segment, `newest` being what [`newest`] says.
    pub(super) fn open(
        reader: &SegmentReader,
        newest: Option<f32>,
        model: &Model,
        weights: &Weights,
    ) -> Result<Self> {
        let days = (newest.map(|_| reader.fast_fields().u64("last_day"))).transpose()?;
        Ok(Self {
            days: days.zip(newest),
            most: weights.recency * model.most_of_all(),
            halved: weights.recency_halved,
        })
    }

    /// Returns the most that an article can get.
    pub(super) fn most(&self) -> f32 {
        self.most
    }

    /// Returns what an article gets; an undated one, nothing.
    pub(super) fn of(&self, doc: DocId) -> f32 {
        let worth = self.days.as_ref().and_then(|(days, newest)| {
            let age = newest - number_of(days.first(doc)?);
            Some(self.most * (-age / self.halved).exp2())
        });
        worth.unwrap_or(0.0)
    }
}

/// Returns the number of the archive's newest day, as [`number_of`] says, if dates count.
pub(super) fn newest(searcher: &Searcher, weights: &Weights) -> Result<Option<f32>> {
    if weights.recency == 0.0 {
        return Ok(None);
    }
    let mut newest = 0;
    for reader in searcher.segment_readers() {
        newest = newest.max(reader.fast_fields().u64("last_day")?.max_value());
    }
    Ok(Some(number_of(newest)))
}

/// Returns a number for a day yyyymmdd that is higher for a later one: 372 for each year, since the
/// day itself has more digits than an f32 keeps.
pub(super) fn number_of(day: u64) -> f32 {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    #[expect(
        clippy::cast_precision_loss,
        reason = "below 2²⁴: 10,000 years of 372 days"
    )]
    let number = (year * 372 + month * 31 + day) as f32;
    number
}
