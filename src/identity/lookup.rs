//! Looks up the keys that a typed name may mean, and those that share a surname with it.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use tantivy::TantivyError;

use super::decisions::Decisions;
use crate::archive::reader::Snapshot;
use crate::archive::schema::LOOKUP_SEPARATOR;
use crate::error::{QueryError, Result, shortened};
use crate::people::name;
use crate::people::name::Name;

/// The longest name of a person, in characters.
pub const LONGEST_NAME: usize = 1_000;

/// Checks the length of a person's name.
///
/// # Errors
///
/// Returns an error if the name is longer than [`LONGEST_NAME`].
pub fn ensure_name(name: &str) -> Result<(), QueryError> {
    if name.chars().nth(LONGEST_NAME).is_none() {
        return Ok(());
    }
    Err(QueryError {
        message: format!(
            "{} is longer than the {LONGEST_NAME} characters of the longest name",
            shortened(name)
        ),
        hint: "give the name of one person".to_owned(),
        at: 0,
    })
}

/// The options of a search for persons.
#[derive(Clone, Copy, Debug)]
pub struct PersonOptions<'a> {
    /// The decisions of the user in `people.toml`.
    pub decisions: &'a Decisions,
    /// Whether to find the articles of [`Tier::Bare`](super::sightings::Tier::Bare) as well.
    pub is_loose: bool,
    /// Whether to search a capitalised word that is a person's name by its spelling, not by its
    /// stem.
    pub keep_spelling: bool,
}

/// Returns the keys that a typed name may mean.
pub fn find(snapshot: &Snapshot, typed: &str) -> Result<BTreeSet<String>> {
    let asked = name::key(typed);
    let name = Name::parse(typed);
    keys_where(snapshot, typed, |key| {
        key == asked || name.may_mean(&Name::parse(key))
    })
}

/// Returns the keys that share a lookup key with a name and pass a test.
fn keys_where(
    snapshot: &Snapshot,
    typed: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<BTreeSet<String>> {
    // Most candidates are in every segment, and the test costs more than a look-up in the set.
    let mut candidates: FxHashSet<Vec<u8>> = FxHashSet::default();
    for lookup in name::lookup_keys(typed) {
        let prefix = format!("{lookup}{LOOKUP_SEPARATOR}");
        for segment in snapshot.searcher.segment_readers() {
            let inverted = segment.inverted_index(snapshot.fields.person_lookup)?;
            let range = inverted.terms().range().ge(&prefix).into_stream();
            let mut stream = range.map_err(TantivyError::from)?;
            while let Some((term, _)) = stream.next() {
                let Some(key) = term.strip_prefix(prefix.as_bytes()) else {
                    break;
                };
                if !candidates.contains(key) {
                    candidates.insert(key.to_owned());
                }
            }
        }
    }
    let keys = (candidates.into_iter()).filter_map(|key| String::from_utf8(key).ok());
    Ok(keys.filter(|key| is_wanted(key)).collect())
}

/// Returns the keys that share a surname with a typed name, or that it may mean.
pub(super) fn keys_of_relatives(
    snapshot: &Snapshot,
    decisions: &Decisions,
    typed: &str,
) -> Result<BTreeSet<String>> {
    let asked = name::key(typed);
    let mut wanted = vec![typed];
    // The names that the user assigned to one person are looked up together.
    if let Some(one) = decisions.one_with(&asked) {
        wanted.extend(decisions.keys_of(one).iter().map(String::as_str));
    }
    let mut keys = BTreeSet::new();
    for typed in wanted {
        let name = Name::parse(typed);
        let surname = name.surname_keys();
        let asked = name::key(typed);
        keys.extend(keys_where(snapshot, typed, |key| {
            if decisions.is_nobody(key) {
                return false;
            }
            let other = Name::parse(key);
            // Most relatives have the same spelling of the surname, which is a quick test.
            key == asked
                || (other.surname == name.surname && !surname.is_empty())
                || other.surname_keys().iter().any(|key| surname.contains(key))
                || name.may_mean(&other)
        })?);
    }
    // A person with several surnames by decision has all of them, whichever was typed.
    let others: Vec<String> = (keys.iter())
        .filter_map(|key| decisions.one_with(key))
        .flat_map(|one| decisions.keys_of(one).iter().cloned())
        .collect();
    keys.extend(others);
    Ok(keys)
}
