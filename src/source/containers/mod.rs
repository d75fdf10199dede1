//! Texts that hold articles in a container: a mail, a mailbox, a digest, markup.
//!
//! A container becomes the texts of its articles, each with plain labelled headers or mail headers
//! on top, which the export reader knows. What belongs to none of the articles is handed over
//! beside them, so that every word of the container is in an article or on a receipt.

mod digest;
mod document_dates;
mod elements;
mod mail;
mod markup;
mod paper;

use super::part::Part;

/// Returns the articles of a text that is a container, or `None` if it is none.
pub fn open(text: &str) -> Option<Vec<Part<'_>>> {
    let parts = markup::articles(text).or_else(|| mail::articles(text))?;
    Some(parts.into_iter().flat_map(digest::cut).collect())
}

/// Returns the items of a text that is a digest, or the text as it is.
pub fn items(text: &str) -> Vec<Part<'_>> {
    digest::cut(Part::of_file(text, 1))
}
