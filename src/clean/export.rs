//! Reads the labelled headers of exports: databases, front matter, `Title:` lines, `.story` files.

use std::ops::Range;

/// The form in which a program or database writes an article out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// LexisNexis Academic: `1 of 7 DOCUMENTS`.
    Lexis,
    /// Nexis Uni: `Body`, `Load-Date:`, `End of Document`.
    NexisUni,
    /// Factiva with two-letter tags.
    FactivaTagged,
    /// Factiva without tags, ending in `Document …`.
    FactivaPlain,
    /// ProQuest: `Full text:`.
    ProQuest,
    /// YAML front matter between `---` lines.
    FrontMatter,
    /// Lines such as `Title: …` at the top.
    Labelled,
    /// A `.story` file with `@highlight` lines.
    Story,
}

/// What a labelled header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The headline.
    Headline,
    /// The writers.
    Byline,
    /// The day of publication.
    Published,
    /// The day of the last change.
    Updated,
    /// The day that a database took the article in.
    LoadDate,
    /// The outlet.
    Source,
    /// The article's URL.
    Url,
    /// A dateline or place.
    Dateline,
    /// Anything else.
    Other,
}

/// One labelled header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What it says.
    pub label: Label,
    /// Its value, on one line.
    pub value: String,
    /// The lines it stands on, counted from 0 in the article's text.
    pub lines: Range<usize>,
}

/// An export: its headers, and where its body stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The form it was recognised as.
    pub form: Form,
    /// Its headers in order.
    pub headers: Vec<Header>,
    /// The lines of its body, counted from 0. Lines outside that are in no header are furniture.
    pub body: Range<usize>,
}

/// Reads the export that these lines of one article are, or returns `None` where they are none.
pub fn read(_lines: &[&str]) -> Option<Export> {
    None
}
