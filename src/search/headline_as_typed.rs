//! A query that is an article's headline: the article is the first hit.

use rustc_hash::FxHashSet;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::order::Sort;
use super::rank::{Order, Ranking, rank};
use crate::archive::reader::Snapshot;
use crate::error::Result;
use crate::query::plan::Plan;
use crate::text::fold::folded;

/// Puts the articles whose headline is the query, as typed, before the other hits. They are found even
/// if the query reads otherwise: "MAN NOT GUILTY" leaves out what is guilty. `filters` plans what the
/// request asks for beside the query.
pub(super) fn put_first(
    snapshot: &Snapshot,
    typed: &str,
    (plan, filters): (&mut Plan, impl FnOnce() -> Result<Plan>),
    (order, limit): (Order<'_>, usize),
    ranking: &mut Ranking,
) -> Result<()> {
    let title = Term::from_field_text(snapshot.fields.title, &folded(typed));
    let is_none = snapshot.searcher.doc_freq(&title)? == 0;
    if is_none || order.sort != Sort::Relevance || limit == 0 {
        return Ok(());
    }
    let title = TermQuery::new(title, IndexRecordOption::Basic);
    plan.filters.push(Box::new(title.clone()));
    let matching = rank(snapshot, plan, order, limit);
    plan.filters.pop();
    let mut first = matching?;
    let mut filters = filters()?;
    filters.filters.push(Box::new(title));
    let titled = rank(snapshot, &filters, order, limit)?;
    let others = titled.total - first.total;
    first.append(titled, limit);
    let best = ranking.hits.first().map_or(0.0, |best| best.score);
    for hit in &mut first.hits {
        hit.score = best;
    }
    first.append(std::mem::take(ranking), limit);
    *ranking = Ranking {
        total: first.total + others,
        ..first
    };
    Ok(())
}

impl Ranking {
    /// Appends the hits of a ranking that are not among the own ones, and takes its totals.
    fn append(&mut self, other: Self, limit: usize) {
        let own: FxHashSet<DocAddress> = self.hits.iter().map(|hit| hit.address).collect();
        let own_stories: FxHashSet<u64> = self.stories.iter().flatten().copied().collect();
        let others = other.hits.into_iter().zip(other.copies).zip(other.stories);
        for ((hit, copies), story) in others {
            let is_known = match story {
                Some(story) => own_stories.contains(&story),
                None => own.contains(&hit.address),
            };
            if is_known {
                // What is not titled so may be a copy of what is.
                let place = (self.stories.iter()).position(|own| own.is_some() && *own == story);
                if let Some(place) = place
                    && copies.len() > self.copies[place].len()
                {
                    let all = copies.into_iter().chain([hit.address]);
                    let first = self.hits[place].address;
                    self.copies[place] = all.filter(|&copy| copy != first).collect();
                }
            } else if self.hits.len() < limit {
                self.hits.push(hit);
                self.copies.push(copies);
                self.stories.push(story);
            }
        }
        self.total = other.total;
        self.all_stories = other.all_stories;
    }
}
