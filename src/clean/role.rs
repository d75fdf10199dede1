//! The roles of blocks.

use crate::article::BlockKind;

/// A block with its role and its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledBlock {
    /// The role.
    pub role: Role,
    /// The text, on one line.
    pub text: String,
    /// The indexes of its lines among the article's lines.
    pub lines: Vec<usize>,
}

/// The role of a block, finer than [`BlockKind`]: fields are read from blocks by their roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Paragraph,
    /// The introduction between the headline and the text.
    Standfirst,
    /// A heading inside the body.
    Subhead,
    /// One item of a list.
    ListItem,
    /// A quotation set off from the text.
    Quotation,
    /// The headline.
    Headline,
    /// The writers, and a date on the same line.
    Byline,
    /// A date on a line of its own.
    Date,
    /// Another line above the text, such as a section's name or a deck.
    Masthead,
    /// The text under a picture, or its credit.
    Caption,
    /// A pointer to another story; its title begins at the given byte.
    Related(usize),
    /// A heading over other stories.
    RelatedHeading,
    /// Navigation, sharing bars, pleas, copyright notices.
    Boilerplate,
    /// The agency's name or the desk's credits below the text.
    SignOff,
    /// The headline repeated, on the next page or in a list of bookmarks.
    RunningHead,
}

impl Role {
    /// Returns the kind of block in the record.
    pub fn kind(self) -> BlockKind {
        match self {
            Self::Paragraph => BlockKind::Paragraph,
            Self::Standfirst => BlockKind::Standfirst,
            Self::Subhead => BlockKind::Subhead,
            Self::ListItem => BlockKind::ListItem,
            Self::Quotation => BlockKind::Quotation,
            Self::Headline | Self::Byline | Self::Date | Self::Masthead => BlockKind::Header,
            Self::Caption => BlockKind::Caption,
            Self::Related(_) | Self::RelatedHeading => BlockKind::Related,
            Self::Boilerplate => BlockKind::Boilerplate,
            Self::SignOff | Self::RunningHead => BlockKind::Footer,
        }
    }
}
