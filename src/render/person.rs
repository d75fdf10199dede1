//! Writes who is in the archive for people to read.

use std::io::{self, Write};

use super::{Ink, Style, count};
use crate::search::people::{PersonRecord, Year};

/// How many spellings and companions are written.
const MOST: usize = 8;

/// The longest bar, in columns.
const BAR: usize = 40;

/// Writes a list of persons, one a line.
pub fn people(out: &mut impl Write, people: &[PersonRecord], style: &Style) -> io::Result<()> {
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
