//! The query language: typed text becomes tokens, tokens become a tree. The tree prints as the query
//! that was understood; [`plan`] turns it into queries of the engine.

pub mod dates;
mod lex;
pub mod limits;
pub(crate) mod notes;
pub mod parse;
pub(crate) mod pattern;
pub mod plan;
#[cfg(test)]
mod tests;
pub mod tree;

pub use lex::phrase;
pub use parse::{Query, parse, parse_any};
pub use tree::{FieldName, Leaf, Node};
