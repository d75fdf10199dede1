//! Tells the articles that name a person by a shorter form from those of a namesake: `George Carter`
//! of 1989 is not `George W. Carter` of 2003, but `John Holm` of 2018 is `John R. Holm` of 2005.
//!
//! One score decides, the sum of what speaks for one person and against (see [`Evidence`]). Articles
//! near each other in time are decided together, the nearest to the fuller name first: those that
//! are the person's lead on to others further away.

use std::collections::BTreeSet;

use super::full_names::FamilyNames;
use super::sightings::{Company, ReadCompany};
use super::votes::Titles;
use crate::error::Result;
use crate::people::surname_frequency::frequency;

/// The gap between two articles, in months, that parts the articles of a short form into runs, which
/// are decided one by one.
const RUN_GAP: i16 = 24;

/// The most articles of each side whose company is read, the nearest in time.
const MOST_COMPANY: usize = 50;

/// What speaks for one person, or against, where a run of articles has a short form of a name and
/// others a fuller one. The score is a sum of points; below zero they are two persons.
struct Evidence {
    /// How frequent the surname is; 0 for a rare one.
    frequency: f64,
    /// The years between the nearest articles.
    years: f64,
    /// The years by which the short form comes before all of the fuller one: an initial is added to
    /// tell a person from an earlier namesake, and left out once the person is known.
    years_before: f64,
    /// Whether titles on both sides name an office, and whether one is the same.
    same_office: Option<bool>,
    /// Whether the titles are of a man and a woman.
    are_two_sexes: bool,
    company: Likeness,
}

/// The share of what two sides have in common, of 1; `None` where a side has none.
#[derive(Default)]
struct Likeness {
    persons: Option<f64>,
    outlets: Option<f64>,
    languages: Option<f64>,
}

impl Evidence {
    /// The points where nothing else is known.
    const BASE: f64 = 2.5;
    /// Those added for a rare surname.
    const RARE: f64 = 3.0;
    /// The years that take a point.
    const YEARS_A_POINT: f64 = 8.0;
    /// The most that years before the fuller name take, from ten years on.
    const BEFORE: f64 = 1.5;
    /// The years after which an office says half as much, since it passes to others.
    const OFFICE_HALVED: f64 = 5.0;
    /// The most points that company adds.
    const MOST_COMPANY: f64 = 1.5 + 0.3;
    /// The most points that company takes.
    const LEAST_COMPANY: f64 = -0.5 - 0.3 - 0.5;

    /// Returns the score without the company.
    fn without_company(&self) -> f64 {
        let rarity = if self.frequency > 0.0 {
            -self.frequency.log10()
        } else {
            Self::RARE
        };
        let office = match self.same_office {
            Some(true) => 2.0,
            Some(false) => -0.75,
            None => 0.0,
        };
        let sexes = if self.are_two_sexes { -10.0 } else { 0.0 };
        Self::BASE + rarity + sexes
            - self.years / Self::YEARS_A_POINT
            - Self::BEFORE * (self.years_before / 10.0).min(1.0)
            + office * 0.5_f64.powf(self.years / Self::OFFICE_HALVED)
    }

    /// Returns the points for company, language and outlet.
    fn of_company(&self) -> f64 {
        let points = |share: Option<f64>, without: f64, with: f64| match share {
            Some(share) if share > 0.0 => with * share,
            Some(_) => without,
            None => 0.0,
        };
        points(self.company.persons, -0.5, 1.5)
            + points(self.company.outlets, -0.3, 0.3)
            + points(self.company.languages, -0.5, 0.0)
    }
}

/// Articles that are decided on together.
#[derive(Clone, Default)]
struct Side {
    /// The months of the articles in order, each with the index of the sighting.
    dated: Vec<(i16, usize)>,
}

impl Side {
    fn first(&self) -> i16 {
        self.dated.first().map_or(i16::MAX, |own| own.0)
    }

    fn last(&self) -> i16 {
        self.dated.last().map_or(i16::MIN, |own| own.0)
    }

    /// Returns the months between the nearest articles of two sides. `run` has no gap that an
    /// article of this side could lie in.
    fn months_to(&self, run: &Self) -> i16 {
        let next = self.dated.partition_point(|own| own.0 < run.first());
        let after = self.dated.get(next).map(|own| own.0 - run.last());
        let before = next.checked_sub(1).map(|at| run.first() - self.dated[at].0);
        let gaps = [after, before].into_iter().flatten();
        gaps.min().map_or(i16::MAX, |gap| gap.max(0))
    }

    /// Returns the sightings nearest in time to a run.
    fn nearest(&self, run: &Self) -> Vec<usize> {
        let from = self.dated.partition_point(|own| own.0 < run.first());
        let to = self.dated.partition_point(|own| own.0 <= run.last());
        let more = MOST_COMPANY.saturating_sub(to - from) / 2;
        let near = from.saturating_sub(more)..self.dated.len().min(to + more);
        let near = self.dated[near].iter().take(MOST_COMPANY);
        near.map(|own| own.1).collect()
    }

    fn add(&mut self, run: Self) {
        self.dated.extend(run.dated);
        self.dated.sort_unstable();
    }
}

/// Parts the articles of one person.
pub(super) struct ShortForms<'a> {
    pub(super) names: &'a FamilyNames<'a>,
    pub(super) titles: &'a Titles<'a>,
    pub(super) company: &'a ReadCompany<'a>,
}

impl ShortForms<'_> {
    /// Returns whether a person with these keys has a shorter form of the name, which may be a namesake's.
    pub(super) fn may_have_namesakes(&self, keys: &[usize]) -> bool {
        let details = || keys.iter().map(|&key| self.names.details(key));
        details().min() < details().max() && !self.names.are_decided(keys)
    }

    /// Returns the sightings of each namesake of a person with these keys, of which one is shorter than
    /// another. `own` are the sightings of the person.
    pub(super) fn namesakes(&self, keys: &[usize], own: &[usize]) -> Result<Vec<Vec<usize>>> {
        let names = self.names;
        let most = keys.iter().map(|&key| names.details(key)).max();
        let is_short = |key: usize| Some(names.details(key)) < most;
        let sightings = &names.family.sightings;
        let mut dated: Vec<(i16, usize)> = (own.iter())
            .filter_map(|&at| Some((sightings[at].month?, at)))
            .collect();
        dated.sort_unstable();
        let (short, full): (Vec<_>, Vec<_>) =
            (dated.into_iter()).partition(|&(_, at)| is_short(sightings[at].key as usize));
        let full = Side { dated: full };
        if full.dated.is_empty() {
            return Ok(Vec::new());
        }
        let runs = short.chunk_by(|a, b| b.0 - a.0 <= RUN_GAP);
        let mut runs: Vec<Side> = runs
            .map(|run| Side {
                dated: run.to_vec(),
            })
            .collect();
        let start = full.first();
        self.gather(keys[0], full, Some(start), &mut runs)?;
        let mut namesakes = Vec::new();
        while !runs.is_empty() {
            let first = runs.remove(0);
            let all = self.gather(keys[0], first, None, &mut runs)?;
            namesakes.push(all.dated.into_iter().map(|own| own.1).collect());
        }
        Ok(namesakes)
    }

    /// Moves the runs that are one person with a side to it, the nearest first. `start` is the month
    /// of the first article with the fuller name.
    fn gather(
        &self,
        key: usize,
        mut side: Side,
        start: Option<i16>,
        runs: &mut Vec<Side>,
    ) -> Result<Side> {
        loop {
            runs.sort_by_key(|run| (side.months_to(run), run.first()));
            let mut found = None;
            for (at, run) in runs.iter().enumerate() {
                if self.is_one_person(key, &side, run, start)? {
                    found = Some(at);
                    break;
                }
            }
            let Some(at) = found else {
                return Ok(side);
            };
            side.add(runs.remove(at));
        }
    }

    /// Returns whether the score of a run is not below zero.
    fn is_one_person(
        &self,
        key: usize,
        side: &Side,
        run: &Side,
        start: Option<i16>,
    ) -> Result<bool> {
        let years = |months: i16| f64::from(months) / 12.0;
        let before = start.map_or(0, |start| (start - run.last()).max(0));
        let (near, own) = (side.nearest(run), run.nearest(run));
        let mut evidence = Evidence {
            frequency: self.frequency(key),
            years: years(side.months_to(run)),
            years_before: years(before),
            same_office: self.same_office(&near, &own),
            are_two_sexes: self.are_two_sexes(&near, &own),
            company: Likeness::default(),
        };
        let score = evidence.without_company();
        if score + Evidence::LEAST_COMPANY >= 0.0 || score + Evidence::MOST_COMPANY < 0.0 {
            return Ok(score >= 0.0);
        }
        let read = |at: &[usize]| {
            let sightings = &self.names.family.sightings;
            let sightings: Vec<_> = at.iter().map(|&at| sightings[at]).collect();
            (self.company)(&sightings)
        };
        evidence.company = Likeness::of(&read(&near)?, &read(&own)?);
        Ok(score + evidence.of_company() >= 0.0)
    }

    /// Returns how frequent the surname of a key is; 0 for a rare one.
    fn frequency(&self, key: usize) -> f64 {
        if !self.names.is_common(key) {
            return 0.0;
        }
        let words = self.names.names[key].surname.iter();
        words.map(|word| frequency(word)).fold(f64::MAX, f64::min)
    }

    fn same_office(&self, a: &[usize], b: &[usize]) -> Option<bool> {
        let offices = |side: &[usize]| -> BTreeSet<u32> {
            let titles = side.iter().map(|&at| self.names.family.sightings[at].title);
            titles
                .filter(|&title| self.titles.has_office(title))
                .collect()
        };
        let (a, b) = (offices(a), offices(b));
        let mut shared = a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b)));
        (!a.is_empty() && !b.is_empty())
            .then(|| shared.any(|(a, b)| self.titles.share_office(a, b)))
    }

    fn are_two_sexes(&self, a: &[usize], b: &[usize]) -> bool {
        let titles = |side: &[usize]| -> BTreeSet<u32> {
            (side.iter())
                .map(|&at| self.names.family.sightings[at].title)
                .collect()
        };
        let (a, b) = (titles(a), titles(b));
        a.iter()
            .any(|&a| b.iter().any(|&b| self.titles.are_two_sexes(a, b)))
    }
}

impl Likeness {
    fn of(a: &Company, b: &Company) -> Self {
        Self {
            persons: shared(&a.persons, &b.persons),
            outlets: shared(&a.outlets, &b.outlets),
            languages: shared(&a.languages, &b.languages),
        }
    }
}

/// Returns the share that two sets have in common, of the smaller one.
fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Option<f64> {
    let least = a.len().min(b.len());
    let share = |common: usize| common as f64 / least as f64;
    (least > 0).then(|| share(a.intersection(b).count()))
}
