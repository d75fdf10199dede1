//! Which person each name in the articles means, across the archive: the spellings of one person,
//! and the articles that print a surname alone.
//!
//! A pure function over what the index says of the names that share a surname, so that it does not
//! matter in which order the articles came. Full names come first: the fullest spellings make the
//! persons, and a shorter one joins the one person it agrees with. One that agrees with several
//! (`J. Holm`, `George Holm` between two Georges), and a surname alone, are decided article by
//! article: each article that names a person votes for them, the more the nearer in time, and four
//! times as much where the titles agree. Without a clear vote an article is left as it is.

use std::cmp::Reverse;
use std::ops::Range;

use super::decisions::Decisions;
use super::sightings::{Family, Tier, first_and_last, number};
use super::votes::{Titles, Votes};
use crate::people::name::Name;

/// How many months without an article part two persons of one name: longer than anybody is in the
/// news.
const TWO_LIVES: i16 = 12 * 60;

/// A person of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The keys of their full names, the one that most articles use first; for a surname that is
    /// nobody's in particular, that.
    pub keys: Vec<usize>,
    /// Whether all that is known is a surname.
    pub is_bare: bool,
}

/// Who is who.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// The persons.
    pub entries: Vec<Entry>,
    /// For each sighting its entry, and how it names them.
    pub of: Vec<(u32, Tier)>,
}

/// Tells which person each sighting of a family means.
pub fn register(family: &Family, decisions: &Decisions) -> Register {
    let names: Vec<Name> = family.keys.iter().map(|key| Name::parse(key)).collect();
    let sightings_of: Vec<Range<usize>> = (0..names.len())
        .map(|key| family.sightings_of(key))
        .collect();
    let counts: Vec<usize> = sightings_of.iter().map(Range::len).collect();
    let mut clusters = Clusters {
        family,
        decisions,
        initials: names.iter().map(Name::initials).collect(),
        names: &names,
        counts: &counts,
        members: Vec::new(),
    };
    let doubtful = clusters.group();
    let mut members = clusters.members;
    let is_bare = |key: usize| names[key].given.is_empty() && !has_decision(family, decisions, key);

    let mut of: Vec<Option<(u32, Tier)>> = vec![None; family.sightings.len()];
    for (cluster, keys) in members.iter().enumerate() {
        for &key in keys {
            of[sightings_of[key].clone()].fill(Some((number(cluster), Tier::Full)));
        }
    }
    part_lives(family, &sightings_of, &mut members, &mut of);

    // A short form of several persons' names, then surnames.
    let titles = Titles::new(&family.titles);
    for (key, rivals) in doubtful {
        // One person may have become two by now.
        let rivals: Vec<usize> = (0..members.len())
            .filter(|&cluster| {
                rivals
                    .iter()
                    .any(|&rival| members[cluster] == members[rival])
            })
            .collect();
        let own = sightings_of[key].clone();
        let votes = Votes::count(family, &titles, &of, &rivals, own.clone());
        votes.decide_all(family, own.clone(), 0.0, |sighting, cluster| {
            of[sighting] = Some((cluster, Tier::Full));
        });
        let mut support: Vec<(usize, usize)> = rivals
            .iter()
            .map(|&rival| {
                let own = (of.iter().flatten()).filter(|(cluster, _)| *cluster as usize == rival);
                (own.count(), rival)
            })
            .collect();
        support.sort_by_key(|&(count, rival)| (Reverse(count), rival));
        let home = match support[..] {
            [(most, first), (second, _), ..] if most >= 2 * second.max(1) => first,
            _ => {
                members.push(vec![key]);
                members.len() - 1
            }
        };
        for place in &mut of[own] {
            place.get_or_insert((number(home), Tier::Full));
        }
        if !members[home].contains(&key) {
            members[home].push(key);
        }
    }
    let mut entries: Vec<Entry> = members
        .into_iter()
        .map(|keys| Entry {
            keys,
            is_bare: false,
        })
        .collect();
    let persons = entries.len();
    for key in (0..names.len()).filter(|&key| is_bare(key)) {
        let bearers: Vec<usize> = (0..persons)
            .filter(|&entry| {
                entries[entry].keys.iter().any(|&other| {
                    names[other].bears_surname_of(&names[key])
                        && !decisions.are_apart(&family.keys[other], &family.keys[key])
                })
            })
            .collect();
        let own = sightings_of[key].clone();
        if !own.is_empty() && !bearers.is_empty() {
            // Who is meant by one surname says nothing of who is by another.
            let votes = Votes::count(family, &titles, &of, &bearers, own.clone());
            votes.link_all(family, own.clone(), key, |sighting, cluster| {
                of[sighting] = Some((cluster, Tier::Linked));
            });
        }
        let home = number(entries.len());
        let mut is_used = false;
        for place in &mut of[own] {
            is_used |= place.is_none();
            place.get_or_insert((home, Tier::Bare));
        }
        if is_used {
            entries.push(Entry {
                keys: vec![key],
                is_bare: true,
            });
        }
    }
    for entry in &mut entries {
        entry
            .keys
            .sort_by_key(|&key| (Reverse(counts[key]), Reverse(family.keys[key].len()), key));
    }
    let of = of
        .into_iter()
        .map(|place| place.expect("every sighting has an entry"))
        .collect();
    Register { entries, of }
}

fn has_decision(family: &Family, decisions: &Decisions, key: usize) -> bool {
    decisions.one_with(&family.keys[key]).is_some()
}

/// Puts full names together.
struct Clusters<'a> {
    family: &'a Family,
    decisions: &'a Decisions,
    names: &'a [Name],
    /// The [`Name::initials`] of each: most names of a large family have none in common.
    initials: Vec<u32>,
    counts: &'a [usize],
    members: Vec<Vec<usize>>,
}

impl Clusters<'_> {
    /// Groups the full names into `members`, and returns those that agree with several persons,
    /// each with them.
    fn group(&mut self) -> Vec<(usize, Vec<usize>)> {
        let mut doubtful = Vec::new();
        let mut order: Vec<usize> = (0..self.names.len())
            .filter(|&key| {
                !self.names[key].given.is_empty() || has_decision(self.family, self.decisions, key)
            })
            .collect();
        // What says most comes first, so that a short form meets all whom it may mean.
        order.sort_by_key(|&key| {
            let given = &self.names[key].given;
            let is_written_out = given.iter().any(|name| name.chars().count() > 1);
            (
                self.decisions.one_with(&self.family.keys[key]).is_none(),
                !is_written_out,
                Reverse(given.len()),
                Reverse(self.counts[key]),
                key,
            )
        });
        for key in order {
            let homes: Vec<usize> = (0..self.members.len())
                .filter(|&cluster| self.is_home(cluster, key))
                .collect();
            match homes[..] {
                [] => self.members.push(vec![key]),
                [home] => self.members[home].push(key),
                _ => doubtful.push((key, homes)),
            }
        }
        doubtful
    }

    /// Returns whether a name may be that of a person: it agrees with every name of theirs, or, where
    /// the user said which are theirs, with one.
    fn is_home(&self, cluster: usize, key: usize) -> bool {
        let members = &self.members[cluster];
        let text = |key: usize| self.family.keys[key].as_str();
        let one = self.decisions.one_with(text(members[0]));
        let own = self.decisions.one_with(text(key));
        if own.is_some()
            || members
                .iter()
                .any(|&m| self.decisions.are_apart(text(m), text(key)))
        {
            return own.is_some() && own == one;
        }
        let agrees = |&member: &usize| {
            let (a, b) = (&self.names[member], &self.names[key]);
            let may_agree =
                self.initials[member] & self.initials[key] != 0 || a.surname != b.surname;
            may_agree && a.agrees(b)
        };
        if one.is_some() {
            members.iter().any(agrees)
        } else {
            members.iter().all(agrees)
        }
    }
}

/// Parts a person with a lifetime between two articles into two.
fn part_lives(
    family: &Family,
    sightings_of: &[Range<usize>],
    members: &mut Vec<Vec<usize>>,
    of: &mut [Option<(u32, Tier)>],
) {
    for cluster in 0..members.len() {
        let own = members[cluster].clone().into_iter();
        let own = own.flat_map(|key| sightings_of[key].clone());
        let months = own.clone().filter_map(|i| family.sightings[i].month);
        if first_and_last(months.clone()).is_none_or(|(first, last)| last - first < TWO_LIVES) {
            continue;
        }
        let mut months: Vec<i16> = months.collect();
        months.sort_unstable();
        let Some(gap) = months
            .windows(2)
            .find(|pair| pair[1] - pair[0] >= TWO_LIVES)
        else {
            continue;
        };
        // The undated go with the later life: more of its articles are likely to be here.
        members.push(members[cluster].clone());
        let earlier = members.len() - 1;
        for i in own {
            if family.sightings[i]
                .month
                .is_some_and(|month| month <= gap[0])
            {
                of[i] = Some((number(earlier), Tier::Full));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sightings::Sighting;

    /// Registers articles, each a line `month title, name; title, name`, and writes who is meant by
    /// each name, in order.
    fn shown(lines: &[&str], decisions: &str) -> String {
        let mut read = Vec::new();
        for (article, line) in (0..).zip(lines) {
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
        let register = register(&family, &decisions);
        let mut shown = vec![String::new(); read.len()];
        for (sighting, &(entry, tier)) in family.sightings.iter().zip(&register.of) {
            let name = &family.keys[register.entries[entry as usize].keys[0]];
            shown[sighting.row as usize] = match tier {
                Tier::Full => name.clone(),
                Tier::Linked => format!("→{name}"),
                Tier::Bare => format!("{name}?"),
            };
        }
        shown.join(", ")
    }

    #[test]
    fn tells_who_is_meant() {
        for (articles, expected) in [
            (
                &["1 ada holm", "1 president, holm"][..],
                "ada holm, →ada holm",
            ),
            // Nobody, or nobody near enough.
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
            // An article that names one in full means another by the surname.
            (&["1 ada holm; holm"], "ada holm, holm?"),
            // A queen has no surname.
            (&["1 ada holm", "1 queen, holm"], "ada holm, holm?"),
            // Initials go to the one whom the archive names most, or to nobody.
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
            // Two lives.
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
    fn parts_two_lives() {
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
        let register = register(&family, &Decisions::default());
        let entries: Vec<u32> = register.of.iter().map(|(entry, _)| *entry).collect();
        assert_eq!(entries, [1, 0, 0, 1]);
    }

    #[test]
    fn keeps_to_what_was_decided() {
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
    fn the_order_of_articles_is_nothing() {
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
