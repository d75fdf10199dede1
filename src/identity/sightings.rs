//! The uses of names in articles, as the columns of the index hold them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::error::Result;

/// The names that share a surname, with every use of them in the archive.
#[derive(Clone, Debug, Default)]
pub struct Family {
    /// The keys of the names, in order.
    pub keys: Vec<String>,
    /// The titles before names, each once; there may be others that no name of the family has.
    pub titles: Arc<[String]>,
    /// The uses of the names, in the order of the keys.
    pub sightings: Vec<Sighting>,
}

impl Family {
    /// Returns the range of the sightings of a key.
    pub fn sightings_of(&self, key: usize) -> Range<usize> {
        let start = (self.sightings).partition_point(|own| (own.key as usize) < key);
        let count = self.sightings[start..].partition_point(|own| own.key as usize == key);
        start..start + count
    }

    /// Returns the range of months from the first to the last article.
    pub(super) fn months(&self) -> Range<i16> {
        let months = self.sightings.iter().filter_map(|sighting| sighting.month);
        first_and_last(months).map_or(0..0, |(first, last)| first..last + 1)
    }
}

/// Returns the first and the last of some months.
pub(super) fn first_and_last(mut months: impl Iterator<Item = i16>) -> Option<(i16, i16)> {
    let one = months.next()?;
    Some(months.fold((one, one), |(first, last), month| {
        (first.min(month), last.max(month))
    }))
}

/// An article's use of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sighting {
    /// The ordinal of the article's segment.
    pub segment: u32,
    /// The article, as a document of the segment.
    pub doc: u32,
    /// The row of the person columns of the segment.
    pub row: u32,
    /// The name, as an index of [`Family::keys`].
    pub key: u32,
    /// The title before it, as an index of [`Family::titles`].
    pub title: u32,
    /// The month of publication, counted from the year 0.
    pub month: Option<i16>,
}

impl Sighting {
    /// Returns the segment and the document of the article.
    pub fn article(&self) -> (u32, u32) {
        (self.segment, self.doc)
    }
}

/// What some articles have beside the person that they name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// The last words of the names of other persons, folded.
    pub persons: BTreeSet<String>,
    /// The outlets.
    pub outlets: BTreeSet<String>,
    /// The languages.
    pub languages: BTreeSet<String>,
}

/// A function that reads the [`Company`] of articles.
pub type ReadCompany<'a> = dyn Fn(&[Sighting]) -> Result<Company> + 'a;

/// How an article names a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// By a full name.
    Full,
    /// By a surname that is linked to the person.
    Linked,
    /// By a surname that is not linked to any person.
    Bare,
}

/// What a sighting resolves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The index of the person among the identities of the register.
    pub identity: u32,
    /// How the article names the person.
    pub tier: Tier,
}

impl Resolved {
    pub(super) fn new(identity: usize, tier: Tier) -> Self {
        Self {
            identity: number(identity),
            tier,
        }
    }
}

/// Returns an index of an identity, or of a key, as it is stored beside a sighting.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).expect("a family has fewer identities and keys than 2^32")
}
