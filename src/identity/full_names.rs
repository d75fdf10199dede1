//! Groups the full names of a family into persons.
//!
//! The names that say most make the persons; a shorter one joins the one person that it agrees
//! with.

use std::cmp::Reverse;
use std::ops::Range;

use super::decisions::Decisions;
use super::sightings::Family;
use super::votes::is_given_name;
use crate::people::given_names;
use crate::people::name::Name;
use crate::text::lexicon::{Flags, Lexicon};

/// The place of a word among the given names of a person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The first: Saddam Hussein.
    First,
    /// The last of several: Luiz Inácio Lula da Silva.
    Last,
}

/// The names of a family, read into their parts.
pub(super) struct FamilyNames<'a> {
    pub(super) family: &'a Family,
    decisions: &'a Decisions,
    /// The name of each key.
    pub(super) names: Vec<Name>,
    /// The range of sightings of each key.
    pub(super) sightings: Vec<Range<usize>>,
}

impl<'a> FamilyNames<'a> {
    pub(super) fn read(family: &'a Family, decisions: &'a Decisions) -> Self {
        Self {
            family,
            decisions,
            names: family.keys.iter().map(|key| Name::parse(key)).collect(),
            sightings: (0..family.keys.len())
                .map(|key| family.sightings_of(key))
                .collect(),
        }
    }

    /// Returns whether a key is a surname alone, on which the user decided nothing.
    pub(super) fn is_bare(&self, key: usize) -> bool {
        self.names[key].given.is_empty() && self.decision(key).is_none()
    }

    /// Returns the number of words that tell a name from its namesakes: given names, initials and
    /// the suffix.
    pub(super) fn details(&self, key: usize) -> usize {
        let name = &self.names[key];
        name.given.len() + usize::from(name.suffix.is_some())
    }

    /// Returns whether the surname of a key is a common one.
    pub(super) fn is_common(&self, key: usize) -> bool {
        let surname = &self.names[key].surname;
        (surname.iter()).all(|word| Lexicon::of_names().flags(word).any(Flags::COMMON_SURNAME))
    }

    /// Returns whether the user decided on one of some keys.
    pub(super) fn are_decided(&self, keys: &[usize]) -> bool {
        keys.iter().any(|&key| self.decision(key).is_some())
    }

    /// Returns whether a key is a given name that may be anybody's: one with variants, or the first
    /// of a full name of the archive.
    pub(super) fn is_anybody(&self, key: usize) -> bool {
        let own = &self.family.keys[key];
        let mut others = self.names.iter().filter_map(|name| name.given.first());
        is_given_name(own) && (given_names::is_listed(own) || others.any(|first| first == own))
    }

    /// Returns whether a surname alone may mean the person with these keys.
    pub(super) fn have_surname(&self, keys: &[usize], surname: usize) -> bool {
        keys.iter().any(|&key| {
            self.names[key].has_surname(&self.names[surname]) && !self.are_apart(key, surname)
        })
    }

    /// Returns whether a key of one word is by its form a given name by which a person may be known
    /// alone: Saddam, not Mary.
    pub(super) fn may_be_mononym(&self, key: usize) -> bool {
        !given_names::is_listed(&self.family.keys[key])
    }

    /// Returns the place at which the person with these keys has a word among the given names:
    /// the first, or the last of several.
    pub(super) fn place_of_given_name(&self, keys: &[usize], word: usize) -> Option<Place> {
        let own = &self.family.keys[word];
        let places = keys.iter().filter(|&&key| !self.are_apart(key, word));
        let places = places.filter_map(|&key| match &self.names[key].given[..] {
            [.., last] if last == own && self.names[key].given.len() > 1 => Some(Place::Last),
            [first, ..] if first == own => Some(Place::First),
            _ => None,
        });
        places.max()
    }

    /// Returns the index of the user's decision that a key is one of the names of a person.
    fn decision(&self, key: usize) -> Option<usize> {
        self.decisions.one_with(&self.family.keys[key])
    }

    fn are_apart(&self, a: usize, b: usize) -> bool {
        let keys = &self.family.keys;
        self.decisions.are_apart(&keys[a], &keys[b])
    }
}

/// Full names grouped into persons. Keys are indices of [`Family::keys`].
#[derive(Default)]
pub(super) struct Groups {
    /// The keys of each person.
    pub(super) persons: Vec<Vec<usize>>,
    /// The keys that agree with several persons, each with the indices of those.
    pub(super) ambiguous: Vec<(usize, Vec<usize>)>,
}

/// Groups the full names of a family, and the surnames on which the user decided.
pub(super) fn group(names: &FamilyNames<'_>) -> Groups {
    let mut order: Vec<usize> = (0..names.names.len())
        .filter(|&key| !names.is_bare(key))
        .collect();
    // The fullest names come first, so that a short form is compared with all that it may mean.
    order.sort_by_key(|&key| {
        let given = &names.names[key].given;
        let is_written_out = given.iter().any(|name| name.chars().count() > 1);
        (
            names.decision(key).is_none(),
            !is_written_out,
            Reverse(given.len()),
            Reverse(names.sightings[key].len()),
            key,
        )
    });
    let initials: Vec<u32> = names.names.iter().map(Name::initials).collect();
    let mut groups = Groups::default();
    for key in order {
        let matching: Vec<usize> = (0..groups.persons.len())
            .filter(|&person| is_name_of(names, &initials, &groups.persons[person], key))
            .collect();
        match matching[..] {
            [] => groups.persons.push(vec![key]),
            [person] => groups.persons[person].push(key),
            _ => groups.ambiguous.push((key, matching)),
        }
    }
    groups
}

/// Returns whether a key may be a name of the person with the keys `members`: it agrees with all of
/// them or, where the user decided on the names of the person, with one. `initials` are the
/// [`Name::initials`] of all keys: a quick test that rejects most pairs of a large family.
fn is_name_of(names: &FamilyNames<'_>, initials: &[u32], members: &[usize], key: usize) -> bool {
    let of_person = names.decision(members[0]);
    let own = names.decision(key);
    if own.is_some() || members.iter().any(|&member| names.are_apart(member, key)) {
        return own.is_some() && own == of_person;
    }
    let agrees = |&member: &usize| {
        let (a, b) = (&names.names[member], &names.names[key]);
        let may_agree = initials[member] & initials[key] != 0 || a.surname != b.surname;
        may_agree && a.agrees(b)
    };
    // Recep Erdoğan and Tayyip Erdoğan are both Recep Tayyip Erdoğan.
    let is_of_fullest = |&member: &usize| {
        !names.is_common(key)
            && agrees(&members[0])
            && is_given_name_of(&names.names[member], &names.names[members[0]])
            && is_given_name_of(&names.names[key], &names.names[members[0]])
    };
    if of_person.is_some() {
        members.iter().any(agrees)
    } else {
        (members.iter()).all(|member| agrees(member) || is_of_fullest(member))
    }
}

/// Returns whether the only given name of `short` is written out and one of several of `full`.
fn is_given_name_of(short: &Name, full: &Name) -> bool {
    let [given] = &short.given[..] else {
        return false;
    };
    given.chars().count() > 1 && full.given.len() > 1 && full.given.contains(given)
}
