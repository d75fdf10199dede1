//! Resolves an ambiguous name, article by article, by votes.
//!
//! Every article that names a candidate in full votes for that person. A vote counts more the
//! nearer the two articles are in time, and four times as much where their titles agree.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::sightings::{Family, Resolved, Tier, number};
use crate::people::given_names;
use crate::people::titles::{
    MENS_TITLES, OF_BOTH_NAMES, REGNAL, TITLES_OF_GIVEN_NAMES, WOMENS_TITLES,
};
use crate::text::lexicon::{Flags, Lexicon};

/// The weight of a vote from an article with the same title.
const SAME_TITLE: f64 = 4.0;

/// The weight of the votes for a person whose titles differ from the article's.
const OTHER_TITLE: f64 = 0.25;

/// The weight of a vote where the distance in time is unknown. In the same month it is 1.
const UNDATED: f64 = 0.1;

/// The distance in time, in months, that halves a vote.
const HALVED_AFTER: f64 = 6.0;

/// The minimum share of all votes of a clear winner.
const CLEAR: f64 = 0.6;

/// The minimum votes that link a common surname: those of one article about twenty months away.
const LEAST_FOR_COMMON: f64 = 0.1;

/// The minimum votes that link a rare surname: those of one article about three years away.
const LEAST_FOR_RARE: f64 = 0.02;

/// The minimum votes that link a given name by which a person is known: those of one article about
/// eighteen months away, or of two undated ones.
const LEAST_FOR_GIVEN_NAME: f64 = 0.12;

/// The titles of a family, each parsed on first use.
pub(super) struct Titles<'a> {
    texts: &'a [String],
    read: Vec<OnceCell<Title>>,
}

#[derive(Clone, Default)]
struct Title {
    offices: Vec<String>,
    is_man: bool,
    is_woman: bool,
    /// Whether one word after the title is no surname: `Queen Ada`, `Sir Hugh`.
    is_before_given: bool,
}

impl Title {
    /// Returns whether the title distinguishes persons.
    fn is_informative(&self) -> bool {
        !self.offices.is_empty() || self.is_man || self.is_woman
    }

    fn read(text: &str) -> Self {
        let mut title = Self::default();
        for word in text.split_whitespace() {
            title.is_man |= MENS_TITLES.contains(&word);
            title.is_woman |= WOMENS_TITLES.contains(&word);
            title.is_before_given |=
                REGNAL.contains(&word) || TITLES_OF_GIVEN_NAMES.contains(&word);
            if !matches!(
                word,
                "mr" | "mrs" | "ms" | "miss" | "mme" | "madam" | "former"
            ) {
                title.offices.push(word.to_owned());
            }
        }
        title
    }
}

impl<'a> Titles<'a> {
    pub(super) fn new(texts: &'a [String]) -> Self {
        Self {
            texts,
            read: vec![OnceCell::new(); texts.len()],
        }
    }

    fn of(&self, title: u32) -> &Title {
        let at = title as usize;
        self.read[at].get_or_init(|| Title::read(&self.texts[at]))
    }

    /// Returns whether a title says that one word after it is a surname, or a whole name.
    pub(super) fn is_telling(&self, title: u32) -> bool {
        let title = self.of(title);
        title.is_informative() || title.is_before_given
    }

    /// Returns whether a title names an office whose holder is called by surname: president, not
    /// sister.
    pub(super) fn is_of_surname(&self, title: u32) -> bool {
        let title = self.of(title);
        let of_both = |office: &String| OF_BOTH_NAMES.contains(&office.as_str());
        !title.is_before_given && !title.offices.is_empty() && !title.offices.iter().any(of_both)
    }

    /// Returns whether a title names an office.
    pub(super) fn has_office(&self, title: u32) -> bool {
        !self.of(title).offices.is_empty()
    }

    /// Returns whether two titles have an office in common.
    pub(super) fn share_office(&self, a: u32, b: u32) -> bool {
        let other = &self.of(b).offices;
        (self.of(a).offices)
            .iter()
            .any(|office| other.contains(office))
    }

    /// Returns whether one title is a man's and the other a woman's.
    pub(super) fn are_two_sexes(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        (a.is_man && b.is_woman && !a.is_woman && !b.is_man)
            || (a.is_woman && b.is_man && !a.is_man && !b.is_woman)
    }
}

/// A set of articles, as a bitmap for each segment.
#[derive(Default)]
struct Articles {
    segments: Vec<Vec<u64>>,
}

impl Articles {
    fn insert(&mut self, (segment, doc): (u32, u32)) {
        let (segment, block) = (segment as usize, (doc / u64::BITS) as usize);
        if self.segments.len() <= segment {
            self.segments.resize(segment + 1, Vec::new());
        }
        let blocks = &mut self.segments[segment];
        if blocks.len() <= block {
            blocks.resize(block + 1, 0);
        }
        blocks[block] |= 1 << (doc % u64::BITS);
    }

    fn contains(&self, (segment, doc): (u32, u32)) -> bool {
        let blocks = self.segments.get(segment as usize);
        let block = blocks.and_then(|blocks| blocks.get((doc / u64::BITS) as usize));
        block.is_some_and(|block| block >> (doc % u64::BITS) & 1 == 1)
    }
}

/// The votes for each candidate.
pub(super) struct Votes<'a> {
    titles: &'a Titles<'a>,
    candidates: Vec<Candidate>,
    /// The range of months of all articles.
    months: Range<i16>,
    /// The open articles that name a candidate in full, with the candidate.
    present: FxHashSet<((u32, u32), u32)>,
    /// The articles of `present`.
    naming: Articles,
}

/// A person that the name may mean.
struct Candidate {
    person: u32,
    /// The articles by informative title.
    titled: Vec<OfTitle>,
    /// All articles by month.
    all: ByMonth,
    /// The weight of all articles in each month.
    spread: ByMonth,
}

/// The articles that give a candidate a title.
struct OfTitle {
    title: u32,
    /// The number of articles in each month; undated ones come last.
    articles: Vec<u32>,
}

impl<'a> Votes<'a> {
    /// Counts the votes for some candidates, to resolve the sightings `open`. Only full names vote,
    /// not linked surnames.
    pub(super) fn count(
        family: &Family,
        titles: &'a Titles<'a>,
        resolved: &[Option<Resolved>],
        persons: &[usize],
        open: Range<usize>,
    ) -> Self {
        let mut asked = Articles::default();
        for sighting in &family.sightings[open] {
            asked.insert(sighting.article());
        }
        let mut places: Vec<Option<usize>> = Vec::new();
        for (place, &person) in persons.iter().enumerate() {
            places.resize(places.len().max(person + 1), None);
            places[person] = Some(place);
        }
        let months = family.months();
        let candidates = persons.iter().map(|&person| Candidate {
            person: number(person),
            titled: Vec::new(),
            all: ByMonth::new(&months),
            spread: ByMonth::default(),
        });
        let mut candidates: Vec<Candidate> = candidates.collect();
        let mut titled: FxHashMap<(usize, u32), usize> = FxHashMap::default();
        let mut present = FxHashSet::default();
        let mut naming = Articles::default();
        for (sighting, resolved) in family.sightings.iter().zip(resolved) {
            let Some(Resolved {
                identity: person,
                tier: Tier::Full,
            }) = *resolved
            else {
                continue;
            };
            if let Some(&Some(at)) = places.get(person as usize) {
                let candidate = &mut candidates[at];
                let month = index_of(sighting.month, &months);
                candidate.all.votes[month] += 1.0;
                if titles.of(sighting.title).is_informative() {
                    let own = &mut candidate.titled;
                    let place = *titled.entry((at, sighting.title)).or_insert_with(|| {
                        own.push(OfTitle {
                            title: sighting.title,
                            articles: vec![0; months.len() + 1],
                        });
                        own.len() - 1
                    });
                    own[place].articles[month] += 1;
                }
                if asked.contains(sighting.article()) {
                    present.insert((sighting.article(), person));
                    naming.insert(sighting.article());
                }
            }
        }
        for candidate in &mut candidates {
            candidate.spread = candidate.all.spread();
        }
        Self {
            titles,
            candidates,
            months,
            present,
            naming,
        }
    }

    /// Returns the votes for a candidate in each month, and their weight, for an article with this
    /// title.
    fn votes<'c>(&self, title: u32, candidate: &'c Candidate) -> (Cow<'c, ByMonth>, f64) {
        let asked = self.titles.of(title);
        let mut votes = Cow::Borrowed(&candidate.all);
        let (mut titled, mut agreeing) = (0, 0);
        for OfTitle {
            title: other,
            articles,
        } in &candidate.titled
        {
            let is_same = self.titles.share_office(title, *other);
            if !self.titles.of(*other).offices.is_empty() {
                titled += articles.iter().sum::<u32>();
            }
            if is_same {
                agreeing += articles.iter().sum::<u32>();
            }
            let weight = if self.titles.are_two_sexes(title, *other) {
                0.0
            } else if is_same {
                SAME_TITLE
            } else {
                continue;
            };
            // `all` has them once already.
            votes.to_mut().add(articles, weight - 1.0);
        }
        let is_other_title = !asked.offices.is_empty() && agreeing == 0 && titled >= 3;
        let weight = if is_other_title { OTHER_TITLE } else { 1.0 };
        let votes = match votes {
            Cow::Borrowed(_) => Cow::Borrowed(&candidate.spread),
            Cow::Owned(votes) => Cow::Owned(votes.spread()),
        };
        (votes, weight)
    }

    /// Returns whether articles give a candidate offices, and none that a title names.
    fn has_only_other_offices(&self, title: u32, person: u32) -> bool {
        let mut candidates = self.candidates.iter();
        let candidate = candidates.find(|candidate| candidate.person == person);
        let others = candidate.map_or(&[][..], |candidate| &candidate.titled);
        let mut offices = others
            .iter()
            .map(|other| other.title)
            .filter(|&other| !self.titles.of(other).offices.is_empty())
            .peekable();
        !self.titles.of(title).offices.is_empty()
            && offices.peek().is_some()
            && !offices.any(|other| self.titles.share_office(title, other))
    }

    /// Calls `decided` with each open sighting that has a clear winner of at least `least` votes,
    /// and the winner.
    pub(super) fn decide_all(
        &self,
        family: &Family,
        open: Range<usize>,
        least: f64,
        mut decided: impl FnMut(usize, u32),
    ) {
        // Title by title, so that only the votes for one title are in memory.
        let mut by_title: Vec<Vec<usize>> = vec![Vec::new(); family.titles.len()];
        for sighting in open {
            by_title[family.sightings[sighting].title as usize].push(sighting);
        }
        // The result for each month, where the article names no candidate in full.
        let mut usual: Vec<Option<Option<u32>>> = vec![None; self.months.len() + 1];
        for (title, open) in (0..).zip(by_title).filter(|(_, open)| !open.is_empty()) {
            let candidates = self.candidates.iter();
            let votes: Vec<_> = candidates
                .map(|candidate| self.votes(title, candidate))
                .collect();
            usual.fill(None);
            for sighting in open {
                let month = index_of(family.sightings[sighting].month, &self.months);
                let article = family.sightings[sighting].article();
                let person = if self.naming.contains(article) {
                    // Within an article, names are resolved already: one that is left over is not
                    // that of a candidate whom the article names in full.
                    let is_there = |person| self.present.contains(&(article, person));
                    self.decide(&votes, month, least, is_there)
                } else {
                    *usual[month]
                        .get_or_insert_with(|| self.decide(&votes, month, least, |_| false))
                };
                if let Some(person) = person {
                    decided(sighting, person);
                }
            }
        }
    }

    /// Returns the clear winner of the votes in a month, if any. Candidates for whom `is_there`
    /// holds are left out.
    fn decide(
        &self,
        votes: &[(Cow<'_, ByMonth>, f64)],
        month: usize,
        least: f64,
        is_there: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let mut best: Option<(f64, u32)> = None;
        let mut total = 0.0;
        for (candidate, (votes, weight)) in self.candidates.iter().zip(votes) {
            if is_there(candidate.person) {
                continue;
            }
            let votes = votes.votes[month] * weight;
            total += votes;
            if best.is_none_or(|(most, _)| votes > most) {
                best = Some((votes, candidate.person));
            }
        }
        let (votes, person) = best?;
        (votes > 0.0 && votes >= least && votes >= total * CLEAR).then_some(person)
    }

    /// Calls `linked` with each open sighting of one word alone that has a clear winner, and the
    /// winner. `is_surname` is false for a given name by which a person is known.
    pub(super) fn link_all(
        &self,
        family: &Family,
        open: Range<usize>,
        key: usize,
        is_surname: bool,
        mut linked: impl FnMut(usize, u32),
    ) {
        let flags = Lexicon::of_names().flags(&family.keys[key]);
        // A given name such as Paul is a surname only after a title.
        let is_given_name = is_surname && is_given_name(&family.keys[key]);
        let is_common = is_surname && flags.any(Flags::COMMON_SURNAME.or(Flags::COMMON_GIVEN));
        let least = if !is_surname {
            LEAST_FOR_GIVEN_NAME
        } else if is_common {
            LEAST_FOR_COMMON
        } else {
            LEAST_FOR_RARE
        };
        self.decide_all(family, open, least, |sighting, person| {
            let number = family.sightings[sighting].title;
            let title = self.titles.of(number);
            let is_called_by_surname = title.is_man || title.is_woman || !title.offices.is_empty();
            let is_other = is_common && self.has_only_other_offices(number, person);
            if !title.is_before_given && !is_other && (!is_given_name || is_called_by_surname) {
                linked(sighting, person);
            }
        });
    }
}

/// Returns whether a name of one word is rather a given name than a surname.
pub(super) fn is_given_name(key: &str) -> bool {
    let flags = Lexicon::of_names().flags(key);
    given_names::is_listed(key)
        || flags.any(Flags::COMMON_GIVEN) && !flags.any(Flags::COMMON_SURNAME)
}

/// The votes for a candidate in each month; undated ones come last.
#[derive(Clone, Default)]
struct ByMonth {
    votes: Vec<f64>,
}

impl ByMonth {
    fn new(months: &Range<i16>) -> Self {
        Self {
            votes: vec![0.0; months.len() + 1],
        }
    }

    /// Adds numbers of articles by month, each article with a weight.
    fn add(&mut self, articles: &[u32], weight: f64) {
        for (sum, &articles) in self.votes.iter_mut().zip(articles) {
            *sum += f64::from(articles) * weight;
        }
    }

    /// Returns the weight of the votes in each month: every vote counts in all months, less the
    /// further away.
    fn spread(&self) -> Self {
        let decay = 0.5_f64.powf(1.0 / HALVED_AFTER);
        let mut spread = self.clone();
        let (Some((to_undated, sums)), Some((undated, votes))) =
            (spread.votes.split_last_mut(), self.votes.split_last())
        else {
            return spread;
        };
        *to_undated = self.votes.iter().sum::<f64>() * UNDATED;
        let mut before = 0.0;
        for (sum, own) in sums.iter_mut().zip(votes) {
            *sum += before;
            before = (before + own) * decay;
        }
        let mut after = 0.0;
        for (sum, own) in sums.iter_mut().zip(votes).rev() {
            *sum = *sum + after + undated * UNDATED;
            after = (after + own) * decay;
        }
        spread
    }
}

/// Returns the index of a month in a range of months; undated articles come after the last.
fn index_of(month: Option<i16>, months: &Range<i16>) -> usize {
    month.map_or(months.len(), |month| {
        usize::from(month.abs_diff(months.start))
    })
}
