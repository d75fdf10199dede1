//! Finds the persons of the archive that a typed name may mean, and the articles that name them.
//!
//! Who is who is worked out when a question is asked, for the names that share a surname with the
//! typed one, from the columns of the index alone (see [`crate::people::register`]).

use std::collections::{BTreeMap, BTreeSet};

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use crate::archive::schema::{Fields, LOOKUP_SEPARATOR};
use crate::error::{Error, Result};
use crate::people::decisions::Decisions;
use crate::people::name::{self, Name};
use crate::people::register::{self, Family, Register, Sighting, Tier};

/// How persons are searched.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// What the user decided about persons.
    pub decisions: &'a Decisions,
    /// Whether articles that print a surname alone, which may be anybody's, are found as well.
    pub is_loose: bool,
}

/// Returns the keys of all persons that a typed name may mean.
pub fn find(searcher: &Searcher, fields: &Fields, typed: &str) -> Result<BTreeSet<String>> {
    let asked = name::key(typed);
    let name = Name::parse(typed);
    keys_where(searcher, fields, typed, &mut |key| {
        key == asked || name.may_mean(&Name::parse(key))
    })
}

/// Returns the keys that share a lookup key with a name and pass a test.
fn keys_where(
    searcher: &Searcher,
    fields: &Fields,
    typed: &str,
    is_wanted: &mut dyn FnMut(&str) -> bool,
) -> Result<BTreeSet<String>> {
    let mut keys = BTreeSet::new();
    for lookup in name::lookup_keys(typed) {
        let prefix = format!("{lookup}{LOOKUP_SEPARATOR}");
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(fields.person_lookup)?;
            let range = inverted.terms().range().ge(&prefix).into_stream();
            let mut stream = range.map_err(TantivyError::from)?;
            while let Some((entry, _)) = stream.next() {
                let Some(key) = entry.strip_prefix(prefix.as_bytes()) else {
                    break;
                };
                if let Ok(key) = std::str::from_utf8(key)
                    && !keys.contains(key)
                    && is_wanted(key)
                {
                    keys.insert(key.to_owned());
                }
            }
        }
    }
    Ok(keys)
}

/// The columns of a segment that tell of persons.
pub struct Columns<'a> {
    pub(super) segment: &'a SegmentReader,
    /// The keys of the persons of an article.
    pub keys: StrColumn,
    /// Their names, in the same order, like the next two.
    pub names: StrColumn,
    /// How often each is mentioned.
    pub mentions: Column<u64>,
    /// The titles before their mentions.
    titles: StrColumn,
    /// The text of each title; there are few.
    title_texts: Vec<String>,
    first_day: Column<u64>,
    last_day: Column<u64>,
}

impl<'a> Columns<'a> {
    /// Opens the columns of every segment, `None` where it has no persons.
    pub fn open_all(searcher: &'a Searcher) -> Result<Vec<Option<Self>>> {
        searcher
            .segment_readers()
            .iter()
            .map(Columns::open)
            .collect()
    }

    fn open(segment: &'a SegmentReader) -> Result<Option<Self>> {
        let columns = segment.fast_fields();
        let (Some(keys), Some(names), Some(titles)) = (
            columns.str("person")?,
            columns.str("person_name")?,
            columns.str("person_titles")?,
        ) else {
            return Ok(None);
        };
        Ok(Some(Self {
            segment,
            keys,
            names,
            mentions: columns.u64("person_mentions")?,
            title_texts: texts(&titles)?,
            titles,
            first_day: columns.u64("first_day")?,
            last_day: columns.u64("last_day")?,
        }))
    }

    /// Returns the month that an article was published in, counted from the year 0; of a date that
    /// is only known to the year, the middle.
    fn month(&self, doc: DocId) -> Option<i32> {
        let month = |day: u64| day / 10_000 * 12 + day / 100 % 100;
        let (first, last) = self.days(doc)?;
        i32::try_from((month(first) + month(last)) / 2).ok()
    }

    /// Returns the number of the title of one of an article's persons.
    fn title(&self, doc: DocId, at: u32) -> usize {
        value_at(&self.titles, doc, at) as usize
    }

    /// Returns the number of the name of one of an article's persons.
    pub fn name(&self, doc: DocId, at: u32) -> u64 {
        value_at(&self.names, doc, at)
    }

    /// Returns the first and the last day that the date of publication may stand for, as numbers
    /// yyyymmdd.
    pub fn days(&self, doc: DocId) -> Option<(u64, u64)> {
        Some((self.first_day.first(doc)?, self.last_day.first(doc)?))
    }
}

/// Returns one of the values of a document, the first where there are not as many.
fn value_at(column: &StrColumn, doc: DocId, at: u32) -> u64 {
    let rows = column.ords().index.value_row_ids(doc);
    let row = rows.start + at;
    column
        .ords()
        .values
        .get_val(if row < rows.end { row } else { 0 })
}

/// Returns the texts of all ordinals of a column.
fn texts(column: &StrColumn) -> Result<Vec<String>> {
    let mut texts = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream().map_err(engine)?;
    while stream.advance() {
        texts.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(texts)
}

/// Returns the texts of ordinals of a column that are in order: much faster than one by one, which
/// reads a block of the dictionary for each.
pub fn texts_of(column: &StrColumn, ordinals: &[u64]) -> Result<Vec<String>> {
    let mut texts = Vec::with_capacity(ordinals.len());
    column
        .dictionary()
        .sorted_ords_to_term_cb(ordinals, |term| {
            texts.push(String::from_utf8_lossy(term).into_owned());
        })
        .map_err(engine)?;
    Ok(texts)
}

/// Returns the text of an ordinal of a column.
pub fn text(column: &StrColumn, ordinal: u64) -> Result<String> {
    let mut text = String::new();
    column.ord_to_str(ordinal, &mut text).map_err(engine)?;
    Ok(text)
}

pub(super) fn engine(error: std::io::Error) -> Error {
    Error::Engine(TantivyError::from(error))
}

/// Returns the keys of whoever shares a surname with a typed name, or may be meant by it.
pub(super) fn keys_of_relatives(
    searcher: &Searcher,
    fields: &Fields,
    decisions: &Decisions,
    typed: &str,
) -> Result<BTreeSet<String>> {
    let asked = name::key(typed);
    let mut wanted = vec![typed];
    // Names that the user says are one person's are looked up together.
    if let Some(one) = decisions.one_with(&asked) {
        wanted.extend(decisions.keys_of(one).iter().map(String::as_str));
    }
    let mut keys = BTreeSet::new();
    for typed in wanted {
        let name = Name::parse(typed);
        let surname = name.surname_keys();
        let asked = name::key(typed);
        keys.extend(keys_where(searcher, fields, typed, &mut |key| {
            if decisions.is_nobody(key) {
                return false;
            }
            let other = Name::parse(key);
            // Most relatives write the surname alike, which is quickly seen.
            key == asked
                || (other.surname == name.surname && !surname.is_empty())
                || other.surname_keys().iter().any(|key| surname.contains(key))
                || name.may_mean(&other)
        })?);
    }
    // So that a namesake with another surname is one person with them, whoever was asked for.
    let others: Vec<String> = (keys.iter())
        .filter_map(|key| decisions.one_with(key))
        .flat_map(|one| decisions.keys_of(one).iter().cloned())
        .collect();
    keys.extend(others);
    Ok(keys)
}

/// Where one of the keys of a family stands in a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The document.
    pub doc: DocId,
    /// Which of the article's persons it is.
    pub at: u32,
    /// The number of the key in the family.
    pub key: usize,
}

/// Where a sighting stands in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the segment.
    pub segment: usize,
    /// The document in it.
    pub doc: DocId,
    /// Which of the article's persons it is.
    pub at: u32,
}

/// The persons who share a surname with a typed name, told apart.
pub struct Relatives {
    /// What the index says of their names.
    pub family: Family,
    /// For each sighting, where it stands.
    pub places: Vec<Place>,
    /// Who is who.
    pub register: Register,
}

impl Relatives {
    /// Reads and tells apart whoever shares a surname with a typed name, or may be meant by it.
    pub fn read(
        searcher: &Searcher,
        fields: &Fields,
        columns: &[Option<Columns<'_>>],
        decisions: &Decisions,
        typed: &str,
    ) -> Result<Self> {
        let keys = keys_of_relatives(searcher, fields, decisions, typed)?;
        let mut relatives = Self {
            family: Family {
                keys: keys.into_iter().collect(),
                ..Family::default()
            },
            places: Vec::new(),
            register: Register::default(),
        };
        for (segment, columns) in columns.iter().enumerate() {
            if let Some(columns) = columns {
                relatives.add_segment(segment, columns, fields)?;
            }
        }
        relatives.register = register::register(&relatives.family, decisions);
        Ok(relatives)
    }

    fn add_segment(
        &mut self,
        segment: usize,
        columns: &Columns<'_>,
        fields: &Fields,
    ) -> Result<()> {
        let inverted = columns.segment.inverted_index(fields.person)?;
        for key in 0..self.family.keys.len() {
            let term = Term::from_field_text(fields.person, &self.family.keys[key]);
            let Some(mut postings) = inverted
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(engine)?
            else {
                continue;
            };
            let dictionary = columns.keys.dictionary();
            let wanted = dictionary
                .term_ord(self.family.keys[key].as_bytes())
                .map_err(engine)?;
            let mut found = Vec::new();
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !columns.segment.is_deleted(doc)
                    && let Some(at) = (0..)
                        .zip(columns.keys.term_ords(doc))
                        .find_map(|(at, ordinal)| (Some(ordinal) == wanted).then_some(at))
                {
                    found.push(Found { doc, at, key });
                }
                doc = postings.advance();
            }
            self.add(segment, columns, &found);
        }
        Ok(())
    }

    /// Adds what a segment says of names that were found in it.
    pub(super) fn add(&mut self, segment: usize, columns: &Columns<'_>, found: &[Found]) {
        let mut titles: Vec<Option<usize>> = vec![None; columns.title_texts.len()];
        for &Found { doc, at, key } in found {
            let title = columns.title(doc, at);
            let title = match titles[title] {
                Some(title) => title,
                None => {
                    let number = self.title(&columns.title_texts[title]);
                    titles[title] = Some(number);
                    number
                }
            };
            self.family.sightings.push(Sighting {
                article: (segment << 32) | doc as usize,
                key,
                title,
                month: columns.month(doc),
            });
            self.places.push(Place { segment, doc, at });
        }
    }

    /// Returns the number of a title.
    fn title(&mut self, title: &str) -> usize {
        let titles = &mut self.family.titles;
        let known = titles.iter().position(|known| known == title);
        known.unwrap_or_else(|| {
            titles.push(title.to_owned());
            titles.len() - 1
        })
    }

    /// Returns how many articles name each person.
    pub fn articles_by_entry(&self) -> Vec<u64> {
        let mut named: Vec<(usize, usize)> = (self.register.of.iter())
            .zip(&self.family.sightings)
            .map(|(&(entry, _), sighting)| (sighting.article, entry))
            .collect();
        // Mostly they are in order, which this sort makes use of.
        named.sort_by_key(|&(article, _)| article);
        let mut articles = vec![0; self.register.entries.len()];
        let mut last = vec![None; articles.len()];
        for (article, entry) in named {
            if last[entry].replace(article) != Some(article) {
                articles[entry] += 1;
            }
        }
        articles
    }

    /// Returns the persons that a typed name means, and the surnames alone that may be theirs.
    pub fn meant_by(&self, typed: &str, decisions: &Decisions) -> (Vec<usize>, Vec<usize>) {
        let asked = Name::parse(typed);
        let typed_key = name::key(typed);
        let one = decisions.one_with(&typed_key);
        let is_full = !asked.given.is_empty();
        let (mut meant, mut bare) = (Vec::new(), Vec::new());
        for (number, entry) in self.register.entries.iter().enumerate() {
            let key = |place: usize| self.family.keys[entry.keys[place]].as_str();
            let has = |key: &str| entry.keys.iter().any(|&own| self.family.keys[own] == key);
            let is_one = one.is_some() && decisions.one_with(key(0)) == one;
            let is_told_apart =
                (0..entry.keys.len()).any(|i| decisions.are_apart(&typed_key, key(i)));
            if has(&typed_key) || is_one {
                meant.push(number);
            } else if is_told_apart {
                // The user said so.
            } else if entry.is_bare && is_full {
                if Name::parse(key(0)).bears_surname_of(&surname_of(&asked)) {
                    bare.push(number);
                }
            } else if name::is_meant_by(typed, key(0))
                || (decisions.one_with(key(0)).is_some()
                    && (0..entry.keys.len()).any(|i| name::is_meant_by(typed, key(i))))
            {
                meant.push(number);
            }
        }
        (meant, bare)
    }
}

/// Returns the surname of a full name by itself.
fn surname_of(name: &Name) -> Name {
    Name {
        surname: name.surname.clone(),
        words: name.surname.clone(),
        ..Name::default()
    }
}

/// What was found for a typed name.
#[derive(Clone, Debug, Default)]
pub struct Meant {
    /// The name, as typed.
    pub asked: String,
    /// Each person meant: the name that most articles use for them, and their articles.
    pub persons: Vec<(String, u64)>,
    /// Each spelling searched, how it names the person, and its articles, most first.
    pub spellings: Vec<(String, Tier, u64)>,
    /// How many articles name the person in full, by a linked surname, and print the surname alone.
    pub tiers: [u64; 3],
    /// Whether the last of these are among `articles`.
    pub is_loose: bool,
    /// The articles of each segment, in order, each with the key that names the person in it.
    pub articles: Vec<Vec<(DocId, String)>>,
}

impl Meant {
    /// Finds the articles that name whom a typed name means.
    pub fn find(
        searcher: &Searcher,
        fields: &Fields,
        options: Options<'_>,
        typed: &str,
    ) -> Result<Self> {
        let columns = Columns::open_all(searcher)?;
        let decisions = options.decisions;
        let relatives = Relatives::read(searcher, fields, &columns, decisions, typed)?;
        let (meant, bare) = relatives.meant_by(typed, decisions);
        let mut found = Self {
            asked: typed.to_owned(),
            is_loose: options.is_loose,
            articles: vec![Vec::new(); columns.len()],
            ..Self::default()
        };
        let mut spellings: BTreeMap<(usize, Tier), u64> = BTreeMap::new();
        let mut by_article: BTreeMap<(usize, DocId), Tier> = BTreeMap::new();
        let mut by_person: BTreeMap<usize, u64> = BTreeMap::new();
        let family = &relatives.family;
        for (i, place) in relatives.places.iter().enumerate() {
            let (entry, tier) = relatives.register.of[i];
            let tier = if meant.contains(&entry) {
                // Where a surname is all that was asked for, it is no lesser answer.
                if tier == Tier::Bare { Tier::Full } else { tier }
            } else if bare.contains(&entry) {
                Tier::Bare
            } else {
                continue;
            };
            *by_person.entry(entry).or_default() += 1;
            let key = family.sightings[i].key;
            *spellings.entry((key, tier)).or_default() += 1;
            let best = by_article.entry((place.segment, place.doc)).or_insert(tier);
            *best = tier.min(*best);
            if tier < Tier::Bare || options.is_loose {
                found.articles[place.segment].push((place.doc, family.keys[key].clone()));
            }
        }
        for tier in by_article.into_values() {
            found.tiers[tier as usize] += 1;
        }
        for articles in &mut found.articles {
            articles.sort_unstable();
        }
        found.spellings = spellings
            .into_iter()
            .map(|((key, tier), articles)| (family.keys[key].clone(), tier, articles))
            .collect();
        found
            .spellings
            .sort_by(|a, b| (b.2, &a.0, a.1).cmp(&(a.2, &b.0, b.1)));
        found.persons = meant
            .iter()
            .filter_map(|entry| {
                let key = relatives.register.entries[*entry].keys[0];
                let articles = *by_person.get(entry)?;
                Some((family.keys[key].clone(), articles))
            })
            .collect();
        found
            .persons
            .sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(found)
    }

    /// Returns whether no article was found.
    pub fn is_empty(&self) -> bool {
        self.articles.iter().all(Vec::is_empty)
    }

    /// Returns what the asker should know, in a line, where there is more to it than full names.
    pub fn note(&self) -> Option<String> {
        let [full, linked, bare] = self.tiers;
        if linked == 0 && bare == 0 {
            return None;
        }
        let mut note = format!("{}: full name {full}", self.asked);
        if linked > 0 {
            note.push_str(&format!(", surname linked {linked}"));
        }
        if bare > 0 {
            note.push_str(&if self.is_loose {
                format!(", surname alone {bare}")
            } else if bare == 1 {
                "; 1 more prints the surname alone: --loose".to_owned()
            } else {
                format!("; {bare} more print the surname alone: --loose")
            });
        }
        Some(note)
    }

    /// Returns the note on several persons whom a full name may mean.
    pub fn note_on_persons(&self) -> Option<String> {
        if self.persons.len() < 2 || Name::parse(&self.asked).given.is_empty() {
            return None;
        }
        let persons: Vec<String> = self
            .persons
            .iter()
            .map(|(key, articles)| format!("{key} ({articles})"))
            .collect();
        Some(format!("{} may be {}", self.asked, persons.join(", ")))
    }
}
