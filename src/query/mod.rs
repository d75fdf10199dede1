//! The query language: words → tree → tantivy queries, and its explanation.

mod beside;
pub mod dates;
pub(crate) mod docs;
pub mod expand;
mod filters;
mod lex;
pub mod limits;
pub mod meant;
pub mod parse;
pub mod persons;
mod phrases;
pub mod pieces;
pub mod plan;
pub mod roll;
pub(crate) mod spans;
mod stored;
mod text;
pub mod tree;
#[cfg(test)]
mod typed_tests;

pub use lex::phrase;
pub use parse::{Query, parse, parse_any};
pub use tree::{FieldName, Leaf, Node};

/// What the passage cutter has to mark in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A word with this stem (see [`crate::archive::analyzer::stem`]).
    Stem(String),
    /// Words with these stems in a row, with at most `slop` other words in between.
    Phrase {
        /// The stems, in order.
        stems: Vec<String>,
        /// How many other words may stand between them, all together.
        slop: u32,
    },
    /// A word with exactly this folded form.
    Plain(String),
    /// A word that stands exactly so, capitals included.
    Exact(String),
    /// Any of a person's forms, as they stand in the text, as in "John Bolton" and "Bolton".
    Person(Vec<String>),
}

/// A query that can't be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong, naming the word.
    pub message: String,
    /// What would be right.
    pub hint: String,
    /// Where it stands in the query, in bytes.
    pub at: usize,
}

/// How many characters of a query a message quotes.
const MOST_QUOTED: usize = 80;

/// How many notes of one kind about a query are worth reading.
const MOST_NOTES: usize = 10;

/// The fields that a misspelt one may have meant.
const FIELDS_TO_SUGGEST: [&str; 14] = [
    "headline", "title", "lead", "body", "byline", "source", "person", "place", "related", "path",
    "date", "before", "after", "lang",
];

/// Returns the start of a text that is quoted in a message.
pub(crate) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(MOST_QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Returns the first of some notes, with one that counts the rest.
pub(crate) fn first_notes(mut notes: Vec<String>) -> Vec<String> {
    if notes.len() > MOST_NOTES {
        let more = notes.len() - MOST_NOTES;
        notes.truncate(MOST_NOTES);
        notes.push(format!("{more} more notes like these"));
    }
    notes
}

/// Returns how many edits lead from one word to another, a swap of neighbours being one.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before_last[j - 2] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
