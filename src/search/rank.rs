//! Ranking: which articles match, how well, and in what order.
//!
//! Every match is scored by BM25F over headline and body while the postings are read, so the
//! total is exact and no candidate is lost; the best few hundred are then scored again with the
//! nearness of the query's words.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Query;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, TERMINATED};

use super::Sort;
use crate::archive::schema::Fields;
use crate::error::Result;
use crate::query::plan::{Plan, RankWord, Shape};
use crate::query::spans::docs_of;

/// The constants of the score.
///
/// BM25F as in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
/// (2009): the counts of a word in headline and body are put on one scale by the length of each
/// field, added with a weight each, and saturate together.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    /// How soon more of the same word stops counting.
    pub k1: f32,
    /// How much the length of the body counts, 0 to 1.
    pub body_b: f32,
    /// How much the length of the headline counts, 0 to 1.
    pub headline_b: f32,
    /// What a word in the headline counts beside one in the body.
    pub headline: f32,
    /// The power that the rarity of a word is raised to: above 1, what is rare counts more and the
    /// small words of a question next to nothing, with no list of them.
    pub idf_power: f32,
    /// What words count that stand beside each other in the query and in the article.
    pub pair: f32,
    /// What they count where they are near each other, in any order.
    pub near: f32,
    /// How many positions are near.
    pub window: u32,
    /// How many of the best are scored again with the nearness of words.
    pub reranked: usize,
}

/// The constants in use.
///
/// Tuned on 659 headlines of news, each to find its article by the body alone, and on 337
/// questions to two collections of abstracts; taken from the middle of the range in which all
/// three do well, which is wide: a fifth more or less of any of them costs less than 0.005 nDCG.
pub const WEIGHTS: Weights = Weights {
    k1: 2.4,
    body_b: 0.7,
    headline_b: 0.8,
    headline: 3.0,
    idf_power: 1.4,
    pair: 0.1,
    near: 0.2,
    window: 8,
    reranked: 100,
};

/// The most words that are looked for side by side; a longer text is no phrase.
const MOST_NEIGHBOURS: usize = 64;

/// An article with its place in the order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The score; for articles sorted by date, 0.
    pub score: f32,
    /// The article.
    pub address: DocAddress,
}

/// Returns the first `limit` matches in order, and how many there are in all.
pub fn rank(
    searcher: &Searcher,
    fields: &Fields,
    plan: &Plan,
    sort: Sort,
    limit: usize,
    weights: &Weights,
) -> Result<(Vec<Ranked>, usize)> {
    let has_words = !plan.words.is_empty();
    let by_score = sort == Sort::Relevance && has_words;
    let has_pairs = by_score && plan.words.len() > 1 && weights.pair + weights.near > 0.0;
    let kept = if has_pairs {
        limit.max(weights.reranked)
    } else {
        limit
    };
    let model = Model::new(searcher, fields, plan, weights)?;
    let mut best = Best::new(kept);
    let mut total = 0;
    for (ordinal, reader) in (0..).zip(searcher.segment_readers()) {
        let mut matches = SegmentMatches::open(reader, plan, &model)?;
        let keys = if by_score {
            Keys::Score
        } else {
            Keys::Date(reader.fast_fields().u64("first_day")?, sort)
        };
        total += matches.run(reader, plan, &model, by_score, &mut |doc, score| {
            let score = match &keys {
                Keys::Score => score,
                Keys::Date(days, sort) => date_key(days.first(doc), *sort),
            };
            best.offer(Ranked {
                score,
                address: DocAddress::new(ordinal, doc),
            });
        })?;
    }
    let mut ranked = best.into_sorted();
    if has_pairs {
        add_nearness(searcher, plan, &model, weights, &mut ranked)?;
    }
    ranked.truncate(limit);
    if !by_score {
        for hit in &mut ranked {
            hit.score = 0.0;
        }
    }
    Ok((ranked, total))
}

/// What the articles of a segment are ordered by.
enum Keys {
    Score,
    Date(tantivy::columnar::Column<u64>, Sort),
}

/// Returns a key that is higher for an article that comes first; undated ones come last.
fn date_key(day: Option<u64>, sort: Sort) -> f32 {
    // The numbers yyyymmdd are below 2²⁷ and an f32 keeps 24 bits: 372 numbers to a year do.
    let Some(day) = day else {
        return f32::MIN;
    };
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    #[expect(
        clippy::cast_precision_loss,
        reason = "below 2²⁴: 10,000 years of 372 days"
    )]
    let number = (year * 372 + month * 31 + day) as f32;
    if sort == Sort::Oldest {
        -number
    } else {
        number
    }
}

/// The best so many of what was offered; of equals, those that were stored first.
struct Best {
    kept: usize,
    /// The worst on top.
    heap: BinaryHeap<Worst>,
}

struct Worst(Ranked);

impl Best {
    fn new(kept: usize) -> Self {
        Self {
            kept,
            heap: BinaryHeap::with_capacity(kept.min(10_000) + 1),
        }
    }

    fn offer(&mut self, ranked: Ranked) {
        if self.heap.len() < self.kept {
            self.heap.push(Worst(ranked));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && before(&ranked, &worst.0) == Ordering::Less
        {
            *worst = Worst(ranked);
        }
    }

    fn into_sorted(self) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = self.heap.into_iter().map(|worst| worst.0).collect();
        ranked.sort_unstable_by(before);
        ranked
    }
}

/// Orders the better before the worse.
fn before(a: &Ranked, b: &Ranked) -> Ordering {
    let by_score = b.score.total_cmp(&a.score);
    by_score.then_with(|| a.address.cmp(&b.address))
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

/// What a score needs to know about the archive and the query.
struct Model {
    /// Of each word, what it counts.
    word_weights: Vec<f32>,
    /// By the index's code for a length: what a count in a headline of this length is worth.
    headline_norms: [f32; 256],
    /// The same for the body.
    body_norms: [f32; 256],
    k1: f32,
    fields: Fields,
}

#[expect(clippy::cast_precision_loss, reason = "a score is no exact number")]
impl Model {
    fn new(searcher: &Searcher, fields: &Fields, plan: &Plan, weights: &Weights) -> Result<Self> {
        let articles = searcher.num_docs().max(1) as f32;
        let mut word_weights = Vec::with_capacity(plan.words.len());
        for word in &plan.words {
            let mut frequency = searcher.doc_freq(&word.body)?;
            if let Some(headline) = &word.headline {
                frequency = frequency.max(searcher.doc_freq(headline)?);
            }
            let frequency = (frequency as f32).min(articles);
            let idf = (1.0 + (articles - frequency + 0.5) / (frequency + 0.5)).ln();
            word_weights.push(idf.powf(weights.idf_power) * word.times as f32);
        }
        let norms = |field, b: f32| -> Result<[f32; 256]> {
            let mut tokens = 0;
            for reader in searcher.segment_readers() {
                tokens += reader.inverted_index(field)?.total_num_tokens();
            }
            let average = (tokens as f32 / articles).max(1.0);
            let mut norms = [0.0; 256];
            for (code, norm) in (0..=255).zip(&mut norms) {
                let length = FieldNormReader::id_to_fieldnorm(code) as f32;
                *norm = 1.0 / (1.0 - b + b * length / average);
            }
            Ok(norms)
        };
        let mut headline_norms = norms(fields.headline, weights.headline_b)?;
        for norm in &mut headline_norms {
            *norm *= weights.headline;
        }
        Ok(Self {
            word_weights,
            headline_norms,
            body_norms: norms(fields.body, weights.body_b)?,
            k1: weights.k1,
            fields: *fields,
        })
    }

    /// Returns what a word adds to the score of an article that has it so often.
    fn score(&self, word: usize, count: f32) -> f32 {
        self.word_weights[word] * count * (self.k1 + 1.0) / (count + self.k1)
    }
}

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
        if self.doc < target {
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

/// The matches of a query in one segment.
struct SegmentMatches {
    cursors: Vec<Cursor>,
    filters: Vec<Box<dyn DocSet>>,
    excluded: Vec<Box<dyn DocSet>>,
    lengths: Lengths,
}

impl SegmentMatches {
    fn open(reader: &SegmentReader, plan: &Plan, model: &Model) -> Result<Self> {
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
    fn run(
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
        let headline_norm = model.headline_norms[self.lengths.headline.fieldnorm_id(doc) as usize];
        let body_norm = model.body_norms[self.lengths.body.fieldnorm_id(doc) as usize];
        let mut score = 0.0;
        for (word, cursor) in self.cursors.iter_mut().enumerate() {
            if cursor.seek(doc) == doc {
                score += model.score(word, count(cursor, doc, headline_norm, body_norm));
            }
        }
        score
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
        for &word in words {
            let cursor = &mut self.cursors[word];
            while cursor.doc != TERMINATED {
                let doc = cursor.doc;
                let headline_norm =
                    model.headline_norms[self.lengths.headline.fieldnorm_id(doc) as usize];
                let body_norm = model.body_norms[self.lengths.body.fieldnorm_id(doc) as usize];
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
                // Words that rank without being asked for have cursors that have not run yet.
                for (word, cursor) in self.cursors.iter_mut().enumerate() {
                    if cursor.doc != TERMINATED && cursor.seek(doc) == doc {
                        let headline_norm =
                            model.headline_norms[self.lengths.headline.fieldnorm_id(doc) as usize];
                        let body_norm =
                            model.body_norms[self.lengths.body.fieldnorm_id(doc) as usize];
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

fn seek(docs: &mut dyn DocSet, target: DocId) -> DocId {
    if docs.doc() < target {
        docs.seek(target)
    } else {
        docs.doc()
    }
}

/// Adds to the scores of the best what the nearness of the query's words is worth, and puts them
/// in order again.
///
/// The sequential dependence model of Metzler and Croft (2005) in the terms of BM25: words that
/// follow each other in the query count again where they stand side by side in the article, and
/// where they stand near each other in any order.
fn add_nearness(
    searcher: &Searcher,
    plan: &Plan,
    model: &Model,
    weights: &Weights,
    ranked: &mut [Ranked],
) -> Result<()> {
    if plan.words.len() > MOST_NEIGHBOURS {
        return Ok(());
    }
    // Postings are read forward only.
    ranked.sort_unstable_by_key(|hit| hit.address);
    let mut hits = ranked.iter_mut().peekable();
    for (ordinal, reader) in (0..).zip(searcher.segment_readers()) {
        if hits
            .peek()
            .is_none_or(|hit| hit.address.segment_ord != ordinal)
        {
            continue;
        }
        let headline_lengths = reader.get_fieldnorms_reader(model.fields.headline)?;
        let body_lengths = reader.get_fieldnorms_reader(model.fields.body)?;
        let mut headlines = Positions::open(reader, plan, |word| word.headline.as_ref())?;
        let mut bodies = Positions::open(reader, plan, |word| {
            word.headline.as_ref().map(|_| &word.body)
        })?;
        while let Some(hit) = hits.next_if(|hit| hit.address.segment_ord == ordinal) {
            let doc = hit.address.doc_id;
            headlines.read(doc);
            bodies.read(doc);
            let headline_norm = model.headline_norms[headline_lengths.fieldnorm_id(doc) as usize];
            let body_norm = model.body_norms[body_lengths.fieldnorm_id(doc) as usize];
            for word in 1..plan.words.len() {
                let pair_weight = (model.word_weights[word - 1] + model.word_weights[word]) / 2.0;
                let (headline_pairs, headline_near) = headlines.pairs(word, weights.window);
                let (body_pairs, body_near) = bodies.pairs(word, weights.window);
                let saturated = |in_headline: f32, in_body: f32| {
                    let count = in_headline * headline_norm + in_body * body_norm;
                    count * (model.k1 + 1.0) / (count + model.k1)
                };
                hit.score += pair_weight
                    * (weights.pair * saturated(headline_pairs, body_pairs)
                        + weights.near * saturated(headline_near, body_near));
            }
        }
    }
    ranked.sort_unstable_by(before);
    Ok(())
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

    /// Returns how often a word stands right after the one before it in the query, and how often
    /// near it.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn pairs(&self, word: usize, window: u32) -> (f32, f32) {
        let (left, right) = (&self.positions[word - 1], &self.positions[word]);
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
