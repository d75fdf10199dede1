//! What the elements of news markup mean: TREC and LDC collections, Reuters-21578 and RCV1, NITF,
//! NewsML 1 and NewsML-G2.

/// The fields of an article that markup names, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The headline.
    Headline,
    /// The writers.
    Byline,
    /// The day of publication.
    Date,
    /// The place and day of writing.
    Dateline,
    /// The outlet.
    Source,
    /// The section of the outlet.
    Section,
    /// The edition of the outlet.
    Edition,
    /// The page.
    Page,
    /// The article's URL.
    Url,
    /// The number or name of the document in its collection.
    Document,
}

impl Field {
    /// Returns the label by which the export reader knows the field.
    pub fn label(self) -> &'static str {
        match self {
            Self::Headline => "Headline",
            Self::Byline => "Byline",
            Self::Date => "Date",
            Self::Dateline => "Dateline",
            Self::Source => "Source",
            Self::Section => "Section",
            Self::Edition => "Edition",
            Self::Page => "Page",
            Self::Url => "URL",
            Self::Document => "Document ID",
        }
    }
}

/// What an element means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An article.
    Article,
    /// The running text of an article.
    Body,
    /// A field of an article. Of several of one field the highest rank counts, of equal ranks the
    /// first.
    Field(Field, u8),
    /// A paragraph, heading or item of a list.
    Paragraph,
    /// The end of a line.
    Break,
    /// Text that is not the article's running text, wherever it stands.
    Aside,
    /// Anything else: inside the running text a part of it, elsewhere not.
    Other,
}

/// The elements that hold one article each.
pub const ARTICLES: &[&str] = &[
    "doc", "document", "reuters", "newsitem", "nitf", "article", "story",
];

/// The elements that may hold articles or an article: the roots of files.
pub const ROOTS: &[&str] = &[
    "doc",
    "document",
    "reuters",
    "newsitem",
    "nitf",
    "article",
    "story",
    "newsml",
    "newsmessage",
    "docs",
    "documents",
    "articles",
    "stories",
    "collection",
    "corpus",
    "root",
];

/// Elements by their names in lower case, with the highest rank that a field has.
const MEANINGS: &[(&str, Meaning)] = &[
    // TREC, LDC, Reuters-21578.
    ("text", Meaning::Body),
    ("leadpara", Meaning::Body),
    ("headline", Meaning::Field(Field::Headline, 3)),
    ("hl", Meaning::Field(Field::Headline, 3)),
    ("ti", Meaning::Field(Field::Headline, 3)),
    ("title", Meaning::Field(Field::Headline, 2)),
    ("byline", Meaning::Field(Field::Byline, 2)),
    ("author", Meaning::Field(Field::Byline, 2)),
    ("date", Meaning::Field(Field::Date, 3)),
    ("dd", Meaning::Field(Field::Date, 3)),
    ("date1", Meaning::Field(Field::Date, 3)),
    ("date_time", Meaning::Field(Field::Date, 3)),
    ("datetime", Meaning::Field(Field::Date, 3)),
    ("time", Meaning::Field(Field::Date, 2)),
    ("pubdate", Meaning::Field(Field::Date, 3)),
    ("fileid", Meaning::Field(Field::Document, 2)),
    ("docno", Meaning::Field(Field::Document, 3)),
    ("docid", Meaning::Field(Field::Document, 1)),
    ("dateline", Meaning::Field(Field::Dateline, 2)),
    ("src", Meaning::Field(Field::Source, 2)),
    ("source", Meaning::Field(Field::Source, 2)),
    ("so", Meaning::Field(Field::Source, 2)),
    ("pub", Meaning::Field(Field::Source, 2)),
    ("publication", Meaning::Field(Field::Source, 2)),
    ("publisher", Meaning::Field(Field::Source, 1)),
    ("newspaper", Meaning::Field(Field::Source, 2)),
    ("section", Meaning::Field(Field::Section, 2)),
    ("edition", Meaning::Field(Field::Edition, 2)),
    ("page", Meaning::Field(Field::Page, 2)),
    ("url", Meaning::Field(Field::Url, 2)),
    ("slug", Meaning::Aside),
    ("trailer", Meaning::Aside),
    ("graphic", Meaning::Aside),
    ("subject", Meaning::Aside),
    ("type", Meaning::Aside),
    ("keyword", Meaning::Aside),
    ("keywords", Meaning::Aside),
    ("category", Meaning::Aside),
    ("correction", Meaning::Aside),
    ("memo", Meaning::Aside),
    ("abstract", Meaning::Aside),
    ("copyright", Meaning::Aside),
    // NITF.
    ("body.content", Meaning::Body),
    ("hl1", Meaning::Field(Field::Headline, 3)),
    ("hl2", Meaning::Paragraph),
    ("story.date", Meaning::Field(Field::Date, 2)),
    ("body.head", Meaning::Aside),
    ("body.end", Meaning::Aside),
    ("docdata", Meaning::Aside),
    ("media", Meaning::Aside),
    ("tagline", Meaning::Aside),
    ("distributor", Meaning::Aside),
    ("p", Meaning::Paragraph),
    ("block", Meaning::Paragraph),
    ("li", Meaning::Paragraph),
    ("tr", Meaning::Paragraph),
    ("bq", Meaning::Paragraph),
    ("blockquote", Meaning::Paragraph),
    ("div", Meaning::Paragraph),
    ("br", Meaning::Break),
    // NewsML 1 and NewsML-G2.
    ("datacontent", Meaning::Body),
    ("inlinexml", Meaning::Body),
    ("inlinedata", Meaning::Body),
    ("by", Meaning::Field(Field::Byline, 2)),
    ("firstcreated", Meaning::Field(Field::Date, 2)),
    ("contentcreated", Meaning::Field(Field::Date, 3)),
    ("versioncreated", Meaning::Field(Field::Date, 1)),
    ("dateid", Meaning::Field(Field::Date, 1)),
    ("slugline", Meaning::Aside),
    ("copyrightline", Meaning::Aside),
    ("creditline", Meaning::Aside),
    ("metadata", Meaning::Aside),
    ("script", Meaning::Aside),
    ("style", Meaning::Aside),
];

/// The attributes that hold fields: of an element, by name, the field and its rank.
const ATTRIBUTES: &[(&str, &str, Field, u8)] = &[
    ("doc", "id", Field::Document, 2),
    ("newsitem", "date", Field::Date, 2),
    ("date.issue", "norm", Field::Date, 3),
    ("date.release", "norm", Field::Date, 2),
    ("story.date", "norm", Field::Date, 2),
    ("pubdata", "name", Field::Source, 2),
    ("pubdata", "date.publication", Field::Date, 3),
    ("pubdata", "position.section", Field::Section, 2),
    ("pubdata", "position.sequence", Field::Page, 2),
    ("pubdata", "edition.name", Field::Edition, 2),
    ("pubdata", "ex-ref", Field::Url, 2),
    ("party", "formalname", Field::Source, 1),
    ("provider", "literal", Field::Source, 1),
    ("infosource", "literal", Field::Source, 2),
];

/// The names by which RCV1 calls the Dublin Core fields that it writes as attributes of `dc`.
const DUBLIN_CORE: &[(&str, Field, u8)] = &[
    ("dc.title", Field::Headline, 1),
    ("dc.creator", Field::Byline, 1),
    ("dc.publisher", Field::Source, 2),
    ("dc.source", Field::Source, 1),
    ("dc.date.published", Field::Date, 3),
];

/// Returns what an element means. `name` is its local name in lower case, `article` that of the
/// article around it.
pub fn meaning_of(name: &str, article: Option<&str>) -> Meaning {
    match (name, article) {
        (_, None) if ARTICLES.contains(&name) => return Meaning::Article,
        // A document that was not closed ends where the next one begins.
        (_, Some(open)) if open == name && ARTICLES.contains(&name) => return Meaning::Article,
        // In AP's documents the headline, in NITF and HTML what stands before the text.
        ("head", Some("doc")) => return Meaning::Field(Field::Headline, 3),
        ("head" | "header", _) => return Meaning::Aside,
        ("body" | "content", Some(open)) if !matches!(open, "newsitem" | "nitf") => {
            return Meaning::Body;
        }
        // The classes of Reuters' documents are not the article's.
        ("d", Some("reuters")) => return Meaning::Aside,
        ("unknown", Some("reuters")) => return Meaning::Aside,
        (heading, _) if is_heading(heading) => return Meaning::Paragraph,
        _ => {}
    }
    MEANINGS
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(Meaning::Other, |(_, meaning)| *meaning)
}

/// Returns whether an element is a heading of HTML: `h1` to `h6`.
fn is_heading(name: &str) -> bool {
    name.strip_prefix('h')
        .is_some_and(|level| matches!(level, "1" | "2" | "3" | "4" | "5" | "6"))
}

/// Returns the field that an attribute holds, with its rank.
pub fn field_of_attribute(element: &str, attribute: &str) -> Option<(Field, u8)> {
    let found = ATTRIBUTES
        .iter()
        .find(|(of, name, ..)| *of == element && *name == attribute);
    found.map(|(_, _, field, rank)| (*field, *rank))
}

/// Returns the field of a Dublin Core name, with its rank.
pub fn field_of_dublin_core(name: &str) -> Option<(Field, u8)> {
    let found = DUBLIN_CORE.iter().find(|(known, ..)| *known == name);
    found.map(|(_, field, rank)| (*field, *rank))
}
