//! The lines of an article that are joined into blocks, each with what stands before it.

use super::lines::{Fate, Line};

/// What stands between a line of text and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// One blank line.
    Blank,
    /// More blank lines.
    Blanks,
    /// Something that is not running text, as a pointer to another story.
    Aside,
    /// The end of a page.
    Seam,
}

/// A line of text, and how it stands.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// The place of its line among the article's lines, from 0.
    pub line: usize,
    /// Its text.
    pub text: &'a str,
    /// Its text as it was set, which it is measured by.
    pub set: &'a str,
    /// The columns of white space before it.
    pub indent: usize,
    /// What stands between it and the piece before it.
    pub gap: Gap,
    /// What it is, where that shows from the line alone.
    pub aside: Option<Aside>,
    /// Whether it stands above the running text.
    pub is_in_head: bool,
}

/// What a line is, where that shows from the line and its place alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// "Related article: …"; the title begins at the given byte.
    Related(usize),
    /// "More from …".
    RelatedHeading,
    /// The text under a picture, or its credit.
    Caption,
    /// Navigation, sharing bars, pleas, copyright notices.
    Boilerplate,
    /// "By Ann Writer", above the text.
    Byline,
    /// "Published June 27, 2018", above the text.
    Date,
}

impl Aside {
    /// Returns whether a line of this kind may go on in the next line.
    pub fn may_wrap(self) -> bool {
        matches!(self, Self::Related(_) | Self::Caption | Self::Boilerplate)
    }
}

/// Returns the pieces of the article's lines, each with the gap before it.
pub fn pieces<'a>(lines: &'a [Line<'_>]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut gap = Gap::None;
    for (line, item) in lines.iter().enumerate() {
        match item.fate {
            Fate::Blank => {
                gap = match gap {
                    Gap::None => Gap::Blank,
                    Gap::Blank => Gap::Blanks,
                    other => other,
                }
            }
            Fate::Out(_) => gap = Gap::Seam,
            Fate::Text => {
                if item.starts_page {
                    gap = Gap::Seam;
                }
                pieces.push(Piece {
                    line,
                    text: &item.text,
                    set: item.as_set(),
                    indent: item.indent,
                    gap,
                    aside: None,
                    is_in_head: false,
                });
                gap = Gap::None;
            }
        }
    }
    pieces
}

/// Returns the pieces that are running text, with the gaps that the asides between them leave.
pub fn running<'a>(pieces: &[Piece<'a>]) -> Vec<Piece<'a>> {
    let mut gap = Gap::None;
    let mut running = Vec::new();
    for piece in pieces {
        gap = gap.max(piece.gap);
        if piece.aside.is_some() {
            gap = gap.max(Gap::Aside);
        } else {
            running.push(Piece { gap, ..*piece });
            gap = Gap::None;
        }
    }
    running
}
