//! The best of many matches, and what is better.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::DocAddress;

/// An article with its place in the order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The score; for articles sorted by date, 0.
    pub score: f32,
    /// Its place among articles of one score, lowest first: the same whatever order they were
    /// indexed in.
    pub order: u64,
    /// The article.
    pub address: DocAddress,
}

/// The best so many of what was offered; of equals, those that were stored first.
pub(crate) struct Best {
    kept: usize,
    /// The worst on top.
    heap: BinaryHeap<Worst>,
}

struct Worst(Ranked);

impl Best {
    pub(crate) fn new(kept: usize) -> Self {
        Self {
            kept,
            heap: BinaryHeap::with_capacity(kept.min(10_000) + 1),
        }
    }

    /// Takes a match with this score if it is among the best.
    pub(crate) fn offer(&mut self, score: f32, ranked: impl FnOnce() -> Ranked) {
        if self.heap.len() < self.kept {
            self.heap.push(Worst(ranked()));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && score >= worst.0.score
        {
            let ranked = ranked();
            if before(&ranked, &worst.0) == Ordering::Less {
                *worst = Worst(ranked);
            }
        }
    }

    /// Takes what is among the best of both.
    pub(crate) fn offer_all(&mut self, others: Self) {
        for Worst(one) in others.heap {
            self.offer(one.score, || one);
        }
    }

    /// Returns the lowest score that may still be taken.
    pub(crate) fn least(&self) -> f32 {
        match self.heap.peek() {
            Some(worst) if self.heap.len() == self.kept => worst.0.score,
            _ => f32::MIN,
        }
    }

    pub(crate) fn into_sorted(self) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = self.heap.into_iter().map(|worst| worst.0).collect();
        ranked.sort_unstable_by(before);
        ranked
    }
}

/// Orders the better before the worse.
pub(crate) fn before(a: &Ranked, b: &Ranked) -> Ordering {
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
        before(&self.0, &other.0)
    }
}
