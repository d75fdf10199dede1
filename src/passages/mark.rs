//! The marks of a query: what passages highlight.

/// What is highlighted in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A word with the stem of this folded word, in the language of the article (see
    /// [`crate::archive::analyzer::stem_as`]).
    AnyForm(String),
    /// Words in this order, with at most `slop` other words between them in all.
    Phrase {
        /// The folded words, in order.
        words: Vec<String>,
        /// The most other words between the words.
        slop: u32,
        /// Whether words with the same stems are marked too.
        forms: bool,
    },
    /// A word with exactly this folded form.
    Plain(String),
    /// A word in exactly these letters, including their case.
    Exact(String),
    /// Any form of a person's name in the text, such as "John Bolton" and "Bolton".
    Person(Vec<String>),
}
