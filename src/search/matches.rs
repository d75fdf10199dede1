//! Finds and scores the matches of a plan in one segment.
//!
//! Rare words are looked up document at a time. Frequent words are read term at a time, in windows of
//! documents.

use std::ops::Range;

use tantivy::fastfield::AliveBitSet;
use tantivy::fieldnorm::FieldNormReader;

use tantivy::query::Query;
use tantivy::{BitSet, DocId, DocSet, Searcher, SegmentOrdinal, SegmentReader};

use super::bm25f::Bm25f;
use super::boosts::Boosts;
use super::window::{Needed, WINDOW, Window};
use crate::engine::doc_set::{docs_of, seek_to};
use crate::engine::word_postings::{Frequencies, WordPostings};
use crate::error::Result;
use crate::query::plan::{Plan, Shape};

/// Called for each match with its score; returns the new score threshold.
pub(super) type OnMatch<'f> = dyn FnMut(DocId, f32) -> f32 + 'f;

/// How matches are scored, apart from their words.
pub(super) struct Scoring<'p> {
    /// What is added to the score of the words.
    pub(super) boosts: Boosts<'p>,
    /// The lowest score that may be among the k best.
    pub(super) threshold: f32,
}

/// Receives matches.
pub(super) struct Sink<'s, 'p> {
    /// How matches are scored. With `None`, all matches are received, with scores of 0.
    pub(super) scoring: Option<Scoring<'p>>,
    /// Called for each match; where matches are scored, only for those that reach the threshold.
    pub(super) on_match: &'s mut OnMatch<'s>,
}

impl Sink<'_, '_> {
    /// Receives a match. `score` is the score of its words.
    fn receive(&mut self, doc: DocId, score: f32) {
        let Some(Scoring { boosts, threshold }) = &mut self.scoring else {
            (self.on_match)(doc, 0.0);
            return;
        };
        if score + boosts.max() >= *threshold {
            let score = score + boosts.of(doc);
            if score >= *threshold {
                *threshold = (self.on_match)(doc, score);
            }
        }
    }
}

/// The matches of a plan in one segment. They can be read once, in order.
pub(super) struct SegmentMatches<'a> {
    plan: &'a Plan,
    bm25f: &'a Bm25f,
    /// The postings of each ranking word.
    postings: Vec<WordPostings>,
    filters: Vec<Box<dyn DocSet>>,
    excluded: Vec<Box<dyn DocSet>>,
    alive: Option<&'a AliveBitSet>,
    /// The deleted documents, in order.
    deleted: Vec<DocId>,
    /// The number of documents in the segment.
    size: u32,
    lengths: Lengths,
}

/// The lengths of headlines and bodies.
struct Lengths {
    headline: FieldNormReader,
    body: FieldNormReader,
}

impl Lengths {
    /// Returns the term frequency of a word in an article, normalised to a body of average length.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn frequency(&self, doc: DocId, found: Frequencies, bm25f: &Bm25f) -> f32 {
        // Without a branch: whether a headline has the word can't be foreseen.
        let body = bm25f.body_norms[usize::from(self.body.fieldnorm_id(doc))];
        let headline = bm25f.headline_norms[usize::from(self.headline.fieldnorm_id(doc))];
        found.in_body() as f32 * body + found.in_headline() as f32 * headline
    }
}

impl<'a> SegmentMatches<'a> {
    pub(super) fn open(
        searcher: &'a Searcher,
        segment: SegmentOrdinal,
        plan: &'a Plan,
        bm25f: &'a Bm25f,
    ) -> Result<Self> {
        let reader = searcher.segment_reader(segment);
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
            bm25f,
            postings: words
                .map(|word| WordPostings::open(searcher, segment, &word.headline, &word.body))
                .collect::<Result<_>>()?,
            filters,
            excluded: open_all(&plan.excluded)?,
            alive: reader.alive_bitset(),
            deleted: deleted_of(reader),
            size: reader.max_doc(),
            lengths: Lengths {
                headline: reader.get_fieldnorms_reader(bm25f.fields.headline)?,
                body: reader.get_fieldnorms_reader(bm25f.fields.body)?,
            },
        })
    }

    /// Passes the matches among some documents to the sink, in order, and returns their number.
    /// Matches below the threshold of the sink are counted and not passed.
    pub(super) fn run(&mut self, docs: Range<DocId>, sink: Sink<'_, '_>) -> usize {
        match &self.plan.shape {
            Shape::All(words) if !self.is_reading_faster(words) => {
                self.run_by_document(words, docs, sink)
            }
            Shape::All(words) if words.len() > 1 => self.run_all_by_term(words, docs, sink),
            Shape::All(words) | Shape::Any(words) => self.run_any_by_term(words, docs, sink),
        }
    }

    /// Returns whether a document matches. Documents must be asked for in order.
    pub(super) fn has(&mut self, doc: DocId) -> bool {
        let postings = &mut self.postings;
        let mut is_in = |&word: &usize| postings[word].seek(doc) == doc;
        let has_words = match &self.plan.shape {
            Shape::All(words) => words.iter().all(is_in),
            Shape::Any(words) => words.iter().any(&mut is_in),
        };
        has_words && self.passes_filters(doc)
    }

    /// Returns whether reading the postings of all words takes less time than looking up the
    /// documents of the rarest in all other words and filters.
    fn is_reading_faster(&self, words: &[usize]) -> bool {
        let sizes = || words.iter().map(|&word| self.postings[word].size());
        let filters = self.filters.iter().map(|filter| filter.size_hint());
        let lookups = sizes().chain(filters).min().map_or(0.0, f64::from);
        let steps: f64 = sizes().map(f64::from).sum();
        steps < lookups * (words.len() as u64 * STEPS_A_LOOKUP) as f64
    }

    /// Returns words by the number of their postings, the fewest first.
    fn rarest_first(&self, words: &[usize]) -> Vec<usize> {
        let mut words = words.to_vec();
        words.sort_by_key(|&word| self.postings[word].size());
        words
    }

    /// Finds the articles that have all words, document at a time: the rarest word leads.
    fn run_by_document(
        &mut self,
        words: &[usize],
        docs: Range<DocId>,
        mut sink: Sink<'_, '_>,
    ) -> usize {
        let words = self.rarest_first(words);
        let by_max = self.by_max((0..self.postings.len()).collect());
        let mut total = 0;
        let mut doc = docs.start;
        'doc: while doc < docs.end {
            for &word in &words {
                let next = self.postings[word].seek(doc);
                if next > doc {
                    doc = next;
                    continue 'doc;
                }
            }
            for filter in &mut self.filters {
                let next = seek_to(&mut **filter, doc);
                if next > doc {
                    doc = next;
                    continue 'doc;
                }
            }
            if self.is_left(doc) {
                total += 1;
                score_document(doc, &by_max, &mut sink, |word| self.score_of(word, doc));
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
            && !(self.excluded.iter_mut()).any(|docs| seek_to(&mut **docs, doc) == doc)
    }

    /// Returns whether a document is left and passes all filters. No filter may be past it.
    fn passes_filters(&mut self, doc: DocId) -> bool {
        self.is_left(doc) && (self.filters.iter_mut()).all(|docs| seek_to(&mut **docs, doc) == doc)
    }

    /// Returns the score of each word in an article. No postings may be past the article.
    pub(super) fn word_scores(&mut self, doc: DocId) -> impl Iterator<Item = f32> {
        (0..self.postings.len()).map(move |word| self.score_of(word, doc))
    }

    /// Returns the score of a word in an article. Its postings may not be past the article.
    fn score_of(&mut self, word: usize, doc: DocId) -> f32 {
        let found = self.postings[word].frequencies_in(doc);
        if found == Frequencies::default() {
            return 0.0;
        }
        let frequency = self.lengths.frequency(doc, found, self.bm25f);
        self.bm25f.score(word, frequency)
    }

    /// Finds the articles that have all words, term at a time: window by window, and in each window word
    /// by word, rarest first. Only the articles that have all words are scored.
    fn run_all_by_term(
        &mut self,
        words: &[usize],
        docs: Range<DocId>,
        mut sink: Sink<'_, '_>,
    ) -> usize {
        let words = self.rarest_first(words);
        let by_max = self.by_max((0..self.postings.len()).collect());
        // The frequencies of each word of the plan in the articles of the window.
        let mut tables: Vec<Vec<Frequencies>> = vec![Vec::new(); self.postings.len()];
        for &word in &words {
            tables[word].resize(WINDOW as usize, Frequencies::default());
        }
        let mut candidates = Vec::new();
        let mut total = 0;
        let mut from = docs.start;
        loop {
            let next = words.iter().map(|&word| self.postings[word].seek(from));
            let Some(start) = next.max().filter(|&next| next < docs.end) else {
                return total;
            };
            from = docs.end.min(start + WINDOW);
            for (at, &word) in words.iter().enumerate() {
                let (postings, table) = (&mut self.postings[word], &mut tables[word]);
                postings.seek(start);
                postings.add_before(from, start, table);
                if at == 0 {
                    candidates.clear();
                    candidates.extend(0..(from - start) as usize);
                }
                retain(&mut candidates, |row| table[row] != Frequencies::default());
            }
            for (doc, &row) in candidates.iter().map(|row| (start + *row as DocId, row)) {
                if self.passes_filters(doc) {
                    total += 1;
                    score_document(doc, &by_max, &mut sink, |word| {
                        match tables[word].get(row) {
                            Some(&found) => {
                                let frequency = self.lengths.frequency(doc, found, self.bm25f);
                                self.bm25f.score(word, frequency)
                            }
                            None => self.score_of(word, doc),
                        }
                    });
                }
            }
            for &word in &words {
                tables[word].fill(Frequencies::default());
            }
        }
    }

    /// Finds the articles that have any of the words, term at a time: window by window, and in each window
    /// word by word.
    ///
    /// Words with higher maximum scores come first. From some point on an article that has only the
    /// remaining words can't be among the k best. These words are counted, and scored only for the few
    /// candidates: the term-at-a-time MaxScore of Turtle and Flood, "Query evaluation: strategies and
    /// optimizations" (1995).
    fn run_any_by_term(
        &mut self,
        words: &[usize],
        docs: Range<DocId>,
        mut sink: Sink<'_, '_>,
    ) -> usize {
        let bm25f = self.bm25f;
        // Ranking words that need not match come last. The words of a shape are in order.
        let others = (0..self.postings.len()).filter(|word| words.binary_search(word).is_err());
        let others: Vec<usize> = others.collect();
        let max_of_others: f32 = others.iter().map(|&word| bm25f.max(word)).sum();
        let mut by_max = self.by_max(words.to_vec());
        for max in &mut by_max.max_from {
            *max += max_of_others;
        }
        let mut window = Window::default();
        let mut total = 0;
        let mut from = docs.start;
        loop {
            // The postings of words that the last window did not read are behind.
            let next = by_max.words.iter();
            let next = next.map(|&word| self.postings[word].seek(from));
            let Some(start) = next.min().filter(|&next| next < docs.end) else {
                return total;
            };
            from = docs.end.min(start + WINDOW);
            window.open(start..from);
            // The threshold of the score of the words alone.
            let scoring = sink.scoring.as_ref();
            let threshold = scoring.map(|scoring| scoring.threshold - scoring.boosts.max());
            let read = self.add_max(&by_max, threshold, &mut window);
            let mut left = by_max.max_from[read];
            // The score that a document needs if the remaining words can add at most `left`.
            let floor = |left: f32| threshold.map_or(f32::INFINITY, |threshold| threshold - left);
            window.find_candidates(floor(left));
            // The word that most articles have comes last: no candidate may be left by then.
            for &word in by_max.words[read..].iter().rev() {
                self.count(word, floor(left), &mut window);
                left -= bm25f.max(word);
            }
            for &word in &others {
                self.add_to_candidates(word, floor(left), &mut window);
                left -= bm25f.max(word);
            }
            total += self.pass_on(&mut window, &mut sink);
        }
    }

    /// Orders words by their maximum scores, highest first.
    fn by_max(&self, mut words: Vec<usize>) -> ByMax {
        let max = |word: usize| self.bm25f.max(word);
        words.sort_by(|&a, &b| max(b).total_cmp(&max(a)).then(a.cmp(&b)));
        let mut max_from = vec![0.0; words.len() + 1];
        for (at, &word) in words.iter().enumerate().rev() {
            max_from[at] = max_from[at + 1] + max(word);
        }
        ByMax { words, max_from }
    }

    /// Adds up the scores of a window, words with the highest maximum scores first, until the
    /// remaining words alone can't reach the threshold and few documents can reach it with them.
    /// Returns the number of words that were read.
    fn add_max(&mut self, by_max: &ByMax, threshold: Option<f32>, window: &mut Window) -> usize {
        for (read, &word) in by_max.words.iter().enumerate() {
            let Some(threshold) = threshold else { return 0 };
            let max = by_max.max_from[read];
            if max < threshold {
                let share = f64::from(self.postings[word].size()) / f64::from(self.size);
                let lookups = window.count_from(threshold - max) as u64;
                if ((lookups * STEPS_A_LOOKUP) as f64) < share * f64::from(WINDOW) {
                    return read;
                }
            }
            let (bm25f, lengths) = (self.bm25f, &self.lengths);
            let frequency = |doc, found| lengths.frequency(doc, found, bm25f);
            let of_word = threshold - by_max.max_from[read + 1];
            let needed = Needed {
                score: of_word - bm25f.max(word),
                // A document that was scored for a word before needs less of this one.
                frequency: if read == 0 {
                    bm25f.least(word, of_word)
                } else {
                    0.0
                },
            };
            let postings = &mut self.postings[word];
            postings.seek(window.docs.start);
            window.add(postings, needed, frequency, |frequency| {
                bm25f.score(word, frequency)
            });
        }
        by_max.words.len()
    }

    /// Counts the articles of a window that have a word, and adds the score of the word to those with
    /// scores of at least `floor`.
    fn count(&mut self, word: usize, floor: f32, window: &mut Window) {
        if window.is_match.iter().all(|&is_match| is_match) {
            return self.add_to_candidates(word, floor, window);
        }
        let (bm25f, lengths) = (self.bm25f, &self.lengths);
        let frequency = |doc, found| lengths.frequency(doc, found, bm25f);
        window.count(&mut self.postings[word], floor, frequency, |frequency| {
            bm25f.score(word, frequency)
        });
    }

    /// Adds the score of a word to the candidates with scores of at least `floor`.
    fn add_to_candidates(&mut self, word: usize, floor: f32, window: &mut Window) {
        for &doc in &window.candidates {
            let at = window.at(doc);
            if window.scores[at] >= floor {
                window.scores[at] += self.score_of(word, doc);
            }
        }
    }

    /// Passes the matches of a window to the sink, and returns their number.
    fn pass_on(&mut self, window: &mut Window, sink: &mut Sink<'_, '_>) -> usize {
        let first = self.deleted.partition_point(|&doc| doc < window.docs.start);
        let deleted = self.deleted[first..].iter();
        for &doc in deleted.take_while(|&&doc| doc < window.docs.end) {
            let at = window.at(doc);
            window.is_match[at] = false;
        }
        if sink.scoring.is_some() && self.filters.is_empty() && self.excluded.is_empty() {
            for &doc in &window.candidates {
                let at = window.at(doc);
                if window.is_match[at] {
                    sink.receive(doc, window.scores[at]);
                }
            }
            return window.matches();
        }
        let mut total = 0;
        for (doc, at) in window.docs.clone().zip(0..) {
            if window.is_match[at] && self.passes_filters(doc) {
                total += 1;
                sink.receive(doc, window.scores[at]);
            }
        }
        total
    }
}

/// Returns the deleted documents of a segment, in order. An archive that was brought up to date has few.
fn deleted_of(reader: &SegmentReader) -> Vec<DocId> {
    /// The number of documents in a word of a bit set.
    const WORD: u32 = 64;
    let Some(alive) = reader.alive_bitset() else {
        return Vec::new();
    };
    let mut words = BitSet::with_max_value_and_full(reader.max_doc());
    words.intersect_update(alive.bitset());
    let starts = (0..reader.max_doc()).step_by(WORD as usize);
    let with_deleted = (0..).zip(starts).filter(|&(word, start)| {
        let docs = (reader.max_doc() - start).min(WORD);
        words.tinyset(word).len() < docs
    });
    let docs = with_deleted.flat_map(|(_, start)| start..reader.max_doc().min(start + WORD));
    docs.filter(|&doc| alive.is_deleted(doc)).collect()
}

/// Keeps the rows that are kept by a test, without a branch: whether a document has a word can't be
/// foreseen, and a branch that is foreseen wrongly takes longer than all else.
fn retain(rows: &mut Vec<usize>, is_kept: impl Fn(usize) -> bool) {
    let mut kept = 0;
    for at in 0..rows.len() {
        let row = rows[at];
        rows[kept] = row;
        kept += usize::from(is_kept(row));
    }
    rows.truncate(kept);
}

/// Scores a match word by word, until its score can't reach the threshold, and passes it to the sink.
fn score_document(
    doc: DocId,
    by_max: &ByMax,
    sink: &mut Sink<'_, '_>,
    mut score_of: impl FnMut(usize) -> f32,
) {
    let Some(Scoring { boosts, threshold }) = &mut sink.scoring else {
        (sink.on_match)(doc, 0.0);
        return;
    };
    // The boost comes first: it alone rules out most articles, whatever words they have.
    let boost = boosts.of(doc);
    let mut score = 0.0;
    let mut words = by_max.words.iter().zip(&by_max.max_from);
    while let Some((&word, max)) = words.next()
        && score + max + boost >= *threshold
    {
        score += score_of(word);
    }
    if score + boost >= *threshold {
        *threshold = (sink.on_match)(doc, score + boost);
    }
}

/// Words by their maximum scores, highest first.
struct ByMax {
    words: Vec<usize>,
    /// For each word, the sum of its maximum score and those of the words after it; 0 after the last.
    max_from: Vec<f32>,
}

/// The number of postings that are read in the time of one lookup. In unit tests fewer, so that their
/// small archives are searched in both ways.
pub(super) const STEPS_A_LOOKUP: u64 = if cfg!(test) { 2 } else { 20 };
