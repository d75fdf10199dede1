//! The words that tell most of what some articles are about.

use std::collections::BTreeMap;

use tantivy::Term;

use super::bm25f::idf;
use crate::archive::analyzer;
use crate::archive::reader::Snapshot;
use crate::article::Article;
use crate::error::Result;

/// How often a word has to stand in an article to count half of what it can.
const HALF: f32 = 2.0;

/// The least idf of a word that tells anything; one that a third of the articles have has it.
const LEAST_IDF: f32 = 1.0;

/// How many words of an article's body are looked at.
const MOST_READ: usize = 5_000;

/// A word that tells what articles are about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BestWord {
    /// The folded word, in the form in which it comes first.
    pub(super) plain: String,
    /// Its stem.
    pub(super) stem: String,
    /// How much it tells, 1 for the best of all.
    pub(super) worth: f32,
}

/// Returns the words that tell most of some articles, best first: those that stand in them often
/// and in few others. Each article counts as much as the number beside it says. A word of the
/// headline counts as if it stood in the body twice more; one that no other article has finds none.
pub(super) fn best_words(
    snapshot: &Snapshot,
    articles: &[(Article, f32)],
    most: usize,
) -> Result<Vec<BestWord>> {
    let mut found: BTreeMap<String, (String, f32)> = BTreeMap::new();
    for (article, weight) in articles {
        let mut counts: BTreeMap<String, (String, f32)> = BTreeMap::new();
        let mut count = |text: &str, times: f32| {
            let words = analyzer::words(text);
            for word in &words {
                let stem = analyzer::stem(&word.plain);
                let entry = counts
                    .entry(stem)
                    .or_insert_with(|| (word.plain.clone(), 0.0));
                entry.1 += times;
            }
            words.len()
        };
        count(article.headline.as_deref().unwrap_or_default(), 2.0);
        let mut read = 0;
        for block in article.body() {
            read += count(block, 1.0);
            if read > MOST_READ {
                break;
            }
        }
        for (stem, (plain, times)) in counts {
            let entry = found.entry(stem).or_insert_with(|| (plain, 0.0));
            entry.1 += weight * times / (times + HALF);
        }
    }
    let mut best = Vec::new();
    for (stem, (plain, times)) in found {
        let frequency = snapshot
            .searcher
            .doc_freq(&Term::from_field_text(snapshot.fields.body, &stem))?;
        let idf = idf(&snapshot.searcher, frequency);
        if frequency > 1 && idf >= LEAST_IDF && plain.chars().count() > 1 {
            let worth = times * idf;
            best.push(BestWord { plain, stem, worth });
        }
    }
    best.sort_by(|a, b| {
        b.worth
            .total_cmp(&a.worth)
            .then_with(|| a.stem.cmp(&b.stem))
    });
    best.truncate(most);
    let top = best.first().map_or(1.0, |word| word.worth);
    for word in &mut best {
        word.worth /= top;
    }
    Ok(best)
}
