//! Turns raw text into blocks: characters, page seams, line joining, block kinds, the receipt.

pub mod characters;
pub mod export;

use crate::article::{Block, Removed};

/// What cleaning makes of the text of one article.
///
/// Every word of the text is in a block, a header or on the receipt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    /// All blocks in the order of the text, those outside the body included.
    pub blocks: Vec<Block>,
    /// Labelled headers, in the order of the text.
    pub headers: Vec<export::Header>,
    /// What was taken out.
    pub receipt: Vec<Removed>,
    /// What a careful reader should know.
    pub warnings: Vec<String>,
}

/// Cleans the text of one article, whose first line has the number `first_line` in its file.
pub fn clean(_text: &str, _first_line: u32) -> Cleaned {
    Cleaned::default()
}
