//! The page of a person: spellings, dates, titles, who is named with the person, and the newest passages.

use std::collections::BTreeMap;

use askama::Template;
use serde::Serialize;
use url::form_urlencoded;

use super::address::Address;
use super::asked::{Asked, date, filter};
use super::chart::{self, Chart, Room};
use super::hits::ShownHit;
use super::numbers::{count, number};
use super::page::Head;
use crate::archive::Archive;
use crate::error::Result;
use crate::identity::namesakes::namesakes;
use crate::identity::records::{PersonRecord, Summary, Year, most_named, named};
use crate::query::FieldName;
use crate::search::{self, Request, Sort, note_on_name};

/// How many passages are shown.
const NEWEST: usize = 8;

/// How many namesakes are listed.
const NAMESAKES: usize = 12;

/// How many persons are listed where none is asked for.
const LISTED: usize = 60;

/// Which person a page is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WhichPerson {
    /// The name, as typed.
    pub(super) name: String,
    /// The key of the person among several whom the name may mean; empty for all of them.
    key: String,
}

impl WhichPerson {
    /// Reads the part of an address after its question mark.
    pub(super) fn read(typed: &str) -> Self {
        let mut which = Self::default();
        for (field, value) in form_urlencoded::parse(typed.as_bytes()) {
            match &*field {
                "name" => value.trim().clone_into(&mut which.name),
                "key" => value.trim().clone_into(&mut which.key),
                _ => {}
            }
        }
        which
    }

    /// Returns the persons whom the name may mean, of several the one with the key.
    fn find(&self, archive: &Archive) -> Result<Vec<(PersonRecord, Vec<Year>)>> {
        let mut found = named(archive, &self.name, true)?;
        if let Some(chosen) = (found.iter()).position(|(record, _)| record.key == self.key) {
            found = vec![found.swap_remove(chosen)];
        }
        Ok(found)
    }

    fn at(&self, path: &str) -> String {
        let mut written = form_urlencoded::Serializer::new(String::new());
        for (field, value) in [("name", &self.name), ("key", &self.key)] {
            if !value.is_empty() {
                written.append_pair(field, value);
            }
        }
        match written.finish() {
            written if written.is_empty() => path.to_owned(),
            written => format!("{path}?{written}"),
        }
    }
}

/// Returns the address of the page of the persons whom a name means.
pub(super) fn page_href(name: &str) -> String {
    let which = WhichPerson {
        name: name.to_owned(),
        key: String::new(),
    };
    which.at("/person")
}

/// Returns the address of the page of a person among those whom a name may mean.
fn page_href_of(record: &PersonRecord) -> String {
    let which = WhichPerson {
        name: record.name.clone(),
        key: record.key.clone(),
    };
    which.at("/person")
}

/// The page of a person, of several, or of none.
#[derive(Template)]
#[template(path = "person.html")]
pub(super) struct PersonPage {
    head: Head,
    /// The name that was asked for; empty for the list of all.
    asked: String,
    /// The person, if the name means one.
    person: Option<ShownPerson>,
    /// The persons whom the name may mean, or those named most where none is asked for.
    several: Vec<Row>,
    /// Why nobody was found.
    note: Option<String>,
    /// The persons with the same surname.
    namesakes: Vec<Row>,
    /// The address of the search for the words of the name.
    words: String,
    /// Whether decisions on persons can be changed here.
    may_change: bool,
}

/// What is said of a person.
struct ShownPerson {
    name: String,
    totals: String,
    dates: String,
    spellings: Vec<Row>,
    titles: Vec<Row>,
    chart: Option<Chart>,
    years: Vec<Row>,
    with: Vec<Companion>,
    /// The notes of the search for the passages.
    notes: Vec<String>,
    hits: Vec<ShownHit>,
    all: String,
}

/// A name with a number, and where it leads.
struct Row {
    name: String,
    number: String,
    /// More on it; empty if there is no more.
    detail: String,
    /// Empty for a row that leads nowhere.
    href: String,
}

/// Somebody who is named with a person.
struct Companion {
    name: String,
    page: String,
    number: String,
    articles: String,
    paragraphs: String,
    sentences: String,
}

impl PersonPage {
    /// Finds whom a name means.
    ///
    /// # Errors
    ///
    /// Returns an error where the name is too long, and where the index can't be read.
    pub(super) fn new(archive: &Archive, which: &WhichPerson, may_change: bool) -> Result<Self> {
        let address = Address::default();
        let asked = which.name.clone();
        let mut page = Self {
            head: Head::new(
                if asked.is_empty() { "People" } else { &*asked },
                &address,
                which.at("/person.json"),
            ),
            words: address.search_for(quoted(&asked)),
            asked,
            person: None,
            several: Vec::new(),
            note: None,
            namesakes: Vec::new(),
            may_change,
        };
        if page.asked.is_empty() {
            let listed = most_named(archive, LISTED, false)?;
            page.several = listed.iter().map(Row::of_summary).collect();
            return Ok(page);
        }
        let mut found = which.find(archive)?;
        let others = namesakes(archive, &page.asked, NAMESAKES)?;
        page.namesakes = others.iter().map(Row::of_summary).collect();
        match found.len() {
            0 => page.note = note_on_name(archive, &page.asked)?,
            1 => {
                if let Some((record, years)) = found.pop() {
                    page.head = Head::new(&*record.name, &address, which.at("/person.json"));
                    page.person = Some(ShownPerson::new(archive, &record, &years)?);
                }
            }
            _ => {
                let records = found.iter().map(|(record, _)| record);
                page.several = records.map(Row::of_record).collect();
            }
        }
        Ok(page)
    }

    /// Returns whether the name means nobody.
    pub(super) fn is_nobody(&self) -> bool {
        self.person.is_none() && self.several.is_empty() && !self.asked.is_empty()
    }
}

impl Row {
    fn of_summary(summary: &Summary) -> Self {
        Self {
            name: summary.name.clone(),
            number: number(summary.articles),
            detail: span(summary.first, summary.last),
            href: page_href(&summary.name),
        }
    }

    fn of_record(record: &PersonRecord) -> Self {
        let spellings: Vec<&str> = record.spellings.keys().map(|name| &**name).collect();
        Self {
            name: record.name.clone(),
            number: number(record.articles),
            detail: format!(
                "{} · {}",
                spellings.join(", "),
                span(record.first, record.last)
            ),
            href: page_href_of(record),
        }
    }
}

/// Returns the first and last date in words.
fn span(first: Option<crate::PartialDate>, last: Option<crate::PartialDate>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "undated".to_owned(),
    }
}

/// Returns a name as a phrase of a query.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', " ").trim())
}

impl ShownPerson {
    fn new(archive: &Archive, record: &PersonRecord, years: &[Year]) -> Result<Self> {
        let query = filter(FieldName::Person, &record.name).map(|node| node.to_string());
        let query = query.unwrap_or_default();
        let newest = Address {
            query: query.clone(),
            sort: Sort::Newest,
            ..Address::default()
        };
        let request = Request {
            limit: NEWEST,
            counts: false,
            for_page: true,
            ..newest.request()
        };
        let (notes, hits) = match query.is_empty() {
            true => Default::default(),
            false => {
                let answer = search::search(archive, &request)?;
                let notes = answer.notes.into_iter();
                // These tell of other persons and of surnames alone.
                let notes = notes.filter(|note| note.starts_with(&record.name));
                (
                    notes.map(|note| note.replace(": --loose", "")).collect(),
                    answer.hits,
                )
            }
        };
        let asked = Asked::read(&query, false);
        let year_href = |year: &str| {
            let part = date(year);
            let query = part.map_or_else(String::new, |part| asked.with(&part));
            Address::default().search_for(query)
        };
        let by_year = years.iter();
        let by_year: BTreeMap<String, u64> = by_year
            .map(|year| (format!("{:04}", year.year), year.articles))
            .collect();
        let rows = by_year.iter().rev();
        let hits = hits.into_iter();
        Ok(Self {
            name: record.name.clone(),
            totals: totals(record),
            dates: span(record.first, record.last),
            spellings: tally(&record.spellings),
            titles: tally(&record.titles),
            chart: chart::years(&by_year, Room::PAGE, year_href),
            years: rows
                .map(|(year, &articles)| Row {
                    name: year.clone(),
                    number: number(articles),
                    detail: String::new(),
                    href: year_href(year),
                })
                .collect(),
            with: (record.with.iter())
                .filter_map(|other| Companion::new(&record.name, &other.name, other.articles))
                .collect(),
            notes,
            hits: hits.map(|hit| ShownHit::new(hit, &newest)).collect(),
            all: newest.search(),
        })
    }
}

/// Returns the numbers of articles, stories and mentions in words.
fn totals(record: &PersonRecord) -> String {
    let mut totals = vec![count(record.articles, "article", "articles")];
    totals.extend((record.stories).map(|stories| count(stories, "story", "stories")));
    totals.push(count(record.mentions, "mention", "mentions"));
    totals.join(", ")
}

/// Returns rows of numbers that lead nowhere, the highest first.
fn tally(counts: &BTreeMap<String, u64>) -> Vec<Row> {
    let mut counts: Vec<(&String, u64)> = counts.iter().map(|(name, &n)| (name, n)).collect();
    counts.sort_by_key(|&(_, articles)| std::cmp::Reverse(articles));
    let rows = counts.into_iter().map(|(name, articles)| Row {
        name: name.clone(),
        number: number(articles),
        detail: String::new(),
        href: String::new(),
    });
    rows.collect()
}

impl Companion {
    /// Returns the row of somebody who is named with a person; `None` for a name without a word.
    fn new(person: &str, other: &str, articles: u64) -> Option<Self> {
        let one = filter(FieldName::Person, person)?;
        let two = filter(FieldName::Person, other)?;
        let search = |between: &str| Address::default().search_for(format!("{one}{between}{two}"));
        Some(Self {
            name: other.to_owned(),
            page: page_href(other),
            number: number(articles),
            articles: search(" "),
            paragraphs: search(" SAME-PARAGRAPH "),
            sentences: search(" SAME-SENTENCE "),
        })
    }
}

/// The twin of the page: the records of `people NAME --json --stories`, or of `people --json`.
#[derive(Serialize)]
pub(super) struct PersonTwin {
    name: String,
    people: Vec<PersonRecord>,
    /// Names with the same surname, with their numbers of articles.
    namesakes: BTreeMap<String, u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl PersonTwin {
    /// Finds whom a name means.
    ///
    /// # Errors
    ///
    /// Returns an error where the name is too long, and where the index can't be read.
    pub(super) fn new(archive: &Archive, which: &WhichPerson) -> Result<Self> {
        if which.name.is_empty() {
            let people = crate::identity::records::records_of_most_named(archive, LISTED, true)?;
            return Ok(Self {
                name: String::new(),
                people,
                namesakes: BTreeMap::new(),
                note: None,
            });
        }
        let found = which.find(archive)?;
        let others = namesakes(archive, &which.name, NAMESAKES)?.into_iter();
        Ok(Self {
            note: match found.is_empty() {
                true => note_on_name(archive, &which.name)?,
                false => None,
            },
            name: which.name.clone(),
            people: found.into_iter().map(|(record, _)| record).collect(),
            namesakes: others
                .map(|person| (person.name, person.articles))
                .collect(),
        })
    }

    /// Returns whether the name means nobody.
    pub(super) fn is_nobody(&self) -> bool {
        self.people.is_empty() && !self.name.is_empty()
    }
}
