//! Cuts passages out of an article and marks what was asked for.

use serde::Serialize;

/// A passage: pieces of text that make it up when put one after the other.
pub type Passage = Vec<Span>;

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is what was asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hit: bool,
}

/// TEMP
pub fn cut(_a: &crate::Article, _m: &[crate::query::Mark]) -> Vec<Passage> {
    Vec::new()
}
