//! The second look at the best matches: words side by side, words near each other, words in the
//! lead.

use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, Searcher};

use super::bm25f::{Model, Weights, saturated};
use super::matches::seek;
use crate::engine::top_hits::{Ranked, before};
use crate::error::Result;
use crate::query::plan::{Plan, RankWord};

/// Adds to the scores of the best what the nearness of the query's words is worth, and their
/// standing in the lead, and puts them in order again.
///
/// The sequential dependence model of Metzler and Croft (2005) in the terms of BM25: words that
/// follow each other in the query count again where they stand side by side in the article, and
/// where they stand near each other in any order.
pub(super) fn add_nearness(
    searcher: &Searcher,
    plan: &Plan,
    model: &Model,
    weights: &Weights,
    ranked: &mut [Ranked],
) -> Result<()> {
    // Postings are read forward only, a segment at a time.
    ranked.sort_unstable_by_key(|hit| hit.address);
    let segments = ranked.par_chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord);
    segments.try_for_each(|hits| -> Result<()> {
        let reader = searcher.segment_reader(hits[0].address.segment_ord);
        let mut look = SecondLook::open(reader, plan, model)?;
        for hit in hits {
            hit.score += look.worth(hit.address.doc_id, model, weights).sum();
        }
        Ok(())
    })?;
    ranked.sort_unstable_by(before);
    Ok(())
}

/// What an article gets at the second look.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Worth {
    /// For words in the lead.
    pub(super) lead: f32,
    /// For words side by side.
    pub(super) pairs: f32,
    /// For words near each other.
    pub(super) near: f32,
}

impl Worth {
    fn sum(self) -> f32 {
        self.lead + self.pairs + self.near
    }
}

/// Returns what the article at an address gets at the second look.
pub(super) fn worth_of(
    searcher: &Searcher,
    plan: &Plan,
    model: &Model,
    weights: &Weights,
    address: DocAddress,
) -> Result<Worth> {
    let reader = searcher.segment_reader(address.segment_ord);
    let mut look = SecondLook::open(reader, plan, model)?;
    Ok(look.worth(address.doc_id, model, weights))
}

/// The second look at articles of one segment, in the order they are stored in.
struct SecondLook {
    headlines: Positions,
    bodies: Positions,
    headline_lengths: FieldNormReader,
    body_lengths: FieldNormReader,
    /// How many of the words were asked for, and in this order.
    asked: usize,
}

impl SecondLook {
    fn open(reader: &SegmentReader, plan: &Plan, model: &Model) -> Result<Self> {
        Ok(Self {
            headlines: Positions::open(reader, plan, |word| word.headline.as_ref())?,
            bodies: Positions::open(reader, plan, |word| {
                word.headline.as_ref().map(|_| &word.body)
            })?,
            headline_lengths: reader.get_fieldnorms_reader(model.fields.headline)?,
            body_lengths: reader.get_fieldnorms_reader(model.fields.body)?,
            asked: plan.asked().len(),
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn worth(&mut self, doc: DocId, model: &Model, weights: &Weights) -> Worth {
        self.headlines.read(doc);
        self.bodies.read(doc);
        let headline_norm = model.headline_norms[self.headline_lengths.fieldnorm_id(doc) as usize];
        let body_norm = model.body_norms[self.body_lengths.fieldnorm_id(doc) as usize];
        let mut worth = Worth::default();
        for (positions, weight) in self.bodies.positions.iter().zip(&model.word_weights) {
            let leading = positions.iter().take_while(|&&at| at < weights.lead_end);
            worth.lead += weights.lead * weight * saturated(leading.count() as f32, 1.0);
        }
        // Neighbours in the query, and those with one word between them.
        for (apart, share) in [(1, 1.0), (2, weights.skip)] {
            for right in apart..self.asked {
                let left = right - apart;
                let weight = (model.word_weights[left] + model.word_weights[right]) / 2.0;
                let weight = weight * share * (model.k1 + 1.0);
                let (in_headline, near_headline) =
                    self.headlines.pairs(left, right, weights.window);
                let (in_body, near_body) = self.bodies.pairs(left, right, weights.window);
                let pairs = in_headline * headline_norm + in_body * body_norm;
                let near = near_headline * headline_norm + near_body * body_norm;
                worth.pairs += weights.pair * weight * saturated(pairs, model.k1);
                worth.near += weights.near * weight * saturated(near, model.k1);
            }
        }
        worth
    }
}

/// The positions of the query's words in one field of one article after the other.
struct Positions {
    postings: Vec<SegmentPostings>,
    positions: Vec<Vec<u32>>,
}

impl Positions {
    fn open<'a>(
        reader: &SegmentReader,
        plan: &'a Plan,
        term: impl Fn(&'a RankWord) -> Option<&'a tantivy::Term>,
    ) -> Result<Self> {
        let mut postings = Vec::with_capacity(plan.words.len());
        for word in &plan.words {
            postings.push(match term(word) {
                Some(term) => reader
                    .inverted_index(term.field())?
                    .read_postings(term, IndexRecordOption::WithFreqsAndPositions)
                    .map_err(tantivy::TantivyError::from)?
                    .unwrap_or_else(SegmentPostings::empty),
                None => SegmentPostings::empty(),
            });
        }
        Ok(Self {
            positions: vec![Vec::new(); postings.len()],
            postings,
        })
    }

    fn read(&mut self, doc: DocId) {
        for (postings, positions) in self.postings.iter_mut().zip(&mut self.positions) {
            if seek(postings, doc) == doc {
                postings.positions(positions);
            } else {
                positions.clear();
            }
        }
    }

    /// Returns how often one word stands right before another, and how often near it.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn pairs(&self, left: usize, right: usize, window: u32) -> (f32, f32) {
        let (left, right) = (&self.positions[left], &self.positions[right]);
        if left.is_empty() || right.is_empty() {
            return (0.0, 0.0);
        }
        let (mut pairs, mut near) = (0_u32, 0_u32);
        let mut from = 0;
        for &at in left {
            while right.get(from).is_some_and(|&other| other + window < at) {
                from += 1;
            }
            let mut is_near = false;
            for &other in &right[from..] {
                if other > at + window {
                    break;
                }
                is_near |= other != at;
                pairs += u32::from(other == at + 1);
            }
            near += u32::from(is_near);
        }
        (pairs as f32, near as f32)
    }
}
