//! The first page: how much is in the archive, from when to when, who is named most, what is new, and
//! what the query language can do.

use std::collections::BTreeMap;

use askama::Template;
use serde::Serialize;

use super::address::{Address, View};
use super::asked;
use super::chart::{self, Chart, Room};
use super::marked::person_href;
use super::numbers::{count, number};
use super::page::Head;
use super::person_page::page_href;
use crate::archive::{Archive, Stats};
use crate::date::PartialDate;
use crate::error::Result;
use crate::identity::records::most_named;
use crate::query::FieldName;
use crate::search::counts::Tally;
use crate::search::{self, Hit, Request, Sort};

/// How many persons, outlets and new articles are listed.
const PEOPLE: usize = 12;
const OUTLETS: usize = 8;
const NEW: usize = 6;

/// The query that finds every article.
const EVERYTHING: &str = "words>=0";

/// What the first page says of an archive.
#[derive(Debug)]
pub(super) struct Front {
    stats: Stats,
    years: BTreeMap<String, u64>,
    people: Vec<(String, u64)>,
    outlets: Vec<Tally>,
    new: Vec<Hit>,
}

impl Front {
    /// Counts an archive.
    ///
    /// # Errors
    ///
    /// Returns an error if the index can't be read.
    pub(super) fn of(archive: &Archive) -> Result<Self> {
        let everything = Request {
            query: EVERYTHING.to_owned(),
            sort: Sort::Newest,
            limit: NEW,
            counts: true,
            ..Request::default()
        };
        let answer = search::search(archive, &everything)?;
        let counts = answer.counts.unwrap_or_default();
        let people = most_named(archive, PEOPLE, false)?.into_iter();
        let mut outlets = counts.sources;
        outlets.truncate(OUTLETS);
        Ok(Self {
            stats: archive.stats()?,
            years: counts.years,
            people: people
                .map(|person| (person.name, person.articles))
                .collect(),
            outlets,
            new: answer.hits,
        })
    }
}

/// The first page.
#[derive(Template)]
#[template(path = "front.html")]
pub(super) struct FrontPage {
    head: Head,
    articles: String,
    span: String,
    undated: Option<Link>,
    chart: Option<Chart>,
    people: Vec<Link>,
    outlets: Vec<Link>,
    new: Vec<New>,
}

/// A link with a number.
struct Link {
    name: String,
    number: String,
    href: String,
    /// The page of a person.
    page: Option<String>,
}

/// A new article.
struct New {
    headline: String,
    facts: String,
    href: String,
}

impl FrontPage {
    /// Returns the page.
    pub(super) fn new(front: &Front) -> Self {
        let address = Address::default();
        let search = |query: Option<String>| address.search_for(query.unwrap_or_default());
        let stats = &front.stats;
        let date = |typed: &str| search(asked::date(typed).map(|node| node.to_string()));
        let undated = stats.articles - stats.dated.min(stats.articles);
        let people = front.people.iter().map(|(name, articles)| Link {
            name: name.clone(),
            number: number(*articles),
            href: person_href(&address, name),
            page: Some(page_href(name)),
        });
        let outlets = front
            .outlets
            .iter()
            .map(|Tally { name, articles, .. }| Link {
                name: name.clone(),
                number: number(*articles),
                href: search(
                    asked::filter(FieldName::WholeSource, name).map(|node| node.to_string()),
                ),
                page: None,
            });
        Self {
            head: Head::new("morgue", &address, "/search.json".to_owned()),
            articles: count(stats.articles, "article", "articles"),
            span: span(stats.first, stats.last),
            undated: (undated > 0).then(|| Link {
                name: "undated".to_owned(),
                number: number(undated),
                href: date("unknown"),
                page: None,
            }),
            chart: chart::years(&front.years, Room::PAGE, date),
            people: people.collect(),
            outlets: outlets.collect(),
            new: front.new.iter().map(|hit| New::of(hit, &address)).collect(),
        }
    }
}

impl New {
    fn of(hit: &Hit, address: &Address) -> Self {
        let headline = hit.headline.as_ref().or(hit.beginning.as_ref());
        let date = hit.published.map(|date| date.to_string());
        let facts: Vec<String> = date.into_iter().chain(hit.source.clone()).collect();
        Self {
            headline: headline.unwrap_or(&hit.path).clone(),
            facts: facts.join(" · "),
            href: address.view_of(&hit.id, View::Cleaned),
        }
    }
}

/// Returns the years from the first to the last article.
fn span(first: Option<PartialDate>, last: Option<PartialDate>) -> String {
    match (first.map(PartialDate::year), last.map(PartialDate::year)) {
        (Some(first), Some(last)) if first < last => format!("from {first} to {last}"),
        (Some(first), Some(_)) => format!("of {first}"),
        _ => "without dates".to_owned(),
    }
}

/// The twin of the first page.
#[derive(Serialize)]
pub(super) struct FrontRecord {
    archive: Stats,
    years: BTreeMap<String, u64>,
    people: Vec<Tally>,
    sources: Vec<Tally>,
    newest: Vec<Hit>,
}

impl FrontRecord {
    /// Returns the record.
    pub(super) fn new(front: &Front) -> Self {
        let people = front.people.iter().map(|(name, articles)| Tally {
            name: name.clone(),
            articles: *articles,
            stories: None,
        });
        Self {
            archive: front.stats.clone(),
            years: front.years.clone(),
            people: people.collect(),
            sources: front.outlets.clone(),
            newest: front.new.clone(),
        }
    }
}
