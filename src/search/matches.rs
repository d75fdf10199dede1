//! Runs over the matches of a query in one segment of the index and scores each.

use std::ops::Range;

use tantivy::fastfield::AliveBitSet;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::query::Query;
use tantivy::{DocId, DocSet};

use super::bm25f::Model;
use super::boosts::OnTop;
use crate::engine::doc_set::docs_of;
use crate::engine::word_postings::WordPostings;
use crate::error::Result;
use crate::query::plan::{Plan, Shape};

/// What is told of a match: the document and its score. The lowest score is returned that is still
/// of use.
pub(super) type Found<'f> = dyn FnMut(DocId, f32) -> f32 + 'f;

/// What the score of a match is beside the score of its words, and from where on it is of use.
pub(super) struct Scored<'p> {
    /// What comes on top of the score of the words.
    pub(super) on_top: OnTop<'p>,
    /// The lowest score that is of use.
    pub(super) least: f32,
}

/// The matches of a query in one segment, to be run over once, forward.
pub(super) struct SegmentMatches<'a> {
    plan: &'a Plan,
    model: &'a Model,
    /// A walk for each word that ranks.
    walks: Vec<WordPostings>,
    filters: Vec<Box<dyn DocSet>>,
    excluded: Vec<Box<dyn DocSet>>,
    alive: Option<&'a AliveBitSet>,
    /// How many documents the segment has.
    size: u32,
    lengths: Lengths,
}

struct Lengths {
    headline: FieldNormReader,
    body: FieldNormReader,
}

impl Lengths {
    /// Returns how much of a word an article has, on the scale of a body of average length.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn count(&self, doc: DocId, in_headline: u32, in_body: u32, model: &Model) -> f32 {
        let norm = model.body_norms[usize::from(self.body.fieldnorm_id(doc))];
        let count = in_body as f32 * norm;
        if in_headline == 0 {
            return count;
        }
        let norm = model.headline_norms[usize::from(self.headline.fieldnorm_id(doc))];
        count + in_headline as f32 * norm
    }
}

impl<'a> SegmentMatches<'a> {
    pub(super) fn open(
        reader: &'a SegmentReader,
        plan: &'a Plan,
        model: &'a Model,
    ) -> Result<Self> {
        let open_all = |queries: &[Box<dyn Query>]| {
            queries
                .iter()
                .map(|query| docs_of(&**query, reader))
                .collect::<tantivy::Result<Vec<_>>>()
        };
        let words = plan.words.iter();
        let mut filters = open_all(&plan.filters)?;
        filters.sort_by_key(|filter| filter.cost());
        Ok(Self {
            plan,
            model,
            walks: words
                .map(|word| WordPostings::open(reader, word.headline.as_ref(), &word.body))
                .collect::<Result<_>>()?,
            filters,
            excluded: open_all(&plan.excluded)?,
            alive: reader.alive_bitset(),
            size: reader.max_doc(),
            lengths: Lengths {
                headline: reader.get_fieldnorms_reader(model.fields.headline)?,
                body: reader.get_fieldnorms_reader(model.fields.body)?,
            },
        })
    }

    /// Hands those matches to `found` that are among some documents, in the order they are stored
    /// in, and returns how many there are. Where they are scored, those that come to less than the
    /// least score are counted and left out, and `found` returns what it is from then on; else all
    /// are handed on, and have no scores.
    pub(super) fn run(
        &mut self,
        docs: Range<DocId>,
        scored: Option<Scored<'_>>,
        found: &mut Found<'_>,
    ) -> usize {
        match &self.plan.shape {
            Shape::All(words) if !self.are_read_soon(words) => {
                self.run_by_looks(words, docs, scored, found)
            }
            Shape::All(words) => self.run_by_words(words, words.len(), docs, scored, found),
            Shape::Any(words) => self.run_by_words(words, 1, docs, scored, found),
        }
    }

    /// Returns whether to read all articles that have any of some words takes less time than to look
    /// up in all words, and all filters, what the rarest has.
    fn are_read_soon(&self, words: &[usize]) -> bool {
        let sizes = || words.iter().map(|&word| self.walks[word].size());
        let filters = self.filters.iter().map(|filter| filter.size_hint());
        let looks = sizes().chain(filters).min().map_or(0.0, f64::from);
        let steps: f64 = sizes().map(f64::from).sum();
        steps < looks * words.len() as f64 * STEPS_A_LOOK
    }

    /// Runs over the articles that have all of some words: the rarest leads, the others follow.
    fn run_by_looks(
        &mut self,
        words: &[usize],
        docs: Range<DocId>,
        mut scored: Option<Scored<'_>>,
        found: &mut Found<'_>,
    ) -> usize {
        let mut words = words.to_vec();
        words.sort_by_key(|&word| self.walks[word].size());
        let (in_order, most_from) = self.by_most((0..self.walks.len()).collect());
        let mut total = 0;
        let mut doc = docs.start;
        'doc: while doc < docs.end {
            for &word in &words {
                let next = self.walks[word].seek(doc);
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
            if self.is_left(doc) {
                total += 1;
                if let Some(scored) = &mut scored {
                    // What comes on top tells of most that they are not of use, whatever the words.
                    let on_top = scored.on_top.of(doc);
                    let mut score = 0.0;
                    let mut words = in_order.iter().zip(&most_from);
                    while let Some((&word, most)) = words.next()
                        && score + most + on_top >= scored.least
                    {
                        score += self.score_of(word, doc);
                    }
                    if score + on_top >= scored.least {
                        scored.least = found(doc, score + on_top);
                    }
                } else {
                    found(doc, 0.0);
                }
            }
            doc = match self.filters.first_mut() {
                Some(leading) if words.is_empty() => leading.advance(),
                _ => doc + 1,
            };
        }
        total
    }

    /// Returns whether a document is neither excluded nor deleted.
    fn is_left(&mut self, doc: DocId) -> bool {
        self.alive.is_none_or(|alive| alive.is_alive(doc))
            && !(self.excluded.iter_mut()).any(|set| seek(&mut **set, doc) == doc)
    }

    /// Returns what each word adds to the score of an article, all walks being at it or before it.
    pub(super) fn word_scores(&mut self, doc: DocId) -> impl Iterator<Item = f32> {
        (0..self.walks.len()).map(move |word| self.score_of(word, doc))
    }

    /// Returns what a word adds to the score of an article, its walk being at it or before it.
    fn score_of(&mut self, word: usize, doc: DocId) -> f32 {
        let walk = &mut self.walks[word];
        if walk.seek(doc) != doc {
            return 0.0;
        }
        let (in_headline, in_body) = walk.counts();
        let count = (self.lengths).count(doc, in_headline, in_body, self.model);
        self.model.score(word, count)
    }

    /// Runs over the articles that have one of some words, or all of them if so many are `needed`,
    /// window by window, and in each word by word.
    ///
    /// The words that can add most come first. Where one will do, those that are left can at some
    /// point not bring an article among the best that has none of the others: they are only counted,
    /// and scored for the few articles that are still in the running (the term-at-a-time MaxScore
    /// of Turtle and Flood, "Query evaluation: strategies and optimizations", 1995).
    fn run_by_words(
        &mut self,
        words: &[usize],
        needed: usize,
        docs: Range<DocId>,
        mut scored: Option<Scored<'_>>,
        found: &mut Found<'_>,
    ) -> usize {
        let model = self.model;
        // Words that rank without being asked for come last; those of a shape are in order.
        let others = (0..self.walks.len()).filter(|word| words.binary_search(word).is_err());
        let others: Vec<usize> = others.collect();
        let most_of_others: f32 = others.iter().map(|&word| model.most(word)).sum();
        let (words, mut most_from) = self.by_most(words.to_vec());
        most_from
            .iter_mut()
            .for_each(|most| *most += most_of_others);
        let mut window = Window::default();
        let mut total = 0;
        let mut from = docs.start;
        loop {
            // Those that were not read in the last window are behind.
            let next = words.iter().map(|&word| self.walks[word].seek(from));
            let next = if needed > 1 { next.max() } else { next.min() };
            let Some(start) = next.filter(|&next| next < docs.end) else {
                return total;
            };
            from = docs.end.min(start + WINDOW);
            window.open(start..from, needed);
            // What a score of words has to come to.
            let least = (scored.as_ref()).map(|scored| scored.least - scored.on_top.most());
            let read = self.add_most(&words, &most_from, least, &mut window);
            let mut left = most_from[read];
            // What a score has to have come to where so much may still be added.
            let floor = |left: f32| least.map_or(f32::INFINITY, |least| least - left);
            window.find_candidates(floor(left));
            // Last come the words that most articles have, after which there may be none left.
            for &word in words[read..].iter().rev() {
                self.count(word, floor(left), &mut window);
                left -= model.most(word);
            }
            for &word in &others {
                self.add_scores_from(word, floor(left), &mut window);
                left -= model.most(word);
            }
            total += self.hand_on(&window, &mut scored, found);
        }
    }

    /// Returns some words, those first that can add most, and with each the most that it and all
    /// after it can add; after the last, nothing.
    fn by_most(&self, mut words: Vec<usize>) -> (Vec<usize>, Vec<f32>) {
        let most = |word: usize| self.model.most(word);
        words.sort_by(|&a, &b| most(b).total_cmp(&most(a)).then(a.cmp(&b)));
        let mut most_from = vec![0.0; words.len() + 1];
        for (at, &word) in words.iter().enumerate().rev() {
            most_from[at] = most_from[at + 1] + most(word);
        }
        (words, most_from)
    }

    /// Adds up the scores of a window by the words that can add most, until those that are left
    /// can't bring an article to the least score, nor are many in the running. Returns how many
    /// words were read: all of them where all are needed.
    fn add_most(
        &mut self,
        words: &[usize],
        most_from: &[f32],
        least: Option<f32>,
        window: &mut Window,
    ) -> usize {
        for (read, &word) in words.iter().enumerate() {
            if window.needed == 1 {
                let Some(least) = least else { return 0 };
                if most_from[read] < least {
                    let share = f64::from(self.walks[word].size()) / f64::from(self.size);
                    let looks = window.come_to(least - most_from[read]) as f64;
                    if looks * STEPS_A_LOOK < share * f64::from(WINDOW) {
                        return read;
                    }
                }
            }
            let (model, lengths) = (self.model, &self.lengths);
            let walk = &mut self.walks[word];
            walk.seek(window.docs.start);
            walk.each_before(window.docs.end, |doc, in_headline, in_body| {
                let at = window.at(doc);
                let count = lengths.count(doc, in_headline, in_body, model);
                window.scores[at] += model.score(word, count);
                window.words[at] += 1;
            });
        }
        words.len()
    }

    /// Counts the articles of a window that have a word, and adds what it adds to the scores of
    /// those candidates that have come to `floor`.
    fn count(&mut self, word: usize, floor: f32, window: &mut Window) {
        if window.words.iter().all(|&words| words > 0) {
            return self.add_scores_from(word, floor, window);
        }
        let (model, lengths) = (self.model, &self.lengths);
        self.walks[word].each_before(window.docs.end, |doc, in_headline, in_body| {
            let at = window.at(doc);
            window.words[at] = 1;
            if window.scores[at] >= floor {
                let count = lengths.count(doc, in_headline, in_body, model);
                window.scores[at] += model.score(word, count);
            }
        });
    }

    /// Adds what a word adds to the scores of those candidates that have come to `floor`.
    fn add_scores_from(&mut self, word: usize, floor: f32, window: &mut Window) {
        for &doc in &window.candidates {
            let at = window.at(doc);
            if window.scores[at] >= floor {
                window.scores[at] += self.score_of(word, doc);
            }
        }
    }

    /// Hands the matches of a window on, and returns how many there are.
    fn hand_on(
        &mut self,
        window: &Window,
        scored: &mut Option<Scored<'_>>,
        found: &mut Found<'_>,
    ) -> usize {
        let is_narrowed =
            self.alive.is_some() || !self.filters.is_empty() || !self.excluded.is_empty();
        if scored.is_some() && !is_narrowed {
            for &doc in &window.candidates {
                hand_on(doc, window.scores[window.at(doc)], scored, found);
            }
            return window.matches();
        }
        let mut total = 0;
        for (doc, at) in window.docs.clone().zip(0..) {
            let is_match = window.is_match(at)
                && self.is_left(doc)
                && (self.filters.iter_mut()).all(|set| seek(&mut **set, doc) == doc);
            if is_match {
                total += 1;
                hand_on(doc, window.scores[at], scored, found);
            }
        }
        total
    }
}

/// Hands a match on whose words come to a score, unless it is of no use.
fn hand_on(doc: DocId, score: f32, scored: &mut Option<Scored<'_>>, found: &mut Found<'_>) {
    let Some(Scored { on_top, least }) = scored else {
        found(doc, 0.0);
        return;
    };
    if score + on_top.most() >= *least {
        let score = score + on_top.of(doc);
        if score >= *least {
            *least = found(doc, score);
        }
    }
}

/// How many documents are a window: what is known of them fits the nearest cache. The small archives
/// of the unit tests have several as well.
const WINDOW: DocId = if cfg!(test) { 16 } else { 2048 };

/// How many articles of a word are read in the time that one is looked up. In the unit tests fewer,
/// so that their small archives are searched in either way.
const STEPS_A_LOOK: f64 = if cfg!(test) { 1.5 } else { 10.0 };

/// What is known of some documents that follow each other.
#[derive(Default)]
struct Window {
    docs: Range<DocId>,
    /// How many of the words a match has.
    needed: usize,
    /// How many of the words each document was found to have.
    words: Vec<u16>,
    /// What those add up to.
    scores: Vec<f32>,
    /// The matches that may be among the best.
    candidates: Vec<DocId>,
}

impl Window {
    /// Begins anew with other documents.
    fn open(&mut self, docs: Range<DocId>, needed: usize) {
        self.words.clear();
        self.words.resize(docs.len(), 0);
        self.scores.clear();
        self.scores.resize(docs.len(), 0.0);
        self.docs = docs;
        self.needed = needed;
    }

    /// Takes the matches whose scores have come to `floor` for candidates.
    fn find_candidates(&mut self, floor: f32) {
        let scores = self.docs.clone().zip(self.scores.iter().zip(&self.words));
        let candidates = scores
            .filter(|&(_, (&score, &words))| score >= floor && usize::from(words) >= self.needed)
            .map(|(doc, _)| doc);
        self.candidates.clear();
        self.candidates.extend(candidates);
    }

    /// Returns how many scores have come to so much.
    fn come_to(&self, floor: f32) -> usize {
        self.scores.iter().filter(|score| **score >= floor).count()
    }

    fn is_match(&self, at: usize) -> bool {
        usize::from(self.words[at]) >= self.needed
    }

    fn matches(&self) -> usize {
        (0..self.words.len())
            .filter(|&at| self.is_match(at))
            .count()
    }

    fn at(&self, doc: DocId) -> usize {
        (doc - self.docs.start) as usize
    }
}

/// Moves a set to the first document at or after a target.
pub(super) fn seek(docs: &mut dyn DocSet, target: DocId) -> DocId {
    if docs.doc() < target {
        docs.seek(target)
    } else {
        docs.doc()
    }
}
