//! `--counts`: the articles of a whole result by year, month, outlet, person and writer, and with
//! `--stories` its stories.
//!
//! The counts are read from the columns of the index, not from stored articles.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, SegmentReader, TantivyError};

use crate::archive::StoryCount;
use crate::archive::outlets::{self, Outlets};
use crate::archive::reader::Snapshot;
use crate::archive::schema::date_of;
use crate::archive::value_numbers::ValueNumbers;
use crate::error::Result;
use crate::identity::columns::text;

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
    /// Stories by year, if they are counted.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub year_stories: BTreeMap<String, u64>,
    /// Stories by month, if they are counted.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub month_stories: BTreeMap<String, u64>,
    /// Stories of articles without a date, if they are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undated_stories: Option<u64>,
}

/// A name and the number of its articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The name of the outlet, the person or the writer.
    pub name: String,
    /// The number of articles.
    pub articles: u64,
    /// The number of stories, if they are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<u64>,
}

impl Tally {
    fn new(name: String, articles: u64) -> Self {
        Self {
            name,
            articles,
            stories: None,
        }
    }
}

/// Counts all matches, which are given by segment, and their stories if they are given
/// [by story](crate::archive::ArticleStories::by_story) too.
pub(super) fn count(
    snapshot: &Snapshot,
    matches: &[Vec<DocId>],
    by_story: Option<&[(u64, DocAddress)]>,
) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut days = Days::default();
    for (reader, docs) in snapshot.searcher.segment_readers().iter().zip(matches) {
        days.add(reader, docs.iter().copied())?;
    }
    counts.add_days(&days);
    let of_outlets = Tallied::of(snapshot, matches, outlets::COLUMN)?;
    let sources: BTreeMap<String, u64> = of_outlets.all().collect::<Result<_>>()?;
    let outlets = Outlets::read(&snapshot.searcher)?;
    counts.sources = most_first(outlets.merge(&sources));
    counts.bylines = Tallied::of(snapshot, matches, "byline_name")?.most()?;
    counts.people = Tallied::of(snapshot, matches, "person")?.most()?;
    if let Some(by_story) = by_story {
        count_dates_by_story(snapshot, by_story, &mut counts)?;
        let called: FxHashMap<String, String> = sources
            .keys()
            .cloned()
            .zip(outlets.called(&sources))
            .collect();
        let outlet_of = |value: &str| called.get(value).cloned().unwrap_or_default();
        let in_column = |column, tallies: &mut Vec<Tally>, row_of: &dyn Fn(&str) -> String| {
            count_values_by_story(snapshot, by_story, column, tallies, row_of)
        };
        in_column(outlets::COLUMN, &mut counts.sources, &outlet_of)?;
        in_column("person", &mut counts.people, &str::to_owned)?;
        in_column("byline_name", &mut counts.bylines, &str::to_owned)?;
    }
    spell(snapshot, matches, &mut counts.people)?;
    Ok(counts)
}

/// Articles by the first and the last day of their dates, as numbers yyyymmdd. Many share a day, which is
/// formatted once.
#[derive(Default)]
pub(super) struct Days {
    pub(super) articles: BTreeMap<(u64, u64), u64>,
    pub(super) undated: u64,
}

impl Days {
    /// Adds articles of a segment.
    pub(super) fn add(
        &mut self,
        reader: &SegmentReader,
        docs: impl Iterator<Item = DocId>,
    ) -> Result<()> {
        let columns = reader.fast_fields();
        let (first_days, last_days) = (columns.u64("first_day")?, columns.u64("last_day")?);
        for doc in docs {
            match (first_days.first(doc), last_days.first(doc)) {
                (Some(first), Some(last)) => {
                    *self.articles.entry((first, last)).or_default() += 1;
                }
                _ => self.undated += 1,
            }
        }
        Ok(())
    }
}

impl Counts {
    fn add_days(&mut self, days: &Days) {
        self.undated += days.undated;
        for (&(first, last), articles) in &days.articles {
            let (year, month) = (year_of(first, last), month_of(first, last));
            if let Some(year) = year {
                *self.years.entry(year_text(year)).or_default() += articles;
            }
            if let Some(month) = month {
                *self.months.entry(month_text(month)).or_default() += articles;
            }
        }
    }
}

/// Returns the year of a date that is known to the year, from its first and its last day.
fn year_of(first: u64, last: u64) -> Option<u64> {
    let year = first / 10_000;
    (last / 10_000 == year).then_some(year)
}

/// Returns the year and month, as in 201806, of a date that is known to the month.
fn month_of(first: u64, last: u64) -> Option<u64> {
    let month = first / 100;
    (last / 100 == month && date_of(first).is_some()).then_some(month)
}

fn year_text(year: u64) -> String {
    format!("{year:04}")
}

fn month_text(month: u64) -> String {
    format!("{:04}-{:02}", month / 100, month % 100)
}

fn count_dates_by_story(
    snapshot: &Snapshot,
    by_story: &[(u64, DocAddress)],
    counts: &mut Counts,
) -> Result<()> {
    let columns = |name: &str| -> Result<Vec<Column<u64>>> {
        let readers = snapshot.searcher.segment_readers().iter();
        let columns = readers.map(|reader| reader.fast_fields().u64(name));
        Ok(columns.collect::<tantivy::Result<_>>()?)
    };
    let (first_days, last_days) = (columns("first_day")?, columns("last_day")?);
    let [mut years, mut months] = <[BTreeMap<u64, StoryCount>; 2]>::default();
    let mut undated = StoryCount::default();
    for &(story, address) in by_story {
        let day = |days: &[Column<u64>]| days[address.segment_ord as usize].first(address.doc_id);
        let (Some(first), Some(last)) = (day(&first_days), day(&last_days)) else {
            undated.add(story);
            continue;
        };
        if let Some(year) = year_of(first, last) {
            years.entry(year).or_default().add(story);
        }
        if let Some(month) = month_of(first, last) {
            months.entry(month).or_default().add(story);
        }
    }
    let years = years.into_iter();
    counts.year_stories = years
        .map(|(year, row)| (year_text(year), row.stories))
        .collect();
    let months = months.into_iter();
    counts.month_stories = months
        .map(|(month, row)| (month_text(month), row.stories))
        .collect();
    counts.undated_stories = Some(undated.stories);
    Ok(())
}

/// Counts the stories of rows by a column, in which each value belongs to the row of a name.
fn count_values_by_story(
    snapshot: &Snapshot,
    by_story: &[(u64, DocAddress)],
    column: &str,
    tallies: &mut [Tally],
    row_of: &dyn Fn(&str) -> String,
) -> Result<()> {
    let names = tallies.iter().enumerate();
    let rows_by_name: FxHashMap<&str, usize> =
        names.map(|(row, tally)| (&*tally.name, row)).collect();
    let mut columns = Vec::new();
    for reader in snapshot.searcher.segment_readers() {
        let mut rows = FxHashMap::default();
        let column = reader.fast_fields().str(column)?;
        if let Some(column) = &column {
            let mut stream = column.dictionary().stream().map_err(TantivyError::from)?;
            while stream.advance() {
                let row = row_of(&String::from_utf8_lossy(stream.key()));
                if let Some(&row) = rows_by_name.get(&*row) {
                    rows.insert(stream.term_ord(), row);
                }
            }
        }
        columns.push(column.map(|column| (column, rows)));
    }
    let mut counts = vec![StoryCount::default(); tallies.len()];
    for &(story, address) in by_story {
        if let Some((column, rows)) = &columns[address.segment_ord as usize] {
            let rows = column
                .term_ords(address.doc_id)
                .filter_map(|value| rows.get(&value));
            rows.for_each(|&row| counts[row].add(story));
        }
    }
    for (tally, count) in tallies.iter_mut().zip(counts) {
        tally.stories = Some(count.stories);
    }
    Ok(())
}

/// The number of matches that have each value of a column.
struct Tallied {
    numbers: Arc<ValueNumbers>,
    /// By the number of the value.
    articles: Vec<u32>,
}

impl Tallied {
    fn of(snapshot: &Snapshot, matches: &[Vec<DocId>], column: &'static str) -> Result<Self> {
        let numbers = snapshot.value_numbers(column)?;
        let mut articles = vec![0; numbers.count()];
        for (segment, docs) in matches.iter().enumerate() {
            let Some((column, numbers)) = numbers.in_segment(segment) else {
                continue;
            };
            each_value(column, docs.iter().copied(), |ordinal| {
                let place = usize::try_from(ordinal).ok();
                if let Some(&number) = place.and_then(|place| numbers.get(place)) {
                    articles[number as usize] += 1;
                }
            });
        }
        Ok(Self { numbers, articles })
    }

    /// Returns the values that matches have, in their order, with the number of these matches.
    fn all(&self) -> impl Iterator<Item = Result<(String, u64)>> {
        let counted = self.articles.iter().enumerate();
        let counted = counted.filter(|&(_, &articles)| articles > 0);
        counted.map(|(number, &articles)| Ok((self.numbers.text(number)?, articles.into())))
    }

    /// Returns the values with the most articles.
    fn most(&self) -> Result<Vec<Tally>> {
        let mut counted: Vec<(Reverse<u32>, usize)> = Vec::new();
        for (number, &articles) in self.articles.iter().enumerate() {
            if articles > 0 {
                counted.push((Reverse(articles), number));
            }
        }
        keep_first(&mut counted, |a, b| a.cmp(b));
        let counted = counted.into_iter();
        counted
            .map(|(Reverse(articles), number)| {
                Ok(Tally::new(self.numbers.text(number)?, articles.into()))
            })
            .collect()
    }
}

/// Calls `each` with the ordinals of the values of documents, each once for a document.
pub(super) fn each_value(
    column: &StrColumn,
    docs: impl Iterator<Item = DocId>,
    mut each: impl FnMut(u64),
) {
    let mut own = Vec::new();
    for doc in docs {
        own.clear();
        own.extend(column.term_ords(doc));
        // Two persons of an article may have the same name.
        own.sort_unstable();
        own.dedup();
        own.iter().for_each(|&ordinal| each(ordinal));
    }
}

/// Sorts the values that are listed, and drops the others, which need no order.
fn keep_first<T>(values: &mut Vec<T>, order: impl Fn(&T, &T) -> Ordering) {
    if values.len() > MOST_LISTED {
        values.select_nth_unstable_by(MOST_LISTED, &order);
    }
    values.truncate(MOST_LISTED);
    values.sort_by(order);
}

/// Returns the values with the most articles.
fn most_first(values: impl IntoIterator<Item = (String, u64)>) -> Vec<Tally> {
    let values = values.into_iter();
    let mut values: Vec<Tally> = values
        .map(|(name, articles)| Tally::new(name, articles))
        .collect();
    keep_first(&mut values, |a, b| {
        (b.articles, &a.name).cmp(&(a.articles, &b.name))
    });
    values
}

/// Replaces the key of each person by the spelling that most of the matching articles use.
fn spell(snapshot: &Snapshot, matches: &[Vec<DocId>], people: &mut [Tally]) -> Result<()> {
    let mut spellings = vec![BTreeMap::new(); people.len()];
    for (reader, docs) in snapshot.searcher.segment_readers().iter().zip(matches) {
        let columns = reader.fast_fields();
        let (Some(keys), Some(names)) = (columns.str("person")?, columns.str("person_name")?)
        else {
            continue;
        };
        let mut places: FxHashMap<u64, usize> = FxHashMap::default();
        for (place, person) in people.iter().enumerate() {
            let ordinal = keys.dictionary().term_ord(&person.name);
            let ordinal = ordinal.map_err(TantivyError::from)?;
            places.extend(ordinal.map(|ordinal| (ordinal, place)));
        }
        let mut counts: BTreeMap<(usize, u64), u64> = BTreeMap::new();
        for &doc in docs {
            // A person has the same row in both columns.
            for row in keys.ords().index.value_row_ids(doc) {
                if let Some(&place) = places.get(&keys.ords().values.get_val(row)) {
                    let name = names.ords().values.get_val(row);
                    *counts.entry((place, name)).or_default() += 1;
                }
            }
        }
        for ((place, name), articles) in counts {
            *spellings[place].entry(text(&names, name)?).or_insert(0) += articles;
        }
    }
    for (person, spellings) in people.iter_mut().zip(spellings) {
        let names = spellings.into_iter();
        // Of equals, the first.
        let best = names.max_by_key(|(name, articles)| (*articles, Reverse(name.clone())));
        if let Some((name, _)) = best {
            person.name = name;
        }
    }
    Ok(())
}
