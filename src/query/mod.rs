//! The query language: words → tree → tantivy queries, and its explanation.

pub mod dates;
mod lex;
pub mod limits;
pub mod parse;
pub(crate) mod pattern;
pub mod plan;
pub mod tree;
#[cfg(test)]
mod typed_tests;

pub use lex::phrase;
pub use parse::{Query, parse, parse_any};
pub use tree::{FieldName, Leaf, Node};

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
