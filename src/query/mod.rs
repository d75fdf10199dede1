//! The query language: words → tree → tantivy queries, and its explanation.

/// What the passage cutter has to mark in a text.
#[derive(Clone, Debug, PartialEq)]
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
