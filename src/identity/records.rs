//! Who is in the archive: how often, from when to when, under which spellings, and with whom.
//!
//! All of it is counted over the columns of the index; no stored article is read.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use tantivy::columnar::StrColumn;

use super::census::Roll;
use super::columns::{Columns, PersonColumns, text, texts_of};
use super::decisions::Decisions;
use super::register::Entry;
use super::relatives::Relatives;
use super::sightings::Sighting;
use crate::archive::Archive;
use crate::archive::schema::date_of;
use crate::date::PartialDate;
use crate::error::Result;
use crate::people::name;
use crate::people::name::Name;
use crate::query::limits::ensure_name;

/// How many companions a record names.
const MOST_COMPANIONS: usize = 20;

/// A person of the archive: the record of `people --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRecord {
    /// The name that most articles use.
    pub name: String,
    /// The folded form of that name.
    pub key: String,
    /// Articles that name the person.
    pub articles: u64,
    /// Mentions in them.
    pub mentions: u64,
    /// The first day that one of them may have been published on.
    pub first: Option<PartialDate>,
    /// The last such day.
    pub last: Option<PartialDate>,
    /// Articles by the fullest form of the name in them.
    pub spellings: BTreeMap<String, u64>,
    /// Who else these articles name, most articles first.
    pub with: Vec<Companion>,
}

/// Somebody who is named together with a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Companion {
    /// The name that most of these articles use.
    pub name: String,
    /// Articles that name both.
    pub articles: u64,
}

/// The articles of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// Articles.
    pub articles: u64,
}

/// A person of the archive as the plain list shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The name that most articles use.
    pub name: String,
    /// Articles that name the person.
    pub articles: u64,
    /// The first day that one of them may have been published on.
    pub first: Option<PartialDate>,
    /// The last such day.
    pub last: Option<PartialDate>,
}

/// Returns the persons that most articles name, most first, then by key.
pub fn most_named(archive: &Archive, limit: usize) -> Result<Vec<Summary>> {
    let people = for_most_named(archive, limit, summary)?;
    Ok(people.into_iter().flatten().collect())
}

/// Returns the records of the same persons.
pub fn records_of_most_named(archive: &Archive, limit: usize) -> Result<Vec<PersonRecord>> {
    let people = for_most_named(archive, limit, tally)?;
    Ok(people
        .into_iter()
        .filter_map(|(record, _)| record)
        .collect())
}

/// Returns how many names of persons the archive has. Which of them are one person's is not
/// looked into: for all of a large archive that takes a minute.
pub fn count_names(archive: &Archive) -> Result<usize> {
    archive.guard(|| {
        let searcher = &archive.snapshot.searcher;
        let decisions = Decisions::of(archive)?;
        let columns = PersonColumns::open(searcher)?;
        let roll = Roll::read(&columns)?;
        let keys = roll.most_frequent(usize::MAX).into_iter();
        Ok(keys.filter(|(key, _)| !decisions.is_nobody(key)).count())
    })
}

/// What is told of a person, given their family, the columns, the user's decisions and their number.
type Telling<T> = fn(&Relatives, &PersonColumns<'_>, &Decisions, usize) -> Result<T>;

/// Returns what is told of the persons that most articles name.
fn for_most_named<T: Send>(archive: &Archive, limit: usize, tell: Telling<T>) -> Result<Vec<T>> {
    archive.guard(|| {
        let searcher = &archive.snapshot.searcher;
        let decisions = Decisions::of(archive)?;
        let columns = PersonColumns::open(searcher)?;
        let roll = Roll::read(&columns)?;
        // Spellings and surnames can lift a person over one that has more articles under a single
        // name, so that some more families are looked at than persons are asked for.
        let most = limit.saturating_add(limit / 2 + 5);
        let families = roll.families(&archive.snapshot, &decisions, most)?;
        let found = most_first(&families, limit);
        let told = found
            .par_iter()
            .with_max_len(1)
            .map(|&(family, number)| tell(&families[family].1, &columns, &decisions, number));
        told.collect()
    })
}

/// Returns the family and the number of the persons that most articles name. A family is told apart
/// for the sake of the surname of one of its names.
fn most_first(families: &[(String, Relatives)], limit: usize) -> Vec<(usize, usize)> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut found: Vec<(u64, &str, usize, usize)> = Vec::new();
    for (family, (leader, relatives)) in families.iter().enumerate() {
        let surname = Name::parse(leader).surname;
        let articles = relatives.articles_by_entry();
        let name = |key: usize| relatives.family.keys[key].as_str();
        let mut own = vec![leader.as_str()];
        for (number, Entry { keys, .. }) in relatives.register.entries.iter().enumerate() {
            let main = name(keys[0]);
            let is_namesake = || {
                (keys.iter())
                    .any(|&key| name(key) == leader || Name::parse(name(key)).surname == surname)
            };
            // Who was met with another spelling of the surname is in the list.
            if articles[number] > 0 && !seen.contains(main) && is_namesake() {
                found.push((articles[number], main, family, number));
                own.extend(keys.iter().map(|&key| name(key)));
            }
        }
        seen.extend(own);
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    found.truncate(limit);
    found
        .into_iter()
        .map(|(_, _, family, number)| (family, number))
        .collect()
}

/// Returns the persons that a typed name may mean, most articles first, each with its articles by
/// year.
///
/// # Errors
///
/// Returns an error where the name is longer than any, and where the index can't be read.
pub fn named(archive: &Archive, typed: &str) -> Result<Vec<(PersonRecord, Vec<Year>)>> {
    ensure_name(typed)?;
    archive.guard(|| count_named(archive, typed))
}

fn count_named(archive: &Archive, typed: &str) -> Result<Vec<(PersonRecord, Vec<Year>)>> {
    let searcher = &archive.snapshot.searcher;
    let decisions = Decisions::of(archive)?;
    let columns = PersonColumns::open(searcher)?;
    let relatives = Relatives::find(&archive.snapshot, &columns, &decisions, typed)?;
    let (meant, _) = relatives.meant_by(typed, &decisions);
    let mut people = Vec::new();
    for entry in meant {
        if let (Some(record), years) = tally(&relatives, &columns, &decisions, entry)? {
            people.push((record, years));
        }
    }
    people.sort_by(|(a, _), (b, _)| {
        let by_articles = b.articles.cmp(&a.articles);
        by_articles.then_with(|| (&a.key, a.first).cmp(&(&b.key, b.first)))
    });
    Ok(people)
}

/// Adds up what the articles that name a person say.
pub(super) fn tally(
    relatives: &Relatives,
    columns: &PersonColumns<'_>,
    decisions: &Decisions,
    entry: usize,
) -> Result<(Option<PersonRecord>, Vec<Year>)> {
    let mut tally = Tally::default();
    for own in sightings_of(relatives, entry).chunk_by(|a, b| a.segment == b.segment) {
        if let Some(columns) = &columns.segments[own[0].segment as usize] {
            tally.add(columns, own)?;
        }
    }
    let name = usual_name(relatives, &tally.spellings, decisions, entry);
    let mut with: Vec<(String, (u64, usize))> = tally.with.into_iter().collect();
    with.sort_unstable_by(|(a, (n, _)), (b, (m, _))| m.cmp(n).then_with(|| a.cmp(b)));
    with.truncate(MOST_COMPANIONS);
    let mut names: FxHashMap<usize, BTreeMap<String, u64>> = FxHashMap::default();
    names.extend(
        with.iter()
            .map(|&(_, (_, number))| (number, BTreeMap::new())),
    );
    for (number, segment, name, articles) in tally.names {
        if let Some(names) = names.get_mut(&number)
            && let Some(columns) = &columns.segments[segment]
        {
            *names
                .entry(text(&columns.details()?.names, name)?)
                .or_default() += articles;
        }
    }
    let companions = with.into_iter().filter_map(|(_, (articles, number))| {
        let names = names.remove(&number)?.into_iter();
        let (name, _) = names.max_by_key(|(name, articles)| (*articles, Reverse(name.clone())))?;
        Some(Companion { name, articles })
    });
    let record = name.map(|name| PersonRecord {
        key: name::key(&name),
        name,
        articles: tally.articles,
        mentions: tally.mentions,
        first: tally.first.and_then(date_of),
        last: tally.last.and_then(date_of),
        spellings: tally.spellings,
        with: companions.collect(),
    });
    let years = tally
        .years
        .into_iter()
        .map(|(year, articles)| Year { year, articles })
        .collect();
    Ok((record, years))
}

/// Returns a person's sightings, in the order of the index.
fn sightings_of(relatives: &Relatives, entry: usize) -> Vec<Sighting> {
    let sightings = relatives.family.sightings.iter();
    let mut sightings: Vec<Sighting> = (relatives.register.of.iter().zip(sightings))
        .filter(|((home, _), _)| *home as usize == entry)
        .map(|(_, sighting)| *sighting)
        .collect();
    sightings.sort_unstable_by_key(|sighting| (sighting.article(), sighting.row));
    sightings
}

/// Returns the name that most articles use for a person, or the one that the user said.
fn usual_name(
    relatives: &Relatives,
    spellings: &BTreeMap<String, u64>,
    decisions: &Decisions,
    entry: usize,
) -> Option<String> {
    let keys = &relatives.register.entries[entry].keys;
    let main = &relatives.family.keys[keys[0]];
    // The surname alone names nobody whose full name is known.
    let is_full = |name: &str| !Name::parse(name).given.is_empty();
    let names = spellings.iter();
    let usual = names.map(|(name, &articles)| (is_full(name), articles, Reverse(name)));
    let called = decisions.called(main).map(str::to_owned);
    called.or_else(|| usual.max().map(|(_, _, Reverse(name))| name.clone()))
}

/// Adds up what the plain list shows of a person.
fn summary(
    relatives: &Relatives,
    columns: &PersonColumns<'_>,
    decisions: &Decisions,
    entry: usize,
) -> Result<Option<Summary>> {
    let mut articles = 0;
    let (mut first, mut last) = (u64::MAX, 0);
    let mut spellings = BTreeMap::new();
    for own in sightings_of(relatives, entry).chunk_by(|a, b| a.segment == b.segment) {
        let Some(columns) = &columns.segments[own[0].segment as usize] else {
            continue;
        };
        let details = columns.details()?;
        let mut names: FxHashMap<u64, u64> = FxHashMap::default();
        for own in own.chunk_by(|a, b| a.doc == b.doc) {
            articles += 1;
            for sighting in own {
                let name = details.name(sighting.row);
                *names.entry(name).or_default() += 1;
            }
            if let Some((earliest, latest)) = details.days(own[0].doc) {
                first = first.min(earliest);
                last = last.max(latest);
            }
        }
        add_names(&details.names, names, &mut spellings)?;
    }
    let name = usual_name(relatives, &spellings, decisions, entry);
    Ok(name.map(|name| Summary {
        name,
        articles,
        first: date_of(first),
        last: date_of(last),
    }))
}

/// Adds how many articles use each of some names, given by number, to the counts of names.
fn add_names(
    column: &StrColumn,
    counts: FxHashMap<u64, u64>,
    names: &mut BTreeMap<String, u64>,
) -> Result<()> {
    let mut counts: Vec<(u64, u64)> = counts.into_iter().collect();
    counts.sort_unstable();
    let ordinals: Vec<u64> = counts.iter().map(|(name, _)| *name).collect();
    for (name, (_, articles)) in texts_of(column, &ordinals)?.into_iter().zip(counts) {
        *names.entry(name).or_default() += articles;
    }
    Ok(())
}

/// What the articles that name a person say, added up.
#[derive(Default)]
struct Tally {
    articles: u64,
    mentions: u64,
    first: Option<u64>,
    last: Option<u64>,
    spellings: BTreeMap<String, u64>,
    /// By key, the articles of everybody else, and a number for them.
    with: FxHashMap<String, (u64, usize)>,
    /// By that number, the names that each segment's articles use for them, and how many do.
    names: Vec<(usize, usize, u64, u64)>,
    years: BTreeMap<i16, u64>,
}

impl Tally {
    /// Adds a person's sightings in a segment, which are in the order of its documents.
    fn add(&mut self, columns: &Columns<'_>, own: &[Sighting]) -> Result<()> {
        let details = columns.details()?;
        // Ordinals first, names last: a name is read once, however many articles bear it.
        let mut spellings: FxHashMap<u64, u64> = FxHashMap::default();
        let mut with: FxHashMap<(u64, u64), u64> = FxHashMap::default();
        for own in own.chunk_by(|a, b| a.doc == b.doc) {
            let doc = own[0].doc;
            self.articles += 1;
            let keys = columns.keys.ords();
            for row in keys.index.value_row_ids(doc) {
                let name = details.name(row);
                if own.iter().any(|sighting| sighting.row == row) {
                    self.mentions += columns.mentions.values.get_val(row);
                    *spellings.entry(name).or_default() += 1;
                } else {
                    let key = keys.values.get_val(row);
                    *with.entry((key, name)).or_default() += 1;
                }
            }
            if let Some((first, last)) = details.days(doc) {
                self.first = Some(self.first.map_or(first, |day| day.min(first)));
                self.last = Some(self.last.map_or(last, |day| day.max(last)));
                if let Ok(year) = i16::try_from(first / 10_000) {
                    *self.years.entry(year).or_default() += 1;
                }
            }
        }
        add_names(&details.names, spellings, &mut self.spellings)?;
        let mut with: Vec<((u64, u64), u64)> = with.into_iter().collect();
        with.sort_unstable();
        let by_key = || with.chunk_by(|((a, _), _), ((b, _), _)| a == b);
        let ordinals: Vec<u64> = by_key().map(|names| names[0].0.0).collect();
        let segment = own[0].segment as usize;
        for (key, names) in texts_of(&columns.keys, &ordinals)?
            .into_iter()
            .zip(by_key())
        {
            let next = self.with.len();
            let (total, number) = self.with.entry(key).or_insert((0, next));
            for &((_, name), articles) in names {
                *total += articles;
                self.names.push((*number, segment, name, articles));
            }
        }
        Ok(())
    }
}
