//! Writes the counts of an answer as text.

use std::io::{self, Write};

use super::style::{Ink, Style};
use crate::search::counts::{Counts, Tally};

/// The most outlets, persons and writers that are listed.
const MAX_LISTED: usize = 8;

/// The bars of a chart by month, from the lowest to the highest.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Writes a chart of articles by month, one line a year, then the most frequent outlets, persons and
/// writers.
pub(super) fn counts(out: &mut impl Write, counts: &Counts, style: &Style) -> io::Result<()> {
    let max = counts.months.values().copied().max().unwrap_or(0);
    writeln!(out)?;
    if max > 0 {
        writeln!(out, "{}", style.paint(Ink::Dim, "      JFMAMJJASOND"))?;
    }
    for (year, articles) in &counts.years {
        let bars: String = (1..=12)
            .map(|month| counts.months.get(&format!("{year}-{month:02}")))
            .map(|count| bar(count.copied().unwrap_or(0), max))
            .collect();
        writeln!(out, "{year}  {}  {articles}", style.paint(Ink::Path, &bars))?;
    }
    if counts.undated > 0 {
        writeln!(out, "undated  {}", counts.undated)?;
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
        .map(|tally| format!("{} {}", style.text(&tally.name), tally.articles))
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
