//! The answer of a search.

use serde::Serialize;
use tantivy::DocAddress;

use super::counts::Counts;
use crate::article::Article;
use crate::date::PartialDate;
use crate::passages;
use crate::passages::{Length, Mark, Passage, Place};
use crate::query::plan::Plan;

/// The answer to a [`Request`](super::Request): the first line of `search --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// [`crate::article::SCHEMA`].
    pub schema: u32,
    /// The query, as typed.
    pub query: String,
    /// The query as it was understood.
    pub understood: String,
    /// The number of articles that match.
    pub total: usize,
    /// The number of stories that these are, if it was requested, or is smaller and known anyway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<usize>,
    /// The time that the search took, in milliseconds.
    pub took_ms: f64,
    /// Notes for the user: words that were read as plain words, spellings that were searched,
    /// suggestions.
    pub notes: Vec<String>,
    /// The counts of the whole result, if requested; in JSON on a line of their own.
    #[serde(skip)]
    pub counts: Option<Counts>,
    /// The hits, in order; in JSON each has a line of its own.
    #[serde(skip)]
    pub hits: Vec<Hit>,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Its rank, from 1.
    pub rank: usize,
    /// Its score; higher is better. Scores of different answers are not comparable.
    pub score: f32,
    /// The article's id.
    pub id: String,
    /// The file's path below the folder.
    pub path: String,
    /// The headline.
    pub headline: Option<String>,
    /// The headline in marked and unmarked spans, if the query matches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline_marked: Option<Passage>,
    /// The first words of the lead, which stand in for a headline that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beginning: Option<String>,
    /// The date of publication.
    pub published: Option<PartialDate>,
    /// The outlet.
    pub source: Option<String>,
    /// The writers.
    pub byline: Vec<String>,
    /// The persons named, most mentioned first.
    pub people: Vec<String>,
    /// Up to three passages.
    pub passages: Vec<Passage>,
    /// Where each passage stands, in answers that are carried away (see [`super::stream`]) or shown on a
    /// page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// How often the body has what the query matched, in answers that are shown on a page.
    #[serde(skip)]
    pub occurrences: u32,
    /// The words of the query that the article lacks, as typed, where no article has all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    /// The story that the article belongs to, in twelve hexadecimal digits; `None` if it has no words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// The paths of the other articles found that are the same story.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// In an answer to `similar`, the id of the given article if this one is a copy of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
}

/// Whether an answer tells where its passages stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Places {
    Told,
    LeftOut,
    /// They are told, and the passages are as long as a page has room for.
    OnPage,
}

/// Returns an article as a hit.
pub(super) fn hit(
    article: Article,
    (rank, score): (usize, f32),
    marks: &[Mark],
    places: Places,
) -> Hit {
    let length = match places {
        Places::OnPage => Length::PAGE,
        Places::Told | Places::LeftOut => Length::TERMINAL,
    };
    let cut = passages::cut(&article, marks, length);
    let (passages, mut all_places): (Vec<Passage>, Vec<Place>) = cut.passages.into_iter().unzip();
    if places == Places::LeftOut {
        all_places.clear();
    }
    let headline = article.headline.as_deref();
    let headline_marked = headline
        .and_then(|headline| passages::marked(headline, article.language.as_deref(), marks));
    let beginning = match headline {
        Some(_) => None,
        None => passages::beginning(&article),
    };
    let people = article.people.into_iter().map(|person| person.name);
    Hit {
        rank,
        score,
        id: article.id,
        path: article.path,
        headline: article.headline,
        headline_marked,
        beginning,
        published: article.published,
        source: article.source,
        byline: article.byline,
        people: people.collect(),
        passages,
        places: all_places,
        occurrences: cut.occurrences,
        lacks: Vec::new(),
        story: None,
        copies: Vec::new(),
        copy_of: None,
    }
}

/// Returns the id of a story: the hash of its text in twelve hexadecimal digits, as many as articles have.
pub(super) fn story_id(story: u64) -> String {
    format!("{story:012x}")
}

/// Returns the marks of a plan in an article: the words of the query, and all forms of the names of
/// its persons in the article.
pub(super) fn marks_in(plan: &Plan, article: &Article, address: DocAddress) -> Vec<Mark> {
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
