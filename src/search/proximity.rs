//! The second scoring of the best hits: neighbouring words, words near each other, and words in the
//! lead.

use std::ops::Range;

use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, Searcher, SegmentOrdinal, Term};

use super::bm25f::{Bm25f, saturated};
use crate::engine::known_term::KnownTerm;
use crate::engine::positions::TermPositions;
use crate::engine::top_hits::{Ranked, by_rank};
use crate::error::Result;
use crate::query::plan::{Plan, RankWord, Umlaut};

/// Adds the scores of proximity and of the lead to the best hits, and sorts them again.
///
/// The sequential dependence model of Metzler and Croft (2005) with the saturation of BM25: words that
/// are neighbours in the query count again where they are neighbours in the article, and where they
/// are near each other in any order.
pub(super) fn add_proximity(
    searcher: &Searcher,
    plan: &Plan,
    bm25f: &Bm25f,
    ranked: &mut [Ranked],
) -> Result<()> {
    // Postings can only be read forward, and belong to a segment.
    ranked.sort_unstable_by_key(|hit| hit.address);
    let segments = ranked.par_chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord);
    segments.try_for_each(|hits| -> Result<()> {
        let segment = hits[0].address.segment_ord;
        let mut scorer = SecondScorer::open(searcher, segment, plan, bm25f)?;
        for hit in hits {
            hit.score += scorer.score(hit.address.doc_id, bm25f).sum();
        }
        Ok(())
    })?;
    ranked.sort_unstable_by(by_rank);
    Ok(())
}

/// The parts of the second score of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct SecondScore {
    /// For words in the lead.
    pub(super) lead: f32,
    /// For neighbouring words.
    pub(super) pairs: f32,
    /// For words near each other.
    pub(super) near: f32,
    /// For words whose umlaut is spelled as it was typed: more than any word is worth otherwise, so that
    /// the other spelling comes after.
    pub(super) umlauts: f32,
}

impl SecondScore {
    fn sum(self) -> f32 {
        self.lead + self.pairs + self.near + self.umlauts
    }
}

/// Returns the second score of the article at an address.
pub(super) fn second_score(
    searcher: &Searcher,
    plan: &Plan,
    bm25f: &Bm25f,
    address: DocAddress,
) -> Result<SecondScore> {
    let mut scorer = SecondScorer::open(searcher, address.segment_ord, plan, bm25f)?;
    Ok(scorer.score(address.doc_id, bm25f))
}

/// Scores articles of one segment, in the order of their document numbers.
struct SecondScorer {
    headlines: FieldPositions,
    bodies: FieldPositions,
    headline_lengths: FieldNormReader,
    body_lengths: FieldNormReader,
    /// The words of the query in its order; those that are written in one are together.
    asked: Vec<Range<usize>>,
    umlauts: Vec<UmlautPositions>,
}

impl SecondScorer {
    fn open(
        searcher: &Searcher,
        segment: SegmentOrdinal,
        plan: &Plan,
        bm25f: &Bm25f,
    ) -> Result<Self> {
        let reader = searcher.segment_reader(segment);
        let positions = |terms| FieldPositions::open(searcher, segment, plan, terms);
        Ok(Self {
            headlines: positions(|word| &word.headline)?,
            bodies: positions(|word| &word.body)?,
            headline_lengths: reader.get_fieldnorms_reader(bm25f.fields.headline)?,
            body_lengths: reader.get_fieldnorms_reader(bm25f.fields.body)?,
            asked: units(plan.asked()),
            umlauts: UmlautPositions::open_all(searcher, segment, plan, bm25f)?,
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn score(&mut self, doc: DocId, bm25f: &Bm25f) -> SecondScore {
        let weights = &bm25f.weights;
        self.headlines.read(doc);
        self.bodies.read(doc);
        let headline_norm = bm25f.headline_norms[self.headline_lengths.fieldnorm_id(doc) as usize];
        let body_norm = bm25f.body_norms[self.body_lengths.fieldnorm_id(doc) as usize];
        let mut score = SecondScore::default();
        for (positions, weight) in self.bodies.positions.iter().zip(&bm25f.word_weights) {
            let leading = positions.iter().take_while(|&&at| at < weights.lead_end);
            score.lead += weights.lead * weight * saturated(leading.count() as f32, 1.0);
        }
        for umlaut in &mut self.umlauts {
            if umlaut.is_as_typed(doc) {
                score.umlauts += bm25f.word_weights[umlaut.word] * (weights.k1 + 1.0);
            }
        }
        // Neighbours in the query, and words with one word between them.
        for (apart, share) in [(1, 1.0), (2, weights.skip)] {
            for (left, right) in self
                .asked
                .iter()
                .zip(&self.asked[apart.min(self.asked.len())..])
            {
                let weight = |unit: &Range<usize>| {
                    let words = &bm25f.word_weights[unit.clone()];
                    words.iter().copied().fold(0.0, f32::max)
                };
                let weight = f32::midpoint(weight(left), weight(right));
                let (left, right) = (left.end - 1, right.start);
                let weight = weight * share * (weights.k1 + 1.0);
                let (in_headline, near_headline) =
                    self.headlines.pairs(left, right, weights.window);
                let (in_body, near_body) = self.bodies.pairs(left, right, weights.window);
                let pairs = in_headline * headline_norm + in_body * body_norm;
                let near = near_headline * headline_norm + near_body * body_norm;
                score.pairs += weights.pair * weight * saturated(pairs, weights.k1);
                score.near += weights.near * weight * saturated(near, weights.k1);
            }
        }
        score
    }
}

/// The positions of the two spellings of an umlaut, in headlines and in bodies.
struct UmlautPositions {
    /// The index of the word that was typed.
    word: usize,
    has_umlaut: bool,
    /// The spelling as typed and the other one, of each field.
    spellings: [[TermPositions; 2]; 2],
}

impl UmlautPositions {
    fn open_all(
        searcher: &Searcher,
        segment: SegmentOrdinal,
        plan: &Plan,
        bm25f: &Bm25f,
    ) -> Result<Vec<Self>> {
        let open = |field: Field, plain: &str| -> Result<TermPositions> {
            let record = IndexRecordOption::WithFreqsAndPositions;
            let term = KnownTerm::find(searcher, Term::from_field_text(field, plain))?;
            let postings = term.postings(searcher, segment, record)?;
            Ok(TermPositions::new(postings.into_iter().collect()))
        };
        let of = |field: Field, umlaut: &Umlaut| -> Result<[TermPositions; 2]> {
            Ok([open(field, &umlaut.typed)?, open(field, &umlaut.other)?])
        };
        let fields = &bm25f.fields;
        let umlauts = plan.umlauts.iter().map(|umlaut| {
            Ok(Self {
                word: umlaut.word,
                has_umlaut: umlaut.has_umlaut,
                spellings: [of(fields.headline, umlaut)?, of(fields.body, umlaut)?],
            })
        });
        umlauts.collect()
    }

    /// Returns whether an article has the word as it was typed: with both spellings at one position, or
    /// with one alone.
    fn is_as_typed(&mut self, doc: DocId) -> bool {
        let (mut typed, mut other) = (Vec::new(), Vec::new());
        let has_umlaut = self.has_umlaut;
        self.spellings.iter_mut().any(|[as_typed, as_other]| {
            as_typed.read(doc, &mut typed);
            as_other.read(doc, &mut other);
            (typed.iter()).any(|at| other.binary_search(at).is_ok() == has_umlaut)
        })
    }
}

/// Returns the words of a query as runs of words that are written in one.
fn units(words: &[RankWord]) -> Vec<Range<usize>> {
    let mut at = 0;
    let runs = words.chunk_by(|_, next| next.is_joined);
    runs.map(|run| {
        at += run.len();
        at - run.len()..at
    })
    .collect()
}

/// The positions of the plan's words in one field of the current article.
struct FieldPositions {
    words: Vec<TermPositions>,
    positions: Vec<Vec<u32>>,
}

impl FieldPositions {
    fn open(
        searcher: &Searcher,
        segment: SegmentOrdinal,
        plan: &Plan,
        terms: fn(&RankWord) -> &[KnownTerm],
    ) -> Result<Self> {
        let record = IndexRecordOption::WithFreqsAndPositions;
        let mut words = Vec::with_capacity(plan.words.len());
        for word in &plan.words {
            // The words of patterns may be many, and are no neighbours in the query.
            let terms = if word.is_of_pattern { &[] } else { terms(word) };
            let mut postings = Vec::with_capacity(terms.len());
            for term in terms {
                postings.extend(term.postings(searcher, segment, record)?);
            }
            words.push(TermPositions::new(postings));
        }
        Ok(Self {
            positions: vec![Vec::new(); words.len()],
            words,
        })
    }

    /// Moves to an article.
    fn read(&mut self, doc: DocId) {
        for (word, positions) in self.words.iter_mut().zip(&mut self.positions) {
            word.read(doc, positions);
        }
    }

    /// Returns how many times one word is right before another, and how many times near it.
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
