//! Lists of names, as people write them and spreadsheets save them: reads a list, and answers each name
//! with its articles.

mod headings;
mod read;

use serde::Serialize;

use super::answer::Hit;
use super::request::Request;
use super::search;
use crate::archive::Archive;
use crate::error::{Error, Result};
pub use read::{Names, read};

/// A name of a list with its articles: the record of `people --names --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    /// The name, as in the list.
    pub name: String,
    /// The number of articles that name the person.
    pub articles: usize,
    /// The number of stories that these are, if it was requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<usize>,
    /// Notes for the user, as in a search.
    pub notes: Vec<String>,
    /// The best of these articles, with passages.
    pub hits: Vec<Hit>,
}

/// Answers a name of a list with at most `limit` articles, and the number of all stories if it is wanted.
///
/// # Errors
///
/// Returns the errors of a search. A name without letters is no error: it has no articles, and a note.
pub fn answer(archive: &Archive, name: &str, limit: usize, wants_stories: bool) -> Result<Listed> {
    let request = Request {
        stories: wants_stories,
        persons: vec![name.to_owned()],
        limit,
        ..Request::default()
    };
    let mut listed = Listed {
        name: name.to_owned(),
        articles: 0,
        stories: wants_stories.then_some(0),
        notes: Vec::new(),
        hits: Vec::new(),
    };
    match search(archive, &request) {
        Ok(answer) => {
            listed.articles = answer.total;
            listed.stories = answer.stories.filter(|_| wants_stories);
            listed.notes = answer.notes;
            listed.hits = answer.hits;
        }
        Err(Error::Query(error)) => listed.notes.push(error.message),
        Err(error) => return Err(error),
    }
    Ok(listed)
}
