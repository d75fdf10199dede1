//! All matches of a plan in order, in a few bytes each: for answers that are carried away.
//!
//! The first hits of an answer are ranked as in a search. Those after them keep the order of their
//! scores, which is all that is held of a match: its score and its address.

use rustc_hash::FxHashSet;
use tantivy::DocAddress;
use tantivy::columnar::Column;

use super::bm25f::{Bm25f, Weights};
use super::copies::{Copies, Folding, Prefer, put_preferred};
use super::order::Sort;
use super::rank::{FirstPass, Order, Ranking};
use crate::archive::reader::Snapshot;
use crate::engine::top_hits::Ranked;
use crate::error::Result;
use crate::query::plan::Plan;

/// The matches of a plan after the first hits of an answer, in order.
pub(super) struct Others<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    bm25f: Bm25f,
    weights: &'a Weights,
    sort: Sort,
    folding: Option<Folding<'a>>,
    /// The matches that are left, the next last.
    left: Vec<(f32, DocAddress)>,
    /// The stories that have been hits.
    stories: FxHashSet<u64>,
    /// The first hits, which may stand anywhere in the order.
    first: FxHashSet<DocAddress>,
}

impl<'a> Others<'a> {
    /// Finds what comes after the hits of a ranking.
    pub(super) fn after(
        first: &Ranking,
        snapshot: &'a Snapshot,
        plan: &'a Plan,
        order: Order<'a>,
    ) -> Result<Self> {
        let sort = order.sort_of(plan);
        let bm25f = Bm25f::new(snapshot, plan, order.weights)?;
        let pass = FirstPass::new(snapshot, plan, &bm25f, (sort, order.weights))?;
        let mut left = Vec::with_capacity(first.total);
        pass.each(&mut |score, address| left.push((score, address)))?;
        let readers = snapshot.searcher.segment_readers().iter();
        let orders = readers.map(|reader| reader.fast_fields().u64("order"));
        let orders: Vec<Column<u64>> = orders.collect::<tantivy::Result<_>>()?;
        let order_of = |address: DocAddress| {
            let order = orders[address.segment_ord as usize].first(address.doc_id);
            (order.unwrap_or(u64::MAX), address)
        };
        // Last first.
        left.sort_unstable_by(|a, b| {
            let by_score = a.0.total_cmp(&b.0);
            by_score.then_with(|| order_of(b.1).cmp(&order_of(a.1)))
        });
        Ok(Self {
            snapshot,
            plan,
            bm25f,
            weights: order.weights,
            sort,
            folding: order.folding,
            left,
            stories: first.stories.iter().flatten().copied().collect(),
            first: first.hits.iter().map(|hit| hit.address).collect(),
        })
    }

    /// Takes the next hits, at most so many, with their copies. There are none at the end.
    pub(super) fn take(&mut self, most: usize) -> Result<Ranking> {
        let is_scored = self.sort == Sort::Relevance;
        let mut hits = Vec::with_capacity(most);
        while hits.len() < most
            && let Some((score, address)) = self.left.pop()
        {
            let story = self
                .folding
                .and_then(|folding| folding.stories.story_of(address));
            let is_new = match story {
                Some(story) => self.stories.insert(story),
                None => !self.first.contains(&address),
            };
            if is_new {
                hits.push(Ranked {
                    score: if is_scored { score } else { 0.0 },
                    order: 0,
                    address,
                });
            }
        }
        let copies = match self.folding {
            Some(folding) => self.with_copies(folding, &mut hits)?,
            None => vec![Vec::new(); hits.len()],
        };
        Ok(Ranking {
            hits,
            copies,
            ..Ranking::default()
        })
    }

    /// Returns the copies of hits, and puts the preferred one of each story in its place.
    fn with_copies(
        &self,
        folding: Folding<'_>,
        hits: &mut [Ranked],
    ) -> Result<Vec<Vec<DocAddress>>> {
        let stories = folding.stories;
        let shown = hits.iter().filter_map(|hit| stories.story_of(hit.address));
        let shown: FxHashSet<u64> = shown.filter(|&story| stories.has_copies(story)).collect();
        let mut copies = Copies::default();
        if !shown.is_empty() {
            let how = (self.sort, self.weights);
            let pass = FirstPass::new(self.snapshot, self.plan, &self.bm25f, how)?;
            let matching = pass.matching_of(&stories.articles_of(&shown))?;
            copies.set(stories, hits, &matching);
        }
        let of_hits = hits.iter().map(|hit| copies.of(stories, hit.address));
        let mut of_hits: Vec<Vec<DocAddress>> = of_hits.collect();
        if self.sort == Sort::Relevance || *folding.prefer != Prefer::Fullest {
            put_preferred(self.snapshot, stories, folding.prefer, hits, &mut of_hits)?;
        }
        Ok(of_hits)
    }
}
