//! Which of several persons an article means that does not name one in full: the articles that do
//! vote, the more the nearer in time, and more where the titles agree.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::sightings::{Family, Tier, number};
use crate::people::given_names;
use crate::people::lexicon::{Flags, Lexicon};
use crate::people::name::REGNAL;
use crate::people::resolve::{MENS_TITLES, WOMENS_TITLES};

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

/// What the titles of a family say, each read when it is first asked for.
pub(super) struct Titles<'a> {
    texts: &'a [String],
    read: Vec<OnceCell<Title>>,
}

#[derive(Clone, Default)]
struct Title {
    offices: Vec<String>,
    is_man: bool,
    is_woman: bool,
    is_regnal: bool,
}

impl Title {
    /// Returns whether it says anything of who bears it.
    fn tells(&self) -> bool {
        !self.offices.is_empty() || self.is_man || self.is_woman
    }

    fn read(text: &str) -> Self {
        let mut title = Self::default();
        for word in text.split_whitespace() {
            title.is_man |= MENS_TITLES.contains(&word);
            title.is_woman |= WOMENS_TITLES.contains(&word);
            title.is_regnal |= REGNAL.contains(&word);
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

/// The articles that vote for each of some persons.
pub(super) struct Votes<'a> {
    titles: &'a Titles<'a>,
    candidates: Vec<Candidate>,
    /// The months of all articles.
    months: Range<i16>,
    /// Which of the articles that are to be decided name which of them in full.
    present: FxHashSet<((u32, u32), u32)>,
    /// The articles of these.
    naming: Articles,
}

/// A person who may be meant.
struct Candidate {
    person: u32,
    /// The articles that give them a title which tells something.
    titled: Vec<OfTitle>,
    /// All articles.
    all: ByMonth,
    /// The same as they count in each month.
    spread: ByMonth,
}

/// The articles that give somebody a title.
struct OfTitle {
    title: u32,
    /// How many they are in each month; those without a date come last.
    articles: Vec<u32>,
}

impl<'a> Votes<'a> {
    /// Counts what votes for each of some persons where it is to be decided whom the sightings
    /// `open` mean. Surnames that were linked to them are no votes.
    pub(super) fn count(
        family: &Family,
        titles: &'a Titles<'a>,
        of: &[Option<(u32, Tier)>],
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
        for (sighting, place) in family.sightings.iter().zip(of) {
            let Some((person, Tier::Full)) = *place else {
                continue;
            };
            if let Some(&Some(at)) = places.get(person as usize) {
                let candidate = &mut candidates[at];
                let month = place_of(sighting.month, &months);
                candidate.all.votes[month] += 1.0;
                if titles.of(sighting.title).tells() {
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

    /// Returns the votes for a person by the articles that give somebody a title, and how much each
    /// of them counts.
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
            // They are among all already, once.
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

    /// Hands to `decided` which of some sightings are clearly one person's: the votes for them are
    /// at least `least`.
    pub(super) fn decide_all(
        &self,
        family: &Family,
        open: Range<usize>,
        least: f64,
        mut decided: impl FnMut(usize, u32),
    ) {
        // Title by title, so that no more votes are held than those for one.
        let mut by_title: Vec<Vec<usize>> = vec![Vec::new(); family.titles.len()];
        for sighting in open {
            by_title[family.sightings[sighting].title as usize].push(sighting);
        }
        // What most articles of a month that give the same title mean.
        let mut usual: Vec<Option<Option<u32>>> = vec![None; self.months.len() + 1];
        for (title, open) in (0..).zip(by_title).filter(|(_, open)| !open.is_empty()) {
            let candidates = self.candidates.iter();
            let votes: Vec<_> = candidates
                .map(|candidate| self.votes(title, candidate))
                .collect();
            usual.fill(None);
            for sighting in open {
                let month = place_of(family.sightings[sighting].month, &self.months);
                let article = family.sightings[sighting].article();
                let person = if self.naming.contains(article) {
                    // Whom the article names in full, it would not name so again without our
                    // knowing.
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

    /// Returns the person who is clearly meant in a month by the votes, of those who are not there
    /// already.
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

    /// Hands to `linked` which of the sightings of a surname alone are clearly one person's.
    pub(super) fn link_all(
        &self,
        family: &Family,
        open: Range<usize>,
        key: usize,
        mut linked: impl FnMut(usize, u32),
    ) {
        let flags = Lexicon::of_names().flags(&family.keys[key]);
        // Paul alone is not somebody Paul unless he is called Mr Paul.
        let is_given_name = given_names::is_listed(&family.keys[key])
            || flags.any(Flags::COMMON_GIVEN) && !flags.any(Flags::COMMON_SURNAME);
        let least = if flags.any(Flags::COMMON_SURNAME.or(Flags::COMMON_GIVEN)) {
            LEAST_FOR_COMMON
        } else {
            LEAST_FOR_RARE
        };
        self.decide_all(family, open, least, |sighting, person| {
            let title = self.titles.of(family.sightings[sighting].title);
            let is_called_by_surname = title.is_man || title.is_woman || !title.offices.is_empty();
            if !title.is_regnal && (!is_given_name || is_called_by_surname) {
                linked(sighting, person);
            }
        });
    }
}

/// The votes for a person, month by month; those without a date come last.
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

    /// Adds the votes of articles, how many of each month, of which each counts so much.
    fn add(&mut self, articles: &[u32], weight: f64) {
        for (sum, &articles) in self.votes.iter_mut().zip(articles) {
            *sum += f64::from(articles) * weight;
        }
    }

    /// Returns the votes as they count in each month: each in all months, the less the further away.
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

/// Returns the place of a month among some that follow each other, after which come the undated.
fn place_of(month: Option<i16>, months: &Range<i16>) -> usize {
    month.map_or(months.len(), |month| {
        usize::from(month.abs_diff(months.start))
    })
}
