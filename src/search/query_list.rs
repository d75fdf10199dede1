//! Lists of queries, one a line, each answered for itself.

use serde::Serialize;

use super::answer::{Hit, Places};
use super::request::Request;
use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::source::decode;

/// The answer to a query of a list: a line of `search --queries FILE --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answered {
    /// The number of its line, from 1.
    pub line: usize,
    /// The query, as in the list.
    pub query: String,
    /// The query as it was understood.
    pub understood: Option<String>,
    /// The number of articles that match; `None` if the query can't be answered.
    pub total: Option<usize>,
    /// The number of stories that these are, if it was requested, or is smaller and known anyway.
    pub stories: Option<usize>,
    /// Why the query can't be answered.
    pub error: Option<String>,
    /// Notes for the user, as in a search.
    pub notes: Vec<String>,
    /// The first hits.
    pub hits: Vec<Hit>,
}

/// Returns the queries in the bytes of a list, with the numbers of their lines. Blank lines are none.
pub fn read(bytes: &[u8]) -> Vec<(usize, String)> {
    let text = decode::decode(bytes).text;
    let lines = (1..).zip(text.lines());
    lines
        .map(|(number, line)| (number, line.trim().to_owned()))
        .filter(|(_, line)| !line.is_empty())
        .collect()
}

/// Answers a query of a list. `request` says what is asked for beside the query.
///
/// # Errors
///
/// Returns an error if the index can't be read. A query that can't be answered is none.
pub fn answer(archive: &Archive, line: usize, query: &str, request: &Request) -> Result<Answered> {
    let request = Request {
        query: query.to_owned(),
        ..request.clone()
    };
    let mut answered = Answered {
        line,
        query: query.to_owned(),
        understood: None,
        total: None,
        stories: None,
        error: None,
        notes: Vec::new(),
        hits: Vec::new(),
    };
    match archive.guard(|| super::answer(archive, &request, Places::Told)) {
        Ok(answer) => {
            answered.understood = Some(answer.understood);
            answered.total = Some(answer.total);
            answered.stories = answer.stories;
            answered.notes = answer.notes;
            answered.hits = answer.hits;
        }
        Err(Error::Query(error)) => {
            answered.error = Some(format!("{}; {}", error.message, error.hint));
        }
        Err(error) => return Err(error),
    }
    Ok(answered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_query_a_line() {
        let list = "\u{feff}ferry sale\r\n\n  \"harbour master\"  \nferry OR";
        let read: Vec<String> = read(list.as_bytes())
            .into_iter()
            .map(|(line, query)| format!("{line} {query}"))
            .collect();
        assert_eq!(read, ["1 ferry sale", "3 \"harbour master\"", "4 ferry OR"]);
    }
}
