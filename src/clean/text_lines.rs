//! The lines of an article that have text, each with what stands before it.

use super::lines::{Fate, Line};
use super::measure::SetLine;

/// What stands between a line of text and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// One blank line.
    Blank,
    /// Several blank lines.
    Blanks,
    /// Furniture, such as a pointer to another story.
    Furniture,
    /// The end of a page.
    Seam,
}

/// A line of text and its place on the page.
#[derive(Clone, Copy, Debug)]
pub struct TextLine<'a> {
    /// Its index among the article's lines.
    pub index: usize,
    /// Its text.
    pub text: &'a str,
    /// The line as it was set, by which it is measured.
    pub set: SetLine<'a>,
    /// The columns of white space before it.
    pub indent: usize,
    /// What stands before it.
    pub gap: Gap,
    /// The kind of furniture that it is, if it is not running text.
    pub furniture: Option<Furniture>,
    /// The unit of the page head that it belongs to, if it stands above the running text.
    pub unit: Option<Unit>,
}

/// The kinds of page furniture that are recognised from one line and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Furniture {
    /// "Related article: …"; the title begins at the given byte.
    Related(usize),
    /// "More from …".
    RelatedHeading,
    /// The text under a picture, or its credit.
    Caption,
    /// Navigation, sharing bars, pleas, copyright notices.
    Boilerplate,
}

/// What a unit of the page head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The name of an outlet, a section or a series, or a letterhead.
    Masthead,
    /// The headline.
    Headline,
    /// The introduction between the headline and the text.
    Standfirst,
    /// The writers.
    Credit,
    /// A date.
    Date,
    /// Page furniture between the other units.
    Furniture,
}

/// Lines of the page head that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What they are.
    pub part: Part,
    /// The first line.
    pub start: usize,
    /// The line after the last.
    pub end: usize,
}

impl Furniture {
    /// Returns whether furniture of this kind may continue on the next line.
    pub fn may_wrap(self) -> bool {
        matches!(self, Self::Related(_) | Self::Caption | Self::Boilerplate)
    }
}

/// Returns the lines that have text, each with the gap before it.
pub fn with_gaps<'a>(lines: &'a [Line<'_>]) -> Vec<TextLine<'a>> {
    let texts = lines.iter().filter(|line| line.is_text());
    let mut found = Vec::with_capacity(texts.count());
    let mut gap = Gap::None;
    for (index, line) in lines.iter().enumerate() {
        match line.fate {
            Fate::Blank => {
                gap = match gap {
                    Gap::None => Gap::Blank,
                    Gap::Blank => Gap::Blanks,
                    other => other,
                }
            }
            Fate::Out(_) => gap = Gap::Seam,
            Fate::Text => {
                if line.starts_page {
                    gap = Gap::Seam;
                }
                found.push(TextLine {
                    index,
                    text: &line.text,
                    set: SetLine::of(line.as_set()),
                    indent: line.indent,
                    gap,
                    furniture: None,
                    unit: None,
                });
                gap = Gap::None;
            }
        }
    }
    found
}

/// Returns the lines of running text, each with the largest gap since the one before it.
pub fn running<'a>(lines: &[TextLine<'a>]) -> Vec<TextLine<'a>> {
    let mut gap = Gap::None;
    let mut running = Vec::with_capacity(lines.len());
    for line in lines {
        gap = gap.max(line.gap);
        if line.furniture.is_some() || line.unit.is_some() {
            gap = gap.max(Gap::Furniture);
        } else {
            running.push(TextLine { gap, ..*line });
            gap = Gap::None;
        }
    }
    running
}
