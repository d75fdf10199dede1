//! Loads the persons of all articles at once, for bulk listing: much faster than one look-up per
//! person.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;
use tantivy::DocId;

use super::columns::{PersonColumns, SegmentColumns, engine};
use super::decisions::Decisions;
use super::lookup::keys_of_relatives;
use super::relatives::Relatives;
use super::sightings::Sighting;
use crate::archive::reader::Snapshot;
use crate::archive::state::terms_in;
use crate::error::Result;
use crate::people::name::Name;

/// The number of values of a column that are read at a time.
const CHUNK: usize = 4096;

/// The persons of all articles.
pub struct Census<'a> {
    columns: &'a PersonColumns<'a>,
    segments: Vec<SegmentCensus<'a>>,
}

/// The persons of the articles of one segment.
struct SegmentCensus<'a> {
    columns: &'a SegmentColumns<'a>,
    /// The keys in order, concatenated.
    texts: String,
    /// The end of each key in `texts`.
    ends: Vec<usize>,
    /// The number of articles of each key.
    counts: Vec<u64>,
    /// The articles that name persons, each with the rows of its persons.
    articles: Vec<(DocId, Range<u32>)>,
    /// The key in each row.
    persons: Vec<u32>,
}

/// The family of one of the keys in most articles.
pub struct RankedFamily {
    /// That key.
    pub leader: String,
    /// The persons who share its surname.
    pub relatives: Relatives,
}

impl<'a> Census<'a> {
    /// Reads the columns of all segments.
    pub fn read(columns: &'a PersonColumns<'a>) -> Result<Self> {
        let segments: Vec<&SegmentColumns<'_>> = columns.segments.iter().flatten().collect();
        let segments = segments
            .par_iter()
            .with_max_len(1)
            .map(|columns| SegmentCensus::read(columns));
        Ok(Self {
            columns,
            segments: segments.collect::<Result<_>>()?,
        })
    }

    /// Returns the `most` keys in most articles with their numbers of articles, most first, then by
    /// key.
    pub fn most_frequent(&self, most: usize) -> Vec<(&str, u64)> {
        // A key among the most frequent has at least an equal share of its articles in some
        // segment, so only keys that are frequent in one segment are counted in all.
        let candidates = self.keys_where(|segment| {
            let mut counts = segment.counts.clone();
            let at = counts.len().checked_sub(most);
            at.map_or(0, |at| {
                counts.sort_unstable();
                counts[at]
            })
        });
        let mut totals: Vec<u64> = candidates
            .into_iter()
            .map(|key| self.articles_of(key))
            .collect();
        totals.sort_unstable_by_key(|&total| Reverse(total));
        let least = most.checked_sub(1).and_then(|at| totals.get(at));
        let share = least.map_or(0, |least| least / self.segments.len() as u64);
        let mut keys: Vec<(&str, u64)> = (self.keys_where(|_| share).into_iter())
            .map(|key| (key, self.articles_of(key)))
            .collect();
        // A stable sort: equal counts stay in the order of the keys.
        keys.sort_by_key(|&(_, articles)| Reverse(articles));
        keys.truncate(most);
        keys
    }

    /// Returns the keys that reach the minimum number of articles in some segment. `least` gives
    /// the minimum of a segment.
    fn keys_where(&self, least: impl Fn(&SegmentCensus<'_>) -> u64) -> BTreeSet<&str> {
        let mut keys = BTreeSet::new();
        for segment in &self.segments {
            let least = least(segment).max(1);
            let frequent = (0..segment.counts.len()).filter(|&key| segment.counts[key] >= least);
            keys.extend(frequent.map(|key| segment.key(key)));
        }
        keys
    }

    fn articles_of(&self, key: &str) -> u64 {
        let counts =
            (self.segments.iter()).filter_map(|segment| Some(segment.counts[segment.find(key)?]));
        counts.sum()
    }

    /// Returns the families of the `most` keys in most articles, resolved. A family is returned
    /// once for each surname.
    pub fn families(
        &self,
        snapshot: &Snapshot,
        decisions: &Decisions,
        most: usize,
    ) -> Result<Vec<RankedFamily>> {
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
        self.resolve(&families, decisions)
    }

    /// Reads the sightings of some families, and resolves them.
    fn resolve(
        &self,
        families: &[(String, Vec<String>)],
        decisions: &Decisions,
    ) -> Result<Vec<RankedFamily>> {
        let segments = self.segments.par_iter().with_max_len(1);
        let sightings: Vec<_> = segments.map(|segment| segment.find_all(families)).collect();
        let numbered = families.par_iter().enumerate().with_max_len(1);
        let resolved = numbered.map(|(number, (leader, keys))| {
            let own = || sightings.iter().flat_map(|segment| &segment[number]);
            // A counting sort by key. It is stable, so the sightings of a key stay in order.
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
            let relatives = Relatives::resolve(keys.clone(), by_key, self.columns, decisions)?;
            Ok(RankedFamily {
                leader: leader.clone(),
                relatives,
            })
        });
        resolved.collect()
    }
}

impl<'a> SegmentCensus<'a> {
    fn read(columns: &'a SegmentColumns<'a>) -> Result<Self> {
        let terms = terms_in(&columns.keys)?;
        let mut segment = Self {
            columns,
            texts: String::new(),
            ends: Vec::with_capacity(terms),
            counts: vec![0; terms],
            articles: Vec::new(),
            persons: Vec::new(),
        };
        let mut stream = columns.keys.dictionary().stream().map_err(engine)?;
        while stream.advance() {
            segment
                .texts
                .push_str(&String::from_utf8_lossy(stream.key()));
            segment.ends.push(segment.texts.len());
        }
        let ords = columns.keys.ords();
        let all = ords.values.num_vals() as usize;
        segment.persons.reserve(all);
        let mut chunk = vec![0; CHUNK.min(all)];
        while segment.persons.len() < all {
            let chunk = &mut chunk[..CHUNK.min(all - segment.persons.len())];
            ords.values.get_range(segment.persons.len() as u64, chunk);
            // A segment has fewer than 2^32 documents, and so fewer ordinals.
            segment.persons.extend(chunk.iter().map(|&ord| ord as u32));
        }
        for doc in columns.segment.doc_ids_alive() {
            let persons = ords.index.value_row_ids(doc);
            for &key in &segment.persons[persons.start as usize..persons.end as usize] {
                segment.counts[key as usize] += 1;
            }
            if !persons.is_empty() {
                segment.articles.push((doc, persons));
            }
        }
        Ok(segment)
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

    /// Returns the sightings of each family, in the order of the documents.
    fn find_all(&self, families: &[(String, Vec<String>)]) -> Vec<Vec<Sighting>> {
        // The families of each key, since a key may be in several. The first list, of keys in no
        // family, is empty.
        let mut families_of: Vec<Vec<(usize, u32)>> = vec![Vec::new()];
        let mut list_of = vec![0_usize; self.ends.len()];
        let mut sizes = vec![0; families.len()];
        for (family, (_, keys)) in families.iter().enumerate() {
            for (number, key) in (0..).zip(keys) {
                let Some(key) = self.find(key) else { continue };
                if list_of[key] == 0 {
                    list_of[key] = families_of.len();
                    families_of.push(Vec::new());
                }
                families_of[list_of[key]].push((family, number));
                sizes[family] += self.counts[key] as usize;
            }
        }
        let mut sightings: Vec<Vec<Sighting>> = sizes.into_iter().map(Vec::with_capacity).collect();
        for (doc, persons) in &self.articles {
            let (doc, mut month) = (*doc, None);
            for row in persons.clone() {
                let list = list_of[self.persons[row as usize] as usize];
                for &(family, key) in &families_of[list] {
                    let month = *month.get_or_insert_with(|| self.columns.month(doc));
                    sightings[family].push(self.columns.sighting(doc, row, key, month));
                }
            }
        }
        sightings
    }
}
