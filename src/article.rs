//! The article: the one type that every stage shares. Its serde form is the public JSON record.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::date::PartialDate;

/// The version of the JSON records. It rises when a name or a meaning changes.
pub const SCHEMA: u32 = 2;

/// One news article, cleaned and fielded.
///
/// What the file did not say is `None` or empty, never guessed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Twelve hexadecimal digits that follow from `path` and `part` (see [`Article::id_of`]).
    pub id: String,
    /// The file's path: below the indexed folder, with `/` between its parts; for `morgue
    /// extract`, as it was given.
    pub path: String,
    /// Which article of its file this is, from 0.
    pub part: u32,
    /// The headline.
    pub headline: Option<String>,
    /// Where the headline was read.
    pub headline_from: Option<HeadlineFrom>,
    /// The writers, one name each, without "By".
    pub byline: Vec<String>,
    /// The news agency that the text is credited to.
    pub agency: Option<String>,
    /// The dateline, as in "MOSCOW, June 27 (Reuters) - ".
    pub dateline: Option<Dateline>,
    /// The day, month or year of publication.
    pub published: Option<PartialDate>,
    /// Which kind of date `published` was taken from.
    pub published_from: Option<DateKind>,
    /// Every date printed outside the running text or in a URL.
    pub dates: Vec<FoundDate>,
    /// The outlet's registered domain, as in `themoscowtimes.com`, or its name where the file
    /// gives no domain.
    pub source: Option<String>,
    /// The article's own URL.
    pub url: Option<String>,
    /// Every URL printed in the file, each once, in the order of the file.
    pub urls: Vec<String>,
    /// Titles of other stories that the file points to.
    pub related: Vec<String>,
    /// How the lines of the file make paragraphs.
    #[serde(default)]
    pub line_layout: LineLayout,
    /// The body, in order.
    pub blocks: Vec<Block>,
    /// The persons that the text names, most mentioned first.
    pub people: Vec<Person>,
    /// What was taken out of the text, line by line.
    pub receipt: Vec<Removed>,
    /// The language of the body, as an ISO 639-1 code where there is one.
    pub language: Option<String>,
    /// The number of words in the body.
    pub words: u32,
    /// What a careful reader should know about how this text was read.
    pub warnings: Vec<String>,
    /// What the article and the rest of its archive can tell each other. No part of the record.
    #[serde(skip)]
    pub evidence: Evidence,
}

impl Article {
    /// Returns the id of article `part` of the file at `path`.
    ///
    /// The same path and part always have the same id. Two of them share one by chance about once
    /// in 2⁴⁸ pairs, so an id is for people to type; the archive keys articles by path and part.
    pub fn id_of(path: &str, part: u32) -> String {
        let key = format!("{path}\0{part}");
        let hash = xxhash_rust::xxh3::xxh3_64(key.as_bytes());
        format!("{:012x}", hash >> 16)
    }

    /// Returns the texts of the body's blocks, in order.
    pub fn body(&self) -> impl Iterator<Item = &str> {
        self.blocks
            .iter()
            .filter(|block| block.kind.is_body())
            .map(|block| block.text.as_str())
    }
}

/// What an article asks of the rest of its archive, and what it tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What only the rest of the archive can settle, each once.
    pub doubts: Vec<Doubt>,
    /// Those of them that it has settled, and whether the answer was yes.
    pub settled: Vec<(Doubt, bool)>,
    /// Whether the day stands first in the numbers of a date that can be read in one way only.
    pub day_first: Option<bool>,
}

/// A question about an article that only the rest of its archive can answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// Is the word that a hyphen cuts at a line's end written in one piece? Its two parts, in lower
    /// case.
    Solid(String, String),
    /// Is this line of the body the headline of another article? Its folded text.
    Headline(String),
    /// Does this outlet write the day of a date before the month?
    DayFirst(String),
}

/// How the lines of a file make paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineLayout {
    /// Lines are wrapped at a margin and a blank line parts paragraphs.
    Wrapped,
    /// Lines are wrapped and a blank line follows each, so that it parts nothing.
    DoubleSpaced,
    /// Lines are wrapped and no blank lines part paragraphs: a paragraph ends where the next
    /// word would still have fitted on the line.
    NoBlankLines,
    /// Lines are wrapped and a paragraph's first line is indented.
    Indented,
    /// Each line is a paragraph.
    #[default]
    OneParagraphALine,
}

impl fmt::Display for LineLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wrapped => "wrapped, blank lines between paragraphs",
            Self::DoubleSpaced => "wrapped, a blank line after each",
            Self::NoBlankLines => "wrapped, no blank lines between paragraphs",
            Self::Indented => "wrapped, paragraphs begin with an indent",
            Self::OneParagraphALine => "one paragraph a line",
        })
    }
}

/// Where a headline was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeadlineFrom {
    /// A labelled header, as in `Title: …`, front matter or a database export.
    Header,
    /// The first line or lines of the text.
    FirstLine,
    /// The title that a browser prints at the top of each page.
    PrintHeader,
}

/// A dateline: where, and on what day, a report was filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The place as printed, as in `MOSCOW` or `HELSINKI, Finland`.
    pub place: Option<String>,
    /// The day, completed by the year of a stronger date.
    pub date: Option<PartialDate>,
}

/// A date found in the file, and what it dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundDate {
    /// The date.
    pub date: PartialDate,
    /// What it dates.
    pub kind: DateKind,
    /// The date as it is printed.
    pub text: String,
}

/// What a date that was found in a file dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateKind {
    /// A labelled header, as in `Date: …`.
    Header,
    /// A line of its own at the top, or beside the byline.
    Byline,
    /// The article's own URL.
    Url,
    /// The dateline.
    Dateline,
    /// A line such as "Updated …".
    Updated,
    /// The day that a browser printed the page.
    Printed,
    /// The day that a database took the article in.
    LoadDate,
    /// The URL of another story.
    RelatedUrl,
}

/// A piece of text with its role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The role.
    pub kind: BlockKind,
    /// The text, on one line.
    pub text: String,
}

/// The role of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading inside the body.
    Subhead,
    /// One item of a list.
    ListItem,
    /// A quotation set off from the text.
    Quotation,
    /// The text under a picture, or its credit.
    Caption,
    /// A pointer to another story.
    Related,
    /// Navigation, sharing bars, pleas, copyright notices.
    Boilerplate,
    /// Headline, byline, date and labelled headers.
    Header,
    /// What a printer or a database adds below the text.
    Footer,
}

impl BlockKind {
    /// Returns whether blocks of this kind belong to the body.
    pub fn is_body(self) -> bool {
        matches!(
            self,
            Self::Paragraph | Self::Subhead | Self::ListItem | Self::Quotation
        )
    }
}

/// A person named in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The fullest form in the text, as in "John Bolton".
    pub name: String,
    /// The folded form that spellings are compared by, as in "john bolton".
    pub key: String,
    /// How often the person is mentioned.
    pub count: u32,
    /// Every mention as it stands in the text, possessive 's left off, with its count.
    pub forms: BTreeMap<String, u32>,
    /// The words of the titles before the mentions, in lower case: for the archive to tell namesakes
    /// apart, and no part of the record.
    #[serde(skip)]
    pub titles: String,
}

/// A line, or a part of one, that is not in the body, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The line's number in the file, from 1.
    pub line: u32,
    /// Why it was taken out.
    pub kind: RemovedKind,
    /// What was taken out, as it stood.
    pub text: String,
}

/// Why a line is not in the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemovedKind {
    /// A URL, lifted into `urls`.
    Url,
    /// A related story, lifted into `related`.
    Related,
    /// A headline, byline, date or labelled header, lifted into its field.
    Header,
    /// A page header or footer, or a database's closing lines.
    Footer,
    /// The text under a picture, or its credit.
    Caption,
    /// Navigation, sharing bars, pleas, copyright notices.
    Boilerplate,
    /// Control characters, as those that frame and set the dispatches of a news agency.
    Control,
}
