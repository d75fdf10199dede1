//! The score of an article: its constants, and what they make of counts and lengths.

use tantivy::Searcher;
use tantivy::fieldnorm::FieldNormReader;

use crate::archive::reader::Snapshot;
use crate::archive::schema::Fields;
use crate::error::Result;
use crate::query::plan::{Plan, RankWord};

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
    /// How much is added to that power where a question has e times as many words as a long one;
    /// past that, more words change nothing.
    pub idf_power_of_length: f32,
    /// From how many words on a question is long: it then holds more words that only carry it.
    pub long_question: f32,
    /// What words count that stand beside each other in the query and in the article.
    pub pair: f32,
    /// What they count where they are near each other, in any order.
    pub near: f32,
    /// How many positions are near.
    pub window: u32,
    /// What words count beside neighbours that have one word between them in the query: "rise of
    /// tariffs" is about tariffs that rise.
    pub skip: f32,
    /// What a person asked for counts where an article names them again and again; half of it where
    /// it does so `k1` times.
    pub person: f32,
    /// What the newest article of the archive counts on top, as a share of the most that words can
    /// add.
    pub recency: f32,
    /// After how long that is halved, in days of 372 to a year.
    pub recency_halved: f32,
    /// What a word in the lead counts on top, as news says first what it is about.
    pub lead: f32,
    /// How many positions at the start of the body are the lead: a sentence or two.
    pub lead_end: u32,
    /// How many of the best are scored again with the nearness of words and with the lead.
    pub reranked: usize,
}

/// The constants in use.
///
/// Those of words were tuned on 659 headlines of news, each to find its article by the body alone,
/// and on 301 questions to two collections of abstracts, with and without their titles; taken from
/// the middle of the range in which all do well. A sixth more or less of any one of them costs at
/// most 0.013 nDCG on one collection, and most cost less than 0.003. That of persons is as much as
/// two rare words.
pub const WEIGHTS: Weights = Weights {
    k1: 2.4,
    body_b: 0.7,
    headline_b: 0.8,
    headline: 3.0,
    idf_power: 1.2,
    idf_power_of_length: 0.5,
    long_question: 20.0,
    pair: 0.25,
    near: 0.2,
    window: 8,
    skip: 0.5,
    person: 8.0,
    recency: 0.0,
    recency_halved: 372.0,
    lead: 1.0,
    lead_end: 28,
    reranked: 200,
};

/// The constants in use where newer articles are to come sooner: among articles that are nearly as
/// good, the date decides.
pub const RECENT: Weights = Weights {
    recency: 0.1,
    ..WEIGHTS
};

/// What a score needs to know about the archive and the query.
pub(super) struct Model {
    /// In how many articles each word stands, in headline or body.
    pub(super) frequencies: Vec<u64>,
    /// Of each word, what it counts.
    pub(super) word_weights: Vec<f32>,
    /// By the index's code for a length: what a count in a headline of this length is worth.
    pub(super) headline_norms: [f32; 256],
    /// The same for the body.
    pub(super) body_norms: [f32; 256],
    pub(super) k1: f32,
    pub(super) fields: Fields,
}

#[expect(clippy::cast_precision_loss, reason = "a score is no exact number")]
impl Model {
    pub(super) fn new(snapshot: &Snapshot, plan: &Plan, weights: &Weights) -> Result<Self> {
        let articles = snapshot.searcher.num_docs().max(1) as f32;
        // The words of a pattern are found in the body alone; there may be many of them, and none
        // is filler.
        let is_typed = |word: &&RankWord| word.headline.is_some();
        let length = plan.asked().iter().filter(is_typed).count() as f32;
        let beyond = (length / weights.long_question).ln();
        let idf_power = weights.idf_power + weights.idf_power_of_length * beyond.clamp(0.0, 1.0);
        let mut frequencies = Vec::with_capacity(plan.words.len());
        let mut word_weights = Vec::with_capacity(plan.words.len());
        for word in &plan.words {
            let mut frequency = snapshot.searcher.doc_freq(&word.body)?;
            if let Some(headline) = &word.headline {
                frequency = frequency.max(snapshot.searcher.doc_freq(headline)?);
            }
            frequencies.push(frequency);
            word_weights.push(idf(&snapshot.searcher, frequency).powf(idf_power) * word.weight);
        }
        let norms = |field, b: f32| -> Result<[f32; 256]> {
            let mut tokens = 0;
            for reader in snapshot.searcher.segment_readers() {
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
        let mut headline_norms = norms(snapshot.fields.headline, weights.headline_b)?;
        for norm in &mut headline_norms {
            *norm *= weights.headline;
        }
        Ok(Self {
            frequencies,
            word_weights,
            headline_norms,
            body_norms: norms(snapshot.fields.body, weights.body_b)?,
            k1: weights.k1,
            fields: *&snapshot.fields,
        })
    }

    /// Returns what a word can't add more to a score than.
    pub(super) fn most(&self, word: usize) -> f32 {
        rounded(self.word_weights[word] * (self.k1 + 1.0) + ROUNDED_TO)
    }

    /// Returns what all words together can't add more to a score than.
    pub(super) fn most_of_all(&self) -> f32 {
        (0..self.word_weights.len())
            .map(|word| self.most(word))
            .sum()
    }

    /// Returns what a word adds to the score of an article that has it so often.
    pub(super) fn score(&self, word: usize, count: f32) -> f32 {
        rounded(self.word_weights[word] * (self.k1 + 1.0) * saturated(count, self.k1))
    }
}

/// What words add to a score is rounded to this.
const ROUNDED_TO: f32 = 1.0 / 4_096.0;

/// Rounds what a word adds, so that sums below 4,096 are exact and the same in whatever order words
/// are added up: these numbers fit the 24 bits of an f32.
fn rounded(score: f32) -> f32 {
    // From 2^11 to 2^12 numbers of 24 bits are so far apart, and a sum is rounded to one.
    const ROUNDER: f32 = 3_072.0;
    (score + ROUNDER) - ROUNDER
}

/// Returns the rarity of a word that so many articles have.
#[expect(clippy::cast_precision_loss, reason = "a score is no exact number")]
pub(super) fn idf(searcher: &Searcher, frequency: u64) -> f32 {
    let articles = searcher.num_docs().max(1) as f32;
    // Removed articles are still counted among those that have a word.
    let frequency = (frequency as f32).min(articles);
    (1.0 + (articles - frequency + 0.5) / (frequency + 0.5)).ln()
}

/// Returns a count brought to below 1, a half where it is `half`.
pub(super) fn saturated(count: f32, half: f32) -> f32 {
    count / (count + half)
}
