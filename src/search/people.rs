//! Who is in the archive: how often, from when to when, under which spellings, and with whom.
//!
//! All of it is counted over the columns of the index; no stored article is read.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use crate::archive::Archive;
use crate::archive::schema::date_of;
use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::people::name;
use crate::query::persons;

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
    /// The name.
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

/// Returns the persons that most articles name, most first, then by key.
pub fn most_named(archive: &Archive, limit: usize) -> Result<Vec<PersonRecord>> {
    archive.guard(|| count_all(archive, limit))
}

fn count_all(archive: &Archive, limit: usize) -> Result<Vec<PersonRecord>> {
    let searcher = archive.searcher();
    let columns = Columns::open_all(&searcher)?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for columns in &columns {
        columns.count_keys(&mut counts)?;
    }
    let mut keys: Vec<(String, u64)> = counts.into_iter().collect();
    keys.sort_by_key(|&(_, articles)| std::cmp::Reverse(articles));
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut people = Vec::new();
    // Spellings can lift a person over one that has more articles under a single one, so that some
    // more are gathered than are asked for.
    for (key, _) in keys {
        if people.len() >= limit.saturating_add(limit / 2 + 5) {
            break;
        }
        if seen.contains(&key) {
            continue;
        }
        let group = spellings_of(&searcher, archive, &key)?;
        seen.extend(group.iter().cloned());
        let (record, _) = tally(archive, &columns, &group)?;
        people.extend(record);
    }
    people.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.key.cmp(&b.key)));
    people.truncate(limit);
    Ok(people)
}

/// Returns the persons that a typed name may mean, most articles first, each with its articles by
/// year.
pub fn named(archive: &Archive, typed: &str) -> Result<Vec<(PersonRecord, Vec<Year>)>> {
    archive.guard(|| count_named(archive, typed))
}

fn count_named(archive: &Archive, typed: &str) -> Result<Vec<(PersonRecord, Vec<Year>)>> {
    let searcher = archive.searcher();
    let columns = Columns::open_all(&searcher)?;
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut people = Vec::new();
    for (key, _) in persons::find(&searcher, &archive.fields, typed)? {
        if seen.contains(&key) {
            continue;
        }
        let group = spellings_of(&searcher, archive, &key)?;
        seen.extend(group.iter().cloned());
        if let (Some(record), years) = tally(archive, &columns, &group)? {
            people.push((record, years));
        }
    }
    people.sort_by(|(a, _), (b, _)| b.articles.cmp(&a.articles).then_with(|| a.key.cmp(&b.key)));
    Ok(people)
}

/// Returns the keys that are spellings of the person with this key, itself first. A surname alone
/// may be anybody's and is a person of its own.
fn spellings_of(searcher: &Searcher, archive: &Archive, key: &str) -> Result<Vec<String>> {
    let mut group = vec![key.to_owned()];
    if key.contains(' ') {
        for (other, _) in persons::find(searcher, &archive.fields, key)? {
            if other != key && other.contains(' ') && name::is_same_person(key, &other) {
                group.push(other);
            }
        }
    }
    Ok(group)
}

/// Adds up what the articles that name any of these keys say.
fn tally(
    archive: &Archive,
    columns: &[Columns<'_>],
    group: &[String],
) -> Result<(Option<PersonRecord>, Vec<Year>)> {
    let mut tally = Tally::default();
    for columns in columns {
        columns.add(archive.fields.person, group, &mut tally)?;
    }
    let name = tally
        .spellings
        .iter()
        .max_by(|(a, n), (b, m)| n.cmp(m).then_with(|| b.cmp(a)))
        .map(|(name, _)| name.clone());
    let record = name.map(|name| {
        let mut with: Vec<Companion> = tally
            .with
            .into_values()
            .map(|(name, articles)| Companion { name, articles })
            .collect();
        with.sort_by(|a, b| {
            b.articles
                .cmp(&a.articles)
                .then_with(|| a.name.cmp(&b.name))
        });
        with.truncate(MOST_COMPANIONS);
        PersonRecord {
            key: name::key(&name),
            name,
            articles: tally.articles,
            mentions: tally.mentions,
            first: tally.first.and_then(date_of),
            last: tally.last.and_then(date_of),
            spellings: tally.spellings,
            with,
        }
    });
    let years = tally
        .years
        .into_iter()
        .map(|(year, articles)| Year { year, articles })
        .collect();
    Ok((record, years))
}

/// What the articles that name a person say, added up.
#[derive(Default)]
struct Tally {
    articles: u64,
    mentions: u64,
    first: Option<u64>,
    last: Option<u64>,
    spellings: BTreeMap<String, u64>,
    /// By key, the name and the articles of everybody else.
    with: FxHashMap<String, (String, u64)>,
    years: BTreeMap<i16, u64>,
}

/// The columns of a segment that tell of persons.
struct Columns<'a> {
    segment: &'a SegmentReader,
    keys: StrColumn,
    names: StrColumn,
    mentions: Column<u64>,
    first_day: Column<u64>,
    last_day: Column<u64>,
}

impl<'a> Columns<'a> {
    /// Opens the columns of every segment that has persons.
    fn open_all(searcher: &'a Searcher) -> Result<Vec<Self>> {
        searcher
            .segment_readers()
            .iter()
            .filter_map(|segment| Columns::open(segment).transpose())
            .collect()
    }

    fn open(segment: &'a SegmentReader) -> Result<Option<Self>> {
        let columns = segment.fast_fields();
        let (Some(keys), Some(names)) = (columns.str("person")?, columns.str("person_name")?)
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            segment,
            keys,
            names,
            mentions: columns.u64("person_mentions")?,
            first_day: columns.u64("first_day")?,
            last_day: columns.u64("last_day")?,
        }))
    }

    /// Adds to each key in how many living documents it stands.
    fn count_keys(&self, counts: &mut BTreeMap<String, u64>) -> Result<()> {
        let mut by_ordinal = vec![0u64; self.keys.num_terms()];
        for doc in self.segment.doc_ids_alive() {
            for ordinal in self.keys.term_ords(doc) {
                by_ordinal[ordinal as usize] += 1;
            }
        }
        let mut stream = self.keys.dictionary().stream().map_err(engine)?;
        let mut by_ordinal = by_ordinal.into_iter();
        while stream.advance() {
            let count = by_ordinal.next().unwrap_or(0);
            if count > 0 {
                *counts
                    .entry(String::from_utf8_lossy(stream.key()).into_owned())
                    .or_default() += count;
            }
        }
        Ok(())
    }

    /// Adds what the documents say that name any of these keys.
    fn add(&self, person: Field, group: &[String], tally: &mut Tally) -> Result<()> {
        let mut ordinals: Vec<u64> = Vec::new();
        let mut docs: Vec<DocId> = Vec::new();
        let inverted = self.segment.inverted_index(person)?;
        for key in group {
            let term = Term::from_field_text(person, key);
            let Some(mut postings) = inverted
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(engine)?
            else {
                continue;
            };
            ordinals.extend(
                self.keys
                    .dictionary()
                    .term_ord(key.as_bytes())
                    .map_err(engine)?,
            );
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !self.segment.is_deleted(doc) {
                    docs.push(doc);
                }
                doc = postings.advance();
            }
        }
        docs.sort_unstable();
        docs.dedup();
        // Ordinals first, names last: a name is read once, however many articles bear it.
        let mut spellings: FxHashMap<u64, u64> = FxHashMap::default();
        let mut with: FxHashMap<u64, (u64, u64)> = FxHashMap::default();
        for &doc in &docs {
            tally.articles += 1;
            let persons = self.keys.term_ords(doc);
            let names = self.names.term_ords(doc);
            let mentions = self.mentions.values_for_doc(doc);
            for ((key, name), mentions) in persons.zip(names).zip(mentions) {
                if ordinals.contains(&key) {
                    tally.mentions += mentions;
                    *spellings.entry(name).or_default() += 1;
                } else {
                    with.entry(key).or_insert((name, 0)).1 += 1;
                }
            }
            if let (Some(first), Some(last)) = (self.first_day.first(doc), self.last_day.first(doc))
            {
                tally.first = Some(tally.first.map_or(first, |day| day.min(first)));
                tally.last = Some(tally.last.map_or(last, |day| day.max(last)));
                if let Ok(year) = i16::try_from(first / 10_000) {
                    *tally.years.entry(year).or_default() += 1;
                }
            }
        }
        let mut spellings: Vec<_> = spellings.into_iter().collect();
        spellings.sort_unstable();
        for (name, articles) in spellings {
            *tally.spellings.entry(text(&self.names, name)?).or_default() += articles;
        }
        let mut with: Vec<_> = with.into_iter().collect();
        with.sort_unstable();
        for (key, (name, articles)) in with {
            let key = text(&self.keys, key)?;
            let name = text(&self.names, name)?;
            tally.with.entry(key).or_insert((name, 0)).1 += articles;
        }
        Ok(())
    }
}

/// Returns the text of an ordinal of a column.
fn text(column: &StrColumn, ordinal: u64) -> Result<String> {
    let mut text = String::new();
    column.ord_to_str(ordinal, &mut text).map_err(engine)?;
    Ok(text)
}

fn engine(error: std::io::Error) -> Error {
    Error::Engine(TantivyError::from(error))
}
