//! A chart of articles over time, as shapes of an SVG.

use std::collections::BTreeMap;

use super::numbers::count;

/// The height of the bars, in units of the drawing.
const HEIGHT: f64 = 120.0;

/// The least height of a bar.
const LEAST: f64 = 3.0;

/// The most years that are drawn; of more, the newest.
const MOST_YEARS: i32 = 400;

/// The room that a chart has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Room {
    /// The width of the drawing, in its own units.
    width: f64,
    /// The fewest years that share the width, so that no bar is a wall.
    fewest: f64,
    /// About how many years are named below the bars.
    named: usize,
}

impl Room {
    /// Over a page.
    pub(super) const PAGE: Self = Self {
        width: 1_000.0,
        fewest: 8.0,
        named: 8,
    };

    /// Beside a result.
    pub(super) const ASIDE: Self = Self {
        width: 420.0,
        fewest: 6.0,
        named: 4,
    };
}

/// A chart.
pub(super) struct Chart {
    /// The bounds of the drawing.
    pub(super) bounds: String,
    pub(super) width: f64,
    pub(super) bars: Vec<Bar>,
    pub(super) labels: Vec<Label>,
    /// What it shows, for those who can't see it.
    pub(super) summary: String,
}

/// A bar.
pub(super) struct Bar {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) height: String,
    /// What it stands for, as in "2018: 11 articles".
    pub(super) title: String,
    /// Where it leads.
    pub(super) href: String,
}

/// The name of a year below the bars.
pub(super) struct Label {
    pub(super) x: String,
    pub(super) text: String,
}

/// Draws the articles of each year; `None` if there is none. `href` returns where a year leads.
pub(super) fn years(
    counts: &BTreeMap<String, u64>,
    room: Room,
    href: impl Fn(&str) -> String,
) -> Option<Chart> {
    let numbers = counts.iter().filter_map(|(year, &articles)| {
        let number = year.parse::<i32>().ok()?;
        Some((number, articles))
    });
    let numbers: BTreeMap<i32, u64> = numbers.collect();
    let (&first, &last) = (numbers.keys().next()?, numbers.keys().next_back()?);
    let first = first.max(last - MOST_YEARS + 1);
    let most = numbers
        .range(first..)
        .map(|(_, &articles)| articles)
        .max()?;
    let slots = f64::from(last - first + 1);
    let step = room.width / slots.max(room.fewest);
    let left = |year: i32| f64::from(year - first) * step;
    let bars = numbers.range(first..).map(|(&year, &articles)| {
        let share = to_f64(articles) / to_f64(most.max(1));
        let height = (share * HEIGHT).max(LEAST);
        let name = format!("{year:04}");
        Bar {
            x: units(left(year) + step * 0.08),
            y: units(HEIGHT - height),
            width: units(step * 0.84),
            height: units(height),
            title: format!("{name}: {}", count(articles, "article", "articles")),
            href: href(&name),
        }
    });
    let years = usize::try_from(last - first + 1).unwrap_or(1);
    let every = [1, 2, 5, 10, 20, 50, 100];
    let every = (every.into_iter())
        .find(|every| years.div_ceil(*every) <= room.named)
        .unwrap_or(100);
    let every_year = i32::try_from(every).unwrap_or(100);
    let labels = (first..=last)
        .filter(|year| year % every_year == 0 || first == last)
        .map(|year| Label {
            x: units(left(year) + step / 2.0),
            text: format!("{year:04}"),
        });
    let articles: u64 = numbers.values().sum();
    let summary = match first == last {
        true => format!("{} of {first}", count(articles, "article", "articles")),
        false => format!(
            "{} from {first} to {last}, a bar a year",
            count(articles, "article", "articles")
        ),
    };
    Some(Chart {
        bounds: format!("0 0 {} {}", room.width, HEIGHT + 48.0),
        width: room.width,
        bars: bars.collect(),
        labels: labels.collect(),
        summary,
    })
}

fn to_f64(number: u64) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn units(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_years() {
        let draw = |counts: &[(&str, u64)]| {
            let counts = counts
                .iter()
                .map(|&(year, n)| (year.to_owned(), n))
                .collect();
            years(&counts, Room::PAGE, |year| format!("/{year}"))
        };
        assert!(draw(&[]).is_none());
        let chart = draw(&[("2018", 10), ("2020", 5), ("2029", 1)]).unwrap();
        let shown = |bar: &Bar| format!("{} {} {} {}", bar.x, bar.y, bar.width, bar.height);
        let bars: Vec<String> = chart.bars.iter().map(shown).collect();
        assert_eq!(
            bars,
            [
                "6.7 0.0 70.0 120.0",
                "173.3 60.0 70.0 60.0",
                "923.3 108.0 70.0 12.0"
            ]
        );
        assert_eq!(chart.bars[1].title, "2020: 5 articles");
        assert_eq!(chart.bars[1].href, "/2020");
        assert_eq!(chart.summary, "16 articles from 2018 to 2029, a bar a year");
        let labels: Vec<&str> = chart.labels.iter().map(|label| &*label.text).collect();
        assert_eq!(labels, ["2018", "2020", "2022", "2024", "2026", "2028"]);
        // A year of long ago does not make the others too thin to see.
        let chart = draw(&[("0001", 1), ("2020", 5)]).unwrap();
        assert_eq!(chart.bars.len(), 1);
    }
}
