//! Runs over the matches of a query in one segment of the index and scores each.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Query;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::score::Model;
use crate::error::Result;
use crate::query::docs::docs_of;
use crate::query::plan::{Plan, RankWord, Shape};

/// The articles of a segment that have a word, in headline or body.
struct Cursor {
    headline: SegmentPostings,
    body: SegmentPostings,
    doc: DocId,
}

impl Cursor {
    fn open(reader: &SegmentReader, word: &RankWord) -> Result<Self> {
        let open = |term: &tantivy::Term| -> Result<SegmentPostings> {
            let inverted = reader.inverted_index(term.field())?;
            let postings = inverted
                .read_postings(term, IndexRecordOption::WithFreqs)
                .map_err(tantivy::TantivyError::from)?;
            Ok(postings.unwrap_or_else(SegmentPostings::empty))
        };
        let headline = match &word.headline {
            Some(term) => open(term)?,
            None => SegmentPostings::empty(),
        };
        let body = open(&word.body)?;
        let doc = headline.doc().min(body.doc());
        Ok(Self {
            headline,
            body,
            doc,
        })
    }

    /// Returns the most articles it may have.
    fn size(&self) -> u32 {
        self.headline.size_hint().max(self.body.size_hint())
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc + 1 == target {
            // One step costs a third of a search.
            self.advance();
        } else if self.doc < target {
            if self.headline.doc() < target {
                self.headline.seek(target);
            }
            if self.body.doc() < target {
                self.body.seek(target);
            }
            self.doc = self.headline.doc().min(self.body.doc());
        }
        self.doc
    }

    fn advance(&mut self) {
        let doc = self.doc;
        if self.headline.doc() == doc {
            self.headline.advance();
        }
        if self.body.doc() == doc {
            self.body.advance();
        }
        self.doc = self.headline.doc().min(self.body.doc());
    }
}

struct Lengths {
    headline: FieldNormReader,
    body: FieldNormReader,
}

impl Lengths {
    /// Returns what a count in the headline and one in the body of an article are worth.
    fn norms(&self, doc: DocId, model: &Model) -> (f32, f32) {
        (
            model.headline_norms[usize::from(self.headline.fieldnorm_id(doc))],
            model.body_norms[usize::from(self.body.fieldnorm_id(doc))],
        )
    }
}

/// The matches of a query in one segment.
pub(super) struct SegmentMatches {
    cursors: Vec<Cursor>,
    filters: Vec<Box<dyn DocSet>>,
    excluded: Vec<Box<dyn DocSet>>,
    lengths: Lengths,
}

impl SegmentMatches {
    pub(super) fn open(reader: &SegmentReader, plan: &Plan, model: &Model) -> Result<Self> {
        let open_all = |queries: &[Box<dyn Query>]| {
            queries
                .iter()
                .map(|query| docs_of(&**query, reader))
                .collect::<tantivy::Result<Vec<_>>>()
        };
        let words = plan.words.iter();
        Ok(Self {
            cursors: words
                .map(|word| Cursor::open(reader, word))
                .collect::<Result<_>>()?,
            filters: open_all(&plan.filters)?,
            excluded: open_all(&plan.excluded)?,
            lengths: Lengths {
                headline: reader.get_fieldnorms_reader(model.fields.headline)?,
                body: reader.get_fieldnorms_reader(model.fields.body)?,
            },
        })
    }

    /// Hands every match to `found` with its score, in the order they are stored in, and returns
    /// how many there are.
    pub(super) fn run(
        &mut self,
        reader: &SegmentReader,
        plan: &Plan,
        model: &Model,
        with_scores: bool,
        found: &mut dyn FnMut(DocId, f32),
    ) -> Result<usize> {
        match &plan.shape {
            Shape::All(words) => Ok(self.run_all(reader, words, model, with_scores, found)),
            Shape::Any(words) => Ok(self.run_any(reader, words, model, found)),
        }
    }

    /// Runs over the articles that have all of some words: the rarest leads, the others follow.
    fn run_all(
        &mut self,
        reader: &SegmentReader,
        words: &[usize],
        model: &Model,
        with_scores: bool,
        found: &mut dyn FnMut(DocId, f32),
    ) -> usize {
        let mut words = words.to_vec();
        words.sort_by_key(|&word| self.cursors[word].size());
        self.filters.sort_by_key(|filter| filter.cost());
        let alive = reader.alive_bitset();
        let mut total = 0;
        let mut doc = 0;
        'doc: while doc < reader.max_doc() {
            for &word in &words {
                let next = self.cursors[word].seek(doc);
                if next > doc {
                    doc = next;
                    continue 'doc;
                }
            }
            for filter in &mut self.filters {
                let next = seek(&mut **filter, doc);
                if next > doc {
                    doc = next;
                    continue 'doc;
                }
            }
            let is_excluded = self
                .excluded
                .iter_mut()
                .any(|set| seek(&mut **set, doc) == doc);
            if !is_excluded && alive.is_none_or(|alive| alive.is_alive(doc)) {
                total += 1;
                let score = if with_scores {
                    self.score(doc, model)
                } else {
                    0.0
                };
                found(doc, score);
            }
            doc += 1;
        }
        total
    }

    /// Returns the score of an article, all cursors being at it or before it.
    fn score(&mut self, doc: DocId, model: &Model) -> f32 {
        self.word_scores(doc, model).sum()
    }

    /// Returns what each word adds to the score of an article, all cursors being at it or before
    /// it.
    pub(super) fn word_scores(&mut self, doc: DocId, model: &Model) -> impl Iterator<Item = f32> {
        let (headline_norm, body_norm) = self.lengths.norms(doc, model);
        let cursors = self.cursors.iter_mut().enumerate();
        cursors.map(move |(word, cursor)| {
            if cursor.seek(doc) == doc {
                model.score(word, count(cursor, doc, headline_norm, body_norm))
            } else {
                0.0
            }
        })
    }

    /// Runs over the articles that have any of some words: word by word, adding up scores, which
    /// for long questions is faster than article by article.
    fn run_any(
        &mut self,
        reader: &SegmentReader,
        words: &[usize],
        model: &Model,
        found: &mut dyn FnMut(DocId, f32),
    ) -> usize {
        let mut scores = vec![0.0_f32; reader.max_doc() as usize];
        // Words that rank without being asked for.
        let others: Vec<usize> = (0..self.cursors.len())
            .filter(|word| words.binary_search(word).is_err())
            .collect();
        for &word in words {
            let cursor = &mut self.cursors[word];
            while cursor.doc != TERMINATED {
                let doc = cursor.doc;
                let (headline_norm, body_norm) = self.lengths.norms(doc, model);
                let count = count(cursor, doc, headline_norm, body_norm);
                // A match is told by a score above nothing, however small.
                scores[doc as usize] += model.score(word, count).max(f32::MIN_POSITIVE);
                cursor.advance();
            }
        }
        let alive = reader.alive_bitset();
        let mut total = 0;
        for (doc, &score) in (0..).zip(&scores) {
            if score <= 0.0 || alive.is_some_and(|alive| alive.is_deleted(doc)) {
                continue;
            }
            let fits = self
                .filters
                .iter_mut()
                .all(|set| seek(&mut **set, doc) == doc)
                && !self
                    .excluded
                    .iter_mut()
                    .any(|set| seek(&mut **set, doc) == doc);
            if fits {
                total += 1;
                let mut score = score;
                for &word in &others {
                    let cursor = &mut self.cursors[word];
                    if cursor.seek(doc) == doc {
                        let (headline_norm, body_norm) = self.lengths.norms(doc, model);
                        score += model.score(word, count(cursor, doc, headline_norm, body_norm));
                    }
                }
                found(doc, score);
            }
        }
        total
    }
}

/// Returns how much of a word an article has, on the scale of a body of average length.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn count(cursor: &Cursor, doc: DocId, headline_norm: f32, body_norm: f32) -> f32 {
    let mut count = 0.0;
    if cursor.headline.doc() == doc {
        count += cursor.headline.term_freq() as f32 * headline_norm;
    }
    if cursor.body.doc() == doc {
        count += cursor.body.term_freq() as f32 * body_norm;
    }
    count
}

/// Moves a set to the first document at or after a target.
pub(super) fn seek(docs: &mut dyn DocSet, target: DocId) -> DocId {
    if docs.doc() < target {
        docs.seek(target)
    } else {
        docs.doc()
    }
}
