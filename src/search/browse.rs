//! What an archive holds, to be browsed: articles by year, month and day, by outlet, by writer and by folder.
//!
//! A date counts as far as it is known: an article dated `2019` is of that year, and of no month. All is
//! counted over the columns of the index; no stored article is read.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::{DocId, SegmentReader};

use super::counts::{Days, each_value};
use crate::archive::Archive;
use crate::archive::outlets::{self, Outlets};
use crate::date::PartialDate;
use crate::error::Result;
use crate::identity::columns::texts_of;

/// The articles of an archive by date of publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Articles of each date, as far as it is known.
    pub dates: BTreeMap<PartialDate, u64>,
    /// Articles without a date.
    pub undated: u64,
}

/// The articles of a year or of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// Articles of each of its months or days, such as `2018-06` or `2018-06-27`.
    pub parts: BTreeMap<String, u64>,
    /// Articles of which no more is known than the period.
    pub whole: u64,
}

impl Calendar {
    /// Counts the articles of an archive.
    ///
    /// # Errors
    ///
    /// Returns an error if the index can't be read.
    pub fn of(archive: &Archive) -> Result<Self> {
        archive.guard(|| {
            let mut days = Days::default();
            for reader in archive.snapshot.searcher.segment_readers() {
                days.add(reader, articles(reader)?)?;
            }
            let mut calendar = Self {
                undated: days.undated,
                ..Self::default()
            };
            for ((first, last), articles) in days.articles {
                match date_between(first, last) {
                    Some(date) => *calendar.dates.entry(date).or_default() += articles,
                    None => calendar.undated += articles,
                }
            }
            Ok(calendar)
        })
    }

    /// Returns the articles of each year, such as `2018`.
    pub fn years(&self) -> BTreeMap<String, u64> {
        let mut years = BTreeMap::new();
        for (date, articles) in &self.dates {
            *years.entry(format!("{:04}", date.year())).or_default() += articles;
        }
        years
    }

    /// Returns the articles of the months of a year, such as `2018`, or of the days of a month, such as
    /// `2018-06`.
    pub fn period(&self, period: &str) -> Period {
        let mut found = Period::default();
        for (date, articles) in &self.dates {
            let date = date.to_string();
            let Some(rest) = date.strip_prefix(period) else {
                continue;
            };
            match rest.strip_prefix('-') {
                Some(rest) => {
                    let end = rest.find('-').unwrap_or(rest.len());
                    let part = format!("{period}-{}", &rest[..end]);
                    *found.parts.entry(part).or_default() += articles;
                }
                None if rest.is_empty() => found.whole += articles,
                None => {}
            }
        }
        found
    }

    /// Returns the articles of a day, such as `06-27`, in each year, by their whole date.
    pub fn on_day(&self, day: &str) -> BTreeMap<String, u64> {
        let dates = self.dates.iter();
        let dates = dates.map(|(date, &articles)| (date.to_string(), articles));
        dates
            .filter(|(date, _)| date.get(5..) == Some(day))
            .collect()
    }
}

/// Returns the date that lasts from a first to a last day, given as numbers yyyymmdd.
fn date_between(first: u64, last: u64) -> Option<PartialDate> {
    let (year, month, day) = (first / 10_000, first / 100 % 100, first % 100);
    let year = i16::try_from(year).ok()?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    if first == last {
        return PartialDate::from_day(year, month, day);
    }
    match first / 100 == last / 100 {
        true => PartialDate::from_month(year, month),
        false => PartialDate::from_year(year),
    }
}

/// Returns the documents of a segment that are articles.
fn articles(reader: &SegmentReader) -> Result<impl Iterator<Item = DocId>> {
    let parts = reader.fast_fields().u64("part")?;
    let docs = reader.doc_ids_alive();
    Ok(docs.filter(move |&doc| parts.first(doc).is_some()))
}

/// Returns the articles of each outlet, under the name that most of its articles print.
///
/// # Errors
///
/// Returns an error if the index can't be read.
pub fn outlets(archive: &Archive) -> Result<BTreeMap<String, u64>> {
    archive.guard(|| {
        let values = values(archive, outlets::COLUMN)?;
        Ok(Outlets::read(&archive.snapshot.searcher)?.merge(&values))
    })
}

/// Returns the articles of each writer.
///
/// # Errors
///
/// Returns an error if the index can't be read.
pub fn writers(archive: &Archive) -> Result<BTreeMap<String, u64>> {
    archive.guard(|| values(archive, "byline_name"))
}

/// The articles of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Articles of each folder right below it, by its path, with all below that.
    pub folders: BTreeMap<String, u64>,
    /// Articles of the files right in it.
    pub own: u64,
}

/// Returns the articles of a folder, by its path below the folder of articles; the empty path is that
/// folder itself.
///
/// # Errors
///
/// Returns an error if the index can't be read.
pub fn folder(archive: &Archive, path: &str) -> Result<Folder> {
    let prefix = match path.is_empty() {
        true => String::new(),
        false => format!("{path}/"),
    };
    archive.guard(|| {
        let mut found = Folder::default();
        for (file, articles) in values(archive, "path")? {
            let Some(below) = file.strip_prefix(&prefix) else {
                continue;
            };
            match below.split_once('/') {
                Some((folder, _)) => {
                    let folder = format!("{prefix}{folder}");
                    *found.folders.entry(folder).or_default() += articles;
                }
                None => found.own += articles,
            }
        }
        Ok(found)
    })
}

/// Returns the number of articles with each value of a column.
fn values(archive: &Archive, column: &str) -> Result<BTreeMap<String, u64>> {
    let mut values = BTreeMap::new();
    for reader in archive.snapshot.searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str(column)? else {
            continue;
        };
        let mut counts: FxHashMap<u64, u64> = FxHashMap::default();
        each_value(&column, articles(reader)?, |value| {
            *counts.entry(value).or_default() += 1;
        });
        let mut counts: Vec<(u64, u64)> = counts.into_iter().collect();
        counts.sort_unstable();
        let ordinals: Vec<u64> = counts.iter().map(|&(ordinal, _)| ordinal).collect();
        for (value, (_, articles)) in texts_of(&column, &ordinals)?.into_iter().zip(counts) {
            *values.entry(value).or_default() += articles;
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_counts_as_far_as_it_is_known() {
        let days = [
            (20190101, 20191231, 2),
            (20190601, 20190630, 3),
            (20190627, 20190627, 4),
            (20180627, 20180627, 1),
        ];
        let dates = days
            .into_iter()
            .filter_map(|(first, last, articles)| Some((date_between(first, last)?, articles)));
        let calendar = Calendar {
            dates: dates.collect(),
            undated: 1,
        };
        let listed = |counts: &BTreeMap<String, u64>| -> String {
            let counts = counts.iter().map(|(name, n)| format!("{name} {n}"));
            counts.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(listed(&calendar.years()), "2018 1, 2019 9");
        let year = calendar.period("2019");
        assert_eq!((listed(&year.parts).as_str(), year.whole), ("2019-06 7", 2));
        let month = calendar.period("2019-06");
        assert_eq!(
            (listed(&month.parts).as_str(), month.whole),
            ("2019-06-27 4", 3)
        );
        assert_eq!(calendar.period("201"), Period::default());
        assert_eq!(
            listed(&calendar.on_day("06-27")),
            "2018-06-27 1, 2019-06-27 4"
        );
    }
}
