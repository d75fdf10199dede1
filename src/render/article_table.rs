//! Writes articles as rows of a table.

use std::io::{self, Write};

use super::style::Style;
use super::table::{cell, write_row};
use crate::article::Article;

const COLUMNS: [&str; 20] = [
    "id",
    "path",
    "part",
    "headline",
    "published",
    "source",
    "source_domain",
    "byline",
    "contributors",
    "agency",
    "place",
    "section",
    "edition",
    "page",
    "url",
    "language",
    "words",
    "people",
    "warnings",
    "text",
];

/// Writes the header row.
pub fn article_table_header(out: &mut impl Write) -> io::Result<()> {
    write_row(out, COLUMNS)
}

/// Writes the row of an article. Each paragraph of the text is a line of its cell.
pub fn article_table_row(out: &mut impl Write, article: &Article, style: &Style) -> io::Result<()> {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let names = article.people.iter().map(|person| person.name.as_str());
    let place = article
        .dateline
        .as_ref()
        .and_then(|line| line.place.clone());
    let row: [String; COLUMNS.len()] = [
        article.id.clone(),
        article.path.clone(),
        article.part.to_string(),
        optional(&article.headline),
        article
            .published
            .map(|date| date.to_string())
            .unwrap_or_default(),
        optional(&article.source),
        optional(&article.source_domain),
        article.byline.join("; "),
        article.contributors.join("; "),
        optional(&article.agency),
        place.unwrap_or_default(),
        optional(&article.section),
        optional(&article.edition),
        optional(&article.page),
        optional(&article.url),
        optional(&article.language),
        article.words.to_string(),
        names.collect::<Vec<_>>().join("; "),
        article.warnings.join("; "),
        article.body().collect::<Vec<_>>().join("\n"),
    ];
    let row = row.map(|text| cell(&text, style));
    write_row(out, row.iter().map(String::as_str))
}
