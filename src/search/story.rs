//! `copies`: the articles of a story, and what each cut, added and changed.

use std::ffi::OsStr;

use rustc_hash::FxHashSet;
use serde::Serialize;
use tantivy::DocAddress;

use super::answer::story_id;
use crate::archive::{Archive, ArticleStories};
use crate::article::Article;
use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::stories::changes::{Change, changes, has_own_paragraphs};

/// A story: a line of `copies --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Story {
    /// Its id, in twelve hexadecimal digits.
    pub story: String,
    /// Its articles, the earliest first; an undated one last.
    pub articles: Vec<StoryArticle>,
}

/// An article of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoryArticle {
    /// The article's id.
    pub id: String,
    /// The file's path below the folder.
    pub path: String,
    /// The number of the article in its file, from 0.
    pub part: u32,
    /// What it is to the first of the story.
    pub kind: Kind,
    /// The headline.
    pub headline: Option<String>,
    /// The date of publication.
    pub published: Option<PartialDate>,
    /// The outlet.
    pub source: Option<String>,
    /// The writers.
    pub byline: Vec<String>,
    /// The number of words in the body.
    pub words: u32,
    /// How many words of the first article stayed, were cut and changed, and how many were added. `None`
    /// for the first, and in lists of stories.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub made_of: Option<MadeOf>,
}

/// What an article made of the first one of its story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MadeOf {
    /// The words of the first that stayed, moved ones included.
    pub kept: usize,
    /// The words of the first that it cut.
    pub cut: usize,
    /// The words that it added.
    pub added: usize,
    /// The words that it put in the place of others.
    pub changed: usize,
    /// Each passage, in the order of the text.
    pub changes: Vec<Change>,
}

/// What an article is to the first one of its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The first.
    First,
    /// A copy, whole or cut.
    Copy,
    /// A later one that has paragraphs of its own.
    Version,
    /// One that joins the story with another.
    Joined,
}

/// Returns the story of an article, or with a story's id, with what each article made of the first.
///
/// # Errors
///
/// Returns [`Error::ArticleMissing`] if no article and no story has this id or path, and an error if the
/// index can't be read.
pub fn story(archive: &Archive, id_or_path: impl AsRef<OsStr>) -> Result<Story> {
    archive.guard(|| find_story(archive, id_or_path.as_ref()))
}

fn find_story(archive: &Archive, id_or_path: &OsStr) -> Result<Story> {
    let stories = archive.stories()?;
    let articles_of = |story| stories.articles_of(&FxHashSet::from_iter([story]));
    let story = match archive.addresses(id_or_path) {
        // An article without words is a story of its own.
        Ok(addresses) => (addresses.first()).and_then(|&address| stories.story_of(address)),
        Err(missing @ Error::ArticleMissing(_)) => {
            let typed = id_or_path.to_str().filter(|typed| typed.len() == 12);
            let story = typed.and_then(|typed| u64::from_str_radix(typed, 16).ok());
            match story.filter(|&story| !articles_of(story).is_empty()) {
                Some(story) => Some(story),
                None => return Err(missing),
            }
        }
        Err(error) => return Err(error),
    };
    let addresses = match story {
        Some(story) => articles_of(story),
        None => archive.addresses(id_or_path)?,
    };
    let articles = in_order(archive, addresses)?;
    Ok(record(stories, story.unwrap_or(0), &articles, Depth::Words))
}

/// Returns the stories with the most articles, and the number of all that have several.
///
/// # Errors
///
/// Returns an error if the index can't be read.
pub fn largest(archive: &Archive, limit: usize) -> Result<(Vec<Story>, usize)> {
    archive.guard(|| {
        let known = archive.stories()?;
        let alive = |&address: &DocAddress| archive.is_alive(address);
        let stories = known.with_copies().iter();
        let mut stories: Vec<(u64, Vec<DocAddress>)> = stories
            .map(|(&story, articles)| (story, articles.iter().copied().filter(alive).collect()))
            .collect();
        stories.retain(|(_, articles)| articles.len() > 1);
        stories.sort_by_key(|(story, articles)| (usize::MAX - articles.len(), *story));
        let total = stories.len();
        stories.truncate(limit);
        let records = stories.into_iter().map(|(story, addresses)| {
            let articles = in_order(archive, addresses)?;
            Ok(record(known, story, &articles, Depth::List))
        });
        Ok((records.collect::<Result<_>>()?, total))
    })
}

/// Reads articles, and puts the earliest first; of a day, the fullest.
fn in_order(archive: &Archive, addresses: Vec<DocAddress>) -> Result<Vec<(DocAddress, Article)>> {
    let mut articles = archive.articles_at(addresses)?;
    articles.sort_by(|(_, a), (_, b)| {
        let day = |article: &Article| article.published.map(PartialDate::first_day);
        let key = |article: &Article| (day(article).is_none(), day(article));
        (key(a).cmp(&key(b)))
            .then(b.words.cmp(&a.words))
            .then_with(|| (&a.path, a.part).cmp(&(&b.path, b.part)))
    });
    Ok(articles)
}

/// How much of a story is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    List,
    Words,
}

fn record(
    stories: &ArticleStories,
    story: u64,
    articles: &[(DocAddress, Article)],
    depth: Depth,
) -> Story {
    // What joins two stories is no measure of one.
    let is_whole = |(address, _): &&(DocAddress, Article)| !stories.is_joined(*address);
    let first = articles.iter().find(is_whole).or(articles.first());
    let first = first.map(|(_, article)| article);
    let records = articles.iter().map(|(address, article)| {
        let first = first.filter(|first| first.id != article.id);
        let is_joined = stories.is_joined(*address);
        StoryArticle {
            id: article.id.clone(),
            path: article.path.clone(),
            part: article.part,
            kind: first.map_or(Kind::First, |first| kind_of(first, article, is_joined)),
            headline: article.headline.clone(),
            published: article.published,
            source: article.source.clone(),
            byline: article.byline.clone(),
            words: article.words,
            made_of: (first.filter(|_| depth == Depth::Words)).map(|first| made_of(first, article)),
        }
    });
    Story {
        story: story_id(story),
        articles: records.collect(),
    }
}

fn kind_of(first: &Article, article: &Article, is_joined: bool) -> Kind {
    let old: Vec<&str> = first.body().collect();
    let new: Vec<&str> = article.body().collect();
    let is_later =
        article.published.map(PartialDate::last_day) > first.published.map(PartialDate::first_day);
    match () {
        () if is_joined => Kind::Joined,
        () if is_later && has_own_paragraphs(&old, &new) => Kind::Version,
        () => Kind::Copy,
    }
}

fn made_of(first: &Article, article: &Article) -> MadeOf {
    let old: Vec<&str> = first.body().collect();
    let new: Vec<&str> = article.body().collect();
    let changes = changes(&old, &new);
    let words = |text: &str| text.split_whitespace().count();
    let mut made = MadeOf {
        kept: 0,
        cut: 0,
        added: 0,
        changed: 0,
        changes: Vec::new(),
    };
    for change in &changes {
        match change {
            Change::Kept { text } | Change::Moved { text } => made.kept += words(text),
            Change::Cut { text } => made.cut += words(text),
            Change::Added { text } => made.added += words(text),
            Change::Changed { text, .. } => made.changed += words(text),
        }
    }
    made.changes = changes;
    made
}
