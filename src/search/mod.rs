//! Answers a question: ranking, passages, counts.

pub mod passage;
pub mod people;
mod sentences;

use serde::Serialize;

use crate::date::PartialDate;
use passage::Passage;

/// What a search is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The query, as typed.
    pub query: String,
    /// Only articles that name all of these persons.
    pub persons: Vec<String>,
    /// Only articles published on or after this date.
    pub after: Option<PartialDate>,
    /// Only articles published on or before this date.
    pub before: Option<PartialDate>,
    /// Only articles of this outlet.
    pub source: Option<String>,
    /// Whether any one of the words is enough.
    pub any: bool,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to return.
    pub limit: usize,
    /// How many hits to leave out first.
    pub offset: usize,
    /// Whether to explain how the query was understood.
    pub explain: bool,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first; undated last.
    Newest,
    /// Oldest first; undated last.
    Oldest,
}

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
}
