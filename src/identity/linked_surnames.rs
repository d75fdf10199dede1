//! The persons to whom the archive links the surnames that one article prints alone.

use std::collections::BTreeMap;

use tantivy::DocAddress;

use super::columns::{PersonColumns, text};
use super::decisions::Decisions;
use super::relatives::Relatives;
use super::sightings::Tier;
use crate::archive::Archive;
use crate::article::Article;
use crate::error::Result;
use crate::people::name::Name;

/// The most surnames of an article that are looked up.
const MOST_SURNAMES: usize = 20;

/// Returns the names of the persons to whom the archive links surnames that an article prints alone, by
/// the keys of the surnames.
///
/// # Errors
///
/// Returns an error if the index can't be read.
pub fn linked_surnames(
    archive: &Archive,
    address: DocAddress,
    article: &Article,
) -> Result<BTreeMap<String, String>> {
    let people = article.people.iter();
    let alone = people.filter(|person| Name::parse(&person.name).given.is_empty());
    let keys: Vec<&str> = alone
        .map(|person| person.key.as_str())
        .take(MOST_SURNAMES)
        .collect();
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    archive.guard(|| {
        let snapshot = &archive.snapshot;
        let decisions = Decisions::of(archive)?;
        let columns = PersonColumns::open(&snapshot.searcher)?;
        let mut linked = BTreeMap::new();
        for key in keys {
            let relatives = Relatives::find(snapshot, &columns, &decisions, key)?;
            if let Some(name) = name_of_linked(&relatives, &columns, &decisions, (address, key))? {
                linked.insert(key.to_owned(), name);
            }
        }
        Ok(linked)
    })
}

/// Returns the name of the person to whom a surname in an article is linked.
fn name_of_linked(
    Relatives { family, register }: &Relatives,
    columns: &PersonColumns<'_>,
    decisions: &Decisions,
    (address, key): (DocAddress, &str),
) -> Result<Option<String>> {
    let article = (address.segment_ord, address.doc_id);
    let uses = family.sightings.iter().zip(&register.resolved);
    let own = uses.clone().find(|(sighting, resolved)| {
        sighting.article() == article
            && family.keys[sighting.key as usize] == key
            && resolved.tier == Tier::Linked
    });
    let Some((_, own)) = own else {
        return Ok(None);
    };
    let main = register.identities[own.identity as usize].keys[0];
    if let Some(called) = decisions.called(&family.keys[main]) {
        return Ok(Some(called.to_owned()));
    }
    // As the first article prints it.
    let first = family.sightings_of(main).next();
    let Some(first) = first.map(|at| family.sightings[at]) else {
        return Ok(None);
    };
    let Some(columns) = &columns.segments[first.segment as usize] else {
        return Ok(None);
    };
    let details = columns.details()?;
    Ok(Some(text(&details.names, details.name(first.row))?))
}
