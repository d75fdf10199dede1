//! `similar`: the articles that share the key terms of an article.

use std::ffi::OsStr;
use std::time::Instant;

use rustc_hash::FxHashSet;
use tantivy::DocAddress;

use super::answer::{Answer, Hit, Places, hit, marks_in, story_id};
use super::copies::{Folding, Prefer};
use super::key_terms::{KeyTerm, LEAST_IDF, key_terms};
use super::rank::{Order, rank};
use crate::archive::Archive;
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

/// Returns the articles that are the same story as a given one, `limit` at most, and after them the `limit`
/// stories that are most similar, best first. The article itself is not among them.
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
    let stories = archive.stories()?;
    let own = archive.addresses(OsStr::new(&article.id))?;
    let own_story = own.first().and_then(|&address| stories.story_of(address));
    let mut hits: Vec<Hit> = Vec::new();
    let copies = copies_of(archive, &article, own_story)?;
    let is_all = copies.len() <= limit;
    for (address, copy) in copies.into_iter().take(limit) {
        let marks = marks_in(&plan, &copy, address);
        hits.push(Hit {
            copy_of: Some(article.id.clone()),
            story: own_story.map(story_id),
            ..hit(copy, (hits.len() + 1, 0.0), &marks, Places::Told)
        });
    }
    let copies = hits.len();
    let order = Order {
        folding: Some(Folding {
            stories,
            prefer: &Prefer::Fullest,
        }),
        ..Order::BEST
    };
    let ranking = rank(snapshot, &plan, order, limit.saturating_add(1))?;
    let found = ranking.hits.iter().zip(&ranking.stories);
    for ((found, &story), others) in found.zip(&ranking.copies) {
        let is_own = story.is_some() && story == own_story;
        if is_own || own.contains(&found.address) || hits.len() - copies >= limit {
            continue;
        }
        let other = archive.article(found.address)?;
        let marks = marks_in(&plan, &other, found.address);
        hits.push(Hit {
            story: story.map(story_id),
            copies: archive.paths(others)?,
            ..hit(other, (hits.len() + 1, found.score), &marks, Places::Told)
        });
    }
    let mut notes = Vec::new();
    if copies > 0 {
        let first = match copies {
            1 => "the first is the same story".to_owned(),
            copies => format!("the first {copies} are the same story"),
        };
        let more = if is_all { "" } else { ", and there are more" };
        notes.push(format!(
            "{first}{more}: `morgue copies` shows what each cut"
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

/// Returns the other articles of an article's story, by path.
fn copies_of(
    archive: &Archive,
    article: &Article,
    story: Option<u64>,
) -> Result<Vec<(DocAddress, Article)>> {
    let stories = FxHashSet::from_iter(story);
    let mut copies = archive.articles_at(archive.stories()?.articles_of(&stories))?;
    copies.retain(|(_, other)| (&other.path, other.part) != (&article.path, article.part));
    copies.sort_by(|(_, a), (_, b)| (&a.path, a.part).cmp(&(&b.path, b.part)));
    Ok(copies)
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
