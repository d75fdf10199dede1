//! The k best of many matches, and their order.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::DocAddress;

/// An article with the keys that it is ordered by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The score; 0 in a result that is sorted by date.
    pub score: f32,
    /// The key among articles of equal score, lowest first. It does not depend on the order in
    /// which articles were indexed.
    pub order: u64,
    /// The article.
    pub address: DocAddress,
}

/// The k best of the matches that were offered.
pub(crate) struct TopHits {
    k: usize,
    /// The worst is on top.
    heap: BinaryHeap<Worst>,
}

struct Worst(Ranked);

impl TopHits {
    pub(crate) fn new(k: usize) -> Self {
        Self {
            k,
            heap: BinaryHeap::with_capacity(k.min(10_000) + 1),
        }
    }

    /// Adds a match if it is among the k best.
    pub(crate) fn offer(&mut self, score: f32, ranked: impl FnOnce() -> Ranked) {
        if self.heap.len() < self.k {
            self.heap.push(Worst(ranked()));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && score >= worst.0.score
        {
            let ranked = ranked();
            if by_rank(&ranked, &worst.0) == Ordering::Less {
                *worst = Worst(ranked);
            }
        }
    }

    /// Adds the matches of others that are among the k best of both.
    pub(crate) fn offer_all(&mut self, others: Self) {
        for Worst(one) in others.heap {
            self.offer(one.score, || one);
        }
    }

    /// Returns the k-th best score, below which no match is added; the lowest `f32` until there are k
    /// matches.
    pub(crate) fn threshold(&self) -> f32 {
        match self.heap.peek() {
            Some(worst) if self.heap.len() == self.k => worst.0.score,
            _ => f32::MIN,
        }
    }

    /// Returns the matches, best first.
    pub(crate) fn into_sorted(self) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = self.heap.into_iter().map(|worst| worst.0).collect();
        ranked.sort_unstable_by(by_rank);
        ranked
    }
}

/// Orders better matches before worse ones.
pub(crate) fn by_rank(a: &Ranked, b: &Ranked) -> Ordering {
    let by_score = b.score.total_cmp(&a.score);
    by_score.then_with(|| (a.order, a.address).cmp(&(b.order, b.address)))
}

impl PartialEq for Worst {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Worst {}

impl PartialOrd for Worst {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Worst {
    fn cmp(&self, other: &Self) -> Ordering {
        by_rank(&self.0, &other.0)
    }
}
