//! The order of hits.

use tantivy::SegmentReader;
use tantivy::columnar::Column;

use super::recency::day_as_f32;
use crate::error::Result;

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first; undated last.
    Newest,
    /// Oldest first; undated last.
    Oldest,
}

/// The keys that articles of a segment are ordered by, highest first.
pub(super) enum SortKeys {
    /// Their scores.
    Score,
    /// Their dates, newest first.
    Newest(Column<u64>),
    /// Their dates, oldest first.
    Oldest(Column<u64>),
}

impl SortKeys {
    /// Opens the keys of a segment.
    pub(super) fn open(reader: &SegmentReader, sort: Sort) -> Result<Self> {
        let days = || reader.fast_fields().u64("first_day");
        Ok(match sort {
            Sort::Relevance => Self::Score,
            Sort::Newest => Self::Newest(days()?),
            Sort::Oldest => Self::Oldest(days()?),
        })
    }

    /// Returns the key of an article with this score. Undated articles have the lowest key.
    pub(super) fn of(&self, doc: tantivy::DocId, score: f32) -> f32 {
        let day = |days: &Column<u64>| days.first(doc).map(day_as_f32);
        let key = match self {
            Self::Score => Some(score),
            Self::Newest(days) => day(days),
            Self::Oldest(days) => day(days).map(|day| -day),
        };
        key.unwrap_or(f32::MIN)
    }
}
