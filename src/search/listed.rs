//! A list of names, each answered with its articles: `people --names`.

use serde::Serialize;

use super::{Hit, Request, search};
use crate::archive::Archive;
use crate::error::{Error, Result};

/// What the first line of a list is called where it is no name, in lower case.
const HEADERS: [&str; 6] = ["name", "names", "person", "persons", "people", "full name"];

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

/// Returns the names in a list: the first column of a table, or one a line. A name in the
/// order of a telephone book needs quotes, as in `"Holm, Ada"`.
pub fn names_in(list: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(list.trim_start_matches('\u{feff}').as_bytes());
    let mut names: Vec<String> = reader
        .records()
        // Text is UTF-8 and rows may be of any length: there is nothing that can be wrong.
        .filter_map(std::result::Result::ok)
        .filter_map(|row| row.get(0).map(str::to_owned))
        .filter(|name| !name.is_empty())
        .collect();
    if names
        .first()
        .is_some_and(|name| HEADERS.contains(&name.to_lowercase().as_str()))
    {
        names.remove(0);
    }
    names
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists_of_names() {
        for (list, expected) in [
            ("", vec![]),
            ("Ada Holm\nPiet Roos\n", vec!["Ada Holm", "Piet Roos"]),
            ("Ada Holm\r\n\r\nPiet Roos", vec!["Ada Holm", "Piet Roos"]),
            (
                "\u{feff}Name,Office\n\"Holm, Ada\",mayor\nPiet Roos\n",
                vec!["Holm, Ada", "Piet Roos"],
            ),
            (" Ada Holm , x\n,y\n", vec!["Ada Holm"]),
        ] {
            assert_eq!(names_in(list), expected, "{list:?}");
        }
    }
}
