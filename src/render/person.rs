//! Writes persons as text.

use std::io::{self, Write};

use super::numbers::{count, count_stories, with_stories};
use super::style::{Ink, Style};
use crate::identity::records::{PersonRecord, Summary, Year};

/// The most spellings, and the most companions, that are listed.
const MAX_LISTED: usize = 8;

/// The length of the longest bar, in columns.
const MAX_BAR: usize = 40;

/// Writes a list of persons, one a line.
pub fn person_list(out: &mut impl Write, people: &[Summary], style: &Style) -> io::Result<()> {
    let width = people
        .iter()
        .map(|person| person.name.chars().count())
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
        let stories = person.stories.map(count_stories);
        let stories = stories.map_or_else(String::new, |stories| format!(", {stories}"));
        writeln!(
            out,
            "{}{padding}  {:>6}{stories}{dates}",
            style.paint(Ink::Bold, &name),
            count(person.articles, "article")
        )?;
    }
    Ok(())
}

/// Writes the record of a person, with a bar chart of articles by year. After a number of articles, that of
/// stories stands in brackets if they were counted.
pub fn person(
    out: &mut impl Write,
    person: &PersonRecord,
    years: &[Year],
    style: &Style,
) -> io::Result<()> {
    writeln!(out, "{}", style.paint(Ink::Bold, &style.text(&person.name)))?;
    writeln!(out, "  articles   {}", person.articles)?;
    if let Some(stories) = person.stories {
        writeln!(out, "  stories    {stories}")?;
    }
    writeln!(out, "  mentions   {}", person.mentions)?;
    if let (Some(first), Some(last)) = (person.first, person.last) {
        writeln!(out, "  dates      {first} to {last}")?;
    }
    let stories_of = |name: &String| person.spelling_stories.get(name).copied();
    let mut spellings: Vec<(&str, u64, Option<u64>)> = person
        .spellings
        .iter()
        .map(|(name, &n)| (name.as_str(), n, stories_of(name)))
        .collect();
    spellings.sort_by_key(|&(_, n, _)| std::cmp::Reverse(n));
    writeln!(out, "  spellings  {}", list(&spellings, style))?;
    if !person.titles.is_empty() {
        let mut titles: Vec<(&str, u64, Option<u64>)> = (person.titles.iter())
            .map(|(title, &articles)| (title.as_str(), articles, None))
            .collect();
        titles.sort_by_key(|&(_, articles, _)| std::cmp::Reverse(articles));
        writeln!(out, "  titles     {}", list(&titles, style))?;
    }
    if !person.with.is_empty() {
        let with: Vec<(&str, u64, Option<u64>)> = person
            .with
            .iter()
            .map(|other| (other.name.as_str(), other.articles, other.stories))
            .collect();
        writeln!(out, "  with       {}", list(&with, style))?;
    }
    write_years(out, years)
}

/// Returns the first few names with their numbers, and how many more there are.
fn list(names: &[(&str, u64, Option<u64>)], style: &Style) -> String {
    let mut listed: Vec<String> = names
        .iter()
        .take(MAX_LISTED)
        .map(|&(name, n, stories)| format!("{} {}", style.text(name), with_stories(n, stories)))
        .collect();
    if names.len() > MAX_LISTED {
        listed.push(format!("and {} more", names.len() - MAX_LISTED));
    }
    listed.join(", ")
}

fn write_years(out: &mut impl Write, years: &[Year]) -> io::Result<()> {
    let max = years.iter().map(|year| year.articles).max().unwrap_or(0);
    for year in years {
        // Rounded up, so that a year with an article has a bar.
        let length = (year.articles as usize * MAX_BAR).div_ceil((max as usize).max(1));
        writeln!(
            out,
            "  {}  {} {}",
            year.year,
            "█".repeat(length),
            with_stories(year.articles, year.stories)
        )?;
    }
    Ok(())
}
