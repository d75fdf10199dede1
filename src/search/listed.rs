//! The names of a list, each answered with its articles: `people --names`.

use serde::Serialize;

use super::{Hit, Request, search};
use crate::archive::Archive;
use crate::error::{Error, Result};

/// A name of a list with its articles: the record of `people --names --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    /// The name, as it stands in the list.
    pub name: String,
    /// How many articles name the person in all.
    pub articles: usize,
    /// What the asker should know, as in a search.
    pub notes: Vec<String>,
    /// The best of the articles, with passages.
    pub hits: Vec<Hit>,
}

/// Answers a name of a list with at most `limit` articles.
///
/// # Errors
/// What a search meets; a name without a letter is nobody's, and no error.
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
