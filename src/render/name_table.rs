//! Writes the articles of a list of names as CSV.

use std::io::{self, Write};

use super::style::Style;
use crate::search::name_list::Listed;

/// Writes the header row.
pub fn name_table_header(out: &mut impl Write) -> io::Result<()> {
    write_row(
        out,
        [
            "name",
            "articles",
            "id",
            "path",
            "published",
            "source",
            "headline",
            "passage",
        ],
    )
}

/// Writes the rows of a name, one an article. A name without articles has one row, in which only the
/// name and the number of articles are filled.
pub fn name_table_rows(out: &mut impl Write, listed: &Listed, style: &Style) -> io::Result<()> {
    let name = cell(&listed.name, style);
    let articles = listed.articles.to_string();
    if listed.hits.is_empty() {
        write_row(out, [&*name, &articles, "", "", "", "", "", ""])?;
    }
    for hit in &listed.hits {
        let passages: Vec<String> = hit
            .passages
            .iter()
            .map(|passage| passage.iter().map(|span| span.text.as_str()).collect())
            .collect();
        let published = hit.published.map(|date| date.to_string());
        write_row(
            out,
            [
                &*name,
                &articles,
                &cell(&hit.id, style),
                &cell(&hit.path, style),
                published.as_deref().unwrap_or(""),
                &cell(hit.source.as_deref().unwrap_or(""), style),
                &cell(hit.headline.as_deref().unwrap_or(""), style),
                &cell(&passages.join(" … "), style),
            ],
        )?;
    }
    Ok(())
}

fn write_row(out: &mut impl Write, cells: [&str; 8]) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(cells)?;
    table.flush()
}

/// Returns text as a cell that no spreadsheet evaluates as a formula: text that starts like a formula
/// gets a single quote in front (OWASP, "CSV Injection"). So does text after a semicolon or a tab,
/// because some spreadsheets split cells there instead of at commas.
fn cell(text: &str, style: &Style) -> String {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let text = style.text(text);
    let mut cell = String::with_capacity(text.len() + 1);
    let mut is_start = true;
    for c in text.chars() {
        if is_start && FORMULA.contains(&c) {
            cell.push('\'');
        }
        cell.push(c);
        is_start = matches!(c, ';' | '\t');
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_formulas() {
        let (plain, terminal) = (
            Style::default(),
            Style {
                escape: true,
                ..Style::default()
            },
        );
        for (text, style, expected) in [
            ("", plain, ""),
            ("Ada Holm", plain, "Ada Holm"),
            ("a=b", plain, "a=b"),
            ("=1+1", plain, "'=1+1"),
            ("+1", plain, "'+1"),
            ("-1", plain, "'-1"),
            ("@SUM(A1)", plain, "'@SUM(A1)"),
            ("\t=1", plain, "'\t'=1"),
            ("on Monday;=1+1;@A;b;-2", plain, "on Monday;'=1+1;'@A;b;'-2"),
            ("\r=1", plain, "'\r=1"),
            ("\n=1", plain, "'\n=1"),
            ("＝1", plain, "'＝1"),
            ("＠a", plain, "'＠a"),
            ("a\x1b", plain, "a\x1b"),
            ("-\x1b", terminal, "'-\\u{1b}"),
        ] {
            assert_eq!(cell(text, &style), expected, "{text:?}");
        }
    }
}
