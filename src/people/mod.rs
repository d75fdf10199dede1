//! Finds the persons in an article and tells whether two names are one person's.

pub mod lexicon;
pub mod name;
pub mod tagger;
pub mod token;

use crate::article::{Article, Person};

/// Returns the persons that the headline and the body of an article name, most mentioned first.
///
/// The writers in the byline are not among them unless the text names them.
pub fn find(_article: &Article) -> Vec<Person> {
    Vec::new()
}
