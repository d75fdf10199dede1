//! `similar`: the articles that share the key terms of an article.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::time::Instant;

use super::answer::{Answer, Hit, hit, marks_in};
use super::key_terms::{KeyTerm, LEAST_IDF, key_terms};
use super::rank::{Order, rank};
use crate::archive::{Archive, analyzer};
use crate::article::{Article, SCHEMA};
use crate::error::{Error, Result};
use crate::query::plan::{Plan, Shape};

/// The number of key terms that are searched.
const SEARCHED_TERMS: usize = 30;

/// With fewer key terms than this, all words of an article are searched in a small archive.
const ENOUGH_TERMS: usize = 5;

/// The number of articles from which on an archive is not small.
const SMALL_ARCHIVE: u64 = 50;

/// The most key terms that a note lists.
const LISTED_TERMS: usize = 12;

/// The length of the word sequences (shingles) that two articles are compared by.
const SHINGLE: usize = 5;

/// The least share of the shingles of the shorter article that a copy has. Editors leave most of a
/// wire story as it was, and two reporters on one event share almost no shingles.
const COPIED: f32 = 0.5;

/// Returns the `limit` articles that are most similar to a given one, best first, without the article
/// itself. Copies of it are marked.
///
/// # Errors
///
/// Returns [`Error::ArticleMissing`] if no article has this id or path, and an error if the index can't
/// be read.
pub fn similar(archive: &Archive, id_or_path: impl AsRef<OsStr>, limit: usize) -> Result<Answer> {
    archive.guard(|| find_similar(archive, id_or_path.as_ref(), limit))
}

fn find_similar(archive: &Archive, id_or_path: &OsStr, limit: usize) -> Result<Answer> {
    let start = Instant::now();
    let snapshot = &archive.snapshot;
    let query = id_or_path.to_string_lossy().into_owned();
    let article = (archive.articles(id_or_path)?.into_iter().next())
        .ok_or_else(|| Error::ArticleMissing(query.clone()))?;
    let given = [(article, 1.0)];
    let mut terms = key_terms(snapshot, &given, SEARCHED_TERMS, LEAST_IDF)?;
    // In a small archive, the words that two articles share may be in most.
    if terms.len() < ENOUGH_TERMS && snapshot.searcher.num_docs() < SMALL_ARCHIVE {
        terms = key_terms(snapshot, &given, SEARCHED_TERMS, 0.0)?;
    }
    let [(article, _)] = given;
    let mut plan = Plan::default();
    for term in &terms {
        plan.guess(snapshot, term.plain.clone(), term.worth)?;
    }
    plan.shape = Shape::Any((0..terms.len()).collect());
    let wanted = limit.saturating_add(1);
    let ranking = rank(snapshot, &plan, Order::BEST, wanted)?;
    let shingles = shingles_of(&article);
    let mut hits: Vec<Hit> = Vec::new();
    for found in ranking.hits {
        let other = archive.article(found.address)?;
        if (&other.path, other.part) == (&article.path, article.part) || hits.len() == limit {
            continue;
        }
        let is_copy = is_copied(&shingles, &shingles_of(&other));
        let marks = marks_in(&plan, &other, found.address);
        hits.push(Hit {
            copy_of: is_copy.then(|| article.id.clone()),
            ..hit(other, hits.len() + 1, found.score, &marks)
        });
    }
    let mut notes = Vec::new();
    let copies = hits.iter().filter(|hit| hit.copy_of.is_some()).count();
    if copies > 0 {
        let are = if copies == 1 { "is" } else { "are" };
        notes.push(format!(
            "{copies} of these {are} the same story in the same words"
        ));
    }
    notes.push(note_on(&terms));
    Ok(Answer {
        schema: SCHEMA,
        query,
        understood: format!("similar {}", article.id),
        // With a limit of 0, the number of all similar articles, without the article itself.
        total: if limit == 0 {
            ranking.total.saturating_sub(1)
        } else {
            hits.len()
        },
        took_ms: start.elapsed().as_secs_f64() * 1_000.0,
        stories: None,
        notes,
        counts: None,
        hits,
    })
}

/// Returns the note on the key terms of an article.
fn note_on(terms: &[KeyTerm]) -> String {
    if terms.is_empty() {
        return "the article has no words that tell it from others, so none could be searched"
            .to_owned();
    }
    let listed: Vec<&str> = (terms.iter().take(LISTED_TERMS))
        .map(|term| &*term.plain)
        .collect();
    format!("found by {}", listed.join(", "))
}

/// Returns the hashes of the shingles of an article.
fn shingles_of(article: &Article) -> BTreeSet<u64> {
    let mut words = Vec::new();
    for block in article.body() {
        words.extend(analyzer::words(block).into_iter().map(|word| word.plain));
    }
    words
        .windows(SHINGLE)
        .map(|shingle| xxhash_rust::xxh3::xxh3_64(shingle.join(" ").as_bytes()))
        .collect()
}

/// Returns whether two articles share so many shingles that one is a copy.
#[expect(clippy::cast_precision_loss, reason = "a share is no exact number")]
fn is_copied(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> bool {
    let shared = a.intersection(b).count();
    let shorter = a.len().min(b.len());
    shorter > 0 && shared as f32 >= COPIED * shorter as f32
}
