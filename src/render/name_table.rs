//! Writes the articles of a list of names as CSV.

use std::io::{self, Write};

use super::style::Style;
use super::table::{cell, write_row};
use crate::passages::text_of;
use crate::search::name_list::Listed;

const COLUMNS: [&str; 8] = [
    "name",
    "articles",
    "id",
    "path",
    "published",
    "source",
    "headline",
    "passage",
];

/// Writes the header row, in which the last column is the number of stories if it is wanted.
pub fn name_table_header(out: &mut impl Write, wants_stories: bool) -> io::Result<()> {
    let stories = wants_stories.then_some("stories");
    write_row(out, COLUMNS.into_iter().chain(stories))
}

/// Writes the rows of a name, one an article. A name without articles has one row, in which only the
/// name and the numbers are filled.
pub fn name_table_rows(out: &mut impl Write, listed: &Listed, style: &Style) -> io::Result<()> {
    let name = cell(&listed.name, style);
    let articles = listed.articles.to_string();
    let stories = listed.stories.map(|stories| stories.to_string());
    if listed.hits.is_empty() {
        let row = [&*name, &articles, "", "", "", "", "", ""];
        write_row(out, row.into_iter().chain(stories.as_deref()))?;
    }
    for hit in &listed.hits {
        let passages: Vec<String> = hit.passages.iter().map(text_of).collect();
        let published = hit.published.map(|date| date.to_string());
        let row = [
            &*name,
            &articles,
            &cell(&hit.id, style),
            &cell(&hit.path, style),
            published.as_deref().unwrap_or(""),
            &cell(hit.source.as_deref().unwrap_or(""), style),
            &cell(hit.headline.as_deref().unwrap_or(""), style),
            &cell(&passages.join(" … "), style),
        ];
        write_row(out, row.into_iter().chain(stories.as_deref()))?;
    }
    Ok(())
}
