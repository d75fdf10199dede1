//! The persons who share a surname with a typed name: reads their sightings from the columns of the
//! index and resolves them (see [`super::register`]).

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::columns::{KeyPostings, PersonColumns, READ_TOGETHER, SegmentColumns};
use super::decisions::Decisions;
use super::lookup::keys_of_relatives;
use super::register::{Register, register};
use super::sightings::{Family, Sighting};
use crate::archive::reader::Snapshot;
use crate::archive::schema::Fields;
use crate::error::Result;
use crate::people::name;
use crate::people::name::Name;
use crate::people::name_matching::is_meant_by;

/// The persons who share a surname with a typed name.
pub struct Relatives {
    /// Their names, with every use of them.
    pub family: Family,
    /// The persons.
    pub register: Register,
}

impl Relatives {
    /// Reads and resolves the names that share a surname with a typed name, or that it may mean.
    pub fn find(
        snapshot: &Snapshot,
        columns: &PersonColumns<'_>,
        decisions: &Decisions,
        typed: &str,
    ) -> Result<Self> {
        let keys = keys_of_relatives(snapshot, decisions, typed)?;
        Self::read(keys, &snapshot.fields, columns, decisions)
    }

    /// Reads and resolves the keys that [`keys_of_relatives`] found.
    pub(super) fn read(
        keys: BTreeSet<String>,
        fields: &Fields,
        columns: &PersonColumns<'_>,
        decisions: &Decisions,
    ) -> Result<Self> {
        let keys: Vec<String> = keys.into_iter().collect();
        let found = columns.segments.par_iter().with_max_len(1).map(|columns| {
            let found = columns.as_ref().map(|columns| columns.find(&keys, fields));
            found.unwrap_or_else(|| Ok(Vec::new()))
        });
        let found: Vec<Vec<KeyPostings>> = found.collect::<Result<_>>()?;
        let sightings = read_sightings(columns, &found);
        Ok(Self::resolve(keys, sightings, columns, decisions))
    }

    /// Resolves keys, given their sightings in the order of the keys.
    pub(super) fn resolve(
        keys: Vec<String>,
        sightings: Vec<Sighting>,
        columns: &PersonColumns<'_>,
        decisions: &Decisions,
    ) -> Self {
        let family = Family {
            keys,
            titles: Arc::clone(&columns.titles),
            sightings,
        };
        Self {
            register: register(&family, decisions),
            family,
        }
    }

    /// Returns the number of articles of each identity.
    pub fn articles_by_identity(&self) -> Vec<u64> {
        let mut named: Vec<((u32, u32), u32)> = (self.register.resolved.iter())
            .zip(&self.family.sightings)
            .map(|(resolved, sighting)| (sighting.article(), resolved.identity))
            .collect();
        // This stable sort merges sorted runs: the articles of each key are in order.
        named.sort_by_key(|&(article, _)| article);
        let mut articles = vec![0; self.register.identities.len()];
        let mut last = vec![None; articles.len()];
        for (article, identity) in named {
            let identity = identity as usize;
            if last[identity].replace(article) != Some(article) {
                articles[identity] += 1;
            }
        }
        articles
    }

    /// Returns the identities that a typed name means, and the surnames alone that may be theirs.
    pub fn meant_by(&self, typed: &str, decisions: &Decisions) -> (Vec<usize>, Vec<usize>) {
        let asked = Name::parse(typed);
        let typed_key = name::key(typed);
        let one = decisions.one_with(&typed_key);
        let is_full = !asked.given.is_empty();
        let (mut meant, mut bare) = (Vec::new(), Vec::new());
        for (number, identity) in self.register.identities.iter().enumerate() {
            let key = |place: usize| self.family.keys[identity.keys[place]].as_str();
            let has = |key: &str| {
                identity
                    .keys
                    .iter()
                    .any(|&own| self.family.keys[own] == key)
            };
            let is_one = one.is_some() && decisions.one_with(key(0)) == one;
            let is_told_apart =
                (0..identity.keys.len()).any(|i| decisions.are_apart(&typed_key, key(i)));
            if has(&typed_key) || is_one {
                meant.push(number);
            } else if is_told_apart {
                // The user decided that the typed name is not this person.
            } else if identity.is_bare && is_full {
                if Name::parse(key(0)).has_surname(&surname_of(&asked)) {
                    bare.push(number);
                }
            } else if is_meant_by(typed, key(0))
                || (decisions.one_with(key(0)).is_some()
                    && (0..identity.keys.len()).any(|i| is_meant_by(typed, key(i))))
            {
                meant.push(number);
            }
        }
        (meant, bare)
    }
}

/// Reads the sightings of keys, in the order of the keys and of the index. `found` has the postings
/// of the keys in each segment.
fn read_sightings(columns: &PersonColumns<'_>, found: &[Vec<KeyPostings>]) -> Vec<Sighting> {
    // Sightings are ordered by key, then by segment.
    let segments = columns.segments.iter().zip(found);
    let mut postings: Vec<(&SegmentColumns<'_>, &KeyPostings)> = segments
        .filter_map(|(columns, postings)| Some((columns.as_ref()?, postings)))
        .flat_map(|(columns, postings)| postings.iter().map(move |key| (columns, key)))
        .collect();
    postings.sort_by_key(|(_, key)| key.key);
    let sizes = postings.iter().map(|(_, key)| key.docs.len());
    let mut sightings = vec![Sighting::default(); sizes.sum()];
    let mut left = &mut sightings[..];
    let mut pieces = Vec::with_capacity(postings.len());
    for (columns, key) in postings {
        for docs in key.docs.chunks(READ_TOGETHER) {
            let own;
            (own, left) = left.split_at_mut(docs.len());
            pieces.push((columns, key, docs, own));
        }
    }
    let pieces = pieces.into_par_iter().with_max_len(1);
    let counts =
        pieces.map(|(columns, key, docs, own)| (own.len(), columns.read_sightings(key, docs, own)));
    let counts: Vec<(usize, usize)> = counts.collect();
    if counts.iter().any(|(size, count)| count < size) {
        // Some articles are deleted.
        let mut is_filled = counts
            .iter()
            .flat_map(|&(size, count)| (0..size).map(move |at| at < count));
        sightings.retain(|_| is_filled.next() == Some(true));
    }
    sightings
}

/// Returns a name of the surname alone.
fn surname_of(name: &Name) -> Name {
    Name {
        surname: name.surname.clone(),
        words: name.surname.clone(),
        ..Name::default()
    }
}
