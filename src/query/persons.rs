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
