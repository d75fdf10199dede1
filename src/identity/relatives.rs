//! Finds the persons of the archive that a typed name may mean, and the articles that name them.
//!
//! Who is who is worked out when a question is asked, for the names that share a surname with the
//! typed one, from the columns of the index alone (see [`crate::identity::register`]).

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::columns::{Columns, PersonColumns, Place, READ_TOGETHER};
use super::decisions::Decisions;
use super::lookup::keys_of_relatives;
use super::register;
use super::register::Register;
use super::sightings::{Family, Sighting};
use crate::archive::reader::Snapshot;
use crate::archive::schema::Fields;
use crate::error::Result;
use crate::people::name;
use crate::people::name::Name;

/// The persons who share a surname with a typed name, told apart.
pub struct Relatives {
    /// What the index says of their names.
    pub family: Family,
    /// Who is who.
    pub register: Register,
}

impl Relatives {
    /// Reads and tells apart whoever shares a surname with a typed name, or may be meant by it.
    pub fn find(
        snapshot: &Snapshot,
        columns: &PersonColumns<'_>,
        decisions: &Decisions,
        typed: &str,
    ) -> Result<Self> {
        let keys = keys_of_relatives(snapshot, decisions, typed)?;
        Self::read(keys, &snapshot.fields, columns, decisions)
    }

    /// Reads and tells apart those who have the keys that [`keys_of_relatives`] finds.
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
        let found: Vec<Vec<Place>> = found.collect::<Result<_>>()?;
        // Each segment writes each key to its place in the order of the keys.
        let segments = columns.segments.iter().zip(&found);
        let mut places: Vec<(&Columns<'_>, &Place)> = segments
            .filter_map(|(columns, places)| Some((columns.as_ref()?, places)))
            .flat_map(|(columns, places)| places.iter().map(move |place| (columns, place)))
            .collect();
        places.sort_by_key(|(_, place)| place.key);
        let sizes = places.iter().map(|(_, place)| place.docs.len());
        let mut sightings = vec![Sighting::default(); sizes.sum()];
        let mut left = &mut sightings[..];
        let mut pieces = Vec::with_capacity(places.len());
        for (columns, place) in places {
            for docs in place.docs.chunks(READ_TOGETHER) {
                let own;
                (own, left) = left.split_at_mut(docs.len());
                pieces.push((columns, place, docs, own));
            }
        }
        let pieces = pieces.into_par_iter().with_max_len(1);
        let counts = pieces.map(|(columns, place, docs, own)| {
            (own.len(), columns.read_sightings(place, docs, own))
        });
        let counts: Vec<(usize, usize)> = counts.collect();
        if counts.iter().any(|(size, count)| count < size) {
            // Some articles were removed.
            let mut is_filled = counts
                .iter()
                .flat_map(|&(size, count)| (0..size).map(move |at| at < count));
            sightings.retain(|_| is_filled.next() == Some(true));
        }
        Ok(Self::tell_apart(keys, sightings, columns, decisions))
    }

    /// Tells persons apart, given the keys of their names and what the index says of those, in the
    /// order of the keys.
    pub(super) fn tell_apart(
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
            register: register::register(&family, decisions),
            family,
        }
    }

    /// Returns how many articles name each person.
    pub fn articles_by_entry(&self) -> Vec<u64> {
        let mut named: Vec<((u32, u32), u32)> = (self.register.of.iter())
            .zip(&self.family.sightings)
            .map(|(&(entry, _), sighting)| (sighting.article(), entry))
            .collect();
        // Mostly they are in order, which this sort makes use of.
        named.sort_by_key(|&(article, _)| article);
        let mut articles = vec![0; self.register.entries.len()];
        let mut last = vec![None; articles.len()];
        for (article, entry) in named {
            let entry = entry as usize;
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
