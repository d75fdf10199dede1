//! What a search answers.

use serde::Serialize;
use tantivy::DocAddress;

use super::counts::Counts;
use crate::article::Article;
use crate::date::PartialDate;
use crate::passages;
use crate::passages::{Mark, Passage};
use crate::query::plan::Plan;

/// The answer to a [`Request`]: the first line of `search --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// [`crate::article::SCHEMA`].
    pub schema: u32,
    /// The query, as typed.
    pub query: String,
    /// How it was understood.
    pub understood: String,
    /// How many articles it matches in all.
    pub total: usize,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// What the asker should know: words taken as plain words, spellings searched, suggestions.
    pub notes: Vec<String>,
    /// The counts of the whole result, where they were asked for; in JSON on a line of their own.
    #[serde(skip)]
    pub counts: Option<Counts>,
    /// The hits, best first; in JSON each has a line of its own.
    #[serde(skip)]
    pub hits: Vec<Hit>,
}

/// One article found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Its place in the order, from 1.
    pub rank: usize,
    /// Its score; higher is better, comparable within one answer only.
    pub score: f32,
    /// The article's id.
    pub id: String,
    /// The file's path below the folder.
    pub path: String,
    /// The headline.
    pub headline: Option<String>,
    /// The date of publication.
    pub published: Option<PartialDate>,
    /// The outlet.
    pub source: Option<String>,
    /// The writers.
    pub byline: Vec<String>,
    /// The persons named, most mentioned first.
    pub people: Vec<String>,
    /// Two or three passages.
    pub passages: Vec<Passage>,
    /// The id of the article that this one tells the same story as in the same words, where more
    /// like that one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
}

/// Returns an article as a hit.
pub(crate) fn hit(article: Article, rank: usize, score: f32, marks: &[Mark]) -> Hit {
    let passages = passages::cut(&article, marks);
    let people = article.people.into_iter().map(|person| person.name);
    Hit {
        rank,
        score,
        id: article.id,
        path: article.path,
        headline: article.headline,
        published: article.published,
        source: article.source,
        byline: article.byline,
        people: people.collect(),
        passages,
        copy_of: None,
    }
}

/// Returns what to mark in an article: the query's words, and the persons asked for in all the
/// forms that this article names them by.
pub(crate) fn marks_in(plan: &Plan, article: &Article, address: DocAddress) -> Vec<Mark> {
    let mut marks = plan.marks.clone();
    let is_meant = |key: &String| {
        plan.persons.iter().any(|meant| {
            let mut keys = meant.keys_in(address.segment_ord as usize, address.doc_id);
            keys.any(|other| other == key)
        })
    };
    for person in &article.people {
        if plan.person_keys.contains(&person.key) || is_meant(&person.key) {
            marks.push(Mark::Person(person.forms.keys().cloned().collect()));
        }
    }
    marks
}
