//! Counts the content of an archive.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rustc_hash::FxHashSet;
use serde::Serialize;
use tantivy::SegmentReader;

use super::outlets::{self, Outlets};
use super::reader::Archive;
use super::schema::date_of;
use super::state::terms_in;
use crate::date::PartialDate;
use crate::error::{Error, Result};

/// The size of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// How many articles there are.
    pub articles: u64,
    /// How many files, including those without an article.
    pub files: u64,
    /// How many articles have a known date of publication.
    pub dated: u64,
    /// The first day on which an article may have been published.
    pub first: Option<PartialDate>,
    /// The last such day.
    pub last: Option<PartialDate>,
    /// Articles by outlet, most first, then by name.
    pub sources: Vec<(String, u64)>,
    /// Articles by language, most first, then by code.
    pub languages: Vec<(String, u64)>,
    /// How many spellings of persons' names there are.
    pub names: u64,
    /// The size of the index on disk, in bytes.
    pub bytes: u64,
}

impl Archive {
    /// Counts the content of the archive, in one pass over the columns.
    pub fn stats(&self) -> Result<Stats> {
        self.guard(|| self.count())
    }

    fn count(&self) -> Result<Stats> {
        let mut stats = Stats {
            bytes: folder_bytes(&self.folder).map_err(Error::io(&self.folder))?,
            ..Stats::default()
        };
        let mut sources = BTreeMap::new();
        let mut languages = BTreeMap::new();
        let mut names = FxHashSet::default();
        let mut paths = FxHashSet::default();
        let (mut first, mut last) = (u64::MAX, 0);
        for segment in self.snapshot.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let parts = columns.u64("part")?;
            let (first_days, last_days) = (columns.u64("first_day")?, columns.u64("last_day")?);
            for doc in segment.doc_ids_alive() {
                if parts.first(doc).is_none() {
                    continue;
                }
                stats.articles += 1;
                if let (Some(day), Some(until)) = (first_days.first(doc), last_days.first(doc)) {
                    stats.dated += 1;
                    first = first.min(day);
                    last = last.max(until);
                }
            }
            count_values(segment, outlets::COLUMN, |value, count| {
                *sources.entry(value).or_default() += count;
            })?;
            count_values(segment, "language", |value, count| {
                *languages.entry(value).or_default() += count;
            })?;
            count_values(segment, "person", |value, _| {
                names.insert(value);
            })?;
            count_values(segment, "path", |value, _| {
                paths.insert(value);
            })?;
        }
        stats.first = date_of(first);
        stats.last = date_of(last);
        let outlets = Outlets::read(&self.snapshot.searcher)?;
        stats.sources = most_first(outlets.merge(&sources));
        stats.languages = most_first(languages);
        stats.names = names.len() as u64;
        stats.files = paths.len() as u64;
        Ok(stats)
    }
}

/// Calls `then` with each value that a column has in a segment's live documents, and the number of
/// those documents.
fn count_values(
    segment: &SegmentReader,
    column: &str,
    mut then: impl FnMut(String, u64),
) -> Result<()> {
    let Some(column) = segment.fast_fields().str(column)? else {
        return Ok(());
    };
    let mut counts = vec![0u64; terms_in(&column)?];
    for doc in segment.doc_ids_alive() {
        for ordinal in column.term_ords(doc) {
            if let Some(count) = usize::try_from(ordinal)
                .ok()
                .and_then(|i| counts.get_mut(i))
            {
                *count += 1;
            }
        }
    }
    let mut values = column
        .dictionary()
        .stream()
        .map_err(tantivy::TantivyError::from)?;
    let mut counts = counts.into_iter();
    while values.advance() {
        let count = counts.next().unwrap_or(0);
        if count > 0 {
            then(String::from_utf8_lossy(values.key()).into_owned(), count);
        }
    }
    Ok(())
}

fn most_first(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    // The sort is stable: equal counts stay sorted by name.
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    counts
}

/// Returns the size of all files in a folder, in bytes.
fn folder_bytes(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() {
            folder_bytes(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(bytes)
}
