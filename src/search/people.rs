//! Who is in the archive: how often, from when to when, under which spellings, and with whom.
//!
//! All of it is counted over the columns of the index; no stored article is read.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::archive::Archive;
use crate::archive::schema::date_of;
use crate::date::PartialDate;
use crate::error::Result;
use crate::people::decisions::Decisions;
use crate::people::name::{self, Name};
use crate::people::register::Tier;
use crate::query::persons::{Columns, Relatives, text, texts_of};

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
    let decisions = archive.decisions()?;
    let columns = Columns::open_all(&searcher)?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for columns in columns.iter().flatten() {
        columns.count_keys(&mut counts)?;
    }
    let mut keys: Vec<(String, u64)> = counts.into_iter().collect();
    keys.sort_by_key(|&(_, articles)| std::cmp::Reverse(articles));
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut families: Vec<Relatives> = Vec::new();
    // The articles, the key and the place of everybody found.
    let mut found: Vec<(u64, String, usize, usize)> = Vec::new();
    for (key, _) in keys {
        // Spellings and surnames can lift a person over one that has more articles under a single
        // name, so that some more families are looked at than persons are asked for.
        if families.len() >= limit.saturating_add(limit / 2 + 5) {
            break;
        }
        if seen.contains(&key) || decisions.is_nobody(&key) {
            continue;
        }
        let relatives = Relatives::read(&searcher, &archive.fields, &columns, &decisions, &key)?;
        let names = &relatives.family.keys;
        let surname = Name::parse(&key).surname;
        let articles = relatives.articles_by_entry();
        let mut keys_of_family = vec![key.clone()];
        for (number, entry) in relatives.register.entries.iter().enumerate() {
            let main = &names[entry.keys[0]];
            let is_namesake = (entry.keys.iter())
                .any(|&own| names[own] == key || Name::parse(&names[own]).surname == surname);
            // Who was met with another spelling of the surname is in the list.
            if is_namesake && articles[number] > 0 && !seen.contains(main) {
                found.push((articles[number], main.clone(), families.len(), number));
                keys_of_family.extend(entry.keys.iter().map(|&own| names[own].clone()));
            }
        }
        seen.extend(keys_of_family);
        families.push(relatives);
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.truncate(limit);
    let mut people = Vec::with_capacity(found.len());
    for (_, _, family, number) in found {
        people.extend(tally(&families[family], &columns, &decisions, number)?.0);
    }
    Ok(people)
}

/// Returns the persons that a typed name may mean, most articles first, each with its articles by
/// year.
pub fn named(archive: &Archive, typed: &str) -> Result<Vec<(PersonRecord, Vec<Year>)>> {
    archive.guard(|| count_named(archive, typed))
}

fn count_named(archive: &Archive, typed: &str) -> Result<Vec<(PersonRecord, Vec<Year>)>> {
    let searcher = archive.searcher();
    let decisions = archive.decisions()?;
    let columns = Columns::open_all(&searcher)?;
    let relatives = Relatives::read(&searcher, &archive.fields, &columns, &decisions, typed)?;
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
    columns: &[Option<Columns<'_>>],
    decisions: &Decisions,
    entry: usize,
) -> Result<(Option<PersonRecord>, Vec<Year>)> {
    let mut tally = Tally::default();
    let mut own: Vec<(usize, Tier)> = (relatives.register.of.iter().enumerate())
        .filter(|(_, (home, _))| *home == entry)
        .map(|(sighting, (_, tier))| (sighting, *tier))
        .collect();
    let place = |sighting: usize| &relatives.places[sighting];
    own.sort_unstable_by_key(|&(sighting, _)| (place(sighting).segment, place(sighting).doc));
    for own in own.chunk_by(|a, b| place(a.0).segment == place(b.0).segment) {
        if let Some(columns) = &columns[place(own[0].0).segment] {
            tally.add(columns, relatives, own)?;
        }
    }
    let keys = &relatives.register.entries[entry].keys;
    let main = &relatives.family.keys[keys[0]];
    // The surname alone names nobody whose full name is known.
    let names = tally.spellings.iter();
    let is_full = |name: &str| !Name::parse(name).given.is_empty();
    let name = names
        .max_by(|(a, n), (b, m)| (is_full(a), *n, b).cmp(&(is_full(b), *m, a)))
        .map(|(name, _)| name.clone());
    let name = decisions.called(main).map(str::to_owned).or(name);
    let mut with: Vec<(String, (usize, u64, u64))> = tally.with.into_iter().collect();
    with.sort_by(|(a, (_, _, n)), (b, (_, _, m))| m.cmp(n).then_with(|| a.cmp(b)));
    with.truncate(MOST_COMPANIONS);
    let mut companions = Vec::with_capacity(with.len());
    for (_, (segment, name, articles)) in with {
        if let Some(columns) = &columns[segment] {
            let name = text(&columns.names, name)?;
            companions.push(Companion { name, articles });
        }
    }
    let record = name.map(|name| PersonRecord {
        key: name::key(&name),
        name,
        articles: tally.articles,
        mentions: tally.mentions,
        first: tally.first.and_then(date_of),
        last: tally.last.and_then(date_of),
        spellings: tally.spellings,
        with: companions,
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
    /// By key, a segment, the name in it, and the articles of everybody else.
    with: FxHashMap<String, (usize, u64, u64)>,
    years: BTreeMap<i16, u64>,
}

impl Tally {
    /// Adds a person's sightings in a segment, which are in the order of its documents.
    fn add(
        &mut self,
        columns: &Columns<'_>,
        relatives: &Relatives,
        own: &[(usize, Tier)],
    ) -> Result<()> {
        // Ordinals first, names last: a name is read once, however many articles bear it.
        let mut spellings: FxHashMap<u64, u64> = FxHashMap::default();
        let mut with: FxHashMap<u64, (u64, u64)> = FxHashMap::default();
        let place = |sighting: usize| &relatives.places[sighting];
        for own in own.chunk_by(|a, b| place(a.0).doc == place(b.0).doc) {
            let doc = place(own[0].0).doc;
            self.articles += 1;
            let persons = columns.keys.term_ords(doc);
            let names = columns.names.term_ords(doc);
            let mentions = columns.mentions.values_for_doc(doc);
            for (at, ((key, name), mentions)) in persons.zip(names).zip(mentions).enumerate() {
                if own.iter().any(|&(sighting, _)| place(sighting).at == at) {
                    self.mentions += mentions;
                    *spellings.entry(name).or_default() += 1;
                } else {
                    with.entry(key).or_insert((name, 0)).1 += 1;
                }
            }
            let days = (columns.first_day.first(doc), columns.last_day.first(doc));
            if let (Some(first), Some(last)) = days {
                self.first = Some(self.first.map_or(first, |day| day.min(first)));
                self.last = Some(self.last.map_or(last, |day| day.max(last)));
                if let Ok(year) = i16::try_from(first / 10_000) {
                    *self.years.entry(year).or_default() += 1;
                }
            }
        }
        let mut spellings: Vec<(u64, u64)> = spellings.into_iter().collect();
        spellings.sort_unstable();
        let ordinals: Vec<u64> = spellings.iter().map(|(name, _)| *name).collect();
        let names = texts_of(&columns.names, &ordinals)?;
        for (name, (_, articles)) in names.into_iter().zip(spellings) {
            *self.spellings.entry(name).or_default() += articles;
        }
        let mut with: Vec<(u64, (u64, u64))> = with.into_iter().collect();
        with.sort_unstable();
        let ordinals: Vec<u64> = with.iter().map(|(key, _)| *key).collect();
        let keys = texts_of(&columns.keys, &ordinals)?;
        let segment = place(own[0].0).segment;
        for (key, (_, (name, articles))) in keys.into_iter().zip(with) {
            self.with.entry(key).or_insert((segment, name, 0)).2 += articles;
        }
        Ok(())
    }
}
