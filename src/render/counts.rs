//! Writes the counts of an answer as text.

use std::io::{self, Write};

use super::numbers::with_stories;
use super::style::{Ink, Style};
use crate::search::counts::{Counts, Tally};

/// The most outlets, persons and writers that are listed.
const MAX_LISTED: usize = 8;

/// The bars of a chart by month, from the lowest to the highest.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Writes a chart of articles by month, one line a year, then the most frequent outlets, persons and
/// writers. Numbers of stories, if they were counted, stand in brackets.
pub(super) fn counts(out: &mut impl Write, counts: &Counts, style: &Style) -> io::Result<()> {
    let max = counts.months.values().copied().max().unwrap_or(0);
    writeln!(out)?;
    let has_stories = counts.undated_stories.is_some();
    if max > 0 || has_stories {
        let months = if max > 0 { "JFMAMJJASOND" } else { "" };
        let numbers = if has_stories {
            "  articles (stories)"
        } else {
            ""
        };
        let head = format!("      {months}{numbers}");
        writeln!(out, "{}", style.paint(Ink::Dim, &head))?;
    }
    for (year, articles) in &counts.years {
        let bars: String = (1..=12)
            .map(|month| counts.months.get(&format!("{year}-{month:02}")))
            .map(|count| bar(count.copied().unwrap_or(0), max))
            .collect();
        let number = with_stories(*articles, counts.year_stories.get(year).copied());
        writeln!(out, "{year}  {}  {number}", style.paint(Ink::Path, &bars))?;
    }
    if counts.undated > 0 {
        let number = with_stories(counts.undated, counts.undated_stories);
        writeln!(out, "undated  {number}")?;
    }
    for (title, tallies) in [
        ("Outlets", &counts.sources),
        ("People", &counts.people),
        ("Writers", &counts.bylines),
    ] {
        if !tallies.is_empty() {
            style.paragraph(out, 0, &format!("{title}: {}", list(tallies, style)))?;
        }
    }
    Ok(())
}

/// Returns the bar of a month with this number of articles. `max` is the number in the busiest month.
fn bar(articles: u64, max: u64) -> char {
    if articles == 0 {
        return '·';
    }
    let last = BARS.len() - 1;
    let height = usize::try_from(articles * (last as u64) / max.max(1)).unwrap_or(last);
    BARS[height.min(last)]
}

fn list(tallies: &[Tally], style: &Style) -> String {
    let listed: Vec<String> = (tallies.iter().take(MAX_LISTED))
        .map(|tally| {
            let number = with_stories(tally.articles, tally.stories);
            format!("{} {number}", style.text(&tally.name))
        })
        .collect();
    listed.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_months() {
        for (articles, max, expected) in [
            (0, 10, '·'),
            (1, 10, '▁'),
            (5, 10, '▄'),
            (10, 10, '█'),
            (1, 1, '█'),
            (1, 1_000_000, '▁'),
        ] {
            assert_eq!(bar(articles, max), expected, "{articles} of {max}");
        }
    }
}
