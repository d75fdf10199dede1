//! The size limits of a query. A query that exceeds one is refused with an error that names it.
//!
//! The limits are far above what people paste. A query at the limits is answered in about a second
//! from a small archive, and no recursion over its tree overflows the stack of a thread (2 MB).

use super::tree::{FieldName, Leaf, Node, typed_name};
use crate::error::{QueryError, shortened};
use crate::identity::lookup::ensure_name;

/// The most words, patterns and dates in a query, including those in phrases.
pub const MOST_WORDS: usize = 10_000;

/// The most patterns in a query, such as `harb*`, `volkonov~1` and `caps(Turkey)`. Each one reads
/// the terms of the archive, or the text of articles.
pub const MOST_PATTERNS: usize = 500;

/// The most persons in a query.
pub const MOST_PERSONS: usize = 1_000;

/// The deepest nesting of brackets and signs.
pub const DEEPEST: usize = 64;

/// The deepest nesting of NEAR and ADJ: `a NEAR/5 b NEAR/5 c` has 2.
pub const LONGEST_CHAIN: usize = 100;

/// The largest distance of NEAR and ADJ, slop of a phrase, and count of atleast.
pub const LARGEST_NUMBER: u32 = 1_000_000;

/// Checks the parts of a query against the limits of words, patterns and persons.
///
/// # Errors
///
/// Returns an error that names the exceeded limit.
pub fn ensure_bounded(parts: &[Node]) -> Result<(), QueryError> {
    let mut size = Size::default();
    for part in parts {
        size.add(part, None)?;
    }
    let limits = [
        (
            size.patterns,
            MOST_PATTERNS,
            "patterns and caps()",
            "write whole words, or ask in several queries",
        ),
        (
            size.persons,
            MOST_PERSONS,
            "persons",
            "ask in several queries, or about a list of names with `morgue people --names FILE`",
        ),
        (size.words, MOST_WORDS, "words", "ask in several queries"),
    ];
    for (number, most, what, hint) in limits {
        if number > most {
            return Err(QueryError {
                message: format!("the query has {number} {what}, and {most} are the most"),
                hint: hint.to_owned(),
                at: 0,
            });
        }
    }
    Ok(())
}

/// Checks a number that was typed with an operator. `hint` is the hint of the error for 0.
///
/// # Errors
///
/// Returns an error if the number is 0 or more than [`LARGEST_NUMBER`].
pub fn ensure_number(number: u32, typed: &str, hint: &str, at: usize) -> Result<(), QueryError> {
    let typed = shortened(typed);
    let (message, hint) = match number {
        0 => (format!("the number of {typed} has to be 1 or more"), hint),
        1..=LARGEST_NUMBER => return Ok(()),
        _ => (
            format!("the number of {typed} is larger than {LARGEST_NUMBER}, the largest"),
            "no article is so long; AND finds words anywhere in an article",
        ),
    };
    Err(QueryError {
        message,
        hint: hint.to_owned(),
        at,
    })
}

/// Returns how deep NEAR and ADJ are nested in a node.
pub fn chain_length(node: &Node) -> usize {
    match node {
        Node::Near { left, right, .. } => 1 + chain_length(left).max(chain_length(right)),
        Node::Field { node, .. } => chain_length(node),
        Node::Or(nodes) => nodes.iter().map(chain_length).max().unwrap_or(0),
        // The parser allows nothing else as an operand of NEAR.
        _ => 0,
    }
}

/// The size of the parts of a query.
#[derive(Default)]
struct Size {
    words: usize,
    patterns: usize,
    persons: usize,
}

impl Size {
    /// Adds a node in a field.
    fn add(&mut self, node: &Node, field: Option<FieldName>) -> Result<(), QueryError> {
        if field == Some(FieldName::Person)
            && let Some(name) = typed_name(node)
        {
            self.persons += 1;
            return ensure_name(&name);
        }
        match node {
            Node::Leaf(leaf) => self.add_leaves(std::slice::from_ref(leaf)),
            Node::Phrase { leaves, .. } => self.add_leaves(leaves),
            Node::Date(_) | Node::Length(_) => self.words += 1,
            Node::Near { left, right, .. } => {
                self.add(left, field)?;
                self.add(right, field)?;
            }
            Node::Field { field, node } => self.add(node, Some(*field))?,
            Node::AtLeast { node, .. } | Node::Not(node) | Node::Maybe(node) => {
                self.add(node, field)?;
            }
            Node::And(nodes) | Node::Or(nodes) => {
                for node in nodes {
                    self.add(node, field)?;
                }
            }
        }
        Ok(())
    }

    fn add_leaves(&mut self, leaves: &[Leaf]) {
        self.words += leaves.len();
        let is_pattern = |leaf: &&Leaf| !matches!(leaf, Leaf::Word { .. });
        self.patterns += leaves.iter().filter(is_pattern).count();
    }
}
