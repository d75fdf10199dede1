//! The articles that name whom a typed name means, in tiers.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::query::Query;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::columns::{Columns, PersonColumns};
use super::lookup::{Options, keys_of_relatives};
use super::relatives::Relatives;
use super::sightings::{Sighting, Tier};
use crate::archive::reader::Snapshot;
use crate::engine::doc_set;
use crate::error::Result;
use crate::people::name::Name;

/// An article's use of one of the keys of the persons meant.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The article, as a document of its segment.
    pub doc: DocId,
    /// The number of the key.
    key: u32,
    /// How often the article mentions the person by it.
    pub mentions: u32,
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
    /// The keys that name them.
    keys: Vec<String>,
    /// The articles of each segment, in order.
    pub articles: Vec<Arc<[Found]>>,
}

impl Meant {
    /// Finds the articles that name whom a typed name means.
    pub fn find(snapshot: &Snapshot, options: Options<'_>, typed: &str) -> Result<Self> {
        let decisions = options.decisions;
        let (columns, keys) = rayon::join(
            || PersonColumns::open(&snapshot.searcher),
            || keys_of_relatives(snapshot, decisions, typed),
        );
        let columns = columns?;
        let relatives = Relatives::read(keys?, &snapshot.fields, &columns, decisions)?;
        let (meant, bare) = relatives.meant_by(typed, decisions);
        let entries = &relatives.register.entries;
        let mut tiers: Vec<Option<Tier>> = vec![None; entries.len()];
        for &entry in &bare {
            tiers[entry] = Some(Tier::Bare);
        }
        for &entry in &meant {
            tiers[entry] = Some(Tier::Full);
        }
        let keys = &relatives.family.keys;
        let segments = columns.segments.par_iter().with_max_len(1);
        let named = segments.map(|columns| {
            let columns = columns.as_ref();
            columns.map(|columns| Named::find(&relatives, &tiers, columns, options.is_loose))
        });
        let mut found = Self {
            asked: typed.to_owned(),
            is_loose: options.is_loose,
            ..Self::default()
        };
        let mut spellings = vec![[0; 3]; keys.len()];
        let mut by_person = vec![0; entries.len()];
        for named in named.collect::<Vec<_>>() {
            let named = named.unwrap_or_default();
            found.articles.push(named.articles);
            for (all, own) in found.tiers.iter_mut().zip(named.tiers) {
                *all += own;
            }
            for (entry, key, tier, articles) in named.uses {
                spellings[key as usize][tier as usize] += articles;
                by_person[entry as usize] += articles;
            }
        }
        for (key, counts) in keys.iter().zip(&spellings) {
            for (tier, &articles) in [Tier::Full, Tier::Linked, Tier::Bare]
                .into_iter()
                .zip(counts)
            {
                if articles > 0 {
                    found.spellings.push((key.clone(), tier, articles));
                }
            }
        }
        (found.spellings).sort_by(|a, b| (b.2, &a.0, a.1).cmp(&(a.2, &b.0, b.1)));
        found.persons = (meant.iter())
            .filter(|&&entry| by_person[entry] > 0)
            .map(|&entry| (keys[entries[entry].keys[0]].clone(), by_person[entry]))
            .collect();
        (found.persons).sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
        found.keys = relatives.family.keys;
        Ok(found)
    }

    /// Returns a query for the articles.
    pub fn query(&self, searcher: &Searcher) -> Box<dyn Query> {
        let segments = searcher
            .segment_readers()
            .iter()
            .map(SegmentReader::segment_id);
        let articles: FxHashMap<SegmentId, Arc<[Found]>> =
            segments.zip(self.articles.iter().cloned()).collect();
        doc_set::found(move |reader| {
            let articles = articles.get(&reader.segment_id()).cloned();
            Ok(Naming {
                articles: articles.unwrap_or_default(),
                at: 0,
            })
        })
    }

    /// Returns the keys that name the person in an article.
    pub fn keys_in(&self, segment: usize, doc: DocId) -> impl Iterator<Item = &str> {
        let articles = &self.articles[segment];
        let start = articles.partition_point(|named| named.doc < doc);
        (articles[start..].iter())
            .take_while(move |named| named.doc == doc)
            .map(|named| self.keys[named.key as usize].as_str())
    }

    /// Returns whether no article was found.
    pub fn is_empty(&self) -> bool {
        self.articles.iter().all(|named| named.is_empty())
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

/// A walk over the articles of a segment that name whom a typed name means.
struct Naming {
    articles: Arc<[Found]>,
    at: usize,
}

impl DocSet for Naming {
    fn advance(&mut self) -> DocId {
        let doc = self.doc();
        while doc < TERMINATED && self.doc() == doc {
            self.at += 1;
        }
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        // It is mostly near: steps that double find what to look through.
        let left = &self.articles[self.at.min(self.articles.len())..];
        let mut step = 1;
        while left.get(step).is_some_and(|named| named.doc < target) {
            step *= 2;
        }
        let from = step / 2;
        let near = &left[from..left.len().min(step + 1)];
        self.at += from + near.partition_point(|named| named.doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        let named = self.articles.get(self.at);
        named.map_or(TERMINATED, |named| named.doc)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.articles.len()).unwrap_or(u32::MAX)
    }
}

/// The articles of a segment that name whom a typed name means.
#[derive(Default)]
struct Named {
    /// They, in order.
    articles: Arc<[Found]>,
    /// How many name the person best in each tier.
    tiers: [u64; 3],
    /// How many name which person by which key, and how.
    uses: Vec<(u32, u32, Tier, u64)>,
}

/// How an article of a segment names a person.
struct Use {
    doc: DocId,
    tier: Tier,
    key: u32,
    /// Where the columns have it.
    row: u32,
}

impl Named {
    /// Finds them, given how each of the persons may be meant.
    fn find(
        relatives: &Relatives,
        meant: &[Option<Tier>],
        columns: &Columns<'_>,
        is_loose: bool,
    ) -> Self {
        let Relatives { family, register } = relatives;
        let mut named: Vec<Use> = Vec::new();
        let mut uses: Vec<(u32, u32, Tier, u64)> = Vec::new();
        for key in (0..).take(family.keys.len()) {
            // The sightings of a key are in the order of the index.
            let before = |segment: u32| {
                (family.sightings).partition_point(|own| (own.key, own.segment) < (key, segment))
            };
            let own = before(columns.number)..before(columns.number + 1);
            let sightings = family.sightings[own.clone()].iter().zip(&register.of[own]);
            for (sighting, &(entry, tier)) in sightings {
                let tier = match meant[entry as usize] {
                    // Where a surname is all that was asked for, it is no lesser answer.
                    Some(Tier::Full) if tier != Tier::Bare => tier,
                    Some(tier) => tier,
                    None => continue,
                };
                match uses.last_mut() {
                    Some((e, k, t, articles)) if (*e, *k, *t) == (entry, key, tier) => {
                        *articles += 1
                    }
                    _ => uses.push((entry, key, tier, 1)),
                }
                let Sighting { doc, row, .. } = *sighting;
                named.push(Use {
                    doc,
                    tier,
                    key,
                    row,
                });
            }
        }
        // The articles of each key are in order, which this sort makes use of.
        named.sort_by_key(|named| named.doc);
        let mut tiers = [0; 3];
        for article in named.chunk_by(|a, b| a.doc == b.doc) {
            let best = article.iter().map(|named| named.tier).min();
            if let Some(best) = best {
                tiers[best as usize] += 1;
            }
        }
        named.retain(|named| named.tier < Tier::Bare || is_loose);
        let rows: Vec<u32> = named.iter().map(|named| named.row).collect();
        let mut mentions = vec![0; rows.len()];
        columns.mentions.values.get_vals(&rows, &mut mentions);
        let articles = named.iter().zip(mentions).map(|(named, mentions)| Found {
            doc: named.doc,
            key: named.key,
            mentions: u32::try_from(mentions).unwrap_or(u32::MAX),
        });
        Self {
            articles: articles.collect(),
            tiers,
            uses,
        }
    }
}
