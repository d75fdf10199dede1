//! Which of several persons an article means that does not name one in full: the articles that do
//! vote, the more the nearer in time, and more where the titles agree.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::given_names;
use super::lexicon::{Flags, Lexicon};
use super::name::REGNAL;
use super::register::{Family, Sighting, Tier, number};
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

/// What the titles of a family say.
pub(super) struct Titles {
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
    pub(super) fn read(titles: &[String]) -> Self {
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

    fn of(&self, title: u32) -> &Title {
        &self.read[title as usize]
    }

    fn share_office(&self, a: u32, b: u32) -> bool {
        let other = &self.of(b).offices;
        (self.of(a).offices)
            .iter()
            .any(|office| other.contains(office))
    }

    fn are_two_sexes(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        (a.is_man && b.is_woman && !a.is_woman && !b.is_man)
            || (a.is_woman && b.is_man && !a.is_man && !b.is_woman)
    }
}

/// A set of articles: a bit for each document of each segment.
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

/// How many articles of a month give somebody a title.
type Ballots = FxHashMap<(Option<i16>, u32), u32>;

/// The articles that vote for each of some persons.
pub(super) struct Votes<'a> {
    titles: &'a Titles,
    /// By person, how many articles of a month give them a title.
    ballots: Vec<(usize, Ballots)>,
    /// The months of all articles.
    months: Range<i16>,
    /// Which of the articles that are to be decided name which of them in full.
    present: FxHashSet<((u32, u32), u32)>,
    /// The articles of these.
    naming: Articles,
}

impl<'a> Votes<'a> {
    /// Counts what votes for each of some persons where it is to be decided whom the sightings
    /// `open` mean.
    pub(super) fn count(
        family: &Family,
        titles: &'a Titles,
        of: &[Option<(u32, Tier)>],
        persons: &[usize],
        open: &[usize],
    ) -> Self {
        let mut asked = Articles::default();
        for &sighting in open {
            asked.insert(family.sightings[sighting].article());
        }
        let mut ballots: Vec<(usize, Ballots)> =
            persons.iter().map(|&p| (p, Ballots::default())).collect();
        let mut places: Vec<Option<usize>> = Vec::new();
        for (place, &person) in persons.iter().enumerate() {
            places.resize(places.len().max(person + 1), None);
            places[person] = Some(place);
        }
        let mut present = FxHashSet::default();
        let mut naming = Articles::default();
        for (sighting, place) in family.sightings.iter().zip(of) {
            let Some((person, _)) = *place else { continue };
            if let Some(&Some(at)) = places.get(person as usize) {
                *ballots[at]
                    .1
                    .entry((sighting.month, sighting.title))
                    .or_default() += 1;
                if asked.contains(sighting.article()) {
                    present.insert((sighting.article(), person));
                    naming.insert(sighting.article());
                }
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
            naming,
        }
    }

    /// Returns the votes for each person by the articles that give somebody a title, month by month.
    fn votes(&self, title: u32) -> Vec<ByMonth> {
        let asked = self.titles.of(title);
        let votes = self.ballots.iter().map(|(_, ballots)| {
            let mut votes = ByMonth::new(self.months.clone());
            let (mut titled, mut agreeing) = (0, 0);
            #[allow(
                clippy::iter_over_hash_type,
                reason = "whole numbers are added up: their order is nothing"
            )]
            for (&(month, other), &articles) in ballots {
                let is_same = self.titles.share_office(title, other);
                if !self.titles.of(other).offices.is_empty() {
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

    /// Returns which of some sightings are clearly one person's: the votes for them are at least
    /// `least`.
    pub(super) fn decide_all(
        &self,
        family: &Family,
        open: &[usize],
        least: f64,
    ) -> Vec<(usize, u32)> {
        let mut votes: FxHashMap<u32, Vec<ByMonth>> = FxHashMap::default();
        // What most articles of a month that give the same title mean.
        let mut usual: FxHashMap<(u32, Option<i16>), Option<u32>> = FxHashMap::default();
        let mut decided = Vec::new();
        for &i in open {
            let Sighting { title, month, .. } = family.sightings[i];
            let article = family.sightings[i].article();
            let mut decide = || {
                let votes = votes.entry(title).or_insert_with(|| self.votes(title));
                self.decide(votes, month, article, least)
            };
            let person = if self.naming.contains(article) {
                decide()
            } else {
                *usual.entry((title, month)).or_insert_with(decide)
            };
            decided.extend(person.map(|person| (i, person)));
        }
        decided
    }

    /// Returns the person whom an article of a month clearly means by the votes.
    fn decide(
        &self,
        votes: &[ByMonth],
        month: Option<i16>,
        article: (u32, u32),
        least: f64,
    ) -> Option<u32> {
        let votes = (self.ballots.iter().zip(votes))
            .map(|((person, _), votes)| (number(*person), votes.of(month)));
        // Whom the article names in full, it would not name so again without our knowing.
        let there: Vec<(u32, f64)> = votes
            .filter(|(person, _)| !self.present.contains(&(article, *person)))
            .collect();
        let total: f64 = there.iter().map(|(_, votes)| votes).sum();
        let best = there
            .iter()
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let &(person, votes) = best?;
        (votes > 0.0 && votes >= least && votes >= total * CLEAR).then_some(person)
    }

    /// Returns which of the sightings of a surname alone are clearly one person's.
    pub(super) fn link_all(
        &self,
        family: &Family,
        open: &[usize],
        key: usize,
    ) -> Vec<(usize, u32)> {
        let flags = Lexicon::of_names().flags(&family.keys[key]);
        // Paul alone is not somebody Paul unless he is called Mr Paul.
        let is_given_name = given_names::is_listed(&family.keys[key])
            || flags.any(Flags::COMMON_GIVEN) && !flags.any(Flags::COMMON_SURNAME);
        let least = if flags.any(Flags::COMMON_SURNAME.or(Flags::COMMON_GIVEN)) {
            LEAST_FOR_COMMON
        } else {
            LEAST_FOR_RARE
        };
        let mut linked = self.decide_all(family, open, least);
        linked.retain(|&(i, _)| {
            let title = self.titles.of(family.sightings[i].title);
            let is_called_by_surname = title.is_man || title.is_woman || !title.offices.is_empty();
            !title.is_regnal && (!is_given_name || is_called_by_surname)
        });
        linked
    }
}

/// The votes for a person as they count in each month.
struct ByMonth {
    months: Range<i16>,
    votes: Vec<f64>,
    undated: f64,
    all: f64,
}

impl ByMonth {
    fn new(months: Range<i16>) -> Self {
        Self {
            votes: vec![0.0; months.len()],
            months,
            undated: 0.0,
            all: 0.0,
        }
    }

    fn add(&mut self, month: Option<i16>, votes: f64) {
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
    fn of(&self, month: Option<i16>) -> f64 {
        month
            .and_then(|month| usize::try_from(month - self.months.start).ok())
            .map_or(self.all, |at| self.votes[at])
    }
}
