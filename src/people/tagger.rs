//! Finds the mentions of persons in a text: words in, spans out.

use std::ops::Range;

use super::token::Tokens;

/// One mention of a person: `John Bolton`, `Bolton`.
///
/// Titles before the name (`Mr`, `President`) and a possessive after it are not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The tokens of the name, as a range of [`Tokens::tokens`].
    pub tokens: Range<usize>,
}

/// Returns the mentions of persons in a text, in its order.
pub fn tag(_text: &str, _tokens: &Tokens) -> Vec<Mention> {
    Vec::new()
}
