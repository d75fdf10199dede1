//! `--counts`: the articles of a whole result by year, month, outlet, person and writer.
//!
//! The counts are read from the columns of the index, not from stored articles.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::{DocId, SegmentReader};

use super::rank::all_matches;
use crate::archive::outlets::{self, Outlets};
use crate::archive::reader::Snapshot;
use crate::archive::schema::date_of;
use crate::archive::state::terms_in;
use crate::date::PartialDate;
use crate::error::Result;
use crate::people::name;
use crate::query::plan::Plan;

/// The most outlets, persons and writers that are listed.
const MOST_LISTED: usize = 20;

/// The counts of a whole result: the second line of `search --counts --json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Articles by year of publication, such as `2018`.
    pub years: BTreeMap<String, u64>,
    /// Articles by month of publication, such as `2018-06`. Articles of unknown month are omitted.
    pub months: BTreeMap<String, u64>,
    /// Articles without a date of publication.
    pub undated: u64,
    /// The outlets with the most articles, most first, then by name.
    pub sources: Vec<Tally>,
    /// The persons in the most articles, each in the spelling that most articles use.
    pub people: Vec<Tally>,
    /// The writers with the most articles.
    pub bylines: Vec<Tally>,
}

/// A name and the number of its articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The name of the outlet, the person or the writer.
    pub name: String,
    /// The number of articles.
    pub articles: u64,
}

/// Counts the matches of a plan.
pub(super) fn count(snapshot: &Snapshot, plan: &Plan) -> Result<Counts> {
    let mut counts = Counts::default();
    let [mut sources, mut keys, mut names, mut bylines] = <[BTreeMap<String, u64>; 4]>::default();
    let matches = all_matches(snapshot, plan)?;
    for (reader, docs) in snapshot.searcher.segment_readers().iter().zip(&matches) {
        count_dates(reader, docs, &mut counts)?;
        for (column, values) in [
            (outlets::COLUMN, &mut sources),
            ("person", &mut keys),
            ("person_name", &mut names),
            ("byline_name", &mut bylines),
        ] {
            count_values(reader, docs, column, values)?;
        }
    }
    let outlets = Outlets::read(&snapshot.searcher)?;
    counts.sources = most_first(outlets.merge(&sources));
    counts.bylines = most_first(bylines);
    counts.people = most_first(keys);
    spell(&mut counts.people, &names);
    Ok(counts)
}

fn count_dates(reader: &SegmentReader, docs: &[DocId], counts: &mut Counts) -> Result<()> {
    let columns = reader.fast_fields();
    let (first_days, last_days) = (columns.u64("first_day")?, columns.u64("last_day")?);
    // Many articles share a day, which is formatted once.
    let mut days: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    for &doc in docs {
        match (first_days.first(doc), last_days.first(doc)) {
            (Some(first), Some(last)) => *days.entry((first, last)).or_default() += 1,
            _ => counts.undated += 1,
        }
    }
    for ((first, last), articles) in days {
        let (year, month) = (first / 10_000, first / 100);
        if last / 10_000 == year {
            *counts.years.entry(format!("{year:04}")).or_default() += articles;
        }
        if last / 100 == month
            && let Some(date) = date_of(first).map(PartialDate::first_day)
        {
            let month = format!("{:04}-{:02}", date.year(), date.month());
            *counts.months.entry(month).or_default() += articles;
        }
    }
    Ok(())
}

/// Adds the number of documents with each value of a column to `values`.
fn count_values(
    reader: &SegmentReader,
    docs: &[DocId],
    column: &str,
    values: &mut BTreeMap<String, u64>,
) -> Result<()> {
    let Some(column) = reader.fast_fields().str(column)? else {
        return Ok(());
    };
    let mut counts = vec![0_u64; terms_in(&column)?];
    let mut seen = Vec::new();
    for &doc in docs {
        seen.clear();
        seen.extend(column.term_ords(doc));
        // Two persons of an article may have the same name.
        seen.sort_unstable();
        seen.dedup();
        for &ordinal in &seen {
            let place = usize::try_from(ordinal).ok();
            if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                *count += 1;
            }
        }
    }
    let stream = column.dictionary().stream();
    let mut stream = stream.map_err(tantivy::TantivyError::from)?;
    for count in counts {
        if !stream.advance() {
            break;
        }
        if count > 0 {
            let value = String::from_utf8_lossy(stream.key()).into_owned();
            *values.entry(value).or_default() += count;
        }
    }
    Ok(())
}

/// Returns the values with the most articles.
fn most_first(values: BTreeMap<String, u64>) -> Vec<Tally> {
    let mut values: Vec<Tally> = (values.into_iter())
        .map(|(name, articles)| Tally { name, articles })
        .collect();
    // The sort is stable: equals stay in the order of their names.
    values.sort_by_key(|tally| Reverse(tally.articles));
    values.truncate(MOST_LISTED);
    values
}

/// Replaces the key of each person by the spelling that most articles use.
fn spell(people: &mut [Tally], names: &BTreeMap<String, u64>) {
    let mut best: BTreeMap<String, (u64, &str)> = BTreeMap::new();
    for (spelling, &articles) in names {
        let entry = best.entry(name::key(spelling)).or_default();
        if articles > entry.0 {
            *entry = (articles, spelling);
        }
    }
    for person in people {
        if let Some((_, spelling)) = best.get(&person.name) {
            person.name = (*spelling).to_owned();
        }
    }
}
