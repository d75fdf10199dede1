//! Feedback: the words of the best hits rank as well.
//!
//! Relevance feedback from the top of the list, without asking anybody. It finds more where the
//! question and the articles use different words, and costs exactness where they do not: on news,
//! where a name or a place is what was meant, two points of nDCG and more. So it is only done where
//! it is asked for.

use super::key_terms::best_words;
use super::rank::{Sort, WEIGHTS, rank};
use crate::archive::Archive;
use crate::error::Result;
use crate::query::plan::Plan;

/// How many of the best hits are taken for good.
const HITS: usize = 5;

/// How many of their words are added.
const WORDS: usize = 20;

/// What the best of the added words counts beside a word that was asked for.
const WEIGHT: f32 = 0.2;

/// Adds words of the best hits to those that rank, and returns a note that says which.
pub(super) fn add_words(archive: &Archive, plan: &mut Plan) -> Result<Option<String>> {
    let snapshot = &archive.snapshot;
    if plan.words.is_empty() {
        return Ok(None);
    }
    let (best, _) = rank(snapshot, plan, Sort::Relevance, HITS, &WEIGHTS)?;
    let Some(top) = best.first().map(|first| first.score) else {
        return Ok(None);
    };
    let mut articles = Vec::with_capacity(best.len());
    for found in &best {
        articles.push((archive.article(found.address)?, found.score / top));
    }
    let words = best_words(snapshot, &articles, WORDS)?;
    if words.is_empty() {
        return Ok(None);
    }
    let told: Vec<&str> = words.iter().map(|word| &*word.plain).collect();
    let note = format!(
        "ranked by words of the best hits as well: {}",
        told.join(", ")
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
