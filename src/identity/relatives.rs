//! The persons who share a surname with a typed name: reads their sightings from the columns of the
//! index and resolves them (see [`super::register`]).

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::columns::{KeyPostings, PersonColumns, READ_TOGETHER, SegmentColumns};
use super::decisions::Decisions;
use super::lookup::keys_of_relatives;
use super::register::{Identity, Register, register};
use super::sightings::{Family, Sighting, Tier};
use crate::archive::reader::Snapshot;
use crate::archive::schema::Fields;
use crate::error::Result;
use crate::people::name;
use crate::people::name::{Name, Single};

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
        Self::resolve(keys, sightings, columns, decisions)
    }

    /// Resolves keys, given their sightings in the order of the keys.
    pub(super) fn resolve(
        keys: Vec<String>,
        sightings: Vec<Sighting>,
        columns: &PersonColumns<'_>,
        decisions: &Decisions,
    ) -> Result<Self> {
        let family = Family {
            keys,
            titles: Arc::clone(&columns.titles),
            sightings,
        };
        let company = |sightings: &[Sighting]| columns.company(sightings);
        Ok(Self {
            register: register(&family, decisions, &company)?,
            family,
        })
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

    /// Returns how a typed name means each identity: `Full` for a person that it means, `Bare` for
    /// a surname alone that may be that of the person, `None` for all others.
    pub fn meant_by(&self, typed: &str, decisions: &Decisions) -> Vec<Option<Tier>> {
        let titles = name::titles_of_given_name(typed);
        let typed = TypedName {
            name: Name::parse(typed),
            key: name::key(typed),
        };
        let identities = &self.register.identities;
        let mut meant: Vec<Option<Tier>> = (identities.iter())
            .map(|identity| self.is_meant(identity, &typed, decisions))
            .collect();
        // "President Lula", where the archive links the word to a person.
        let is_link = matches!(typed.name.single, Single::Any | Single::Surname);
        let (resolved, sightings) = (&self.register.resolved, &self.family.sightings);
        for (resolved, sighting) in resolved.iter().zip(sightings) {
            if is_link
                && resolved.tier == Tier::Linked
                && self.family.keys[sighting.key as usize] == typed.key
            {
                meant[resolved.identity as usize] = Some(Tier::Full);
            }
        }
        // Who is typed by a fuller name is not the namesake with a shorter one.
        let details = typed.name.given.len();
        for (number, identity) in identities.iter().enumerate() {
            let is_fuller = || {
                let names = identity.keys.iter().map(|&key| &self.family.keys[key]);
                let mut names = names.map(|key| Name::parse(key));
                names.all(|name| name.given.len() < details)
            };
            if identity
                .apart_from
                .is_some_and(|from| meant[from].is_some())
                && is_fuller()
            {
                meant[number] = None;
            }
        }
        if !titles.is_empty() {
            let titled = self.titled(&titles);
            for (meant, is_titled) in meant.iter_mut().zip(titled) {
                *meant = meant.filter(|_| is_titled);
            }
        }
        meant
    }

    /// Returns, for each identity, whether an article gives the person one of some titles.
    fn titled(&self, titles: &[String]) -> Vec<bool> {
        let mut titled = vec![false; self.register.identities.len()];
        for (resolved, sighting) in self.register.resolved.iter().zip(&self.family.sightings) {
            let mut own = self.family.titles[sighting.title as usize].split(' ');
            titled[resolved.identity as usize] |=
                own.any(|title| titles.iter().any(|wanted| wanted == title));
        }
        titled
    }

    fn is_meant(
        &self,
        identity: &Identity,
        typed: &TypedName,
        decisions: &Decisions,
    ) -> Option<Tier> {
        let keys = || identity.keys.iter().map(|&key| &self.family.keys[key]);
        let main = &self.family.keys[identity.keys[0]];
        let decided = decisions.one_with(main);
        let is_decided = decided.is_some() && decided == decisions.one_with(&typed.key);
        if is_decided || keys().any(|key| *key == typed.key) {
            return Some(Tier::Full);
        }
        if keys().any(|key| decisions.are_apart(&typed.key, key)) {
            return None;
        }
        if identity.is_bare && !typed.name.given.is_empty() {
            let surname = surname_of(&typed.name);
            return (Name::parse(main).has_surname(&surname)).then_some(Tier::Bare);
        }
        let may_mean = |key: &String| typed.name.may_mean(&Name::parse(key));
        // The spellings of one person may differ too much for a surname alone.
        let is_any = decided.is_some() || typed.name.given.is_empty();
        let is_meant = may_mean(main) || (is_any && keys().any(may_mean));
        is_meant.then_some(Tier::Full)
    }
}

/// A typed name with its key.
struct TypedName {
    name: Name,
    key: String,
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
