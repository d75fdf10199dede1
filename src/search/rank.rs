//! Ranking: the matches of a plan, their scores and their order.
//!
//! Every match is scored by BM25F over headline and body while the postings are read, so that the
//! number of matches is exact. The best 200 are then scored again with the proximity of the query's
//! words and with the words of the lead.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicU32, AtomicUsize};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Searcher};

use super::bm25f::{Bm25f, WEIGHTS, Weights};
use super::boosts::Boosts;
use super::copies::{Copies, Folding, Prefer, put_preferred};
use super::matches::{STEPS_A_LOOKUP, Scoring, SegmentMatches, Sink};
use super::order::{Sort, SortKeys};
use super::proximity::add_proximity;
use super::recency::{Recency, newest_day};
use super::salience::Salience;
use crate::archive::reader::Snapshot;
use crate::engine::slices;
use crate::engine::slices::Slice;
use crate::engine::top_hits::{Ranked, TopHits, by_rank};
use crate::error::Result;
use crate::query::plan::{Plan, Shape};

/// The first matches of a plan in order.
#[derive(Default)]
pub(super) struct Ranking {
    /// The first matches; those that are sorted by date have scores of 0.
    pub(super) hits: Vec<Ranked>,
    /// For each of these, the other matches of its story, if they were taken out.
    pub(super) copies: Vec<Vec<DocAddress>>,
    /// The number of all matches.
    pub(super) total: usize,
    /// The story of each of these, if copies were taken out and it has words.
    pub(super) stories: Vec<Option<u64>>,
    /// The number of stories of all matches, if it is known.
    pub(super) all_stories: Option<usize>,
}

/// How matches are put in order.
#[derive(Clone, Copy)]
pub(super) struct Order<'a> {
    pub(super) sort: Sort,
    pub(super) weights: &'a Weights,
    /// How the articles of a story are folded into one, if they are.
    pub(super) folding: Option<Folding<'a>>,
}

impl Order<'_> {
    /// Returns the order of the matches of a plan. Without words all scores are equal: the newest come
    /// first.
    pub(super) fn sort_of(&self, plan: &Plan) -> Sort {
        match self.sort {
            Sort::Relevance if plan.words.is_empty() => Sort::Newest,
            sort => sort,
        }
    }

    /// Best first, every article for itself.
    pub(super) const BEST: Order<'static> = Order {
        sort: Sort::Relevance,
        weights: &WEIGHTS,
        folding: None,
    };
}

/// By how much more matches are kept if those that were kept have too few different texts.
const MORE_KEPT: usize = 8;

/// Returns the first `limit` matches in order, and the number of all.
pub(super) fn rank(
    snapshot: &Snapshot,
    plan: &Plan,
    order: Order<'_>,
    limit: usize,
) -> Result<Ranking> {
    let weights = order.weights;
    let sort = order.sort_of(plan);
    let is_scored = sort == Sort::Relevance;
    let is_reranked = is_scored && weights.reranked > 0;
    let bm25f = Bm25f::new(snapshot, plan, weights)?;
    let mut pass = FirstPass::new(snapshot, plan, &bm25f, (sort, weights))?;
    let folding = order.folding.filter(|_| limit > 0);
    if folding.is_some() {
        pass.noted = Some(Mutex::default());
    }
    let kept = if is_reranked { weights.reranked } else { 0 };
    let (mut hits, total) = pass.best(limit.max(kept))?;
    let noted = pass.noted.take();
    let Some(folding) = folding else {
        let reranked = hits.len().min(weights.reranked);
        if is_reranked {
            add_proximity(&snapshot.searcher, plan, &bm25f, &mut hits[..reranked])?;
        }
        hits.truncate(limit);
        clear_scores(&mut hits, is_scored);
        return Ok(Ranking {
            copies: vec![Vec::new(); hits.len()],
            stories: vec![None; hits.len()],
            hits,
            total,
            all_stories: None,
        });
    };
    let stories = folding.stories;
    // The hits after these keep their order, so that pages of a result fit together.
    let last_reranked = hits[..hits.len().min(weights.reranked)].last().copied();
    let mut copies = Copies::take_out(stories, &mut hits);
    while hits.len() < limit && copies.seen < total {
        let kept = copies.seen.saturating_mul(MORE_KEPT).min(total);
        hits = pass.best(kept)?.0;
        copies = Copies::take_out(stories, &mut hits);
    }
    let is_first = |hit: &Ranked| last_reranked.is_some_and(|last| by_rank(hit, &last).is_le());
    let reranked = hits.partition_point(is_first);
    let all_stories = match noted {
        _ if copies.seen == total => Some(hits.len()),
        Some(noted) if total <= COUNTED => {
            let noted = noted.into_inner().unwrap_or_else(PoisonError::into_inner);
            Some(stories.count(noted.into_iter()))
        }
        _ => None,
    };
    if is_reranked {
        add_proximity(&snapshot.searcher, plan, &bm25f, &mut hits[..reranked])?;
    }
    hits.truncate(limit);
    clear_scores(&mut hits, is_scored);
    if copies.seen < total {
        let shown = hits.iter().filter_map(|hit| stories.story_of(hit.address));
        let shown: FxHashSet<u64> = shown.filter(|&story| stories.has_copies(story)).collect();
        if !shown.is_empty() {
            let matching = pass.matching_of(&stories.articles_of(&shown))?;
            copies.set(stories, &hits, &matching);
        }
    }
    let mut of_hits: Vec<Vec<DocAddress>> = hits
        .iter()
        .map(|hit| copies.of(stories, hit.address))
        .collect();
    // In an order of dates, the first of a story by date stands for it.
    if is_scored || *folding.prefer != Prefer::Fullest {
        put_preferred(snapshot, stories, folding.prefer, &mut hits, &mut of_hits)?;
    }
    Ok(Ranking {
        copies: of_hits,
        stories: (hits.iter())
            .map(|hit| stories.story_of(hit.address))
            .collect(),
        hits,
        total,
        all_stories,
    })
}

/// The most matches whose stories are all counted. So many are noted in the first pass, whatever their
/// scores: to find the stories of more takes as long as the search.
const COUNTED: usize = 500;

/// Takes the scores of hits that are sorted by date away: they are dates.
fn clear_scores(hits: &mut [Ranked], is_scored: bool) {
    if !is_scored {
        for hit in hits {
            hit.score = 0.0;
        }
    }
}

/// The first pass over the matches: all are counted, and the k best kept.
pub(super) struct FirstPass<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    bm25f: &'a Bm25f,
    sort: Sort,
    newest: Option<f32>,
    /// The bits of the highest k-th best score of any slice. A score below one slice's k-th best
    /// cannot be among the global top k. The bits of scores that are not negative are in the order
    /// of the scores.
    threshold: AtomicU32,
    /// The first matches, one more than are [`COUNTED`], if they are wanted.
    noted: Option<Mutex<Vec<DocAddress>>>,
    /// The number of these.
    offered: AtomicUsize,
}

impl<'a> FirstPass<'a> {
    /// Returns a pass over the matches of a plan, in an order.
    pub(super) fn new(
        snapshot: &'a Snapshot,
        plan: &'a Plan,
        bm25f: &'a Bm25f,
        (sort, weights): (Sort, &Weights),
    ) -> Result<Self> {
        Ok(Self {
            snapshot,
            plan,
            bm25f,
            sort,
            newest: newest_day(&snapshot.searcher, weights)?,
            threshold: AtomicU32::new(0),
            noted: None,
            offered: AtomicUsize::new(0),
        })
    }

    /// Calls `each` with every match and the key that it is ordered by, highest first.
    pub(super) fn each(&self, each: &mut dyn FnMut(f32, DocAddress)) -> Result<()> {
        for slice in slices::whole(&self.snapshot.searcher) {
            self.run(&slice, |score, address, _| {
                each(score, address);
                f32::MIN
            })?;
        }
        Ok(())
    }

    /// Returns the k best matches, best first, and the number of all.
    fn best(&mut self, k: usize) -> Result<(Vec<Ranked>, usize)> {
        *self.threshold.get_mut() = 0;
        let searcher = &self.snapshot.searcher;
        let is_heavy = postings_read(searcher, self.plan, self.bm25f) > slices::WORTH_A_THREAD;
        let (cores, slices) = if is_heavy {
            (Cores::All, slices::for_all_cores(searcher))
        } else {
            (Cores::One, slices::whole(searcher))
        };
        let is_scored = self.sort == Sort::Relevance;
        let run = |slice: &Slice, top: &mut TopHits| {
            self.run(slice, |score, address, order| {
                top.offer(score, || Ranked {
                    score,
                    order: order.first(address.doc_id).unwrap_or(u64::MAX),
                    address,
                });
                if self.note(address) || !is_scored {
                    return f32::MIN;
                }
                let own = top.threshold().max(0.0).to_bits();
                let known = self.threshold.fetch_max(own, Relaxed);
                f32::from_bits(known.max(own))
            })
        };
        let (top, total) = over_slices(&slices, cores, k, &run)?;
        Ok((top.into_sorted(), total))
    }

    /// Notes a match while there are few, and returns whether there are: then every match is wanted.
    fn note(&self, address: DocAddress) -> bool {
        let Some(noted) = &self.noted else {
            return false;
        };
        if self.offered.load(Relaxed) > COUNTED {
            return false;
        }
        self.offered.fetch_add(1, Relaxed);
        let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.push(address);
        noted.len() <= COUNTED
    }

    /// Returns those of some articles, in order, that match.
    pub(super) fn matching_of(&self, articles: &[DocAddress]) -> Result<Vec<DocAddress>> {
        let mut matching = Vec::new();
        for of_segment in articles.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let segment = of_segment[0].segment_ord;
            let searcher = &self.snapshot.searcher;
            let mut matches = SegmentMatches::open(searcher, segment, self.plan, self.bm25f)?;
            matching.extend(
                of_segment
                    .iter()
                    .filter(|address| matches.has(address.doc_id)),
            );
        }
        Ok(matching)
    }

    /// Offers the matches of a slice, each with its key and the column of the order of equals, and
    /// returns their number. `offer` returns the key below which no match is wanted.
    fn run(
        &self,
        slice: &Slice,
        mut offer: impl FnMut(f32, DocAddress, &Column<u64>) -> f32,
    ) -> Result<usize> {
        let segment = segment_ord(slice.segment);
        let searcher = &self.snapshot.searcher;
        let reader = searcher.segment_reader(segment);
        let mut matches = SegmentMatches::open(searcher, segment, self.plan, self.bm25f)?;
        let order = reader.fast_fields().u64("order")?;
        let keys = SortKeys::open(reader, self.sort)?;
        let is_scored = self.sort == Sort::Relevance;
        let scoring = if is_scored {
            let weights = &self.bm25f.weights;
            Some(Scoring {
                boosts: Boosts {
                    salience: Salience::new(slice.segment, slice.docs.start, self.plan, weights),
                    recency: Recency::open(reader, self.newest, self.bm25f)?,
                },
                threshold: f32::from_bits(self.threshold.load(Relaxed)),
            })
        } else {
            None
        };
        let mut on_match = |doc: DocId, score: f32| {
            let address = DocAddress::new(segment, doc);
            offer(keys.of(doc, score), address, &order)
        };
        let sink = Sink {
            scoring,
            on_match: &mut on_match,
        };
        Ok(matches.run(slice.docs.clone(), sink))
    }
}

/// Returns all matches as a list for each segment, in the order of their document numbers.
pub(super) fn all_matches(snapshot: &Snapshot, plan: &Plan) -> Result<Vec<Vec<DocId>>> {
    let mut all = vec![Vec::new(); snapshot.searcher.segment_readers().len()];
    each_match(snapshot, plan, &mut |address| {
        all[address.segment_ord as usize].push(address.doc_id);
    })?;
    Ok(all)
}

/// Calls `each` with all matches, in the order of their document numbers.
fn each_match(snapshot: &Snapshot, plan: &Plan, each: &mut dyn FnMut(DocAddress)) -> Result<()> {
    let bm25f = Bm25f::new(snapshot, plan, &WEIGHTS)?;
    let searcher = &snapshot.searcher;
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let mut matches = SegmentMatches::open(searcher, segment, plan, &bm25f)?;
        let sink = Sink {
            scoring: None,
            on_match: &mut |doc, _| {
                each(DocAddress::new(segment, doc));
                f32::MIN
            },
        };
        matches.run(0..reader.max_doc(), sink);
    }
    Ok(())
}

/// Returns about how many articles a plan reads, or looks up in the time of so many.
fn postings_read(searcher: &Searcher, plan: &Plan, bm25f: &Bm25f) -> u64 {
    let sizes_of = |words: &[usize]| -> Vec<u64> {
        let sizes = words.iter().map(|&word| bm25f.frequencies[word]);
        sizes.collect()
    };
    let read = match &plan.shape {
        Shape::All(words) if plan.filters.is_empty() => {
            let sizes = sizes_of(words);
            sizes.iter().min().map(|fewest| {
                let looked_up = fewest * sizes.len() as u64 * STEPS_A_LOOKUP;
                looked_up.min(sizes.iter().sum())
            })
        }
        Shape::Any(words) => Some(sizes_of(words).iter().sum()),
        Shape::All(_) => None,
    };
    read.unwrap_or(searcher.num_docs())
}

/// The cores that a search uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cores {
    One,
    All,
}

/// Runs over all slices, and returns the k best hits and the number of matches.
fn over_slices(
    slices: &[Slice],
    cores: Cores,
    k: usize,
    run: &(dyn Fn(&Slice, &mut TopHits) -> Result<usize> + Sync),
) -> Result<(TopHits, usize)> {
    let nothing = || (TopHits::new(k), 0);
    let add = |(mut top, total): (TopHits, usize), slice: &Slice| -> Result<(TopHits, usize)> {
        let found = run(slice, &mut top)?;
        Ok((top, total + found))
    };
    match cores {
        Cores::One => slices.iter().try_fold(nothing(), add),
        Cores::All => {
            let parts = slices.par_iter().try_fold(nothing, add);
            parts.try_reduce(nothing, |(mut top, total), (others, found)| {
                top.offer_all(others);
                Ok((top, total + found))
            })
        }
    }
}

/// Returns the ordinal of a segment in the engine's type.
fn segment_ord(ordinal: usize) -> u32 {
    u32::try_from(ordinal).expect("an index has fewer than 2³² segments")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_same_with_any_number_of_threads() {
        let run = |slice: &Slice, top: &mut TopHits| {
            for doc in 0..50_u32 {
                let segment = segment_ord(slice.segment);
                // Many scores are equal: the order decides.
                let score = f32::from(u8::try_from((doc * 7 + segment) % 11).unwrap());
                top.offer(score, || Ranked {
                    score,
                    order: u64::from(doc * 13 % 50),
                    address: DocAddress::new(segment, doc),
                });
            }
            Ok(50)
        };
        let slices: Vec<Slice> = (0..5)
            .map(|segment| Slice {
                segment,
                docs: 0..50,
            })
            .collect();
        let shown = |cores: Cores| {
            let (top, total) = over_slices(&slices, cores, 20, &run).unwrap();
            (top.into_sorted(), total)
        };
        let expected = shown(Cores::One);
        assert_eq!((expected.0.len(), expected.1), (20, 250));
        for threads in [2, 3, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let found = pool.build().unwrap().install(|| shown(Cores::All));
            assert_eq!(found, expected, "{threads} threads");
        }
    }
}
