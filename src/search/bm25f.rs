//! The BM25F score of words in an article, and the constants of all scores.

use tantivy::Searcher;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;

use crate::archive::reader::Snapshot;
use crate::archive::schema::Fields;
use crate::engine::word_postings;
use crate::error::Result;
use crate::query::plan::{Plan, RankWord};

/// The constants of the score.
///
/// BM25F as in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
/// (2009): the term frequencies in headline and body are normalised by the length of each field,
/// added with a weight for each field, and saturated together.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    /// The saturation of term frequency: the frequency that has half of the maximum score.
    pub k1: f32,
    /// How much the length of the body normalises, 0 to 1.
    pub body_b: f32,
    /// How much the length of the headline normalises, 0 to 1.
    pub headline_b: f32,
    /// The weight of the headline; that of the body is 1.
    pub headline: f32,
    /// The power to which the inverse document frequency is raised. Above 1, rare words count more,
    /// and the function words of a question next to nothing, so that no list of stop words is needed.
    pub idf_power: f32,
    /// How much is added to that power for a question with e times as many words as a long one. More
    /// words add no more.
    pub idf_power_of_length: f32,
    /// The number of words from which on a question is long, and has more function words.
    pub long_question: f32,
    /// The weight of words that are neighbours in the query and in the article.
    pub pair: f32,
    /// The weight of neighbours in the query that are near each other in the article, in any order.
    pub near: f32,
    /// The most positions between words that are near each other.
    pub window: u32,
    /// The weight, beside that of neighbours, of words with one word between them in the query: in
    /// "rise of tariffs", "rise" and "tariffs" belong together.
    pub skip: f32,
    /// The maximum boost for a person of the query; half of it for an article that names the person
    /// `k1` times.
    pub person: f32,
    /// The boost of the newest article of the archive, as a share of the maximum score of all words.
    pub recency: f32,
    /// The age at which that boost is halved, in days of 372 to a year.
    pub recency_halved: f32,
    /// The weight that is added for words in the lead: news says first what it is about.
    pub lead: f32,
    /// The number of positions at the start of the body that are the lead: one or two sentences.
    pub lead_end: u32,
    /// How many of the best hits are scored again with proximity and the lead.
    pub reranked: usize,
}

/// The constants in use.
///
/// The constants of words were tuned on 659 headlines of news, each as a query for its article by the
/// body alone, and on 301 questions to two collections of abstracts, with and without titles. They
/// are from the middle of the ranges that score well on all. Changing one of them by a sixth costs at
/// most 0.013 nDCG on one collection, and less than 0.003 for most. The boost for a person is that of
/// two rare words.
pub const WEIGHTS: Weights = Weights {
    k1: 2.6,
    body_b: 0.7,
    headline_b: 0.8,
    headline: 3.0,
    idf_power: 1.2,
    idf_power_of_length: 0.5,
    long_question: 20.0,
    pair: 0.2,
    near: 0.2,
    window: 8,
    skip: 0.5,
    person: 8.0,
    recency: 0.0,
    recency_halved: 372.0,
    lead: 1.0,
    lead_end: 26,
    reranked: 200,
};

/// The constants for `--recent`: of articles with similar scores, the newer come first.
pub const RECENT: Weights = Weights {
    recency: 0.1,
    ..WEIGHTS
};

/// The constants in an archive of one-sentence articles. All their words are in the lead and near each
/// other, which says nothing about them, and what is left is BM25. They were chosen on the first sentences
/// of the collections of abstracts, where those of news are below plain BM25 for questions of up to eight
/// words.
const OF_ONE_SENTENCE: Weights = Weights {
    k1: 1.2,
    idf_power: 1.0,
    pair: 0.0,
    near: 0.0,
    lead: 0.0,
    ..WEIGHTS
};

/// The average number of words of a body up to which articles are of one sentence, and the number from
/// which on they are not; in between, the constants are in between.
const ONE_SENTENCE: (f32, f32) = (50.0, 100.0);

impl Weights {
    /// Returns the constants for an archive with this average length of bodies.
    fn at_length(self, average: f32) -> Self {
        let (short, long) = ONE_SENTENCE;
        let share = ((average - short) / (long - short)).clamp(0.0, 1.0);
        let between = |long: f32, short: f32| short + share * (long - short);
        Self {
            k1: between(self.k1, OF_ONE_SENTENCE.k1),
            idf_power: between(self.idf_power, OF_ONE_SENTENCE.idf_power),
            pair: between(self.pair, OF_ONE_SENTENCE.pair),
            near: between(self.near, OF_ONE_SENTENCE.near),
            lead: between(self.lead, OF_ONE_SENTENCE.lead),
            ..self
        }
    }
}

/// The statistics of the archive and of the words of a plan that a score needs.
pub(super) struct Bm25f {
    /// The document frequency of each word, in headline or body.
    pub(super) frequencies: Vec<u64>,
    /// The weight of each word.
    pub(super) word_weights: Vec<f32>,
    /// The factor of a term frequency in a headline, by the fieldnorm id of its length.
    pub(super) headline_norms: [f32; 256],
    /// The same for the body.
    pub(super) body_norms: [f32; 256],
    pub(super) weights: Weights,
    pub(super) fields: Fields,
}

#[expect(clippy::cast_precision_loss, reason = "a score is no exact number")]
impl Bm25f {
    pub(super) fn new(snapshot: &Snapshot, plan: &Plan, weights: &Weights) -> Result<Self> {
        let average_headline = average_length(snapshot, snapshot.fields.headline)?;
        let average_body = average_length(snapshot, snapshot.fields.body)?;
        let weights = weights.at_length(average_body);
        // The words of patterns may be many, and none is a function word.
        let is_typed = |word: &&RankWord| !word.is_of_pattern;
        let length = plan.asked().iter().filter(is_typed).count() as f32;
        let beyond = (length / weights.long_question).ln();
        let idf_power = weights.idf_power + weights.idf_power_of_length * beyond.clamp(0.0, 1.0);
        let mut frequencies = Vec::with_capacity(plan.words.len());
        let mut word_weights = Vec::with_capacity(plan.words.len());
        for word in &plan.words {
            let in_headline = word_postings::frequency(&snapshot.searcher, &word.headline)?;
            let in_body = word_postings::frequency(&snapshot.searcher, &word.body)?;
            let frequency = in_body.max(in_headline);
            frequencies.push(frequency);
            word_weights.push(idf(&snapshot.searcher, frequency).powf(idf_power) * word.weight);
        }
        let norms = |average: f32, b: f32| -> [f32; 256] {
            let mut norms = [0.0; 256];
            for (code, norm) in (0..=255).zip(&mut norms) {
                let length = FieldNormReader::id_to_fieldnorm(code) as f32;
                *norm = 1.0 / (1.0 - b + b * length / average);
            }
            norms
        };
        let mut headline_norms = norms(average_headline, weights.headline_b);
        for norm in &mut headline_norms {
            *norm *= weights.headline;
        }
        Ok(Self {
            frequencies,
            word_weights,
            headline_norms,
            body_norms: norms(average_body, weights.body_b),
            weights,
            fields: snapshot.fields,
        })
    }

    /// Returns the maximum score of a word.
    pub(super) fn max(&self, word: usize) -> f32 {
        rounded(self.word_weights[word] * (self.weights.k1 + 1.0) + ROUNDED_TO)
    }

    /// Returns a normalised term frequency that a document must have for a word to score `score`, or one
    /// slightly lower.
    pub(super) fn least(&self, word: usize, score: f32) -> f32 {
        let score = score - ROUNDED_TO;
        let left = self.word_weights[word] * (self.weights.k1 + 1.0) - score;
        let least = score * self.weights.k1 / left.max(ROUNDED_TO);
        least * 0.999
    }

    /// Returns the maximum score of all words together.
    pub(super) fn max_of_all(&self) -> f32 {
        (0..self.word_weights.len())
            .map(|word| self.max(word))
            .sum()
    }

    /// Returns the score of a word with a normalised term frequency.
    pub(super) fn score(&self, word: usize, frequency: f32) -> f32 {
        rounded(
            self.word_weights[word]
                * (self.weights.k1 + 1.0)
                * saturated(frequency, self.weights.k1),
        )
    }
}

/// Returns the average number of words that articles have in a field, at least 1.
#[expect(clippy::cast_precision_loss, reason = "an average is no exact number")]
fn average_length(snapshot: &Snapshot, field: Field) -> Result<f32> {
    let mut words = 0;
    for reader in snapshot.searcher.segment_readers() {
        words += reader.inverted_index(field)?.total_num_tokens();
    }
    let articles = snapshot.searcher.num_docs().max(1) as f32;
    Ok((words as f32 / articles).max(1.0))
}

/// The scores of words are rounded to multiples of this.
const ROUNDED_TO: f32 = 1.0 / 4_096.0;

/// Rounds the score of a word, so that sums below 4,096 are exact and do not depend on the order of
/// the words: these sums fit the 24 bits of an `f32`.
fn rounded(score: f32) -> f32 {
    // From 2^11 to 2^12, the numbers of 24 bits are `ROUNDED_TO` apart, and a sum is rounded to one.
    const ROUNDER: f32 = 3_072.0;
    (score + ROUNDER) - ROUNDER
}

/// Returns the inverse document frequency of a word.
#[expect(clippy::cast_precision_loss, reason = "a score is no exact number")]
pub(super) fn idf(searcher: &Searcher, frequency: u64) -> f32 {
    let articles = searcher.num_docs().max(1) as f32;
    // Document frequencies include deleted articles.
    let frequency = (frequency as f32).min(articles);
    (1.0 + (articles - frequency + 0.5) / (frequency + 0.5)).ln()
}

/// Returns a count saturated to below 1; 0.5 for a count of `half`.
pub(super) fn saturated(count: f32, half: f32) -> f32 {
    count / (count + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_single_sentences_by_bm25_alone() {
        for (average, lead, k1) in [
            (1.0, 0.0, 1.2),
            (50.0, 0.0, 1.2),
            (75.0, 0.5, f32::midpoint(1.2, WEIGHTS.k1)),
            (100.0, 1.0, WEIGHTS.k1),
            (400.0, 1.0, WEIGHTS.k1),
        ] {
            let weights = WEIGHTS.at_length(average);
            assert!((weights.lead - lead).abs() < 1e-6, "{average}");
            assert!((weights.k1 - k1).abs() < 1e-6, "{average}");
        }
    }
}
