//! Which articles of the archive an article points to by the titles and URLs of related stories, and
//! which point to it.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Term};

use crate::archive::{Archive, analyzer};
use crate::article::Article;
use crate::date::PartialDate;
use crate::error::Result;
use crate::text::fold::folded;

/// The most articles that are read for one title or URL.
const READ: usize = 200;

/// The links of an article within its archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Links {
    /// The articles that it points to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points_to: Vec<Linked>,
    /// The articles that point to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pointed_to_by: Vec<Linked>,
}

/// An article with its links: the record of `show --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkedArticle {
    /// The article.
    #[serde(flatten)]
    pub article: Article,
    /// Its links.
    #[serde(flatten)]
    pub links: Links,
}

impl LinkedArticle {
    /// Finds the links of an article.
    ///
    /// # Errors
    ///
    /// Returns an error if the index can't be read.
    pub fn of(archive: &Archive, article: Article) -> Result<Self> {
        let links = Links::of(archive, &article)?;
        Ok(Self { article, links })
    }
}

/// An article at the other end of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Linked {
    /// The article's id.
    pub id: String,
    /// The file's path below the folder.
    pub path: String,
    /// The headline.
    pub headline: Option<String>,
    /// The date of publication.
    pub published: Option<PartialDate>,
    /// The related title or the URL by which it is linked.
    pub by: String,
}

impl Links {
    /// Finds the links of an article.
    ///
    /// # Errors
    ///
    /// Returns an error if the index can't be read.
    pub fn of(archive: &Archive, article: &Article) -> Result<Self> {
        archive.guard(|| find(archive, article))
    }
}

fn find(archive: &Archive, article: &Article) -> Result<Links> {
    let fields = &archive.snapshot.fields;
    let (mut to, mut from) = (Found::default(), Found::default());
    for title in &article.related {
        let title_key = folded(title);
        let term = Term::from_field_text(fields.title, &title_key);
        to.add(article, with_all(archive, vec![term])?, title);
    }
    for url in &article.urls {
        let key = key_of(url);
        let is_other = article.url.as_deref().map(key_of) != Some(key);
        if is_other {
            let mut found = with_all(archive, words_in(fields.url, url))?;
            found.retain(|other| other.url.as_deref().map(key_of) == Some(key));
            to.add(article, found, url);
        }
    }
    if let Some(headline) = &article.headline {
        let key = folded(headline);
        let mut found = with_all(archive, words_in(fields.related, headline))?;
        found.retain(|other| other.related.iter().any(|title| folded(title) == key));
        from.add(article, found, headline);
    }
    if let Some(url) = &article.url {
        let key = key_of(url);
        let mut found = with_all(archive, words_in(fields.url, url))?;
        found.retain(|other| {
            other.url.as_deref().map(key_of) != Some(key)
                && other.urls.iter().any(|other| key_of(other) == key)
        });
        from.add(article, found, url);
    }
    Ok(Links {
        points_to: to.0.into_values().collect(),
        pointed_to_by: from.0.into_values().collect(),
    })
}

/// The articles that were found, by path and part.
#[derive(Default)]
struct Found(BTreeMap<(String, u32), Linked>);

impl Found {
    fn add(&mut self, own: &Article, found: Vec<Article>, by: &str) {
        for other in found {
            if (&other.path, other.part) == (&own.path, own.part) {
                continue;
            }
            let key = (other.path.clone(), other.part);
            self.0.entry(key).or_insert_with(|| Linked {
                id: other.id,
                path: other.path,
                headline: other.headline,
                published: other.published,
                by: by.to_owned(),
            });
        }
    }
}

/// Returns what tells a URL from others: without scheme, `www.`, query and fragment.
fn key_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    rest.trim_end_matches('/')
}

/// Returns the terms of the words of a text in a field that is not stemmed, or as it is spelt.
fn words_in(field: Field, text: &str) -> Vec<Term> {
    let words = analyzer::words(text).into_iter();
    let typed = words.filter(|word| word.role == analyzer::Role::Word);
    typed
        .map(|word| Term::from_field_text(field, &word.plain))
        .collect()
}

/// Returns the articles that have all of some terms.
fn with_all(archive: &Archive, mut terms: Vec<Term>) -> Result<Vec<Article>> {
    terms.sort_unstable();
    terms.dedup();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let clauses = terms.into_iter().map(|term| -> (Occur, Box<dyn Query>) {
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        (Occur::Must, Box::new(query))
    });
    let query = BooleanQuery::new(clauses.collect());
    let searcher = &archive.snapshot.searcher;
    let top = TopDocs::with_limit(READ).order_by_score();
    let mut found: Vec<DocAddress> = searcher
        .search(&query, &top)?
        .into_iter()
        .map(|(_, address)| address)
        .collect();
    found.sort_unstable();
    let articles = archive.articles_at(found)?.into_iter();
    Ok(articles.map(|(_, article)| article).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_compared_without_what_varies() {
        for (a, b, is_same) in [
            (
                "https://quay.example/2018/ferry",
                "http://www.quay.example/2018/ferry/",
                true,
            ),
            (
                "https://quay.example/a?from=feed#top",
                "https://quay.example/a",
                true,
            ),
            ("https://quay.example/a", "https://quay.example/b", false),
        ] {
            assert_eq!(key_of(a) == key_of(b), is_same, "{a} {b}");
        }
    }
}
