//! More like this: articles that share the words which tell most of one article.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::time::Instant;

use super::answer::{Answer, Hit, hit, marks_in};
use super::key_terms::best_words;
use super::rank::{Sort, WEIGHTS, rank};
use crate::archive::{Archive, analyzer};
use crate::article::{Article, SCHEMA};
use crate::error::{Error, Result};
use crate::query::plan::{Plan, Shape};

/// How many of an article's words are asked for.
const MOST_WORDS: usize = 30;

/// How many words in a row are compared to tell whether two articles tell one story in one wording.
const ROW: usize = 5;

/// The share of the rows of the shorter article that a copy has: what editors cut and add leaves
/// most of a wire story as it was, and two reporters on one event share next to nothing.
const COPIED: f32 = 0.5;

/// Returns the `limit` articles that are most like one, best first, itself left out. Those that tell the
/// same story in the same words are said to be copies of it.
///
/// # Errors
///
/// [`Error::ArticleMissing`] where no article has this id or path, or where the index can't be
/// read.
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
    let words = best_words(snapshot, &given, MOST_WORDS)?;
    let [(article, _)] = given;
    let mut plan = Plan::default();
    for word in &words {
        plan.guess(&snapshot.fields, word.plain.clone(), &word.stem, word.worth);
    }
    plan.shape = Shape::Any((0..words.len()).collect());
    let wanted = limit.saturating_add(1);
    let (ranked, found) = rank(snapshot, &plan, Sort::Relevance, wanted, &WEIGHTS)?;
    let rows = rows_of(&article);
    let mut hits: Vec<Hit> = Vec::new();
    for found in ranked {
        let other = archive.article(found.address)?;
        if (&other.path, other.part) == (&article.path, article.part) || hits.len() == limit {
            continue;
        }
        let is_copy = is_copied(&rows, &rows_of(&other));
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
    let told: Vec<&str> = words.iter().map(|word| &*word.plain).take(12).collect();
    notes.push(format!("found by {}", told.join(", ")));
    Ok(Answer {
        schema: SCHEMA,
        query,
        understood: format!("similar {}", article.id),
        // Where none are listed, the number of all that are like it, itself left out.
        total: if limit == 0 {
            found.saturating_sub(1)
        } else {
            hits.len()
        },
        took_ms: start.elapsed().as_secs_f64() * 1_000.0,
        notes,
        counts: None,
        hits,
    })
}

/// Returns the hashes of all rows of words in an article.
fn rows_of(article: &Article) -> BTreeSet<u64> {
    let mut words = Vec::new();
    for block in article.body() {
        words.extend(analyzer::words(block).into_iter().map(|word| word.plain));
    }
    words
        .windows(ROW)
        .map(|row| xxhash_rust::xxh3::xxh3_64(row.join(" ").as_bytes()))
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "a share is no exact number")]
fn is_copied(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> bool {
    let shared = a.intersection(b).count();
    let shorter = a.len().min(b.len());
    shorter > 0 && shared as f32 >= COPIED * shorter as f32
}
