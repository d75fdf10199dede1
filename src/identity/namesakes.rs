//! Namesakes: the other persons of the archive who share a surname with a name.

use super::columns::PersonColumns;
use super::decisions::Decisions;
use super::lookup::ensure_name;
use super::nobodies::Nobodies;
use super::records::{Counting, Summary};
use super::relatives::Relatives;
use super::sightings::Tier;
use crate::archive::Archive;
use crate::error::Result;

/// Returns the persons who share a surname with a typed name and are not meant by it, at most `limit`,
/// most articles first, then by name. A surname alone that is linked to nobody is one of them.
///
/// # Errors
///
/// Returns an error where the name is too long, and where the index can't be read.
pub fn namesakes(archive: &Archive, typed: &str, limit: usize) -> Result<Vec<Summary>> {
    ensure_name(typed)?;
    archive.guard(|| {
        let decisions = Decisions::of(archive)?;
        let columns = PersonColumns::open(&archive.snapshot.searcher)?;
        let relatives = Relatives::find(&archive.snapshot, &columns, &decisions, typed)?;
        let meant = relatives.meant_by(typed, &decisions);
        let articles = relatives.articles_by_identity();
        let mut others: Vec<usize> = (0..articles.len())
            .filter(|&identity| articles[identity] > 0 && meant[identity] != Some(Tier::Full))
            .collect();
        let main = |identity: usize| {
            let keys = &relatives.register.identities[identity].keys;
            &relatives.family.keys[keys[0]]
        };
        others.sort_by_key(|&identity| (std::cmp::Reverse(articles[identity]), main(identity)));
        others.truncate(limit);
        let counting = Counting {
            columns: &columns,
            nobodies: &Nobodies::new(&archive.snapshot, &decisions),
            stories: None,
        };
        let mut found = Vec::new();
        for identity in others {
            found.extend(counting.summary(&relatives, identity)?);
        }
        Ok(found)
    })
}
