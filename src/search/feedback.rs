//! `--feedback`: expands the query with terms from the top hits.
//!
//! This is pseudo relevance feedback. It helps if question and articles use different words, and costs
//! precision if they do not: on news, where the query is often a name or a place, two points of nDCG
//! and more. It is off by default for this reason.

use super::key_terms::{LEAST_IDF, key_terms};
use super::rank::{Order, rank};
use crate::archive::Archive;
use crate::error::Result;
use crate::query::plan::Plan;

/// The number of hits that are taken as relevant.
const HITS: usize = 5;

/// The number of words that are added.
const WORDS: usize = 20;

/// The weight of the best added word; that of a word of the query is 1.
const WEIGHT: f32 = 0.2;

/// Adds words of the best hits to the ranking words of a plan, and returns a note that lists them.
pub(super) fn add_words(archive: &Archive, plan: &mut Plan) -> Result<Option<String>> {
    let snapshot = &archive.snapshot;
    if plan.words.is_empty() {
        return Ok(None);
    }
    let best = rank(snapshot, plan, Order::BEST, HITS)?.hits;
    let Some(top) = best.first().map(|first| first.score) else {
        return Ok(None);
    };
    let mut articles = Vec::with_capacity(best.len());
    for found in &best {
        articles.push((archive.article(found.address)?, found.score / top));
    }
    let words = key_terms(snapshot, &articles, WORDS, LEAST_IDF)?;
    if words.is_empty() {
        return Ok(None);
    }
    let listed: Vec<&str> = words.iter().map(|word| &*word.plain).collect();
    let note = format!(
        "ranked by words of the best hits as well: {}",
        listed.join(", ")
    );
    for word in &words {
        plan.guess(
            &snapshot.fields,
            word.plain.clone(),
            &word.stem,
            WEIGHT * word.worth,
        );
    }
    Ok(Some(note))
}
