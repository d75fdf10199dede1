//! The key terms of articles: words that are frequent in them and rare elsewhere.

use std::collections::BTreeMap;

use super::bm25f::idf;
use crate::archive::analyzer;
use crate::archive::analyzer::Role;
use crate::archive::reader::Snapshot;
use crate::article::Article;
use crate::engine::known_term::KnownTerm;
use crate::engine::word_postings;
use crate::error::Result;

/// The term frequency that counts half of the maximum.
const HALF: f32 = 2.0;

/// The least inverse document frequency of a key term: that of a word in a third of the articles.
pub(super) const LEAST_IDF: f32 = 1.0;

/// The number of words of a body after which reading stops.
const MOST_READ: usize = 5_000;

/// A key term.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct KeyTerm {
    /// The folded word, in its first form in the articles.
    pub(super) plain: String,
    /// Its stem.
    pub(super) stem: String,
    /// The score relative to the best key term, which has 1.
    pub(super) worth: f32,
}

/// Returns the best key terms of some articles, each with its weight, best first. A word in the
/// headline counts as two in the body. Words with an inverse document frequency below `least_idf` are
/// omitted, and so are words that only one article has, since they find no other.
pub(super) fn key_terms(
    snapshot: &Snapshot,
    articles: &[(Article, f32)],
    most: usize,
    least_idf: f32,
) -> Result<Vec<KeyTerm>> {
    let mut found: BTreeMap<String, (String, f32)> = BTreeMap::new();
    for (article, weight) in articles {
        let language = article.language.as_deref();
        let mut counts: BTreeMap<String, (String, f32)> = BTreeMap::new();
        let mut count = |text: &str, times: f32| {
            let mut words = analyzer::words(text);
            words.retain(|word| !matches!(word.role, Role::Compound | Role::Joint));
            for word in &words {
                let stem = analyzer::stem_as(language, &word.plain);
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
        let terms = snapshot.any_form(snapshot.fields.body, &plain)?;
        let terms = KnownTerm::find_all(&snapshot.searcher, terms)?;
        let frequency = word_postings::frequency(&snapshot.searcher, &terms)?;
        let idf = idf(&snapshot.searcher, frequency);
        if frequency > 1 && idf >= least_idf && plain.chars().count() > 1 {
            let worth = times * idf;
            best.push(KeyTerm { plain, stem, worth });
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
