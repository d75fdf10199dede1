//! What passages mark.

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
