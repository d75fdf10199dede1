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
    /// Notes for the user, as in a search.
    pub notes: Vec<String>,
    /// The best of these articles, with passages.
    pub hits: Vec<Hit>,
}

/// Answers a name of a list with at most `limit` articles.
///
/// # Errors
///
/// Returns the errors of a search. A name without letters is no error: it has no articles, and a note.
pub fn answer(archive: &Archive, name: &str, limit: usize) -> Result<Listed> {
    let request = Request {
        persons: vec![name.to_owned()],
        limit,
        ..Request::default()
    };
    let (articles, notes, hits) = match search(archive, &request) {
        Ok(answer) => (answer.total, answer.notes, answer.hits),
        Err(Error::Query(error)) => (0, vec![error.message], Vec::new()),
        Err(error) => return Err(error),
    };
    Ok(Listed {
        name: name.to_owned(),
        articles,
        notes,
        hits,
    })
}
