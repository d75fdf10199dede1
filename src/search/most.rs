//! Answers a question in plain words of which no article has all with those that have most of them.

use super::order::Sort;
use super::rank::{Order, Ranking, rank};
use crate::archive::reader::Snapshot;
use crate::engine::doc_set::{docs_of, seek_to};
use crate::engine::top_hits::Ranked;
use crate::error::Result;
use crate::identity::lookup::PersonOptions;
use crate::query::Node;
use crate::query::most::Most;
use crate::query::plan::{Countable, Plan, plan_most};

/// The hits that are put in the order of what they lack, as many as are scored twice.
const REORDERED: usize = 200;

/// The articles that have most of the words of a query.
pub(super) struct MostOf {
    pub(super) plan: Plan,
    pub(super) ranking: Ranking,
    /// The query as it was understood.
    pub(super) understood: String,
    countable: Vec<Countable>,
}

impl MostOf {
    /// Finds the first `limit` articles that have most of the words of a query. Returns `None` if there
    /// are none, or if the query is not in plain words.
    pub(super) fn find(
        snapshot: &Snapshot,
        options: PersonOptions<'_>,
        root: &Node,
        (how, limit): (Order<'_>, usize),
    ) -> Result<Option<Self>> {
        let Some(most) = Most::of(root) else {
            return Ok(None);
        };
        let (plan, countable) = plan_most(snapshot, options, &most)?;
        let mut ranking = rank(snapshot, &plan, how, limit.max(REORDERED))?;
        if ranking.total == 0 {
            return Ok(None);
        }
        if how.sort == Sort::Relevance {
            let end = ranking.hits.len().min(REORDERED);
            let lacked = lacked_by(snapshot, &countable, &ranking.hits[..end])?;
            let mut order: Vec<usize> = (0..end).collect();
            order.sort_by_key(|&hit| lacked[hit].len());
            reorder(&mut ranking.hits, &order);
            reorder(&mut ranking.copies, &order);
            reorder(&mut ranking.stories, &order);
        }
        ranking.copies.truncate(limit);
        ranking.stories.truncate(limit);
        ranking.hits.truncate(limit);
        Ok(Some(Self {
            plan,
            ranking,
            understood: most.to_string(),
            countable,
        }))
    }

    /// Returns the words that each of the first hits after `offset` lacks, as typed.
    pub(super) fn lacks(&self, snapshot: &Snapshot, offset: usize) -> Result<Vec<Vec<String>>> {
        let hits = self.ranking.hits.get(offset..).unwrap_or_default();
        lacked_by(snapshot, &self.countable, hits)
    }

    /// Returns the note on how the question was answered.
    pub(super) fn note(&self) -> String {
        let have = match self.ranking.total {
            1 => "1 has".to_owned(),
            total => format!("{total} have"),
        };
        format!(
            "no article has all of these words; {have} most of them: the best come first, each with the \
             words that it lacks; --all finds only articles with all of them"
        )
    }
}

/// Puts the first items in an order. A shorter list has no such items and stays as it is.
fn reorder<T: Clone>(items: &mut [T], order: &[usize]) {
    if let Some(first) = items.get(..order.len()).map(<[T]>::to_vec) {
        for (item, &from) in items.iter_mut().zip(order) {
            *item = first[from].clone();
        }
    }
}

/// Returns the words that each hit lacks, as typed.
fn lacked_by(
    snapshot: &Snapshot,
    words: &[Countable],
    hits: &[Ranked],
) -> Result<Vec<Vec<String>>> {
    let mut lacked = vec![Vec::new(); hits.len()];
    let mut in_order: Vec<usize> = (0..hits.len()).collect();
    in_order.sort_by_key(|&hit| hits[hit].address);
    for word in words {
        let mut segment = None;
        let mut docs = None;
        for &hit in &in_order {
            let address = hits[hit].address;
            if segment != Some(address.segment_ord) {
                segment = Some(address.segment_ord);
                let reader = snapshot.searcher.segment_reader(address.segment_ord);
                docs = Some(docs_of(&*word.query, reader)?);
            }
            let has = docs
                .as_mut()
                .is_some_and(|docs| seek_to(docs, address.doc_id) == address.doc_id);
            if !has {
                lacked[hit].push(word.typed.clone());
            }
        }
    }
    Ok(lacked)
}
