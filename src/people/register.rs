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
use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::decisions::Decisions;
use super::given_names;
use super::lexicon::{Flags, Lexicon};
use super::name::{Name, REGNAL};
use super::resolve::{MENS_TITLES, WOMENS_TITLES};

/// How much more the vote of an article counts that gives the person the same title.
const SAME_TITLE: f64 = 4.0;

/// How much of a vote is left where the titles of the article and those of the person differ.
const OTHER_TITLE: f64 = 0.25;

/// The vote of an article whose distance in time is not known, an article of the same month being 1.
const UNDATED: f64 = 0.1;

/// After how many months between two articles a vote is halved.
const HALVED_AFTER: f64 = 6.0;

/// The share of all votes that makes the first of several clear.
const CLEAR: f64 = 0.6;

/// The fewest votes that link a surname that many bear, as of one article some twenty months away.
const LEAST_FOR_COMMON: f64 = 0.1;

/// The fewest votes that link a surname that few bear, as of one article some three years away.
const LEAST_FOR_RARE: f64 = 0.02;

/// How many months without an article part two persons of one name: longer than anybody is in the
/// news.
const TWO_LIVES: i32 = 12 * 60;

/// Everything that the archive says of the names that share a surname.
#[derive(Clone, Debug, Default)]
pub struct Family {
    /// The keys of the names, in order.
    pub keys: Vec<String>,
    /// The titles that stand before them, each once.
    pub titles: Vec<String>,
    /// Every article's use of every name.
    pub sightings: Vec<Sighting>,
}

/// An article's use of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Which article.
    pub article: usize,
    /// Which of [`Family::keys`].
    pub key: usize,
    /// Which of [`Family::titles`].
    pub title: usize,
    /// The month of publication, counted from the year 0.
    pub month: Option<i32>,
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
    pub of: Vec<(usize, Tier)>,
}

/// Tells which person each sighting of a family means.
pub fn register(family: &Family, decisions: &Decisions) -> Register {
    let names: Vec<Name> = family.keys.iter().map(|key| Name::parse(key)).collect();
    let mut counts = vec![0_usize; names.len()];
    for sighting in &family.sightings {
        counts[sighting.key] += 1;
    }
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

    let mut of: Vec<Option<(usize, Tier)>> = vec![None; family.sightings.len()];
    let mut cluster_of: FxHashMap<usize, usize> = FxHashMap::default();
    for (cluster, keys) in members.iter().enumerate() {
        cluster_of.extend(keys.iter().map(|&key| (key, cluster)));
    }
    for (place, sighting) in of.iter_mut().zip(&family.sightings) {
        if let Some(&cluster) = cluster_of.get(&sighting.key) {
            *place = Some((cluster, Tier::Full));
        }
    }
    part_lives(family, &mut members, &mut of);

    // A short form of several persons' names, then surnames.
    let titles = Titles::read(&family.titles);
    for (key, rivals) in doubtful {
        // One person may have become two by now.
        let rivals: Vec<usize> = (0..members.len())
            .filter(|&cluster| {
                rivals
                    .iter()
                    .any(|&rival| members[cluster] == members[rival])
            })
            .collect();
        let votes = Votes::count(family, &titles, &of, &rivals);
        let decided = votes.decide_all(family, &of, key, 0.0);
        for (sighting, cluster) in &decided {
            of[*sighting] = Some((*cluster, Tier::Full));
        }
        let mut support: Vec<(usize, usize)> = rivals
            .iter()
            .map(|&rival| {
                let own = of.iter().flatten().filter(|(cluster, _)| *cluster == rival);
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
        for (place, sighting) in of.iter_mut().zip(&family.sightings) {
            if sighting.key == key && place.is_none() {
                *place = Some((home, Tier::Full));
            }
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
    let named = of.clone();
    for key in (0..names.len()).filter(|&key| is_bare(key)) {
        let bearers: Vec<usize> = (0..entries.len())
            .filter(|&entry| {
                !entries[entry].is_bare
                    && entries[entry].keys.iter().any(|&other| {
                        names[other].bears_surname_of(&names[key])
                            && !decisions.are_apart(&family.keys[other], &family.keys[key])
                    })
            })
            .collect();
        if !bearers.is_empty() {
            let votes = Votes::count(family, &titles, &named, &bearers);
            for (sighting, cluster) in votes.link_all(family, &named, key) {
                of[sighting] = Some((cluster, Tier::Linked));
            }
        }
        let home = entries.len();
        let mut is_used = false;
        for (place, sighting) in of.iter_mut().zip(&family.sightings) {
            if sighting.key == key && place.is_none() {
                *place = Some((home, Tier::Bare));
                is_used = true;
            }
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
fn part_lives(family: &Family, members: &mut Vec<Vec<usize>>, of: &mut [Option<(usize, Tier)>]) {
    let mut sightings: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    for (i, place) in of.iter().enumerate() {
        if let Some((cluster, _)) = place {
            sightings[*cluster].push(i);
        }
    }
    for (cluster, own) in sightings.iter().enumerate() {
        let mut months: Vec<i32> = own
            .iter()
            .filter_map(|&i| family.sightings[i].month)
            .collect();
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
        for &i in own {
            if family.sightings[i]
                .month
                .is_some_and(|month| month <= gap[0])
            {
                of[i] = Some((earlier, Tier::Full));
            }
        }
    }
}

/// What the titles of a family say.
struct Titles {
    read: Vec<Title>,
}

#[derive(Default)]
struct Title {
    offices: Vec<String>,
    is_man: bool,
    is_woman: bool,
    is_regnal: bool,
}

impl Titles {
    fn read(titles: &[String]) -> Self {
        let read = titles
            .iter()
            .map(|title| {
                let mut read = Title::default();
                for word in title.split_whitespace() {
                    read.is_man |= MENS_TITLES.contains(&word);
                    read.is_woman |= WOMENS_TITLES.contains(&word);
                    read.is_regnal |= REGNAL.contains(&word);
                    if !matches!(
                        word,
                        "mr" | "mrs" | "ms" | "miss" | "mme" | "madam" | "former"
                    ) {
                        read.offices.push(word.to_owned());
                    }
                }
                read
            })
            .collect();
        Self { read }
    }

    fn share_office(&self, a: usize, b: usize) -> bool {
        let other = &self.read[b].offices;
        self.read[a]
            .offices
            .iter()
            .any(|office| other.contains(office))
    }

    fn are_two_sexes(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.read[a], &self.read[b]);
        (a.is_man && b.is_woman && !a.is_woman && !b.is_man)
            || (a.is_woman && b.is_man && !a.is_man && !b.is_woman)
    }
}

/// How many articles of a month give somebody a title.
type Ballots = BTreeMap<(Option<i32>, usize), u32>;

/// The articles that vote for each of some persons.
struct Votes<'a> {
    titles: &'a Titles,
    /// By person, how many articles of a month give them a title.
    ballots: Vec<(usize, Ballots)>,
    /// The months of all articles.
    months: Range<i32>,
    /// Which articles name which of them in full.
    present: FxHashSet<(usize, usize)>,
}

impl<'a> Votes<'a> {
    fn count(
        family: &Family,
        titles: &'a Titles,
        of: &[Option<(usize, Tier)>],
        persons: &[usize],
    ) -> Self {
        let mut ballots: Vec<(usize, Ballots)> =
            persons.iter().map(|&p| (p, Ballots::new())).collect();
        let places: FxHashMap<usize, usize> = persons.iter().copied().zip(0..).collect();
        let mut present = FxHashSet::default();
        for (sighting, place) in family.sightings.iter().zip(of) {
            let Some((person, _)) = *place else { continue };
            if let Some(&at) = places.get(&person) {
                *ballots[at]
                    .1
                    .entry((sighting.month, sighting.title))
                    .or_default() += 1;
                present.insert((sighting.article, person));
            }
        }
        let months = family
            .sightings
            .iter()
            .filter_map(|sighting| sighting.month);
        let first = months.clone().min().unwrap_or(0);
        let last = months.max().unwrap_or(-1);
        Self {
            titles,
            ballots,
            months: first..last + 1,
            present,
        }
    }

    /// Returns the votes for each person by the articles that give somebody a title, month by month.
    fn votes(&self, title: usize) -> Vec<ByMonth> {
        let asked = &self.titles.read[title];
        let votes = self.ballots.iter().map(|(_, ballots)| {
            let mut votes = ByMonth::new(self.months.clone());
            let (mut titled, mut agreeing) = (0, 0);
            for (&(month, other), &articles) in ballots {
                let is_same = self.titles.share_office(title, other);
                if !self.titles.read[other].offices.is_empty() {
                    titled += articles;
                }
                if is_same {
                    agreeing += articles;
                }
                let weight = if self.titles.are_two_sexes(title, other) {
                    0.0
                } else if is_same {
                    SAME_TITLE
                } else {
                    1.0
                };
                votes.add(month, f64::from(articles) * weight);
            }
            let is_other_title = !asked.offices.is_empty() && agreeing == 0 && titled >= 3;
            votes.spread(if is_other_title { OTHER_TITLE } else { 1.0 });
            votes
        });
        votes.collect()
    }

    /// Returns which sightings of a key are clearly one person's: the votes for them are at least
    /// `least`.
    fn decide_all(
        &self,
        family: &Family,
        of: &[Option<(usize, Tier)>],
        key: usize,
        least: f64,
    ) -> Vec<(usize, usize)> {
        let mut known: FxHashMap<usize, Vec<ByMonth>> = FxHashMap::default();
        let mut decided = Vec::new();
        for (i, sighting) in family.sightings.iter().enumerate() {
            if sighting.key != key || of[i].is_some() {
                continue;
            }
            let votes = known
                .entry(sighting.title)
                .or_insert_with(|| self.votes(sighting.title));
            let votes = (self.ballots.iter().zip(votes))
                .map(|((person, _), votes)| (*person, votes.of(sighting.month)));
            // Whom the article names in full, it would not name so again without our knowing.
            let there: Vec<(usize, f64)> = votes
                .filter(|(person, _)| !self.present.contains(&(sighting.article, *person)))
                .collect();
            let total: f64 = there.iter().map(|(_, votes)| votes).sum();
            let best = there
                .iter()
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            if let Some(&(person, votes)) = best
                && votes > 0.0
                && votes >= least
                && votes >= total * CLEAR
            {
                decided.push((i, person));
            }
        }
        decided
    }

    /// Returns which sightings of a surname alone are clearly one person's.
    fn link_all(
        &self,
        family: &Family,
        of: &[Option<(usize, Tier)>],
        key: usize,
    ) -> Vec<(usize, usize)> {
        let flags = Lexicon::get().flags(&family.keys[key]);
        // Paul alone is not somebody Paul unless he is called Mr Paul.
        let is_given_name = given_names::is_listed(&family.keys[key])
            || flags.any(Flags::COMMON_GIVEN) && !flags.any(Flags::COMMON_SURNAME);
        let least = if flags.any(Flags::COMMON_SURNAME.or(Flags::COMMON_GIVEN)) {
            LEAST_FOR_COMMON
        } else {
            LEAST_FOR_RARE
        };
        let mut linked = self.decide_all(family, of, key, least);
        linked.retain(|&(i, _)| {
            let title = &self.titles.read[family.sightings[i].title];
            let is_called_by_surname = title.is_man || title.is_woman || !title.offices.is_empty();
            !title.is_regnal && (!is_given_name || is_called_by_surname)
        });
        linked
    }
}

/// The votes for a person as they count in each month.
struct ByMonth {
    months: Range<i32>,
    votes: Vec<f64>,
    undated: f64,
    all: f64,
}

impl ByMonth {
    fn new(months: Range<i32>) -> Self {
        Self {
            votes: vec![0.0; months.len()],
            months,
            undated: 0.0,
            all: 0.0,
        }
    }

    fn add(&mut self, month: Option<i32>, votes: f64) {
        self.all += votes;
        match month.and_then(|month| usize::try_from(month - self.months.start).ok()) {
            Some(at) => self.votes[at] += votes,
            None => self.undated += votes,
        }
    }

    /// Lets each vote count in all months, the less the further away, and `weight` times.
    fn spread(&mut self, weight: f64) {
        let decay = 0.5_f64.powf(1.0 / HALVED_AFTER);
        let own = self.votes.clone();
        let mut before = 0.0;
        for (sum, own) in self.votes.iter_mut().zip(&own) {
            *sum += before;
            before = (before + own) * decay;
        }
        let mut after = 0.0;
        for (sum, own) in self.votes.iter_mut().zip(&own).rev() {
            *sum += after;
            after = (after + own) * decay;
        }
        for sum in &mut self.votes {
            *sum = (*sum + self.undated * UNDATED) * weight;
        }
        self.all *= UNDATED * weight;
    }

    /// Returns the votes as they count in a month, once they are spread.
    fn of(&self, month: Option<i32>) -> f64 {
        month
            .and_then(|month| usize::try_from(month - self.months.start).ok())
            .map_or(self.all, |at| self.votes[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Registers articles, each a line `month title, name; title, name`, and writes who is meant by
    /// each name, in order.
    fn shown(lines: &[&str], decisions: &str) -> String {
        let mut family = Family::default();
        let mut read = Vec::new();
        for (article, line) in lines.iter().enumerate() {
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
        family.keys = read.iter().map(|(_, _, _, name)| name.clone()).collect();
        family.titles = read.iter().map(|(_, _, title, _)| title.clone()).collect();
        for list in [&mut family.keys, &mut family.titles] {
            list.sort();
            list.dedup();
        }
        for (article, month, title, name) in &read {
            family.sightings.push(Sighting {
                article: *article,
                key: family.keys.binary_search(name).unwrap(),
                title: family.titles.binary_search(title).unwrap(),
                month: *month,
            });
        }
        let decisions = Decisions::parse(decisions).unwrap();
        let register = register(&family, &decisions);
        let shown: Vec<String> = register
            .of
            .iter()
            .map(|&(entry, tier)| {
                let name = &family.keys[register.entries[entry].keys[0]];
                match tier {
                    Tier::Full => name.clone(),
                    Tier::Linked => format!("→{name}"),
                    Tier::Bare => format!("{name}?"),
                }
            })
            .collect();
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
            titles: vec![String::new()],
            sightings: [Some(1), Some(900), None, Some(3)]
                .into_iter()
                .enumerate()
                .map(|(article, month)| Sighting {
                    article,
                    key: 0,
                    title: 0,
                    month,
                })
                .collect(),
        };
        let register = register(&family, &Decisions::default());
        let entries: Vec<usize> = register.of.iter().map(|(entry, _)| *entry).collect();
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
