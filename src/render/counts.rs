//! Writes the counts of a result for people to read.

use std::io::{self, Write};

use super::{Ink, Style};
use crate::search::counts::{Counts, Tally};

/// How many outlets, persons and writers are written.
const MOST: usize = 8;

/// The bars of a month, from the lowest to the highest.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Writes the articles by month, a line a year, then outlets, persons and writers.
pub(super) fn counts(out: &mut impl Write, counts: &Counts, style: &Style) -> io::Result<()> {
    let most = counts.months.values().copied().max().unwrap_or(0);
    writeln!(out)?;
    if most > 0 {
        writeln!(out, "{}", style.paint(Ink::Dim, "      JFMAMJJASOND"))?;
    }
    for (year, articles) in &counts.years {
        let bars: String = (1..=12)
            .map(|month| counts.months.get(&format!("{year}-{month:02}")))
            .map(|count| bar(count.copied().unwrap_or(0), most))
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

/// Returns the bar of a month with so many articles; the busiest month has `most`.
fn bar(articles: u64, most: u64) -> char {
    if articles == 0 {
        return '·';
    }
    let last = BARS.len() - 1;
    let place = usize::try_from(articles * (last as u64) / most.max(1)).unwrap_or(last);
    BARS[place.min(last)]
}

fn list(tallies: &[Tally], style: &Style) -> String {
    let shown: Vec<String> = (tallies.iter().take(MOST))
        .map(|tally| format!("{} {}", style.text(&tally.name), tally.articles))
        .collect();
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_months() {
        for (articles, most, expected) in [
            (0, 10, '·'),
            (1, 10, '▁'),
            (5, 10, '▄'),
            (10, 10, '█'),
            (1, 1, '█'),
            (1, 1_000_000, '▁'),
        ] {
            assert_eq!(bar(articles, most), expected, "{articles} of {most}");
        }
    }
}
