//! The query language: typed text becomes tokens, tokens become a tree. The tree prints as the query
//! that was understood; [`plan`] turns it into queries of the engine.

mod cleaned;
pub mod dates;
mod fields;
mod function_words;
mod leaves;
pub mod length;
mod lex;
pub mod limits;
mod mistyped;
pub(crate) mod most;
pub(crate) mod notes;
pub mod parse;
pub(crate) mod pattern;
pub mod plan;
mod print;
mod signs;
#[cfg(test)]
mod tests;
pub mod tree;

pub use leaves::phrase;
pub use parse::{Query, parse, parse_any};
pub use tree::{FieldName, Leaf, Node};
