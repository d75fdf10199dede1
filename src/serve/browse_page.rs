//! The page that leads through an archive: years, months and days, a day in all years, folders, outlets and
//! writers. Each number is a link to a search that finds as many.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use url::form_urlencoded;

use super::address::Address;
use super::asked::{date, filter, not, within};
use super::facets::name_of_month;
use super::numbers::{count, number};
use super::page::{self, Failure, Head};
use super::room::Room;
use crate::PartialDate;
use crate::archive::Archive;
use crate::error::Result;
use crate::query::{FieldName, Node};
use crate::search::browse::{self, Calendar};

/// How many rows of a list are shown before the rest has to be opened.
const FIRST: usize = 24;

/// How many rows a list has. A search finds what is not listed.
const MOST: usize = 1_000;

/// The most folders below one whose own files are searched for, since the search leaves out each.
const MOST_LEFT_OUT: usize = 40;

/// Returns the addresses.
pub(super) fn routes() -> Router<Arc<Room>> {
    Router::new()
        .route("/browse", get(browse))
        .route("/browse.json", get(browse_twin))
}

async fn browse(State(room): State<Arc<Room>>, RawQuery(typed): RawQuery) -> Response {
    let Some(at) = At::read(typed.as_deref().unwrap_or_default()) else {
        return Failure::NoPage.page(&Address::default());
    };
    match room
        .ask(move |shelf| Ok(BrowsePage::new(&at, &Record::of(&shelf.archive, &at)?)))
        .await
    {
        Ok(browsed) => page::html(StatusCode::OK, &browsed),
        Err(trouble) => Failure::from(trouble).page(&Address::default()),
    }
}

async fn browse_twin(State(room): State<Arc<Room>>, RawQuery(typed): RawQuery) -> Response {
    let Some(at) = At::read(typed.as_deref().unwrap_or_default()) else {
        return Failure::NoPage.record();
    };
    match room.ask(move |shelf| Record::of(&shelf.archive, &at)).await {
        Ok(record) => page::json(StatusCode::OK, &record),
        Err(trouble) => Failure::from(trouble).record(),
    }
}

/// The place in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
enum At {
    All,
    /// A year such as `2018`, or a month such as `2018-06`.
    Period(PartialDate),
    /// A day of all years, such as `06-27`.
    Day(String),
    /// The path of a folder.
    Folder(String),
}

impl At {
    /// Reads the part of an address after its question mark; `None` if there is no such place.
    fn read(typed: &str) -> Option<Self> {
        let mut at = Self::All;
        for (field, value) in form_urlencoded::parse(typed.as_bytes()) {
            match &*field {
                "in" => {
                    let period: PartialDate = value.parse().ok()?;
                    at = (period.to_string().len() <= 7).then_some(Self::Period(period))?;
                }
                "day" => {
                    // A leap year has every day.
                    let date: PartialDate = format!("2000-{value}").parse().ok()?;
                    let date = date.to_string();
                    at = Self::Day(date.get(5..).filter(|day| day.len() == 5)?.to_owned());
                }
                "folder" => at = Self::Folder(value.trim_matches('/').to_owned()),
                _ => {}
            }
        }
        match at {
            Self::Folder(path) if path.is_empty() => Some(Self::All),
            at => Some(at),
        }
    }

    fn at(&self, path: &str) -> String {
        let period = match self {
            Self::Period(period) => period.to_string(),
            _ => String::new(),
        };
        let (field, value) = match self {
            Self::All => return path.to_owned(),
            Self::Period(_) => ("in", &period),
            Self::Day(day) => ("day", day),
            Self::Folder(folder) => ("folder", folder),
        };
        let mut written = form_urlencoded::Serializer::new(String::new());
        written.append_pair(field, value);
        format!("{path}?{}", written.finish())
    }
}

/// The twin of the page: what is in the archive, or in a part of it.
#[derive(Debug, Default, Serialize)]
struct Record {
    /// Articles by year.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    years: BTreeMap<String, u64>,
    /// Articles of a year by month.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    months: BTreeMap<String, u64>,
    /// Articles of a month, or of a day of all years, by day.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    days: BTreeMap<String, u64>,
    /// Articles of which no more is known than the year or the month.
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undated: Option<u64>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    sources: BTreeMap<String, u64>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    bylines: BTreeMap<String, u64>,
    /// Articles by folder, with all below it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    folders: BTreeMap<String, u64>,
    /// Articles of files that lie in no folder below.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<u64>,
}

impl Record {
    fn of(archive: &Archive, at: &At) -> Result<Self> {
        let mut record = Self::default();
        match at {
            At::All => {
                let calendar = Calendar::of(archive)?;
                record.years = calendar.years();
                record.undated = Some(calendar.undated);
                record.sources = browse::outlets(archive)?;
                record.bylines = browse::writers(archive)?;
                record.add_folder(archive, "")?;
            }
            At::Period(period) => {
                let period = period.to_string();
                let found = Calendar::of(archive)?.period(&period);
                record.whole = Some(found.whole);
                match period.len() {
                    4 => record.months = found.parts,
                    _ => record.days = found.parts,
                }
            }
            At::Day(day) => record.days = Calendar::of(archive)?.on_day(day),
            At::Folder(path) => record.add_folder(archive, path)?,
        }
        Ok(record)
    }

    fn add_folder(&mut self, archive: &Archive, path: &str) -> Result<()> {
        let folder = browse::folder(archive, path)?;
        self.folders = folder.folders;
        self.files = Some(folder.own);
        Ok(())
    }
}

/// The page.
#[derive(Template)]
#[template(path = "browse.html")]
struct BrowsePage {
    head: Head,
    title: String,
    /// The places that this one is in.
    above: Vec<(String, String)>,
    lists: Vec<List>,
}

/// A list of the page.
struct List {
    title: &'static str,
    rows: Vec<Row>,
    /// Those that have to be opened.
    more: Vec<Row>,
    /// How many are not listed.
    unlisted: String,
}

/// A row of a list.
struct Row {
    name: String,
    number: String,
    /// Where the name leads; empty for nowhere.
    href: String,
    /// The search that finds as many; empty if there is none.
    search: String,
    /// The same day in all years.
    all_years: Option<String>,
}

impl Row {
    fn new(name: &str, articles: u64, query: Option<String>, next: Option<&At>) -> Self {
        let search = query.map_or_else(String::new, |query| Address::default().search_for(query));
        Self {
            name: name.to_owned(),
            number: number(articles),
            href: next.map_or_else(|| search.clone(), |at| at.at("/browse")),
            search,
            all_years: None,
        }
    }
}

impl BrowsePage {
    fn new(at: &At, record: &Record) -> Self {
        let (title, above) = titled(at);
        let mut lists = vec![
            list("Years", years(record)),
            list("Months", months(at, record)),
            list("Days", days(at, record)),
            list("Folders", folders(at, record)),
            list("Outlets", names(&record.sources, FieldName::WholeSource)),
            list("Writers", names(&record.bylines, FieldName::WholeByline)),
        ];
        lists.retain(|list| !list.rows.is_empty());
        Self {
            head: Head::new(&*title, &Address::default(), at.at("/browse.json")),
            title,
            above,
            lists,
        }
    }
}

/// Returns the title of a place, and the names and addresses of those that it is in.
fn titled(at: &At) -> (String, Vec<(String, String)>) {
    let all = ("All".to_owned(), At::All.at("/browse"));
    match at {
        At::All => ("Browse the archive".to_owned(), Vec::new()),
        At::Period(period) => {
            let mut above = vec![all];
            let text = period.to_string();
            if text.len() == 4 {
                return (text, above);
            }
            if let Some(year) = PartialDate::from_year(period.year()) {
                above.push((year.to_string(), At::Period(year).at("/browse")));
            }
            (format!("{} {}", name_of_month(&text), period.year()), above)
        }
        At::Day(day) => {
            let month = day.get(..2).unwrap_or_default();
            let month = name_of_month(&format!("2000-{month}"));
            let day = day.get(3..).unwrap_or_default().trim_start_matches('0');
            (format!("{day} {month} in all years"), vec![all])
        }
        At::Folder(path) => {
            let mut above = vec![all];
            for (end, _) in path.match_indices('/') {
                let folder = &path[..end];
                let name = folder.rsplit('/').next().unwrap_or(folder);
                let address = At::Folder(folder.to_owned()).at("/browse");
                above.push((name.to_owned(), address));
            }
            (path.clone(), above)
        }
    }
}

fn list(title: &'static str, mut rows: Vec<Row>) -> List {
    let unlisted = rows.len().saturating_sub(MOST) as u64;
    rows.truncate(MOST);
    let more = rows.split_off(rows.len().min(FIRST));
    List {
        title,
        rows,
        more,
        unlisted: match unlisted {
            0 => String::new(),
            unlisted => format!("{} not listed", count(unlisted, "other", "others")),
        },
    }
}

/// Returns the query that finds every article.
fn everything() -> Option<Node> {
    crate::query::parse("words>=0").ok()?.root
}

fn written(node: Option<Node>) -> Option<String> {
    node.map(|node| node.to_string())
}

fn years(record: &Record) -> Vec<Row> {
    let years = record.years.iter().rev();
    let mut rows: Vec<Row> = years
        .map(|(year, &articles)| {
            let next = year.parse().ok().map(At::Period);
            Row::new(year, articles, written(date(year)), next.as_ref())
        })
        .collect();
    if let Some(undated) = record.undated.filter(|&undated| undated > 0) {
        rows.insert(
            0,
            Row::new("undated", undated, written(date("unknown")), None),
        );
    }
    rows
}

fn months(at: &At, record: &Record) -> Vec<Row> {
    let At::Period(period) = at else {
        return Vec::new();
    };
    let months = record.months.iter();
    let mut rows: Vec<Row> = months
        .map(|(month, &articles)| {
            let next = month.parse().ok().map(At::Period);
            let name = name_of_month(month);
            Row::new(name, articles, written(within(month)), next.as_ref())
        })
        .collect();
    if period.to_string().len() == 4 {
        rows.extend(whole(record, *period, "some day of the year"));
    }
    rows
}

/// Returns the row of the articles of which no more is known than the year or the month: those that may be of
/// its first and of its last day.
fn whole(record: &Record, period: PartialDate, name: &str) -> Option<Row> {
    let articles = record.whole.filter(|&whole| whole > 0)?;
    let days = [period.first_day(), period.last_day()];
    let mut nodes = vec![within(&period.to_string())?];
    for day in days {
        nodes.push(date(&day.to_string())?);
    }
    let parts: Vec<String> = nodes.iter().map(Node::to_string).collect();
    Some(Row::new(name, articles, Some(parts.join(" ")), None))
}

fn days(at: &At, record: &Record) -> Vec<Row> {
    let days = record.days.iter();
    let is_month = matches!(at, At::Period(_));
    let mut rows: Vec<Row> = days
        .map(|(day, &articles)| {
            let name = match is_month {
                true => day.get(8..).unwrap_or_default().trim_start_matches('0'),
                false => day,
            };
            let all_years = day.get(5..).filter(|_| is_month);
            Row {
                all_years: all_years.map(|day| At::Day(day.to_owned()).at("/browse")),
                ..Row::new(name, articles, written(within(day)), None)
            }
        })
        .collect();
    if let At::Period(period) = at
        && period.to_string().len() == 7
    {
        rows.extend(whole(record, *period, "some day of the month"));
    }
    rows
}

fn folders(at: &At, record: &Record) -> Vec<Row> {
    let is_folder = |path: &str| filter(FieldName::WholeFolder, path);
    let folders = record.folders.iter();
    let mut rows: Vec<Row> = folders
        .map(|(path, &articles)| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let next = At::Folder(path.clone());
            Row::new(name, articles, written(is_folder(path)), Some(&next))
        })
        .collect();
    let Some(files) = record.files.filter(|&files| files > 0) else {
        return rows;
    };
    let within = match at {
        At::Folder(path) => is_folder(path),
        _ => everything(),
    };
    let below: Option<Vec<Node>> = (record.folders.keys())
        .map(|path| Some(not(&is_folder(path)?)))
        .collect();
    let below = below.filter(|below| below.len() <= MOST_LEFT_OUT);
    let query = within.zip(below).map(|(within, below)| {
        let parts = std::iter::once(within).chain(below);
        parts
            .map(|part| part.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    });
    rows.push(Row::new("files in no folder below", files, query, None));
    rows
}

/// Returns the rows of names, those with most articles first.
fn names(counts: &BTreeMap<String, u64>, field: FieldName) -> Vec<Row> {
    let mut counts: Vec<(&String, u64)> = counts.iter().map(|(name, &n)| (name, n)).collect();
    counts.sort_by_key(|&(_, articles)| std::cmp::Reverse(articles));
    let rows = counts.into_iter();
    rows.map(|(name, articles)| Row::new(name, articles, written(filter(field, name)), None))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written() {
        for (typed, written) in [
            ("", Some("/browse")),
            ("in=2018", Some("/browse?in=2018")),
            ("in=2018-06", Some("/browse?in=2018-06")),
            ("in=2018-06-27", None),
            ("in=2018-13", None),
            ("in=x", None),
            ("day=02-29", Some("/browse?day=02-29")),
            ("day=02", None),
            ("day=02-30", None),
            ("folder=%2Fa%2Fb%20c%2F", Some("/browse?folder=a%2Fb+c")),
            ("folder=", Some("/browse")),
            ("other=1", Some("/browse")),
        ] {
            let at = At::read(typed).map(|at| at.at("/browse"));
            assert_eq!(at.as_deref(), written, "{typed}");
        }
    }
}
