//! Writes hits as rows of a table: a row a passage.

use std::io::{self, Write};

use super::style::Style;
use super::table::{cell, write_row};
use crate::passages::{Passage, text_of};
use crate::search::answer::Hit;
use crate::search::query_list::Answered;

const COLUMNS: [&str; 14] = [
    "rank",
    "score",
    "id",
    "path",
    "headline",
    "published",
    "source",
    "byline",
    "story",
    "copies",
    "paragraph",
    "from",
    "to",
    "passage",
];

/// Writes the header row.
pub fn hit_table_header(out: &mut impl Write) -> io::Result<()> {
    write_row(out, COLUMNS)
}

/// Writes the rows of a hit.
pub fn hit_table_rows(out: &mut impl Write, hit: &Hit, style: &Style) -> io::Result<()> {
    for row in rows(hit, style) {
        write_row(out, row.iter().map(String::as_str))?;
    }
    Ok(())
}

/// Writes the header row of the answers to a list of queries.
pub fn query_table_header(out: &mut impl Write) -> io::Result<()> {
    let own = ["line", "query", "articles", "stories", "error"];
    write_row(out, own.into_iter().chain(COLUMNS))
}

/// Writes the rows of the answer to a query of a list. One without hits has one row, in which the
/// columns of hits are empty.
pub fn query_table_rows(
    out: &mut impl Write,
    answered: &Answered,
    style: &Style,
) -> io::Result<()> {
    let number = |number: Option<usize>| number.map(|n| n.to_string()).unwrap_or_default();
    let own = [
        answered.line.to_string(),
        cell(&answered.query, style),
        number(answered.total),
        number(answered.stories),
        cell(answered.error.as_deref().unwrap_or_default(), style),
    ];
    let mut all: Vec<Vec<String>> = answered
        .hits
        .iter()
        .flat_map(|hit| rows(hit, style))
        .collect();
    if all.is_empty() {
        all.push(vec![String::new(); COLUMNS.len()]);
    }
    for row in all {
        write_row(out, own.iter().chain(&row).map(String::as_str))?;
    }
    Ok(())
}

fn rows(hit: &Hit, style: &Style) -> Vec<Vec<String>> {
    let text = |text: &Option<String>| cell(text.as_deref().unwrap_or_default(), style);
    let of_hit = [
        hit.rank.to_string(),
        format!("{:.3}", hit.score),
        hit.id.clone(),
        cell(&hit.path, style),
        text(&hit.headline),
        hit.published
            .map(|date| date.to_string())
            .unwrap_or_default(),
        text(&hit.source),
        cell(&hit.byline.join("; "), style),
        text(&hit.story),
        hit.copies.len().to_string(),
    ];
    let of_passage = |number: usize, passage: &Passage| {
        let place = hit.places.get(number);
        let text = text_of(passage);
        let numbers = place.map(|place| [place.paragraph, place.from, place.to]);
        let numbers = numbers.map(|numbers| numbers.map(|number| number.to_string()));
        let mut row = of_hit.to_vec();
        row.extend(numbers.unwrap_or_default());
        row.push(cell(&text, style));
        row
    };
    if hit.passages.is_empty() {
        return vec![of_passage(0, &Passage::default())];
    }
    let passages = hit.passages.iter().enumerate();
    passages
        .map(|(number, passage)| of_passage(number, passage))
        .collect()
}
