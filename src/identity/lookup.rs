//! Looks up the keys that a typed name may mean, and those that share a surname with it.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use tantivy::TantivyError;

use super::decisions::Decisions;
use crate::archive::reader::Snapshot;
use crate::archive::schema::LOOKUP_SEPARATOR;
use crate::error::{QueryError, Result, shortened};
use crate::people::given_names;
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
    let candidates = candidates(snapshot, typed)?;
    Ok(keys_that(candidates.iter(), |key| {
        key == asked || name.may_mean(&Name::parse(key))
    }))
}

/// Returns the keys that share a lookup key with a name.
fn candidates(snapshot: &Snapshot, typed: &str) -> Result<FxHashSet<Vec<u8>>> {
    // Most candidates are in every segment, and a test of a key costs more than a look-up in the
    // set.
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
    Ok(candidates)
}

/// Returns the candidates that pass a test.
fn keys_that<'a>(
    candidates: impl Iterator<Item = &'a Vec<u8>>,
    is_wanted: impl Fn(&str) -> bool,
) -> BTreeSet<String> {
    let keys = candidates.filter_map(|key| std::str::from_utf8(key).ok());
    let keys = keys.filter(|key| is_wanted(key));
    keys.map(str::to_owned).collect()
}

/// Returns the given names by which a person whom a typed name means may be known alone, each with
/// the keys that have it among their given names.
fn namesakes_by_mononym(
    snapshot: &Snapshot,
    typed: &str,
    keys: &BTreeSet<String>,
) -> Result<BTreeSet<String>> {
    let name = Name::parse(typed);
    let meant = keys.iter().map(|key| Name::parse(key));
    let meant = meant.filter(|other| !other.given.is_empty() && name.may_mean(other));
    let given: BTreeSet<String> = meant.flat_map(|other| other.given).collect();
    let mut found = BTreeSet::new();
    for given in given {
        let is_long = given.chars().nth(2).is_some();
        if is_long && !given_names::is_listed(&given) && is_key(snapshot, &given)? {
            let candidates = candidates(snapshot, &given)?;
            found.extend(keys_that(candidates.iter(), |key| {
                key == given || Name::parse(key).given.contains(&given)
            }));
        }
    }
    Ok(found)
}

/// Returns whether an article has a key.
fn is_key(snapshot: &Snapshot, key: &str) -> Result<bool> {
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(snapshot.fields.person)?;
        if inverted
            .terms()
            .get(key)
            .map_err(TantivyError::from)?
            .is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
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
    for &typed in &wanted {
        let name = Name::parse(typed);
        let surname = name.surname_keys();
        let asked = name::key(typed);
        let candidates = candidates(snapshot, typed)?;
        keys.extend(keys_that(candidates.iter(), |key| {
            if decisions.is_nobody(key) {
                return false;
            }
            let other = Name::parse(key);
            // Most relatives have the same spelling of the surname, which is a quick test.
            key == asked
                || (other.surname == name.surname && !surname.is_empty())
                || other.surname_keys().iter().any(|key| surname.contains(key))
                || name.may_mean(&other)
                || (name.given.is_empty() && other.given.contains(&asked))
        }));
    }
    for typed in &wanted {
        keys.extend(namesakes_by_mononym(snapshot, typed, &keys)?);
    }
    // A person with several surnames by decision has all of them, whichever was typed.
    let others: Vec<String> = (keys.iter())
        .filter_map(|key| decisions.one_with(key))
        .flat_map(|one| decisions.keys_of(one).iter().cloned())
        .collect();
    keys.extend(others);
    Ok(keys)
}
