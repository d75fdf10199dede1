//! The article: the one type that every stage shares. Its serde form is the public JSON record.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::date::PartialDate;

/// The version of the JSON records. It rises on an incompatible change.
pub const SCHEMA: u32 = 3;

/// One news article, cleaned and fielded.
///
/// A field that the file does not give is `None` or empty; nothing is guessed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Twelve hexadecimal digits, computed from `path` and `part` (see [`Article::id_of`]).
    pub id: String,
    /// The file's path: relative to the indexed folder, with `/` between its parts; for `morgue
    /// extract`, as given.
    pub path: String,
    /// The number of the article in its file, from 0.
    pub part: u32,
    /// The headline.
    pub headline: Option<String>,
    /// Where the headline was read.
    pub headline_from: Option<HeadlineFrom>,
    /// The writers, one name each, without "By".
    pub byline: Vec<String>,
    /// Those who are credited with additional reporting or writing, one name each.
    #[serde(default)]
    pub contributors: Vec<String>,
    /// The news agency that the text is credited to.
    pub agency: Option<String>,
    /// The dateline, as in "MOSCOW, June 27 (Reuters) - ".
    pub dateline: Option<Dateline>,
    /// The day, month or year of publication.
    pub published: Option<PartialDate>,
    /// The kind of date that `published` was taken from.
    pub published_from: Option<DateKind>,
    /// Every date that is printed outside the running text or in a URL.
    pub dates: Vec<FoundDate>,
    /// The outlet as printed, or its domain where only that is known.
    pub source: Option<String>,
    /// The outlet's registered domain, as in `themoscowtimes.com`.
    #[serde(default)]
    pub source_domain: Option<String>,
    /// The section of the outlet, as printed.
    #[serde(default)]
    pub section: Option<String>,
    /// The edition of the outlet, as printed.
    #[serde(default)]
    pub edition: Option<String>,
    /// The page or pages, as printed: `A6`, `12-13`.
    #[serde(default)]
    pub page: Option<String>,
    /// The article's own URL.
    pub url: Option<String>,
    /// Every URL in the file once, in order.
    pub urls: Vec<String>,
    /// The titles of other stories that the file points to.
    pub related: Vec<String>,
    /// How the lines of the file make paragraphs.
    #[serde(default, alias = "discipline")]
    pub line_layout: LineLayout,
    /// The body, in order.
    pub blocks: Vec<Block>,
    /// The persons named in the text, by falling number of mentions.
    pub people: Vec<Person>,
    /// What was taken out of the text, line by line.
    pub receipt: Vec<Removed>,
    /// The language of the body, as an ISO 639-1 code if it has one.
    pub language: Option<String>,
    /// The number of words in the body.
    pub words: u32,
    /// Notes for the reader about the quality of the text and of its dates.
    pub warnings: Vec<String>,
    /// Where the fields were read and why, if that was asked for (`morgue extract --why`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Origin>,
    /// Questions for the rest of the archive and evidence for it.
    #[serde(default, skip_serializing_if = "Evidence::is_empty")]
    pub evidence: Evidence,
}

impl Article {
    /// Returns the id of article `part` of the file at `path`.
    ///
    /// Two articles have the same id by chance about once in 2⁴⁸ pairs. Ids are for people to type;
    /// the archive keys articles by path and part.
    pub fn id_of(path: &str, part: u32) -> String {
        let key = format!("{path}\0{part}");
        let hash = xxhash_rust::xxh3::xxh3_64(key.as_bytes());
        format!("{:012x}", hash >> 16)
    }

    /// Returns what tells the outlet from others: its domain, or its name where that is all.
    pub fn outlet_key(&self) -> Option<&str> {
        self.source_domain.as_deref().or(self.source.as_deref())
    }

    /// Returns the texts of the body's blocks, in order.
    pub fn body(&self) -> impl Iterator<Item = &str> {
        self.blocks
            .iter()
            .filter(|block| block.kind.is_body())
            .map(|block| block.text.as_str())
    }
}

/// Where a field of an article was read, and why there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The field's key in the record.
    pub field: String,
    /// The number of the line in the file, from 1; of several, the first. `None` if the field was
    /// read from what a browser printed at the edges of pages.
    pub line: Option<u32>,
    /// The text that the field was read from.
    pub text: String,
    /// The reason, in words.
    pub reason: String,
}

/// What an article asks the rest of its archive, and what it can answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The questions, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    /// The questions that the archive has answered, with their answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<(Doubt, Answer)>,
    /// Whether the day stands before the month in the file's unambiguous numeric dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_first: Option<bool>,
    /// The keys of the names that the article gives to something other than a person: a firm, a
    /// place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<String>,
    /// The keys of the names that the words around them give to a thing alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<String>,
}

impl Evidence {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A question about an article that only the rest of its archive can answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Is the word that a hyphen cuts at a line's end written as one word? Its two parts, in lower
    /// case.
    Solid(String, String),
    /// Is this line of the body the headline of another article? Its folded text.
    Headline(String),
    /// Does this outlet write the day before the month? Its [`Article::outlet_key`].
    DayFirst(String),
    /// In which language does this outlet write? Its [`Article::outlet_key`]; the text is too short to tell.
    Language(String),
}

/// The answer of an archive to a [`Doubt`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The ISO 639 code of a language.
    Language(String),
}

impl From<bool> for Answer {
    fn from(answer: bool) -> Self {
        if answer { Self::Yes } else { Self::No }
    }
}

/// How the lines of a file make paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineLayout {
    /// Lines are wrapped at a margin, with a blank line between paragraphs.
    Wrapped,
    /// Lines are wrapped, with a blank line after each.
    DoubleSpaced,
    /// Lines are wrapped, without blank lines between paragraphs: a paragraph ends where the next
    /// word would have fitted on the line.
    NoBlankLines,
    /// Lines are wrapped, and the first line of a paragraph is indented.
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

/// A dateline: the place from which and the day on which a report was filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The place as printed, as in `MOSCOW` or `HELSINKI, Finland`.
    pub place: Option<String>,
    /// The day, with the year of a more trusted date if none is printed.
    pub date: Option<PartialDate>,
}

/// A date found in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundDate {
    /// The date.
    pub date: PartialDate,
    /// What it dates.
    pub kind: DateKind,
    /// The date as printed.
    pub text: String,
}

/// What a date refers to, by where it was found.
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
    /// The day on which a browser printed the page.
    Printed,
    /// The day on which a database added the article.
    LoadDate,
    /// The URL of another story.
    RelatedUrl,
}

/// A paragraph, heading or the like, with its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The kind.
    pub kind: BlockKind,
    /// The text, on one line.
    pub text: String,
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
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
    /// The text under a picture, or its credit.
    Caption,
    /// A pointer to another story.
    Related,
    /// Navigation, sharing bars, pleas, copyright notices.
    Boilerplate,
    /// Headline, byline, date and labelled headers.
    Header,
    /// What a printer, an agency or a database adds below the text.
    Footer,
}

impl BlockKind {
    /// Returns whether blocks of this kind belong to the body.
    pub fn is_body(self) -> bool {
        matches!(
            self,
            Self::Paragraph | Self::Standfirst | Self::Subhead | Self::ListItem | Self::Quotation
        )
    }
}

/// A person named in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The fullest form in the text, such as "John Bolton".
    pub name: String,
    /// The folded form by which spellings are compared, such as "john bolton".
    pub key: String,
    /// How often the person is mentioned.
    pub count: u32,
    /// The forms of the mentions as printed, without possessive 's, with their counts.
    pub forms: BTreeMap<String, u32>,
    /// The words of the titles before the mentions, in lower case, by which the archive separates
    /// namesakes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub titles: String,
}

/// A line or part of a line that is not in the body, and the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The line's number in the file, from 1.
    pub line: u32,
    /// The reason.
    pub kind: RemovedKind,
    /// The text that was taken out.
    pub text: String,
}

/// The reason why a line is not in the body.
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
    /// Control characters, such as those around the dispatches of a news agency.
    Control,
}
