//! The persons of all articles, read at once: for those who ask about many persons, much faster than
//! looking each of them up.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;
use tantivy::DocId;

use super::columns::{Columns, PersonColumns, engine};
use super::decisions::Decisions;
use super::lookup::keys_of_relatives;
use super::relatives::Relatives;
use super::sightings::Sighting;
use crate::archive::reader::Snapshot;
use crate::error::Result;
use crate::people::name::Name;

/// How many values of a column are read at a time.
const CHUNK: usize = 4096;

/// The persons of all articles.
pub struct Roll<'a> {
    columns: &'a PersonColumns<'a>,
    parts: Vec<Part<'a>>,
}

/// The persons of the articles of one segment.
struct Part<'a> {
    columns: &'a Columns<'a>,
    /// The keys in order, one after the other.
    texts: String,
    /// Where each of them ends.
    ends: Vec<usize>,
    /// In how many articles each of them stands.
    counts: Vec<u64>,
    /// The articles with the places of their persons in `persons`.
    articles: Vec<(DocId, Range<u32>)>,
    /// The number of each person's key.
    persons: Vec<u32>,
}

impl<'a> Roll<'a> {
    /// Reads the columns of all segments.
    pub fn read(columns: &'a PersonColumns<'a>) -> Result<Self> {
        let segments: Vec<&Columns<'_>> = columns.segments.iter().flatten().collect();
        let parts = segments
            .par_iter()
            .with_max_len(1)
            .map(|columns| Part::read(columns));
        Ok(Self {
            columns,
            parts: parts.collect::<Result<_>>()?,
        })
    }

    /// Returns the `most` keys that most articles name, each with their number, most first, then in
    /// the order of the keys.
    pub fn most_frequent(&self, most: usize) -> Vec<(&str, u64)> {
        // One of the most frequent keys has its share of articles in some segment at least, so that
        // only the keys that are frequent in one have to be counted in all.
        let likely = self.keys_where(|part| {
            let mut counts = part.counts.clone();
            let at = counts.len().checked_sub(most);
            at.map_or(0, |at| {
                counts.sort_unstable();
                counts[at]
            })
        });
        let mut totals: Vec<u64> = likely
            .into_iter()
            .map(|key| self.articles_of(key))
            .collect();
        totals.sort_unstable_by_key(|&total| Reverse(total));
        let least = most.checked_sub(1).and_then(|at| totals.get(at));
        let share = least.map_or(0, |least| least / self.parts.len() as u64);
        let mut keys: Vec<(&str, u64)> = (self.keys_where(|_| share).into_iter())
            .map(|key| (key, self.articles_of(key)))
            .collect();
        // The sort is stable, so that equals stay in order.
        keys.sort_by_key(|&(_, articles)| Reverse(articles));
        keys.truncate(most);
        keys
    }

    /// Returns the keys that in some segment have as many articles as `least` says of it.
    fn keys_where(&self, least: impl Fn(&Part<'_>) -> u64) -> BTreeSet<&str> {
        let mut keys = BTreeSet::new();
        for part in &self.parts {
            let least = least(part).max(1);
            let frequent = (0..part.counts.len()).filter(|&key| part.counts[key] >= least);
            keys.extend(frequent.map(|key| part.key(key)));
        }
        keys
    }

    fn articles_of(&self, key: &str) -> u64 {
        let counts = (self.parts.iter()).filter_map(|part| Some(part.counts[part.find(key)?]));
        counts.sum()
    }

    /// Returns the `most` names that most articles name, each with whoever shares the surname, told
    /// apart. Of the names of one surname in a family the first alone is there.
    pub fn families(
        &self,
        snapshot: &Snapshot,
        decisions: &Decisions,
        most: usize,
    ) -> Result<Vec<(String, Relatives)>> {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut families: Vec<(String, Vec<String>)> = Vec::new();
        let (mut wanted, mut done) = (most.saturating_mul(2), 0);
        while families.len() < most {
            let frequent = self.most_frequent(wanted);
            let is_open = |key: &str| !seen.contains(key) && !decisions.is_nobody(key);
            let mut next: Vec<&str> = Vec::new();
            for (key, _) in &frequent[done..] {
                if families.len() + next.len() == most {
                    break;
                }
                done += 1;
                if is_open(key) {
                    next.push(key);
                }
            }
            if next.is_empty() && frequent.len() < wanted {
                break;
            }
            if done == frequent.len() {
                wanted = wanted.saturating_mul(4);
            }
            let relatives = next
                .par_iter()
                .with_max_len(1)
                .map(|key| keys_of_relatives(snapshot, decisions, key));
            let relatives: Vec<BTreeSet<String>> = relatives.collect::<Result<_>>()?;
            for (key, relatives) in next.into_iter().zip(relatives) {
                if seen.contains(key) {
                    continue;
                }
                let surname = Name::parse(key).surname;
                let is_namesake = |other: &&String| Name::parse(other).surname == surname;
                seen.extend(relatives.iter().filter(is_namesake).cloned());
                families.push((key.to_owned(), relatives.into_iter().collect()));
            }
        }
        Ok(self.told_apart(&families, decisions))
    }

    /// Reads all that the articles say of the names of some families, and tells the persons apart.
    fn told_apart(
        &self,
        families: &[(String, Vec<String>)],
        decisions: &Decisions,
    ) -> Vec<(String, Relatives)> {
        let parts = self.parts.par_iter().with_max_len(1);
        let sightings: Vec<_> = parts.map(|part| part.find_all(families)).collect();
        let numbered = families.par_iter().enumerate().with_max_len(1);
        let told_apart = numbered.map(|(number, (leader, keys))| {
            let own = || sightings.iter().flat_map(|part| &part[number]);
            // In the order of the keys, those of each in the order that they are in.
            let mut next = vec![0; keys.len() + 1];
            for sighting in own() {
                next[sighting.key as usize + 1] += 1;
            }
            for key in 1..next.len() {
                next[key] += next[key - 1];
            }
            let mut by_key = vec![Sighting::default(); next[keys.len()]];
            for sighting in own() {
                let next = &mut next[sighting.key as usize];
                by_key[*next] = *sighting;
                *next += 1;
            }
            let relatives = Relatives::tell_apart(keys.clone(), by_key, self.columns, decisions);
            (leader.clone(), relatives)
        });
        told_apart.collect()
    }
}

impl<'a> Part<'a> {
    fn read(columns: &'a Columns<'a>) -> Result<Self> {
        let mut part = Self {
            columns,
            texts: String::new(),
            ends: Vec::with_capacity(columns.keys.num_terms()),
            counts: vec![0; columns.keys.num_terms()],
            articles: Vec::new(),
            persons: Vec::new(),
        };
        let mut stream = columns.keys.dictionary().stream().map_err(engine)?;
        while stream.advance() {
            part.texts.push_str(&String::from_utf8_lossy(stream.key()));
            part.ends.push(part.texts.len());
        }
        let ords = columns.keys.ords();
        let all = ords.values.num_vals() as usize;
        part.persons.reserve(all);
        let mut chunk = vec![0; CHUNK.min(all)];
        while part.persons.len() < all {
            let chunk = &mut chunk[..CHUNK.min(all - part.persons.len())];
            ords.values.get_range(part.persons.len() as u64, chunk);
            // The ordinals of a segment are fewer than 2^32, as its documents are.
            part.persons.extend(chunk.iter().map(|&ord| ord as u32));
        }
        for doc in columns.segment.doc_ids_alive() {
            let persons = ords.index.value_row_ids(doc);
            for &key in &part.persons[persons.start as usize..persons.end as usize] {
                part.counts[key as usize] += 1;
            }
            if !persons.is_empty() {
                part.articles.push((doc, persons));
            }
        }
        Ok(part)
    }

    fn key(&self, key: usize) -> &str {
        let start = key.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.texts[start..self.ends[key]]
    }

    fn find(&self, text: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.ends.len());
        while from < to {
            let middle = from.midpoint(to);
            match self.key(middle).cmp(text) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// Returns, for each family, where its names stand, in the order of the documents.
    fn find_all(&self, families: &[(String, Vec<String>)]) -> Vec<Vec<Sighting>> {
        // A name may be in several families.
        let mut homes: Vec<Vec<(usize, u32)>> = vec![Vec::new()];
        let mut home_of = vec![0_usize; self.ends.len()];
        let mut sizes = vec![0; families.len()];
        for (family, (_, keys)) in families.iter().enumerate() {
            for (number, key) in (0..).zip(keys) {
                let Some(key) = self.find(key) else { continue };
                if home_of[key] == 0 {
                    home_of[key] = homes.len();
                    homes.push(Vec::new());
                }
                homes[home_of[key]].push((family, number));
                sizes[family] += self.counts[key] as usize;
            }
        }
        let mut sightings: Vec<Vec<Sighting>> = sizes.into_iter().map(Vec::with_capacity).collect();
        for (doc, persons) in &self.articles {
            let (doc, mut month) = (*doc, None);
            for row in persons.clone() {
                let home = home_of[self.persons[row as usize] as usize];
                for &(family, key) in &homes[home] {
                    let month = *month.get_or_insert_with(|| self.columns.month(doc));
                    sightings[family].push(self.columns.sighting(doc, row, key, month));
                }
            }
        }
        sightings
    }
}
