//! Copies: the articles of one story, of which an answer shows one.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Searcher, TantivyError};

use crate::archive::reader::Snapshot;
use crate::archive::{ArticleStories, outlets};
use crate::engine::top_hits::Ranked;
use crate::error::{Error, Result};

/// Which article of a story an answer shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Prefer {
    /// The fullest; of those that are about as full, one with a headline.
    #[default]
    Fullest,
    /// The earliest; an undated one last.
    Earliest,
    /// That of an outlet, given by its name or domain; the fullest if it has none.
    Outlet(String),
}

/// How the articles of a story are folded into one hit.
#[derive(Clone, Copy)]
pub(super) struct Folding<'a> {
    pub(super) stories: &'a ArticleStories,
    pub(super) prefer: &'a Prefer,
}

/// The copies in a result.
#[derive(Default)]
pub(super) struct Copies {
    /// The articles of each story, but for the first in the result.
    others: FxHashMap<u64, Vec<DocAddress>>,
    /// The number of articles in the result.
    pub(super) seen: usize,
}

impl Copies {
    /// Takes the copies out of a result, best first: of the articles of a story, the first stays.
    pub(super) fn take_out(stories: &ArticleStories, ranked: &mut Vec<Ranked>) -> Self {
        let seen = ranked.len();
        let mut others: FxHashMap<u64, Vec<DocAddress>> = FxHashMap::default();
        ranked.retain(|hit| {
            let Some(story) = stories.story_of(hit.address) else {
                return true;
            };
            let known = others.get_mut(&story);
            let is_first = known.is_none();
            match known {
                Some(copies) => copies.push(hit.address),
                None => _ = others.insert(story, Vec::new()),
            }
            is_first
        });
        Self { others, seen }
    }

    /// Takes the copies of some stories from all that match.
    pub(super) fn set(
        &mut self,
        stories: &ArticleStories,
        hits: &[Ranked],
        matching: &[DocAddress],
    ) {
        let hits: FxHashSet<DocAddress> = hits.iter().map(|hit| hit.address).collect();
        let mut is_new = FxHashSet::default();
        for &address in matching {
            let Some(story) = stories.story_of(address) else {
                continue;
            };
            let others = self.others.entry(story).or_default();
            if is_new.insert(story) {
                others.clear();
            }
            if !hits.contains(&address) {
                others.push(address);
            }
        }
    }

    /// Returns the copies of an article.
    pub(super) fn of(&self, stories: &ArticleStories, article: DocAddress) -> Vec<DocAddress> {
        let story = stories.story_of(article);
        let copies = story.and_then(|story| self.others.get(&story));
        copies.cloned().unwrap_or_default()
    }
}

/// Puts the preferred article of each story in the place of the one that was found first.
pub(super) fn put_preferred(
    Snapshot {
        searcher, fields, ..
    }: &Snapshot,
    stories: &ArticleStories,
    prefer: &Prefer,
    hits: &mut [Ranked],
    copies: &mut [Vec<DocAddress>],
) -> Result<()> {
    let words = |address| stories.member(address).map_or(0, |member| member.words);
    let has_headline = |address: DocAddress| -> Result<bool> {
        let reader = searcher.segment_reader(address.segment_ord);
        let lengths = reader.get_fieldnorms_reader(fields.headline)?;
        Ok(lengths.fieldnorm_id(address.doc_id) > 0)
    };
    for (hit, copies) in hits.iter_mut().zip(copies) {
        if copies.is_empty() {
            continue;
        }
        let all = || std::iter::once(hit.address).chain(copies.iter().copied());
        let fullest = all().map(words).max().unwrap_or(0);
        let rank = |address| {
            let words = words(address);
            Ok::<_, Error>(match prefer {
                // A print without a headline often has it as text, which makes it fuller.
                Prefer::Fullest => {
                    let is_about_as_full = words >= fullest - fullest / 10;
                    (
                        is_about_as_full && has_headline(address)?,
                        Reverse(0),
                        words,
                    )
                }
                Prefer::Earliest => (false, Reverse(day_of(searcher, address)?), 0),
                Prefer::Outlet(outlet) => (is_of(searcher, address, outlet)?, Reverse(0), words),
            })
        };
        // Equals are left in their order, that of the result.
        let (mut best, mut best_rank) = (hit.address, rank(hit.address)?);
        for &copy in &*copies {
            let rank = rank(copy)?;
            if rank > best_rank {
                (best, best_rank) = (copy, rank);
            }
        }
        if let Some(place) = copies.iter().position(|&copy| copy == best) {
            copies[place] = hit.address;
            hit.address = best;
        }
    }
    Ok(())
}

/// Returns the first day on which an article may have been published, the last of all if it is undated.
fn day_of(searcher: &Searcher, address: DocAddress) -> Result<u64> {
    let reader = searcher.segment_reader(address.segment_ord);
    let days = reader.fast_fields().u64("first_day")?;
    Ok(days.first(address.doc_id).unwrap_or(u64::MAX))
}

/// Returns whether an article is of an outlet.
fn is_of(searcher: &Searcher, address: DocAddress, outlet: &str) -> Result<bool> {
    let reader = searcher.segment_reader(address.segment_ord);
    let column: Option<StrColumn> = reader.fast_fields().str(outlets::COLUMN)?;
    let mut value = String::new();
    if let Some(column) = column
        && let Some(ordinal) = column.term_ords(address.doc_id).next()
    {
        let read = column.ord_to_str(ordinal, &mut value);
        read.map_err(TantivyError::from)?;
    }
    let (name, domain) = outlets::parts_of(&value);
    Ok(outlets::key_of(name) == outlets::key_of(outlet) || domain.eq_ignore_ascii_case(outlet))
}
