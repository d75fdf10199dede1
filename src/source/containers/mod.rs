//! Texts that hold articles in a container: a mail, a mailbox, a digest, markup.
//!
//! A container becomes the texts of its articles, each with plain labelled headers or mail headers
//! on top, which the export reader knows. What belongs to none of the articles is handed over
//! beside them, so that every word of the container is in an article or on a receipt.

mod document_dates;
mod elements;
mod markup;
mod paper;

use super::split::Part;

/// Returns the articles of a text that is a container, or `None` if it is none.
pub fn open(text: &str) -> Option<Vec<Part<'_>>> {
    markup::articles(text)
}
