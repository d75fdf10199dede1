//! The records of persons: articles, mentions, dates, spellings and companions.
//!
//! All is counted over the columns of the index; no stored article is read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use tantivy::columnar::StrColumn;

use super::census::{Census, RankedFamily};
use super::columns::{PersonColumns, SegmentColumns, text, texts_of};
use super::decisions::Decisions;
use super::lookup::ensure_name;
use super::nobodies::Nobodies;
use super::person_stories::{self, Names, Ordinal, PersonStories};
use super::relatives::Relatives;
use super::sightings::{Sighting, Tier};
use crate::archive::schema::date_of;
use crate::archive::{Archive, ArticleStories};
use crate::date::PartialDate;
use crate::error::Result;
use crate::people::name;
use crate::people::name::Name;

/// The number of companions in a record.
const MOST_COMPANIONS: usize = 20;

/// A person of the archive: the record of `people --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRecord {
    /// The name in most articles.
    pub name: String,
    /// The folded form of that name.
    pub key: String,
    /// Articles that name the person.
    pub articles: u64,
    /// Mentions in them.
    pub mentions: u64,
    /// The first day on which one of them may have been published.
    pub first: Option<PartialDate>,
    /// The last such day.
    pub last: Option<PartialDate>,
    /// Articles by the fullest form of the name in them.
    pub spellings: BTreeMap<String, u64>,
    /// Articles by the words of the titles before the name in them, such as `mayor`.
    pub titles: BTreeMap<String, u64>,
    /// The other persons that these articles name, most articles first.
    pub with: Vec<Companion>,
    /// Stories that these articles are, if they are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<u64>,
    /// The same by the fullest form of the name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub spelling_stories: BTreeMap<String, u64>,
}

/// A person who is named together with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Companion {
    /// The name in most of these articles.
    pub name: String,
    /// Articles that name both.
    pub articles: u64,
    /// Stories that these articles are, if they are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<u64>,
}

/// The number of articles in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// Articles.
    pub articles: u64,
    /// Stories that these are, if they are counted.
    pub stories: Option<u64>,
}

/// A person of the archive in the plain list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The name in most articles.
    pub name: String,
    /// Articles that name the person.
    pub articles: u64,
    /// The first day on which one of them may have been published.
    pub first: Option<PartialDate>,
    /// The last such day.
    pub last: Option<PartialDate>,
    /// Stories that the articles are, if they are counted.
    pub stories: Option<u64>,
}

/// Returns the persons in most articles, most first, then by key, with their stories if these are wanted.
pub fn most_named(archive: &Archive, limit: usize, wants_stories: bool) -> Result<Vec<Summary>> {
    let people = for_most_named(archive, limit, wants_stories, |counting, relatives, one| {
        counting.summary(relatives, one)
    })?;
    Ok(people.into_iter().flatten().collect())
}

/// Returns the records of the persons in most articles, in the order of [`most_named`].
pub fn records_of_most_named(
    archive: &Archive,
    limit: usize,
    wants_stories: bool,
) -> Result<Vec<PersonRecord>> {
    let people = for_most_named(archive, limit, wants_stories, |counting, relatives, one| {
        counting.record(relatives, one)
    })?;
    let records = people.into_iter().flatten().map(|(record, _)| record);
    Ok(records.collect())
}

/// Returns the number of names of persons in the archive. They are not resolved: for a whole large
/// archive that takes a minute.
pub fn count_names(archive: &Archive) -> Result<usize> {
    archive.guard(|| {
        let searcher = &archive.snapshot.searcher;
        let decisions = Decisions::of(archive)?;
        let columns = PersonColumns::open(searcher)?;
        let census = Census::read(&columns)?;
        let nobodies = Nobodies::new(&archive.snapshot, &decisions);
        let keys = census.most_frequent(usize::MAX).into_par_iter();
        let persons = keys.map(|(key, _)| Ok(usize::from(!nobodies.has(key)?)));
        persons.sum()
    })
}

/// A function that counts one person, an identity of a family.
type CountOne<T> = fn(&Counting<'_>, &Relatives, usize) -> Result<T>;

/// Counts the persons in most articles.
fn for_most_named<T: Send>(
    archive: &Archive,
    limit: usize,
    wants_stories: bool,
    count: CountOne<T>,
) -> Result<Vec<T>> {
    archive.guard(|| {
        let searcher = &archive.snapshot.searcher;
        let decisions = Decisions::of(archive)?;
        let columns = PersonColumns::open(searcher)?;
        let census = Census::read(&columns)?;
        // With all spellings and linked surnames, a person can overtake one with more articles
        // under a single key, so more families are read than persons are wanted.
        let most = limit.saturating_add(limit / 2 + 5);
        let families = census.families(&archive.snapshot, &decisions, most)?;
        let nobodies = Nobodies::new(&archive.snapshot, &decisions);
        let mut found = Vec::new();
        for (family, identity) in most_first(&families) {
            if found.len() == limit {
                break;
            }
            if is_somebody(&families[family].relatives, identity, &nobodies)? {
                found.push((family, identity));
            }
        }
        let counting = Counting {
            columns: &columns,
            nobodies: &nobodies,
            stories: wanted_stories(archive, wants_stories)?,
        };
        let counted = found
            .par_iter()
            .with_max_len(1)
            .map(|&(family, identity)| count(&counting, &families[family].relatives, identity));
        counted.collect()
    })
}

fn wanted_stories(archive: &Archive, are_wanted: bool) -> Result<Option<&ArticleStories>> {
    are_wanted.then(|| archive.stories()).transpose()
}

/// Returns whether one of the keys of an identity is a person's name.
fn is_somebody(relatives: &Relatives, identity: usize, nobodies: &Nobodies<'_>) -> Result<bool> {
    for &key in &relatives.register.identities[identity].keys {
        if !nobodies.has(&relatives.family.keys[key])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns the indices of the family and of the identity of all persons, those in most articles
/// first. Of each family only the persons with the surname of its leader count.
fn most_first(families: &[RankedFamily]) -> Vec<(usize, usize)> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut found: Vec<(u64, &str, usize, usize)> = Vec::new();
    for (family, RankedFamily { leader, relatives }) in families.iter().enumerate() {
        let surname = Name::parse(leader).surname;
        let articles = relatives.articles_by_identity();
        let name = |key: usize| relatives.family.keys[key].as_str();
        let mut own = vec![leader.as_str()];
        for (number, identity) in relatives.register.identities.iter().enumerate() {
            let keys = &identity.keys;
            let main = name(keys[0]);
            let is_namesake = || {
                (keys.iter())
                    .any(|&key| name(key) == leader || Name::parse(name(key)).surname == surname)
            };
            // A person may be in the list already, by the family of another spelling of the
            // surname.
            let is_listed = articles[number] > 0 && !identity.is_anybody;
            if is_listed && !seen.contains(main) && is_namesake() {
                found.push((articles[number], main, family, number));
                own.extend(keys.iter().map(|&key| name(key)));
            }
        }
        seen.extend(own);
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    found
        .into_iter()
        .map(|(_, _, family, number)| (family, number))
        .collect()
}

/// Returns the persons that a typed name may mean, most articles first, each with its articles by
/// year, and with stories if these are wanted.
///
/// # Errors
///
/// Returns an error where the name is too long, and where the index can't be read.
pub fn named(
    archive: &Archive,
    typed: &str,
    wants_stories: bool,
) -> Result<Vec<(PersonRecord, Vec<Year>)>> {
    ensure_name(typed)?;
    archive.guard(|| count_named(archive, typed, wants_stories))
}

fn count_named(
    archive: &Archive,
    typed: &str,
    wants_stories: bool,
) -> Result<Vec<(PersonRecord, Vec<Year>)>> {
    let searcher = &archive.snapshot.searcher;
    let decisions = Decisions::of(archive)?;
    let columns = PersonColumns::open(searcher)?;
    let relatives = Relatives::find(&archive.snapshot, &columns, &decisions, typed)?;
    let tiers = relatives.meant_by(typed, &decisions);
    let identities = &relatives.register.identities;
    let meant = (0..tiers.len())
        .filter(|&person| tiers[person] == Some(Tier::Full) && !identities[person].is_anybody);
    let nobodies = Nobodies::new(&archive.snapshot, &decisions);
    let counting = Counting {
        columns: &columns,
        nobodies: &nobodies,
        stories: wanted_stories(archive, wants_stories)?,
    };
    let mut people = Vec::new();
    for identity in meant {
        people.extend(counting.record(&relatives, identity)?);
    }
    people.sort_by(|(a, _), (b, _)| {
        let by_articles = b.articles.cmp(&a.articles);
        by_articles.then_with(|| (&a.key, a.first).cmp(&(&b.key, b.first)))
    });
    Ok(people)
}

/// What persons are counted by.
pub(super) struct Counting<'a> {
    pub(super) columns: &'a PersonColumns<'a>,
    pub(super) nobodies: &'a Nobodies<'a>,
    /// The stories of articles, if they are counted.
    pub(super) stories: Option<&'a ArticleStories>,
}

impl Counting<'_> {
    /// Counts the record of a person, and the articles by year; `None` where the person has no article.
    pub(super) fn record(
        &self,
        relatives: &Relatives,
        identity: usize,
    ) -> Result<Option<(PersonRecord, Vec<Year>)>> {
        let sightings = sightings_of(relatives, identity);
        let mut counts = Counts::default();
        for own in sightings.chunk_by(|a, b| a.segment == b.segment) {
            if let Some(columns) = &self.columns.segments[own[0].segment as usize] {
                counts.add(columns, own)?;
            }
        }
        let decisions = self.nobodies.decisions;
        let Some(name) = usual_name(relatives, &counts.spellings, decisions, identity) else {
            return Ok(None);
        };
        let with = self.first_companions(counts.with)?;
        let mut names: FxHashMap<usize, BTreeMap<String, u64>> = FxHashMap::default();
        names.extend(with.iter().map(|&(_, number)| (number, BTreeMap::new())));
        let mut counted = Names {
            spellings: counts.spelled,
            ..Names::default()
        };
        for one in counts.names {
            if let Some(names) = names.get_mut(&one.companion)
                && let Some(columns) = &self.columns.segments[one.segment]
            {
                let name = text(&columns.details()?.names, one.name)?;
                *names.entry(name).or_default() += one.articles;
                let key = (one.segment, one.key);
                counted.companions.insert(key, one.companion);
            }
        }
        let stories = self
            .stories
            .map(|stories| PersonStories::of(stories, self.columns, &sightings, &counted));
        let stories = stories.transpose()?;
        let stories_of = |row: &dyn Fn(&PersonStories) -> Option<u64>| {
            stories.as_ref().map(|stories| row(stories).unwrap_or(0))
        };
        let companions = with.into_iter().filter_map(|(articles, number)| {
            let names = names.remove(&number)?.into_iter();
            let (name, _) =
                names.max_by_key(|(name, articles)| (*articles, Reverse(name.clone())))?;
            Some(Companion {
                name,
                articles,
                stories: stories_of(&|rows| rows.companions.get(&number).copied()),
            })
        });
        let years = counts.years.into_iter().map(|(year, articles)| Year {
            year,
            articles,
            stories: stories_of(&|rows| rows.years.get(&year).copied()),
        });
        let record = PersonRecord {
            key: name::key(&name),
            name,
            articles: counts.articles,
            mentions: counts.mentions,
            first: counts.first.and_then(date_of),
            last: counts.last.and_then(date_of),
            spellings: counts.spellings,
            titles: titles_in(relatives, &sightings),
            with: companions.collect(),
            stories: stories_of(&|rows| Some(rows.all)),
            spelling_stories: (stories.as_ref())
                .map_or_else(BTreeMap::new, |rows| rows.spellings.clone()),
        };
        Ok(Some((record, years.collect())))
    }

    /// Returns the companions in most articles, each with the number of these and its index.
    fn first_companions(&self, with: FxHashMap<String, (u64, usize)>) -> Result<Vec<(u64, usize)>> {
        let mut with: Vec<(String, (u64, usize))> = with.into_iter().collect();
        with.sort_unstable_by(|(a, (n, _)), (b, (m, _))| m.cmp(n).then_with(|| a.cmp(b)));
        let mut first = Vec::new();
        for (key, companion) in with {
            if first.len() == MOST_COMPANIONS {
                break;
            }
            if !self.nobodies.has(&key)? {
                first.push(companion);
            }
        }
        Ok(first)
    }

    /// Counts a person for the plain list.
    pub(super) fn summary(
        &self,
        relatives: &Relatives,
        identity: usize,
    ) -> Result<Option<Summary>> {
        let mut articles = 0;
        let (mut first, mut last) = (u64::MAX, 0);
        let mut spellings = BTreeMap::new();
        let sightings = sightings_of(relatives, identity);
        for own in sightings.chunk_by(|a, b| a.segment == b.segment) {
            let Some(columns) = &self.columns.segments[own[0].segment as usize] else {
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
            for (_, name, articles) in named_by(&details.names, names)? {
                *spellings.entry(name).or_default() += articles;
            }
        }
        let name = usual_name(relatives, &spellings, self.nobodies.decisions, identity);
        let stories = (self.stories).map(|stories| person_stories::count(stories, &sightings));
        Ok(name.map(|name| Summary {
            name,
            articles,
            first: date_of(first),
            last: date_of(last),
            stories,
        }))
    }
}

/// Returns a person's sightings, in the order of the index.
fn sightings_of(relatives: &Relatives, identity: usize) -> Vec<Sighting> {
    let sightings = relatives.family.sightings.iter();
    let mut sightings: Vec<Sighting> = (relatives.register.resolved.iter().zip(sightings))
        .filter(|(resolved, _)| resolved.identity as usize == identity)
        .map(|(_, sighting)| *sighting)
        .collect();
    sightings.sort_unstable_by_key(|sighting| (sighting.article(), sighting.row));
    sightings
}

/// Returns the number of articles with each word of a person's titles. The sightings are in the order of
/// the index.
fn titles_in(relatives: &Relatives, sightings: &[Sighting]) -> BTreeMap<String, u64> {
    let mut titles = BTreeMap::new();
    for own in sightings.chunk_by(|a, b| a.article() == b.article()) {
        let own = own.iter();
        let words = own.flat_map(|sighting| {
            relatives.family.titles[sighting.title as usize].split_whitespace()
        });
        for word in words.collect::<BTreeSet<_>>() {
            *titles.entry(word.to_owned()).or_default() += 1;
        }
    }
    titles
}

/// Returns the name of a person: the one that the user decided on, else the one in most articles.
fn usual_name(
    relatives: &Relatives,
    spellings: &BTreeMap<String, u64>,
    decisions: &Decisions,
    identity: usize,
) -> Option<String> {
    let keys = &relatives.register.identities[identity].keys;
    let main = &relatives.family.keys[keys[0]];
    // A full name takes precedence over a surname alone.
    let is_full = |name: &str| !Name::parse(name).given.is_empty();
    let names = spellings.iter();
    let usual = names.map(|(name, &articles)| (is_full(name), articles, Reverse(name)));
    let called = decisions.called(main).map(str::to_owned);
    called.or_else(|| usual.max().map(|(_, _, Reverse(name))| name.clone()))
}

/// Returns the ordinals of names in a column with the names and the numbers of their articles.
fn named_by(column: &StrColumn, counts: FxHashMap<u64, u64>) -> Result<Vec<(u64, String, u64)>> {
    let mut counts: Vec<(u64, u64)> = counts.into_iter().collect();
    counts.sort_unstable();
    let ordinals: Vec<u64> = counts.iter().map(|(name, _)| *name).collect();
    let names = texts_of(column, &ordinals)?.into_iter().zip(counts);
    Ok(names
        .map(|(name, (ordinal, articles))| (ordinal, name, articles))
        .collect())
}

/// The counts of a record in the making.
#[derive(Default)]
struct Counts {
    articles: u64,
    mentions: u64,
    first: Option<u64>,
    last: Option<u64>,
    spellings: BTreeMap<String, u64>,
    /// The spelling of each ordinal.
    spelled: FxHashMap<Ordinal, String>,
    /// By key, the number of articles of each companion, and an index for the companion.
    with: FxHashMap<String, (u64, usize)>,
    /// The names of companions.
    names: Vec<CompanionName>,
    years: BTreeMap<i16, u64>,
}

/// A name of a companion in a segment.
struct CompanionName {
    /// The index of the companion.
    companion: usize,
    segment: usize,
    /// The ordinals of the key and the name.
    key: u64,
    name: u64,
    articles: u64,
}

impl Counts {
    /// Adds the sightings of a person in a segment, in the order of its documents.
    fn add(&mut self, columns: &SegmentColumns<'_>, own: &[Sighting]) -> Result<()> {
        let details = columns.details()?;
        // Counts ordinals first, so that the text of each name is read once.
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
            }
            if let Some(year) = details.year(doc) {
                *self.years.entry(year).or_default() += 1;
            }
        }
        let segment = own[0].segment as usize;
        for (ordinal, name, articles) in named_by(&details.names, spellings)? {
            *self.spellings.entry(name.clone()).or_default() += articles;
            self.spelled.insert((segment, ordinal), name);
        }
        let mut with: Vec<((u64, u64), u64)> = with.into_iter().collect();
        with.sort_unstable();
        let by_key = || with.chunk_by(|((a, _), _), ((b, _), _)| a == b);
        let ordinals: Vec<u64> = by_key().map(|names| names[0].0.0).collect();
        for (key, names) in texts_of(&columns.keys, &ordinals)?
            .into_iter()
            .zip(by_key())
        {
            let next = self.with.len();
            // Jean-Luc is also written Jean Luc.
            let key = key.replace('-', " ");
            let (total, number) = self.with.entry(key).or_insert((0, next));
            for &((key, name), articles) in names {
                *total += articles;
                self.names.push(CompanionName {
                    companion: *number,
                    segment,
                    key,
                    name,
                    articles,
                });
            }
        }
        Ok(())
    }
}
