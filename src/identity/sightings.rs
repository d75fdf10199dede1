//! What the articles of the archive say of the names that share a surname.

use std::ops::Range;
use std::sync::Arc;

/// Everything that the archive says of the names that share a surname.
#[derive(Clone, Debug, Default)]
pub struct Family {
    /// The keys of the names, in order.
    pub keys: Vec<String>,
    /// The titles that stand before them, and maybe others, each once.
    pub titles: Arc<[String]>,
    /// Every article's use of every name, in the order of the keys.
    pub sightings: Vec<Sighting>,
}

impl Family {
    /// Returns where the sightings of a key are.
    pub fn sightings_of(&self, key: usize) -> Range<usize> {
        let start = (self.sightings).partition_point(|own| (own.key as usize) < key);
        let count = self.sightings[start..].partition_point(|own| own.key as usize == key);
        start..start + count
    }

    /// Returns the months of all articles.
    pub(super) fn months(&self) -> Range<i16> {
        let months = self.sightings.iter().filter_map(|sighting| sighting.month);
        first_and_last(months).map_or(0..0, |(first, last)| first..last + 1)
    }
}

pub(crate) fn first_and_last(mut months: impl Iterator<Item = i16>) -> Option<(i16, i16)> {
    let one = months.next()?;
    Some(months.fold((one, one), |(first, last), month| {
        (first.min(month), last.max(month))
    }))
}

/// An article's use of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sighting {
    /// Which segment of the index the article is in.
    pub segment: u32,
    /// Which article of the segment.
    pub doc: u32,
    /// Where the segment's columns have it.
    pub row: u32,
    /// Which of [`Family::keys`].
    pub key: u32,
    /// Which of [`Family::titles`].
    pub title: u32,
    /// The month of publication, counted from the year 0.
    pub month: Option<i16>,
}

impl Sighting {
    /// Returns the article.
    pub fn article(&self) -> (u32, u32) {
        (self.segment, self.doc)
    }
}

/// How an article names a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// By a full name.
    Full,
    /// By a surname that the archive links to the person.
    Linked,
    /// By a surname that is nobody's in particular.
    Bare,
}

/// Returns the number of an entry as it stands beside a sighting.
pub(crate) fn number(entry: usize) -> u32 {
    u32::try_from(entry).expect("a family has fewer persons than articles")
}
