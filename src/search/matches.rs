//! Runs over the matches of a query in one segment of the index and scores each.

use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Query;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Term};

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

    /// Hands those matches to `found` that are among some documents, in the order they are stored
    /// in, and returns how many there are. Where so many of the `best` are wanted, those come with
    /// their scores, and others that can't be among them may be left out; else all come, without.
    /// `found` returns the lowest score that is still among them.
    pub(super) fn run(
        &mut self,
        reader: &SegmentReader,
        plan: &Plan,
        model: &Model,
        docs: Range<DocId>,
        best: Option<usize>,
        found: &mut dyn FnMut(DocId, f32) -> f32,
    ) -> Result<usize> {
        match &plan.shape {
            Shape::All(words) => {
                Ok(self.run_all(reader, words, model, docs, best.is_some(), found))
            }
            Shape::Any(_) => self.run_any(reader, plan, model, docs, best, found),
        }
    }

    /// Runs over the articles that have all of some words: the rarest leads, the others follow.
    fn run_all(
        &mut self,
        reader: &SegmentReader,
        words: &[usize],
        model: &Model,
        docs: Range<DocId>,
        with_scores: bool,
        found: &mut dyn FnMut(DocId, f32) -> f32,
    ) -> usize {
        let mut words = words.to_vec();
        words.sort_by_key(|&word| self.cursors[word].size());
        self.filters.sort_by_key(|filter| filter.cost());
        let alive = reader.alive_bitset();
        let mut total = 0;
        let mut doc = docs.start;
        'doc: while doc < docs.end {
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
    ///
    /// The words that can add most come first. Once those that are left can't bring an article
    /// among the best that has none of the others, they are only counted, and their scores read
    /// for the few articles that are still in the running (the term-at-a-time MaxScore of Turtle
    /// and Flood, "Query evaluation: strategies and optimizations", 1995).
    fn run_any(
        &mut self,
        reader: &SegmentReader,
        plan: &Plan,
        model: &Model,
        docs: Range<DocId>,
        best: Option<usize>,
        found: &mut dyn FnMut(DocId, f32) -> f32,
    ) -> Result<usize> {
        let mut words = plan.shape.words().to_vec();
        words.sort_by(|&a, &b| model.most(b).total_cmp(&model.most(a)).then(a.cmp(&b)));
        // Words that rank without being asked for.
        let others: Vec<usize> = (0..self.cursors.len())
            .filter(|word| !words.contains(word))
            .collect();
        let alive = reader.alive_bitset();
        let is_alive = |doc: DocId| alive.is_none_or(|alive| alive.is_alive(doc));
        let is_narrowed = !self.filters.is_empty() || !self.excluded.is_empty();
        let mut scores = vec![0.0_f32; docs.len()];
        let mut read = 0;
        let mut least = f32::MIN;
        // Where scores are not wanted, all words are only counted.
        while let Some(best) = best
            && read < words.len()
        {
            let (word, left) = (words[read], words[read..].iter().chain(&others));
            if !is_narrowed && self.cursors[word].size() > reader.max_doc() / LONG {
                let left: f32 = left.map(|&word| model.most(word)).sum();
                let known = docs.clone().zip(&scores).filter(|&(doc, _)| is_alive(doc));
                let worst = worst_of_best(known.map(|(_, &score)| score), best, left);
                if let Some(worst) = worst {
                    least = worst;
                    break;
                }
            }
            self.add_scores(word, model, &docs, &mut scores);
            read += 1;
        }
        for &word in &words[read..] {
            for term in plan.words[word].terms() {
                mark(reader, term, &docs, &mut scores)?;
            }
        }
        let rest = match best {
            Some(_) => with_bounds(words[read..].iter().chain(&others), model),
            None => Vec::new(),
        };
        let mut total = 0;
        for (doc, &score) in docs.zip(&scores) {
            if score <= 0.0 || !is_alive(doc) {
                continue;
            }
            let fits = (self.filters.iter_mut()).all(|set| seek(&mut **set, doc) == doc)
                && !(self.excluded.iter_mut()).any(|set| seek(&mut **set, doc) == doc);
            if !fits {
                continue;
            }
            total += 1;
            if let Some(score) = self.with_scores_of(&rest, score, doc, model, least) {
                least = least.max(found(doc, score));
            }
        }
        Ok(total)
    }

    /// Adds what a word adds to the scores of those of some articles that have it.
    fn add_scores(&mut self, word: usize, model: &Model, docs: &Range<DocId>, scores: &mut [f32]) {
        let cursor = &mut self.cursors[word];
        cursor.seek(docs.start);
        while cursor.doc < docs.end {
            let doc = cursor.doc;
            let (headline_norm, body_norm) = self.lengths.norms(doc, model);
            let count = count(cursor, doc, headline_norm, body_norm);
            // A match is told by a score above nothing, however small.
            scores[(doc - docs.start) as usize] += model.score(word, count).max(f32::MIN_POSITIVE);
            cursor.advance();
        }
    }

    /// Adds to the score of an article what the words of `rest` add, whose cursors are at it or
    /// before it, or returns `None` where it is found not to come to `least`. With each word is the
    /// most that it and those after it can add.
    fn with_scores_of(
        &mut self,
        rest: &[(usize, f32)],
        mut score: f32,
        doc: DocId,
        model: &Model,
        least: f32,
    ) -> Option<f32> {
        for &(word, most) in rest {
            // A little more, as sums are rounded.
            if (score + most) * 1.001 < least {
                return None;
            }
            let cursor = &mut self.cursors[word];
            if cursor.seek(doc) == doc {
                let (headline_norm, body_norm) = self.lengths.norms(doc, model);
                score += model.score(word, count(cursor, doc, headline_norm, body_norm));
            }
        }
        Some(score)
    }
}

/// Returns some words, each with the most that it and those after it can add to a score.
fn with_bounds<'w>(
    words: impl DoubleEndedIterator<Item = &'w usize>,
    model: &Model,
) -> Vec<(usize, f32)> {
    let mut most = 0.0;
    let mut bounded: Vec<(usize, f32)> = (words.rev())
        .map(|&word| {
            most += model.most(word);
            (word, most)
        })
        .collect();
    bounded.reverse();
    bounded
}

/// A word is worth being left out that more than one article in so many has.
const LONG: u32 = 16;

/// Returns the lowest of the best so many scores if it is higher than what an article can get that
/// has nothing yet.
fn worst_of_best(scores: impl Iterator<Item = f32>, best: usize, most_of_none: f32) -> Option<f32> {
    let mut high: Vec<f32> = scores.filter(|&score| score > most_of_none).collect();
    if best == 0 || high.len() < best {
        return None;
    }
    let (_, worst, _) = high.select_nth_unstable_by(best - 1, |a, b| b.total_cmp(a));
    Some(*worst)
}

/// Gives the least of scores to each of some articles that has a term and none yet.
fn mark(
    reader: &SegmentReader,
    term: &Term,
    docs: &Range<DocId>,
    scores: &mut [f32],
) -> Result<()> {
    let inverted = reader.inverted_index(term.field())?;
    let postings = inverted
        .read_postings(term, IndexRecordOption::Basic)
        .map_err(tantivy::TantivyError::from)?;
    let mut postings = postings.unwrap_or_else(SegmentPostings::empty);
    seek(&mut postings, docs.start);
    while postings.doc() < docs.end {
        let score = &mut scores[(postings.doc() - docs.start) as usize];
        *score = score.max(f32::MIN_POSITIVE);
        postings.advance();
    }
    Ok(())
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
