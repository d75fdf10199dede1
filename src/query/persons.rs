//! Finds the persons of the archive that a typed name may mean.

use std::collections::BTreeSet;

use tantivy::{Searcher, Term};

use crate::archive::schema::{Fields, LOOKUP_SEPARATOR};
use crate::error::Result;
use crate::people::name;

/// Returns the keys of all persons that a typed name may mean, each with its number of articles,
/// most frequent first.
pub fn find(searcher: &Searcher, fields: &Fields, typed: &str) -> Result<Vec<(String, u64)>> {
    let asked = name::key(typed);
    let mut keys = BTreeSet::new();
    for lookup in name::lookup_keys(typed) {
        let prefix = format!("{lookup}{LOOKUP_SEPARATOR}");
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(fields.person_lookup)?;
            let range = inverted.terms().range().ge(&prefix).into_stream();
            let mut stream = range.map_err(tantivy::TantivyError::from)?;
            while let Some((entry, _)) = stream.next() {
                let Some(key) = entry.strip_prefix(prefix.as_bytes()) else {
                    break;
                };
                if let Ok(key) = std::str::from_utf8(key)
                    && !keys.contains(key)
                    && (key == asked || name::is_meant_by(typed, key))
                {
                    keys.insert(key.to_owned());
                }
            }
        }
    }
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        let articles = searcher.doc_freq(&Term::from_field_text(fields.person, &key))?;
        found.push((key, articles));
    }
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(found)
}

/// The share of a surname's articles, in percent, that has to be one person's for the articles that
/// print the surname alone to be taken for theirs. With less, "Howard Baker" would bring every
/// article that means James.
const LEAST_SHARE: u64 = 80;

/// Returns the key of the surname alone, with its number of articles, where the archive supports
/// that a full name is meant by it: most articles that print the surname in full mean that person.
///
/// The wire writes "President Reagan" and no more; a search for the full name alone misses it.
pub fn linked_surname(
    searcher: &Searcher,
    fields: &Fields,
    typed: &str,
    found: &[(String, u64)],
) -> Result<Option<(String, u64)>> {
    let name = name::Name::parse(typed);
    if name.given.is_empty() || found.is_empty() {
        return Ok(None);
    }
    let surname = name.surname.join(" ");
    let alone = searcher.doc_freq(&Term::from_field_text(fields.person, &surname))?;
    if alone == 0 || found.iter().any(|(key, _)| *key == surname) {
        return Ok(None);
    }
    let in_full: u64 = find(searcher, fields, &surname)?
        .iter()
        .filter(|(key, _)| {
            let other = name::Name::parse(key);
            !other.given.is_empty() && other.surname == name.surname
        })
        .map(|(_, articles)| articles)
        .sum();
    let asked: u64 = found.iter().map(|(_, articles)| articles).sum();
    let is_supported = asked * 100 >= in_full * LEAST_SHARE;
    Ok(is_supported.then_some((surname, alone)))
}
