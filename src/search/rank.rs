//! Ranking: which articles match, how well, and in what order.
//!
//! Every match is scored by BM25F over headline and body while the postings are read, so the
//! total is exact and no candidate is lost; the best hundred are then scored again with the
//! nearness of the query's words and with the lead.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use rayon::prelude::*;
use tantivy::{DocAddress, DocId, Searcher};

use super::bm25f::Model;
pub use super::bm25f::{RECENT, WEIGHTS, Weights};
use super::boosts::OnTop;
use super::matches::{Scored, SegmentMatches};
use super::proximity::{add_nearness, worth_of};
use super::recency::{Recency, newest, number_of};
use super::salience::Salience;
use crate::archive::reader::Snapshot;
use crate::engine::slices;
use crate::engine::slices::Slice;
use crate::engine::top_hits::Best;
pub use crate::engine::top_hits::Ranked;
use crate::error::Result;
use crate::query::plan::{Plan, Shape};

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first; undated last.
    Newest,
    /// Oldest first; undated last.
    Oldest,
}

/// Returns the first `limit` matches in order, and how many there are in all.
pub fn rank(
    snapshot: &Snapshot,
    plan: &Plan,
    sort: Sort,
    limit: usize,
    weights: &Weights,
) -> Result<(Vec<Ranked>, usize)> {
    let has_words = !plan.words.is_empty();
    let by_score = sort == Sort::Relevance && has_words;
    let is_reranked = by_score && weights.reranked > 0;
    let kept = if is_reranked {
        limit.max(weights.reranked)
    } else {
        limit
    };
    let model = Model::new(snapshot, plan, weights)?;
    let newest = newest(&snapshot.searcher, weights)?;
    // Whoever is below the best of some slices is not among the best of all. These are the bits of a
    // score that is not negative, which are in the order of the scores.
    let least = AtomicU32::new(0);
    let run = |slice: &Slice, best: &mut Best| -> Result<usize> {
        let ordinal = slice.segment;
        let reader = snapshot.searcher.segment_reader(segment_number(ordinal));
        let mut matches = SegmentMatches::open(reader, plan, &model)?;
        let order = reader.fast_fields().u64("order")?;
        let keys = if by_score {
            Keys::Score
        } else {
            Keys::Date(reader.fast_fields().u64("first_day")?, sort)
        };
        let scored = if by_score {
            Some(Scored {
                on_top: OnTop {
                    salience: Salience::new(ordinal, slice.docs.start, plan, weights),
                    recency: Recency::open(reader, newest, &model, weights)?,
                },
                least: f32::from_bits(least.load(Relaxed)),
            })
        } else {
            None
        };
        let mut found = |doc: DocId, score: f32| {
            let score = match &keys {
                Keys::Score => score,
                Keys::Date(days, sort) => date_key(days.first(doc), *sort),
            };
            best.offer(score, || Ranked {
                score,
                order: order.first(doc).unwrap_or(u64::MAX),
                address: DocAddress::new(segment_number(ordinal), doc),
            });
            if !by_score {
                return f32::MIN;
            }
            let own = best.least().max(0.0).to_bits();
            let known = least.fetch_max(own, Relaxed);
            f32::from_bits(known.max(own))
        };
        Ok(matches.run(slice.docs.clone(), scored, &mut found))
    };
    let is_heavy = looked_at(&snapshot.searcher, plan, &model) > slices::WORTH_A_THREAD;
    let slices = if is_heavy {
        slices::for_all_cores(&snapshot.searcher)
    } else {
        slices::whole(&snapshot.searcher)
    };
    let (best, total) = over_pieces(&slices, is_heavy, kept, &run)?;
    let mut ranked = best.into_sorted();
    if is_reranked {
        // Those after the best keep their order and their place, so that pages fit together.
        let looked_at = ranked.len().min(weights.reranked);
        add_nearness(
            &snapshot.searcher,
            plan,
            &model,
            weights,
            &mut ranked[..looked_at],
        )?;
    }
    ranked.truncate(limit);
    if !by_score {
        for hit in &mut ranked {
            hit.score = 0.0;
        }
    }
    Ok((ranked, total))
}

/// Returns all matches, a list a segment, in the order they are stored in.
pub(super) fn matches(snapshot: &Snapshot, plan: &Plan) -> Result<Vec<Vec<DocId>>> {
    let model = Model::new(snapshot, plan, &WEIGHTS)?;
    let readers = snapshot.searcher.segment_readers().iter();
    readers
        .map(|reader| {
            let mut docs = Vec::new();
            let mut matches = SegmentMatches::open(reader, plan, &model)?;
            matches.run(0..reader.max_doc(), None, &mut |doc, _| {
                docs.push(doc);
                f32::MIN
            });
            Ok(docs)
        })
        .collect()
}

/// Returns about how many articles a query has looked at.
fn looked_at(searcher: &Searcher, plan: &Plan, model: &Model) -> u64 {
    let articles_with = |&word: &usize| model.frequencies[word];
    let looked_at = match &plan.shape {
        Shape::All(words) if plan.filters.is_empty() => words.iter().map(articles_with).min(),
        Shape::Any(words) => Some(words.iter().map(articles_with).sum()),
        Shape::All(_) => None,
    };
    looked_at.unwrap_or(searcher.num_docs())
}

/// Runs over all slices, on all cores where that is worth it, and returns the best of all and the
/// number of matches.
fn over_pieces(
    slices: &[Slice],
    is_heavy: bool,
    kept: usize,
    run: &(dyn Fn(&Slice, &mut Best) -> Result<usize> + Sync),
) -> Result<(Best, usize)> {
    let nothing = || (Best::new(kept), 0);
    let add = |(mut best, total): (Best, usize), slice: &Slice| -> Result<(Best, usize)> {
        let found = run(slice, &mut best)?;
        Ok((best, total + found))
    };
    if !is_heavy {
        return slices.iter().try_fold(nothing(), add);
    }
    let parts = slices.par_iter().try_fold(nothing, add);
    parts.try_reduce(nothing, |(mut best, total), (others, found)| {
        best.offer_all(others);
        Ok((best, total + found))
    })
}

/// Returns the number of a segment as the engine writes it.
fn segment_number(ordinal: usize) -> u32 {
    u32::try_from(ordinal).expect("an index has fewer than 2³² segments")
}

/// Returns where the score of a hit comes from: what each word adds, and what the second look
/// does, largest first.
pub fn explain(
    snapshot: &Snapshot,
    plan: &Plan,
    weights: &Weights,
    address: DocAddress,
) -> Result<Vec<(String, f32)>> {
    let model = Model::new(snapshot, plan, weights)?;
    let reader = snapshot.searcher.segment_reader(address.segment_ord);
    let mut matches = SegmentMatches::open(reader, plan, &model)?;
    let scores = matches.word_scores(address.doc_id);
    let words = plan.words.iter().map(|word| word.plain.clone());
    let mut parts: Vec<(String, f32)> = words.zip(scores).collect();
    let worth = worth_of(&snapshot.searcher, plan, &model, weights, address)?;
    let ordinal = usize::try_from(address.segment_ord).unwrap_or(usize::MAX);
    let mut salience = Salience::new(ordinal, address.doc_id, plan, weights);
    let recency = Recency::open(
        reader,
        newest(&snapshot.searcher, weights)?,
        &model,
        weights,
    )?;
    parts.extend([
        ("persons named".to_owned(), salience.of(address.doc_id)),
        ("its date".to_owned(), recency.of(address.doc_id)),
        ("words in the lead".to_owned(), worth.lead),
        ("words side by side".to_owned(), worth.pairs),
        ("words near each other".to_owned(), worth.near),
    ]);
    // What is shown as nothing is left out.
    parts.retain(|(_, score)| *score >= 0.005);
    parts.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(parts)
}

/// What the articles of a segment are ordered by.
enum Keys {
    Score,
    Date(tantivy::columnar::Column<u64>, Sort),
}

/// Returns a key that is higher for an article that comes first; undated ones come last.
fn date_key(day: Option<u64>, sort: Sort) -> f32 {
    let Some(number) = day.map(number_of) else {
        return f32::MIN;
    };
    if sort == Sort::Oldest {
        -number
    } else {
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_same_with_any_number_of_threads() {
        let run = |slice: &Slice, best: &mut Best| {
            for doc in 0..50_u32 {
                let number = segment_number(slice.segment);
                // Many are equal: of those the order decides.
                let score = f32::from(u8::try_from((doc * 7 + number) % 11).unwrap());
                best.offer(score, || Ranked {
                    score,
                    order: u64::from(doc * 13 % 50),
                    address: DocAddress::new(number, doc),
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
        let shown = |is_heavy: bool| {
            let (best, total) = over_pieces(&slices, is_heavy, 20, &run).unwrap();
            (best.into_sorted(), total)
        };
        let expected = shown(false);
        assert_eq!((expected.0.len(), expected.1), (20, 250));
        for threads in [2, 3, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let found = pool.build().unwrap().install(|| shown(true));
            assert_eq!(found, expected, "{threads} threads");
        }
    }
}
