//! Writes who is in the archive for people to read.

use std::io::{self, Write};

use super::{Ink, Style, count};
use crate::identity::merge_suggestions::Likely;
use crate::identity::records::{PersonRecord, Summary, Year};
use crate::search::name_list::Listed;

/// How many spellings and companions are written.
const MOST: usize = 8;

/// The longest bar, in columns.
const BAR: usize = 40;

/// Writes a list of persons, one a line.
pub fn people(out: &mut impl Write, people: &[Summary], style: &Style) -> io::Result<()> {
    let width = people
        .iter()
        .map(|p| p.name.chars().count())
        .max()
        .unwrap_or(0);
    for person in people {
        let name = style.text(&person.name);
        let padding = " ".repeat(width.saturating_sub(person.name.chars().count()));
        let dates = match (person.first, person.last) {
            (Some(first), Some(last)) if first == last => format!("  {first}"),
            (Some(first), Some(last)) => format!("  {first} to {last}"),
            _ => String::new(),
        };
        writeln!(
            out,
            "{}{padding}  {:>6}{dates}",
            style.paint(Ink::Bold, &name),
            count(
                usize::try_from(person.articles).unwrap_or(usize::MAX),
                "article"
            )
        )?;
    }
    Ok(())
}

/// Writes all that is known of one person, with a bar a year.
pub fn person(
    out: &mut impl Write,
    person: &PersonRecord,
    years: &[Year],
    style: &Style,
) -> io::Result<()> {
    writeln!(out, "{}", style.paint(Ink::Bold, &style.text(&person.name)))?;
    let list = |pairs: &mut dyn Iterator<Item = (&str, u64)>| -> String {
        let all: Vec<String> = pairs
            .map(|(name, n)| format!("{} {n}", style.text(name)))
            .collect();
        let left = all.len().saturating_sub(MOST);
        let mut shown = all;
        shown.truncate(MOST);
        if left > 0 {
            shown.push(format!("and {left} more"));
        }
        shown.join(", ")
    };
    writeln!(out, "  articles   {}", person.articles)?;
    writeln!(out, "  mentions   {}", person.mentions)?;
    if let (Some(first), Some(last)) = (person.first, person.last) {
        writeln!(out, "  dates      {first} to {last}")?;
    }
    let mut spellings: Vec<(&str, u64)> = person
        .spellings
        .iter()
        .map(|(name, &n)| (name.as_str(), n))
        .collect();
    spellings.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
    writeln!(out, "  spellings  {}", list(&mut spellings.into_iter()))?;
    if !person.with.is_empty() {
        let mut with = person
            .with
            .iter()
            .map(|other| (other.name.as_str(), other.articles));
        writeln!(out, "  with       {}", list(&mut with))?;
    }
    let most = years.iter().map(|year| year.articles).max().unwrap_or(0);
    for year in years {
        // At least one column, so that no year with an article looks empty.
        let length = (year.articles as usize * BAR).div_ceil((most as usize).max(1));
        writeln!(
            out,
            "  {}  {} {}",
            year.year,
            "█".repeat(length),
            year.articles
        )?;
    }
    Ok(())
}

/// Writes what is likely one person in the form of `people.toml`, with the evidence as comments:
/// the first `limit` pairs, and how many more there are.
pub fn likely(out: &mut impl Write, likely: &[Likely], limit: usize) -> io::Result<()> {
    for (i, pair) in likely.iter().take(limit).enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        writeln!(out, "# {}", pair.reason)?;
        for person in [&pair.first, &pair.second] {
            let dates = match (person.first, person.last) {
                (Some(first), Some(last)) => format!(", {first} to {last}"),
                _ => String::new(),
            };
            let articles = usize::try_from(person.articles).unwrap_or(usize::MAX);
            writeln!(
                out,
                "# {}: {}{dates}",
                super::escape(&person.name),
                count(articles, "article")
            )?;
        }
        let shared: Vec<&str> = (pair.first.with.iter())
            .filter(|other| pair.second.with.iter().any(|o| o.name == other.name))
            .map(|other| other.name.as_str())
            .take(MOST)
            .collect();
        if !shared.is_empty() {
            writeln!(out, "# both with {}", super::escape(&shared.join(", ")))?;
        }
        writeln!(out, "[[one]]")?;
        write!(out, "names = ")?;
        super::json(out, &[&pair.first.name, &pair.second.name])?;
    }
    write_left(out, ("# ", "pair"), likely.len(), limit)
}

/// Writes how many of some results were not shown for the limit, if any, on a line of their own:
/// `prefix` stands before it, and `noun` is what they are called.
pub fn write_left(
    out: &mut impl Write,
    (prefix, noun): (&str, &str),
    total: usize,
    limit: usize,
) -> io::Result<()> {
    match total.checked_sub(limit) {
        None | Some(0) => Ok(()),
        Some(_) if limit == 0 => {
            writeln!(out, "{prefix}{} in all (see --limit)", count(total, noun))
        }
        Some(left) => writeln!(out, "\n{prefix}{left} more (see --limit)"),
    }
}

/// Writes the first row of a table of listed names.
pub fn listed_heading(out: &mut impl Write) -> io::Result<()> {
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

/// Writes the articles of a listed name, a row an article; a name without any has a row of its own.
pub fn listed(out: &mut impl Write, listed: &Listed, style: &Style) -> io::Result<()> {
    let name = cell(&listed.name, style);
    let articles = listed.articles.to_string();
    if listed.hits.is_empty() {
        write_row(out, [&*name, &articles, "", "", "", "", "", ""])?;
    }
    for hit in &listed.hits {
        let passages: Vec<String> = hit
            .passages
            .iter()
            .map(|passage| passage.iter().map(|piece| piece.text.as_str()).collect())
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

/// Returns a text as a cell that no spreadsheet takes for a formula: what begins like a formula has a
/// single quote before it (OWASP, "CSV Injection"). So has what comes after a semicolon or a tab, which
/// begin a cell where a spreadsheet does not cut at commas.
fn cell(text: &str, style: &Style) -> String {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let text = style.text(text);
    let mut cell = String::with_capacity(text.len() + 1);
    let mut is_beginning = true;
    for c in text.chars() {
        if is_beginning && FORMULA.contains(&c) {
            cell.push('\'');
        }
        cell.push(c);
        is_beginning = matches!(c, ';' | '\t');
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_no_formulas() {
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
