//! Resolves the names in the articles to persons, across the archive: the spellings of one person,
//! and the articles that print a surname alone.
//!
//! A pure function of what the index has on the names that share a surname, so the order in which
//! the articles were indexed does not matter. Full names are grouped into persons first (see
//! `full_names`), and namesakes with a shorter form split from them (see `short_forms`). A short form that agrees with several persons (`J. Holm`, `George Holm`
//! between two Georges) and a surname alone are resolved article by article, by votes (see
//! `votes`). Without a clear vote a surname alone stays unresolved.

use std::cmp::Reverse;
use std::ops::Range;

use super::decisions::Decisions;
use super::full_names::{FamilyNames, Place, group};
use super::short_forms::ShortForms;
use super::sightings::{Family, ReadCompany, Resolved, Tier, first_and_last};
use super::votes::{Titles, Votes, is_given_name};
use crate::error::Result;

/// The gap between two articles, in months, that splits the articles of one name between two
/// persons: longer than a person is in the news.
const LIFETIME: i16 = 12 * 60;

/// A person of the archive, or a surname that is not resolved to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The person's full names, as indices of [`Family::keys`], the one in most articles first; or
    /// the surname alone.
    pub keys: Vec<usize>,
    /// Whether only a surname is known.
    pub is_bare: bool,
    /// Whether only a given name is known, without a title: it may be anybody's.
    pub is_anybody: bool,
    /// The identity of a person with a fuller name that agrees, in articles far away in time.
    pub apart_from: Option<usize>,
}

/// The persons of a family.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// The persons, then the surnames that are not resolved.
    pub identities: Vec<Identity>,
    /// The identity that each sighting of the family resolves to.
    pub resolved: Vec<Resolved>,
}

/// Resolves each sighting of a family to a person.
///
/// # Errors
///
/// Returns an error where `company` does.
pub fn register(
    family: &Family,
    decisions: &Decisions,
    company: &ReadCompany<'_>,
) -> Result<Register> {
    let names = FamilyNames::read(family, decisions);
    let titles = Titles::new(&family.titles);
    let groups = group(&names);
    let mut resolution = Resolution::of_full_names(&names, groups.persons);
    resolution.split_lifetimes();
    for (key, rivals) in groups.ambiguous {
        resolution.resolve_short_form(key, &rivals, &titles);
    }
    resolution.split_short_forms(&ShortForms {
        names: &names,
        titles: &titles,
        company,
    })?;
    Ok(resolution.resolve_surnames(&titles))
}

/// A register in the making.
struct Resolution<'a> {
    names: &'a FamilyNames<'a>,
    /// The keys of each person.
    persons: Vec<Vec<usize>>,
    /// The persons that were split from one with a fuller name, each with that one.
    apart_from: Vec<(usize, usize)>,
    /// For each sighting, the person that it resolves to so far.
    resolved: Vec<Option<Resolved>>,
}

impl<'a> Resolution<'a> {
    /// Resolves the sightings of all full names that belong to one person.
    fn of_full_names(names: &'a FamilyNames<'a>, persons: Vec<Vec<usize>>) -> Self {
        let mut resolved = vec![None; names.family.sightings.len()];
        for (person, keys) in persons.iter().enumerate() {
            for &key in keys {
                let sightings = names.sightings[key].clone();
                resolved[sightings].fill(Some(Resolved::new(person, Tier::Full)));
            }
        }
        Self {
            names,
            persons,
            apart_from: Vec::new(),
            resolved,
        }
    }

    /// Splits a person with a gap of a [`LIFETIME`] between two articles into two persons.
    fn split_lifetimes(&mut self) {
        let names = self.names;
        let sightings = &names.family.sightings;
        for person in 0..self.persons.len() {
            let own = self.persons[person].clone().into_iter();
            let own = own.flat_map(|key| names.sightings[key].clone());
            let months = own.clone().filter_map(|at| sightings[at].month);
            if first_and_last(months.clone()).is_none_or(|(first, last)| last - first < LIFETIME) {
                continue;
            }
            let mut months: Vec<i16> = months.collect();
            months.sort_unstable();
            let Some(gap) = months.windows(2).find(|pair| pair[1] - pair[0] >= LIFETIME) else {
                continue;
            };
            // Undated articles go to the later person, who probably has more articles in the
            // archive.
            self.persons.push(self.persons[person].clone());
            let earlier = self.persons.len() - 1;
            for at in own {
                if sightings[at].month.is_some_and(|month| month <= gap[0]) {
                    self.resolved[at] = Some(Resolved::new(earlier, Tier::Full));
                }
            }
        }
    }

    /// Splits the namesakes with a short form of the name from each person with a fuller one.
    fn split_short_forms(&mut self, forms: &ShortForms<'_>) -> Result<()> {
        let keys = self.persons.iter();
        let may_split: Vec<bool> = keys.map(|keys| forms.may_have_namesakes(keys)).collect();
        let mut own = vec![Vec::new(); self.persons.len()];
        for (at, resolved) in self.resolved.iter().enumerate() {
            if let Some(person) = resolved.map(|resolved| resolved.identity as usize)
                && may_split[person]
            {
                own[person].push(at);
            }
        }
        for (person, own) in own
            .iter()
            .enumerate()
            .filter(|&(person, _)| may_split[person])
        {
            let namesakes = forms.namesakes(&self.persons[person], own)?;
            let is_split = !namesakes.is_empty();
            for sightings in namesakes {
                let key_of = |&at: &usize| self.names.family.sightings[at].key as usize;
                let mut keys: Vec<usize> = sightings.iter().map(key_of).collect();
                keys.sort_unstable();
                keys.dedup();
                self.persons.push(keys);
                let apart = self.persons.len() - 1;
                self.apart_from.push((apart, person));
                for at in sightings {
                    self.resolved[at] = Some(Resolved::new(apart, Tier::Full));
                }
            }
            if is_split {
                self.drop_unused_keys(person);
            }
        }
        Ok(())
    }

    /// Removes the keys of a person by which no article names them any more.
    fn drop_unused_keys(&mut self, person: usize) {
        let names = self.names;
        let resolved = &self.resolved;
        self.persons[person].retain(|&key| {
            let mut own = names.sightings[key].clone();
            own.any(|at| resolved[at].is_some_and(|own| own.identity as usize == person))
        });
    }

    /// Resolves a full name that agrees with several persons: the articles with a clear vote first;
    /// all others to the person who got at least twice as many as the next one, else to a person of
    /// their own.
    fn resolve_short_form(&mut self, key: usize, rivals: &[usize], titles: &Titles<'_>) {
        // A rival may have been split in two.
        let rivals: Vec<usize> = (0..self.persons.len())
            .filter(|&person| {
                rivals
                    .iter()
                    .any(|&rival| self.persons[person] == self.persons[rival])
            })
            .collect();
        let own = self.names.sightings[key].clone();
        let family = self.names.family;
        let votes = Votes::count(family, titles, &self.resolved, &rivals, own.clone());
        votes.decide_all(family, own.clone(), 0.0, |sighting, identity| {
            self.resolved[sighting] = Some(Resolved {
                identity,
                tier: Tier::Full,
            });
        });
        let mut support: Vec<(usize, usize)> = (rivals.iter())
            .map(|&rival| (self.sightings_of(rival), rival))
            .collect();
        support.sort_by_key(|&(count, rival)| (Reverse(count), rival));
        let person = match support[..] {
            [(most, first), (second, _), ..] if most >= 2 * second.max(1) => first,
            _ => {
                self.persons.push(vec![key]);
                self.persons.len() - 1
            }
        };
        for place in &mut self.resolved[own] {
            place.get_or_insert(Resolved::new(person, Tier::Full));
        }
        if !self.persons[person].contains(&key) {
            self.persons[person].push(key);
        }
    }

    /// Returns the number of sightings that resolve to a person.
    fn sightings_of(&self, person: usize) -> usize {
        (self.resolved.iter().flatten())
            .filter(|resolved| resolved.identity as usize == person)
            .count()
    }

    /// Resolves the surnames alone, each by votes of its own, and returns the register.
    fn resolve_surnames(mut self, titles: &Titles<'_>) -> Register {
        let names = self.names;
        let mut identities: Vec<Identity> = std::mem::take(&mut self.persons)
            .into_iter()
            .map(|keys| Identity {
                keys,
                is_bare: false,
                is_anybody: false,
                apart_from: None,
            })
            .collect();
        for (person, from) in std::mem::take(&mut self.apart_from) {
            identities[person].apart_from = Some(from);
        }
        let persons = identities.len();
        for key in (0..names.names.len()).filter(|&key| names.is_bare(key)) {
            let own = names.sightings[key].clone();
            let candidates = candidates(names, titles, &identities[..persons], key);
            self.link_surname(key, &candidates, own.clone(), titles);
            let is_given = names.is_anybody(key);
            for is_anybody in [false, true] {
                let unresolved = Resolved::new(identities.len(), Tier::Bare);
                let mut is_used = false;
                for at in own.clone() {
                    let title = names.family.sightings[at].title;
                    let is_own = is_anybody == (is_given && !titles.is_telling(title));
                    if is_own && self.resolved[at].is_none() {
                        is_used = true;
                        self.resolved[at] = Some(unresolved);
                    }
                }
                if is_used {
                    identities.push(Identity {
                        keys: vec![key],
                        is_bare: true,
                        is_anybody,
                        apart_from: None,
                    });
                }
            }
        }
        for identity in &mut identities {
            identity.keys.sort_by_key(|&key| {
                (
                    Reverse(names.sightings[key].len()),
                    Reverse(names.family.keys[key].len()),
                    key,
                )
            });
        }
        let resolved = self.resolved.into_iter();
        Register {
            identities,
            resolved: resolved
                .map(|resolved| resolved.expect("every sighting is resolved by now"))
                .collect(),
        }
    }

    /// Links those sightings of a surname alone that clearly mean one of the persons with that
    /// surname.
    fn link_surname(
        &mut self,
        key: usize,
        candidates: &Candidates,
        own: Range<usize>,
        titles: &Titles<'_>,
    ) {
        if own.is_empty() || candidates.persons.is_empty() {
            return;
        }
        let family = self.names.family;
        // Votes count full names only, so links of one surname do not affect those of another.
        let votes = Votes::count(
            family,
            titles,
            &self.resolved,
            &candidates.persons,
            own.clone(),
        );
        let is_surname = !candidates.are_by_given_name;
        votes.link_all(family, own, key, is_surname, |sighting, identity| {
            self.resolved[sighting] = Some(Resolved {
                identity,
                tier: Tier::Linked,
            });
        });
    }
}

/// The persons that a name of one word may mean.
struct Candidates {
    persons: Vec<usize>,
    /// Whether the word is a given name of them: Lula, Saddam.
    are_by_given_name: bool,
}

/// Returns the persons with a surname; where there are none, those with a given name by which a
/// person may be known alone. A frequent given name is that of a person only where no other has it,
/// and where it is not the first one, or follows the title of an office: President Lula.
fn candidates(
    names: &FamilyNames<'_>,
    titles: &Titles<'_>,
    persons: &[Identity],
    key: usize,
) -> Candidates {
    let keys = |person: usize| &persons[person].keys[..];
    let all = 0..persons.len();
    let by_surname = all.clone().filter(|&at| names.have_surname(keys(at), key));
    let by_surname: Vec<usize> = by_surname.collect();
    if !by_surname.is_empty() || !names.may_be_mononym(key) {
        return Candidates {
            persons: by_surname,
            are_by_given_name: false,
        };
    }
    let place = |person: usize| names.place_of_given_name(keys(person), key);
    let mut by_given_name: Vec<usize> = all.filter(|&at| place(at).is_some()).collect();
    if is_given_name(&names.family.keys[key]) {
        let mut own = names.family.sightings[names.sightings[key].clone()].iter();
        let is_titled = own.any(|sighting| titles.is_of_surname(sighting.title));
        let is_known = |&[at]: &[usize; 1]| is_titled || place(at) == Some(Place::Last);
        let only: Option<[usize; 1]> = by_given_name[..].try_into().ok();
        if !only.as_ref().is_some_and(is_known) {
            by_given_name.clear();
        }
    }
    Candidates {
        persons: by_given_name,
        are_by_given_name: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sightings::{Company, Sighting, number};

    /// Registers articles, each a line `month title, name; title, name | companion`, and writes who
    /// is meant by each name, in order.
    fn shown(lines: &[&str], decisions: &str) -> String {
        let mut read = Vec::new();
        let companions: Vec<Option<&str>> = (lines.iter())
            .map(|line| Some(line.split_once(" | ")?.1))
            .collect();
        let company = |sightings: &[Sighting]| {
            let named = sightings
                .iter()
                .filter_map(|own| companions[own.doc as usize]);
            Ok(Company {
                persons: named.map(str::to_owned).collect(),
                ..Company::default()
            })
        };
        for (article, line) in (0..).zip(lines) {
            let line = line.split(" | ").next().unwrap();
            let (month, names) = line.split_once(' ').unwrap();
            for name in names.split("; ") {
                let (title, name) = name.split_once(", ").unwrap_or(("", name));
                read.push((
                    article,
                    month.parse().ok(),
                    title.to_owned(),
                    name.to_owned(),
                ));
            }
        }
        let mut keys: Vec<String> = read.iter().map(|(_, _, _, name)| name.clone()).collect();
        let mut titles: Vec<String> = read.iter().map(|(_, _, title, _)| title.clone()).collect();
        for list in [&mut keys, &mut titles] {
            list.sort();
            list.dedup();
        }
        let sightings = (0..)
            .zip(&read)
            .map(|(row, (doc, month, title, name))| Sighting {
                segment: 0,
                doc: *doc,
                row,
                key: number(keys.binary_search(name).unwrap()),
                title: number(titles.binary_search(title).unwrap()),
                month: *month,
            });
        let mut sightings: Vec<Sighting> = sightings.collect();
        sightings.sort_by_key(|sighting| sighting.key);
        let family = Family {
            keys,
            titles: titles.into(),
            sightings,
        };
        let decisions = Decisions::parse(decisions).unwrap();
        let register = register(&family, &decisions, &company).unwrap();
        let mut shown = vec![String::new(); read.len()];
        for (sighting, resolved) in family.sightings.iter().zip(&register.resolved) {
            let name = &family.keys[register.identities[resolved.identity as usize].keys[0]];
            shown[sighting.row as usize] = match resolved.tier {
                Tier::Full => name.clone(),
                Tier::Linked => format!("→{name}"),
                Tier::Bare => format!("{name}?"),
            };
        }
        shown.join(", ")
    }

    #[test]
    fn resolves_sightings() {
        for (articles, expected) in [
            (
                &["1 ada holm", "1 president, holm"][..],
                "ada holm, →ada holm",
            ),
            // Either of two given names may be left out, but not of a frequent surname.
            (
                &[
                    "1 ada beate vondrak",
                    "1 ada vondrak",
                    "1 ada vondrak",
                    "2 beate vondrak",
                ],
                "ada vondrak, ada vondrak, ada vondrak, ada vondrak",
            ),
            (
                &[
                    "1 john paul carter",
                    "1 john carter",
                    "1 john carter",
                    "2 paul carter",
                ],
                "john carter, john carter, john carter, paul carter",
            ),
            // No full name, or none near enough.
            (&["1 holm"], "holm?"),
            (&["1 ada vondrak", "90 vondrak"], "ada vondrak, vondrak?"),
            // Two rivals: by title, by time, or not at all.
            (
                &[
                    "1 secretary, ada holm",
                    "1 senator, piet holm",
                    "1 secretary, holm",
                    "1 holm",
                ],
                "ada holm, piet holm, →ada holm, holm?",
            ),
            (
                &["1 ada holm", "100 piet holm", "2 holm", "101 holm"],
                "ada holm, piet holm, →ada holm, →piet holm",
            ),
            (
                &["1 mr, piet holm", "1 mrs, ada holm", "1 mrs, holm"],
                "piet holm, ada holm, →ada holm",
            ),
            // The surname in an article that has the full name means another person.
            (&["1 ada holm; holm"], "ada holm, holm?"),
            // A queen has no surname.
            (&["1 ada holm", "1 queen, holm"], "ada holm, holm?"),
            // Initials go to the person with most articles, or stay a person of their own.
            (
                &["1 john holm", "1 john holm", "1 james holm", "9 j holm"],
                "john holm, john holm, james holm, john holm",
            ),
            (
                &["1 john holm", "1 james holm", "1 j holm"],
                "john holm, james holm, j holm",
            ),
            (&["1 john holm", "1 j holm"], "john holm, john holm"),
            (
                &[
                    "1 george w holm",
                    "200 george h w holm",
                    "1 george holm",
                    "200 george holm",
                ],
                "george w holm, george h w holm, george w holm, george h w holm",
            ),
            // A short form far away in time is another person.
            (
                &[
                    "1 george carter",
                    "160 george w carter",
                    "165 george w carter",
                    "166 george w carter",
                    "170 george carter",
                ],
                "george carter, george w carter, george w carter, george w carter, george w carter",
            ),
            // The initial is left out later, in other company and another office.
            (
                &[
                    "1 ambassador, john r bolton | roos",
                    "150 adviser, john bolton | pryce",
                ],
                "john r bolton, john r bolton",
            ),
            // A frequent surname, far away in company.
            (
                &["1 piet r brown | roos", "75 piet brown | roos"],
                "piet r brown, piet r brown",
            ),
            (
                &["1 piet r brown | roos", "75 piet brown | pryce"],
                "piet r brown, piet brown",
            ),
            (
                &["1 sheriff, piet r brown", "2 striker, piet brown"],
                "piet r brown, piet r brown",
            ),
            (
                &[
                    "1 sheriff, piet r brown | roos",
                    "2 striker, piet brown | pryce",
                ],
                "piet r brown, piet brown",
            ),
            (
                &["1 mrs, robin r carter", "2 mr, robin carter"],
                "robin r carter, robin carter",
            ),
            // Articles between two that are far apart tie them together.
            (
                &["1 piet r carter", "100 piet carter", "200 piet carter"],
                "piet carter, piet carter, piet carter",
            ),
            // The namesake with the shorter form is one person.
            (
                &["1 piet carter", "60 piet carter", "300 piet r carter"],
                "piet carter, piet carter, piet r carter",
            ),
            // A given name alone is a person's only where it is rare, or no other has it.
            (
                &["1 saddam roos", "2 saddam", "1 hugo saddam holm"],
                "saddam roos, saddam?, hugo saddam holm",
            ),
            (
                &[
                    "1 trader, piet inacio lula da holm",
                    "2 lula",
                    "2 president, lula",
                ],
                "piet inacio lula da holm, →piet inacio lula da holm, →piet inacio lula da holm",
            ),
            (
                &["1 lula holm", "2 lula", "1 lula roos"],
                "lula holm, lula?, lula roos",
            ),
            (&["1 lula holm", "2 lula"], "lula holm, lula?"),
            (
                &["1 lula holm", "2 president, lula", "3 lula"],
                "lula holm, →lula holm, →lula holm",
            ),
            (&["1 mary holm", "2 mary"], "mary holm, mary?"),
            (
                &[
                    "1 sheriff, ada carter",
                    "1 senator, carter",
                    "1 sheriff, carter",
                ],
                "ada carter, carter?, →ada carter",
            ),
            (
                &["1 ada vondrak", "160 ada b vondrak"],
                "ada b vondrak, ada b vondrak",
            ),
            // A gap of a lifetime.
            (
                &[
                    "1 ada holm",
                    "900 ada holm",
                    "2 holm",
                    "901 holm",
                    "1 ada b holm",
                ],
                "ada holm, ada holm, →ada holm, →ada holm, ada holm",
            ),
        ] {
            assert_eq!(shown(articles, ""), expected, "{articles:?}");
        }
    }

    #[test]
    fn splits_lifetimes() {
        let family = Family {
            keys: vec!["ada holm".to_owned()],
            titles: [String::new()].into(),
            sightings: (0..)
                .zip([Some(1), Some(900), None, Some(3)])
                .map(|(doc, month)| Sighting {
                    segment: 0,
                    doc,
                    row: 0,
                    key: 0,
                    title: 0,
                    month,
                })
                .collect(),
        };
        let register =
            register(&family, &Decisions::default(), &|_| Ok(Company::default())).unwrap();
        let identities: Vec<u32> = (register.resolved.iter())
            .map(|resolved| resolved.identity)
            .collect();
        assert_eq!(identities, [1, 0, 0, 1]);
    }

    #[test]
    fn follows_decisions() {
        let one = "[[one]]\nnames = [\"Ada Holm\", \"Ada Roos\"]";
        assert_eq!(
            shown(&["1 ada holm", "1 ada roos"], ""),
            "ada holm, ada roos"
        );
        assert_eq!(
            shown(&["1 ada holm", "1 ada roos"], one),
            "ada holm, ada holm"
        );
        let apart = "[[apart]]\nnames = [\"Ada Holm\", \"Ada B. Holm\"]";
        let articles = ["1 ada holm", "1 ada holm", "1 ada b holm"];
        assert_eq!(shown(&articles, ""), "ada holm, ada holm, ada holm");
        assert_eq!(shown(&articles, apart), "ada holm, ada holm, ada b holm");
        let surname = "[[one]]\nnames = [\"Ada Holm\", \"Holm\"]";
        let articles = ["1 ada holm", "900 holm"];
        assert_eq!(shown(&articles, surname), "ada holm, ada holm");
    }

    #[test]
    fn the_order_of_articles_does_not_matter() {
        let mut articles = [
            "1 secretary, james holm",
            "3 james holm",
            "2 senator, howard holm",
            "2 holm",
            "4 senator, holm",
            "2 j holm",
        ];
        let sorted = |articles: &[&str]| {
            let meant = shown(articles, "");
            let mut pairs: Vec<_> = articles.iter().zip(meant.split(", ")).collect();
            pairs.sort_unstable();
            format!("{pairs:?}")
        };
        let expected = sorted(&articles);
        articles.reverse();
        assert_eq!(sorted(&articles), expected);
    }
}
