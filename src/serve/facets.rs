//! The counts of a result, each as links that narrow the result to it or leave it out.

use super::address::Address;
use super::asked::{Asked, date, filter, not, within};
use super::numbers::number;
use super::person_page::page_href;
use crate::query::{FieldName, Node};
use crate::search::counts::{Counts, Tally};

/// How many rows of a table are shown before the rest has to be opened.
const FIRST: usize = 7;

/// A table of counts.
pub(super) struct Facet {
    pub(super) title: &'static str,
    /// The first rows.
    pub(super) rows: Vec<Row>,
    /// Those that have to be opened.
    pub(super) more: Vec<Row>,
}

/// A row of a table.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) number: String,
    /// The address of the result with this alone; of the result without the filter, if it is set.
    pub(super) only: String,
    /// The address of the result without this.
    pub(super) without: String,
    /// Whether the result is narrowed to this.
    pub(super) is_set: bool,
    /// The page of a person.
    pub(super) page: Option<String>,
    /// The months of a year.
    pub(super) months: Vec<Row>,
}

/// Makes the rows of a result.
struct Rows<'a> {
    asked: &'a Asked,
    address: &'a Address,
}

/// Returns the tables of a result.
pub(super) fn facets(counts: &Counts, asked: &Asked, address: &Address) -> Vec<Facet> {
    let rows = Rows { asked, address };
    let mut years = rows.years(counts);
    let more = years.split_off(years.len().min(FIRST));
    let undated = date("unknown").filter(|_| counts.undated > 0);
    years.extend(undated.map(|unknown| rows.row("undated", counts.undated, unknown)));
    let mut facets = vec![Facet {
        title: "Year",
        rows: years,
        more,
    }];
    for (title, field, tallies) in [
        ("Person", FieldName::WholePerson, &counts.people),
        ("Outlet", FieldName::WholeSource, &counts.sources),
        ("Writer", FieldName::WholeByline, &counts.bylines),
    ] {
        let mut shown = rows.named(field, tallies);
        let more = shown.split_off(shown.len().min(FIRST));
        facets.push(Facet {
            title,
            rows: shown,
            more,
        });
    }
    facets.retain(|facet| !facet.rows.is_empty());
    facets
}

impl Rows<'_> {
    /// Returns the rows of years, the newest first; of a single year, with its months.
    fn years(&self, counts: &Counts) -> Vec<Row> {
        let years = counts.years.iter().rev();
        let rows = years.filter_map(|(year, &articles)| {
            let mut row = self.row(year, articles, date(year)?);
            if counts.years.len() == 1 {
                let months = counts.months.iter();
                row.months = months
                    .filter_map(|(month, &articles)| {
                        Some(self.row(name_of_month(month), articles, within(month)?))
                    })
                    .collect();
            }
            Some(row)
        });
        rows.collect()
    }

    fn named(&self, field: FieldName, tallies: &[Tally]) -> Vec<Row> {
        let rows = tallies.iter();
        rows.filter_map(|Tally { name, articles, .. }| {
            let page = (field == FieldName::WholePerson).then(|| page_href(name));
            Some(Row {
                page,
                ..self.row(name, *articles, filter(field, name)?)
            })
        })
        .collect()
    }

    fn row(&self, name: &str, articles: u64, part: Node) -> Row {
        let place = self.asked.place_of(&part);
        let only = match place {
            Some(place) => self.asked.without(place),
            None => self.asked.with(&part),
        };
        Row {
            name: name.to_owned(),
            number: number(articles),
            only: self.address.search_for(only),
            without: self.address.search_for(self.asked.with(&not(&part))),
            is_set: place.is_some(),
            page: None,
            months: Vec::new(),
        }
    }
}

/// Returns the name of a month such as `2018-06`.
pub(super) fn name_of_month(month: &str) -> &'static str {
    let number = month.get(5..).and_then(|month| month.parse::<usize>().ok());
    let names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = number.and_then(|number| names.get(number.checked_sub(1)?));
    name.copied().unwrap_or_default()
}
