//! Resolves a typed name to the articles that name the persons meant, by tier.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::query::Query;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::columns::{PersonColumns, SegmentColumns};
use super::lookup::{PersonOptions, keys_of_relatives};
use super::relatives::Relatives;
use super::sightings::{Resolved, Tier};
use crate::archive::reader::Snapshot;
use crate::engine::doc_set;
use crate::error::Result;
use crate::people::name::{self, Name};

/// An article's use of a key that resolves to a person meant.
#[derive(Clone, Copy, Debug)]
pub struct Naming {
    /// The article, as a document of its segment.
    pub doc: DocId,
    /// The key, as an index of the keys of the family.
    key: u32,
    /// The mentions of the person by that key.
    pub mentions: u32,
}

/// The persons that a typed name means, and their articles.
#[derive(Clone, Debug, Default)]
pub struct Meant {
    /// The name, as typed.
    pub asked: String,
    /// Each person meant: the key in most of their articles, and the number of articles.
    pub persons: Vec<(String, u64)>,
    /// Each key and tier that names a person meant, with its number of articles, most first.
    pub spellings: Vec<(String, Tier, u64)>,
    /// The number of articles whose best tier is each [`Tier`].
    pub tiers: [u64; 3],
    /// Whether articles of [`Tier::Bare`] are among `articles`.
    pub is_loose: bool,
    /// All keys of the family.
    keys: Vec<String>,
    /// The articles of each segment, in the order of its documents.
    pub articles: Vec<Arc<[Naming]>>,
}

impl Meant {
    /// Finds the articles that name the persons that a typed name means.
    pub fn find(snapshot: &Snapshot, options: PersonOptions<'_>, typed: &str) -> Result<Self> {
        let decisions = options.decisions;
        let (columns, keys) = rayon::join(
            || PersonColumns::open(&snapshot.searcher),
            || keys_of_relatives(snapshot, decisions, typed),
        );
        let columns = columns?;
        let relatives = Relatives::read(keys?, &snapshot.fields, &columns, decisions)?;
        let tiers = relatives.meant_by(typed, decisions);
        let segments = columns.segments.par_iter().with_max_len(1);
        let named = segments.map(|columns| {
            let columns = columns.as_ref();
            columns
                .map(|columns| SegmentNamings::find(&relatives, &tiers, columns, options.is_loose))
        });
        let mut meant = Self {
            asked: typed.to_owned(),
            is_loose: options.is_loose,
            ..Self::default()
        };
        meant.add_up(named.collect(), &relatives, &tiers);
        meant.keys = relatives.family.keys;
        Ok(meant)
    }

    /// Adds up what the segments have.
    fn add_up(
        &mut self,
        segments: Vec<Option<SegmentNamings>>,
        relatives: &Relatives,
        tiers: &[Option<Tier>],
    ) {
        let keys = &relatives.family.keys;
        let identities = &relatives.register.identities;
        let mut spellings = vec![[0; 3]; keys.len()];
        let mut by_person = vec![0; identities.len()];
        for segment in segments {
            let segment = segment.unwrap_or_default();
            self.articles.push(segment.articles);
            for (all, own) in self.tiers.iter_mut().zip(segment.tiers) {
                *all += own;
            }
            for count in segment.uses {
                spellings[count.key as usize][count.resolved.tier as usize] += count.articles;
                by_person[count.resolved.identity as usize] += count.articles;
            }
        }
        for (key, counts) in keys.iter().zip(&spellings) {
            for (tier, &articles) in [Tier::Full, Tier::Linked, Tier::Bare]
                .into_iter()
                .zip(counts)
            {
                if articles > 0 {
                    self.spellings.push((key.clone(), tier, articles));
                }
            }
        }
        (self.spellings).sort_by(|a, b| (b.2, &a.0, a.1).cmp(&(a.2, &b.0, b.1)));
        self.persons = (0..identities.len())
            .filter(|&person| tiers[person] == Some(Tier::Full) && by_person[person] > 0)
            .map(|person| (keys[identities[person].keys[0]].clone(), by_person[person]))
            .collect();
        (self.persons).sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
    }

    /// Returns a query for the articles.
    pub fn query(&self, searcher: &Searcher) -> Box<dyn Query> {
        let segments = searcher
            .segment_readers()
            .iter()
            .map(SegmentReader::segment_id);
        let articles: FxHashMap<SegmentId, Arc<[Naming]>> =
            segments.zip(self.articles.iter().cloned()).collect();
        doc_set::found(move |reader| {
            let articles = articles.get(&reader.segment_id()).cloned();
            Ok(NamingDocSet {
                articles: articles.unwrap_or_default(),
                at: 0,
            })
        })
    }

    /// Returns the keys by which an article names the persons.
    pub fn keys_in(&self, segment: usize, doc: DocId) -> impl Iterator<Item = &str> {
        let articles = &self.articles[segment];
        let start = articles.partition_point(|naming| naming.doc < doc);
        (articles[start..].iter())
            .take_while(move |naming| naming.doc == doc)
            .map(|naming| self.keys[naming.key as usize].as_str())
    }

    /// Returns whether no article was found.
    pub fn is_empty(&self) -> bool {
        self.articles.iter().all(|segment| segment.is_empty())
    }

    /// Returns a note on the tiers of the articles; `None` where all name the person in full.
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

    /// Returns a note on articles that write `Mac` where the typed surname has `Mc`, or the other way
    /// round: McAdam and MacAdam are mostly one, McDonald and MacDonald often two families.
    pub fn note_on_spelling(&self) -> Option<String> {
        let begins_with_mac = |key: &str| {
            let name = Name::parse(key);
            let surname = name.surname.last()?;
            name::son(surname).map(|_| surname.starts_with("mac"))
        };
        let typed = begins_with_mac(&self.asked)?;
        let others = self.spellings.iter().filter(|(key, tier, _)| {
            *tier < Tier::Bare && begins_with_mac(key).is_some_and(|other| other != typed)
        });
        let articles: u64 = others.map(|(_, _, articles)| articles).sum();
        let other = if typed { "Mc" } else { "Mac" };
        match articles {
            0 => None,
            1 => Some(format!(
                "{}: 1 article writes the name with {other}",
                self.asked
            )),
            _ => Some(format!(
                "{}: {articles} articles write the name with {other}",
                self.asked
            )),
        }
    }

    /// Returns a note on the persons that a full name may mean, where there are several.
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

/// The documents of a segment that name the persons meant.
struct NamingDocSet {
    articles: Arc<[Naming]>,
    at: usize,
}

impl DocSet for NamingDocSet {
    fn advance(&mut self) -> DocId {
        let doc = self.doc();
        while doc < TERMINATED && self.doc() == doc {
            self.at += 1;
        }
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        // Galloping search: the target is mostly near.
        let left = &self.articles[self.at.min(self.articles.len())..];
        let mut step = 1;
        while left.get(step).is_some_and(|naming| naming.doc < target) {
            step *= 2;
        }
        let from = step / 2;
        let near = &left[from..left.len().min(step + 1)];
        self.at += from + near.partition_point(|naming| naming.doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        let naming = self.articles.get(self.at);
        naming.map_or(TERMINATED, |naming| naming.doc)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.articles.len()).unwrap_or(u32::MAX)
    }
}

/// The articles of a segment that name the persons meant.
#[derive(Default)]
struct SegmentNamings {
    /// The articles in order.
    articles: Arc<[Naming]>,
    /// The number of articles whose best tier is each tier.
    tiers: [u64; 3],
    /// The number of articles by person, key and tier.
    uses: Vec<UseCount>,
}

/// The number of articles in which a key resolves to a person.
struct UseCount {
    resolved: Resolved,
    key: u32,
    articles: u64,
}

/// A [`Naming`] whose mentions are not read yet.
struct Unread {
    doc: DocId,
    tier: Tier,
    key: u32,
    /// The row of the person columns.
    row: u32,
}

impl SegmentNamings {
    /// Finds the articles. `meant` is the result of [`Relatives::meant_by`]: `Full` for the
    /// persons, `Bare` for the surnames alone that may be theirs.
    fn find(
        relatives: &Relatives,
        meant: &[Option<Tier>],
        columns: &SegmentColumns<'_>,
        is_loose: bool,
    ) -> Self {
        let (mut found, uses) = Self::resolved(relatives, meant, columns.number);
        // The articles of each key are in order, so this stable sort merges sorted runs.
        found.sort_by_key(|naming| naming.doc);
        let mut tiers = [0; 3];
        for article in found.chunk_by(|a, b| a.doc == b.doc) {
            let best = article.iter().map(|naming| naming.tier).min();
            if let Some(best) = best {
                tiers[best as usize] += 1;
            }
        }
        found.retain(|naming| naming.tier < Tier::Bare || is_loose);
        let rows: Vec<u32> = found.iter().map(|naming| naming.row).collect();
        let mut mentions = vec![0; rows.len()];
        columns.mentions.values.get_vals(&rows, &mut mentions);
        let articles = found.iter().zip(mentions).map(|(naming, mentions)| Naming {
            doc: naming.doc,
            key: naming.key,
            mentions: u32::try_from(mentions).unwrap_or(u32::MAX),
        });
        Self {
            articles: articles.collect(),
            tiers,
            uses,
        }
    }

    /// Returns the sightings of a segment that resolve to the persons meant, in the order of the
    /// keys, and their counts.
    fn resolved(
        relatives: &Relatives,
        meant: &[Option<Tier>],
        segment: u32,
    ) -> (Vec<Unread>, Vec<UseCount>) {
        let Relatives { family, register } = relatives;
        let mut found: Vec<Unread> = Vec::new();
        let mut uses: Vec<UseCount> = Vec::new();
        for key in (0..).take(family.keys.len()) {
            // The sightings of a key are in the order of the index.
            let before = |segment: u32| {
                (family.sightings).partition_point(|own| (own.key, own.segment) < (key, segment))
            };
            let own = before(segment)..before(segment + 1);
            let sightings = family.sightings[own.clone()].iter();
            for (sighting, resolved) in sightings.zip(&register.resolved[own]) {
                let tier = match meant[resolved.identity as usize] {
                    // Where only a surname was typed, a surname alone is a full answer.
                    Some(Tier::Full) if resolved.tier != Tier::Bare => resolved.tier,
                    Some(tier) => tier,
                    None => continue,
                };
                let resolved = Resolved { tier, ..*resolved };
                match uses.last_mut() {
                    Some(last) if (last.resolved, last.key) == (resolved, key) => {
                        last.articles += 1;
                    }
                    _ => uses.push(UseCount {
                        resolved,
                        key,
                        articles: 1,
                    }),
                }
                found.push(Unread {
                    doc: sighting.doc,
                    tier,
                    key,
                    row: sighting.row,
                });
            }
        }
        (found, uses)
    }
}
